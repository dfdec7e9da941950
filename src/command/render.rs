//! `render`: one document, to standard output or to a committed file.

use std::mem::ManuallyDrop;

use super::output_file::OutputFile;
use crate::adopted;
use crate::cli::Render;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Result};
use crate::input::read_if_there;
use crate::places::Places;
use crate::rendering::{Document, Languages, Renderer};

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
    OutputFile::find(path)?.write(contents)?;
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
        return renderer.marker(&blocks, &renderer.catalogues(&languages)?, &facts);
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
