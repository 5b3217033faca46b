//! What the pages say about exit statuses, files and variables.

mod environment;

use crate::failure::Exit;

pub(super) use environment::{ENVIRONMENT, ENVIRONMENT_OF_GET};

/// Whether a paragraph belongs on a page.
type On = fn(&str) -> bool;

/// Whether a page is a command's, or that of a command below it.
fn is(page: &str, commands: &[&str]) -> bool {
    let command = page.strip_prefix("xcred-").unwrap_or_default();
    commands
        .iter()
        .any(|name| command.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

fn is_program(page: &str) -> bool {
    page == "xcred"
}

/// Commands that resolve credentials, for which they may run programs and call services.
fn resolves(page: &str) -> bool {
    is_program(page)
        || is(
            page,
            &[
                "resolve",
                "whoami",
                "use",
                "export-env",
                "exec",
                "credential-process",
                "console",
                "keys",
                "get",
            ],
        )
}

/// Commands that list what IAM Identity Center gives access to.
fn lists(page: &str) -> bool {
    is(page, &["sso"])
}

/// Commands that call services.
fn calls(page: &str) -> bool {
    resolves(page) || lists(page)
}

/// Commands that edit the files of AWS.
fn edits(page: &str) -> bool {
    is_program(page)
        || is(
            page,
            &["configure", "set", "unset", "profile", "doctor", "keys-create", "keys-rotate", "sso-sync"],
        )
}

/// Commands that read AWS's files.
fn reads(page: &str) -> bool {
    is_program(page) || !is(page, &["config", "init", "completions", "man"])
}

/// Commands that a user signs in or out with.
fn signs_in(page: &str) -> bool {
    is(page, &["login", "logout"])
}

/// Commands that name one of xcred's own settings.
fn names_own_setting(page: &str) -> bool {
    page == "xcred-config" || is(page, &["config-get", "config-set", "config-unset"])
}

fn rotates_keys(page: &str) -> bool {
    page == "xcred-keys" || is_program(page) || is(page, &["keys-create", "keys-rotate"])
}

pub(super) const EXIT_STATUS: &[(On, Exit, &str)] = &[
    (|page| !is(page, &["exec", "status"]), Exit::Success, "Done."),
    (
        |page| is(page, &["status"]),
        Exit::Success,
        "Done, also where a service would have to be asked for the credentials. With `--prompt`, always.",
    ),
    (
        |page| is(page, &["exec"]),
        Exit::Success,
        "The command succeeded. The exit status is the command's: xcred replaces itself with it, or ends as it did with \
         `--serve`.",
    ),
    (
        |page| is_program(page) || is(page, &["get", "config-get"]),
        Exit::NoValue,
        "`get` and `config get`: the setting isn't set, and nothing is printed.",
    ),
    (
        |page| is_program(page) || is(page, &["doctor"]),
        Exit::NoValue,
        "`doctor`: there is a finding that is an error or a warning.",
    ),
    (
        |page| is_program(page) || page == "xcred-keys" || is(page, &["keys-list"]),
        Exit::NoValue,
        "`keys list --older-than`: there is such a key.",
    ),
    (
        |page| is_program(page) || is(page, &["exec"]),
        Exit::CommandNotExecutable,
        "`exec`: the command can't be executed.",
    ),
    (
        |page| is_program(page) || is(page, &["exec"]),
        Exit::CommandNotFound,
        "`exec`: the command was not found.",
    ),
    (
        |page| {
            resolves(page) && !is(page, &["keys"]) || is(page, &["configure", "set", "sso"]) || signs_in(page)
        },
        Exit::Interrupted,
        "Interrupted by Ctrl-C, at a prompt or during a request. Nothing was written unless xcred says so, and the terminal echoes again.",
    ),
    (
        |page| is(page, &["profile-remove"]),
        Exit::Interrupted,
        "Interrupted by Ctrl-C, or the question was answered with no. Nothing was written.",
    ),
    (
        |page| is(page, &["keys"]),
        Exit::Interrupted,
        "Interrupted by Ctrl-C, at a prompt or during a request, or a question was answered with no. `--resume` or `--undo` continues what `keys create` or \
         `keys rotate` had begun.",
    ),
    (|page| !names_own_setting(page), Exit::Usage, "The command line is invalid."),
    (
        names_own_setting,
        Exit::Usage,
        "The command line is invalid, or names a setting that xcred doesn't have or a value that the setting can't have.",
    ),
    (
        resolves,
        Exit::Configuration,
        "The configuration is invalid: no credentials, an unknown profile, a file that can't be read or parsed, an access \
         key ID without its secret access key, a sign-in that is missing or has expired. Or the profile may not be used: by a \
         guard, by `--expect-account` or by `XCRED_ALLOW`; or nothing can narrow its credentials.",
    ),
    (
        lists,
        Exit::Configuration,
        "The configuration is invalid: an unknown profile or session, one that doesn't use IAM Identity Center, a file that \
         can't be read or parsed, a sign-in that is missing or has expired.",
    ),
    (
        |page| reads(page) && !calls(page) && !edits(page) && !signs_in(page) && !is(page, &["status"]),
        Exit::Configuration,
        "The configuration is invalid: an unknown profile, or a file that can't be read or parsed.",
    ),
    (
        |page| is(page, &["status"]),
        Exit::Configuration,
        "The configuration is invalid: an unknown profile, or a file that can't be read or parsed. Or there are no credentials, or \
         those of the profile can't be had: the error says why.",
    ),
    (
        |page| edits(page) && !is(page, &["keys"]),
        Exit::Configuration,
        "The edit is not possible: an unknown profile, a file that can't be read or parsed, or a value that could not be \
         read back from the file unchanged.",
    ),
    (
        |page| is(page, &["config"]),
        Exit::Configuration,
        "The settings file can't be parsed, or a value in it is invalid.",
    ),
    (
        signs_in,
        Exit::Configuration,
        "The profile or the session has no sign-in, or its settings are incomplete; with `--status`, the sign-in has ended.",
    ),
    (
        |page| is(page, &["login"]),
        Exit::Service,
        "The service refused, the user declined, or the code expired.",
    ),
    (
        signs_in,
        Exit::Other,
        "Any other failure: the sign-in timed out, the network, a disk, a port that is in use.",
    ),
    (calls, Exit::Service, "An AWS service refused."),
    (
        calls,
        Exit::Other,
        "Any other failure: the network, a service that failed, a disk, permissions, a program that failed.",
    ),
    (|page| !calls(page) && !signs_in(page), Exit::Other, "Any other failure: a disk or permissions."),
];

pub(super) const FILES: &[(On, &str, &str)] = &[
    (
        reads,
        "~/.aws/config",
        "The config file: everything but credentials, unless a profile keeps them here.",
    ),
    (
        reads,
        "~/.aws/credentials",
        "The credentials file: `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token`.",
    ),
    (
        |page| resolves(page) || is(page, &["doctor", "status", "login", "logout"]),
        "~/.aws/cli/cache/",
        "Cached credentials of roles, shared with AWS CLI. While a process requests credentials it locks their file here; \
         the others wait for it. An empty file is such a lock.",
    ),
    (
        |page| calls(page) || is(page, &["doctor", "status", "login", "logout"]),
        "~/.aws/sso/cache/",
        "Sign-ins to IAM Identity Center, which AWS CLI and the SDKs use, too, and the registrations of this program as a client.",
    ),
    (
        |page| resolves(page) || is(page, &["doctor", "status", "login", "logout"]),
        "~/.aws/login/cache/",
        "Sign-ins to the console, which AWS CLI and the SDKs use, too. `AWS_LOGIN_CACHE_DIRECTORY` names another folder.",
    ),
    (
        |page| resolves(page) || is(page, &["doctor", "status"]),
        "/etc/boto.cfg, ~/.boto",
        "boto2's files, in which botocore looks for access keys. `BOTO_CONFIG` names another one.",
    ),
    (
        |page| resolves(page) || is(page, &["config", "login", "profile", "sso-sync", "status", "doctor"]),
        "~/.config/xcred/config.toml",
        "xcred's own settings and the guards of profiles: see xcred-config(1). `XDG_CONFIG_HOME` names another folder than `~/.config`.",
    ),
    (
        resolves,
        "~/.local/state/xcred/accounts/",
        "The accounts that STS has named for access key IDs, so that it is asked once. It has no secrets. It is ignored if \
         others can write to it. `XDG_STATE_HOME` names another folder than `~/.local/state`.",
    ),
    (
        rotates_keys,
        "~/.local/state/xcred/rotations/",
        "The journals of unfinished creations and rotations of access keys, one file for each, which only you can read. \
         They contain new keys until these are saved. `lock` is held while one is being worked on. `XDG_STATE_HOME` names another \
         folder than `~/.local/state`.",
    ),
    (
        |page| resolves(page) || is(page, &["login"]),
        "~/.local/state/xcred/sign-ins/",
        "Empty files that are locked while a sign-in is refreshed, so that one process does it for all. Where they can't be \
         made or locked, a sign-in is refreshed without, with a warning. `XDG_STATE_HOME` names another folder than \
         `~/.local/state`.",
    ),
    (
        |page| is(page, &["use"]),
        "~/.local/state/xcred/recent/profiles",
        "The names of the profiles that were used last, for the order of the list. `XDG_STATE_HOME` names another folder than \
         `~/.local/state`.",
    ),
    (
        |page| edits(page) || is(page, &["config"]),
        "~/.local/state/xcred/saves/",
        "Copies of files that can't be replaced and are being written in place. The next edit restores them if the process \
         was killed. `XDG_STATE_HOME` names another folder than `~/.local/state`.",
    ),
    (
        |page| edits(page) || is(page, &["config"]),
        ".NAME.xcred-new, .NAME.xcred-with-ID, .NAME.xcred-kept",
        "Beside a file `NAME` while it is being saved. The next edit settles what a killed process left. There are no lock \
         files for edits: the folder itself is locked.",
    ),
];
