//! Characters that no text of ours may have. Shared with build.rs.

/// Whether `character` takes no room and changes what is around it: marks of direction, joiners
/// of words, separators of lines, the byte order mark. Installers pass them on to the terminal.
/// U+200B is one of them; translators may use it for possible breaks, which wrapping takes out.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
