use super::super::lost::Cause;
use super::*;

fn lost(text: &str) -> Vec<(u32, String, Cause)> {
    let document = Document::parse(text.as_bytes().to_vec());
    let found = document.lost_headers().iter();
    found.map(|lost| (lost.line, document.lost_text(lost).into_owned(), lost.cause)).collect()
}

#[test]
fn headers_that_nobody_reads_are_found_with_the_reason() {
    let indented = |of| Cause::Indented { of };
    for (text, expected) in [
        ("[a]\nx = 1\n  [b]\ny = 2\n", vec![(3, "[b]", indented(2))]),
        ("[a]\r\nx =\r\n\t[profile b] # c\r\n", vec![(3, "[profile b]", indented(2))]),
        ("[a]\rx = 1\r# c\r\r\u{a0}[b]\r", vec![(5, "[b]", indented(2))]),
        ("[a]\nx = 1\n\u{c}[b]\n  [c\n", vec![(3, "[b]", indented(2)), (4, "[c", indented(2))]),
        ("[a]\nx = 1\u{85}[b]\n", vec![(2, "[b]", Cause::InLine { of: 2 })]),
        ("[a]\nx = 1\n  y\u{b}[b]\n", vec![(3, "[b]", Cause::InLine { of: 2 })]),
        ("[a\nx = 1\n", vec![(1, "[a", Cause::Unclosed)]),
        ("[a]\n[b = c\n[d:\n", vec![(2, "[b = c", Cause::Unclosed), (3, "[d:", Cause::Unclosed)]),
        ("profile a]\nx = 1\n", vec![(1, "profile a]", Cause::Unopened)]),
        ("[a]\nx = 1\nb]\n]\n1, 2]\ny = c]\n", vec![(3, "b]", Cause::Unopened)]),
        (
            "[a]\nx = 1\n  b]\ny = 2\n\tprofile c]\n",
            vec![(3, "b]", indented(2)), (5, "profile c]", indented(4))],
        ),
        ("[a]\nx = [1\n  b]\ny =\n  [\n  1\n  b]\nz =\n  see the wiki]\n", vec![]),
        ("\u{feff}[a]\n", vec![(1, "[a]", Cause::Unseen)]),
        ("[a]\n(b)\nx = 1\n  ［c］\n", vec![(2, "(b)", Cause::Disguised), (4, "［c］", indented(3))]),
        // Such brackets are quotation marks, too.
        ("[a]\nx = 1\n  【b】\n  「c」\n  ［d\n  e］\n  (f)\n", vec![]),
        ("[a]\nx = 1\n\u{feff}\u{200b}[b]\n", vec![(3, "[b]", Cause::Unseen)]),
        ("  [a]\n  x = [b]\n  y = 1\n     z [c]\n#  [d]\n[]\n[\n", vec![]),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(line, text, cause)| (line, text.to_owned(), cause)).collect();
        assert_eq!(lost(text), expected, "{text:?}");
    }
}

#[test]
fn settings_that_nobody_reads_are_found_with_the_reason() {
    let (indented, in_line) = (Cause::Indented { of: 2 }, Cause::InLine { of: 2 });
    for (text, expected) in [
        ("[a]\nx = 1\n  y = 2\n", vec![(3, "y", indented)]),
        ("[a]\nx = 1\u{2028}y = 2\n", vec![(2, "y", in_line)]),
        ("[a]\nx = 1\n  y = 2\u{b}z = 3\n", vec![(3, "y", indented), (3, "z", in_line)]),
        ("[a]\nx = \u{2028}y = 2\n", vec![]),
    ] {
        let document = Document::parse(text.as_bytes().to_vec());
        let entries = document.sections().flat_map(|section| section.entries().collect::<Vec<_>>());
        let found = entries.flat_map(|entry| entry.lost_settings().collect::<Vec<_>>());
        let found: Vec<_> = found.map(|lost| (lost.line, lost.key.unwrap(), lost.cause)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn what_looks_like_a_setting_is_told_from_what_goes_on() {
    for (text, key) in [
        ("output = json", Some("output")),
        ("aws_secret_access_key=abc", Some("aws_secret_access_key")),
        ("s3 =", Some("s3")),
        ("output: json", Some("output")),
        ("--flag=x", None),
        ("https://host/path?a=b", None),
        ("abcdefghijklmno=", None),
        ("c4n4ry/x+y=", None),
        ("two words = x", None),
        ("= x", None),
    ] {
        assert_eq!(setting_in(text.as_bytes()), key, "{text}");
    }
    assert!(is_tellable("aws_session_token") && !is_tellable("AbCd") && !is_tellable(&"a".repeat(41)));
}
