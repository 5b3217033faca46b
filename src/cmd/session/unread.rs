//! Files that can't be read, where what a command needs doesn't depend on them.

use super::{Session, has_keys};
use crate::cmd::Cx;
use crate::cmd::findings::unread_effect;
use crate::failure::Failure;
use crate::profile::Error;
use crate::sdk::Sdk;

impl<'w> Session<'w> {
    /// The session of a command that reads values. As [`for_credentials`](Session::for_credentials), it goes on without a file
    /// that can't be read where the environment has credentials and no profile is named.
    pub(in crate::cmd) fn for_values(cx: Cx<'w>, sdk: Sdk) -> Result<Session<'w>, Failure> {
        Session::open(
            cx,
            sdk,
            || Ok(None),
            |reading, selection| reading.unless_needed(!has_keys(cx.world) || selection.is_named()),
        )
    }

    /// Refuses to hand out credentials that a file may override which can't be read, also where the SDK goes on without it.
    pub(super) fn requiring_files(mut self) -> Result<Session<'w>, Error> {
        if self.needs_files() { self.unread.pop().map_or(Ok(self), Err) } else { Ok(self) }
    }

    /// Whether the credentials depend on the files.
    pub(in crate::cmd) fn needs_files(&self) -> bool {
        let is_given = self.explicit.is_some() || has_keys(self.world);
        !is_given || self.selection.is_named()
    }

    /// Reports the files that could not be read.
    pub(in crate::cmd) fn report_unread(&self) {
        for problem in &self.unread {
            self.ui.problem(problem);
            self.ui.note(format_args!("  {}", unread_effect(self.needs_files())));
        }
    }

    /// An error if one of the files could not be read, and the SDK doesn't take that for a missing one.
    pub(in crate::cmd) fn require_read(&mut self) -> Result<(), Error> {
        if self.sdk.skips_unreadable { Ok(()) } else { self.unread.pop().map_or(Ok(()), Err) }
    }
}
