//! `--files-list`: what was installed, for the package's own list of files.

use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::cli::{FilesFormat, ListOptions};
use crate::diagnostic::{Diagnostic, Result};
use crate::tree::Tree;

/// The list, open for writing.
pub(super) struct FilesList {
    file: fs_err::File,
    before: String,
    format: FilesFormat,
}

impl FilesList {
    /// Opens the list that is asked for. To be called before the tree is touched, so that a mistake
    /// in its name changes nothing.
    pub(super) fn open(options: &ListOptions) -> Result<Option<FilesList>> {
        let path = options.files_list.as_deref();
        let open = |path| FilesList::at(path, options.files_append, options.files_format);
        path.map(open).transpose().map_err(|error| failed(&error))
    }

    fn at(path: &Path, append: bool, format: FilesFormat) -> std::io::Result<FilesList> {
        let mut how = fs_err::OpenOptions::new();
        how.write(true).create(true).read(append).truncate(!append);
        let mut file = how.open(path)?;
        let mut before = String::new();
        if append {
            file.read_to_string(&mut before)?;
        }
        Ok(FilesList {
            file,
            before,
            format,
        })
    }

    /// Writes the paths of what is in the tree now, each with its language. Of the lines before,
    /// those of an earlier build go: a file that is listed but not there stops rpmbuild.
    pub(super) fn write(mut self, tree: &Tree, files: &[(&str, Option<&str>)]) -> Result<()> {
        let mut list = String::new();
        for line in self.before.lines() {
            let path = line.find('/').map(|start| &line[start..]);
            let is_new = files.iter().any(|(new, _)| path == Some(new));
            if !is_new && path.is_none_or(|path| tree.exists(path)) {
                list.extend([line, "\n"]);
            }
        }
        for (path, language) in files {
            if let (FilesFormat::Rpm, Some(language)) = (self.format, language) {
                list.extend(["%lang(", language, ") "]);
            }
            list.extend([path, "\n"]);
        }
        self.replace(&list).map_err(|error| failed(&error))
    }

    fn replace(&mut self, list: &str) -> std::io::Result<()> {
        if !self.before.is_empty() {
            self.file.set_len(0)?;
            self.file.rewind()?;
        }
        self.file.write_all(list.as_bytes())
    }
}

fn failed(error: &std::io::Error) -> Box<Diagnostic> {
    Diagnostic::io(error.to_string())
}
