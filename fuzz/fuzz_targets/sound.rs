//! What holds of every reader, whatever the bytes: it does not panic, and all that it tells of a
//! marker is part of the marker.

use std::ops::Range;

use externally_managed::marker::reader::ini::FailureKind;
use externally_managed::marker::reader::{Evidence, Outcome};

/// Panics unless `evidence` can be of `bytes`.
pub fn check(bytes: &[u8], evidence: &Evidence) {
    let ini = &evidence.ini;
    // Of a text that is not UTF-8, pip's parser may have seen the beginning.
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = std::str::from_utf8(&bytes[..valid]).expect("it is valid so far");
    let inside = |span: &Range<usize>| {
        assert!(
            text.get(span.clone()).is_some(),
            "{span:?} is no part of the text"
        );
    };
    for section in &ini.sections {
        inside(&section.span);
        assert!(text[section.span.clone()].contains(&section.name));
    }
    for entry in &ini.entries {
        inside(&entry.key_span);
        entry.lines.iter().for_each(inside);
        assert!(!entry.lines.is_empty(), "a value has at least one line");
    }
    ini.notes.iter().for_each(|note| inside(&note.span));
    for failure in &ini.failures {
        inside(&failure.span);
        if let FailureKind::DuplicateKey(first) | FailureKind::DuplicateSection(first) =
            &failure.kind
        {
            inside(first);
            assert!(
                first.start < failure.span.start,
                "the first one comes first"
            );
        }
    }
    if let Outcome::Shows(shown) = &evidence.outcome {
        assert_eq!(shown.text, ini.entries[shown.entry].value(text));
    }
}
