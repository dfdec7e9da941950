//! The real parsers: every CPython and PyPy that is here, and the crates that uv used and uses.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use externally_managed::locale::python::Language;
use externally_managed::marker::reader::version::Version;
use externally_managed::marker::reader::{Outcome, Why, pip, uv};

use crate::property::harness::{not_run, say};

const LANGUAGES: [Option<&str>; 3] = [None, Some("de_DE"), Some("pt_BR")];

/// A parser that is not ours, and which of ours answers for it.
pub(super) struct Real {
    pub(super) name: String,
    command: Vec<PathBuf>,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Python 3.N.
    Python(u16),
    /// A version of uv with this parser.
    Uv(Version),
}

impl Real {
    /// What the real parser says of each marker.
    pub(super) fn answers(&self, markers: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut batch = Vec::new();
        for marker in markers {
            writeln!(batch, "{}", marker.len()).unwrap();
            batch.extend_from_slice(marker);
        }
        let mut input = tempfile::tempfile().unwrap();
        input.write_all(&batch).unwrap();
        std::io::Seek::rewind(&mut input).unwrap();
        let output = Command::new(&self.command[0])
            .args(&self.command[1..])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::from(input))
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {errors}", self.name);
        let answers = split(&output.stdout);
        assert_eq!(
            answers.len(),
            markers.len(),
            "{} stopped early: {errors}",
            self.name
        );
        answers
    }

    /// What our reader says of a marker, in the same words.
    pub(super) fn ours(&self, marker: &[u8]) -> Vec<u8> {
        let mut answer = String::new();
        match self.kind {
            Kind::Python(minor) => {
                for language in LANGUAGES {
                    let evidence = pip::read_bytes(marker, minor, &Language::new(language));
                    answer.push_str(&match evidence.outcome {
                        Outcome::Shows(shown) => format!("shows {}\n{}\n", shown.key, shown.text),
                        Outcome::Generic(Why::NotUtf8 | Why::NotParsed) => {
                            "generic, and a warning\n".to_owned()
                        }
                        Outcome::Generic(_) => "generic\n".to_owned(),
                        Outcome::Crashes(name) => format!("crashes {name}\n"),
                        other => format!("{other:?}\n"),
                    });
                }
            }
            Kind::Uv(version) => {
                answer.push_str(&match uv::read_bytes(marker, version).outcome {
                    Outcome::Shows(shown) => format!("shows {}\n{}\n", shown.key, shown.text),
                    Outcome::Generic(_) => "generic\n".to_owned(),
                    Outcome::Installs(Why::NotUtf8) => "installs\n".to_owned(),
                    other => format!("{other:?}\n"),
                });
            }
        }
        answer.into_bytes()
    }
}

/// The answers of a batch, each with its length on a line before it.
fn split(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut answers = Vec::new();
    while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let length: usize = std::str::from_utf8(&bytes[..end]).unwrap().parse().unwrap();
        answers.push(bytes[end + 1..end + 1 + length].to_vec());
        bytes = &bytes[end + 1 + length..];
    }
    answers
}

/// Every Python: on PATH, in PYENV_ROOT, and those that PYTHONS names.
pub(super) fn pythons() -> Vec<Real> {
    let mut candidates: Vec<PathBuf> = std::env::var_os("PYTHONS")
        .map(|list| std::env::split_paths(&list).collect())
        .unwrap_or_default();
    candidates.retain(|path| !path.as_os_str().is_empty());
    if let Some(root) = std::env::var_os("PYENV_ROOT") {
        let versions = std::fs::read_dir(Path::new(&root).join("versions"))
            .into_iter()
            .flatten();
        candidates.extend(
            versions
                .flatten()
                .map(|entry| entry.path().join("bin/python3")),
        );
    }
    candidates.extend((8..20).map(|minor| PathBuf::from(format!("python3.{minor}"))));
    candidates.extend(["python3", "pypy3"].map(PathBuf::from));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/read.py");
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for python in candidates {
        let asked = Command::new(&python)
            .args([
                "-c",
                "import sys; print(sys.implementation.name, *sys.version_info[:3])",
            ])
            .output();
        let Some(version) = asked.ok().filter(|output| output.status.success()) else {
            continue;
        };
        let version = String::from_utf8(version.stdout).unwrap();
        let words: Vec<&str> = version.split_whitespace().collect();
        let minor: u16 = words[2].parse().unwrap();
        // pip 23.0, the first that heeds markers, needs Python 3.7.
        if words[1] != "3" || minor < 7 || !seen.insert(version.clone()) {
            continue;
        }
        found.push(Real {
            name: format!("{} {}", words[0], words[1..].join(".")),
            command: vec![python, script.clone()],
            kind: Kind::Python(minor),
        });
    }
    let minors: BTreeSet<u16> = found
        .iter()
        .filter_map(|real| match real.kind {
            Kind::Python(minor) => Some(minor),
            Kind::Uv(_) => None,
        })
        .collect();
    if minors.len() < 2 {
        not_run(
            "the comparison with several CPythons",
            &format!("there is only {minors:?}"),
        );
    }
    found
}

/// The crates, by the versions of uv that use them (`uv --version`'s binary names its crates).
const CRATES: [(&str, Version); 4] = [
    ("configparser-3.0", Version::new(0, 1, 12)),
    ("configparser-3.1", Version::new(0, 9, 30)),
    ("configparser-3.2", Version::new(0, 13, 0)),
    ("astral-ini", Version::new(0, 13, 8)),
];

/// The readers with the crates; one that cannot be built is told.
pub(super) fn crates() -> Vec<Real> {
    CRATES
        .into_iter()
        .filter_map(|(name, version)| build(name, version))
        .collect()
}

fn build(name: &str, version: Version) -> Option<Real> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/readers/{name}/Cargo.toml"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    let output = Command::new(cargo)
        // astral-ini asks for a newer Rust than it needs.
        .args([
            "build",
            "--quiet",
            "--locked",
            "--ignore-rust-version",
            "--manifest-path",
        ])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&target)
        .output()
        .unwrap();
    if !output.status.success() {
        not_run(
            &format!("the comparison with {name}"),
            String::from_utf8_lossy(&output.stderr).trim(),
        );
        return None;
    }
    let program = format!(
        "reader-{}",
        name.trim_start_matches("configparser-").replace('.', "-")
    );
    say(&format!("built the reader with {name}"));
    Some(Real {
        name: name.to_owned(),
        command: vec![target.join("debug").join(program), "answers".into()],
        kind: Kind::Uv(version),
    })
}
