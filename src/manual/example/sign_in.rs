//! The examples of sign-ins.

use super::{Example, asks, offline};

pub(super) const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "xcred-login",
        &[
            asks("Sign in to the IAM Identity Center that a profile names:", "xcred login dev"),
            asks("With a code, in a browser on another machine:", "xcred login dev --remote"),
            asks("Sign in only if that is needed:", "xcred login dev --if-needed"),
            offline("Who is signed in, and until when:", "xcred login --status"),
        ],
    ),
    ("xcred-logout", &[offline("Sign out of everything:", "xcred logout --all")]),
    (
        "xcred-configure-sso",
        &[
            asks("Sign in, and choose an account and a role:", "xcred configure sso --profile work"),
            asks(
                "In a script, with a sign-in that lasts:",
                "xcred configure sso --profile work --sso-session corp --sso-account-id 111122223333 --sso-role-name Admin \
                 --no-input",
            ),
        ],
    ),
    (
        "xcred-configure-sso-session",
        &[offline(
            "A session that profiles can name:",
            "xcred configure sso-session --name corp --sso-start-url https://example.awsapps.com/start --sso-region eu-west-1 \
             --no-input",
        )],
    ),
    (
        "xcred-sso-accounts",
        &[asks("List the accounts as JSON:", "xcred sso accounts --sso-session corp --format json")],
    ),
    (
        "xcred-sso-roles",
        &[asks(
            "List the roles of one account:",
            "xcred sso roles --sso-session corp --sso-account-id 111122223333",
        )],
    ),
    (
        "xcred-sso-sync",
        &[
            asks(
                "Show which profiles would be added for the read-only roles:",
                "xcred sso sync --sso-session corp --only '*/ReadOnly' --set region=eu-west-1 --dry-run",
            ),
            asks(
                "Follow renamed accounts, and remove what is gone:",
                "xcred sso sync --sso-session corp --rename --prune",
            ),
        ],
    ),
    ("xcred-sso", &[asks("List the roles of a session:", "xcred sso roles --sso-session corp")]),
];
