//! CPython's alias engine for names of locales: 3.8 to 3.15, `Lib/locale.py`, `normalize`,
//! `_append_modifier` and `_replace_encoding`.
//!
//! `aliases.tsv` holds `locale.locale_alias` of all these versions (3.13: that of 3.13.5, since it
//! grew before); `dev/locale-aliases.py`
//! writes it.

/// An alias, what it stands for, and the versions that say so, in the order of their bytes.
const ALIASES: &str = include_str!("aliases.tsv");

/// `locale.normalize(name)` on Python 3.`minor`. Encodings other than UTF-8 are left as they are:
/// nothing that follows tells one from another.
#[must_use]
pub fn normalize(name: &str, minor: u16) -> String {
    let folded = name.to_lowercase().replace(':', ".");
    let (code, modifier) = folded.split_once('@').unwrap_or((&folded, ""));
    let mut parts = code.split('.');
    let language = parts.next().unwrap_or_default();
    let encoding = parts.next().unwrap_or_default();
    let encoded = if encoding.is_empty() {
        language.to_owned()
    } else {
        format!("{language}.{}", encoding.replace(['-', '_'], ""))
    };
    let with_modifier = |name: &str| {
        if modifier.is_empty() {
            name.to_owned()
        } else {
            format!("{name}@{modifier}")
        }
    };

    if let Some(code) = look_up(&with_modifier(&encoded), minor) {
        return code.to_owned();
    }
    if !modifier.is_empty()
        && let Some(code) = look_up(&encoded, minor)
    {
        match code.split_once('@') {
            None => return append_modifier(code, modifier),
            Some((_, own)) if own.to_lowercase() == modifier => return code.to_owned(),
            Some(_) => {}
        }
    }
    if let Some(code) = look_up(&with_modifier(language), minor) {
        return match code.split_once('@') {
            None => replace_encoding(code, encoding),
            Some((code, own)) => format!("{}@{own}", replace_encoding(code, encoding)),
        };
    }
    if !modifier.is_empty()
        && let Some(code) = look_up(language, minor)
    {
        match code.split_once('@') {
            None => return append_modifier(&replace_encoding(code, encoding), modifier),
            Some((code, own)) if own.to_lowercase() == modifier => {
                return format!("{}@{own}", replace_encoding(code, encoding));
            }
            Some(_) => {}
        }
    }
    name.to_owned()
}

/// Up to 3.14 a Latin encoding takes the place of `@euro`; but there `getlocale` drops what stands
/// behind `@` anyway.
fn append_modifier(code: &str, modifier: &str) -> String {
    match code.split_once('.') {
        Some((_, "UTF-8")) if modifier == "euro" => code.to_owned(),
        None if modifier == "euro" => format!("{code}.ISO8859-15@euro"),
        _ => format!("{code}@{modifier}"),
    }
}

fn replace_encoding(code: &str, encoding: &str) -> String {
    let language = code.split('.').next().unwrap_or(code);
    let encoding = if is_utf8(encoding) { "UTF-8" } else { encoding };
    format!("{language}.{encoding}")
}

/// Whether Python takes this, lower-cased, for a name of UTF-8: `encodings.normalize_encoding`,
/// `encodings.aliases` and `locale.locale_encoding_alias`.
#[must_use]
pub fn is_utf8(encoding: &str) -> bool {
    let mut normal = String::new();
    let mut parted = false;
    for character in encoding.chars() {
        if character.is_alphanumeric() || character == '.' {
            if parted && !normal.is_empty() {
                normal.push('_');
            }
            normal.extend(Some(character).filter(char::is_ascii));
            parted = false;
        } else {
            parted = true;
        }
    }
    matches!(
        normal.as_str(),
        "u8" | "cp65001" | "utf8_ucs2" | "utf8_ucs4"
    ) || matches!(normal.replace('_', "").as_str(), "utf" | "utf8")
}

/// What the alias stands for on Python 3.`minor`.
fn look_up(alias: &str, minor: u16) -> Option<&'static str> {
    // Every line before `start` is smaller, every line from `end` on is not.
    let (mut start, mut end) = (0, ALIASES.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let line_start = ALIASES[..middle]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let line_end = ALIASES[middle..].find('\n')? + middle + 1;
        let key = ALIASES[line_start..line_end].split('\t').next()?;
        if key < alias {
            start = line_end;
        } else {
            end = line_start;
        }
    }
    ALIASES[start..]
        .lines()
        .map(|line| line.split('\t'))
        .map_while(|mut fields| {
            (fields.next() == Some(alias)).then(|| (fields.next(), fields.next()))
        })
        .find(|(_, versions)| versions.is_some_and(|versions| covers(versions, minor)))
        .and_then(|(canonical, _)| canonical)
}

/// Whether `-11`, `12-13`, `14-` or the empty text cover a minor version.
fn covers(versions: &str, minor: u16) -> bool {
    let Some((first, last)) = versions.split_once('-') else {
        return true;
    };
    first.parse().unwrap_or(0) <= minor && minor <= last.parse().unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_is_found() {
        let mut before = "";
        for line in ALIASES.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(before <= fields[0], "{line} is not in order");
            before = fields[0];
            let found = (8..=15).any(|minor| look_up(fields[0], minor) == Some(fields[1]));
            assert!(found, "{line}");
        }
        assert_eq!(look_up("", 13), None);
        assert_eq!(look_up("zzzz", 13), None);
        assert_eq!(look_up("de_D", 13), None);
    }
}
