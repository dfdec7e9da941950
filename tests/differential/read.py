"""Reads markers exactly as pip 23.0 to 26.3 does and says what it would do with each.

pip: src/pip/_internal/exceptions.py, ExternallyManagedEnvironment.from_config. Standard input is
a batch of markers, each with its length on a line before it; so is the answer, which has a line
for each language.
"""

import configparser
import io
import os
import sys
import tempfile

LANGUAGES = (None, "de_DE", "pt_BR")


def keys(language):
    # ExternallyManagedEnvironment._iter_externally_managed_error_keys
    if language is not None:
        yield f"Error-{language}"
        for separator in ("-", "_"):
            before, found, _ = language.partition(separator)
            if found:
                yield f"Error-{before}"
    yield "Error"


def parse(marker, scratch):
    parser = configparser.ConfigParser(interpolation=None)
    if len(marker) > 8000:
        # More than one chunk: through a real file, as pip reads it.
        with open(scratch, "wb") as file:
            file.write(marker)
        parser.read(scratch, encoding="utf-8")
    else:
        with io.TextIOWrapper(io.BytesIO(marker), encoding="utf-8") as file:
            parser.read_file(file)
    return parser


def outcome(parser, language):
    try:
        section = parser["externally-managed"]
        for key in keys(language):
            try:
                return f"shows {key}\n{section[key]}"
            except KeyError:
                pass
    except KeyError:
        pass
    return "generic"


def answer(marker, scratch):
    try:
        parser = parse(marker, scratch)
    except (OSError, UnicodeDecodeError, configparser.ParsingError):
        return "generic, and a warning\n" * len(LANGUAGES)
    except Exception as error:
        return f"crashes {type(error).__name__}\n" * len(LANGUAGES)
    return "".join(f"{outcome(parser, language)}\n" for language in LANGUAGES)


def main():
    stream, out = sys.stdin.buffer, sys.stdout.buffer
    with tempfile.TemporaryDirectory() as directory:
        scratch = os.path.join(directory, "EXTERNALLY-MANAGED")
        while True:
            length = stream.readline()
            if not length:
                break
            text = answer(stream.read(int(length)), scratch).encode()
            out.write(b"%d\n%s" % (len(text), text))


if __name__ == "__main__":
    main()
