//! `xcred get`: what it shows of secrets.

use crate::harness::{CANARY, Sandbox};

fn home() -> Sandbox {
    let keys = format!("[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    Sandbox::new().credentials(keys)
}

#[test]
fn a_list_masks_secrets() {
    for arguments in [&["get", "--all", "-p", "dev"][..], &["get", "--all", "-p", "dev", "--format", "json"]]
    {
        let shown = home().run(arguments).success();
        assert!(shown.contains("****************w+Me"), "{shown}");
    }
}

#[test]
fn a_secret_that_is_asked_for_is_shown() {
    let home = home().revealing();
    assert_eq!(home.run(&["get", "aws_secret_access_key", "-p", "dev"]).success(), format!("{CANARY}\n"));
    let shown = home.run(&["get", "--all", "--reveal", "-p", "dev"]).success();
    assert!(shown.contains(CANARY), "{shown}");
}
