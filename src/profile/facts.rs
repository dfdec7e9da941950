//! The facts of a profile for one interpreter.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use super::Profile;
use super::layer::{Key, Value};
use super::placeholder::Python;
use super::schema::Section;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::interpreter::{Interpreter, Kind};

/// The facts that hold for one interpreter, with placeholders expanded.
#[derive(Debug)]
pub struct Facts<'p> {
    profile: &'p Profile,
    /// The values of `python.*`.
    pub python: Python,
    /// Values, and their keys in the profile; no key for what the command line said.
    values: BTreeMap<&'static str, (Value, Option<Key>)>,
}

impl Profile {
    /// The facts for one interpreter. `stdlib` overrides where the profile says that it lies.
    ///
    /// # Errors
    ///
    /// A kind of Python that the distribution does not ship is a mistake in usage, unless
    /// `stdlib` says where it lies.
    pub fn facts_for(&self, interpreter: &Interpreter, stdlib: Option<&str>) -> Result<Facts<'_>> {
        self.refuse_unmarked()?;
        if !self.ships(interpreter.kind) && stdlib.is_none() {
            return Err(Diagnostic::usage(format!(
                "{} ships no Python of the kind {}, so the place of {interpreter} is not known",
                self.text("name").unwrap_or(&self.id),
                interpreter.kind.name(),
            ))
            .help(
                "say where it lies with --stdlib, or add the kind to `python.ships` in the profile",
            ));
        }
        let mut values = BTreeMap::new();
        for section in self.sections_for(interpreter) {
            for (key, (value, _)) in self.facts.iter().filter(|(key, _)| key.0 == section) {
                match value {
                    Some(value) => values.insert(key.1, (value.clone(), Some(*key))),
                    None => values.remove(key.1),
                };
            }
        }
        let mut facts = Facts {
            profile: self,
            python: Python::default(),
            values,
        };
        facts.python.set("version", interpreter.version.clone());
        facts
            .python
            .set("version_nodot", interpreter.version_nodot());
        facts.python.set("name", interpreter.name());
        facts.python.set("directory", interpreter.directory());
        for path in ["command", "stdlib"] {
            let value = facts
                .text(path)
                .map(|text| facts.python.expand(text))
                .unwrap_or_default();
            facts.python.set(path, value);
        }
        if let Some(stdlib) = stdlib {
            facts.python.set("stdlib", stdlib.to_owned());
        }
        if facts.python.get("stdlib").is_none_or(str::is_empty) {
            return Err(Diagnostic::usage(format!(
                "the profile {} does not say where the standard library lies",
                self.id
            ))
            .help("say it with --stdlib, or as `stdlib:` in the profile"));
        }
        facts.expand();
        Ok(facts)
    }

    /// The sections whose facts hold for `interpreter`, the strongest last.
    fn sections_for(&self, interpreter: &Interpreter) -> Vec<Section> {
        let mut sections = vec![Section::Base];
        match interpreter.kind {
            Kind::Pypy => sections.push(Section::Pypy),
            Kind::Cpython | Kind::FreeThreaded => {
                if self.text("python.default") != Some(&interpreter.version) {
                    sections.push(Section::Other);
                }
                if interpreter.kind == Kind::FreeThreaded {
                    sections.push(Section::FreeThreaded);
                }
            }
        }
        sections
    }
}

impl Facts<'_> {
    /// The text of a fact.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.get(path) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The directory of the file that gives a fact; nothing for built-in data.
    #[must_use]
    pub fn directory_of(&self, path: &str) -> Option<&Path> {
        let (_, key) = self.values.get(path)?;
        let (_, layer) = self.profile.facts.get(&(*key)?)?;
        self.profile.layers[*layer].directory.as_deref()
    }

    /// The value of a fact.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Value> {
        self.values.get(path).map(|(value, _)| value)
    }

    /// Replaces a fact by what the command line says.
    pub fn set(&mut self, path: &'static str, value: Option<String>) {
        match value {
            Some(text) => self.values.insert(path, (Value::Text(text), None)),
            None => self.values.remove(path),
        };
    }

    fn expand(&mut self) {
        for (value, _) in self.values.values_mut() {
            if let Value::Text(text) = value {
                *text = self.python.expand(text);
            }
        }
    }

    /// Where the fact stands that brought something into `text`, of which `brings` tells whether
    /// a value has it: the value that a placeholder stands for, the fact whose text this is, or
    /// the one with which the command `text` begins.
    #[must_use]
    pub fn place_of(
        &self,
        text: &str,
        brings: impl Fn(&str) -> bool,
    ) -> Option<(Rc<Source>, std::ops::Range<usize>)> {
        let key_of = |path: &str| self.values.get(path).and_then(|(_, key)| *key);
        let through = |name: &'static str| {
            let value = self.python.get(name).unwrap_or_default();
            (text.contains(value) && brings(value)).then(|| key_of(name))
        };
        let whole = || {
            self.values.values().find_map(|(value, key)| match value {
                Value::Text(known) if known == text => Some(*key),
                _ => None,
            })
        };
        let command = self.python.get("command").unwrap_or_default();
        let begins = || text.starts_with(command).then(|| key_of("command"));
        let key = through("stdlib")
            .or_else(|| through("command"))
            .or_else(whole)
            .or_else(begins)?;
        self.profile.place(key?)
    }
}
