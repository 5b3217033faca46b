//! What the AWS access portal offers for pasting, as a file or on standard input: one section for each profile, or
//! variables of a shell without a section.

use std::collections::BTreeSet;

use super::invalid::Invalid;
use super::rows::{Entry, Rejected, odd_keys};
use super::source::Source;
use crate::cmd::configure::key::Key;
use crate::cmd::configure::pasted::{Line, Part, Pasted};
use crate::failure::Failure;
use crate::profile::SectionName;
use crate::secret::Secret;

/// The lines of one profile.
struct Block {
    line: usize,
    /// None for the lines before the first header.
    profile: Option<String>,
    pasted: Pasted,
    /// The line with a second value, and what it is.
    repeated: Option<(usize, Part)>,
}

/// Whether a text has this form: its first line that says something is one of a paste.
pub(super) fn is_paste(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    lines.next().is_some_and(|line| Line::all(line).next().is_some())
}

/// The valid keys, and the reasons why others are invalid. `own` is the profile of an option, or that of lines without
/// a section; `is_named` says whether an option names it.
pub(super) fn read(
    source: &Source,
    prefix: &str,
    is_named: bool,
    own: impl Fn() -> Result<SectionName, Failure>,
) -> Result<(Vec<Entry>, Vec<Rejected>), Failure> {
    let (mut entries, mut rejected, mut taken) = (Vec::new(), Vec::new(), BTreeSet::new());
    for Block { line, profile, pasted, repeated } in blocks(source.text.expose()) {
        if let Some((line, part)) = repeated {
            rejected.push((format!("{}:{line}", source.name), Invalid::Repeated(part)));
            continue;
        }
        let place = format!("{}:{line}", source.name);
        let Key { id, secret, token, region } = pasted.into();
        let id = id.unwrap_or_default();
        let secret = secret.unwrap_or_else(|| Secret::new(""));
        if let Some(reason) = odd_keys(&id, &secret, token.as_ref()) {
            rejected.push((place, reason));
            continue;
        }
        let profile = match profile {
            Some(name) if !is_named => SectionName::Profile(format!("{prefix}{name}")),
            _ => own()?,
        };
        if taken.insert(profile.name().to_owned()) {
            entries.push(Entry { place, profile, id, secret, token, region });
        } else {
            rejected.push((place, Invalid::SecondKey));
        }
    }
    Ok((entries, rejected))
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        let block = |profile| Block { line: line_number, profile, pasted: Pasted::default(), repeated: None };
        for line in Line::all(line) {
            if let Line::Header(name) = line {
                blocks.push(block(Some(name).filter(|name| !name.is_empty())));
                continue;
            }
            if blocks.is_empty() {
                blocks.push(block(None));
            }
            if let Some(last) = blocks.last_mut() {
                last.pasted.add(line);
                last.repeated = last.repeated.or(last.pasted.repeated.map(|part| (line_number, part)));
            }
        }
    }
    blocks
}
