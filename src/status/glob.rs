//! Patterns of package managers: fnmatch(3) without flags, so that `*` matches `/` too (dpkg(1),
//! `--path-exclude`; pacman.conf(5), `NoExtract`).

/// Whether the whole of `text` has the form of `pattern`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut here) = (0, 0);
    // Where to go on after the last star, if what follows it does not fit.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            retry = Some((at + 1, here));
            at += 1;
            continue;
        }
        if here == text.len() && at == pattern.len() {
            return true;
        }
        let fits = text
            .get(here)
            .and_then(|character| one(&pattern[at..], *character));
        match (fits, retry) {
            (Some(length), _) => {
                at += length;
                here += 1;
            }
            (None, Some((star, start))) if start < text.len() => {
                retry = Some((star, start + 1));
                (at, here) = (star, start + 1);
            }
            _ => return false,
        }
    }
}

/// How much of the pattern stands for this one character, if its beginning does.
fn one(pattern: &[char], character: char) -> Option<usize> {
    match pattern.first()? {
        '?' => Some(1),
        '\\' => (pattern.get(1) == Some(&character)).then_some(2),
        '[' => match pattern.iter().skip(2).position(|end| *end == ']') {
            Some(end) => {
                let set = &pattern[1..end + 2];
                let (negated, set) = match set.split_first() {
                    Some(('!' | '^', rest)) => (true, rest),
                    _ => (false, set),
                };
                let mut inside = set.contains(&character);
                for range in set.windows(3).filter(|range| range[1] == '-') {
                    inside |= (range[0]..=range[2]).contains(&character);
                }
                (inside != negated).then_some(end + 3)
            }
            None => (character == '[').then_some(1),
        },
        other => (*other == character).then_some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_as_fnmatch_does() {
        let marker = "/usr/lib/python3.13/EXTERNALLY-MANAGED";
        for pattern in [
            marker,
            "/usr/lib/python3*/EXTERNALLY-MANAGED",
            "/usr/lib/*",
            "*",
            "*EXTERNALLY-MANAGED*",
            "/usr/lib/python3.1[0-9]/EXTERNALLY?MANAGED",
            "/usr/lib/python3.1[!4]/*",
            "/usr/lib/python3\\.13/*",
        ] {
            assert!(matches(pattern, marker), "{pattern}");
        }
        for pattern in [
            "",
            "/usr/lib",
            "/usr/lib/python3.1[4]/*",
            "/usr/lib64/*",
            "*X",
            "[",
            "/usr/lib/python3.13/?",
        ] {
            assert!(!matches(pattern, marker), "{pattern}");
        }
        assert!(matches("", "") && matches("**", "") && matches("[", "[") && matches("a[]]", "a]"));
        let slow = "*a".repeat(50);
        assert!(!matches(&slow, &"b".repeat(10_000)));
    }
}
