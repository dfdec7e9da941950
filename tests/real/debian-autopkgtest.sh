#!/bin/bash
# autopkgtest runs debian/tests on the packages that debian-package.sh leaves.
#
#     tests/real/debian-autopkgtest.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"

fresh_root
install_packages autopkgtest
mkdir "$root/packages"
cp "$REAL_CACHE"/packages/debian/* "$root/packages"
# The `null` runner tests in this very chroot, which goes away.
check 'autopkgtest' inside sh -c \
    'cd /tmp && autopkgtest --ignore-restrictions=breaks-testbed --output-dir /tmp/output /packages/*.deb /packages/*.dsc -- null'
cp "$work/check.log" "$work/autopkgtest.log"
for name in pip-refuses dh-sequence; do
    check "autopkgtest: $name" grep -Eq "^$name +PASS" "$work/autopkgtest.log"
done
finish
