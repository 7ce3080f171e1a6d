//! Whoever edits content and slips is told the file, the line and what to do.
//!
//! Each case changes one file of the bundled content in one way. A line is named by what stands in it, so that edits elsewhere
//! in a file leave the case true.
use content::{Content, Files, Slip};

mod cases;
mod damage;

/// One change of one file, and everything that must be said of it.
pub struct Case {
    file: &'static str,
    change: Change,
    said: Vec<Said>,
}

pub enum Change {
    /// The first place that has this text gets that.
    Swap(&'static str, String),
    /// What follows this text goes.
    Cut(&'static str),
    /// The whole file is this.
    Put(String),
    Gone,
}

struct Said {
    file: &'static str,
    /// What stands in that line first, perhaps with what follows it; `None` where the sentence is about the file.
    line: Option<&'static str>,
    what: &'static str,
}

impl Case {
    /// A sentence about the line that holds this.
    #[must_use]
    fn says(self, line: &'static str, what: &'static str) -> Self {
        let file = self.file;
        self.says_in(file, Some(line), what)
    }

    /// A sentence about the file.
    #[must_use]
    fn says_of_it(self, what: &'static str) -> Self {
        let file = self.file;
        self.says_in(file, None, what)
    }

    #[must_use]
    fn says_in(mut self, file: &'static str, line: Option<&'static str>, what: &'static str) -> Self {
        self.said.push(Said { file, line, what });
        self
    }

    fn files(&self) -> Files {
        let mut files = Files::bundled();
        let text = files.get(self.file).unwrap_or_default().to_owned();
        let found = |part: &str| {
            let at = text.find(part);
            at.unwrap_or_else(|| panic!("content/{} has no “{part}” any more", self.file))
        };
        match &self.change {
            Change::Swap(old, new) => {
                found(old);
                files.put(self.file, text.replacen(old, new, 1));
            }
            Change::Cut(last) => files.put(self.file, &text[..found(last) + last.len()]),
            Change::Put(text) => files.put(self.file, text),
            Change::Gone => assert!(files.take(self.file)),
        }
        files
    }

    fn wanted(&self, files: &Files) -> Vec<Slip> {
        let slip = |said: &Said| Slip {
            file: said.file.to_owned(),
            line: said.line.map(|line| {
                let text = files.get(said.file).unwrap_or_default();
                let at = text.find(line);
                let at = at.unwrap_or_else(|| panic!("content/{} has no “{line}”", said.file));
                text[..at].matches('\n').count() + 1
            }),
            what: said.what.to_owned(),
        };
        let mut slips: Vec<Slip> = self.said.iter().map(slip).collect();
        slips.sort();
        slips
    }
}

#[test]
fn every_slip_is_told_with_file_line_and_what_to_do() {
    let cases = cases::all();
    assert!(cases.len() >= 40);
    let mut failed = Vec::new();
    for case in &cases {
        let files = case.files();
        let wanted = case.wanted(&files);
        let said = Content::read(&files).map_or_else(|slips| slips.0, |_| Vec::new());
        if said != wanted || said.is_empty() {
            let lines = |slips: &[Slip]| {
                let lines: Vec<_> = slips.iter().map(|slip| format!("\n    {slip}")).collect();
                lines.concat()
            };
            failed.push(format!(
                "{}\n  said:{}\n  wanted:{}",
                case.file,
                lines(&said),
                lines(&wanted)
            ));
        }
    }
    assert!(failed.is_empty(), "{} cases\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_file_has_a_case() {
    let cases = cases::all();
    for path in Files::bundled().paths() {
        let (folder, _) = path.split_once('/').unwrap_or(("", path));
        let covered = cases
            .iter()
            .any(|case| case.file == path || (!folder.is_empty() && case.file.starts_with(folder)));
        assert!(covered || path == "README.md", "{path}");
    }
}
