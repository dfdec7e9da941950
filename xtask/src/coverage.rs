//! The table in README.md of who is covered, from which release and date.

use std::fmt::Write as _;
use std::fs;

use externally_managed::data::Data;
use externally_managed::profile::Profile;

use crate::repository::{Generated, root};

const START: &str = "<!-- generated: profiles -->\n";
const END: &str = "<!-- end of profiles -->\n";

/// README.md with the table as the profiles have it.
///
/// # Errors
///
/// Fails for a profile whose first line does not say its release and date, and if README.md has no
/// place for the table.
pub fn generate() -> Result<Generated, String> {
    let path = "README.md";
    let readme = fs::read_to_string(root().join(path))
        .map_err(|error| format!("{path} cannot be read: {error}"))?;
    let parts = readme
        .split_once(START)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or("README.md has no place for the table of profiles")?;
    Ok(Generated {
        path: path.to_owned(),
        text: format!("{before}{START}\n{}\n{END}{after}", table()?),
    })
}

fn table() -> Result<String, String> {
    let data = Data::default();
    let mut marked = "| profile | looked at | on | its marker lies in | where its help is | left out |\n|---|---|---|---|---|---|\n".to_owned();
    let mut unmarked =
        "| profile | Pythons | on | why they must not be marked |\n|---|---|---|---|\n".to_owned();
    for name in data.profile_names() {
        let profile = Profile::load(&name, &data).map_err(|error| error.message.clone())?;
        let (release, day) = looked_at(&name)?;
        let link = format!("[{name}](distro-profiles/{name}.yaml)");
        if let Some(reason) = profile.do_not_mark() {
            let _ = writeln!(
                unmarked,
                "| {link} | {release} | {day} | {} |",
                reason.because
            );
            continue;
        }
        let place = |key: &'static str| profile.text(key).map(shorten);
        let stdlib = place("stdlib").unwrap_or_default();
        let readme = match (place("readme"), profile.text("help_url")) {
            (_, Some(url)) => format!("<{url}>"),
            (Some(path), _) if path == "`none`" => "nowhere, unless `--readme` says so".to_owned(),
            (Some(path), _) if path.starts_with(stdlib.trim_end_matches('`')) => {
                "beside the marker".to_owned()
            }
            (Some(path), _) => path,
            (None, _) => "beside the marker".to_owned(),
        };
        let left_out = left_out(&profile);
        let _ = writeln!(
            marked,
            "| {link} | {release} | {day} | {stdlib} | {readme} | {left_out} |"
        );
    }
    Ok(format!("{marked}\n{unmarked}"))
}

/// What the texts do without, since it is not so there or could not be verified.
fn left_out(profile: &Profile) -> String {
    let facts: [(&str, &[&str]); 3] = [
        (
            "packages",
            &["package_manager.install", "package_manager.shell"],
        ),
        ("pipx", &["applications.command"]),
        (
            "opt-out",
            &[
                "opt_out.disable",
                "opt_out.exclude.line",
                "opt_out.marker_package.remove",
                "immutable",
            ],
        ),
    ];
    let missing: Vec<&str> = facts
        .into_iter()
        .filter(|(_, keys)| !keys.iter().any(|key| profile.has(key)))
        .map(|(name, _)| name)
        .collect();
    missing.join(", ")
}

/// A path with `3.X` for the version.
fn shorten(path: &str) -> String {
    let path = path
        .replace("{{ python.directory }}", "python3.X")
        .replace("{{ python.name }}", "python3.X")
        .replace("{{ python.version }}", "3.X")
        .replace("{{ python.version_nodot }}", "3X")
        .replace("{{ python.stdlib }}", "STDLIB");
    if path.starts_with("STDLIB") {
        return "beside the marker".to_owned();
    }
    format!("`{path}`")
}

/// The first line of a profile: `# Debian 13 (trixie), looked at on 2026-11-20.`
fn looked_at(name: &str) -> Result<(String, String), String> {
    let path = format!("distro-profiles/{name}.yaml");
    let text = fs::read_to_string(root().join(&path))
        .map_err(|error| format!("{path} cannot be read: {error}"))?;
    text.lines()
        .next()
        .and_then(|line| line.strip_prefix("# "))
        .and_then(|line| line.split_once(", looked at on "))
        .and_then(|(release, rest)| Some((release.to_owned(), rest.get(..10)?.to_owned())))
        .ok_or_else(|| format!("{path}: the first line is not `# RELEASE, looked at on DATE.`"))
}
