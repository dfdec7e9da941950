//! `install --shared`: one marker for several Pythons.

use indoc::indoc;

use crate::support::Place;

const THREE: &str = "install --profile arch --python 3.14 --python 3.13 --python pypy3.11 \
                     --shared /usr/lib/python --destdir tree --languages none";

#[test]
fn one_file_and_links() {
    let place = Place::new();
    place.run(THREE).silent();
    assert_eq!(
        place.listing("tree"),
        indoc! {"
            opt/ 0755
            opt/pypy3/ 0755
            opt/pypy3/lib/ 0755
            opt/pypy3/lib/pypy3.11/ 0755
            opt/pypy3/lib/pypy3.11/EXTERNALLY-MANAGED -> ../../../../usr/lib/python/EXTERNALLY-MANAGED
            usr/ 0755
            usr/lib/ 0755
            usr/lib/python/ 0755
            usr/lib/python/EXTERNALLY-MANAGED 0644 1 links
            usr/lib/python/README.venv 0644 1 links
            usr/lib/python3.13/ 0755
            usr/lib/python3.13/EXTERNALLY-MANAGED -> ../python/EXTERNALLY-MANAGED
            usr/lib/python3.14/ 0755
            usr/lib/python3.14/EXTERNALLY-MANAGED -> ../python/EXTERNALLY-MANAGED
        "}
    );
    // The text of the first, with the README that lies beside it.
    let marker = place.read("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    assert!(marker.contains("\n $ python -m venv .venv\n"), "{marker}");
    assert!(
        marker.ends_with("\n /usr/lib/python/README.venv\n"),
        "{marker}"
    );
    place.run("lint tree").silent();
    place.run(&format!("{THREE} --check")).silent();
    // A second run changes nothing.
    place.run(THREE).silent();
    place.run(&format!("{THREE} --check")).silent();
}

#[test]
fn check_tells_what_is_no_link() {
    let place = Place::new();
    place.run(THREE).silent();
    let link = place.path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    fs_err::remove_file(&link).unwrap();
    fs_err::write(&link, "[externally-managed]\nError=No.\n").unwrap();
    place
        .run(&format!("{THREE} --check"))
        .stderr("")
        .code(1)
        .stdout("tree/usr/lib/python3.13/EXTERNALLY-MANAGED: should be a symbolic link to ../python/EXTERNALLY-MANAGED\n");
    place.run(THREE).silent();
    assert!(link.is_symlink());
}

/// A marker that a link leads nowhere from is none: whoever splits the packages must depend on the
/// one with the file.
#[test]
fn lint_finds_a_link_that_leads_nowhere() {
    let place = Place::new();
    place.run(THREE).silent();
    fs_err::remove_file(place.path("tree/usr/lib/python/EXTERNALLY-MANAGED")).unwrap();
    let run = place.run("lint tree");
    run.code(1);
    assert!(
        run.out()
            .contains("tree/usr/lib/python3.13/EXTERNALLY-MANAGED"),
        "{}",
        run.out()
    );
}

#[test]
fn the_readme_stays_where_it_is_said_to_be() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13 --python 3.14 --shared /usr/share/python-marker --destdir tree --languages none --files-list list")
        .silent();
    assert_eq!(
        place.read("list"),
        indoc! {"
            /usr/share/python-marker/EXTERNALLY-MANAGED
            /usr/share/doc/python3.13/README.venv
            /usr/lib/python3.13/EXTERNALLY-MANAGED
            /usr/lib/python3.14/EXTERNALLY-MANAGED
        "}
    );
    // The documents one by one, in two packages.
    fs_err::create_dir(place.path("other")).unwrap();
    place
        .run("install readme --profile debian --python 3.13 --shared /usr/share/python-marker --destdir other")
        .silent();
    assert!(!place.path("other/usr/share/python-marker").exists());
    assert!(!place.path("other/usr/lib").exists());
}

#[test]
fn mistakes() {
    let place = Place::new();
    for (shared, message) in [
        ("lib", "--shared: `lib` is not a path inside of the tree"),
        (
            "/usr/lib/{{python.name}}",
            "--shared: `/usr/lib/{{python.name}}` has a placeholder",
        ),
        (
            "/usr/lib/python3.13/",
            "--shared: /usr/lib/python3.13 is the standard library directory of one of the Pythons",
        ),
    ] {
        let run = place.run(&format!(
            "install --profile debian --python 3.14 --python 3.13 --destdir tree --shared {shared}"
        ));
        run.stdout("").code(2);
        assert!(run.error().contains(message), "{}", run.error());
        assert_eq!(place.listing("tree"), "");
    }
}

/// The Gentoo way: one package has the marker, and each Python's package its link.
#[test]
fn marker_and_links_in_packages_of_their_own() {
    let place = Place::new();
    for package in ["common", "slot"] {
        fs_err::create_dir(place.path(package)).unwrap();
    }
    let common = "install marker readme --profile gentoo --python 3.14 --shared /usr/lib/python --destdir common --languages none";
    place.run(common).silent();
    place.run(&format!("{common} --check")).silent();
    assert_eq!(
        place.listing("common"),
        indoc! {"
            usr/ 0755
            usr/lib/ 0755
            usr/lib/python/ 0755
            usr/lib/python/EXTERNALLY-MANAGED 0644 1 links
            usr/lib/python/README.venv 0644 1 links
        "}
    );
    let slot =
        "install links --profile gentoo --python 3.13 --shared /usr/lib/python --destdir slot";
    place.run(slot).silent();
    place.run(&format!("{slot} --check")).silent();
    assert_eq!(
        place.listing("slot"),
        indoc! {"
            usr/ 0755
            usr/lib/ 0755
            usr/lib/python3.13/ 0755
            usr/lib/python3.13/EXTERNALLY-MANAGED -> ../python/EXTERNALLY-MANAGED
        "}
    );
    place.run("lint common slot").silent();
    place.run("lint slot").code(1);
    place
        .run("install links --profile gentoo --python 3.13 --destdir slot")
        .fails(
            2,
            indoc! {"
                error: links lead to a shared marker
                 |
                 = help: name its directory with --shared DIR
            "},
        );
}
