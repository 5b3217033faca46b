//! The requests about access keys.

use super::{at, credentials, refusal};
use crate::failure::{Exit, Explain as _};
use crate::net::loopback::{Loopback, Reply};
use crate::service::iam::{self, Status};

fn answer(operation: &str, result: &str) -> Reply {
    let text = format!(
        "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{operation}Result>{result}\
         </{operation}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{operation}Response>"
    );
    Reply::of(200, text)
}

fn key(number: usize) -> String {
    format!(
        "<member><UserName>u</UserName><AccessKeyId>AKIA{number}</AccessKeyId><Status>Active</Status>\
         <CreateDate>2026-01-02T03:04:05Z</CreateDate></member>"
    )
}

fn bodies(server: &Loopback) -> Vec<String> {
    server.received().into_iter().map(|request| request.body).collect()
}

#[test]
fn all_pages_are_read_and_a_throttled_request_is_retried() {
    let page = |from: usize, to: usize, more: &str| {
        let keys: String = (from..to).map(key).collect();
        answer("ListAccessKeys", &format!("{more}<AccessKeyMetadata>{keys}</AccessKeyMetadata>"))
    };
    let more = |marker: &str| format!("<IsTruncated>true</IsTruncated><Marker>{marker}</Marker>");
    let server = Loopback::start(vec![
        page(0, 100, &more("m+1")),
        Reply::of(400, refusal("Throttling")),
        page(100, 200, &more("m2")),
        Reply::of(503, ""),
        page(200, 250, "<IsTruncated>false</IsTruncated>"),
    ]);
    let (keys, waits) = at(&server, |caller| iam::list_access_keys(caller, &credentials(None), Some("a b")));
    let keys = keys.unwrap().keys;
    assert_eq!((keys.len(), waits), (250, 2));
    assert!((0..250).all(|number| keys[number].id == format!("AKIA{number}")));
    assert_eq!(keys[0].created, Some("2026-01-02T03:04:05Z".parse().unwrap()));
    let ask = "Action=ListAccessKeys&Version=2010-05-08&UserName=a+b";
    let [first, second, third] = ["", "&Marker=m%2B1", "&Marker=m2"].map(|marker| format!("{ask}{marker}"));
    assert_eq!(bodies(&server), [&first, &second, &second, &third, &third].map(String::clone));
}

#[test]
fn a_list_that_never_ends_is_refused() {
    let page = "<IsTruncated>true</IsTruncated><Marker>m</Marker><Users><member><UserName>u</UserName></member></Users>";
    let server = Loopback::start(vec![answer("ListUsers", page), answer("ListUsers", page)]);
    let error = at(&server, |caller| iam::list_users(caller, &credentials(None))).0.unwrap_err();
    assert!(error.to_string().contains("one that it has given before"), "{error}");
}

#[test]
fn a_creation_is_not_retried_when_the_response_is_lost() {
    for lost in [
        Reply::Close,
        Reply::of(500, ""),
        Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<".to_vec()),
    ] {
        let server = Loopback::start(vec![lost, answer("CreateAccessKey", "")]);
        let (made, waits) =
            at(&server, |caller| iam::create_access_key(caller, &credentials(None), None, &[]));
        assert!(made.is_err());
        assert_eq!(waits, 0);
    }
    // A throttled request has not created a key.
    let made = "<AccessKey><UserName>u</UserName><AccessKeyId>AKIA</AccessKeyId><Status>Active</Status>\
                <SecretAccessKey>s/k</SecretAccessKey></AccessKey>";
    let server =
        Loopback::start(vec![Reply::of(400, refusal("Throttling")), answer("CreateAccessKey", made)]);
    let (made, waits) =
        at(&server, |caller| iam::create_access_key(caller, &credentials(None), Some("u"), &[]));
    let made = made.unwrap();
    assert_eq!((made.key.id.as_str(), made.secret.expose(), waits), ("AKIA", "s/k", 1));
    assert!(!format!("{made:?}").contains("s/k"));
}

#[test]
fn a_key_that_existed_before_or_of_another_user_is_not_a_new_one() {
    let own = credentials(None);
    for (id, user, reason) in [
        ("AKIAKNOWN", "u", "AKIAKNOWN is a key that existed before"),
        (own.id(), "u", "is a key that existed before"),
        ("AKIANEW", "v", "AKIANEW is a key of user `v`"),
    ] {
        let made = format!(
            "<AccessKey><UserName>{user}</UserName><AccessKeyId>{id}</AccessKeyId><Status>Active</Status>\
             <SecretAccessKey>s/k</SecretAccessKey></AccessKey>"
        );
        let server = Loopback::start(vec![answer("CreateAccessKey", &made)]);
        let known = ["AKIAKNOWN".to_owned()];
        let (made, waits) =
            at(&server, |caller| iam::create_access_key(caller, &credentials(None), Some("u"), &known));
        let error = made.unwrap_err();
        assert!(error.to_string().contains(reason) && !error.is_without_effect(), "{error}");
        assert!(!format!("{error:?}").contains("s/k") && waits == 0, "{error}");
    }
}

/// Why an answer to `CreateAccessKey` can't be used.
fn unusable(result: &str) -> String {
    let server = Loopback::start(vec![answer("CreateAccessKey", result)]);
    let (made, waits) =
        at(&server, |caller| iam::create_access_key(caller, &credentials(None), Some("u"), &[]));
    let error = made.map(|made| made.key).expect_err(result);
    assert!(!error.is_without_effect() && waits == 0, "there may be a key: {error}");
    error.to_string()
}

fn made(id: &str, secret: &str) -> String {
    format!(
        "<AccessKey><UserName>u</UserName><AccessKeyId>{id}</AccessKeyId><Status>Active</Status>\
         <SecretAccessKey>{secret}</SecretAccessKey></AccessKey>"
    )
}

#[test]
fn a_key_that_is_of_no_use_is_not_a_new_one() {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
    for id in ["ASIAIOSFODNN7EXAMPLE", "AROAIOSFODNN7EXAMPLE", "AKIAONE&#10;role_arn = x", secret] {
        let error = unusable(&made(id, secret));
        assert!(error.contains("its `AccessKeyId` ") && !error.contains(id), "{error}");
    }
    for secret in [
        "abcabcabcabc\nrole_arn = x",
        "abcabcabcabc&#13;",
        " abcabcabcabc",
        "abc&#133;abcabcabc",
        "abcabc&#9;abcabc",
    ] {
        let error = unusable(&made("AKIANEW", secret));
        assert!(error.contains("its `SecretAccessKey` has whitespace"), "{error}");
        assert!(!error.contains("abcabc"), "{error}");
    }
}

#[test]
fn an_answer_that_contradicts_itself_is_not_used() {
    let new = made("AKIANEW", "s/k");
    let (one, two) = ("<AccessKeyId>AKIANEW</AccessKeyId>", "<AccessKeyId>AKIATWO</AccessKeyId>");
    for (result, doubled) in [
        (new.replace(one, &format!("{one}{two}")), "AccessKeyId"),
        (new.replace(one, &format!("{two}{one}")), "AccessKeyId"),
        (new.replace("<Status>", "<UserName>v</UserName><Status>"), "UserName"),
        (new.replace("<Status>", "<Status>Inactive</Status><Status>"), "Status"),
        (new.replace("<Status>", "<SecretAccessKey>s</SecretAccessKey><Status>"), "SecretAccessKey"),
        (format!("{new}{}", made("AKIATWO", "s")), "AccessKey"),
        (format!("{new}</CreateAccessKeyResult><CreateAccessKeyResult>"), "CreateAccessKeyResult"),
    ] {
        let error = unusable(&result);
        assert!(error.ends_with(&format!("it has several `{doubled}`")), "{error}");
    }
    let keys = credentials(None);
    let one = key(1).replace("<Status>", "<Status>Inactive</Status><Status>");
    for (result, doubled) in [
        (format!("<AccessKeyMetadata>{one}</AccessKeyMetadata>"), "Status"),
        ("<AccessKeyMetadata/><AccessKeyMetadata/>".to_owned(), "AccessKeyMetadata"),
        (
            "<IsTruncated>false</IsTruncated><IsTruncated>true</IsTruncated><AccessKeyMetadata/>".to_owned(),
            "IsTruncated",
        ),
    ] {
        let server = Loopback::start(vec![answer("ListAccessKeys", &result)]);
        let error = at(&server, |caller| iam::list_access_keys(caller, &keys, None)).0.unwrap_err();
        assert!(error.to_string().ends_with(&format!("it has several `{doubled}`")), "{error}");
    }
}

#[test]
fn a_web_page_is_not_a_response_of_the_service() {
    let page = "<html><body>Sign in to the network</body></html>";
    for (status, retried) in [(200, 0), (403, 0), (429, 0), (503, 2)] {
        let server =
            Loopback::start([(); 3].map(|()| Reply::of(status, format!("<!DOCTYPE html>{page}"))).into());
        let (done, waits) =
            at(&server, |caller| iam::delete_access_key(caller, &credentials(None), None, "A"));
        let error = done.unwrap_err();
        assert!(!error.is_without_effect(), "{error:?}");
        assert_eq!((error.exit(), waits), (Exit::Other, retried), "{status}: {error}");
    }
    // IAM may have carried out the request, so it is not retried.
    for status in [429, 503] {
        let server = Loopback::start([(); 2].map(|()| Reply::of(status, page)).into());
        let (made, waits) =
            at(&server, |caller| iam::create_access_key(caller, &credentials(None), None, &[]));
        assert!(!made.unwrap_err().is_without_effect());
        assert_eq!(waits, 0, "{status}");
    }
}

#[test]
fn a_list_has_the_time_of_iam() {
    let body = "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/></ListAccessKeysResult></ListAccessKeysResponse>";
    for (header, date) in [
        ("date: Sat, 21 Nov 2026 12:00:07 GMT\r\n", Some("2026-11-21T12:00:07Z".parse().unwrap())),
        ("date: soon\r\n", None),
        ("", None),
    ] {
        let reply = format!("HTTP/1.1 200 OK\r\n{header}content-length: {}\r\n\r\n{body}", body.len());
        let server = Loopback::start(vec![Reply::Raw(reply.into_bytes())]);
        let listed = at(&server, |caller| iam::list_access_keys(caller, &credentials(None), None)).0.unwrap();
        assert_eq!(listed.date, date, "{header}");
    }
}

#[test]
fn operations_that_change_a_key_have_no_result() {
    let done = |operation: &str| {
        Reply::of(200, format!("<{operation}Response><ResponseMetadata/></{operation}Response>"))
    };
    let server = Loopback::start(vec![
        done("UpdateAccessKey"),
        done("DeleteAccessKey"),
        Reply::of(403, refusal("AccessDenied")),
    ]);
    let keys = credentials(None);
    at(&server, |caller| iam::update_access_key(caller, &keys, Some("u"), "A", Status::Inactive)).0.unwrap();
    at(&server, |caller| iam::delete_access_key(caller, &keys, None, "A")).0.unwrap();
    let error = at(&server, |caller| iam::delete_access_key(caller, &keys, None, "A")).0.unwrap_err();
    assert_eq!(error.exit(), Exit::Service);
    assert_eq!(
        error.to_string(),
        "IAM refused DeleteAccessKey: User: arn:x is not authorized (AccessDenied)"
    );
    assert_eq!(
        bodies(&server)[..2],
        [
            "Action=UpdateAccessKey&Version=2010-05-08&UserName=u&AccessKeyId=A&Status=Inactive",
            "Action=DeleteAccessKey&Version=2010-05-08&AccessKeyId=A"
        ]
    );
}

#[test]
fn a_list_without_its_members_is_not_empty() {
    let keys = credentials(None);
    let without = |operation: &str| Loopback::start(vec![answer(operation, "<UserName>u</UserName>")]);
    let (server, list) = (without("ListAccessKeys"), "it has no `AccessKeyMetadata`");
    let error = at(&server, |caller| iam::list_access_keys(caller, &keys, None)).0.unwrap_err();
    assert!(error.to_string().contains(list), "{error}");
    let error = at(&without("ListUsers"), |caller| iam::list_users(caller, &keys)).0.unwrap_err();
    assert!(error.to_string().contains("it has no `Users`"), "{error}");
    let server = without("ListMFADevices");
    let error = at(&server, |caller| iam::list_mfa_devices(caller, &keys)).0.unwrap_err();
    assert!(error.to_string().contains("it has no `MFADevices`"), "{error}");
}

/// What a response to `GetAccessKeyLastUsed` for a key of user `u` says.
fn last_used(result: &str) -> Result<iam::LastUsed, crate::service::Error> {
    let server = Loopback::start(vec![answer("GetAccessKeyLastUsed", result)]);
    at(&server, |caller| iam::get_access_key_last_used(caller, &credentials(None), Some("u"), "A")).0
}

#[test]
fn a_key_may_never_have_been_used() {
    let used = |date: &str, service: &str| {
        let text = format!(
            "<UserName>u</UserName><AccessKeyLastUsed>{date}<ServiceName>{service}</ServiceName>\
                            <Region>us-east-1</Region></AccessKeyLastUsed>"
        );
        last_used(&text).unwrap()
    };
    let found = used("<LastUsedDate>2026-01-02T03:04:05Z</LastUsedDate>", "s3");
    assert_eq!((found.user.as_deref(), found.used.unwrap().service.as_str()), (Some("u"), "s3"));
    assert_eq!(used("", "N/A").used, None);
}

#[test]
fn a_response_that_does_not_say_when_a_key_was_used_does_not_say_that_it_never_was() {
    let never = "<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>";
    assert_eq!(last_used(never).unwrap().used, None);
    let empty = never.replace("<Region>", "<LastUsedDate/><Region>");
    assert_eq!(last_used(&format!("<UserName>U</UserName>{empty}")).unwrap().used, None);
    for (result, reason) in [
        (String::new(), "it has no `AccessKeyLastUsed`"),
        ("<UserName>u</UserName><AccessKeyLastUsed/>".to_owned(), "it has no `ServiceName`"),
        (never.replace("N/A", "s3"), "it has no `LastUsedDate`"),
        (never.replace("<Region>", "<LastUsedDate>soon</LastUsedDate><Region>"), "is not a date"),
        (format!("<UserName>v</UserName>{never}"), "it is about a key of user `v`"),
    ] {
        let error = last_used(&result).unwrap_err();
        assert!(error.to_string().contains(reason), "{result}: {error}");
    }
}
