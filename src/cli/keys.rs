//! The command line of `xcred keys`. Doc comments here are the help texts.

use clap::{Args, Subcommand};

use super::{Expecting, Format};

/// The subcommands of `keys`.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List access keys: status, age, last use, and where each is used on this machine
    List(List),
    /// Show when and for what a key was last used
    LastUsed(LastUsed),
    /// Create an access key and write it into a profile
    Create(Create),
    /// Activate a key
    Activate(KeyRef),
    /// Deactivate a key
    Deactivate(Deactivate),
    /// Delete a key permanently
    Delete(Delete),
    /// Replace the profile's key with a new one everywhere it appears on this machine
    Rotate(Rotate),
}

#[derive(Debug, Args)]
#[command(after_help = "With `--older-than`, exit code 1 means that at least one key is older.")]
pub struct List {
    /// User whose keys to list [default: the caller]
    #[arg(long, value_name = "NAME", conflicts_with = "all_users")]
    pub user: Option<String>,
    /// List the keys of all users of the account
    #[arg(long)]
    pub all_users: bool,
    /// List only keys that are older than this: `90d`, `12w`, `36h`
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub older_than: Option<jiff::SignedDuration>,
    #[command(flatten)]
    pub expecting: Expecting,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct LastUsed {
    /// ID of the key
    pub id: String,
    #[command(flatten)]
    pub expecting: Expecting,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The new key is first saved in a file only you can read, then written to the profile or printed. If anything interrupts \
this, `--resume` finishes it and `--undo` deletes the key again.")]
pub struct Create {
    /// User to create the key for [default: the caller]
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Profile to write the key to
    #[arg(long, value_name = "PROFILE", required_unless_present_any = ["show_secret", "resume", "undo"])]
    pub save_as: Option<String>,
    /// Replace the profile's existing key
    #[arg(long, requires = "save_as")]
    pub overwrite: bool,
    /// Print the key ID and the secret access key
    #[arg(long)]
    pub show_secret: bool,
    #[command(flatten)]
    pub expecting: Expecting,
    /// Finish an interrupted creation
    #[arg(long, conflicts_with_all = ["undo", "save_as", "overwrite", "show_secret"])]
    pub resume: bool,
    /// Roll back an interrupted creation
    #[arg(long, conflicts_with_all = ["save_as", "overwrite", "show_secret"])]
    pub undo: bool,
    #[command(flatten)]
    pub lost: Lost,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

// What to do with a key whose secret may have been lost.
#[derive(Debug, Args)]
pub struct Lost {
    /// Delete this key, whose secret was lost when the request was interrupted
    #[arg(long, value_name = "ID")]
    pub delete_lost: Vec<String>,
    /// Keep this key: it belongs to someone else
    #[arg(long, value_name = "ID")]
    pub keep: Vec<String>,
}

// The key that a command is about.
#[derive(Debug, Args)]
pub struct KeyRef {
    /// ID of the key
    pub id: String,
    /// User that owns the key [default: ask IAM]
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    #[command(flatten)]
    pub expecting: Expecting,
}

#[derive(Debug, Args)]
pub struct Deactivate {
    #[command(flatten)]
    pub key: KeyRef,
    /// Do it even if the key is in use on this machine
    #[arg(long)]
    pub even_in_use: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
An active key is deleted only after asking. `--yes` confirms this for keys that were never used; for others add \
`--even-active`, or deactivate the key first and see what stops working.")]
pub struct Delete {
    #[command(flatten)]
    pub key: KeyRef,
    /// Don't ask
    #[arg(short, long)]
    pub yes: bool,
    /// Do it even if the key is active and was used
    #[arg(long)]
    pub even_active: bool,
    /// Do it even if the key is in use on this machine
    #[arg(long)]
    pub even_in_use: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The new key is first saved in a file only you can read, then tested, then written everywhere the old one is; then the \
old one is deactivated. If anything interrupts this, `--resume` finishes it and `--undo` rolls it back. A key whose \
secret may have been lost in the interruption is deleted only after asking, or with `--delete-lost ID`.")]
pub struct Rotate {
    /// Delete the old key at the end without asking
    #[arg(long)]
    pub delete: bool,
    /// Delete the user's other key first if it is inactive and unused for 30 days
    #[arg(long, conflicts_with_all = ["resume", "undo"])]
    pub delete_inactive: bool,
    /// Don't ask before starting
    #[arg(short, long)]
    pub yes: bool,
    #[command(flatten)]
    pub expecting: Expecting,
    /// Finish an interrupted rotation
    #[arg(long, conflicts_with = "undo")]
    pub resume: bool,
    /// Roll back an interrupted rotation
    #[arg(long, conflicts_with = "delete")]
    pub undo: bool,
    #[command(flatten)]
    pub lost: Lost,
}

/// The greatest age. No key is older.
const MOST_HOURS: i64 = 1_000_000;

/// An age such as `90d`.
fn age(text: &str) -> Result<jiff::SignedDuration, String> {
    let wrong = || "write a number and d, w or h: `90d`".to_owned();
    let (number, hours) = match text.char_indices().next_back() {
        Some((at, 'd')) => (&text[..at], 24),
        Some((at, 'w')) => (&text[..at], 24 * 7),
        Some((at, 'h')) => (&text[..at], 1),
        _ => return Err(wrong()),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let hours = number.parse::<i64>().ok().and_then(|number| number.checked_mul(hours));
    let hours = hours.filter(|hours| *hours <= MOST_HOURS);
    hours
        .map(jiff::SignedDuration::from_hours)
        .ok_or_else(|| format!("the greatest age is {}d, more than a hundred years", MOST_HOURS / 24))
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn an_age_has_a_unit() {
        for (text, hours) in [("90d", 2160), ("2w", 336), ("36h", 36), ("0d", 0)] {
            assert_eq!(age(text), Ok(jiff::SignedDuration::from_hours(hours)), "{text}");
        }
        for text in ["", "90", "d", "-1d", "+1d", "9é", "1.5d"] {
            assert_eq!(age(text), Err("write a number and d, w or h: `90d`".to_owned()), "{text}");
        }
    }

    #[test]
    fn an_age_that_is_too_great_is_said_to_be() {
        assert!(age("41666d").is_ok());
        for text in ["41667d", "1000001h", "99999999999999999999d"] {
            let message = "the greatest age is 41666d, more than a hundred years";
            assert_eq!(age(text), Err(message.to_owned()), "{text}");
        }
    }
}
