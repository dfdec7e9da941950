//! The readers that are not ours: one process of each for a whole batch of markers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::harness::not_run;

/// A marker, and what each of its keys should say.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    pub(super) bytes: Vec<u8>,
    pub(super) texts: Vec<(String, String)>,
}

/// A marker that a reader reads differently.
#[derive(Debug)]
pub(super) struct Divergence {
    /// Its index in the batch.
    pub(super) index: usize,
    /// Which reader, which key, what it found instead.
    pub(super) what: String,
}

const CRATES: [&str; 3] = ["3.1", "3.2", "3.3"];

/// What the readers read differently from what was meant, in the order of the batch.
pub(super) fn divergences(batch: &[Marker]) -> Vec<Divergence> {
    if batch.is_empty() {
        return Vec::new();
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("batch");
    std::fs::write(&file, encode(batch)).expect("the batch can be written");
    let mut found = python(&file, batch.len());
    for program in crate_readers() {
        found.extend(run(
            Command::new(program).arg(&file),
            &program.display().to_string(),
            batch.len(),
        ));
    }
    found.sort_by_key(|divergence| divergence.index);
    found
}

/// The first divergence of one marker, for properties.
pub(super) fn agree(marker: &Marker) -> Result<(), String> {
    match divergences(std::slice::from_ref(marker)).first() {
        None => Ok(()),
        Some(divergence) => Err(format!(
            "{}\nmarker: {:?}",
            divergence.what,
            String::from_utf8_lossy(&marker.bytes)
        )),
    }
}

/// What the crate readers alone read differently.
pub(super) fn crate_divergences(marker: &Marker) -> Vec<Divergence> {
    let found = divergences(std::slice::from_ref(marker));
    found
        .into_iter()
        .filter(|divergence| !divergence.what.starts_with("python3"))
        .collect()
}

/// Whether every reader can be had: only then do their answers prove anything.
pub(super) fn all_there() -> bool {
    has_python() && crate_readers().len() == CRATES.len()
}

/// Every marker, with its texts.
fn encode(batch: &[Marker]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for marker in batch {
        frame(&mut bytes, "marker", &marker.bytes);
        for (key, text) in &marker.texts {
            frame(&mut bytes, &format!("text {key}"), text.as_bytes());
        }
    }
    bytes
}

/// Appends one frame of a batch.
pub(super) fn frame(bytes: &mut Vec<u8>, head: &str, content: &[u8]) {
    bytes.extend_from_slice(format!("{head} {}\n", content.len()).as_bytes());
    bytes.extend_from_slice(content);
    bytes.push(b'\n');
}

/// Whether there is a python3; that there is none is told once.
pub(super) fn has_python() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let found = Command::new("python3")
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success());
        if !found {
            not_run("the comparison with CPython", "there is no python3");
        }
        found
    })
}

fn python(file: &Path, count: usize) -> Vec<Divergence> {
    if !has_python() {
        return Vec::new();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/property/check.py");
    run(
        Command::new("python3").arg(script).arg(file),
        "python3",
        count,
    )
}

/// The built readers of the crate; a version that cannot be built is told once.
fn crate_readers() -> &'static [PathBuf] {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| CRATES.into_iter().filter_map(build).collect())
}

fn build(version: &str) -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/readers/configparser-{version}/Cargo.toml"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&target)
        .output();
    match output {
        Ok(output) if output.status.success() => Some(
            target
                .join("debug")
                .join(format!("reader-{}", version.replace('.', "-"))),
        ),
        Ok(output) => {
            not_run(
                &format!("the comparison with configparser {version}"),
                String::from_utf8_lossy(&output.stderr).trim(),
            );
            None
        }
        Err(error) => {
            not_run(
                &format!("the comparison with configparser {version}"),
                &error.to_string(),
            );
            None
        }
    }
}

/// Runs a reader, which prints `INDEX WHAT` for each divergence and at last how many markers it
/// has read: one that stops early must not pass for one that agrees.
pub(super) fn run(command: &mut Command, name: &str, count: usize) -> Vec<Divergence> {
    let output = command.output().expect("the reader starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut found = Vec::new();
    let mut concluded = false;
    for line in text.lines() {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if first == "read" {
            concluded = rest == count.to_string();
        } else {
            let index = first
                .parse()
                .unwrap_or_else(|_| panic!("{name} says: {text}"));
            found.push(Divergence {
                index,
                what: format!("{name}: {rest}"),
            });
        }
    }
    assert!(
        concluded,
        "{name} did not read all {count} markers: {text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    found
}
