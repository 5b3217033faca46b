//! What a browser brings back from a sign-in page: RFC 6749, section 4.1.2.

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::text;

/// The path of the redirect URI. The client is registered with it, as AWS CLI's is.
pub(super) const PATH: &str = "/oauth/callback";

/// The answer to a sign-in that had our `state`.
#[derive(Debug)]
pub enum Answer {
    /// The authorization code, masked in all output.
    Code(Secret),
    /// The sign-in page reports an error, such as `access_denied`. Neither text is trusted.
    Error { error: String, description: Option<String> },
}

/// The answer in the address on which a browser ended, in its query, or in `code=…&state=…`. `None` if it isn't one, or
/// is one to another sign-in.
///
/// The host of an address may be any: the `state` says whose answer it is.
pub fn parse(pasted: &str, state: &Secret) -> Option<Answer> {
    let pasted =
        pasted.trim_matches(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\u{feff}".contains(c));
    let pasted = pasted.split('#').next().unwrap_or_default();
    let query = match pasted.split_once('?') {
        None | Some(("", _)) => pasted.trim_start_matches('?'),
        Some((place, query)) => {
            let behind_scheme = place.split_once("://").map_or(place, |(_, rest)| rest);
            let path = behind_scheme.find('/').map_or("", |at| &behind_scheme[at..]);
            (path == PATH).then_some(query)?
        }
    };
    of_query(query, state)
}

/// The answer in a query. A parameter that is there twice makes it ambiguous.
pub(super) fn of_query(query: &str, state: &Secret) -> Option<Answer> {
    let found = decoded(only(query, "state")??)?;
    if !bool::from(found.as_bytes().ct_eq(state.expose().as_bytes())) {
        return None;
    }
    let [code, error, description] = ["code", "error", "error_description"].map(|name| only(query, name));
    match (code?, error?, description?) {
        (Some(code), None, _) => {
            let code = decoded(code).filter(|code| !code.is_empty())?;
            Some(Answer::Code(Secret::held(&**code)))
        }
        (None, Some(error), description) => {
            let error = decoded(error).filter(|error| !error.is_empty())?.to_string();
            Some(Answer::Error {
                error,
                description: description.and_then(decoded).map(|text| text.to_string()),
            })
        }
        _ => None,
    }
}

/// The value of the only parameter of this name, still encoded. `Some(None)` if there is none, `None` if there are two.
#[expect(clippy::option_option, reason = "missing and ambiguous are different")]
fn only<'q>(query: &'q str, name: &str) -> Option<Option<&'q str>> {
    let mut values = query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key).is_some_and(|key| *key == name)).then_some(value)
    });
    let first = values.next();
    values.next().is_none().then_some(first)
}

/// The text of `application/x-www-form-urlencoded`. `None` if it isn't UTF-8.
fn decoded(text: &str) -> Option<Zeroizing<String>> {
    let bytes = text::decoded(text, b' ');
    Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = "3b1c6a2e-0000-4000-8000-1234567890ab";

    /// `code …`, `error … …` or nothing.
    fn parsed(pasted: &str) -> String {
        match parse(&pasted.replace('@', STATE), &Secret::new(STATE)) {
            None => String::new(),
            Some(Answer::Code(code)) => format!("code {}", code.expose()),
            Some(Answer::Error { error, description }) => format!("error {error} {description:?}"),
        }
    }

    #[test]
    fn an_address_its_query_and_its_parameters_are_answers() {
        for pasted in [
            "http://127.0.0.1:4711/oauth/callback?code=CANARYabc&state=@",
            "  http://localhost:1/oauth/callback?state=@&code=CANARYabc#top \r\n",
            "\"http://127.0.0.1/oauth/callback?code=CANARYabc&state=@\"",
            "<127.0.0.1:4711/oauth/callback?code=CANARYabc&state=@>",
            "/oauth/callback?x&code=CANARYabc&iss=https://a/?b&state=@",
            "?code=CANARYabc&state=@",
            "code=CANARYabc&state=@",
            "state=@&code=%43ANARY%61bc",
            "c%6fde=CANARYabc&state=@",
        ] {
            assert_eq!(parsed(pasted), "code CANARYabc", "{pasted}");
        }
        assert_eq!(parsed("error=access_denied&state=@"), "error access_denied None");
        assert_eq!(
            parsed("?error=a&error_description=no+100%+%e2%82%ac%1b[&state=@"),
            "error a Some(\"no 100% €\\u{1b}[\")"
        );
        assert_eq!(parsed("code=a%2Bb%2f%3D&state=@"), "code a+b/=");
    }

    #[test]
    fn anything_else_is_no_answer() {
        for pasted in [
            "",
            "?",
            "yes",
            "code=CANARYabc",
            "state=@",
            "code=&state=@",
            "error=&state=@",
            "code=CANARYabc&state=",
            "code=CANARYabc&state=@0",
            "code=CANARYabc&state=3b1c6a2e-0000-4000-8000-1234567890aB",
            "error=access_denied",
            "error=access_denied&state=foreign",
            "code=a&code=b&state=@",
            "code=a&c%6fde=b&state=@",
            "code=a&state=@&state=@",
            "code=a&state=x&state=@",
            "code=a&error=b&state=@",
            "code=%ff&state=@",
            "http://127.0.0.1:4711/?code=CANARYabc&state=@",
            "http://127.0.0.1:4711?code=CANARYabc&state=@",
            "http://127.0.0.1:4711/oauth/callback/?code=CANARYabc&state=@",
            "http://127.0.0.1:4711/oauth/callback2?code=CANARYabc&state=@",
            "http://127.0.0.1:4711//oauth/callback?code=CANARYabc&state=@",
            "http://127.0.0.1:4711/oauth/callback#code=CANARYabc&state=@",
        ] {
            assert_eq!(parsed(pasted), "", "{pasted}");
        }
    }

    #[test]
    fn debug_shows_no_code() {
        let answer = parse(&format!("code=CANARYabc&state={STATE}"), &Secret::new(STATE));
        assert!(!format!("{answer:?}").contains("CANARY"));
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn callback_answer() {
        let state = Secret::new("s");
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            match parse(text, &state) {
                Some(Answer::Code(code)) => assert!(!code.expose().is_empty() && text.contains("=s")),
                Some(Answer::Error { error, .. }) => assert!(!error.is_empty()),
                None => {}
            }
        });
    }
}
