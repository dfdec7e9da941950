//! What somebody who misspelt a name probably meant.

/// How alike two names must be (0 to 1): as clap wants for misspelt options.
const ALIKE: f64 = 0.7;

/// A help text with the name that is most like `wrong`, if any is.
pub fn closest<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    known
        .map(|name| (strsim::jaro(wrong, name), name))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_alike() {
        let known = ["debian", "fedora"];
        assert_eq!(
            closest("debain", known.into_iter()),
            Some("did you mean `debian`?".to_owned())
        );
        assert_eq!(closest("xyz", known.into_iter()), None);
    }
}
