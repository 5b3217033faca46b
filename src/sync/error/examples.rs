use super::*;

examples!(Error {
    Error::Character { .. } => [Error::Character { template: "{account_name} {role_name}".to_owned(), character: ' ' }],
    Error::Unclosed { .. } => [Error::Unclosed { template: "{role_name".to_owned() }],
    Error::Empty => [Error::Empty],
    Error::Value { .. } => [Error::Value { name: "account".to_owned() }],
    Error::Filter { .. } => [Error::Filter { filter: "title".to_owned() }],
    Error::NoValue { .. } => [Error::NoValue { text: "region".to_owned() }],
    Error::Key { .. } => [Error::Key { key: "role_arn".to_owned() }],
});
