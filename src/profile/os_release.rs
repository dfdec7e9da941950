//! The identity of the build machine for `--profile auto`: `ID`, then `ID_LIKE`, of
//! os-release(5).

use std::path::Path;

use crate::diagnostic::{Diagnostic, Result};
use crate::input;

/// The files to read, the first that exists wins (os-release(5)).
pub const PATHS: [&str; 2] = ["/etc/os-release", "/usr/lib/os-release"];

/// No distribution is like more others. Each is looked for in every profile.
const MAX_IDENTIFIERS: usize = 32;

/// The distribution's identifiers, the most specific one first.
///
/// # Errors
///
/// Fails if there is no os-release, or if it does not say `ID`.
pub fn identifiers(paths: &[&Path]) -> Result<Vec<String>> {
    for path in paths {
        if let Some(bytes) = input::read_if_there(path)? {
            let identifiers = parse(&String::from_utf8_lossy(&bytes));
            if identifiers.is_empty() {
                return Err(
                    Diagnostic::io("os-release does not say which distribution this is")
                        .in_file(path.display().to_string())
                        .help("name the profile instead of `auto`"),
                );
            }
            return Ok(identifiers);
        }
    }
    Err(Diagnostic::io("there is no os-release on this machine")
        .help("name the profile instead of `auto`"))
}

/// `ID` and the words of `ID_LIKE`. The last assignment wins, as in a shell.
#[must_use]
pub fn parse(text: &str) -> Vec<String> {
    let value = |key: &str| {
        text.lines()
            .rev()
            .find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='))
            .map(unquote)
            .unwrap_or_default()
    };
    let mut identifiers = Vec::new();
    for word in [value("ID"), value("ID_LIKE")]
        .iter()
        .flat_map(|value| value.split_whitespace())
    {
        if identifiers.len() < MAX_IDENTIFIERS && !identifiers.iter().any(|known| known == word) {
            identifiers.push(word.to_owned());
        }
    }
    identifiers
}

/// A value as a shell reads it: quotes removed, and backslashes outside of single quotes.
fn unquote(value: &str) -> String {
    let value = value.trim();
    if let Some(inside) = value
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        return inside.to_owned();
    }
    let inside = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    let mut plain = String::with_capacity(inside.len());
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        plain.extend(if character == '\\' {
            characters.next()
        } else {
            Some(character)
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_distributions_write() {
        assert_eq!(parse("NAME=\"Debian GNU/Linux\"\nID=debian\n"), ["debian"]);
        assert_eq!(parse("ID=ubuntu\nID_LIKE=debian\n"), ["ubuntu", "debian"]);
        assert_eq!(
            parse("ID='rocky'\nID_LIKE=\"rhel centos fedora\"\n"),
            ["rocky", "rhel", "centos", "fedora"]
        );
        assert_eq!(parse("ID=a\nVERSION_ID=3\nID=\"b\\\"c\"\n"), ["b\"c"]);
        assert_eq!(parse("# ID=x\nNAME=y\n"), Vec::<String>::new());
    }

    #[test]
    fn takes_the_first_file_that_exists() {
        let directory = tempfile::tempdir().expect("tempdir");
        let path = directory.path().join("os-release");
        fs_err::write(&path, "ID=alpine\n").expect("write");
        let missing = directory.path().join("missing");
        assert_eq!(identifiers(&[&missing, &path]).expect("found"), ["alpine"]);
        assert_eq!(
            identifiers(&[&missing]).expect_err("none").kind.exit_code(),
            4
        );
        fs_err::write(&path, "NAME=x\n").expect("write");
        assert_eq!(
            identifiers(&[&path]).expect_err("no ID").kind.exit_code(),
            4
        );
    }
}
