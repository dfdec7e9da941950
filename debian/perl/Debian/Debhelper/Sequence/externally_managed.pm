# The dh sequence add-on: dh --with externally-managed, or the build dependency
# dh-sequence-externally-managed.
use strict;
use warnings;
use Debian::Debhelper::Dh_Lib;

# dh leaves dh_externally_managed out when there is no such file: nobody would see it.
warning('no debian/PACKAGE.externally-managed: nothing is marked, unless an override target says what')
	unless glob('debian/*.externally-managed{,-opt-out}{,.in}');

# After dh_installdocs, which can make a documentation directory a link (--link-doc).
insert_after('dh_installdocs', 'dh_externally_managed');
# The marker names the README without .gz.
add_command_options('dh_compress', '-XREADME.venv');

1;
