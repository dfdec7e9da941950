//! How a file differs from what would be written, for `--check`.

use std::fmt::Write as _;

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;

use crate::escape::{printable, printable_line};

/// The lines around a change that are shown with it.
const CONTEXT: usize = 3;

/// A unified diff, empty where the contents are alike. `found` is nothing if there is no file.
pub(super) fn difference(name: &str, found: Option<&[u8]>, wanted: &[u8]) -> String {
    if found == Some(wanted) {
        return String::new();
    }
    let old = found.map(String::from_utf8_lossy).unwrap_or_default();
    let new = String::from_utf8_lossy(wanted);
    let name = &printable_line(name);
    let from = if found.is_some() { name } else { "/dev/null" };
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    // `TextDiff` of the crate does the same, but brings all algorithms: half a megabyte.
    let mut changes = Compact::new(Replace::new(Capture::new()), &old, &new);
    let Ok(()) = myers::diff(&mut changes, &old, 0..old.len(), &new, 0..new.len());
    let mut text = format!("--- {from}\n+++ {name}\n");
    let hunks = changes.into_inner().into_inner().into_grouped_ops(CONTEXT);
    if hunks.is_empty() {
        return String::new();
    }
    for hunk in hunks {
        let _ = writeln!(text, "{}", UnifiedHunkHeader::new(&hunk));
        for change in hunk.iter().flat_map(|part| part.iter_changes(&old, &new)) {
            let line: &str = change.value();
            let _ = write!(text, "{}{line}", change.tag());
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    // Scripts are indented by tabs, which do no harm.
    let parts: Vec<String> = text.split('\t').map(printable).collect();
    parts.join("\t")
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
        assert_eq!(
            difference("f", None, b"\tb\x1b\n"),
            "--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+\tb\\u{1b}\n"
        );
        assert_eq!(
            difference("f", Some(b"1\n2\n3\n4\n5"), b"1\n2\n3\n4\n6\n"),
            "--- f\n+++ f\n@@ -2,4 +2,4 @@\n 2\n 3\n 4\n-5\n\\ No newline at end of file\n+6\n"
        );
        assert!(!difference("f", Some(b"\x1b[2J\n"), b"b\n").contains('\x1b'));
    }
}
