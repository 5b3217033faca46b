//! `xcred list-profiles`: all profiles, or those of the files that can be read.

mod columns;
mod row;
mod viewed;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::mem::ManuallyDrop;
use std::path::Path;

use serde::{Serialize, Serializer};

use self::columns::{COLUMNS, Mark};
use self::row::{Document, Row, print};
use super::Cx;
use crate::chain::{self, Identity};
use crate::checks::{self, Judge, Scene};
use crate::cli::{Format, ListProfiles};
use crate::effective::{self, Active, Selection};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::origin::{Origin, shown};
use crate::profile::{Error, Files, Profile};
use crate::render::{Table, json};
use crate::sdk::Sdk;
use crate::settings;
use crate::ui::Ui;
use crate::view;

/// Runs the command.
pub(super) fn run(args: &ListProfiles, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let sdk = cx.sdk(args.sdk)?;
    if let Some(rules) = sdk.ruled {
        return viewed::run(args, cx, sdk, rules);
    }
    let (files, unread) = Files::read(world).passing_obstacles().in_part();
    // Wiping a large file takes time, and the process ends with this command.
    let files = ManuallyDrop::new(files);
    // botocore reads nothing from a file with a fault.
    files.check()?;
    // Also for a variable that isn't text: it names no profile that could be marked.
    let unnamed = Selection::unnamed();
    let scene = Scene::new(world, &files, &unread, &unnamed, sdk);
    ui.findings(&checks::about_headers(scene));
    ui.findings(&checks::about_paths(scene));
    if ui.is_verbose() {
        let odd = files.both().into_iter().flat_map(|file| view::differences(&file));
        ui.findings(&odd.map(|difference| difference.finding).collect::<Vec<_>>());
    }
    let selection = effective::select(world, None, sdk).unwrap_or_else(|_| Selection::unnamed());
    let scene = Scene { selection: &selection, ..scene };
    if args.format == Format::Json {
        let error = unread.last().filter(|_| !sdk.skips_unreadable).map(json::problem);
        json::print(&Document { profiles: Profiles(scene), error }, ui)?;
        return ended(unread, sdk, ui);
    }
    if args.long && files.available_profiles().next().is_some() {
        let (table, broken) = table(scene, ui);
        let mut out = ui.pieces();
        // `finish` says what went wrong.
        let _ = write!(out, "{table}");
        out.finish()?;
        if broken > 0 {
            let which = if broken == 1 { "the profile".to_owned() } else { format!("the {broken} profiles") };
            let doctor = Hint::from(Command::xcred(["doctor"]));
            ui.help(doctor.say(format!(" says what is wrong with {which} marked with `!`")));
        }
    } else {
        print(files.available_profiles(), ui)?;
    }
    if unread.is_empty() && files.available_profiles().next().is_none() {
        ui.aside("no profiles yet: `xcred configure` sets one up");
    }
    ended(unread, sdk, ui)
}

/// As in `ls`: the readable part is listed, and the exit status is a failure. That is not so for an SDK which takes a file that
/// can't be read for one that doesn't exist.
fn ended(mut unread: Vec<Error>, sdk: Sdk, ui: &Ui) -> Result<Exit, Failure> {
    let first = if sdk.skips_unreadable { None } else { unread.pop() };
    for problem in &unread {
        ui.problem(problem);
    }
    first.map_or(Ok(Exit::Success), |problem| Err(problem.into()))
}

/// The profiles as rows, one of which is in memory at a time.
struct Profiles<'s>(Scene<'s>);

impl Serialize for Profiles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let active = effective::active(self.0.world, self.0.sdk).ok();
        let active = active.as_ref().and_then(Active::name);
        let mut judge = Judge::new(self.0);
        serializer.collect_seq(self.0.files.available().map(|(name, profile)| {
            let Identity { account, role, .. } = Identity::of(&profile);
            Row {
                credentials: credentials(&profile),
                account,
                role,
                region: region(&profile),
                active: Some(&*name) == active,
                origins: profile.places().map(Origin::File).collect(),
                broken: Some(!self.0.files.is_other_reading(&name) && judge.is_broken(name.clone(), profile)),
                name,
            }
        }))
    }
}

/// The provider that a profile's own keys choose.
fn credentials(profile: &Profile<'_>) -> Option<&'static str> {
    chain::leads(profile).next().map(|(provider, ..)| provider.name())
}

fn region<'f>(profile: &Profile<'f>) -> Option<Cow<'f, str>> {
    profile.text(settings::REGION.name).map(settings::shown)
}

/// The table of `--long`, and how many of its profiles can't be right. The active profile has a star.
fn table(scene: Scene<'_>, ui: &Ui) -> (Table<6>, usize) {
    let rows = scene.files.both().map(|file| file.document.sections().len()).iter().sum();
    let table = Table::new(COLUMNS, ui.style().bold()).with_room(rows);
    let mut table = table.without_empty_columns().within(ui.out_columns());
    let active = effective::active(scene.world, scene.sdk).ok();
    let active = active.as_ref().and_then(Active::name);
    let files = ShownFiles::of(scene.files);
    let (mut judge, mut broken) = (Judge::new(scene), 0);
    // Used for every row, of which there may be ten thousand.
    let (mut marked, mut place) = (String::new(), String::new());
    for (name, profile) in scene.files.available() {
        let Identity { account, role, .. } = Identity::of(&profile);
        let (credentials, region) = (credentials(&profile), region(&profile));
        place.clear();
        files.write(profile.lines(), &mut place);
        let is_active = Some(&*name) == active;
        let is_broken = !scene.files.is_other_reading(&name) && judge.is_broken(name.clone(), profile);
        broken += usize::from(is_broken);
        let mark = match (is_broken, is_active) {
            (true, _) => Mark::Broken,
            (false, true) => Mark::Active,
            (false, false) => Mark::None,
        };
        marked.clear();
        marked.extend([mark.text(), &*name]);
        let cells = [
            &*marked,
            credentials.unwrap_or_default(),
            account.as_deref().unwrap_or_default(),
            role.as_deref().unwrap_or_default(),
            region.as_deref().unwrap_or_default(),
            &*place,
        ];
        mark.add(cells, &mut table, ui);
    }
    (table, broken)
}

/// The paths of the two files as texts.
struct ShownFiles {
    /// By [`FileKind`](crate::profile::FileKind).
    each: [String; 2],
    /// The credentials file behind the config file, with a comma: if it is in the same folder, without that folder.
    second: String,
}

impl ShownFiles {
    fn of(files: &Files) -> ShownFiles {
        let [config, credentials] = files.both().map(|file| &**file.path);
        let second = match credentials.file_name() {
            Some(name) if credentials.parent() == config.parent() => Path::new(name),
            _ => credentials,
        };
        ShownFiles {
            each: [config, credentials].map(|path| shown(path).to_string()),
            second: format!(", {}", shown(second)),
        }
    }

    /// Writes where a profile is.
    fn write(&self, lines: [Option<u32>; 2], text: &mut String) {
        let [config, credentials] = &self.each;
        let mut add = |path: &str, line: u32| text.extend([path, ":", itoa::Buffer::new().format(line)]);
        match lines {
            [Some(line), None] => add(config, line),
            [None, Some(line)] => add(credentials, line),
            [Some(first), Some(second)] => {
                add(config, first);
                add(&self.second, second);
            }
            [None, None] => {}
        }
    }
}
