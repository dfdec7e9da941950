EAPI=8

DESCRIPTION="Common files shared by Python implementations"
HOMEPAGE="https://www.gentoo.org/"
S=${WORKDIR}

LICENSE="GPL-2"
SLOT="0"
KEYWORDS="amd64"

@recipe@
