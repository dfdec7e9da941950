//! Looking at what stands in a tree, without opening what could block or never end.

use std::fs::File as StdFile;
use std::io::Read as _;
use std::os::fd::{AsFd as _, OwnedFd};

use rustix::fs::{Dir, FileType, OFlags, Stat};
use rustix::io::Errno;

use super::{Tree, resolve, retry};
use crate::diagnostic::{Diagnostic, Result};
use crate::marker::reader::Found;

/// Markers and configuration files are far smaller.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

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
                return Ok(if self.is_link(path) {
                    Found::Dangling
                } else {
                    Found::Missing
                });
            }
            Err(error) => return Err(self.error("this cannot be looked at", path, error)),
        };
        let stat =
            stat(&here).map_err(|error| self.error("this cannot be looked at", path, error))?;
        match FileType::from_raw_mode(stat.st_mode) {
            _ if self.is_closed(path) => Ok(Found::Closed),
            FileType::RegularFile => Ok(Found::File {
                bytes: self.contents(path)?,
                mode: stat.st_mode & 0o7777,
            }),
            FileType::Directory => Ok(Found::Directory),
            _ => Ok(Found::Special),
        }
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
    #[must_use]
    pub fn directory(&self, path: &str) -> Option<Identity> {
        let stat = stat(&self.open_path(path).ok()?).ok()?;
        let is_directory = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
        is_directory.then_some((stat.st_dev, stat.st_ino))
    }

    /// Whether there is anything at `path`.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        self.open_path(path).is_ok()
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
        let mut names = Vec::new();
        for entry in Dir::read_from(directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            match entry.file_name().to_str() {
                Ok("." | "..") | Err(_) => {}
                Ok(name) => names.push(name.to_owned()),
            }
            if names.len() > MAX_ENTRIES {
                return Err(Diagnostic::io(format!(
                    "the directory has more than {MAX_ENTRIES} entries"
                ))
                .in_file(self.shown(path)));
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The target of the link at `path`.
    #[must_use]
    pub fn link(&self, path: &str) -> Option<String> {
        let (directory, name) = path.rsplit_once('/')?;
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let directory = resolve::open(self.root.as_fd(), directory, flags).ok()?;
        let target = rustix::fs::readlinkat(directory, name, Vec::new()).ok()?;
        target.into_string().ok()
    }

    /// The path without links on the way, as far as the tree has it.
    #[must_use]
    pub fn real(&self, path: &str) -> String {
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
                name => match self.link(&format!("/{}{name}", slashed(&done))) {
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
        format!("/{}", done.join("/"))
    }

    fn is_link(&self, path: &str) -> bool {
        self.link(path).is_some()
    }

    /// Opens whatever is at `path` without reading from it, so that nothing blocks.
    fn open_path(&self, path: &str) -> std::result::Result<OwnedFd, Errno> {
        resolve::open(self.root.as_fd(), path, OFlags::PATH | OFlags::CLOEXEC)
    }

    /// Whether a directory on the way to `path` lets only some users pass.
    fn is_closed(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(end, _)| end);
        ends.filter(|end| *end > 0).any(|end| {
            let directory = self
                .open_path(&path[..end])
                .and_then(|directory| stat(&directory));
            directory.is_ok_and(|stat| stat.st_mode & SEARCH_BY_OTHERS == 0)
        })
    }

    fn contents(&self, path: &str) -> Result<Vec<u8>> {
        let failed = |error| self.error("the file cannot be read", path, error);
        // Not blocking: it may have been replaced since we looked.
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = resolve::open(self.root.as_fd(), path, flags).map_err(failed)?;
        let mut bytes = Vec::new();
        StdFile::from(file)
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| {
                Diagnostic::io(format!("the file cannot be read: {error}"))
                    .in_file(self.shown(path))
            })?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Diagnostic::io("the file is larger than 4 MiB").in_file(self.shown(path)));
        }
        Ok(bytes)
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
        big.set_len(MAX_BYTES + 1).expect("length");
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
        assert_eq!(tree.link("/out").as_deref(), Some("../canary"));
        assert_eq!(tree.directory("/d"), tree.directory("/d/closed/.."));
        fs_err::set_permissions(root.join("d/closed"), closed).expect("chmod");
    }
}
