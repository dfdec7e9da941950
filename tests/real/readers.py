"""Holds `externally-managed explain` against the installers themselves.

    readers.py STDLIB TALLY INSTALLER=COMMAND...

Runs inside a chroot, as root, with the chroot's own Python. Puts one marker after the other into
STDLIB and has each INSTALLER (as `explain --installer` names it) try to install something, as a
user, offline. Whether it refuses, crashes or installs, and what it prints, must be what `explain`
says, byte for byte. TALLY gets how many markers passed and failed.
"""

import collections
import concurrent.futures
import difflib
import fcntl
import json
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios

NAME = "EXTERNALLY-MANAGED"
HEAD = b"[externally-managed]\n"
NOBODY = 65534
HOME = "/tmp/readers-home"

# The locale that has no marker's language, and those that only some markers are shown to.
USUAL = "C.UTF-8"
LOCALES = [
    "C",
    "POSIX",
    "de_DE.UTF-8",
    "pt_BR.UTF-8",
    "zh_CN.UTF-8",
    "de_DE.ISO-8859-1",
    "de_DE",
    "de_DE@euro",
    # Python does not know this name without a character set.
    "zh_Hans",
]

# What uv's own colors begin and end with. No marker here has these.
COLOR = re.compile(rb"\x1b\[(?:0|1|2|31|32|36|39)m")

LANGUAGES = HEAD + (
    "Error=Plain\n English\nError-de=Grüße: 10 €\n\n und 宽字\nError-pt=Olá\nError-pt_BR=Olá, Brasil\n"
    "Error-zh=没有安装\n 任何软件包\nError-en=English by name\n"
).encode()

# One for each row of what is known about defective markers, and some more.
MARKERS: dict[str, bytes] = {
    "minimal": HEAD + b"Error=One line\n",
    "several lines": HEAD + b"Error=First\n second\n\n fourth\n",
    "CRLF": b"[externally-managed]\r\nError=First\r\n second\r\n\r\n fourth\r\n",
    "no final line end": HEAD + b"Error=First\n second",
    "percent and quotes": HEAD + b"Error=100 %(x)s \"a\" 'b' %\n",
    "delimiters in the text": HEAD + b"Error=a = b\n c = d: e\n f:\n",
    "header comments": b"# one\n; two\n" + HEAD + b"# three\nError=a\n # four\n b\n",
    "other keys and sections": HEAD + b"X=1\nError=a\nY=2\n[other]\nError=b\n",
    "spaces around the delimiter": HEAD + b"Error  =  a\n",
    "colon as the delimiter": HEAD + b"Error: a\n b\n",
    "indentation in the text": HEAD + b"Error=a\n     $ b\n\t\tc\n",
    "empty first line": HEAD + b"Error=\n a\n b\n",
    "empty": HEAD + b"Error=\n",
    "empty, and another key": HEAD + b"Error=\nX=\n",
    "lines with # and ;": HEAD + b"Error=a\n # b\n ; c\n d\n",
    "# and ; within lines": HEAD + b"Error=a # b\n see https://example.org/#fragment\n c; d\n",
    "continuation [x]": HEAD + b"Error=a\n [x]\n b\n",
    "continuation [x": HEAD + b"Error=a\n [x\n b\n",
    "pkg[extra]": HEAD + b"Error=pip install pkg[extra]\n :snake: [red]b[/red]\n",
    "flush left": HEAD + b"Error=a\nb c\n d\n",
    "flush left with a delimiter": HEAD + b"Error=a\nb: c\n d\n",
    "byte order mark": b"\xef\xbb\xbf" + HEAD + b"Error=a\n",
    "Latin-1 byte": HEAD + b"Error=Gr\xfc\xdfe\n",
    "Latin-1 byte in a comment": b"# Gr\xfc\xdfe\n" + HEAD + b"Error=a\n",
    "Latin-1 byte behind a duplicate": HEAD + b"Error=a\nError=b\n" + b"x" * 9000 + b"=1\n\xff\n",
    "duplicate Error": HEAD + b"Error=a\nError=b\n",
    "Error and error": HEAD + b"Error=a\nerror=b\n",
    "Error-pt_BR and Error-pt_br": HEAD + b"Error=a\nError-pt_BR=b\nError-pt_br=c\n",
    "duplicate section": HEAD + b"Error=a\n" + HEAD + b"X=b\n",
    "duplicate in another section": HEAD + b"Error=a\n[other]\nx=1\nx=2\n",
    "lower-case error": HEAD + b"error=a\n",
    "no section": b"Error=a\n",
    "other section": b"[external]\nError=a\n",
    "section in another case": b"[Externally-Managed]\nError=a\n",
    "spaces in the section": b"[ externally-managed ]\nError=a\n",
    "no bytes": b"",
    "no Error": HEAD + b"Message=a\n",
    "DEFAULT": b"[DEFAULT]\nError=a\n" + HEAD + b"X=1\n",
    "DEFAULT and own": b"[DEFAULT]\nError=a\n" + HEAD + b"Error=b\n",
    "indented key": b"[externally-managed]\n  Error=a\n   b\n",
    "CR only": b"[externally-managed]\rError=a\r b\r",
    "no delimiter": HEAD + b"Error\n",
    "empty key": HEAD + b"Error=a\n=b\n",
    "TAB": HEAD + "Error=a\tb\n 宽\tc\td\n é\te\n".encode(),
    "control characters": HEAD
    + b"Error=a\x1b]0title\x07b\x1b[5mc\n BS \x08. VT \x0b. FF \x0c. NUL \x00. DEL \x7f. C1 \xc2\x9b.\n d \x07\n",
    "line separators": HEAD + "Error=a\u2028b\u2029c\u0085d\n \u202ee\u202c\n f\x1cg\n".encode(),
    "long lines": HEAD
    + b"Error="
    + b"word " * 40
    + b"\n "
    + b"x" * 120
    + b"\n $ pip install --target="
    + b"y" * 60
    + b" some-thing and more of it\n "
    + " ".join("abcdefghijklmno"[: 1 + 7 * i % 15] for i in range(90)).encode()
    + b"\n "
    + "宽字，文 ".encode() * 30
    + b"\n",
    "not only ASCII": HEAD + "Error=Grüße € 宽 \U0001f600 Ž\n é\u0301 עברית\n".encode(),
    "languages": LANGUAGES,
    "languages with hyphens": HEAD + b"Error=a\nError-de-DE=b\nError-DE_de=c\nError-zh-CN=d\n",
    "broken language": HEAD + b"Error=a\nError-de=b\n [c\n d\nError-pt_BR\n",
    "large": HEAD + b"Error=a\n" + b" some words of a long text\n" * 5000,
}
LOCALIZED = {
    "minimal",
    "duplicate Error",
    "other section",
    "flush left",
    "TAB",
    "not only ASCII",
    "languages",
    "languages with hyphens",
    "DEFAULT",
    "broken language",
}


def mode_0600(path: pathlib.Path) -> None:
    path.write_bytes(MARKERS["minimal"])
    path.chmod(0o600)


def link(path: pathlib.Path) -> None:
    (path.parent / "marker-elsewhere").write_bytes(MARKERS["several lines"])
    path.symlink_to("marker-elsewhere")


def wrong_case(path: pathlib.Path) -> None:
    path.with_name("Externally-Managed").write_bytes(MARKERS["minimal"])


# What is no plain file with bytes.
PLACES = {
    "mode 0600": mode_0600,
    "symbolic link": link,
    "dangling link": lambda path: path.symlink_to("nothing"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "directory": lambda path: path.mkdir(),
    "wrong case": wrong_case,
}


def remove(path: pathlib.Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    for name in (NAME, "Externally-Managed", "marker-elsewhere"):
        path.with_name(name).unlink(missing_ok=True)


def run_pip(command: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    environment = environment | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [*command, "install", "--no-index", "no-such-package"],
        env=environment, cwd="/", user=NOBODY, group=NOBODY, extra_groups=[],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120,
    )
    return done.returncode, done.stderr


def run_uv(command: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """On a terminal of 80 columns: elsewhere uv neither wraps lines nor lets ESC pass."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 80, 0, 0))
    process = subprocess.Popen(
        [*command, "pip", "install", "--system", "--offline", "--no-cache", "--no-index", "no-such-package"],
        env=environment | {"TERM": "xterm"}, cwd="/", user=NOBODY, group=NOBODY, extra_groups=[],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs,
    )
    os.close(theirs)
    output = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        output += chunk
    os.close(ours)
    output = COLOR.sub(b"", output.replace(b"\r\n", b"\n"))
    # The Python that uv uses is no matter of the marker.
    if output.startswith(b"Using Python "):
        output = output.split(b"\n", 1)[1]
    return process.wait(timeout=120), output


def observe(installer: str, command: list[str], locale: str) -> tuple[str, bytes]:
    """What happened, and what was printed about the marker."""
    environment = {"HOME": HOME, "LC_ALL": locale, "PATH": "/usr/bin:/bin"}
    words = [word for word in command if "=" not in word]
    environment |= dict(word.split("=", 1) for word in command if "=" in word)
    run = run_pip if installer.startswith("pip") else run_uv
    code, output = run(words, environment)
    if b"\nTraceback (most recent call last):\n" in output and code == 2:
        return "crashes", output.rstrip(b"\n").rsplit(b"\n", 1)[1] + b"\n"
    if b"error: externally-managed-environment\n" in output and code == 1:
        return "refuses", output
    if re.search(rb"is externally managed(,| and|\.)", output) and code == 2:
        return "refuses", output
    if code == 1 and (b"No matching distribution found" in output or b"No solution found" in output):
        return "installs", b""
    return f"exit code {code}", output


def explain(path: pathlib.Path, installer: str, locale: str) -> tuple[str, bytes]:
    """The same, as our program says it."""
    done = subprocess.run(
        ["externally-managed", "explain", path, "--installer", installer, "--locale", locale, "--format", "json"],
        env={"PATH": "/usr/local/bin"}, capture_output=True, timeout=60,
    )
    if done.returncode != 0:
        return f"explain: exit code {done.returncode}", done.stderr
    answer = json.loads(done.stdout)["markers"][0]
    said = answer["installers"][0]
    outcome = {"shows": "refuses", "generic": "refuses"}.get(said["outcome"], said["outcome"])
    charset = answer["charset"] if installer.startswith("pip") and sys.version_info < (3, 15) else "utf-8"
    return outcome, (said["prints"] or "").encode(charset)


def compare(path: pathlib.Path, installer: str, command: list[str], locale: str) -> tuple[str, str]:
    """What happened, and what differs; nothing if all is the same."""
    real, said = observe(installer, command, locale), explain(path, installer, locale)
    if real == said:
        return real[0], ""
    lines = difflib.unified_diff(
        [said[0], *repr(said[1]).split("\\n")], [real[0], *repr(real[1]).split("\\n")],
        f"explain --installer {installer} --locale {locale}", "the installer", lineterm="",
    )
    return real[0], "\n".join(list(lines)[:40]) + "\n"


def main() -> int:
    stdlib, tally, *pairs = sys.argv[1:]
    installers = [(name, command.split()) for name, _, command in (pair.partition("=") for pair in pairs)]
    path = pathlib.Path(stdlib) / NAME
    remove(path)
    shutil.rmtree(HOME, ignore_errors=True)
    os.mkdir(HOME)
    os.chown(HOME, NOBODY, NOBODY)
    passed = failed = 0
    outcomes: collections.Counter[str] = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in [*MARKERS, *PLACES]:
            if name in MARKERS:
                path.write_bytes(MARKERS[name])
                path.chmod(0o644)
            else:
                PLACES[name](path)
            explained = path.with_name("Externally-Managed") if name == "wrong case" else path
            jobs = [
                pool.submit(compare, explained, installer, command, locale)
                for installer, command in installers
                for locale in [USUAL, *(LOCALES if name in LOCALIZED and installer.startswith("pip") else [])]
            ]
            results = [job.result() for job in jobs]
            remove(path)
            outcomes.update(outcome for outcome, _ in results)
            if any(difference for _, difference in results):
                failed += 1
                print(f"FAIL  {name}\n" + "".join(difference for _, difference in results), flush=True)
            else:
                passed += 1
                print(f"ok    {name}: as {len(jobs)} runs of installers", flush=True)
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(f"{outcomes.total()} runs of installers were compared: {counts}")
    pathlib.Path(tally).write_text(f"{passed} {failed}\n")
    return int(failed != 0)


sys.exit(main())
