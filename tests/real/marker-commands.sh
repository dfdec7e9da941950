#!/bin/bash
# Every command that the marker prints works when pasted after the prompt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=paste.sh
. "$here/paste.sh"
own_namespace "$@"

# What pip shows in the chroot, rather than what the program meant to write.
fresh_root
mark "$root"
text=$(mktemp "$REAL_CACHE/run.XXXXXX")
python3 "$here/shown.py" text "$root/usr/lib/python3.13/EXTERNALLY-MANAGED" Error >"$text"
paste_document "$here/marker-commands.txt" "$text"
rm "$text"

finish
