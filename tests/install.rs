//! `install`: the main job and its options.

use std::os::unix::fs::MetadataExt as _;
use std::process::Command;

use indoc::indoc;

use crate::support::Place;

const TREE: &str = indoc! {"
    usr/ 0755
    usr/lib/ 0755
    usr/lib/python3.13/ 0755
    usr/lib/python3.13/EXTERNALLY-MANAGED 0644 1 links
    usr/share/ 0755
    usr/share/doc/ 0755
    usr/share/doc/python3.13/ 0755
    usr/share/doc/python3.13/README.venv 0644 1 links
"};

#[test]
fn marker_and_readme_lie_where_the_profile_says() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13 --destdir tree")
        .silent();
    assert_eq!(place.listing("tree"), TREE);
    let marker = place.read("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    assert!(
        marker.starts_with(
            "[externally-managed]\nError=Nothing was installed or removed. Debian manages"
        ),
        "{marker}"
    );
    assert!(
        marker.contains("\n /usr/share/doc/python3.13/README.venv\nError-de="),
        "{marker}"
    );
}

#[test]
fn same_bytes_whatever_the_environment() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13 --destdir tree")
        .silent();
    let script = indoc! {r#"
        umask 077
        mkdir other
        exec "$PROGRAM" install --profile debian --python 3.13 --destdir "$PWD/other"
    "#};
    let status = Command::new("sh")
        .args(["-c", script])
        .current_dir(place.path(""))
        .envs([
            ("PROGRAM", env!("CARGO_BIN_EXE_externally-managed")),
            ("LC_ALL", "ja_JP.UTF-8"),
            ("TZ", "Asia/Tokyo"),
        ])
        .envs([
            ("SOURCE_DATE_EPOCH", "86400"),
            ("HOME", "/nonexistent"),
            ("LANGUAGE", "de"),
        ])
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(place.listing("other"), TREE);
    for file in [
        "usr/lib/python3.13/EXTERNALLY-MANAGED",
        "usr/share/doc/python3.13/README.venv",
    ] {
        assert_eq!(
            place.read(&format!("tree/{file}")),
            place.read(&format!("other/{file}"))
        );
        let metadata = fs_err::metadata(place.path(&format!("other/{file}"))).unwrap();
        assert_eq!((metadata.mtime(), metadata.mtime_nsec()), (86_400, 0));
    }
}

#[test]
fn destdir_never_appears_in_a_file() {
    let place = Place::new();
    let destdir = place.path("tree");
    let destdir = destdir.to_str().unwrap();
    for profile in ["debian", "fedora", "arch", "nix"] {
        place
            .run_with(
                &[
                    "install",
                    "--profile",
                    profile,
                    "--python",
                    "3.14",
                    "--destdir",
                    destdir,
                ],
                &[],
            )
            .silent();
    }
    let grep = Command::new("grep")
        .args(["-rF", destdir, destdir])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&grep.stdout), "");
}

#[test]
fn each_document_alone() {
    let place = Place::new();
    place
        .run("install marker --profile debian --python 3.13 --destdir tree")
        .silent();
    assert!(!place.path("tree/usr/share").exists());
    assert!(
        place
            .read("tree/usr/lib/python3.13/EXTERNALLY-MANAGED")
            .contains("README.venv"),
        "the text still names it"
    );
    place
        .run("install readme --profile debian --python 3.13 --destdir tree")
        .silent();
    assert_eq!(place.listing("tree"), TREE);
}

#[test]
fn without_documentation_the_marker_is_the_same() {
    let place = Place::new();
    let install = "install --profile debian --python 3.13 --destdir";
    let marker = "usr/lib/python3.13/EXTERNALLY-MANAGED";
    place
        .run(&format!("{install} tree --no-docs --files-list list"))
        .silent();
    assert_eq!(place.read("list"), format!("/{marker}\n"));
    assert_eq!(
        place.listing("tree"),
        TREE.split_inclusive('\n').take(4).collect::<String>()
    );
    place
        .run(&format!("{install} tree --no-docs --check"))
        .silent();

    fs_err::create_dir(place.path("whole")).unwrap();
    place.run(&format!("{install} whole")).silent();
    let with_readme = place.read(&format!("whole/{marker}"));
    assert_eq!(place.read(&format!("tree/{marker}")), with_readme);

    fs_err::create_dir(place.path("none")).unwrap();
    let readme = install.replace("install", "install readme");
    place.run(&format!("{readme} none --no-docs")).silent();
    assert_eq!(place.listing("none"), "");
}

#[test]
fn readme_elsewhere_or_nowhere() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13 --destdir tree --readme none")
        .silent();
    let marker = place.read("tree/usr/lib/python3.13/EXTERNALLY-MANAGED");
    assert!(!marker.contains("README"), "{marker}");
    assert!(!place.path("tree/usr/share").exists());

    place
        .run_with(
            &[
                "install",
                "--profile",
                "alpine",
                "--python",
                "3.14",
                "--destdir",
                "tree",
                "--readme",
                "/usr/share/doc/{{ python.name }}/README",
            ],
            &[],
        )
        .silent();
    assert!(place.path("tree/usr/share/doc/python3.14/README").is_file());
    assert!(
        place
            .read("tree/usr/lib/python3.14/EXTERNALLY-MANAGED")
            .contains("\n /usr/share/doc/python3.14/README\n")
    );
}

#[test]
fn stdlib_elsewhere() {
    let place = Place::new();
    place
        .run("install --profile fedora --python 3.15 --destdir tree --stdlib /usr/lib/python3.15")
        .silent();
    let marker = place.read("tree/usr/lib/python3.15/EXTERNALLY-MANAGED");
    assert!(
        marker.contains("\n /usr/lib/python3.15/README.venv\n"),
        "{marker}"
    );
    assert!(place.path("tree/usr/lib/python3.15/README.venv").is_file());
    assert!(!place.path("tree/usr/lib64").exists());
}

#[test]
fn packages_of_two_libdirs_share_every_file_outside_of_them() {
    let place = Place::new();
    for libdir in ["lib", "lib64"] {
        fs_err::create_dir(place.path(libdir)).unwrap();
        let stdlib = format!("/usr/{libdir}/python3.15");
        place
            .run(&format!(
                "install --profile fedora --python 3.15 --destdir {libdir} --stdlib {stdlib} --readme /usr/share/doc/python3/README.venv"
            ))
            .silent();
    }
    let readme = place.read("lib/usr/share/doc/python3/README.venv");
    assert_eq!(
        readme,
        place.read("lib64/usr/share/doc/python3/README.venv")
    );
    assert!(!readme.contains("/usr/lib"), "{readme}");
    // Inside of the standard library, everything is that architecture's own.
    let inside = place
        .run("render readme --profile fedora --python 3.15")
        .out();
    assert!(
        inside.contains("    /usr/lib64/python3.15/EXTERNALLY-MANAGED\n"),
        "{inside}"
    );
}

#[test]
fn stdlib_overrides_a_kind_that_is_not_shipped() {
    let place = Place::new();
    place
        .run("install --profile debian --python 3.13t --destdir tree")
        .fails(
            2,
            indoc! {"
            error: Debian ships no Python of the kind free-threaded, so the place of 3.13t is not known
             |
             = help: say where it lies with --stdlib, or add the kind to `python.ships`
                     in the profile
        "},
        );
    place
        .run("install --profile debian --python 3.13t --destdir tree --stdlib /usr/lib/python3.13t")
        .silent();
    let marker = place.read("tree/usr/lib/python3.13t/EXTERNALLY-MANAGED");
    assert!(
        marker.contains("\n $ python3.13t -m venv .venv\n"),
        "{marker}"
    );
}

#[test]
fn several_pythons_in_one_call() {
    let place = Place::new();
    place
        .run(
            "install --profile debian --python 3.13 --python 3.14 --python pypy3.11 --destdir tree",
        )
        .silent();
    for (file, command) in [
        ("usr/lib/python3.13", "python3 -m venv .venv"),
        ("usr/lib/python3.14", "python3.14 -m venv .venv"),
        ("usr/lib/pypy3.11", "pypy3 -m venv .venv"),
    ] {
        let marker = place.read(&format!("tree/{file}/EXTERNALLY-MANAGED"));
        assert!(marker.contains(command), "{marker}");
    }
    assert!(place.path("tree/usr/share/doc/pypy3/README.venv").is_file());
}

#[test]
fn many_pythons_under_the_usual_limit_of_open_files() {
    let place = Place::new();
    let pythons = (1..=600).map(|minor| format!(" --python 3.{minor}"));
    let pythons = pythons.collect::<Vec<_>>().concat();
    let script = format!(
        "ulimit -S -n 256; exec \"$PROGRAM\" install --profile debian --languages none --destdir tree{pythons}"
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(place.path(""))
        .env("PROGRAM", env!("CARGO_BIN_EXE_externally-managed"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(
        place
            .path("tree/usr/lib/python3.600/EXTERNALLY-MANAGED")
            .is_file()
    );
}

#[test]
fn pythons_that_would_share_a_readme() {
    let place = Place::new();
    place.run("install --profile debian --python 3.13 --python 3.14 --destdir tree --readme /usr/share/doc/README.venv").fails(
        2,
        indoc! {"
            error: two different files would be installed as /usr/share/doc/README.venv
             |
             = help: give each Python a place of its own, for example --readme
                     '/usr/share/doc/{{ python.name }}/README.venv'
        "},
    );
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn translated_readmes_and_the_list_of_files() {
    let place = Place::new();
    place
        .run("install --profile fedora --python 3.15 --destdir tree --readme-languages de,pt_BR --files-list list --files-format rpm")
        .silent();
    assert_eq!(
        place.read("list"),
        indoc! {"
            /usr/lib64/python3.15/EXTERNALLY-MANAGED
            /usr/lib64/python3.15/README.venv
            %lang(de) /usr/lib64/python3.15/README.venv.de
            %lang(pt_BR) /usr/lib64/python3.15/README.venv.pt_BR
        "}
    );
    assert!(
        place
            .read("tree/usr/lib64/python3.15/README.venv.de")
            .contains("Virtuelle Umgebungen")
    );
    place
        .run("install marker --profile fedora --python 3.15 --destdir tree --files-list list")
        .silent();
    assert_eq!(
        place.read("list"),
        "/usr/lib64/python3.15/EXTERNALLY-MANAGED\n"
    );
}

#[test]
fn a_list_of_several_calls() {
    let place = Place::new();
    let add = |arguments: &str| {
        let always = "--destdir tree --files-list list --files-append --files-format rpm";
        place
            .run(&format!("install --profile fedora {always} {arguments}"))
            .silent();
        place.read("list")
    };
    assert_eq!(
        add("--python 3.15 --readme-languages de"),
        indoc! {"
            /usr/lib64/python3.15/EXTERNALLY-MANAGED
            /usr/lib64/python3.15/README.venv
            %lang(de) /usr/lib64/python3.15/README.venv.de
        "}
    );
    let both = indoc! {"
        /usr/lib64/python3.15/EXTERNALLY-MANAGED
        /usr/lib64/python3.15/README.venv
        %lang(de) /usr/lib64/python3.15/README.venv.de
        /usr/lib64/python3.15t/EXTERNALLY-MANAGED
    "};
    for _ in 0..2 {
        assert_eq!(add("--python 3.15t --readme none"), both);
    }
    // The next build begins with an empty tree, and a list that was left over.
    fs_err::remove_dir_all(place.path("tree")).unwrap();
    fs_err::create_dir(place.path("tree")).unwrap();
    place.write("list", format!("%defattr(-,root,root)\n{both}"));
    assert_eq!(
        add("--python 3.15t --readme none"),
        "%defattr(-,root,root)\n/usr/lib64/python3.15t/EXTERNALLY-MANAGED\n"
    );
}

#[test]
fn an_install_that_fails_leaves_the_list_to_add_to() {
    let place = Place::new();
    place.write("list", "/usr/share/doc/other\n");
    place.write("tree/usr/lib/python3.14", "in the way");
    let run = place.run(
        "install --profile arch --python 3.14 --destdir tree --files-list list --files-append",
    );
    run.code(4);
    assert_eq!(place.read("list"), "/usr/share/doc/other\n");
}

#[test]
fn a_list_that_cannot_be_written_changes_nothing() {
    let place = Place::new();
    let run =
        place.run("install --profile arch --python 3.14 --destdir tree --files-list nowhere/list");
    run.fails(
        4,
        "error: the directory of the output file does not exist\n--> nowhere\n",
    );
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn languages_of_the_marker() {
    let place = Place::new();
    let keys = |arguments: &str| {
        let run = place.run(&format!("render marker --python 3.14 {arguments}"));
        run.code(0).stderr("");
        let keys: Vec<String> = run
            .out()
            .lines()
            .filter(|line| line.starts_with("Error"))
            .map(|line| line.split('=').next().unwrap().to_owned())
            .collect();
        keys.join(" ")
    };
    let all = keys("--profile debian");
    assert!(
        all.starts_with("Error Error-ar Error-bg ") && all.ends_with(" Error-zh_TW"),
        "{all}"
    );
    // 47 languages, English, and the other names of three.
    assert_eq!(all.split(' ').count(), 51, "{all}");
    assert_eq!(
        keys("--profile debian --languages all"),
        keys("--profile debian")
    );
    assert_eq!(keys("--profile debian --languages none"), "Error");
    assert_eq!(keys("--profile debian --languages en"), "Error");
    assert_eq!(
        keys("--profile debian --languages de,zh_CN,de"),
        "Error Error-de Error-zh"
    );
    assert_eq!(
        keys("--profile debian --languages reviewed"),
        "Error",
        "no native speaker has reviewed any yet"
    );
    assert_eq!(keys("--profile alpine"), "Error", "Alpine has small images");
    assert_eq!(keys("--profile alpine --languages de"), "Error Error-de");
}

#[test]
fn check_shows_what_differs_and_writes_nothing() {
    let place = Place::new();
    let check = "install marker --profile alpine --python 3.14 --destdir tree --check";
    let run = place.run(check);
    run.stderr("").code(1);
    assert!(
        run.out().starts_with(
            "--- /dev/null\n+++ tree/usr/lib/python3.14/EXTERNALLY-MANAGED\n@@ -0,0 +1,"
        ),
        "{}",
        run.out()
    );
    assert_eq!(place.listing("tree"), "");

    place
        .run("install marker --profile alpine --python 3.14 --destdir tree")
        .silent();
    place.run(check).silent();

    let file = "tree/usr/lib/python3.14/EXTERNALLY-MANAGED";
    let marker = place.read(file);
    place.write(file, marker.replace("doas", "sudo"));
    fs_err::set_permissions(
        place.path(file),
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    )
    .unwrap();
    place.run(check).stderr("").code(1).stdout(indoc! {"
        --- tree/usr/lib/python3.14/EXTERNALLY-MANAGED
        +++ tree/usr/lib/python3.14/EXTERNALLY-MANAGED
        @@ -2,7 +2,7 @@
         Error=Nothing was installed or removed. Alpine Linux manages this Python with
          its package manager (apk). Names in the commands are examples.
        \x20
        - To install a package from Alpine Linux (as root, for example with sudo):
        + To install a package from Alpine Linux (as root, for example with doas):
          $ apk add py3-requests
        \x20
          To install any other package, create a virtual environment, which is a
        tree/usr/lib/python3.14/EXTERNALLY-MANAGED: mode is 0600, should be 0644
    "});
}

#[test]
fn verbose_names_the_files() {
    let place = Place::new();
    let run = place.run("install marker --profile alpine --python 3.14 --destdir tree -v");
    let size = place
        .read("tree/usr/lib/python3.14/EXTERNALLY-MANAGED")
        .len();
    run.stdout("")
        .stderr(&format!(
            "installed tree/usr/lib/python3.14/EXTERNALLY-MANAGED ({size} bytes)\n"
        ))
        .code(0);
}

#[test]
fn profile_auto_is_the_build_machine() {
    let place = Place::new();
    place.write(
        "o/distro-profiles/here.yaml",
        format!(
            "extends: debian\nname: Here\nos_release: [{}]\n",
            identifier()
        ),
    );
    // The overlay's profile is only taken if no built-in one is for this machine.
    place
        .run("install marker --profile auto --data-dir o --python 3.13 --destdir tree")
        .silent();
    assert!(
        place
            .path("tree/usr/lib/python3.13/EXTERNALLY-MANAGED")
            .is_file()
            || place.path("tree/usr/lib64").exists()
    );
}

fn identifier() -> String {
    let text = fs_err::read_to_string("/etc/os-release")
        .or_else(|_| fs_err::read_to_string("/usr/lib/os-release"))
        .unwrap();
    text.lines()
        .find_map(|line| line.strip_prefix("ID="))
        .unwrap()
        .trim_matches('"')
        .to_owned()
}

#[test]
fn mistakes_on_the_command_line() {
    let place = Place::new();
    for (arguments, report) in [
        (
            "--profile debain --python 3.13 --destdir tree",
            "error: unknown profile `debain`\n |\n = help: did you mean `debian`?\n",
        ),
        (
            "--profile xyzzy --python 3.13 --destdir tree",
            "error: unknown profile `xyzzy`\n |\n = help: known profiles: activestate, almalinux, alpine, anaconda, arch,\n         centos-stream, chimera, chocolatey, conda, conda-env,\n         conda-windows, container-image, cygwin, debian, fedora, fink,\n         freebsd, gentoo, guix, homebrew, homebrew-macos, kali, linuxmint,\n         macports, msys2, msys2-clang64, msys2-clangarm64, msys2-mingw64,\n         msys2-ucrt64, netbsd, nix, openbsd, opensuse, postmarketos, pyenv,\n         raspios, rhel, rocky, spack, termux, ubuntu, uv, venv, void, wolfi\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --languages xx",
            "error: there is no catalogue for the language `xx`\n |\n = help: known languages: en, ar, bg, bn, ca, cs, da, de, el, es, et, eu,\n         fa, fi, fr, gl, he, hi, hr, hu, id, it, ja, ka, ko, lt, lv, ms,\n         nb, nl, nn, pl, pt, pt_BR, ro, ru, sk, sl, sq, sr, sv, ta, th, tr,\n         uk, vi, zh_CN, zh_TW\n",
        ),
        (
            "--profile debian --python 3.13 --python 3.14 --destdir tree --stdlib /usr/lib/python3",
            "error: --stdlib is the place of one Python, but --python is given more than once\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --stdlib /usr/../etc",
            "error: --stdlib: `/usr/../etc` is not a path inside of the tree\n |\n = help: write it from the root of the tree, with a `/` first and without\n         `..`\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --readme doc/README",
            "error: --readme: `doc/README` is not a path inside of the tree\n |\n = help: write it from the root of the tree, with a `/` first and without\n         `..`\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --readme /{{python.nmae}}/README",
            "error: --readme: unknown placeholder `python.nmae`\n |\n = help: known here: {{ python.version }}, {{ python.version_nodot }}, {{\n         python.name }}, {{ python.directory }}, {{ python.command }}, {{\n         python.stdlib }}\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --readme /usr/share/doc/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "error: --readme: `/usr/share/doc/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` is too long for a line of the marker\n |\n = help: it must fit into 76 columns\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --stdlib /%{_libdir}/python3.13",
            "error: --stdlib: `/%{_libdir}/python3.13` has the character `%`, which cannot stand in a path\n",
        ),
        (
            "readme --profile debian --python 3.13 --destdir tree --readme none",
            "error: `--readme none` contradicts the README that is asked for\n",
        ),
        (
            "readme --profile alpine --python 3.14 --destdir tree",
            "error: there is no README to install\n |\n = help: the profile has none; name its place with --readme PATH\n",
        ),
        (
            "marker --profile debian --python 3.13 --destdir tree --readme-languages de",
            "error: --readme-languages is for the README, which is not asked for\n",
        ),
        (
            "--profile ./nothing.yaml --python 3.13 --destdir tree",
            "error: there is no such file\n--> ./nothing.yaml\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --data-dir nowhere",
            "error: the data directory does not exist\n--> nowhere\n",
        ),
        (
            "--profile debian --python 3.13 --destdir tree --data-dir tree",
            "error: the data directory has none of the folders that we read\n--> tree\n = help: it is laid out like the repository: distro-profiles, templates, po\n",
        ),
    ] {
        let code = if report.contains("no such file") || report.contains("data directory") {
            4
        } else {
            2
        };
        place
            .run(&format!("install {arguments}"))
            .fails(code, report);
        assert_eq!(place.listing("tree"), "", "{arguments}");
    }
    let destdir = place.path("tree");
    let destdir = destdir.to_str().unwrap();
    let stdlib = format!("{destdir}/usr/lib/python3.13");
    place
        .run_with(
            &[
                "install",
                "--profile",
                "debian",
                "--python",
                "3.13",
                "--destdir",
                destdir,
                "--stdlib",
                &stdlib,
            ],
            &[],
        )
        .code(2);
    place
        .run_with(
            &[
                "install",
                "--profile",
                "debian",
                "--python",
                "3.13",
                "--destdir",
                "tree",
            ],
            &[("SOURCE_DATE_EPOCH", "yesterday")],
        )
        .fails(
            2,
            "error: SOURCE_DATE_EPOCH is `yesterday`, which is not a whole number of seconds since 1970\n",
        );
    for python in ["2.7", "python3.13", "3", "3.13x", "../3.13"] {
        place
            .run(&format!(
                "install --profile debian --python {python} --destdir tree"
            ))
            .code(2);
    }
    place.run("install --profile debian --python 3.13").code(2);
    place.run("install --profile debian --destdir tree").code(2);
    assert_eq!(place.listing("tree"), "");
}

#[test]
fn the_list_in_the_place_of_what_it_lists() {
    let place = Place::new();
    let install = "install marker --profile debian --python 3.13 --destdir tree";
    place.run(install).silent();
    let marker = "tree/usr/lib/python3.13/EXTERNALLY-MANAGED";
    let before = place.read(marker);
    place
        .run(&format!("{install} --files-list tree/usr/../usr/lib/python3.13/EXTERNALLY-MANAGED"))
        .fails(
            2,
            "error: --files-list: `/usr/lib/python3.13/EXTERNALLY-MANAGED` is installed itself\n |\n = help: give the list a place of its own, outside of the tree\n",
        );
    assert_eq!(place.read(marker), before);
}
