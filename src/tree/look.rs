//! Looking at what stands in a tree, without opening what could block or never end.

use std::os::fd::{AsFd as _, OwnedFd};

use rustix::fs::{FileType, OFlags, Stat};
use rustix::io::Errno;

use super::{Tree, names, resolve, retry};
use crate::diagnostic::{Diagnostic, Result};
use crate::input;
use crate::marker::reader::Found;

/// A directory that Pythons are looked for in has fewer entries; /nix/store has the most.
const MAX_ENTRIES: usize = 200_000;

/// What everybody needs to pass through a directory.
const SEARCH_BY_OTHERS: u32 = 0o001;

/// Which directory this is, whatever its name.
pub type Identity = (u64, u64);

impl Tree {
    /// What stands at `path`, as an installer would find it there.
    ///
    /// # Errors
    ///
    /// Fails for a file that is too large or that cannot be read although it is there.
    pub fn look(&self, path: &str) -> Result<Found> {
        let here = match self.open_path(path) {
            Ok(here) => here,
            Err(Errno::ACCESS) => return Ok(Found::Closed),
            Err(Errno::LOOP) => return Ok(Found::Dangling),
            Err(Errno::NOENT | Errno::NOTDIR) => {
                return Ok(match self.link(path)? {
                    Some(_) => Found::Dangling,
                    None => Found::Missing,
                });
            }
            Err(error) => return Err(self.failed_look(path, error)),
        };
        let stat = stat(&here).map_err(|error| self.failed_look(path, error))?;
        match FileType::from_raw_mode(stat.st_mode) {
            _ if self.is_closed(path)? => Ok(Found::Closed),
            FileType::RegularFile => Ok(Found::File {
                bytes: self.contents(path)?,
                mode: stat.st_mode & 0o7777,
            }),
            FileType::Directory => Ok(Found::Directory),
            _ => Ok(Found::Special),
        }
    }

    /// What a file of the tree holds, and its permissions; nothing if it is not there.
    ///
    /// # Errors
    ///
    /// Fails for anything that is not a regular file, that is too large, or that cannot be read.
    pub fn read(&self, path: &str) -> Result<Option<(Vec<u8>, u32)>> {
        let stat = match self.open_path(path).and_then(|here| stat(&here)) {
            Ok(stat) => stat,
            Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
            Err(error) => return Err(self.error("the file cannot be read", path, error)),
        };
        // Opening a device can already do something.
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(Diagnostic::io("this is not a regular file").in_file(self.shown(path)));
        }
        Ok(Some((self.contents(path)?, stat.st_mode & 0o7777)))
    }

    /// What a configuration file holds; nothing for whatever is not a readable small file.
    #[must_use]
    pub fn configuration(&self, path: &str) -> Option<Vec<u8>> {
        match self.look(path) {
            Ok(Found::File { bytes, .. }) => Some(bytes),
            _ => None,
        }
    }

    /// Whether there is a directory at `path`, and which one it is.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be told.
    pub fn directory(&self, path: &str) -> Result<Option<Identity>> {
        Ok(self.accessible(path)?.and_then(|stat| {
            let is_directory = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
            is_directory.then_some((stat.st_dev, stat.st_ino))
        }))
    }

    /// Whether there is anything at `path` that we can get at.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be told.
    pub fn exists(&self, path: &str) -> Result<bool> {
        Ok(self.accessible(path)?.is_some())
    }

    /// Whether there is nothing at `path`, not even something that we cannot get at.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be told.
    pub fn is_gone(&self, path: &str) -> Result<bool> {
        let status = self.status(path);
        Ok(status
            .map_err(|error| self.failed_look(path, error))?
            .is_none())
    }

    /// The names in a directory, sorted; none if it is not there. Names that are not UTF-8 are
    /// left out: nothing that we look for has one.
    ///
    /// # Errors
    ///
    /// Fails for a directory that cannot be read or has too many entries.
    pub fn list(&self, path: &str) -> Result<Vec<String>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let failed = |error| self.error("the directory cannot be read", path, error);
        let directory = match resolve::open(self.root.as_fd(), path, flags) {
            Ok(directory) => directory,
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::ACCESS) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(failed(error)),
        };
        let found = retry(|| names(&directory, MAX_ENTRIES)).map_err(failed)?;
        if found.len() > MAX_ENTRIES {
            return Err(Diagnostic::io(format!(
                "the directory has more than {MAX_ENTRIES} entries"
            ))
            .in_file(self.shown(path)));
        }
        let mut names: Vec<String> = found
            .into_iter()
            .filter_map(|name| name.into_string().ok())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The target of the link at `path`.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be told whether there is one.
    pub fn link(&self, path: &str) -> Result<Option<String>> {
        let Some((directory, name)) = path.rsplit_once('/') else {
            return Ok(None);
        };
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let target = resolve::open(self.root.as_fd(), directory, flags)
            .and_then(|directory| retry(|| rustix::fs::readlinkat(&directory, name, Vec::new())));
        match target {
            Ok(target) => Ok(target.into_string().ok()),
            // The last is for what is no link.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::INVAL) => Ok(None),
            Err(error) => Err(self.failed_look(path, error)),
        }
    }

    /// The path without links on the way, as far as the tree has it.
    ///
    /// # Errors
    ///
    /// Fails if a directory on the way cannot be looked at.
    pub fn real(&self, path: &str) -> Result<String> {
        const MAX_LINKS: usize = 40;
        let mut links = 0;
        let mut done: Vec<String> = Vec::new();
        let mut pending: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        while let Some(part) = pending.pop() {
            match part.as_str() {
                "" | "." => {}
                ".." => {
                    done.pop();
                }
                name => match self.link(&format!("/{}{name}", slashed(&done)))? {
                    Some(target) if links < MAX_LINKS => {
                        links += 1;
                        if target.starts_with('/') {
                            done.clear();
                        }
                        pending.extend(target.split('/').rev().map(str::to_owned));
                    }
                    _ => done.push(part),
                },
            }
        }
        Ok(format!("/{}", done.join("/")))
    }

    fn failed_look(&self, path: &str, error: Errno) -> Box<Diagnostic> {
        self.error("this cannot be looked at", path, error)
    }

    /// What is known of `path`; nothing if it is not there.
    fn status(&self, path: &str) -> std::result::Result<Option<Stat>, Errno> {
        match self.open_path(path).and_then(|here| stat(&here)) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The same; nothing, too, if it is not for us.
    fn accessible(&self, path: &str) -> Result<Option<Stat>> {
        match self.status(path) {
            Err(Errno::ACCESS) => Ok(None),
            other => other.map_err(|error| self.failed_look(path, error)),
        }
    }

    /// Opens whatever is at `path` without reading from it, so that nothing blocks.
    fn open_path(&self, path: &str) -> std::result::Result<OwnedFd, Errno> {
        resolve::open(self.root.as_fd(), path, OFlags::PATH | OFlags::CLOEXEC)
    }

    /// Whether a directory on the way to `path` lets only some users pass.
    fn is_closed(&self, path: &str) -> Result<bool> {
        let ends = path.match_indices('/').map(|(end, _)| end);
        for end in ends.filter(|end| *end > 0) {
            let directory = self.accessible(&path[..end])?;
            if directory.is_some_and(|stat| stat.st_mode & SEARCH_BY_OTHERS == 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn contents(&self, path: &str) -> Result<Vec<u8>> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = resolve::open(self.root.as_fd(), path, flags)
            .map_err(|error| self.error("the file cannot be read", path, error))?;
        // It may have been replaced since we looked: by a FIFO, which was why not to block.
        input::contents(file.into(), &self.shown(path))
    }
}

fn stat(file: &OwnedFd) -> std::result::Result<Stat, Errno> {
    retry(|| rustix::fs::fstat(file))
}

/// The names with a slash behind each.
fn slashed(names: &[String]) -> String {
    names.iter().flat_map(|name| [name.as_str(), "/"]).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::path::Path;

    use rustix::fs::Mode;

    use super::*;

    #[test]
    fn tells_what_is_there() {
        let outer = tempfile::tempdir().expect("tempdir");
        let root = outer.path().join("root");
        fs_err::create_dir_all(root.join("d/closed")).expect("mkdir");
        fs_err::write(outer.path().join("canary"), "secret").expect("write");
        fs_err::write(root.join("d/file"), "text").expect("write");
        fs_err::write(root.join("d/closed/file"), "text").expect("write");
        for (target, link) in [
            ("/d/file", "absolute"),
            ("nowhere", "dangling"),
            ("loop", "loop"),
            ("../canary", "out"),
            ("d/closed/file", "through"),
        ] {
            symlink(target, root.join(link)).expect("symlink");
        }
        rustix::fs::mknodat(
            rustix::fs::CWD,
            root.join("fifo"),
            FileType::Fifo,
            Mode::from(0o644),
            0,
        )
        .expect("mkfifo");
        let big = fs_err::File::create(root.join("big")).expect("create");
        big.set_len(input::MAX_BYTES as u64 + 1).expect("length");
        let closed = fs_err::metadata(root.join("d/closed"))
            .expect("there")
            .permissions();
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        fs_err::set_permissions(root.join("d/closed"), mode(0o700)).expect("chmod");
        let tree = Tree::open(Path::new(&root)).expect("tree");
        let look = |path: &str| tree.look(path).expect("looks");
        let file = Found::File {
            bytes: b"text".to_vec(),
            mode: 0o644,
        };
        assert_eq!(look("/d/file"), file);
        assert_eq!(look("/absolute"), file);
        assert_eq!(look("/d"), Found::Directory);
        assert_eq!(look("/fifo"), Found::Special);
        for path in ["/dangling", "/loop", "/out"] {
            assert_eq!(look(path), Found::Dangling, "{path}");
        }
        assert_eq!(look("/d/closed/file"), Found::Closed);
        for path in ["/missing", "/d/file/x", "/loop/x"] {
            assert!(
                matches!(look(path), Found::Missing | Found::Dangling),
                "{path}"
            );
        }
        assert_eq!(
            tree.look("/big").expect_err("big").message,
            "the file is larger than 4 MiB"
        );
        assert_eq!(tree.list("/d").expect("lists"), ["closed", "file"]);
        assert_eq!(tree.list("/d/file").expect("lists"), Vec::<String>::new());
        assert_eq!(
            tree.link("/out").expect("links").as_deref(),
            Some("../canary")
        );
        let directory = |path| tree.directory(path).expect("looks");
        assert_eq!(directory("/d"), directory("/d/closed/.."));
        fs_err::set_permissions(root.join("d/closed"), closed).expect("chmod");
    }
}
