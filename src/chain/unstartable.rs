//! Why the program of a `credential_process` can't start, or not as it is meant. It is started without a shell.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::failure::{Command, Hint};
use crate::origin::shown;
use crate::settings::{CREDENTIAL_PROCESS, assigned, program_name};
use crate::world::World;

/// The message follows the place of the setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unstartable {
    #[error("`~` is not expanded in `credential_process`")]
    Tilde,
    #[error("variables are not expanded in `credential_process`")]
    Variable,
    /// It has no value, which may be a secret.
    #[error("`{0}` is not a program: `credential_process` is not run by a shell")]
    Assignment(String),
    /// It has the program's path as it may be shown.
    #[error("`{0}` was not found")]
    NotFound(String),
    #[error("{} is a folder, not a program", shown(.0))]
    Folder(PathBuf),
    #[error("{} is not a file", shown(.0))]
    NotAFile(PathBuf),
    #[error("{} is a link to a file that was not found", shown(.0))]
    DeadLink(PathBuf),
    #[error("`credential_process` is one word, because it is quoted as a whole")]
    OneWord,
    #[error("{} is not executable", shown(.0))]
    NotExecutable(PathBuf),
    #[error("{} is a script without a `#!` line", shown(.0))]
    NoInterpreterLine(PathBuf),
    #[error("{}, which the script {} names, was not found", shown(interpreter), shown(script))]
    NoInterpreter { script: PathBuf, interpreter: PathBuf },
    #[error("the `#!` line of {} ends with a carriage return", shown(.0))]
    CarriageReturn(PathBuf),
    #[error("`credential_process` has an unclosed quote or a trailing backslash")]
    Unclosed,
    #[error("`credential_process` doesn't name a program")]
    Nameless,
}

impl Unstartable {
    /// What is wrong with the words of a command line, as far as that can be seen.
    pub fn of(words: &[String], world: &World) -> Option<Unstartable> {
        let Some(program) = words.first().filter(|program| !program.is_empty()) else {
            return Some(Unstartable::Nameless);
        };
        if program.starts_with('~') {
            return Some(Unstartable::Tilde);
        }
        if program.starts_with('$') || program.contains("/$") || program.contains("${") {
            return Some(Unstartable::Variable);
        }
        if assigned(program).is_some() {
            return Some(Unstartable::Assignment(program_name(words)));
        }
        let depends = world.depends_on_folder(program);
        let Some(path) = world.located(program) else {
            // Quoted as a whole, a line with a path among its arguments looks like a path.
            let first = program.split_whitespace().next().filter(|first| first.len() < program.len());
            let is_line = words.len() == 1 && first.is_some_and(|first| world.located(first).is_some());
            return match world.files_named(program).next() {
                Some(path) if !depends => Some(Unstartable::NotExecutable(path)),
                None if is_line => Some(Unstartable::OneWord),
                None if !depends => {
                    let not_found = || Unstartable::NotFound(program_name(words));
                    Some(of_other(Path::new(program)).unwrap_or_else(not_found))
                }
                _ => None,
            };
        };
        if depends { None } else { of_script(path) }
    }

    /// The message where nothing else names the setting.
    pub fn of_setting(&self) -> String {
        match self {
            Unstartable::NotFound(_)
            | Unstartable::Folder(_)
            | Unstartable::NotAFile(_)
            | Unstartable::DeadLink(_)
            | Unstartable::NotExecutable(_)
            | Unstartable::NoInterpreterLine(_)
            | Unstartable::NoInterpreter { .. }
            | Unstartable::CarriageReturn(_) => format!("`{}`: {self}", CREDENTIAL_PROCESS.name),
            // They name it themselves.
            Unstartable::Tilde
            | Unstartable::Variable
            | Unstartable::Assignment(_)
            | Unstartable::OneWord
            | Unstartable::Unclosed
            | Unstartable::Nameless => self.to_string(),
        }
    }

    pub fn help(&self) -> Option<Hint> {
        Some(match self {
            Unstartable::Tilde | Unstartable::Variable => "give the absolute path".into(),
            Unstartable::Assignment(_) => "write `env NAME=VALUE PROGRAM`".into(),
            Unstartable::OneWord => "leave out the quotes around the whole line".into(),
            Unstartable::NotFound(program) if program.starts_with('/') => {
                "install it, or correct the path; a path with a space needs quotes".into()
            }
            Unstartable::NotFound(_) => {
                "install it, or name it with its absolute path; a path with a space needs quotes".into()
            }
            Unstartable::Folder(_) | Unstartable::NotAFile(_) => "name a program".into(),
            Unstartable::DeadLink(_) => "install what it leads to, or correct the link".into(),
            Unstartable::NotExecutable(path) => Command::new(["chmod", "+x"]).argument(path).into(),
            Unstartable::NoInterpreterLine(_) => "begin it with a line such as `#!/bin/sh`".into(),
            Unstartable::NoInterpreter { .. } => {
                "install that, or correct the first line of the script".into()
            }
            Unstartable::CarriageReturn(_) => "save it with the line ends of Unix (LF)".into(),
            Unstartable::Unclosed => "close the quote, or leave out the backslash".into(),
            Unstartable::Nameless => return None,
        })
    }
}

/// What an absolute path leads to, if it is there and isn't a file.
fn of_other(path: &Path) -> Option<Unstartable> {
    let kind = path.is_absolute().then(|| fs::symlink_metadata(path).ok())??.file_type();
    Some(match fs::metadata(path) {
        Ok(found) if found.is_dir() => Unstartable::Folder(path.to_owned()),
        Err(error) if kind.is_symlink() && error.kind() == ErrorKind::NotFound => {
            Unstartable::DeadLink(path.to_owned())
        }
        // A link that leads to itself, for example.
        Err(_) => return None,
        Ok(_) => Unstartable::NotAFile(path.to_owned()),
    })
}

/// Whether the system refuses to run the file because it is a script, and nothing that exists is said to run it.
fn of_script(path: PathBuf) -> Option<Unstartable> {
    let mut start = Vec::new();
    fs::File::open(&path).and_then(|file| file.take(256).read_to_end(&mut start)).ok()?;
    let Some(line) = start.strip_prefix(b"#!") else {
        let is_text = !start.is_empty() && !start.contains(&0) && start.is_ascii();
        return is_text.then_some(Unstartable::NoInterpreterLine(path));
    };
    // A longer line may name anything.
    let line = &line[..line.iter().position(|byte| *byte == b'\n')?];
    if line.ends_with(b"\r") {
        return Some(Unstartable::CarriageReturn(path));
    }
    let words = std::str::from_utf8(line).ok()?;
    let interpreter = Path::new(words.split([' ', '\t']).find(|word| !word.is_empty())?);
    let is_gone = interpreter.is_absolute() && !interpreter.exists();
    is_gone.then(|| Unstartable::NoInterpreter { interpreter: interpreter.to_owned(), script: path })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_script_starts_only_if_its_interpreter_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("script");
        let world = World::of::<&str, &str>([]);
        let of = |text: &str, mode: u32| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            Unstartable::of(&[path.to_str().unwrap().to_owned()], &world)
        };
        assert_eq!(of("#!/bin/sh\n", 0o755), None);
        assert_eq!(of("#! /usr/bin/env sh\n", 0o755), None);
        assert_eq!(of("\x7fELF\0", 0o755), None);
        assert_eq!(of("#!/bin/sh\n", 0o644), Some(Unstartable::NotExecutable(path.clone())));
        assert_eq!(of("echo\n", 0o755), Some(Unstartable::NoInterpreterLine(path.clone())));
        assert_eq!(of("#!/bin/sh\r\n", 0o755), Some(Unstartable::CarriageReturn(path.clone())));
        let interpreter = PathBuf::from("/no/such/python");
        let script = path.clone();
        assert_eq!(
            of("#!/no/such/python -u\n", 0o755),
            Some(Unstartable::NoInterpreter { script, interpreter })
        );
    }

    #[test]
    fn what_is_there_and_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let [dead, lost, fifo] = ["dead", "lost", "fifo"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink(folder.path().join("gone"), &dead).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let world = World::of([("PATH", "/usr/bin:/bin")]);
        let of = |path: &Path| Unstartable::of(&[path.to_str().unwrap().to_owned()], &world);
        assert_eq!(of(folder.path()), Some(Unstartable::Folder(folder.path().to_owned())));
        assert_eq!(of(&fifo), Some(Unstartable::NotAFile(fifo.clone())));
        assert_eq!(of(&dead), Some(Unstartable::DeadLink(dead.clone())));
        assert!(matches!(of(&lost), Some(Unstartable::NotFound(_))));
    }

    #[test]
    fn a_program_in_a_folder_of_path_that_is_not_absolute_may_be_found() {
        for (folders, is_known) in [("bin:/usr/bin", false), ("/usr/bin:", false), ("/usr/bin", true)] {
            let world = World::of([("PATH", folders)]);
            let found = Unstartable::of(&["no-such-tool".to_owned()], &world);
            assert_eq!(found.is_some(), is_known, "{folders}");
        }
    }

    #[test]
    fn a_line_in_quotes_is_one_word_whatever_its_arguments_are() {
        let world = World::of([("PATH", "/usr/bin:/bin")]);
        let of = |line: &str| Unstartable::of(&[line.to_owned()], &world);
        for line in ["cat x", "cat /etc/passwd", "/bin/cat x", "/bin/cat /etc/passwd", "cat bin/x"] {
            assert_eq!(of(line), Some(Unstartable::OneWord), "{line}");
        }
        assert_eq!(of("no such folder/tool"), None);
        assert_eq!(of("/no such folder/tool"), Some(Unstartable::NotFound("/no …".to_owned())));
        assert_eq!(Unstartable::of(&["cat".to_owned(), "/etc/passwd".to_owned()], &world), None);
    }

    #[test]
    fn a_file_of_path_that_cannot_be_run_is_passed_over() {
        let home = tempfile::tempdir().unwrap();
        let paths = ["a", "b"].map(|folder| home.path().join(folder).join("tool"));
        for path in &paths {
            fs::create_dir(path.parent().unwrap()).unwrap();
            fs::write(path, "#!/bin/sh\n").unwrap();
        }
        let folders = std::env::join_paths(paths.iter().filter_map(|path| path.parent())).unwrap();
        let world = World::of([("PATH", folders)]);
        let of = || Unstartable::of(&["tool".to_owned()], &world);
        assert_eq!(of(), Some(Unstartable::NotExecutable(paths[0].clone())));
        fs::set_permissions(&paths[1], fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(of(), None);
    }
}
