//! Follows a `credential_process` that runs xcred or AWS CLI, without running it.

use super::sources::{Next, Sources};
use crate::profile::{FileKind, Files, Printed, Profile, printed};
use crate::settings::{
    AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, LOGIN_SESSION, ROLE_ARN, SOURCE_PROFILE,
    SSO_ACCOUNT_ID, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, WEB_IDENTITY_TOKEN_FILE,
};
use crate::world::World;

/// How many processes are followed. Those that run each other are stopped long before.
const LIMIT: usize = 16;

/// The profiles of the circle that is entered by running `line` for `profile`. The one at both ends has a process.
///
/// Nothing where the circle can't be told for certain.
pub fn process_circle(files: &Files, world: &World, profile: &str, line: &str) -> Option<Vec<String>> {
    let start = files.profile(profile);
    // A role doesn't run its own process, and is passed where a process leads back to it.
    let is_role = start.has(ROLE_ARN.name);
    if !is_role && has_others(&start) {
        return None;
    }
    let visited = if is_role { Vec::new() } else { vec![profile.to_owned()] };
    let mut walk = Walk { files, visited };
    let mut line = line.to_owned();
    for _ in 0..LIMIT {
        let name = match printed(&line, &|name, value| world.variable(name) == Some(value))? {
            Printed::Of(name) => name,
            Printed::OfEnvironment => selected(world)?,
        };
        match walk.process_behind(&name) {
            Behind::Process(next) => line = next,
            Behind::Circle(circle) => return Some(circle),
            Behind::Other => return None,
        }
    }
    None
}

/// The profile that the environment selects for xcred, unless it has keys.
fn selected(world: &World) -> Option<String> {
    if world.non_empty("AWS_ACCESS_KEY_ID").is_some() {
        return None;
    }
    let mut named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].iter().filter_map(|name| world.non_empty(name));
    Some(named.next().unwrap_or("default").to_owned())
}

/// Whether the profile has what comes before a process, or a part of it.
fn has_others(profile: &Profile<'_>) -> bool {
    let before = [
        &WEB_IDENTITY_TOKEN_FILE,
        &SSO_SESSION,
        &SSO_ACCOUNT_ID,
        &SSO_ROLE_NAME,
        &SSO_START_URL,
        &LOGIN_SESSION,
    ];
    before.iter().any(|row| profile.has(row.name))
        || profile.value_in(FileKind::Credentials, AWS_ACCESS_KEY_ID.name).is_some()
}

struct Walk<'f> {
    files: &'f Files,
    visited: Vec<String>,
}

/// What a profile gets its credentials from.
enum Behind {
    /// The command line of a process.
    Process(String),
    Circle(Vec<String>),
    Other,
}

impl Walk<'_> {
    /// The circle of the visited profiles from this one on. It begins with one that has a process.
    fn circle(&mut self, start: usize) -> Vec<String> {
        let mut circle = self.visited.split_off(start);
        let has_process = |name: &String| {
            let profile = self.files.profile(name);
            profile.has(CREDENTIAL_PROCESS.name) && !profile.has(ROLE_ARN.name)
        };
        let first = circle.iter().position(has_process).unwrap_or_default();
        circle.rotate_left(first);
        circle.extend(circle.first().cloned());
        circle
    }

    fn process_behind(&mut self, name: &str) -> Behind {
        let mut sources = Sources::from(self.files, name);
        let mut name = name.to_owned();
        let mut is_source = false;
        loop {
            if let Some(start) = self.visited.iter().position(|seen| *seen == name) {
                return Behind::Circle(self.circle(start));
            }
            let profile = self.files.profile(&name);
            self.visited.push(name);
            // A source that has keys, or is not a role, needs no other source.
            let is_role =
                !is_source && profile.has(ROLE_ARN.name) && !profile.has(WEB_IDENTITY_TOKEN_FILE.name);
            if !is_role {
                let line = profile.text(CREDENTIAL_PROCESS.name).filter(|_| !has_others(&profile));
                return line.map_or(Behind::Other, |line| Behind::Process(line.into_owned()));
            }
            if profile.has(CREDENTIAL_SOURCE.name) {
                return Behind::Other;
            }
            let Some(source) = profile.text(SOURCE_PROFILE.name) else { return Behind::Other };
            // Roles that are each other's sources are a circle of another kind.
            is_source = match sources.enter(&source) {
                Ok(next) => next == Next::End,
                Err(_) => return Behind::Other,
            };
            name = source.into_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = CANARY\n";

    fn run(name: &str) -> String {
        format!("credential_process = xcred credential-process --profile {name}\n")
    }

    fn role(source: &str) -> String {
        format!("role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = {source}\n")
    }

    fn circle(profiles: &[(&str, &str)], variables: &[(&str, &str)]) -> Option<Vec<String>> {
        let config: Vec<_> =
            profiles.iter().map(|(name, text)| format!("[profile {name}]\n{text}")).collect();
        let files = Files::of_texts(&config.concat(), &format!("[keyed]\n{KEYS}"));
        let first = profiles[0].0;
        let line = files.profile(first).text(CREDENTIAL_PROCESS.name).unwrap().into_owned();
        process_circle(&files, &World::of(variables.iter().copied()), first, &line)
    }

    #[test]
    fn processes_are_followed_through_roles_and_processes() {
        for (profiles, expected) in [
            (&[("p", &*run("p"))][..], Some(&["p", "p"][..])),
            (&[("q", &run("r")), ("r", &run("q"))], Some(&["q", "r", "q"])),
            (&[("p", &run("q")), ("q", &run("q"))], Some(&["q", "q"])),
            (&[("q", &run("a")), ("a", &role("q"))], Some(&["q", "a", "q"])),
            (&[("q", &run("a")), ("a", &role("b")), ("b", &role("q"))], Some(&["q", "a", "b", "q"])),
            (&[("p", &run("a")), ("a", &role("q")), ("q", &run("a"))], Some(&["q", "a", "q"])),
            // It ends.
            (&[("p", &run("keyed"))], None),
            (&[("p", &format!("{}{}", role("keyed"), run("p")))], None),
            (&[("p", &run("missing"))], None),
            (&[("q", &run("keyed")), ("keyed", &run("q"))], None),
            (&[("keyed", &run("q")), ("q", &run("keyed"))], None),
            (&[("q", &run("a")), ("a", &role("keyed")), ("keyed", &run("q"))], None),
            (&[("q", &run("a")), ("a", &role("b")), ("b", &role("a"))], None),
        ] {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
            assert_eq!(circle(profiles, &[]), expected, "{profiles:?}");
        }
    }

    #[test]
    fn a_process_without_a_profile_is_that_of_the_environment() {
        let line = "credential_process = xcred credential-process\n";
        let profiles = [("p", line)];
        assert_eq!(circle(&profiles, &[]), None);
        let itself = Some(vec!["p".to_owned(), "p".to_owned()]);
        assert_eq!(circle(&profiles, &[("AWS_PROFILE", "p")]), itself);
        let keys = ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        assert_eq!(circle(&profiles, &[("AWS_PROFILE", "p"), keys]), None);
        assert_eq!(circle(&[("default", line)], &[]), Some(vec!["default".to_owned(), "default".to_owned()]));
    }

    #[test]
    fn following_ends() {
        let names: Vec<_> =
            (0..=2 * LIMIT).map(|at| (format!("p{at}"), run(&format!("p{}", at + 1)))).collect();
        let profiles: Vec<_> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(circle(&profiles, &[]), None);
    }
}
