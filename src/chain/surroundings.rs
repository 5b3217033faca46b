//! What a program that prints credentials may look at besides its command line.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::context::Context;
use super::fingerprint::SURROUNDINGS;
use crate::profile::Files;
use crate::settings::is_secret;
use crate::text::hex;
use crate::world::World;

/// The cache key of what a program prints. It has the profile because the program may use its name, and a digest of the command
/// because its arguments may contain a secret. It doesn't have the ID of the printed key: many programs print another one each
/// time.
pub(super) fn key(command: &str, profile: &str, words: &[String], context: &Context<'_>) -> Value {
    json!({
        "CredentialProcess": hex(&Sha256::digest(command)),
        "Profile": profile,
        SURROUNDINGS: digest(words, context.client.files, context.client.world),
    })
}

/// A digest of what may make the same command print another identity: the AWS files, the variables of AWS and of this program,
/// the file that is run, and the folder, if a word of the command is a path in it. Secrets among the variables are left out: the ID
/// of a key says whose it is.
fn digest(words: &[String], files: &Files, world: &World) -> String {
    let mut digest = Sha256::new();
    let mut add = |part: &[u8]| {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    };
    for file in files.both() {
        add(file.path.as_os_str().as_encoded_bytes());
        add(file.document.bytes());
    }
    let is_ours = |name: &str| name.starts_with("AWS_") || name.starts_with("XCRED_");
    let mut variables: Vec<_> =
        world.variables().filter(|(name, _)| is_ours(name) && !is_secret(name)).collect();
    variables.sort_unstable();
    for (name, value) in variables {
        add(name.as_bytes());
        add(value.as_bytes());
    }
    if let Some((program, arguments)) = words.split_first() {
        add(world.located(program).unwrap_or_default().as_os_str().as_encoded_bytes());
        if world.depends_on_folder(program) || arguments.iter().any(|word| is_in_folder(word)) {
            add(world.folder().unwrap_or_default().as_os_str().as_encoded_bytes());
        }
    }
    hex(&digest.finalize())
}

/// Whether an argument, or the value of an option, may be a path in the current folder. A script with several words may have any.
fn is_in_folder(word: &str) -> bool {
    if word.contains(char::is_whitespace) {
        return true;
    }
    let value = word.rsplit('=').next().unwrap_or(word);
    let is_elsewhere = value.is_empty() || value.starts_with(['/', '~']) || value.contains("://");
    !is_elsewhere && (value.contains('/') || Path::new(value).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "[profile dev]\nregion = eu-west-1\n";

    fn digest_of(words: &[&str], config: &str, variables: &[(&str, &str)]) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        digest(&words, &Files::of_texts(config, ""), &World::of(variables.iter().copied()))
    }

    #[test]
    fn another_file_or_variable_may_be_another_identity() {
        let usual = digest_of(&["/t"], CONFIG, &[("AWS_REGION", "a")]);
        assert_eq!(digest_of(&["/t"], CONFIG, &[("TERM", "x"), ("AWS_REGION", "a")]), usual);
        let secret = [("AWS_REGION", "a"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "t")];
        assert_eq!(digest_of(&["/t"], CONFIG, &secret), usual);
        for (config, variable) in [
            (CONFIG, ("AWS_REGION", "b")),
            (CONFIG, ("AWS_PROFILE", "a")),
            (CONFIG, ("XCRED_ALLOW", "dev")),
            ("[profile dev]\nregion = eu-west-2\n", ("AWS_REGION", "a")),
        ] {
            assert_ne!(digest_of(&["/t"], config, &[variable]), usual, "{config} {variable:?}");
        }
    }

    #[test]
    fn a_path_in_this_folder_is_another_one_elsewhere() {
        for word in ["./a", "a/b", "--file=a/b", "Cargo.toml", "--file=Cargo.toml", "cat a"] {
            assert!(is_in_folder(word), "{word}");
        }
        for word in ["", "/a/b", "~/a", "--file=/a", "https://a/b", "--profile", "dev", "--role=dev"] {
            assert!(!is_in_folder(word), "{word}");
        }
    }
}
