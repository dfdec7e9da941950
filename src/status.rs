//! What is known of the Pythons in a tree and their markers, one question per file.

mod glob;
pub mod installers;
pub mod packages;
pub mod version;
pub mod whose;

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::interpreter::Interpreter;
use crate::lint;
use crate::locale::python::Language;
use crate::marker::FILE_NAME;
use crate::marker::reader::version::Version;
use crate::marker::reader::{FIRST_PIP, Found, Installer, Outcome};
use crate::stdlib::{self, Home, Stdlib};
use crate::tree::Tree;
use crate::unmarked::Unmarked;
use packages::Intervention;
use whose::Whose;

/// A Python and its marker.
#[derive(Debug)]
pub struct Python {
    /// Which one.
    pub interpreter: Interpreter,
    /// Its full version, if something in the tree tells.
    pub version: Option<String>,
    /// Its standard library; nothing but a marker is left of it if not `complete`.
    pub stdlib: Stdlib,
    /// What its marker does.
    pub marked: Marked,
    /// Why it must not be marked, if it must not: the name of the profile and the reason.
    pub unmarked: Option<(String, String)>,
    /// Whose text its marker has, if an installer shows it.
    pub whose: Option<Whose>,
    /// The languages of its marker beside English, as the keys spell them.
    pub languages: Vec<String>,
    /// What is wrong with the marker: errors and warnings.
    pub findings: Vec<Diagnostic>,
    /// Its pip.
    pub pip: Option<(Version, String)>,
    /// What was done about the marker.
    pub interventions: Vec<Intervention>,
    /// Configuration that makes installers pass over the marker.
    pub overrides: Vec<String>,
}

/// What a marker does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Marked {
    /// All installers refuse and show its text.
    Yes,
    /// There is none.
    No,
    /// Not all do: what the others do.
    Broken(Vec<(Installer, Outcome)>),
}

impl Python {
    /// Whether its pip is too old to heed markers.
    #[must_use]
    pub fn has_old_pip(&self) -> bool {
        self.pip
            .as_ref()
            .is_some_and(|(version, _)| *version < FIRST_PIP)
    }
}

/// The Pythons of a tree, virtual environments left out.
///
/// # Errors
///
/// Fails if a directory or a marker cannot be read.
pub fn pythons(tree: &Tree, data: &Data, unmarked: &Unmarked) -> Result<Vec<Python>> {
    stdlib::find(tree, &unmarked.prefixes())?
        .into_iter()
        .filter(|stdlib| stdlib.home == Home::Installed)
        .map(|stdlib| python(tree, data, unmarked, stdlib))
        .collect()
}

fn python(tree: &Tree, data: &Data, unmarked: &Unmarked, stdlib: Stdlib) -> Result<Python> {
    let path = format!("{}/{FILE_NAME}", stdlib.path);
    let found = tree.look(&path)?;
    let evidence = Installer::ALL.map(|installer| {
        let minor = stdlib.interpreter.minor();
        (
            installer,
            installer.read(&found, minor, &Language::new(None)),
        )
    });
    let text = evidence
        .iter()
        .find_map(|(_, evidence)| match &evidence.outcome {
            Outcome::Shows(shown) => Some(shown.text.clone()),
            _ => None,
        });
    let languages = languages(&evidence[0].1.ini);
    let others: Vec<(Installer, Outcome)> = evidence
        .into_iter()
        .map(|(installer, evidence)| (installer, evidence.outcome))
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Shows(_)))
        .collect();
    let marked = match &found {
        Found::Missing => Marked::No,
        _ if others.is_empty() => Marked::Yes,
        _ => Marked::Broken(others),
    };
    let mut findings = lint::file(&tree.shown(&path), &found, true).list;
    findings.retain(|finding| finding.severity > Severity::Info);
    let of_profile = unmarked.profile_of(&stdlib.prefix);
    Ok(Python {
        version: version::of(tree, &stdlib)?,
        unmarked: of_profile.map(|(name, reason)| (name.to_owned(), reason.to_owned())),
        whose: text.map(|text| whose::whose(&text, &stdlib.interpreter, data)),
        languages,
        findings,
        pip: installers::pip_of(tree, &stdlib)?,
        interventions: packages::interventions(tree, &path, found == Found::Missing)?,
        overrides: installers::overrides(tree, &stdlib.prefix),
        marked,
        interpreter: stdlib.interpreter.clone(),
        stdlib,
    })
}

fn languages(ini: &crate::marker::reader::ini::Ini) -> Vec<String> {
    let keys = ini
        .entries
        .iter()
        .filter_map(|entry| entry.key.strip_prefix("error-"));
    keys.map(|language| match language.split_once('_') {
        Some((language, region)) => format!("{language}_{}", region.to_uppercase()),
        None => language.to_owned(),
    })
    .collect()
}
