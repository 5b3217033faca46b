//! A JSON document in which no name means two members. `serde_json` itself takes the last one in silence.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::secret::Secret;

/// A value, as far as the key can be in it.
pub(super) enum Node {
    Text(Secret),
    /// By the names in lower case.
    Object(FxHashMap<String, Node>),
    Other,
}

impl Node {
    /// The member of an object with this name, in lower case.
    pub(super) fn member(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(members) => members.get(name),
            Node::Text(_) | Node::Other => None,
        }
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self, Node::Object(_))
    }

    /// A text that isn't empty.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text.expose()).filter(|text| !text.is_empty()),
            Node::Object(_) | Node::Other => None,
        }
    }
}

impl<'d> Deserialize<'d> for Node {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'d> Visitor<'d> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = FxHashMap::default();
        while let Some((name, value)) = map.next_entry::<String, Node>()? {
            if members.insert(name.to_ascii_lowercase(), value).is_some() {
                return Err(A::Error::custom("a member is there twice"));
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
