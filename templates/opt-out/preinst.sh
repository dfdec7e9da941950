# shellcheck shell=sh disable=SC2043 # @MARKERS@ stands for several words
# Takes these EXTERNALLY-MANAGED markers away, and keeps them away when their Pythons are installed or
# upgraded later. Another diversion, such as the administrator's, stays as it is.
if [ "$1" = install ] || [ "$1" = upgrade ]; then
	for marker in @MARKERS@; do
		if [ -z "$(dpkg-divert --listpackage "$marker")" ]; then
			dpkg-divert --package @PACKAGE@ --rename --divert "$marker.distrib" --add "$marker"
		fi
	done
fi
