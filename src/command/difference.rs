//! How a file differs from what would be written, for `--check`.

use similar::TextDiff;

use crate::escape::{printable, printable_line};

/// A unified diff, empty where the contents are alike. `found` is nothing if there is no file.
pub(super) fn difference(name: &str, found: Option<&[u8]>, wanted: &[u8]) -> String {
    if found == Some(wanted) {
        return String::new();
    }
    let old = found.map(String::from_utf8_lossy).unwrap_or_default();
    let new = String::from_utf8_lossy(wanted);
    let name = &printable_line(name);
    let from = if found.is_some() { name } else { "/dev/null" };
    let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
    printable(
        &diff
            .unified_diff()
            .context_radius(3)
            .header(from, name)
            .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_differs() {
        assert_eq!(difference("f", Some(b"a\n"), b"a\n"), "");
        assert_eq!(
            difference("f", Some(b"a\n"), b"b\n"),
            "--- f\n+++ f\n@@ -1 +1 @@\n-a\n+b\n"
        );
        assert_eq!(
            difference("f", None, b"b\n"),
            "--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+b\n"
        );
        assert!(!difference("f", Some(b"\x1b[2J\n"), b"b\n").contains('\x1b'));
    }
}
