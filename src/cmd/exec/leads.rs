//! Whether an SDK may find credentials in the section `default` of a file. SDKs disagree on what a header is, and not all of
//! them are known here. So everything that could be read as that section counts: hiding a file needlessly does less harm.

use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, VARIABLES};

/// Whether something in `bytes` could be a lead to credentials of `default`.
pub(super) fn default_has_credentials(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace(['\0', '\u{feff}'], "");
    let mut is_default = false;
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let bare = line.trim();
        if bare.starts_with('[') {
            if is_of_default(bare) {
                is_default = true;
            } else if is_header_to_all(line) {
                is_default = false;
            }
        } else if is_default && is_lead(bare) {
            return true;
        }
    }
    false
}

/// Whether a header could be that of `default`, with whatever whitespace, quotes and brackets.
fn is_of_default(header: &str) -> bool {
    let name = header.split(['#', ';']).next().unwrap_or_default();
    // `[default] = x`, and a setting behind the header.
    let name = name.trim_start_matches(['[', ' ', '\t']).split(']').next().unwrap_or_default();
    let name: String =
        name.chars().filter(|char| !char.is_whitespace() && !"'\"`[".contains(*char)).collect();
    let name = name.to_ascii_lowercase();
    name.strip_prefix("profile").unwrap_or(&name) == "default"
}

/// Whether no SDK takes this header for anything else, so that the section before it ends.
fn is_header_to_all(line: &str) -> bool {
    let Some((name, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) else {
        return false;
    };
    let rest = rest.trim();
    !name.trim().is_empty() && (rest.is_empty() || rest.starts_with(['#', ';']))
}

/// Whether it leads to credentials in at least one SDK, or ends its search with an error.
fn is_lead(line: &str) -> bool {
    let key = line.split(['=', ':']).next().unwrap_or_default();
    let key = key.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let keys = [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY, &AWS_SESSION_TOKEN];
    let mut leads = VARIABLES.iter().filter(|row| row.leads).chain(&keys);
    leads.any(|lead| key == lead.name || key.split_whitespace().next() == Some(lead.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_an_sdk_could_read_as_credentials_of_default_is_found() {
        let key = "aws_access_key_id = AKIA\n";
        for header in [
            "[default]",
            "[ default ]",
            "[\tdefault\t]",
            "[  profile   default  ]",
            "[profile default]",
            "[profile \"default\"]",
            "['default']",
            "[DEFAULT]",
            "[Profile Default]",
            "\u{feff}[default]",
            "  [default]",
            "[default] # comment",
            "[default]; comment",
            "[default # comment]",
            "[default",
            "[[default]]",
            "[default]]",
            "[dev]\n[default]",
            "[dev]\r[default]",
            "[default]\nregion = r\n\n# comment",
            "[default]\n [dev]",
            "[default]\n[dev",
            "[default]\n[]",
            "[default]\nregion = r\n[dev]\n[default]",
        ] {
            for key in
                [key, "  Role_ARN=x", "credential_process: x\r\n", "sso_session", "aws_session_token=t"]
            {
                let text = format!("{header}\n{key}");
                assert!(default_has_credentials(text.as_bytes()), "{text}");
            }
        }
        let wide: Vec<u8> = format!("[default]\n{key}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(default_has_credentials(&wide));
    }

    #[test]
    fn other_sections_and_settings_are_not_taken_for_it() {
        let key = "aws_access_key_id = AKIA\n";
        for text in [
            String::new(),
            key.to_owned(),
            format!("[dev]\n{key}"),
            format!("[default-dev]\n{key}[mydefault]\n{key}[profile default2]\n{key}"),
            format!("[default]\nregion = r\noutput = json\n[dev] # mine\n{key}"),
            format!("[default]\n# {key}; {key}[profile dev]\n{key}"),
            "[default]\naws_access_key_id_old = x\nx = aws_access_key_id\n".to_owned(),
        ] {
            assert!(!default_has_credentials(text.as_bytes()), "{text}");
        }
    }
}
