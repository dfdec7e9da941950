//! Several trees taken together: a distribution may split a Python over packages.

use std::path::Path;

use crate::diagnostic::Result;
use crate::marker::FILE_NAME;
use crate::marker::reader::Found;
use crate::status::packages::interventions;
use crate::stdlib::{self, Home};
use crate::tree::Tree;

/// As many links as are followed from tree to tree.
const MAX_LINKS: usize = 8;

/// The trees.
pub(super) struct System {
    trees: Vec<Tree>,
}

/// A Python, or the directory of one, in one or several of the trees.
pub(super) struct Python {
    pub(super) path: String,
    pub(super) prefix: String,
    pub(super) home: Home,
    /// One of the trees has the standard library.
    pub(super) complete: bool,
    /// What stands in the place of the marker.
    pub(super) marker: Found,
    /// The path of the tree that has the marker, or else the directory.
    tree: String,
}

impl Python {
    pub(super) fn is_installed(&self) -> bool {
        self.complete && self.home == Home::Installed
    }

    pub(super) fn is_marked(&self) -> bool {
        self.marker != Found::Missing
    }

    /// A path of the tree as the user would write it.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.tree.trim_end_matches('/'))
    }
}

impl System {
    pub(super) fn open(paths: &[&Path]) -> Result<System> {
        let trees = paths.iter().map(|path| Tree::open(path));
        Ok(System {
            trees: trees.collect::<Result<_>>()?,
        })
    }

    /// Whether a package manager is told to put the file elsewhere, or to leave it out.
    pub(super) fn turns_off(&self, marker: &str) -> Result<bool> {
        for tree in &self.trees {
            if !interventions(tree, marker, false)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The Pythons of all trees, each once; `prefixes` are searched beside the usual ones.
    pub(super) fn pythons(&self, prefixes: &[String]) -> Result<Vec<Python>> {
        let mut pythons: Vec<Python> = Vec::new();
        for tree in &self.trees {
            for stdlib in stdlib::find(tree, prefixes)? {
                let known = pythons.iter_mut().find(|python| python.path == stdlib.path);
                if let Some(known) = known {
                    known.complete |= stdlib.complete;
                    continue;
                }
                let marker = format!("{}/{FILE_NAME}", stdlib.path);
                let (shown, found) = self
                    .look(&marker)?
                    .unwrap_or_else(|| (tree.shown(&marker), Found::Missing));
                let tree = shown.strip_suffix(&marker).unwrap_or_default().to_owned();
                pythons.push(Python {
                    path: stdlib.path,
                    prefix: stdlib.prefix,
                    home: stdlib.home,
                    complete: stdlib.complete,
                    marker: found,
                    tree,
                });
            }
        }
        Ok(pythons)
    }

    /// What stands at a path in the first tree that has it, and how the user would write the
    /// path. A link may lead from one tree to another.
    pub(super) fn look(&self, path: &str) -> Result<Option<(String, Found)>> {
        let mut dangling = None;
        let mut path = path.to_owned();
        for _ in 0..MAX_LINKS {
            let mut target = None;
            for tree in &self.trees {
                match tree.look(&path)? {
                    Found::Missing => {}
                    Found::Dangling => {
                        dangling.get_or_insert((tree.shown(&path), Found::Dangling));
                        if target.is_none() {
                            target = target_of(tree, &path)?;
                        }
                    }
                    found => {
                        let shown = dangling.map_or_else(|| tree.shown(&path), |(shown, _)| shown);
                        return Ok(Some((shown, found)));
                    }
                }
            }
            match target {
                Some(next) => path = next,
                None => break,
            }
        }
        Ok(dangling)
    }

    /// The names in a directory of any of the trees.
    pub(super) fn list(&self, path: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for tree in &self.trees {
            names.extend(tree.list(path)?);
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}

/// Where the link at a path of the tree leads.
fn target_of(tree: &Tree, path: &str) -> Result<Option<String>> {
    let (Some((directory, name)), Some(link)) = (path.rsplit_once('/'), tree.link(path)?) else {
        return Ok(None);
    };
    let real = tree.real(directory)?;
    Ok(Some(join(&format!("{real}/{name}"), &link)))
}

/// The path that a link at `path` leads to.
fn join(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        path.split('/')
            .collect::<Vec<_>>()
            .split_last()
            .map(|(_, rest)| rest.to_vec())
            .unwrap_or_default()
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_links() {
        assert_eq!(
            join("/usr/lib/python3.13/M", "../python/M"),
            "/usr/lib/python/M"
        );
        assert_eq!(join("/usr/lib/M", "/etc/M"), "/etc/M");
        assert_eq!(join("/M", "../../M2"), "/M2");
    }
}
