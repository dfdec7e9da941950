//! The script for bash, in bash.

use std::process::Command;

use clap::CommandFactory as _;
use externally_managed::cli::Cli;
use xtask::repository::root;

/// What bash offers for the last of `words`; empty where there is no bash.
fn offered(words: &str) -> Option<String> {
    let script = r#"
        source "$1"
        read -ra COMP_WORDS <<<"$2"
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        function=$(complete -p externally-managed)
        function=${function##*-F }
        COMPREPLY=()
        "${function%% *}" externally-managed "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[*]}"
    "#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, "bash"]);
    bash.arg(root().join("doc/completions/externally-managed.bash"));
    let output = super::tool::run(bash.arg(words))?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "{words}: {complaints}"
    );
    Some(
        String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned(),
    )
}

#[test]
fn bash_completes_verbs_and_their_options() {
    let Some(verbs) = offered("externally-managed in") else {
        return;
    };
    assert_eq!(verbs, "install");
    for verb in Cli::command().get_subcommands() {
        let words = format!("externally-managed {} --hel", verb.get_name());
        assert_eq!(offered(&words).as_deref(), Some("--help"), "{words}");
    }
    let words = "externally-managed install --files-format r";
    assert_eq!(offered(words).as_deref(), Some("rpm"), "{words}");
}
