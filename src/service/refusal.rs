//! Errors of services that use the query protocol.

use super::operation::Operation;
use super::xml::Element;
use super::{Error, Service};
use crate::net::Response;

/// The error in a response to `operation`. Like botocore, it fails with a reason if the response can't be parsed. A document
/// without an error of the service, such as a web page of a proxy, is [`Error::Foreign`]: it doesn't show
/// whether the request was carried out.
pub(super) fn read(operation: Operation, response: &Response) -> Result<Error, String> {
    let Operation { service, name } = operation;
    let refused = |code: &str, message: &str, request_id: Option<&str>| Error::Refused {
        service,
        operation: name,
        code: code.to_owned(),
        message: message.to_owned(),
        status: response.status,
        request_id: request_id.or(response.header("x-amzn-requestid")).map(str::to_owned),
    };
    if is_generic(response) {
        return Ok(refused(&response.status.to_string(), "", None));
    }
    let document = Element::parse(&response.body)?;
    let error = document.child("Error").or_else(|| document.child("Errors")?.child("Error"));
    let text = |name| error.and_then(|error| error.text(name)).map(str::trim);
    match text("Code").filter(|code| !code.is_empty() && is_of_service(&document, service)) {
        Some(code) => Ok(refused(code, text("Message").unwrap_or_default(), request_id(&document))),
        None => Ok(Error::Foreign { service, operation: name, status: response.status }),
    }
}

/// botocore's `_is_generic_error_response`.
pub(super) fn is_generic(response: &Response) -> bool {
    let body = response.body.trim_ascii();
    response.status >= 500 && (body.is_empty() || body.starts_with(b"<html>"))
}

/// Whether a document has the root element of an AWS service's errors and, unless the namespace is missing, their
/// namespace. Local stand-ins for AWS have no namespace.
fn is_of_service(document: &Element, service: Service) -> bool {
    let aws = |namespace: &str| {
        let host = namespace.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        host.starts_with(service.name()) || host.ends_with("amazonaws.com") || host.ends_with("amazon.com")
    };
    matches!(document.name.as_str(), "ErrorResponse" | "Response")
        && document.namespace.as_deref().is_none_or(aws)
}

fn request_id(document: &Element) -> Option<&str> {
    document
        .text("RequestId")
        .or_else(|| document.text("RequestID"))
        .or_else(|| document.child("ResponseMetadata")?.text("RequestId"))
        .map(str::trim)
        .filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Result<Error, String> {
        let operation = Operation { service: Service::Iam, name: "CreateAccessKey" };
        let body = zeroize::Zeroizing::new(body.as_bytes().to_vec());
        read(operation, &Response { status, headers: Vec::new(), body })
    }

    fn modeled(code: &str) -> String {
        format!(
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Code>{code}</Code></Error>\
             <RequestId>1</RequestId></ErrorResponse>"
        )
    }

    #[test]
    fn only_an_error_of_the_service_proves_that_a_request_had_no_effect() {
        for code in [
            "AccessDenied",
            "LimitExceeded",
            "NoSuchEntity",
            "InvalidClientTokenId",
            "MalformedHttpRequestException",
            "Throttling",
        ] {
            assert!(answered(400, &modeled(code)).unwrap().is_without_effect(), "{code}");
        }
        for code in [
            "RequestAbortedException",
            "RequestTimeout",
            "InternalFailure",
            "ServiceFailure",
            "ServiceUnavailable",
            "Mystery",
            "",
        ] {
            assert!(!answered(400, &modeled(code)).unwrap().is_without_effect(), "{code}");
        }
        // A failure inside the service.
        assert!(!answered(503, &modeled("Throttling")).unwrap().is_without_effect());
        let denied = modeled("AccessDenied");
        for page in [
            denied.replace("<RequestId>1</RequestId>", ""),
            denied.replace("https://iam.amazonaws.com/doc/2010-05-08/", "http://www.w3.org/1999/xhtml"),
            denied.replace("ErrorResponse", "html"),
            // What S3 and CloudFront send in front of a blocked request.
            "<Error><Code>AccessDenied</Code><RequestId>1</RequestId></Error>".to_owned(),
        ] {
            let proves = answered(403, &page).is_ok_and(|error| error.is_without_effect());
            assert!(!proves, "{page}");
        }
    }

    #[test]
    fn a_web_page_is_not_a_response_of_the_service_whatever_its_status() {
        let page = "<html><body><h1>Blocked by DLP</h1></body></html>";
        for status in [301, 400, 403, 408, 413, 429, 451, 499] {
            assert!(matches!(answered(status, page), Ok(Error::Foreign { .. })), "{status}");
        }
        let doctype = format!("<!DOCTYPE html>\n{page}");
        for status in [400, 502] {
            assert!(matches!(answered(status, &doctype), Ok(Error::Foreign { .. })), "{status}");
        }
        for broken in
            ["", "no", "{\"message\":\"Forbidden\"}", "<ErrorResponse><Error><Code>AccessDenied</Code>"]
        {
            assert!(answered(403, broken).is_err(), "{broken}");
        }
    }
}
