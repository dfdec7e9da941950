//! The known attacks on programs that read YAML, templates, catalogues and configuration, each as
//! a file, with little memory and time: the program says what is wrong and where, or does its work.

use std::fmt::Write as _;

use crate::support::{Place, Run};

/// The run must end with `code`, and its report begin with these lines.
#[track_caller]
fn ends(run: &Run, code: i32, report: &str) {
    run.code(code);
    let said = run.error();
    assert!(
        said.starts_with(report) && !report.is_empty() || said.is_empty() && report.is_empty(),
        "expected:\n{report}\nfound:\n{said:.2000}"
    );
    assert!(said.len() < 20_000, "{} bytes of report", said.len());
}

const RENDER: &str = "render marker --python 3.13 --output out --profile";

/// `join`ed copies of what `item` gives for 0, 1, …
fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect()
}

#[test]
fn profiles() {
    let laughs = many(9, |level| {
        let below = match level.checked_sub(1) {
            Some(below) => format!("*a{below},").repeat(9),
            None => "x,".repeat(9),
        };
        format!("  - &a{level} [{below}]\n")
    });
    for (name, text, code, report) in [
        (
            "aliases of aliases",
            format!("extends: debian\nos_release:\n{laughs}"),
            3,
            "error: expected text, found a list\n --> ./p.yaml:3:5\n",
        ),
        (
            "a long value a thousand times",
            format!(
                "extends: debian\nname: &a {}\nos_release: [{}]\n",
                "x".repeat(30_000),
                "*a,".repeat(9_000)
            ),
            3,
            "error: the value is longer than 512 bytes\n --> ./p.yaml:2:7\n",
        ),
        (
            "a value a thousand times",
            format!(
                "extends: debian\nos_release: [&a {}, {}]\n",
                "x".repeat(500),
                "*a,".repeat(15_000)
            ),
            3,
            "error: the list has more than 200 items\n --> ./p.yaml:2:13\n",
        ),
        (
            "an alias of what it stands in",
            "extends: debian\npypy: &a\n  pypy: *a\n".to_owned(),
            3,
            "error: unknown key `pypy`\n --> ./p.yaml:3:3\n",
        ),
        (
            "an alias of what it stands in, where a list may be",
            "extends: debian\nos_release: &a [*a]\n".to_owned(),
            3,
            "error: expected text, found a list\n --> ./p.yaml:2:13\n",
        ),
        (
            "a merge key",
            "extends: debian\nvenv: &v {needs: x}\napplications:\n  <<: *v\n".to_owned(),
            3,
            "error: unknown key `<<`\n --> ./p.yaml:4:3\n",
        ),
        (
            "deep lists",
            format!("name: {}", "[".repeat(60_000)),
            3,
            "error: the profile has more than 2000 brackets\n--> ./p.yaml\n",
        ),
        (
            "deep mappings",
            format!("name: {}", "{a: ".repeat(15_000)),
            3,
            "error: the profile has more than 2000 brackets\n--> ./p.yaml\n",
        ),
        (
            "lists as deep as may be",
            format!(
                "extends: debian\nname: {}{}\n",
                "[".repeat(1_990),
                "]".repeat(1_990)
            ),
            3,
            "error: expected text, found a list\n --> ./p.yaml:2:7\n",
        ),
        (
            "deep lists of lines",
            "- ".repeat(32_000),
            3,
            "error: expected a mapping of keys to values, found a list\n --> ./p.yaml:1:1\n",
        ),
        (
            "deep keys",
            "? ".repeat(32_000),
            3,
            "error: expected a key, found a mapping\n --> ./p.yaml:1:3\n",
        ),
        (
            "a huge value",
            format!("extends: debian\nname: {}\n", "x".repeat(65_000)),
            3,
            "error: the value is longer than 512 bytes\n --> ./p.yaml:2:7\n",
        ),
        (
            "a huge file",
            format!("extends: debian\nname: {}\n", "x".repeat(70_000)),
            3,
            "error: the profile is larger than 65536 bytes\n--> ./p.yaml\n",
        ),
        (
            "a file without an end",
            "#".repeat(5 << 20),
            4,
            "error: the file is larger than 4 MiB\n--> ./p.yaml\n",
        ),
        (
            "many keys",
            many(7_000, |number| format!("k{number}: x\n")),
            3,
            "error: unknown key `k0`\n --> ./p.yaml:1:1\n",
        ),
        (
            "many tags",
            format!("extends: debian\nname: {}x\n", "!!str ".repeat(10_000)),
            3,
            "error: expected text, found nothing\n --> ./p.yaml:2:7\n",
        ),
        ("zero bytes", "name: \0\0\n".to_owned(), 3, "error: "),
        (
            "many removals",
            format!("extends: debian\nremove: [{}]\n", "venv,".repeat(12_000)),
            3,
            "error: the list has more than 200 items\n",
        ),
        // An alias is good YAML.
        (
            "an alias",
            "extends: debian\nvenv: &v\n  needs: x\npypy:\n  venv: *v\n".to_owned(),
            0,
            "",
        ),
    ] {
        let place = Place::new();
        place.write("p.yaml", text);
        println!("{name}");
        ends(
            &place.run_limited(&format!("{RENDER} ./p.yaml")),
            code,
            report,
        );
        assert_eq!(place.path("out").exists(), code == 0, "{name}");
        // Never anything but a report of this mistake, or that the file cannot be read.
        place
            .run_limited("lint ./p.yaml")
            .code(if code == 3 { 1 } else { code });
    }
}

#[test]
fn chains_of_profiles() {
    let place = Place::new();
    for number in 0..40 {
        let below = if number < 39 {
            format!("c{}", number + 1)
        } else {
            "debian".to_owned()
        };
        let list = "*a,".repeat(199);
        let text = format!(
            "extends: {below}\nname: &a {}\nos_release: [{list}]\n",
            "x".repeat(500)
        );
        place.write(&format!("o/distro-profiles/c{number}.yaml"), text);
    }
    ends(
        &place.run_limited(&format!("{RENDER} c0 --data-dir o")),
        3,
        "error: profiles extend each other in a circle: c0 -> c1",
    );
    let wide = place.run_limited(&format!("{RENDER} c10 --data-dir o"));
    ends(&wide, 3, "error: `xxxxxxxx");
}

#[test]
fn templates() {
    let message = "{{ _(msg=\"a\") }}";
    let words = "error: a tag of more than 200 words and signs\n --> o/templates/marker.tera:1:1\n";
    for (name, text, report) in [
        (
            "loops in loops",
            "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% endfor %}{% endfor %}".to_owned(),
            "error: a template cannot have the tag `for`\n --> o/templates/marker.tera:1:1\n",
        ),
        (
            "a text that doubles",
            format!("{{% set a = name %}}{}", "{% set a = a ~ a %}".repeat(60)),
            "error: a template cannot have the tag `set`\n --> o/templates/marker.tera:1:1\n",
        ),
        (
            "a text that a filter multiplies",
            "{{ line(text=name | indent(width=99999999999)) }}".to_owned(),
            "error: a template cannot have the sign `|` in a tag\n --> o/templates/marker.tera:1:1\n",
        ),
        (
            "a list that a function makes",
            format!("\n{}", "{% if range(end=100000) %}{% endif %}".repeat(100)),
            "error: unknown function `range`\n --> o/templates/marker.tera:2:7\n",
        ),
        (
            "a component that calls itself",
            "{% component a() %}{{ <a/> }}{% endcomponent %}{{ <a/> }}".to_owned(),
            "error: a template cannot have the tag `component`\n",
        ),
        (
            "a loop behind what only looks like the end of a text",
            "{{ _(msg=\"a\\\" \", q=name) }}{% for x in range(end=99999) %}{% endfor %}{{ _(msg=\"\") }}".to_owned(),
            "error: ",
        ),
        ("deep brackets", format!("{{% if {}name{} %}}{{% endif %}}", "(".repeat(9_000), ")".repeat(9_000)), words),
        ("many signs", format!("{{% if {}name %}}{{% endif %}}", "not ".repeat(9_000)), words),
        ("a long sum", format!("{{{{ line(text={}name) }}}}", "name ~ ".repeat(9_000)), words),
        (
            "deep conditions",
            format!("{}{message}{}", "{% if name %}".repeat(2_000), "{% endif %}".repeat(2_000)),
            "error: more than 32 conditions within each other\n --> o/templates/marker.tera:1:417\n",
        ),
        (
            "a long choice",
            format!("{{% if name %}}{}{{% endif %}}", "{% elif name %}".repeat(4_000)),
            "error: more than 32 conditions within each other\n --> o/templates/marker.tera:1:479\n",
        ),
        (
            "many blocks",
            format!("{message}\n").repeat(3_000),
            "error: the document has too many blocks\n    --> o/templates/marker.tera:2001:4\n",
        ),
        (
            "many placeholders",
            format!("{{{{ _(msg=\"{}\", a=name) }}}}", "{a}".repeat(20_000)),
            "error: the message has more than 8 placeholders\n --> o/templates/marker.tera:1:4\n",
        ),
        (
            "a huge template",
            format!("{{# {} #}}", "x".repeat(70_000)),
            "error: the template is larger than 65536 bytes\n--> o/templates/marker.tera\n",
        ),
        ("open tags", "{{".repeat(30_000), "error: `{{` without `}}`\n --> o/templates/marker.tera:1:1\n"),
        ("open quotes", format!("{{{{ line(text={}", "\"'".repeat(30_000)), "error: `{{` without `}}`\n"),
    ] {
        let place = Place::new();
        place.write("o/templates/marker.tera", text);
        println!("{name}");
        ends(&place.run_limited(&format!("{RENDER} debian --data-dir o")), 3, report);
        assert!(!place.path("out").exists(), "{name}");
    }
}

#[test]
fn templates_that_include_each_other() {
    let place = Place::new();
    place.write("o/templates/marker.tera", "{% include \"c0.tera\" %}\n");
    for number in 0..60 {
        let text = format!("{{% include \"c{}.tera\" %}}\n", number + 1).repeat(2);
        place.write(&format!("o/templates/c{number}.tera"), text);
    }
    place.write("o/templates/c60.tera", "{{ _(msg=\"a\") }}\n");
    ends(
        &place.run_limited(&format!("{RENDER} debian --data-dir o")),
        3,
        "error: with all that they include, the templates are too many\n--> o/templates/marker.tera\n",
    );
    place.write(
        "o/templates/c60.tera",
        "{% if name %}{% include \"c59.tera\" %}{% endif %}\n",
    );
    ends(
        &place.run_limited(&format!("{RENDER} debian --data-dir o")),
        3,
        "error: the templates include each other in a circle: c59.tera -> c60.tera -> c59.tera\n --> o/templates/c60.tera:1:26\n",
    );
}

#[test]
fn catalogues() {
    let header =
        "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n\"\n\n";
    let id = "msgid \"To install a package from {distro}:\"\n";
    let long = "error: the text is longer than 16384 bytes\n --> o/po/de.po:";
    for (name, text, code, report) in [
        (
            "a huge text",
            format!("{id}msgstr \"{{distro}} {}\"\n", "x".repeat(4_000_000)),
            3,
            long,
        ),
        (
            "a text of many lines",
            format!("{id}msgstr \"\"\n{}", "\"x\"\n".repeat(400_000)),
            3,
            long,
        ),
        (
            "many placeholders",
            format!(
                "{id}msgstr \"{}\"\n",
                many(200_000, |n| format!("{{a{n}}}"))
            ),
            3,
            long,
        ),
        (
            "placeholders that multiply a fact",
            format!("{id}msgstr \"{}\"\n", "{distro} ".repeat(1_000).trim_end()),
            3,
            "error: more than 8 placeholders\n --> o/po/de.po:5:1\n",
        ),
        (
            "plural forms",
            format!(
                "msgid \"a\"\nmsgid_plural \"b\"\n{}",
                many(100_000, |n| format!("msgstr[{n}] \"x\"\n"))
            ),
            3,
            "error: `msgid_plural` is not used in our catalogues\n --> o/po/de.po:5:1\n",
        ),
        (
            "forms without a plural",
            format!(
                "msgid \"a\"\n{}",
                many(100_000, |n| format!("msgstr[{n}] \"x\"\n"))
            ),
            3,
            "error: unknown keyword `msgstr[0]`\n --> o/po/de.po:5:1\n",
        ),
        (
            "the same message",
            format!("{id}msgstr \"{{distro}}\"\n").repeat(10_000),
            3,
            "error: this message is in the catalogue twice\n --> o/po/de.po:6:1\n",
        ),
        (
            "many mistakes",
            many(20_000, |n| format!("msgid \"{n}\"\nmsgstr \" x\"\n")),
            3,
            "error: the translation has white space at its start or end, or twice in a row\n --> o/po/de.po:5:1\n",
        ),
        (
            "zero bytes",
            "\0".repeat(1_000_000),
            3,
            "error: expected a keyword and a text in quotation marks\n --> o/po/de.po:4:1\n",
        ),
        (
            "many messages",
            many(30_000, |n| format!("msgid \"{n}\"\nmsgstr \"x\"\n\n")),
            0,
            "",
        ),
        ("many comments", "#\n".repeat(1_000_000), 0, ""),
        (
            "many flags",
            format!("#, {}\n", "fuzzy,".repeat(500_000)),
            0,
            "",
        ),
        (
            "obsolete messages",
            "#~ msgid \"a\"\n".repeat(200_000),
            0,
            "",
        ),
    ] {
        let place = Place::new();
        place.write("o/po/de.po", format!("{header}{text}"));
        println!("{name}");
        ends(
            &place.run_limited(&format!("{RENDER} debian --data-dir o")),
            code,
            report,
        );
        assert_eq!(place.path("out").exists(), code == 0, "{name}");
        place.run_limited("lint -v o/po/de.po").code(1);
    }
}

#[test]
fn markers() {
    let start = "[externally-managed]\nError=x\n";
    let mut languages = String::new();
    for first in 'a'..='z' {
        for second in 'a'..='z' {
            for region in ["AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH", "II", "JJ"] {
                writeln!(languages, "Error-{first}{second}q_{region}=x").unwrap();
            }
        }
    }
    for (name, text) in [
        (
            "keys",
            format!("{start}{}", many(20_000, |n| format!("Error-k{n}=x\n"))),
        ),
        (
            "unknown keys",
            format!("{start}{}", many(20_000, |n| format!("k{n}:\n"))),
        ),
        (
            "the same key",
            format!("{start}{}", "Error=x\n".repeat(30_000)),
        ),
        ("languages", format!("{start}{languages}")),
        (
            "sections",
            format!("{start}{}", many(20_000, |n| format!("[s{n}]\na=b\n"))),
        ),
        ("the same section", "[externally-managed]\n".repeat(20_000)),
        (
            "comments in a text",
            format!("{start}{}", "# c\n x\n".repeat(40_000)),
        ),
        (
            "comments behind a text",
            format!("{start}{}{}", " x\n".repeat(40_000), "# c\n".repeat(40_000)),
        ),
        (
            "lines that look like sections",
            format!("{start}{}", " [x]\n".repeat(60_000)),
        ),
        (
            "tags that reach over lines",
            format!("{start}{}", " [a\n y\n".repeat(40_000)),
        ),
        ("cut lines", format!("{start}{}", " x #a\n".repeat(50_000))),
        (
            "keys without values",
            format!("{start}{}", "a\n".repeat(100_000)),
        ),
        (
            "values without keys",
            format!("{start}{}", "=\n".repeat(100_000)),
        ),
        ("empty lines", format!("{start}{}", "\n".repeat(300_000))),
        (
            "one line",
            format!("[externally-managed]\nError={}\n", "x".repeat(300_000)),
        ),
        (
            "control characters",
            format!("[externally-managed]\nError={}\n", "\u{1b}".repeat(300_000)),
        ),
        (
            "marks of direction",
            format!(
                "[externally-managed]\nError={}\n",
                "\u{202e}".repeat(100_000)
            ),
        ),
        (
            "brackets",
            format!("[externally-managed]\nError={}\n", "[a".repeat(150_000)),
        ),
        (
            "colons",
            format!("[externally-managed]\nError={}\n", ":a".repeat(150_000)),
        ),
        (
            "paths",
            format!(
                "[externally-managed]\nError={}\n",
                "/usr/share/doc/README ".repeat(10_000)
            ),
        ),
        ("zero bytes", "\0".repeat(300_000)),
        (
            "placeholders",
            format!("{start}{}", " {{ python.name }} %{\n".repeat(10_000)),
        ),
    ] {
        let place = Place::new();
        println!("{name}");
        place.write("m", text);
        let lint = place.run_limited("lint -v m");
        assert!(
            lint.out().len() < 100_000,
            "{name}: {} bytes",
            lint.out().len()
        );
        // Nothing is wrong with many lines, whatever stands behind them.
        let good = ["comments behind a text", "empty lines"].contains(&name);
        lint.stderr("").code(i32::from(!good));
        place.run_limited("explain m").stderr("").code(0);
        // Adopted byte for byte, or refused.
        let import = place.run_limited("import m --profile debian --output o");
        if import.error().is_empty() {
            import.code(0);
            let arguments =
                "render marker --profile debian --python 3.13 --data-dir o --output out";
            let render = place.run_limited(arguments);
            assert!(render.error().len() < 20_000, "{name}");
            render.code(0);
            assert!(place.read("out") == place.read("m"), "{name}");
        } else {
            ends(&import, 3, "error: no installer can read this marker");
        }
    }
}

#[test]
fn adopted_markers_that_grow() {
    let place = Place::new();
    place.write("p/p.yaml", "extends: debian\nmarker: p.marker\n");
    let line = " {{ python.stdlib }}\n".repeat(100_000);
    place.write(
        "p/p.marker",
        format!("[externally-managed]\nError=x\n{line}"),
    );
    let stdlib = format!("/{}/python3.13", "x".repeat(4_000));
    ends(
        &place.run_limited(&format!("{RENDER} p/p.yaml --stdlib {stdlib}")),
        3,
        "error: with its placeholders filled in, the marker is larger than 4 MiB\n--> p/p.marker\n",
    );
}
