//! The files and variables as they are, or with a change: what would each SDK answer then?

use std::borrow::Cow;

use super::super::Cx;
use super::super::prompter::Waits;
use super::super::session::{ResolveOptions, Session};
use super::answer::{self, Essence};
use super::change::Change;
use crate::client;
use crate::ini::Document;
use crate::profile::{FileKind, Files};
use crate::sdk::Sdk;
use crate::world::World;

#[derive(Clone)]
pub(super) struct Scenario<'w> {
    pub(super) world: Cow<'w, World>,
    pub(super) files: Files,
}

impl<'w> Scenario<'w> {
    /// Things as they are. `None` if a file can't be read.
    pub(super) fn of(cx: Cx<'w>) -> Option<Scenario<'w>> {
        let files = Files::read(cx.world).whole().ok()?;
        Some(Scenario { world: Cow::Borrowed(cx.world), files })
    }

    /// Things as they would be.
    pub(super) fn with(&self, change: &Change) -> Scenario<'w> {
        match change {
            Change::Unset { variable } => {
                Scenario { world: Cow::Owned(self.world.without(&[variable])), files: self.files.clone() }
            }
            Change::Export { variable, value } => {
                Scenario { world: Cow::Owned(self.world.with(variable, value)), files: self.files.clone() }
            }
            Change::Line { kind, line, last, text, .. } => {
                self.with_lines(*kind, *line, *last, text.as_deref())
            }
            Change::Unindented { kind, line, text, .. } => {
                self.with_lines(*kind, *line, *line, Some(text.expose()))
            }
            Change::Region { section_end, region, .. } => self.with_lines(
                FileKind::Config,
                *section_end + 1,
                *section_end,
                Some(&format!("region = {region}")),
            ),
        }
    }

    /// The file without the lines from `first` to `last`, counted from 1, and with `text` there.
    fn with_lines(&self, kind: FileKind, first: u32, last: u32, text: Option<&str>) -> Scenario<'w> {
        let bytes = self.files.file(kind).document.bytes();
        let mut changed = Vec::with_capacity(bytes.len() + 64);
        let put = || text.map(|text| [text.as_bytes(), b"\n"].concat()).unwrap_or_default();
        let mut is_put = false;
        for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            if number == first && !is_put {
                changed.extend(put());
                is_put = true;
            }
            if !(first..=last).contains(&number) {
                changed.extend_from_slice(line);
                if !line.ends_with(b"\n") {
                    changed.push(b'\n');
                }
            }
        }
        if !is_put {
            changed.extend(put());
        }
        Scenario { world: self.world.clone(), files: self.files.supposing(kind, Document::parse(changed)) }
    }

    /// What an SDK would answer without asking anybody.
    pub(super) fn essence(&self, sdk: Sdk, cx: Cx<'_>) -> Essence {
        let how = ResolveOptions::plain();
        let answer = || {
            let session = Session::supposing(cx, sdk, &self.world, &self.files).ok()?;
            let context = session.client(&Waits, how);
            let region = context.region();
            let resolution = session.resolve(how).ok()?;
            let address = |service| Some(client::configured_url(&context, service).ok()??.value);
            let addresses = answer::services(&resolution.chain).into_iter().map(address).collect();
            Some(Essence::of(&resolution, region.map(|region| region.value).as_deref()).at(addresses))
        };
        answer().unwrap_or_else(Essence::nothing)
    }
}
