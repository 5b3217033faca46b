//! A JSON document in which no name of the key means two values. `serde_json` itself takes the last one in silence.

use std::collections::hash_map::Entry;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::secret::Secret;

/// The members that the key is in, unless it is in the document itself. All names are compared in lower case.
pub(super) const AROUND: [&str; 3] = ["credentials", "accesskey", "rolecredentials"];

/// The members that the key is made of.
const PARTS: [&str; 3] = ["accesskeyid", "secretaccesskey", "sessiontoken"];

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

impl<'d> Deserialize<'d> for Node {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Reader { around: &AROUND, parts: &PARTS })
    }
}

/// Reads an object's members that have these names; others have nothing to do with the key.
struct Reader {
    around: &'static [&'static str],
    parts: &'static [&'static str],
}

impl<'d> DeserializeSeed<'d> for Reader {
    type Value = Node;

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = FxHashMap::default();
        while let Some(mut name) = map.next_key::<String>()? {
            name.make_ascii_lowercase();
            let parts: &[&str] = if self.around.contains(&name.as_str()) {
                &PARTS
            } else if self.parts.contains(&name.as_str()) {
                &[]
            } else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Reader { around: &[], parts })?;
            match members.entry(name) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(first) if first.get().is_same(&value) => {}
                Entry::Occupied(first) => return Err(A::Error::custom(format_args!("`{}`", first.key()))),
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
