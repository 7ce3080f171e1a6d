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

    /// Puts a file in place of the one with its path, or beside the others.
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The files of a folder with this ending, by path.
    pub(crate) fn of<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(path, _)| {
                path.strip_prefix(folder)
                    .and_then(|rest| rest.strip_prefix('/'))
                    .is_some_and(|name| !name.contains('/') && name.ends_with(ending))
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// A file as TOML, or nothing and a slip.
    pub(crate) fn toml<T: DeserializeOwned>(&self, path: &str, slips: &mut Vec<Slip>) -> Option<T> {
        let Some(text) = self.get(path) else {
            slips.push(Slip::new(path, None, "is not there; put it back".to_owned()));
            return None;
        };
        toml(path, text, 0, slips)
    }
}

/// Text as TOML; `above` lines of the file stand before it.
pub(crate) fn toml<T: DeserializeOwned>(
    path: &str,
    text: &str,
    above: usize,
    slips: &mut Vec<Slip>,
) -> Option<T> {
    toml::from_str(text)
        .map_err(|error| {
            let line = error.span().map(|span| above + line(text, &span));
            let what = error.message().trim().replace('\n', "; ");
            slips.push(Slip::new(path, line, format!("{what}. Correct this place.")));
        })
        .ok()
}

/// The line in which a span begins, counted from 1.
pub(crate) fn line(text: &str, span: &Range<usize>) -> usize {
    text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1
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
