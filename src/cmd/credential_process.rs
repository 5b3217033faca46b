//! `xcred credential-process`: the document that SDKs expect of a `credential_process`.

use super::session::{CIRCLE, Manner, Session};
use crate::cli::{CredentialProcess, Global};
use crate::failure::{Code, Command, Exit, Explain, Failure, Hint};
use crate::render;
use crate::ui::{Ui, harmless_json};
use crate::world::World;

/// How many such programs may run each other, as in AWS CLI.
const DEPTH: usize = 4;

/// Runs the command.
pub(super) fn run(
    args: &CredentialProcess,
    global: &Global,
    world: &World,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let session = Session::for_credentials(world, global, args.sdk, &args.keys, ui)?;
    guard(world, &session.selection.name.value)?;
    let manner = Manner { no_cache: args.no_cache, ..Manner::default() };
    let (_, credentials) = session.credentials(manner, ui)?;
    let document = render::process_document(&credentials)?;
    ui.write(harmless_json(document.expose()).as_bytes())?;
    Ok(Exit::Success)
}

/// Profiles whose programs run each other.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Nested {
    #[error("credential processes run each other in a circle: {}", .0.join(" -> "))]
    Circle(Vec<String>),
    #[error("more than {DEPTH} credential processes run each other: {}", .0.join(" -> "))]
    Deep(Vec<String>),
}

impl Explain for Nested {
    fn code(&self) -> Code {
        match self {
            Nested::Circle(_) => Code::RoleLoop,
            Nested::Deep(_) => Code::InvalidConfig,
        }
    }

    fn help(&self) -> Option<Hint> {
        let (Nested::Circle(chain) | Nested::Deep(chain)) = self;
        let name = chain.last().map(String::as_str).unwrap_or_default();
        Some(
            Hint::from("give one of them another source of credentials: ")
                .run(Command::xcred(["unset"]).argument("credential_process").profile(name)),
        )
    }
}

/// Refuses to go on where this profile is on its own way, or the way is too long. Whatever is no CSV in the variable
/// is taken for names all the same.
fn guard(world: &World, profile: &str) -> Result<(), Nested> {
    let chain = world.non_empty(CIRCLE).map(profiles).unwrap_or_default();
    let with_this = |from: usize| chain[from..].iter().cloned().chain([profile.to_owned()]).collect();
    if let Some(at) = chain.iter().position(|before| before == profile) {
        return Err(Nested::Circle(with_this(at)));
    }
    if chain.len() >= DEPTH {
        return Err(Nested::Deep(with_this(0)));
    }
    Ok(())
}

fn profiles(row: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(chain: &str, profile: &str) -> Result<(), String> {
        guard(&World::of([(CIRCLE, chain)]), profile).map_err(|nested| nested.to_string())
    }

    #[test]
    fn a_profile_on_its_own_way_is_a_circle() {
        assert_eq!(guard(&World::of::<&str, &str>([]), "a"), Ok(()));
        assert_eq!(guarded("b,c", "a"), Ok(()));
        let circle = |text: &str| Err(format!("credential processes run each other in a circle: {text}"));
        assert_eq!(guarded("z,a,\"b,\"\"c\"\r\n", "a"), circle("a -> b,\"c -> a"));
        assert_eq!(guarded("a", "a"), circle("a -> a"));
        assert_eq!(guarded("a,b,c,d,e", "c"), circle("c -> d -> e -> c"));
        assert_eq!(guarded("\"a", "b"), Ok(()));
    }

    #[test]
    fn a_long_way_is_no_way() {
        assert_eq!(guarded("a,b,c", "d"), Ok(()));
        let deep = "more than 4 credential processes run each other: a -> b -> c -> d -> e";
        assert_eq!(guarded("a,b,c,d", "e"), Err(deep.to_owned()));
    }
}
