//! The SDK for Rust as a program, built by the first test that wants it: it reads its environment, and a test has but one.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::Result;

use super::environment::{run, target_dir};
use super::once::made_once;
use crate::missing::missing;

/// Its package, as `tests/it/worlds/sdk/rust` has it.
const FILES: [(&str, &str); 3] = [
    ("Cargo.toml", include_str!("../worlds/sdk/rust/Cargo.toml")),
    ("Cargo.lock", include_str!("../worlds/sdk/rust/Cargo.lock")),
    ("src/main.rs", include_str!("../worlds/sdk/rust/src/main.rs")),
];

/// The program. `None`, and said why, where it can't be built; with `CI` that is a failure.
pub(crate) fn rust_sdk() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let made = || match build() {
        Ok(program) => Some(program),
        Err(why) => {
            missing(&format!("the SDK for Rust: {why:#}"));
            None
        }
    };
    PROGRAM.get_or_init(made).as_deref()
}

fn build() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    let home = target_dir().join("peers").join(format!("rust-{:016x}", hasher.finish()));
    made_once(&home, || install(&home))?;
    Ok(home.join("bin/rust-sdk"))
}

fn install(home: &Path) -> Result<()> {
    fs::create_dir_all(home.join("src"))?;
    for (path, text) in FILES {
        fs::write(home.join(path), text)?;
    }
    // What it is built in is shared with earlier states of its source.
    let built = target_dir().join("peers/rust-build");
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let mut cargo = Command::new(cargo);
    cargo.args(["install", "--quiet", "--debug", "--locked", "--no-track", "--path"]).arg(home);
    cargo.arg("--root").arg(home).arg("--target-dir").arg(built).current_dir(home);
    run(&mut cargo).map(drop)
}
