//! The variables of the environment that matter to a page.

use super::{On, calls, is, reads, resolves};

pub(in crate::manual) const ENVIRONMENT: &[(On, &str, &str)] = &[
    (
        reads,
        "AWS_PROFILE, AWS_DEFAULT_PROFILE",
        "The profile to work on, where `--profile` doesn't name one; the first that is set.",
    ),
    (reads, "AWS_CONFIG_FILE", "The config file, instead of `~/.aws/config`."),
    (reads, "AWS_SHARED_CREDENTIALS_FILE", "The credentials file, instead of `~/.aws/credentials`."),
    (
        calls,
        "HTTPS_PROXY, HTTP_PROXY, NO_PROXY",
        "The proxies for requests, and the hosts that are reached without one.",
    ),
    (
        |page| is(page, &["exec"]),
        "XCRED_CONFIG_FILE, XCRED_SHARED_CREDENTIALS_FILE",
        "The absolute paths of the files that `--serve` hides from the command. xcred still finds them there.",
    ),
    (
        |page| is(page, &["exec", "export-env", "use"]),
        "XCRED_PROFILE, XCRED_KEY_ID, XCRED_REGION",
        "The profile of the credentials in the environment, and the access key ID and the region that it was set with. Other \
         keys are not this profile's, and another region was set by somebody since.",
    ),
    (
        |page| is(page, &["use"]),
        "XCRED_PREVIOUS_PROFILE",
        "The profile that `xcred use -` returns to; `--none` if it is none. `xcred use` sets it.",
    ),
    (|_| true, "HOME", "The home folder, which `~` expands to. If it isn't set, the password file is used."),
    (|_| true, "NO_COLOR", "Where it is set and not empty, `--color auto` means never."),
    (
        |page| resolves(page) || is(page, &["status", "doctor"]),
        "XCRED_ALLOW",
        "The profiles whose credentials may be used, separated by commas; none if it is empty. Keys in the environment or \
         given by options belong to none of them. The source of a role need not be in it; a profile that a `credential_process` \
         gives to xcred must be.",
    ),
    (
        resolves,
        "AI_AGENT, CLAUDECODE, ...",
        "An agent runs xcred, which `exec`, `resolve` and `status` say. The setting `agents.variables` lists these variables; \
         with `agents.read_only` credentials are narrowed while one of them is set.",
    ),
    (resolves, "USER, LOGNAME", "The user in `session.name`. Otherwise the password file is used."),
    (
        |_| true,
        "XCRED_PLAIN",
        "Where it is set and not empty, lists are numbered, the cursor is never moved, and `--color auto` means never, as with \
         `TERM=dumb`.",
    ),
];

pub(in crate::manual) const ENVIRONMENT_OF_GET: (&str, &str) =
    ("The variables of the settings", "They are listed under SETTINGS.");
