//! Line breaking as uv does it since 0.11.17: the crate textwrap 0.16 with
//! `WrapAlgorithm::OptimalFit` and its default penalties, breaking at spaces only.
//!
//! The best lines are those with the smallest sum of squared gaps at their ends; a line too many
//! costs, and so does one that is too wide.

use unicode_width::UnicodeWidthChar as _;

const NEW_LINE: usize = 1000;
const OVERFLOW: usize = 50 * 50;
const SHORT_LAST_LINE: usize = 25;
const SHORT_FRACTION: usize = 4;

/// A word, and the spaces behind it.
struct Word {
    start: usize,
    end: usize,
    width: usize,
    spaces: usize,
}

/// Breaks a line into parts of `first` columns, then of `other` columns, without the spaces at
/// their ends.
#[must_use]
pub fn wrap(line: &str, first: usize, other: usize) -> Vec<&str> {
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
    best: &[(usize, usize)],
    end: usize,
    [first, other]: [usize; 2],
) -> (usize, usize) {
    let mut cheapest = (usize::MAX, 0);
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
        let width = rest[..length].chars().filter_map(char::width).sum();
        words.push(Word {
            start,
            end: start + length,
            width,
            spaces,
        });
        start += length + spaces;
    }
    words
}
