//! Opening a path as a chroot would resolve it: by openat2(2) with `RESOLVE_IN_ROOT`, and where
//! the kernel or a sandbox has none, component by component.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

use super::retry;

/// As many links as the kernel follows (`path_resolution(7)`).
const MAX_LINKS: usize = 40;

/// How often to try again when somebody moves directories while the kernel resolves.
const MAX_TRIES: usize = 128;

/// Opens `path`, absolute or not, below `root`. Links never lead out of it.
pub(super) fn open(root: BorrowedFd<'_>, path: &str, flags: OFlags) -> Result<OwnedFd, Errno> {
    let path = path.trim_start_matches('/');
    let path = if path.is_empty() { "." } else { path };
    for _ in 0..MAX_TRIES {
        match rustix::fs::openat2(
            root,
            path,
            flags,
            Mode::empty(),
            ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS,
        ) {
            Err(Errno::AGAIN | Errno::INTR) => {}
            // Old kernels and valgrind lack the call; seccomp filters often answer EPERM.
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => return walk(root, path, flags),
            other => return other,
        }
    }
    walk(root, path, flags)
}

/// The same without openat2: every component is opened without following links, and a link's
/// target is resolved by us. A descriptor is kept for each directory on the way, so that `..`
/// needs no look at the file system and cannot leave `root`.
fn walk(root: BorrowedFd<'_>, path: &str, flags: OFlags) -> Result<OwnedFd, Errno> {
    let mut waiting: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
    let mut way: Vec<OwnedFd> = vec![reopen(root, OFlags::PATH | OFlags::DIRECTORY)?];
    let mut links = 0;
    while let Some(name) = waiting.pop() {
        let here = way.last().map_or(root, AsFd::as_fd);
        match name.as_str() {
            "" | "." => continue,
            ".." => {
                if way.len() > 1 {
                    way.pop();
                }
                continue;
            }
            _ => {}
        }
        let stat = retry(|| rustix::fs::statat(here, name.as_str(), AtFlags::SYMLINK_NOFOLLOW))?;
        if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink {
            links += 1;
            if links > MAX_LINKS {
                return Err(Errno::LOOP);
            }
            let target = retry(|| rustix::fs::readlinkat(here, name.as_str(), Vec::new()))?;
            let target = target.into_string().map_err(|_| Errno::NOENT)?;
            if target.starts_with('/') {
                way.truncate(1);
            }
            waiting.extend(target.split('/').rev().map(str::to_owned));
            continue;
        }
        let rest_is_empty = waiting.iter().all(|part| part.is_empty() || part == ".");
        if rest_is_empty && !flags.contains(OFlags::DIRECTORY) {
            return open_component(here, &name, flags);
        }
        let next = open_component(here, &name, OFlags::PATH | OFlags::DIRECTORY)?;
        way.push(next);
    }
    reopen(way.last().map_or(root, AsFd::as_fd), flags)
}

/// Opens one component, which must not have become a link since we looked.
fn open_component(directory: BorrowedFd<'_>, name: &str, flags: OFlags) -> Result<OwnedFd, Errno> {
    let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    retry(|| rustix::fs::openat(directory, name, flags, Mode::empty()))
}

fn reopen(directory: BorrowedFd<'_>, flags: OFlags) -> Result<OwnedFd, Errno> {
    retry(|| rustix::fs::openat(directory, ".", flags | OFlags::CLOEXEC, Mode::empty()))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::os::unix::fs::symlink;

    use super::*;

    /// What both ways of resolving find at `path`.
    fn both(root: &OwnedFd, path: &str) -> [Result<String, Errno>; 2] {
        let text = |file: OwnedFd| {
            let mut text = String::new();
            std::fs::File::from(file)
                .read_to_string(&mut text)
                .expect("readable");
            text
        };
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        [
            open(root.as_fd(), path, flags).map(text),
            walk(root.as_fd(), path, flags).map(text),
        ]
    }

    #[test]
    fn both_ways_resolve_as_a_chroot_does() {
        let outer = tempfile::tempdir().expect("tempdir");
        let path = outer.path().join("root");
        fs_err::create_dir_all(path.join("usr/lib64")).expect("mkdir");
        fs_err::write(path.join("usr/lib64/f"), "inside").expect("write");
        fs_err::write(outer.path().join("secret"), "outside").expect("write");
        for (target, link) in [
            ("/usr/lib64", "absolute"),
            ("usr/../usr/./lib64", "relative"),
            ("../../../usr/lib64", "climbing"),
            ("../secret", "escape"),
            ("/etc/passwd", "host"),
            ("loop-b", "loop-a"),
            ("loop-a", "loop-b"),
            ("absolute/f", "to-file"),
        ] {
            symlink(target, path.join(link)).expect("symlink");
        }
        let root = OwnedFd::from(std::fs::File::open(&path).expect("opens"));
        for (name, expected) in [
            ("usr/lib64/f", Ok("inside")),
            ("/usr/lib64/f", Ok("inside")),
            ("../../usr/lib64/f", Ok("inside")),
            ("absolute/f", Ok("inside")),
            ("relative/f", Ok("inside")),
            ("climbing/f", Ok("inside")),
            ("to-file", Ok("inside")),
            ("escape", Err(Errno::NOENT)),
            ("host", Err(Errno::NOENT)),
            ("loop-a/f", Err(Errno::LOOP)),
            ("usr/lib64/f/g", Err(Errno::NOTDIR)),
            ("missing", Err(Errno::NOENT)),
        ] {
            let expected = expected.map(str::to_owned);
            assert_eq!(both(&root, name), [expected.clone(), expected], "{name}");
        }
    }
}
