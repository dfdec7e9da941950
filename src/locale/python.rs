//! From a POSIX locale to the keys that pip looks up, as CPython's `locale.getlocale` has it.

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
}
