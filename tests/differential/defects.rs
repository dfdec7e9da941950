//! The defects of markers, one for each way in which an installer is known to stumble.

use super::generator::{Draft, KEYS, key, text};
use super::random::Random;

macro_rules! defects {
    ($($name:ident),* $(,)?) => {
        /// What can be wrong with a marker.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub(super) enum Defect { $($name),* }

        impl Defect {
            /// All of them.
            pub(super) const ALL: [Defect; [$(Defect::$name),*].len()] = [$(Defect::$name),*];
        }
    };
}

defects![
    Indentation,
    EmptyFirstLine,
    CommentLine,
    InlineComment,
    BracketLine,
    FlushLeft,
    FlushLeftDelimiter,
    Bom,
    NotUtf8,
    DuplicateKey,
    FoldedDuplicate,
    DuplicateSection,
    LowerCaseKey,
    WrongSection,
    EmptyFile,
    DefaultSection,
    IndentedKey,
    CarriageReturns,
    Controls,
    OddSpaces,
    EmptyKey,
    ValuelessKey,
    HeaderTail,
    NonAsciiKey,
    LongFile,
    RandomBytes,
];

/// What Unicode, Python or Rust take for white space or line ends, not all of them alike.
const SPACES: [&str; 16] = [
    "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}", "\u{85}", "\u{2028}", "\u{2029}", "\u{a0}", "\u{b}",
    "\u{c}", "\t", "\u{3000}", "\u{180e}", "\u{200b}", "\u{feff}", "\r",
];

const HEADERS: [&str; 12] = [
    "[a]b]",
    "[externally-managed] # [x]",
    "[externally-managed]x",
    "[externally-managed]]",
    "[[externally-managed]",
    "[externally-managed][b]",
    "[]",
    "[]]",
    "[ ]",
    "[externally-managed",
    "[x]=[y]",
    "[externally-managed] ; c",
];

const FOLDED: [[&str; 2]; 8] = [
    ["Error", "error"],
    ["Error-pt_BR", "Error-pt_br"],
    ["ΟΔΟΣ", "οδος"],
    ["ΟΔΟΣ", "οδοσ"],
    ["İ", "i\u{307}"],
    ["\u{212a}", "k"],
    ["ß", "ẞ"],
    ["Ǆ", "ǅ"],
];

/// Puts `defect` into some line of `draft`; those of whole files come later.
pub(super) fn inject(defect: Defect, draft: &mut Draft, random: &mut Random) {
    let at = random.below(draft.lines.len() + 1);
    let name = random.one(&KEYS);
    let words = text(random);
    match defect {
        Defect::Indentation => {
            let indent = random.one(&["  ", "\t", "    ", " \u{a0}", " \u{3000}"]);
            edit(draft, at, |line| line.splice(0..0, indent.bytes()).count());
        }
        Defect::EmptyFirstLine => {
            let line = format!("{name}={}", random.one(&["", " ", "\t", "\u{85}"]));
            draft.lines.insert(at, line.into_bytes());
        }
        Defect::CommentLine => {
            let indent = random.one(&["", " ", "  ", "\u{1c}", "\u{a0}"]);
            let line = format!("{indent}{}{words}", random.one(&["#", ";"]));
            draft.lines.insert(at, line.into_bytes());
        }
        Defect::InlineComment => {
            let part = random.one(&[" # x", "#x", ";", " ;", " #\u{1c}"]);
            edit(draft, at, |line| line.extend(part.bytes()));
        }
        Defect::BracketLine => {
            let part = random.one(&["[x]", "[x", "[externally-managed]", "[", "[DEFAULT]", "[]"]);
            let line = format!("{}{part} {words}", random.one(&[" ", "  ", "\t", ""]));
            draft.lines.insert(at, line.into_bytes());
        }
        Defect::FlushLeft => draft.lines.insert(at, b"flush left text".to_vec()),
        Defect::FlushLeftDelimiter => {
            let line = format!("{words}{}x{}", random.one(&["=", ":"]), random.byte());
            draft.lines.insert(at, line.into_bytes());
        }
        Defect::DuplicateKey => duplicate(draft, random),
        Defect::FoldedDuplicate => {
            let pair = random.one(&FOLDED);
            let index = random.below(2);
            key(draft, random, pair[index]);
            key(draft, random, pair[1 - index]);
        }
        Defect::DuplicateSection => {
            let name = random.one(&["externally-managed", "other", "DEFAULT"]);
            let line = format!("[{name}]");
            draft.lines.insert(at, line.clone().into_bytes());
            if random.percent(70) {
                draft.push(line);
            }
        }
        Defect::WrongSection => wrong_section(draft, random),
        Defect::EmptyFile => draft.lines.truncate(random.below(3)),
        Defect::DefaultSection => {
            let end = if random.percent(60) { at } else { 0 };
            draft.lines.insert(end, b"[DEFAULT]".to_vec());
            let line = format!("{name}={words}");
            draft.lines.insert(end + 1, line.into_bytes());
            if random.percent(60) {
                draft
                    .lines
                    .insert(end + 2, b"[externally-managed]".to_vec());
            }
        }
        Defect::IndentedKey => {
            let line = format!(
                "{}{name}={words}",
                random.one(&[" ", "\t", "   ", "\u{1c}"])
            );
            let place = if random.percent(50) {
                1.min(draft.lines.len())
            } else {
                at
            };
            draft.lines.insert(place, line.into_bytes());
        }
        Defect::EmptyKey => {
            let line = random.one(&["=x", " = x", ":", "=", "\u{1c}=", ": =x"]);
            draft.lines.insert(at, line.as_bytes().to_vec());
        }
        Defect::ValuelessKey => draft.lines.insert(at, name.as_bytes().to_vec()),
        Defect::HeaderTail => {
            let line = random.one(&HEADERS).as_bytes().to_vec();
            let header = draft.lines.iter().position(|line| line.starts_with(b"["));
            match header.filter(|_| random.percent(50)) {
                Some(header) => draft.lines[header] = line,
                None => draft.lines.insert(at, line),
            }
        }
        Defect::NonAsciiKey => {
            let written = random.one(&["Ä", "ΑΣ", "ΑΣ b", "\u{130}", "é\u{301}", "Σ", "ᏸ", "Ω"]);
            key(draft, random, written);
        }
        Defect::LongFile => super::long::inject(draft, random),
        Defect::OddSpaces
        | Defect::Controls
        | Defect::Bom
        | Defect::NotUtf8
        | Defect::LowerCaseKey
        | Defect::CarriageReturns
        | Defect::RandomBytes => {}
    }
}

/// Changes a line, if there is one.
fn edit<T>(draft: &mut Draft, at: usize, change: impl FnOnce(&mut Vec<u8>) -> T) {
    let index = at.min(draft.lines.len().saturating_sub(1));
    if let Some(line) = draft.lines.get_mut(index) {
        let _ = change(line);
    }
}

/// Repeats a line that looks like a key, or any.
fn duplicate(draft: &mut Draft, random: &mut Random) {
    let keys: Vec<usize> = (0..draft.lines.len())
        .filter(|index| draft.lines[*index].contains(&b'=') && draft.lines[*index][0] > b' ')
        .collect();
    if keys.is_empty() {
        key(draft, random, "Error");
        key(draft, random, "Error");
        return;
    }
    let index = random.one(&keys);
    let line = draft.lines[index].clone();
    let place = index + 1 + random.below(draft.lines.len() - index);
    draft.lines.insert(place, line);
}

/// Another section, or none.
fn wrong_section(draft: &mut Draft, random: &mut Random) {
    let Some(index) = draft.lines.iter().position(|line| line.starts_with(b"[")) else {
        return;
    };
    let other = random.one(&[
        "",
        "[Externally-Managed]",
        "[ externally-managed ]",
        "[externally_managed]",
        " [externally-managed]",
        "[default]",
        "[externally-managed ]",
    ]);
    draft.lines[index] = other.as_bytes().to_vec();
}

/// One of [`SPACES`].
pub(super) fn space(random: &mut Random) -> &'static str {
    random.one(&SPACES)
}
