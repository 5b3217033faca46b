//! `configure sso`: from a start URL to a profile.

use crate::browser::{TOKEN, fetched, opened, with_browser};
use crate::harness::Sandbox;
use crate::portal::{Account, Portal, SESSION, account, token};
use crate::services::IdentityCenter;
use crate::terminal::Terminal;

const OWN: &str = "# mine\n[profile other]\nregion = us-east-1\n";

/// The services, and a home that has only another profile.
struct Place {
    service: IdentityCenter,
    portal: Portal,
}

impl Place {
    fn with(accounts: Vec<Account>) -> Place {
        let service = IdentityCenter::start();
        service.state(|state| state.next_token = Some(token()));
        Place { service, portal: Portal::start(accounts) }
    }

    fn home(&self, config: &str) -> Sandbox {
        let home = Sandbox::new()
            .env("AWS_ENDPOINT_URL_SSO_OIDC", &self.service.oidc.url)
            .env("AWS_ENDPOINT_URL_SSO", self.portal.url());
        with_browser(home.config(config))
    }

    /// The user signs in in the browser.
    fn agree(&self, home: &Sandbox) {
        let page = fetched(&self.service.agree(&opened(home)));
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    }
}

#[test]
fn a_new_session_with_one_account_and_one_role_becomes_a_profile() {
    let place = Place::with(vec![account(1, "prod", &["Admin"])]);
    let home = place.home(OWN);
    let mut terminal = Terminal::run(&home, &["configure", "sso"]);
    terminal.see("Its name is up to you").see("SSO session name").answer("corp");
    terminal.see("SSO start URL").answer("https://corp.awsapps.com/start");
    terminal.see("SSO region").answer("us-east-1");
    terminal.see("SSO registration scopes [sso:account:access]").answer("");
    terminal.see("Sign in at this address");
    place.agree(&home);
    terminal.see("The only account is prod, a1@example.org (000000000001).");
    terminal.see("The only role is Admin.");
    terminal.see("Default client Region [None]").answer("eu-west-1");
    terminal.see("Default output format [None]").answer("");
    terminal.see("Profile name [Admin-000000000001]").answer("");
    terminal.see("xcred whoami --profile Admin-000000000001");
    terminal.end(0);
    assert_eq!(
        home.read_config(),
        format!(
            "{OWN}[profile Admin-000000000001]\nsso_session = corp\nsso_account_id = 000000000001\n\
             sso_role_name = Admin\nregion = eu-west-1\n[sso-session corp]\nsso_start_url = \
             https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n"
        )
    );
}

#[test]
fn a_start_url_that_leads_nowhere_is_asked_for_again_and_the_other_answers_are_kept() {
    let place = Place::with(vec![account(1, "prod", &["Admin"])]);
    let home = place.home("");
    let mut terminal = Terminal::run(&home, &["configure", "sso", "--profile", "p"]);
    terminal.see("SSO session name").answer("corp");
    terminal.see("SSO start URL").answer("https://127.0.0.1:1/start");
    terminal.see("no connection to https://127.0.0.1:1/start").see("check the network");
    // Enter tries it again.
    terminal.see("SSO start URL [https://127.0.0.1:1/start]").answer("");
    terminal.see("check the network");
    terminal.see("SSO start URL [https://127.0.0.1:1/start]").answer("https://corp.awsapps.com/start");
    terminal.see("SSO region").answer("us-east-1").see("SSO registration scopes").answer("");
    terminal.see("Sign in at this address");
    place.agree(&home);
    terminal.see("Default client Region").answer("").see("Default output format").answer("");
    let shown = terminal.end(0);
    assert!(!shown.contains("--sso-start-url"), "{shown}");
    let config = home.read_config();
    assert!(
        config.contains("[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n"),
        "{config}"
    );
    // An option gets no other answer.
    let words = home
        .run(&[
            "configure",
            "sso",
            "--no-input",
            "--sso-session",
            "new",
            "--sso-start-url",
            "https://127.0.0.1:1/start",
            "--sso-region",
            "us-east-1",
            "--sso-account-id",
            "000000000001",
            "--sso-role-name",
            "Admin",
            "-p",
            "q",
        ])
        .failure(255);
    assert!(words.contains("looking it up failed"), "{words}");
}

#[test]
fn an_account_is_chosen_by_typing_a_part_of_it() {
    let accounts = (1..=5).map(|id| account(id, "prod", &["Admin", "ReadOnly"])).collect();
    let place = Place::with(accounts);
    place.portal.state().throttles = true;
    let signed_in = place.portal.home("");
    let home = place.home(SESSION).file(TOKEN, signed_in.read(TOKEN));
    let mut terminal = Terminal::run(&home, &["configure", "sso", "--sso-session", "corp", "--profile", "p"]);
    terminal.see("Account").see("000000000005").answer("000004");
    terminal.see("Role").see("ReadOnly").answer("read");
    terminal.see("Default client Region").answer("");
    terminal.see("Default output format").answer("");
    terminal.end(0);
    let config = home.read_config();
    assert!(config.contains("sso_account_id = 000000000004\nsso_role_name = ReadOnly\n"), "{config}");
    assert!(place.service.calls().is_empty(), "the sign-in lasts");
}

#[test]
fn who_cancels_behind_a_sign_in_that_nothing_names_learns_how_to_end_it() {
    let place = Place::with(vec![account(1, "prod", &["Admin"]), account(2, "dev", &["Admin"])]);
    let home = place.home(OWN);
    let options = ["--sso-start-url", "https://corp.awsapps.com/start", "--sso-region", "us-east-1"];
    let words = [&["configure", "sso", "--sso-session", "corp"], &options[..]].concat();
    let mut terminal = Terminal::run(&home, &words);
    terminal.see("SSO registration scopes").answer("").see("Sign in at this address");
    place.agree(&home);
    terminal
        .see("Account")
        .keys("\u{3}")
        .see("you are still signed in: `xcred logout --all` signs out of everything");
    terminal.end(130);
    assert!(home.path(TOKEN).exists());
    home.run(&["logout", "--all"]).success_with_words();
    assert!(!home.path(TOKEN).exists());
}

#[test]
fn everything_can_be_given_by_options() {
    let place = Place::with(vec![account(1, "prod", &["Admin"]), account(2, "dev", &["Admin"])]);
    let signed_in = place.portal.home("");
    let home = place.home(SESSION).file(TOKEN, signed_in.read(TOKEN));
    let given = |account, role| {
        [
            "configure",
            "sso",
            "--no-input",
            "--sso-session",
            "corp",
            "--sso-account-id",
            account,
            "--sso-role-name",
            role,
        ]
    };
    let all = [&given("000000000002", "Admin")[..], &["--profile", "p", "--region", "eu-west-1"]].concat();
    let difference = home.run(&[&all[..], &["--dry-run"]].concat()).success();
    assert!(
        difference.contains("+sso_account_id = 000000000002") && home.read_config() == SESSION,
        "{difference}"
    );
    home.run(&all).success_with_words();
    assert!(home.read_config().ends_with(
        "[profile p]\nsso_session = corp\nsso_account_id = 000000000002\nsso_role_name = Admin\nregion = eu-west-1\n"
    ));
    let before = home.read_config();
    let words = home.run(&given("000000000003", "Admin")).failure(253);
    assert!(
        words.contains("`000000000003` is not assigned to you") && !words.contains("did you mean"),
        "{words}"
    );
    assert!(words.contains("the accounts assigned to you: ") && words.contains("000000000002"), "{words}");
    let words = home.run(&given("000000000002", "Admn")).failure(253);
    assert!(words.contains("--sso-role-name Admin"), "{words}");
    let words = home.run(&["configure", "sso", "--no-input", "--sso-session", "crop"]).failure(252);
    assert!(
        words.contains("sso-session `crop` not found") && words.contains("--sso-session corp`?"),
        "{words}"
    );
    let words = home.run(&["configure", "sso", "--no-input", "--sso-session", "corp"]).failure(252);
    assert!(words.contains("--sso-account-id ID"), "{words}");
    assert_eq!(home.read_config(), before);
}

#[test]
fn a_dry_run_makes_no_sign_in_and_neither_does_a_choice_that_cannot_be_made() {
    let place = Place::with(vec![account(1, "prod", &["Admin"]), account(2, "dev", &["Admin"])]);
    let home = place.home(SESSION);
    let base = ["configure", "sso", "--profile", "p", "--sso-session", "corp"];
    let both = ["--sso-account-id", "000000000002", "--sso-role-name", "Admin", "--no-input", "-n"];
    let difference = home.run(&[&base[..], &both].concat()).success();
    assert!(difference.contains("+sso_account_id = 000000000002"), "{difference}");
    let words = home.run(&[&base[..], &["-n", "--no-input"]].concat()).failure(253);
    assert!(words.contains("help: sign in first: `xcred login --sso-session corp`"), "{words}");
    let words = home.run(&[&base[..], &["--no-input", "--sso-role-name", "Admin"]].concat()).failure(252);
    assert!(words.contains("must be chosen, and `--no-input` forbids asking"), "{words}");
    let portal = ["--sso-start-url", "https://corp.awsapps.com/start", "--sso-region", "us-east-1"];
    let arguments = ["configure", "sso", "-p", "p", "--sso-session", "new", "-n", "--no-input"];
    let words = home.run(&[&arguments[..], &portal].concat()).failure(253);
    assert!(words.contains("help: give `--sso-account-id ID` and `--sso-role-name NAME`"), "{words}");
    assert_eq!((place.service.calls().len(), home.read_config()), (0, SESSION.to_owned()));
    assert!(!home.path(".aws/sso").exists());
}

#[test]
fn a_profile_gets_a_name_that_all_sdks_see() {
    let place = Place::with(vec![account(1, "prod", &["Adm=in", "Adm,in"])]);
    let signed_in = place.portal.home("");
    let home = place.home(SESSION).file(TOKEN, signed_in.read(TOKEN));
    let names = ["[profile Adm-in-000000000001]", "[profile Adm,in-000000000001]"];
    for (role, name) in ["Adm=in", "Adm,in"].into_iter().zip(names) {
        let options = ["--sso-session", "corp", "--sso-account-id", "000000000001", "--sso-role-name", role];
        home.run(&[&["configure", "sso", "--no-input"][..], &options].concat()).success_with_words();
        assert!(home.read_config().contains(name), "{}", home.read_config());
    }
}

#[test]
fn an_account_that_can_be_none_is_refused_before_anybody_signs_in() {
    let place = Place::with(vec![account(1, "prod", &["Admin"])]);
    let home = place.home(SESSION);
    let arguments = ["configure", "sso", "--sso-session", "corp", "--sso-account-id", "12345"];
    let mut terminal = Terminal::run(&home, &arguments);
    terminal.see("`12345` can't be `sso_account_id`");
    let shown = terminal.end(252);
    assert!(!shown.contains("Sign in at"), "{shown}");
    assert_eq!((place.service.calls().len(), home.read_config()), (0, SESSION.to_owned()));
}

#[test]
fn without_an_account_nothing_is_written_and_the_sign_in_is_kept() {
    let place = Place::with(Vec::new());
    let home = place.home(OWN);
    let mut terminal = Terminal::run(
        &home,
        &[
            "configure",
            "sso",
            "--sso-session",
            "corp",
            "--sso-start-url",
            "https://corp.awsapps.com/start",
            "--sso-region",
            "us-east-1",
            "--sso-registration-scopes",
            "sso:account:access",
        ],
    );
    terminal.see("Sign in at this address");
    place.agree(&home);
    terminal.see("no accounts are assigned to you");
    terminal.end(253);
    assert_eq!(home.read_config(), OWN);
    assert!(home.path(TOKEN).exists());
}

#[test]
fn leftovers_that_contradict_the_session_are_removed() {
    let place = Place::with(vec![account(1, "prod", &["Admin"])]);
    let signed_in = place.portal.home("");
    let config = format!(
        "{SESSION}[profile p]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1\n"
    );
    let home = place.home(&config).file(TOKEN, signed_in.read(TOKEN));
    home.run(&["configure", "sso", "--no-input", "--sso-session", "corp", "--profile", "p"])
        .success_with_words();
    let config = home.read_config();
    assert!(!config.contains("old.awsapps.com") && config.contains("sso_session = corp"), "{config}");
    home.run(&["resolve", "p", "--offline"]).success();
}
