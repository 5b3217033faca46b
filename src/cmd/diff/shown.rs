//! The lines of a document, masked for a diff. A file has secrets not only as values of secret keys: also in comments,
//! lines without a key, misspelled keys and arguments of programs.

use crate::ini::{Document, Kind, Stray, lowered};
use crate::profile::is_bridge;
use crate::secret::{Care, MASK, is_hidden_key_id};
use crate::settings::{
    self, REST, masked, names_secret, undelimited_command, without_arguments, without_stray,
    without_stray_of_aws,
};

/// The lines without their endings. Secrets, and text that looks like one, are masked. Of a large file few lines are shown:
/// those that aren't `wanted` are looked at for what they say about the lines below them only, and are left empty.
pub(super) fn lines(document: &Document, wanted: &[bool]) -> Vec<String> {
    let (mut is_secret, mut is_command, mut commented) = (false, false, Commented::default());
    let lines = document.lines().iter().zip(wanted).map(|(line, is_wanted)| {
        let shown = |show: &dyn Fn() -> String| if *is_wanted { show() } else { String::new() };
        let text = document.text(line.span);
        let text = text.trim_end_matches(['\n', '\r']);
        // Lines that no reader knows may continue each other, too.
        let is_more = match line.kind {
            Kind::Continuation { .. } => true,
            Kind::Stray(_) => text.starts_with(char::is_whitespace),
            _ => false,
        };
        if is_more && is_secret {
            return MASK.to_owned();
        }
        if let Some(shown) = commented.below(text, line.kind) {
            return shown;
        }
        if let (Kind::Stray(_), false) = (line.kind, is_more) {
            // Whoever forgot the delimiter has the value below the name.
            let key = text.split_once(['=', ':']).map_or(text, |(key, _)| key);
            (is_secret, is_command) = (names_secret(key), ends_with_command_key(key));
        }
        if let Some(command) = undelimited_command(text) {
            // What continues the line is a part of the command.
            is_command |= !matches!(line.kind, Kind::Comment);
            return shown(&|| with_command(text, command));
        }
        match line.kind {
            Kind::Entry { key, value } => {
                let key = lowered(key.of(document.bytes()));
                is_secret = settings::is_secret(&key);
                if document.text(value).is_empty()
                    && let Some(shown) = without_stray(text)
                {
                    return shown;
                }
                if is_secret && !document.text(value).is_empty() {
                    let start = value.start() - line.span.start();
                    let bytes = line.span.of(document.bytes());
                    let name = || masked(&String::from_utf8_lossy(&bytes[..start]), Care::Great);
                    return shown(&|| format!("{}{MASK}", name()));
                }
                if settings::is_address(&key) {
                    return shown(&|| with_address(text, &document.text(value)));
                }
                if key == settings::AWS_ACCESS_KEY_ID.name && is_hidden_key_id(&document.text(value)) {
                    return text.replace(&*document.text(value), MASK);
                }
                is_command = settings::is_command(&key);
                shown(&|| if is_command { with_command(text, &document.text(value)) } else { joined(text) })
            }
            _ if is_more && is_command => {
                format!("{}{}", &text[..text.len() - text.trim_start().len()], REST)
            }
            _ if !is_wanted => String::new(),
            // A value without a key may belong to any key.
            Kind::Stray(Stray::NoKey) => match text.find(|c: char| !c.is_whitespace() && !"=:".contains(c)) {
                Some(start) => format!("{}{MASK}", &text[..start]),
                None => text.to_owned(),
            },
            Kind::Continuation { .. } | Kind::Comment | Kind::Stray(_) => match text.split_once(['=', ':']) {
                Some((key, value)) if names_secret(key) && !value.trim().is_empty() => {
                    let start = text.len() - value.trim_start().len();
                    format!("{}{MASK}", &text[..start])
                }
                Some((key, value)) if settings::is_address(&key.trim().to_lowercase()) => {
                    with_address(text, value.trim())
                }
                Some((key, value)) if ends_with_command_key(key) => with_command(text, value.trim()),
                _ => without_stray(text).unwrap_or_else(|| masked(text, Care::Great)),
            },
            Kind::Blank | Kind::Header { .. } => joined(text),
        }
    });
    lines.collect()
}

/// A value or a name that is not a secret. A line that has lost its line break may be a part of it.
fn joined(line: &str) -> String {
    let shown = without_stray_of_aws(line);
    masked(shown.as_deref().unwrap_or(line), Care::Usual)
}

/// A setting that was commented out: the value may be on the comments below.
#[derive(Default)]
struct Commented {
    /// How far its name is behind the mark of the comment, and what is shown in place of its value.
    key: Option<(usize, &'static str)>,
}

impl Commented {
    /// The line, if it is a comment that belongs to the one above it.
    fn below(&mut self, text: &str, kind: Kind) -> Option<String> {
        let rest = text.trim_start().trim_start_matches(['#', ';']);
        let start = text.len() - rest.trim_start().len();
        if kind != Kind::Comment || start == text.len() {
            self.key = None;
            return None;
        }
        if let Some((_, instead)) = self.key.filter(|(least, _)| start > *least) {
            return Some(format!("{}{instead}", &text[..start]));
        }
        let name = rest.trim().trim_end_matches(['=', ':']).trim_end();
        let instead = if settings::is_secret(name) { Some(MASK) } else { None };
        let instead = instead.or(settings::is_command(name).then_some(REST));
        // A sentence may end in such a word, and begins with another one.
        self.key = instead.filter(|_| !name.contains(char::is_whitespace)).map(|instead| (start, instead));
        None
    }
}

/// A line that ends with a command, of which only the program is shown, as in lists. How a bridge names its profile is what
/// people look for in a dry run.
fn with_command(line: &str, command: &str) -> String {
    if is_bridge(command) {
        return line.to_owned();
    }
    let end = line.trim_end();
    let before = end.strip_suffix(command.trim_end()).unwrap_or(line);
    masked(&format!("{before}{}", without_arguments(command)), Care::Usual)
}

/// Whether the text before a delimiter ends with the name of a key whose value is a command.
fn ends_with_command_key(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(settings::is_command)
}

/// A line that has an address, without what of the address may be a secret.
fn with_address(line: &str, address: &str) -> String {
    let shown = without_query(&settings::without_password(address));
    let line = if address.is_empty() { line.to_owned() } else { line.replace(address, &shown) };
    masked(&line, Care::Usual)
}

/// Masks the query and the fragment of an address, which lists leave out: they may have a signature. Start URLs of IAM Identity
/// Center often have an empty fragment.
fn without_query(address: &str) -> String {
    match address.split_once(['?', '#']) {
        Some((place, rest)) if !rest.trim_matches(['/', '#']).is_empty() => {
            format!("{}{MASK}", &address[..=place.len()])
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const CANARY: &str = "c4n4ry/DoNotShow+Me";

    fn shown(text: &str) -> String {
        let document = Document::parse(text.as_bytes().to_vec());
        lines(&document, &vec![true; document.lines().len()]).join("\n")
    }

    #[test]
    fn a_line_is_shown_the_same_whether_those_above_it_are_or_not() {
        const LINES: [&str; 16] = [
            "[profile a]",
            "aws_secret_access_key =",
            "  c4n4ry/DoNotShow+Me",
            "aws_secret_access_key = c4n4ry/DoNotShow+Me",
            "credential_process =",
            "credential_process /t --password one-word",
            "  --password one-word",
            "credential_process = /t one-word",
            "# aws_session_token",
            "#   c4n4ry/DoNotShow+Me",
            "endpoint_url = https://me:one-word@h/?sig=one-word",
            "aws_access_key_id = c4n4ry/DoNotShow+Me",
            "= one-word",
            "aws_session_token",
            "region = x aws_session_token one-word",
            "",
        ];
        let mut random = Random::new(3);
        for _ in 0..3_000 {
            let text: Vec<&str> = (0..=random.below(6)).map(|_| random.pick(&LINES)).collect();
            let document = Document::parse(text.join("\n").into_bytes());
            let count = document.lines().len();
            let whole = lines(&document, &vec![true; count]);
            for at in 0..count {
                let mut wanted = vec![false; count];
                wanted[at] = true;
                assert_eq!(lines(&document, &wanted)[at], whole[at], "{text:?}");
            }
        }
    }

    #[test]
    fn secrets_are_masked_outside_of_their_keys() {
        for line in [
            "CANARY",
            "credential_process tool --a=b\n  -u me:CANARY",
            "aws_session_token =\n  my_process CANARY x",
            "aws_secret_access_key\n  CANARY",
            "aws_secret_access_key CANARY=",
            "aws_session_token\u{a0}CANARY=",
            "credential_process\n  tool CANARY",
            "# aws_session_token =\n#   CANARY",
            "region = eu-west-1 aws_session_token CANARY",
            "[profile dev aws_session_token CANARY]",
            "#aws_session_token\n;  CANARY",
            "# credential_process =\n#   tool CANARY",
            "endpoint_url = https://me:a'b CANARY@h/",
            "x = https://me:a b CANARY@h/",
            " = CANARY",
            ": CANARY",
            "#CANARY",
            "# CANARY",
            "; old secret CANARY",
            "aws_session_tokn=CANARY",
            "aws_secret_acces_key = CANARY",
            "aws_secert_access_key: CANARY",
            "my-pasword = CANARY",
            "# aws_secret_access_key = CANARY",
            "#aws_session_tokn=CANARY",
            "x =\n  aws_secret_access_key = CANARY",
            "aws_secret_access_key =\n  CANARY",
            "credential_process = tool --password CANARY --profile x",
            "credential_process = tool --client-secret=CANARY",
            "credential_process = sh -c 'TOKEN=CANARY tool'",
            "credential_process = WORD=CANARY tool",
            "credential_process = \"WORD=CANARY\" tool",
            "credential_process = tool -u me:CANARY",
            "credential_process = tool\n  --user=me:CANARY",
            "# credential_process = tool -u me:CANARY",
            "# old credential_process: tool CANARY",
            "credential_process tool -u me:CANARY",
            "credental_proces = tool -pCANARY",
            "mfa_process = tool CANARY",
            "x =\n  credential_process = tool CANARY",
            "x = {\"SecretAccessKey\": \"CANARY\", \"Version\": 1}",
            "x = {\\\"SecretAccessKey\\\":\\\"CANARY\\\"}",
            "credential_process = tool --password 'a CANARY b'",
            "setx AWS_SESSION_TOKEN CANARY",
            "aws_session_token CANARY",
            "x = https://me:CANARY@proxy.corp:8080/",
            "endpoint_url = me:CANARY@127.0.0.1:1",
            "sso_start_url = me:CANARY@portal/start",
            "ec2_metadata_service_endpoint = //me:CANARY@h",
            "http_proxy = me:CANARY@proxy.corp:8080",
            "endpoint_url = https://example.org/b?X-Amz-Signature=CANARY&token=t",
            "endpoint_url = https://example.org/b?sig=CANARY",
            "sso_start_url = https://example.org/start#/CANARY",
            "s3 =\n  endpoint_url = https://example.org/b?sig=CANARY",
            "# endpoint_url = https://example.org/b?sig=CANARY",
        ] {
            for text in [line.to_owned(), format!("[default]\nregion = x\n{line}\nafter = y\n")] {
                let text = text.replace("CANARY", CANARY);
                let shown = shown(&text);
                assert!(!shown.contains(CANARY), "{text}\n{shown}");
                assert!(shown.contains(MASK) || shown.contains(REST), "{text}\n{shown}");
            }
        }
    }

    #[test]
    fn of_a_command_line_only_the_program_is_shown() {
        for (line, expected) in [
            ("mfa_process=oathtool --totp -b JBSWY3DPEHPK3PXP", "mfa_process=oathtool …"),
            ("credential_process = tool\n  --seed x", "credential_process = tool\n  …"),
            ("credential_process = '/my tool'  ", "credential_process = /my …"),
            ("credential_process =", "credential_process ="),
            ("credential_process = tool", "credential_process = tool"),
            ("# credential_process = tool x", "# credential_process = tool …"),
            (
                "credential_process = /b/xcred credential-process -p 'a b'",
                "credential_process = /b/xcred credential-process -p 'a b'",
            ),
            ("credential_process = xcred credential-process -p a b", "credential_process = xcred …"),
            ("credential_process = xcred x -p a", "credential_process = xcred …"),
        ] {
            assert_eq!(shown(&format!("[x]\n{line}")), format!("[x]\n{expected}"));
        }
    }

    #[test]
    fn text_without_secrets_stays_readable() {
        let text = "# production, see https://wiki.corp/aws/accounts?page=2\n[profile dev]\nregion = eu-west-1\n\
                    web_identity_token_file = /var/run/secrets/eks.amazonaws.com/serviceaccount/token\n\
                    credential_process = tool\n\
                    x = arn:aws:secretsmanager:eu-west-1:123456789012:secret:db\n\
                    ; role_arn = arn:aws:iam::123456789012:role/Dev\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                    https_proxy = http://proxy.corp:8080/me@here\nsso_start_url = https://corp.awsapps.com/start#/\ns3 =\n  addressing_style = path";
        assert_eq!(shown(text), text);
        assert_eq!(shown("[x]\naws_secret_access_key = a"), format!("[x]\naws_secret_access_key = {MASK}"));
    }
}
