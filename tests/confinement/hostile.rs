//! Trees that lead out, never end, or have something in the way.

use std::os::unix::fs::symlink;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, makedev};

use crate::support::Place;

/// Makes something at a path. Gives whether it could.
type Make = fn(&Path) -> bool;

pub(super) struct Tree {
    pub(super) name: &'static str,
    /// Gives whether the tree could be built: only root makes devices.
    pub(super) build: fn(&Place) -> bool,
}

/// What is neither file nor directory nor link.
pub(super) const SPECIAL: [(&str, Make); 3] = [
    ("FIFO", fifo),
    ("character device", character),
    ("block device", block),
];

pub(super) const TREES: [Tree; 21] = [
    Tree {
        name: "standard library is a relative link out",
        build: |place| linked(place, "usr/lib/python3.13", "../../../outside"),
    },
    Tree {
        name: "standard library is an absolute link out",
        build: |place| absolute(place, "usr/lib/python3.13", ""),
    },
    Tree {
        name: "usr is an absolute link out",
        build: |place| absolute(place, "usr", "/usr"),
    },
    Tree {
        name: "lib climbs out through more `..` than there are",
        build: |place| {
            let up = "../".repeat(30);
            let outside = place.path("outside/lib");
            linked(place, "usr/lib", &format!("{up}{}", outside.display()))
        },
    },
    Tree {
        name: "links behind links lead out",
        build: |place| {
            linked(place, "usr", "a/b/usr");
            linked(place, "a", "b");
            linked(place, "b/b", "../../outside")
        },
    },
    Tree {
        name: "links in a circle",
        build: |place| {
            linked(place, "usr/lib", "../usr/lib64");
            linked(place, "usr/lib64", "lib")
        },
    },
    Tree {
        name: "lib leads out by way of /proc",
        build: |place| {
            let outside = place.path("outside/lib");
            linked(
                place,
                "usr/lib",
                &format!("/proc/self/root{}", outside.display()),
            )
        },
    },
    Tree {
        name: "marker is a relative link out",
        build: |place| {
            standard_library(place);
            linked(place, MARKER, "../../../../outside/EXTERNALLY-MANAGED")
        },
    },
    Tree {
        name: "marker is an absolute link out",
        build: |place| {
            standard_library(place);
            absolute(place, MARKER, "/EXTERNALLY-MANAGED")
        },
    },
    Tree {
        name: "marker is a hard link to a file outside",
        build: |place| {
            standard_library(place);
            fs_err::hard_link(place.path("outside/hard"), inside(place, MARKER)).is_ok()
        },
    },
    Tree {
        name: "marker is a directory",
        build: |place| {
            standard_library(place);
            fs_err::create_dir(inside(place, MARKER)).is_ok()
        },
    },
    Tree {
        name: "marker is a FIFO",
        build: |place| in_the_way(place, MARKER, fifo),
    },
    Tree {
        name: "marker is a character device",
        build: |place| in_the_way(place, MARKER, character),
    },
    Tree {
        name: "marker is a block device",
        build: |place| in_the_way(place, MARKER, block),
    },
    Tree {
        name: "README is a FIFO",
        build: |place| in_the_way(place, "usr/lib/python3.13/README.venv", fifo),
    },
    Tree {
        name: "temporary file is a link out",
        build: |place| {
            standard_library(place);
            linked(place, TEMPORARY, "../../../../outside/README.venv")
        },
    },
    Tree {
        name: "temporary file is a hard link to a file outside",
        build: |place| {
            standard_library(place);
            fs_err::hard_link(place.path("outside/hard"), inside(place, TEMPORARY)).is_ok()
        },
    },
    Tree {
        name: "temporary file is a FIFO",
        build: |place| in_the_way(place, TEMPORARY, fifo),
    },
    Tree {
        name: "place of the shared marker is a link out",
        build: |place| {
            standard_library(place);
            linked(place, "usr/lib/python", "../../../outside")
        },
    },
    Tree {
        name: "directory of profiles is a link out",
        build: |place| linked(place, "distro-profiles", "../outside"),
    },
    Tree {
        name: "what lint and status look into is FIFOs and links out",
        build: |place| {
            standard_library(place);
            linked(
                place,
                "usr/lib/python3.13/site-packages",
                "../../../../outside",
            );
            linked(
                place,
                "usr/lib/python3.13/EXTERNALLY-MANAGED.gz",
                "/dev/zero",
            );
            linked(place, "etc/xdg", "../../outside");
            linked(place, "var", "../outside");
            [
                "etc/pip.conf",
                "etc/os-release",
                "usr/lib/os-release",
                "usr/pyvenv.cfg",
                "usr/lib/python3.13/build-details.json",
                "usr/lib/python3.13/encodings",
            ]
            .into_iter()
            .all(|path| in_the_way(place, path, fifo))
        },
    },
];

const MARKER: &str = "usr/lib/python3.13/EXTERNALLY-MANAGED";
const TEMPORARY: &str = "usr/lib/python3.13/.EXTERNALLY-MANAGED.externally-managed-new";

fn standard_library(place: &Place) {
    place.write("tree/usr/lib/python3.13/os.py", "");
}

/// The path of something in the tree, whose directory is there then.
fn inside(place: &Place, path: &str) -> std::path::PathBuf {
    let path = place.path("tree").join(path);
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

fn linked(place: &Place, path: &str, target: &str) -> bool {
    symlink(target, inside(place, path)).is_ok()
}

/// A link to a path outside, from the root of the machine on.
fn absolute(place: &Place, path: &str, below: &str) -> bool {
    let target = format!("{}{below}", place.path("outside").display());
    linked(place, path, &target)
}

fn in_the_way(place: &Place, path: &str, make: Make) -> bool {
    standard_library(place);
    make(&inside(place, path))
}

fn fifo(path: &Path) -> bool {
    rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::from(0o644), 0).is_ok()
}

/// One that never ends, as /dev/zero.
fn character(path: &Path) -> bool {
    let device = makedev(1, 5);
    rustix::fs::mknodat(
        CWD,
        path,
        FileType::CharacterDevice,
        Mode::from(0o644),
        device,
    )
    .is_ok()
}

/// One that no machine has.
fn block(path: &Path) -> bool {
    let device = makedev(7, 250);
    rustix::fs::mknodat(CWD, path, FileType::BlockDevice, Mode::from(0o644), device).is_ok()
}
