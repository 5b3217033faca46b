//! The rows of a CSV text, by the names of its columns.

use std::collections::BTreeSet;

use super::invalid::{Invalid, NoColumns};
use crate::failure::{Code, Failure};
use crate::profile::SectionName;
use crate::secret::{
    Secret, are_swapped, breaks_line, is_of_aws, is_plausible_access_key_id, is_temporary_key_id,
    is_withheld, odd_access_key_id,
};

/// Separators between the fields of a row. AWS writes commas; what spreadsheets write depends on the country.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A valid row.
pub(super) struct Entry {
    /// The row's place, as messages name it.
    pub(super) place: String,
    pub(super) profile: SectionName,
    pub(super) id: String,
    pub(super) secret: Secret,
    /// What only a paste has.
    pub(super) token: Option<Secret>,
    pub(super) region: Option<String>,
}

/// A row that is not imported: its place, and the reason.
pub(super) type Rejected = (String, Invalid);

/// Where the fields are in a row.
#[derive(Clone, Copy)]
struct Columns {
    user: Option<usize>,
    id: usize,
    secret: usize,
}

/// Whether a single line names the columns of such a text, and so isn't the name of a file.
pub(super) fn is_header(text: &str) -> bool {
    SEPARATORS.into_iter().any(|separator| text.contains(separator) && Columns::find(text, separator).is_ok())
}

/// The valid rows of a text, and the reasons why the others are invalid. `name` is the text's own, `prefix` is put before
/// the names of users; a row without a user is for the profile `own`.
pub(super) fn read(
    name: &str,
    text: &Secret,
    prefix: &str,
    own: impl Fn() -> Result<SectionName, Failure>,
) -> Result<(Vec<Entry>, Vec<Rejected>), Failure> {
    let (text, above, declared) = without_separator_line(text.expose());
    let refused = |message: String| Failure::plain(Code::InvalidConfig, message);
    let (separator, columns) = columns(text, declared).map_err(|reason| {
        refused(format!("{name}: {reason}")).with_help(
            "the first line must name the columns: `User Name,Access key ID,Secret access key`, or only the last two",
        )
    })?;
    let (mut entries, mut rejected): (Vec<Entry>, Vec<Rejected>) = (Vec::new(), Vec::new());
    let (mut taken, mut lines) = (BTreeSet::new(), Lines { text: text.as_bytes(), at: 0, line: 1 });
    for (at, record) in reader(text, separator).into_records().enumerate() {
        let record = record.map_err(|error| refused(format!("{name}: {error}")))?;
        let line = above + lines.of(record.position().map_or(0, csv::Position::byte));
        let place = format!("{name}:{line}: entry {}", at + 1);
        let field = |column: usize| record.get(column).unwrap_or_default();
        let (id, secret) = (field(columns.id), field(columns.secret));
        if let Some(reason) =
            columns.user.and_then(|user| odd_user(field(user), id, secret)).or(odd_key(id, secret))
        {
            rejected.push((place, reason));
            continue;
        }
        let profile = match columns.user {
            Some(user) => SectionName::Profile(format!("{prefix}{}", field(user))),
            None => own()?,
        };
        if taken.insert(profile.name().to_owned()) {
            let (id, secret) = (id.to_owned(), Secret::held(secret));
            entries.push(Entry { place, profile, id, secret, token: None, region: None });
        } else {
            let reason = if columns.user.is_some() { Invalid::RepeatedUser } else { Invalid::SecondKey };
            rejected.push((place, reason));
        }
    }
    if entries.is_empty() && rejected.is_empty() {
        return Err(refused(format!("{name} contains no access keys")));
    }
    Ok((entries, rejected))
}

/// Counts the lines of the text up to each row, in ascending order. The reader's own count has only line feeds, and
/// lags behind the start of a row.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at a byte, or after the line endings there.
    fn of(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let [byte, rest @ ..] = &self.text[self.at.min(self.text.len())..]
            && (self.at < start || matches!(byte, b'\r' | b'\n'))
        {
            self.at += 1;
            self.line += u64::from(*byte == b'\n' || *byte == b'\r' && rest.first() != Some(&b'\n'));
        }
        self.line
    }
}

/// The text without the line in which a spreadsheet names the separator, the number of lines removed, and the
/// separator.
fn without_separator_line(text: &str) -> (&str, u64, Option<char>) {
    let line = text.lines().next().unwrap_or_default();
    let named = line.trim_matches(['"', ' ']).strip_prefix("sep=");
    match named.and_then(|named| named.chars().next()).filter(char::is_ascii) {
        Some(separator) => {
            let rest = text[line.len()..].trim_start_matches('\r');
            (rest.strip_prefix('\n').unwrap_or(rest), 1, Some(separator))
        }
        None => (text, 0, None),
    }
}

/// The separator with which the first line has the columns, and where they are.
fn columns(text: &str, declared: Option<char>) -> Result<(char, Columns), NoColumns> {
    let mut first = None;
    let separators = declared.map_or(SEPARATORS.to_vec(), |declared| vec![declared]);
    for separator in separators {
        match Columns::find(text, separator) {
            Ok(columns) => return Ok((separator, columns)),
            Err(reason) => first = first.or(Some(reason)),
        }
    }
    Err(first.unwrap_or(NoColumns::Neither))
}

impl Columns {
    fn find(text: &str, separator: char) -> Result<Columns, NoColumns> {
        let mut reader = reader(text, separator);
        let Ok(headers) = reader.headers() else { return Err(NoColumns::Neither) };
        let plain = |header: &str| {
            let letters = header.chars().filter(|c| c.is_alphanumeric());
            letters.collect::<String>().to_lowercase()
        };
        let headers: Vec<String> = headers.iter().map(plain).collect();
        let places = |wanted| {
            headers.iter().enumerate().filter(move |(_, header)| *header == wanted).map(|(at, _)| at)
        };
        let find = |wanted| places(wanted).next();
        let (Some(id), Some(secret)) = (find("accesskeyid"), find("secretaccesskey")) else {
            return Err(match (find("accesskeyid"), find("secretaccesskey")) {
                (None, None) => NoColumns::Neither,
                (None, _) => NoColumns::Id,
                _ => NoColumns::Secret,
            });
        };
        if ["username", "accesskeyid", "secretaccesskey"].iter().any(|wanted| places(wanted).count() > 1) {
            return Err(NoColumns::Repeated);
        }
        Ok(Columns { user: find("username"), id, secret })
    }
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    let separator = u8::try_from(separator).unwrap_or(b',');
    csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// Why a user name is invalid. An unclosed quote makes everything after it part of the name.
fn odd_user(user: &str, id: &str, secret: &str) -> Option<Invalid> {
    if user.is_empty() {
        Some(Invalid::NoUser)
    } else if user.contains(breaks_line) {
        Some(Invalid::BrokenUser)
    } else if user == id || user == secret || is_withheld(user) || are_swapped(id, user) {
        Some(Invalid::KeyAsUser)
    } else {
        None
    }
}

/// Why a key is invalid.
fn odd_key(id: &str, secret: &str) -> Option<Invalid> {
    if id.is_empty() {
        Some(Invalid::NoId)
    } else if secret.is_empty() {
        Some(Invalid::NoSecret)
    } else if [id, secret].into_iter().any(has_blank) {
        Some(Invalid::Whitespace)
    } else if are_swapped(id, secret) {
        Some(Invalid::Swapped)
    } else {
        // AWS may make IDs of another length some day.
        let is_whole = is_of_aws(id) && is_plausible_access_key_id(id);
        odd_access_key_id(id).filter(|_| !is_whole).map(Invalid::OddId)
    }
}

fn has_blank(part: &str) -> bool {
    part.contains(|c: char| c.is_whitespace() || breaks_line(c))
}

/// Why a key that may have a session token is invalid.
pub(super) fn odd_keys(id: &str, secret: &Secret, token: Option<&Secret>) -> Option<Invalid> {
    let is_incomplete = is_temporary_key_id(id) && token.is_none();
    let is_broken = || token.is_some_and(|token| has_blank(token.expose()));
    odd_key(id, secret.expose())
        .or(is_incomplete.then_some(Invalid::NoToken))
        .or_else(|| is_broken().then_some(Invalid::TokenWhitespace))
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn csv_rows() {
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let own = || Ok(SectionName::Profile("own".to_owned()));
            let Ok((entries, _)) = read("f", &Secret::new(text), "", own) else { return };
            for Entry { id, secret, .. } in &entries {
                for part in [id, secret.expose()] {
                    assert!(!part.is_empty() && !part.contains(char::is_whitespace));
                    // Quotes are the format's own, wherever they are.
                    let [text, part] = [text, part].map(|text| text.replace('"', ""));
                    assert!(text.contains(&part), "nothing is made up");
                }
            }
        });
    }
}
