//! All that stands in a place, to compare.

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::support::Place;

/// The time that installed files get.
pub(crate) const EPOCH: i64 = 86_400;

/// How the names of temporary files end.
const TEMPORARY: &str = ".externally-managed-new";

#[derive(Debug, Eq, Hash, PartialEq)]
enum Entry {
    Directory {
        mode: u32,
    },
    Link {
        target: PathBuf,
        dated: bool,
    },
    File {
        contents: Vec<u8>,
        mode: u32,
        dated: bool,
    },
}

#[derive(Debug, Eq, Hash, PartialEq)]
pub(crate) struct Snapshot(BTreeMap<PathBuf, Entry>);

impl Snapshot {
    pub(crate) fn of(place: &Place) -> Snapshot {
        let mut entries = BTreeMap::new();
        look(&place.path(""), Path::new(""), &mut entries);
        Snapshot(entries)
    }

    /// An error that names what is not as it was expected.
    pub(crate) fn differs_from(&self, expected: &Snapshot) -> Result<(), String> {
        for (path, entry) in &self.0 {
            if expected.0.get(path) != Some(entry) {
                return Err(format!("{} is {}", path.display(), entry.describe()));
            }
        }
        match expected.0.keys().find(|path| !self.0.contains_key(*path)) {
            Some(path) => Err(format!("{} is missing", path.display())),
            None => Ok(()),
        }
    }

    /// Whether each file is the old one or the new one. Temporary files may be there of a run that
    /// was killed, and of an earlier one.
    pub(crate) fn each_old_or_new(
        &self,
        old: &Snapshot,
        new: &Snapshot,
        killed: bool,
    ) -> Result<(), String> {
        for (path, entry) in &self.0 {
            let is_temporary = path.to_string_lossy().ends_with(TEMPORARY);
            let allowed = [old, new].map(|known| known.0.get(path));
            let is_left = killed && is_temporary;
            if !is_left && !allowed.contains(&Some(entry)) {
                return Err(format!("{} is {}", path.display(), entry.describe()));
            }
        }
        for path in old.0.keys() {
            let stays = new.0.contains_key(path);
            if stays && !self.0.contains_key(path) {
                return Err(format!("{} is gone", path.display()));
            }
        }
        Ok(())
    }
}

impl Entry {
    fn describe(&self) -> String {
        match self {
            Entry::Directory { mode } => format!("a directory with mode {mode:04o}"),
            Entry::Link { target, dated } => {
                format!("a link to {}, dated: {dated}", target.display())
            }
            Entry::File {
                contents,
                mode,
                dated,
            } => format!(
                "a file of {} bytes with mode {mode:04o}, dated: {dated}",
                contents.len()
            ),
        }
    }
}

fn look(directory: &Path, below: &Path, entries: &mut BTreeMap<PathBuf, Entry>) {
    for entry in fs_err::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = below.join(path.file_name().unwrap());
        let metadata = fs_err::symlink_metadata(&path).unwrap();
        let mode = metadata.permissions().mode() & 0o7777;
        let dated = metadata.mtime() == EPOCH;
        let entry = if metadata.is_dir() {
            look(&path, &name, entries);
            Entry::Directory { mode }
        } else if metadata.is_symlink() {
            let target = fs_err::read_link(&path).unwrap();
            Entry::Link { target, dated }
        } else {
            Entry::File {
                contents: fs_err::read(&path).unwrap(),
                mode,
                dated,
            }
        };
        entries.insert(name, entry);
    }
}
