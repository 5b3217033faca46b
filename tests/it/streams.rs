//! Standard streams that are closed, and pipes that nobody reads any more: no file takes the place of a stream, and an edit is
//! made as a whole.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use crate::harness::{CANARY, Sandbox, section};
use crate::standard_input::run_by;

const CONFIG: &str = "[default]\nregion = eu-west-1\n";

fn home() -> Sandbox {
    let keys = section("default", "AKIAIOSFODNN7EXAMPLE", CANARY);
    Sandbox::new().config(CONFIG).credentials(keys).env("AWS_EC2_METADATA_DISABLED", "true")
}

#[test]
fn no_file_takes_the_place_of_a_closed_stream() {
    let edited = CONFIG.replace("eu-west-1", "eu-north-1");
    for closed in ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        for arguments in [
            &["set", "region", "eu-north-1"] as &[&str],
            &["unset", "nothing"],
            &["get", "region"],
            &["get", "missing"],
            &["resolve"],
            &["list-profiles", "--long"],
            &["doctor"],
            // What it prints for a shell has the secret, which must be in no file.
            &["export-env"],
            &["exec", "-q", "--", "sh", "-c", "echo text; echo words >&2"],
        ] {
            let sandbox = home().revealing();
            let before = sandbox.read_credentials();
            let line = format!(r#"exec "$@" {closed}"#);
            let (code, ..) = run_by(&sandbox, &line, arguments).ended();
            let config = if arguments[0] == "set" { edited.as_str() } else { CONFIG };
            assert_eq!(sandbox.read_config(), config, "{arguments:?} {closed}");
            assert_eq!(sandbox.read_credentials(), before, "{arguments:?} {closed}");
            assert!(code.is_some(), "{arguments:?} {closed}: {code:?}");
        }
    }
}

#[test]
fn a_closed_stream_is_the_null_device_from_the_start() {
    for (stream, closed) in ["<&-", ">&-", "2>&-"].into_iter().enumerate() {
        let sandbox = home();
        let line = format!(r#"exec "$@" {closed}"#);
        let look = format!(r#"it=$(readlink /proc/$$/fd/{stream}); echo "$it" > seen"#);
        run_by(&sandbox, &line, &["exec", "-q", "--", "sh", "-c", &look]).code(0);
        assert_eq!(sandbox.read("seen"), "/dev/null\n", "{closed}");
    }
}

#[test]
fn a_pipe_that_nobody_reads_ends_no_command_early() {
    let many: Vec<String> = (0..20_000).map(|number| format!("[profile p{number}]\n")).collect();
    let many = many.concat();
    for (arguments, config) in [
        (&["list-profiles"] as &[&str], format!("{CONFIG}{many}")),
        (&["list-profiles", "--format", "json"], format!("{CONFIG}{many}")),
        (
            &["set", "region", "eu-north-1", "-v"],
            format!("{CONFIG}{many}").replace("eu-west-1", "eu-north-1"),
        ),
    ] {
        let sandbox = home().config(format!("{CONFIG}{many}"));
        let mut child = sandbox.command();
        child.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().expect("the program starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), status.signal()), (Some(0), None), "{arguments:?}");
        assert!(sandbox.read_config() == config, "{arguments:?}");
    }
}

#[test]
fn help_that_can_not_be_written_is_an_error() {
    for arguments in [&["--version"][..], &["--help"], &["keys", "--help"]] {
        let (code, _, stderr) = run_by(&home(), r#"exec "$@" >/dev/full"#, arguments).ended();
        assert_eq!(code, Some(255), "{arguments:?}");
        assert!(stderr.starts_with("error: standard output can't be written"), "{arguments:?}: {stderr}");
    }
}
