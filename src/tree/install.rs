//! Writing into a tree: every file whole or not at all.

use std::fs::File as StdFile;
use std::io::Write as _;
use std::os::fd::{AsFd as _, OwnedFd};
use std::time::Duration;

use rustix::fs::{AtFlags, FileType, FlockOperation, Mode, OFlags, Timespec, Timestamps};
use rustix::io::Errno;
use rustix::process::{Resource, getrlimit, setrlimit};

use super::{File, Tree, names, resolve, retry};
use crate::diagnostic::{Diagnostic, Result, reason};

/// How the names of temporary files end; they begin with a dot.
const SUFFIX: &str = ".externally-managed-new";

/// How often a lock that another program has is asked for, and how long it is waited in between:
/// a minute, which is long for another run of ours. Anybody who can read a directory can lock it.
const ATTEMPTS: u32 = 1200;
const PAUSE: Duration = Duration::from_millis(50);

/// A directory that files go to, opened once.
struct Directory<'f> {
    path: &'f str,
    descriptor: OwnedFd,
    /// Whether we have made it, so that nothing can be in it.
    new: bool,
}

/// A file on its way: written under a name of its own, not yet renamed.
struct Pending<'f> {
    /// The index of its directory.
    directory: usize,
    name: &'f str,
    temporary: String,
    path: &'f str,
}

/// What an installation has done to the tree so far, and how to undo it.
#[derive(Default)]
struct Progress<'f> {
    directories: Vec<Directory<'f>>,
    /// The paths of the directories that were not there.
    made: Vec<String>,
    pending: Vec<Pending<'f>>,
    /// How many of the pending files have been begun. The names of the others are not ours: another
    /// run may be writing there.
    begun: usize,
    /// How many of the pending files are in their place.
    renamed: usize,
}

impl Tree {
    /// Installs `files`, each whole or not at all: every temporary file is written in its final
    /// directory before the first rename. Modes are 0644 and, for new directories, 0755 whatever
    /// the umask; `mtime` in seconds if it is given.
    ///
    /// # Errors
    ///
    /// Fails with the path that could not be written. Nothing has changed then, unless it was a
    /// rename that failed.
    pub fn install(&self, files: &[File], mtime: Option<i64>) -> Result<()> {
        if files.len() > MANY_FILES {
            raise_limit_of_open_files();
        }
        let mut progress = Progress::default();
        let outcome = self
            .prepare(files, mtime, &mut progress)
            .and_then(|()| self.rename(&mut progress));
        if outcome.is_err() {
            self.undo(&progress);
        }
        outcome
    }

    /// Opens, locks and fills: everything that can fail for a reason that the tree gives.
    fn prepare<'f>(
        &self,
        files: &'f [File],
        mtime: Option<i64>,
        progress: &mut Progress<'f>,
    ) -> Result<()> {
        for file in files {
            let (path, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            let known = progress
                .directories
                .iter()
                .rposition(|known| known.path == path);
            let directory = if let Some(index) = known {
                index
            } else {
                let made_before = progress.made.len();
                let descriptor = self.open_directory(path, &mut progress.made)?;
                progress.directories.push(Directory {
                    path,
                    descriptor,
                    new: progress.made.len() > made_before,
                });
                progress.directories.len() - 1
            };
            let known = &progress.directories[directory];
            if !known.new {
                self.refuse_directory(&known.descriptor, name, &file.path)?;
            }
            progress.pending.push(Pending {
                directory,
                name,
                temporary: format!(".{name}{SUFFIX}"),
                path: &file.path,
            });
        }
        self.lock(&progress.directories)?;
        for directory in progress.directories.iter().filter(|known| !known.new) {
            self.sweep(directory)?;
        }
        for (pending, file) in progress.pending.iter().zip(files) {
            progress.begun += 1;
            let directory = &progress.directories[pending.directory].descriptor;
            let written = if file.is_link {
                write_link(directory, &pending.temporary, &file.contents, mtime)
            } else {
                write_file(directory, &pending.temporary, &file.contents, mtime)
            };
            written.map_err(|error| {
                Diagnostic::io(format!("the file cannot be written: {}", reason(&error)))
                    .in_file(self.shown(&file.path))
            })?;
        }
        Ok(())
    }

    /// Removes what a run that was killed has left. Nobody else is writing it: we hold the lock.
    fn sweep(&self, directory: &Directory<'_>) -> Result<()> {
        let failed = |error| self.error("the directory cannot be read", directory.path, error);
        for name in retry(|| names(&directory.descriptor, usize::MAX)).map_err(failed)? {
            let bytes = name.to_bytes();
            if bytes.starts_with(b".") && bytes.ends_with(SUFFIX.as_bytes()) {
                retry(|| rustix::fs::unlinkat(&directory.descriptor, &name, AtFlags::empty()))
                    .map_err(|error| {
                        self.error("a temporary file is in the way", directory.path, error)
                    })?;
            }
        }
        Ok(())
    }

    fn rename(&self, progress: &mut Progress<'_>) -> Result<()> {
        for file in &progress.pending {
            let directory = &progress.directories[file.directory].descriptor;
            retry(|| {
                rustix::fs::renameat(directory, file.temporary.as_str(), directory, file.name)
            })
            .map_err(|error| self.error("the file cannot be put in its place", file.path, error))?;
            progress.renamed += 1;
        }
        Ok(())
    }

    /// Removes temporary files and the directories that we made.
    fn undo(&self, progress: &Progress<'_>) {
        for file in &progress.pending[progress.renamed..progress.begun] {
            let directory = &progress.directories[file.directory].descriptor;
            let _ = rustix::fs::unlinkat(directory, file.temporary.as_str(), AtFlags::empty());
        }
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        for path in progress.made.iter().rev() {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            if let Ok(parent) = resolve::open(self.root.as_fd(), parent, flags) {
                // A directory that has got other contents stays: rmdir fails, as it should.
                let _ = rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR);
            }
        }
    }

    /// Opens a directory of the tree, creating what is missing of it.
    fn open_directory(&self, path: &str, made: &mut Vec<String>) -> Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let failed = |path: &str, error| {
            let what = match error {
                Errno::NOTDIR => "something that is not a directory is in the way",
                Errno::LOOP => "symbolic links lead in a circle",
                _ => "the directory cannot be opened",
            };
            self.error(what, path, error)
        };
        let components: Vec<&str> = path
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".")
            .collect();
        let mut existing = components.len();
        let mut directory = loop {
            match resolve::open(self.root.as_fd(), &components[..existing].join("/"), flags) {
                Ok(directory) => break directory,
                Err(Errno::NOENT) if existing > 0 => existing -= 1,
                Err(error) => return Err(failed(&components[..existing].join("/"), error)),
            }
        };
        for (index, name) in components.iter().enumerate().skip(existing) {
            let here = components[..=index].join("/");
            match retry(|| rustix::fs::mkdirat(&directory, *name, Mode::from(0o755))) {
                Ok(()) => made.push(here.clone()),
                // It leads to something that the tree does not have, or we would have opened it.
                Err(Errno::EXIST) if is_link(&directory, name) => {
                    return Err(Diagnostic::io("a symbolic link leads to nothing in the tree")
                        .in_file(self.shown(&here))
                        .help("links resolve inside of the tree, as in a chroot; create their target there first"));
                }
                // Another run was faster.
                Err(Errno::EXIST) => {}
                Err(error) => {
                    return Err(self.error("the directory cannot be created", &here, error));
                }
            }
            let next = retry(|| {
                rustix::fs::openat(&directory, *name, flags | OFlags::NOFOLLOW, Mode::empty())
            })
            .map_err(|error| failed(&here, error))?;
            if made.last().is_some_and(|made| *made == here) {
                retry(|| rustix::fs::fchmod(&next, Mode::from(0o755))).map_err(|error| {
                    self.error("the directory's mode cannot be set", &here, error)
                })?;
            }
            directory = next;
        }
        Ok(directory)
    }

    /// A rename onto a directory would fail only after other files are in place.
    fn refuse_directory(&self, directory: &OwnedFd, name: &str, path: &str) -> Result<()> {
        match retry(|| rustix::fs::statat(directory, name, AtFlags::SYMLINK_NOFOLLOW)) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Directory => {
                Err(Diagnostic::io("a directory is in the place of the file")
                    .in_file(self.shown(path)))
            }
            Ok(_) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(self.error("the file cannot be looked at", path, error)),
        }
    }

    /// Locks each directory once, in an order that two runs agree upon. A lock ends with its
    /// descriptor.
    fn lock(&self, directories: &[Directory<'_>]) -> Result<()> {
        let mut wanted = Vec::with_capacity(directories.len());
        for directory in directories {
            let failed =
                |error| self.error("the directory cannot be looked at", directory.path, error);
            let stat = retry(|| rustix::fs::fstat(&directory.descriptor)).map_err(failed)?;
            wanted.push(((stat.st_dev, stat.st_ino), directory));
        }
        wanted.sort_by_key(|(identity, _)| *identity);
        wanted.dedup_by_key(|(identity, _)| *identity);
        for (_, directory) in wanted {
            match lock(&directory.descriptor, ATTEMPTS) {
                // Some network and overlay file systems have no locks; a build needs none.
                Ok(()) | Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::NOLCK) => {}
                Err(Errno::WOULDBLOCK) => {
                    let what = "another program has locked the directory for a minute";
                    return Err(Diagnostic::io(what).in_file(self.shown(directory.path)));
                }
                Err(error) => {
                    return Err(self.error(
                        "the directory cannot be locked",
                        directory.path,
                        error,
                    ));
                }
            }
        }
        Ok(())
    }
}

/// More files than this could need more descriptors than the usual soft limit allows.
const MANY_FILES: usize = 200;

/// Allows as many open files as the system lets us have: one directory each is open until the end.
fn raise_limit_of_open_files() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // If it fails, opening tells.
    let _ = setrlimit(Resource::Nofile, limit);
}

fn write_file(
    directory: &OwnedFd,
    name: &str,
    contents: &[u8],
    mtime: Option<i64>,
) -> std::io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let descriptor = retry(|| rustix::fs::openat(directory, name, flags, Mode::from(0o600)))?;
    let mut out = StdFile::from(descriptor);
    out.write_all(contents)?;
    retry(|| rustix::fs::fchmod(&out, Mode::from(0o644)))?;
    if let Some(seconds) = mtime {
        retry(|| rustix::fs::futimens(&out, &times(seconds)))?;
    }
    match nix::unistd::close(out) {
        // It is closed all the same.
        Err(nix::errno::Errno::EINTR) => Ok(()),
        closed => Ok(closed?),
    }
}

fn write_link(
    directory: &OwnedFd,
    name: &str,
    target: &[u8],
    mtime: Option<i64>,
) -> std::io::Result<()> {
    retry(|| rustix::fs::symlinkat(target, directory, name))?;
    if let Some(seconds) = mtime {
        let follow = AtFlags::SYMLINK_NOFOLLOW;
        retry(|| rustix::fs::utimensat(directory, name, &times(seconds), follow))?;
    }
    Ok(())
}

fn times(seconds: i64) -> Timestamps {
    let time = Timespec {
        tv_sec: seconds,
        tv_nsec: 0,
    };
    Timestamps {
        last_access: time,
        last_modification: time,
    }
}

fn is_link(directory: &OwnedFd, name: &str) -> bool {
    retry(|| rustix::fs::statat(directory, name, AtFlags::SYMLINK_NOFOLLOW))
        .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink)
}

/// Locks a directory for us alone; fails with `WOULDBLOCK` if another program keeps the lock.
fn lock(directory: &OwnedFd, attempts: u32) -> rustix::io::Result<()> {
    let mut left = attempts;
    loop {
        match retry(|| rustix::fs::flock(directory, FlockOperation::NonBlockingLockExclusive)) {
            Err(Errno::WOULDBLOCK) if left > 1 => std::thread::sleep(PAUSE),
            outcome => return outcome,
        }
        left -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_waited_for_but_not_for_ever() {
        let place = tempfile::tempdir().expect("a directory");
        let open = || OwnedFd::from(StdFile::open(place.path()).expect("readable"));
        let (held, wanted) = (open(), open());
        lock(&held, 1).expect("nobody has it");
        assert_eq!(lock(&wanted, 2), Err(Errno::WOULDBLOCK));
        let released = std::thread::spawn(move || {
            std::thread::sleep(PAUSE);
            drop(held);
        });
        lock(&wanted, ATTEMPTS).expect("it is given back");
        released.join().expect("no panic");
    }
}
