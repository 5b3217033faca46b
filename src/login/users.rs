//! Which profiles use which sign-ins.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::SignIn;
use super::configured::{own, text};
use crate::profile::Files;
use crate::settings::SOURCE_PROFILE;

/// The profiles that use each sign-in, in the order of the files.
#[derive(Default)]
pub struct Users {
    /// By the kind and the name of a sign-in.
    by_sign_in: FxHashMap<(&'static str, String), Vec<String>>,
}

impl Users {
    /// Looks at each profile once, however many have it as their source.
    pub fn of(files: &Files) -> Users {
        let mut users = Users::default();
        let mut known = FxHashMap::default();
        for name in files.profiles() {
            if let Some(sign_in) = behind(files, &name, &mut known) {
                users.by_sign_in.entry(sign_in).or_default().push(name.into_owned());
            }
        }
        users
    }

    pub fn of_sign_in(&self, sign_in: &SignIn) -> &[String] {
        let (kind, name) = sign_in.identity();
        self.by_sign_in.get(&(kind, name.to_owned())).map_or(&[], Vec::as_slice)
    }
}

/// The kind and the name of a sign-in, or none.
type Found = Option<(&'static str, String)>;

/// The sign-in that a profile gets its credentials from, as [`Configured::of_profile`](super::Configured::of_profile)
/// finds it. `known` has what was found for the profiles before; profiles whose sources form a circle have no sign-in.
fn behind(files: &Files, name: &str, known: &mut FxHashMap<String, Found>) -> Found {
    let mut passed = Vec::new();
    let mut name = Cow::Borrowed(name);
    let found = loop {
        if let Some(found) = known.get(&*name) {
            break found.clone();
        }
        known.insert(name.clone().into_owned(), None);
        let profile = files.profile(&name);
        let own = own(files, &profile, &name);
        passed.push(name.into_owned());
        match own {
            Ok(Some(own)) => {
                let sign_in = own.sign_in();
                let (kind, name) = sign_in.identity();
                break Some((kind, name.to_owned()));
            }
            Ok(None) => {}
            Err(_) => break None,
        }
        let Some(source) = text(&profile, SOURCE_PROFILE.name) else { break None };
        name = Cow::Owned(source.value);
    };
    if found.is_some() {
        known.extend(passed.into_iter().map(|name| (name, found.clone())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;
    use crate::login::Configured;

    const SESSION: &str = "[sso-session s]\nsso_start_url = https://u\nsso_region = r\n";

    #[test]
    fn each_profile_uses_the_sign_in_that_it_alone_is_found_to_use() {
        let config = format!(
            "{SESSION}[profile a]\nsource_profile = b\n[profile b]\nsso_session = s\n[profile c]\nsource_profile = a\n\
             [profile x]\nsource_profile = y\n[profile y]\nsource_profile = x\n[profile z]\nsource_profile = y\n\
             [profile l]\nlogin_session = arn\n[profile m]\nsource_profile = l\n[profile wrong]\nsso_session = t\n\
             [profile w]\nsource_profile = wrong\n[profile u]\nsso_start_url = https://v\nsso_region = r\n"
        );
        let files = Files::of_texts(&config, "");
        let users = Users::of(&files);
        let of = |sign_in: &SignIn| users.of_sign_in(sign_in).join(" ");
        assert_eq!(of(&SignIn::SsoSession("s".to_owned())), "a b c");
        let all = Configured::all(&files);
        assert_eq!(all.len(), 3);
        for configured in &all {
            let sign_in = configured.sign_in();
            let is_user = |name: &str| {
                let found = Configured::of_profile(&files, name).ok().flatten();
                found.is_some_and(|found| found.sign_in().identity() == sign_in.identity())
            };
            let alone: Vec<String> =
                files.profiles().filter(|name| is_user(name)).map(Cow::into_owned).collect();
            assert_eq!(of(&sign_in), alone.join(" "));
        }
    }

    #[test]
    fn many_sign_ins_and_long_chains_of_sources_are_read_by_linear_work() {
        let chain = |at: usize| format!("[profile c{at}]\nsource_profile = c{}\n", at + 1);
        let circle =
            |at: usize, size: usize| format!("[profile r{at}]\nsource_profile = r{}\n", (at + 1) % size);
        let console = |at: usize| format!("[profile p{at}]\nlogin_session = s{at}\n");
        let wrong = |at: usize| format!("[profile w{at}]\nsso_session = s{at}\n[sso-session t{at}]\n");
        assert_linear(|size| {
            let config: String =
                (0..size).map(|at| chain(at) + &circle(at, size) + &console(at) + &wrong(at)).collect();
            let files = Files::of_texts(&config, "");
            move || {
                let users = Users::of(&files);
                let all = Configured::all(&files);
                assert!(all.iter().all(|configured| users.of_sign_in(&configured.sign_in()).len() == 1));
            }
        });
    }
}
