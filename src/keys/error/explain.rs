//! What an error of keys says besides its text: code, location and help.

use super::{Error, Fault};
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::keys::again::Again;
use crate::origin::Origin;
use crate::profile;
use crate::settings;

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Service(error) | Error::NotListed { source: error, .. } => Some(&**error),
            Error::Files(error) => Some(error),
            Error::Store(problem) => Some(problem),
            Error::Stopped { source, .. } | Error::Needed { source, .. } => Some(&**source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        match self {
            Error::Undecided { .. } => Code::NeedsTerminal,
            Error::NoHome | Error::Journal { .. } | Error::Unprinted(_) => Code::Io,
            Error::OtherIdentity { .. }
            | Error::NewGone { .. }
            | Error::NewInactive { .. }
            | Error::NoneWorks { .. }
            | Error::Contradicted { .. } => Code::ProviderFailed,
            _ => self.inner().map_or(Code::InvalidConfig, Explain::code),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::NoHome | Error::Journal { .. } => Exit::Configuration,
            _ => self.inner().map_or_else(|| self.code().exit(), Explain::exit),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NotRotatable { help, .. } | Error::TwoKeys { help, .. } => Some(help.clone()),
            Error::NoHome => Some("set HOME or XDG_STATE_HOME".into()),
            Error::Store(problem) => problem.help_instead("set XDG_STATE_HOME to another folder"),
            Error::Journal { fault: Fault::Schema(_), .. } => {
                Some("finish or undo it with the version of xcred that began it".into())
            }
            // It may have the only copy of a secret.
            Error::Journal { fault: Fault::Open { at, .. }, .. } => Some(
                Hint::from("take away their write permission: ")
                    .run(Command::new(["chmod", "go-w"]).argument(at)),
            ),
            Error::Journal { path, fault: Fault::Closed(_) } => {
                Some(Hint::from("make it readable: ").run(Command::new(["chmod", "u+r"]).argument(path)))
            }
            Error::Journal { path, fault } => {
                let what = match fault {
                    Fault::Ahead(_) => {
                        "check this machine's clock; if it is right, see `xcred keys list` for an unused new key, \
                         and put the journal aside: "
                    }
                    _ => {
                        "it may have the only copy of a secret: see `xcred keys list` for the existing keys; to put it \
                         aside: "
                    }
                };
                let aside = Command::new(["mv", "-i"]).argument(path);
                Some(Hint::from(what).run(aside.argument(path.with_extension("unusable"))))
            }
            Error::Unfinished(unfinished) => Some(unfinished.again.ways()),
            Error::Several { way, found } => {
                let commands = found.iter().map(|again| again.command(way)).enumerate();
                Some(commands.fold(Hint::from("name its user: "), |hint, (at, command)| {
                    if at > 0 { hint.say(", ") } else { hint }.run(command)
                }))
            }
            Error::Orphaned { again, .. } => Some(again.ways()),
            Error::Stopped { again, source, .. } => Some(match &**source {
                // Only one way is left, or something comes first.
                Error::NewGone { .. } | Error::NewInactive { .. } | Error::OldGone { .. } => source.help()?,
                Error::Files(profile::Error::HasKey { section, .. }) | Error::Provided { section, .. } => {
                    again.ways_beside(section)
                }
                _ => again.ways(),
            }),
            Error::Needed { source, .. } => {
                Some(source.help()?.say(", and `--force` removes the profile anyway"))
            }
            Error::Undecided { again, way, keys } => {
                let id = keys.first().map(|(id, _)| id.as_str()).unwrap_or_default();
                let [delete, keep] =
                    ["--delete-lost", "--keep"].map(|choice| again.command(way).option(choice, id));
                Some(Hint::from("if it is unused: ").run(delete).say("; to leave it alone: ").run(keep))
            }
            Error::NotListed { again, way, .. } => {
                let keep = again.command(way).option("--keep", "ID");
                let hint = Hint::from("to continue without looking for it: ").run(keep);
                Some(hint.say(", where ID is its ID, or any word if you don't know it"))
            }
            Error::NotLost { id, access, is_recorded, .. } => {
                let delete = access.command("delete").argument(id);
                let delete = if *is_recorded { delete.flag("--even-in-use") } else { delete };
                Some(Hint::from("if it is unused: ").run(delete))
            }
            Error::NewGone { again, .. } => Some(again.way("--undo").say(" rolls it back")),
            Error::NewInactive { again, activation, .. } | Error::NoneWorks { again, activation, .. } => {
                Some(again.ways_after(activation.clone().say("; then ")))
            }
            Error::Elsewhere { old, .. } => {
                Some(format!("remove {old} there, or run this at a terminal to go on anyway").into())
            }
            Error::Saved { again, .. } => {
                Some(Hint::default().run(again.command("--resume")).say(" finishes it"))
            }
            Error::MaybeSaved { again, .. } => {
                Some(Hint::from("put the file back, or finish it: ").run(again.command("--resume")))
            }
            Error::OtherAccount { .. } => Some("name a profile of that account with `--profile`".into()),
            Error::NoneUnfinished { access, others, .. } => Some(match &others[..] {
                [] => Hint::from("run ").run(access.command("list")).say(" to see the keys"),
                [other] => other.ways_after("there is one of another profile: "),
                _ => Hint::from("see those of other profiles: ").run(Command::xcred(["doctor"])),
            }),
            // An earlier attempt may have deleted the key, and the list is out of date.
            Error::Contradicted { .. } => Some("try again in a few minutes".into()),
            Error::Unlisted { .. } => Some("nothing was changed; try again in a few minutes".into()),
            Error::OldGone { again, .. } => Some(again.way("--resume").say(" finishes it")),
            Error::Provided { .. } => Some("give `--save-as` another name".into()),
            Error::Nowhere { old, new, way, again, .. } => {
                let id = new.as_ref().filter(|_| *way == "--resume").unwrap_or(old);
                // A profile of its own: the usual one may hold another key by now.
                let save = Command::set(settings::AWS_ACCESS_KEY_ID.name, id).profile(id);
                let then = Again { access: again.access.with_profile(id), ..again.clone() }.command(way);
                let what = format!("to write {id} to a profile of its own: ");
                Some(Hint::from(what).run(save).say(", then ").run(then))
            }
            _ => self.inner()?.help(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::NotRotatable { origin, .. } => origin.clone(),
            Error::Unfinished(unfinished) => Some(Origin::Cache { path: unfinished.path.clone() }),
            _ => self.inner()?.origin(),
        }
    }
}
