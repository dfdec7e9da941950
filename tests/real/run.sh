#!/bin/bash
# Everything that needs a real Debian: as root, `tests/real/run.sh`.
#
#     EXTERNALLY_MANAGED   the program under test (default: target/release/)
#     DEBIAN_MIRROR        where packages come from (default: Debian's own)
#     NO_INSTALL=1         never install a missing tool on this machine
#     CI=true              a check that cannot run is a failure
#
# It downloads about 600 MB the first time, keeps chroots and packages in
# target/real/, and leaves nothing else behind.
# shellcheck disable=SC2030,SC2031 # each lane has a tally of its own
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

# cannot REASON: says which checks did not run, which CI does not accept.
cannot() {
    say "did not run: the real installers and the commands of marker and README in a Debian chroot ($*)"
    if [ "${CI:-}" = true ]; then
        say '0 passed, 1 failed'
        exit 1
    fi
    say '0 passed, 0 failed'
    exit 0
}

[ "$(id -u)" = 0 ] || cannot 'not root'
[ -x "$EXTERNALLY_MANAGED" ] || die "no program at $EXTERNALLY_MANAGED; cargo build --release makes it"

# The program, and the Debian package that has it.
missing=
while read -r tool package; do
    command -v "$tool" >/dev/null || missing="$missing $package"
done <<'TOOLS'
mmdebstrap mmdebstrap
python3 python3
unshare util-linux
flock util-linux
TOOLS
[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing="$missing debian-archive-keyring"
if [ -n "$missing" ]; then
    [ -z "${NO_INSTALL:-}" ] || cannot "not installed:$missing"
    command -v apt-get >/dev/null || cannot "not installed, and no apt-get:$missing"
    say "installing:$missing"
    # shellcheck disable=SC2086 # several packages
    { apt-get -qq update && apt-get -qq -y install $missing; } >/dev/null || cannot "could not install:$missing"
fi
unshare --mount --pid --fork true 2>/dev/null || cannot 'no permission to mount: is this a container?'

mkdir -p "$REAL_CACHE"
# What an earlier run, killed, could not clean up. Its mounts went with it.
find "$REAL_CACHE" -maxdepth 1 -name 'run.*' -mmin +120 -exec rm -rf --one-file-system {} +
REAL_TALLY=$(mktemp "$REAL_CACHE/run.XXXXXX")
export REAL_TALLY
trap 'rm -f "$REAL_TALLY"*' EXIT
trap 'exit 130' INT TERM HUP

# stage NAME COMMAND...: a stage that ends early counts as one failure.
stage() {
    local name=$1 start=$SECONDS lines
    shift
    lines=$(wc -l <"$REAL_TALLY")
    say "=== $name"
    if ! "$@" && [ "$(wc -l <"$REAL_TALLY")" = "$lines" ]; then
        say "FAIL  $name ended early"
        echo 0 1 >>"$REAL_TALLY"
    fi
    say "=== $name: $((SECONDS - start)) s"
}

# lane NAME FUNCTION: stages beside those of other lanes. Their output comes when `lanes_end`.
lanes=()
lane() {
    : >"$REAL_TALLY.$1"
    (
        REAL_TALLY=$REAL_TALLY.$1
        "$2"
    ) >"$REAL_TALLY.$1.log" 2>&1 &
    lanes+=("$1")
}
lanes_end() {
    wait
    local name
    for name in "${lanes[@]}"; do
        cat "$REAL_TALLY.$name.log"
        cat "$REAL_TALLY.$name" >>"$REAL_TALLY"
    done
    lanes=()
}

# Each builds the program first: most of the time, one processor waits.
debian_packages() {
    stage 'Debian: the package' "$here/debian-package.sh"
    stage 'Debian: Pythons' "$here/debian-samples.sh"
    stage 'Debian: turning the check off' "$here/opt-out.sh"
    stage 'Debian: autopkgtest' "$here/debian-autopkgtest.sh"
    stage 'Alpine' "$here/alpine.sh"
}
other_packages() {
    stage 'RPM' "$here/rpm.sh"
    stage 'Arch' "$here/arch.sh"
    stage 'Nix' "$here/nix.sh"
    stage 'Recipes' "$here/recipes.sh"
}

images() { stage 'images with environments' "$here/containers.sh"; }
ways_to_install() { stage 'ways to install' "$here/schemes.sh"; }

stage 'the base chroot' "$here/make-chroot.sh" "$base"
stage 'the chroot of builders' "$here/make-chroot.sh" "$REAL_CACHE/builders"
if [ -e "$REAL_CACHE/builders.stamp" ]; then
    export SOURCE_ARCHIVES=$REAL_CACHE/dist
    stage 'the source archives' "$repo/dev/dist" "$SOURCE_ARCHIVES"
    lane debian debian_packages
    lane others other_packages
    lanes_end
fi
if [ -e "$base.stamp" ]; then
    stage 'the same on every system' "$here/reproducible.sh"
    stage 'real installers' "$here/installers.sh"
    stage 'explain, on trixie' "$here/readers.sh" trixie
    stage 'explain, on bookworm' "$here/readers.sh" bookworm
    stage 'the packages of the profile' "$here/packages.sh"
    stage 'the commands of the marker' "$here/marker-commands.sh"
    stage 'the commands of the README' "$here/readme-commands.sh"
    lane images images
    lane ways ways_to_install
    lanes_end
fi

while read -r good bad; do
    passed=$((passed + good))
    failed=$((failed + bad))
done <"$REAL_TALLY"
say "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
