"""Turn a table of expectations into shell scripts that paste a document's commands.

    commands.py TABLE DOCUMENT DIRECTORY

DOCUMENT is what a user reads. Its commands are the lines `$ COMMAND`; other
indented lines are literal: settings, options and names of files. TABLE lists
all of them, in the order of the document, each with what must come of it. A
line that only one of the two has is an error, so that a document cannot hold
one that nobody tried.

Each `==` section of the table becomes DIRECTORY/NN.sh, which runs in a copy of
the chroot of its own, and DIRECTORY/NN.txt with its title, needs and user. In
the table, which `#` comments:

    == TITLE          a new copy, a new shell
    needs PACKAGE…    packages that are installed first, because the document says
                      that they are needed
    as USER           the user who pastes (made for this; default: root)
    prepare COMMAND   run by root before the shell starts
    before COMMAND    run in the shell, unseen: the situation that the text assumes
    $ COMMAND         a command of the document, pasted into the shell
    | LINE            a literal line of the document, in $line for what follows it

and below a command or a literal line, indented:

    type TEXT         typed while the command runs (each line once)
    with PROGRAM…     pasted into this program, as its last argument, instead
    exit N            the exit code (0 unless told)
    says TEXT         what it prints contains TEXT
    then COMMAND      run in the shell afterwards; fails unless it exits with 0
"""

import dataclasses
import pathlib
import shlex
import sys


@dataclasses.dataclass
class Entry:
    """A line of the document and what must come of it."""

    kind: str  # "$" or "|"
    line: str
    before: list[str]
    type: list[str] = dataclasses.field(default_factory=list)
    says: list[str] = dataclasses.field(default_factory=list)
    then: list[str] = dataclasses.field(default_factory=list)
    with_: str = ""
    exit: int = 0


@dataclasses.dataclass
class Section:
    title: str
    needs: list[str] = dataclasses.field(default_factory=list)
    user: str = "root"
    prepare: list[str] = dataclasses.field(default_factory=list)
    entries: list[Entry] = dataclasses.field(default_factory=list)


def read_table(path: pathlib.Path) -> list[Section]:
    sections: list[Section] = []
    before: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, rest = line.strip().partition(" ")
        if word.startswith("#") or not word:
            continue
        indented = line.startswith(" ")
        match word:
            case "==":
                sections.append(Section(rest))
            case "needs" if not indented:
                sections[-1].needs += rest.split()
            case "as" if not indented:
                sections[-1].user = rest
            case "prepare" if not indented:
                sections[-1].prepare.append(rest)
            case "before" if not indented:
                before.append(rest)
            case "$" | "|" if not indented:
                sections[-1].entries.append(Entry(word, rest, before))
                before = []
            case "type" | "says" | "then" if indented:
                getattr(sections[-1].entries[-1], word).append(rest)
            case "with" if indented:
                sections[-1].entries[-1].with_ = rest
            case "exit" if indented:
                sections[-1].entries[-1].exit = int(rest)
            case _:
                sys.exit(f"{path}:{number}: cannot read: {line}")
    return sections


def read_document(path: pathlib.Path) -> list[tuple[str, str]]:
    """The commands, wherever they stand, and the other indented lines."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("$ "):
            found.append(("$", text[2:]))
        elif text and line[0].isspace():
            found.append(("|", text))
    return found


def compare(table: list[tuple[str, str]], document: list[tuple[str, str]], name: str) -> list[str]:
    """What one of the two has and the other lacks, and where the order differs."""
    problems = []
    for lines, others, where in ((document, table, "the document"), (table, document, name)):
        missing = list(lines)
        for line in others:
            if line in missing:
                missing.remove(line)
        problems += [f"only in {where}: {kind} {line}" for kind, line in missing]
    if not problems and table != document:
        first = next(d for t, d in zip(table, document) if t != d)
        problems.append(f"{name} has another order than the document, from here on: {' '.join(first)}")
    return problems


def script(section: Section) -> str:
    """Bash that pastes the section's lines and says `ok` or `FAIL` about each."""
    parts = [PREAMBLE]
    for entry in section.entries:
        parts += [f"before_ {shlex.quote(command)}" for command in entry.before]
        quoted = shlex.quote(entry.line)
        if entry.kind == "$":
            typed = "".join(text + "\n" for text in entry.type)
            pasted = f"{entry.with_} {quoted}" if entry.with_ else f"eval {quoted}"
            parts.append(f"printf %s {shlex.quote(typed)} >$paste/typed")
            # In this shell, not a child: activation must last.
            parts.append(f"{pasted} <$paste/typed >$paste/output 2>&1; status=$?")
            parts.append(f"begin {shlex.quote('$ ' + entry.line)} {entry.exit} $status")
        else:
            parts.append(f"line={quoted}; : >$paste/output")
            parts.append(f"begin {shlex.quote('| ' + entry.line)} 0 0")
        parts += [f"says {shlex.quote(text)}" for text in entry.says]
        parts += [f"then_ {shlex.quote(command)}" for command in entry.then]
        parts.append("end")
    # Without this line, the shell ended before it came to all commands.
    parts.append("echo the end >&3")
    return "\n".join(parts) + "\n"


PREAMBLE = r"""# Made by commands.py. What a user would not see goes to $paste/log.
shopt -s expand_aliases
exec 3>&1 >/dev/null
paste=$(mktemp -d)
before_() { eval "$1" >"$paste/output" 2>&1 </dev/null || {
    printf 'FAIL  before: %s\n' "$1"
    sed 's/^/      | /' "$paste/output"
} >&3; }
begin() { # TITLE EXPECTED STATUS
    title=$1 problem=
    { printf '%s\n' "$1"; cat "$paste/output"; } >"$paste/log"
    [ "$2" = "$3" ] || problem="exit code $3, not $2"
}
says() { grep -qF -e "$1" "$paste/output" || problem=${problem:-does not say: $1}; }
then_() {
    [ -z "$problem" ] || return 0
    # The check sees the state of the shell but cannot change it.
    (eval "$1") >>"$paste/log" 2>&1 </dev/null || problem="afterwards fails: $1"
}
end() {
    if [ -z "$problem" ]; then
        printf 'ok    %s\n' "$title" >&3
    else
        printf 'FAIL  %s\n      %s\n' "$title" "$problem" >&3
        sed 's/^/      | /' "$paste/log" >&3
    fi
}
"""


def main() -> None:
    table, document, directory = map(pathlib.Path, sys.argv[1:])
    sections = read_table(table)
    known = [(entry.kind, entry.line) for section in sections for entry in section.entries]
    problems = compare(known, read_document(document), table.name)
    words = " ".join(document.read_text(encoding="utf-8").split())
    for package in sorted({package for section in sections for package in section.needs}):
        if f"(needs the package {package})" not in words:
            problems.append(f"{table.name}: the document does not say that it needs {package}")
    if not known:
        problems.append(f"{table.name}: holds no command")
    if problems:
        sys.exit("\n".join(problems))
    for number, section in enumerate(sections, 1):
        stem = directory / f"{number:02}"
        stem.with_suffix(".sh").write_text(script(section), encoding="utf-8")
        facts = [section.title, " ".join(section.needs), section.user, *section.prepare]
        stem.with_suffix(".txt").write_text("\n".join(facts) + "\n", encoding="utf-8")


main()
