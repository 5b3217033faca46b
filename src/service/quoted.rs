//! The text of a service, as errors quote it: a service may repeat a request or another text with a secret, and may answer
//! with a whole web page.

use std::borrow::Cow;

use crate::secret::{Care, redacted, without_secrets};

/// In bytes. AWS's messages have some hundred; a longer one doesn't help.
const LONGEST: usize = 2048;

/// A service's text without what looks like a secret, and without its end if it is long. An ARN may look random, but is no
/// secret, and often is what a refusal is about.
pub(super) fn quoted(text: &str) -> String {
    // The known secrets come first: where only a part of one is masked for its form, the rest would be shown.
    let text = redacted(text.trim());
    let mut shown = String::new();
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "\"'`<>".contains(c)) {
        if shown.len() + word.len() > LONGEST {
            shown.push('…');
            break;
        }
        let is_arn = word.trim_start_matches(['(', '[']).starts_with("arn:aws");
        shown.push_str(&if is_arn { Cow::Borrowed(word) } else { without_secrets(word, Care::Usual) });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::MASK;

    #[test]
    fn what_aws_says_is_quoted_as_it_is() {
        for text in [
            "User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/ann@example.com \
             is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/OrganizationAccountAccessRole",
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            "arn:aws:iam::123456789012:role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1",
            "arn:aws:iam::123456789012:role/team/production-us-east-1-eks-node-group-20240101123456789000000001",
            "with an explicit deny in a service control policy: \
             arn:aws:organizations::123456789012:policy/o-a1b2c3d4e5/service_control_policy/p-a1b2c3d4",
            "Signature expired: 20261121T100000Z is now earlier than 20261121T101500Z (20261121T103000Z - 15 min.)",
            "The security token included in the request is invalid.",
            "request 8a7b6c5d-1234-4abc-9def-0123456789ab failed",
        ] {
            assert_eq!(quoted(text), text);
        }
    }

    #[test]
    fn a_secret_is_masked_whose_ever_it_is() {
        let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(quoted(&format!("key {key} is bad")), format!("key {MASK} is bad"));
        // No blank is between the ARN and the secret.
        let json = format!("{{\"role\":\"arn:aws:iam::123456789012:role/R\",\"key\":\"{key}\"}}");
        assert_eq!(quoted(&json), json.replace(key, MASK));
        // Each in another encoding than that of the secret that was sent.
        for text in [
            "QWN0aW9uPUFzc3VtZVJvbGUmVmVyc2lvbj0yMDExLTA2LTE1JkV4dGVybmFsSWQ9Q0FOQVJZ",
            "fwogzxivyxdzebyadcanarytok9en/agvsbg8xk2j4h5q7w8z0p3m6n1b",
        ] {
            assert!(!quoted(text).contains(&text[8..32]), "{}", quoted(text));
        }
    }

    #[test]
    fn a_known_secret_is_masked_as_a_whole_though_only_a_part_looks_like_one() {
        let code = "LONGDEVICECODE-abcdefghijklmnopqrstuvwxyz0123456789";
        crate::secret::hold(code);
        assert_eq!(quoted(&format!("bad {code}")), format!("bad {MASK}"));
    }

    #[test]
    fn a_long_text_ends_with_a_whole_word() {
        let page = "denied ".repeat(100_000);
        let shown = quoted(&page);
        assert!(shown.len() < LONGEST + 8 && shown.ends_with("denied …"), "{shown}");
        assert_eq!(quoted(&"x".repeat(10_000)), "…");
        let cut = format!("{} wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "denied ".repeat(290));
        assert!(!quoted(&cut).contains("wJalr"), "{}", quoted(&cut));
    }
}
