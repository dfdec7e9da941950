//! The data that the program works with: built in, and laid over it by each `--data-dir`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::catalogue::{Catalogue, po};
use crate::diagnostic::{Diagnostic, Result, Source};
use crate::input::{self, read_source};
use crate::locale;

mod overlay;

use overlay::files;

#[allow(unreachable_pub)]
mod embedded {
    //! Written by build.rs from distro-profiles/, templates/ and po/.
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

pub use embedded::{LANGUAGES, MESSAGES};

/// Where profiles lie in the repository and in a data directory.
const PROFILES: &str = "distro-profiles";
/// Where templates lie.
const TEMPLATES: &str = "templates";
/// Where catalogues lie.
const CATALOGUES: &str = "po";

/// Built-in data and the directories laid over it.
#[derive(Debug, Default)]
pub struct Data {
    directories: Vec<PathBuf>,
}

impl Data {
    /// The built-in data with `directories` over it, the last one on top.
    ///
    /// # Errors
    ///
    /// Fails for a directory that is not there, that holds none of the folders that we read, or
    /// files in them that would be ignored.
    pub fn new(directories: Vec<PathBuf>) -> Result<Data> {
        directories
            .iter()
            .try_for_each(|directory| overlay::check(directory))?;
        Ok(Data { directories })
    }

    /// The number of the topmost layer; 0 is the built-in one.
    #[must_use]
    pub fn top(&self) -> usize {
        self.directories.len() + 1
    }

    /// A built-in profile as JSON.
    #[must_use]
    pub fn profile_json(name: &str) -> Option<&'static str> {
        lookup(embedded::JSON_PROFILES, &format!("{name}.yaml"))
    }

    /// The profile `name` in the highest layer below `top`, and the number of that layer.
    ///
    /// # Errors
    ///
    /// Fails if a file is there but cannot be read.
    pub fn profile(&self, name: &str, top: usize) -> Result<Option<(Rc<Source>, usize)>> {
        if !is_name(name) || top == 0 {
            return Ok(None);
        }
        let file = format!("{name}.yaml");
        for index in (1..top).rev() {
            let path = self.directories[index - 1].join(PROFILES).join(&file);
            if is_there(&path) {
                return Ok(Some((read_source(&path)?, index)));
            }
        }
        let text = lookup(embedded::PROFILES, &file);
        Ok(text.map(|text| (Source::new(format!("{PROFILES}/{file}"), text), 0)))
    }

    /// Where the profiles of a layer lie; nothing for the built-in ones.
    #[must_use]
    pub fn profiles_directory(&self, layer: usize) -> Option<PathBuf> {
        let directory = self.directories.get(layer.checked_sub(1)?)?;
        Some(directory.join(PROFILES))
    }

    /// The adopted marker `name` beside a profile in `directory`, or among the built-in ones, and
    /// how messages name it.
    ///
    /// # Errors
    ///
    /// Fails if it is not there or cannot be read.
    pub fn marker(&self, directory: Option<&Path>, name: &str) -> Result<(String, Vec<u8>)> {
        if let Some(directory) = directory {
            let path = directory.join(name);
            return Ok((path.display().to_string(), input::read(&path)?));
        }
        let path = format!("{PROFILES}/{name}");
        match embedded::MARKERS.iter().find(|(known, _)| *known == name) {
            Some((_, bytes)) => Ok((path, bytes.to_vec())),
            None => Err(Diagnostic::io("there is no such built-in file").in_file(path)),
        }
    }

    /// The names of all profiles, sorted.
    #[must_use]
    pub fn profile_names(&self) -> Vec<String> {
        let mut names: Vec<String> = embedded::PROFILES
            .iter()
            .map(|(file, _)| (*file).to_owned())
            .collect();
        for directory in &self.directories {
            names.extend(files(&directory.join(PROFILES)));
        }
        let mut names: Vec<String> = names
            .iter()
            .filter_map(|file| file.strip_suffix(".yaml"))
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The template `name`, for example `readme/why.tera`, from the highest layer that has it.
    ///
    /// # Errors
    ///
    /// Fails if a file is there but cannot be read.
    pub fn template(&self, name: &str) -> Result<Option<Rc<Source>>> {
        // Neither an absolute name nor `..`, which lead out of the data directory.
        let is_part = |part: &str| is_name(part.strip_suffix(".tera").unwrap_or(part));
        if !name.split('/').all(is_part) {
            return Ok(None);
        }
        for directory in self.directories.iter().rev() {
            let path = directory.join(TEMPLATES).join(name);
            if is_there(&path) {
                return Ok(Some(read_source(&path)?));
            }
        }
        let text = lookup(embedded::TEMPLATES, name);
        Ok(text.map(|text| Source::new(format!("{TEMPLATES}/{name}"), text)))
    }

    /// The built-in template of a document with all that it includes, made shorter for Tera;
    /// nothing if a data directory has templates, since these could be among them.
    #[must_use]
    pub fn short_template(&self, name: &str) -> Option<&'static str> {
        let mut directories = self.directories.iter();
        if directories.any(|directory| is_there(&directory.join(TEMPLATES))) {
            return None;
        }
        lookup(embedded::SHORT_TEMPLATES, name)
    }

    /// The names of all built-in templates.
    pub fn template_names() -> impl Iterator<Item = &'static str> {
        embedded::TEMPLATES.iter().map(|(name, _)| *name)
    }

    /// The languages that have a catalogue, sorted; English, the source language, is not one.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> = LANGUAGES
            .iter()
            .map(|language| language.code.to_owned())
            .collect();
        for directory in &self.directories {
            for file in files(&directory.join(CATALOGUES)) {
                languages.extend(
                    file.strip_suffix(".po")
                        .filter(|code| locale::is_language(code))
                        .map(str::to_owned),
                );
            }
        }
        languages.sort_unstable();
        languages.dedup();
        languages
    }

    /// The catalogue of `language`: the built-in one under those of the data directories.
    ///
    /// # Errors
    ///
    /// Fails, pointing at the line, for a catalogue of a data directory that is not valid.
    pub fn catalogue(&self, language: &str) -> Result<Catalogue> {
        let compiled = LANGUAGES
            .binary_search_by(|known| known.code.cmp(language))
            .ok()
            .map(|index| &LANGUAGES[index]);
        let mut catalogue = Catalogue::new(language, compiled);
        for directory in &self.directories {
            let path = directory.join(CATALOGUES).join(format!("{language}.po"));
            if is_there(&path) {
                catalogue.lay_over(read_catalogue(&path, language)?);
            }
        }
        Ok(catalogue)
    }
}

/// Reads the catalogue of `language`, which is to be used.
///
/// # Errors
///
/// Fails if the file cannot be read, and, pointing at the line, if it is not valid.
pub fn read_catalogue(path: &Path, language: &str) -> Result<(Rc<Source>, po::Po)> {
    let (source, mut catalogue) = look_at_catalogue(path, language)?;
    if catalogue.mistakes.is_empty() {
        Ok((source, catalogue))
    } else {
        Err(mistake_in(&source, catalogue.mistakes.swap_remove(0)))
    }
}

/// Reads the catalogue of `language` with the mistakes in its translations.
///
/// # Errors
///
/// Fails if the file cannot be read, and, pointing at the line, if it is not a catalogue of this
/// language.
pub fn look_at_catalogue(path: &Path, language: &str) -> Result<(Rc<Source>, po::Po)> {
    let name = path.display().to_string();
    let bytes = input::read(path)?;
    let source = Source::new(name, String::from_utf8_lossy(&bytes));
    let catalogue = po::read(&bytes).map_err(|error| mistake_in(&source, error))?;
    match catalogue.field("Language") {
        Some(said) if !said.is_empty() && said != language => {
            let start = source.text.find("\"Language:").unwrap_or_default();
            let line = source.text[start..].lines().next().unwrap_or_default();
            let message =
                format!("the header says the language `{said}`, the name of the file `{language}`");
            Err(Diagnostic::invalid(message).at(&source, start..start + line.len()))
        }
        _ => Ok((source, catalogue)),
    }
}

/// A mistake in a catalogue, at its place.
#[must_use]
pub fn mistake_in(source: &Rc<Source>, error: po::Error) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::invalid(error.message).at(source, error.span);
    match error.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Whether something stands at `path`. A link that leads nowhere does: reading it tells.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn lookup(table: &'static [(&str, &str)], name: &str) -> Option<&'static str> {
    let index = table
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    Some(table[index].1)
}

/// Whether `name` can be a file name of ours: it cannot lead anywhere else.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
