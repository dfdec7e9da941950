//! Finding the markers to explain: the one that is named, or those of a tree.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, absolute};

use crate::diagnostic::{Diagnostic, Result};
use crate::input;
use crate::interpreter::Interpreter;
use crate::marker::FILE_NAME;
use crate::marker::reader::Found;

/// The version that is explained where nothing tells another.
const NEWEST_PYTHON: &str = "3.15";

/// The prefix that is shown where nothing tells another.
const USUAL_PREFIX: &str = "/usr";

/// A place where installers look for a marker.
pub(super) struct Place {
    /// How the reader finds it.
    pub(super) name: String,
    /// What is there.
    pub(super) found: Found,
    /// Whose marker it is.
    pub(super) python: Interpreter,
    /// The `sys.prefix` of that Python.
    pub(super) prefix: String,
    /// The path of the marker, as that Python has it.
    pub(super) path: String,
}

/// The places that `path` means, for the Python `python` or the one to which they belong.
pub(super) fn find(path: &Path, python: Option<&Interpreter>) -> Result<Vec<Place>> {
    let name = path.display().to_string();
    let is_tree = path.is_dir() && path.file_name().is_none_or(|name| name != FILE_NAME);
    if is_tree {
        return Err(Diagnostic::io("this is a directory")
            .in_file(name)
            .help(format!(
                "name the file {FILE_NAME} of a standard library in it"
            )));
    }
    let mut found = look(path)?;
    let layout = absolute(path).ok().and_then(|path| Layout::of(&path));
    if layout.is_some() && path.file_name().is_none_or(|name| name != FILE_NAME) {
        // In a standard library, installers look for this name alone.
        found = Found::Missing;
    }
    let python = python
        .cloned()
        .or_else(|| layout.as_ref().map(|layout| layout.python.clone()))
        .or_else(|| Interpreter::parse(NEWEST_PYTHON).ok())
        .ok_or_else(|| Diagnostic::usage("no Python to explain"))?;
    let stdlib = layout.map_or_else(
        || {
            (
                USUAL_PREFIX.to_owned(),
                format!("{USUAL_PREFIX}/lib/{}", python.directory()),
            )
        },
        |layout| (layout.prefix, layout.stdlib),
    );
    Ok(vec![Place {
        name,
        found,
        python,
        prefix: stdlib.0,
        path: format!("{}/{FILE_NAME}", stdlib.1),
    }])
}

/// What a path says about the Python to which it belongs: `PREFIX/lib/python3.13/…`.
struct Layout {
    python: Interpreter,
    prefix: String,
    stdlib: String,
}

impl Layout {
    fn of(path: &Path) -> Option<Layout> {
        let stdlib = path.parent()?;
        let directory = stdlib.file_name()?.to_str()?;
        let python = Interpreter::of_directory(directory)?;
        let libdir = stdlib.parent()?;
        libdir.file_name()?.to_str()?.strip_prefix("lib")?;
        Some(Layout {
            python,
            prefix: libdir.parent()?.display().to_string(),
            stdlib: stdlib.display().to_string(),
        })
    }
}

/// What is at a path. Never waits for the other end of a pipe.
fn look(path: &Path) -> Result<Found> {
    let failed = |error: &std::io::Error| {
        let text = error.to_string();
        let reason = text.split(" (os error").next().unwrap_or(&text);
        Diagnostic::io(format!("this cannot be looked at: {reason}"))
            .in_file(path.display().to_string())
    };
    let link = std::fs::symlink_metadata(path).map_err(|error| failed(&error))?;
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if link.is_symlink() && leads_nowhere(&error) => return Ok(Found::Dangling),
        Err(error) => return Err(failed(&error)),
    };
    if metadata.is_dir() {
        return Ok(Found::Directory);
    }
    if !metadata.is_file() {
        return Ok(Found::Special);
    }
    let mode = metadata.permissions().mode() & 0o7777;
    match input::read(path) {
        Ok(bytes) => Ok(Found::File { bytes, mode }),
        // What nobody else can read either need not be read here.
        Err(_) if mode & 0o004 == 0 => Ok(Found::File {
            bytes: Vec::new(),
            mode,
        }),
        Err(error) => Err(error),
    }
}

fn leads_nowhere(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
        || error.kind() == ErrorKind::NotADirectory
        || error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}
