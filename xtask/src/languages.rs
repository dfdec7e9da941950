//! `doc/languages.md`: how complete each catalogue is, how it was made and who has reviewed it.

use std::fmt::Write as _;
use std::fs;

use externally_managed::data::{Data, MESSAGES, read_catalogue};
use externally_managed::languages::{Documents, languages};

use crate::repository::{Generated, root};

/// The profile that the sizes are told for.
const PROFILE: &str = "debian";

const INTRODUCTION: &str = "# Languages

A catalogue that no native speaker has read all of is not reviewed; `--languages reviewed` leaves it
out. The bytes are those of Debian's marker, with each key that selects the language, and of its
README; `externally-managed languages --profile NAME` counts them for another profile. What each
translation says was told in English by readers who had not seen the English text: `po/read-back/`.

";

/// The table.
///
/// # Errors
///
/// Fails for a language without a glossary, and for documents that cannot be rendered.
pub fn generate() -> Result<Generated, String> {
    let data = Data::default();
    let documents = Documents::new(PROFILE, None, &data).map_err(|error| error.message.clone())?;
    let (rows, _) = languages(&data, Some(&documents)).map_err(|error| error.message.clone())?;
    let mut text = INTRODUCTION.to_owned();
    text.push_str(
        "| code | language | keys | translated | made by | reviewed by | marker | README |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|\n");
    let mut total = 0;
    for row in rows {
        let (name, made_by, reviewed_by) = if row.code == "en" {
            (
                "English".to_owned(),
                "the source".to_owned(),
                "the source".to_owned(),
            )
        } else {
            let path = root().join(format!("po/{}.po", row.code));
            let (_, catalogue) =
                read_catalogue(&path, &row.code).map_err(|error| error.message.clone())?;
            let field = |name| catalogue.field(name).unwrap_or_default().to_owned();
            (
                name(&row.code)?,
                field("X-Made-By"),
                field("X-Native-Review"),
            )
        };
        let (marker, readme) = row
            .sizes
            .map_or((0, 0), |sizes| (sizes.marker, sizes.readme.unwrap_or(0)));
        total += marker;
        let _ = writeln!(
            text,
            "| {} | {name} | {} | {} of {} | {made_by} | {reviewed_by} | {marker} | {readme} |",
            row.code,
            row.keys.join(", "),
            row.translated,
            MESSAGES.len(),
        );
    }
    let _ = write!(
        text,
        "\nThe marker with every language has {total} bytes.\n"
    );
    Ok(Generated {
        path: "doc/languages.md".to_owned(),
        text,
    })
}

/// The English name of a language, from the title of its glossary: `# Glossary: German (de)`.
fn name(code: &str) -> Result<String, String> {
    let path = format!("po/glossary/{code}.md");
    let text = fs::read_to_string(root().join(&path))
        .map_err(|error| format!("{path} cannot be read: {error}"))?;
    let title = text.lines().next().unwrap_or_default();
    title
        .strip_prefix("# Glossary: ")
        .and_then(|rest| rest.strip_suffix(&format!(" ({code})")))
        .map(str::to_owned)
        .ok_or_else(|| format!("{path}: the first line is not `# Glossary: NAME ({code})`"))
}
