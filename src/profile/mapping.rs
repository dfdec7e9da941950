//! Reading the mappings of a profile: which keys there are, and which of them are given twice or
//! unknown, said while `serde_yaml` still knows where they stand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::check;
use super::layer::{Key, Value};
use super::schema::{FIELDS, Field, SECTIONS, Section, field, is_group};
use super::value::{ListSeed, TextSeed, ValueSeed};
use crate::suggest;

/// What was read so far, and the mistake that stopped us. The seeds share it, since an error in
/// a visitor can carry only one line of text through `serde_yaml`.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) extends: RefCell<Option<String>>,
    pub(super) facts: RefCell<BTreeMap<Key, Option<Value>>>,
    pub(super) complaint: RefCell<Option<(String, Option<String>)>>,
}

impl Reading {
    /// Notes the mistake and gives the error that makes `serde_yaml` stop and tell the position.
    pub(super) fn complain<E: serde::de::Error>(
        &self,
        message: impl Into<String>,
        help: Option<String>,
    ) -> E {
        *self.complaint.borrow_mut() = Some((message.into(), help));
        E::custom("")
    }
}

/// A mapping of the profile: the profile itself, a section, or a group such as `venv`.
pub(super) struct MappingSeed<'r> {
    pub(super) reading: &'r Reading,
    pub(super) section: Section,
    /// The group's path; empty for the profile and its sections.
    pub(super) prefix: String,
}

impl<'de> DeserializeSeed<'de> for MappingSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MappingSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping of keys to values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut seen = Vec::new();
        while let Some(entry) = map.next_key_seed(KeySeed {
            mapping: &self,
            seen: &mut seen,
        })? {
            match entry {
                Entry::Extends => {
                    let name = map.next_value_seed(TextSeed {
                        reading: self.reading,
                        check: &|text| check::text(text),
                    })?;
                    *self.reading.extends.borrow_mut() = Some(name);
                }
                Entry::Remove => {
                    let removed = map.next_value_seed(ListSeed {
                        reading: self.reading,
                        check: &|path| check::removable(path, self.section),
                    })?;
                    for path in removed {
                        self.remove(&path);
                    }
                }
                Entry::Section(section) => map.next_value_seed(MappingSeed {
                    reading: self.reading,
                    section,
                    prefix: String::new(),
                })?,
                Entry::Group(prefix) => map.next_value_seed(MappingSeed {
                    reading: self.reading,
                    section: self.section,
                    prefix,
                })?,
                Entry::Field(field) => {
                    let value = map.next_value_seed(ValueSeed {
                        reading: self.reading,
                        field,
                    })?;
                    self.reading
                        .facts
                        .borrow_mut()
                        .insert((self.section, field.path), Some(value));
                }
            }
        }
        Ok(())
    }
}

impl<'r> MappingSeed<'r> {
    /// The profile itself.
    pub(super) fn new(reading: &'r Reading) -> MappingSeed<'r> {
        MappingSeed {
            reading,
            section: Section::Base,
            prefix: String::new(),
        }
    }
}

impl MappingSeed<'_> {
    /// Notes that the file removes `path`, a field or all fields of a group. What the same file
    /// says about it elsewhere wins.
    fn remove(&self, path: &str) {
        let within = format!("{path}.");
        let mut facts = self.reading.facts.borrow_mut();
        for field in FIELDS {
            if field.path == path || field.path.starts_with(&within) {
                facts.entry((self.section, field.path)).or_insert(None);
            }
        }
    }

    /// What the key `name` stands for in this mapping.
    fn entry(&self, name: &str) -> std::result::Result<Entry, (String, Option<String>)> {
        let top = self.prefix.is_empty();
        if top && name == "remove" {
            return Ok(Entry::Remove);
        }
        if top && self.section == Section::Base {
            if name == "extends" {
                return Ok(Entry::Extends);
            }
            if let Some((_, section, _)) = SECTIONS.iter().find(|(key, _, _)| *key == name) {
                return Ok(Entry::Section(*section));
            }
        }
        let path = if top {
            name.to_owned()
        } else {
            format!("{}.{name}", self.prefix)
        };
        if is_group(&path) {
            return Ok(Entry::Group(path));
        }
        match field(&path) {
            Some(field) if field.per_interpreter || self.section == Section::Base => {
                Ok(Entry::Field(field))
            }
            Some(_) => Err((
                format!("`{path}` cannot differ between interpreters"),
                Some("move it to the top level of the profile".to_owned()),
            )),
            None => {
                let known = self.known_keys();
                let help = suggest::closest(name, known.iter().copied())
                    .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
                Err((format!("unknown key `{name}`"), Some(help)))
            }
        }
    }

    /// The keys that this mapping can have.
    fn known_keys(&self) -> Vec<&'static str> {
        let within = if self.prefix.is_empty() {
            String::new()
        } else {
            format!("{}.", self.prefix)
        };
        let mut known: Vec<&'static str> = Vec::new();
        if self.prefix.is_empty() {
            known.push("remove");
            if self.section == Section::Base {
                known.push("extends");
                known.extend(SECTIONS.iter().map(|(key, _, _)| *key));
            }
        }
        for field in FIELDS {
            if (field.per_interpreter || self.section == Section::Base)
                && let Some(rest) = field.path.strip_prefix(&within)
            {
                known.push(rest.split('.').next().unwrap_or(rest));
            }
        }
        known.sort_unstable();
        known.dedup();
        known
    }
}

enum Entry {
    Extends,
    Remove,
    Section(Section),
    Group(String),
    Field(&'static Field),
}

struct KeySeed<'a, 'r> {
    mapping: &'a MappingSeed<'r>,
    seen: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Entry, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_> {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> std::result::Result<Entry, E> {
        let reading = self.mapping.reading;
        if self.seen.iter().any(|seen| seen == name) {
            return Err(reading.complain(
                format!("key `{name}` is given twice"),
                Some("keep one of the two".to_owned()),
            ));
        }
        self.seen.push(name.to_owned());
        self.mapping
            .entry(name)
            .map_err(|(message, help)| reading.complain(message, help))
    }
}
