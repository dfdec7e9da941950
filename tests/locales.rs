//! Which language a locale has, held against every CPython that is here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use externally_managed::data::Data;
use externally_managed::locale::python::getlocale;
use externally_managed::locale::{ENGLISH, keys, select};

use crate::property::harness::{not_run, say};

/// The versions whose tables we hold.
const MINORS: std::ops::RangeInclusive<u16> = 8..=15;

#[test]
fn every_python_gives_the_same_language() {
    let mut compared = BTreeMap::new();
    for python in pythons() {
        let Some((python, answers)) = ask(&python) else {
            continue;
        };
        let minor = python.minor;
        if !MINORS.contains(&minor) || compared.contains_key(&python) {
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
        assert!(lines.len() > 40_000, "{python} gave {} names", lines.len());
        assert!(
            wrong.is_empty(),
            "{python}: {} of {} names differ:\n{}",
            wrong.len(),
            lines.len(),
            wrong[..wrong.len().min(20)].join("\n")
        );
        compared.insert(python, lines.len());
    }
    for (python, names) in &compared {
        say(&format!("locales: {names} names agree with {python}"));
    }
    if compared.is_empty() {
        not_run(
            "the comparison of locales with CPython",
            "there is no python3 of 3.8 to 3.15",
        );
    }
}

/// The catalogue that the reader of a locale wants, among ours: that of the locale or of its
/// language, else English.
fn intended<'l>(locale: &str, languages: &'l [String]) -> &'l str {
    if locale.starts_with("sr_") && locale.ends_with("@latin") {
        // Serbian in the other script.
        return ENGLISH;
    }
    let name = locale.split(['.', '@']).next().unwrap_or(locale);
    let name = match name {
        // Two languages that are called otherwise, and three places that read another's script.
        "iw_IL" => "he",
        "no_NO" => "nb",
        "zh_HK" | "zh_MO" => "zh_TW",
        "zh_SG" => "zh_CN",
        name => name,
    };
    let language = name.split('_').next().unwrap_or(name);
    let find = |wanted| languages.iter().find(|language| *language == wanted);
    find(name)
        .or_else(|| find(language))
        .map_or(ENGLISH, String::as_str)
}

/// Each locale of glibc selects the catalogue that its reader wants, on every Python that is here,
/// but for the exceptions in a table.
#[test]
fn every_locale_of_glibc_gets_its_language() {
    const TABLE: &str = include_str!("locales/exceptions.tsv");
    let languages = Data::default().languages();
    let known: Vec<&str> = languages.iter().map(String::as_str).collect();
    let keys = keys(&known);
    let supported: Vec<&str> = include_str!("../src/locale/glibc.txt")
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(supported.len() > 500);
    let mut asked = BTreeSet::new();
    let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for path in pythons() {
        let Some((python, answers)) = ask(&path) else {
            continue;
        };
        if !asked.insert(python.clone()) {
            continue;
        }
        let answers: BTreeMap<&str, &str> = answers
            .lines()
            .skip(1)
            .filter_map(|line| line.rsplit_once('\t'))
            .collect();
        for locale in &supported {
            let selected = match answers[locale].strip_prefix('=') {
                Some(language) => select(&keys, language).unwrap_or(ENGLISH),
                None if answers[locale] == "None" => ENGLISH,
                None => "a crash of pip",
            };
            if selected != intended(locale, &languages) {
                let pythons = found.entry((locale, selected)).or_default();
                pythons.push(python.to_string());
            }
        }
    }
    let table: BTreeSet<(&str, &str)> = TABLE
        .lines()
        .skip(1)
        .map(|line| {
            let [locale, selected, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line}");
            };
            assert!(!reason.is_empty(), "{locale}: give a reason");
            (locale, selected)
        })
        .collect();
    let unknown: Vec<String> = found
        .iter()
        .filter(|(exception, _)| !table.contains(exception))
        .map(|((locale, selected), pythons)| {
            format!("{locale}\t{selected}\t{}", pythons.join(", "))
        })
        .collect();
    assert!(
        unknown.is_empty(),
        "not in tests/locales/exceptions.tsv:\n{}",
        unknown.join("\n")
    );
    // Each exception holds on some Python, if enough of them are here to say so.
    if MINORS
        .clone()
        .all(|minor| asked.iter().any(|python| python.minor == minor))
    {
        let gone: Vec<_> = table
            .iter()
            .filter(|exception| !found.contains_key(*exception))
            .collect();
        assert!(gone.is_empty(), "no exceptions any more: {gone:?}");
    }
    for python in &asked {
        say(&format!(
            "locales: {} of glibc's select their language on {python}, but for {} exceptions",
            supported.len(),
            found
                .values()
                .filter(|pythons| pythons.contains(&python.to_string()))
                .count()
        ));
    }
    if asked.is_empty() {
        not_run("the selection of languages", "there is no python3");
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

/// A Python 3.
#[derive(Clone, Eq, Ord, PartialEq, PartialOrd)]
struct Python {
    implementation: String,
    minor: u16,
}

impl std::fmt::Display for Python {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} 3.{}", self.implementation, self.minor)
    }
}

/// Which Python this is, and what it says; nothing if it does not start, as a stub of pyenv may.
fn ask(python: &Path) -> Option<(Python, String)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(python)
        .arg("-I")
        .arg(repository.join("tests/locales.py"))
        .arg(repository.join("src/locale/glibc.txt"))
        .output()
        .ok()?;
    let answers = String::from_utf8(output.stdout).ok()?;
    let [implementation, minor, patch] = answers.lines().next()?.split(' ').collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let (minor, patch): (u16, u16) = (minor.parse().ok()?, patch.parse().ok()?);
    let implementation = implementation.to_owned();
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
    let asked = Python {
        implementation,
        minor,
    };
    Some((asked, answers))
}
