//! `render`: one document, to standard output or to a committed file.

use std::io::Read as _;
use std::process::{Command, Stdio};

use indoc::indoc;

use crate::support::Place;

#[test]
fn the_marker_of_the_design() {
    let place = Place::new();
    place
        .run("render marker --profile debian --python 3.13 --languages none")
        .stderr("")
        .code(0)
        .stdout(indoc! {"
        [externally-managed]
        Error=Nothing was installed or removed. Debian manages this Python with its
         package manager (apt). Names in the commands are examples.

         To install a package from Debian (as root, for example with sudo):
         $ apt install python3-requests

         To install any other package, create a virtual environment, which is a
         directory with its own packages (needs the package python3-venv):
         $ python3 -m venv .venv
         $ .venv/bin/pip install requests
         Then run your programs with the Python of that environment:
         $ .venv/bin/python

         To install an application (needs the package pipx):
         $ pipx install httpie

         More help, also on containers and on turning this check off:
         /usr/share/doc/python3.13/README.venv
    "});
}

#[test]
fn what_cannot_be_changed_in_place() {
    let place = Place::new();
    place
        .run("render marker --profile nix --python 3.13 --languages none")
        .stderr("")
        .code(0)
        .stdout(indoc! {"
        [externally-managed]
        Error=Nothing was installed or removed. This Python comes from Nix and cannot
         be changed in place. Names in the commands are examples.

         To start a shell with a package from Nix:
         $ nix-shell -p python3 python3Packages.requests

         To install any other package, create a virtual environment, which is a
         directory with its own packages:
         $ python3 -m venv .venv
         $ .venv/bin/pip install requests
         Then run your programs with the Python of that environment:
         $ .venv/bin/python

         More help:
         https://nixos.org/manual/nixpkgs/stable/
    "});
}

#[test]
fn render_gives_what_install_writes() {
    let place = Place::new();
    place
        .run("install --profile fedora --python 3.15t --destdir tree --readme-languages ja")
        .silent();
    for (arguments, file) in [
        ("marker", "EXTERNALLY-MANAGED"),
        ("readme", "README.venv"),
        ("readme --languages en", "README.venv"),
        ("readme --languages ja", "README.venv.ja"),
    ] {
        let expected = place.read(&format!("tree/usr/lib64/python3.15t/{file}"));
        place
            .run(&format!(
                "render {arguments} --profile fedora --python 3.15t"
            ))
            .stderr("")
            .stdout(&expected)
            .code(0);
    }
}

#[test]
fn news() {
    let place = Place::new();
    place
        .run("render news --profile debian --python 3.13")
        .stderr("")
        .code(0)
        .stdout(indoc! {"
        From this version on, installers such as pip and uv no longer install,
        upgrade or remove packages of this Python, outside of virtual
        environments. This protects the programs that depend on packages from
        Debian. The same rule holds for installs into the home directory of a
        user.

        Scripts and images that use pip in this way need a virtual environment
        from now on:
            $ python3 -m venv .venv
            $ .venv/bin/pip install requests

        More help, also on containers and on turning this check off:
            /usr/share/doc/python3.13/README.venv
    "});
}

#[test]
fn a_readme_has_one_language() {
    let place = Place::new();
    for languages in ["all", "reviewed", "de,fr"] {
        place
            .run(&format!(
                "render readme --profile debian --python 3.13 --languages {languages}"
            ))
            .fails(
                2,
                indoc! {"
                error: this document is rendered in one language at a time
                 |
                 = help: give one language, for example --languages de
            "},
            );
    }
}

#[test]
fn committed_rendering() {
    let place = Place::new();
    let render = "render marker --profile arch --python 3.14 --output EXTERNALLY-MANAGED";
    let run = place.run(&format!("{render} --check"));
    run.stderr("").code(1);
    assert!(
        run.out()
            .starts_with("--- /dev/null\n+++ EXTERNALLY-MANAGED\n"),
        "{}",
        run.out()
    );
    assert!(!place.path("EXTERNALLY-MANAGED").exists());

    place.run(render).silent();
    place.run(&format!("{render} --check")).silent();
    let committed = place.read("EXTERNALLY-MANAGED");
    place
        .run("render marker --profile arch --python 3.14")
        .stdout(&committed);

    place.write("EXTERNALLY-MANAGED", committed.replacen("pacman", "yay", 1));
    place
        .run(&format!("{render} --check"))
        .stderr("")
        .code(1)
        .stdout(indoc! {"
        --- EXTERNALLY-MANAGED
        +++ EXTERNALLY-MANAGED
        @@ -1,6 +1,6 @@
         [externally-managed]
         Error=Nothing was installed or removed. Arch Linux manages this Python with
        - its package manager (yay). Names in the commands are examples.
        + its package manager (pacman). Names in the commands are examples.
        \x20
          To install a package from Arch Linux (as root, for example with sudo):
          $ pacman -S python-requests
    "});
}

#[test]
fn output_that_cannot_be_written() {
    let place = Place::new();
    place
        .run("render marker --profile arch --python 3.14 --output nowhere/file")
        .fails(
            4,
            "error: the directory of the output file does not exist\n--> nowhere\n",
        );
    place
        .run("render marker --profile arch --python 3.14 --output tree")
        .fails(
            4,
            "error: a directory is in the place of the file\n--> tree\n",
        );
    place
        .run("render marker --profile arch --python 3.14 --output tree --check")
        .code(4);
    place
        .run("render marker --profile arch --python 3.14 --check")
        .code(2);
}

#[test]
fn output_follows_links_and_leaves_devices_alone() {
    let place = Place::new();
    place.write("real/file", "old");
    std::os::unix::fs::symlink("real/file", place.path("link")).unwrap();
    place
        .run("render marker --profile arch --python 3.14 --output link")
        .silent();
    assert!(place.read("real/file").starts_with("[externally-managed]"));
    assert!(
        fs_err::symlink_metadata(place.path("link"))
            .unwrap()
            .is_symlink()
    );

    let expected = place.read("real/file");
    place
        .run("render marker --profile arch --python 3.14 --output /dev/stdout")
        .stdout(&expected)
        .code(0);
    place
        .run("render marker --profile arch --python 3.14 --output /dev/full")
        .fails(
            4,
            "error: failed to write to file `/dev/full`: No space left on device (os error 28)\n",
        );
}

#[test]
fn a_broken_pipe_ends_quietly_and_a_full_disk_does_not() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_externally-managed"))
        .args([
            "render",
            "readme",
            "--profile",
            "debian",
            "--python",
            "3.13",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(
        (stderr.as_str(), child.wait().unwrap().code()),
        ("", Some(0))
    );

    let full = fs_err::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_externally-managed"))
        .args([
            "render",
            "readme",
            "--profile",
            "debian",
            "--python",
            "3.13",
        ])
        .stdout(full.into_parts().0)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: standard output cannot be written: No space left on device (os error 28)\n"
    );
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn help_that_cannot_be_printed() {
    for argument in ["--help", "--version"] {
        let full = fs_err::OpenOptions::new().write(true).open("/dev/full");
        let output = Command::new(env!("CARGO_BIN_EXE_externally-managed"))
            .arg(argument)
            .stdout(full.unwrap().into_parts().0)
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "error: standard output cannot be written: No space left on device (os error 28)\n"
        );
        assert_eq!(output.status.code(), Some(4));
    }
}

#[test]
fn a_readme_that_is_named_goes_before_a_page() {
    let place = Place::new();
    let marker = |readme: &str| {
        let run = place.run(&format!(
            "render marker --profile nix --python 3.13 --languages none{readme}"
        ));
        run.stderr("").code(0);
        run.out().lines().last().unwrap().to_owned()
    };
    assert_eq!(marker(""), " https://nixos.org/manual/nixpkgs/stable/");
    assert_eq!(
        marker(" --readme none"),
        " https://nixos.org/manual/nixpkgs/stable/"
    );
    assert_eq!(marker(" --readme /share/doc/R"), " /share/doc/R");
}
