"""What comes of each way to install on a marked Python, with several pips.

    schemes.py WAYS NAME=DIRECTORY...

Runs inside a chroot, as root, with the chroot's own Python. Tries each line of WAYS (its user, then
a line for the shell) with each pip: the one in DIRECTORY, or the chroot's own where that is empty.
Prints the names of the pips, and a line for each way: user, line, and an outcome for each pip, parted
by tabs. /etc/pip.conf says where the package to install lies; it and all places where something can
be installed are as before when the next line is tried.
"""

import os
import pathlib
import pwd
import re
import subprocess
import sys

PACKAGE = "cowsay"
CONFIGURATION = pathlib.Path("/etc/pip.conf")
STDLIB = f"/usr/lib/python3.{sys.version_info.minor}"
PLACES = ["/home", "/root", "/srv", "/tmp", "/usr/bin", "/usr/lib/python3", STDLIB, "/usr/local"]
# The test machine's own, and no place for packages.
CACHE = "/root/.cache"

# How pip says that it is the marker, and how ours begins.
REFUSAL = "error: externally-managed-environment"
MARKER = "Nothing was installed or removed. Debian manages this Python"

# What pip says when it fails for another reason than the marker.
REASONS = {
    "Permission denied": "no permission",
    "User site-packages are disabled for this Python": "user installs are off",
    "User site-packages are not visible in this virtualenv": "no user installs here",
    "no such option": "no such option",
}


def state() -> dict[str, tuple[int, int]]:
    """Every path, a directory after what is in it, with what tells that a file has changed."""
    found = {}
    for place in PLACES:
        for directory, _, names in os.walk(place, topdown=False):
            if directory.startswith(CACHE):
                continue
            for path in (os.path.join(directory, name) for name in names):
                status = os.lstat(path)
                found[path] = status.st_mtime_ns, status.st_size
            found[directory] = 0, 0
    return found


def remove(paths: list[str]) -> None:
    for path in paths:
        if os.path.isdir(path) and not os.path.islink(path):
            os.rmdir(path)
        else:
            os.unlink(path)


def attempt(line: str, user: str, pip: str) -> subprocess.CompletedProcess[str]:
    account = pwd.getpwnam(user)
    return subprocess.run(
        ["sh", "-c", line],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd=account.pw_dir,
        env={
            "HOME": account.pw_dir,
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            # /usr/bin/pip runs this pip, too.
            "PYTHONPATH": pip,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def reason(output: str) -> str:
    """Why pip failed, in words of ours where we know it: releases word it differently."""
    for message, name in REASONS.items():
        if message in output:
            return name
    return output.strip().splitlines()[-1]


def outcome(line: str, user: str, pip: str, before: dict[str, tuple[int, int]]) -> str:
    run = attempt(line, user, pip)
    after = state()
    new = [path for path in after if path not in before]
    installed = [os.path.dirname(path) for path in new if path.endswith(f"/{PACKAGE}") and os.path.isdir(path)]
    # Leaves no bytecode behind.
    used = bool(installed) and attempt(f"python3 -B -c 'import {PACKAGE}'", user, "").returncode == 0
    remove(new)

    changed = [path for path in before if after.get(path) != before[path]]
    refused = REFUSAL in run.stdout
    stopped = run.returncode != 0
    if changed or len(installed) > 1 or (stopped and installed):
        sys.exit(f"{line}: exit code {run.returncode}, installed {installed}, changed {changed}\n{run.stdout}")
    if refused != (MARKER in run.stdout) or (refused and run.returncode != 1):
        sys.exit(f"{line}: exit code {run.returncode}, not the refusal with our text\n{run.stdout}")
    if refused:
        return "refused"
    if stopped:
        return f"fails: {reason(run.stdout)}"
    if not installed:
        return "not refused"
    place = installed[0].replace(pwd.getpwnam(user).pw_dir + "/", "~/")
    place = re.sub(r"python3\.\d+", "python3.X", place)
    return f"installs into `{place}`, {'in use' if used else 'not in use'}"


def main() -> None:
    ways, *arguments = sys.argv[1:]
    pips = dict(argument.split("=") for argument in arguments)
    lines = pathlib.Path(ways).read_text(encoding="utf-8").splitlines()
    settings = CONFIGURATION.read_bytes()
    before = state()
    print("", "", *pips, sep="\t")
    for user, line in (line.split(None, 1) for line in lines if line.strip() and not line.startswith("#")):
        outcomes = []
        for pip in pips.values():
            outcomes.append(outcome(line, user, pip, before))
            CONFIGURATION.write_bytes(settings)
        print(user, line, *outcomes, sep="\t", flush=True)


main()
