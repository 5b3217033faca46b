//! Text that is not of any format: invisible characters, shell words, quotes, similar names.

mod unseen;
pub(crate) mod words;

pub(crate) use unseen::{is_printable, is_unseen};

/// The text between quotes of one kind at both ends, which no reader of AWS's files removes.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// Whether text ends in what other formats take for a comment.
pub(crate) fn looks_commented(text: &str) -> bool {
    text.contains(" #") || text.contains(" ;")
}

/// The candidate that is most similar to `wanted`, if one is similar.
pub(crate) fn nearest<C: AsRef<str>>(wanted: &str, candidates: impl IntoIterator<Item = C>) -> Option<C> {
    let similarity =
        |candidate: &str| strsim::jaro_winkler(&wanted.to_lowercase(), &candidate.to_lowercase());
    let scored = candidates.into_iter().map(|candidate| (similarity(candidate.as_ref()), candidate));
    scored
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
