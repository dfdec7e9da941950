//! Every mistake in a template of a data directory gives one report at its place, exit code 3
//! and no file.

use indoc::indoc;

use crate::support::Place;

/// Installs with `marker.tera` of these lines, which must fail with this report.
#[track_caller]
fn refused(template: &str, report: &str) {
    let place = Place::new();
    place.write("o/templates/marker.tera", template);
    place
        .run("install --data-dir o --profile debian --python 3.13 --destdir tree")
        .fails(3, report);
    assert_eq!(place.listing("tree"), "", "nothing may be written");
}

#[test]
fn words_outside_of_a_message() {
    refused(
        "{{ _(msg=\"a\") }}\n  Plain words.\n",
        indoc! {r#"
            error: words outside of a message would not be translated
             --> o/templates/marker.tera:2:3
              |
            2 |   Plain words.
              |   ^^^^^^^^^^^^
              |
              = help: write {{ _(msg="…") }} for a sentence and {{ command(run="…") }}
                      for a command
        "#},
    );
}

#[test]
fn bare_fact() {
    refused(
        "{{ name }}\n",
        indoc! {"
            error: output that is neither a message nor a block
             --> o/templates/marker.tera:1:1
              |
            1 | {{ name }}
              | ^^^^^^^^^^
              |
              = help: pass it to a message as a placeholder, or to command, path or line
        "},
    );
}

#[test]
fn unknown_function() {
    refused(
        "{{ comand(run=\"ls\") }}\n",
        indoc! {r#"
            error: unknown function `comand`
             --> o/templates/marker.tera:1:4
              |
            1 | {{ comand(run="ls") }}
              |    ^^^^^^
              |
              = help: known are _, title, heading, command, path and line
        "#},
    );
}

#[test]
fn unknown_fact() {
    // Tera takes this for false, silently.
    refused(
        "{% if venv.need %}{{ _(msg=\"a\") }}{% endif %}\n",
        indoc! {r#"
            error: no profile can give `venv.need`
             --> o/templates/marker.tera:1:7
              |
            1 | {% if venv.need %}{{ _(msg="a") }}{% endif %}
              |       ^^^^^^^^^
              |
              = help: `externally-managed profiles NAME` lists the facts
        "#},
    );
}

#[test]
fn undefined_value() {
    refused(
        "{{ _(msg=\"More: {page}\", page=help_url) }}\n",
        indoc! {r#"
            error: the profile does not give `help_url`, which this template needs
             --> o/templates/marker.tera:1:31
              |
            1 | {{ _(msg="More: {page}", page=help_url) }}
              |                               ^^^^^^^^
              |
              = help: add the key to the profile
        "#},
    );
}

#[test]
fn placeholder_that_the_call_does_not_give() {
    refused(
        "{{ _(msg=\"From {distro}.\") }}\n",
        indoc! {r#"
            error: the message has {distro}, but the call does not give `distro`
             --> o/templates/marker.tera:1:4
              |
            1 | {{ _(msg="From {distro}.") }}
              |    ^^^^^^^^^^^
        "#},
    );
}

#[test]
fn syntax_error() {
    refused(
        "{% if name %}\n{{ _(msg=\"a\") }}\n",
        indoc! {r"
            error: Unexpected end of input
             --> o/templates/marker.tera:3:1
              |
            3 |
              | ^
        "},
    );
}

#[test]
fn missing_include() {
    refused(
        "{% include \"nothing.tera\" %}\n",
        indoc! {r#"
            error: there is no template `nothing.tera`
             --> o/templates/marker.tera:1:13
              |
            1 | {% include "nothing.tera" %}
              |             ^^^^^^^^^^^^
        "#},
    );
    refused(
        "{% include \"../../etc/passwd\" %}\n",
        indoc! {r#"
            error: there is no template `../../etc/passwd`
             --> o/templates/marker.tera:1:13
              |
            1 | {% include "../../etc/passwd" %}
              |             ^^^^^^^^^^^^^^^^
        "#},
    );
    refused(
        "{% include \"/etc/passwd\" %}\n",
        indoc! {r#"
            error: there is no template `/etc/passwd`
             --> o/templates/marker.tera:1:13
              |
            1 | {% include "/etc/passwd" %}
              |             ^^^^^^^^^^^
        "#},
    );
}

#[test]
fn template_that_includes_itself() {
    refused(
        "{% include \"marker.tera\" %}\n",
        indoc! {r#"
            error: the templates include each other in a circle: marker.tera -> marker.tera
             --> o/templates/marker.tera:1:13
              |
            1 | {% include "marker.tera" %}
              |             ^^^^^^^^^^^
        "#},
    );
}

#[test]
fn text_that_a_marker_cannot_hold() {
    refused(
        "{{ _(msg=\"See section [a] below.\") }}\n",
        indoc! {r#"
            error: `[a]` looks like markup to pipenv, which removes it, in the key Error
             --> o/templates/marker.tera:1:11
              |
            1 | {{ _(msg="See section [a] below.") }}
              |           ^^^^^^^^^^^^^^^^^^^^^^
        "#},
    );
    refused(
        "{{ _(msg=\"a\") }}\n{{ command(run=\"echo # b\") }}\n",
        indoc! {r#"
            error: `#` makes uv up to 0.13.0 drop the rest of the line, in the key Error
             --> o/templates/marker.tera:2:17
              |
            2 | {{ command(run="echo # b") }}
              |                 ^^^^^^^^
        "#},
    );
    refused(
        "\n",
        indoc! {"
            error: `Error` is empty where a line of text must stand, in the key Error
            --> o/templates/marker.tera
        "},
    );
}

#[test]
fn loops_and_assignments() {
    refused(
        "{% for a in range(end=100000) %}{{ _(msg=\"a\") }}{% endfor %}\n",
        indoc! {r#"
            error: a template cannot have the tag `for`
             --> o/templates/marker.tera:1:1
              |
            1 | {% for a in range(end=100000) %}{{ _(msg="a") }}{% endfor %}
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: known are if, elif, else, endif and include
        "#},
    );
    refused(
        "{{ _(msg=\"a\") }}\n{{ command(run=name | upper) }}\n",
        indoc! {"
            error: a template cannot have the sign `|` in a tag
             --> o/templates/marker.tera:2:1
              |
            2 | {{ command(run=name | upper) }}
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: there are no filters, lists, mappings and escapes; facts come as
                      they are in the profile
        "},
    );
}
