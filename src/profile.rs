//! A redistributor's facts: layers of YAML, merged, and resolved for one interpreter.

mod check;
mod detect;
mod facts;
pub mod layer;
mod locate;
mod mapping;
pub mod os_release;
pub mod placeholder;
pub mod schema;
mod value;

pub use check::{is_path, unfit_in_path};
pub use facts::Facts;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::input::read_source;
use crate::interpreter::Kind;
use crate::suggest;
use layer::{Key, Layer, Value};
use schema::{REASONS, REQUIRED, REQUIRED_WITHOUT_GUIDANCE, Reason, Section};

/// No chain of `extends` that makes sense is longer.
const MAX_LAYERS: usize = 32;

/// A profile: its layers merged, not yet resolved for an interpreter.
#[derive(Debug)]
pub struct Profile {
    /// The name under which it was asked for.
    pub id: String,
    /// From the lowest layer to the one that was asked for.
    pub layers: Vec<Layer>,
    /// Each fact that is left after merging, and the index of the layer that gave it. `None`
    /// where a section drops a fact for its interpreters.
    pub facts: BTreeMap<Key, (Option<Value>, usize)>,
}

impl Profile {
    /// Finds and merges the profile `name`: a built-in name, a YAML file (a value with `/` or
    /// ending in `.yaml`), or `auto`.
    ///
    /// # Errors
    ///
    /// An unknown name is a mistake in usage; a file that cannot be read, YAML that is not a
    /// profile, `extends` in a circle or to nowhere, and a missing required key are reported at
    /// their place.
    pub fn load(name: &str, data: &Data) -> Result<Profile> {
        if name == "auto" {
            let id = detect::detect(data, &os_release::PATHS.map(Path::new))?;
            return Profile::load(&id, data);
        }
        let (id, source, below, directory) = if is_file(name) {
            let path = Path::new(name);
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            // A file lies above every layer.
            let directory = path.parent().unwrap_or(Path::new("")).to_owned();
            let source = read_source(path)?;
            (stem.unwrap_or(name), source, data.top(), Some(directory))
        } else {
            let found = data.profile(name, data.top())?;
            let (source, below) = found.ok_or_else(|| unknown(name, data))?;
            (name, source, below, data.profiles_directory(below))
        };
        let json = json_of(id, directory.as_deref());
        let mut layers = vec![Layer::parse(id, source, json, directory)?];
        extend(&mut layers, id, below, data)?;
        Profile::merge(id.to_owned(), layers)
    }

    fn merge(id: String, mut layers: Vec<Layer>) -> Result<Profile> {
        layers.reverse();
        let mut facts = BTreeMap::new();
        for (index, layer) in layers.iter().enumerate() {
            for (key, value) in &layer.facts {
                // Who a profile is for is not inherited: a derivative is not its parent.
                if key.1 == "os_release" && layer.id != id {
                    continue;
                }
                if value.is_none() && key.0 == Section::Base {
                    facts.remove(key);
                } else {
                    facts.insert(*key, (value.clone(), index));
                }
            }
        }
        let profile = Profile { id, layers, facts };
        if !profile.list("do_not_mark.places").is_empty() && !profile.has("do_not_mark.kind") {
            return Err(
                Diagnostic::invalid("the profile does not say `do_not_mark.kind`")
                    .in_file(&profile.top().source.name)
                    .help("say why the Pythons in these places must not be marked"),
            );
        }
        for required in profile.required() {
            if !profile.facts.contains_key(&(Section::Base, *required)) {
                return Err(
                    Diagnostic::invalid(format!("the profile does not say `{required}`"))
                        .in_file(&profile.top().source.name)
                        .help("add the key, or `extends:` a profile that has it"),
                );
            }
        }
        Ok(profile)
    }

    /// The keys that the profile must have.
    fn required(&self) -> &'static [&'static str] {
        if self.text("marker").is_some() || self.do_not_mark().is_some() {
            REQUIRED_WITHOUT_GUIDANCE
        } else {
            REQUIRED
        }
    }

    /// Why the Pythons of this profile must not be marked, if they must not.
    #[must_use]
    pub fn do_not_mark(&self) -> Option<&'static Reason> {
        let kind = self.text("do_not_mark.kind")?;
        REASONS.iter().find(|reason| reason.kind == kind)
    }

    /// Whether the profile itself gives a fact.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.facts
            .iter()
            .any(|(key, (value, _))| *key == (Section::Base, path) && value.is_some())
    }

    /// Refuses a profile whose Pythons must not be marked.
    ///
    /// # Errors
    ///
    /// A mistake in usage, with the reason and what to do instead.
    pub fn refuse_unmarked(&self) -> Result<()> {
        let Some(reason) = self.do_not_mark() else {
            return Ok(());
        };
        Err(Diagnostic::usage(format!(
            "the profile {} is of Pythons that must not be marked: {}",
            self.id, reason.because,
        ))
        .help(reason.instead))
    }

    fn top(&self) -> &Layer {
        self.layers
            .last()
            .expect("a profile has at least one layer")
    }

    /// The text of a fact of the profile itself, not expanded.
    #[must_use]
    pub fn text(&self, path: &'static str) -> Option<&str> {
        match self.facts.get(&(Section::Base, path)) {
            Some((Some(Value::Text(text)), _)) => Some(text),
            _ => None,
        }
    }

    /// Whether the profile itself says `true` to a flag.
    #[must_use]
    pub fn flag(&self, path: &'static str) -> bool {
        matches!(
            self.facts.get(&(Section::Base, path)),
            Some((Some(Value::Flag(true)), _))
        )
    }

    /// The list that a fact of the profile itself holds, empty if it is not given.
    #[must_use]
    pub fn list(&self, path: &'static str) -> &[String] {
        match self.facts.get(&(Section::Base, path)) {
            Some((Some(Value::List(list)), _)) => list,
            _ => &[],
        }
    }

    /// Whether the distribution ships Pythons of this kind.
    #[must_use]
    pub fn ships(&self, kind: Kind) -> bool {
        self.list("python.ships")
            .iter()
            .any(|name| name == kind.name())
    }

    /// Where the value of `key` stands.
    fn place(&self, key: Key) -> Option<(Rc<Source>, std::ops::Range<usize>)> {
        let (_, index) = self.facts.get(&key)?;
        let source = &self.layers[*index].source;
        let path: Vec<&str> = key.0.key().into_iter().chain(key.1.split('.')).collect();
        locate::value(&source.text, &path).map(|span| (Rc::clone(source), span))
    }

    /// The file and line that give the value of `key`, for people to look up.
    #[must_use]
    pub fn origin(&self, key: Key) -> String {
        let Some((_, index)) = self.facts.get(&key) else {
            return String::new();
        };
        let name = &self.layers[*index].source.name;
        match self.place(key) {
            Some((source, span)) => format!(
                "{name}:{}",
                source.text[..span.start].matches('\n').count() + 1
            ),
            None => name.clone(),
        }
    }
}

/// The JSON of a profile that is not in a directory, but built in.
fn json_of(name: &str, directory: Option<&Path>) -> Option<&'static str> {
    match directory {
        Some(_) => None,
        None => Data::profile_json(name),
    }
}

/// Whether a value of `--profile` names a file.
fn is_file(name: &str) -> bool {
    name.contains('/')
        || Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "yaml")
}

/// Follows `extends` downwards from the last of `layers`, which defines `name`; `below` is where
/// to go on looking for the same name.
fn extend(layers: &mut Vec<Layer>, name: &str, below: usize, data: &Data) -> Result<()> {
    let mut seen = vec![name.to_owned()];
    let mut below = below;
    while let Some(parent) = layers.last().and_then(|layer| layer.extends.clone()) {
        let child = &layers.last().expect("not empty").source;
        let complain = |diagnostic: Box<Diagnostic>| match locate::value(&child.text, &["extends"])
        {
            Some(span) => diagnostic.at(child, span),
            None => diagnostic.in_file(&child.name),
        };
        let current = seen.last().expect("not empty");
        let same = *current == parent;
        if !same && seen.contains(&parent) || layers.len() >= MAX_LAYERS {
            let chain = format!("{} -> {parent}", seen.join(" -> "));
            return Err(complain(Diagnostic::invalid(format!(
                "profiles extend each other in a circle: {chain}"
            ))));
        }
        let from = if same { below } else { data.top() };
        let Some((source, next_below)) = data.profile(&parent, from)? else {
            return Err(complain(if same {
                let message = format!("there is no profile `{parent}` below this one to extend");
                Diagnostic::invalid(message)
            } else {
                let message = format!("there is no profile `{parent}` to extend");
                Diagnostic::invalid(message).help(closest_profile(&parent, data))
            }));
        };
        let directory = data.profiles_directory(next_below);
        let json = json_of(&parent, directory.as_deref());
        layers.push(Layer::parse(&parent, source, json, directory)?);
        below = next_below;
        if !same {
            seen.push(parent);
        }
    }
    Ok(())
}

fn unknown(name: &str, data: &Data) -> Box<Diagnostic> {
    Diagnostic::usage(format!("unknown profile `{name}`")).help(closest_profile(name, data))
}

/// The profile that a misspelt name probably means, or all of them.
fn closest_profile(name: &str, data: &Data) -> String {
    let names = data.profile_names();
    suggest::closest(name, names.iter().map(String::as_str)).unwrap_or_else(|| known_profiles(data))
}

fn known_profiles(data: &Data) -> String {
    format!("known profiles: {}", data.profile_names().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_what_the_profile_says() {
        let data = Data::default();
        for name in data.profile_names() {
            let (source, _) = data.profile(&name, data.top()).expect("ok").expect("there");
            let json = Data::profile_json(&name).expect("made by build.rs");
            // An empty text is no JSON, so that one would fail.
            let nothing = Source::new("nothing", "");
            let fast = Layer::parse(&name, nothing, Some(json), None).expect("valid");
            let slow = Layer::parse(&name, source, None, None).expect("valid");
            assert_eq!(fast.extends, slow.extends, "{name}");
            assert_eq!(fast.facts, slow.facts, "{name}");
            assert!(!fast.facts.is_empty(), "{name}");
        }
    }
}
