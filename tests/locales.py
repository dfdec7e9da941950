"""What `locale.getlocale(LC_MESSAGES)` of this Python gives for many names of locales.

    locales.py SUPPORTED

The first line is the implementation, the minor version and the patch level; each other line has a name, a TAB, and the language: `=de_DE`,
`None` or `ValueError`. SUPPORTED is glibc's list; the names of this Python's own table of aliases
join it, and all of them stand with other character sets and modifiers, too.
"""

import locale
import sys

CHARSETS = ["", ".UTF-8", ".utf8", ".UTF8", ".utf_8", ".u8", ".ISO-8859-1", ".ISO8859-15", ".iso88591", ".eucJP", "."]
MODIFIERS = ["", "@euro", "@latin", "@Latin", "@cyrillic", "@valencia", "@x", "@"]
ODD = [
    "", ".", "@", ":", "@euro", ".@", "UTF-8", "utf-8", "C.utf-8", "C.ASCII", "c", "POSIX.UTF-8", "zh_Hans", "zh_Hant",
    "zh_Hans_CN", "de-DE", "de_DE:utf8", "de_DE.UTF-8.x", "de_DE@a@b", "de_DE@euro.UTF-8", "DE_de", "dE", "tlh_AQ",
    "en_XX", "xx", "x" * 300, "de_DE.UTF-8\u00e9", "\u0130", "de_DE.u\u00e9tf8", "de_DE.utf!8", "de_DE.!utf8!", "de_DE.cp65001",
]

with open(sys.argv[1], encoding="ascii") as file:
    supported = [line.split()[0] for line in file]
stems = {name.split("@")[0].split(".")[0] for name in [*supported, *locale.locale_alias]}
names = {stem + charset + modifier for stem in stems for charset in CHARSETS for modifier in MODIFIERS}
names.update(supported, locale.locale_alias, locale.locale_alias.values(), ODD)

sys.stdout.reconfigure(encoding="utf-8")
print(sys.implementation.name, *sys.version_info[1:3])
for name in sorted(names):
    # What setlocale would give back, had the user this locale.
    locale._setlocale = lambda category, value=None, name=name: name
    try:
        language, _ = locale.getlocale(locale.LC_MESSAGES)
    except ValueError:
        print(name, "ValueError", sep="\t")
    else:
        print(name, "None" if language is None else f"={language}", sep="\t")
