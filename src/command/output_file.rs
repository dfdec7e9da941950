//! A file that the command line names for our output: replaced as a whole, or not at all.

use std::fs::Metadata;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use crate::diagnostic::{Diagnostic, Result, reason};
use crate::input::retry;
use crate::tree::{File, Tree};

/// The place of the output, found before anything is changed, so that a mistake in its name
/// changes nothing.
pub(super) enum OutputFile {
    /// What is no regular file, such as a pipe or /dev/stdout, is written into: a rename would
    /// replace it.
    Special(fs_err::File),
    /// A file, there or not, by its directory and its name.
    Regular(Tree, String),
}

impl OutputFile {
    pub(super) fn find(path: &Path) -> Result<OutputFile> {
        let found = metadata(path)?;
        if found.as_ref().is_some_and(is_special) {
            let file = fs_err::OpenOptions::new().write(true).open(path);
            return file
                .map(OutputFile::Special)
                .map_err(|error| Diagnostic::io(error.to_string()));
        }
        // The file that a link leads to is replaced, not the link.
        let path = match found {
            Some(_) if is_link(path)? => canonical(path)?,
            _ => path.to_owned(),
        };
        let (Some(name), Some(parent)) = (
            path.file_name().and_then(|name| name.to_str()),
            path.parent(),
        ) else {
            let message = format!("`{}` does not name a file", path.display());
            return Err(Diagnostic::usage(message));
        };
        let parent = match parent.to_str() {
            Some("") => Path::new("."),
            _ => parent,
        };
        if found.is_some_and(|metadata| metadata.is_dir()) {
            let what = "a directory is in the place of the file";
            return Err(Diagnostic::io(what).in_file(path.display().to_string()));
        }
        if !metadata(parent)?.is_some_and(|metadata| metadata.is_dir()) {
            let what = "the directory of the output file does not exist";
            return Err(Diagnostic::io(what).in_file(parent.display().to_string()));
        }
        let can_write = retry(|| Ok(rustix::fs::access(parent, Access::WRITE_OK)?));
        can_write.map_err(|error| failed("the directory cannot be written", parent, &error))?;
        Ok(OutputFile::Regular(Tree::open(parent)?, format!("/{name}")))
    }

    pub(super) fn write(self, contents: Vec<u8>) -> Result<()> {
        match self {
            OutputFile::Special(mut file) => file
                .write_all(&contents)
                .map_err(|error| Diagnostic::io(error.to_string())),
            OutputFile::Regular(directory, name) => {
                directory.install(&[File::new(name, contents)], None)
            }
        }
    }
}

fn is_special(metadata: &Metadata) -> bool {
    !metadata.is_file() && !metadata.is_dir()
}

/// What is known of what `path` leads to; nothing if that is not there.
fn metadata(path: &Path) -> Result<Option<Metadata>> {
    match retry(|| std::fs::metadata(path)) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("this cannot be looked at", path, &error)),
    }
}

fn is_link(path: &Path) -> Result<bool> {
    retry(|| std::fs::symlink_metadata(path))
        .map(|metadata| metadata.is_symlink())
        .map_err(|error| failed("this cannot be looked at", path, &error))
}

fn canonical(path: &Path) -> Result<PathBuf> {
    retry(|| std::fs::canonicalize(path))
        .map_err(|error| failed("this cannot be looked at", path, &error))
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    Diagnostic::io(format!("{what}: {}", reason(error))).in_file(path.display().to_string())
}
