//! Committed files equal generated ones.

use xtask::repository::{generated, outdated, report};

#[test]
fn committed_files_are_up_to_date() {
    let outdated = outdated(&generated().expect("everything can be generated")).expect("readable");
    assert!(outdated.is_empty(), "{}", report(&outdated));
}

#[test]
fn generating_twice_gives_the_same() {
    let texts = || {
        let files = generated().expect("everything can be generated");
        files.into_iter().map(|file| file.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(), texts());
}

#[test]
fn generated_texts_end_with_one_line_feed_and_no_white_space() {
    for file in generated().expect("everything can be generated") {
        assert!(
            file.text.ends_with('\n') && !file.text.ends_with("\n\n"),
            "{}",
            file.path
        );
        // Completions are as clap_complete writes them.
        if !file.path.starts_with("doc/completions/") {
            let bad = file
                .text
                .lines()
                .find(|line| line.ends_with([' ', '\t', '\r']));
            assert_eq!(bad, None, "{}", file.path);
        }
    }
}
