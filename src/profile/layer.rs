//! One YAML file of a profile: its facts, checked while they are read, so that each mistake has
//! the position that `serde_yaml` knows at that moment.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::placeholder;
use super::schema::{FIELDS, Field, SECTIONS, Section, Shape, field, is_group};
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::interpreter::{Kind, is_version};
use crate::text::is_invisible;
use crate::{locale, suggest};

/// A profile larger than this is not one.
const MAX_BYTES: usize = 64 * 1024;

/// A profile with more brackets is not one either. libyaml's time grows with the square of the
/// depth to which they nest.
const MAX_BRACKETS: usize = 2_000;

/// The value of a fact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// A text, command, path, version…
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list of names.
    List(Vec<String>),
}

/// A fact's key: the section and the field in it.
pub type Key = (Section, &'static str);

/// What one file says: facts, and the keys that it removes (`None`).
#[derive(Debug)]
pub struct Layer {
    /// The name of the profile that the file describes.
    pub id: String,
    /// The text, for messages.
    pub source: Rc<Source>,
    /// The profile that this one extends.
    pub extends: Option<String>,
    /// The facts; `None` where the file removes an inherited one.
    pub facts: BTreeMap<Key, Option<Value>>,
}

impl Layer {
    /// Reads a layer of the profile `id` from YAML.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, for YAML that does not parse, unknown or repeated keys, and
    /// values that do not have the shape that [`FIELDS`] asks for.
    pub fn parse(id: &str, source: Rc<Source>) -> Result<Layer> {
        if source.text.len() > MAX_BYTES {
            return Err(Diagnostic::invalid(format!(
                "the profile is larger than {MAX_BYTES} bytes"
            ))
            .in_file(&source.name));
        }
        if source.text.matches(['[', '{']).count() > MAX_BRACKETS {
            return Err(Diagnostic::invalid(format!(
                "the profile has more than {MAX_BRACKETS} brackets"
            ))
            .in_file(&source.name));
        }
        let reading = Reading::default();
        let mapping = MappingSeed {
            reading: &reading,
            section: Section::Base,
            prefix: String::new(),
        };
        let outcome = mapping.deserialize(serde_yaml::Deserializer::from_str(&source.text));
        if let Err(error) = outcome {
            return Err(explain(&source, &error, reading.complaint.take()));
        }
        Ok(Layer {
            id: id.to_owned(),
            extends: reading.extends.take(),
            facts: reading.facts.take(),
            source,
        })
    }
}

/// What was read so far, and the mistake that stopped us. The seeds share it, since an error in
/// a visitor can carry only one line of text through `serde_yaml`.
#[derive(Default)]
struct Reading {
    extends: RefCell<Option<String>>,
    facts: RefCell<BTreeMap<Key, Option<Value>>>,
    complaint: RefCell<Option<(String, Option<String>)>>,
}

impl Reading {
    /// Notes the mistake and gives the error that makes `serde_yaml` stop and tell the position.
    fn complain<E: serde::de::Error>(&self, message: impl Into<String>, help: Option<String>) -> E {
        *self.complaint.borrow_mut() = Some((message.into(), help));
        E::custom("")
    }
}

/// The diagnostic for an error of `serde_yaml`, in our words where it came from us.
fn explain(
    source: &Rc<Source>,
    error: &serde_yaml::Error,
    complaint: Option<(String, Option<String>)>,
) -> Box<Diagnostic> {
    let start = error.location().map_or(0, |location| {
        // libyaml counts columns in characters and lines from 1.
        let line_start = source
            .text
            .split_inclusive('\n')
            .take(location.line().saturating_sub(1))
            .map(str::len)
            .sum::<usize>();
        let line = source.text[line_start..].lines().next().unwrap_or_default();
        line_start
            + line
                .char_indices()
                .nth(location.column().saturating_sub(1))
                .map_or(line.len(), |(index, _)| index)
    });
    let line_end = source.text[start..]
        .find('\n')
        .map_or(source.text.len(), |length| start + length);
    let line = &source.text[start..line_end];
    let length = match line.find(": ") {
        Some(colon) if !line.starts_with(['"', '\'']) => colon,
        _ => line.trim_end().trim_end_matches(':').len(),
    };
    let (message, help) = complaint.unwrap_or_else(|| (reword(&error.to_string()), None));
    let whole_line_start = source.text[..start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let unquoted = source.text[whole_line_start..line_end].contains(": {{");
    let help = if unquoted {
        Some("quote a value that begins with `{{`: \"{{ python.name }}\"".to_owned())
    } else {
        help
    };
    let mut diagnostic = Diagnostic::invalid(message).at(source, start..start + length.max(1));
    diagnostic.help = help;
    diagnostic
}

/// The message of `serde_yaml` in our words, without the position that we show in our own way.
fn reword(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    let mistyped = message
        .split_once("invalid type: ")
        .and_then(|(_, rest)| rest.split_once(", expected "));
    match mistyped {
        Some((found, expected)) => {
            let found = match found {
                "map" => "a mapping",
                "sequence" => "a list",
                "unit value" => "nothing",
                _ => "text",
            };
            format!("expected {expected}, found {found}")
        }
        None => message.to_owned(),
    }
}

struct MappingSeed<'r> {
    reading: &'r Reading,
    section: Section,
    prefix: String,
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
                        check: &|text| check_text(text),
                    })?;
                    *self.reading.extends.borrow_mut() = Some(name);
                }
                Entry::Remove => {
                    let removed = map.next_value_seed(ListSeed {
                        reading: self.reading,
                        check: &|path| check_removable(path, self.section),
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

type Check<'c> = &'c dyn Fn(&str) -> std::result::Result<(), (String, Option<String>)>;

struct ValueSeed<'r> {
    reading: &'r Reading,
    field: &'static Field,
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
                    check: &check_flag,
                }
                .deserialize(deserializer)?;
                Ok(Value::Flag(flag == "true"))
            }
            Shape::Kinds => ListSeed {
                reading,
                check: &check_kind,
            }
            .deserialize(deserializer)
            .map(Value::List),
            Shape::Names => ListSeed {
                reading,
                check: &check_text,
            }
            .deserialize(deserializer)
            .map(Value::List),
            Shape::Languages => deserializer.deserialize_any(LanguagesVisitor { reading }),
            _ => TextSeed {
                reading,
                check: &|text| check_field(text, self.field),
            }
            .deserialize(deserializer)
            .map(Value::Text),
        }
    }
}

/// A scalar, as text whatever it looks like: `3.10` is not a number here.
struct TextSeed<'r> {
    reading: &'r Reading,
    check: Check<'r>,
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

struct ListSeed<'r> {
    reading: &'r Reading,
    check: Check<'r>,
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
            list.push(item);
        }
        Ok(list)
    }
}

/// `all`, `reviewed`, `none`, or a list of languages.
struct LanguagesVisitor<'r> {
    reading: &'r Reading,
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
            check: &check_language,
        };
        list.visit_seq(items).map(Value::List)
    }
}

const REMOVE: &str = "give a value, or list the key under `remove:` to drop an inherited one";

type Checked = std::result::Result<(), (String, Option<String>)>;

fn check_field(text: &str, field: &Field) -> Checked {
    check_text(text)?;
    placeholder::check(text, &placeholder::known_in(field.path))
        .map_err(|unknown| (unknown.message, Some(unknown.help)))?;
    let expected = match field.shape {
        Shape::Path if !is_path(text) => "an absolute path without `..`",
        Shape::PathOrNone if text != "none" && !is_path(text) => {
            "an absolute path without `..`, or `none`"
        }
        Shape::Url if !text.starts_with("https://") || text.contains(' ') => {
            "an address that starts with https://"
        }
        Shape::Version if !is_version(text) => "a version of Python such as 3.13",
        _ => return Ok(()),
    };
    Err((format!("`{text}` is not {expected}"), None))
}

/// Checks what holds for every text: one line, no characters that a terminal would act upon.
fn check_text(text: &str) -> Checked {
    if matches!(text, "" | "~" | "null") {
        return Err((
            "expected text, found nothing".to_owned(),
            Some(REMOVE.to_owned()),
        ));
    }
    if text.contains(['\n', '\r']) {
        return Err((
            "the value has a line break".to_owned(),
            Some("write it on one line".to_owned()),
        ));
    }
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        return Err((
            format!(
                "the value has the control character U+{:04X}",
                u32::from(control)
            ),
            None,
        ));
    }
    if let Some(invisible) = text.chars().find(|character| is_invisible(*character)) {
        return Err((
            format!(
                "the value has the invisible character U+{:04X}",
                u32::from(invisible)
            ),
            None,
        ));
    }
    if text.trim() != text {
        return Err(("the value begins or ends with white space".to_owned(), None));
    }
    Ok(())
}

fn check_flag(text: &str) -> Checked {
    match text {
        "true" | "false" => Ok(()),
        _ => Err((format!("`{text}` is neither `true` nor `false`"), None)),
    }
}

fn check_kind(text: &str) -> Checked {
    let names = Kind::ALL.map(Kind::name);
    if names.contains(&text) {
        return Ok(());
    }
    Err((
        format!("unknown kind of Python `{text}`"),
        Some(format!("known are: {}", names.join(", "))),
    ))
}

fn check_language(text: &str) -> Checked {
    if locale::is_language(text) {
        return Ok(());
    }
    Err((
        format!("`{text}` is not a language"),
        Some("write it as a locale does, for example de or pt_BR".to_owned()),
    ))
}

fn check_removable(path: &str, section: Section) -> Checked {
    let removable = FIELDS
        .iter()
        .filter(|field| field.per_interpreter || section == Section::Base)
        .any(|field| {
            field.path == path
                || field
                    .path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('.'))
        });
    if removable {
        return Ok(());
    }
    Err((
        format!("unknown key `{path}` under `remove`"),
        Some("write it with dots, for example package_manager.install".to_owned()),
    ))
}

/// Whether `text` is an absolute path that stays below the root by its spelling. The standard
/// library, which other paths may begin with, is one.
#[must_use]
pub fn is_path(text: &str) -> bool {
    let absolute = text.starts_with('/') || text.starts_with("{{ python.stdlib }}/");
    absolute && !text.split('/').any(|part| part == "..")
}
