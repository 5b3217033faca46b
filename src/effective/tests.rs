use clap::ValueEnum as _;

use super::setting::Why;
use super::{Lookup, Options, Selection, Setting, all_stored, select};
use crate::growth::assert_linear;
use crate::origin::Origin;
use crate::profile::{Files, KeyPath, SectionName};
use crate::sdk::Sdk;
use crate::settings::{self, Variable};
use crate::world::World;

/// Both files, and variables.
struct Home {
    world: World,
    files: Files,
}

impl Home {
    fn new(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Home {
        Home { world: World::of(variables.iter().copied()), files: Files::of_texts(config, credentials) }
    }

    /// Looks up with `--sdk`, `--profile` and `--region`.
    fn with<T>(
        &self,
        sdk: &str,
        profile: Option<&str>,
        region: Option<&str>,
        act: impl FnOnce(Lookup<'_>) -> T,
    ) -> T {
        let sdk = Sdk::from_str(sdk, false).unwrap();
        let profile: &Selection = &select(&self.world, profile, sdk).unwrap();
        let options = &Options { region: region.map(str::to_owned) };
        act(Lookup { world: &self.world, options, files: &self.files, profile, sdk, view: None })
    }

    fn value(&self, sdk: &str, profile: Option<&str>, row: &'static Variable) -> Option<String> {
        self.with(sdk, profile, None, |lookup| lookup.setting(row)).map(|setting| text(&setting))
    }
}

fn text(setting: &Setting) -> String {
    setting.winner.value.as_text().unwrap().expose().to_owned()
}

#[test]
fn an_option_overrides_the_environment_which_overrides_the_files() {
    let home = Home::new(
        "[default]\nregion = config\n",
        "[default]\nregion = credentials\n",
        &[("AWS_REGION", "new"), ("AWS_DEFAULT_REGION", "old")],
    );
    let setting = home.with("aws-cli", None, Some("option"), |lookup| lookup.setting(&settings::REGION));
    let setting = setting.unwrap();
    assert_eq!(text(&setting), "option");
    let shadowed: Vec<&str> =
        setting.shadowed.iter().map(|shadowed| shadowed.value.value.as_text().unwrap().expose()).collect();
    assert_eq!(shadowed, ["new", "old", "credentials", "config"]);
    let by_option = Why::Overridden(Origin::Option { name: "--region" });
    assert!(setting.shadowed.iter().all(|shadowed| shadowed.why == by_option));
}

#[test]
fn each_sdk_reads_its_own_variables() {
    let home = Home::new(
        "[profile a]\noutput = a\n[profile b]\noutput = b\n",
        "",
        &[
            ("AWS_REGION", "new"),
            ("AWS_DEFAULT_REGION", "old"),
            ("AWS_PROFILE", "a"),
            ("AWS_DEFAULT_PROFILE", "b"),
            ("PAGER", "less"),
        ],
    );
    for (sdk, region, output, pager) in [("aws-cli", "new", "a", Some("less")), ("boto3", "old", "b", None)] {
        assert_eq!(home.value(sdk, None, &settings::REGION).as_deref(), Some(region));
        assert_eq!(home.value(sdk, None, &settings::OUTPUT).as_deref(), Some(output));
        assert_eq!(home.value(sdk, None, &settings::CLI_PAGER).as_deref(), pager);
    }
}

#[test]
fn a_fallback_is_overridden_by_the_files() {
    let home = Home::new("[default]\ncli_pager =\n", "", &[("PAGER", "less")]);
    assert_eq!(home.value("aws-cli", None, &settings::CLI_PAGER).as_deref(), Some(""));
}

#[test]
fn credentials_in_the_environment_are_not_read_beside_an_explicit_profile() {
    let home =
        Home::new("", "[dev]\naws_access_key_id = AKIAFILE\n", &[("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")]);
    let row = &settings::AWS_ACCESS_KEY_ID;
    assert_eq!(home.value("aws-cli", None, row).as_deref(), Some("AKIAENVIRONMENT"));
    let setting = home.with("aws-cli", Some("dev"), None, |lookup| lookup.setting(row)).unwrap();
    assert_eq!(text(&setting), "AKIAFILE");
    assert_eq!(setting.shadowed[0].why, Why::ExplicitProfile);
    // Other settings are.
    let home = Home::new("[profile dev]\nregion = file\n", "", &[("AWS_REGION", "environment")]);
    assert_eq!(home.value("aws-cli", Some("dev"), &settings::REGION).as_deref(), Some("environment"));
}

#[test]
fn an_empty_variable_is_a_value_for_some_settings_and_skipped_for_others() {
    let home = Home::new(
        "[default]\nregion = file\nca_bundle = file\nweb_identity_token_file = file\n",
        "[default]\naws_access_key_id = file\n",
        &[
            ("AWS_REGION", ""),
            ("AWS_CA_BUNDLE", ""),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", ""),
            ("AWS_ACCESS_KEY_ID", ""),
        ],
    );
    for (row, value) in [
        (&settings::REGION, ""),
        (&settings::WEB_IDENTITY_TOKEN_FILE, ""),
        (&settings::CA_BUNDLE, "file"),
        (&settings::AWS_ACCESS_KEY_ID, "file"),
    ] {
        assert_eq!(home.value("aws-cli", None, row).as_deref(), Some(value), "{}", row.name);
    }
}

#[test]
fn a_key_of_its_own_overrides_the_nested_one() {
    let home = Home::new(
        "[default]\ns3_us_east_1_regional_endpoint = legacy\ns3 =\n  use_arn_region = false\n  us_east_1_regional_endpoint = regional\n",
        "[default]\ns3_use_arn_region = true\n",
        &[],
    );
    let value = |sdk, row| home.value(sdk, None, row);
    for sdk in ["aws-cli", "boto3"] {
        assert_eq!(value(sdk, &settings::S3_BLOCK_USE_ARN_REGION).as_deref(), Some("true"));
        assert_eq!(value(sdk, &settings::S3_BLOCK_US_EAST_1_REGIONAL_ENDPOINT).as_deref(), Some("legacy"));
    }
    let alone = Home::new("[default]\ns3_use_arn_region = true\n", "", &[]);
    let names = alone.with("boto3", None, None, |lookup| {
        lookup.all().into_iter().map(|setting| setting.name).collect::<Vec<_>>()
    });
    assert_eq!(names, ["s3.use_arn_region", "s3_use_arn_region"]);
}

#[test]
fn a_block_overrides_the_other_files_block_as_a_whole() {
    let home = Home::new(
        "[default]\ns3 =\n  use_arn_region = true\n  addressing_style = path\n",
        "[default]\ns3 =\n  addressing_style = virtual\n",
        &[],
    );
    let value = |row| home.value("aws-cli", None, row);
    assert_eq!(value(&settings::S3_BLOCK_ADDRESSING_STYLE).as_deref(), Some("virtual"));
    assert_eq!(value(&settings::S3_BLOCK_USE_ARN_REGION), None);
    let setting =
        home.with("aws-cli", None, None, |lookup| lookup.setting(&settings::S3_BLOCK_ADDRESSING_STYLE));
    let Origin::File(place) = setting.unwrap().winner.origin else { panic!("it is in a file") };
    assert_eq!((place.line, place.key.as_deref()), (3, Some("s3.addressing_style")));
}

#[test]
fn a_typed_key_is_found_by_the_name_of_the_setting_and_by_its_own() {
    let home =
        Home::new("[default]\nsdk_ua_app_id = app\nmy_tool = x\nec2_metadata_disabled = true\n", "", &[]);
    home.with("boto3", None, None, |lookup| {
        let found = |key: &str| lookup.key(&KeyPath::parse(key).unwrap()).map(|setting| text(&setting));
        assert_eq!(found("sdk_ua_app_id").as_deref(), Some("app"));
        assert_eq!(found("user_agent_appid").as_deref(), Some("app"));
        assert_eq!(found("my_tool").as_deref(), Some("x"));
        // The files don't have this one.
        assert_eq!(found("ec2_metadata_disabled"), None);
    });
}

#[test]
fn all_settings_come_in_the_order_of_the_table_and_then_the_others() {
    let home = Home::new(
        "[default]\nzebra = z\noutput = json\nregion = r\ns3 =\n  aws_access_key = CANARY\n",
        "[default]\naws_secret_access_key = CANARY\n",
        &[("AWS_MAX_ATTEMPTS", "3")],
    );
    let all = home.with("boto3", None, None, |lookup| lookup.all());
    let names: Vec<&str> = all.iter().map(|setting| setting.name.as_str()).collect();
    assert_eq!(
        names,
        ["aws_secret_access_key", "region", "output", "max_attempts", "s3.aws_access_key", "zebra"]
    );
    let listed: Vec<_> = all[..4].iter().map(|setting| setting.lines(false)).collect();
    let listed = format!("{listed:?}");
    assert!(!listed.contains("CANARY"), "{listed}");
    // An option is neither a variable nor in a file.
    let all = Home::new("", "", &[]).with("boto3", None, Some("r"), |lookup| lookup.all());
    assert_eq!(all.iter().map(|setting| setting.name.as_str()).collect::<Vec<_>>(), ["region"]);
}

#[test]
fn no_value_that_is_overridden_shows_a_secret_and_no_name_that_holds_one() {
    let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
    let home = Home::new(
        &format!(
            "[default]\nregion = eu-west-1\n  aws_secret_access_key = CANARY-short\n\
             endpoint_url = http://me:CANARY-word@127.0.0.1:9/\nmine = eu ; {key}\n{key} = x\n\
             role_arn = arn:aws:iam::123456789012:role/R\noutput = json\n"
        ),
        "[default]\naws_session_token =\n  CANARYname ==\n",
        &[
            ("AWS_REGION", "eu-west-2"),
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:8"),
            ("AWS_DEFAULT_OUTPUT", key),
        ],
    );
    let all = home.with("aws-cli", None, None, |lookup| lookup.all());
    let printed = |reveal| {
        let one = |setting: &Setting| {
            let shadowed: Vec<_> = setting.shown_shadowed(reveal).map(|(value, ..)| value).collect();
            format!("{:?} {shadowed:?} {:?}\n", setting.lines(reveal), setting.member(reveal))
        };
        all.iter().map(one).collect::<String>()
    };
    let (masked, revealed) = (printed(false), printed(true));
    for secret in ["CANARY-short", "CANARY-word", "CANARYname", key] {
        assert!(!masked.contains(secret) && revealed.contains(secret), "{secret}: {masked}{revealed}");
    }
    assert!(!masked.to_lowercase().contains(&key.to_lowercase()), "{masked}");
    for plain in ["eu-west-2", "arn:aws:iam::123456789012:role/R", "aws_session_token.********", "\"json\""] {
        assert!(masked.contains(plain), "{plain}: {masked}");
    }
}

#[test]
fn of_a_command_only_the_program_is_listed_and_of_an_address_in_a_text_only_the_place() {
    let home = Home::new(
        "[default]\ncredential_process = a --b CANARY\nmfa_process = env TOTP=CANARY x\n\
         note = see https://x.y/?key=CANARY and more, or http://me:CANARY@h/\nother = mail a@b or http://h/?CANARY\n\
         query = https://h/p?password=CANARY CANARY\nquery2 = 'https://h/?a=b c=d&sig=CANARY'\n\
         query3 = https://h/?t=CANARY,more CANARY\nsecret_process = oathtool CANARY\n\
         third = http://me:CANARY CANARY@h/\ntool = curl -u me:CANARY https://h/?sig=CANARY\n\
         user = http://me:CAN@ARY CAN@ARY@h/\n\
         web_identity_token_process = c --d CANARY\nx_auth = Basic CANARY\n",
        "",
        &[],
    );
    let all = home.with("boto3", None, None, |lookup| lookup.all());
    let lines = all.into_iter().flat_map(|setting| setting.without_arguments().lines(false));
    let listed: Vec<String> = lines.map(|(name, value)| format!("{name} = {value}")).collect();
    assert_eq!(
        listed,
        [
            "credential_process = a …",
            "mfa_process = env …",
            "note = …",
            "other = b or http://h/",
            "query = https://h/p",
            "query2 = 'https://h/",
            "query3 = https://h/",
            "secret_process = ********",
            "third = http://h/",
            "tool = …",
            "user = http://h/",
            "web_identity_token_process = c …",
            "x_auth = Basic ********",
        ]
    );
}

#[test]
fn a_block_in_place_of_a_plain_setting_is_listed_once() {
    let home = Home::new("[default]\nrole_arn =\n  a = b\nmine =\n  c = d\ns3 =\n  x = y\n", "", &[]);
    let all = home.with("aws-cli", None, None, |lookup| lookup.all());
    let lines: Vec<String> =
        all.iter().flat_map(|setting| setting.lines(false)).map(|(name, _)| name).collect();
    assert_eq!(lines, ["role_arn.a", "mine.c", "s3.x"]);
}

#[test]
fn a_dotted_key_in_place_of_a_block_is_no_setting() {
    let home = Home::new(
        "[default]\ns3.max_queue_size = 10\ns3.addressing_style = path\nmytool.color = red\ns3 =\n  io_chunksize = 1KB\n",
        "",
        &[],
    );
    let all = home.with("boto3", None, None, |lookup| lookup.all());
    let names: Vec<String> = all.into_iter().map(|setting| setting.name).collect();
    assert_eq!(names, ["mytool.color", "s3.io_chunksize"]);
}

#[test]
fn the_work_to_list_the_keys_of_a_block_grows_with_it() {
    assert_linear(|size| {
        let mut config = "[default]\ns3 =\n".to_owned();
        config.extend((0..size).map(|at| format!("  k{at:05} = v\n")));
        config.push_str("  k00000 = last\n  addressing_style = path\n");
        let home = Home::new(&config, "", &[]);
        move || {
            let all = home.with("boto3", None, None, |lookup| lookup.all());
            let stored = all_stored(&home.files, &SectionName::Profile("default".to_owned()));
            for settings in [all, stored] {
                let first = settings.iter().find(|setting| setting.name == "s3.k00000").unwrap();
                assert_eq!((settings.len(), text(first)), (size + 1, "last".to_owned()));
                let Origin::File(place) = &first.winner.origin else { panic!("not of a file") };
                let line = u32::try_from(size).unwrap() + 3;
                assert_eq!((place.line, place.key.as_deref()), (line, Some("s3.k00000")));
            }
        }
    });
}
