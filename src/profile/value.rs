//! Reading the values of a profile, each checked at its place.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::check;
use super::layer::Value;
use super::mapping::Reading;
use super::schema::{Field, Shape};

/// No list of ours is longer.
const MAX_ITEMS: usize = 200;

pub(super) type Check<'c> = &'c dyn Fn(&str) -> std::result::Result<(), (String, Option<String>)>;

pub(super) struct ValueSeed<'r> {
    pub(super) reading: &'r Reading,
    pub(super) field: &'static Field,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Value, D::Error> {
        let reading = self.reading;
        match self.field.shape {
            Shape::Flag => {
                let flag = TextSeed {
                    reading,
                    check: &check::flag,
                }
                .deserialize(deserializer)?;
                Ok(Value::Flag(flag == "true"))
            }
            Shape::Kinds => ListSeed {
                reading,
                check: &check::kind,
            }
            .deserialize(deserializer)
            .map(Value::List),
            Shape::Names => ListSeed {
                reading,
                check: &check::text,
            }
            .deserialize(deserializer)
            .map(Value::List),
            Shape::Places => ListSeed {
                reading,
                check: &check::place,
            }
            .deserialize(deserializer)
            .map(Value::List),
            Shape::Reason => TextSeed {
                reading,
                check: &check::reason,
            }
            .deserialize(deserializer)
            .map(Value::Text),
            Shape::Languages => deserializer.deserialize_any(LanguagesVisitor { reading }),
            _ => TextSeed {
                reading,
                check: &|text| check::field(text, self.field),
            }
            .deserialize(deserializer)
            .map(Value::Text),
        }
    }
}

/// A scalar, as text whatever it looks like: `3.10` is not a number here.
pub(super) struct TextSeed<'r> {
    pub(super) reading: &'r Reading,
    pub(super) check: Check<'r>,
}

impl<'de> DeserializeSeed<'de> for TextSeed<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for TextSeed<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<String, E> {
        (self.check)(text).map_err(|(message, help)| self.reading.complain(message, help))?;
        Ok(text.to_owned())
    }
}

pub(super) struct ListSeed<'r> {
    pub(super) reading: &'r Reading,
    pub(super) check: Check<'r>,
}

impl<'de> DeserializeSeed<'de> for ListSeed<'_> {
    type Value = Vec<String>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Vec<String>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListSeed<'_> {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut items: A,
    ) -> std::result::Result<Vec<String>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(TextSeed {
            reading: self.reading,
            check: self.check,
        })? {
            if list.len() == MAX_ITEMS {
                let message = format!("the list has more than {MAX_ITEMS} items");
                return Err(self.reading.complain(message, None));
            }
            list.push(item);
        }
        Ok(list)
    }
}

/// `all`, `reviewed`, `none`, or a list of languages.
pub(super) struct LanguagesVisitor<'r> {
    pub(super) reading: &'r Reading,
}

impl<'de> Visitor<'de> for LanguagesVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`all`, `reviewed`, `none` or a list of languages")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Value, E> {
        if matches!(text, "all" | "reviewed" | "none") {
            return Ok(Value::Text(text.to_owned()));
        }
        let help = "write `all`, `reviewed`, `none` or a list such as [de, pt_BR]".to_owned();
        Err(self
            .reading
            .complain(format!("`{text}` is not a choice of languages"), Some(help)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> std::result::Result<Value, A::Error> {
        let list = ListSeed {
            reading: self.reading,
            check: &check::language,
        };
        list.visit_seq(items).map(Value::List)
    }
}
