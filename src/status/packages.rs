//! What package managers know of a marker: that it was diverted, excluded, or removed by hand.
//!
//! Read are the text files of dpkg (dpkg-divert(1), dpkg(1), `info/*.list`), apk
//! (`lib/apk/db/installed`), pacman (pacman.conf(5), `local/*/files`) and xbps (xbps.d(5)). The
//! database of rpm is a binary one and is not read.

use super::glob;
use crate::diagnostic::Result;
use crate::tree::Tree;

/// What was done about a marker.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Intervention {
    /// The package manager puts the file elsewhere.
    Diverted {
        /// Where.
        to: String,
        /// Who asked for it: a package, or the administrator.
        by: String,
    },
    /// The package manager does not unpack the file.
    Excluded {
        /// The configuration file.
        file: String,
        /// Its line.
        line: String,
    },
    /// A package has the file, but it is not there.
    Removed {
        /// The package.
        package: String,
    },
}

/// Everything about the marker at `path`.
///
/// # Errors
///
/// Fails if a directory cannot be read.
pub fn interventions(tree: &Tree, path: &str, missing: bool) -> Result<Vec<Intervention>> {
    let mut found = Vec::new();
    found.extend(diverted(tree, path));
    found.extend(excluded_by_dpkg(tree, path)?);
    found.extend(excluded_by_pacman(tree, path));
    found.extend(excluded_by_xbps(tree, path)?);
    if missing && found.is_empty() {
        let package = match owner_in_dpkg(tree, path)? {
            Some(package) => Some(package),
            None => owner_in_apk(tree, path),
        };
        let package = match package {
            Some(package) => Some(package),
            None => owner_in_pacman(tree, path)?,
        };
        found.extend(package.map(|package| Intervention::Removed { package }));
    }
    Ok(found)
}

fn text(tree: &Tree, path: &str) -> Option<String> {
    let bytes = tree.configuration(path)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// dpkg's list of diversions has three lines for each: from, to, and by whom (`:` for the
/// administrator).
fn diverted(tree: &Tree, path: &str) -> Option<Intervention> {
    let text = text(tree, "/var/lib/dpkg/diversions")?;
    let lines: Vec<&str> = text.lines().collect();
    let entry = lines.chunks_exact(3).find(|entry| entry[0] == path)?;
    Some(Intervention::Diverted {
        to: entry[1].to_owned(),
        by: match entry[2] {
            ":" => "the administrator".to_owned(),
            package => format!("the package {package}"),
        },
    })
}

/// The last pattern that matches decides, in the order of the files' names.
fn excluded_by_dpkg(tree: &Tree, path: &str) -> Result<Option<Intervention>> {
    let mut files = vec!["/etc/dpkg/dpkg.cfg".to_owned()];
    let names = tree.list("/etc/dpkg/dpkg.cfg.d")?.into_iter();
    files.extend(names.map(|name| format!("/etc/dpkg/dpkg.cfg.d/{name}")));
    let mut last = None;
    for file in files {
        for line in text(tree, &file).unwrap_or_default().lines().map(str::trim) {
            let pattern = |option: &str| {
                let rest = line.strip_prefix(option)?.trim_start();
                Some(rest.strip_prefix('=').unwrap_or(rest).trim())
            };
            if pattern("path-exclude").is_some_and(|pattern| glob::matches(pattern, path)) {
                last = Some(Intervention::Excluded {
                    file: file.clone(),
                    line: line.to_owned(),
                });
            } else if pattern("path-include").is_some_and(|pattern| glob::matches(pattern, path)) {
                last = None;
            }
        }
    }
    Ok(last)
}

/// Several patterns stand on a line, without the first `/`; `!` before one takes it back.
fn excluded_by_pacman(tree: &Tree, path: &str) -> Option<Intervention> {
    let file = "/etc/pacman.conf";
    let relative = path.trim_start_matches('/');
    let mut last = None;
    for line in text(tree, file)?.lines().map(str::trim) {
        let Some((key, patterns)) = line.split_once('=') else {
            continue;
        };
        if key.trim() != "NoExtract" {
            continue;
        }
        for pattern in patterns.split_whitespace() {
            match pattern.strip_prefix('!') {
                Some(pattern) if glob::matches(pattern, relative) => last = None,
                None if glob::matches(pattern, relative) => {
                    last = Some(Intervention::Excluded {
                        file: file.to_owned(),
                        line: line.to_owned(),
                    });
                }
                _ => {}
            }
        }
    }
    last
}

fn excluded_by_xbps(tree: &Tree, path: &str) -> Result<Option<Intervention>> {
    for directory in ["/etc/xbps.d", "/usr/share/xbps.d"] {
        for name in tree.list(directory)? {
            let file = format!("{directory}/{name}");
            for line in text(tree, &file).unwrap_or_default().lines().map(str::trim) {
                let pattern = line.strip_prefix("noextract=").map(str::trim);
                if pattern.is_some_and(|pattern| glob::matches(pattern, path)) {
                    return Ok(Some(Intervention::Excluded {
                        file,
                        line: line.to_owned(),
                    }));
                }
            }
        }
    }
    Ok(None)
}

/// Whether a package can own a marker: reading the lists of all would take long.
fn is_python(package: &str) -> bool {
    package.contains("python") || package.contains("pypy")
}

fn owner_in_dpkg(tree: &Tree, path: &str) -> Result<Option<String>> {
    let directory = "/var/lib/dpkg/info";
    for name in tree.list(directory)? {
        let Some(package) = name
            .strip_suffix(".list")
            .filter(|package| is_python(package))
        else {
            continue;
        };
        let list = text(tree, &format!("{directory}/{name}")).unwrap_or_default();
        if list.lines().any(|line| line == path) {
            return Ok(Some(package.to_owned()));
        }
    }
    Ok(None)
}

/// `P:` names a package, `F:` a directory without the first `/`, `R:` a file in it.
fn owner_in_apk(tree: &Tree, path: &str) -> Option<String> {
    let (directory, name) = path.trim_start_matches('/').rsplit_once('/')?;
    let databases = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"];
    let text = databases.iter().find_map(|database| text(tree, database))?;
    let (mut package, mut here) = ("", false);
    for line in text.lines() {
        match line.split_at_checked(2) {
            Some(("P:", value)) => package = value,
            Some(("F:", value)) => here = value == directory,
            Some(("R:", value)) if here && value == name => return Some(package.to_owned()),
            _ => {}
        }
    }
    None
}

fn owner_in_pacman(tree: &Tree, path: &str) -> Result<Option<String>> {
    let directory = "/var/lib/pacman/local";
    let relative = path.trim_start_matches('/');
    for package in tree.list(directory)? {
        if !is_python(&package) {
            continue;
        }
        let files = text(tree, &format!("{directory}/{package}/files")).unwrap_or_default();
        if files.lines().any(|line| line == relative) {
            return Ok(Some(package));
        }
    }
    Ok(None)
}
