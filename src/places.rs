//! What the command line says about where things lie inside of the tree.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Result};
use crate::profile::placeholder;
use crate::profile::{is_path, unfit_in_path};

/// Places that override those of the profile, checked.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The standard library.
    pub stdlib: Option<String>,
    /// The README, with placeholders; `none` for no README.
    pub readme: Option<String>,
    /// The directory of one marker for several Pythons.
    pub shared: Option<String>,
}

impl Places {
    /// Checks the values of `--stdlib` and `--readme`. `destdir` is never part of them: it would
    /// end up in the text.
    ///
    /// # Errors
    ///
    /// Every mistake is one in usage: `..`, which would depend on links in the tree, unknown
    /// placeholders, characters that a marker cannot hold, the path of the tree itself.
    pub fn new(
        stdlib: Option<&str>,
        readme: Option<&str>,
        destdir: Option<&Path>,
    ) -> Result<Places> {
        let stdlib = stdlib.map(|path| path.strip_suffix('/').unwrap_or(path));
        if let Some(path) = stdlib {
            placeholder::check(path, &[]).map_err(|_| {
                Diagnostic::usage(format!("--stdlib: `{path}` has a placeholder"))
                    .help("--stdlib is the place of one Python; write it out")
            })?;
            check("--stdlib", path, destdir)?;
        }
        if let Some(path) = readme.filter(|path| *path != "none") {
            let known = placeholder::known_in("readme");
            placeholder::check(path, &known).map_err(|unknown| {
                Diagnostic::usage(format!("--readme: {}", unknown.message)).help(unknown.help)
            })?;
            check("--readme", path, destdir)?;
        }
        Ok(Places {
            stdlib: stdlib.map(str::to_owned),
            readme: readme.map(str::to_owned),
            shared: None,
        })
    }

    /// The same with the value of `--shared`, checked.
    ///
    /// # Errors
    ///
    /// Fails like [`Places::new`].
    pub fn with_shared(self, shared: Option<&str>, destdir: Option<&Path>) -> Result<Places> {
        let shared = shared.map(|path| path.strip_suffix('/').unwrap_or(path));
        if let Some(path) = shared {
            placeholder::check(path, &[]).map_err(|_| {
                Diagnostic::usage(format!("--shared: `{path}` has a placeholder"))
                    .help("--shared is one place for all Pythons; write it out")
            })?;
            check("--shared", path, destdir)?;
        }
        Ok(Places {
            shared: shared.map(str::to_owned),
            ..self
        })
    }
}

fn check(option: &str, path: &str, destdir: Option<&Path>) -> Result<()> {
    let refused = |what: &str| Diagnostic::usage(format!("{option}: `{path}` {what}"));
    if path.ends_with('/') || path.is_empty() || path == "none" || !is_path(path) {
        return Err(refused("is not a path inside of the tree")
            .help("write it from the root of the tree, with a `/` first and without `..`"));
    }
    if let Some(character) = unfit_in_path(path) {
        return Err(refused(&format!(
            "has the character `{character}`, which cannot stand in a path"
        )));
    }
    match destdir {
        // `/` is the tree that every path lies in.
        Some(tree) if tree != "/" && tree.is_absolute() && Path::new(path).starts_with(tree) => {
            let help = format!("leave {} out", tree.display());
            Err(refused("has the tree's own path in it").help(help))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(stdlib: Option<&str>, readme: Option<&str>) -> Option<String> {
        Places::new(stdlib, readme, Some(Path::new("/build/root")))
            .err()
            .map(|diagnostic| diagnostic.message)
    }

    #[test]
    fn takes_paths_inside_of_the_tree() {
        let places = Places::new(
            Some("/usr/lib/python3.13/"),
            Some("/d/{{ python.name }}/R"),
            None,
        );
        let places = places.expect("valid");
        assert_eq!(places.stdlib.as_deref(), Some("/usr/lib/python3.13"));
        assert_eq!(places.readme.as_deref(), Some("/d/{{ python.name }}/R"));
        assert_eq!(message(None, Some("none")), None);
    }

    #[test]
    fn refuses_everything_else() {
        for stdlib in [
            "usr/lib",
            "none",
            "/%{_libdir}/x",
            "/$out/lib",
            "/a//b",
            "",
            "/",
            "/usr/../etc",
            "/a b",
            "/a\nb",
            "/{{ python.name }}",
            "/a#b",
            "/é",
        ] {
            assert!(message(Some(stdlib), None).is_some(), "{stdlib}");
        }
        for readme in [
            "",
            "doc/README",
            "/doc/",
            "/a/../b",
            "/a\nb",
            "/[a]",
            "/{{ python.x }}",
            "/{{",
            "/a b",
        ] {
            assert!(message(None, Some(readme)).is_some(), "{readme}");
        }
        let inside = "--stdlib: `/build/root/usr/lib` has the tree's own path in it";
        assert_eq!(
            message(Some("/build/root/usr/lib"), None).as_deref(),
            Some(inside)
        );
    }
}
