# shellcheck shell=bash
# What the tests of Debian packages share. Sourced, after lib.sh.

# use_backports PACKAGE...: these come from trixie-backports.
use_backports() {
    : "${root:?}"
    echo "deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian} trixie-backports main" \
        >"$root/etc/apt/sources.list.d/backports.list"
    local package
    for package in "$@"; do
        printf 'Package: %s\nPin: release n=trixie-backports\nPin-Priority: 900\n\n' "$package"
    done >"$root/etc/apt/preferences.d/backports"
    inside apt-get -qq update
}
