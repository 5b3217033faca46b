//! Homes to run in.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A file as most people have it, with keys that git can read too: it takes no underscores.
pub(crate) const FEW: &str = "\
[default]
region = eu-west-1
output = json

[profile \"dev\"]
region = eu-central-1
";

/// The same without quotes, which some SDKs take for a part of the name, so that `doctor` has nothing to report.
pub(crate) const PLAIN: &str = "\
[default]
region = eu-west-1
output = json

[profile dev]
region = eu-central-1
";

pub(crate) const KEYS: &str =
    "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n";

pub(crate) const ROLE: &str = "\
[default]
region = eu-west-1

[profile role]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/deployment
source_profile = default
";

/// A file of so many roles. The default profile, which all of them need, is the last one.
pub(crate) fn profiles(count: usize) -> String {
    let role = |number| {
        format!(
            "[profile team-{number:05}]\nregion = eu-west-1\nsource_profile = default\n\
             role_arn = arn:aws:iam::123456789012:role/deployment-{number:05}\n\n"
        )
    };
    (0..count).map(role).collect::<String>() + "[default]\nregion = eu-west-1\n"
}

pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new(path: PathBuf) -> Home {
        fs::create_dir_all(path.join(".aws")).expect("the folder can be made");
        Home(path)
    }

    pub(crate) fn config(self, text: &str) -> Home {
        fs::write(self.config_path(), text).expect("the file can be written");
        self
    }

    pub(crate) fn credentials(self, text: &str) -> Home {
        let path = self.0.join(".aws/credentials");
        fs::write(&path, text).expect("the file can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it can be made private");
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn config_path(&self) -> PathBuf {
        self.0.join(".aws/config")
    }

    /// Both files.
    pub(crate) fn files(&self) -> [PathBuf; 2] {
        ["config", "credentials"].map(|name| self.0.join(".aws").join(name))
    }

    /// A program that runs here and prints nothing.
    pub(crate) fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().env("HOME", &self.0).env("AWS_EC2_METADATA_DISABLED", "true");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}
