//! Detects programs and xcred running each other without end.

use super::error::Error;
use crate::world::World;

/// The variable with which AWS CLI detects that it runs itself: the profiles so far, as CSV.
const VARIABLE: &str = "_AWS_CLI_PROFILE_CHAIN";

/// How many such programs may run each other, as in AWS CLI.
const DEPTH: usize = 4;

/// How many ancestors may be xcred if the variable is lost, for example by `env -i` or `sudo`. The limit is higher because
/// not every ancestor runs a program.
const ANCESTORS: usize = 2 * DEPTH;

/// The profiles of the programs that started this run, and this run's own profile.
#[derive(Clone, Debug)]
pub struct Circle {
    /// The outermost first.
    before: Vec<String>,
    profile: String,
    ancestors: Ancestors,
}

/// Counts the ancestors that are xcred. Tests replace it.
#[derive(Clone, Copy, Debug)]
struct Ancestors(fn(&World) -> usize);

impl Circle {
    /// The profiles of the environment's variable. Invalid CSV is read as names anyway.
    pub fn of(world: &World, profile: &str) -> Circle {
        Circle {
            before: world.non_empty(VARIABLE).map(profiles).unwrap_or_default(),
            profile: profile.to_owned(),
            ancestors: Ancestors(World::own_ancestors),
        }
    }

    /// Refuses a profile that is already in the chain, and a chain that is too long. `setting` names the programs.
    pub fn check(&self, setting: &'static str) -> Result<(), Error> {
        let with_this =
            |from: usize| self.before[from..].iter().cloned().chain([self.profile.clone()]).collect();
        if let Some(at) = self.before.iter().position(|before| *before == self.profile) {
            return Err(Error::Circle { setting, chain: with_this(at) });
        }
        if self.before.len() >= DEPTH {
            return Err(Error::Nested { setting, depth: DEPTH, chain: with_this(0) });
        }
        Ok(())
    }

    /// This run's own profile.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// Whether this profile is already in the chain. Then this run must not wait for the lock of the cache entry: the outer
    /// run holds it, and waits for this run.
    pub fn is_closed(&self) -> bool {
        self.before.contains(&self.profile)
    }

    /// The variable for a new program, or why it must not be started.
    pub fn enter(&self, world: &World, setting: &'static str) -> Result<(&'static str, String), Error> {
        self.check(setting)?;
        if (self.ancestors.0)(world) >= ANCESTORS {
            let chain = vec!["…".to_owned(), self.profile.clone()];
            return Err(Error::Nested { setting, depth: ANCESTORS, chain });
        }
        let names = self.before.iter().chain([&self.profile]);
        Ok((VARIABLE, names.map(|name| field(name)).collect::<Vec<_>>().join(",")))
    }
}

fn profiles(row: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

fn field(name: &str) -> String {
    if name.is_empty() || name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROCESS: &str = "credential_process";

    fn circle(chain: &str, profile: &str) -> Circle {
        Circle::of(&World::of([(VARIABLE, chain)]), profile)
    }

    fn checked(chain: &str, profile: &str) -> Result<(), String> {
        circle(chain, profile).check(PROCESS).map_err(|error| error.to_string())
    }

    #[test]
    fn a_profile_that_is_already_in_the_chain_is_a_circle() {
        assert!(Circle::of(&World::of::<&str, &str>([]), "a").check(PROCESS).is_ok());
        assert_eq!(checked("b,c", "a"), Ok(()));
        let circle = |text: &str| Err(format!("circular credential processes: {text}"));
        assert_eq!(checked("z,a,\"b,\"\"c\"\r\n", "a"), circle("a -> b,\"c -> a"));
        assert_eq!(checked("a", "a"), circle("a -> a"));
        assert_eq!(checked("a,b,c,d,e", "c"), circle("c -> d -> e -> c"));
        assert_eq!(checked("\"a", "b"), Ok(()));
    }

    #[test]
    fn a_chain_that_is_too_long_is_refused() {
        assert_eq!(checked("a,b,c", "d"), Ok(()));
        let deep = "more than 4 credential processes run each other: a -> b -> c -> d -> e";
        assert_eq!(checked("a,b,c,d", "e"), Err(deep.to_owned()));
    }

    #[test]
    fn the_next_program_gets_the_whole_chain() {
        let world = World::of::<&str, &str>([]);
        for (before, profile, expected) in [
            ("", "a", "a"),
            ("a,b", "c", "a,b,c"),
            ("\"a,b\"", "c\"d", "\"a,b\",\"c\"\"d\""),
            ("x\n", "", "x,\"\""),
        ] {
            let (name, value) = circle(before, profile).enter(&world, PROCESS).unwrap();
            assert_eq!((name, value.as_str()), (VARIABLE, expected));
            let then = Circle::of(&World::of([(name, value)]), profile).check(PROCESS);
            assert!(matches!(then, Err(Error::Circle { .. })), "{before} {profile}: {then:?}");
        }
    }

    #[test]
    fn a_chain_without_the_variable_ends_too() {
        let world = World::of::<&str, &str>([]);
        let with = |count: fn(&World) -> usize| Circle { ancestors: Ancestors(count), ..circle("", "a") };
        assert!(with(|_| ANCESTORS - 1).enter(&world, PROCESS).is_ok());
        assert!(matches!(
            with(|_| ANCESTORS).enter(&world, PROCESS),
            Err(Error::Nested { depth: ANCESTORS, .. })
        ));
    }
}
