//! The settings: a new one is a row here and a field of [`Config`](super::Config).

use toml_edit::{Array, DocumentMut, Value, de};

use super::{Config, Error, Name, file, nearest};
use crate::sdk;
use crate::shell;

pub(crate) struct Setting {
    /// The dotted name. If there is one setting for `each` of something, `*` stands for it.
    name: &'static str,
    /// What `*` stands for.
    each: Option<&'static str>,
    /// A valid value, to follow "expected".
    pub(super) expected: &'static str,
    /// The valid values, if they can be listed.
    pub(super) words: &'static [&'static str],
    meaning: &'static str,
}

/// In the order in which they are listed.
pub(super) static SETTINGS: [Setting; 21] = [
    Setting {
        name: "export.format",
        each: None,
        expected: "posix, fish, powershell, cmd, nushell, elvish, tcsh, xonsh, dotenv or json",
        words: &shell::NAMES,
        meaning: "Format of export-env [default: the calling shell's]",
    },
    Setting {
        name: "export.variable",
        each: None,
        expected: "AWS_VAULT or AWSUME_PROFILE; with AWS_PROFILE, programs would look the profile up again and ignore the \
                   exported keys",
        words: &shell::FOR_PROMPTS,
        meaning: "Variable that use, export-env and exec also set to the profile's name, for prompts that show it: AWS_VAULT or \
             AWSUME_PROFILE [default: none]",
    },
    Setting {
        name: "sdk",
        each: None,
        expected: "aws-cli, boto3, rust, js, go, java or ruby",
        words: &sdk::NAMES,
        meaning: "Tool whose precedence rules to follow [default: aws-cli]",
    },
    Setting {
        name: "cache.roles",
        each: None,
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Cache the credentials of roles on disk until they expire [default: true]",
    },
    Setting {
        name: "cache.processes",
        each: None,
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Also cache the output of credential_process [default: false]",
    },
    Setting {
        name: "process.timeout",
        each: None,
        expected: "a number of seconds from 1 to 86400",
        words: &[],
        meaning: "Seconds that a credential_process or an MFA program may run [default: 300]",
    },
    Setting {
        name: "mfa.command",
        each: None,
        expected: "a program and its arguments, on one line",
        words: &[],
        meaning: "Program that prints the code of an MFA device [default: ask for the code]",
    },
    Setting {
        name: "mfa.devices.*",
        each: Some("SERIAL"),
        expected: "a program and its arguments, on one line",
        words: &[],
        meaning: "The same for one device [default: mfa.command]",
    },
    Setting {
        name: "mfa.session",
        each: None,
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Ask for one MFA code in 12 hours: keep a session of the user, and assume its roles with it [default: false]",
    },
    Setting {
        name: "session.name",
        each: None,
        expected: "a template of {user}, {host}, {profile}, {agent} and {pid}, for names of at least 2 letters or digits",
        words: &[],
        meaning: "Names in CloudTrail of sessions without a role_session_name, such as {user}@{host} [default: the SDK's]",
    },
    Setting {
        name: "login.flow",
        each: None,
        expected: "auto, browser or device",
        words: &["auto", "browser", "device"],
        meaning: "How to sign in to IAM Identity Center: in a browser, or with a device code; auto takes a device code for profiles \
             without an sso_session and where there is no browser [default: auto]",
    },
    Setting {
        name: "login.port",
        each: None,
        expected: "a port from 1 to 65535",
        words: &[],
        meaning: "Local port to which the browser returns after a sign-in [default: any free port]",
    },
    Setting {
        name: "login.browser",
        each: None,
        expected: "a program and its arguments, on one line",
        words: &[],
        meaning: "Program that opens the sign-in page [default: BROWSER, otherwise the desktop's browser]",
    },
    Setting {
        name: "sync.name",
        each: None,
        expected: "a template such as {account_name}/{role_name}",
        words: &[],
        meaning: "Names of the profiles that sso sync adds [default: {account_name}/{role_name}]",
    },
    Setting {
        name: "sync.sessions.*",
        each: Some("NAME"),
        expected: "a template such as {account_name}/{role_name}",
        words: &[],
        meaning: "The same for one session [default: sync.name]",
    },
    Setting {
        name: "agents.variables",
        each: None,
        expected: "names of variables, at least one, separated by commas",
        words: &[],
        meaning: "Variables that show that an AI agent runs xcred [default: AI_AGENT, CLAUDECODE and those of other agents]",
    },
    Setting {
        name: "agents.read_only",
        each: None,
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Narrow every profile as profiles.NAME.read_only does while such a variable is set [default: false]",
    },
    Setting {
        name: "profiles.*.account",
        each: Some("NAME"),
        expected: "an account ID of 12 digits",
        words: &[],
        meaning: "Account that the credentials of the profile must belong to",
    },
    Setting {
        name: "profiles.*.confirm",
        each: Some("NAME"),
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Ask on the terminal before handing out the credentials of the profile [default: false]",
    },
    Setting {
        name: "profiles.*.read_only",
        each: Some("NAME"),
        expected: "true or false",
        words: &["true", "false"],
        meaning: "Narrow the credentials of the profile to AWS's policy ReadOnlyAccess, as --read-only does [default: false]",
    },
    Setting {
        name: "profiles.*.policy_arns",
        each: Some("NAME"),
        expected: "ARNs of managed policies, or names of policies of AWS, separated by commas",
        words: &[],
        meaning: "Narrow the credentials of the profile to these managed policies, as --policy-arn does",
    },
];

/// What stands for `each` in a name.
pub(super) const EACH: &str = "*";

impl Setting {
    pub(super) fn of(name: &Name) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.is(name))
    }

    fn is(&self, name: &Name) -> bool {
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

    pub(crate) fn require(name: &Name) -> Result<&'static Setting, Error> {
        Setting::of(name).ok_or_else(|| Error::Unknown { name: name.clone(), nearest: nearest(name) })
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

    /// The value for `text` from the command line. A list is separated by commas.
    pub(super) fn value(&self, name: &Name, text: &str) -> Result<Value, Error> {
        let switch = text.parse::<bool>().map(Value::from).ok();
        let number = text.parse::<i64>().map(Value::from).ok();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let list: Array = items.collect();
        [switch, number, Some(Value::from(text)), Some(list.clone().into())]
            .into_iter()
            .flatten()
            .find(|value| is_valid(name, value))
            .ok_or_else(|| self.invalid(name, &list))
    }

    fn invalid(&self, name: &Name, list: &Array) -> Error {
        let (name, expected) = (name.clone(), self.expected);
        match invalid_item(&name, list) {
            Some(item) => Error::Item { name, item, expected },
            None => Error::Value { name, expected },
        }
    }

    fn pattern(&self) -> String {
        self.each.map_or_else(|| self.name.to_owned(), |each| self.name.replace(EACH, &format!("\"{each}\"")))
    }
}

pub(super) fn is_valid(name: &Name, value: &Value) -> bool {
    let mut document = DocumentMut::new();
    file::insert(&mut document, name, value);
    de::from_document::<Config>(document).is_ok()
}

/// The first item of a list that is invalid on its own, if others can be valid: the setting is a list.
pub(super) fn invalid_item(name: &Name, list: &Array) -> Option<String> {
    let is_list = |item: &Value| is_valid(name, &[item.clone()].into_iter().collect());
    let is_of_texts = is_list(&"A".into());
    let invalid = list.iter().find(|item| !is_list(item)).filter(|_| is_of_texts)?;
    Some(invalid.as_str().map_or_else(|| invalid.clone().decorated("", "").to_string(), str::to_owned))
}

/// The names of the settings and what they mean; of those for each of something, what is before its name.
pub(super) fn names() -> impl Iterator<Item = (String, &'static str)> {
    SETTINGS.iter().map(|setting| {
        let (before, _) = setting.name.split_once(EACH).unwrap_or((setting.name, ""));
        (before.to_owned(), setting.meaning)
    })
}

/// The valid values of a setting, if they can be listed.
pub(crate) fn values(name: &str) -> &'static [&'static str] {
    name.parse().ok().and_then(|name| Setting::of(&name)).map_or(&[], |setting| setting.words)
}

/// The table, for `config --help`.
pub(crate) fn manual() -> String {
    let mut text = String::from("Settings:\n");
    for setting in &SETTINGS {
        // Broken by clap, a line goes on where it begins.
        text.push_str(&format!("  {}\n      {}\n", setting.pattern(), setting.meaning));
    }
    text.push_str(&format!("\nThe formats are {}.\n", shell::NAMES.join(", ")));
    text.push_str(
        "\nAn MFA program is split into words as a shell does, and run without a shell. XCRED_MFA_SERIAL in its \
         environment is the device's serial number; the first line of its standard output is the code.\n\
         \nWith `mfa.session`, profiles with a user's keys and an mfa_serial give that session too. It does IAM requests that demand \
         MFA. A role with a duration_seconds of more than an hour still asks for a code: STS gives a session no more. So does a \
         role that refuses the session, once, because it may demand a newer code.\n\
         \nIn `session.name`, {profile} is the profile that has the role, {host} the name of this machine up to its first dot, and \
         {agent} the agent that runs xcred, or nothing. What STS doesn't accept becomes `-`. The option `--session-name` and \
         role_session_name take precedence; with `--sdk`, names are those of the SDK.\n\
         \nThe settings below `profiles` are guards. They fail closed: where one is unknown, misspelt, in a wrong table or can't be \
         checked, the profile isn't used. The account is proved by the credentials themselves, or else by asking STS once. Credentials that \
         nothing can narrow are refused; `--role-arn` assumes a role with them, which is narrowed. Options can narrow further, \
         but never add a policy that the guards don't name. Guards follow a profile that is renamed or copied.\n\
         \nThe file is $XDG_CONFIG_HOME/xcred/config.toml, or ~/.config/xcred/config.toml.",
    );
    text
}
