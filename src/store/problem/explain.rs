//! What to do about errors of files.

use std::fs;
use std::io;
use std::path::Path;

use super::Problem;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, Place, shown};
use crate::store::holder::Holder;
use crate::store::system::Denial;
use crate::store::why::Why;

impl Explain for Problem {
    fn code(&self) -> Code {
        Code::Io
    }

    fn help(&self) -> Option<Hint> {
        match self {
            // It is in the place of AWS's own folder.
            Problem::NotAFolder { path } if path.ends_with(".aws") => Some("move it away".into()),
            // It is in the place of the home folder.
            Problem::NotAFolder { path } if shown(path).to_string() == "~" => {
                Some("set HOME to a folder, or name another file".into())
            }
            // A variable may name what is below it.
            Problem::NotAFolder { path } if !is_device(path) => {
                Some("name another file, or move it away".into())
            }
            _ => self.help_instead("name another file"),
        }
    }

    fn origin(&self) -> Option<Origin> {
        self.path().map(|path| Origin::File(Place::whole(path)))
    }

    /// A file that can't be read is an error of the configuration. Other errors are of the machine.
    fn exit(&self) -> Exit {
        match self {
            Problem::Folder { .. }
            | Problem::NotAFile { .. }
            | Problem::DanglingLink { .. }
            | Problem::LinkLoop { .. }
            | Problem::NotAFolder { .. }
            | Problem::Denied { .. }
            | Problem::TooLarge { .. }
            | Problem::Read { .. }
            | Problem::SameFile { .. } => Exit::Configuration,
            _ => Exit::Other,
        }
    }
}

impl Problem {
    /// The help, with what can be done without this file: not every file can be named by the user.
    pub fn help_instead(&self, instead: &str) -> Option<Hint> {
        let help = match self {
            Problem::Folder { .. } | Problem::NotAFile { .. } | Problem::TooLarge { .. } => {
                return Some(instead.to_owned().into());
            }
            Problem::DanglingLink { to, missing, .. } => {
                return Some(missing.created(to).say(", or remove the link"));
            }
            Problem::LinkLoop { .. } => "remove the link",
            Problem::NotAFolder { path } if is_device(path) => return Some(instead.to_owned().into()),
            Problem::NotAFolder { .. } => "move it away",
            Problem::ReadOnly { source, .. } if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
                return Some(format!("mount its file system for writing, or {instead}").into());
            }
            Problem::Denied { path, denial } | Problem::ReadOnly { path, denial, .. } => {
                return Some(allowed(path, denial).say(format!(", or {instead}")));
            }
            Problem::Locked { holder: Some(Holder { process, .. }), .. } => {
                let look = Command::new(["ps", "-fp"]).argument(process.to_string());
                return Some(
                    Hint::from("see what it is doing with ").run(look).say(", and kill it if it hangs"),
                );
            }
            Problem::Locked { holder: None, .. } => {
                "find the process that holds the lock with `lslocks`, and kill it"
            }
            Problem::Held { .. } => "wait until it has finished",
            Problem::NoLocks { .. } => "move the file to a file system that supports locks",
            Problem::Busy { .. } => "try again when the other program has finished",
            Problem::NoWorkingFolder { .. } => "change to another folder, or give the absolute path",
            Problem::SameFile { .. } => "name two different files",
            Problem::Access { .. } => "edit the file as its owner",
            Problem::Mode { .. } => "change them as its owner",
            Problem::Overwritten { .. } => "repeat what the other program did",
            Problem::Torn { .. } => "once the cause is fixed, the next edit completes this one first",
            Problem::HalfWritten { .. } => "once the cause is fixed, the next edit restores the old contents",
            Problem::Mounted { .. } | Problem::NoCopy { why: Why::Mounted, .. } => {
                "mount its folder instead, or edit the file that it is mounted from"
            }
            Problem::NoCopy { .. } => {
                "make its folder writable, or set XDG_STATE_HOME to a folder that you can write to"
            }
            Problem::Interrupted { record, offset, length, .. } => {
                let old = if *offset == 0 {
                    Command::new(["head", "-c"]).argument(length.to_string())
                } else {
                    Command::new(["tail", "-c"]).argument(format!("+{}", offset + 1))
                };
                let old = Hint::default().run(old.argument(record)).say(" prints its old contents");
                let old = if *offset == 0 { old } else { old.say(format!(", in the first {length} bytes")) };
                return Some(old.say("; once the file is right, remove the record: ").run(removal(record)));
            }
            Problem::OthersRecord { record, user } => {
                let completed = format!(
                    "an edit by user {user} of the same file completes it; if nothing is missing, remove the record: "
                );
                return Some(Hint::from(completed).run(removal(record)));
            }
            Problem::DamagedRecord { record } => {
                let look = Command::new(["less"]).argument(record);
                return Some(
                    Hint::from("look at it with ")
                        .run(look)
                        .say("; if nothing is missing, remove it: ")
                        .run(removal(record)),
                );
            }
            Problem::Occupied { path } => {
                let away = Command::new(["mv"]).argument(path).argument(path.with_extension("old"));
                return Some(Hint::from("move it away: ").run(away));
            }
            Problem::Read { .. }
            | Problem::Save { .. }
            | Problem::Remove { .. }
            | Problem::Unsynced { .. } => return None,
        };
        Some(help.into())
    }
}

/// Whether the path is neither a file's nor a folder's, as `/dev/null`, which has to stay where it is.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// How to get access to a file.
fn allowed(path: &Path, denial: &Denial) -> Hint {
    let whose = |at: &Path| if at == path { "it" } else { "its folder" };
    match denial {
        Denial::Foreign { at, owner, caller } => {
            let give = Command::new(["sudo", "chown"]).argument(caller.to_string()).argument(at);
            let owner = if *owner == 0 { "root".to_owned() } else { format!("user {owner}") };
            Hint::from(format!("{} belongs to {owner}; make it yours: ", whose(at))).run(give)
        }
        Denial::Mode { at, is_folder } => {
            let rights = if *is_folder { "u+rwx" } else { "u+rw" };
            let change = Command::new(["chmod"]).argument(rights).argument(at);
            let whose = if at == path { "its" } else { "its folder's" };
            Hint::from(format!("change {whose} mode: ")).run(change)
        }
        Denial::Attribute { at, letter, caller } => {
            let sudo = Some("sudo").filter(|_| *caller != 0);
            let change = ["chattr", if *letter == "a" { "-a" } else { "-i" }];
            let change = Command::new(sudo.into_iter().chain(change)).argument(at);
            let whose = if at == path { "its" } else { "its folder's" };
            Hint::from(format!("{whose} attribute `{letter}` forbids changes; remove it: ")).run(change)
        }
        Denial::NoFolder { folder, caller } => {
            let make = Command::new(["sudo", "install", "-d", "-m", "700", "-o"]);
            Hint::from("create its folder: ").run(make.argument(caller.to_string()).argument(folder))
        }
        Denial::Other { folder } => {
            let look = Command::new(["ls", "-ld"]).argument(folder);
            Hint::from("see who has access to its folder: ").run(look)
        }
    }
}

/// The command that removes a record.
fn removal(record: &Path) -> Command {
    Command::new(["rm"]).argument(record)
}
