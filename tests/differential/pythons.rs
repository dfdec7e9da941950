//! The Pythons of this machine: on PATH, of pyenv, and those that `PYTHONS` names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::reader::{Ours, Reader};

/// Asks a Python who it is.
const WHO: &str = "import sys; print(sys.implementation.name, *sys.version_info[:4])";

/// Every Python 3.7 or later that runs, one for each implementation and version.
pub(super) fn pythons() -> Vec<Reader> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/read.py");
    let mut found = BTreeMap::new();
    for program in candidates() {
        if let Some((who, minor)) = ask(&program) {
            found.entry((minor, who.clone())).or_insert_with(|| Reader {
                command: [program.as_path(), &script]
                    .map(|path| path.display().to_string())
                    .to_vec(),
                ours: ours(&who, minor),
                name: who,
            });
        }
    }
    found.into_values().collect()
}

fn ours(who: &str, minor: u16) -> Ours {
    match minor {
        minor if who.starts_with("pypy") => Ours::PyPy(minor),
        ..10 => Ours::PipFirst,
        _ => Ours::PipLast,
    }
}

/// How many minor versions there are.
pub(super) fn minor_versions(readers: &[Reader]) -> usize {
    let mut minors: Vec<&str> = readers
        .iter()
        .filter_map(|reader| reader.name.split(['-', '.']).nth(2))
        .collect();
    minors.dedup();
    minors.len()
}

fn candidates() -> Vec<PathBuf> {
    let mut found = Vec::new();
    if let Some(named) = std::env::var_os("PYTHONS") {
        found.extend(std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()));
    }
    found.extend(["python3", "pypy3"].map(PathBuf::from));
    found.extend((7..=15).map(|minor| PathBuf::from(format!("python3.{minor}"))));
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv"));
    let root = std::env::var_os("PYENV_ROOT").map(PathBuf::from).or(home);
    let versions = root.and_then(|root| std::fs::read_dir(root.join("versions")).ok());
    for version in versions.into_iter().flatten().flatten() {
        found.push(version.path().join("bin/python3"));
    }
    found
}

/// The name and the minor version of a Python that runs and is new enough.
fn ask(program: &Path) -> Option<(String, u16)> {
    let output = Command::new(program).args(["-c", WHO]).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    let words: Vec<&str> = answer.split_whitespace().collect();
    let [implementation, major, minor, micro, level] = words.as_slice() else {
        return None;
    };
    let level = if *level == "final" { "" } else { *level };
    let number: u16 = minor.parse().ok()?;
    (*major == "3" && number >= 7)
        .then(|| (format!("{implementation}-3.{minor}.{micro}{level}"), number))
}
