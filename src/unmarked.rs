//! Pythons that no package manager manages: profiles say where they are.

use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};
use crate::profile::Profile;

/// What every such profile has in its text. Loading the others would be of no use.
const KEY: &str = "do_not_mark";

/// What profiles say of places: where Pythons are that must not be marked, and where data
/// directories have theirs.
#[derive(Debug, Default)]
pub struct Unmarked {
    /// The profiles of Pythons that must not be marked.
    profiles: Vec<Profile>,
    /// Where else Pythons can be, by the profiles of data directories. The places of the built-in
    /// ones are known.
    further: Vec<String>,
    /// What is wrong with the profiles that are left out here, since they are not valid. That is
    /// no reason not to look at the others.
    pub broken: Vec<Diagnostic>,
}

impl Unmarked {
    /// Looks at all profiles that could say something of this.
    #[must_use]
    pub fn load(data: &Data) -> Unmarked {
        let mut unmarked = Unmarked::default();
        for name in data.profile_names() {
            if let Err(error) = unmarked.add(&name, data) {
                unmarked.broken.push(*error);
            }
        }
        unmarked
    }

    fn add(&mut self, name: &str, data: &Data) -> Result<()> {
        let Some((source, layer)) = data.profile(name, data.top())? else {
            return Ok(());
        };
        let is_unmarked = source.text.contains(KEY);
        if !is_unmarked && layer == 0 {
            return Ok(());
        }
        let profile = Profile::load(name, data)?;
        if layer > 0 {
            self.further.extend(profile.text("stdlib").and_then(prefix));
        }
        if is_unmarked {
            self.profiles.push(profile);
        }
        Ok(())
    }

    /// The prefixes to search beside the usual ones.
    #[must_use]
    pub fn prefixes(&self) -> Vec<String> {
        let places = self
            .profiles
            .iter()
            .flat_map(|profile| profile.list("do_not_mark.places"));
        places.chain(&self.further).cloned().collect()
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
