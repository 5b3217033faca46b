//! The SDK for JavaScript, installed by the first test that wants it.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::Result;

use super::environment::{run, target_dir};
use super::once::made_once;
use crate::missing::missing;

/// What comes from npm. The second one is a part of the first, and the third has the region.
const PACKAGES: &str = r#"{
  "private": true,
  "dependencies": {
    "@aws-sdk/credential-providers": "3.1175.0",
    "@aws-sdk/credential-provider-node": "3.972.99",
    "@smithy/core": "3.41.1"
  }
}"#;

/// Node.js and the folder with the packages.
pub(crate) struct Node {
    pub(crate) program: PathBuf,
    pub(crate) packages: PathBuf,
}

/// Installed once. `None`, and said why, where there is no Node.js or no registry; with `CI` that is a failure.
pub(crate) fn node() -> Option<&'static Node> {
    static NODE: OnceLock<Option<Node>> = OnceLock::new();
    let made = || match install() {
        Ok(node) => Some(node),
        Err(why) => {
            missing(&format!("the SDK for JavaScript: {why:#}"));
            None
        }
    };
    NODE.get_or_init(made).as_ref()
}

fn install() -> Result<Node> {
    let program = PathBuf::from(run(Command::new("node").args(["-p", "process.execPath"]))?.trim());
    let mut hasher = DefaultHasher::new();
    PACKAGES.hash(&mut hasher);
    let packages = target_dir().join("peers").join(format!("node-{:016x}", hasher.finish()));
    made_once(&packages, || npm(&packages))?;
    Ok(Node { program, packages })
}

fn npm(home: &Path) -> Result<()> {
    fs::create_dir_all(home)?;
    fs::write(home.join("package.json"), PACKAGES)?;
    let mut npm = Command::new("npm");
    run(npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(home)).map(drop)
}
