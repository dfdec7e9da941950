//! Finding the markers to explain: the one that is named, or those of a tree.

use std::path::{Path, absolute};

use crate::diagnostic::{Diagnostic, Result};
use crate::input;
use crate::interpreter::Interpreter;
use crate::marker::FILE_NAME;
use crate::marker::reader::Found;
use crate::stdlib::{self, Home};
use crate::tree::Tree;

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
        return in_tree(path, python);
    }
    let mut found = input::look(path)?;
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

/// The markers of all Pythons in a tree.
fn in_tree(path: &Path, python: Option<&Interpreter>) -> Result<Vec<Place>> {
    let tree = Tree::open(path)?;
    let mut places = Vec::new();
    for stdlib in stdlib::find(&tree, &[])? {
        if stdlib.home != Home::Installed {
            continue;
        }
        let marker = format!("{}/{FILE_NAME}", stdlib.path);
        places.push(Place {
            name: tree.shown(&marker),
            found: tree.look(&marker)?,
            python: python.cloned().unwrap_or(stdlib.interpreter),
            prefix: stdlib.prefix,
            path: marker,
        });
    }
    if places.is_empty() {
        return Err(
            Diagnostic::io("there is no Python in this tree").in_file(path.display().to_string())
        );
    }
    Ok(places)
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
        let python = stdlib::interpreter(directory)?;
        let libdir = stdlib.parent()?;
        libdir.file_name()?.to_str()?.strip_prefix("lib")?;
        Some(Layout {
            python,
            prefix: libdir.parent()?.display().to_string(),
            stdlib: stdlib.display().to_string(),
        })
    }
}
