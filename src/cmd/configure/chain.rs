//! Where the credentials for a role come from: the chain of `source_profile`s, which must end and not turn back.

use crate::failure::{Code, Failure};
use crate::origin::Origin;
use crate::profile::{Files, SectionName};

/// Follows the sources of `profile` from `source` on, as botocore would, and refuses a chain that can't work.
pub(super) fn check(files: &Files, profile: &str, source: &str) -> Result<(), Failure> {
    let mut visited = vec![profile.to_owned()];
    let mut next = source.to_owned();
    loop {
        let section = SectionName::Profile(next.clone());
        // The profile itself need not exist yet.
        if next != profile {
            files.require(&section, &Origin::Option { name: "--source-profile" })?;
        }
        let has_keys = has_keys(files, &next);
        if visited.contains(&next) {
            // A profile may be its own source, and only its own keys make that work.
            if visited.len() == 1 && has_keys {
                return Ok(());
            }
            visited.push(next);
            return Err(looped(&visited));
        }
        visited.push(next.clone());
        let Some(source) =
            value(files, &next, "source_profile").filter(|_| !has_keys && assumes(files, &next))
        else {
            return Ok(());
        };
        next = source;
    }
}

/// Whether the profile has an access key of its own, which ends a chain.
pub(super) fn has_keys(files: &Files, profile: &str) -> bool {
    ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| value(files, profile, key).is_some())
}

/// Whether the profile is one that assumes a role with the credentials of another.
fn assumes(files: &Files, profile: &str) -> bool {
    value(files, profile, "role_arn").is_some() && value(files, profile, "web_identity_token_file").is_none()
}

fn value(files: &Files, profile: &str, key: &str) -> Option<String> {
    let found = files.profile(profile).value(key)?;
    found.value.as_text().map(|text| text.expose().to_owned())
}

fn looped(visited: &[String]) -> Failure {
    let message = match visited {
        [own, _] => format!("profile `{own}` can't be its own source: it has no access key"),
        _ => format!("the sources go in a circle: {}", visited.join(" -> ")),
    };
    Failure::plain(Code::InvalidConfig, message)
        .with_help("choose a source that has credentials of its own, or `--credential-source`")
}
