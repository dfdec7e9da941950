#!/bin/bash
# Pythons of several Debian releases and a PyPy, for comparisons with their configparser.
#
#     tests/real/pythons.sh DIR
#
# Unpacks each with all that it needs into DIR/python-NAME, once, and prints the programs
# that run them outside of any chroot, joined by ':'. Set DEBIAN_MIRROR to take the packages from
# a mirror of your choice.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:?usage: pythons.sh DIR}"
dir=$(cd "$1" && pwd)

# The name of each tree, the release and the package: what Debian's users have, and what they will.
# The oldest reads section headers in another way.
trees=(
    bullseye:bullseye:python3
    bookworm:bookworm:python3
    trixie:trixie:python3
    sid:sid:python3
    next:sid:python3.15
    pypy:trixie:pypy3
)

# How this machine reaches the network, as in make-chroot.sh.
apt_options=$(apt-config dump 2>/dev/null |
    grep -E '^Acquire::(https?::.*Proxy|https?::Timeout|Retries|Check-Date|Check-Valid-Until)\b' || :)

stamp() {
    {
        cat "$here/pythons.sh"
        printf '%s\n' "$1" "${DEBIAN_MIRROR:-}"
    } | sha256sum | cut -d' ' -f1
}

# A program that runs the Python in the tree $1: with its own C library, which may be newer than
# the host's.
wrapper() {
    cat >"$1/python" <<'END'
#!/bin/sh
root=$(cd "$(dirname "$0")" && pwd)
for loader in "$root"/lib*/ld-linux*.so.* "$root"/usr/lib*/ld-linux*.so.* "$root"/lib/*-linux-gnu*/ld-*.so; do
    [ -e "$loader" ] && break
done
for python in "$root"/usr/bin/python3.* "$root"/usr/bin/pypy3.*; do
    [ -x "$python" ] && break
done
libraries=$(printf '%s:' "$root"/lib/*-linux-gnu* "$root"/usr/lib/*-linux-gnu*)
# PyPy finds its own library by its name; loaders before glibc 2.33 cannot tell it one.
if "$loader" --help 2>&1 | grep -q -e --argv0; then
    set -- --argv0 "$python" "$python" "$@"
else
    set -- "$python" "$@"
fi
PYTHONHOME="$root/usr" exec "$loader" --library-path "${libraries%:}" "$@"
END
    chmod +x "$1/python"
}

make_tree() {
    local root=$1 suite=$2 package=$3 options
    rm -rf --one-file-system "$root" "$root.stamp" "$root.new"
    options=$(mktemp)
    # An index of a release that gets no more updates says that it has expired.
    printf '%s\n' "$apt_options" 'Acquire::Check-Valid-Until "false";' >"$options"
    # Nothing is installed, only unpacked: no maintainer script runs, and no root is needed.
    mmdebstrap --quiet --variant=extract --aptopt="$options" --include="$package" \
        "$suite" "$root.new" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >&2
    rm -f "$options"
    wrapper "$root.new"
    "$root.new/python" -c 'import configparser, json, tempfile' >&2
    mv "$root.new" "$root"
}

exec 9>"$dir/pythons.lock"
flock 9

programs=()
for entry in "${trees[@]}"; do
    IFS=: read -r name suite package <<<"$entry"
    root=$dir/python-$name
    if [ "$(cat "$root.stamp" 2>/dev/null)" != "$(stamp "$entry")" ]; then
        make_tree "$root" "$suite" "$package"
        stamp "$entry" >"$root.stamp"
    fi
    programs+=("$root/python")
done
(IFS=: && printf '%s\n' "${programs[*]}")
