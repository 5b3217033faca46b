//! What `init` prints: a function of each shell that lets `use` change the shell which calls it. A shell is one row, and
//! one file in the folder `init`.

use std::fmt;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::{Shell, elvish, fish, json, posix, powershell, tcsh, xonsh};

/// The word with which the functions call the program: `xcred __evaluated bash use dev` prints what `xcred use dev` has
/// to do in the shell, or nothing for a command that the function has to pass on.
pub const EVALUATED: &str = "__evaluated";

/// The word with which the aliases of tcsh and xonsh call the program after [`EVALUATED`], with its status: it is run as
/// typed if that says so, and ends in the same way otherwise. These shells have no other way to keep the status.
pub const ENDED: &str = "__ended";

/// A shell that `use` can change.
pub struct Init {
    /// The value that names it.
    pub name: &'static str,
    /// Another value that means it.
    alias: Option<&'static str>,
    /// The names of its processes, without versions.
    programs: &'static [&'static str],
    /// What its user adds to `file`.
    pub line: &'static str,
    /// The startup file for `line`.
    pub file: &'static str,
    /// The code that defines the function.
    pub function: &'static str,
    /// What writes the code that the function evaluates.
    pub shell: &'static Shell,
    /// Whether the function can't see whether anything was printed. Nothing is, for a command that it has to pass on to the
    /// program; then the exit status says so, too.
    pub passes_by_status: bool,
}

/// All of them, in the order in which help lists them.
pub const INITS: &[&Init] = &[
    &Init {
        name: "bash",
        alias: None,
        programs: &["bash", "rbash"],
        line: r#"eval "$(xcred init bash)""#,
        file: "~/.bashrc",
        function: include_str!("init/bash.sh"),
        shell: posix::WITH_BUILTINS,
        passes_by_status: false,
    },
    &Init {
        name: "zsh",
        alias: None,
        programs: &["zsh"],
        line: r#"eval "$(xcred init zsh)""#,
        file: "~/.zshrc",
        function: include_str!("init/zsh.zsh"),
        shell: posix::WITH_BUILTINS,
        passes_by_status: false,
    },
    &Init {
        name: "fish",
        alias: None,
        programs: fish::SHELL.programs,
        line: "xcred init fish | source",
        file: "~/.config/fish/config.fish",
        function: include_str!("init/fish.fish"),
        shell: fish::SHELL,
        passes_by_status: false,
    },
    &Init {
        name: "powershell",
        alias: Some("pwsh"),
        programs: powershell::SHELL.programs,
        line: "xcred init powershell | Out-String | Invoke-Expression",
        file: "$PROFILE",
        function: include_str!("init/powershell.ps1"),
        shell: powershell::SHELL,
        passes_by_status: false,
    },
    &Init {
        name: "nushell",
        alias: Some("nu"),
        programs: &["nu", "nushell"],
        line: "source xcred.nu",
        file: "config.nu, after `xcred init nushell | save --force xcred.nu` beside it",
        function: include_str!("init/nushell.nu"),
        shell: json::SHELL,
        passes_by_status: false,
    },
    &Init {
        name: "elvish",
        alias: None,
        programs: elvish::SHELL.programs,
        line: "eval (xcred init elvish | slurp)",
        file: "~/.config/elvish/rc.elv",
        function: include_str!("init/elvish.elv"),
        shell: elvish::SHELL,
        passes_by_status: false,
    },
    &Init {
        name: "xonsh",
        alias: None,
        programs: xonsh::SHELL.programs,
        line: "execx($(xcred init xonsh))",
        file: "~/.xonshrc",
        function: include_str!("init/xonsh.xsh"),
        shell: xonsh::SHELL,
        passes_by_status: false,
    },
    &Init {
        name: "tcsh",
        alias: Some("csh"),
        programs: tcsh::SHELL.programs,
        line: r#"eval "`xcred init tcsh`""#,
        file: "~/.tcshrc",
        function: include_str!("init/tcsh.csh"),
        shell: tcsh::SHELL,
        passes_by_status: true,
    },
];

impl Init {
    /// The shell of this name.
    pub fn named(name: &str) -> Option<&'static Init> {
        INITS.iter().copied().find(|init| init.name == name || init.alias == Some(name))
    }

    /// The shell that calls, by the names of the parent process, if it is one of them.
    pub fn calling(names: impl IntoIterator<Item = impl AsRef<str>>) -> Option<&'static Init> {
        names.into_iter().find_map(|name| {
            let name = super::program_name(name.as_ref());
            INITS.iter().copied().find(|init| init.programs.contains(&name.as_str()))
        })
    }
}

impl fmt::Debug for Init {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl ValueEnum for &'static Init {
    fn value_variants<'a>() -> &'a [&'static Init] {
        INITS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.name);
        Some(match self.alias {
            Some(alias) => value.alias(alias),
            None => value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_recognized_by_its_process() {
        for (names, init) in [
            (&["-bash"][..], Some("bash")),
            (&["zsh-5.9"], Some("zsh")),
            (&["python3.11", "xonsh"], Some("xonsh")),
            (&["bsd-csh"], Some("tcsh")),
            (&["nu"], Some("nushell")),
            (&["dash"], None),
            (&["make"], None),
        ] {
            assert_eq!(Init::calling(names.iter().copied()).map(|init| init.name), init, "{names:?}");
        }
        assert!(INITS.iter().all(|init| Init::named(init.name).is_some()));
    }
}
