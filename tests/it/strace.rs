//! The kernel's answers, changed by strace: what a run asked of the kernel, and the same run with one of the answers
//! replaced by an error, or killed in the place of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::disk::{around, skip};
use crate::harness::{Outcome, Sandbox, with_default_signals};

/// One question to the kernel that was about a file of the sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// Which one of its name it was, counted from 1 and from the start of the program.
    pub(crate) nth: usize,
    /// As strace writes it, every descriptor with the path of its file.
    pub(crate) text: String,
}

impl Call {
    /// The ways in which a call fails on real disks.
    pub(crate) fn errors(&self) -> &'static [&'static str] {
        let any = |names: &[&str]| names.contains(&self.name.as_str());
        match self.name.as_str() {
            // Only a build with debug assertions asks this, of every descriptor that it closes.
            "fcntl" => &[],
            // Where it can't be had, there is none.
            "fallocate" => &["EDQUOT", "EFBIG", "EINTR", "EIO", "ENOSPC", "EOPNOTSUPP"],
            _ if any(&["open", "openat", "openat2"]) => &[
                "EACCES",
                "EDQUOT",
                "EINTR",
                "EIO",
                "EISDIR",
                "EMFILE",
                "ENFILE",
                "ENOMEM",
                "ENOSPC",
                "EOPNOTSUPP",
                "EPERM",
                "EROFS",
                "ESTALE",
            ],
            _ if any(&["write", "pwrite64", "writev", "ftruncate"]) => {
                &["EDQUOT", "EFBIG", "EINTR", "EIO", "ENOSPC", "EPERM"]
            }
            _ if any(&["fsync", "fdatasync"]) => &["EDQUOT", "EINTR", "EINVAL", "EIO", "ENOSPC", "EROFS"],
            _ if any(&["link", "linkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat"]) => &[
                "EACCES", "EBUSY", "EDQUOT", "EEXIST", "EIO", "EMLINK", "ENOENT", "ENOMEM", "ENOSPC",
                "EPERM", "EROFS", "EXDEV",
            ],
            _ if any(&["unlink", "unlinkat"]) => &["EACCES", "EBUSY", "EIO", "ENOENT", "EPERM", "EROFS"],
            _ if self.name.starts_with("fch") => &["EDQUOT", "EINTR", "EIO", "ENOSPC", "EPERM", "EROFS"],
            _ if self.name.contains("xattr") => {
                &["EACCES", "EIO", "ENOSPC", "EOPNOTSUPP", "EPERM", "ERANGE", "EROFS"]
            }
            "flock" => &["EAGAIN", "EINTR", "EIO", "ENOLCK", "EOPNOTSUPP"],
            "close" => &["EDQUOT", "EINTR", "EIO", "ENOSPC"],
            // The questions: what is there, what is in it, may I?
            _ => &["EACCES", "EINTR", "EIO", "ELOOP", "ENOMEM", "EPERM", "EROFS", "ESTALE"],
        }
    }

    /// What must not keep an edit from being made.
    pub(crate) fn may_fail_with(&self, error: &str) -> bool {
        match self.name.as_str() {
            // The library doesn't ask again for a folder to be listed, nor for a change of owner.
            "openat" => {
                error == "EINTR" && !self.text.contains("O_DIRECTORY") || self.text.contains("O_TMPFILE")
            }
            "close" => true,
            "read" | "write" | "fsync" | "fchmod" => error == "EINTR",
            "flock" => error == "EAGAIN",
            name if name.ends_with("xattr") => error == "EOPNOTSUPP" && name.contains("get"),
            _ => false,
        }
    }
}

/// Whether strace can be had; if not, says so.
pub(crate) fn is_there() -> bool {
    static THERE: OnceLock<bool> = OnceLock::new();
    *THERE.get_or_init(|| {
        let sandbox = Sandbox::new();
        let command = sandbox.command();
        let arguments =
            ["-f", "-qq", "-o", "/dev/null", "-e", "inject=close:error=EIO:when=999", "/bin/true"];
        let tried = around("strace", &arguments, &command).output();
        let why = match tried {
            Ok(output) if output.status.success() => return true,
            Ok(output) => format!("strace doesn't work: {}", String::from_utf8_lossy(&output.stderr)),
            Err(error) => format!("strace cannot be run: {error}"),
        };
        skip("the injection of faults", &why);
        false
    })
}

/// What a run asks of the kernel about the files of the sandbox, in order.
pub(crate) fn trace(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Call> {
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let (code, _, stderr) = strace(sandbox, log.path(), &["-y"], arguments).ended();
    assert_eq!(code, Some(0), "{stderr}");
    let text = fs::read_to_string(log.path()).expect("a log");
    let home = sandbox.home().to_str().expect("UTF-8");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        // The number of the process, the name, its arguments in parentheses.
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let Some((name, _)) = call.split_once('(') else { continue };
        let nth = counts.entry(name).or_default();
        *nth += 1;
        if call.contains(home) && name != "execve" {
            calls.push(Call { name: name.to_owned(), nth: *nth, text: call.to_owned() });
        }
    }
    assert!(!calls.is_empty(), "nothing about {home} in {text}");
    calls
}

/// The same run with one call (or with `and_later`, every one of its name from there on) that fails with `error`.
pub(crate) fn failing(
    sandbox: &Sandbox,
    call: &Call,
    error: &str,
    and_later: bool,
    arguments: &[&str],
) -> Outcome {
    let when = if and_later { "+" } else { "" };
    injected(sandbox, call, &format!("error={error}:when={}{when}", call.nth), arguments)
}

/// The same run, killed when it is about to make the call.
pub(crate) fn killed(sandbox: &Sandbox, call: &Call, arguments: &[&str]) {
    let (code, _, stderr) =
        injected(sandbox, call, &format!("signal=KILL:when={}", call.nth), arguments).ended();
    assert_eq!(code, None, "{call:?}: {stderr}");
}

/// The same run with a signal at the call, which is made all the same.
pub(crate) fn signaled(sandbox: &Sandbox, call: &Call, signal: &str, arguments: &[&str]) -> Outcome {
    injected(sandbox, call, &format!("signal={signal}:when={}", call.nth), arguments)
}

fn injected(sandbox: &Sandbox, call: &Call, what: &str, arguments: &[&str]) -> Outcome {
    let (traced, inject) = (format!("trace={}", call.name), format!("inject={}:{what}", call.name));
    strace(sandbox, Path::new("/dev/null"), &["-e", &traced, "-e", &inject], arguments)
}

fn strace(sandbox: &Sandbox, log: &Path, options: &[&str], arguments: &[&str]) -> Outcome {
    let log = log.to_str().expect("UTF-8");
    let command = sandbox.command();
    let mut strace = around("strace", &["-f", "-qq", "-o", log], &command);
    // The name of the working folder would stand in every call.
    strace.current_dir("/").args(options).arg(command.get_program()).args(arguments);
    sandbox.finish(with_default_signals(strace), "")
}
