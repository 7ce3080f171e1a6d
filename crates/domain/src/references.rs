//! Where a statement comes from, and whether we have read it there.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::groups::WebPage;
use crate::text::Line;

/// A text that statements are drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// "nimh-depression"
    pub id: String,
    pub title: Line,
    /// Who published it.
    pub by: Line,
    pub year: Option<u16>,
    pub url: Option<WebPage>,
    /// The day on which we read it. `None`: known of, not read; what cites it counts as not reviewed.
    pub seen: Option<NaiveDate>,
}

/// What stands behind a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backing {
    /// A source that was read.
    Seen(Arc<Reference>),
    /// A source that is named but was not read.
    Unseen(Arc<Reference>),
    /// Our own judgment.
    Ours,
}

impl Backing {
    /// The source, if it was read.
    pub fn seen(&self) -> Option<&Reference> {
        match self {
            Self::Seen(reference) => Some(reference),
            Self::Unseen(_) | Self::Ours => None,
        }
    }

    pub fn reference(&self) -> Option<&Arc<Reference>> {
        match self {
            Self::Seen(reference) | Self::Unseen(reference) => Some(reference),
            Self::Ours => None,
        }
    }
}

impl From<&Arc<Reference>> for Backing {
    fn from(reference: &Arc<Reference>) -> Self {
        let reference = Arc::clone(reference);
        match reference.seen {
            Some(_) => Self::Seen(reference),
            None => Self::Unseen(reference),
        }
    }
}

impl Reference {
    /// "LifeStance Health: Group Therapy vs. Support Group (2023)", with its address if it has one.
    pub fn cited(&self) -> String {
        let year = self.year.map_or_else(String::new, |year| format!(" ({year})"));
        let address = self
            .url
            .as_ref()
            .map_or_else(String::new, |url| format!(", {url}"));
        format!("{}: {}{year}{address}", self.by, self.title)
    }
}
