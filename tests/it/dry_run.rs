//! `--dry-run`: what it warns of is what the edit warns of, and whatever it shows of a file, no secret is in it, wherever the file
//! has it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::harness::{CANARY, Sandbox, secret};
use crate::random::Random;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Lines of a file; one of them gets the secret, at a random place.
const LINES: &[&str] = &[
    "region = eu-west-1",
    "# a comment",
    "; see https://wiki.corp/aws?page=1",
    "role_arn = arn:aws:iam::123456789012:role/Dev",
    "credential_process = /usr/bin/tool --flag=1 \"two words\"",
    "x: {\"a\": \"b\"}",
    "s3 =",
    "  addressing_style = path",
    "",
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE",
    "mfa_serial = arn:aws:iam::123456789012:mfa/me",
];

#[test]
fn a_random_secret_anywhere_in_a_file_is_never_shown() {
    let mut shown = 0;
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let secret: String = (0..40).map(|_| char::from(BASE64[random.below(64)])).collect();
        let mut lines: Vec<String> = vec!["[default]".to_owned(), "output = json".to_owned()];
        lines.extend((0..6).map(|_| random.pick(LINES).to_owned()));
        let at = 1 + random.below(lines.len() - 1);
        let column = random.below(lines[at].len() + 1);
        lines[at].insert_str(column, &secret);
        let text = lines.join("\n") + "\n";
        let sandbox = Sandbox::new().config(&text).credentials(&text);
        for arguments in [
            &["set", "new_key", "value", "-n"][..],
            &["set", "output", "text", "-n"],
            &["unset", "output", "-n"],
            &["profile", "remove", "default", "-n"],
            &["profile", "copy", "default", "other", "-n"],
            &["configure", "--region", "us-east-1", "-n"],
        ] {
            let (_, stdout, stderr) = sandbox.run(arguments).ended();
            shown += usize::from(!stdout.is_empty());
            for text in [&stdout, &stderr] {
                assert!(!text.contains(&secret), "seed {seed}: {arguments:?}: {text}");
            }
        }
    }
    assert!(shown > 100, "{shown} runs showed a change");
}

#[test]
fn a_secret_without_its_key_is_not_shown() {
    for line in [
        CANARY.to_owned(),
        format!(" = {CANARY}"),
        format!("#{CANARY}"),
        format!("# old: {CANARY}"),
        format!("aws_session_tokn={CANARY}"),
        format!("# aws_secret_acess_key {CANARY}"),
        format!("credential_process = tool --password {CANARY}"),
    ] {
        let sandbox =
            Sandbox::new().config(format!("[default]\nregion = eu-west-1\n{line}\noutput = json\n"));
        for arguments in [&["set", "region", "x", "-n"][..], &["unset", "region", "-n"]] {
            // The sandbox looks for the canary.
            let (_, stdout, _) = sandbox.run(arguments).ended();
            let hides = stdout.contains("****") || stdout.contains('…');
            assert!(stdout.is_empty() || hides, "{line}: {stdout}");
        }
    }
}

#[test]
fn what_is_set_to_a_secret_by_mistake_is_not_shown() {
    let secret = secret();
    let sandbox = Sandbox::new();
    let (stdout, _) = sandbox.run(&["set", "my_key", &secret, "-n"]).code(0);
    assert!(stdout.contains("+my_key = ****"), "{stdout}");
}

#[test]
fn a_changed_secret_differs_visibly() {
    let sandbox = Sandbox::new().credentials(format!("[default]\naws_secret_access_key = {CANARY}/old\n"));
    let input = format!("{CANARY}/new");
    let set = &["set", "aws_secret_access_key", "-", "-n"];
    let (diff, _) = sandbox.run_with_input(set, &input).success_with_words();
    assert!(diff.contains("-aws_secret_access_key = ******** (old)\n"), "{diff}");
    assert!(diff.contains("+aws_secret_access_key = ******** (new)\n"), "{diff}");
    // Nothing is confused where only one of them is there.
    let diff = sandbox.run(&["unset", "aws_secret_access_key", "-n"]).success();
    assert!(diff.contains("-aws_secret_access_key = ********\n"), "{diff}");
}

#[test]
fn of_a_command_line_the_program_is_shown_and_a_change_is_visible() {
    let line = format!("credential_process = /opt/tool -u me:{CANARY} --profile dev");
    let config = format!("[profile dev]\nregion = eu-west-1\n{line}\n# {line}\n[profile b]\n{line}\n");
    let sandbox = Sandbox::new().config(&config);
    for arguments in [
        &["set", "region", "us-east-1", "-p", "dev", "-n"][..],
        &["profile", "rename", "dev", "prod", "-n"],
        &["profile", "copy", "b", "c", "-n"],
        &["profile", "remove", "b", "-n"],
    ] {
        // The sandbox looks for the canary.
        let (_, diff, _) = sandbox.run(arguments).ended();
        assert!(diff.contains("credential_process = /opt/tool …\n"), "{arguments:?}: {diff}");
    }
    let command = format!("/opt/tool -u you:{CANARY}");
    let set = ["set", "credential_process", &command, "-p", "b"];
    let (diff, _) = sandbox.run(&[&set[..], &["-n"]].concat()).success_with_words();
    assert!(diff.contains("-credential_process = /opt/tool … (old)\n"), "{diff}");
    assert!(diff.contains("+credential_process = /opt/tool … (new)\n"), "{diff}");
    let _ = sandbox.run(&set).success_with_words();
    let written = sandbox.read_config();
    assert!(written.ends_with(&format!("[profile b]\ncredential_process = {command}\n")), "{written}");
}

#[test]
fn a_last_line_without_an_end_is_shown_as_one() {
    let sandbox = Sandbox::new().config("[default]\nregion = a");
    let shown = sandbox.run(&["set", "output", "json", "-n"]).success();
    let changed = "-region = a\n\\ No newline at end of file\n+region = a\n+output = json\n";
    assert!(shown.ends_with(changed), "{shown}");
    let sandbox = Sandbox::new().config("[default]\r\noutput = text\r\nregion = a");
    let shown = sandbox.run(&["set", "output", "json", "-n"]).success();
    assert!(shown.ends_with(" region = a\n\\ No newline at end of file\n"), "{shown}");
    assert_eq!(shown.matches('\\').count(), 1, "{shown}");
}

/// What the command prints on standard error with `--dry-run`, and without.
fn words(config: &str, credentials: &str, arguments: &[&str], input: &str) -> [String; 2] {
    let sandbox = Sandbox::new().config(config).credentials(credentials);
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(sandbox.path(".aws/credentials"), open).expect("the mode can be set");
    [&["-n"][..], &[]].map(|option| {
        let (_, words) = sandbox.run_with_input(&[arguments, option].concat(), input).success_with_words();
        words
    })
}

#[test]
fn the_warnings_of_an_edit_are_those_of_its_dry_run() {
    let pair = ["configure", "-p", "new", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--secrets-from-stdin"];
    let secret = CANARY.repeat(40)[..40].to_owned();
    let invalid = "[default]\nregion = a\n[profile q]\na=1\na=2\n";
    let inherited = "[DEFAULT]\nregion = eu-west-1\n";
    let region = "[default]\nregion = eu-west-1\n";
    let keys = "[default]\naws_access_key_id = A\naws_secret_access_key = B\n";
    for (config, credentials, arguments) in [
        ("", region, &["set", "region", "us-east-1"][..]),
        (invalid, "", &["set", "output", "json"]),
        (invalid, "", &["unset", "region"]),
        (invalid, "", &["profile", "rename", "q", "z"]),
        (invalid, "", &["profile", "copy", "default", "z"]),
        (invalid, "", &["profile", "remove", "default", "--yes"]),
        ("", inherited, &[&pair[..], &["--region", "ap-south-1"]].concat()),
        ("", keys, &["profile", "copy", "default", "z"]),
        ("", keys, &["profile", "rename", "default", "z"]),
        ("", keys, &["set", "aws_session_token", "-"]),
        ("[default]\nregion = a\nregion = b\n", "", &["set", "region", "eu-west-1"]),
        ("[default]\nregion = a\nregion = b\n", "", &["unset", "region"]),
    ] {
        let [dry, done] = words(config, credentials, arguments, &secret);
        // What it would write is not written.
        let dry = dry.replace("would contain", "contains").replace("would remove", "removed");
        let done: Vec<&str> = done
            .lines()
            .filter(|line| {
                !["wrote ", "next: ", "renamed `", "copied `", "removed "]
                    .iter()
                    .any(|did| line.starts_with(did))
            })
            .collect();
        assert!(!done.is_empty(), "{arguments:?}");
        assert_eq!(dry.lines().collect::<Vec<_>>(), done, "{arguments:?}");
    }
}

#[test]
fn a_dry_run_calls_nothing_done_and_no_help_removes_what_was_not_written() {
    let mark = "\u{feff}[default]\nregion = eu-west-1\n";
    let plain = "[default]\nregion = eu-west-1\n[profile dev]\noutput = json\n[plugins]\nx = y\n";
    for (config, arguments, told) in [
        (mark, &["set", "output", "json"][..], "would remove the byte order mark"),
        (mark, &["unset", "region"], "would remove the byte order mark"),
        (mark, &["profile", "copy", "default", "b"], "would remove the byte order mark"),
        (plain, &["set", "regoin", "us-east-1"], "did you mean `xcred set region us-east-1 -n`?"),
        (plain, &["set", "region", ""], "an empty region"),
        (plain, &["set", "my key", "x"], "has a blank"),
        (plain, &["set", "dve.region", "x"], "did you mean `xcred set dev.region x -n`?"),
        (plain, &["set", "s3.region", "x"], "did you mean `xcred set region x -n`?"),
        (plain, &["set", "dev", "x"], "name a profile with `--profile`"),
        (plain, &["set", "output", "json", "-p", "DEV"], "did you mean `xcred set output json -p dev -n`?"),
        (plain, &["profile", "copy", "default", "DEV"], "did you mean `dev`?"),
        (plain, &["profile", "rename", "default", "DEV"], "did you mean `dev`?"),
        (plain, &["profile", "copy", "default", "a b"], "give it another name"),
        (plain, &["set", "s3", "x"], "set a key of the block: `xcred set s3.NAME VALUE --profile default`"),
        (plain, &["set", "sso_regoin", "x", "--sso-session", "s"], "AWS has no setting"),
    ] {
        let [dry, done] = words(config, "", arguments, "");
        assert!(dry.contains(told), "{arguments:?}: {dry}");
        for command in ["`xcred unset ", "`xcred profile ", "undoes"] {
            assert!(!dry.contains(command), "{arguments:?}: {dry}");
        }
        assert!(!dry.contains("removed"), "{arguments:?}: {dry}");
        assert!(!done.contains("would"), "{arguments:?}: {done}");
        assert!(!dry.lines().any(|line| line.ends_with([' ', ';'])), "{arguments:?}: {dry:?}");
    }
}
