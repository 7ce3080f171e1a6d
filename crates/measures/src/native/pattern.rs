//! A pattern of answers: so many of these, so many of those ("1 B, 1 C, 2 D and 2 E items").

use crate::reference::Source;

/// What a form looks for besides its sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pub name: String,
    /// An answer counts from this value on.
    pub counts_from: f64,
    pub needs: Vec<Need>,
    /// In plain words, if it is there and if it is not.
    pub met: String,
    pub not_met: String,
    pub source: Source,
}

/// So many of these items.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub(crate) items: Vec<usize>,
    pub count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Met,
    NotMet,
    /// Too many answers are missing to say.
    Open,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    pub pattern: &'a Pattern,
    pub shown: Shown,
}

impl Pattern {
    pub(super) fn look(&self, values: &[Option<f64>]) -> Finding<'_> {
        let mut shown = Shown::Met;
        for need in &self.needs {
            let (mut counted, mut open) = (0, 0);
            for place in &need.items {
                match super::value(values, *place) {
                    Some(value) if value >= self.counts_from => counted += 1,
                    Some(_) => {}
                    None => open += 1,
                }
            }
            if counted + open < need.count {
                shown = Shown::NotMet;
                break;
            }
            if counted < need.count {
                shown = Shown::Open;
            }
        }
        Finding { pattern: self, shown }
    }
}

impl Finding<'_> {
    /// For the person themselves: a prompt to talk, never a diagnosis.
    pub fn plain(&self) -> &str {
        match self.shown {
            Shown::Met => &self.pattern.met,
            Shown::NotMet => &self.pattern.not_met,
            Shown::Open => "Some questions have no answer, so the pattern of answers cannot be told.",
        }
    }
}
