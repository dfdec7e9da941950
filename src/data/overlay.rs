//! A data directory: whether everything in it is something that we would read. A misspelt name
//! must not be ignored.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Result};
use crate::locale;

use super::{CATALOGUES, PROFILES, TEMPLATES};

/// Checks the names of the files in a data directory.
///
/// # Errors
///
/// Fails for a directory that is not there or has none of our folders, and for files that look
/// like ours but would be ignored for their names.
pub(super) fn check(directory: &Path) -> Result<()> {
    let name = directory.display().to_string();
    if !directory.exists() {
        return Err(Diagnostic::io("the data directory does not exist").in_file(name));
    }
    if !directory.is_dir() {
        return Err(Diagnostic::io("the data directory is not a directory").in_file(name));
    }
    let folders = [PROFILES, TEMPLATES, CATALOGUES];
    if !folders.iter().any(|folder| directory.join(folder).is_dir()) {
        return Err(
            Diagnostic::io("the data directory has none of the folders that we read")
                .in_file(name)
                .help(format!(
                    "it is laid out like the repository: {}",
                    folders.join(", ")
                )),
        );
    }
    for file in files(&directory.join(PROFILES)) {
        if Path::new(&file)
            .extension()
            .is_some_and(|extension| extension == "yml")
        {
            let path = directory.join(PROFILES).join(&file);
            return Err(Diagnostic::invalid("the name of a profile ends with .yaml")
                .in_file(path.display().to_string()));
        }
    }
    if directory.join(PROFILES).join("auto.yaml").exists() {
        return Err(Diagnostic::invalid(
            "no profile can be called `auto`, which stands for that of the build machine",
        )
        .in_file(
            directory
                .join(PROFILES)
                .join("auto.yaml")
                .display()
                .to_string(),
        ));
    }
    for file in files(&directory.join(CATALOGUES)) {
        if file == "en.po" {
            let path = directory.join(CATALOGUES).join(&file);
            return Err(
                Diagnostic::invalid("English is the source language and has no catalogue")
                    .in_file(path.display().to_string())
                    .help(
                        "lay another template over the built-in one, or call the region en_GB.po",
                    ),
            );
        }
        if file
            .strip_suffix(".po")
            .is_some_and(|code| !locale::is_language(code))
        {
            let path = directory.join(CATALOGUES).join(&file);
            return Err(
                Diagnostic::invalid("a catalogue is named after its language")
                    .in_file(path.display().to_string())
                    .help("write it as a locale does, for example de.po or pt_BR.po"),
            );
        }
    }
    Ok(())
}

/// The names of the files in a directory; none if it is not there.
pub(super) fn files(directory: &Path) -> Vec<String> {
    let entries = fs_err::read_dir(directory).into_iter().flatten();
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect()
}
