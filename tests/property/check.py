"""Reads markers as pip does and prints which keys say something else than they should.

pip (src/pip/_internal/exceptions.py, ExternallyManagedEnvironment.from_config) reads a marker
with ConfigParser(interpolation=None), strict, as UTF-8. The batch has frames, a head and as many
bytes as it says: "marker LENGTH", then "text KEY LENGTH" for each key that it should have.
"""

import configparser
import io
import sys


def frames(stream):
    while head := stream.readline():
        *words, length = head.decode().split()
        content = stream.read(int(length))
        stream.readline()
        yield words, content


def markers(stream):
    found = []
    for words, content in frames(stream):
        if words[0] == "marker":
            found.append((content, {}))
        else:
            # The parser lower-cases option names.
            found[-1][1][words[1].lower()] = content.decode()
    return found


def read(marker):
    parser = configparser.ConfigParser(interpolation=None)
    # As open(..., encoding="utf-8") does it, with its line ends.
    with io.TextIOWrapper(io.BytesIO(marker), encoding="utf-8") as file:
        parser.read_file(file)
    if parser.sections() != ["externally-managed"] or parser.defaults():
        raise ValueError(f"sections {parser.sections()}, defaults {parser.defaults()}")
    return dict(parser["externally-managed"])


def main():
    with open(sys.argv[1], "rb") as stream:
        batch = markers(stream)
    for index, (marker, wanted) in enumerate(batch):
        try:
            found = read(marker)
        except (configparser.Error, ValueError) as error:
            print(index, f"{type(error).__name__}: {ascii(str(error))}")
            continue
        for key in sorted(wanted.keys() | found.keys()):
            if wanted.get(key) != found.get(key):
                print(index, f"{key}: wanted {ascii(wanted.get(key))}, found {ascii(found.get(key))}")
    print("read", len(batch))


if __name__ == "__main__":
    main()
