# What packages of distributions do today: one English text, its version filled in by sed, and
# install. Compare debian/rules of python3.13, or openSUSE's python313.spec.
#
# usage: sh recipe.sh FILE.in VERSION BUILDDIR DESTDIR
set -eu
sed -e "s,@PVER@,python$2,g" <"$1" >"$3/EXTERNALLY-MANAGED"
install -Dm644 "$3/EXTERNALLY-MANAGED" "$4/usr/lib/python$2/EXTERNALLY-MANAGED"
