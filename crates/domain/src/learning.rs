//! Articles and the glossary: what a reader may trust about them (DOMAIN D15).

use std::sync::Arc;

use chrono::NaiveDate;

use crate::name::Name;
use crate::references::Reference;
use crate::text::{Line, Prose};

/// An article of `/learn`.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub id: Name,
    pub title: Line,
    pub summary: Line,
    /// What a reader should keep.
    pub takeaways: Vec<Line>,
    pub author: Line,
    /// The clinician who reviewed it; `None` until one has.
    pub reviewer: Option<Reviewer>,
    pub updated: NaiveDate,
    /// What it replaces: "the version of October 4, 2020".
    pub replaces: Option<Line>,
    /// Place in the list; the smallest first.
    pub order: u16,
    /// Ids of topics it helps with.
    pub topics: Vec<Name>,
    /// In the order in which the text cites them.
    pub references: Vec<Arc<Reference>>,
    /// Markdown.
    pub text: String,
    /// About how long it takes to read.
    pub minutes: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    pub name: Line,
    pub credentials: Line,
    pub on: NaiveDate,
}

/// A word of the field in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub term: Line,
    pub plain: Prose,
    pub also: Vec<Line>,
    /// Id of an article that says more.
    pub see: Option<Name>,
}
