//! The only code that touches a tree. A tree is a chroot: symbolic links resolve inside of it,
//! and nothing outside of it is ever read or written.

mod install;
mod look;
mod resolve;

use std::ffi::{CStr, CString};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Dir, Mode, OFlags};
use rustix::io::Errno;

pub use look::Identity;

use crate::diagnostic::{Diagnostic, Result, reason};

/// A file or a symbolic link to install.
#[derive(Debug)]
pub struct File {
    /// Its absolute path in the tree.
    pub path: String,
    /// What it holds; for a link, where it leads.
    pub contents: Vec<u8>,
    /// Whether it is a link.
    pub is_link: bool,
}

impl File {
    /// A regular file.
    #[must_use]
    pub fn new(path: String, contents: Vec<u8>) -> File {
        File {
            path,
            contents,
            is_link: false,
        }
    }

    /// A symbolic link that leads to `target`.
    #[must_use]
    pub fn link(path: String, target: String) -> File {
        File {
            path,
            contents: target.into_bytes(),
            is_link: true,
        }
    }
}

/// A staged package, or the root of an image.
#[derive(Debug)]
pub struct Tree {
    root: OwnedFd,
    name: PathBuf,
}

impl Tree {
    /// Opens the tree at `path`.
    ///
    /// # Errors
    ///
    /// Fails if it is missing or no directory: a mistyped DESTDIR must not be created.
    pub fn open(path: &Path) -> Result<Tree> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = retry(|| rustix::fs::open(path, flags, Mode::empty())).map_err(|error| {
            let what = match error {
                Errno::NOENT => "the tree does not exist".to_owned(),
                Errno::NOTDIR => "the tree is not a directory".to_owned(),
                other => format!("the tree cannot be opened: {}", reason(&other.into())),
            };
            Diagnostic::io(what).in_file(path.display().to_string())
        })?;
        Ok(Tree {
            root,
            name: path.to_owned(),
        })
    }

    /// The path of a file as the caller sees it, for messages.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        match path.trim_start_matches('/') {
            "" => self.name.display().to_string(),
            path => self.name.join(path).display().to_string(),
        }
    }

    fn error(&self, what: &str, path: &str, error: Errno) -> Box<Diagnostic> {
        Diagnostic::io(format!("{what}: {}", reason(&error.into()))).in_file(self.shown(path))
    }
}

/// The names in a directory, one more than `most` at most. A signal ends the listing.
fn names(directory: &OwnedFd, most: usize) -> std::result::Result<Vec<CString>, Errno> {
    Dir::read_from(directory)?
        .map(|entry| Ok(entry?.file_name().to_owned()))
        .filter(|name| !matches!(name.as_deref().map(CStr::to_bytes), Ok(b"." | b"..")))
        .take(most.saturating_add(1))
        .collect()
}

/// Repeats a call that a signal interrupted.
fn retry<T>(
    mut call: impl FnMut() -> std::result::Result<T, Errno>,
) -> std::result::Result<T, Errno> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use rustix::fs::FileType;

    use super::*;

    fn tree() -> (tempfile::TempDir, Tree) {
        let directory = tempfile::tempdir().expect("tempdir");
        let tree = Tree::open(directory.path()).expect("tree");
        (directory, tree)
    }

    fn file(path: &str, contents: &str) -> File {
        File::new(path.to_owned(), contents.into())
    }

    #[test]
    fn installs_with_modes_and_time() {
        let (directory, tree) = tree();
        tree.install(
            &[file("/usr/lib/a", "x"), file("/usr/share/b", "y")],
            Some(86_400),
        )
        .expect("installs");
        let a = fs_err::metadata(directory.path().join("usr/lib/a")).expect("there");
        assert_eq!(
            (a.permissions().mode() & 0o7777, a.mtime()),
            (0o644, 86_400)
        );
        let usr = fs_err::metadata(directory.path().join("usr")).expect("there");
        assert_eq!(usr.permissions().mode() & 0o7777, 0o755);
        assert_eq!(
            tree.read("/usr/share/b").expect("reads"),
            Some((b"y".to_vec(), 0o644))
        );
        assert_eq!(tree.read("/usr/share/c").expect("reads"), None);
        assert_eq!(
            fs_err::read_dir(directory.path().join("usr/lib"))
                .expect("there")
                .count(),
            1
        );
    }

    #[test]
    fn changes_nothing_if_one_of_several_files_cannot_be_written() {
        let (directory, tree) = tree();
        fs_err::create_dir_all(directory.path().join("b/in-the-way")).expect("mkdir");
        fs_err::create_dir(directory.path().join("a")).expect("mkdir");
        fs_err::write(directory.path().join("a/old"), "old").expect("write");
        let error = tree
            .install(
                &[
                    file("/a/old", "new"),
                    file("/c/d/e", "x"),
                    file("/b/in-the-way", "y"),
                ],
                None,
            )
            .expect_err("fails");
        assert_eq!(error.message, "a directory is in the place of the file");
        assert_eq!(
            fs_err::read_to_string(directory.path().join("a/old")).expect("there"),
            "old"
        );
        assert!(
            !directory.path().join("c").exists(),
            "created directories are removed again"
        );
        assert_eq!(
            fs_err::read_dir(directory.path().join("a"))
                .expect("there")
                .count(),
            1
        );
    }

    #[test]
    fn replaces_links_and_hard_links_without_following_them() {
        let (directory, tree) = tree();
        let canary = directory.path().join("canary");
        fs_err::write(&canary, "alive").expect("write");
        symlink("canary", directory.path().join("link")).expect("symlink");
        fs_err::hard_link(&canary, directory.path().join("hard")).expect("link");
        tree.install(&[file("/link", "x"), file("/hard", "y")], None)
            .expect("installs");
        assert_eq!(fs_err::read_to_string(&canary).expect("there"), "alive");
        assert!(
            fs_err::symlink_metadata(directory.path().join("link"))
                .expect("there")
                .is_file()
        );
    }

    #[test]
    fn removes_what_a_killed_run_left() {
        let (directory, tree) = tree();
        fs_err::write(directory.path().join(".a.externally-managed-new"), "half").expect("write");
        tree.install(&[file("/a", "whole")], None)
            .expect("installs");
        assert_eq!(
            fs_err::read_dir(directory.path()).expect("there").count(),
            1
        );
    }

    #[test]
    fn names_a_link_that_leads_to_nothing() {
        let (directory, tree) = tree();
        symlink("/not/there", directory.path().join("usr")).expect("symlink");
        let error = tree
            .install(&[file("/usr/lib/a", "x")], None)
            .expect_err("fails");
        assert_eq!(
            error.message,
            "a symbolic link leads to nothing in the tree"
        );
    }

    #[test]
    fn does_not_hang_on_a_fifo() {
        let (directory, tree) = tree();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            directory.path().join("fifo"),
            FileType::Fifo,
            Mode::from(0o644),
            0,
        )
        .expect("mkfifo");
        assert_eq!(
            tree.read("/fifo").expect_err("no file").message,
            "this is not a regular file"
        );
    }
}
