//! One type for everything we tell about a mistake: what is wrong, where, and what to do.

use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::escape::{printable, printable_into, printable_line};
use crate::wrap;

/// The width of help texts, which stand behind a frame.
const HELP_WIDTH: usize = 66;

/// What is shown of a message or a name, in bytes.
const MAX_TEXT: usize = 2_000;

/// What is shown of a line on each side of a place, in bytes. The frame cuts it further.
const MAX_CONTEXT: usize = 1_000;

/// What kind of mistake this is; it decides the exit code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// `--check` found a difference.
    Differs,
    /// `lint` found something.
    Finding,
    /// The command line asks for something that does not exist or contradicts itself.
    Usage,
    /// What stands in a profile, template, catalogue or marker is invalid.
    Invalid,
    /// A path could not be read or written.
    Io,
}

impl Kind {
    /// The exit code of the program for this kind of mistake.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Differs | Kind::Finding => 1,
            Kind::Usage => 2,
            Kind::Invalid => 3,
            Kind::Io => 4,
        }
    }
}

/// How bad a finding is. Whatever stops the program is an error.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth knowing, nothing to mend.
    Info,
    /// Somebody reads something worse than was meant.
    Warning,
    /// An installer does not do what was meant.
    Error,
}

impl Severity {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    fn level(self) -> Level<'static> {
        match self {
            Severity::Info => Level::INFO,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        }
    }
}

/// A named text that places point into: a profile, a template, a catalogue.
#[derive(Debug, Eq, PartialEq)]
pub struct Source {
    /// How the reader finds it: a path, or the path below the repository for built-in data.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

impl Source {
    /// A source that several places can share.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Rc<Source> {
        Rc::new(Source {
            name: name.into(),
            text: text.into(),
        })
    }
}

/// Where a mistake stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// A file as a whole, when no line can be named.
    File(String),
    /// A byte range in a text that we hold.
    Span(Rc<Source>, Range<usize>),
}

/// An error: what was wrong, where, and what to do about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// Decides the exit code.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// The rule of `lint` that found it.
    pub rule: Option<&'static str>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where it stands, if it stands in a file.
    pub place: Option<Place>,
    /// Where else the same is wrong.
    pub note: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The result of everything that can meet a mistake. The box keeps the good way cheap.
pub type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// What the system says about an error, without `(os error 28)`.
#[must_use]
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

impl Diagnostic {
    /// A mistake of the given kind, without a place.
    pub fn new(kind: Kind, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic {
            kind,
            severity: Severity::Error,
            rule: None,
            message: message.into(),
            place: None,
            note: None,
            help: None,
        })
    }

    /// A mistake on the command line (exit code 2).
    pub fn usage(message: impl Into<String>) -> Box<Diagnostic> {
        Diagnostic::new(Kind::Usage, message)
    }

    /// A mistake in a profile, template or catalogue (exit code 3).
    pub fn invalid(message: impl Into<String>) -> Box<Diagnostic> {
        Diagnostic::new(Kind::Invalid, message)
    }

    /// A path that could not be read or written (exit code 4).
    pub fn io(message: impl Into<String>) -> Box<Diagnostic> {
        Diagnostic::new(Kind::Io, message)
    }

    /// Adds where the mistake stands.
    #[must_use]
    pub fn at(mut self: Box<Self>, source: &Rc<Source>, span: Range<usize>) -> Box<Self> {
        self.place = Some(Place::Span(Rc::clone(source), span));
        self
    }

    /// Adds the file in which the mistake stands.
    #[must_use]
    pub fn in_file(mut self: Box<Self>, name: impl Into<String>) -> Box<Self> {
        self.place = Some(Place::File(name.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    /// The report as it is printed, `styled` for a terminal. Ends with a line feed.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let title = printable_line(cut(&self.message));
        let mut title = self.severity.level().primary_title(title.as_str());
        if let Some(rule) = self.rule {
            title = title.id(rule);
        }
        let mut group = Group::with_title(title);
        let mut safe_text = String::new();
        match &self.place {
            Some(Place::File(name)) => {
                group = group.element(Origin::path(printable_line(name)));
            }
            Some(Place::Span(source, span)) => {
                let (window, line_start, column, span) = window(&source.text, span);
                let span = printable_into(window, &span, &mut safe_text);
                let mut snippet = Snippet::source(safe_text.as_str())
                    .line_start(line_start)
                    .annotation(AnnotationKind::Primary.span(span));
                let name = printable_line(&source.name);
                if let Some(column) = column {
                    let origin = Origin::path(name).line(line_start).char_column(column);
                    group = group.element(origin);
                } else {
                    snippet = snippet.path(name);
                }
                group = group.element(snippet);
            }
            None => {}
        }
        for (level, text) in [(Level::NOTE, &self.note), (Level::HELP, &self.help)] {
            if let Some(text) = text {
                let lines = wrap::wrap(&printable(text), &[], HELP_WIDTH);
                group = group.element(level.message(lines.join("\n")));
            }
        }
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut report = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        report.push('\n');
        report
    }
}

/// The line that holds the start of `span`, its number, and `span` within it, cut at its end. Of a
/// very long line only what is near, and then the column.
fn window<'t>(text: &'t str, span: &Range<usize>) -> (&'t str, usize, Option<usize>, Range<usize>) {
    let at = floor_boundary(text, span.start);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    // The end of a line that ends with CR and LF is not worth showing, unless it is the point.
    let end = if text[start..end].ends_with('\r') && at + 1 < end {
        end - 1
    } else {
        end
    };
    let line = text[..start].matches('\n').count() + 1;
    let end = end.min(floor_boundary(text, at + MAX_CONTEXT));
    let until = floor_boundary(text, span.end).clamp(at, end);
    let near = start.max(floor_boundary(text, at.saturating_sub(MAX_CONTEXT)));
    let column = (near > start).then(|| text[start..at].chars().count() + 1);
    (&text[near..end], line, column, at - near..until - near)
}

/// The beginning of a text that may be very long.
fn cut(text: &str) -> &str {
    &text[..floor_boundary(text, MAX_TEXT)]
}

fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_into_the_line() {
        let source = Source::new("a.yaml", "name: X\nnmae: Y\n");
        let report = Diagnostic::invalid("unknown key `nmae`")
            .at(&source, 8..12)
            .help("did you mean `name`?")
            .render(false);
        assert_eq!(
            report,
            indoc::indoc! {"
                error: unknown key `nmae`
                 --> a.yaml:2:1
                  |
                2 | nmae: Y
                  | ^^^^
                  |
                  = help: did you mean `name`?
            "}
        );
    }

    #[test]
    fn escapes_what_a_terminal_would_act_upon() {
        let source = Source::new("a\u{1b}[2J.yaml", "name: a\u{1b}[31mb\u{202e}\n");
        let report = Diagnostic::invalid("bad \u{7}")
            .at(&source, 7..8)
            .render(false);
        assert!(!report.contains('\u{1b}'));
        assert!(!report.contains('\u{7}'));
        assert!(!report.contains('\u{202e}'));
        assert!(report.contains("\\u{1b}"));
    }

    #[test]
    fn shows_only_a_part_of_a_very_long_line() {
        let text = format!(
            "a\n{}x{}\n",
            "\u{1b}".repeat(1 << 20),
            "\u{1b}".repeat(1 << 20)
        );
        let at = 2 + (1 << 20);
        let report = Diagnostic::invalid("m".repeat(1 << 20))
            .at(&Source::new("a.yaml", text), at..at + 1)
            .render(false);
        assert!(report.len() < 10_000, "{} bytes", report.len());
        assert!(report.contains("a.yaml:2:1048577"), "{report}");
        assert!(
            report.contains("\n  |") && report.contains("x\\u{1b}"),
            "{report}"
        );
    }

    #[test]
    fn survives_spans_outside_of_the_text() {
        let source = Source::new("a", "é");
        for span in [0..1, 1..2, 2..2, 5..9] {
            let _ = Diagnostic::invalid("m").at(&source, span).render(false);
        }
        let _ = Diagnostic::invalid("m")
            .at(&Source::new("a", ""), 0..1)
            .render(false);
    }
}
