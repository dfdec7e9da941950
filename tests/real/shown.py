"""What an installer showed, held against what the marker says.

    shown.py text MARKER KEY              print the text of a key
    shown.py compare FRAME MARKER KEY OUTPUT
                                          is OUTPUT that text in FRAME, line for line?

The text comes from CPython's configparser alone, so that neither the program
under test nor an installer's own reading has a say in what is expected.
FRAME is what the installer puts around it: `pip` or `uv`.
"""

import configparser
import difflib
import pathlib
import sys

# Where the text begins, what stands before each of its lines, and where it ends.
FRAMES = {
    "pip": ("╰─> ", 4, "note: If you believe this is a mistake"),
    "uv": ("  ", 2, "hint: Virtual environments were not considered"),
}


def text(marker: str, key: str) -> list[str]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    try:
        with open(marker, encoding="utf-8") as file:
            parser.read_file(file)
        return parser["externally-managed"][key].split("\n")
    except (configparser.Error, UnicodeDecodeError, KeyError) as error:
        sys.exit(f"{marker}: no text for {key}: {error}")


def unframed(output: str, frame: str) -> list[str]:
    """The lines between the installer's heading and its closing note."""
    first, margin, closing = FRAMES[frame]
    lines = iter(output.split("\n"))
    found = []
    for line in lines:
        if line.startswith(first):
            found.append(line[len(first) :])
            break
    for line in lines:
        if line.startswith(closing):
            break
        if line[:margin].strip():
            found.append(f"(not indented) {line}")
        else:
            found.append(line[margin:])
    else:
        found.append(f"(no closing line: {closing}…)")
    # The installer's own empty line before its note.
    if found and found[-1] == "":
        found.pop()
    return found


def main() -> int:
    match sys.argv[1:]:
        case ["text", marker, key]:
            print("\n".join(text(marker, key)))
            return 0
        case ["compare", frame, marker, key, output]:
            expected = text(marker, key)
            shown = unframed(pathlib.Path(output).read_text(encoding="utf-8"), frame)
            difference = difflib.unified_diff(
                expected, shown, f"{key} in the marker", f"shown by {frame}", lineterm=""
            )
            print("\n".join(difference))
            return int(shown != expected)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


sys.exit(main())
