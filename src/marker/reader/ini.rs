//! What a parser finds in a marker: sections, keys, the lines of their values, and what it did
//! with the rest. Spans are byte ranges of the text.

use std::ops::Range;

/// A parsed marker.
#[derive(Clone, Debug, Default)]
pub struct Ini {
    /// The section headers, in their order.
    pub sections: Vec<Section>,
    /// The keys, in their order. A repeated key has an entry for each time.
    pub entries: Vec<Entry>,
    /// What the parser did that a writer may not have meant.
    pub notes: Vec<Note>,
    /// What the parser cannot accept, in the order in which it is met. It goes on behind them as
    /// well as it can, so that one mistake does not hide the others.
    pub failures: Vec<Failure>,
}

/// A section header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Section {
    /// Its name as the parser takes it.
    pub name: String,
    /// The header with its brackets.
    pub span: Range<usize>,
}

/// A key and its value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The section in which it stands.
    pub section: String,
    /// The key as the parser keeps it: pip's lower-cased, uv's as written.
    pub key: String,
    /// Where the key stands, as written.
    pub key_span: Range<usize>,
    /// What is kept of each line, white space stripped; an empty span for an empty line.
    pub lines: Vec<Range<usize>>,
    /// The key has a delimiter. Without one, uv up to 0.13.0 knows the key, but no text.
    pub has_value: bool,
}

impl Entry {
    /// The value: its lines, joined.
    #[must_use]
    pub fn value(&self, text: &str) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|span| &text[span.clone()]).collect();
        lines.join("\n")
    }
}

/// Something that a parser did with a part of the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// With which part.
    pub span: Range<usize>,
}

/// What a parser can do with a part of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NoteKind {
    /// White space at the start of a line of a value was stripped.
    Stripped,
    /// A line was dropped as a comment.
    Comment,
    /// The rest of a line was cut off as a comment.
    Cut,
    /// An empty line was dropped.
    BlankDropped,
    /// An indented line, a part of the text by its look, was taken for a section header.
    SectionInText,
    /// An indented line was taken for a key.
    IndentedKey,
    /// A value was replaced by a later one of the same key.
    Replaced,
}

/// Something that a parser cannot accept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// What.
    pub kind: FailureKind,
    /// Where.
    pub span: Range<usize>,
}

/// What a parser cannot accept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FailureKind {
    /// A line before the first section header.
    NoSection,
    /// A line that is neither a section header nor a key with a delimiter.
    NotAnOption,
    /// A delimiter without a key before it.
    EmptyKey,
    /// A key that the section has already; the span is that of the first one.
    DuplicateKey(Range<usize>),
    /// A section that was there before; the span is that of the first one.
    DuplicateSection(Range<usize>),
    /// `[` without `]`.
    UnclosedSection,
    /// An indented line before the first key.
    NothingToContinue,
}
