//! Pythons that no package manager manages: profiles say where they are.

use crate::data::Data;
use crate::diagnostic::Result;
use crate::profile::Profile;

/// What every such profile has in its text. Loading the others would be of no use.
const KEY: &str = "do_not_mark";

/// The profiles of Pythons that must not be marked.
#[derive(Debug)]
pub struct Unmarked {
    profiles: Vec<Profile>,
}

impl Unmarked {
    /// Finds them among all profiles.
    ///
    /// # Errors
    ///
    /// Fails if one of them is not valid.
    pub fn load(data: &Data) -> Result<Unmarked> {
        let mut profiles = Vec::new();
        for name in data.profile_names() {
            let source = data.profile(&name, data.top())?;
            if source.is_some_and(|(source, _)| source.text.contains(KEY)) {
                profiles.push(Profile::load(&name, data)?);
            }
        }
        Ok(Unmarked { profiles })
    }

    /// The places of all of them.
    fn places(&self) -> impl Iterator<Item = String> {
        let places = self
            .profiles
            .iter()
            .flat_map(|profile| profile.list("do_not_mark.places"));
        places.cloned()
    }

    /// The name of the profile whose place a prefix is, and its reason.
    #[must_use]
    pub fn profile_of(&self, prefix: &str) -> Option<(&str, &str)> {
        self.profiles.iter().find_map(|profile| {
            let reason = profile.do_not_mark()?.because;
            let mut places = profile.list("do_not_mark.places").iter();
            let name = profile.text("name").unwrap_or(&profile.id);
            places
                .any(|place| fits(place, prefix))
                .then_some((name, reason))
        })
    }
}

/// Where else Pythons can be: the places of those that must not be marked, and what the profiles of
/// data directories say. The places of the built-in ones are known.
///
/// # Errors
///
/// Fails if one of the profiles is not valid.
pub fn prefixes(data: &Data, unmarked: &Unmarked) -> Result<Vec<String>> {
    let mut prefixes: Vec<String> = unmarked.places().collect();
    for name in data.profile_names() {
        if data
            .profile(&name, data.top())?
            .is_some_and(|(_, layer)| layer > 0)
        {
            let profile = Profile::load(&name, data)?;
            prefixes.extend(profile.text("stdlib").and_then(prefix));
        }
    }
    Ok(prefixes)
}

/// The prefix of a standard library, with `*` for what is in a placeholder.
fn prefix(stdlib: &str) -> Option<String> {
    let parts: Vec<String> = stdlib
        .split('/')
        .map(|part| match part.split_once("{{") {
            Some((before, _)) => format!("{before}*"),
            None => part.to_owned(),
        })
        .collect();
    // Without the library directory and the one with the version.
    let (_, above) = parts.split_last()?;
    let (_, prefix) = above.split_last()?;
    Some(prefix.join("/"))
}

/// Whether a path is one of those that a pattern stands for, in which `*` is a whole name.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some("*"), Some(name)) if !name.is_empty() => {}
            (Some(wanted), Some(name)) if wanted == name => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_library_has_a_prefix() {
        for (stdlib, expected) in [
            ("/usr/lib/{{ python.directory }}", "/usr"),
            ("/opt/x@{{ python.version }}/lib64/python3.13", "/opt/x@*"),
            ("/lib/{{ python.directory }}", ""),
        ] {
            assert_eq!(prefix(stdlib).as_deref(), Some(expected), "{stdlib}");
        }
    }

    #[test]
    fn a_star_is_one_name() {
        assert!(fits(
            "/root/.pyenv/versions/*",
            "/root/.pyenv/versions/3.13.0"
        ));
        assert!(fits("/home/*/x", "/home/me/x"));
        for other in [
            "/root/.pyenv/versions",
            "/root/.pyenv/versions/a/b",
            "/home/me/x",
        ] {
            assert!(!fits("/root/.pyenv/versions/*", other), "{other}");
        }
    }
}
