//! The lines of a file as botocore reads them.

use std::collections::BTreeMap;

use super::made::{Made, Twin};
use crate::ini::{Document, FaultKind, Kind, lowered};
use crate::profile::{self, File, FileKind};
use crate::view::heading::Heading;

/// What each line is, the first one at index 0.
pub(super) fn lines<'d>(file: &File<'d>) -> Vec<Made<'d>> {
    let document = file.document;
    let headings: Vec<(u32, Made<'d>)> = headings(file);
    let mut headings = headings.into_iter().peekable();
    let mut made = Vec::with_capacity(document.lines().len());
    let (mut is_read, mut open) = (false, None);
    for (at, line) in document.lines().iter().enumerate() {
        let number = Document::number(at);
        made.push(match line.kind {
            Kind::Header { .. } => {
                let header =
                    headings.next_if(|(line, _)| *line == number).map_or(Made::Nothing, |(_, made)| made);
                is_read =
                    !matches!(header, Made::Header(Heading::Ignored, _) | Made::Header(_, Twin::Under(_)));
                open = None;
                header
            }
            _ if !is_read => Made::Unread,
            Kind::Entry { key, value } => {
                let name = document.text(key);
                open = Some((number, value.is_empty().then(|| name.clone())));
                // Most keys are in lower case, and need no copy.
                let is_lowered = !name.contains(char::is_uppercase);
                let name =
                    if is_lowered { name } else { lowered(key.of(document.bytes())).into_owned().into() };
                Made::Key { name, value: document.text(value) }
            }
            Kind::Continuation { text } => match (&open, document.text(text)) {
                (Some((of, Some(block))), text) => match text.split_once('=') {
                    Some((name, value)) => {
                        let [name, value] = [name, value].map(|text| text.trim().to_owned().into());
                        Made::sub_key(block, *of, name, value)
                    }
                    None => Made::Continues { of: *of },
                },
                (Some((of, None)), _) => Made::Continues { of: *of },
                (None, _) => Made::Nothing,
            },
            Kind::Blank | Kind::Comment | Kind::Stray(_) => Made::Nothing,
        });
    }
    for fault in document.faults() {
        if let Some(line) = made.get_mut((fault.line as usize).saturating_sub(1)) {
            *line = Made::Refused(fault.kind.to_string());
        }
    }
    made
}

/// What each header is, with its line number.
fn headings<'d>(file: &File<'d>) -> Vec<(u32, Made<'d>)> {
    let read: Vec<(u32, Option<Heading>)> = file
        .document
        .sections()
        .map(|section| {
            let text = file.document.text_of(&section);
            let heading = match profile::Heading::read(file.kind, &text) {
                profile::Heading::Profile(name) => Some(Heading::Profile(name.into_owned())),
                profile::Heading::SsoSession(name) => Some(Heading::SsoSession(name.into_owned())),
                profile::Heading::Services(name) => Some(Heading::Services(name.into_owned())),
                profile::Heading::Inherited => None,
                profile::Heading::Other(_) | profile::Heading::Ignored => Some(Heading::Ignored),
            };
            (section.line(), heading)
        })
        .collect();
    // Of the config file's sections with one name the last one counts, and only that. In the credentials file a header is a
    // name of its own, and the same one twice is a fault.
    let is_repeated =
        (file.document.faults().iter()).any(|fault| matches!(fault.kind, FaultKind::RepeatedSection { .. }));
    let mut lines: BTreeMap<&Heading, Vec<u32>> = BTreeMap::new();
    for (line, heading) in &read {
        if let Some(heading) = heading.as_ref().filter(|heading| **heading != Heading::Ignored)
            && file.kind == FileKind::Config
            && !is_repeated
        {
            lines.entry(heading).or_default().push(*line);
        }
    }
    let twin = |line: u32, heading: &Heading| match lines.get(heading).map(Vec::as_slice) {
        Some([.., before, last]) if *last == line => Twin::Over(*before),
        Some([.., last]) if *last != line => Twin::Under(*last),
        _ => Twin::None,
    };
    let made = read.iter().map(|(line, heading)| match heading {
        Some(heading) => (*line, Made::Header(heading.clone(), twin(*line, heading))),
        None => (*line, Made::Inherited),
    });
    made.collect()
}
