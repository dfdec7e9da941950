# shellcheck shell=bash
# Stands in for the hook installShellFiles of nixpkgs.
installManPage() { install -D -m 644 -t "${out:?}/share/man/man1" "$@"; }
installShellCompletion() {
    while (($# > 0)); do
        case $1 in
        --bash) install -D -m 644 -t "${out:?}/share/bash-completion/completions" "$2" ;;
        --fish) install -D -m 644 -t "${out:?}/share/fish/vendor_completions.d" "$2" ;;
        --zsh) install -D -m 644 -t "${out:?}/share/zsh/site-functions" "$2" ;;
        *) return 1 ;;
        esac
        shift 2
    done
}
