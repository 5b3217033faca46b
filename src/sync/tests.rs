use super::*;
use crate::profile::{Batch, FileKind, Files, KeyPath};

const SESSION: &str =
    "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";

const MARK: &str = "# xcred sync corp: delete this line to keep the profile as your own";

fn portal() -> Portal {
    Portal {
        session: Some("corp".to_owned()),
        start_url: "https://corp.awsapps.com/start".to_owned(),
        region: "eu-west-1".to_owned(),
    }
}

/// An account whose ID ends with the digits `id`.
fn account(id: u32, name: &str, roles: &[&str]) -> Account {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    let name = (!name.is_empty()).then(|| name.to_owned());
    Account { id: format!("{id:012}"), name, email: None, roles: Roles::Listed(roles) }
}

fn files(config: &str) -> Files {
    Files::of_texts(config, "")
}

fn config(files: &Files) -> String {
    String::from_utf8(files.file(FileKind::Config).document.bytes().to_vec()).unwrap()
}

/// A plan, and the config file after it.
fn synced(text: &str, accounts: &[Account], wishes: &Wishes) -> (Plan, String) {
    let mut files = files(text);
    let plan = Plan::of(&files, &portal(), accounts, wishes);
    files.make(&plan.batch).unwrap();
    (plan, config(&files))
}

/// The config file after a sync, which another sync doesn't change.
fn settled(text: &str, accounts: &[Account], wishes: &Wishes) -> String {
    let (_, once) = synced(text, accounts, wishes);
    let (again, twice) = synced(&once, accounts, wishes);
    assert_eq!(again.batch, Batch::default());
    assert_eq!(once, twice);
    once
}

fn names(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.profile.as_str()).collect()
}

fn profile(name: &str, id: u32, role: &str) -> String {
    format!(
        "\n[profile {name}]\n{MARK}\nsso_session = corp\nsso_account_id = {id:012}\nsso_role_name = {role}\n"
    )
}

#[test]
fn new_profiles_are_added_at_the_end_in_the_order_of_their_names() {
    let accounts = [account(2, "prod", &["ReadOnly", "Admin"]), account(1, "Log Archive", &["Audit"])];
    let text = settled(SESSION, &accounts, &Wishes::default());
    let expected = [
        SESSION.to_owned(),
        profile("Log-Archive/Audit", 1, "Audit"),
        profile("prod/Admin", 2, "Admin"),
        profile("prod/ReadOnly", 2, "ReadOnly"),
    ];
    assert_eq!(text, expected.concat());
    // Without anything above, no line is empty.
    assert!(settled("", &accounts, &Wishes::default()).starts_with("[profile Log-Archive/Audit]\n# xcred"));
}

#[test]
fn accounts_with_one_name_have_their_ids_in_all_new_names() {
    let mut accounts = vec![account(1, "prod", &["Admin"]), account(2, "prod", &["Audit"])];
    for _ in 0..2 {
        let (plan, _) = synced(SESSION, &accounts, &Wishes::default());
        assert_eq!(names(&plan.added), ["prod-000000000001/Admin", "prod-000000000002/Audit"]);
        accounts.reverse();
    }
    let (plan, _) = synced(SESSION, &[account(1, "", &["Admin"])], &Wishes::default());
    assert_eq!(names(&plan.added), ["000000000001/Admin"]);
    // Existing profiles keep their names.
    let text = [SESSION.to_owned(), profile("prod/Admin", 1, "Admin")].concat();
    let (plan, text) = synced(&text, &accounts, &Wishes::default());
    assert_eq!((names(&plan.added), plan.unchanged), (vec!["prod-000000000002/Audit"], 1));
    assert!(text.contains("[profile prod/Admin]"));
}

#[test]
fn names_that_coincide_anyway_are_reported_and_none_is_made() {
    let wishes = Wishes { template: "{role_name}".parse().unwrap(), ..Wishes::default() };
    let accounts = [account(1, "a", &["Admin", "Audit"]), account(2, "b", &["Admin", "default"])];
    let (plan, _) = synced(SESSION, &accounts, &wishes);
    assert_eq!(names(&plan.added), ["Audit"]);
    let conflicts: Vec<_> = plan.conflicts.iter().map(|one| (&*one.profile, one.place.is_none())).collect();
    assert_eq!(conflicts, [("Admin", true), ("Admin", true), ("default", true)]);
}

#[test]
fn what_the_user_added_stays_and_what_is_missing_comes_back() {
    let own = profile("prod/Admin", 1, "Admin")
        .replace("sso_session = corp\n", "")
        .replace("sso_role_name", "region = us-east-1\n# mine\nsso_role_name")
        + "cli_pager =\nsso_region = us-west-2\n";
    let wishes = Wishes::default().with_keys(vec![
        (KeyPath::parse("region").unwrap(), "eu-west-1".to_owned()),
        (KeyPath::parse("output").unwrap(), "json".to_owned()),
    ]);
    let accounts = [account(1, "prod", &["Admin"]), account(3, "new", &["Admin"])];
    let text = settled(&[SESSION, &own].concat(), &accounts, &wishes.unwrap());
    let expected = format!(
        "\n[profile prod/Admin]\n{MARK}\nsso_account_id = 000000000001\nregion = us-east-1\n# mine\n\
         sso_role_name = Admin\ncli_pager =\nsso_region = eu-west-1\nsso_session = corp\noutput = json\n"
    );
    assert!(text.contains(&expected), "{text}");
    assert!(text.ends_with("sso_role_name = Admin\nregion = eu-west-1\noutput = json\n"), "{text}");
}

#[test]
fn a_profile_whose_account_was_removed_is_repaired() {
    let own = profile("prod/Admin", 1, "Admin").replace("sso_account_id = 000000000001\n", "");
    let text = settled(&[SESSION, &own].concat(), &[account(1, "prod", &["Admin"])], &Wishes::default());
    assert!(text.ends_with("sso_role_name = Admin\nsso_account_id = 000000000001\n"), "{text}");
}

#[test]
fn a_name_of_another_profile_is_left_alone() {
    let foreign = "\n[profile prod/Admin]\nregion = eu-west-1\n\n[prod/Audit]\nregion = x\n";
    let accounts = [account(1, "prod", &["Admin", "Audit", "Ok"])];
    let (plan, text) = synced(&[SESSION, foreign].concat(), &accounts, &Wishes::default());
    let lines: Vec<_> =
        plan.conflicts.iter().map(|one| (&*one.profile, one.place.as_ref().unwrap().line)).collect();
    assert_eq!(lines, [("prod/Admin", 5), ("prod/Audit", 8)]);
    assert_eq!(names(&plan.added), ["prod/Ok"]);
    assert!(text.starts_with(&[SESSION, foreign].concat()));
    // The same role by the same sign-in, without the mark or in the old form.
    let same = profile("prod/Admin", 1, "Admin").replace(MARK, "# mine");
    let old = "\n[profile prod/Audit]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n\
               sso_account_id = 000000000001\nsso_role_name = Audit\n";
    let (plan, _) = synced(&[SESSION, &same, old].concat(), &accounts[..1], &Wishes::default());
    assert_eq!((names(&plan.added), plan.unchanged, plan.conflicts.len()), (vec!["prod/Ok"], 2, 0));
}

#[test]
fn a_renamed_account_keeps_its_profile_unless_it_is_to_be_renamed() {
    let text = [
        SESSION,
        &profile("prod/Admin", 1, "Admin"),
        "\n[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = prod/Admin\n",
        "\n[profile x]\ncredential_process = xcred credential-process --profile prod/Admin\n",
    ]
    .concat();
    let accounts = [account(1, "prod-eu", &["Admin"]), account(2, "prod", &["Admin"])];
    let (plan, same) = synced(&text, &accounts, &Wishes::default());
    assert_eq!((plan.unchanged, plan.conflicts.len(), same), (1, 1, text.clone()));
    let wishes = Wishes { rename: true, ..Wishes::default() };
    let (plan, _) = synced(&text, &accounts, &wishes);
    assert_eq!(plan.changed[0].renamed_from.as_deref(), Some("prod/Admin"));
    assert_eq!((names(&plan.changed), names(&plan.added)), (vec!["prod-eu/Admin"], vec!["prod/Admin"]));
    let text = settled(&text, &accounts, &wishes);
    assert!(text.contains("source_profile = prod-eu/Admin\n"), "{text}");
    assert!(text.contains("--profile prod-eu/Admin\n"), "{text}");
}

#[test]
fn a_profile_of_which_something_else_was_made_keeps_its_name() {
    let own = profile("prod/Admin", 1, "Admin").replace("sso_session = corp\n", "role_arn = r\n");
    let text = [SESSION, &own].concat();
    let wishes = Wishes { rename: true, ..Wishes::default() };
    let (plan, same) = synced(&text, &[account(1, "prod-eu", &["Admin"])], &wishes);
    assert_eq!((plan.unchanged, names(&plan.changed), same), (1, vec![], text));
}

#[test]
fn a_profile_with_two_headers_keeps_its_name() {
    let other = "\n[profile \"prod/Admin\"]\noutput = json\n";
    let text = [SESSION, other, &profile("prod/Admin", 1, "Admin"), &profile("b/Audit", 2, "Audit")].concat();
    let wishes = Wishes { rename: true, ..Wishes::default() };
    let accounts = [account(1, "prod-eu", &["Admin"]), account(2, "c", &["Audit"])];
    let (plan, new) = synced(&text, &accounts, &wishes);
    assert_eq!((names(&plan.changed), plan.unchanged, plan.conflicts.len()), (vec!["c/Audit"], 1, 0));
    assert!(
        matches!(&*plan.kept, [Kept { profile, why: Why::DefinedTwice(place) }] if profile == "prod/Admin" && place.line == 5),
        "{:?}",
        plan.kept
    );
    assert_eq!(new, text.replace("b/Audit", "c/Audit"));
}

#[test]
fn a_name_that_two_roles_share_doesnt_say_which_of_them_a_profile_had() {
    let own = profile("Admin", 1, "Admin").replace("sso_account_id = 000000000001\n", "");
    let text = [SESSION, &own].concat();
    let wishes = Wishes { template: "{role_name}".parse().unwrap(), ..Wishes::default() };
    let (plan, same) = synced(&text, &[account(1, "a", &["Admin"]), account(2, "b", &["Admin"])], &wishes);
    assert!(plan.changed.is_empty() && same == text, "{same}");
}

#[test]
fn only_unchanged_profiles_of_roles_that_are_gone_are_pruned() {
    let text = [
        SESSION,
        &profile("a/Gone", 1, "Gone"),
        &profile("a/Region", 1, "Region"),
        "region = eu-west-1\n",
        &profile("a/Edited", 1, "Edited"),
        "cli_pager =\n",
        &profile("a/Source", 1, "Source"),
        "\n[profile ops]\nsource_profile = a/Source\n",
        &profile("b/Admin", 2, "Admin"),
        &profile("c/Admin", 3, "Admin"),
        &profile("a/Mine", 1, "Mine").replace(MARK, "# mine"),
        &profile("a/Stays", 1, "Stays"),
        &profile("other", 1, "Gone").replace("corp", "partner"),
    ]
    .concat();
    let unknown = Account { roles: Roles::Unknown, ..account(2, "b", &[]) };
    let accounts = [account(1, "a", &["Stays"]), unknown];
    let (plan, same) = synced(&text, &accounts, &Wishes::default());
    assert_eq!((plan.gone.len(), plan.removed.len(), same == text), (5, 0, true));
    let wishes = Wishes { prune: true, ..Wishes::default() };
    let (plan, pruned) = synced(&text, &accounts, &wishes);
    assert_eq!(names(&plan.removed), ["a/Gone", "c/Admin"]);
    let kept: Vec<_> = plan.kept.iter().map(|one| (&*one.profile, one.why.clone())).collect();
    let source = Why::SourceOf("ops".to_owned());
    let by_hand = |name| (name, Why::ChangedByHand);
    assert_eq!(kept, [by_hand("a/Region"), by_hand("a/Edited"), ("a/Source", source)]);
    for name in ["a/Region", "a/Edited", "a/Source", "ops", "b/Admin", "a/Mine", "a/Stays", "other"] {
        assert!(pruned.contains(&format!("[profile {name}]")), "{name}");
    }
    let narrow = Wishes { only: vec!["a/G*".parse().unwrap()], ..wishes.clone() };
    assert_eq!(names(&synced(&text, &accounts, &narrow).0.removed), ["a/Gone"]);
    // A region is the user's, unless this sync would write the same.
    for (region, removed) in [("eu-west-1", true), ("us-east-1", false)] {
        let key = (KeyPath::parse("region").unwrap(), region.to_owned());
        let wishes = wishes.clone().with_keys(vec![key]).unwrap();
        let (plan, _) = synced(&text, &accounts, &wishes);
        assert_eq!(names(&plan.removed).contains(&"a/Region"), removed, "{region}");
    }
}

#[test]
fn the_name_of_a_profile_that_is_pruned_is_free_at_once() {
    let old = [SESSION.to_owned(), profile("prod/Admin", 1, "Admin"), profile("x", 3, "Audit")].concat();
    let accounts = [account(2, "prod", &["Admin"]), account(3, "log", &["Audit"])];
    let prune = Wishes { prune: true, ..Wishes::default() };
    let (plan, _) = synced(&old, &accounts, &prune);
    assert_eq!((names(&plan.removed), names(&plan.added)), (vec!["prod/Admin"], vec!["prod/Admin"]));
    assert!(plan.conflicts.is_empty(), "{:?}", plan.conflicts);
    let expected = [SESSION.to_owned(), profile("x", 3, "Audit"), profile("prod/Admin", 2, "Admin")].concat();
    assert_eq!(settled(&old, &accounts, &prune), expected);
    // The new name of a profile, too.
    let old = [SESSION.to_owned(), profile("prod/Admin", 1, "Admin"), profile("x", 2, "Admin")].concat();
    let rename = Wishes { rename: true, ..prune.clone() };
    let expected = [SESSION.to_owned(), profile("prod/Admin", 2, "Admin")].concat();
    assert_eq!(settled(&old, &accounts[..1], &rename), expected);
    // One that is kept, or isn't to be removed, keeps its name.
    let kept = format!("{old}\n[profile ops]\nsource_profile = prod/Admin\n");
    for (text, wishes) in [(&old, Wishes { rename: true, ..Wishes::default() }), (&kept, rename)] {
        let (plan, same) = synced(text, &accounts[..1], &wishes);
        assert_eq!((plan.conflicts.len(), &same), (1, text));
    }
}

#[test]
fn older_profiles_have_the_start_url_instead_of_a_session() {
    let portal = Portal { session: None, ..portal() };
    let accounts = [account(1, "prod", &["Admin"])];
    let mut files = files("[profile mine]\nregion = eu-west-1\n");
    let plan = Plan::of(&files, &portal, &accounts, &Wishes::default());
    files.make(&plan.batch).unwrap();
    assert_eq!(
        config(&files),
        "[profile mine]\nregion = eu-west-1\n\n[profile prod/Admin]\n# xcred sync https://corp.awsapps.com/start: \
         delete this line to keep the profile as your own\nsso_start_url = https://corp.awsapps.com/start\n\
         sso_region = eu-west-1\nsso_account_id = 000000000001\nsso_role_name = Admin\n"
    );
    assert_eq!(Plan::of(&files, &portal, &accounts, &Wishes::default()).unchanged, 1);
}

#[test]
fn keys_that_decide_where_credentials_come_from_are_refused() {
    for key in ["sso_region", "aws_access_key_id", "role_arn", "credential_process", "source_profile"] {
        let keys = vec![(KeyPath::parse(key).unwrap(), "x".to_owned())];
        assert!(Wishes::default().with_keys(keys).is_err(), "{key}");
    }
    let nested = vec![(KeyPath::parse("s3.addressing_style").unwrap(), "path".to_owned())];
    let wishes = Wishes::default().with_keys(nested).unwrap();
    let text = settled(SESSION, &[account(1, "a", &["R"])], &wishes);
    assert!(text.ends_with("sso_role_name = R\ns3 =\n    addressing_style = path\n"), "{text}");
}

#[test]
fn many_accounts_are_planned_in_time_that_grows_with_the_file() {
    let accounts: Vec<Account> =
        (0..300).map(|id| account(id, &format!("a{id}"), &["Admin", "Audit", "Read"])).collect();
    let text = settled(SESSION, &accounts, &Wishes::default());
    assert_eq!(text.matches("[profile ").count(), 900);
    let renamed: Vec<Account> =
        (0..300).map(|id| account(id, &format!("b{id}"), &["Admin", "Audit", "Read"])).collect();
    let text = settled(&text, &renamed, &Wishes { rename: true, ..Wishes::default() });
    assert_eq!(text.matches("[profile b").count(), 900);
    let text = settled(&text, &[], &Wishes { prune: true, ..Wishes::default() });
    assert_eq!(text, SESSION);
}
