//! `profiles` and `completions`.

use indoc::indoc;

use externally_managed::data::Data;

use crate::support::Place;

#[test]
fn list() {
    let place = Place::new();
    let run = place.run("profiles");
    run.stderr("").code(0);
    let lines: Vec<String> = run.out().lines().map(str::to_owned).collect();
    for line in [
        "PROFILE           NAME                      PYTHON  SHIPS",
        "debian            Debian                    3.13    cpython, pypy",
        "fedora            Fedora                    3.15    cpython, free-threaded, pypy",
        "pyenv             pyenv                             not to be marked",
    ] {
        assert!(
            lines.iter().any(|known| known == line),
            "{line}\n{lines:#?}"
        );
    }
    assert_eq!(lines.len(), 1 + Data::default().profile_names().len());
    assert!(lines.iter().all(|line| line.len() <= 80), "{lines:#?}");
    let json: serde_json::Value =
        serde_json::from_str(&place.run("profiles --format json").out()).unwrap();
    assert_eq!(json["version"], 1);
    let profiles = json["profiles"].as_array().unwrap();
    let debian = profiles.iter().find(|profile| profile["id"] == "debian");
    assert_eq!(
        debian.unwrap()["ships"],
        serde_json::json!(["cpython", "pypy"])
    );
}

#[test]
fn every_fact_and_where_it_comes_from() {
    let place = Place::new();
    place.write(
        "o/distro-profiles/debian.yaml",
        "extends: debian\nname: Debian Lab\nremove: [opt_out, pypy.readme]\n",
    );
    place.run("profiles debian --data-dir o").fails(
        3,
        indoc! {"
            error: unknown key `pypy.readme` under `remove`
             --> o/distro-profiles/debian.yaml:3:19
              |
            3 | remove: [opt_out, pypy.readme]
              |                   ^^^^^^^^^^^^
              |
              = help: write it with dots, for example package_manager.install
        "},
    );
    place.write(
        "o/distro-profiles/debian.yaml",
        "extends: debian\nname: Debian Lab\nremove: [opt_out, venv]\npypy:\n  venv:\n    needs: lab-pypy\n",
    );
    let run = place.run("profiles debian --data-dir o");
    run.stderr("").code(0);
    let text = run.out();
    assert!(
        text.contains("name: Debian Lab\n    # o/distro-profiles/debian.yaml:2\n"),
        "{text}"
    );
    assert!(
        text.contains("package_manager.name: apt\n    # distro-profiles/debian.yaml:"),
        "{text}"
    );
    assert!(
        text.contains("pypy.venv.needs: lab-pypy\n    # o/distro-profiles/debian.yaml:6\n"),
        "{text}"
    );
    assert!(!text.contains("\nopt_out"), "{text}");
    assert!(!text.contains("\nvenv"), "{text}");
    let json: serde_json::Value = serde_json::from_str(
        &place
            .run("profiles debian --data-dir o --format json")
            .out(),
    )
    .unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["facts"]["name"]["value"], "Debian Lab");
    assert_eq!(
        json["facts"]["name"]["origin"],
        "o/distro-profiles/debian.yaml:2"
    );
    assert_eq!(
        json["facts"]["os_release"]["value"],
        serde_json::json!(["debian"])
    );
}

#[test]
fn unknown_profile() {
    let place = Place::new();
    place.run("profiles fedroa").fails(
        2,
        "error: unknown profile `fedroa`\n |\n = help: did you mean `fedora`?\n",
    );
    place
        .run("profiles ../debian")
        .fails(4, "error: there is no such file\n--> ../debian\n");
}

#[test]
fn completions() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = place.run(&format!("completions {shell}"));
        run.stderr("").code(0);
        assert!(run.out().contains("externally-managed"));
    }
    place.run("completions tcsh").code(2);
}
