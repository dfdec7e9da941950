//! Markers as writers make them, with up to three of the defects that are known to matter.

use super::defects::{Defect, inject};
use super::random::Random;

/// A marker, and what is wrong with it on purpose.
pub(super) struct Case {
    pub(super) bytes: Vec<u8>,
    pub(super) defects: Vec<Defect>,
}

/// A marker in the making.
pub(super) struct Draft {
    /// Its lines without their ends.
    pub(super) lines: Vec<Vec<u8>>,
    pub(super) line_end: &'static [u8],
    pub(super) final_end: bool,
}

impl Draft {
    pub(super) fn push(&mut self, line: impl AsRef<[u8]>) {
        self.lines.push(line.as_ref().to_vec());
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.lines.join(self.line_end);
        if self.final_end {
            bytes.extend(self.line_end);
        }
        bytes
    }
}

/// Names of keys; those at the front are what installers look for.
pub(super) const KEYS: [&str; 14] = [
    "Error",
    "Error-de",
    "Error-pt_BR",
    "Error-pt",
    "Error-de_DE",
    "Error-fr",
    "Warning",
    "x",
    "Error de",
    "ΟΔΟΣ",
    "İ",
    "ſ\u{212a}",
    "Fehler-ß",
    "Error\u{a0}de",
];

/// What lines are made of.
pub(super) const WORDS: [&str; 24] = [
    "This",
    "environment",
    "is",
    "externally",
    "managed",
    "$ apt install python3-xyz",
    "https://example.org/#part",
    "a: b",
    "c=d",
    "`code`",
    "%(x)s",
    "${x}",
    "\"quoted\"",
    "é",
    "字幕",
    "שלום",
    "# sharp",
    "x; y",
    "[pkg]",
    "x",
    "\u{1f980}",
    "\\n",
    ":smile:",
    "\u{200e}",
];

/// Case `number` of the run that `seed` stands for.
pub(super) fn case(seed: u64, number: u32) -> Case {
    let mut random = Random::new(seed, number);
    let mut draft = valid(&mut random);
    let count = random.one(&[0, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
    let mut defects = Vec::new();
    for _ in 0..count {
        let defect = random.one(&Defect::ALL);
        inject(defect, &mut draft, &mut random);
        defects.push(defect);
    }
    // Some defects concern the whole file, whatever is done to its lines.
    let mut bytes = draft.bytes();
    for defect in &defects {
        defect.spoil(&mut bytes, &mut random);
    }
    Case { bytes, defects }
}

/// A marker that pip reads: several keys, none twice.
fn valid(random: &mut Random) -> Draft {
    let mut draft = Draft {
        lines: Vec::new(),
        line_end: if random.percent(12) { b"\r\n" } else { b"\n" },
        final_end: random.percent(85),
    };
    if random.percent(25) {
        draft.push(random.one(&["# Debian", "; x = y", "", "#", "# [x]"]));
    }
    draft.push("[externally-managed]");
    let mut names = KEYS.to_vec();
    let count = 1 + random.below(4);
    for index in 0..count {
        let common = if index == 0 && random.percent(80) {
            1
        } else {
            names.len()
        };
        let name = names.remove(random.below(common));
        key(&mut draft, random, name);
        if random.percent(10) {
            draft.push(random.one(&["# between", "", ";", "  # x"]));
        }
    }
    if random.percent(8) {
        draft.push("[other]");
        key(&mut draft, random, "Error");
    }
    draft
}

/// A key and a text of some lines.
pub(super) fn key(draft: &mut Draft, random: &mut Random, name: &str) {
    let delimiter = random.one(&["=", "=", "=", " = ", ":", ": "]);
    draft.push(format!("{name}{delimiter}{}", text(random)));
    for _ in 0..random.below(5) {
        if random.percent(20) {
            draft.push("");
        } else {
            let indent = random.one(&[" ", " ", " ", "  ", "\t"]);
            draft.push(format!("{indent}{}", text(random)));
        }
    }
}

/// A line of a text.
pub(super) fn text(random: &mut Random) -> String {
    let count = 1 + random.below(4);
    let mut words: Vec<&str> = (0..count).map(|_| random.one(&WORDS)).collect();
    // A line that starts with one of these is a defect of its own.
    if words[0].starts_with(['#', '[']) {
        words.insert(0, "see");
    }
    words.join(" ")
}
