//! The refresh of a sign-in, which one process does for all that need it: a refresh token may be used once only.
//!
//! A process looks without a lock first, which is the usual case. If little time is left, it takes the lock of this
//! sign-in, looks again, and sends the request only if no other process has done so meanwhile. AWS CLI and the SDKs don't
//! know the lock, so what they write in between is kept if it lasts. A sign-out in between stays one.
//!
//! The lock is a file in the folder for xcred's own state, and ends with its process. It isn't the lock of edits: a service
//! that doesn't answer must not keep others from their files. Where it can't be had, as on a read-only disk, the sign-in is
//! refreshed without it, as by AWS CLI and the SDKs. Then another process may be refreshing it, too, and this one waits for
//! what the other one saves.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::Notice;
use super::cached::{Cached, Members};
use super::error::{Error, Fault};
use crate::client::Context;
use crate::secret::Secret;
use crate::service::Caller;
use crate::store::{self, Held, Problem};
use crate::text::hex;
use crate::world::{NoHome, World};

/// How long to wait for another process that refreshes the same sign-in.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a request for a refresh may take while the old sign-in is still of use. The services respond within a second or two;
/// what is cut off may have been processed, and the next refresh token be lost.
const PATIENCE_WITH_OLD: Duration = Duration::from_secs(20);

/// How long to wait for other processes that save the same file without a lock, which takes milliseconds.
const PATIENCE_TO_SAVE: Duration = Duration::from_secs(2);

/// How long to wait until the file is looked at again.
const PAUSE_TO_SAVE: Duration = Duration::from_millis(5);

/// How long this process doesn't repeat a refresh that failed.
const PAUSE: Duration = Duration::from_secs(30);

/// When the refreshes of this process failed, by file, and whether the service denied them.
static FAILED: Mutex<Option<HashMap<PathBuf, (Instant, bool)>>> = Mutex::new(None);

/// How one kind of sign-in is refreshed.
pub(super) trait Refresh {
    /// What was issued last: two versions of a file with the same one are the same sign-in.
    fn issued<'m>(&self, members: &'m Members) -> Option<&'m str>;

    /// Whether so little time is left that it should be refreshed.
    fn is_due(&self, members: &Members) -> bool;

    /// How long the old sign-in is still of use; `None` if it is of none.
    fn left(&self, members: &Members) -> Option<Duration>;

    /// Sends the request, to a client that is [`patient`] for the time left. Returns the members of the refreshed sign-in.
    fn request(&self, members: &Members) -> Result<Members, Failed>;
}

/// A refresh that gave nothing to be used.
pub(super) struct Failed {
    error: Box<Error>,
    /// The old sign-in with its next refresh token, if one came all the same.
    rest: Option<Members>,
}

impl Failed {
    pub(super) fn new(error: Error, old: &Members, refresh_token: Option<Secret>) -> Failed {
        let with_next = |next: Secret| {
            let mut members = old.clone();
            members.insert("refreshToken".to_owned(), next.expose().into());
            members
        };
        Failed { error: Box::new(error), rest: refresh_token.map(with_next) }
    }
}

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Failed {
        Failed { error: Box::new(error.into()), rest: None }
    }
}

/// The client of a refresh: a service that doesn't respond must not use up the time that is `left` for the old sign-in.
pub(super) fn patient(client: Caller<'_>, left: Option<Duration>) -> Caller<'_> {
    match left {
        Some(left) => client.without_retries().within(left.min(PATIENCE_WITH_OLD)),
        None => client,
    }
}

/// The refreshed sign-in, or the one that another process has refreshed, and what the user should know of that.
///
/// After an error the old one may still be used while it lasts. With `--offline` nothing is locked, sent or written.
pub(super) fn refresh(
    sign_in: &impl Refresh,
    cached: &Cached,
    context: &Context<'_>,
) -> Result<(Members, Option<Notice>), Error> {
    if context.offline {
        // It ends where the request would be sent.
        let old = cached.read()?;
        cached.check()?;
        return sign_in.request(&old).map(|members| (members, None)).map_err(|failed| *failed.error);
    }
    if let Some(was_denied) = has_just_failed(&cached.path) {
        return Err(Error::FailedBefore { was_denied });
    }
    let refreshed = locked(sign_in, cached, context);
    if let Err(error) = &refreshed {
        let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert_default().insert(cached.path.clone(), (Instant::now(), error.is_denial()));
    }
    refreshed
}

/// Whether the service denied a refresh that has just failed. `None` if none has.
fn has_just_failed(path: &Path) -> Option<bool> {
    let failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, was_denied) = *failed.as_ref()?.get(path)?;
    (at.elapsed() < PAUSE).then_some(was_denied)
}

fn locked(
    sign_in: &impl Refresh,
    cached: &Cached,
    context: &Context<'_>,
) -> Result<(Members, Option<Notice>), Error> {
    let left = cached.read().ok().and_then(|old| sign_in.left(&old));
    let patience = left.map_or(PATIENCE, |left| left.min(PATIENCE));
    let (lock, notice) = match lock_within(patience, cached, context) {
        Ok(lock) => (Some(lock), None),
        Err(error) if is_without_lock(&error) => {
            let (sign_in, error) = (cached.sign_in.clone(), Box::new(error));
            (None, Some(Notice::Unlocked { sign_in, error }))
        }
        Err(error) => return Err(error),
    };
    let old = cached.read()?;
    if !sign_in.is_due(&old) {
        return Ok((old, None));
    }
    // Afterwards the old refresh token may be worth nothing, so the new one must find its place.
    alone(|| cached.try_out(&old))?;
    let fresh = match sign_in.request(&old) {
        Ok(fresh) => fresh,
        Err(Failed { error, rest: Some(rest) }) => {
            save(sign_in, cached, &old, &rest)?;
            return Err(*error);
        }
        Err(Failed { error, rest: None }) => {
            // Another process may have used the refresh token before. One with the lock has saved what it got.
            let is_early = lock.is_none() && error.is_refusal();
            let patience = if is_early { PATIENCE_TO_SAVE } else { Duration::ZERO };
            let now = refreshed_by_another(sign_in, cached, patience);
            return now.map(|now| (now, None)).ok_or(*error);
        }
    };
    Ok((save(sign_in, cached, &old, &fresh)?, notice))
}

/// Saves what has become of the `old` sign-in, unless there is another one by now. Returns the one that is left.
fn save(sign_in: &impl Refresh, cached: &Cached, old: &Members, fresh: &Members) -> Result<Members, Error> {
    let choose = |now: Members| {
        // A sign-in in between may be another user's, whatever ends later.
        let is_old = sign_in.issued(&now) == sign_in.issued(old);
        if is_old || sign_in.is_due(&now) { fresh.clone() } else { now }
    };
    let start = Instant::now();
    loop {
        if let Some(left) = alone(|| cached.update(choose))? {
            return Ok(left);
        }
        match cached.read() {
            // AWS CLI makes the file empty before it writes.
            Ok(_) | Err(Error::Required { fault: Fault::Unreadable, .. })
                if start.elapsed() < PATIENCE_TO_SAVE =>
            {
                thread::sleep(PAUSE_TO_SAVE);
            }
            // The other program hasn't completed it, and the old refresh token may no longer work.
            Err(Error::Required { fault: Fault::Unreadable, .. }) => {
                alone(|| cached.write(fresh))?;
                return Ok(fresh.clone());
            }
            Ok(_) => return Ok(fresh.clone()),
            Err(error) => return Err(error),
        }
    }
}

/// The sign-in as another process has refreshed it, which may be about to save it.
fn refreshed_by_another(sign_in: &impl Refresh, cached: &Cached, patience: Duration) -> Option<Members> {
    let start = Instant::now();
    loop {
        let now = cached.read().ok().filter(|now| !sign_in.is_due(now));
        if now.is_some() || start.elapsed() >= patience {
            return now;
        }
        thread::sleep(PAUSE_TO_SAVE);
    }
}

/// The sign-in in a file that may be empty because another program is about to write it.
pub(super) fn read_when_written(cached: &Cached) -> Result<Members, Error> {
    let start = Instant::now();
    let is_empty = || std::fs::metadata(&cached.path).is_ok_and(|found| found.is_file() && found.len() == 0);
    loop {
        match cached.read() {
            Err(Error::Required { fault: Fault::Unreadable, .. })
                if start.elapsed() < PATIENCE_TO_SAVE && is_empty() =>
            {
                thread::sleep(PAUSE_TO_SAVE);
            }
            read => return read,
        }
    }
}

/// Waits while another process, which has no lock either, saves the same file.
fn alone<T>(save: impl Fn() -> Result<T, Problem>) -> Result<T, Problem> {
    let start = Instant::now();
    loop {
        match save() {
            Err(problem) if problem.is_taken() && start.elapsed() < PATIENCE_TO_SAVE => {
                thread::sleep(PAUSE_TO_SAVE);
            }
            saved => return saved,
        }
    }
}

/// Whether the lock can't be had, for a reason that waiting doesn't change: also for what is where it should be.
fn is_without_lock(error: &Error) -> bool {
    match error {
        Error::Store(problem) => problem.is_without_lock() || problem.is_obstacle(),
        Error::Required { fault: Fault::NoHome(_), .. } => true,
        _ => false,
    }
}

/// Replaces a sign-in by a new one. A process that refreshes the old one ends first: what it gets may last longer, but is
/// the old user's.
pub(super) fn replace(cached: &Cached, members: &Members, context: &Context<'_>) -> Result<(), Error> {
    // The user has signed in, so it is kept even if the other process doesn't end.
    let _lock = lock(cached, context);
    Ok(cached.write(members)?)
}

pub(super) fn lock(cached: &Cached, context: &Context<'_>) -> Result<Held, Error> {
    lock_within(PATIENCE, cached, context)
}

fn lock_within(patience: Duration, cached: &Cached, context: &Context<'_>) -> Result<Held, Error> {
    let path = lock_of(&cached.path, context.world);
    let path = path.map_err(|no_home| cached.required(Fault::NoHome(no_home)))?;
    let waiting = || context.progress.show("another process that refreshes the same sign-in");
    Ok(store::hold_within(&path, patience, waiting)?)
}

/// The lock of a sign-in, named after the file in which it is cached.
fn lock_of(path: &Path, world: &World) -> Result<PathBuf, NoHome> {
    let name = hex(&Sha256::digest(path.as_os_str().as_encoded_bytes()));
    let folder = world.state_folder();
    let folder = folder.ok_or_else(|| NoHome { path: "~/.local/state".into() })?;
    Ok(folder.join("sign-ins").join(name))
}
