//! `--files-list`: what was installed, for the package's own list of files.

use super::output_file::OutputFile;
use crate::cli::{FilesFormat, ListOptions};
use crate::diagnostic::{Diagnostic, Result};
use crate::input::read_if_there;
use crate::tree::Tree;

/// The list, whose place is known.
pub(super) struct FilesList {
    file: OutputFile,
    before: String,
    format: FilesFormat,
}

impl FilesList {
    /// Finds the list that is asked for. To be called before the tree is touched, so that a mistake
    /// in its name changes nothing.
    pub(super) fn find(options: &ListOptions) -> Result<Option<FilesList>> {
        let Some(path) = &options.files_list else {
            return Ok(None);
        };
        let file = OutputFile::find(path)?;
        let before = match file {
            OutputFile::Regular(..) if options.files_append => read_if_there(path)?,
            _ => None,
        };
        let before = String::from_utf8(before.unwrap_or_default()).map_err(|_| {
            Diagnostic::io("the list is not UTF-8").in_file(path.display().to_string())
        })?;
        Ok(Some(FilesList {
            file,
            before,
            format: options.files_format,
        }))
    }

    /// Writes the paths of what is in the tree now, each with its language. Of the lines before,
    /// those of an earlier build go: a file that is listed but not there stops rpmbuild.
    pub(super) fn write(self, tree: &Tree, files: &[(&str, Option<&str>)]) -> Result<()> {
        let mut list = String::new();
        for line in self.before.lines() {
            let path = line.find('/').map(|start| &line[start..]);
            let is_new = files.iter().any(|(new, _)| path == Some(new));
            let stays = match path {
                Some(path) => !is_new && !tree.is_gone(path)?,
                None => true,
            };
            if stays {
                list.extend([line, "\n"]);
            }
        }
        for (path, language) in files {
            if let (FilesFormat::Rpm, Some(language)) = (self.format, language) {
                list.extend(["%lang(", language, ") "]);
            }
            list.extend([path, "\n"]);
        }
        self.file.write(list.into_bytes())
    }
}
