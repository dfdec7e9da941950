"""Reads raw markers as pip does and prints what comes of each, one line of JSON per marker.

The batch holds, for each marker, its length as four bytes (little-endian) and its bytes. A line
has an answer for each of three users, see LANGUAGES: ["shows", KEY, TEXT], ["generic", EXCEPTION]
(null where pip finds no key without one) or ["crashes", EXCEPTION].
"""

import configparser
import contextlib
import io
import json
import os
import sys
import tempfile

PYPY = sys.implementation.name == "pypy"

LANGUAGES = (None, "de_DE", "pt_BR")


def keys(language):
    """pip 26.3, _internal/exceptions.py, _iter_externally_managed_error_keys."""
    if language is not None:
        yield "Error-" + language
        for separator in ("-", "_"):
            before, found, _ = language.partition(separator)
            if not found:
                continue
            yield "Error-" + before
    yield "Error"


KEYS = [list(keys(language)) for language in LANGUAGES]


def parse(parser, marker, path):
    if path is None:
        # What open() makes of a file, without the file.
        with io.TextIOWrapper(io.BytesIO(marker), encoding="utf-8") as file:
            parser.read_file(file)
    else:
        with open(path, "wb") as file:
            file.write(marker)
        parser.read(path, encoding="utf-8")


def look_up(section, names):
    for key in names:
        with contextlib.suppress(KeyError):
            return ["shows", key, section[key]]
    return ["generic", None]


def read(marker, path):
    """The same, ExternallyManagedEnvironment.from_config."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parse(parser, marker, path)
        section = parser["externally-managed"]
        return [look_up(section, names) for names in KEYS]
    except (KeyError, OSError, UnicodeDecodeError, configparser.ParsingError) as error:
        return [["generic", type(error).__name__]] * len(KEYS)
    except Exception as error:
        return [["crashes", type(error).__name__]] * len(KEYS)


def batch(stream):
    # Python 3.7 has no `:=`.
    for head in iter(lambda: stream.read(4), b""):
        yield stream.read(int.from_bytes(head, "little"))


def main():
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    try:
        with open(sys.argv[1], "rb") as stream:
            for index, marker in enumerate(batch(stream)):
                # A file costs more than all of the rest: only where its chunks can matter, and
                # now and then. PyPy's chunks are the blocks of the file system, and our reader
                # does not know these.
                long = len(marker) > 4000
                real = not PYPY if long else index % 64 == 0
                answer = read(marker, path if real else None)
                out.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
    finally:
        os.unlink(path)
    out.flush()


if __name__ == "__main__":
    main()
