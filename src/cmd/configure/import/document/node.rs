//! A JSON document in which no name of the key means two values. `serde_json` itself takes the last one in silence.

use std::cell::Cell;
use std::collections::hash_map::Entry;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::secret::Secret;

/// The members that the key is in, unless it is in the document itself. The case of names doesn't matter.
pub(super) const AROUND: [&str; 3] = ["Credentials", "AccessKey", "RoleCredentials"];

pub(super) const ID: &str = "AccessKeyId";
pub(super) const SECRET: &str = "SecretAccessKey";
pub(super) const TOKEN: &str = "SessionToken";

/// The members that the key is made of.
const PARTS: [&str; 3] = [ID, SECRET, TOKEN];

/// Why a text has no document.
pub(super) struct Unreadable {
    /// The line, counted from 1.
    pub(super) line: usize,
    /// The member that has two different values, if that is why.
    pub(super) repeated: Option<&'static str>,
}

/// A value, as far as the key can be in it.
pub(super) enum Node {
    Text(Secret),
    /// Its members of [`AROUND`] and of the key.
    Object(FxHashMap<&'static str, Node>),
    Other,
}

impl Node {
    /// The document that a text is.
    pub(super) fn read(text: &str) -> Result<Node, Unreadable> {
        let repeated = Cell::new(None);
        let mut parser = serde_json::Deserializer::from_str(text);
        let reader = Reader { around: &AROUND, parts: &PARTS, repeated: &repeated };
        let node = reader.deserialize(&mut parser).and_then(|node| parser.end().map(|()| node));
        node.map_err(|error| Unreadable { line: error.line(), repeated: repeated.get() })
    }

    /// The member of an object with one of the names that are looked up.
    pub(super) fn member(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(members) => members.get(name),
            Node::Text(_) | Node::Other => None,
        }
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self, Node::Object(_))
    }

    /// Whether two values say the same about the key.
    fn is_same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Text(one), Node::Text(other)) => one.expose() == other.expose(),
            (Node::Object(one), Node::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(name, value)| other.get(name).is_some_and(|same| value.is_same(same)))
            }
            (one, other) => matches!((one, other), (Node::Other, Node::Other)),
        }
    }

    /// A text that isn't empty.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text.expose()).filter(|text| !text.is_empty()),
            Node::Object(_) | Node::Other => None,
        }
    }
}

/// Reads an object's members that have these names; others have nothing to do with the key.
#[derive(Clone, Copy)]
struct Reader<'r> {
    around: &'static [&'static str],
    parts: &'static [&'static str],
    /// Where the name of a member is left that has two values.
    repeated: &'r Cell<Option<&'static str>>,
}

impl Reader<'_> {
    /// The name as AWS CLI writes it, and the parts of the key that its value may have.
    fn known(&self, name: &str) -> Option<(&'static str, &'static [&'static str])> {
        let find = |names: &'static [&'static str]| names.iter().find(|one| one.eq_ignore_ascii_case(name));
        let around = find(self.around).map(|name| (*name, &PARTS[..]));
        around.or_else(|| Some((*find(self.parts)?, &[])))
    }
}

impl<'d> DeserializeSeed<'d> for Reader<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Reader<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = FxHashMap::default();
        while let Some(name) = map.next_key::<String>()? {
            let Some((name, parts)) = self.known(&name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Reader { around: &[], parts, ..self })?;
            match members.entry(name) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(first) if first.get().is_same(&value) => {}
                Entry::Occupied(_) => {
                    self.repeated.set(Some(name));
                    return Err(A::Error::custom("two values"));
                }
            }
        }
        Ok(Node::Object(members))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(Secret::new(text)))
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut sequence: A) -> Result<Node, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::Other)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }
}
