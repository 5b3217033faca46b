//! The examples on the pages. They are about the profiles `default`, `dev`, `ops` and `ci`; a test runs them.

mod config;
mod definition;
mod sign_in;

pub use definition::Example;
use definition::{asks, offline};

pub fn of(page: &str) -> &'static [Example] {
    EXAMPLES
        .iter()
        .chain(sign_in::EXAMPLES)
        .chain(config::EXAMPLES)
        .find(|(name, _)| *name == page)
        .map_or(&[], |(_, examples)| examples)
}

const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "xcred",
        &[
            asks("Set up a profile:", "xcred configure --profile dev"),
            offline("Show what it resolves to, and why, without a request:", "xcred resolve dev --offline"),
            offline("Run a command with its credentials:", "xcred exec dev -- env"),
        ],
    ),
    (
        "xcred-configure",
        &[
            asks("Answer the questions of `aws configure`:", "xcred configure --profile dev"),
            offline(
                "In a script, with the secret on standard input:",
                "printf '%s\\n' \"$SECRET\" | xcred configure --profile ci --access-key-id AKIAIOSFODNN7EXAMPLE \
                 --secrets-from-stdin --region eu-west-1",
            ),
        ],
    ),
    (
        "xcred-configure-role",
        &[offline(
            "A role that the credentials of `dev` may assume:",
            "xcred configure role --profile admin --role-arn arn:aws:iam::123456789012:role/admin --source-profile dev \
             --no-input",
        )],
    ),
    (
        "xcred-configure-web-identity",
        &[offline(
            "A role that a token in a file may assume:",
            "xcred configure web-identity --profile pod --role-arn arn:aws:iam::123456789012:role/pod \
             --web-identity-token-file /var/run/token --no-input",
        )],
    ),
    (
        "xcred-configure-process",
        &[offline(
            "Credentials that a program prints:",
            "xcred configure process --profile tool --credential-process '/usr/bin/env true' --no-input",
        )],
    ),
    (
        "xcred-configure-bridge",
        &[
            offline(
                "See what a bridge to `ops` would be:",
                "xcred configure bridge ops-by-xcred --profile ops --dry-run",
            ),
            offline("Make it:", "xcred configure bridge ops-by-xcred --profile ops"),
        ],
    ),
    (
        "xcred-configure-import",
        &[
            offline(
                "See what an import would change:",
                "xcred configure import accessKeys.csv --profile new --dry-run",
            ),
            offline("Import:", "xcred configure import accessKeys.csv --profile new"),
        ],
    ),
    (
        "xcred-list-profiles",
        &[
            offline("Where each profile's credentials come from:", "xcred list-profiles --long"),
            offline(
                "Do something for each profile:",
                "xcred list-profiles | while read -r name; do xcred get region --profile \"$name\" --default -; done",
            ),
        ],
    ),
    (
        "xcred-get",
        &[
            offline("The region of a profile:", "xcred get region --profile dev"),
            offline("And where it is set:", "xcred get region --profile dev --show-origin"),
            offline("A key in a nested block:", "xcred get s3.addressing_style --profile dev"),
            offline("With a value for the case that none is set:", "xcred get cli_pager --default less"),
            offline("Everything that is set:", "xcred get --all --profile dev"),
        ],
    ),
    (
        "xcred-resolve",
        &[
            asks("Show where a profile's credentials come from:", "xcred resolve dev"),
            offline("Without a program or a request:", "xcred resolve ops --offline"),
            offline(
                "As boto3 resolves it, for a program:",
                "xcred resolve dev --offline --sdk boto3 --format json",
            ),
        ],
    ),
    (
        "xcred-status",
        &[
            offline("Show what `dev` is, and what expires when:", "xcred status dev"),
            offline("Show the same in the prompt of bash:", "PS1='$(xcred status --prompt) \\$ '"),
        ],
    ),
    (
        "xcred-doctor",
        &[
            offline("Look at everything:", "xcred doctor"),
            offline("At one profile, and those that it depends on:", "xcred doctor ops"),
            offline("See what would be repaired:", "xcred doctor --fix --dry-run"),
            asks("Ask AWS whether the keys are accepted, too:", "xcred doctor --online"),
        ],
    ),
    (
        "xcred-whoami",
        &[
            asks("The identity behind a profile:", "xcred whoami dev"),
            asks("For a program:", "xcred whoami dev --format json"),
        ],
    ),
    (
        "xcred-export-env",
        &[
            offline("Switch sh, bash or zsh to a profile:", "eval \"$(xcred export-env dev)\""),
            offline("Write a file of variables:", "xcred export-env dev --format dotenv > .env"),
            offline("Leave the identity again:", "eval \"$(xcred export-env --unset)\""),
        ],
    ),
    (
        "xcred-use",
        &[
            asks("Switch this shell to `dev`:", "xcred use dev"),
            asks("Choose a profile from a list:", "xcred use"),
            asks("Return to the previous one:", "xcred use -"),
            asks("Unset all AWS credential variables:", "xcred use --none"),
        ],
    ),
    (
        "xcred-init",
        &[
            offline(
                "Load the function whenever bash starts:",
                "echo 'eval \"$(xcred init bash)\"' >> ~/.bashrc",
            ),
            offline("Write it to a file, for Nushell:", "xcred init nushell > xcred.nu"),
        ],
    ),
    (
        "xcred-exec",
        &[
            offline("Run a command with the credentials of `dev`:", "xcred exec dev -- env"),
            offline("A command line with variables:", "xcred exec dev -- sh -c 'echo \"$AWS_REGION\"'"),
            asks(
                "A command that can't change anything, with a role's credentials for an hour:",
                "xcred exec --read-only --duration 1h ops -- env",
            ),
            offline(
                "A command that runs for long, with credentials that renew themselves:",
                "xcred exec --serve dev -- env",
            ),
        ],
    ),
    (
        "xcred-credential-process",
        &[
            offline("What an SDK gets:", "xcred credential-process --profile dev"),
            offline(
                "Let an SDK ask xcred:",
                "xcred set credential_process 'xcred credential-process --profile ops' --profile ops-by-xcred",
            ),
        ],
    ),
    (
        "xcred-console",
        &[
            asks("Open the console:", "xcred console dev --read-only"),
            asks("At a service's page:", "xcred console ops --service s3 --path /buckets/logs"),
            asks("A link for another browser, for half an hour:", "xcred console ops --duration 30m --print"),
        ],
    ),
    (
        "xcred-keys",
        &[
            asks("The caller's access keys:", "xcred keys list"),
            asks("Replace one:", "xcred keys rotate --profile dev"),
        ],
    ),
    (
        "xcred-keys-list",
        &[
            asks("The caller's access keys:", "xcred keys list"),
            asks(
                "Fail if any user has a key that is older than 90 days:",
                "xcred keys list --all-users --older-than 90d",
            ),
        ],
    ),
    ("xcred-keys-last-used", &[asks("When a key was used:", "xcred keys last-used AKIAIOSFODNN7EXAMPLE")]),
    (
        "xcred-keys-create",
        &[
            asks("A key for a new profile:", "xcred keys create --save-as ci"),
            asks("Finish what was interrupted:", "xcred keys create --resume"),
        ],
    ),
    ("xcred-keys-activate", &[asks("Let a key be used again:", "xcred keys activate AKIAIOSFODNN7EXAMPLE")]),
    (
        "xcred-keys-deactivate",
        &[asks("See what needs a key before it is deleted:", "xcred keys deactivate AKIAIOSFODNN7EXAMPLE")],
    ),
    ("xcred-keys-delete", &[asks("Delete an inactive key:", "xcred keys delete AKIAIOSFODNN7EXAMPLE --yes")]),
    (
        "xcred-keys-rotate",
        &[
            asks("Replace the key of a profile:", "xcred keys rotate --profile dev"),
            asks("Finish what was interrupted, or roll it back:", "xcred keys rotate --resume"),
        ],
    ),
    (
        "xcred-set",
        &[
            offline("Set the region of a profile:", "xcred set region eu-central-1 --profile dev"),
            offline("A key in a nested block:", "xcred set s3.addressing_style path --profile dev"),
            offline(
                "A secret, which must not be an argument:",
                "printf '%s' \"$SECRET\" | xcred set aws_secret_access_key - --profile dev",
            ),
            offline("See what would change:", "xcred set output json --profile dev --dry-run"),
        ],
    ),
    (
        "xcred-unset",
        &[
            offline("Remove a key:", "xcred unset region --profile dev"),
            offline("See what would change:", "xcred unset region --profile dev --dry-run"),
        ],
    ),
    ("xcred-profile", &[offline("Give a profile another name:", "xcred profile rename dev build")]),
    (
        "xcred-profile-remove",
        &[
            offline("See what would change:", "xcred profile remove ops --dry-run"),
            offline("Remove a profile that others use:", "xcred profile remove dev --force"),
        ],
    ),
    (
        "xcred-profile-rename",
        &[
            offline("Give a profile another name:", "xcred profile rename dev build"),
            offline("See what would change:", "xcred profile rename dev build --dry-run"),
        ],
    ),
    ("xcred-profile-copy", &[offline("Copy a profile:", "xcred profile copy dev build")]),
    (
        "xcred-config",
        &[
            offline("All settings and where they are set:", "xcred config list"),
            offline("Don't cache the credentials of roles:", "xcred config set cache.roles false"),
        ],
    ),
    (
        "xcred-completions",
        &[offline(
            "Install the completions for bash:",
            "mkdir -p ~/.local/share/bash-completion/completions && xcred completions bash > \
             ~/.local/share/bash-completion/completions/xcred",
        )],
    ),
    (
        "xcred-man",
        &[
            offline("Install all manual pages:", "xcred man --output ~/.cargo/share/man/man1"),
            offline("Write one page to a file:", "xcred man configure role > xcred-configure-role.1"),
        ],
    ),
];
