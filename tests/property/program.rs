//! The same through the program: exit codes, messages, and no file where there is a mistake.

use std::path::Path;
use std::process::{Command, Output};

use super::generators::{self, Case};
use super::harness::{Counts, Run};
use super::pipeline::{self, Outcome};
use super::readers;

#[test]
fn the_program_installs_what_the_library_renders_and_nothing_else() {
    let run = Run::new("program", 60);
    let strategy = generators::cases();
    let mut counts = Counts::default();
    let mut batch = Vec::new();
    run.check(&strategy, |case| {
        let overlay = tempfile::tempdir().map_err(|error| error.to_string())?;
        let tree = tempfile::tempdir().map_err(|error| error.to_string())?;
        let outcome = pipeline::outcome(case, overlay.path())?;
        let output = install(case, overlay.path(), tree.path());
        let report = String::from_utf8(output.stderr).map_err(|error| error.to_string())?;
        let mut files = Vec::new();
        collect(tree.path(), &mut files);
        match outcome {
            Outcome::Accepted(marker) => {
                counts.accepted += 1;
                if (output.status.code(), report.as_str(), files.as_slice())
                    != (Some(0), "", std::slice::from_ref(&marker.bytes))
                {
                    return Err(format!(
                        "{:?} {report} {} files",
                        output.status,
                        files.len()
                    ));
                }
                batch.push(marker);
            }
            Outcome::Refused(diagnostic) => {
                counts.refused += 1;
                if output.status.code() != Some(i32::from(diagnostic.kind.exit_code()))
                    || report != diagnostic.render(false)
                    || !files.is_empty()
                {
                    return Err(format!(
                        "{:?} {report} {} files",
                        output.status,
                        files.len()
                    ));
                }
            }
        }
        if output.stdout.is_empty() {
            Ok(())
        } else {
            Err("something on standard output".to_owned())
        }
    });
    let divergences = readers::divergences(&batch);
    assert!(divergences.is_empty(), "{divergences:#?}");
    counts.conclude("program", 60);
}

fn install(case: &Case, overlay: &Path, tree: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_externally-managed"));
    command.env_clear().args([
        "install",
        "marker",
        "--profile",
        "case",
        "--python",
        case.python,
    ]);
    command
        .arg("--data-dir")
        .arg(overlay)
        .arg("--destdir")
        .arg(tree);
    let languages = pipeline::languages(case).join(",");
    command.args([
        "--languages",
        if languages.is_empty() {
            "none"
        } else {
            &languages
        },
    ]);
    command.output().expect("the program starts")
}

/// The contents of all files below `directory`.
fn collect(directory: &Path, files: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(std::fs::read(&path).unwrap_or_default());
        }
    }
}
