//! The Python environment that the peers live in, made by the first test that wants it.
//!
//! It lies under `target/peers`, one for each list of requirements and each Python, so that branches do not
//! rebuild each other's and `cargo clean` removes it.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, bail};

use super::once::made_once;

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The interpreter that can import the peers, or nothing where they cannot be had.
pub(crate) fn python() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    PYTHON
        .get_or_init(|| match environment() {
            Ok(home) => Some(home.join("bin/python")),
            Err(why) => {
                skip(&why);
                None
            }
        })
        .as_deref()
}

/// A program of the peers: `aws` or `moto_server`.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let path = python()?.with_file_name(name);
    assert!(path.is_file(), "no `{name}` among the peers");
    Some(path)
}

fn skip(why: &anyhow::Error) {
    assert!(
        std::env::var_os("CI").is_none_or(|ci| ci.is_empty()),
        "the peers cannot be had, and CI is set: {why:#}"
    );
    // Past the capture of the test harness, which would swallow this for a test that passes.
    let _ = writeln!(
        std::io::stderr(),
        "xcred: the tests against botocore, the AWS CLI and moto are skipped: {why:#}"
    );
}

fn environment() -> Result<PathBuf> {
    let identity = "import sys; print(sys.version, sys.base_prefix)";
    let interpreter = run(Command::new("python3").args(["-I", "-c", identity]))?;
    let mut hasher = DefaultHasher::new();
    (REQUIREMENTS, interpreter).hash(&mut hasher);
    let home = target_dir().join("peers").join(format!("{:016x}", hasher.finish()));
    made_once(&home, || install(&home)).with_context(|| format!("preparing {}", home.display()))?;
    Ok(home)
}

/// The root of cargo's output. With `build.target` set, as here, the tests' own folder is one level deeper
/// than without, so look for the mark that cargo leaves.
pub(crate) fn target_dir() -> &'static Path {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let marked = |dir: &&Path| dir.join(".rustc_info.json").is_file();
    scratch.ancestors().find(marked).or(scratch.parent()).unwrap_or(scratch)
}

fn install(home: &Path) -> Result<()> {
    run(Command::new("python3").args(["-I", "-m", "venv"]).arg(home))?;
    let requirements = home.join("requirements.txt");
    fs::write(&requirements, REQUIREMENTS)?;
    let pip = || {
        let mut command = Command::new(home.join("bin/python"));
        command.args(["-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]);
        command
    };
    // Wheels only: nothing is compiled and no setup script runs. Python compiles what is imported, when it is;
    // doing that for every module takes longer than the download.
    run(pip()
        .args(["install", "--no-deps", "--only-binary=:all:", "--no-compile", "-r"])
        .arg(&requirements))?;
    run(pip().arg("check"))?;
    Ok(())
}

/// Runs a command to its end, for what it writes; what it complains of becomes the error.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run `{program}`"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("`{program}` failed: {}: {stdout}{stderr}", output.status);
    }
    Ok(stdout)
}
