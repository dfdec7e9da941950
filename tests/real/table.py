"""Keep a table in a document true to what was measured.

    table.py check|write DOCUMENT NAME ROWS

ROWS has a line for each row, the heads first, its cells parted by tabs; lines above them that begin
with `# ` are a note, which `write` puts above the table and `check` does not compare. In DOCUMENT the
table stands between `<!-- generated: NAME -->` and `<!-- end of NAME -->`.

Cells must be equal, except numbers with a decimal point: packages on the index grow and shrink, so
those may differ by a tenth, and small ones by 0.3.
"""

import itertools
import pathlib
import re
import sys

NUMBER = re.compile(r"\d+\.\d+")


def close(committed: str, measured: str) -> bool:
    if NUMBER.fullmatch(committed) and NUMBER.fullmatch(measured):
        before = float(committed)
        return abs(float(measured) - before) <= max(before / 10, 0.3)
    return committed == measured


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def differences(committed: list[str], measured: list[str]) -> list[str]:
    problems = []
    for before, now in itertools.zip_longest(committed, measured, fillvalue=""):
        old, new = cells(before), cells(now)
        if len(old) != len(new) or not all(map(close, old, new)):
            problems += [f"- {before}", f"+ {now}"]
    return problems


def table(lines: list[str]) -> list[str]:
    head, *rows = [line.split("\t") for line in lines]
    rule = ["---:" if all(NUMBER.fullmatch(row[column]) for row in rows) else "---" for column in range(len(head))]
    return [f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|"] + [f"| {' | '.join(row)} |" for row in rows]


def main() -> None:
    how, path, name, rows = sys.argv[1:]
    document = pathlib.Path(path)
    text = document.read_text(encoding="utf-8")
    start, end = f"<!-- generated: {name} -->\n", f"<!-- end of {name} -->\n"
    if text.count(start) != 1 or text.count(end) != 1:
        sys.exit(f"{path} has no place for the table: {start.strip()}")
    before, _, rest = text.partition(start)
    committed, _, after = rest.partition(end)
    lines = pathlib.Path(rows).read_text(encoding="utf-8").splitlines()
    note = [line[2:] for line in lines if line.startswith("# ")]
    measured = table([line for line in lines if not line.startswith("# ")])
    if how == "write":
        paragraphs = ["\n".join(part) for part in (note, measured) if part]
        document.write_text(before + start + "\n" + "\n\n".join(paragraphs) + "\n\n" + end + after, encoding="utf-8")
        return
    problems = differences([line for line in committed.splitlines() if line.startswith("|")], measured)
    if problems:
        sys.exit("\n".join([f"{path}: not what was measured", *problems]))


main()
