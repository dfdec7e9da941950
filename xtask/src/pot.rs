//! `po/externally-managed.pot`: every message of the templates, in the order in which a reader
//! meets them, so that a translator reads a text and not a heap of sentences.

mod entry;
mod notes;

use externally_managed::data::Data;
use externally_managed::template::scan;

use crate::repository::Generated;
use entry::Entry;
pub(crate) use entry::escape;

/// The templates of documents, the first that a user meets first. Others follow by name.
const DOCUMENTS: [&str; 3] = ["marker.tera", "readme.tera", "news.tera"];

/// No date and no version: the file changes with the messages only.
const HEADER: &str = r#"msgid ""
msgstr ""
"Project-Id-Version: externally-managed\n"
"Report-Msgid-Bugs-To: \n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\n"
"Language-Team: LANGUAGE <LL@li.org>\n"
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Made-By: \n"
"X-Native-Review: none\n"
"#;

/// Extracts the messages of the built-in templates.
///
/// # Errors
///
/// Fails for a template that does not scan, and for a placeholder that no note explains.
pub fn generate() -> Result<Generated, String> {
    let mut entries = Vec::new();
    let mut seen = Vec::new();
    for name in DOCUMENTS.into_iter().chain(Data::template_names()) {
        collect(name, &mut entries, &mut seen)?;
    }
    let mut text = HEADER.to_owned();
    for entry in &entries {
        text.push('\n');
        text.push_str(&entry.to_po()?);
    }
    Ok(Generated {
        path: "po/externally-managed.pot".to_owned(),
        text,
    })
}

/// Adds the messages of the template `name`, then those of its includes.
fn collect(name: &str, entries: &mut Vec<Entry>, seen: &mut Vec<String>) -> Result<(), String> {
    if seen.iter().any(|seen| seen == name) {
        return Ok(());
    }
    seen.push(name.to_owned());
    let source = Data::default()
        .template(name)
        .ok()
        .flatten()
        .ok_or_else(|| format!("there is no template `{name}`"))?;
    let scan = scan::scan(&source.text).map_err(|error| {
        let line = source.text[..error.span.start].matches('\n').count() + 1;
        format!("{}:{line}: {}", source.name, error.message)
    })?;
    for message in scan.messages {
        let known = entries
            .iter()
            .position(|entry| entry.msgid == message.msgid);
        let index = known.unwrap_or_else(|| {
            entries.push(Entry::new(message.msgid.clone()));
            entries.len() - 1
        });
        entries[index].add(&message, &source.name);
    }
    for include in scan.includes {
        collect(&include, entries, seen)?;
    }
    Ok(())
}
