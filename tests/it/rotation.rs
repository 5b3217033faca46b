//! A rotation that is about to be interrupted, and what must be so whatever happens to it.

use std::process::{Child, Stdio};

use crate::harness::{CANARY, Sandbox};
use crate::keys::{home, section};
use crate::line::{Fault, Line};
use crate::peers::{Iam, Key};

/// The command.
pub(crate) const ROTATE: [&str; 5] = ["keys", "rotate", "--profile", "me", "--yes"];

/// A user with one key, which stands in both files.
pub(crate) struct Case<'m> {
    moto: &'m Iam,
    pub(crate) user: String,
    pub(crate) old: Key,
    pub(crate) sandbox: Sandbox,
}

impl<'m> Case<'m> {
    /// The user, who may do everything, and a home.
    pub(crate) fn new(moto: &'m Iam, user: &str, url: &str) -> Case<'m> {
        let old = moto.user(user, &["iam:*"]);
        let sandbox = home(&old, url).env("AWS_MAX_ATTEMPTS", "1");
        let config = sandbox.read_config() + &section("profile too", &old);
        Case { moto, user: user.to_owned(), sandbox: sandbox.config(config), old }
    }

    /// The same after a rotation whose request for a key never arrived.
    pub(crate) fn unsent(moto: &'m Iam, user: &str) -> Case<'m> {
        let line = Line::to(moto.port);
        let case = Case::new(moto, user, &line.url());
        line.fault(3, Fault::CutBefore);
        case.interrupted(&line, Fault::CutBefore);
        line.restore();
        assert!(case.journal().is_some() && moto.keys(user).len() == 1, "{user}");
        case
    }

    /// The key that stands in both files, which must be the same.
    pub(crate) fn configured(&self) -> Key {
        let keys = self.moto.keys(&self.user);
        let holds = |key: &&Key| {
            self.sandbox.read_credentials() == section("me", key)
                && self.sandbox.read_config().ends_with(&section("profile too", key))
        };
        let found = keys.iter().find(holds);
        found
            .unwrap_or_else(|| {
                panic!("{}: no key of {keys:?} in {}", self.user, self.sandbox.read_credentials())
            })
            .clone()
    }

    /// The journal, while there is one.
    pub(crate) fn journal(&self) -> Option<String> {
        let path = self.sandbox.path(&format!(".local/state/xcred/rotations/{}.json", self.old.id));
        std::fs::read_to_string(path).ok()
    }

    /// What must be so at any moment.
    pub(crate) fn nobody_is_stranded(&self) {
        // The files may be between two renames, which the next run settles; each of them holds a key that works.
        let keys = self.moto.keys(&self.user);
        let texts = [self.sandbox.read_credentials(), self.sandbox.read_config()];
        for text in &texts {
            let works = |key: &&Key| key.active && text.contains(&key.id) && text.contains(&key.secret);
            assert!(keys.iter().any(|key| works(&key)), "{}: nothing works: {text}\n{keys:?}", self.user);
        }
        let journal = self.journal();
        for key in &keys {
            let recorded = *key.id == self.old.id
                || texts.iter().any(|text| text.contains(&key.id))
                || journal
                    .as_ref()
                    .is_some_and(|text| text.contains(&key.secret) || text.contains("\"new\": null"));
            assert!(recorded, "{}: nothing records {}: {journal:?}", self.user, key.id);
        }
    }

    /// The key whose secret was lost with the answer.
    pub(crate) fn lost(&self) -> Option<String> {
        let is_open = self.journal()?.contains("\"new\": null");
        let mut keys = self.moto.keys(&self.user).into_iter().filter(|key| key.id != self.old.id);
        keys.next().filter(|_| is_open).map(|key| key.id)
    }

    /// Finishes it or takes it back, twice, and looks at what there is then. A lost key has to be named.
    pub(crate) fn recover(&self, undo: bool) {
        self.nobody_is_stranded();
        let was_open = self.journal().is_some();
        let way = if undo { "--undo" } else { "--resume" };
        let mut command = [&ROTATE[..], &[way]].concat();
        let lost = self.lost();
        if let Some(lost) = &lost {
            let before = self.moto.keys(&self.user);
            let stderr = self.sandbox.run(&command).failure(253);
            let choice = format!("`xcred keys rotate {way} --delete-lost {lost} --profile me`");
            let words =
                |choice: &str| choice.trim_matches('`').split(' ').map(str::to_owned).collect::<Vec<_>>();
            let told = stderr.split('`').find(|part| part.contains("--delete-lost")).unwrap_or_default();
            let [mut told, mut choice] = [told, &choice].map(words);
            told.sort();
            choice.sort();
            assert_eq!(told, choice, "{}: {stderr}", self.user);
            assert_eq!(self.moto.keys(&self.user), before, "{}", self.user);
            command.extend(["--delete-lost", lost]);
        }
        for _ in 0..2 {
            let (code, _, stderr) = self.sandbox.run(&command).ended();
            let expected = if was_open { [Some(0), Some(253)] } else { [Some(253); 2] };
            assert!(expected.contains(&code), "{}: {stderr}", self.user);
            assert!(code == Some(0) || stderr.contains("no unfinished rotation"), "{}: {stderr}", self.user);
        }
        assert_eq!(self.journal(), None, "{}", self.user);
        let (configured, keys) = (self.configured(), self.moto.keys(&self.user));
        assert!(configured.active, "{}: {keys:?}", self.user);
        assert_eq!(keys.iter().filter(|key| key.active).count(), 1, "{}: {keys:?}", self.user);
        if was_open {
            assert_eq!(configured.id == self.old.id, undo, "{}: {keys:?}", self.user);
            assert_eq!(keys.len(), if undo { 1 } else { 2 }, "{}: {keys:?}", self.user);
        }
        self.sandbox.run(&["whoami", "--profile", "me"]).success();
        let left: Vec<_> = [".aws", ".local/state/xcred/rotations"]
            .iter()
            .filter_map(|folder| std::fs::read_dir(self.sandbox.path(folder)).ok())
            .flatten()
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .filter(|name| !["config", "credentials", "lock"].contains(&name.as_str()))
            .collect();
        assert_eq!(left, [""; 0], "{}", self.user);
    }

    /// Runs it on a line with a fault; a run that hangs is killed.
    pub(crate) fn interrupted(&self, line: &Line, fault: Fault) {
        if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
            self.killed_when_it_hangs(line, &[]);
        } else {
            let (code, _, stderr) = self.sandbox.run(&ROTATE).ended();
            assert!(matches!(code, Some(0 | 254 | 255)), "{}: {stderr}", self.user);
        }
    }

    /// Starts a run with more arguments that hangs on the line, and kills it.
    pub(crate) fn killed_when_it_hangs(&self, line: &Line, more: &[&str]) {
        let child = self.hanging(line, more);
        end(child);
    }

    /// Starts a run with more arguments that hangs on the line.
    pub(crate) fn hanging(&self, line: &Line, more: &[&str]) -> Child {
        let mut command = self.sandbox.command();
        command.args(ROTATE).args(more).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("it starts");
        assert!(line.hangs(), "{}: it doesn't hang", self.user);
        child
    }
}

/// Kills a run, which must not have shown a secret.
pub(crate) fn end(mut child: Child) {
    child.kill().expect("it can be killed");
    let said = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned();
    assert!(!said.contains(CANARY), "a secret: {said}");
}
