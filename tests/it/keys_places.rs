//! Every place in which the chain finds access keys is one that a rotation knows.

use crate::keys::{home, section};
use crate::peers::Iam;

const ROTATE: [&str; 5] = ["keys", "rotate", "--profile", "me", "--yes"];

#[test]
fn the_files_of_the_first_tools_get_the_new_key_as_well() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    let boto = format!(
        "# mine\n[Credentials]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        old.id, old.secret
    );
    let ec2 = format!("AWSAccessKeyId={}\nAWSSecretKey={}\n", old.id, old.secret);
    let sandbox = home(&old, &moto.url()).file(".boto", &boto).file("ec2", &ec2);
    let path = sandbox.path("ec2").display().to_string();
    let sandbox = sandbox.env("AWS_CREDENTIAL_FILE", &path);
    let listed = sandbox.run(&["keys", "list", "--profile", "me"]).success();
    for place in [".boto:3", "ec2:1", ".aws/credentials:2"] {
        assert!(listed.contains(place), "{listed}");
    }
    let (_, stderr) = sandbox.run(&ROTATE).success_with_words();
    let new = moto.keys("ann").into_iter().find(|key| key.active).unwrap();
    let replaced = |text: &str| text.replace(&old.id, &new.id).replace(&old.secret, &new.secret);
    assert_eq!(sandbox.read(".boto"), replaced(&boto));
    assert_eq!(sandbox.read("ec2"), replaced(&ec2));
    assert_eq!(sandbox.read_credentials(), section("me", &new));
    for place in [".boto:3", "ec2:1"] {
        let written = stderr.lines().find(|line| line.starts_with("wrote ")).unwrap_or_default();
        assert!(written.contains(place), "{stderr}");
    }
}

#[test]
fn a_place_that_cannot_be_edited_stops_the_rotation_before_a_key_is_made() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    // A block where the secret would be: nothing is replaced by accident.
    let boto = format!(
        "[Credentials]\naws_access_key_id = {}\naws_secret_access_key =\n  nested = {}\n",
        old.id, old.secret
    );
    let sandbox = home(&old, &moto.url()).file("boto.cfg", &boto);
    let path = sandbox.path("boto.cfg").display().to_string();
    let sandbox = sandbox.env("BOTO_CONFIG", &path);
    let stderr = sandbox.run(&ROTATE).failure(253);
    assert!(stderr.contains("the old key is also in ~/boto.cfg:2"), "{stderr}");
    assert_eq!((moto.keys("ann").len(), sandbox.read("boto.cfg")), (1, boto));
    assert!(!sandbox.path(".local/state/xcred/rotations").join(format!("{}.json", old.id)).exists());
}

#[test]
fn what_reads_the_old_key_in_another_form_is_named_before_and_after() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    let config = format!(
        "[profile me]\nregion = eu-west-1\n# {0}\n[dev]\naws_access_key_id = {0}\naws_secret_access_key = x\n[profile p]\ncredential_process = give {0}\n",
        old.id
    );
    let sandbox = home(&old, &moto.url()).config(&config).env("AWS_ACCESS_KEY_ID", &old.id);
    let (_, stderr) = sandbox.run(&ROTATE).success_with_words();
    assert_eq!(stderr.matches(".aws/config:8 ").count(), 2, "{stderr}");
    assert_eq!(stderr.matches("AWS_ACCESS_KEY_ID is ").count(), 2, "{stderr}");
    let new = moto.keys("ann").into_iter().find(|key| key.active).unwrap();
    let left = sandbox.read_config();
    // A section that readers drop is no exception.
    assert!(left.contains(&format!("[dev]\naws_access_key_id = {}\n", new.id)), "{left}");
    assert!(
        left.contains(&format!("# {}\n", old.id)) && left.contains(&format!("give {}\n", old.id)),
        "{left}"
    );
}
