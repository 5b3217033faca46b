//! Which arguments of a program are evidently no secret. All others are withheld where the program repeats them: a password
//! may be behind any option, in any notation.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::masking::named;
use super::options::secret_of_option;
use super::program::{assigned, spans, words_of};
use super::regions::{KNOWN_REGIONS, has_form};
use super::table::variable;
use crate::secret::is_plausible_access_key_id;
use crate::text::words;

/// In bytes. Shorter text is not withheld.
const SHORTEST: usize = 4;

/// In bytes. A shorter word of small letters is an ordinary word, such as `login` or `json`.
const LONG: usize = 8;

/// Programs that run the script behind `-c`.
const SHELLS: [&str; 8] = ["sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "busybox"];

/// Commands of a script whose arguments are text for people.
const PRINTERS: [&str; 2] = ["echo", "printf"];

/// What may be before a command in a script.
const KEYWORDS: [&str; 11] =
    ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "export", "exec"];

/// After how many `:` and `=` of a value the rest is tried as a password. More would take quadratic time.
const SIGNS: usize = 8;

/// What separates the commands of a script.
const OPERATORS: [char; 6] = ['|', '&', ';', '(', ')', '\n'];

/// The parts of a command line that may be a secret. `is_known` knows names that are none, such as those of profiles.
pub fn withheld_arguments(words: &[String], is_known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut arguments = Arguments { is_known, found: Vec::new(), known: FxHashSet::default() };
    arguments.command(words);
    arguments.found
}

struct Arguments<'k> {
    is_known: &'k dyn Fn(&str) -> bool,
    found: Vec<String>,
    /// What is in `found`, for lookups: a command line may have thousands of parts.
    known: FxHashSet<String>,
}

impl Arguments<'_> {
    /// The arguments of a program, which is the first word.
    fn command(&mut self, words: &[String]) {
        let (mut is_shell, mut is_script) = (false, false);
        for (at, word) in words.iter().enumerate() {
            match at {
                0 => self.program(word),
                _ if is_script => self.script(word),
                _ => self.argument(word),
            }
            is_shell |= SHELLS.contains(&word.rsplit('/').next().unwrap_or_default());
            is_script = is_shell
                && !is_script
                && word.starts_with('-')
                && !word.starts_with("--")
                && word.ends_with('c');
        }
        for (at, word) in words.iter().enumerate() {
            match word.split_once('=') {
                Some((option, value)) => self.of_option(option, value),
                None => self.of_option(word, words.get(at + 1).map_or("", String::as_str)),
            }
        }
        let line: Vec<String> = words.iter().map(|word| words::quote(word)).collect();
        self.named(&line.join(" "));
    }

    /// A path is shown. By mistake, a whole command line may be in quotes, or a variable in the place of the program.
    fn program(&mut self, word: &str) {
        let mut parts = word.split(words::separates);
        let program = parts.next().filter(|program| program.contains(['=', ':', '@']));
        for part in program.into_iter().chain(parts) {
            self.argument(part);
        }
    }

    /// What follows the name of a secret may be an ordinary word, too.
    fn named(&mut self, line: &str) {
        for place in named(line) {
            let value = &line[place];
            if value.len() >= SHORTEST && !is_path(value) && !is_variable(value) {
                self.push(value);
            }
        }
    }

    /// A code, and the password of a user, may be an ordinary word or a number, too.
    fn of_option(&mut self, option: &str, value: &str) {
        let secret = secret_of_option(option, value).unwrap_or_default();
        // Of `-u 1000:1000` and `--user build:dev` it is a group or a profile.
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_other = value.contains(':') && (value.split(':').all(is_number) || (self.is_known)(secret));
        if is_other {
            return;
        }
        if secret.len() >= SHORTEST && !is_path(secret) && !is_variable(secret) {
            self.push(secret);
        }
    }

    /// The commands of a shell's script.
    fn script(&mut self, script: &str) {
        let mut command = Vec::new();
        for span in spans(script) {
            let raw = &script[span];
            let is_plain = !raw.contains(['\'', '"', '`', '$', '\\']);
            let parts: Vec<&str> =
                if is_plain { raw.split_inclusive(OPERATORS).collect() } else { vec![raw] };
            for part in parts {
                let bare = part.trim_end_matches(OPERATORS);
                // A word with quotes may have an operator at its end, and one within is a part of it.
                command.extend(words_of(bare).into_iter().filter(|word| !word.is_empty()));
                if bare.len() < part.len() {
                    self.simple(&std::mem::take(&mut command));
                }
            }
        }
        self.simple(&command);
    }

    /// A command of a script, with the variables that are set for it.
    fn simple(&mut self, words: &[String]) {
        let is_before = |word: &&String| KEYWORDS.contains(&word.as_str()) || assigned(word).is_some();
        let before = words.iter().take_while(is_before).count();
        let (before, command) = words.split_at(before);
        for word in before {
            self.argument(word);
        }
        if command.first().is_some_and(|program| PRINTERS.contains(&program.as_str())) {
            for word in &command[1..] {
                self.text(word);
            }
        } else {
            self.command(command);
        }
        self.named(&words.join(" "));
    }

    /// Text for people, of which ordinary words are a part.
    fn text(&mut self, text: &str) {
        let is_ordinary = |word: &str| {
            let bare = word.trim_matches(|c: char| c.is_ascii_punctuation());
            let mut pairs = bare.as_bytes().windows(2);
            bare.chars().all(|c| c.is_alphabetic() || "-_'./".contains(c))
                && !pairs.any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        };
        for word in text.split(words::separates).filter(|word| !is_ordinary(word)) {
            self.argument(word);
        }
    }

    fn argument(&mut self, word: &str) {
        let (name, value) = match word.split_once(['=', ':']) {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let value_is_apart = is_option(name) || assigned(word).is_some();
        if let Some(value) = value.filter(|_| value_is_apart) {
            self.value(value);
        } else if !is_option(word) {
            self.value(word);
            if word.starts_with('-') {
                self.value(word.trim_start_matches('-'));
                // Joined with the letter of its option: `-pPASSWORD`.
                self.value(word.get(2..).unwrap_or_default());
            }
        }
    }

    /// A value, and the parts of it that a program may repeat.
    fn value(&mut self, value: &str) {
        const ENDS: [char; 19] = [
            ' ', '\t', '\n', '\r', '/', ':', '=', '@', ',', ';', '"', '\'', '&', '?', '#', '(', ')', '{', '}',
        ];
        let value = match value.split_once("://") {
            Some((_, rest)) => match rest.split_once('@') {
                Some((user, place)) => {
                    self.value(user);
                    let password = user.split_once(':').map_or("", |(_, password)| password);
                    if password.len() >= SHORTEST && !is_variable(password) {
                        self.push(password);
                    }
                    behind_host(place)
                }
                None => behind_host(rest),
            },
            None => value,
        };
        self.add(value);
        if !self.is_harmless(value) {
            for part in value.split(ENDS).filter(|part| part.len() < value.len()) {
                self.add(part.trim_start_matches('-'));
            }
            // A password may have any of them in it.
            for (at, _) in value.match_indices([':', '=']).take(SIGNS) {
                self.add(&value[at + 1..]);
            }
        }
    }

    fn add(&mut self, text: &str) {
        if text.len() >= SHORTEST && !self.is_harmless(text) {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.known.insert(text.to_owned()) {
            self.found.push(text.to_owned());
        }
    }

    fn is_harmless(&self, text: &str) -> bool {
        let is_small = |c: char| c.is_ascii_lowercase() || "-_.".contains(c);
        let is_name = || text.len() < LONG && text.chars().all(is_small);
        is_name()
            || is_variable(text)
            || text.starts_with("arn:")
            || is_number(text)
            || is_region(text)
            || is_option(text)
            || is_plausible_access_key_id(text)
            || variable(&text.to_lowercase()).is_some()
            || (self.is_known)(text)
            || is_path(text)
    }
}

/// Whether it is the name of an option without a value, as far as that can be seen. What follows one dash may be a letter and its
/// value.
fn is_option(word: &str) -> bool {
    let is_name = |name: &str, marks: &str| {
        let is_letter = |c: char| c.is_ascii_alphabetic() || marks.contains(c);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_letter)
    };
    match (word.strip_prefix("--"), word.strip_prefix('-')) {
        (Some(name), _) => name.is_empty() || is_name(name, "-_"),
        (None, Some(name)) => {
            let is_long = name.contains('-') || ["profile", "region"].contains(&name);
            name.len() <= 1 || is_name(name, "-") && is_long
        }
        (None, None) => false,
    }
}

/// Whether it is a variable, which a shell replaces. What has small letters may be a password.
fn is_variable(text: &str) -> bool {
    let name = text.strip_prefix('$').map(|name| name.trim_matches(['{', '}']));
    let is_of_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.is_some_and(|name| name.bytes().all(is_of_name))
}

/// Whether it is a number, also one with a unit such as `30s`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether it is a region: a known one, or one that is newer than this program, in a known direction.
fn is_region(text: &str) -> bool {
    let direction = |region: &str| region.rsplit('-').nth(1).map(str::to_owned);
    KNOWN_REGIONS.contains(&text)
        || has_form(text) && KNOWN_REGIONS.iter().any(|known| direction(known) == direction(text))
}

/// Whether it is the path of something that exists, or of something that is missing in a folder that exists and has no name
/// in which a secret may be.
fn is_path(text: &str) -> bool {
    let text = text.strip_prefix("file://").unwrap_or(text);
    let path = Path::new(text);
    if text.starts_with("~/") {
        return text.split('/').skip(1).all(is_plain_name);
    }
    let has_folder = || path.parent().is_some_and(|folder| folder.parent().is_some() && folder.is_dir());
    let is_missing = || text.rsplit('/').next().is_some_and(is_plain_name) && has_folder();
    path.exists() || is_missing()
}

fn is_plain_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_.".contains(&byte))
}

/// What follows the host of an address.
fn behind_host(place: &str) -> &str {
    place.find(['/', '?', '#']).map_or("", |at| &place[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withheld(line: &str) -> Vec<String> {
        withheld_arguments(&words_of(line), &|name| name == "production")
    }

    #[test]
    fn what_may_be_a_secret_is_withheld_in_any_notation() {
        const SECRET: &str = "c4n4ry-DoNotShow";
        for line in [
            "p SECRET",
            "p --user=me:SECRET",
            "p -u me:SECRET",
            "p -pSECRET",
            "p -p=SECRET",
            "p --bearer SECRET",
            "p /password:SECRET",
            "p --header 'Cookie: s=SECRET'",
            "p --header=\"Cookie: s=SECRET\"",
            "p --url https://me:SECRET@host/",
            "p --url https://host/x?y=SECRET",
            "p --url https://host/SECRET/x",
            "p op://SECRET@x/item",
            "p --from=/no/such/SECRET",
            "p --from ~/SECRET",
            "p --SECRET",
            "env A=SECRET p",
            "sh -c 'A=SECRET; p $A'",
            "sh -c 'export A=SECRET && p'",
            "/bin/bash -lc 'if p -u me:SECRET; then echo x; fi'",
            "timeout 5 sh -ec 'p;p SECRET'",
            "sh -c 'echo SECRET | p'",
            "sh -c \"sh -c 'p -p SECRET'\"",
            "sh -c 'p \"$(q SECRET)\"'",
            "sh -c 'p ${A:-SECRET}'",
            "'p x SECRET'",
            "p \"open SECRET",
        ] {
            let found = withheld(&line.replace("SECRET", SECRET));
            assert!(found.iter().any(|text| text == SECRET), "{line}: {found:?}");
        }
        for (line, expected) in [
            ("p --passphrase 'correct horse battery'", &["correct horse battery"][..]),
            ("p -phunter2", &["-phunter2", "phunter2", "hunter2"]),
            ("p opensesame", &["opensesame"]),
            ("p my-horse-battery-1", &["my-horse-battery-1"]),
            ("p '$opensesame1'", &["$opensesame1"]),
            ("p --password hunter", &["hunter"]),
            ("p --pin 1234", &["1234"]),
            ("p -u me:monkey", &["me:monkey", "monkey"]),
            ("p -u 1000:1000", &["1000:1000"]),
            ("p --user=me:monkey", &["me:monkey", "monkey"]),
            ("p https://me:monkey@host/", &["me:monkey", "monkey"]),
            ("p --pwd=monkey", &["monkey"]),
            ("p --mfa-code 271828 --otp 314159", &["271828", "314159"]),
            ("p -m 271828 --totp=314159 --code 161803", &["271828", "314159", "161803"]),
            ("sh -c 'A=opensesame p'", &["opensesame"]),
        ] {
            assert_eq!(withheld(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_evidently_no_secret_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        for line in [
            "/opt/tool7/Login get --profile production --region=eu-central-1 --duration 3600",
            "p --role-arn arn:aws:iam::123456789012:role/Administrator -v --no-cache --timeout=30s",
            "p /etc/passwd --file=/etc/hosts -c FOLDER/missing.json --account 123456789012",
            "p --account-id=123456789012 --url https://portal.example.com -role-arn x -profile y -region z",
            "p --mfa auto --mfa-serial arn:aws:iam::123456789012:mfa/me --duration 129600 --exit-code 2",
            "p --mfa=arn:aws:iam::123456789012:mfa/me -u me -r 5",
            "p --key AKIAIOSFODNN7EXAMPLE --name=aws_session_token $TOKEN ~/.config/login.json",
            "env AWS_PROFILE=production p login",
            "sh -c 'echo \"No session: sign in with okta-login (at https://okta.com/)\" >&2; exit 3'",
            "sh -c 'cat printed; exit 1'",
        ] {
            let found = withheld(&line.replace("FOLDER", folder));
            assert_eq!(found, Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn a_long_command_line_has_few_texts_to_withhold() {
        let signs = "x:".repeat(50_000);
        let mut parts = String::new();
        parts.extend((0..20_000).map(|at| format!("\"k{at}\":\"Value{at}\",")));
        for value in [signs, parts] {
            let found = withheld_arguments(&["p".to_owned(), value.clone()], &|_| false);
            let length: usize = found.iter().map(String::len).sum();
            assert!(length < 20 * value.len(), "{length}");
        }
    }
}
