#!/usr/bin/env python3
"""What a distribution would write in Python to do the same job.

Renders the marker in every language and the README in English for Debian's Python 3.13, with
the templates and catalogues of this repository (Jinja2 reads our templates as they are), and
checks the marker with configparser. Written to be fast for what it is: one environment, each
catalogue read once, nothing imported that is not used.

usage: marker.py REPOSITORY DESTDIR
"""

import configparser
import os
import sys
import textwrap

import jinja2

TITLE, HEADING = "=", "-"

# Debian's profile, resolved for 3.13: reading YAML would need one more package.
FACTS = {
    "name": "Debian",
    "readme": "/usr/share/doc/python3.13/README.venv",
    "names_stdlib": True,
    "no_record": True,
    "systemd": True,
    "patched_pip": True,
    "local_packages": "/usr/local/lib/python3.13/dist-packages",
    "python": {
        "command": "python3",
        "name": "python3.13",
        "version": "3.13",
        "stdlib": "/usr/lib/python3.13",
    },
    "package_manager": {
        "name": "apt",
        "root": "sudo",
        "install": "apt install python3-requests",
        "install_minimal": "apt-get update && apt-get install --yes --no-install-recommends python3-requests",
        "search": "apt search --names-only requests",
    },
    "venv": {"needs": "python3-venv"},
    "applications": {"command": "pipx install httpie", "needs": "pipx"},
    "opt_out": {
        "package": {},
        "marker_package": {},
        "disable": "dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED",
        "enable": "dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED",
        "exclude": {
            "file": "/etc/dpkg/dpkg.cfg.d/externally-managed",
            "line": "path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED",
        },
    },
}


def unquote(line):
    text = line[line.index('"') + 1 : line.rindex('"')]
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def read_catalogue(path):
    """The translations of a PO file without plurals and contexts, as ours are."""
    translations = {}
    message = {"msgid": "", "msgstr": ""}
    field = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith(("msgid ", "msgstr ")):
                field = line[: line.index(" ")]
                if field == "msgid":
                    translations[message["msgid"]] = message["msgstr"]
                    message = {"msgid": "", "msgstr": ""}
                message[field] += unquote(line)
            elif line.startswith('"'):
                message[field] += unquote(line)
    translations[message["msgid"]] = message["msgstr"]
    return translations


class Writer:
    """The functions that templates call; they note what to write, and leave a number."""

    def __init__(self, translations):
        self.translations = translations
        self.blocks = []

    def note(self, *block):
        self.blocks.append(block)
        return f"\1{len(self.blocks) - 1}\1"

    def message(self, kind, msg, arguments):
        text = self.translations.get(msg) or msg
        return self.note(kind, text.format(**arguments))

    def functions(self):
        return {
            "_": lambda msg, **arguments: self.message("sentence", msg, arguments),
            "title": lambda msg, **arguments: self.message(TITLE, msg, arguments),
            "heading": lambda msg, **arguments: self.message(HEADING, msg, arguments),
            "command": lambda run: self.note("literal", "$ " + run),
            "path": lambda name: self.note("literal", name),
            "line": lambda text: self.note("literal", text),
        }


def lay_out(rendered, blocks, indent):
    """The lines of a document: sentences on adjoining lines are wrapped together."""
    lines = []
    sentences = []

    def end_paragraph():
        if sentences:
            text = " ".join(sentences)
            lines.extend(textwrap.wrap(text, 72, break_long_words=False, break_on_hyphens=False))
            sentences.clear()

    for line in rendered.splitlines():
        number = line.strip("\1 ")
        if not number:
            end_paragraph()
            if lines and lines[-1]:
                lines.append("")
            continue
        kind, text = blocks[int(number)]
        if kind == "sentence":
            sentences.append(text)
            continue
        end_paragraph()
        if kind == "literal":
            lines.append(indent + text)
        else:
            lines.extend((text, kind * len(text)))
    end_paragraph()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def render(environment, name, translations, indent):
    writer = Writer(translations)
    rendered = environment.get_template(name).render(FACTS, **writer.functions())
    return lay_out(rendered, writer.blocks, indent)


def keys(languages):
    """The keys that pip looks up, with the catalogue for each."""
    found = {"zh" if language == "zh_CN" and "zh" not in languages else language: language for language in languages}
    for language in sorted(language for language in languages if "_" in language):
        found.setdefault(language.split("_")[0], language)
    for language, alias in (("nb", "no"), ("he", "iw"), ("zh_TW", "zh_HK")):
        if language in languages:
            found.setdefault(alias, language)
    return found


def check(marker, values):
    """The marker must read back as what was meant."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(marker)
    for key, lines in values.items():
        if parser["externally-managed"][key] != "\n".join(lines):
            sys.exit(f"{key} does not read back")


def install(destdir, path, text):
    target = destdir + path
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(target, 0o644)


def main():
    repository, destdir = sys.argv[1:]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(os.path.join(repository, "templates")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    directory = os.path.join(repository, "po")
    languages = sorted(name[:-3] for name in os.listdir(directory) if name.endswith(".po"))
    catalogues = {language: read_catalogue(os.path.join(directory, language + ".po")) for language in languages}
    texts = {language: render(environment, "marker.tera", catalogues[language], "") for language in languages}
    values = {"Error": render(environment, "marker.tera", {}, "")}
    for key, language in sorted(keys(languages).items()):
        values["Error-" + key] = texts[language]
    marker = ["[externally-managed]"]
    for key, lines in values.items():
        marker.append(f"{key}={lines[0]}")
        marker.extend(" " + line if line else "" for line in lines[1:])
    marker = "\n".join(marker) + "\n"
    check(marker, values)
    readme = "\n".join(render(environment, "readme.tera", {}, "    ")) + "\n"
    install(destdir, FACTS["python"]["stdlib"] + "/EXTERNALLY-MANAGED", marker)
    install(destdir, FACTS["readme"], readme)


main()
