//! Line breaking by display width.
//!
//! Breaks come from the Unicode line breaking algorithm (UAX 14, by `unicode-linebreak`), of
//! which only those are taken that keep commands, names and options whole: after white space,
//! at the U+200B that translators put between Thai or Khmer words, and next to Han and kana.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar;

/// Marks a possible break inside of scripts without spaces; it is dropped from the output.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Breaks `text` into lines of at most `width` columns; a word that is wider stays whole on a
/// line of its own. No break falls into one of the ranges `kept`.
#[must_use]
pub fn wrap(text: &str, kept: &[Range<usize>], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    each_line(text, kept, width, |line| lines.push(line.to_owned()));
    lines
}

/// The same, with `push` called for each line.
pub fn each_line(text: &str, kept: &[Range<usize>], width: usize, mut push: impl FnMut(&str)) {
    if let Some(lines) = slices(text, kept, width) {
        return lines.into_iter().for_each(|line| push(&text[line]));
    }
    let mut line = String::new();
    let mut columns = 0;
    let mut pending_space = "";
    let mut start = 0;
    let mut flush_piece = |end: usize, mandatory: bool| {
        let piece = &text[start..end];
        let word = piece.trim_end_matches([' ', ZERO_WIDTH_SPACE]);
        let word_columns = self::columns(word);
        if !line.is_empty() && columns + pending_space.len() + word_columns > width {
            push(&line);
            line.clear();
            columns = 0;
        } else if !line.is_empty() {
            line.push_str(pending_space);
            columns += pending_space.len();
        }
        for part in word.split(ZERO_WIDTH_SPACE) {
            line.push_str(part);
        }
        columns += word_columns;
        pending_space = if piece[word.len()..].contains(' ') {
            " "
        } else {
            ""
        };
        if mandatory && !line.is_empty() {
            push(&line);
            line.clear();
        }
        start = end;
    };
    if needs_unicode(text) {
        for (index, kind) in linebreaks(text) {
            if kind == BreakOpportunity::Mandatory
                || (is_wanted(text, index) && !is_kept(kept, index))
            {
                flush_piece(index, kind == BreakOpportunity::Mandatory);
            }
        }
    } else {
        let right_to_left = is_right_to_left(text);
        let mut piece = 0;
        // The same breaks, found without tables: a run of spaces ends where the next word starts.
        for (index, _) in text.match_indices(' ') {
            let end = index + 1;
            let rest = &text[end..];
            if rest.starts_with(' ') || is_kept(kept, end) {
                continue;
            }
            if right_to_left && starts_latin(rest) {
                let word = rest.find(' ').unwrap_or(rest.len());
                // Many Latin words, such as a sentence that is not translated, fit no line.
                if self::columns(&text[piece..end + word]) <= width {
                    continue;
                }
            }
            flush_piece(end, false);
            piece = end;
        }
        flush_piece(text.len(), true);
    }
}

/// Whether no break may fall before `index`.
fn is_kept(kept: &[Range<usize>], index: usize) -> bool {
    kept.iter()
        .any(|range| range.start < index && index < range.end)
}

/// The lines of a text as slices of it, found in one pass. This works where lines break at spaces
/// only, and where these stand one by one between words.
fn slices(text: &str, kept: &[Range<usize>], width: usize) -> Option<Vec<Range<usize>>> {
    let right_to_left = is_right_to_left(text);
    let mut lines = Vec::with_capacity(4);
    let mut start = 0;
    let mut columns = 0;
    // The last space at which the line can end, and the columns before it.
    let mut last_space = None;
    // The last one that is none, since a Latin word follows.
    let mut latin = None;
    let mut index = 0;
    for word in text.as_bytes().split(|byte| *byte == b' ') {
        if index > 0 {
            if !is_kept(kept, index) {
                if right_to_left && starts_latin(&text[index..]) {
                    latin = Some(index);
                } else {
                    last_space = Some((index - 1, columns));
                }
            }
            columns += 1;
        }
        columns += cells_of_word(&text[index..index + word.len()])?;
        while columns > width {
            let Some((space, before)) = last_space.take() else {
                // More Latin words than a line has room for are broken after all.
                if latin.is_some_and(|word| word > start) {
                    return None;
                }
                break;
            };
            lines.push(start..space);
            start = space + 1;
            columns -= before + 1;
        }
        index += word.len() + 1;
    }
    lines.push(start..text.len());
    Some(lines)
}

/// The cells of a word; nothing if there is none, or if lines can break within it.
fn cells_of_word(word: &str) -> Option<usize> {
    if word.is_ascii() {
        return (!word.is_empty()).then_some(word.len());
    }
    let mut columns = 0;
    for character in word.chars() {
        columns += if is_common_letter(character) {
            1
        } else if breaks_without_spaces(character) {
            return None;
        } else {
            cells(character)
        };
    }
    Some(columns)
}

/// The display width of `text` where each character has cells of its own, as terminals and rich
/// count them: they join no Arabic lam-alef. Most words are ASCII and need no table.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(cells).sum()
    }
}

/// The cells of one character.
#[must_use]
pub fn cells(character: char) -> usize {
    if is_common_letter(character) || is_vowel_sign_with_a_cell(character) {
        return 1;
    }
    // A control character has no width; it is counted, since it is seen as something.
    character.width().unwrap_or(1)
}

/// Letters that need no table, and what stands between them: Latin, Greek and Cyrillic.
fn is_common_letter(character: char) -> bool {
    matches!(
        character,
        ' '..='~' | '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
    )
}

/// Terminals (glibc's `wcwidth`, VTE) give a cell to the vowel signs of Indic scripts that Unicode
/// counts to the letter before (`Other_Grapheme_Extend`).
fn is_vowel_sign_with_a_cell(character: char) -> bool {
    matches!(
        character,
        '\u{9be}'
            | '\u{9d7}'
            | '\u{b3e}'
            | '\u{b57}'
            | '\u{bbe}'
            | '\u{bd7}'
            | '\u{cc0}'
            | '\u{cc2}'
            | '\u{cc7}'
            | '\u{cc8}'
            | '\u{cca}'
            | '\u{ccb}'
            | '\u{cd5}'
            | '\u{cd6}'
            | '\u{d3e}'
            | '\u{d57}'
            | '\u{dcf}'
            | '\u{ddf}'
    )
}

/// Whether the first letter of `text` is Hebrew or Arabic.
#[must_use]
pub fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|character| is_letter(*character));
    first.is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
    })
}

/// Whether the first letter of `text` is Latin. A line of a right-to-left text must not begin so: a
/// terminal that takes the direction from the first letter would turn it around.
#[must_use]
pub fn starts_latin(text: &str) -> bool {
    let first = text
        .chars()
        .find(|character| is_letter(*character) || character.is_numeric());
    first.is_some_and(|letter| letter.is_ascii_alphabetic())
}

/// Whether a character is alphabetic, for most without the table.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphabetic(),
        '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3f5}'
        | '\u{3f7}'..='\u{481}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}' => true,
        _ => character.is_alphabetic(),
    }
}

/// Whether `text` has scripts in which words are not parted by spaces, or U+200B.
fn needs_unicode(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(breaks_without_spaces)
}

/// Whether lines can break beside a character although there is no space.
fn breaks_without_spaces(character: char) -> bool {
    is_han_or_kana(character)
        || character == ZERO_WIDTH_SPACE
        || is_full_width_punctuation(character)
}

/// Whether a break that UAX 14 allows before `index` keeps what must stay whole.
fn is_wanted(text: &str, index: usize) -> bool {
    let before = text[..index].chars().next_back().unwrap_or(' ');
    let after = text[index..].chars().next().unwrap_or(' ');
    let breaks = |character| is_han_or_kana(character) || is_full_width_punctuation(character);
    before == ' ' || before == ZERO_WIDTH_SPACE || breaks(before) || breaks(after)
}

/// Han, Hiragana and Katakana, with the marks that belong to them.
fn is_han_or_kana(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation that takes the width of a Han character and needs no space beside it.
#[must_use]
pub fn is_full_width_punctuation(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
        && character.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        wrap(text, &[], width)
    }

    #[test]
    fn lines_of_right_to_left_texts_do_not_begin_with_latin() {
        assert_eq!(
            wrapped("אבג דהו Python זחט", 11),
            ["אבג", "דהו Python", "זחט"]
        );
        assert_eq!(wrapped("abc def Python xyz", 11), ["abc def", "Python xyz"]);
    }

    #[test]
    fn latin_that_fits_no_line_of_a_right_to_left_text_is_broken_too() {
        assert_eq!(
            wrapped("אבג a sentence in Latin", 14),
            ["אבג a sentence", "in Latin"]
        );
    }

    #[test]
    fn breaks_at_spaces_only() {
        assert_eq!(
            wrapped("see system-wide /usr/share/doc/x --a-b", 12),
            ["see", "system-wide", "/usr/share/doc/x", "--a-b"]
        );
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrapped("aa bb cc", 4), ["aa", "bb", "cc"]);
        assert_eq!(wrapped("", 5), Vec::<String>::new());
        assert_eq!(wrapped("a  b", 9), ["a b"]);
    }

    #[test]
    fn keeps_a_no_break_space() {
        assert_eq!(wrapped("aaa bb\u{a0}:", 6), ["aaa", "bb\u{a0}:"]);
    }

    #[test]
    fn breaks_beside_han_and_kana_but_not_before_their_punctuation() {
        assert_eq!(wrapped("虚拟环境是目录。", 8), ["虚拟环境", "是目录。"]);
        assert_eq!(wrapped("虚拟环境是。", 10), ["虚拟环境", "是。"]);
        assert_eq!(
            wrapped("使用 python3-venv 吧", 12),
            ["使用", "python3-venv", "吧"]
        );
    }

    #[test]
    fn breaks_korean_at_spaces() {
        assert_eq!(
            wrapped("가상 환경을 만드세요", 9),
            ["가상", "환경을", "만드세요"]
        );
    }

    #[test]
    fn breaks_thai_where_translators_allow_it_and_drops_the_marks() {
        assert_eq!(wrapped("ติด\u{200b}ตั้ง\u{200b}แพ็ก", 6), ["ติดตั้ง", "แพ็ก"]);
        assert_eq!(wrapped("ติด \u{200b}ตั้ง", 20), ["ติด ตั้ง"]);
    }

    #[test]
    fn never_breaks_inside_of_what_is_kept() {
        let text = "from Arch Linux now";
        assert_eq!(
            wrap(text, &[Range { start: 5, end: 15 }], 10),
            ["from", "Arch Linux", "now"]
        );
        let text = "从统信操作系统安装";
        assert_eq!(
            wrap(text, &[Range { start: 3, end: 21 }], 8),
            ["从", "统信操作系统", "安装"]
        );
    }

    #[test]
    fn slices_are_the_lines_that_the_long_way_gives() {
        let texts = [
            "Für jedes Projekt eine eigene Umgebung\u{a0}: été, señor, zażółć, «a b».",
            "see usr/share/doc/python3.13/README.venv and --break-system-packages now",
            "Установка пакета из Debian, ελληνικά, tiếng Việt, 한국어 문장, ქართული",
            "אין להתקין חבילות של Python כאן, רק בתוך סביבה וירטואלית של python3 או",
            "पैकेज स्थापित करने के लिए தொகுப்பை நிறுவ প্যাকেজ ইনস্টল",
        ];
        for text in texts {
            assert!(slices(text, &[], 20).is_some(), "{text}");
            for width in 1..40 {
                // Another space is left out.
                let (start, word) = text.rsplit_once(' ').expect("a space");
                let other = format!("{start}  {word}");
                assert_eq!(slices(&other, &[], width), None);
                let kept = [Range { start: 4, end: 12 }];
                assert_eq!(
                    wrap(text, &kept, width),
                    wrap(&other, &kept, width),
                    "{width}"
                );
            }
        }
        for text in ["", " a", "a ", "a  b", "字", "a\u{200b}b", "（"] {
            assert_eq!(slices(text, &[], 10), None, "{text:?}");
        }
    }

    #[test]
    fn letters_are_what_the_table_says() {
        for character in '\0'..=char::MAX {
            assert_eq!(
                is_letter(character),
                character.is_alphabetic(),
                "{character:?}"
            );
        }
    }

    #[test]
    fn letters_that_need_no_table_have_the_width_of_the_table() {
        for character in ('\0'..=char::MAX).filter(|character| is_common_letter(*character)) {
            assert_eq!(character.width(), Some(1), "{character:?}");
            assert!(!breaks_without_spaces(character), "{character:?}");
        }
    }

    #[test]
    fn both_ways_of_finding_breaks_agree() {
        let text =
            "To install any other package, create a virtual environment, which is a directory.";
        let with_tables: Vec<String> = wrap(&format!("{text} 。"), &[], 30);
        let joined = with_tables.join(" ");
        assert_eq!(joined, format!("{text} 。"));
        assert_eq!(with_tables[..2], wrapped(text, 30)[..2]);
    }
}
