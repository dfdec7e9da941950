//! One message of the template catalogue.

use externally_managed::catalogue::po::placeholders;
use externally_managed::template::scan::Message;

use super::notes;

/// The width of translators' comments, without `#. `.
const WIDTH: usize = 76;

/// A message and all that is said about it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) msgid: String,
    /// Whether it is a title or a heading in some template.
    heading: bool,
    comments: Vec<String>,
    /// Without line numbers, which would change with every edit.
    files: Vec<String>,
}

impl Entry {
    pub(super) fn new(msgid: String) -> Entry {
        Entry {
            msgid,
            heading: false,
            comments: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Notes a use of the message in `file`.
    pub(super) fn add(&mut self, message: &Message, file: &str) {
        self.heading |= message.call != "_";
        if let Some(comment) = &message.comment
            && !self.comments.contains(comment)
        {
            self.comments.push(comment.clone());
        }
        if !self.files.iter().any(|known| known == file) {
            self.files.push(file.to_owned());
        }
    }

    /// The entry as it stands in the file.
    ///
    /// # Errors
    ///
    /// Fails for a placeholder that no note explains.
    pub(super) fn to_po(&self) -> Result<String, String> {
        let names = placeholders(&self.msgid);
        let mut lines = Vec::new();
        for name in &names {
            lines.extend(
                notes::placeholder(name)?
                    .iter()
                    .map(|line| format!("#. {line}")),
            );
        }
        if self.heading {
            lines.extend(notes::HEADING.iter().map(|line| format!("#. {line}")));
        }
        if self.msgid.ends_with(':') {
            lines.extend(notes::COLON.iter().map(|line| format!("#. {line}")));
        }
        for comment in &self.comments {
            lines.extend(wrap(comment).iter().map(|line| format!("#. {line}")));
        }
        // On one line, as msgmerge writes them with --no-wrap.
        lines.push(format!("#: {}", self.files.join(" ")));
        if !names.is_empty() {
            lines.push("#, python-brace-format".to_owned());
        }
        lines.push(format!("msgid \"{}\"", escape(&self.msgid)));
        lines.push("msgstr \"\"\n".to_owned());
        Ok(lines.join("\n"))
    }
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `text` as it stands between quotation marks.
pub(crate) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(msgid: &str, call: &str, comment: Option<&str>) -> Entry {
        let mut entry = Entry::new(msgid.to_owned());
        let message = Message {
            msgid: msgid.to_owned(),
            call: call.to_owned(),
            comment: comment.map(str::to_owned),
        };
        entry.add(&message, "templates/a.tera");
        entry.add(&message, "templates/b.tera");
        entry.add(&message, "templates/b.tera");
        entry
    }

    #[test]
    fn says_what_translators_need() {
        let long =
            "A comment that is so long that it does not fit into one line of the file, not at all.";
        let text = entry("Ask \"{manager}\":", "heading", Some(long))
            .to_po()
            .expect("known");
        let expected = "\
            #. {manager}: the command name of a package manager such as apt; keep it in\n\
            #. parentheses or after a noun.\n\
            #. A heading: without a full stop at its end.\n\
            #. A command, an option or a name follows on its own line: end with your language's\n\
            #. colon.\n\
            #. A comment that is so long that it does not fit into one line of the file,\n\
            #. not at all.\n\
            #: templates/a.tera templates/b.tera\n\
            #, python-brace-format\n\
            msgid \"Ask \\\"{manager}\\\":\"\n\
            msgstr \"\"\n";
        assert_eq!(text, expected);
        assert_eq!(
            entry("Plain.", "_", None).to_po().expect("no placeholder"),
            "#: templates/a.tera templates/b.tera\nmsgid \"Plain.\"\nmsgstr \"\"\n"
        );
    }

    #[test]
    fn refuses_a_placeholder_that_nobody_explains() {
        let error = entry("{other}", "_", None).to_po().expect_err("unknown");
        assert!(
            error.starts_with("no note tells translators what {other} stands for"),
            "{error}"
        );
    }
}
