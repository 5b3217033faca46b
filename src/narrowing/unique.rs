//! JSON without repeated keys. Of a key that is given twice, one reader takes the first value and another one the last, so
//! what was checked here need not be what STS reads.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A document in which no object has a key twice, whatever the case of its letters.
pub(super) struct Unique(pub(super) Value);

impl<'de> Deserialize<'de> for Unique {
    /// # Errors
    /// The only error about data, not syntax, has the repeated key as its text.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unique, D::Error> {
        deserializer.deserialize_any(Values).map(Unique)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Unique(item)) = items.next_element()? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let (mut all, mut seen) = (Map::new(), HashSet::new());
        while let Some(key) = members.next_key::<String>()? {
            if !seen.insert(folded(&key)) {
                return Err(A::Error::custom(key));
            }
            let Unique(value) = members.next_value()?;
            all.insert(key, value);
        }
        Ok(Value::Object(all))
    }
}

/// A form that is equal for keys that a reader may take for one another. Some letters have no lower case of their own, only an upper
/// one: `ſ` is an `S`.
fn folded(key: &str) -> String {
    key.to_uppercase().to_lowercase()
}
