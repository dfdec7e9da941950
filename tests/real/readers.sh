#!/bin/bash
# `explain` says what real installers do, byte for byte, on good markers and bad.
#
#     tests/real/readers.sh [trixie|bookworm]
#
# trixie has Python 3.13; bookworm has 3.11, on which pip 23.0.1 still runs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
suite=${1:-trixie}
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
base=$REAL_CACHE/$suite
own_namespace "$@"

case $suite in
trixie)
    python=3.13
    pips='24.0 newest'
    uvs='0.9.30 0.13.0 newest'
    ;;
bookworm)
    python=3.11
    pips='23.0.1 24.3.1'
    uvs='0.6.0 0.12.0'
    ;;
*) die "no such suite: $suite" ;;
esac

fresh_root
install -m 755 "$EXTERNALLY_MANAGED" "$root/usr/local/bin/externally-managed"
inside externally-managed --version >"$work/log" 2>&1 || {
    cat "$work/log"
    die "the program does not run on $suite"
}

# --- the locales that are not Debian's usual ones ---

make_locale() { inside localedef -i "$1" -f "$2" "$3"; }
make_locale de_DE ISO-8859-1 de_DE.ISO-8859-1
make_locale de_DE ISO-8859-1 de_DE
make_locale de_DE@euro ISO-8859-15 de_DE@euro
make_locale zh_CN UTF-8 zh_Hans

# --- the installers ---

# --target is let through, so Debian's pip can fetch the others.
fetch() { # NAME VERSION
    local wanted=$1
    [ "$2" = newest ] || wanted=$1==$2
    inside pip install --quiet --no-deps --target "/opt/$1-$2" "$wanted" >"$work/log" 2>&1 || {
        cat "$work/log"
        die "could not get $wanted"
    }
}
# name NAME COMMAND...: as `explain --installer` has it.
name() {
    local installer=$1
    shift
    inside "$@" --version | cut -d' ' -f2 | sed "s/+.*//; s/^/$installer@/"
}
installers=("$(name pip pip)=/usr/bin/pip")
for version in $pips; do
    fetch pip "$version"
    command="PYTHONPATH=/opt/pip-$version python3 -m pip"
    # shellcheck disable=SC2086 # a command of several words
    installers+=("$(name pip env $command)=$command")
done
for version in $uvs; do
    fetch uv "$version"
    command=/opt/uv-$version/bin/uv
    installers+=("$(name uv "$command")=$command")
done
say "installers: ${installers[*]%%=*}"

# --- the comparison ---

cp "$here/readers.py" "$root/srv/"
inside python3 /srv/readers.py "/usr/lib/python$python" /srv/tally "${installers[@]}" ||
    [ -e "$root/srv/tally" ] || die 'the comparison ended early'
read -r passed failed <"$root/srv/tally"
finish
