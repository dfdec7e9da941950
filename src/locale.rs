//! Names of languages as POSIX locales spell them, and the keys that installers look up for
//! them.
//!
//! pip (23.0 to 26.3, `_internal/exceptions`) takes the language from `locale.getlocale` and
//! tries `Error-ll_CC`, then `Error-ll`, then `Error` (PEP 668, "Marking an interpreter as using
//! an external package manager"). uv reads `Error` only.

pub mod alias;
pub mod glibc;
pub mod python;

use std::collections::BTreeMap;

/// The source language: it needs no catalogue, and its key is plain `Error`.
pub const ENGLISH: &str = "en";

/// Whether `text` is spelt like a language of a locale: `de`, `pt_BR`.
#[must_use]
pub fn is_language(text: &str) -> bool {
    let (language, region) = match text.split_once('_') {
        Some((language, region)) => (language, Some(region)),
        None => (text, None),
    };
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
        })
}

/// The keys (without `Error-`) to write for the catalogues `languages`, and the catalogue that
/// each takes its text from, sorted by key.
///
/// A key is written where a locale would otherwise get English although a fitting catalogue is
/// there: `no` for Bokmål, `iw` for Hebrew, `zh_HK` for Traditional Chinese, plain `zh` for
/// Simplified Chinese, and the bare language for a region whose language has no catalogue.
#[must_use]
pub fn keys<'l>(languages: &[&'l str]) -> BTreeMap<String, &'l str> {
    let mut keys = BTreeMap::new();
    for &language in languages {
        if language == "zh_CN" && !languages.contains(&"zh") {
            keys.insert("zh".to_owned(), language);
        } else {
            keys.insert(language.to_owned(), language);
        }
    }
    for (language, alias) in [("nb", "no"), ("he", "iw"), ("zh_TW", "zh_HK")] {
        if let Some(&language) = languages.iter().find(|known| **known == language) {
            keys.entry(alias.to_owned()).or_insert(language);
        }
    }
    let mut regional: Vec<&str> = languages
        .iter()
        .copied()
        .filter(|language| language.contains('_'))
        .collect();
    regional.sort_unstable();
    for language in regional {
        let bare = language.split('_').next().unwrap_or(language);
        if bare == ENGLISH {
            // Readers of other Englishes have the plain `Error`.
            continue;
        }
        keys.entry(bare.to_owned()).or_insert(language);
    }
    keys
}

/// The catalogue that pip's look-up finds among `keys` for the locale `language` (as
/// `locale.getlocale` gives it: `de_DE`), or nothing where it takes the plain `Error`.
#[must_use]
pub fn select<'l>(keys: &BTreeMap<String, &'l str>, language: &str) -> Option<&'l str> {
    let before = |separator| language.split(separator).next().unwrap_or(language);
    [language, before('-'), before('_')]
        .iter()
        .find_map(|key| keys.get(*key).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(languages: &[&str]) -> String {
        let pairs = keys(languages);
        let pairs = pairs
            .iter()
            .map(|(key, language)| format!("{key}={language}"));
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn writes_the_keys_that_locales_need() {
        assert_eq!(written(&["de"]), "de=de");
        assert_eq!(written(&["nb", "he"]), "he=he iw=he nb=nb no=nb");
        assert_eq!(
            written(&["zh_CN", "zh_TW"]),
            "zh=zh_CN zh_HK=zh_TW zh_TW=zh_TW"
        );
        assert_eq!(written(&["zh_TW"]), "zh=zh_TW zh_HK=zh_TW zh_TW=zh_TW");
        assert_eq!(written(&["en_GB"]), "en_GB=en_GB");
        assert_eq!(written(&["pt_BR"]), "pt=pt_BR pt_BR=pt_BR");
        assert_eq!(written(&["pt", "pt_BR"]), "pt=pt pt_BR=pt_BR");
    }

    #[test]
    fn every_subset_gives_each_locale_the_intended_catalogue() {
        let all = ["de", "he", "nb", "nn", "pt", "pt_BR", "zh_CN", "zh_TW"];
        let intended: &[(&str, &[&str])] = &[
            ("de_DE", &["de"]),
            ("de_AT", &["de"]),
            ("he_IL", &["he"]),
            ("iw_IL", &["he"]),
            ("nb_NO", &["nb"]),
            ("no_NO", &["nb"]),
            ("nn_NO", &["nn"]),
            ("pt_PT", &["pt", "pt_BR"]),
            ("pt_BR", &["pt_BR", "pt"]),
            ("zh_CN", &["zh_CN", "zh_TW"]),
            ("zh_SG", &["zh_CN", "zh_TW"]),
            ("zh_TW", &["zh_TW", "zh_CN"]),
            ("zh_HK", &["zh_TW", "zh_CN"]),
            ("C", &[]),
            ("en_US", &[]),
        ];
        for chosen in 0..1_u32 << all.len() {
            let languages: Vec<&str> = (0..all.len())
                .filter(|bit| chosen >> bit & 1 == 1)
                .map(|bit| all[bit])
                .collect();
            let keys = keys(&languages);
            for (locale, wanted) in intended {
                let best = wanted
                    .iter()
                    .find(|language| languages.contains(language))
                    .copied();
                assert_eq!(select(&keys, locale), best, "{locale} among {languages:?}");
            }
        }
    }

    #[test]
    fn knows_the_spelling() {
        for good in ["de", "pt_BR", "ast"] {
            assert!(is_language(good), "{good}");
        }
        for bad in [
            "", "d", "DE", "de-DE", "pt_br", "zh_Hant", "de_", "de.UTF-8", "../x",
        ] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
