//! The rules of `lint`: one table of what can be wrong, who is hurt by it, and how to mend it.

use crate::diagnostic::Severity;
use Severity::{Error, Info, Warning};

/// One thing that can be wrong.
#[derive(Debug, Eq, PartialEq)]
pub struct Rule {
    /// Its name, which never changes.
    pub id: &'static str,
    /// How bad it is, unless the command line says otherwise.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// What happens.
    pub explanation: &'static str,
    /// Who is hurt.
    pub who: &'static str,
    /// What to do.
    pub mend: &'static str,
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Every rule, sorted by id.
pub const RULES: &[Rule] = &[
    Rule {
        id: "EM001",
        severity: Error,
        title: "the marker is not UTF-8",
        explanation: "One byte that is not UTF-8, even in a comment or in a language that nobody here uses, \
makes the whole file unreadable. uv takes an unreadable marker for none and installs; pip refuses, but with \
a text of its own.",
        who: "users of uv, who change the distribution's Python unwarned; users of pip, who see no advice",
        mend: "save the file as UTF-8",
    },
    Rule {
        id: "EM002",
        severity: Error,
        title: "the marker begins with a byte order mark",
        explanation: "Installers read the file as plain UTF-8. The mark becomes a part of the first line, which \
is then no section header, and the text is lost. Editors and shells of Windows like to write it.",
        who: "everybody: pip and uv refuse with a text of their own",
        mend: "save the file as UTF-8 without a byte order mark",
    },
    Rule {
        id: "EM003",
        severity: Error,
        title: "the marker is not a regular file that everybody can read",
        explanation: "pip asks whether the path is a file: a directory, a device, or a link that leads to nothing \
is no marker, and it installs. uv takes everything that it cannot read for no marker; pip refuses with a text \
of its own if it may not read the file.",
        who: "everybody whose pip or uv installs as if there were no marker",
        mend: "install a regular file with mode 0644 below directories that everybody may enter; a link needs its \
target in the same package or in one that this package depends on",
    },
    Rule {
        id: "EM004",
        severity: Error,
        title: "the file name is not EXTERNALLY-MANAGED",
        explanation: "Installers look for this name, with a hyphen and in capital letters (PEP 668). A file with \
another spelling is never found.",
        who: "everybody: pip and uv install as if there were no marker",
        mend: "rename the file to EXTERNALLY-MANAGED",
    },
    Rule {
        id: "EM005",
        severity: Error,
        title: "a key is given twice",
        explanation: "pip's parser is strict and folds the case of keys, so `Error` and `error` are the same key. \
It raises DuplicateOptionError, which pip does not catch: the user sees a traceback. This holds in every \
section. Of a key that is spelt alike twice, uv up to 0.13.0 takes the last one, and later versions refuse \
with a text of their own; to uv, `error` is another key than `Error`.",
        who: "users of pip, who see a traceback instead of advice",
        mend: "remove all but one of them",
    },
    Rule {
        id: "EM006",
        severity: Error,
        title: "a section is given twice",
        explanation: "pip's parser raises DuplicateSectionError, which pip does not catch: the user sees a \
traceback. uv since 0.13.1 refuses with a text of its own.",
        who: "users of pip, who see a traceback instead of advice, and users of new uvs",
        mend: "put all keys into one section",
    },
    Rule {
        id: "EM007",
        severity: Error,
        title: "there is no section [externally-managed]",
        explanation: "Section names are compared exactly: capital letters make another name, and so do spaces \
between the brackets, except for uv up to 0.13.0. Without the section no installer finds a text.",
        who: "everybody: pip and uv refuse with a text of their own",
        mend: "begin the file with a line [externally-managed]",
    },
    Rule {
        id: "EM008",
        severity: Error,
        title: "the section has no key `Error`",
        explanation: "`Error` is what users read whose language has no key of its own, and the only key that uv \
reads. uv wants it in exactly this case.",
        who: "users of uv, and all others whose language has no key",
        mend: "add `Error=` with an English text, before the other keys",
    },
    Rule {
        id: "EM009",
        severity: Error,
        title: "a line is no part of any key",
        explanation: "A line that continues a text must begin with a space. One that does not, and is neither a \
section nor a key, is a mistake for pip and for uv since 0.13.1, and both drop the whole file. uv up to \
0.13.0 drops the rest of the text.",
        who: "everybody: the text is lost, wholly or from this line on",
        mend: "put one space before the line, or remove it",
    },
    Rule {
        id: "EM010",
        severity: Error,
        title: "a line of text is read as a key",
        explanation: "A line that does not begin with a space and has `=` or `:` in it is a new key. It ends the \
text before it, and no installer tells.",
        who: "everybody: the text ends before this line",
        mend: "put one space before the line",
    },
    Rule {
        id: "EM011",
        severity: Error,
        title: "a line of text is read as a comment",
        explanation: "Lines whose first character is `#` or `;` are comments, also inside a text and however far \
they are indented. Headings and shell comments are lost in this way.",
        who: "everybody: the line is not shown",
        mend: "begin the line with something else; a comment of yours belongs between keys, at the start of a line",
    },
    Rule {
        id: "EM012",
        severity: Error,
        title: "`#` or `;` in the text of `Error`",
        explanation: "uv 0.1.12 to 0.13.0 takes `#` and `;` for a comment wherever they stand and drops the rest \
of the line: a URL loses its fragment, a sentence its end. Other keys are read by pip only, which shows them \
whole.",
        who: "users of uv 0.1.12 to 0.13.0",
        mend: "write the sentence without them, and link to a page instead of a fragment",
    },
    Rule {
        id: "EM013",
        severity: Error,
        title: "a line of text begins with `[`",
        explanation: "uv up to 0.13.0 takes an indented line that begins with `[` for a section header: the rest \
of the text belongs to another section, and without a `]` the whole file is dropped. A line in any key does it, \
since the keys behind it go to the other section too.",
        who: "users of uv up to 0.13.0",
        mend: "begin the line with another word",
    },
    Rule {
        id: "EM014",
        severity: Error,
        title: "a part of the text looks like markup to rich",
        explanation: "`pipenv --system` prints pip's text again through rich's markup: `package[extra]` becomes \
`package`, and `[/usr/bin]` ends in a traceback. What is taken for markup is `[`, a small letter, `#`, `/` or \
`@`, and a later `]`.",
        who: "users of pipenv",
        mend: "write it without brackets",
    },
    Rule {
        id: "EM015",
        severity: Error,
        title: "a key has no value, or a value has no key",
        explanation: "A key needs `=` or `:` behind it, and something before it. pip and uv since 0.13.1 drop the \
whole file otherwise.",
        who: "everybody: pip and uv refuse with a text of their own",
        mend: "write `Error=` and the text on the same line",
    },
    Rule {
        id: "EM016",
        severity: Error,
        title: "there is a control character",
        explanation: "pip passes ESC, NUL, DEL and C1 characters on, even into a file, and drops a few others; uv \
passes them on to a terminal. Escape sequences can hide or change what the user reads. A CR in a line ends it \
for pip, but not for uv up to 0.13.0.",
        who: "whoever reads the text on a terminal",
        mend: "remove it",
    },
    Rule {
        id: "EM017",
        severity: Warning,
        title: "indentation is lost",
        explanation: "Every installer strips the white space at both ends of every line of a text. Commands and \
lists that are indented in the file are printed flush with the sentences around them.",
        who: "everybody: commands do not stand out from the text",
        mend: "begin lines with one space, and mark commands with something visible, such as `$ `",
    },
    Rule {
        id: "EM018",
        severity: Warning,
        title: "the first line of the text is empty",
        explanation: "If the text begins on the line below `Error=`, its first line is empty: pip prints its arrow \
with nothing behind it.",
        who: "everybody: the message begins with an empty line",
        mend: "put the first line right behind `Error=`",
    },
    Rule {
        id: "EM019",
        severity: Warning,
        title: "a line is wider than 76 columns",
        explanation: "pip puts four columns before each line and breaks none, uv puts two and breaks some. On a \
terminal of 80 columns a wider line runs over. The key before the first line does not count.",
        who: "everybody with a terminal of 80 columns",
        mend: "break the line, best at 72 columns",
    },
    Rule {
        id: "EM020",
        severity: Warning,
        title: "there is a TAB in the text",
        explanation: "pip replaces it by spaces up to the next eighth column, uv does not.",
        who: "whoever reads the text, or copies a command from it",
        mend: "write spaces",
    },
    Rule {
        id: "EM021",
        severity: Warning,
        title: "a part of the text looks like an emoji to rich",
        explanation: "`pipenv --system` prints pip's text through rich, which replaces `:name:` by an emoji if it \
knows the name.",
        who: "users of pipenv",
        mend: "write it without one of the colons",
    },
    Rule {
        id: "EM022",
        severity: Warning,
        title: "there is an invisible character",
        explanation: "Marks of direction and separators of lines are passed on to the terminal, where they can \
change the order of what stands around them, also in a command.",
        who: "whoever reads the text on a terminal",
        mend: "remove it",
    },
    Rule {
        id: "EM023",
        severity: Warning,
        title: "the text of `Error` is not ASCII",
        explanation: "`Error` is what users read whose language has no key, whatever their encoding. What an \
encoding other than UTF-8 does not have is printed as `\\u2019` and the like.",
        who: "users whose terminal is not UTF-8",
        mend: "use ASCII in `Error`: ' for quotation marks, - for dashes",
    },
    Rule {
        id: "EM024",
        severity: Warning,
        title: "no locale selects this key",
        explanation: "pip looks for the language as Python spells it, `ll_CC`, and then for `ll`. A hyphen, a \
script (`zh_Hant`) or a name of a language is never asked for.",
        who: "users of this language, who read English",
        mend: "spell the key like a locale: Error-de, Error-pt_BR, Error-zh_TW",
    },
    Rule {
        id: "EM025",
        severity: Warning,
        title: "a key for a region, and none for its language",
        explanation: "pip tries `Error-pt_PT`, then `Error-pt`, then `Error`. With `Error-pt_BR` alone, readers in \
Portugal get English.",
        who: "users of this language in other regions, who read English",
        mend: "give the text under the bare language too, for example Error-pt beside Error-pt_BR",
    },
    Rule {
        id: "EM026",
        severity: Warning,
        title: "the language has a second code",
        explanation: "Norwegian Bokmål is `nb` in some locales and `no` in others, Hebrew `he` and `iw`. pip knows \
no relation between them.",
        who: "users whose locale has the other code, who read English",
        mend: "give the text under both codes",
    },
    Rule {
        id: "EM027",
        severity: Warning,
        title: "a key is indented",
        explanation: "uv up to 0.13.0 takes every indented line for a part of the text before it, and drops the file \
if there is none.",
        who: "users of uv up to 0.13.0, who see no advice",
        mend: "begin the line with the key",
    },
    Rule {
        id: "EM028",
        severity: Warning,
        title: "a key stands in the section DEFAULT",
        explanation: "pip's parser lets every section inherit it. uv up to 0.13.0 does not.",
        who: "users of uv up to 0.13.0, who see no advice",
        mend: "move the key into [externally-managed]",
    },
    Rule {
        id: "EM029",
        severity: Warning,
        title: "the text is empty, or all its lines end with CR",
        explanation: "An empty text is shown as it is, so the user reads nothing. Lines that end with CR alone are \
lines for pip, but not for uv up to 0.13.0.",
        who: "everybody, or users of uv up to 0.13.0",
        mend: "write a text",
    },
    Rule {
        id: "EM030",
        severity: Info,
        title: "there are empty lines in the text",
        explanation: "The first versions of uv that heed markers (0.1.12 to 0.2.11) drop them. All others show them.",
        who: "nobody who has updated uv since 2024",
        mend: "nothing needs to be done",
    },
    Rule {
        id: "EM031",
        severity: Warning,
        title: "something in the text was not expanded",
        explanation: "`$VAR`, `@VAR@` and a path with `*` or `?` look like something that a script should have \
replaced. Installers print them as they are, and the reader cannot paste them.",
        who: "whoever reads the text",
        mend: "expand it when the package is built, or name the thing itself",
    },
    Rule {
        id: "EM032",
        severity: Warning,
        title: "no installer reads this key or section",
        explanation: "Installers read `Error` and `Error-xx` of [externally-managed] and nothing else. Warnings, \
markers for single paths and other ideas never became part of the standard.",
        who: "nobody reads it",
        mend: "remove it, or make it a comment",
    },
    Rule {
        id: "EM033",
        severity: Warning,
        title: "there is a placeholder in the text",
        explanation: "`{{ name }}`, `%{name}`, `%(name)s` and `__NAME__` look like placeholders of a template or a \
spec file. Installers print them as they are.",
        who: "whoever reads the text",
        mend: "fill it in when the package is built",
    },
    Rule {
        id: "EM040",
        severity: Error,
        title: "a Python has no marker",
        explanation: "pip and uv look for EXTERNALLY-MANAGED in the directory that \
sysconfig.get_path(\"stdlib\") names, beside os.py. There is none in any of the trees.",
        who: "everybody: pip and uv install into the distribution's Python",
        mend: "install a marker there; if another package has it, lint that one's tree together with this one",
    },
    Rule {
        id: "EM041",
        severity: Error,
        title: "one Python has no marker, others have one",
        explanation: "Each standard library needs a marker of its own: another version, a free-threaded build, PyPy, \
or the other of lib and lib64.",
        who: "users of that Python, whose pip and uv install into it",
        mend: "install a marker there too",
    },
    Rule {
        id: "EM042",
        severity: Error,
        title: "the marker lies in the wrong directory",
        explanation: "Installers look in the standard library directory only, the one with os.py in it, not in \
site-packages, dist-packages or the prefix.",
        who: "everybody: pip and uv install as if there were no marker",
        mend: "move it to the standard library directory",
    },
    Rule {
        id: "EM043",
        severity: Warning,
        title: "the marker belongs to a Python that is gone",
        explanation: "There is a marker in a directory without a standard library, while others have one. After a new \
feature version the old marker protects nothing, and often the new directory has none.",
        who: "nobody yet, but the next Python of this version begins with an old text",
        mend: "remove it, and see that the marker's path follows the version",
    },
    Rule {
        id: "EM044",
        severity: Error,
        title: "the file that the text names is missing",
        explanation: "The text sends its reader to a file that none of the trees has.",
        who: "whoever follows the advice",
        mend: "install the file, or take its name out of the text; if another package has it, lint that one's tree \
together with this one",
    },
    Rule {
        id: "EM045",
        severity: Warning,
        title: "the file that the text names was compressed",
        explanation: "The tree has the file with .gz, .xz or .zst behind its name. Debian's dh_compress does this to \
everything larger than 4 KB below /usr/share/doc.",
        who: "whoever follows the advice",
        mend: "keep it uncompressed, for example with dh_compress -XREADME.venv",
    },
    Rule {
        id: "EM046",
        severity: Info,
        title: "the file that the text names is often left out",
        explanation: "Minimal images leave /usr/share/doc, man and info out (dpkg's path-exclude, rpm's --nodocs), so \
that their users do not have the file.",
        who: "users of minimal images and containers",
        mend: "put it beside the marker, or live with it",
    },
    Rule {
        id: "EM047",
        severity: Error,
        title: "a virtual environment is marked",
        explanation: "A virtual environment is where users should install. Installers do not look at its marker, but \
copies of the environment and tools that only test for the file do.",
        who: "users of tools that test for the file only",
        mend: "remove it",
    },
    Rule {
        id: "EM048",
        severity: Error,
        title: "a Python is marked that must not be",
        explanation: "The profile for this place says that no package manager manages this Python. A marker would send \
its users to one that cannot help.",
        who: "users of this Python, who cannot install at all",
        mend: "remove it",
    },
    Rule {
        id: "EM049",
        severity: Warning,
        title: "there is no Python in the tree",
        explanation: "No directory that can be a standard library was found, with or without a marker. A tree is \
named by its root, the directory that has usr in it, or bin and lib.",
        who: "whoever takes silence for a good sign",
        mend: "name the root of the package tree or image; lint a single marker by its own path",
    },
    Rule {
        id: "EM060",
        severity: Error,
        title: "the profile is not valid",
        explanation: "`install` and `render` would stop with the same message.",
        who: "the build of the package",
        mend: "see the message",
    },
    Rule {
        id: "EM061",
        severity: Error,
        title: "the catalogue is not valid",
        explanation: "It cannot be read, or a translation has other placeholders than the message.",
        who: "the build of the package, or readers of this language",
        mend: "see the message; msgfmt --check finds most mistakes too",
    },
    Rule {
        id: "EM062",
        severity: Warning,
        title: "a message has no translation",
        explanation: "The reader gets the whole message in English.",
        who: "readers of this language",
        mend: "translate it; `make update-po` adds messages that the file does not have",
    },
    Rule {
        id: "EM063",
        severity: Warning,
        title: "a translation is fuzzy",
        explanation: "It was made for another English text, so it is not used.",
        who: "readers of this language",
        mend: "check it and remove the flag",
    },
    Rule {
        id: "EM064",
        severity: Warning,
        title: "a translation is the English text",
        explanation: "Somebody copied the message and did not translate it.",
        who: "readers of this language",
        mend: "translate it, or leave it empty, so that it counts as missing",
    },
    Rule {
        id: "EM065",
        severity: Info,
        title: "no document uses this message",
        explanation: "The English text has changed, or the message is from an overlay's template.",
        who: "nobody",
        mend: "`make update-po` moves it out of the way",
    },
    Rule {
        id: "EM066",
        severity: Warning,
        title: "a translation is over-long",
        explanation: "It has a part wider than a line with no place to break it (Thai needs U+200B between words), or \
more columns than the English text twice and half a line.",
        who: "readers of this language, and the marker's size",
        mend: "say it in fewer words, or give it places to break",
    },
    Rule {
        id: "EM067",
        severity: Warning,
        title: "a translation ends otherwise than the message",
        explanation: "A message with a colon at its end announces a command on the next line, and no other message does.",
        who: "readers of this language",
        mend: "end it with the colon of the language, or leave the colon out",
    },
    Rule {
        id: "EM068",
        severity: Error,
        title: "a marker cannot hold a translation",
        explanation: "A word begins with `#`, `;` or `[`, which installers misread where a line begins with it, or a \
part looks like markup or an emoji to pipenv. `install` and `render` would stop.",
        who: "the build of the package",
        mend: "say it in other words",
    },
    Rule {
        id: "EM069",
        severity: Warning,
        title: "the header of a catalogue says too little",
        explanation: "It says in which language and character set it is, how it was made (X-Made-By) and which native \
speaker has read all of it (X-Native-Review, or `none`).",
        who: "the next translator, and whoever takes reviewed languages only",
        mend: "fill in the header",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_unique_and_texts_complete() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
        for rule in RULES {
            for text in [rule.title, rule.explanation, rule.who, rule.mend] {
                assert!(!text.is_empty(), "{}", rule.id);
            }
            for text in [rule.title, rule.who, rule.mend] {
                assert!(!text.ends_with('.'), "{}: {text}", rule.id);
            }
            assert!(rule.explanation.ends_with('.'), "{}", rule.id);
        }
    }
}
