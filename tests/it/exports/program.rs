//! The shells themselves, as this machine has them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::harness::{Outcome, Sandbox};
use crate::peers::{made_once, run, target_dir, tool};

const NUSHELL: &str = "0.108.0";

/// The program `name`, or nothing where it can't be had, which is told. Where `CI` is set the shells that every
/// distribution has must be there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let found = match name {
        "xonsh" => return tool("xonsh"),
        "nu" => nushell(),
        name => on_path(name),
    };
    if found.is_none() {
        let must = ["bash", "busybox", "dash", "elvish", "fish", "ksh", "mksh", "tcsh", "yash", "zsh"]
            .contains(&name);
        let ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty());
        assert!(!(must && ci), "there is no `{name}`, and CI is set");
        // Past the capture of the test harness, which would swallow this for a test that passes.
        let _ = writeln!(
            std::io::stderr(),
            "xcred: there is no `{name}`: what it makes of the text is not tested"
        );
    }
    found
}

/// Lets a shell run a script in which `xcred` is the program.
pub(crate) fn run_by(sandbox: &Sandbox, shell: &Path, arguments: &[&str], script: &str) -> Outcome {
    let program = sandbox.command();
    let folder = Path::new(program.get_program()).parent().expect("a folder").display().to_string();
    let mut command = Command::new(shell);
    command.args(arguments).arg(script).current_dir(sandbox.home()).env_clear();
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", format!("{folder}:/usr/bin:/bin"));
    sandbox.finish(command, "")
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"];
    folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}

/// Nushell is in no distribution; npm has its executable.
fn nushell() -> Option<PathBuf> {
    static NU: OnceLock<Option<PathBuf>> = OnceLock::new();
    NU.get_or_init(|| {
        let installed = on_path("nu");
        if installed.is_some() {
            return installed;
        }
        let home = target_dir().join("peers").join(format!("nushell-{NUSHELL}"));
        let install = || {
            // The package is only the executable: no script has to run.
            run(Command::new("npm")
                .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
                .arg(&home)
                .arg(format!("nushell@{NUSHELL}")))
            .map(drop)
        };
        made_once(&home, install).ok()?;
        let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
        let system = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
        let path = home.join(format!("node_modules/@nushell/{system}-{architecture}/bin/nu"));
        path.is_file().then_some(path)
    })
    .clone()
}
