#!/bin/bash
# Every command and every literal line of Debian's README does what the README
# says when a user pastes it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=paste.sh
. "$here/paste.sh"
own_namespace "$@"

# The README that lies in the chroot, where the marker says.
fresh_root
mark "$root"
text=$(mktemp "$REAL_CACHE/run.XXXXXX")
cp "$root/usr/share/doc/python3.13/README.venv" "$text"
paste_document "$here/readme-commands.txt" "$text"
rm "$text"

finish
