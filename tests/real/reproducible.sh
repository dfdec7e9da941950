#!/bin/bash
# The same files on this machine and in a Debian chroot, as root and as an ordinary user, at other
# times.
#
#     tests/real/reproducible.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"
fresh_root
install -m 755 "$EXTERNALLY_MANAGED" "$root/usr/local/bin/externally-managed"
offline externally-managed --version >"$work/log" 2>&1 || {
    cat "$work/log"
    die 'the program does not run in the chroot'
}

# What runs in both: its arguments are the program and an empty directory. It tells the mode, the
# target, the time and the sum of everything that it made.
cat >"$work/scene" <<'SCENE'
set -eu
program=$1
cd "$2"
mkdir -m 755 debian shared
export SOURCE_DATE_EPOCH=86400
"$program" install --profile debian --python 3.13 --python pypy3.11 --destdir debian \
    --readme-languages de,ja,ar --files-list list
"$program" install --profile gentoo --python 3.14 --python 3.13 --destdir shared \
    --shared /usr/lib/python
"$program" render news --profile fedora --python 3.14 --languages fr --output news
"$program" import debian/usr/lib/python3.13/EXTERNALLY-MANAGED --profile debian --output adopted
"$program" lint -v debian >lint
"$program" profiles debian >profile
# What is no part of a package has the time of its last change, as directories have.
find . -mindepth 1 -type d -printf '%P/ %m\n' | LC_ALL=C sort
find debian shared ! -type d -printf '%p %m %l %T@\n' | LC_ALL=C sort
find . -type f -print | LC_ALL=C sort | xargs sha256sum
SCENE

mkdir "$work/here" "$root/there"
env -i PATH="$PATH" TZ=Asia/Kathmandu LC_ALL=tr_TR.UTF-8 \
    sh "$work/scene" "$EXTERNALLY_MANAGED" "$work/here" >"$work/on-this-machine"
check 'this machine made files' \
    grep -q ' ./debian/usr/lib/python3.13/EXTERNALLY-MANAGED$' "$work/on-this-machine"
cp "$work/scene" "$root/scene"

contains 'root in the chroot makes the same' <(
    mkdir "$root/there/root"
    offline sh /scene externally-managed /there/root
) <"$work/on-this-machine"
contains 'an ordinary user makes the same' <(
    mkdir -m 777 "$root/there/user"
    ordinary sh -c 'umask 077 && exec sh /scene externally-managed /there/user'
) <"$work/on-this-machine"

finish
