//! The generated files, and the repository that they belong to.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{completions, coverage, gallery, languages, man, pot, schema};

/// Folders in which every file is generated, so that one of a verb that is gone shows.
const FOLDERS: [&str; 2] = ["doc/completions", "doc/man"];

/// A file that follows from others.
#[derive(Debug)]
pub struct Generated {
    /// Its path in the repository.
    pub path: String,
    /// What it must say.
    pub text: String,
}

/// A committed file that is not what it should be.
#[derive(Debug)]
pub struct Outdated {
    /// Its path in the repository.
    pub path: String,
    /// What is wrong, as the end of a sentence about it.
    pub problem: &'static str,
}

/// The root of the repository.
///
/// # Panics
///
/// Never: this package lies in a folder of the repository.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the repository")
}

/// Every generated file.
///
/// # Errors
///
/// Fails for a template that cannot be read as one, and for a verb without its part of the man
/// page.
pub fn generated() -> Result<Vec<Generated>, String> {
    let mut files = vec![pot::generate()?];
    files.extend(man::generate()?);
    files.extend(completions::generate());
    files.push(schema::generate());
    files.push(languages::generate()?);
    files.push(gallery::generate()?);
    files.push(coverage::generate()?);
    Ok(files)
}

/// The files that differ from what they should be, are missing, or are left over.
///
/// # Errors
///
/// Fails if a file cannot be read.
pub fn outdated(files: &[Generated]) -> Result<Vec<Outdated>, String> {
    let mut outdated = Vec::new();
    for file in files {
        let problem = match fs::read(root().join(&file.path)) {
            Ok(bytes) if bytes == file.text.as_bytes() => continue,
            Ok(_) => "is out of date",
            Err(error) if error.kind() == ErrorKind::NotFound => "is missing",
            Err(error) => return Err(format!("{} cannot be read: {error}", file.path)),
        };
        outdated.push(Outdated {
            path: file.path.clone(),
            problem,
        });
    }
    for path in leftovers(files)? {
        outdated.push(Outdated {
            path,
            problem: "is not generated any more",
        });
    }
    Ok(outdated)
}

/// One line for each file, and the cure.
#[must_use]
pub fn report(outdated: &[Outdated]) -> String {
    let lines: Vec<String> = outdated
        .iter()
        .map(|file| format!("{} {}", file.path, file.problem))
        .collect();
    format!(
        "{}\nrun `make generate` and commit the result",
        lines.join("\n")
    )
}

/// Writes every file whose text has changed, and removes what is left over.
///
/// # Errors
///
/// Fails if a file cannot be written or removed.
pub fn write(files: &[Generated]) -> Result<(), String> {
    for file in files {
        write_one(file)?;
    }
    for path in leftovers(files)? {
        fs::remove_file(root().join(&path))
            .map_err(|error| format!("{path} cannot be removed: {error}"))?;
    }
    Ok(())
}

/// Writes a file if its text has changed: a new time stamp alone would make cargo build again.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub fn write_one(file: &Generated) -> Result<(), String> {
    let path = root().join(&file.path);
    if fs::read(&path).is_ok_and(|bytes| bytes == file.text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(root());
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, &file.text))
        .map_err(|error| format!("{} cannot be written: {error}", file.path))
}

/// Files in [`FOLDERS`] that are not among `files`.
fn leftovers(files: &[Generated]) -> Result<Vec<String>, String> {
    let mut leftovers = Vec::new();
    for folder in FOLDERS {
        for name in names(&root().join(folder))? {
            let path = format!("{folder}/{}", name.to_string_lossy());
            if !files.iter().any(|file| file.path == path) {
                leftovers.push(path);
            }
        }
    }
    Ok(leftovers)
}

/// The names in a folder, sorted; none if it is not there.
fn names(folder: &PathBuf) -> Result<Vec<OsString>, String> {
    let fail = |error: std::io::Error| format!("{} cannot be read: {error}", folder.display());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(error)),
    };
    let mut names = entries
        .map(|entry| entry.map(|entry| entry.file_name()).map_err(fail))
        .collect::<Result<Vec<_>, _>>()?;
    names.sort_unstable();
    Ok(names)
}
