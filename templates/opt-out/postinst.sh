# shellcheck shell=sh disable=SC2043 # @MARKERS@ stands for several words
# Once more, for a package that replaces another one of this kind: that one brought the markers back
# when it was removed.
if [ "$1" = configure ]; then
	for marker in @MARKERS@; do
		if [ -z "$(dpkg-divert --listpackage "$marker")" ]; then
			dpkg-divert --package @PACKAGE@ --rename --divert "$marker.distrib" --add "$marker"
		fi
	done
fi
