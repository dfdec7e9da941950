"""The rows of doc/schemes.md: what schemes.py saw on several machines, put together.

    schemes_rows.py OUTCOMES...

An outcome is told once where all pips agree. Where they do not, that of most of them comes first, and
the others are named.
"""

import pathlib
import sys


def told(outcomes: dict[str, str]) -> str:
    pips: dict[str, list[str]] = {}
    for pip, outcome in outcomes.items():
        pips.setdefault(outcome, []).append(pip)
    usual, *others = sorted(pips, key=lambda outcome: -len(pips[outcome]))
    return "; ".join([usual, *(f"**{' and '.join(pips[other])}**: {other}" for other in others)])


def main() -> None:
    ways: dict[tuple[str, str], dict[str, str]] = {}
    for path in sys.argv[1:]:
        lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
        heads, *rows = [line.split("\t") for line in lines]
        for user, line, *outcomes in rows:
            ways.setdefault((user, line), {}).update(zip(heads[2:], outcomes, strict=True))
    print("user", "command", "what comes of it", sep="\t")
    for (user, line), outcomes in ways.items():
        print(user, f"`{line}`", told(outcomes), sep="\t")


main()
