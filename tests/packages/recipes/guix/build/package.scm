;; The phases of a Python as Guix packages it, made of the files of the build machine's.
(modify-phases %standard-phases
@recipe@
)
