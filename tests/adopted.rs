//! Profiles whose marker is an existing file, and profiles of Pythons that get none.

use indoc::indoc;

use crate::support::Place;

const MARKER: &str = "[externally-managed]\r\nError=Use {{ python.name }}.\r\n  $ {{ '{{' }} x }}";
const BYTES: &str = "[externally-managed]\r\nError=Use python3.13.\r\n  $ {{ x }}";

/// A data directory whose `mine` extends Debian and has adopted `marker`.
fn adopted(marker: impl AsRef<[u8]>) -> Place {
    let place = Place::new();
    place.write(
        "o/distro-profiles/mine.yaml",
        "extends: debian\nmarker: mine.marker\n",
    );
    place.write("o/distro-profiles/mine.marker", marker);
    place
}

const RENDER: &str = "render marker --data-dir o --profile mine --python 3.13";

#[test]
fn bytes_are_installed_as_they_are() {
    let place = adopted(MARKER);
    place
        .run("install --data-dir o --profile mine --python 3.13 --destdir tree")
        .stdout("")
        .code(0);
    assert_eq!(
        place.read("tree/usr/lib/python3.13/EXTERNALLY-MANAGED"),
        BYTES
    );
    assert!(
        place
            .path("tree/usr/share/doc/python3.13/README.venv")
            .is_file()
    );
    let run = place.run(RENDER);
    run.stdout(BYTES).code(0);
    let shown = run.error();
    assert!(
        shown.starts_with("warning[EM017]: no installer shows this indentation\n"),
        "{shown}"
    );
    place
        .run("install --data-dir o --profile mine --python 3.13 --destdir tree --check")
        .stdout("")
        .code(0);
}

#[test]
fn a_file_may_lie_beside_a_profile_anywhere() {
    let place = Place::new();
    place.write(
        "p/x.yaml",
        "extends: debian\nmarker: x.marker\npypy: {marker: y.marker}\n",
    );
    place.write("p/x.marker", "[externally-managed]\nError=x\n");
    place.write("p/y.marker", "[externally-managed]\nError=y\n");
    place
        .run("render marker --profile p/x.yaml --python 3.13")
        .stderr("")
        .stdout("[externally-managed]\nError=x\n")
        .code(0);
    place
        .run("render marker --profile p/x.yaml --python pypy3.11")
        .stdout("[externally-managed]\nError=y\n")
        .code(0);
    // A derivative takes our guidance again.
    place.write("p/z.yaml", "extends: x\nremove: [marker]\n");
    place.write(
        "o/distro-profiles/x.yaml",
        "extends: debian\nmarker: x.marker\n",
    );
    place.write(
        "o/distro-profiles/x.marker",
        "[externally-managed]\nError=x\n",
    );
    let run =
        place.run("render marker --data-dir o --profile p/z.yaml --python 3.13 --languages none");
    assert!(run.code(0).out().contains("Debian manages this Python"));
}

#[test]
fn mistakes() {
    adopted("[externally-managed]\nError=a {{ b }}\n")
        .run(RENDER)
        .fails(
            3,
            indoc! {"
            error: this placeholder is not known
             --> o/distro-profiles/mine.marker:2:9
              |
            2 | Error=a {{ b }}
              |         ^^
              |
              = help: known are python.version, python.version_nodot, python.name,
                      python.directory, python.command, python.stdlib; double braces as
                      such are written {{ '{{' }}
        "},
        );
    for unreadable in [
        &b""[..],
        b"Error=x\n",
        b"\xef\xbb\xbf[externally-managed]\nError=x\n",
        b"[externally-managed]\nError=\xff\n",
    ] {
        adopted(unreadable).run(RENDER).fails(
            3,
            indoc! {"
                error: no installer can read this marker
                --> o/distro-profiles/mine.marker
                 = help: `externally-managed lint` on the file tells why
            "},
        );
    }
    let missing = adopted("x");
    fs_err::remove_file(missing.path("o/distro-profiles/mine.marker")).unwrap();
    missing.run(RENDER).fails(
        4,
        "error: there is no such file\n--> o/distro-profiles/mine.marker\n",
    );
    adopted(MARKER)
        .run(&format!("{RENDER} --languages de"))
        .fails(
            2,
            indoc! {"
            error: --languages does not go with an adopted marker, which has its own
             |
             = help: leave the option out, or delete `marker:` from the profile
        "},
        );
    for name in ["../x.marker", "/x.marker", "x.txt", ".marker", "a b.marker"] {
        let place = adopted("x");
        place.write(
            "o/distro-profiles/mine.yaml",
            format!("extends: debian\nmarker: {name}\n"),
        );
        let run = place.run(RENDER);
        run.stdout("").code(3);
        assert!(
            run.error()
                .contains("is not the name of a file beside the profile"),
            "{}",
            run.error()
        );
    }
}

#[test]
fn a_profile_of_its_own_needs_little() {
    let place = Place::new();
    place.write(
        "o/distro-profiles/mine.yaml",
        "name: Mine\nreadme: none\nmarker: mine.marker\n",
    );
    place.write(
        "o/distro-profiles/mine.marker",
        "[externally-managed]\nError=x\n",
    );
    let run = place.run(RENDER);
    run.stdout("").code(2);
    assert!(run.error().contains("--stdlib"), "{}", run.error());
    place
        .run(&format!("{RENDER} --stdlib /usr/lib/python3.13"))
        .stdout("[externally-managed]\nError=x\n")
        .code(0);
}

#[test]
fn what_must_not_be_marked_is_not() {
    let place = Place::new();
    let report = indoc! {"
        error: the profile pyenv is of Pythons that must not be marked: users build and change these Pythons themselves, and no package manager manages them
         |
         = help: leave it unmarked; its users install into it, or into a virtual
                 environment, as they like
    "};
    for arguments in [
        "install --profile pyenv --python 3.13 --destdir tree",
        "install --profile pyenv --python 3.13 --destdir tree --stdlib /usr/lib/python3.13",
        "render marker --profile pyenv --python 3.13",
        "render readme --profile pyenv --python 3.13",
    ] {
        place.run(arguments).fails(2, report);
    }
    assert_eq!(place.listing("tree"), "");
}
