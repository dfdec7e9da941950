//! Our reader of PO files against GNU gettext: `msgfmt` takes and refuses the same catalogues,
//! and what Python's `gettext` reads from the compiled ones is what we read.

use std::path::Path;
use std::process::{Command, Stdio};

use externally_managed::catalogue::po;
use proptest::prelude::*;
use proptest::sample::Index;

use super::generators;
use super::harness::{Counts, Run, not_run};
use super::readers;

/// What we refuse and msgfmt takes, by the beginning of our message, and why we do.
const STRICTER: &[(&str, &str)] = &[
    (
        "`msgctxt` is not used",
        "guidance has no contexts; looking one up would need it",
    ),
    ("`msgid_plural` is not used", "guidance has no plural forms"),
    (
        "the translation lacks the placeholder",
        "msgfmt checks this only with -c and a flag on the entry",
    ),
    (
        "the translation has",
        "another placeholder, or what no line of a document can have",
    ),
    (
        "the catalogue's header does not say",
        "every file of ours is UTF-8",
    ),
    ("the catalogue is not UTF-8", "the same"),
    (
        "unknown escape",
        "\\a, \\r, octal and others are control characters, which no text may have",
    ),
    (
        "expected a keyword and a text",
        "tools write a space after a keyword",
    ),
    (
        "expected a text in quotation marks",
        "tools write each text on a line of its own",
    ),
    ("a quotation mark inside of a text", "the same"),
    (
        "unknown keyword",
        "tools do not indent, and write no `domain`",
    ),
];

/// What msgfmt refuses and we take, by a part of the text or of what msgfmt says, and why we do.
const LAXER: &[(&str, &str)] = &[
    (
        "#~",
        "to us, all lines with # are comments; msgfmt parses obsolete entries",
    ),
    ("#|", "the same for what a message was before"),
    (
        "entries do not both",
        "translations with line breaks are refused anyway, unless they are not used",
    ),
];

#[derive(Clone, Debug)]
struct Item {
    comments: Vec<&'static str>,
    msgid: String,
    msgstr: String,
    /// Where to break the texts over lines.
    cut: Index,
    extra: &'static str,
}

#[derive(Clone, Debug)]
enum Damage {
    Delete(Index),
    Insert(Index, &'static str),
    RepeatLine(Index),
    DeleteLine(Index),
    SwapLines(Index),
    Replace(&'static str, &'static str),
}

const COMMENTS: &[&str] = &[
    "# by a translator",
    "#",
    "#. {distro}: a name",
    "#: templates/marker.tera",
    "#, fuzzy",
    "#,fuzzy",
    "#, python-brace-format",
    "#, python-brace-format, fuzzy",
    "",
    "  ",
];

fn items() -> impl Strategy<Value = Vec<Item>> {
    let comments = prop::collection::vec(prop::sample::select(COMMENTS), 0..3);
    let msgid = prop_oneof![8 => Just(""), 1 => Just(" {x}"), 1 => Just(" é \"漢\"\n x"), 1 => Just("\\n\t\\\\")];
    let msgstr = prop_oneof![1 => Just(String::new()), 6 => generators::line(), 1 => Just("{x}".to_owned()), 1 => Just("a\nb\n".to_owned())];
    let extra = prop_oneof![60 => Just(""), 1 => Just("msgctxt \"c\""), 1 => Just("msgid_plural \"p\""), 2 => Just("#| msgid \"before\""), 2 => Just("#~ msgid \"old\"\n#~ msgstr \"alt\""), 2 => Just("#, fuzzy\n#~ msgid \"old\"\n#~ msgstr \"alt\"")];
    let item = (
        comments,
        msgid,
        msgstr,
        any::<Index>(),
        extra,
        any::<bool>(),
    );
    prop::collection::vec(item, 0..6).prop_map(|items| {
        let mut number = 0;
        let item = |(comments, msgid, msgstr, cut, extra, keep): (_, &str, _, _, _, bool)| {
            number += 1;
            // Half of the catalogues give a message twice.
            let msgid = format!("m{}{msgid}", if keep { number } else { number / 2 });
            let msgstr = if msgid.contains("{x}") && keep {
                format!("{msgstr}{{x}}")
            } else {
                msgstr
            };
            Item {
                comments: one_line_of_flags(comments),
                msgid,
                msgstr,
                cut,
                extra,
            }
        };
        items.into_iter().map(item).collect()
    })
}

fn one_line_of_flags(mut comments: Vec<&'static str>) -> Vec<&'static str> {
    let mut flags = 0;
    comments.retain(|comment| {
        flags += usize::from(comment.starts_with("#,"));
        flags < 2 || !comment.starts_with("#,")
    });
    comments
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let inserted = prop::sample::select(
        &[
            "\"", "\\", "#", "\n", "\r", " ", "\t", "m", "\u{feff}", "\\a", "\\101", "\\x41",
            "\\r", "\\e", "é", "\"x\"", "{", "#~ ",
        ][..],
    );
    let replaced = prop::sample::select(
        &[
            ("msgid ", "msgid"),
            ("msgid ", "msgid\t"),
            ("msgid ", "msgid  "),
            ("msgstr ", " msgstr "),
            ("\"\n", "\" \n"),
            ("\n", "\r\n"),
            ("\"\n\"", "\" \""),
            ("charset=UTF-8", "charset=utf-8"),
            ("charset=UTF-8", "charset=ISO-8859-1"),
            ("#, ", "#,\t"),
            ("\n\n", "\n"),
        ][..],
    );
    let damage = prop_oneof![
        any::<Index>().prop_map(Damage::Delete),
        (any::<Index>(), inserted).prop_map(|(at, text)| Damage::Insert(at, text)),
        any::<Index>().prop_map(Damage::RepeatLine),
        any::<Index>().prop_map(Damage::DeleteLine),
        any::<Index>().prop_map(Damage::SwapLines),
        replaced.prop_map(|(from, to)| Damage::Replace(from, to)),
    ];
    prop_oneof![1 => Just(Vec::new()), 1 => prop::collection::vec(damage, 1..3)]
}

fn text(items: &[Item], damages: &[Damage]) -> String {
    let mut text =
        "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n".to_owned();
    for item in items {
        text.push('\n');
        for line in item
            .comments
            .iter()
            .chain([&item.extra].into_iter().filter(|extra| !extra.is_empty()))
        {
            text.push_str(line);
            text.push('\n');
        }
        for (keyword, value) in [("msgid", &item.msgid), ("msgstr", &item.msgstr)] {
            let characters: Vec<char> = value.chars().collect();
            let at = item.cut.index(characters.len() + 1);
            let (first, second): (String, String) = (
                characters[..at].iter().collect(),
                characters[at..].iter().collect(),
            );
            text.extend([keyword, " ", &generators::po_text(&first), "\n"]);
            if !second.is_empty() {
                text.extend([&generators::po_text(&second), "\n"]);
            }
        }
    }
    damages
        .iter()
        .fold(text, |text, damage| apply(&text, damage))
}

fn apply(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut characters: Vec<char> = text.chars().collect();
    if lines.len() < 2 {
        return text.to_owned();
    }
    match damage {
        Damage::Delete(at) => {
            characters.remove(at.index(characters.len()));
            return characters.into_iter().collect();
        }
        Damage::Insert(at, inserted) => {
            let at = at.index(characters.len());
            characters.splice(at..at, inserted.chars());
            return characters.into_iter().collect();
        }
        Damage::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Damage::DeleteLine(at) => {
            lines.remove(at.index(lines.len()));
        }
        Damage::SwapLines(at) => {
            let at = at.index(lines.len() - 1);
            lines.swap(at, at + 1);
        }
        Damage::Replace(from, to) => return text.replace(from, to),
    }
    lines.concat()
}

/// The compiled catalogue, or what msgfmt says against it.
fn msgfmt(directory: &Path, text: &str) -> Result<Vec<u8>, String> {
    let (source, compiled) = (directory.join("x.po"), directory.join("x.mo"));
    std::fs::write(&source, text).expect("the catalogue can be written");
    let _ = std::fs::remove_file(&compiled);
    let output = Command::new("msgfmt")
        .args(["--no-hash", "-o"])
        .arg(&compiled)
        .arg(&source)
        .env("LC_ALL", "C")
        .output()
        .expect("msgfmt starts");
    if output.status.success() {
        // msgfmt writes no file for a catalogue without messages.
        return Ok(std::fs::read(&compiled).unwrap_or_default());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A catalogue that both take: as msgfmt compiles it, and the messages that we read.
struct Compiled {
    mo: Vec<u8>,
    messages: Vec<(String, String)>,
}

/// Whether an entry has two lines of flags, as no tool writes them: msgfmt believes only the last
/// one, we believe each.
fn has_flags_twice(text: &str) -> bool {
    let mut flags = 0;
    text.lines().any(|line| {
        flags = match line {
            flag if flag.starts_with("#,") => flags + 1,
            text if text.starts_with("msgstr") => 0,
            _ => flags,
        };
        flags > 1
    })
}

/// Whether both take or both refuse a catalogue, or why they differ.
fn alike(directory: &Path, text: &str) -> Result<Option<Compiled>, String> {
    match (po::parse(text.as_bytes()), msgfmt(directory, text)) {
        (Ok(_), Ok(_)) if has_flags_twice(text) => Ok(None),
        (Ok(ours), Ok(mo)) => {
            let used = ours
                .messages
                .into_iter()
                .filter(|message| !message.fuzzy && !message.msgstr.is_empty());
            Ok(Some(Compiled {
                mo,
                messages: used
                    .map(|message| (message.msgid, message.msgstr))
                    .collect(),
            }))
        }
        (Err(_), Err(_)) => Ok(None),
        (Err(ours), Ok(_))
            if STRICTER
                .iter()
                .any(|(beginning, _)| ours.message.starts_with(beginning)) =>
        {
            Ok(None)
        }
        (Err(ours), Ok(_)) => Err(format!("only we refuse: {}\n{text}", ours.message)),
        (Ok(_), Err(theirs))
            if LAXER
                .iter()
                .any(|(part, _)| text.contains(part) || theirs.contains(part)) =>
        {
            Ok(None)
        }
        (Ok(_), Err(theirs)) => Err(format!("only msgfmt refuses: {theirs}\n{text}")),
    }
}

/// What Python reads differently from the compiled catalogues.
fn divergences(directory: &Path, batch: &[Compiled]) -> Vec<readers::Divergence> {
    if batch.is_empty() || !readers::has_python() {
        return Vec::new();
    }
    let mut bytes = Vec::new();
    for catalogue in batch {
        readers::frame(&mut bytes, "mo", &catalogue.mo);
        for (msgid, msgstr) in &catalogue.messages {
            readers::frame(&mut bytes, "msgid", msgid.as_bytes());
            readers::frame(&mut bytes, "msgstr", msgstr.as_bytes());
        }
    }
    let file = directory.join("batch");
    std::fs::write(&file, bytes).expect("the batch can be written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/property/messages.py");
    readers::run(
        Command::new("python3").arg("-B").arg(script).arg(file),
        "gettext",
        batch.len(),
    )
}

#[test]
fn catalogues_are_read_as_gettext_reads_them() {
    let found = Command::new("msgfmt")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !found {
        return not_run("the comparison with gettext", "there is no msgfmt");
    }
    let run = Run::new("catalogues", 800);
    let strategy = (items(), damage());
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut counts = Counts::default();
    let mut batch = Vec::new();
    let mut numbers = Vec::new();
    for number in 0..run.cases {
        let (items, damages) = run.case(&strategy, number);
        match alike(directory.path(), &text(&items, &damages)) {
            Ok(Some(compiled)) => {
                counts.accepted += 1;
                batch.push(compiled);
                numbers.push(number);
            }
            Ok(None) => counts.refused += 1,
            Err(_) => run.fail(&strategy, number, |(items, damages)| {
                alike(directory.path(), &text(items, damages)).map(drop)
            }),
        }
    }
    if let Some(divergence) = divergences(directory.path(), &batch).first() {
        run.fail(&strategy, numbers[divergence.index], |(items, damages)| {
            let text = text(items, damages);
            let compiled = alike(directory.path(), &text)?;
            match divergences(directory.path(), compiled.as_slice()).first() {
                None => Ok(()),
                Some(divergence) => Err(format!("{}\n{text}", divergence.what)),
            }
        });
    }
    counts.conclude("catalogues", 400);
}
