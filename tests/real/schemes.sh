#!/bin/bash
# What several pips do on a marked Python with --user, --prefix, --target, --root, with settings that
# turn user installs off, and with each override, is what doc/schemes.md says.
#
#     tests/real/schemes.sh [--write]
#
# --write puts what was seen into the document instead (`make schemes`).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=tables.sh
. "$here/tables.sh"
own_namespace "$@"
how=${1:-check}
how=${how#--}
# bookworm's Python still runs the first pips that obey the marker.
"$here/make-chroot.sh" "$REAL_CACHE/bookworm"

results=$(mktemp -d "$REAL_CACHE/run.XXXXXX")
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT TERM HUP

# must COMMAND...: a step without which there is nothing to see.
must() {
    "$@" >"$work/log" 2>&1 || {
        cat "$work/log"
        die "failed: $*"
    }
}

# observe SUITE PYTHON RELEASE VERSION...: how pips fare there, the one of that release of Debian and
# these of the index.
observe() {
    base=$REAL_CACHE/$1
    local python=$2 name="Debian $3's pip" version wanted actual
    local pips=("$name=") note="Python $2: $name"
    fresh_root
    note+=" $(inside pip --version | cut -d' ' -f2)"
    for version in "${@:4}"; do
        wanted=pip==$version name="pip $version"
        [ "$version" != newest ] || wanted=pip name='the newest pip'
        must inside pip install --quiet --no-deps --target "/opt/pip-$version" "$wanted"
        pips+=("$name=/opt/pip-$version")
        actual=$(inside env "PYTHONPATH=/opt/pip-$version" pip --version | cut -d' ' -f2)
        case $version in
            newest) note+=", $name $actual" ;;
            "$actual") note+=", $name" ;;
            *) die "pip $version is pip $actual" ;;
        esac
    done
    printf '# %s.\n' "$note" >"$results/$1.note"

    must inside useradd --create-home alice
    mkdir "$root/srv/wheels"
    must inside pip download --quiet --no-deps --dest /srv/wheels cowsay
    printf '[global]\nno-index = true\nfind-links = /srv/wheels\n' >"$root/etc/pip.conf"
    must inside python3 -m venv --without-pip /srv/venv
    must inside python3 -m venv --without-pip --system-site-packages /srv/site
    must inside chown -R alice: /srv/venv /srv/site
    # A sitecustomize.py has no variable that it could be chosen with, except in this test.
    printf '%s\n' 'import os, site' 'if "ENABLE_USER_SITE" in os.environ:' '    site.ENABLE_USER_SITE = False' \
        >"$root/etc/python$python/sitecustomize.py"
    must "$EXTERNALLY_MANAGED" install --profile debian --python "$python" --destdir "$root"
    cp "$here/schemes.py" "$here/schemes.txt" "$root/srv/"
    offline python3 /srv/schemes.py /srv/schemes.txt "${pips[@]}" >"$results/$1.tsv"
}

observe trixie 3.13 13 24.0 newest &
newer=$!
observe bookworm 3.11 12 23.0 &
older=$!
wait "$newer" || die 'trixie could not be observed'
wait "$older" || die 'bookworm could not be observed'
{
    printf '# Seen with:\n# \n'
    sed 's/^# /# - /' "$results/trixie.note" "$results/bookworm.note"
    python3 "$here/schemes_rows.py" "$results/trixie.tsv" "$results/bookworm.tsv"
} >"$results/rows"
work=$results
table "$how" doc/schemes.md schemes "$results/rows"
finish
