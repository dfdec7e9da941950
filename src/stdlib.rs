//! Where Pythons can be in a tree, and which directories are their standard libraries.
//!
//! CPython 3.9 and later: `{installed_base}/{platlibdir}/pythonX.Y`, with a `t` behind it for
//! free-threaded builds since 3.13; PyPy: `pypyX.Y` (sysconfig of both).

use std::path::Path;

use crate::diagnostic::Result;
use crate::interpreter::{Interpreter, Kind};
use crate::marker::FILE_NAME;
use crate::marker::reader::NEWEST_PYTHON;
use crate::tree::{Identity, Tree};

/// Where prefixes are; `*` stands for any name. Nothing else is searched.
const PREFIXES: &[&str] = &[
    "/usr",
    "/usr/local",
    "",
    // Add-on packages: conda, PyPy, MacPorts, pkgsrc, Homebrew.
    "/opt/*",
    "/opt/*/Library/Frameworks/Python.framework/Versions/*",
    "/opt/homebrew/Cellar/*/*",
    "/opt/homebrew/Cellar/*/*/Frameworks/Python.framework/Versions/*",
    "/opt/homebrew/opt/*",
    "/opt/homebrew/opt/*/Frameworks/*/Versions/*",
    "/home/linuxbrew/.linuxbrew/Cellar/*/*",
    "/home/linuxbrew/.linuxbrew/opt/*",
    "/usr/local/opt/*/Frameworks/*/Versions/*",
    "/usr/local/Cellar/*/*/Frameworks/Python.framework/Versions/*",
    "/Library/Frameworks/Python.framework/Versions/*",
    "/usr/pkg",
    "/sw",
    "/nix/store/*",
    "/gnu/store/*",
    // Windows ports.
    "/mingw32",
    "/mingw64",
    "/ucrt64",
    "/clang64",
    "/clangarm64",
    // What users install for themselves.
    "/root/.pyenv/versions/*",
    "/home/*/.pyenv/versions/*",
    "/root/.local/share/uv/python/*",
    "/home/*/.local/share/uv/python/*",
    "/root/*conda*",
    "/home/*/*conda*",
];

/// The directories below a prefix that hold standard libraries.
const LIBRARIES: [&str; 3] = ["lib", "lib64", "lib32"];

/// What is in every standard library, beside what CPython 3.14 and later has (PEP 739, whose file
/// Debian names with a triplet).
const LANDMARKS: [&str; 3] = ["os.py", "os.pyc", "encodings"];

/// What a directory with the name of a standard library is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Home {
    /// A part of a Python.
    Installed,
    /// A part of a virtual environment, which has no standard library of its own.
    Venv,
}

/// A directory with the name of a standard library.
#[derive(Clone, Debug)]
pub struct Stdlib {
    /// The Python that it belongs to.
    pub interpreter: Interpreter,
    /// Its path in the tree.
    pub path: String,
    /// The prefix below which it lies.
    pub prefix: String,
    /// What it is a part of.
    pub home: Home,
    /// It has a standard library in it, and not just a marker.
    pub complete: bool,
}

/// The standard libraries of a tree, and the directories that have a marker as if they were one.
/// `further` are prefixes to search beside the usual ones, with `*` for any name.
///
/// # Errors
///
/// Fails if a directory cannot be read.
pub fn find(tree: &Tree, further: &[String]) -> Result<Vec<Stdlib>> {
    let mut found = Vec::new();
    let mut seen: Vec<Identity> = Vec::new();
    let further = further.iter().map(String::as_str);
    for pattern in PREFIXES.iter().copied().chain(further) {
        for prefix in expand(tree, pattern)? {
            for library in LIBRARIES {
                let directory = format!("{prefix}/{library}");
                // lib64 may be a link to lib, and /lib one to usr/lib.
                let Some(identity) = tree.directory(&directory)? else {
                    continue;
                };
                if seen.contains(&identity) {
                    continue;
                }
                seen.push(identity);
                search(tree, &prefix, &directory, &mut seen, &mut found)?;
            }
            found.extend(windows(tree, &prefix, &mut seen)?);
        }
    }
    Ok(found)
}

fn search(
    tree: &Tree,
    prefix: &str,
    directory: &str,
    seen: &mut Vec<Identity>,
    found: &mut Vec<Stdlib>,
) -> Result<()> {
    for name in tree.list(directory)? {
        let Some(interpreter) = interpreter(&name) else {
            continue;
        };
        let path = format!("{directory}/{name}");
        let Some(identity) = tree.directory(&path)? else {
            continue;
        };
        if seen.contains(&identity) {
            continue;
        }
        seen.push(identity);
        let complete = is_complete(tree, &path)?;
        let in_venv = tree.exists(&format!("{prefix}/pyvenv.cfg"))?;
        let marked = tree.list(&path)?.iter().any(|name| is_like_marker(name));
        if complete || marked || in_venv {
            found.push(Stdlib {
                interpreter,
                path,
                prefix: prefix.to_owned(),
                home: if in_venv && !complete {
                    Home::Venv
                } else {
                    Home::Installed
                },
                complete,
            });
        }
    }
    Ok(())
}

/// The standard library of a Python for Windows, which is `Lib` below the prefix and has no version
/// in its name (sysconfig, scheme `nt`).
fn windows(tree: &Tree, prefix: &str, seen: &mut Vec<Identity>) -> Result<Option<Stdlib>> {
    let path = format!("{prefix}/Lib");
    let Some(identity) = tree.directory(&path)?.filter(|known| !seen.contains(known)) else {
        return Ok(None);
    };
    seen.push(identity);
    let complete = is_complete(tree, &path)?;
    let marked = tree.list(&path)?.iter().any(|name| is_like_marker(name));
    if !complete && !marked {
        return Ok(None);
    }
    let names = tree.list(if prefix.is_empty() { "/" } else { prefix })?;
    Ok(Some(Stdlib {
        interpreter: names
            .iter()
            .find_map(|name| of_library(name))
            // Versions differ in little that matters to a marker.
            .unwrap_or_else(|| Interpreter {
                kind: Kind::Cpython,
                version: format!("3.{NEWEST_PYTHON}"),
            }),
        path,
        prefix: prefix.to_owned(),
        home: if tree.exists(&format!("{prefix}/pyvenv.cfg"))? && !complete {
            Home::Venv
        } else {
            Home::Installed
        },
        complete,
    }))
}

/// The Python of a library for Windows: `python313.dll`, `python313t.dll`.
fn of_library(name: &str) -> Option<Interpreter> {
    let version = name.strip_prefix("python")?.strip_suffix(".dll")?;
    let (major, minor) = version.split_at_checked(1)?;
    Interpreter::parse(&format!("{major}.{minor}")).ok()
}

/// Whether `path` holds a standard library.
///
/// # Errors
///
/// Fails if the directory cannot be read.
pub fn is_complete(tree: &Tree, path: &str) -> Result<bool> {
    for name in LANDMARKS {
        if tree.exists(&format!("{path}/{name}"))? {
            return Ok(true);
        }
    }
    Ok(tree.list(path)?.iter().any(|name| is_build_details(name)))
}

/// Whether a file describes the build of the Python beside it (PEP 739).
#[must_use]
pub fn is_build_details(name: &str) -> bool {
    name.starts_with("build-details")
        && Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "json")
}

/// Whether a file has the name of the marker, or one that was meant to be it.
#[must_use]
pub fn is_like_marker(name: &str) -> bool {
    let alike = name.replace('_', "-");
    alike
        .split('.')
        .next()
        .is_some_and(|stem| stem.eq_ignore_ascii_case(FILE_NAME))
}

/// The Python whose standard library directory has this name.
#[must_use]
pub fn interpreter(name: &str) -> Option<Interpreter> {
    let version = name.strip_prefix("python").unwrap_or(name);
    Interpreter::parse(version)
        .ok()
        .filter(|python| python.directory() == name)
}

/// The directories that a pattern stands for.
fn expand(tree: &Tree, pattern: &str) -> Result<Vec<String>> {
    let mut paths = vec![String::new()];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        if let Some((before, after)) = part.split_once('*') {
            let after = after.trim_end_matches('*');
            let mut next = Vec::new();
            for path in &paths {
                let names = tree.list(path)?.into_iter();
                let fits = |name: &String| name.starts_with(before) && name.contains(after);
                next.extend(names.filter(fits).map(|name| format!("{path}/{name}")));
            }
            paths = next;
        } else {
            let mut next = Vec::new();
            for path in paths {
                let path = format!("{path}/{part}");
                if tree.directory(&path)?.is_some() {
                    next.push(path);
                }
            }
            paths = next;
        }
        if paths.is_empty() {
            break;
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn finds_pythons_where_they_can_be() {
        let directory = tempfile::tempdir().expect("tempdir");
        let file = |path: &str| {
            let path = directory.path().join(path);
            fs_err::create_dir_all(path.parent().expect("below")).expect("mkdir");
            fs_err::write(path, "").expect("write");
        };
        file("usr/lib/python3.13/os.py");
        file("usr/lib/python3.14/build-details..x86_64-linux-gnu.json");
        file("usr/lib/python3.12/EXTERNALLY-MANAGED");
        file("usr/lib/python3.11/dist-packages/x.py");
        file("usr/lib/python3/dist-packages/x.py");
        file("usr/lib64/python3.14t/os.py");
        file("opt/pypy3/lib/pypy3.11/os.py");
        file("nix/store/abc-python3/lib/python3.13/os.pyc");
        file("opt/venv/pyvenv.cfg");
        file("opt/venv/lib/python3.13/EXTERNALLY-MANAGED");
        file("srv/lib/python3.13/os.py");
        symlink("usr/lib", directory.path().join("lib")).expect("symlink");
        symlink("lib", directory.path().join("opt/venv/lib64")).expect("symlink");
        let tree = Tree::open(directory.path()).expect("tree");
        let found = find(&tree, &[]).expect("finds");
        let shown: Vec<String> = found
            .iter()
            .map(|stdlib| {
                let kind = match (stdlib.home, stdlib.complete) {
                    (Home::Venv, _) => "venv",
                    (_, true) => "complete",
                    (_, false) => "marker only",
                };
                format!("{} {kind} {}", stdlib.interpreter, stdlib.path)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "3.12 marker only /usr/lib/python3.12",
                "3.13 complete /usr/lib/python3.13",
                "3.14 complete /usr/lib/python3.14",
                "3.14t complete /usr/lib64/python3.14t",
                "pypy3.11 complete /opt/pypy3/lib/pypy3.11",
                "3.13 venv /opt/venv/lib/python3.13",
                "3.13 complete /nix/store/abc-python3/lib/python3.13",
            ]
        );
    }
}
