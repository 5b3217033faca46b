//! The examples of `config`.

use super::definition::{Example, offline};

pub(super) const EXAMPLES: &[(&str, &[Example])] = &[
    ("xcred-config-get", &[offline("Print a setting:", "xcred config get cache.roles")]),
    (
        "xcred-config-set",
        &[
            offline("Don't cache the credentials of roles:", "xcred config set cache.roles false"),
            offline(
                "Let a program print the codes of an MFA device:",
                "xcred config set mfa.devices.arn:aws:iam::123456789012:mfa/me 'ykman oath accounts code --single AWS'",
            ),
            offline("Ask for one MFA code in 12 hours:", "xcred config set mfa.session true"),
            offline(
                "Name sessions in CloudTrail after the user:",
                "xcred config set session.name '{user}@{host}'",
            ),
            offline("Hand out a profile for reading only:", "xcred config set profiles.prod.read_only true"),
        ],
    ),
    ("xcred-config-unset", &[offline("Return to the default:", "xcred config unset cache.roles")]),
    ("xcred-config-path", &[offline("Look at the file:", "cat \"$(xcred config path)\"")]),
    ("xcred-config-list", &[offline("For a program:", "xcred config list --format json")]),
];
