//! `render`: one document, to standard output or to a committed file.

use std::mem::ManuallyDrop;
use std::path::Path;

use crate::adopted;
use crate::cli::Render;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};
use crate::input::read_if_there;
use crate::places::Places;
use crate::rendering::{Document, Languages, Renderer};
use crate::tree::{File, Tree};

pub(super) fn run(options: &Render) -> Result<u8> {
    let data = Data::new(options.data.data_dir.clone())?;
    let contents = render(options, &data)?;
    let Some(path) = &options.output else {
        super::print(&contents)?;
        return Ok(0);
    };
    if options.check {
        let found = read_if_there(path)?;
        let difference =
            super::difference::difference(&path.display().to_string(), found.as_deref(), &contents);
        super::print(difference.as_bytes())?;
        return Ok(u8::from(!difference.is_empty()));
    }
    write(path, contents)?;
    Ok(0)
}

fn render(options: &Render, data: &Data) -> Result<Vec<u8>> {
    let document = options.document.into();
    // The process ends soon; taking the compiled templates apart would cost more than a file.
    let renderer = ManuallyDrop::new(Renderer::new(&options.profile, &[document], data)?);
    let places = Places::new(options.stdlib.as_deref(), options.readme.as_deref(), None)?;
    let facts = renderer.facts(&options.python, &places)?;
    if document == Document::Marker
        && let Some(adopted) = adopted::read(&facts, data)?
    {
        super::check_adopted(&adopted, options.languages.as_ref())?;
        return Ok(adopted.bytes);
    }
    let blocks = renderer.blocks(document, &facts, &options.python)?;
    if document == Document::Marker {
        let languages = options
            .languages
            .clone()
            .unwrap_or_else(|| renderer.default_languages());
        return renderer.marker(blocks, &renderer.catalogues(&languages)?, &facts);
    }
    let language = match &options.languages {
        None | Some(Languages::None) => Languages::None,
        Some(Languages::List(list)) if list.len() == 1 => Languages::List(list.clone()),
        Some(_) => {
            return Err(
                Diagnostic::usage("this document is rendered in one language at a time")
                    .help("give one language, for example --languages de"),
            );
        }
    };
    let catalogues = renderer.catalogues(&language)?;
    Ok(Renderer::text(&blocks, catalogues.first()))
}

/// Replaces the file as a whole. What is no regular file, such as a pipe or /dev/stdout, is
/// written into instead: a rename would replace it.
fn write(path: &Path, contents: Vec<u8>) -> Result<()> {
    let special =
        fs_err::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if special {
        return fs_err::write(path, contents).map_err(|error| Diagnostic::io(error.to_string()));
    }
    let path = fs_err::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (Some(name), parent) = (
        path.file_name().and_then(|name| name.to_str()),
        path.parent(),
    ) else {
        return Err(Diagnostic::usage(format!(
            "--output: `{}` does not name a file",
            path.display()
        )));
    };
    let parent = parent
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if !parent.is_dir() {
        return Err(
            Diagnostic::io("the directory of the output file does not exist")
                .in_file(parent.display().to_string()),
        );
    }
    let file = File::new(format!("/{name}"), contents);
    Tree::open(parent)?.install(&[file], None)
}
