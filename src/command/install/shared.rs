//! `--shared`: one marker, and a link to it in each standard library.

use crate::cli::Install;
use crate::diagnostic::{Diagnostic, Result};
use crate::marker::FILE_NAME;
use crate::places::Places;
use crate::profile::Facts;
use crate::rendering::Renderer;
use crate::tree::{File, Tree};

/// The links of all Pythons; none without `--shared`.
pub(super) fn links(
    options: &Install,
    places: &Places,
    renderer: &Renderer<'_>,
    tree: &Tree,
) -> Result<Vec<File>> {
    let Some(shared) = &places.shared else {
        return Ok(Vec::new());
    };
    options
        .python
        .iter()
        .map(|interpreter| {
            let facts = renderer.facts(interpreter, places)?;
            link(facts.python.get("stdlib").unwrap_or_default(), shared, tree)
        })
        .collect()
}

/// A README that would lie in the standard library of one Python lies beside the shared marker
/// instead, since it is about all of them.
pub(super) fn move_readme(facts: &mut Facts<'_>, stdlib: &str, shared: &str, places: &Places) {
    let readme = facts.text("readme").unwrap_or_default();
    let name = readme
        .strip_prefix(stdlib)
        .and_then(|rest| rest.strip_prefix('/'));
    if let Some(name) = name.filter(|_| places.readme.is_none()) {
        facts.set("readme", Some(format!("{shared}/{name}")));
    }
}

/// The link from a standard library to the shared marker: relative, so that it holds in the tree
/// and on the system.
fn link(stdlib: &str, shared: &str, tree: &Tree) -> Result<File> {
    // `..` goes up from the real directory, whatever it was reached by.
    let (real, real_shared) = (tree.real(stdlib)?, tree.real(shared)?);
    let from: Vec<&str> = real.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = real_shared
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == from.len() && common == to.len() {
        return Err(Diagnostic::usage(format!(
            "--shared: {shared} is the standard library directory of one of the Pythons"
        ))
        .help("name a directory that belongs to none of them"));
    }
    let mut target = "../".repeat(from.len() - common);
    for part in to[common..].iter().chain([&FILE_NAME]) {
        target.push_str(part);
        target.push('/');
    }
    target.pop();
    let path = format!("{}/{FILE_NAME}", stdlib.trim_end_matches('/'));
    Ok(File::link(path, target))
}
