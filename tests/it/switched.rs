//! A shell that is a profile, by `use`, `export-env` or `exec`: what reads it, and what must not take it for `default`.

use crate::harness::{CANARY, Sandbox};

const XCRED: &str = env!("CARGO_BIN_EXE_xcred");

fn home() -> Sandbox {
    let key = |name: &str, id: &str| {
        format!("[{name}]\naws_access_key_id = AKIA{id}\naws_secret_access_key = {CANARY}\n")
    };
    Sandbox::new()
        .config("[default]\nregion = eu-west-1\n[profile dev]\nregion = us-east-2\n[profile prod]\nregion = us-west-1\n")
        .credentials([key("default", "DEFAULT"), key("dev", "DEV"), key("prod", "PROD")].concat())
        .env("AWS_EC2_METADATA_DISABLED", "true")
}

/// What a script prints in a shell that is `dev`, `$X` being xcred, on both streams.
#[track_caller]
fn in_dev(home: &Sandbox, script: &str) -> String {
    let script = format!("X={XCRED}; exec 2>&1; {script}");
    home.run(&["exec", "-q", "dev", "--", "sh", "-c", &script]).success()
}

#[test]
fn an_edit_in_a_shell_that_is_another_profile_must_name_its_own() {
    let home = home()
        .file("keys", format!("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY={CANARY}\n"));
    let before = (home.read_config(), home.read_credentials());
    let help = "help: say which one is meant: `--profile dev` or `--profile default`\n";
    for command in [
        "set region x",
        "set region x --dry-run",
        "set aws_secret_access_key - </dev/null",
        "unset region",
        "configure </dev/null",
        "configure set region x",
        "configure --secrets-from-stdin --access-key-id AKIAIOSFODNN7EXAMPLE </dev/null",
        "configure import ~/keys",
        "configure role --role-arn arn:aws:iam::123456789012:role/R --source-profile prod --no-input",
        "configure process --credential-process true --no-input",
        "configure bridge tools",
        "login --console",
        "keys rotate --yes",
    ] {
        let words = in_dev(&home, &format!("$X {command}; echo $?"));
        assert!(words.contains("XCRED_PROFILE says that this shell is `dev`"), "{command}: {words}");
        assert!(words.contains(help) && words.ends_with("\n252\n"), "{command}: {words}");
    }
    assert_eq!((home.read_config(), home.read_credentials()), before);
    // Whoever names one, in any way, edits that one.
    for (command, changed) in [
        ("$X set region sa-east-1 -p dev", ("us-east-2", "sa-east-1")),
        ("$X set dev.region us-east-2", ("sa-east-1", "us-east-2")),
        ("AWS_PROFILE=prod $X set region us-west-2", ("us-west-1", "us-west-2")),
        ("$X set region eu-west-2 --profile default", ("eu-west-1", "eu-west-2")),
        ("$X configure import ~/keys -p new", ("", "")),
    ] {
        let expected = home.read_config().replacen(changed.0, changed.1, 1);
        let words = in_dev(&home, command);
        assert!(!words.contains("error"), "{command}: {words}");
        assert_eq!(home.read_config(), expected, "{command}: {words}");
    }
    in_dev(&home, "XCRED_PROFILE=default $X set region eu-west-3");
    assert!(home.read_config().starts_with("[default]\nregion = eu-west-3\n"));
}

#[test]
fn keys_that_came_later_belong_to_no_profile() {
    let home = home().revealing();
    let prompt = in_dev(&home, "$X status --prompt");
    assert_eq!(prompt, "dev us-east-2\n");
    let pasted =
        format!("export AWS_ACCESS_KEY_ID=ASIALATER AWS_SECRET_ACCESS_KEY={CANARY} AWS_SESSION_TOKEN=t; ");
    let later = |script: &str| in_dev(&home, &[&pasted, script].concat());
    assert_eq!(later("$X status --prompt"), "environment us-east-2\n");
    let shown = later("$X status");
    assert!(
        shown.starts_with(
            "profile        none       the keys in the environment are not those of XCRED_PROFILE\n"
        ),
        "{shown}"
    );
    let child =
        later("$X exec -- sh -c 'echo $AWS_ACCESS_KEY_ID ${XCRED_PROFILE-none} ${XCRED_KEY_ID-none}'");
    assert!(!child.contains("dev") && child.ends_with("\nASIALATER none none\n"), "{child}");
    // In a shell of an earlier version XCRED_PROFILE alone says whose keys they are.
    assert_eq!(in_dev(&home, "unset XCRED_KEY_ID XCRED_REGION; $X status --prompt"), "dev us-east-2\n");
}

#[test]
fn keys_in_a_shell_that_is_served_are_not_the_served_profiles() {
    let script =
        format!("AWS_ACCESS_KEY_ID=ASIALATER AWS_SECRET_ACCESS_KEY={CANARY} {XCRED} status --prompt");
    let home = home().revealing();
    let prompt = home.run(&["exec", "-q", "--serve", "dev", "--", "sh", "-c", &script]).success();
    assert_eq!(prompt, "environment us-east-2\n");
}

#[test]
fn a_region_that_is_given_for_one_command_counts() {
    let home = home();
    let print = "$X exec -q prod -- sh -c 'echo $AWS_REGION $AWS_DEFAULT_REGION $XCRED_REGION'";
    for (given, region) in [
        ("", "us-west-1"),
        ("AWS_REGION=ap-south-1 ", "ap-south-1"),
        ("AWS_DEFAULT_REGION=ap-south-1 ", "ap-south-1"),
        ("AWS_REGION=ap-south-1 AWS_DEFAULT_REGION=ap-south-1 ", "ap-south-1"),
        ("AWS_REGION=us-east-2 ", "us-west-1"),
    ] {
        let printed = in_dev(&home, &[given, print].concat());
        // What was given is not xcred's, and stays when the profile is changed in there.
        let own = if region == "us-west-1" { " us-west-1" } else { "" };
        assert_eq!(printed, format!("{region} {region}{own}\n"), "{given}");
    }
}

#[test]
fn settings_that_say_where_requests_go_are_named_where_the_environment_lacks_them() {
    let text = "[profile local]\nregion = us-east-1\nuse_fips_endpoint = false\nendpoint_url = http://127.0.0.1:4566\n\
                use_dualstack_endpoint = true\n";
    let home = home()
        .config(text)
        .credentials(format!("[local]\naws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n"))
        .revealing();
    let warning = "warning: ~/.aws/config:4: only the credentials and the region are in the environment, and not \
                   `endpoint_url`, `use_dualstack_endpoint`\nhelp: set AWS_ENDPOINT_URL, AWS_USE_DUALSTACK_ENDPOINT, too\n";
    for command in [
        &["exec", "-q", "local", "--", "true"][..],
        &["exec", "-q", "--serve", "local", "--", "true"],
        &["export-env", "local", "--format", "posix"],
        &["__evaluated", "nushell", "use", "-q", "local"],
    ] {
        let (_, words) = home.run(command).success_with_words();
        assert_eq!(words, warning, "{command:?}");
    }
    let set = home.env("AWS_ENDPOINT_URL", "http://127.0.0.1:4566").env("AWS_USE_DUALSTACK_ENDPOINT", "true");
    set.run(&["exec", "-q", "local", "--", "true"]).success();
    // Programs read the settings of the default profile, and of this one if a variable names it.
    let default = set
        .without("AWS_ENDPOINT_URL")
        .config("[default]\nendpoint_url = http://h\n[profile local]\nendpoint_url = http://h\n");
    for arguments in [&["exec", "-q", "local", "--", "true"][..], &["credential-process", "-p", "local"]] {
        default.run(arguments).success();
    }
    // However it is written, and if the address of a service is set.
    let of_services = "[default]\nuse_fips_endpoint = true\n[services s]\nsts =\n  endpoint_url = http://h\n\
                       [profile local]\nservices = s\nuse_fips_endpoint = True\n";
    let services = default.without("AWS_USE_DUALSTACK_ENDPOINT").config(of_services);
    let exec = ["exec", "-q", "local", "--", "true"];
    let words = services.run(&exec).success_with_words().1;
    assert!(words.contains("and not `services`\nhelp: set AWS_ENDPOINT_URL_<SERVICE>, too\n"), "{words}");
    services.env("AWS_ENDPOINT_URL_STS", "http://h").run(&exec).success();
}

#[test]
fn settings_of_the_default_profile_that_the_profile_lacks_are_named() {
    let key = format!("[dev]\naws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n");
    let home = home().credentials(key).revealing();
    let words = |default: &str, dev: &str, more: &str| {
        let config = format!("[default]\n{default}\n[profile dev]\nregion = us-east-1\n{dev}\n{more}");
        home.put(".aws/config", config);
        home.run(&["exec", "-q", "dev", "--", "true"]).code(0).1
    };
    let warning =
        "warning: ~/.aws/config:2: only the credentials and the region are in the environment: programs use ";
    assert_eq!(
        words("endpoint_url = http://h\nuse_fips_endpoint = true", "use_fips_endpoint = false", ""),
        format!(
            "{warning}`endpoint_url`, `use_fips_endpoint` of `[default]`, and profile `dev` doesn't\nhelp: set \
             AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true, AWS_USE_FIPS_ENDPOINT=false, too\n"
        )
    );
    let services =
        |name: &str, address: &str| format!("[services {name}]\nsts =\n  endpoint_url = {address}\n");
    let two = |one: &str, other: &str| [services("one", one), services("two", other)].concat();
    let of_services = format!(
        "{warning}`services` of `[default]`, and profile `dev` doesn't\nhelp: set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true, too\n"
    );
    assert_eq!(words("services = one", "", &two("http://h", "http://h")), of_services);
    // By what they say, and not by their names.
    assert_eq!(words("services = one", "services = two", &two("http://h", "http://h")), "");
    let different = words("services = one", "services = two", &two("http://h", "http://i"));
    assert!(
        different.contains("and not `services`\nhelp: set AWS_ENDPOINT_URL_<SERVICE>, too\n"),
        "{different}"
    );
    for (default, dev) in [
        ("use_fips_endpoint = false", ""),
        ("endpoint_url = http://h\nignore_configured_endpoint_urls = true", ""),
        ("services = none", ""),
        ("ca_bundle = certificates.pem", ""),
        ("ca_bundle = certificates.pem", "ca_bundle = certificates.pem"),
        ("endpoint_url = http://h", "endpoint_url = http://h"),
    ] {
        assert_eq!(words(default, dev, ""), "", "{default}");
    }
    // What is hidden from the command isn't read by it.
    let serve = ["exec", "-q", "--serve", "dev", "--", "true"];
    for (default, is_read) in
        [("endpoint_url = http://h", true), ("endpoint_url = http://h\nrole_arn = x", false)]
    {
        words(default, "", "");
        let words = home.run(&serve).code(0).1;
        assert_eq!(words.contains("`endpoint_url` of `[default]`"), is_read, "{words}");
    }
    // With a variable for no value nothing is left to say.
    words("endpoint_url = http://h", "", "");
    home.env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true").run(&serve).success();
}

#[test]
fn a_profile_that_may_not_be_used_gets_no_other_name() {
    let home = home().env("XCRED_ALLOW", "other");
    for command in [["profile", "copy", "prod", "other"], ["profile", "rename", "prod", "other"]] {
        let words = home.run(&command).failure(253);
        assert!(words.starts_with("error: XCRED_ALLOW doesn't allow profile `prod`\n"), "{words}");
    }
    home.env("XCRED_ALLOW", "prod").run(&["profile", "copy", "prod", "other"]).success_with_words();
}

#[test]
fn a_sign_in_that_the_profile_of_the_shell_does_not_use_is_neither_made_nor_ended() {
    let sso = |profile: &str, session: &str| {
        format!("[{profile}]\nsso_session = {session}\nsso_account_id = 123456789012\nsso_role_name = R\n")
    };
    let session = |name: &str| {
        format!(
            "[sso-session {name}]\nsso_start_url = https://{name}.awsapps.com/start\nsso_region = us-east-1\n"
        )
    };
    let sessions = [session("one"), session("two")].concat();
    let with_keys = home().config([&sso("default", "one"), "[profile dev]\n", &sessions].concat());
    let in_shell = |home: &Sandbox, command: &str| in_dev(home, &format!("{command}; echo $?"));
    for command in ["logout", "login --no-browser", "sso sync", "sso accounts"] {
        let words = in_shell(&with_keys, &format!("$X {command}"));
        assert!(words.contains("XCRED_PROFILE says that this shell is `dev`"), "{command}: {words}");
        assert!(words.contains("`--profile dev` or `--profile default`"), "{command}: {words}");
        assert!(words.ends_with("\n252\n"), "{command}: {words}");
    }
    for command in ["$X logout -p default", "AWS_PROFILE=default $X logout", "$X logout --sso-session one"] {
        let words = in_shell(&with_keys, command);
        assert_eq!(words, "Not signed in to https://one.awsapps.com/start.\n0\n", "{command}");
    }
    // A sign-in that both use is meant whichever of them is.
    let shared = home().config([sso("default", "one"), sso("profile dev", "one"), sessions].concat());
    let words = shared.env("XCRED_PROFILE", "dev").run(&["logout"]).success_with_words().1;
    assert_eq!(words, "Not signed in to https://one.awsapps.com/start.\n");
}

#[test]
fn the_status_lists_the_sign_in_of_the_profile_that_it_shows() {
    let home = home().config(
        "[profile prod]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
         [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
    );
    for command in ["status", "status --format json"] {
        let shown = in_dev(&home, &format!("AWS_PROFILE=prod $X {command}"));
        assert!(shown.contains("dev") && !shown.contains("corp"), "{command}: {shown}");
    }
    let all = in_dev(&home, "AWS_PROFILE=prod $X status --all");
    assert!(all.contains("session `corp`"), "{all}");
}
