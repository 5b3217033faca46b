use super::*;

examples!(ConsoleError {
    ConsoleError::Page(_) => [
        ConsoleError::Page(PageError::Service("S3".to_owned())),
        ConsoleError::Page(PageError::Path("buckets".to_owned())),
    ],
    ConsoleError::LongTerm { .. } => [
        ConsoleError::LongTerm { profile: Some("dev".to_owned()) },
        ConsoleError::LongTerm { profile: None },
    ],
    ConsoleError::NoConsole { .. } => [ConsoleError::NoConsole { partition: "aws-iso" }],
    ConsoleError::OtherPartition { .. } => [Some("us-gov-west-1"), None].map(|region| {
        let (own, partition) = if region.is_some() { ("aws", "aws-us-gov") } else { ("aws-cn", "aws") };
        ConsoleError::OtherPartition {
            role_arn: format!("arn:{own}:iam::123456789012:role/R"),
            own,
            region: region.map(str::to_owned),
            partition,
        }
    }),
    ConsoleError::Unopened { .. } => [
        Unopened::Elsewhere { why: Why::Ssh("SSH_CONNECTION") },
        Unopened::NoBrowser,
        Unopened::Failed { program: "firefox".to_owned(), reason: "it was not found".to_owned() },
        Unopened::NotCome { program: "firefox".to_owned() },
    ]
    .map(|what| ConsoleError::Unopened {
        what,
        print: Some(Command::xcred(["console"]).flag("--print").flag("--read-only").profile("dev")),
    })
    .into_iter()
    .chain([ConsoleError::Unopened { what: Unopened::NoBrowser, print: None }]),
});
