//! Rules about bytes and characters.

use std::ops::Range;
use std::rc::Rc;

use super::Findings;
use super::marker::Marker;
use crate::diagnostic::Source;
use crate::text::is_invisible;

/// The text of a marker without a byte order mark; nothing if it is not UTF-8.
pub(super) fn check_utf8(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Rc<Source>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(bytes));
            let message = format!("the byte 0x{:02x} is not UTF-8", bytes[at]);
            // The replacement character takes three bytes.
            findings.add(
                "EM001",
                &message,
                &source,
                std::slice::from_ref(&(at..at + 3)),
            );
            return None;
        }
    };
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        findings.add_file("EM002", "the file begins with a byte order mark", name);
        return Some(Source::new(name, rest));
    }
    Some(Source::new(name, text))
}

/// Characters that a terminal acts upon, and line ends.
pub(super) fn check(marker: &Marker, findings: &mut Findings) {
    let text = marker.text();
    let only_cr = text.contains('\r') && !text.contains('\n');
    let spans: Vec<Range<usize>> = text
        .char_indices()
        .filter(|(at, character)| match character {
            '\n' | '\t' | '\u{85}' => false,
            '\r' => !only_cr && !text[at + 1..].starts_with('\n'),
            other => other.is_control(),
        })
        .map(|(at, character)| at..at + character.len_utf8())
        .collect();
    if let Some(first) = spans.first() {
        let character = text[first.clone()].chars().next().unwrap_or_default();
        let message = format!("control character U+{:04X}", u32::from(character));
        marker.report(findings, "EM016", &message, &spans);
    }
    if only_cr {
        let end = text.find('\r').unwrap_or_default();
        let message = "lines end with CR, which uv up to 0.13.0 does not know";
        marker.report_at(findings, "EM029", message, &(end..end + 1));
        findings.help("end lines with LF");
    }
    let invisible = |line: &str| {
        let at = line.find(|character| character == '\u{85}' || is_invisible(character))?;
        Some(at..at + line[at..].chars().next()?.len_utf8())
    };
    let message = "an invisible character reaches the terminal";
    marker.report_in_lines(findings, "EM022", message, marker.lines(), invisible);
    let tab = |line: &str| line.find('\t').map(|at| at..at + 1);
    let message = "pip expands this TAB";
    marker.report_in_lines(findings, "EM020", message, marker.lines(), tab);
}
