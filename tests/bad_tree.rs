//! What can be wrong with a tree, as a packager meets it.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use indoc::indoc;

use crate::support::Place;

const INSTALL: &str = "install --profile debian --python 3.13 --destdir tree";

#[test]
fn missing_destdir() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13 --destdir nowhere")
        .fails(4, "error: the tree does not exist\n--> nowhere\n");
}

#[test]
fn destdir_is_a_file() {
    let place = Place::new();
    place.write("file", "");
    place
        .run("install --profile debian --python 3.13 --destdir file")
        .fails(4, "error: the tree is not a directory\n--> file\n");
}

#[test]
fn file_in_the_way_of_a_directory() {
    let place = Place::new();
    place.write("tree/usr/lib", "a file");
    place.run(INSTALL).fails(
        4,
        "error: something that is not a directory is in the way: Not a directory\n--> tree/usr/lib/python3.13\n",
    );
    assert_eq!(place.listing("tree"), "usr/ 0755\nusr/lib 0644 1 links\n");
}

#[test]
fn directory_in_the_way_of_a_file() {
    let place = Place::new();
    place.write("tree/usr/lib/python3.13/EXTERNALLY-MANAGED/x", "");
    let before = place.listing("tree");
    place.run(INSTALL).fails(
        4,
        "error: a directory is in the place of the file\n--> tree/usr/lib/python3.13/EXTERNALLY-MANAGED\n",
    );
    assert_eq!(place.listing("tree"), before);
}

#[test]
fn links_resolve_inside_of_the_tree() {
    let place = Place::new();
    fs_err::create_dir(place.path("outside")).unwrap();
    fs_err::create_dir_all(place.path("tree/real")).unwrap();
    symlink("/real", place.path("tree/usr")).unwrap();
    place.run(INSTALL).silent();
    assert!(
        place
            .path("tree/real/lib/python3.13/EXTERNALLY-MANAGED")
            .is_file()
    );

    fs_err::remove_file(place.path("tree/usr")).unwrap();
    symlink("../outside", place.path("tree/usr")).unwrap();
    place.run(INSTALL).fails(
        4,
        indoc! {"
            error: a symbolic link leads to nothing in the tree
            --> tree/usr
             = help: links resolve inside of the tree, as in a chroot; create their
                     target there first
        "},
    );
    assert_eq!(place.listing("outside"), "");
}

/// Debian's packages share documentation through such links.
#[test]
fn readme_through_a_link() {
    let place = Place::new();
    fs_err::create_dir_all(place.path("tree/usr/share/doc/python3.13-minimal")).unwrap();
    let link = place.path("tree/usr/share/doc/python3.13");
    for target in ["python3.13-minimal", "python3.13-of-another-package"] {
        let _ = fs_err::remove_file(&link);
        symlink(target, &link).unwrap();
        let before = place.listing("tree");
        place.run(INSTALL).fails(
            4,
            &format!(
                "error: the README's directory is a symbolic link to {target}\n\
                 --> tree/usr/share/doc/python3.13\n \
                  = help: install the README into the package that has this directory, or\n         \
                          name another place with --readme\n"
            ),
        );
        assert_eq!(place.listing("tree"), before);
    }
    // What goes into the other package is not in the way of the marker.
    place
        .run(&INSTALL.replace("install", "install marker"))
        .silent();

    // A standard library that is a link takes both.
    let place = Place::new();
    fs_err::create_dir_all(place.path("tree/usr/lib/real")).unwrap();
    symlink("real", place.path("tree/usr/lib/python3.14")).unwrap();
    place
        .run("install --profile arch --python 3.14 --destdir tree")
        .silent();
    assert!(place.path("tree/usr/lib/real/README.venv").is_file());
}

#[test]
fn link_loop() {
    let place = Place::new();
    symlink("usr", place.path("tree/usr")).unwrap();
    place.run(INSTALL).fails(
        4,
        "error: symbolic links lead in a circle: Too many levels of symbolic links\n--> tree/usr/lib/python3.13\n",
    );
}

#[test]
fn marker_that_is_a_link_out() {
    let place = Place::new();
    place.write("canary", "alive");
    fs_err::create_dir_all(place.path("tree/usr/lib/python3.13")).unwrap();
    symlink(
        "../../../../canary",
        place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED"),
    )
    .unwrap();
    place.run(INSTALL).silent();
    assert_eq!(place.read("canary"), "alive");
    let marker =
        fs_err::symlink_metadata(place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED")).unwrap();
    assert!(marker.is_file());
}

/// Root may write everywhere, so this needs a file system that nobody can write to.
#[test]
fn read_only_and_full_file_systems() {
    let place = Place::new();
    let script = indoc! {r#"
        set -eu
        mount -t tmpfs -o size=56k tmpfs tree
        code=0; "$PROGRAM" install --profile debian --python 3.13 --destdir tree 2>&1 || code=$?
        echo "exit $code"
        find tree -type f | wc -l
        mount -o remount,ro tree
        code=0; "$PROGRAM" install --profile debian --python 3.13 --destdir tree 2>&1 || code=$?
        echo "exit $code"
    "#};
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script])
        .env("PROGRAM", env!("CARGO_BIN_EXE_externally-managed"))
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() && std::env::var_os("CI").is_none() {
        println!(
            "not tested: no name spaces here: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        return;
    }
    assert_eq!(
        stdout,
        indoc! {"
            error: the file cannot be written: No space left on device
            --> tree/usr/share/doc/python3.13/README.venv
            exit 4
            0
            error: the directory cannot be created: Read-only file system
            --> tree/usr
            exit 4
        "}
    );
}

#[test]
fn directory_that_may_not_be_written() {
    let place = Place::new();
    fs_err::set_permissions(place.path("tree"), std::fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write anyway; everybody else gets the report.
    let run = place.run(INSTALL);
    if place.path("tree/usr").exists() {
        run.silent();
    } else {
        run.fails(
            4,
            "error: the directory cannot be created: Permission denied\n--> tree/usr\n",
        );
    }
}

#[test]
fn temporary_file_of_a_killed_run_is_replaced() {
    let place = Place::new();
    place.write(
        "tree/usr/lib/python3.13/.EXTERNALLY-MANAGED.externally-managed-new",
        "half",
    );
    place
        .run("install marker --profile debian --python 3.13 --destdir tree --readme none")
        .silent();
    assert_eq!(
        place.listing("tree"),
        "usr/ 0755\nusr/lib/ 0755\nusr/lib/python3.13/ 0755\nusr/lib/python3.13/EXTERNALLY-MANAGED 0644 1 links\n"
    );
}
