//! The crates that uv reads markers with, and what our uv answers in the words of the programs
//! around them (tests/readers/src/batch.rs).

use std::path::Path;
use std::process::Command;

use externally_managed::marker::reader::version::Version;
use externally_managed::marker::reader::{Outcome, Why, uv};

use super::reader::{Ours, Reader};
use crate::property::harness::not_run;

/// The directory below tests/readers, the program in it and the version of uv that reads so. 3.0.4
/// is that of uv before 0.2.12.
const CRATES: [(&str, &str, Version); 4] = [
    ("configparser-3.0", "answer-3-0", Version::new(0, 2, 11)),
    ("configparser-3.1", "answer-3-1", Version::new(0, 2, 12)),
    ("configparser-3.2", "answer-3-2", uv::LAST_CONFIGPARSER),
    ("astral-ini", "answer-astral", uv::ASTRAL_INI),
];

/// Every crate that can be built.
pub(super) fn crates() -> Vec<Reader> {
    CRATES
        .into_iter()
        .filter_map(|(directory, program, version)| {
            let command = build(directory, program)
                .map_err(|why| not_run(&format!("the comparison with {directory}"), &why));
            Some(Reader {
                name: directory.to_owned(),
                command: vec![command.ok()?],
                ours: Ours::Uv(version),
            })
        })
        .collect()
}

fn build(directory: &str, program: &str) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let readers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--ignore-rust-version"])
        .args(["--bin", program, "--manifest-path"])
        .arg(readers.join(directory).join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(target.join("debug").join(program).display().to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

/// What this uv does.
pub(super) fn answer(marker: &[u8], version: Version) -> String {
    match uv::read_bytes(marker, version).outcome {
        Outcome::Shows(shown) => format!("shows {:?}", shown.text),
        Outcome::Installs(Why::NotUtf8) => "installs".to_owned(),
        Outcome::Generic(Why::NotParsed) => "generic: not parsed".to_owned(),
        Outcome::Generic(Why::NoSection) => "generic: no section".to_owned(),
        Outcome::Generic(Why::NoKey) => "generic: no key".to_owned(),
        other => panic!("a file cannot give {other:?}"),
    }
}
