//! What lies outside of the tree, and whether anybody has been there.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Timespec, Timestamps};

use crate::support::Place;

/// Stands in each file outside, as the text of the markers there.
const CANARY: &str = "canary-outside-of-the-tree";

/// The times of everything outside. Even where the kernel writes down few reads, it does the first
/// one after a change.
const READ: i64 = 1;
const CHANGED: i64 = 2;

pub(super) struct Outside(PathBuf);

impl Outside {
    /// A directory beside the tree in which every way out finds what it looks for.
    pub(super) fn new(place: &Place) -> Outside {
        for below in [
            "",
            "python3.13/",
            "lib/python3.13/",
            "usr/lib/python3.13/",
            "usr/lib/python/",
        ] {
            for name in [
                "EXTERNALLY-MANAGED",
                "README.venv",
                "os.py",
                "pyvenv.cfg",
                "mine.yaml",
            ] {
                let text = format!("[externally-managed]\nError={CANARY}\n");
                place.write(&format!("outside/{below}{name}"), text);
            }
        }
        place.write(
            "outside/hard",
            format!("[externally-managed]\nError={CANARY}\n"),
        );
        Outside(place.path("outside"))
    }

    /// From here on, nobody must go there.
    pub(super) fn seal(&self) {
        let time = |tv_sec| Timespec { tv_sec, tv_nsec: 0 };
        let times = Timestamps {
            last_access: time(READ),
            last_modification: time(CHANGED),
        };
        for path in everything(&self.0) {
            rustix::fs::utimensat(CWD, &path, &times, AtFlags::SYMLINK_NOFOLLOW).unwrap();
        }
    }

    /// Nothing has been read, told, changed, added or removed.
    #[track_caller]
    pub(super) fn assert_untouched(&self, said: &str, what: &str) {
        // The tree may have a second name of this file, through which it may be read.
        let is_hard_link = |path: &Path| path.ends_with("hard");
        let state: Vec<(PathBuf, i64, i64)> = {
            let look = |path: PathBuf| {
                let metadata = fs_err::symlink_metadata(&path).unwrap();
                let read = if is_hard_link(&path) {
                    READ
                } else {
                    metadata.atime()
                };
                (path, read, metadata.mtime())
            };
            // Each directory is looked at before it is read.
            let mut state = vec![look(self.0.clone())];
            let mut next = 0;
            while next < state.len() {
                let path = state[next].0.clone();
                next += 1;
                if path.is_dir() {
                    let entries = fs_err::read_dir(&path).unwrap();
                    state.extend(entries.map(|entry| look(entry.unwrap().path())));
                }
            }
            state
        };
        for (path, read, changed) in state {
            assert_eq!(
                (read, changed),
                (READ, CHANGED),
                "{what}: {} was read or changed",
                path.display()
            );
        }
        let through_hard_link = what.contains("hard link");
        assert!(
            through_hard_link || !said.contains(CANARY),
            "{what}: it told what is outside:\n{said}"
        );
        for path in everything(&self.0)
            .into_iter()
            .filter(|path| path.is_file())
        {
            let text = fs_err::read_to_string(&path).unwrap();
            assert!(
                text.contains(CANARY),
                "{what}: {} is another",
                path.display()
            );
        }
    }
}

/// A directory and all below it.
fn everything(path: &Path) -> Vec<PathBuf> {
    let mut paths = vec![path.to_owned()];
    let mut next = 0;
    while next < paths.len() {
        if paths[next].is_dir() {
            let entries = fs_err::read_dir(&paths[next]).unwrap();
            let found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            paths.extend(found);
        }
        next += 1;
    }
    paths
}
