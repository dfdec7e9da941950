# A Python as Gentoo packages it, made of the files of the build machine's.
EAPI=8

DESCRIPTION="Sample Python"
HOMEPAGE="https://www.python.org/"
S=${WORKDIR}

LICENSE="PSF-2"
SLOT="3.14"
KEYWORDS="amd64"

@1@

PYVER=3.14

src_install() {
	# Stands for `emake altinstall`.
	staged "${ED}/usr" "${PYVER}" || die

@2@
}
