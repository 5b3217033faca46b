use super::{mentions, renamed};
use crate::random::Random;
use crate::text::words;

#[test]
fn a_line_that_calls_xcred_follows_and_keeps_its_quotes() {
    for (line, to, new) in [
        ("xcred credential-process --profile dev", "build", "xcred credential-process --profile build"),
        (
            "/usr/local/bin/xcred -p dev credential-process",
            "b",
            "/usr/local/bin/xcred -p b credential-process",
        ),
        ("xcred credential-process -pdev", "b", "xcred credential-process -pb"),
        ("xcred -vpdev credential-process", "b", "xcred -vpb credential-process"),
        ("xcred -vvp=dev credential-process", "b", "xcred -vvp=b credential-process"),
        ("xcred exec -qvp dev -- true", "b", "xcred exec -qvp b -- true"),
        ("xcred credential-process --profile=dev  -v", "a b", "xcred credential-process --profile='a b'  -v"),
        ("xcred credential-process --profile \"dev\"", "a b", "xcred credential-process --profile \"a b\""),
        (
            "xcred credential-process --profile='dev'",
            "it's",
            r#"xcred credential-process --profile='it'"'"'s'"#,
        ),
        ("xcred export-env --no-cache dev --format json", "b", "xcred export-env --no-cache b --format json"),
        (
            "timeout 5 env A=b \"C:/x y/xcred.exe\" resolve dev",
            "b",
            "timeout 5 env A=b \"C:/x y/xcred.exe\" resolve b",
        ),
        (
            "sh -c 'cd /; xcred credential-process -p dev|jq .'",
            "b",
            "sh -c 'cd /; xcred credential-process -p b|jq .'",
        ),
        ("sh -c \"exec xcred exec dev -- true\"", "b", "sh -c \"exec xcred exec b -- true\""),
        ("xcred exec --serve -q dev -- true", "b", "xcred exec --serve -q b -- true"),
        ("xcred credential-process -- dev", "b", "xcred credential-process -- b"),
        (
            "sh -c 'xcred login --if-needed dev && xcred credential-process --no-cache -- dev'",
            "b",
            "sh -c 'xcred login --if-needed b && xcred credential-process --no-cache -- b'",
        ),
        ("xcred exec dev -- xcred resolve dev", "b", "xcred exec b -- xcred resolve b"),
        ("xcred credential-process -p dev", "R&D", "xcred credential-process -p 'R&D'"),
        ("xcred credential-process --profile=dev", "$(id)", "xcred credential-process --profile='$(id)'"),
        ("xcred credential-process -p \"dev\"", "$USER", "xcred credential-process -p '$USER'"),
        ("wsl.exe -e xcred credential-process -p dev", "dev2", "wsl.exe -e xcred credential-process -p dev2"),
    ] {
        assert_eq!(renamed(line, "dev", to), (new.to_owned(), vec![]), "{line}");
    }
}

#[test]
fn what_others_are_told_and_what_no_quotes_can_hold_is_left_and_reported() {
    for (line, to, program) in [
        ("aws configure export-credentials --profile dev", "b", "aws"),
        ("aws-vault exec dev --json --no-session", "b", "aws-vault"),
        ("aws-vault exec -j dev", "b", "aws-vault"),
        ("aws-vault export --format=json dev", "b", "aws-vault"),
        ("granted credential-process --profile=dev", "b", "granted"),
        ("env AWS_PROFILE=dev xcred credential-process", "b", "AWS_PROFILE"),
        ("sh -c \"AWS_DEFAULT_PROFILE=dev own-tool\"", "b", "AWS_DEFAULT_PROFILE"),
        ("env XCRED_ALLOW=ops,dev xcred credential-process -p ops", "b", "XCRED_ALLOW"),
        ("env 'XCRED_ALLOW=ops, dev' own-tool", "b", "XCRED_ALLOW"),
        ("env XCRED_PROFILE=dev own-tool", "b", "XCRED_PROFILE"),
        ("bash -c 'own-tool --profile dev; true'", "b", "own-tool"),
        ("awsume dev", "b", "awsume"),
        ("xcred exec -p other -- aws x --profile dev", "b", "aws"),
        ("xcred exec -p other -- own-tool --profile dev", "b", "own-tool"),
        ("aws-vault export -- dev", "b", "aws-vault"),
        ("sh -c 'xcred credential-process -p dev'", "a b", "xcred"),
        ("sh -c \"xcred credential-process -p \\\"dev\\\"\"", "b", "xcred"),
        ("sh -c 'xcred credential-process -p dev'", "R&D", "xcred"),
        ("xcred credential-process -p dev", "-x", "xcred"),
    ] {
        let (new, left) = renamed(line, "dev", to);
        assert_eq!((new.as_str(), left.len()), (line, 1), "{line}: {left:?}");
        assert_eq!(left[0].program, program, "{line}");
    }
}

#[test]
fn a_word_that_only_looks_like_the_name_is_none() {
    for line in [
        "xcred credential-process --profile Dev",
        "xcred credential-process --profile dev2 --region dev",
        "xcred credential-process --profile 'dev ' --session-name dev",
        "/opt/dev dev --out dev",
        "ssh -p dev host",
        "env XCRED_ALLOW=ops,dev2 AWS_PROFILE=ops,dev own-tool",
        "xcred -xpdev credential-process",
        "aws --profile 'dev",
        "xcred -p other export-env --format dev",
        "xcred exec -- dev",
        "sh -c 'xcred -p other whoami; echo dev'",
        "",
    ] {
        assert_eq!(mentions(line, "dev"), [], "{line}");
        assert_eq!(renamed(line, "dev", "b").0, line);
    }
    // A profile that is called as a program is.
    assert_eq!(renamed("xcred credential-process -p aws", "aws", "b").0, "xcred credential-process -p b");
}

#[test]
fn blanks_that_separate_no_words_are_a_part_of_theirs() {
    for blank in ["\u{a0}", "\u{2028}", "\u{3000}", "\u{85}", "\u{b}", "\u{c}", "\u{1f}"] {
        let line = format!("/opt/My{blank}Tools/xcred credential-process -p dev --region 'a{blank}b c'");
        assert_eq!(renamed(&line, "dev", "b"), (line.replace(" dev ", " b "), vec![]), "{line:?}");
        let line = format!("env AWS_PROFILE=dev{blank}2 \"A=x{blank}y\" own-tool");
        assert_eq!(mentions(&line, "dev"), [], "{line:?}");
    }
}

#[test]
fn a_random_command_line_keeps_its_words_whatever_is_in_it() {
    const PIECES: [&str; 40] = [
        " ",
        " ",
        " ",
        " ",
        "\t",
        "\r",
        "\n",
        "\u{a0}",
        "\u{2028}",
        "\u{3000}",
        "\u{85}",
        "\u{b}",
        "\u{c}",
        "\u{1f}",
        "\u{feff}",
        "'",
        "'",
        "\"",
        "\"",
        "\\",
        "\\",
        ";",
        "|",
        "`",
        "=",
        "--",
        "-p",
        "-p ",
        "-pdev",
        "dev",
        "dev",
        "dev",
        " xcred ",
        "xcred exec ",
        "sh -c ",
        "aws --profile ",
        "--profile=",
        "AWS_PROFILE=",
        "XCRED_ALLOW=",
        "é",
    ];
    let mut changed = 0;
    for seed in 0..30_000 {
        let mut random = Random::new(seed);
        let line: String = (0..random.below(24)).map(|_| random.pick(&PIECES)).collect();
        let count = |line: &str| words::split(line).map(|words| words.len());
        let to = random.pick(&["b", "a b", "it's", "a\u{a0}b"]);
        let (new, _) = renamed(&line, "dev", to);
        assert_eq!(count(&new), count(&line), "seed {seed}: {line:?} is {new:?}");
        changed += usize::from(new != line);
    }
    assert!(changed > 0);
}

#[test]
fn quotes_in_quotes_are_taken_apart_to_the_end() {
    let mut line = "xcred credential-process -p dev".to_owned();
    for depth in 0..12 {
        assert_eq!(mentions(&line, "dev").len(), 1, "{depth}: {line}");
        line = format!("sh -c \"{}\"", line.replace('\\', r"\\").replace('"', "\\\""));
    }
    assert_eq!(mentions(&"\\".repeat(100_000), "dev"), []);
    assert_eq!(mentions(&"a' '".repeat(100_000), "dev"), []);
}
