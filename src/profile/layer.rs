//! One YAML file of a profile: its facts, checked while they are read, so that each mistake has
//! the position that `serde_yaml` knows at that moment.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use serde::de::DeserializeSeed;

use super::mapping::{MappingSeed, Reading};
use super::schema::Section;
use crate::diagnostic::{Diagnostic, Result, Source};

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
    /// The directory of the file; nothing for built-in data.
    pub directory: Option<PathBuf>,
    /// The profile that this one extends.
    pub extends: Option<String>,
    /// The facts; `None` where the file removes an inherited one.
    pub facts: BTreeMap<Key, Option<Value>>,
}

impl Layer {
    /// Reads a layer of the profile `id` from YAML, or from `json` where build.rs has made that of
    /// it: the same keys and values, read many times faster.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, for YAML that does not parse, unknown or repeated keys, and
    /// values that do not have the shape that the schema asks for.
    pub fn parse(
        id: &str,
        source: Rc<Source>,
        json: Option<&str>,
        directory: Option<PathBuf>,
    ) -> Result<Layer> {
        let read = json.and_then(read_json);
        let (extends, facts) = match read {
            Some(read) => read,
            // Only YAML has positions.
            None => read_yaml(&source)?,
        };
        Ok(Layer {
            id: id.to_owned(),
            extends,
            facts,
            source,
            directory,
        })
    }
}

/// What a layer extends, and its facts.
type Read = (Option<String>, BTreeMap<Key, Option<Value>>);

fn read_json(json: &str) -> Option<Read> {
    let reading = Reading::default();
    let mapping = MappingSeed::new(&reading);
    let outcome = mapping.deserialize(&mut serde_json::Deserializer::from_str(json));
    outcome.ok()?;
    Some((reading.extends.take(), reading.facts.take()))
}

fn read_yaml(source: &Rc<Source>) -> Result<Read> {
    if source.text.len() > MAX_BYTES {
        return Err(
            Diagnostic::invalid(format!("the profile is larger than {MAX_BYTES} bytes"))
                .in_file(&source.name),
        );
    }
    if source.text.matches(['[', '{']).count() > MAX_BRACKETS {
        return Err(Diagnostic::invalid(format!(
            "the profile has more than {MAX_BRACKETS} brackets"
        ))
        .in_file(&source.name));
    }
    let reading = Reading::default();
    let mapping = MappingSeed::new(&reading);
    match mapping.deserialize(serde_yaml::Deserializer::from_str(&source.text)) {
        Ok(()) => Ok((reading.extends.take(), reading.facts.take())),
        Err(error) => Err(explain(source, &error, reading.complaint.take())),
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
