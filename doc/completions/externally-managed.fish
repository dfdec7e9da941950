# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_externally_managed_global_optspecs
    string join \n h/help V/version
end

function __fish_externally_managed_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_externally_managed_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_externally_managed_using_subcommand
    set -l cmd (__fish_externally_managed_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c externally-managed -n "__fish_externally_managed_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -s V -l version -d 'Print version'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "install" -d 'Install the marker and the README into a package tree'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "render" -d 'Print one document, or keep a committed copy of it up to date'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "explain" -d 'Show what pip and uv print for a marker, and who reads which language'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "lint" -d 'Find what is wrong with markers, profiles, catalogues and package trees'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "import" -d 'Adopt an existing marker without changing a byte'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "profiles" -d 'List the profiles, or show every fact of one and where it comes from'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "languages" -d 'List the languages: how complete, who has reviewed them, how many bytes'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "status" -d 'Show every Python of an image or of this system, and its marker'
complete -c externally-managed -n "__fish_externally_managed_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l profile -d 'The distribution: a built-in name, a YAML file (with `/` or ending in .yaml), or `auto` for the distribution of the build machine' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l python -d 'The Python to mark: 3.13, 3.13t (free-threaded), pypy3.11 (repeatable)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l destdir -d 'The package tree; `/` marks the running system' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l stdlib -d 'The standard library directory inside the tree, if it is not where the profile says (with one --python only)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l shared -d 'Install one marker for all Pythons, with the text of the first --python, into DIR inside the tree, and in each standard library a relative symbolic link to it' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l readme -d 'Where the README lies inside the tree, with `{{ python.name }}` and the like for the Python at hand; `none`: there is none, and the marker names none' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l languages -d 'The marker\'s languages beside English: all, reviewed (by a native speaker), none, or a list such as `de,pt_BR` [default: what the profile says, else all]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l readme-languages -d 'Install the README in these languages too, as README.venv.LL' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l files-list -d 'Write the paths of the installed files, as they are in the tree, to FILE' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l files-format -d 'The form of the list: `rpm` is for %files -f' -r -f -a "plain\t'One path per line'
rpm\t'For %files -f of RPM, with %lang on translated READMEs'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l no-docs -d 'Leave the README out, for a build without documentation (`nodoc`); the marker stays the same'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l files-append -d 'Add to FILE: what it lists already stays, unless the tree does not have it any more'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -l check -d 'Write nothing; show how the tree differs from what would be installed, and exit with 1 if it does'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -s v -l verbose -d 'Name each file that is written, on standard error'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l profile -d 'The distribution: a built-in name, a YAML file (with `/` or ending in .yaml), or `auto` for the distribution of the build machine' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l python -d 'The Python that the document is about: 3.13, 3.13t (free-threaded), pypy3.11 (for opt-out, repeatable)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l package -d 'For opt-out, the package that the script belongs to' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l script -d 'For opt-out, the maintainer script; the package needs all of them' -r -f -a "preinst\t'Diverts the markers, before the package is unpacked'
postinst\t'Diverts them once more, after another such package is removed'
postrm\t'Brings them back, when the package is removed'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l stdlib -d 'The standard library directory inside the tree, if it is not where the profile says' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l readme -d 'Where the README lies inside the tree; `none`: the marker names none' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l languages -d 'For the marker, its languages beside English: all, reviewed, none, or a list such as `de,pt_BR` [default: what the profile says, else all]; for other documents, their one language [default: en]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l output -d 'Write to FILE instead of standard output' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -l check -d 'Write nothing; show how FILE differs from what would be written, and exit with 1 if it does'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand explain" -l installer -d 'Whose output: pip, uv, or a version such as pip@24.0 or uv@0.13.0 (repeatable) [default: the newest pip, the newest uv, and uv 0.13.0, the last with another parser]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand explain" -l locale -d 'The reader\'s locale, for example de_DE.UTF-8; it need not be installed [default: that of the environment]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand explain" -l python -d 'The Python that pip runs on: 3.13, 3.13t, pypy3.11 [default: the one in whose directory the marker lies, else 3.15]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand explain" -l format -d 'The form of the output' -r -f -a "text\t'For people'
json\t'For programs, with a version'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -l explain -d 'Explain a rule: what happens, who is hurt, how to mend it (repeatable; `all` for every one)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -l allow -d 'Do not report this rule (repeatable)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -l deny -d 'Report this rule as an error (repeatable)' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -l format -d 'The form of the output' -r -f -a "text\t'For people'
json\t'For programs, with a version'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -s v -l verbose -d 'Report what is only worth knowing, too'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -l profile -d 'The profile that gives everything else: a built-in name or one of a data directory' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -l output -d 'Write DIR/distro-profiles/NAME.yaml and NAME.marker, to be used with --data-dir DIR' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -l name -d 'The name of the new profile [default: BASE]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -l python -d 'The Python that the marker is for [default: what its path says, else its text]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -s v -l verbose -d 'Name each file that is written, on standard error'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand import" -s h -l help -d 'Print help'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand profiles" -l format -d 'The form of the output' -r -f -a "text\t'For people'
json\t'For programs, with a version'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand profiles" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand profiles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand languages" -l profile -d 'Count the bytes that each language takes in the marker and README of this profile: a name, a YAML file or `auto`' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand languages" -l python -d 'The Python that the documents are about: 3.13, 3.13t, pypy3.11 [default: the one that the profile calls its default]' -r
complete -c externally-managed -n "__fish_externally_managed_using_subcommand languages" -l format -d 'The form of the output' -r -f -a "text\t'For people'
json\t'For programs, with a version'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand languages" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand languages" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand status" -l format -d 'The form of the output' -r -f -a "text\t'For people'
json\t'For programs, with a version'"
complete -c externally-managed -n "__fish_externally_managed_using_subcommand status" -l data-dir -d 'Lay DIR over the built-in data; it has folders as the repository has: distro-profiles, templates, po (repeatable, the last one is on top)' -r -F
complete -c externally-managed -n "__fish_externally_managed_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c externally-managed -n "__fish_externally_managed_using_subcommand completions" -s h -l help -d 'Print help'
