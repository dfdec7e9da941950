//! From a POSIX locale to the keys that pip looks up, as CPython's `locale.getlocale` has it.
//!
//! CPython 3.8 to 3.15, `Lib/locale.py`, `getlocale` and `_parse_localename`. They are given what
//! the C library calls the locale. glibc keeps the name that the user wrote, if the locale is
//! installed; else `setlocale` fails as a whole, and pip takes `Error`. musl knows no names and
//! keeps each of them, but it calls C.UTF-8 `C`.

use super::alias;

/// The first minor version whose `getlocale` keeps the modifier (`sr_RS@latin`).
const KEEPS_MODIFIER: u16 = 15;

/// What pip makes of the locale of its user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Language {
    /// The keys that it tries, in this order.
    Keys(Vec<String>),
    /// Python does not know the locale (this is its name), and pip crashes.
    Unknown(String),
}

impl Language {
    /// The keys for the language that `locale.getlocale` gives: pip 23.0 to 26.3,
    /// `_iter_externally_managed_error_keys`.
    #[must_use]
    pub fn new(language: Option<&str>) -> Language {
        let mut keys = Vec::new();
        if let Some(language) = language {
            keys.push(format!("Error-{language}"));
            for separator in ['-', '_'] {
                if let Some((before, _)) = language.split_once(separator) {
                    keys.push(format!("Error-{before}"));
                }
            }
        }
        keys.push("Error".to_owned());
        Language::Keys(keys)
    }

    /// What pip on Python 3.`minor` makes of an installed locale.
    #[must_use]
    pub fn of_locale(name: &str, minor: u16) -> Language {
        match getlocale(name, minor) {
            Ok(language) => Language::new(language.as_deref()),
            Err(UnknownLocale) => Language::Unknown(name.to_owned()),
        }
    }
}

/// The name of the locale of messages: the first of these variables that is not empty (POSIX,
/// "Environment Variables", section 8.2). `LANGUAGE` means nothing to `setlocale`.
#[must_use]
pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .unwrap_or_else(|| "C".to_owned())
}

/// Python cannot tell the language of a locale (`ValueError`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownLocale;

/// The language part of `locale._parse_localename(name)` on Python 3.`minor`.
///
/// # Errors
///
/// Fails where Python raises `ValueError`.
pub fn getlocale(name: &str, minor: u16) -> Result<Option<String>, UnknownLocale> {
    let code = alias::normalize(name, minor);
    let (code, modifier) = match code.split_once('@') {
        Some((code, modifier)) => (code, modifier),
        None => (code.as_str(), ""),
    };
    let kept = |code: &str| {
        if minor >= KEEPS_MODIFIER && !modifier.is_empty() {
            format!("{code}@{modifier}")
        } else {
            code.to_owned()
        }
    };
    if modifier == "euro" && !code.contains('.') {
        return Ok(Some(kept(code)));
    }
    match code.split_once('.') {
        Some((language, _)) => Ok(Some(kept(language))),
        None if code == "C" || code == "UTF-8" => Ok(None),
        None => Err(UnknownLocale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, minor: u16) -> String {
        match Language::of_locale(name, minor) {
            Language::Keys(keys) => keys.join(" "),
            Language::Unknown(name) => format!("ValueError: {name}"),
        }
    }

    #[test]
    fn finds_the_keys_of_locales() {
        for (name, minor, expected) in [
            ("de_DE.UTF-8", 13, "Error-de_DE Error-de Error"),
            ("de", 13, "Error-de_DE Error-de Error"),
            ("de_DE@euro", 13, "Error-de_DE Error-de Error"),
            ("iw_IL", 13, "Error-he_IL Error-he Error"),
            ("C", 13, "Error"),
            ("POSIX", 13, "Error"),
            ("C.UTF-8", 11, "Error-en_US Error-en Error"),
            ("C.UTF-8", 12, "Error-C Error"),
            ("C.UTF-8", 15, "Error-C Error"),
            ("sr_RS@latin", 14, "Error-sr_RS Error-sr Error"),
            ("sr_RS@latin", 15, "Error-sr_RS@latin Error-sr Error"),
            ("de_DE@euro", 15, "Error-de_DE@euro Error-de Error"),
            ("de_DE.UTF-8@euro", 15, "Error-de_DE Error-de Error"),
            ("zh_Hans", 15, "ValueError: zh_Hans"),
            ("zh_Hans.UTF-8", 15, "Error-zh_Hans Error-zh Error"),
            ("syr", 12, "ValueError: syr"),
            ("syr", 14, "Error-syr Error"),
            ("", 14, "ValueError: "),
        ] {
            assert_eq!(keys(name, minor), expected, "{name} on 3.{minor}");
        }
    }

    #[test]
    fn takes_the_first_variable_that_is_not_empty() {
        let found = |set: &[(&str, &str)]| {
            from_environment(|name| {
                let pair = set.iter().find(|(variable, _)| *variable == name);
                pair.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(found(&[]), "C");
        assert_eq!(found(&[("LANGUAGE", "de")]), "C");
        assert_eq!(found(&[("LANG", "de_DE"), ("LC_ALL", "")]), "de_DE");
        assert_eq!(
            found(&[("LANG", "de_DE"), ("LC_MESSAGES", "fr_FR")]),
            "fr_FR"
        );
        assert_eq!(found(&[("LC_ALL", "C"), ("LC_MESSAGES", "fr_FR")]), "C");
    }
}
