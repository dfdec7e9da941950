//! Where a key stands in the text of a profile. `serde_yaml` tells positions only with its own
//! errors; this finds them for mistakes that show after merging. It understands block mappings,
//! which profiles are written in; for anything else it finds nothing, and the file is named.

use std::ops::Range;

/// The byte range of the value of the key `path` (`["package_manager", "install"]`).
#[must_use]
pub(super) fn value(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let content = line[indent..].trim_end();
        if let Some((key, value)) = split_key(content) {
            while open.last().is_some_and(|(depth, _)| *depth >= indent) {
                open.pop();
            }
            open.push((indent, key));
            if open.iter().map(|(_, key)| *key).eq(path.iter().copied()) {
                let found = if value.is_empty() {
                    0..key.len()
                } else {
                    value
                };
                return Some(start + indent + found.start..start + indent + found.end);
            }
        }
        start += line.len();
    }
    None
}

/// The key of `key: value # comment`, and where its value lies.
fn split_key(content: &str) -> Option<(&str, Range<usize>)> {
    let colon = content.find(':')?;
    let (key, rest) = (&content[..colon], &content[colon + 1..]);
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !plain || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let value = rest.trim_start();
    let start = content.len() - value.len();
    let quoted = value.starts_with(['"', '\'']);
    let end = value.find(" #").filter(|_| !quoted).unwrap_or(value.len());
    Some((key, start..start + value[..end].trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_nested_keys() {
        let text = "name: X\npackage_manager:\n  name: apt # the command\npypy:\n  venv:\n    needs: 'a: b'\nvenv:\n  needs: c\n";
        let found = |path: &[&str]| value(text, path).map(|range| &text[range]);
        assert_eq!(found(&["name"]), Some("X"));
        assert_eq!(found(&["package_manager", "name"]), Some("apt"));
        assert_eq!(found(&["pypy", "venv", "needs"]), Some("'a: b'"));
        assert_eq!(found(&["venv", "needs"]), Some("c"));
        assert_eq!(found(&["venv"]), Some("venv"));
        assert_eq!(found(&["needs"]), None);
    }
}
