//! The XML of the query protocol: elements with text. Their names are compared without a prefix.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

/// The longest response, in bytes.
const LARGEST: usize = 256 << 10;

/// The deepest nesting. Parsing and dropping an element recurse as deep as it does.
const DEEPEST: usize = 32;

#[derive(Default)]
pub struct Element {
    /// Without a prefix.
    pub(super) name: String,
    /// The value of its own `xmlns`.
    pub(super) namespace: Option<String>,
    text: Zeroizing<String>,
    children: Vec<Element>,
}

impl Element {
    /// Parses a document. The error doesn't quote it.
    pub(super) fn parse(document: &[u8]) -> Result<Element, String> {
        if document.len() > LARGEST {
            return Err("it is longer than 256 KiB".to_owned());
        }
        let text = std::str::from_utf8(document).map_err(|_| "it is not UTF-8".to_owned())?;
        parse(text).map_err(|reason| format!("it is not XML: {reason}"))
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of this name.
    pub fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub(super) fn has_several(&self, name: &str) -> bool {
        self.children(name).nth(1).is_some()
    }

    pub(super) fn into_child(self, name: &str) -> Option<Element> {
        self.children.into_iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }
}

fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    // The first element of the stack holds the root.
    let mut open = vec![Element::default()];
    loop {
        // The parser's own message would quote the document.
        match reader.read_event().map_err(|_| "it is not well-formed".to_owned())? {
            Event::Start(_) | Event::Empty(_) if open.len() > DEEPEST => {
                return Err(format!("its elements are nested more than {DEEPEST} deep"));
            }
            Event::Start(tag) => open.push(named(&tag)),
            Event::Empty(tag) => close(&mut open, named(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                close(&mut open, done);
            }
            Event::Text(part) => append(&mut open, &part)?,
            Event::CData(part) => append(&mut open, &part)?,
            Event::GeneralRef(name) => {
                match name.resolve_char_ref().map_err(|_| "there is no such character".to_owned())? {
                    Some(character) => append(&mut open, character.encode_utf8(&mut [0; 4]))?,
                    None => {
                        let known = resolve_predefined_entity(&name);
                        append(&mut open, known.ok_or("it has an entity of its own")?)?;
                    }
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut roots = match open.pop() {
        Some(outermost) if open.is_empty() => outermost.children,
        _ => return Err("an element has no end".to_owned()),
    };
    match (roots.pop(), roots.is_empty()) {
        (Some(root), true) => Ok(root),
        (Some(_), false) => Err("there are several roots".to_owned()),
        (None, _) => Err("there is no element".to_owned()),
    }
}

fn named(tag: &BytesStart<'_>) -> Element {
    let name = tag.local_name().as_ref().to_owned();
    let namespace = tag.try_get_attribute("xmlns").ok().flatten().map(|found| found.value.into_owned());
    Element { name, namespace, ..Element::default() }
}

fn close(open: &mut [Element], done: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(done);
    }
}

fn append(open: &mut [Element], part: &str) -> Result<(), String> {
    match open {
        [_] if part.trim().is_empty() => Ok(()),
        [_, .., innermost] => {
            innermost.text.push_str(part);
            Ok(())
        }
        _ => Err("there is text outside of elements".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_text_and_children() {
        let document = "<?xml version='1.0'?><!-- c --><n:R xmlns:n='u'>\n <A> a&lt;&#43;&#x2f;b <![CDATA[<&]]></A><B/></n:R>\n";
        let root = Element::parse(document.as_bytes()).map_err(|reason| panic!("{reason}")).unwrap();
        assert_eq!((root.name.as_str(), root.text("A"), root.text("B")), ("R", Some(" a<+/b <&"), Some("")));
        assert!(root.child("C").is_none());
    }

    #[test]
    fn invalid_xml_is_refused() {
        for text in [
            "",
            "  ",
            "no",
            "<a>",
            "<a><b></a></b>",
            "<a/><b/>",
            "<a/>x",
            "</a>",
            "<a>&nope;</a>",
            "<html><br></html>",
        ] {
            assert!(Element::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Element::parse(b"<a>\xff</a>").is_err());
    }

    #[test]
    fn deeply_nested_or_long_documents_are_refused() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(Element::parse(nested(DEEPEST).as_bytes()).is_ok());
        let inner = "<a>".repeat(DEEPEST) + "<b/>" + &"</a>".repeat(DEEPEST);
        for text in [nested(DEEPEST + 1), nested(30_000), "<a>".repeat(80_000), inner, nested(2_000_000)] {
            assert!(Element::parse(text.as_bytes()).is_err());
        }
        let long = |length: usize| format!("<a>{}</a>", "x".repeat(length - 7));
        assert!(Element::parse(long(LARGEST).as_bytes()).is_ok());
        assert!(Element::parse(long(LARGEST + 1).as_bytes()).is_err());
    }

    #[test]
    fn a_reason_never_quotes_the_document() {
        for text in
            ["<a>&c4n4ry;</a>", "<a></c4n4ry>", "<c4n4ry", "<a c4n4ry='></a>", "<a>&#xc4n4ry;</a>", "c4n4ry"]
        {
            let Err(reason) = Element::parse(text.as_bytes()) else { continue };
            assert!(!reason.contains("c4n4ry"), "{reason}");
        }
    }

    #[test]
    fn random_documents_never_panic() {
        // Pieces that mean something, so that most documents get far.
        const PIECES: [&[u8]; 22] = [
            b"<a>",
            b"</a>",
            b"<b c='",
            b"'>",
            b"</b>",
            b"<a/>",
            b"&lt;",
            b"&#",
            b"x41;",
            b"&",
            b";",
            b"<![CDATA[",
            b"]]>",
            b"<!--",
            b"-->",
            b"<?xml ",
            b"?>",
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
            b"text",
            b"\xff",
            b"\0",
            b" ",
        ];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 32).unwrap() % below
        };
        let mut read = 0;
        for round in 0..20_000 {
            let mut document = Vec::new();
            for _ in 0..next(24) {
                match next(10) {
                    0 => document.push(u8::try_from(next(256)).unwrap()),
                    _ => document.extend_from_slice(PIECES[next(PIECES.len())]),
                }
            }
            if round % 2 == 0 {
                document = [b"<r>", &document[..], b"</r>"].concat();
            }
            read += usize::from(Element::parse(&document).is_ok());
        }
        assert!(read > 200, "{read}");
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    fn depth(element: &Element) -> usize {
        1 + element.children.iter().map(depth).max().unwrap_or_default()
    }

    #[test]
    fn xml_answer() {
        bolero::check!().for_each(|bytes: &[u8]| match Element::parse(bytes) {
            Ok(root) => assert!(depth(&root) <= DEEPEST),
            Err(reason) => assert!(reason.len() < 100, "it quotes nothing: {reason}"),
        });
    }
}
