#!/bin/bash
# Make the Debian chroot that the other scripts copy.
#
#     tests/real/make-chroot.sh DIR
#
# The last part of DIR is the name of the release (trixie, bookworm), or
# `builders`: trixie with the build tools of the distributions, and a Rust that
# can build this program.
# It is made once: DIR.stamp holds a hash of everything that shapes it. Set
# DEBIAN_MIRROR to take the packages from a mirror of your choice.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: make-chroot.sh DIR}
suite=${dir##*/}

# What a user of Debian's Python has before reading our text: Python and pip.
# Not python3-venv, pipx or sudo: the text says how to get these.
packages=python3,python3-pip,locales,ca-certificates
locales="ar_EG bg_BG bn_BD ca_ES cs_CZ da_DK de_DE de_AT el_GR es_ES es_MX et_EE eu_ES fa_IR fi_FI \
fr_FR gl_ES he_IL hi_IN hr_HR hu_HU id_ID it_IT ja_JP ka_GE ko_KR lt_LT lv_LV ms_MY nb_NO \
nl_NL nn_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sq_AL sr_RS sv_SE ta_IN th_TH tr_TR \
uk_UA vi_VN zh_CN zh_HK zh_SG zh_TW"
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
sources=(${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"})
preferences=
if [ "$suite" = builders ]; then
    suite=trixie
    packages+=,build-essential,cargo,rustc,debhelper,lintian,fakeroot,gettext
    packages+=,rpm,rpmlint,nix-bin,makepkg,pacman-package-manager,busybox,python3-venv,libarchive-tools
    packages+=,bmake,guile-3.0,ruby,tcl
    sources=("deb $mirror trixie main" "deb $mirror trixie-updates main" "deb $mirror trixie-backports main")
    # Only Rust comes from the backports: the one of trixie is too old.
    preferences='Package: cargo rustc libstd-rust* libllvm* llvm*
Pin: release n=trixie-backports
Pin-Priority: 900'
fi

# How this machine reaches the network: its proxies, its tolerance for a wrong
# clock, and the certificates that it trusts.
apt_options=$(apt-config dump 2>/dev/null |
    grep -E '^Acquire::(https?::.*Proxy|https?::Timeout|Retries|Check-Date|Check-Valid-Until)\b' || :)
trusted=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}

stamp=$({
    cat "$here/make-chroot.sh" "$here/trust.py"
    printf '%s\n' "$suite" "${DEBIAN_MIRROR:-}" "$apt_options"
    cat "$trusted" 2>/dev/null || :
} | sha256sum | cut -d' ' -f1)

mkdir -p "$(dirname "$dir")"
exec 9>"$dir.lock"
flock 9

if [ "$(cat "$dir.stamp" 2>/dev/null)" = "$stamp" ]; then
    # A stable release moves, too: an index that is a day old names files that
    # a security update may have replaced.
    if [ -n "$(find "$dir.stamp" -mmin +1440)" ]; then
        chroot "$dir" sh -c 'apt-get -qq update && apt-cache gencaches' && touch "$dir.stamp"
    fi
    exit 0
fi

rm -rf --one-file-system "$dir" "$dir.stamp" "$dir.new"
options=$(mktemp)
pins=$(mktemp)
trap 'rm -f "$options" "$pins"; rm -rf --one-file-system "$dir.new"' EXIT
trap 'exit 130' INT TERM HUP
printf '%s\n' "$apt_options" >"$options"
printf '%s\n' "$preferences" >"$pins"
chmod 644 "$pins"

# The indexes stay, so that `apt install` works in every copy at once; nothing
# in a throw-away chroot needs to be written through to the disk.
# shellcheck disable=SC2016 # $1 is for the hook's shell: the chroot's path
mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" \
    --aptopt="$options" --dpkgopt=force-unsafe-io --skip=cleanup/apt/lists \
    --setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\"; cp '$pins' \"\$1/etc/apt/preferences.d/backports\"" \
    --customize-hook="for l in $locales; do chroot \"\$1\" localedef -i \$l -f UTF-8 \$l.UTF-8; done" \
    --customize-hook="python3 '$here/trust.py' '$trusted' \"\$1\"" \
    --customize-hook='chroot "$1" update-ca-certificates >/dev/null 2>&1' \
    "$suite" "$dir.new" "${sources[@]}"

# Saves every copy a second each time it calls apt.
chroot "$dir.new" apt-cache -q gencaches >/dev/null
mv "$dir.new" "$dir"
printf '%s\n' "$stamp" >"$dir.stamp"
