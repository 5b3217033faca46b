//! XML as the query protocol has it: elements with text, whose namespaces don't matter.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

/// An element.
#[derive(Default)]
pub struct Element {
    name: String,
    text: Zeroizing<String>,
    children: Vec<Element>,
}

impl Element {
    /// Reads a document; an error says what is wrong with it.
    pub(super) fn parse(document: &[u8]) -> Result<Element, String> {
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

    /// The same without the rest.
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
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => open.push(named(&tag)),
            Event::Empty(tag) => close(&mut open, named(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                close(&mut open, done);
            }
            Event::Text(part) => append(&mut open, &part)?,
            Event::CData(part) => append(&mut open, &part)?,
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|error| error.to_string())? {
                Some(character) => append(&mut open, character.encode_utf8(&mut [0; 4]))?,
                None => {
                    let known = resolve_predefined_entity(&name);
                    append(&mut open, known.ok_or_else(|| format!("unknown entity `{}`", &*name))?)?;
                }
            },
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
    Element { name, ..Element::default() }
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
    fn what_is_not_xml_is_refused() {
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
}
