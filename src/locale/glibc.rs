//! The locales that glibc has, and their character sets.

/// `localedata/SUPPORTED` of glibc 2.43, as Debian's `locales` installs it: a name and its
/// character set in each line.
const SUPPORTED: &str = include_str!("glibc.txt");

/// Each locale in UTF-8, by the name without character set that people know: `de_DE`,
/// `sr_RS@latin`; and the name of the locale.
pub fn in_utf8() -> impl Iterator<Item = (String, &'static str)> {
    rows()
        .filter(|(_, charset)| *charset == "UTF-8")
        .map(|(name, _)| (name.replacen(".UTF-8", "", 1), name))
}

/// The character set of the messages of a locale: the one in its name, else glibc's for that
/// name, else UTF-8. `C` and `POSIX` have UTF-8, too: Python is in its UTF-8 mode then (PEP 540),
/// or takes C.UTF-8 (PEP 538).
#[must_use]
pub fn charset(locale: &str) -> &str {
    if let Some((_, charset)) = locale.split_once('.') {
        return charset.split('@').next().unwrap_or(charset);
    }
    let known = rows().find(|(name, _)| *name == locale);
    known.map_or("UTF-8", |(_, charset)| charset)
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    SUPPORTED.lines().filter_map(|line| line.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_character_sets() {
        for (locale, expected) in [
            ("de_DE.UTF-8", "UTF-8"),
            ("de_DE.utf8@euro", "utf8"),
            ("de_DE", "ISO-8859-1"),
            ("de_DE@euro", "ISO-8859-15"),
            ("zh_CN", "GB2312"),
            ("C", "UTF-8"),
            ("xx", "UTF-8"),
        ] {
            assert_eq!(charset(locale), expected, "{locale}");
        }
        for pair in [("de_AT", "de_AT.UTF-8"), ("sr_RS@latin", "sr_RS@latin")] {
            assert!(in_utf8().any(|(name, locale)| (name.as_str(), locale) == pair));
        }
    }
}
