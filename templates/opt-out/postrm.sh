# shellcheck shell=sh
# Brings the EXTERNALLY-MANAGED markers back, those that an earlier version of this package diverted
# among them: hence dpkg's list, in a language that is known.
if [ "$1" = remove ] || [ "$1" = abort-install ] || [ "$1" = disappear ]; then
	LC_ALL=C dpkg-divert --list '*/EXTERNALLY-MANAGED' |
		sed -n 's/^diversion of \(.*\) to .*/\1/p' |
		while read -r marker; do
			if [ "$(dpkg-divert --listpackage "$marker")" = @PACKAGE@ ]; then
				dpkg-divert --package @PACKAGE@ --rename --remove "$marker"
			fi
		done
fi
