"""Stands in for Spack, which is in no package registry: as much of its language of packages as the
recipe has, after Spack's packaging guide and its modules spack.package and spack.util.executable."""

import shutil
import subprocess
from os.path import join as join_path


class Prefix(str):
    """A path; an attribute is the directory of that name."""

    def __getattr__(self, name):
        return Prefix(join_path(self, name))


class Version(str):
    def up_to(self, parts):
        return Version(".".join(self.split(".")[:parts]))


class Spec(set):
    """Only the variants, such as `+marker`."""

    def satisfies(self, constraint):
        return constraint in self


class ProcessError(Exception):
    pass


class Executable:
    def __init__(self, name):
        self.name = name

    def __call__(self, *arguments):
        status = subprocess.run([self.name, *arguments], check=False).returncode
        if status:
            raise ProcessError(f"Command exited with status {status}: {self.name}")


def install(source, destination):
    """Copies a file, with its mode."""
    shutil.copy(source, destination)


variants = {}


def variant(name, default, description):
    assert description
    variants[name] = default


def depends_on(spec, type):
    assert spec and type == "build"


def run_after(phase):
    def mark(function):
        function.after = phase
        return function

    return mark


class Package:
    def __init__(self, package_dir, prefix, version, spec):
        self.package_dir = package_dir
        self.prefix = Prefix(prefix)
        self.version = Version(version)
        self.spec = spec

    def do_install(self):
        self.install(self.spec, self.prefix)
        for name in dir(self):
            function = getattr(self, name)
            if getattr(function, "after", None) == "install":
                function()
