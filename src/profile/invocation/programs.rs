//! The programs and variables that are given the name of a profile.

/// The variable that has a list of profiles: only they can be used.
const ALLOWED: &str = "XCRED_ALLOW";

/// Variables that name a profile for the program behind them.
pub(super) const VARIABLES: [&str; 9] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_VAULT",
    "AWSUME_PROFILE",
    "AWS_SSO_PROFILE",
    "GRANTED_PROFILE",
    "SAML2AWS_PROFILE",
    "XCRED_PROFILE",
    ALLOWED,
];

/// Programs that take a profile as the first word behind a subcommand.
pub(super) const BEHIND_SUBCOMMAND: [&str; 4] = ["xcred", "aws-vault", "aws-okta", "aws-runas"];

/// Programs that take a profile as their first word.
pub(super) const FIRST: [&str; 4] = ["assume", "assumego", "awsume", "aws-runas"];

/// Programs that take a profile as `-p`.
pub(super) const SHORT: [&str; 6] = ["xcred", "aws-sso", "aws-sso-util", "aws2-wrap", "granted", "saml2aws"];

/// Subcommands of xcred that take the profile as an argument.
pub(super) const SUBCOMMANDS: [&str; 10] = [
    "credential-process",
    "export-env",
    "exec",
    "resolve",
    "whoami",
    "console",
    "login",
    "logout",
    "use",
    "status",
];

/// Options behind which an argument isn't their value, and what ends the options.
pub(super) const SWITCHES: [&str; 20] = [
    "--",
    "-v",
    "--verbose",
    "-q",
    "--quiet",
    "--serve",
    "--no-cache",
    "--offline",
    "--unset",
    "--reveal",
    "--read-only",
    "--print",
    "-j",
    "--json",
    "--if-needed",
    "--no-browser",
    "--remote",
    "--use-device-code",
    "--no-session",
    "--server",
];

/// Whether a variable with this value names a profile.
pub(super) fn names(variable: &str, value: &str, profile: &str) -> bool {
    value == profile || variable == ALLOWED && value.split(',').any(|name| name.trim() == profile)
}

/// A program's name without its folder, and without what Windows puts behind it.
pub(super) fn base(word: &str) -> &str {
    let base = word.rsplit(['/', '\\']).next().unwrap_or(word);
    base.strip_suffix(".exe").or_else(|| base.strip_suffix(".EXE")).unwrap_or(base)
}

/// What follows the letter `p` in a word of options of one letter, such as `-p` or `-vpdev`.
pub(super) fn behind_short(word: &str) -> Option<&str> {
    word.strip_prefix('-')?.trim_start_matches(['v', 'q']).strip_prefix('p')
}
