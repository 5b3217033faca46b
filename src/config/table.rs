//! The settings: a new one is a row here and a field of [`Config`](super::Config).

use Values::{Described, Explained, Program, Words};

use super::Name;
use crate::sdk;
use crate::shell;
use crate::text::listed;

pub(crate) struct Setting {
    /// The dotted name. In that of a setting which exists once for `each` of something, `*` takes the place of its name.
    name: &'static str,
    /// What has the setting, each of its own, such as a profile.
    each: Option<&'static str>,
    values: Values,
    meaning: &'static str,
}

/// The valid values of a setting.
#[derive(Clone, Copy)]
enum Values {
    /// One of these words.
    Words(&'static [&'static str]),
    /// One of these words, and why there are no others.
    Explained(&'static [&'static str], &'static str),
    /// In words: the values can't be listed.
    Described(&'static str),
    /// A program and its arguments, which may hold a secret; in words.
    Program(&'static str),
}

const BOOLEAN: Values = Words(&["true", "false"]);

const PROGRAM: Values = Program("a program and its arguments, on one line");

const COMMAND: Values = Program("a program and its arguments, on one line, with balanced quotes");

const PROFILE_NAME: Values = Described(
    "a template of {account_name}, {account_id}, {role_name}, {email} and {session}, such as {account_name}/{role_name}",
);

/// In the order in which they are listed.
pub(super) static SETTINGS: &[Setting] = &[
    Setting::new(
        "export.format",
        Words(&shell::NAMES),
        "Format of export-env [default: the calling shell's]",
    ),
    Setting::new(
        "export.variable",
        Explained(
            &shell::FOR_PROMPTS,
            "AWS_VAULT or AWSUME_PROFILE; with AWS_PROFILE, programs would look the profile up again and \
         ignore the exported keys",
        ),
        "Variable that use, export-env and exec also set to the profile's name, for prompts that show \
         it: AWS_VAULT or AWSUME_PROFILE [default: none]",
    ),
    Setting::new("sdk", Words(&sdk::NAMES), "Tool whose precedence rules to follow [default: aws-cli]"),
    Setting::new(
        "cache.roles",
        BOOLEAN,
        "Cache the credentials of roles on disk until they expire [default: true]",
    ),
    Setting::new("cache.processes", BOOLEAN, "Also cache the output of credential_process [default: false]"),
    Setting::new(
        "process.timeout",
        Described("a number of seconds from 1 to 86400"),
        "Seconds that a credential_process or an MFA program may run [default: 300]",
    ),
    Setting::new(
        "mfa.command",
        COMMAND,
        "Program that prints the code of an MFA device [default: ask for the code]",
    ),
    Setting::new("mfa.devices.*", COMMAND, "The same for one device [default: mfa.command]").each("SERIAL"),
    Setting::new(
        "mfa.session",
        BOOLEAN,
        "Ask for one MFA code in 12 hours: keep a session of the user, and assume its roles with it \
         [default: false]",
    ),
    Setting::new(
        "session.name",
        Described(
            "a template of {user}, {host}, {profile}, {agent} and {pid}, for names of at least 2 letters \
         or digits",
        ),
        "Names in CloudTrail of sessions without a role_session_name, such as {user}@{host} [default: \
         the SDK's]",
    ),
    Setting::new(
        "login.flow",
        Words(&["auto", "browser", "device"]),
        "How to sign in to IAM Identity Center: in a browser, or with a device code; auto takes a \
         device code for profiles without an sso_session and where there is no browser [default: \
         auto]",
    ),
    Setting::new(
        "login.port",
        Described("a port from 1 to 65535"),
        "Local port to which the browser returns after a sign-in [default: any free port]",
    ),
    Setting::new(
        "login.browser",
        PROGRAM,
        "Program that opens the sign-in page [default: BROWSER, otherwise the desktop's browser]",
    ),
    Setting::new(
        "sync.name",
        PROFILE_NAME,
        "Names of the profiles that sso sync adds [default: {account_name}/{role_name}]",
    ),
    Setting::new("sync.sessions.*", PROFILE_NAME, "The same for one session [default: sync.name]")
        .each("NAME"),
    Setting::new(
        "agents.variables",
        Described("names of variables, at least one, separated by commas"),
        "Variables that show that an AI agent runs xcred [default: AI_AGENT, CLAUDECODE and those of \
         other agents]",
    ),
    Setting::new(
        "agents.read_only",
        BOOLEAN,
        "Narrow every profile as profiles.NAME.read_only does while such a variable is set [default: \
         false]",
    ),
    Setting::new(
        "profiles.*.account",
        Described("an account ID of 12 digits"),
        "Account that the credentials of the profile must belong to",
    )
    .each("NAME"),
    Setting::new(
        "profiles.*.confirm",
        BOOLEAN,
        "Ask on the terminal before handing out the credentials of the profile [default: false]",
    )
    .each("NAME"),
    Setting::new(
        "profiles.*.read_only",
        BOOLEAN,
        "Narrow the credentials of the profile to AWS's policy ReadOnlyAccess, as --read-only does \
         [default: false]",
    )
    .each("NAME"),
    Setting::new(
        "profiles.*.policy_arns",
        Described("ARNs of managed policies, or names of policies of AWS, separated by commas"),
        "Narrow the credentials of the profile to these managed policies, as --policy-arn does",
    )
    .each("NAME"),
];

/// What takes the place of `each` in a name.
pub(super) const EACH: &str = "*";

impl Setting {
    const fn new(name: &'static str, values: Values, meaning: &'static str) -> Setting {
        Setting { name, each: None, values, meaning }
    }

    const fn each(self, each: &'static str) -> Setting {
        Setting { each: Some(each), ..self }
    }

    /// Whether its value is a program and its arguments.
    pub(super) fn is_program(&self) -> bool {
        matches!(self.values, Program(_))
    }

    /// A valid value, to follow "expected".
    pub(super) fn expected(&self) -> String {
        match self.values {
            Words(words) => listed(words, "or"),
            Explained(_, text) | Described(text) | Program(text) => text.to_owned(),
        }
    }

    /// The valid values, if they can be listed.
    pub(super) fn words(&self) -> &'static [&'static str] {
        match self.values {
            Words(words) | Explained(words, _) => words,
            Described(_) | Program(_) => &[],
        }
    }

    pub(super) fn of(name: &Name) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.is(name))
    }

    pub(super) fn is(&self, name: &Name) -> bool {
        self.parts().count() == name.parts().len() && self.begins_with(name)
    }

    /// Whether the first parts of its name can be these.
    fn begins_with(&self, name: &Name) -> bool {
        let mut parts = self.parts();
        name.parts().iter().all(|part| parts.next().is_some_and(|own| own == EACH || own == part))
    }

    /// The parts of its name, one of them perhaps [`EACH`].
    pub(super) fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.name.split('.')
    }

    /// Whether `table` is one of the tables that the setting is in.
    pub(super) fn is_in(&self, table: &Name) -> bool {
        table.parts().len() < self.parts().count() && self.begins_with(table)
    }

    /// Its name, if `text` is one whose quotes a shell has removed.
    pub(super) fn unquoted(&self, text: &str) -> Option<Name> {
        let (before, behind) = self.name.split_once(EACH)?;
        let each = text.strip_prefix(before)?.strip_suffix(behind)?;
        (!each.is_empty() && !each.contains(['"', '\''])).then(|| self.name_for(each))
    }

    pub(super) fn name_for(&self, each: &str) -> Name {
        self.parts().fold(Name::of([]), |name, part| name.child(if part == EACH { each } else { part }))
    }

    /// What is before the name of that which it is for.
    pub(super) fn table(&self) -> Option<&'static str> {
        Some(self.name.split_once(EACH)?.0.trim_end_matches('.'))
    }

    /// Its name, with what `name` has for that which it is for.
    pub(super) fn pattern_for(&self, name: &Name) -> String {
        let at = self.parts().position(|part| part == EACH);
        let own = at.and_then(|at| name.parts().get(at)).filter(|part| !part.is_empty());
        match own {
            Some(own) => self.name_for(own).to_string(),
            None => self.name.replace(EACH, self.each.unwrap_or_default()),
        }
    }

    fn pattern(&self) -> String {
        self.each.map_or_else(|| self.name.to_owned(), |each| self.name.replace(EACH, &format!("\"{each}\"")))
    }
}

/// The names of the settings and what they mean; of those for each of something, what is before its name.
pub(super) fn names() -> impl Iterator<Item = (String, &'static str)> {
    SETTINGS.iter().map(|setting| {
        let (before, _) = setting.name.split_once(EACH).unwrap_or((setting.name, ""));
        (before.to_owned(), setting.meaning)
    })
}

/// The table, for `config --help`.
pub(crate) fn manual() -> String {
    let mut text = String::from("Settings:\n");
    for setting in SETTINGS {
        // Broken by clap, a line goes on where it begins.
        text.push_str(&format!("  {}\n      {}\n", setting.pattern(), setting.meaning));
    }
    text.push_str(&format!("\nThe formats are {}.\n", shell::NAMES.join(", ")));
    text.push_str(
        "\nAn MFA program is split into words as a shell does, and run without a shell. XCRED_MFA_SERIAL in its \
         environment is the device's serial number; the first line of its standard output is the code.\n\
         \nWith `mfa.session`, profiles with a user's keys and an mfa_serial return that session too; it satisfies policies that require \
         MFA. A role with a duration_seconds of more than an hour still asks for a code: STS gives a session no more. So does a \
         role that refuses the session, once, because it may demand a newer code.\n\
         \nIn `session.name`, {profile} is the profile that has the role, {host} the name of this machine up to its first dot, and \
         {agent} the agent that runs xcred, or nothing. What STS doesn't accept becomes `-`. The option `--session-name` and \
         role_session_name take precedence; with `--sdk`, names are those of the SDK.\n\
         \nThe settings below `profiles` are guards. They fail closed: where one is unknown, misspelled, in a wrong table or can't be \
         checked, the profile isn't used. The account is proved by the credentials themselves, or else by asking STS once. Credentials that \
         nothing can narrow are refused; `--role-arn` assumes a role with them, which is narrowed. Options can narrow further, \
         but never add a policy that the guards don't name. Guards follow a profile that is renamed or copied.\n\
         \nThe file is $XDG_CONFIG_HOME/xcred/config.toml, or ~/.config/xcred/config.toml.",
    );
    text
}
