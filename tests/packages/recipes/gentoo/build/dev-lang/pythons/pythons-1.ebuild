# Two Pythons in one package, made of the files of the build machine's.
EAPI=8

DESCRIPTION="Sample Pythons"
HOMEPAGE="https://www.python.org/"
S=${WORKDIR}

LICENSE="PSF-2"
SLOT="0"
KEYWORDS="amd64"

@1@

src_install() {
	# Stands for `emake altinstall`.
	staged "${ED}/usr" 3.14 || die
	staged "${ED}/usr" 3.13 || die

@2@
}
