#!/usr/bin/env python3
"""Writes src/locale/aliases.tsv from the locale modules of several CPythons.

    dev/locale-aliases.py python3.8 python3.9 ... >src/locale/aliases.tsv

Each row is an alias, what it stands for, and the minor versions that say so (`-11`: up to 3.11,
`14-`: since 3.14; nothing: all). Give every minor version from the oldest to the newest.
"""

import json
import subprocess
import sys

DUMP = "import json, locale, sys; print(json.dumps([sys.version_info[1], locale.locale_alias]))"


def ranges(minors: list[int], all_minors: list[int]) -> list[str]:
    """The runs of neighbours among `minors`; the first and last of all are open ends."""
    runs: list[list[int]] = []
    for minor in minors:
        if runs and all_minors.index(minor) == all_minors.index(runs[-1][-1]) + 1:
            runs[-1].append(minor)
        else:
            runs.append([minor])
    first, last = all_minors[0], all_minors[-1]
    return [
        "" if (run[0], run[-1]) == (first, last)
        else f"{run[0] if run[0] != first else ''}-{run[-1] if run[-1] != last else ''}"
        for run in runs
    ]


tables = {}
for python in sys.argv[1:]:
    dump = subprocess.run([python, "-c", DUMP], check=True, capture_output=True, text=True)
    minor, table = json.loads(dump.stdout)
    tables[minor] = table
if len(tables) < 2:
    sys.exit(__doc__)
minors = sorted(tables)
rows = {}
for minor in minors:
    for alias, canonical in tables[minor].items():
        rows.setdefault((alias, canonical), []).append(minor)
# By bytes, as the program searches.
for alias, canonical in sorted(rows, key=lambda row: (row[0].encode(), row[1])):
    for versions in ranges(rows[alias, canonical], minors):
        print(alias, canonical, versions, sep="\t")
