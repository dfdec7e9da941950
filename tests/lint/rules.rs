//! Each rule has a marker that it alone objects to, and one that it just does not.

use std::collections::BTreeSet;

use externally_managed::diagnostic::Diagnostic;
use externally_managed::lint::{self, rule::RULES};
use externally_managed::marker::reader::Found;

/// What comes before the text of most markers here.
const HEAD: &str = "[externally-managed]\n";

/// A rule, a marker that breaks it and no other, and one that just does not break it or any
/// other.
const CASES: &[(&str, &str, &str)] = &[
    (
        "EM002",
        "\u{feff}[externally-managed]\nError=a\n",
        "[externally-managed]\nError=a\n",
    ),
    ("EM005", "Error=a\nError=b\n", "Error=a\n# Error=b\n"),
    ("EM005", "Error=a\nerror=b\n", "Error=a\n error=b\n"),
    (
        "EM005",
        "Error=a\nError-pt=b\nError-pt_BR=b\nError-pt_br=c\n",
        "Error=a\nError-pt=b\nError-pt_BR=b\n",
    ),
    (
        "EM006",
        "Error=a\n[externally-managed]\nError-de=b\n",
        "Error=a\nError-de=b\n",
    ),
    ("EM008", "Error-de=a\n", "Error=a\nError-de=a\n"),
    ("EM008", "error=a\n", "Error=a\n"),
    ("EM009", "Error=a\nb c\n", "Error=a\n b c\n"),
    ("EM010", "Error=a\nNote: b\n", "Error=a\n Note: b\n"),
    (
        "EM010",
        "Error=a\nhttps://example.org\n",
        "Error=a\n https://example.org\n",
    ),
    ("EM010", "Error=a\nset x y=z\n", "Error=a\n set x y=z\n"),
    ("EM011", "Error=a\n # b\n", "Error=a\n# b\n"),
    ("EM011", "Error=a\n ;b\n c\n", "Error=a\n c\n;b\n"),
    (
        "EM011",
        "Error=a\n# b\n c\n",
        "Error=a\n c\n# b\nError-de=d\n",
    ),
    ("EM012", "Error=a # b\n", "Error=a\nError-de=a # b\n"),
    ("EM012", "Error=a\n b; c\n", "Error=a\n b, c\n"),
    ("EM012", "Error=# a\n", "Error=a\n"),
    ("EM013", "Error=a\n [1] b\n", "Error=a\n b [1]\n"),
    (
        "EM013",
        "Error=a\nError-de=a\n [1\n",
        "Error=a\nError-de=[1]\n",
    ),
    ("EM014", "Error=a[b]\n", "Error=a[B] [1] [ b]\n"),
    (
        "EM014",
        "Error=see [/usr\n and] b\n",
        "Error=see [/usr\n and b\n",
    ),
    ("EM015", "Error=a\nError-de\n", "Error=a\nError-de=b\n"),
    ("EM015", "Error=a\n= b\n", "Error=a\n = b\n"),
    ("EM015", "Error\n", "Error=a\n"),
    ("EM016", "Error=a\u{1b}b\n", "Error=a b\n"),
    ("EM016", "Error=a\u{9b}b\n", "Error=a\nError-de=a\u{a0}b\n"),
    ("EM016", "Error=a\r b\n", "Error=a\r\n b\r\n"),
    ("EM016", "Error=a\u{7f}\n", "Error=a~\n"),
    ("EM017", "Error=a\n  b\n", "Error=a\n b\n"),
    ("EM017", "Error=a\n\tb\n", "Error=a\n b\n"),
    ("EM018", "Error=\n a\n", "Error= a\n b\n"),
    ("EM019", "Error=a\n 77", "Error=a\n 76"),
    ("EM019", "Error-de=77\nError=a\n", "Error-de=76\nError=a\n"),
    ("EM020", "Error=a\tb\n", "Error=\ta b\t\n"),
    ("EM021", "Error=a :snake: b\n", "Error=a: b: c ::\n"),
    (
        "EM022",
        "Error=a\nError-de=a\u{200e}b\n",
        "Error=a\nError-de=a b\n",
    ),
    (
        "EM022",
        "Error=a\nError-de=a\u{85}b\n",
        "Error=a\nError-de=a\u{3000}b\n",
    ),
    ("EM023", "Error=it’s\n", "Error=it's\nError-de=it’s\n"),
    (
        "EM024",
        "Error=a\nError-de-DE=b\n",
        "Error=a\nError-de=b\nError-de_DE=b\n",
    ),
    (
        "EM024",
        "Error=a\nError-zh_Hant=b\n",
        "Error=a\nError-zh=b\nError-zh_TW=b\nError-sr=c\nError-sr@latin=c\n",
    ),
    (
        "EM025",
        "Error=a\nError-pt_BR=b\n",
        "Error=a\nError-pt_BR=b\nError-pt=b\nError-en_GB=c\n",
    ),
    (
        "EM026",
        "Error=a\nError-nb=b\n",
        "Error=a\nError-nb=b\nError-no=b\n",
    ),
    (
        "EM026",
        "Error=a\nError-iw=b\n",
        "Error=a\nError-iw=b\nError-he=b\n",
    ),
    ("EM027", " Error=a\n", "Error=a\n"),
    (
        "EM027",
        "Error=a\n Error-de=b\n",
        "Error=a\n Errors: b\n Error in x=y\n",
    ),
    ("EM028", "[DEFAULT]\nError=a\n", "Error=a\n[DEFAULT]\n"),
    ("EM029", "Error=\n", "Error=a\n"),
    ("EM030", "Error=a\n\n b\n", "Error=a\n b\n\n"),
    (
        "EM031",
        "Error=a $MINGW_PACKAGE_PREFIX-b\n",
        "Error=a\n $ b $HOME/c costs $5\n",
    ),
    ("EM031", "Error=a ${PY}\n", "Error=a $ {PY}\n"),
    ("EM031", "Error=a @PVER@\n", "Error=a b@c\n"),
    (
        "EM031",
        "Error=see /usr/share/doc/python3.*/README\n",
        "Error=a * b\n",
    ),
    ("EM032", "Error=a\nWarning=b\n", "Error=a\n Warning=b\n"),
    (
        "EM032",
        "Error=a\n[externally-managed/paths]\n",
        "Error=a\n# [externally-managed/paths]\n",
    ),
    ("EM033", "Error=a {{ python.name }}\n", "Error=a { b }\n"),
    ("EM033", "Error=a %{python3}\n", "Error=a 5%\n"),
    (
        "EM033",
        "Error=python__PYVER__-b\n",
        "Error=__init__ b__c\n",
    ),
];

fn marker(text: &str) -> Vec<u8> {
    // A number at the end of a line stands for a line of so many columns.
    let text = text
        .replace("77", &"x".repeat(77))
        .replace("76", &"x".repeat(76));
    if text.contains(HEAD.trim_end()) && !text.contains("=a\n[ext") {
        return text.into_bytes();
    }
    format!("{HEAD}{text}").into_bytes()
}

fn rules(findings: &[Diagnostic]) -> BTreeSet<&'static str> {
    findings.iter().filter_map(|finding| finding.rule).collect()
}

#[test]
fn each_rule_is_broken_alone_and_just_not() {
    let mut wrong = Vec::new();
    for (rule, bad, good) in CASES {
        for (text, expected) in [(bad, BTreeSet::from([*rule])), (good, BTreeSet::new())] {
            let found = rules(&lint::marker("m", &marker(text)).list);
            if found != expected {
                wrong.push(format!("{rule}: {text:?} gives {found:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn bytes_and_sections_too() {
    let found = |bytes: &[u8]| rules(&lint::marker("m", bytes).list);
    assert_eq!(
        found(b"[externally-managed]\nError=a\n# \xe9\n"),
        BTreeSet::from(["EM001"])
    );
    assert_eq!(
        found("[externally-managed]\nError=a\n# \u{e9}\n".as_bytes()),
        BTreeSet::new()
    );
    for bad in [
        "",
        "Error=a\n",
        "[Externally-Managed]\nError=a\n",
        "[ externally-managed ]\nError=a\n",
    ] {
        assert_eq!(found(bad.as_bytes()), BTreeSet::from(["EM007"]), "{bad:?}");
    }
    assert_eq!(
        found(b"[externally-managed]\rError=a\r b\r"),
        BTreeSet::from(["EM029"])
    );
    assert_eq!(
        found(b"[externally-managed]\r\nError=a\r\n b\r\n"),
        BTreeSet::new()
    );
}

#[test]
fn what_is_no_file_too() {
    let found = |found: &Found, installed| rules(&lint::file("m", found, installed).list);
    let file = |mode| Found::File {
        bytes: marker("Error=a\n"),
        mode,
    };
    assert_eq!(found(&file(0o600), true), BTreeSet::from(["EM003"]));
    assert_eq!(found(&file(0o640), true), BTreeSet::from(["EM003"]));
    assert_eq!(found(&file(0o604), true), BTreeSet::new());
    assert_eq!(found(&file(0o600), false), BTreeSet::new());
    for other in [
        Found::Directory,
        Found::Special,
        Found::Dangling,
        Found::Closed,
    ] {
        assert_eq!(found(&other, true), BTreeSet::from(["EM003"]), "{other:?}");
    }
    assert_eq!(found(&Found::Missing, true), BTreeSet::new());
}

#[test]
fn every_rule_about_a_marker_has_a_case() {
    let tested: BTreeSet<&str> = CASES.iter().map(|(rule, _, _)| *rule).collect();
    let elsewhere = ["EM001", "EM003", "EM004", "EM007"];
    for rule in RULES.iter().filter(|rule| rule.id < "EM040") {
        assert!(
            tested.contains(rule.id) || elsewhere.contains(&rule.id),
            "{}",
            rule.id
        );
    }
}
