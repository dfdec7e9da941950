//! Rules about trees: where markers lie, which Pythons have none, and what their texts name.

mod system;

use std::path::Path;

use super::{Findings, file};
use crate::diagnostic::Result;
use crate::locale::python::Language;
use crate::marker::FILE_NAME;
use crate::marker::reader::{Found, NEWEST_PYTHON, Outcome, pip};
use crate::stdlib::Home;
use crate::unmarked::Unmarked;
use system::{Python, System};

/// Where somebody could think that a marker belongs, below a standard library and its prefix.
const WRONG_BELOW_STDLIB: [&str; 2] = ["site-packages", "dist-packages"];
const WRONG_BELOW_PREFIX: [&str; 5] = ["", "bin", "lib", "lib64", "lib/python3/dist-packages"];

/// What package builds put behind the name of a file that they compress.
const COMPRESSED: [&str; 4] = [".gz", ".xz", ".zst", ".bz2"];

/// What minimal images leave out: dpkg's path-exclude of slim images, rpm's `--nodocs`.
const LEFT_OUT: [&str; 3] = ["/usr/share/doc/", "/usr/share/man/", "/usr/share/info/"];

/// What is wrong with trees, taken together as one system.
///
/// # Errors
///
/// Fails if a tree cannot be looked at.
pub fn check(trees: &[&Path], unmarked: &Unmarked) -> Result<Findings> {
    let mut findings = Findings::default();
    if trees.is_empty() {
        return Ok(findings);
    }
    let system = System::open(trees)?;
    let mut pythons = system.pythons(&unmarked.prefixes())?;
    if pythons.is_empty() {
        let names: Vec<String> = trees
            .iter()
            .map(|tree| tree.display().to_string())
            .collect();
        findings.add_file(
            "EM049",
            "there is no Python and no marker here",
            &names.join(", "),
        );
    }
    pythons.retain(|python| {
        let Some((name, reason)) = unmarked.profile_of(&python.prefix) else {
            return true;
        };
        if python.is_marked() {
            let message = format!("a Python of {name} must not be marked: {reason}");
            let marker = format!("{}/{FILE_NAME}", python.path);
            findings.add_file("EM048", &message, &python.shown(&marker));
        }
        false
    });
    let installed = || pythons.iter().filter(|python| python.is_installed());
    let some_marked = installed().any(Python::is_marked);
    let some_installed = installed().next().is_some();
    for python in &pythons {
        let marker = format!("{}/{FILE_NAME}", python.path);
        if python.home == Home::Venv {
            if python.is_marked() {
                let message = "a virtual environment has a marker";
                findings.add_file("EM047", message, &python.shown(&marker));
            }
            continue;
        }
        misnamed(&system, python, &mut findings)?;
        misplaced(&system, python, &mut findings)?;
        match &python.marker {
            Found::Missing if !python.complete => {}
            // Somebody has decided so, and the package manager knows it.
            Found::Missing if system.turns_off(&marker)? => {}
            Found::Missing if some_marked => {
                let message = "this Python has no marker, though others have one";
                findings.add_file("EM041", message, &python.shown(&python.path));
            }
            Found::Missing => {
                let message = "this Python has no marker";
                findings.add_file("EM040", message, &python.shown(&python.path));
            }
            found => {
                if !python.complete && some_installed {
                    let message = "there is no standard library beside this marker";
                    findings.add_file("EM043", message, &python.shown(&marker));
                }
                findings
                    .list
                    .extend(file(&python.shown(&marker), found, true).list);
                named_files(&system, python, &mut findings);
            }
        }
    }
    Ok(findings)
}

/// Files whose names are almost right.
fn misnamed(system: &System, python: &Python, findings: &mut Findings) -> Result<()> {
    for name in system.list(&python.path)? {
        let alike = name.replace('_', "-");
        let stem = alike.split('.').next().unwrap_or(&alike);
        if name != FILE_NAME && stem.eq_ignore_ascii_case(FILE_NAME) && !is_leftover(&name) {
            let message = format!("no installer finds `{name}`");
            let path = format!("{}/{name}", python.path);
            findings.add_file("EM004", &message, &python.shown(&path));
        }
    }
    Ok(())
}

/// What package managers and people keep beside a file that they changed or diverted.
fn is_leftover(name: &str) -> bool {
    [
        ".distrib", ".dpkg-", ".rpmnew", ".rpmsave", ".pacnew", ".pacsave", ".bak", ".orig", ".old",
    ]
    .iter()
    .any(|mark| name.contains(mark))
}

/// Markers where no installer looks.
fn misplaced(system: &System, python: &Python, findings: &mut Findings) -> Result<()> {
    let prefix = python.prefix.trim_end_matches('/');
    let below = |root: &str, place: &&str| match *place {
        "" => root.to_owned(),
        place => format!("{root}/{place}"),
    };
    let places = WRONG_BELOW_STDLIB
        .iter()
        .map(|place| below(&python.path, place))
        .chain(WRONG_BELOW_PREFIX.iter().map(|place| below(prefix, place)));
    for place in places {
        let path = format!("{place}/{FILE_NAME}");
        if let Some((shown, Found::File { .. })) = system.look(&path)? {
            let known = findings.list.iter().any(|finding| {
                finding.rule == Some("EM042")
                    && finding.place == Some(crate::diagnostic::Place::File(shown.clone()))
            });
            if !known {
                let message = format!("no installer looks here, only in {}", python.path);
                findings.add_file("EM042", &message, &shown);
            }
        }
    }
    Ok(())
}

/// The files that a marker's text sends its reader to.
fn named_files(system: &System, python: &Python, findings: &mut Findings) {
    let Found::File { bytes, .. } = &python.marker else {
        return;
    };
    let Outcome::Shows(shown) = pip::read_bytes(bytes, NEWEST_PYTHON, &Language::new(None)).outcome
    else {
        return;
    };
    let marker = python.shown(&format!("{}/{FILE_NAME}", python.path));
    for path in paths(&shown.text) {
        let is_file = |path: &str| matches!(system.look(path), Ok(Some((_, Found::File { .. }))));
        if !is_file(&path) {
            let mut compressed = COMPRESSED.iter().map(|suffix| format!("{path}{suffix}"));
            let Some(name) = compressed.find(|name| is_file(name)) else {
                let message = format!("the text names {path}, which is not there");
                findings.add_file("EM044", &message, &marker);
                continue;
            };
            let message = format!("the text names {path}, but there is {name}");
            findings.add_file("EM045", &message, &marker);
        }
        if LEFT_OUT.iter().any(|place| path.starts_with(place)) {
            let message = format!("minimal images leave {path} out");
            findings.add_file("EM046", &message, &marker);
        }
    }
}

/// The documents that a text names: absolute paths of files called README, or below a directory
/// for documents. Other paths are examples. A pattern is a finding already.
fn paths(text: &str) -> Vec<String> {
    let is_document = |path: &&str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        path.starts_with('/')
            && !path.contains(['*', '?'])
            && (name.to_ascii_uppercase().starts_with("README") || path.contains("/share/doc/"))
    };
    let mut found: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_start_matches(['`', '\'', '"', '(', '<']))
        .map(|word| word.trim_end_matches(['`', '\'', '"', ')', '>', '.', ',', ';', ':', '!', '?']))
        .filter(is_document)
        .map(str::to_owned)
        .collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_documents_that_a_text_names() {
        let text = "See /usr/share/doc/python3.13/README.venv for more.\nOr (`/opt/README`).\n\
            $ /usr/bin/python3 -m venv /path/to/venv\n/usr/share/doc/python3.*/README.venv";
        assert_eq!(
            paths(text),
            ["/usr/share/doc/python3.13/README.venv", "/opt/README"]
        );
    }
}
