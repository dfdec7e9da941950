# shellcheck shell=bash
# Stands in for the setup hook installShellFiles of nixpkgs.
installManPage() {
    install -D --mode=644 -t "${out:?}/share/man/man1" "$@"
}
installShellCompletion() {
    [[ $1 == --cmd ]] || return 1
    local share=${out:?}/share name=$2
    shift 2
    while (($# > 0)); do
        case $1 in
        --bash) install -D --mode=644 "$2" "$share/bash-completion/completions/$name.bash" ;;
        --fish) install -D --mode=644 "$2" "$share/fish/vendor_completions.d/$name.fish" ;;
        --zsh) install -D --mode=644 "$2" "$share/zsh/site-functions/_$name" ;;
        *) return 1 ;;
        esac
        shift 2
    done
}
