# shellcheck shell=bash
# Pasting a document's commands into shells in the chroot; see commands.py.
# Sourced after lib.sh, which sets these:
: "${here:?}" "${root=}" "${work=}"

# paste_document TABLE DOCUMENT
paste_document() {
    local scripts script
    scripts=$(mktemp -d "$REAL_CACHE/run.XXXXXX")
    if python3 "$here/commands.py" "$1" "$2" "$scripts" 2>"$scripts/problems"; then
        pass "${1##*/} knows every command, and no other"
    else
        fail "${1##*/} and the document do not hold the same" "$scripts/problems"
    fi
    for script in "$scripts"/*.sh; do
        [ ! -e "$script" ] || paste_section "${script%.sh}"
    done
    rm -r "$scripts"
}

# paste_section STEM: a new copy of the machine, and STEM.sh run in it.
paste_section() {
    local title needs user prepare line
    fresh_root
    mark "$root"
    {
        read -r title
        read -r needs
        read -r user
        prepare=$(cat)
    } <"$1.txt"
    local start=$SECONDS
    say "--- $title"
    # shellcheck disable=SC2086 # several packages
    [ -z "$needs" ] || install_packages $needs
    local identity=() home=/root
    if [ "$user" != root ]; then
        home=/home/$user
        inside useradd --create-home --shell /bin/bash "$user"
        identity=(setpriv "--reuid=$user" "--regid=$user" --init-groups)
    fi
    if [ -n "$prepare" ]; then
        inside bash -ec "$prepare" >"$work/prepare.log" 2>&1 </dev/null || {
            cat "$work/prepare.log"
            die "$title: could not prepare"
        }
    fi
    cp "$1.sh" "$root/srv/pasted.sh"
    # A command that waits for ever must not keep the others waiting.
    inside timeout 600 "${identity[@]}" env "HOME=$home" "USER=$user" "LOGNAME=$user" \
        bash -c 'cd && . /srv/pasted.sh' >"$work/results" </dev/null || :
    [ "$(tail -n 1 "$work/results")" = 'the end' ] || say 'FAIL  the shell ended early' >>"$work/results"
    while IFS= read -r line; do
        case $line in
            'ok    '*) pass "${line#ok    }" ;;
            'FAIL  '*) fail "${line#FAIL  }" ;;
            'the end') ;;
            *) say "$line" ;;
        esac
    done <"$work/results"
    [ -z "${REAL_TIMES:-}" ] || say "    $((SECONDS - start)) s"
}
