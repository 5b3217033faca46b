//! `xcred keys`: the access keys of IAM users. One file for each verb.

mod caller;
mod copies;
mod create;
mod creation;
mod delete;
mod last_used;
mod list;
mod room;
mod rotate;
mod saving;
mod shown;
mod status;
mod target_key;

use super::Cx;
use crate::cli::keys::Keys;
use crate::failure::{Exit, Failure};

pub(super) fn run(args: &Keys, cx: Cx<'_>) -> Result<Exit, Failure> {
    match args {
        Keys::List(args) => list::run(args, cx),
        Keys::LastUsed(args) => last_used::run(args, cx),
        Keys::Create(args) => create::run(args, cx),
        Keys::Activate(args) => status::activate(args, cx),
        Keys::Deactivate(args) => status::deactivate(args, cx),
        Keys::Delete(args) => delete::run(args, cx),
        Keys::Rotate(args) => rotate::run(args, cx),
    }
}
