//! A redistributor's facts: layers of YAML, merged, and resolved for one interpreter.

pub mod layer;
mod locate;
pub mod os_release;
pub mod placeholder;
pub mod schema;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::interpreter::{Interpreter, Kind};
use crate::suggest;
use layer::{Key, Layer, Value};
use placeholder::Python;
use schema::Section;

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
            let id = detect(data, &os_release::PATHS.map(Path::new))?;
            return Profile::load(&id, data);
        }
        let mut layers = Vec::new();
        let id = if is_file(name) {
            let path = Path::new(name);
            let stem = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or(name)
                .to_owned();
            layers.push(Layer::parse(&stem, crate::data::read_source(path)?)?);
            stem
        } else {
            let Some((source, below)) = data.profile(name, data.top())? else {
                return Err(unknown(name, data));
            };
            layers.push(Layer::parse(name, source)?);
            extend(&mut layers, name, below, data)?;
            return Profile::merge(name.to_owned(), layers);
        };
        extend(&mut layers, &id, data.top(), data)?;
        Profile::merge(id, layers)
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
        for required in [
            "name",
            "command",
            "stdlib",
            "python.default",
            "python.ships",
        ] {
            if !profile.facts.contains_key(&(Section::Base, required)) {
                return Err(
                    Diagnostic::invalid(format!("the profile does not say `{required}`"))
                        .in_file(&profile.top().source.name)
                        .help("add the key, or `extends:` a profile that has it"),
                );
            }
        }
        Ok(profile)
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

    /// The facts for one interpreter. `stdlib` overrides where the profile says that it lies.
    ///
    /// # Errors
    ///
    /// A kind of Python that the distribution does not ship is a mistake in usage, unless
    /// `stdlib` says where it lies.
    pub fn facts_for(&self, interpreter: &Interpreter, stdlib: Option<&str>) -> Result<Facts<'_>> {
        if !self.ships(interpreter.kind) && stdlib.is_none() {
            return Err(Diagnostic::usage(format!(
                "{} ships no {} Python, so the place of {interpreter} is not known",
                self.text("name").unwrap_or(&self.id),
                interpreter.kind.name(),
            ))
            .help("say where it lies with --stdlib"));
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
    /// The profile that the facts are from.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        self.profile
    }

    /// The text of a fact.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.values.get(path) {
            Some((Value::Text(text), _)) => Some(text),
            _ => None,
        }
    }

    /// All facts by their dotted paths.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(path, (value, _))| (*path, value))
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

    /// Where the fact stands that brought `needle` into `text`: the fact whose text this is, or
    /// the one that a placeholder in it stands for, or that the command `text` begins with.
    #[must_use]
    pub fn place_of(
        &self,
        text: &str,
        needle: &str,
    ) -> Option<(Rc<Source>, std::ops::Range<usize>)> {
        let key_of = |path: &str| self.values.get(path).and_then(|(_, key)| *key);
        let through = |name: &'static str| {
            let value = self.python.get(name).unwrap_or_default();
            (value.contains(needle) && text.contains(value)).then(|| key_of(name))
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
            let message = if same {
                format!("there is no profile `{parent}` below this one to extend")
            } else {
                format!("there is no profile `{parent}` to extend")
            };
            return Err(complain(
                Diagnostic::invalid(message).help(known_profiles(data)),
            ));
        };
        layers.push(Layer::parse(&parent, source)?);
        below = next_below;
        if !same {
            seen.push(parent);
        }
    }
    Ok(())
}

fn unknown(name: &str, data: &Data) -> Box<Diagnostic> {
    let names = data.profile_names();
    let help = suggest::closest(name, names.iter().map(String::as_str))
        .unwrap_or_else(|| known_profiles(data));
    Diagnostic::usage(format!("unknown profile `{name}`")).help(help)
}

fn known_profiles(data: &Data) -> String {
    format!("known profiles: {}", data.profile_names().join(", "))
}

/// The profile for the machine that os-release describes.
fn detect(data: &Data, paths: &[&Path]) -> Result<String> {
    let identifiers = os_release::identifiers(paths)?;
    // A mistake in the profile of another distribution does not concern this build.
    let (profiles, mistakes): (Vec<_>, Vec<_>) = data
        .profile_names()
        .iter()
        .map(|name| Profile::load(name, data))
        .partition(std::result::Result::is_ok);
    let profiles: Vec<Profile> = profiles.into_iter().flatten().collect();
    for identifier in &identifiers {
        if let Some(profile) = profiles
            .iter()
            .find(|profile| profile.list("os_release").contains(identifier))
        {
            return Ok(profile.id.clone());
        }
    }
    if let Some(Err(mistake)) = mistakes.into_iter().next() {
        return Err(mistake);
    }
    Err(Diagnostic::usage(format!(
        "no profile is for this distribution (os-release says {})",
        identifiers.join(", ")
    ))
    .help(known_profiles(data)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(os_release: &str, overlay: &[(&str, &str)]) -> Result<String> {
        let directory = tempfile::tempdir().expect("tempdir");
        let path = directory.path().join("os-release");
        fs_err::write(&path, os_release).expect("write");
        let profiles = directory.path().join("distro-profiles");
        fs_err::create_dir(&profiles).expect("mkdir");
        for (name, text) in overlay {
            fs_err::write(profiles.join(name), text).expect("write");
        }
        let data = Data::new(vec![directory.path().to_owned()])?;
        detect(&data, &[&path])
    }

    #[test]
    fn auto_takes_the_identifier_before_what_it_is_like() {
        let derivative = (
            "mint.yaml",
            "extends: debian\nname: Mint\nos_release: [linuxmint]\n",
        );
        let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(detected("ID=debian\n", &[]).expect("known"), "debian");
        assert_eq!(detected(mint, &[]).expect("known"), "debian");
        assert_eq!(detected(mint, &[derivative]).expect("known"), "mint");
        assert_eq!(
            detected("ID=xyz\n", &[])
                .expect_err("unknown")
                .kind
                .exit_code(),
            2
        );
    }

    #[test]
    fn auto_does_not_take_a_derivative_for_its_parent() {
        let derivative = ("a-mint.yaml", "extends: debian\nname: Mint\n");
        assert_eq!(
            detected("ID=debian\n", &[derivative]).expect("known"),
            "debian"
        );
    }

    #[test]
    fn auto_minds_a_broken_profile_only_if_nothing_else_fits() {
        let broken = ("broken.yaml", "nmae: X\n");
        assert_eq!(detected("ID=debian\n", &[broken]).expect("known"), "debian");
        assert_eq!(
            detected("ID=xyz\n", &[broken])
                .expect_err("broken")
                .kind
                .exit_code(),
            3
        );
    }
}
