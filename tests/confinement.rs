//! Whatever stands in a tree, no verb reads or writes outside of it, waits for a FIFO or opens a
//! device: through openat2 and through the walk that stands in for it. As root there are devices.

mod hostile;
mod outside;
mod race;

use std::path::Path;
use std::process::Command;

use crate::support::{Place, strace_works};
use hostile::TREES;
use outside::Outside;

/// The verbs that look into a tree, most of which find a Python 3.13 there.
const VERBS: [&str; 9] = [
    "install --profile arch --python 3.13 --destdir tree --languages none --check",
    "install --profile arch --python 3.13 --destdir tree --languages none --shared /usr/lib/python --check",
    "lint -v tree",
    "explain tree",
    "status tree",
    "install --profile arch --python 3.13 --destdir tree --languages none",
    "install --profile arch --python 3.13 --destdir tree --languages none --shared /usr/lib/python",
    "install --profile debian --python 3.13 --destdir tree --languages none",
    "import marker --name mine --output tree",
];

/// The verbs that take the path of a marker, which may be anything but must not keep them waiting.
const MARKER_VERBS: [&str; 3] = ["lint", "explain", "import --name mine --output adopted"];

#[test]
fn hostile_trees() {
    if !strace_works("hostile trees") {
        return;
    }
    for tree in &TREES {
        for without_openat2 in [false, true] {
            for verb in VERBS {
                let place = Place::new();
                let outside = Outside::new(&place);
                place.write("marker", "[externally-managed]\nError=Use apt.\n");
                if !(tree.build)(&place) {
                    only_root_can(tree.name);
                    continue;
                }
                let what = format!("{}, openat2: {}, {verb}", tree.name, !without_openat2);
                outside.seal();
                let said = watched(&place, verb, without_openat2, &what);
                outside.assert_untouched(&said, &what);
            }
        }
    }
}

#[test]
fn what_is_no_file_keeps_nobody_waiting() {
    if !strace_works("FIFOs and devices by their paths") {
        return;
    }
    for (kind, make) in hostile::SPECIAL {
        for verb in MARKER_VERBS {
            let place = Place::new();
            let path = place.path("EXTERNALLY-MANAGED");
            if !make(&path) {
                only_root_can(kind);
                continue;
            }
            watched(
                &place,
                &format!("{verb} EXTERNALLY-MANAGED"),
                false,
                &format!("{verb} {kind}"),
            );
        }
    }
}

/// A device could not be made.
fn only_root_can(what: &str) {
    let is_root = rustix::process::geteuid().is_root();
    assert!(!is_root || std::env::var_os("CI").is_none(), "{what}");
    println!("not tested, since only root makes devices: {what}");
}

/// Runs a verb, which must end by itself, and must open neither what is outside nor, unless only
/// to look at it, what is no file or directory. Gives what it said.
fn watched(place: &Place, verb: &str, without_openat2: bool, what: &str) -> String {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("timeout");
    command
        .args([
            "20",
            "strace",
            "-f",
            "-yy",
            "-e",
            "trace=open,openat,openat2,creat",
        ])
        .arg("-o")
        .arg(log.path());
    if without_openat2 {
        command.args(["-e", "inject=openat2:error=ENOSYS"]);
    }
    let output = command
        .arg(env!("CARGO_BIN_EXE_externally-managed"))
        .args(verb.split(' '))
        .current_dir(place.path(""))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let code = output.status.code();
    assert!(
        matches!(code, Some(0..=4)),
        "{what}: it ended with {code:?} and said:\n{said}"
    );
    let calls = fs_err::read_to_string(log.path()).unwrap();
    let mut opened = 0;
    for call in calls.lines() {
        // `openat(…) = 4</the/path>`, and for a device `= 4</the/path<char 1:5>>`.
        let Some((arguments, path)) = call.rsplit_once(" = ").and_then(|(arguments, result)| {
            let path = result.split_once('<')?.1;
            Some((arguments, path.split(['<', '>']).next()?))
        }) else {
            continue;
        };
        opened += 1;
        let path = Path::new(path);
        assert!(
            !path.starts_with(place.path("outside")),
            "{what}: outside was opened: {call}"
        );
        // What was opened may have been swapped for a link since.
        let is_plain = fs_err::symlink_metadata(path).map_or(true, |metadata| {
            metadata.is_file() || metadata.is_dir() || metadata.is_symlink()
        });
        assert!(
            !path.starts_with(place.path("")) || is_plain || arguments.contains("O_PATH"),
            "{what}: this was opened: {call}"
        );
    }
    assert!(opened > 0, "{what}: strace saw nothing:\n{calls}");
    said
}
