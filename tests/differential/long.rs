//! Files longer than what Python's `open` decodes at once: a byte that is no UTF-8 is met only
//! after the lines of earlier chunks were parsed, and a key that stands twice in them counts first.

use super::generator::Draft;
use super::random::Random;

/// How much is decoded at once.
const CHUNK: usize = 8192;

/// A break of every kind, and none.
const BROKEN: [&[u8]; 7] = [
    b"\xff",
    b"\xe2\x82",
    b"\xe2\x82(",
    b"\xf0\x9f\xa6",
    b"\xf0\x9f(",
    b"\xc3(",
    "é".as_bytes(),
];

/// Fills the draft up to the border of a chunk or near it, and puts around it what goes wrong.
pub(super) fn inject(draft: &mut Draft, random: &mut Random) {
    let failing = random.one(&[
        "Error=again",
        "Twice=1",
        "[externally-managed]",
        "no delimiter",
        "=",
        "Single=1",
    ]);
    draft.push("Twice=0");
    if random.percent(50) {
        draft.push(failing);
    }
    let written: usize = draft
        .lines
        .iter()
        .map(|line| line.len() + draft.line_end.len())
        .sum();
    // Often exactly at the border or within a character of it: the line end before a break may be
    // a CR, which is half of a line end as long as the next chunk can begin with LF.
    let off = random.one(&[0, 0, 0, 1, 1, 2, 3, 4, 10]);
    let border = CHUNK * (1 + random.below(2)) + off - random.below(2 * off + 1);
    let mut tail = Vec::new();
    if random.percent(60) {
        tail.extend(failing.bytes());
        tail.extend(random.one(&[&b"\r"[..], b"\r", b"\r\n", b"\n"]));
    }
    if random.percent(30) {
        tail.extend("é".bytes());
    }
    let fill = border.saturating_sub(written + draft.line_end.len() + tail.len());
    let mut line = b"# ".to_vec();
    line.resize(fill.max(2), b'.');
    draft.lines.push(line);
    tail.extend(" ".repeat(random.below(4)).bytes());
    tail.extend(random.one(&BROKEN));
    draft.lines.push(tail);
    if random.percent(50) {
        draft.push(failing);
    }
}
