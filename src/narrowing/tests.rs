use super::*;
use crate::failure::{Exit, Explain as _};

const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
const DENY: &str = r#"{"Statement":{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}}"#;

fn option<T>(value: T) -> Located<T> {
    Located::new(value, Origin::Option { name: "--option" })
}

fn located(text: &str) -> Located<String> {
    option(text.to_owned())
}

fn arn(text: &str) -> Located<PolicyArn> {
    PolicyArn::parse(located(text)).unwrap()
}

fn policy(text: &str) -> Located<Policy> {
    Policy::parse(option(text)).unwrap()
}

fn tag(text: &str) -> Located<Tag> {
    Tag::parse(option(text)).unwrap()
}

/// What the error says after its place.
fn words<T>(result: Result<T, Error>) -> String {
    let error = result.err().expect("an error");
    assert_eq!(error.exit(), Exit::Usage, "{error}");
    error.to_string().strip_prefix("--option").unwrap().to_owned()
}

#[test]
fn an_arn_has_a_known_partition_an_account_and_a_name() {
    for good in [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws-cn:iam::123456789012:policy/team/Small",
        "arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess",
        "ReadOnlyAccess",
        "job-function/ViewOnlyAccess",
    ] {
        assert!(PolicyArn::parse(located(good)).is_ok(), "{good}");
    }
    for bad in [
        "",
        "a b",
        "arn",
        "arn:aws",
        "arn:aws-xx:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::aws:role/R",
        "arn:aws:s3::aws:policy/R",
        "arn:aws:iam::aws:policy/",
        "arn:aws:iam::1:policy/R",
        "arn:aws:iam:us-east-1:aws:policy/R",
        "policy/",
    ] {
        if bad == "arn" {
            // It may be a name.
            assert!(PolicyArn::parse(located(bad)).is_ok());
            continue;
        }
        let expected = format!(": `{bad}` is not the ARN of a managed policy");
        assert_eq!(words(PolicyArn::parse(located(bad))), expected);
    }
    assert!(role_arn(located("arn:aws:iam::123456789012:role/path/R")).is_ok());
    for bad in [
        "R",
        "arn:aws:iam::aws:role/R",
        "arn:aws:iam::123456789012:user/R",
        "arn:aws:iam::123456789012:role/",
    ] {
        assert_eq!(words(role_arn(located(bad))), format!(": `{bad}` is not the ARN of a role"));
    }
}

#[test]
fn a_policy_is_checked_and_loses_its_white_space() {
    let spaced = "{\n  \"Statement\": [ { \"Effect\" : \"Deny\", \"Sid\": \"a \\\" b\" } ]\n}\n";
    assert_eq!(policy(spaced).value.text(), r#"{"Statement":[{"Effect":"Deny","Sid":"a \" b"}]}"#);
    for (text, expected) in [
        ("", ": the policy is not valid JSON: EOF while parsing a value at column 0"),
        ("{\n\n\"a\" 1}", ", line 3: the policy is not valid JSON: expected `:` at column 5"),
        ("[]", ": a policy is a JSON object with `Statement`, an object or a list of objects"),
        (
            r#"{"Statement":[]}"#,
            ": a policy is a JSON object with `Statement`, an object or a list of objects",
        ),
        (
            r#"{"Statement":["x"]}"#,
            ": a policy is a JSON object with `Statement`, an object or a list of objects",
        ),
        (r#"{"Statement":{"Sid":"€"}}"#, ": the policy has the character U+20AC, which STS rejects"),
    ] {
        assert_eq!(words(Policy::parse(option(text))), expected);
    }
    let of_length = |length: usize| {
        let empty = r#"{"Statement":{"Sid":""}}"#;
        empty.replace("\"\"", &format!("\"{}\"", "é".repeat(length - empty.len())))
    };
    assert!(Policy::parse(option(&of_length(2048))).is_ok());
    let long = words(Policy::parse(option(&of_length(2049))));
    assert_eq!(long, ": the policy has 2049 characters without whitespace, and STS accepts 2048");
}

/// What each reader makes of a key that is given twice differs, so nothing that was checked holds.
#[test]
fn a_policy_has_each_key_once_at_any_depth_and_in_any_case() {
    for (key, text) in [
        (
            "Statement",
            r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}],"Statement":[{"Effect":"Deny"}]}"#,
        ),
        ("statement", r#"{"Statement":[{"Effect":"Deny"}],"statement":[{"Effect":"Allow"}]}"#),
        ("Effect", r#"{"Statement":{"Effect":"Allow","Action":"*","Effect":"Deny"}}"#),
        ("EFFECT", r#"{"Statement":[{"Effect":"Deny","EFFECT":"Allow"}]}"#),
        ("Effect", r#"{"Statement":[{"\u0045ffect":"Allow","Effect":"Deny"}]}"#),
        ("\u{17f}tatement", r#"{"Statement":[{"Effect":"Deny"}],"\u017ftatement":[]}"#),
        (
            "aws:sourceip",
            r#"{"Statement":{"Effect":"Deny","Condition":{"IpAddress":{"aws:SourceIp":"1","aws:sourceip":"2"}}}}"#,
        ),
        (" at line 7", r#"{"Statement":{" at line 7":1," at line 7":2}}"#),
    ] {
        let said = words(Policy::parse(option(text)));
        let expected = format!(": the policy has the key `{key}` twice in one object, at column ");
        assert!(said.starts_with(&expected), "{text}: {said}");
    }
    let said =
        words(Policy::parse(option("{\"Statement\": {\n\"Effect\": \"Deny\",\n\"Effect\": \"Deny\"}}")));
    assert_eq!(
        said,
        ", line 3: the policy has the key `Effect` twice in one object, at column 8; case is ignored"
    );
    // Different objects may have the same keys, and every kind of value is kept.
    let text = r#"{"Statement":[{"Effect":"Deny","A":[null,true,-1,2,0.5,"x"]},{"Effect":"Allow","A":{}}]}"#;
    let policy = policy(text).value;
    assert_eq!(policy.document(), &serde_json::from_str::<serde_json::Value>(text).unwrap());
    assert_eq!(policy.text(), text);
}

#[test]
fn a_policy_in_a_file_is_named_with_its_line() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("policy.json");
    let origin = Origin::Option { name: "--policy" };
    std::fs::write(&path, DENY).unwrap();
    assert_eq!(Policy::read(&path, &origin).unwrap().value.text(), DENY);
    std::fs::write(&path, "{\n\"Statement\": }").unwrap();
    let error = Policy::read(&path, &origin).unwrap_err();
    let expected = format!("{}:2: the policy is not valid JSON: expected value at column 14", path.display());
    assert_eq!((error.to_string(), error.exit()), (expected, Exit::Usage));
    std::fs::write(&path, " ".repeat((64 << 10) + 1)).unwrap();
    assert_eq!(Policy::read(&path, &origin).unwrap_err().exit(), Exit::Configuration);
    assert_eq!(Policy::read(&home.path().join("no"), &origin).unwrap_err().exit(), Exit::Configuration);
}

#[test]
fn a_duration_has_a_unit_or_is_in_seconds() {
    for (text, seconds) in [("900", 900), ("15m", 900), ("1h", 3600), ("1h30m", 5400), ("36h", 129_600)] {
        assert_eq!(duration(option(text)).unwrap().value, seconds, "{text}");
    }
    for text in ["", "soon", "1x", "0x10", "1 fortnight"] {
        assert_eq!(words(duration(option(text))), format!(": `{text}` is not a duration"));
    }
    let one = ": a session lasts from 15 minutes to 36 hours, not 1 second";
    assert_eq!(words(duration(option("1"))), one);
    for (text, seconds) in [("899", 899), ("-1h", -3600), ("37h", 133_200), ("0", 0)] {
        let expected = format!(": a session lasts from 15 minutes to 36 hours, not {seconds} seconds");
        assert_eq!(words(duration(option(text))), expected);
    }
}

#[test]
fn a_role_that_a_role_assumes_lasts_an_hour_at_most() {
    for (text, is_refused) in [("1h", false), ("3601", true)] {
        let asked = Narrowing { duration: Some(duration(option(text)).unwrap()), ..Narrowing::default() };
        assert_eq!(asked.check_chained().is_err(), is_refused, "{text}");
    }
}

#[test]
fn names_and_tags_have_the_characters_and_lengths_of_sts() {
    let (longest, too_long) = ("n".repeat(64), "n".repeat(65));
    for good in ["ab", "me@example.com", "a_b+c=d,e.f-g", &longest] {
        assert!(name(located(good)).is_ok(), "{good}");
    }
    for bad in ["", "a", "a b", "é1", "a/b", "a:b", &too_long] {
        assert!(words(name(located(bad))).contains("is not a name of 2 to 64"), "{bad}");
    }
    assert_eq!(tag("a=b=c").value, Tag { key: "a".to_owned(), value: "b=c".to_owned() });
    assert_eq!(tag("Größe=").value, Tag { key: "Größe".to_owned(), value: String::new() });
    let long = format!("k={}", "v".repeat(257));
    for (bad, expected) in [
        ("a", ": `a` is not a tag of the form KEY=VALUE"),
        ("=b", ": `=b` is not a tag of the form KEY=VALUE"),
        ("AWS:x=1", ": the tag `AWS:x` begins with `aws:`, which is reserved"),
        ("a=%", ": the tag `a` has the character U+0025, which STS rejects"),
        ("a\n=b", ": the tag `a\n` has the character U+000A, which STS rejects"),
        (&long, ": the tag `k` is too long: a key has at most 128 characters, a value 256"),
    ] {
        assert_eq!(words(Tag::parse(option(bad))), expected);
    }
}

#[test]
fn more_than_sts_accepts_is_an_error() {
    let many = |count: usize| (0..count).map(|at| arn(&format!("P{at}"))).collect::<Vec<_>>();
    assert!(Narrowing { policy_arns: many(10), ..Narrowing::default() }.checked().is_ok());
    let error = Narrowing { policy_arns: many(11), ..Narrowing::default() }.checked();
    assert_eq!(words(error), ": 11 managed policies are given, and STS accepts 10");
    let tags = |count: usize| (0..count).map(|at| tag(&format!("k{at}=v"))).collect::<Vec<_>>();
    assert!(Narrowing { tags: tags(50), ..Narrowing::default() }.checked().is_ok());
    let error = Narrowing { tags: tags(51), ..Narrowing::default() }.checked();
    assert_eq!(words(error), ": 51 tags are given, and STS accepts 50");
    let twice = Narrowing { tags: vec![tag("Team=a"), tag("tEAM=b")], ..Narrowing::default() };
    assert_eq!(words(twice.checked()), ": the tag `tEAM` is given twice; tag keys ignore case");
    assert!(Narrowing::default().checked().unwrap().is_none());
}

#[test]
fn nothing_that_allows_more_is_added_to_read_only() {
    let read_only =
        || Narrowing { read_only: Some(Origin::Option { name: "--option" }), ..Narrowing::default() };
    let widens =
        ": the session could do more than `--option` says: it may do what any of its policies allows";
    let wider = Narrowing { policy: Some(policy(ALLOW)), ..read_only() };
    assert_eq!(words(wider.checked()), widens);
    let wider = Narrowing { policy_arns: vec![arn("AdministratorAccess")], ..read_only() };
    assert_eq!(words(wider.checked()), widens);
    let narrower = Narrowing { policy: Some(policy(DENY)), ..read_only() };
    assert!(narrower.checked().is_ok());
    let same = vec![arn("ReadOnlyAccess"), arn("arn:aws:iam::aws:policy/ReadOnlyAccess")];
    assert!(Narrowing { policy_arns: same, ..read_only() }.checked().is_ok());
}

#[test]
fn names_become_arns_in_the_partition_of_the_request() {
    let asked = Narrowing {
        read_only: Some(Origin::Option { name: "--read-only" }),
        policy_arns: vec![arn("ReadOnlyAccess"), arn("job-function/ViewOnlyAccess")],
        ..Narrowing::default()
    };
    let role = located("arn:aws-cn:iam::123456789012:role/R");
    let narrowed = asked.for_role(By::AssumeRole, &role).unwrap();
    let expected = [
        "arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
        "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess",
    ];
    assert_eq!(narrowed.arns(), expected);
    assert_eq!(
        asked.for_federation("aws-us-gov").unwrap().arns()[0],
        "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"
    );
    let elsewhere = Narrowing { policy_arns: vec![arn("arn:aws:iam::aws:policy/P")], ..Narrowing::default() };
    let error = words(elsewhere.for_role(By::AssumeRole, &role));
    assert_eq!(error, ": `arn:aws:iam::aws:policy/P` is not in the partition of the request, `aws-cn`");
}

#[test]
fn each_operation_refuses_what_it_has_no_parameter_for() {
    let role = located("arn:aws:iam::123456789012:role/R");
    let identity = || Narrowing {
        source_identity: Some(located("me")),
        policy: Some(policy(ALLOW)),
        ..Narrowing::default()
    };
    let tags = || Narrowing { tags: vec![tag("a=b")], policy: Some(policy(ALLOW)), ..Narrowing::default() };
    let refused =
        |result: Result<Narrowed, Error>| result.is_err_and(|error| error.exit() == Exit::Configuration);
    assert!(refused(identity().for_role(By::AssumeRoleWithWebIdentity, &role)));
    assert!(refused(tags().for_role(By::AssumeRoleWithWebIdentity, &role)));
    assert!(refused(identity().for_federation("aws")));
    assert!(tags().for_federation("aws").is_ok() && identity().for_role(By::AssumeRole, &role).is_ok());
    assert!(refused(Narrowing { duration: Some(option(900)), ..Narrowing::default() }.for_federation("aws")));
    let long =
        || Narrowing { duration: Some(option(50_000)), policy: Some(policy(ALLOW)), ..Narrowing::default() };
    assert!(long().for_federation("aws").is_ok());
    assert_eq!(
        words(long().for_role(By::AssumeRole, &role)),
        ": the session of a role lasts at most 12 hours"
    );
    let on_top = Narrowing { role_arn: Some(role), ..long() };
    assert_eq!(words(on_top.checked()), ": the session of a role lasts at most 12 hours");
    let name = Narrowing {
        session_name: Some(located(&"n".repeat(33))),
        policy: Some(policy(ALLOW)),
        ..Narrowing::default()
    };
    let expected = ": the name has 33 characters, and a federated user has at most 32";
    assert_eq!(words(name.for_federation("aws")), expected);
}

#[test]
fn whatever_is_asked_for_is_in_the_key_of_the_cache() {
    let role = located("arn:aws:iam::123456789012:role/R");
    let all = [
        Narrowing { policy: Some(policy(ALLOW)), ..Narrowing::default() },
        Narrowing { policy: Some(policy(DENY)), ..Narrowing::default() },
        Narrowing { policy_arns: vec![arn("A")], ..Narrowing::default() },
        Narrowing { policy_arns: vec![arn("A"), arn("B")], ..Narrowing::default() },
        Narrowing { read_only: Some(Origin::Option { name: "--option" }), ..Narrowing::default() },
        Narrowing { duration: Some(option(900)), ..Narrowing::default() },
        Narrowing { session_name: Some(located("me")), ..Narrowing::default() },
        Narrowing { source_identity: Some(located("me")), ..Narrowing::default() },
        Narrowing { tags: vec![tag("a=b")], ..Narrowing::default() },
        Narrowing { tags: vec![tag("a=c")], ..Narrowing::default() },
    ];
    let keys: std::collections::BTreeSet<String> =
        all.iter().map(|asked| asked.for_role(By::AssumeRole, &role).unwrap().key().to_string()).collect();
    assert_eq!(keys.len(), all.len(), "{keys:?}");
    // The order of policies makes no difference.
    let [one, other] = [["A", "B"], ["B", "A"]].map(|arns| {
        let asked = Narrowing { policy_arns: arns.map(arn).to_vec(), ..Narrowing::default() };
        asked.for_role(By::AssumeRole, &role).unwrap().key()
    });
    assert_eq!(one, other);
}
