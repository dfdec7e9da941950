//! Random texts, facts and catalogues. Most pieces are harmless, so that many cases are
//! accepted; every kind of piece that could do harm comes now and then.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use externally_managed::catalogue::po;
use externally_managed::template::scan;
use proptest::prelude::*;

/// ASCII that may stand anywhere in a line.
const PLAIN: &[&str] = &[
    "Debian",
    "python3",
    "apt",
    "x",
    "C++",
    "a=b",
    "key: value",
    "Error=",
    "Error-de: x",
    "100%",
    "%(here)s",
    "%",
    "\"quoted\"",
    "it's",
    "back\\slash",
    "\\n",
    "\\",
    "a[B]c",
    "a[1]",
    "]",
    "a[",
    "https://x:80/?q=1&r=%20",
    "$HOME",
    "`id`",
    "!",
    "~",
    "-",
    "--yes",
    "(a)",
    "@x",
    "<b>",
    "a|b",
    "*",
    "^",
    "=",
    ":",
];

/// What may stand in a translation besides, but not at the start of a line.
const FOREIGN: &[&str] = &[
    "C#",
    "a;b",
    "&#x27;",
    "naïve",
    "Ⅷ",
    "日本語",
    "カタカナ",
    "虚拟环境是目录",
    "。",
    "、",
    "（甲）",
    "한국어",
    "ไทย\u{200b}คำ",
    "ติด\u{200b}ตั้ง",
    "ខ្មែរ",
    "עברית",
    "العربية",
    "می\u{200c}خواهم",
    "🙂",
    "👩\u{200d}👩\u{200d}👧",
    "❤\u{fe0f}",
    "e\u{301}",
    "a\u{a0}b",
    "«x»",
    "„x“",
    "x\u{2026}",
    "−",
    "ß",
    "ı",
    "İ",
    "\u{1d4d0}",
    "字\u{3000}字",
];

/// What breaks a rule, here or there.
const HARMFUL: &[&str] = &[
    "#",
    ";",
    "# x",
    "; x",
    "[",
    "[x",
    "[b]",
    "[/b]",
    "[DEFAULT]",
    "[externally-managed]",
    ":snake:",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\u{0}",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{9b}",
    "\u{1c}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{200b}",
    "\u{200e}",
    "\u{2066}",
    "\u{feff}",
    "\u{3000}",
    "\u{a0}",
    " ",
    "  ",
    "a  b",
    "{",
    "}",
    "{{",
    "}}",
    "{{ nope }}",
    "{distro}",
    "{%",
    "{#",
    "\u{1}0\u{1}",
    "..",
    "/../",
    "é",
    "字",
    "\u{e000}",
    "\u{10ffff}",
    "\u{fffd}",
    "~",
    "null",
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字",
];

fn piece(foreign: u32, harmful: u32) -> impl Strategy<Value = String> {
    prop_oneof![
        60 => prop::sample::select(PLAIN).prop_map(str::to_owned),
        foreign => prop::sample::select(FOREIGN).prop_map(str::to_owned),
        harmful => prop::sample::select(HARMFUL).prop_map(str::to_owned),
        harmful => any::<char>().prop_map(String::from),
    ]
}

/// Pieces with a space or nothing between them.
fn joined(
    piece: impl Strategy<Value = String>,
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = String> {
    prop::collection::vec((piece, prop::bool::weighted(0.8)), count).prop_map(|pieces| {
        let mut text = String::new();
        for (piece, space) in pieces {
            if space && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&piece);
        }
        text
    })
}

/// A line of English, mostly safe.
pub(super) fn ascii_line() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 9 => joined(piece(1, 1), 1..5)]
}

/// A line in any language, mostly safe.
pub(super) fn line() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 9 => joined(piece(60, 1), 1..5)]
}

/// Text with spaces, U+200B and Han, for wrapping; anything may be in it.
pub(super) fn prose() -> impl Strategy<Value = String> {
    joined(piece(40, 3), 1..40)
}

/// The facts that a marker shows, with what their values must begin with.
const FACTS: &[(&str, &str)] = &[
    ("name", ""),
    ("command", ""),
    ("help_url", "https://"),
    ("readme", "/"),
    ("stdlib", "/"),
    ("package_manager.name", ""),
    ("package_manager.root", ""),
    ("package_manager.install", ""),
    ("package_manager.shell", ""),
    ("venv.needs", ""),
    ("applications.command", ""),
    ("applications.needs", ""),
];

/// Profiles to lay facts over, with Pythons that they know.
const BASES: &[(&str, &str)] = &[
    ("debian", "3.13"),
    ("debian", "3.14"),
    ("debian", "pypy3.11"),
    ("fedora", "3.14"),
    ("arch", "3.14"),
    ("alpine", "3.12"),
    ("nix", "3.13"),
];

/// Languages with and without a built-in catalogue, and those whose keys are not their names.
const LANGUAGES: &[&str] = &[
    "nb", "he", "zh_CN", "zh_TW", "pt_BR", "th", "de", "ja", "ko", "en_GB",
];

/// One run of the tool.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) base: &'static str,
    pub(super) python: &'static str,
    /// Facts by their dotted paths.
    pub(super) facts: BTreeMap<&'static str, String>,
    pub(super) catalogues: BTreeMap<&'static str, Vec<Translation>>,
    /// Another template of the marker.
    pub(super) template: Option<String>,
}

/// An entry of a catalogue.
#[derive(Clone, Debug)]
pub(super) struct Translation {
    msgid: String,
    msgstr: String,
    fuzzy: bool,
}

pub(super) fn cases() -> impl Strategy<Value = Case> {
    let fact = prop::sample::select(FACTS).prop_flat_map(|(path, prefix)| {
        let value = prop_oneof![
            8 => joined(piece(0, 0), 1..4),
            1 => Just("{{ python.name }}".to_owned()),
            1 => joined(piece(6, 12), 1..4),
        ];
        let value = value.prop_map(move |value| {
            if prefix == "https://" {
                value.replace(' ', "%20")
            } else {
                value
            }
        });
        value.prop_map(move |value| (path, format!("{prefix}{value}")))
    });
    let facts = prop::collection::vec(fact, 0..5).prop_map(|facts| facts.into_iter().collect());
    let languages = prop::sample::subsequence(LANGUAGES, 0..4);
    (prop::sample::select(BASES), facts, languages).prop_flat_map(
        |((base, python), facts, languages)| {
            let catalogues: Vec<_> = languages
                .iter()
                .map(|_| prop::collection::vec(translation(), 0..8))
                .collect();
            (
                Just((base, python)),
                Just::<BTreeMap<_, _>>(facts),
                Just(languages),
                catalogues,
                prop::option::weighted(0.25, template()),
            )
                .prop_map(
                    |((base, python), facts, languages, catalogues, template)| Case {
                        base,
                        python,
                        facts,
                        catalogues: languages.into_iter().zip(catalogues).collect(),
                        template,
                    },
                )
        },
    )
}

/// A template: messages, commands and lines of random words and facts.
fn template() -> impl Strategy<Value = String> {
    let words = || {
        let words = prop_oneof![8 => joined(piece(0, 0), 1..4), 1 => joined(piece(3, 6), 1..4)];
        words.prop_map(|words| words.replace(['"', '\\'], "'"))
    };
    let fact = || {
        prop::sample::select(&[
            "name",
            "python.command",
            "python.stdlib",
            "package_manager.install",
            "venv.needs",
        ])
    };
    let line = prop_oneof![
        words().prop_map(|words| format!("{{{{ _(msg=\"{words}\") }}}}")),
        (words(), fact(), words()).prop_map(|(before, fact, after)| {
            format!("{{{{ _(msg=\"{before} {{x}} {after}\", x={fact}) }}}}")
        }),
        words().prop_map(|words| format!("{{{{ command(run=\"{words}\") }}}}")),
        (words(), fact())
            .prop_map(|(words, fact)| { format!("{{{{ line(text=\"{words} \" ~ {fact}) }}}}") }),
        fact()
            .prop_map(|fact| format!("{{% if {fact} %}}{{{{ path(name={fact}) }}}}{{% endif %}}")),
        Just(String::new()),
    ];
    prop::collection::vec(line, 1..8).prop_map(|lines| lines.join("\n"))
}

/// A translation of a message of the marker: its placeholders among random words.
fn translation() -> impl Strategy<Value = Translation> {
    let messages = scan::scan(include_str!("../../templates/marker.tera"))
        .expect("our template")
        .messages;
    let msgids: Vec<String> = messages.into_iter().map(|message| message.msgid).collect();
    prop::sample::select(msgids).prop_flat_map(|msgid| {
        let mut words: Vec<_> = po::placeholders(&msgid)
            .into_iter()
            .map(|name| Just(format!("{{{name}}}")).boxed())
            .collect();
        let count = words.len();
        let word = || {
            prop_oneof![40 => prop::sample::select(FOREIGN), 20 => prop::sample::select(PLAIN)]
                .prop_map(str::to_owned)
        };
        words.extend((0..6).map(|_| word().boxed()));
        let wild = joined(piece(20, 20), 1..4).boxed();
        let ending = prop_oneof![30 => word().boxed(), 1 => wild, 1 => Just(String::new()).boxed()];
        let spaces = prop::collection::vec(prop::bool::weighted(0.8), count + 7);
        (
            Just(msgid),
            words.prop_shuffle(),
            ending,
            spaces,
            prop::bool::weighted(0.05),
            0..100_u8,
        )
            .prop_map(|(msgid, mut words, ending, spaces, fuzzy, lose)| {
                if lose == 0 {
                    words.retain(|word| !word.starts_with('{'));
                }
                words.push(ending);
                let mut msgstr = String::new();
                for (word, space) in words.iter().zip(spaces) {
                    if space && !msgstr.is_empty() {
                        msgstr.push(' ');
                    }
                    msgstr.push_str(word);
                }
                Translation {
                    msgid,
                    msgstr,
                    fuzzy,
                }
            })
    })
}

impl Case {
    /// Writes the overlay, a data directory with the profile `case`.
    pub(super) fn write(&self, directory: &Path) {
        for folder in ["po", "distro-profiles", "templates"] {
            let _ = fs::remove_dir_all(directory.join(folder));
            fs::create_dir_all(directory.join(folder)).expect("a folder");
        }
        fs::write(directory.join("distro-profiles/case.yaml"), self.profile())
            .expect("the profile");
        if let Some(template) = &self.template {
            fs::write(directory.join("templates/marker.tera"), template).expect("the template");
        }
        for (language, translations) in &self.catalogues {
            fs::write(
                directory.join(format!("po/{language}.po")),
                catalogue(translations),
            )
            .expect("a catalogue");
        }
    }

    fn profile(&self) -> String {
        let mut yaml = format!("extends: {}\n", self.base);
        let mut open = "";
        for (path, value) in &self.facts {
            match path.split_once('.') {
                None => writeln!(yaml, "{path}: {}", yaml_text(value)),
                Some((group, key)) => {
                    if group != open {
                        open = group;
                        yaml.extend([group, ":\n"]);
                    }
                    writeln!(yaml, "  {key}: {}", yaml_text(value))
                }
            }
            .expect("a string takes everything");
        }
        yaml
    }
}

/// The text in double quotes, with everything escaped that YAML does not allow as it is.
fn yaml_text(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' | '\u{a1}'..='\u{ff}' | '\u{4e00}'..='\u{9fff}' => quoted.push(character),
            _ => write!(quoted, "\\U{:08X}", u32::from(character))
                .expect("a string takes everything"),
        }
    }
    quoted.push('"');
    quoted
}

fn catalogue(translations: &[Translation]) -> String {
    let mut text = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n".to_owned();
    let mut seen: Vec<&str> = Vec::new();
    for translation in translations {
        if seen.contains(&translation.msgid.as_str()) {
            continue;
        }
        seen.push(&translation.msgid);
        let flag = if translation.fuzzy { "#, fuzzy\n" } else { "" };
        write!(
            text,
            "\n{flag}msgid {}\nmsgstr {}\n",
            po_text(&translation.msgid),
            po_text(&translation.msgstr)
        )
        .expect("a string takes everything");
    }
    text
}

/// The text as a PO file quotes it.
pub(super) fn po_text(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\t', "\\t")
    )
}
