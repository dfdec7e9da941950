//! Versions of installers.

use std::fmt;

/// A version such as `0.13.0`; a missing part is 0.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Version {
    parts: [u32; 3],
}

impl Version {
    /// A version from its parts.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> Version {
        Version {
            parts: [major, minor, patch],
        }
    }

    /// Reads one to three numbers with dots between them; what follows them, as in `23.0.1+dfsg`
    /// or `24.0b1`, is left out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Version> {
        let end = text
            .find(|character: char| !character.is_ascii_digit() && character != '.')
            .unwrap_or(text.len());
        let mut parts = [0; 3];
        let numbers = text[..end].trim_end_matches('.');
        for (index, number) in numbers.split('.').enumerate() {
            let number = number.parse().ok()?;
            if let Some(part) = parts.get_mut(index) {
                *part = number;
            }
        }
        Some(Version { parts })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.parts;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_installers_call_themselves() {
        assert_eq!(Version::parse("0.13.0"), Some(Version::new(0, 13, 0)));
        assert_eq!(Version::parse("23"), Some(Version::new(23, 0, 0)));
        assert_eq!(Version::parse("23.0.1+dfsg"), Some(Version::new(23, 0, 1)));
        assert_eq!(Version::parse("24.0b1"), Some(Version::new(24, 0, 0)));
        assert_eq!(Version::parse(""), None);
        assert_eq!(Version::parse("latest"), None);
        assert!(Version::new(0, 13, 0) < Version::new(0, 13, 1));
    }
}
