//! The schema accepts what the program accepts, and refuses what it refuses.

use std::fs;
use std::path::PathBuf;

use externally_managed::data::Data;
use externally_managed::profile::Profile;
use jsonschema::Validator;
use serde_json::Value;
use xtask::repository::root;

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&xtask::schema::generate().text).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a valid schema");
    jsonschema::draft202012::new(&schema).expect("a schema that compiles")
}

/// What the schema says about a profile: its complaints.
fn complaints(validator: &Validator, yaml: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"));
    validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// What the program says about it.
fn program(yaml: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let path = folder.path().join("test.yaml");
    fs::write(&path, yaml).expect("writable");
    let path = path.to_str().expect("our temporary directory is UTF-8");
    let outcome = Profile::load(path, &Data::default());
    outcome.map(|_| ()).map_err(|error| error.render(false))
}

#[test]
fn embedded_profiles_are_valid() {
    let validator = validator();
    let entries = fs::read_dir(root().join("distro-profiles")).expect("there");
    let files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    assert!(files.len() >= 5);
    for path in files {
        let yaml = fs::read_to_string(&path).expect("UTF-8");
        assert_eq!(
            complaints(&validator, &yaml),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}

/// Lines after `extends: debian`.
const RIGHT: &[&str] = &[
    "",
    "marker: x.marker",
    "pypy: {marker: x-1.2.marker}",
    "do_not_mark: {kind: environment, places: [/opt/*]}",
    "name: Ubuntu",
    "name: 7",
    "name: 0x10",
    "name: true",
    "name: a } b { c",
    "os_release: [ubuntu, 7]",
    "os_release: []",
    "os_release:",
    "venv:",
    "other:",
    "remove:",
    "python: { default: '3.14' }",
    "python: { default: 3.14 }",
    "python: { default: 3.10 }",
    "python: { ships: [cpython, free-threaded, pypy] }",
    "command: '{{ python.name }}'",
    "command: '{{python.name}} -P'",
    "stdlib: /usr/lib/{{ python.directory }}",
    "readme: none",
    "readme: '{{ python.stdlib }}/README.venv'",
    "readme: /usr/share/doc/..data/README",
    "help_url: https://example.org/a#b",
    "languages: all",
    "languages: reviewed",
    "languages: none",
    "languages: [de, pt_BR, ast]",
    "languages: []",
    "immutable: true",
    "immutable: 'false'",
    "package_manager: { name: apt, install: 'apt install {{ python.name }}-x' }",
    "opt_out: { exclude: { section: '[options]', line: 'a = b' } }",
    "remove: [local_packages, package_manager, opt_out.exclude, opt_out.exclude.line]",
    "other: { command: python9, venv: { needs: x } }",
    "other: { remove: [venv, opt_out.disable] }",
    "free_threaded: { stdlib: /opt/x }",
    "pypy: { readme: none }",
];

const WRONG: &[&str] = &[
    "marker: x",
    "marker: ../x.marker",
    "marker: .marker",
    "do_not_mark: {kind: xyz}",
    "nmae: Ubuntu",
    "name: ''",
    "name: null",
    "name: '~'",
    "name: ' Ubuntu'",
    "name: 'Ubuntu '",
    "name: \"Ubuntu\\u00A0\"",
    "name: \"a\\nb\"",
    "name: \"a\\e[1mb\"",
    "name: \"a\\u0085b\"",
    "name: [a]",
    "name: { a: b }",
    "os_release: ubuntu",
    "os_release: ['']",
    "python: { default: '3.014' }",
    "python: { default: '2.7' }",
    "python: { default: 2.7 }",
    "python: { default: '3.13t' }",
    "python: { ships: [jython] }",
    "python: { ships: cpython }",
    "python: { name: x }",
    "python: 3.13",
    "command: '{{ python.command }}'",
    "command: '{{ python.stdlib }}/python'",
    "command: '{{ name }}'",
    "command: '{{ python.name'",
    "command: 'a }} b'",
    "command: '{{{ python.name }}'",
    "stdlib: usr/lib/python3",
    "stdlib: /usr/../lib",
    "stdlib: '{{ python.stdlib }}/x'",
    "readme: README",
    "readme: /x y/README",
    "readme: '/{python.name}/README'",
    "readme: /$x/README",
    "stdlib: /usr//lib",
    "readme: /a/..",
    "readme: '{{python.stdlib}}/README.venv'",
    "help_url: http://example.org/",
    "help_url: 'https://example.org/a b'",
    "languages: some",
    "languages: [de_de]",
    "languages: [DE]",
    "languages:",
    "languages: [1]",
    "languages: { de: true }",
    "immutable: 'maybe'",
    "immutable: 1",
    "immutable:",
    "venv: ''",
    "package_manager: apt",
    "package_manager: { command: apt }",
    "opt_out: { exclude: { lines: x } }",
    "remove: [nmae]",
    "remove: [opt_out.exclude.lin]",
    "remove: name",
    "remove: [other]",
    "other: { name: Ubuntu }",
    "other: { languages: all }",
    "other: { python: { default: '3.13' } }",
    "other: { extends: fedora }",
    "other: { other: {} }",
    "other: { remove: [name] }",
    "other: { remove: [python] }",
    "free-threaded: { command: x }",
    "pypy: pypy3",
];

#[test]
fn the_schema_and_the_program_agree() {
    let validator = validator();
    for line in RIGHT {
        let yaml = format!("extends: debian\n{line}\n");
        assert_eq!(
            complaints(&validator, &yaml),
            Vec::<String>::new(),
            "{line}"
        );
        assert_eq!(program(&yaml), Ok(()), "{line}");
    }
    for line in WRONG {
        let yaml = format!("extends: debian\n{line}\n");
        assert!(
            !validator_accepts(&validator, &yaml),
            "the schema accepts: {line}"
        );
        assert!(program(&yaml).is_err(), "the program accepts: {line}");
    }
}

fn validator_accepts(validator: &Validator, yaml: &str) -> bool {
    complaints(validator, yaml).is_empty()
}

/// A profile that extends no other, in the order of its lines.
const WHOLE: [&str; 4] = [
    "name: Example",
    "command: python3",
    "stdlib: /usr/lib/{{ python.directory }}",
    "python: { default: '3.13', ships: [cpython] }",
];

#[test]
fn a_profile_that_extends_no_other_must_be_whole() {
    let validator = validator();
    let whole = WHOLE.join("\n");
    assert_eq!(complaints(&validator, &whole), Vec::<String>::new());
    assert_eq!(program(&whole), Ok(()));
    let mut parts: Vec<String> = WHOLE.iter().map(|line| whole.replace(line, "")).collect();
    parts.push(whole.replace("default: '3.13', ", ""));
    parts.push(whole.replace(", ships: [cpython]", ""));
    for part in parts {
        assert!(
            !validator_accepts(&validator, &part),
            "the schema accepts:\n{part}"
        );
        assert!(program(&part).is_err(), "the program accepts:\n{part}");
    }
}
