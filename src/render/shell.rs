//! The shells, and which of them is calling.

use clap::ValueEnum;

/// What reads the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// sh, bash, zsh, dash, ksh
    #[value(aliases = ["sh", "bash", "zsh", "dash", "ksh"])]
    Posix,
    /// fish
    Fish,
    /// PowerShell, on every system
    #[value(alias = "pwsh")]
    Powershell,
    /// The command prompt of Windows
    Cmd,
    /// Nushell
    #[value(alias = "nu")]
    Nushell,
    /// Elvish
    Elvish,
    /// tcsh, csh
    #[value(alias = "csh")]
    Tcsh,
    /// xonsh
    Xonsh,
    /// A file of assignments, as python-dotenv, Node and Compose read it
    Dotenv,
    /// One JSON object; null stands for a variable to be removed
    Json,
}

impl Shell {
    /// The shell that one of these process names belongs to; a name that belongs to none says nothing.
    ///
    /// `$SHELL` is not asked: it names the shell that the user logs in with, and a script in another one that
    /// was given its code would run it.
    pub fn recognise<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Shell> {
        names.into_iter().find_map(|name| {
            // `-bash` is a login shell; `zsh-5.9`, `ksh93` and `pwsh-preview` name a version.
            let name = name.trim_start_matches('-').trim_start_matches("bsd-");
            let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
            match name[..end].to_ascii_lowercase().as_str() {
                "sh" | "bash" | "rbash" | "zsh" | "dash" | "ash" | "busybox" | "ksh" | "mksh" | "pdksh"
                | "oksh" | "yash" => Some(Shell::Posix),
                "fish" => Some(Shell::Fish),
                "pwsh" | "powershell" => Some(Shell::Powershell),
                "cmd" => Some(Shell::Cmd),
                "nu" | "nushell" => Some(Shell::Nushell),
                "elvish" => Some(Shell::Elvish),
                "csh" | "tcsh" => Some(Shell::Tcsh),
                "xonsh" => Some(Shell::Xonsh),
                _ => None,
            }
        })
    }

    /// Its name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Shell::Posix => "a POSIX shell",
            Shell::Fish => "fish",
            Shell::Powershell => "PowerShell",
            Shell::Cmd => "the command prompt",
            Shell::Nushell => "Nushell",
            Shell::Elvish => "Elvish",
            Shell::Tcsh => "tcsh",
            Shell::Xonsh => "xonsh",
            Shell::Dotenv => "a dotenv file",
            Shell::Json => "JSON",
        }
    }

    /// How the text is put to use.
    pub fn usage(self) -> &'static str {
        match self {
            Shell::Posix => r#"eval "$(xcred export-env)""#,
            Shell::Fish => "xcred export-env | source",
            Shell::Powershell => "xcred export-env | Out-String | Invoke-Expression",
            Shell::Cmd => r#"for /f "delims=" %i in ('xcred export-env --format cmd') do @%i"#,
            Shell::Nushell => "xcred export-env --format json | from json | load-env",
            Shell::Elvish => "eval (xcred export-env | slurp)",
            Shell::Tcsh => r#"eval "`xcred export-env`""#,
            Shell::Xonsh => "execx($(xcred export-env))",
            Shell::Dotenv => "xcred export-env --format dotenv > .env",
            Shell::Json => "xcred export-env --format json | jq -r .AWS_REGION",
        }
    }

    /// What the text begins with, whatever comes of it. Alone it makes the evaluation fail, so it is written before
    /// anything is done that can end the program without a word.
    ///
    /// Most are the beginning of one compound statement, so that a shell runs all of the text or nothing.
    pub fn opening(self) -> &'static str {
        match self {
            Shell::Posix | Shell::Fish | Shell::Tcsh => "false",
            Shell::Powershell => "if($true){",
            Shell::Cmd => "set xcred_failed",
            Shell::Nushell => "if true {\n",
            Shell::Elvish => "{ ",
            Shell::Xonsh => "try:\n",
            // Nothing is run: an empty document is what no reader mistakes for an identity.
            Shell::Dotenv | Shell::Json => "",
        }
    }

    /// The text that makes the shell's evaluation of it fail and does nothing else. It begins with
    /// [`opening`](Shell::opening).
    pub fn failure(self) -> &'static str {
        match self {
            Shell::Posix | Shell::Fish | Shell::Tcsh => "false;\n",
            Shell::Powershell => "if($true){throw 'xcred export-env failed'};\n",
            // Not `exit /b`, which closes the window where there is no batch file to leave.
            Shell::Cmd => "set xcred_failed\r\ncmd /c exit 1\r\n",
            Shell::Nushell => "if true {\nerror make {msg: \"xcred export-env failed\"} }\n",
            Shell::Elvish => "{ fail 'xcred export-env failed' };\n",
            Shell::Xonsh => "try:\n raise RuntimeError('xcred export-env failed')\nfinally:\n pass\n",
            Shell::Dotenv | Shell::Json => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::Shell;
    use crate::render::{Environment, code};
    use crate::secret::Secret;

    #[test]
    fn every_text_begins_with_what_fails_alone() {
        let environment = Environment::new([("AWS_REGION", Secret::new("eu-west-1"))]).unwrap();
        for shell in Shell::value_variants() {
            let text = code(*shell, &environment).unwrap();
            assert!(text.expose().starts_with(shell.opening()), "{shell:?}");
            assert!(shell.failure().starts_with(shell.opening()), "{shell:?}");
        }
    }

    #[test]
    fn shells_are_known_by_their_process() {
        for (names, shell) in [
            (&["bash"][..], Some(Shell::Posix)),
            (&["-zsh"], Some(Shell::Posix)),
            (&["ksh93"], Some(Shell::Posix)),
            (&["fish (deleted)"], Some(Shell::Fish)),
            (&["pwsh-preview"], Some(Shell::Powershell)),
            (&["cmd.exe"], Some(Shell::Cmd)),
            (&["PowerShell.exe"], Some(Shell::Powershell)),
            (&["python3.11", "xonsh"], Some(Shell::Xonsh)),
            (&["bsd-csh"], Some(Shell::Tcsh)),
            (&["nu"], Some(Shell::Nushell)),
            (&["env", "make", "", "-", "nuclear", "json"], None),
            (&[], None),
        ] {
            assert_eq!(Shell::recognise(names.iter().copied()), shell, "{names:?}");
        }
    }
}
