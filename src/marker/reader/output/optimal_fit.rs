//! Line breaking as uv does it since 0.11.17: the crate textwrap 0.16 with
//! `WrapAlgorithm::OptimalFit` and its default penalties, breaking at spaces only.
//!
//! The best lines are those with the smallest sum of squared gaps at their ends; a line too many
//! costs, and so does one that is too wide.

use unicode_width::UnicodeWidthChar as _;

const NEW_LINE: u64 = 1000;
const OVERFLOW: u64 = 50 * 50;
const SHORT_LAST_LINE: u64 = 25;
const SHORT_FRACTION: u64 = 4;

/// A word, and the spaces behind it.
struct Word {
    start: usize,
    end: usize,
    width: u64,
    spaces: u64,
}

/// Breaks a line into parts of `first` columns, then of `other` columns, without the spaces at
/// their ends.
#[must_use]
pub fn wrap(line: &str, first: u64, other: u64) -> Vec<&str> {
    let words = words(line);
    // For the words before each index: the least cost, and where their last line starts.
    let mut best = vec![(0, 0)];
    for end in 1..=words.len() {
        best.push(best_break(&words, &best, end, [first, other]));
    }
    let mut parts = Vec::new();
    let mut end = words.len();
    while end > 0 {
        let start = best[end].1;
        parts.push(&line[words[start].start..words[end - 1].end]);
        end = start;
    }
    if parts.is_empty() {
        parts.push("");
    }
    parts.reverse();
    parts
}

/// The cheapest way to end a line before the word `end`.
fn best_break(
    words: &[Word],
    best: &[(u64, usize)],
    end: usize,
    [first, other]: [u64; 2],
) -> (u64, usize) {
    let mut cheapest = (u64::MAX, 0);
    let mut width = 0;
    for start in (0..end).rev() {
        let word = &words[start];
        let behind = if start + 1 == end { 0 } else { word.spaces };
        // More than two lines in one never pay.
        if width > first + other {
            break;
        }
        width += word.width + behind;
        let target = if start == 0 { first } else { other };
        let mut cost = best[start].0 + NEW_LINE;
        if width > target {
            cost += (width - target) * OVERFLOW;
        } else if end < words.len() {
            cost += (target - width) * (target - width);
        } else if start + 1 == end && width * SHORT_FRACTION < target {
            cost += SHORT_LAST_LINE;
        }
        // Among equals the longest line counts.
        if cost <= cheapest.0 {
            cheapest = (cost, start);
        }
    }
    cheapest
}

/// `WordSeparator::AsciiSpace`: spaces at the start of the line are a word without letters.
fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    while start < line.len() {
        let rest = &line[start..];
        let length = rest.find(' ').unwrap_or(rest.len());
        let spaces = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
        let widths = rest[..length].chars().filter_map(char::width);
        words.push(Word {
            start,
            end: start + length,
            width: widths.map(|width| width as u64).sum(),
            spaces: spaces as u64,
        });
        start += length + spaces;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balances_lines() {
        let line = "  word word word word word word word";
        assert_eq!(
            wrap(line, 20, 13),
            ["  word word word", "word word", "word word"]
        );
        assert_eq!(wrap("a bb", 80, 73), ["a bb"]);
        assert_eq!(wrap("", 80, 73), [""]);
        assert_eq!(wrap("x  ", 80, 73), ["x"]);
        assert_eq!(wrap("宽字宽字 宽字", 10, 10), ["宽字宽字", "宽字"]);
    }

    #[test]
    fn keeps_words_whole() {
        assert_eq!(wrap("a-b/c d", 3, 3), ["a-b/c", "d"]);
    }

    #[test]
    fn does_not_hang_on_many_words() {
        let line = "a ".repeat(200_000);
        assert!(wrap(&line, 80, 73).len() > 5000);
    }
}
