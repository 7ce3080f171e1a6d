//! The files of `content/`, and what is wrong with them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static BUNDLED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Texts by their path inside `content/` ("topics/loss.toml").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

/// Something in a file that cannot stay: where it is, what it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slip {
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    pub what: String,
}

/// Every slip, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slips(pub Vec<Slip>);

impl Files {
    /// The files that are part of the program.
    pub fn bundled() -> Self {
        let mut files = Self::default();
        gather(&BUNDLED, &mut files);
        files
    }

    /// Puts a file in place of the one with its path, or beside the others. A byte order mark before its text goes.
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let text = text.into();
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        self.0.insert(path.into(), text);
    }

    /// Takes a file away; whether it was there.
    pub fn take(&mut self, path: &str) -> bool {
        self.0.remove(path).is_some()
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The files of a folder with this ending, by path.
    pub(crate) fn of<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = Sheet<'a>> {
        self.0
            .iter()
            .filter(move |(path, _)| {
                path.strip_prefix(folder)
                    .and_then(|rest| rest.strip_prefix('/'))
                    .is_some_and(|name| !name.contains('/') && name.ends_with(ending))
            })
            .map(|(path, text)| Sheet::new(path, text))
    }

    /// A file that must be there, or nothing and a slip.
    pub(crate) fn sheet<'a>(&'a self, path: &'a str, slips: &mut Vec<Slip>) -> Option<Sheet<'a>> {
        let text = self.get(path);
        if text.is_none() {
            slips.push(Slip::new(path, None, "is not there; put it back".to_owned()));
        }
        text.map(|text| Sheet::new(path, text))
    }
}

/// A file, or the part of one that is TOML.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    /// Lines of the file that stand before the text.
    above: usize,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, above: 0 }
    }

    /// A part of it that begins after so many lines.
    pub(crate) fn part(self, text: &'a str, above: usize) -> Self {
        Self { text, above, ..self }
    }

    /// The line of the file in which a span of the text begins.
    pub(crate) fn line(self, span: Range<usize>) -> usize {
        let before = self.text.bytes().take(span.start);
        self.above + before.filter(|b| *b == b'\n').count() + 1
    }

    pub(crate) fn slip(self, span: Range<usize>, what: String) -> Slip {
        Slip::new(self.path, Some(self.line(span)), what)
    }

    /// The text as TOML, or nothing and a slip.
    pub(crate) fn toml<T: DeserializeOwned>(self, slips: &mut Vec<Slip>) -> Option<T> {
        toml::from_str(self.text)
            .map_err(|error| {
                let line = error.span().map(|span| self.line(span));
                let what = error.message().trim().trim_end_matches('.').replace('\n', "; ");
                // Who edits content need not know what Rust calls things.
                let what = what
                    .replace("expected u16", "expected a whole number")
                    .replace("a sequence", "a list")
                    .replace("invalid type: map", "invalid type: a table");
                slips.push(Slip::new(self.path, line, format!("{what}. Correct this place.")));
            })
            .ok()
    }
}

fn gather(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            files.put(file.path().to_string_lossy().replace('\\', "/"), text);
        }
    }
    for folder in folder.dirs() {
        gather(folder, files);
    }
}

impl Slip {
    pub(crate) fn new(file: &str, line: Option<usize>, what: String) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what,
        }
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "content/{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl Slips {
    pub(crate) fn of(mut slips: Vec<Slip>) -> Self {
        slips.sort();
        slips.dedup();
        Self(slips)
    }
}

impl fmt::Display for Slips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the content cannot be used as it is:")?;
        for slip in &self.0 {
            write!(f, "\n  {slip}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Slips {}
