//! Files longer than what Python's `open` decodes at once: a byte that is no UTF-8 is met only
//! after the lines of earlier chunks were parsed, and a key that stands twice in them counts first.

use super::generator::Draft;
use super::random::Random;

/// How much is decoded at once.
const CHUNK: usize = 8192;

/// Two bytes of every kind of break.
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
    let border = CHUNK * (1 + random.below(2));
    // What comes next starts at the border or up to 20 bytes around it.
    let goal = border + random.below(21) - 10;
    let fill = goal.saturating_sub(written + draft.line_end.len());
    let mut line = b"# ".to_vec();
    line.resize(fill.max(2), b'.');
    draft.lines.push(line);
    if random.percent(30) {
        draft.push(failing);
    }
    if random.percent(20) {
        draft.lines.push(b"\r".to_vec());
    }
    let mut broken = format!("{}é", " ".repeat(random.below(4))).into_bytes();
    broken.extend(random.one(&BROKEN));
    draft.lines.push(broken);
    if random.percent(50) {
        draft.push(failing);
    }
}
