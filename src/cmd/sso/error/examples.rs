use super::*;

examples!(Error {
    Error::NotUsed { .. } => [Some("corp".to_owned()), None]
        .map(|session| Error::NotUsed { verb: "accounts", profile: "dev".to_owned(), session }),
    Error::NoAccount { .. } => [&["prod (111122223333)"][..], &[]].map(|accounts| Error::NoAccount {
        id: "111122223334".to_owned(),
        accounts: accounts.iter().map(|&account| account.to_owned()).collect(),
    }),
    Error::Refused(_) => [Error::Refused(service::Error::Refused {
        service: service::Service::Sso,
        operation: "ListAccountRoles",
        code: "ForbiddenException".to_owned(),
        message: "No access".to_owned(),
        status: 403,
        request_id: None,
    })],
});
