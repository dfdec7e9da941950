//! The defects that concern the bytes of a file and not its lines.

use super::defects::{Defect, space};
use super::random::Random;

/// Bytes that are no UTF-8, by what a decoder sees of them at first: nothing valid, an overlong
/// form, a surrogate, a sequence that breaks off after one, two and three bytes.
const BROKEN: [&[u8]; 12] = [
    b"\xff",
    b"\x80",
    b"\xc0\x80",
    b"\xc3",
    b"\xe2\x82",
    b"\xe2(",
    b"\xed\xa0\x80",
    b"\xe0\x80\x80",
    b"\xf0\x9f\xa6",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80",
    b"\xf0\x9f(",
];

impl Defect {
    /// Does to `bytes` what this defect is about.
    pub(super) fn spoil(self, bytes: &mut Vec<u8>, random: &mut Random) {
        match self {
            Defect::Bom => drop(bytes.splice(0..0, "\u{feff}".bytes())),
            Defect::NotUtf8 => {
                let at = match random.below(3) {
                    0 => bytes.len(),
                    _ => random.below(bytes.len() + 1),
                };
                bytes.splice(at..at, random.one(&BROKEN).iter().copied());
            }
            Defect::LowerCaseKey => bytes.make_ascii_lowercase(),
            Defect::CarriageReturns => carriage_returns(bytes, random),
            Defect::Controls => insert(bytes, random, |random| {
                random.one(&["\0", "\u{1b}[1m", "\u{7f}", "\u{9b}", "\u{7}", "\u{8}"])
            }),
            Defect::OddSpaces => insert(bytes, random, space),
            Defect::RandomBytes => random_bytes(bytes, random),
            _ => {}
        }
    }
}

/// Puts one to three strings where they matter most: at the edges of lines and of delimiters.
fn insert(bytes: &mut Vec<u8>, random: &mut Random, string: fn(&mut Random) -> &'static str) {
    for _ in 0..=random.below(3) {
        let edges: Vec<usize> = (0..=bytes.len())
            .filter(|at| {
                let before = at.checked_sub(1).map(|before| bytes[before]);
                let after = bytes.get(*at).copied();
                let matters = |byte| matches!(byte, None | Some(b'\n' | b'=' | b':' | b' '));
                matters(before) || matters(after)
            })
            .collect();
        let at = random.one(&edges);
        let part = string(random);
        bytes.splice(at..at, part.bytes());
    }
}

/// Some or all line ends become CR, CRLF or CR CR LF.
fn carriage_returns(bytes: &mut Vec<u8>, random: &mut Random) {
    let all = random.percent(40);
    let end = random.one(&[&b"\r"[..], b"\r", b"\r\n", b"\r\r\n", b"\n\r"]);
    let old = std::mem::take(bytes);
    for byte in old {
        if byte == b'\n' && (all || random.percent(40)) {
            bytes.extend(end);
        } else {
            bytes.push(byte);
        }
    }
}

/// Bytes of any value: instead of all, inserted, or in the place of others; or some go.
fn random_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    match random.below(10) {
        0 => {
            let length = random.below(60);
            *bytes = (0..length).map(|_| random.byte()).collect();
        }
        1..=3 => {
            // Nothing but what parsers look at.
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len() + 1);
                bytes.insert(at, random.one(b"[]=:#; \n\r\t\\%\x1c"));
            }
        }
        4 | 5 => {
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len() + 1);
                bytes.insert(at, random.byte() & 0x7f);
            }
        }
        6 | 7 => {
            let start = random.below(bytes.len() + 1);
            let end = (start + random.below(8)).min(bytes.len());
            bytes.drain(start..end);
        }
        _ => {
            let at = random.below(bytes.len() + 1);
            bytes.insert(at, random.byte());
        }
    }
}
