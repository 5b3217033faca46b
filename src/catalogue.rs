//! Every message that errors and findings can have, with its code and its help, as one text that people review. It is committed,
//! and a change of any message changes it.

mod sources;

use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::failure::{Code, Explain, Failure};
use crate::finding::{Kind, Severity};
use crate::manual::FINDINGS;
use crate::origin::{Origin, Place};

/// A secret in the words of others, which no message may repeat.
pub(crate) const CANARY: &str = "CANARY/catalogue/wJalrXUtnFEMI";

/// Gives a type the function `examples`: each variant with its examples, several where the texts differ. A variant
/// without an example doesn't compile.
macro_rules! examples {
    ($type:ty { $($variant:pat => $examples:expr),+ $(,)? }) => {
        impl $type {
            pub(crate) fn examples() -> Vec<(&'static str, $type)> {
                let _ = |example: &$type| match example { $($variant => (),)+ };
                let mut all: Vec<(&'static str, $type)> = Vec::new();
                $(for example in $examples {
                    assert!(matches!(&example, $variant), "not an example of {}", stringify!($variant));
                    all.push((stringify!($variant), example));
                })+
                all
            }
        }
    };
}

/// A path below a home that is the same in every run.
pub(crate) fn home(path: &str) -> PathBuf {
    Path::new("/home/ada").join(path)
}

/// A line of the config file.
pub(crate) fn place(line: u32) -> Place {
    Place { path: home(".aws/config").into(), line, section: Some("profile dev".into()), key: None }
}

/// A line of the config file, as an origin.
pub(crate) fn line(line: u32) -> Origin {
    Origin::File(place(line))
}

/// What the system says where a file may not be used.
pub(crate) fn denied() -> io::Error {
    io::Error::from_raw_os_error(13)
}

/// What the system says where a disk is full.
pub(crate) fn full() -> io::Error {
    io::Error::from_raw_os_error(28)
}

#[derive(Default)]
struct Catalogue {
    text: String,
    /// The types whose messages it has, by their paths.
    types: BTreeSet<&'static str>,
    /// The codes of the errors and of the findings.
    errors: BTreeSet<&'static str>,
    findings: BTreeSet<&'static str>,
}

impl Catalogue {
    fn title<T>(&mut self) {
        let name = std::any::type_name::<T>().strip_prefix("xcred::").expect("a type of this crate");
        self.types.insert(name);
        _ = writeln!(self.text, "\n## {name}");
    }

    /// Errors as `ui` prints them.
    fn errors<E: Explain>(mut self, examples: Vec<(&'static str, E)>) -> Catalogue {
        self.title::<E>();
        for (variant, error) in examples {
            let failure = Failure::from(error);
            let (code, exit) = (failure.code().name(), failure.exit().code());
            self.errors.insert(code);
            let origin = failure.origin().map(|origin| format!(", origin {origin}")).unwrap_or_default();
            _ = writeln!(self.text, "\n{} ({code}, exit {exit}{origin})", name(variant));
            for line in crate::ui::plain_lines(&failure) {
                _ = writeln!(self.text, "    {}", line.replace('\n', "\n    "));
            }
        }
        self
    }

    /// Findings, each as `ui` prints it where it has no place.
    fn findings<K: Kind>(mut self, examples: Vec<(&'static str, K)>) -> Catalogue {
        self.title::<K>();
        for (variant, kind) in examples {
            self.findings.insert(kind.code());
            let label = match kind.severity() {
                Severity::Note => "",
                Severity::Warning => "warning: ",
                Severity::Error => "error: ",
            };
            _ = writeln!(self.text, "\n{} ({})\n    {label}{kind}", name(variant), kind.code());
            for note in kind.notes() {
                _ = writeln!(self.text, "      {note}");
            }
            if let Some(fix) = kind.fix() {
                _ = writeln!(self.text, "    help: {fix}");
            }
        }
        self
    }

    /// Messages that have no type, as the sources write them.
    fn untyped(mut self) -> Catalogue {
        self.text.push_str("\n## Messages of commands\n");
        self.text.push_str(&sources::untyped());
        self
    }

    /// Texts that are parts of messages, each with what fixes it.
    fn texts<T: Display>(
        mut self,
        examples: Vec<(&'static str, T)>,
        fix: impl Fn(&T) -> Option<String>,
    ) -> Catalogue {
        self.title::<T>();
        for (variant, text) in examples {
            _ = writeln!(self.text, "\n{}\n    {text}", name(variant));
            if let Some(fix) = fix(&text) {
                _ = writeln!(self.text, "    help: {fix}");
            }
        }
        self
    }
}

/// The name of a variant, without its type and its fields.
fn name(pattern: &str) -> &str {
    let name = pattern.split([' ', '(', '{']).next().unwrap_or_default();
    name.rsplit("::").next().unwrap_or_default()
}

fn catalogue() -> Catalogue {
    const HEAD: &str = "# The messages\n\n\
        Each error that xcred can report, with its code, exit status and origin, and each finding with its code;\n\
        below each, what is printed. At the end are the messages of commands that have no type, as the sources write them.\n\
        `cargo test --lib catalogue` compares this file, and `UPDATE_ASSETS=1` before it writes it.\n";
    crate::secret::hold(CANARY);
    Catalogue { text: HEAD.to_owned(), ..Catalogue::default() }
        .texts(crate::ini::FaultKind::examples(), |fault| Some(crate::profile::fix_of(fault).to_string()))
        .texts(crate::ini::Encoding::examples(), |encoding| Some(encoding.help().to_owned()))
        .texts(crate::ini::Refusal::examples(), |_| None)
        .findings(crate::settings::Doubt::examples())
        .findings(crate::profile::Notice::examples())
        .findings(crate::view::Oddity::examples())
        .findings(crate::checks::Issue::examples())
        .findings(crate::cmd::Found::examples())
        .findings(crate::guard::Issue::examples())
        .findings(crate::keys::Leftover::examples())
        .findings(crate::cmd::Online::examples())
        .findings(crate::cmd::Conflict::examples())
        .findings(crate::cmd::Unlikely::examples())
        .findings(crate::cmd::UnlikelyCommand::examples())
        .findings(crate::cmd::UnlikelyKey::examples())
        .errors(crate::view::Fault::examples())
        .errors(crate::store::Problem::examples())
        .errors(crate::config::Error::examples())
        .errors(crate::net::Error::examples())
        .errors(crate::net::ListenError::examples())
        .errors(crate::service::Error::examples())
        .errors(crate::profile::Error::examples())
        .errors(crate::effective::Error::examples())
        .errors(crate::client::Error::examples())
        .errors(crate::login::Error::examples())
        .errors(crate::narrowing::Error::examples())
        .errors(crate::service::random::RandomError::examples())
        .errors(crate::login::start_url::StartUrlError::examples())
        .errors(crate::login::wait::WaitError::examples())
        .texts(crate::login::flow::Why::examples(), |_| None)
        .texts(crate::chain::Reason::examples(), |_| None)
        .errors(crate::chain::Error::examples())
        .errors(crate::guard::Error::examples())
        .errors(crate::cmd::OtherIdentity::examples())
        .errors(crate::keys::Error::examples())
        .errors(crate::sync::Error::examples())
        .errors(crate::ui::input::InputError::examples())
        .errors(crate::ui::PromptError::examples())
        .errors(crate::ui::OutputError::examples())
        .errors(crate::shell::Error::examples())
        .errors(crate::cmd::NotRun::examples())
        .errors(crate::cmd::NotRenewed::examples())
        .errors(crate::cmd::ConsoleError::examples())
        .errors(crate::cmd::BridgeError::examples())
        .errors(crate::cmd::SourceError::examples())
        .errors(crate::cmd::SsoError::examples())
        .errors(crate::cmd::UseError::examples())
        .texts(crate::cmd::NoColumns::examples(), |_| None)
        .texts(crate::cmd::Invalid::examples(), |_| None)
        .untyped()
}

#[test]
fn the_catalogue_of_messages_is_current() {
    let found = catalogue().text;
    assert!(!found.contains("CANARY"), "a message repeats a secret");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue.md");
    if env::var_os("UPDATE_ASSETS").is_some_and(|value| value == "1") {
        return fs::write(path, found).expect("the catalogue can be written");
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    let changed = found.lines().zip(kept.lines()).find(|(found, kept)| found != kept);
    assert!(
        found == kept,
        "src/catalogue.md is not current: {changed:?}\nIf the messages are right: \
         `UPDATE_ASSETS=1 cargo test --lib catalogue`, look at the difference, commit it."
    );
}

#[test]
fn every_code_is_in_the_manual() {
    // Prompts have these, and no document.
    const OF_ANSWERS: [&str; 4] =
        ["provider-conflict", "unlikely-answer", "unlikely-command", "unlikely-key"];
    let Catalogue { mut findings, mut errors, .. } = catalogue();
    findings.retain(|code| !OF_ANSWERS.contains(code));
    assert!(findings.iter().eq(FINDINGS.iter().map(|(code, _)| code)), "{findings:?}");
    // Mistakes on the command line are clap's, too.
    errors.insert(Code::Usage.name());
    assert_eq!(errors, Code::ALL.iter().map(|code| code.name()).collect());
}

/// Whether a command can be pasted where AWS_PROFILE names any profile, as far as it depends on one.
fn names_its_section(command: &str) -> bool {
    let mut words = command.split(' ').skip(1);
    let (verb, next) = (words.next().unwrap_or_default(), words.next());
    let is_about_one = match verb {
        // Without arguments it is the command that is meant, not a call of it.
        "set" | "unset" | "get" | "configure" => next.is_some(),
        "keys" => next != Some("list") || words.next().is_some(),
        _ => false,
    };
    let options = ["--profile ", "--sso-session ", "--services ", "--name "];
    !is_about_one || options.iter().any(|option| command.contains(option))
}

#[test]
fn a_command_in_a_help_names_the_section_that_it_is_about() {
    assert!(!names_its_section("xcred keys rotate") && !names_its_section("xcred unset region"));
    assert!(names_its_section("xcred unset region --profile dev") && names_its_section("xcred keys list"));
    let text = catalogue().text;
    let helps = text.lines().filter_map(|line| line.trim().strip_prefix("help: "));
    let commands =
        helps.flat_map(|help| help.split('`').skip(1).step_by(2)).filter(|code| code.starts_with("xcred "));
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() > 30, "{commands:?}");
    let wrong: Vec<_> = commands.iter().filter(|command| !names_its_section(command)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_type_with_messages_is_in_the_catalogue() {
    let types = catalogue().types;
    let has = |module: &str, name: &str| types.contains(format!("{module}::{name}").as_str());
    let all = sources::implementations();
    let missing: Vec<_> = all
        .iter()
        .filter(|(module, name)| {
            // `explain.rs` implements it for a type of the module above.
            let above = module.rsplit_once("::").map_or("", |(above, _)| above);
            !has(module, name) && !has(above, name)
        })
        .collect();
    assert!(all.len() > 20, "{all:?}");
    assert!(missing.is_empty(), "give them examples and a row in `catalogue`: {missing:?}");
}
