#!/bin/bash
# Real installers, in a real Debian, refuse with our text line for line.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
own_namespace "$@"

# The locale that a user has, and the key whose text pip must then show.
languages='
ar_EG Error-ar
bg_BG Error-bg
bn_BD Error-bn
ca_ES Error-ca
cs_CZ Error-cs
da_DK Error-da
de_DE Error-de
de_AT Error-de
el_GR Error-el
es_ES Error-es
es_MX Error-es
et_EE Error-et
eu_ES Error-eu
fa_IR Error-fa
fi_FI Error-fi
fr_FR Error-fr
gl_ES Error-gl
he_IL Error-he
hi_IN Error-hi
hr_HR Error-hr
hu_HU Error-hu
id_ID Error-id
it_IT Error-it
ja_JP Error-ja
ka_GE Error-ka
ko_KR Error-ko
lt_LT Error-lt
lv_LV Error-lv
ms_MY Error-ms
nb_NO Error-nb
nl_NL Error-nl
nn_NO Error-nn
pl_PL Error-pl
pt_BR Error-pt_BR
pt_PT Error-pt
ro_RO Error-ro
ru_RU Error-ru
sk_SK Error-sk
sl_SI Error-sl
sq_AL Error-sq
sr_RS Error-sr
sv_SE Error-sv
ta_IN Error-ta
th_TH Error-th
tr_TR Error-tr
uk_UA Error-uk
vi_VN Error-vi
zh_CN Error-zh
zh_HK Error-zh_HK
zh_SG Error-zh
zh_TW Error-zh_TW
'
# Beside Debian's own pip and the newest of each: the pip of older releases and
# the last uv that read the marker with another parser.
old_pip=24.0
old_uv=0.13.0

# Every file that an installation could add or change.
snapshot() {
    find "$root"/{etc,home,opt,root,usr,var/lib} -xdev -path "$root/root/.cache" -prune -o \
        ! -type d ! -path '*/__pycache__/*' -printf '%p %l %s %m %T@\n' | sort
}

# refuses KEY FRAME TITLE COMMAND...: exit code not 0, that key's text, nothing changed.
refuses() {
    local key=$1 frame=$2 title=$3 status=0
    shift 3
    snapshot >"$work/before"
    inside "$@" >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    snapshot >"$work/after"
    if [ "$status" = 0 ]; then
        fail "$title: exit code 0" "$work/stderr"
    elif ! python3 "$here/shown.py" compare "$frame" "$marker" "$key" "$work/stderr" >"$work/diff" 2>&1; then
        fail "$title: other text than $key" "$work/diff"
    elif ! diff "$work/before" "$work/after" >"$work/diff"; then
        fail "$title: files changed" "$work/diff"
    else
        pass "$title: refused with $key"
    fi
}

fresh_root
marker=$root/usr/lib/python3.13/EXTERNALLY-MANAGED

# --- the files ---

differ() { ! cmp -s "$1" "$2"; }
cp "$marker" "$work/debians"
mark "$root"
check 'our marker replaced the one of Debian' differ "$work/debians" "$marker"
"$EXTERNALLY_MANAGED" render marker --profile debian --python 3.13 --languages all >"$work/marker"
check 'the marker is what render prints' cmp "$marker" "$work/marker"
check 'the marker: a regular file of root, mode 0644' \
    test "$(stat -c '%F %U %a' "$marker")" = 'regular file root 644'

# The text ends with the path of the README: no other line starts with a slash.
text() { python3 "$here/shown.py" text "$marker" "$1"; }
text Error >"$work/Error" || die 'nothing that an installer could show'
readme=$(grep '^/' "$work/Error")
"$EXTERNALLY_MANAGED" render readme --profile debian --python 3.13 >"$work/readme"
check "the README that the marker names is ours: $readme" cmp "$root$readme" "$work/readme"
check 'the README: a regular file of root, mode 0644' \
    test "$(stat -c '%F %U %a' "$root$readme")" = 'regular file root 644'

# --- the installers ---

# --target is let through, so Debian's pip can fetch the others.
fetch() { inside pip install --quiet --no-deps --target "/opt/$1" "$2" >"$work/fetch.log" 2>&1 ||
    { cat "$work/fetch.log" && die "could not get $2"; }; }
fetch new-pip pip
fetch old-pip "pip==$old_pip"
fetch new-uv uv
fetch old-uv "uv==$old_uv"

new_pip=(env PYTHONPATH=/opt/new-pip python3 -m pip)
old_pip=(env PYTHONPATH=/opt/old-pip python3 -m pip)
new_uv=(/opt/new-uv/bin/uv)
old_uv=(/opt/old-uv/bin/uv)
version() { inside "$@" --version | cut -d' ' -f1,2; }

refuses Error pip "Debian's $(version pip)" pip install requests
refuses Error pip 'pip install --user' pip install --user requests
refuses Error pip 'pip install --dry-run' pip install --dry-run requests
refuses Error pip 'pip uninstall' pip uninstall --yes packaging
refuses Error pip "the current $(version "${new_pip[@]}")" "${new_pip[@]}" install requests
refuses Error pip "$(version "${old_pip[@]}")" "${old_pip[@]}" install requests
refuses Error uv "the current $(version "${new_uv[@]}")" "${new_uv[@]}" pip install --system requests
refuses Error uv "$(version "${old_uv[@]}")" "${old_uv[@]}" pip install --system requests

# --- the languages ---

# iw and no: languages that glibc has under other names, and another libc may not.
check 'every key of the marker has a locale here' diff \
    <(sed -n 's/^\(Error-[^=]*\)=.*/\1/p' "$work/marker" | grep -vx 'Error-iw\|Error-no') \
    <(awk 'NF { print $2 }' <<<"$languages" | LC_ALL=C sort -u)
while read -r locale key; do
    [ -n "$locale" ] || continue
    check "$key is there" text "$key"
    text "$key" >"$work/$key" 2>/dev/null || continue
    check "$key is not English" differ "$work/$key" "$work/Error"
    refuses "$key" pip "Debian's pip, $locale.UTF-8" \
        env "LC_ALL=$locale.UTF-8" pip install requests
    refuses "$key" pip "the current pip, $locale.UTF-8" \
        env "LANG=$locale.UTF-8" "${new_pip[@]}" install requests
done <<<"$languages"
refuses Error pip "Debian's pip, LC_ALL=C" env LC_ALL=C pip install requests
refuses Error uv 'the current uv, de_DE.UTF-8' \
    env LC_ALL=de_DE.UTF-8 "${new_uv[@]}" pip install --system requests

# --- the machine: --profile auto in the chroot is --profile debian outside ---

install -m 755 "$EXTERNALLY_MANAGED" "$root/usr/local/bin/externally-managed"
mkdir "$root/srv/auto" "$work/debian"
check '--profile auto runs in the chroot' inside externally-managed install \
    --profile auto --python 3.13 --destdir /srv/auto --languages all
mark "$work/debian"
listing() { (cd "$1" && find . -type f -printf '%p %m\n' | sort); }
check '--profile auto gives the same files' diff <(listing "$root/srv/auto") <(listing "$work/debian")
check '--profile auto gives the same bytes' diff -r "$root/srv/auto" "$work/debian"

# --- the other way round: it is our marker that stops them ---

rm "$marker"
check "without the marker, Debian's pip installs" inside pip install requests
check 'without the marker, uv installs' inside "${new_uv[@]}" pip install --system cowsay

finish
