//! A parser that is not ours, as a process that answers for a whole batch, and what our reader
//! says in its place.

use std::process::Command;

use externally_managed::marker::reader::NEWEST_PYTHON;
use externally_managed::marker::reader::version::Version;

use super::{crates, pip};

/// Someone else's reader.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    /// For people.
    pub(super) name: String,
    /// The program and what stands before the batch.
    pub(super) command: Vec<String>,
    pub(super) ours: Ours,
}

/// Which of our readers has to say the same. The compared readers are many; ours are few.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Ours {
    /// pip on Pythons whose section headers end at the first `]`.
    PipFirst,
    /// pip on Pythons whose section headers end at the last `]`.
    PipLast,
    /// pip on PyPy 3 of this minor version.
    PyPy(u16),
    /// uv of this version.
    Uv(Version),
}

impl Ours {
    /// What our reader answers, in the words of the other; nothing where it is known to differ.
    pub(super) fn answer(self, marker: &[u8]) -> String {
        match self {
            Ours::PyPy(_) if pip::pypy_differs(marker) => String::new(),
            Ours::PyPy(minor) => pip::answer(marker, minor),
            Ours::PipFirst => pip::answer(marker, 9),
            Ours::PipLast => pip::answer(marker, NEWEST_PYTHON),
            Ours::Uv(version) => crates::answer(marker, version),
        }
    }
}

/// A marker that another reader reads differently.
#[derive(Debug)]
pub(super) struct Divergence {
    /// Its index in the batch.
    pub(super) index: usize,
    pub(super) ours: String,
    pub(super) theirs: String,
}

impl Reader {
    /// The first marker that this reader reads differently from `ours`.
    pub(super) fn first_divergence(
        &self,
        markers: &[impl AsRef<[u8]>],
        ours: &[String],
    ) -> Option<Divergence> {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), encode(markers)).expect("the batch can be written");
        let output = Command::new(&self.command[0])
            .args(&self.command[1..])
            .arg(file.path())
            .output()
            .expect("the reader starts");
        let answers = String::from_utf8(output.stdout).expect("answers are UTF-8");
        let answers: Vec<&str> = answers.split_terminator('\n').collect();
        assert!(
            output.status.success() && answers.len() == markers.len(),
            "{} answered {} of {} times: {}",
            self.name,
            answers.len(),
            markers.len(),
            String::from_utf8_lossy(&output.stderr)
        );
        let differs = |index: &usize| answers[*index] != ours[*index] && !ours[*index].is_empty();
        let index = (0..markers.len()).find(differs)?;
        Some(Divergence {
            index,
            ours: ours[index].clone(),
            theirs: answers[index].to_owned(),
        })
    }

    /// The same, asking our reader here.
    pub(super) fn diverges(&self, markers: &[Vec<u8>]) -> Option<Divergence> {
        let ours: Vec<String> = markers.iter().map(|one| self.ours.answer(one)).collect();
        self.first_divergence(markers, &ours)
    }

    /// Leaves lines and then bytes of `marker` out as long as the readers still differ.
    pub(super) fn shrink(&self, marker: &[u8]) -> Vec<u8> {
        let lines = marker.split_inclusive(|byte| *byte == b'\n');
        let fewer = self.leave_out(lines.map(<[u8]>::to_vec).collect()).concat();
        let bytes = fewer.into_iter().map(|byte| vec![byte]).collect();
        self.leave_out(bytes).concat()
    }

    fn leave_out(&self, mut parts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        let mut length = parts.len();
        while length > 0 {
            // All places at once: the process is what costs.
            let starts: Vec<usize> = (0..parts.len()).step_by(length).take(2000).collect();
            let without = |start: usize| {
                let end = (start + length).min(parts.len());
                [&parts[..start], &parts[end..]].concat()
            };
            let fewer: Vec<_> = starts.iter().map(|start| without(*start)).collect();
            let markers: Vec<Vec<u8>> = fewer.iter().map(|parts| parts.concat()).collect();
            match self.diverges(&markers) {
                Some(found) => parts.clone_from(&fewer[found.index]),
                None => length /= 2,
            }
            length = length.min(parts.len());
        }
        parts
    }
}

/// Each marker with its length before it.
fn encode(markers: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for marker in markers {
        let marker = marker.as_ref();
        let length = u32::try_from(marker.len()).expect("markers are short");
        bytes.extend(length.to_le_bytes());
        bytes.extend(marker);
    }
    bytes
}
