//! `po/read-back/LL.po`: what each translation says, told in English by a reader who has not seen
//! the English text. Who compares both finds what a translation got wrong without knowing the
//! language.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use externally_managed::catalogue::po::{self, Po};
use externally_managed::data::{Data, MESSAGES};

use crate::pot;
use crate::repository::{Generated, root};

/// Where they lie.
pub const FOLDER: &str = "po/read-back";

/// The files, each with the translations as they are now: what was read back stays with its
/// translation, and one that has changed is empty again.
///
/// # Errors
///
/// Fails for a catalogue or a file that cannot be read.
pub fn generate() -> Result<Vec<Generated>, String> {
    let messages = read_text(&pot::generate()?.text, "the template")?.messages;
    Data::default()
        .languages()
        .iter()
        .map(|language| {
            let path = format!("{FOLDER}/{language}.po");
            let catalogue = read(&format!("po/{language}.po"))?.unwrap_or_default();
            let earlier = read(&path)?.unwrap_or_default();
            let mut text = header(language);
            let mut seen = Vec::with_capacity(MESSAGES.len());
            for message in &messages {
                let translation = catalogue
                    .messages
                    .iter()
                    .find(|known| known.msgid == message.msgid && !known.fuzzy)
                    .map_or("", |known| &known.msgstr);
                // Two messages can have the same translation.
                if translation.is_empty() || seen.contains(&translation) {
                    continue;
                }
                seen.push(translation);
                let english = earlier
                    .messages
                    .iter()
                    .find(|known| known.msgid == translation)
                    .map_or("", |known| &known.msgstr);
                let _ = write!(
                    text,
                    "\nmsgid \"{}\"\nmsgstr \"{}\"\n",
                    pot::escape(translation),
                    pot::escape(english)
                );
            }
            Ok(Generated { path, text })
        })
        .collect()
}

fn header(language: &str) -> String {
    format!(
        r#"# From {language} to English by a reader who has not seen the English text.
msgid ""
msgstr ""
"Project-Id-Version: externally-managed\n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Source-Language: {language}\n"
"#
    )
}

/// A PO file of the repository; nothing if it is not there.
fn read(path: &str) -> Result<Option<Po>, String> {
    match fs::read_to_string(root().join(Path::new(path))) {
        Ok(text) => read_text(&text, path).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{path} cannot be read: {error}")),
    }
}

fn read_text(text: &str, name: &str) -> Result<Po, String> {
    po::read(text.as_bytes()).map_err(|error| format!("{name}: {}", error.message))
}
