//! What the command line says about where things lie inside of the tree.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Result};
use crate::profile::is_path;
use crate::profile::placeholder;

/// Places that override those of the profile, checked.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The standard library.
    pub stdlib: Option<String>,
    /// The README, with placeholders; `none` for no README.
    pub readme: Option<String>,
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
        let stdlib = stdlib.map(|value| format!("/{}", value.trim_matches('/')));
        if let Some(path) = &stdlib {
            placeholder::check(path, &[]).map_err(|_| no_path("--stdlib", path))?;
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
            stdlib,
            readme: readme.map(str::to_owned),
        })
    }
}

fn check(option: &str, path: &str, destdir: Option<&Path>) -> Result<()> {
    let unfit = |character: char| !character.is_ascii_graphic() || "#;[]:\"'\\".contains(character);
    let bare = path.replace("{{ ", "{{").replace(" }}", "}}");
    if path.ends_with('/') || !is_path(path) || bare.contains(unfit) {
        return Err(no_path(option, path));
    }
    match destdir {
        // `/` is the tree that every path lies in.
        Some(tree) if tree != "/" && tree.is_absolute() && Path::new(path).starts_with(tree) => {
            let help = format!("leave {} out", tree.display());
            Err(
                Diagnostic::usage(format!("{option}: the path has the tree's own path in it"))
                    .help(help),
            )
        }
        _ => Ok(()),
    }
}

fn no_path(option: &str, path: &str) -> Box<Diagnostic> {
    Diagnostic::usage(format!(
        "{option}: `{path}` is not the path of a {} inside of the tree",
        if option == "--stdlib" {
            "directory"
        } else {
            "file"
        }
    ))
    .help("it begins with `/`, has no `..`, and only characters that a marker can hold")
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
            Some("usr/lib/python3.13/"),
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
        let inside = "--stdlib: the path has the tree's own path in it";
        assert_eq!(
            message(Some("/build/root/usr/lib"), None).as_deref(),
            Some(inside)
        );
    }
}
