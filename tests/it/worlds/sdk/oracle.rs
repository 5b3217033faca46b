//! SDKs that are asked instead of imitated.

use crate::peers::{node, rust_sdk};

/// An SDK that answers for a world (`judge/judge.py`), or that only xcred is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sdk {
    Boto3,
    Rust,
    JavaScript,
    Go,
    Java,
    Ruby,
}

impl Sdk {
    /// As `--sdk` and the examples name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Sdk::Boto3 => "boto3",
            Sdk::Rust => "rust",
            Sdk::JavaScript => "js",
            Sdk::Go => "go",
            Sdk::Java => "java",
            Sdk::Ruby => "ruby",
        }
    }

    /// The program that answers for it, given a profile or nothing; none for botocore, which the judge has in itself,
    /// and for those that can't be had here. `None` where it can't be installed. That for Go is built by hand
    /// (`go/README.md`).
    pub(crate) fn program(self) -> Option<Vec<String>> {
        let text = |path: &std::path::Path| path.to_str().expect("UTF-8").to_owned();
        match self {
            Sdk::Boto3 | Sdk::Java | Sdk::Ruby => Some(Vec::new()),
            Sdk::Go => Some(go_sdk().into_iter().collect()),
            Sdk::Rust => rust_sdk().map(|program| vec![text(program)]),
            Sdk::JavaScript => node().map(|node| {
                let ask = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/worlds/sdk/ask.js");
                vec![text(&node.program), ask.to_owned(), text(&node.packages)]
            }),
        }
    }
}

/// The program that `XCRED_GO_SDK` names.
#[expect(clippy::disallowed_methods, reason = "a tool for whoever has the SDK for Go")]
pub(super) fn go_sdk() -> Option<String> {
    std::env::var("XCRED_GO_SDK").ok()
}
