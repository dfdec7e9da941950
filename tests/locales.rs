//! Which language a locale has, held against every CPython that is here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use externally_managed::locale::python::getlocale;

use crate::property::harness::{not_run, say};

/// The versions whose tables we hold.
const MINORS: std::ops::RangeInclusive<u16> = 8..=15;

#[test]
fn every_python_gives_the_same_language() {
    let mut compared = BTreeMap::new();
    for python in pythons() {
        let Some((minor, answers)) = ask(&python) else {
            continue;
        };
        if !MINORS.contains(&minor) || compared.contains_key(&minor) {
            continue;
        }
        let mut wrong = Vec::new();
        let lines: Vec<&str> = answers.lines().skip(1).collect();
        for line in &lines {
            let (name, expected) = line.rsplit_once('\t').unwrap();
            let found = match getlocale(name, minor) {
                Ok(Some(language)) => format!("={language}"),
                Ok(None) => "None".to_owned(),
                Err(_) => "ValueError".to_owned(),
            };
            if found != expected {
                wrong.push(format!("{name:?}: Python says {expected}, we say {found}"));
            }
        }
        assert!(
            lines.len() > 40_000,
            "{} gave {} names",
            python.display(),
            lines.len()
        );
        assert!(
            wrong.is_empty(),
            "3.{minor}: {} of {} names differ:\n{}",
            wrong.len(),
            lines.len(),
            wrong[..wrong.len().min(20)].join("\n")
        );
        compared.insert(minor, lines.len());
    }
    for (minor, names) in &compared {
        say(&format!(
            "locales: {names} names agree with CPython 3.{minor}"
        ));
    }
    if compared.is_empty() {
        not_run(
            "the comparison of locales with CPython",
            "there is no python3 of 3.8 to 3.15",
        );
    }
}

/// Commands that may be a Python: `PYTHONS` (parted by colons), those on PATH, pyenv's.
fn pythons() -> Vec<PathBuf> {
    let named = std::env::var("PYTHONS").unwrap_or_default();
    let mut found: Vec<PathBuf> = named
        .split(':')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .collect();
    found.push("python3".into());
    found.extend(MINORS.map(|minor| format!("python3.{minor}").into()));
    let root = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| {
            let output = Command::new("pyenv").arg("root").output().ok()?;
            Some(String::from_utf8(output.stdout).ok()?.trim().into())
        });
    let versions = root.and_then(|root| fs_err::read_dir(root.join("versions")).ok());
    for entry in versions.into_iter().flatten().flatten() {
        found.push(entry.path().join("bin/python3"));
    }
    found
}

/// The minor version of a Python 3, and what it says; nothing if it does not start, as a stub of
/// pyenv may.
fn ask(python: &Path) -> Option<(u16, String)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(python)
        .arg("-I")
        .arg(repository.join("tests/locales.py"))
        .arg(repository.join("src/locale/glibc.txt"))
        .output()
        .ok()?;
    let answers = String::from_utf8(output.stdout).ok()?;
    let (minor, patch) = answers.lines().next()?.split_once(' ')?;
    let (minor, patch): (u16, u16) = (minor.parse().ok()?, patch.parse().ok()?);
    if minor == 13 && patch < 5 {
        // Its table grew within 3.13; ours is that of what distributions ship.
        say(&format!(
            "locales: Python 3.13.{patch} is too old to be compared"
        ));
        return None;
    }
    assert!(
        output.status.success(),
        "{}: {}",
        python.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Some((minor, answers))
}
