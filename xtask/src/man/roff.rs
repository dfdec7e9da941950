//! Small corrections of what `clap_mangen` writes.

/// What it puts before each section that it writes.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";
/// Two line breaks with an empty line between them, of which `mandoc` ignores one.
const BREAKS: &str = ".br\n\n.br\n";

/// Ragged lines without hyphens that are not there: options and paths are copied from pages.
const RAGGED: &str = ".nh\n.ad l\n";

/// The beginning of a page. The date is empty, which `clap_mangen` would leave out, so that the
/// source would stand in its place. The manual's name is short because our names are long: at 80
/// columns no other fits between two of them.
pub(super) fn title(name: &str, source: &str) -> String {
    let title = name.to_uppercase().replace('-', "\\-");
    format!("{PREAMBLE}.TH {title} 1 \"\" \"{source}\" \"Commands\"\n{RAGGED}")
}

/// Leaves one preamble to the title, sets `code` in bold as manual pages do, indents lists of
/// values by one level, and spells an ellipsis so that every terminal has it.
pub(super) fn polish(text: &str) -> String {
    let text = text
        .replace(PREAMBLE, "")
        .replace(BREAKS, ".sp\n")
        .replace(".RS 14\n", ".RS\n")
        .replace('…', "...");
    text.split_inclusive('\n').map(bold_code).collect()
}

fn bold_code(line: &str) -> String {
    let mut bold = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else {
            break;
        };
        bold += &[before, "\\fB", code, "\\fR"].concat();
        rest = after;
    }
    bold + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_bold() {
        let polished = polish("a `b` and `c\\-d`, LL,…\nan odd ` stays\n");
        assert_eq!(
            polished,
            "a \\fBb\\fR and \\fBc\\-d\\fR, LL,...\nan odd ` stays\n"
        );
    }

    #[test]
    fn a_page_begins_once() {
        assert_eq!(
            polish(&format!("{PREAMBLE}.SH NAME\n{BREAKS}x\n")),
            ".SH NAME\n.sp\nx\n"
        );
        assert!(title("a-b", "a 1").contains("\n.TH A\\-B 1 \"\" \"a 1\" \"Commands\"\n"));
    }
}
