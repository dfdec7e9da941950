"""Reads compiled catalogues and prints which messages are others than they should be.

The batch has frames as for check.py: "mo", then "msgid" and "msgstr" for each message.
"""

import gettext
import io
import sys

from check import frames


class Catalogue(gettext.GNUTranslations):
    """The messages of a catalogue, in UTF-8 even if its header does not say so."""

    def __init__(self, mo):
        super().__init__()
        self._charset = "utf-8"
        # A catalogue without messages is not compiled.
        if mo:
            self._parse(io.BytesIO(mo))

    def messages(self):
        catalog = getattr(self, "_catalog", {})
        return {msgid: msgstr for msgid, msgstr in catalog.items() if msgid != ""}


def main():
    batch = []
    with open(sys.argv[1], "rb") as stream:
        for (word,), content in frames(stream):
            if word == "mo":
                batch.append((content, []))
            else:
                batch[-1][1].append(content.decode())
    for index, (mo, texts) in enumerate(batch):
        wanted = dict(zip(texts[::2], texts[1::2]))
        try:
            found = Catalogue(mo).messages()
        except (LookupError, ValueError) as error:
            print(index, f"the header: {type(error).__name__}: {error}")
            continue
        for msgid in sorted(wanted.keys() | found.keys()):
            if wanted.get(msgid) != found.get(msgid):
                print(index, f"{ascii(msgid)}: we read {ascii(wanted.get(msgid))}, gettext {ascii(found.get(msgid))}")
    print("read", len(batch))


main()
