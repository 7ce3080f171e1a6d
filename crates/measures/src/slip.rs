//! What is wrong with a file of a measure: where it is, what it is, and what to do.

use std::fmt;
use std::ops::Range;

/// Something in a file that cannot stay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slip {
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    pub what: String,
}

/// Every slip, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Slips(pub Vec<Slip>);

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl fmt::Display for Slips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, slip) in self.0.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{slip}")?;
        }
        Ok(())
    }
}

impl Slips {
    pub(crate) fn of(mut slips: Vec<Slip>) -> Self {
        slips.sort();
        slips.dedup();
        Self(slips)
    }
}

/// A file, and what is found wrong with it.
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    slips: Vec<Slip>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            file,
            text,
            slips: Vec::new(),
        }
    }

    /// Notes a slip at these bytes.
    pub(crate) fn at(&mut self, span: Range<usize>, what: impl Into<String>) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        self.on(Some(line), what);
    }

    /// Notes a slip of the file as a whole.
    pub(crate) fn whole(&mut self, what: impl Into<String>) {
        self.on(None, what);
    }

    pub(crate) fn on(&mut self, line: Option<usize>, what: impl Into<String>) {
        self.slips.push(Slip {
            file: self.file.to_owned(),
            line,
            what: what.into(),
        });
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.slips.is_empty()
    }

    pub(crate) fn slips(self) -> Vec<Slip> {
        self.slips
    }
}
