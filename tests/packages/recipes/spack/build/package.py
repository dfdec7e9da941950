# A Python as Spack packages it, made of the files of the build machine's.
from spack.package import *


class Python(Package):
@recipe@

    def install(self, spec, prefix):
        # Stands for `make install`.
        threads = "t" if spec.satisfies("+freethreading") else ""
        Executable("staged")(prefix, "3.14" + threads)
