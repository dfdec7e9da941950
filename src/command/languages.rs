//! `languages`: how complete each catalogue is, whether somebody has reviewed it, and what it
//! adds to the documents of a profile.

use serde_json::{Value as Json, json};

use super::table;
use crate::cli::{Format, LanguageReport};
use crate::data::{Data, MESSAGES};
use crate::diagnostic::Result;
use crate::escape;
use crate::languages::{Documents, Language, languages};

/// The version of the JSON form.
const JSON_VERSION: u32 = 1;

pub(super) fn run(options: &LanguageReport) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let documents = match &options.profile {
        Some(profile) => Some(Documents::new(profile, options.python.clone(), &data)?),
        None => None,
    };
    let (rows, broken) = languages(&data, documents.as_ref())?;
    let report = match options.format {
        Format::Text => text(&rows, options.profile.is_some()),
        Format::Json => json(&rows),
    };
    super::print(report.as_bytes())?;
    super::without(broken)
}

fn text(rows: &[Language], with_sizes: bool) -> String {
    let readme = |size: Option<usize>| size.map_or("-".to_owned(), |size| size.to_string());
    let mut table = vec![
        [
            "LANGUAGE",
            "TRANSLATED",
            "REVIEWED",
            "MARKER",
            "README",
            "KEYS",
        ]
        .map(str::to_owned),
    ];
    for row in rows {
        let (in_marker, in_readme) = row
            .sizes
            .map_or((0, None), |sizes| (sizes.marker, sizes.readme));
        table.push([
            row.code.clone(),
            format!("{} of {}", row.translated, MESSAGES.len()),
            if row.reviewed { "yes" } else { "no" }.to_owned(),
            in_marker.to_string(),
            readme(in_readme),
            row.keys.join(", "),
        ]);
    }
    if with_sizes {
        let sizes = || rows.iter().filter_map(|row| row.sizes);
        let readmes: Option<usize> = sizes().map(|sizes| sizes.readme).sum();
        table.push([
            "all".to_owned(),
            String::new(),
            String::new(),
            sizes().map(|sizes| sizes.marker).sum::<usize>().to_string(),
            readme(readmes),
            String::new(),
        ]);
        return lines(&table);
    }
    let table: Vec<[String; 4]> = table
        .into_iter()
        .map(|[code, translated, reviewed, _, _, keys]| [code, translated, reviewed, keys])
        .collect();
    lines(&table)
}

fn lines<const N: usize>(rows: &[[String; N]]) -> String {
    let mut report = table::lines(rows).join("\n");
    report.push('\n');
    report
}

fn json(rows: &[Language]) -> String {
    let languages: Vec<Json> = rows
        .iter()
        .map(|row| {
            let mut entry = json!({
                "language": row.code,
                "translated": row.translated,
                "messages": MESSAGES.len(),
                "reviewed": row.reviewed,
                "keys": row.keys,
            });
            if let Some(sizes) = row.sizes {
                entry["marker_bytes"] = json!(sizes.marker);
                entry["readme_bytes"] = json!(sizes.readme);
            }
            entry
        })
        .collect();
    let report = json!({ "version": JSON_VERSION, "languages": languages });
    escape::json(&report)
}
