//! File systems that are really full or read-only, at one place after the other.

use std::process::Command;

use crate::snapshot::Snapshot;
use crate::support::Place;

const INSTALL: &str = "install --profile debian --python 3.13 --python 3.14 --languages none \
                       --files-list tree/list --destdir tree";

/// Prints what is wrong with a run, and how each ended.
const SCRIPT: &str = r#"
set -u
run() {
    # Too small for the old files themselves.
    cp -a "$1"/. tree/ 2>/dev/null || return 0
    $read_only
    "$PROGRAM" $ARGUMENTS 2>said
    code=$?
    case $code in
    0) diff -r expected tree ;;
    4)
        grep -q '^--> tree' said || cat said
        # The list comes last: what it lists is there then.
        if grep -q '^--> tree/list$' said; then
            diff -r --exclude=list expected tree
        else
            diff -r "$1" tree
        fi
        ;;
    *) cat said ;;
    esac
    echo "ended with $code"
}
# One inode or one page more each time.
for option in nr_inodes=$(seq -s ' nr_inodes=' 1 24) size=$(seq -s 'k size=' 4 4 120)k; do
    for before in empty old; do
        mount -t tmpfs -o "$option" tmpfs tree
        read_only=: run $before
        umount tree
    done
done
# One directory that cannot be written to, of several that can.
read_only_directory() {
    mount --bind "$1" "$1"
    mount -o remount,bind,ro "$1"
}
for directory in tree tree/usr/lib tree/usr/share tree/usr/share/doc/python3.14; do
    mount -t tmpfs tmpfs tree
    read_only="read_only_directory $directory" run old
    umount --recursive tree
done
"#;

#[test]
fn full_or_read_only() {
    let place = Place::new();
    place.run(INSTALL).silent();
    fs_err::rename(place.path("tree"), place.path("expected")).unwrap();
    for directory in ["tree", "empty"] {
        fs_err::create_dir(place.path(directory)).unwrap();
    }
    for python in ["python3.13", "python3.14"] {
        place.write(&format!("old/usr/lib/{python}/EXTERNALLY-MANAGED"), "old");
        place.write(&format!("old/usr/share/doc/{python}/README.venv"), "old");
    }
    place.write("old/list", "old");
    let before = Snapshot::of(&place);
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", SCRIPT])
        .env("PROGRAM", env!("CARGO_BIN_EXE_externally-managed"))
        .env("ARGUMENTS", INSTALL)
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    if stdout.is_empty() && std::env::var_os("CI").is_none() {
        println!("not tested: full file systems, without name spaces: {stderr}");
        return;
    }
    let ended = |code| {
        let line = format!("ended with {code}");
        stdout.lines().filter(|other| **other == line).count()
    };
    let (done, failed) = (ended(0), ended(4));
    assert_eq!(
        (stdout.lines().count(), stderr.as_ref()),
        (done + failed, ""),
        "{stdout}"
    );
    println!("{done} runs had room, {failed} had not");
    assert!(done > 40 && failed > 30, "{stdout}");
    // Nothing was mounted over what is outside.
    fs_err::remove_file(place.path("said")).unwrap();
    before.differs_from(&Snapshot::of(&place)).unwrap();
}
