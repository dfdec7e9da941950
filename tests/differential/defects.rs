//! Markers with the defects that installers stumble over, made from a number: the same number
//! gives the same marker.

/// A small generator of random numbers (splitmix64, Steele, Lea and Flood 2014).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, number: u64) -> Random {
        let mut random = Random(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

/// What can be wrong with a marker, or only look wrong: the rows of the table of defects, and
/// more.
pub(super) const DEFECTS: [&str; 40] = [
    "indentation",
    "empty first line",
    "comment line",
    "inline comment",
    "[x] in the text",
    "[x in the text",
    "flush-left line",
    "flush-left line with a delimiter",
    "byte order mark",
    "not UTF-8",
    "Error twice",
    "Error and error",
    "section twice",
    "twice in another section",
    "error in lower case",
    "other section",
    "no Error",
    "empty",
    "key only in DEFAULT",
    "indented key",
    "CR only",
    "escape",
    "CRLF",
    "no end",
    "colon",
    "odd header",
    "odd white space",
    "key without value",
    "value without key",
    "key not ASCII",
    "mistake behind the first chunk",
    "NUL",
    "random bytes",
    "empty lines",
    "another section",
    "comment before the header",
    "mixed line ends",
    "text before the header",
    "spaces around =",
    "nothing",
];

const KEYS: [&str; 9] = [
    "Error-de",
    "Error-pt_BR",
    "Error-pt",
    "Error-zh_CN",
    "Error-DE_de",
    "Error-de_DE",
    "Warning",
    "error-pt",
    "Error-PT",
];

const WORDS: [&str; 24] = [
    "Nothing was changed.",
    "Use apt.",
    "a: b",
    "c=d",
    "100 %",
    "\"quoted\"",
    "https://example.org/",
    "$ apt install x",
    "é",
    "字字字",
    "שלום",
    "ก\u{e31}",
    "a [B] c",
    "x[y]",
    ":snake:",
    "{{ x }}",
    "%(x)s",
    "it’s",
    "`code`",
    "-",
    "a\tb",
    "\u{1f600}",
    "ﬀ",
    "ẞ",
];

const SPACES: [&str; 12] = [
    "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}", "\u{200b}",
    "\u{b}", "\u{c}", "\u{feff}",
];

/// A marker, and which defects were put into it.
pub(super) fn marker(seed: u64, number: u64) -> (Vec<u8>, Vec<usize>) {
    let mut random = Random::new(seed, number);
    let mut lines = good(&mut random);
    let first = usize::try_from(number).unwrap() % DEFECTS.len();
    let mut defects = vec![first];
    while random.one_in(4) {
        defects.push(random.below(DEFECTS.len()));
    }
    let mut bytes = None;
    for defect in &defects {
        spoil(DEFECTS[*defect], &mut lines, &mut random);
    }
    let mut end = "\n";
    for defect in &defects {
        match DEFECTS[*defect] {
            "CR only" => end = "\r",
            "CRLF" => end = "\r\n",
            "random bytes" => bytes = Some(random_bytes(&mut random)),
            "empty" => {
                bytes = Some(
                    random
                        .pick(&["", "\n", " ", "# x", "\u{feff}", "\r"])
                        .into(),
                )
            }
            _ => {}
        }
    }
    let mixed = defects
        .iter()
        .any(|defect| DEFECTS[*defect] == "mixed line ends");
    let mut text = String::new();
    for line in &lines {
        text.push_str(line);
        text.push_str(if mixed {
            random.pick(&["\n", "\r", "\r\n", "\n\r"])
        } else {
            end
        });
    }
    let mut bytes = bytes.unwrap_or_else(|| text.into_bytes());
    for defect in &defects {
        match DEFECTS[*defect] {
            "no end" => {
                while bytes.last().is_some_and(u8::is_ascii_whitespace) {
                    bytes.pop();
                }
            }
            "byte order mark" => drop(bytes.splice(0..0, "\u{feff}".bytes())),
            "not UTF-8" => {
                let at = random.below(bytes.len() + 1);
                let wrong: [&[u8]; 8] = [
                    b"\xff",
                    b"\xe9",
                    b"\xc0\x80",
                    b"\xe2\x82",
                    b"\xed\xa0\x80",
                    b"\x80",
                    b"\xf4\x90",
                    b"\xf0\x9f",
                ];
                bytes.splice(at..at, wrong[random.below(wrong.len())].iter().copied());
            }
            _ => {}
        }
    }
    (bytes, defects)
}

/// A marker without a defect, line by line.
fn good(random: &mut Random) -> Vec<String> {
    let mut lines = vec!["[externally-managed]".to_owned()];
    let mut keys = vec!["Error"];
    for key in KEYS {
        if random.one_in(4) && !keys.iter().any(|known| known.eq_ignore_ascii_case(key)) {
            keys.push(key);
        }
    }
    for key in keys {
        lines.push(format!("{key}={}", random.pick(&WORDS)));
        for _ in 0..random.below(4) {
            lines.push(match random.below(6) {
                0 => String::new(),
                _ => format!(" {} {}", random.pick(&WORDS), random.pick(&WORDS)),
            });
        }
    }
    lines
}

fn random_bytes(random: &mut Random) -> Vec<u8> {
    let pieces: [&[u8]; 14] = [
        b"[",
        b"]",
        b"=",
        b":",
        b"\n",
        b"\r",
        b" ",
        b"#",
        b"Error",
        b"externally-managed",
        b"\xe2\x80",
        b"\xa8",
        b"a",
        b"DEFAULT",
    ];
    let count = random.below(30);
    (0..count)
        .flat_map(|_| pieces[random.below(pieces.len())].iter().copied())
        .collect()
}

/// Puts a defect into a marker.
fn spoil(defect: &str, lines: &mut Vec<String>, random: &mut Random) {
    // Somewhere behind the header, mostly.
    let at = 1 + random.below(lines.len());
    let at = at.min(lines.len());
    let last = lines.len() - 1;
    let any = random.below(lines.len());
    let word = random.pick(&WORDS);
    let mut insert = |line: String| lines.insert(at, line);
    match defect {
        "indentation" => insert(format!(
            "{}{word}",
            random.pick(&["  ", "   ", "\t", " \t", "\u{a0} "])
        )),
        "comment line" => insert(format!(
            "{}{word}",
            random.pick(&["#", " # ", "\t;", "  ;", ";"])
        )),
        "[x] in the text" => insert(format!(
            " {}",
            random.pick(&["[x]", "[x] y", "[externally-managed]", "[x] y ] z", "[]"])
        )),
        "[x in the text" => insert(format!(" {}", random.pick(&["[x", "[ y", "[", "[#]"]))),
        "flush-left line" => insert(
            random
                .pick(&["flush", "two words", "[x", "]", "[]"])
                .to_owned(),
        ),
        "flush-left line with a delimiter" => insert(
            random
                .pick(&["a: b", "see c=d", "https://x", "Note:", "x = y"])
                .to_owned(),
        ),
        "Error twice" => insert("Error=again".to_owned()),
        "Error and error" => insert(
            random
                .pick(&["error=again", "ERROR=again", "Error-DE=x", "eRROR : x"])
                .to_owned(),
        ),
        "section twice" => insert("[externally-managed]".to_owned()),
        "twice in another section" => {
            lines.extend(
                ["[x]", "a=b", random.pick(&["a=c", "A=c", "[x]", "a : d"])].map(str::to_owned),
            );
        }
        "key only in DEFAULT" => {
            let place = if random.one_in(2) { 0 } else { lines.len() };
            lines.splice(
                place..place,
                [
                    "[DEFAULT]".to_owned(),
                    random
                        .pick(&["Error=d", "Error-de=d", "error=d", "Error-pt=d"])
                        .to_owned(),
                ],
            );
            if random.one_in(2) {
                lines.retain(|line| !line.starts_with("Error="));
            }
        }
        "indented key" => insert(format!("{}Error-xx=y", random.pick(&[" ", "  ", "\t"]))),
        "escape" => insert(format!(
            " {}",
            random.pick(&[
                "\u{1b}[1m",
                "\u{7}\u{8}",
                "\u{9b}2J",
                "\u{7f}",
                "\u{1b}]0;x\u{7}"
            ])
        )),
        "key without value" => insert(
            random
                .pick(&["Error-fr", "Error", "x", "Error fr"])
                .to_owned(),
        ),
        "value without key" => insert(
            random
                .pick(&["= x", ": x", "=", ":=", " = x", "=\n=x"])
                .to_owned(),
        ),
        "key not ASCII" => insert(format!(
            "{}=x",
            random.pick(&[
                "Errör",
                "ERRÖR",
                "Error-ΣΑΣ",
                "İ",
                "ß",
                "Error-\u{a0}",
                "Error\u{200b}"
            ])
        )),
        "NUL" => insert(" \0".to_owned()),
        "empty lines" => (0..=random.below(3)).for_each(|_| {
            lines.insert(
                at,
                random
                    .pick(&["", " ", "\t", "\u{3000}", "  \u{1c}"])
                    .to_owned(),
            )
        }),
        "another section" => insert(
            random
                .pick(&["[x]", "[externally-managed.x]", "[default]", "[DEFAULT]"])
                .to_owned(),
        ),
        "comment before the header" => {
            lines.insert(0, random.pick(&["# x", ";", " # x", "", "\t"]).to_owned())
        }
        "text before the header" => lines.insert(
            0,
            random
                .pick(&["x", "Error=x", " Error=x", "x y", "=", "]["])
                .to_owned(),
        ),
        "odd header" => {
            lines[0] = random
                .pick(&[
                    "[externally-managed] # [x]",
                    "[externally-managed]]",
                    "[externally-managed] x",
                    " [externally-managed]",
                    "[externally-managed]]x",
                    "[[externally-managed]]",
                    "[externally-managed]#",
                    "[externally-managed];x]",
                ])
                .to_owned();
        }
        "other section" => {
            lines[0] = random
                .pick(&[
                    "[Externally-Managed]",
                    "[ externally-managed ]",
                    "[externally_managed]",
                    "externally-managed",
                    "[]",
                ])
                .to_owned();
        }
        "empty first line" => edit(lines, "Error=", |rest| format!("Error=\n {rest}")),
        "error in lower case" => edit(lines, "Error=", |rest| format!("error={rest}")),
        "colon" => edit(lines, "Error=", |rest| format!("Error:{rest}")),
        "spaces around =" => edit(lines, "Error=", |rest| format!("Error \t= \u{a0}{rest} ")),
        "no Error" => lines.retain(|line| !line.starts_with("Error=")),
        "inline comment" => lines[any].push_str(random.pick(&[" # x", "#x", ";", " ; x", "/#x"])),
        "odd white space" => {
            let space = random.pick(&SPACES);
            let line = &mut lines[last.min(any)];
            match random.below(3) {
                0 => line.insert_str(0, space),
                1 => line.push_str(space),
                _ => *line = format!(" {space}{line}{space} "),
            }
        }
        "mistake behind the first chunk" => {
            let wide = "x".repeat(8100 + random.below(180));
            let line = format!(" {wide}{}", random.pick(&["", "é", "字"]));
            insert(line);
            if random.one_in(2) {
                lines.push("Error=again".to_owned());
            }
            if random.one_in(2) {
                // `marker` puts what is not UTF-8 anywhere; here it should be near the end.
                lines.push("x=\u{fffd}".to_owned());
            }
        }
        _ => {}
    }
}

fn edit(lines: &mut [String], prefix: &str, change: impl Fn(&str) -> String) {
    for line in lines {
        if let Some(rest) = line.strip_prefix(prefix) {
            *line = change(rest);
        }
    }
}
