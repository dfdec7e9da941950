//! `doc/gallery.md`: what users of each redistributor read, in English and in one other language.

use std::fmt::Write as _;

use externally_managed::data::Data;
use externally_managed::document::{self, Style};
use externally_managed::interpreter::Interpreter;
use externally_managed::places::Places;
use externally_managed::profile::Profile;
use externally_managed::rendering::{Document, Languages, Renderer};

use crate::repository::Generated;

const INTRODUCTION: &str = "# Gallery

What pip and uv show to the users of each redistributor's default Python, in English and in one other
language; the languages take turns. pip and uv print lines of their own before and after it.
`externally-managed render marker --profile NAME --python VERSION` gives the whole marker.
";

/// The page.
///
/// # Errors
///
/// Fails for a profile that cannot be rendered.
pub fn generate() -> Result<Generated, String> {
    let data = Data::default();
    let languages = data.languages();
    // A step that has no divisor in common with their number visits each of them.
    let mut languages = languages.iter().cycle().step_by(STEP);
    let mut text = INTRODUCTION.to_owned();
    for name in data.profile_names() {
        let profile = Profile::load(&name, &data).map_err(|error| error.message.clone())?;
        let title = profile.text("name").unwrap_or(&name);
        let _ = write!(text, "\n## {title} (`{name}`)\n");
        if let Some(reason) = profile.do_not_mark() {
            let _ = write!(text, "\nNot to be marked: {}.\n", reason.because);
            continue;
        }
        let other = languages.next().map(String::as_str);
        for language in std::iter::once("en").chain(other) {
            let shown = shown(&name, language, &data)?;
            let _ = write!(text, "\n`{language}`:\n\n```text\n{shown}```\n");
        }
    }
    Ok(Generated {
        path: "doc/gallery.md".to_owned(),
        text,
    })
}

const STEP: usize = 5;

/// The text of the marker in one language, as an installer shows it.
fn shown(profile: &str, language: &str, data: &Data) -> Result<String, String> {
    let failed = |error: Box<externally_managed::diagnostic::Diagnostic>| {
        format!("{profile}: {}", error.message)
    };
    let renderer = Renderer::new(profile, &[Document::Marker], data).map_err(failed)?;
    let version = renderer.profile.text("python.default").unwrap_or("3.14");
    let interpreter = Interpreter::parse(version)?;
    let facts = renderer
        .facts(&interpreter, &Places::default())
        .map_err(failed)?;
    let blocks = renderer
        .blocks(Document::Marker, &facts, &interpreter)
        .map_err(failed)?;
    let catalogues = renderer
        .catalogues(&Languages::List(vec![language.to_owned()]))
        .map_err(failed)?;
    Ok(document::text(&blocks, catalogues.first(), Style::Marker))
}
