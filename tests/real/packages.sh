#!/bin/bash
# Every package that Debian's profile names exists in Debian. The package lists of the other
# distributions are in no registry that a build machine is sure to reach.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"

# names: the packages in the facts of a profile on standard input, for Debian's Pythons.
names() {
    python3 -c '
import json, sys
facts = json.load(sys.stdin)["facts"]
for key, fact in facts.items():
    value = str(fact["value"]).replace("{{ python.name }}", "python3.13")
    if key.endswith(".needs"):
        print(value)
    elif ".install" in key:
        print(*(word for word in value.rsplit(" install ")[-1].split() if not word.startswith("-")))
'
}

fresh_root
"$EXTERNALLY_MANAGED" profiles debian --format json | names | tr ' ' '\n' | sort -u >"$work/names"
check 'the profile names packages' grep -qx python3-venv "$work/names"
while read -r name; do
    check "$name is in Debian" inside apt-cache show "$name"
done <"$work/names"
if inside apt-cache show python3-no-such-package >/dev/null 2>&1; then
    fail 'a package that is not there is noticed'
else
    pass 'a package that is not there is noticed'
fi

finish
