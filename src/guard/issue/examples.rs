use super::*;

fn both<T>(make: impl Fn(Option<String>) -> T) -> Vec<T> {
    [None, Some("prod".to_owned())].map(make).into()
}

examples!(Issue {
    Issue::Broken { .. } => [Issue::Broken {
        problem: "~/.config/xcred/config.toml:2: xcred has no guard `profiles.prod.acount`".to_owned(),
        fix: Some("fix it".into()),
    }],
    Issue::NoSuchGuarded { .. } => both(|similar| Issue::NoSuchGuarded {
        profile: "prdo".to_owned(),
        guard: "profiles.prdo.account".to_owned(),
        similar,
    }),
    Issue::NoSuchAllowed { .. } => both(|similar| Issue::NoSuchAllowed { profile: "prdo".to_owned(), similar }),
    Issue::UnlikelyVariable { .. } => [Issue::UnlikelyVariable { name: "claudecode".to_owned() }],
    Issue::UnknownSetting { .. } => [None, Some("mfa.session".to_owned())]
        .map(|similar| Issue::UnknownSetting { name: "mfa.sesion".to_owned(), similar }),
    Issue::AllowsNothing => [Issue::AllowsNothing],
    Issue::OtherAccount { .. } => [Issue::OtherAccount {
        profile: "prod".to_owned(),
        required: "123456789012".to_owned(),
        found: "999999999999".to_owned(),
    }],
});
