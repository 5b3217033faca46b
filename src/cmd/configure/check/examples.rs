use super::*;

examples!(Unlikely {
    Unlikely::Output(_) => [Unlikely::Output("jsn".to_owned())],
    Unlikely::RoleArn => [Unlikely::RoleArn],
    Unlikely::SessionName => [Unlikely::SessionName],
    Unlikely::Form { .. } => [Unlikely::Form {
        key: "external_id",
        expected: "2 to 1224 letters, digits and `_+=,.@:/\\-`",
    }],
    Unlikely::Duration => [Unlikely::Duration],
    Unlikely::Unexpanded { .. } => [("$HOME/token", None), ("~/token", Some("/home/ada/token".to_owned()))]
        .map(|(given, meant)| Unlikely::Unexpanded { given: given.to_owned(), meant }),
    Unlikely::RelativePath => [Unlikely::RelativePath],
    Unlikely::StartUrl { .. } => [None, Some("https://corp.awsapps.com/start".to_owned())]
        .map(|meant| Unlikely::StartUrl { given: "corp".to_owned(), meant }),
    Unlikely::Scopes => [Unlikely::Scopes],
    Unlikely::Account => [Unlikely::Account],
    Unlikely::Empty => [Unlikely::Empty],
});
