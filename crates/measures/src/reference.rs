//! Where a number comes from.

use std::sync::Arc;

use serde::Serializer;

/// A text that a number is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub cite: String,
    pub url: Option<String>,
    pub backing: Backing,
    /// Who set the number in place of what the measure says.
    pub set_by: Option<String>,
}

/// What stands behind a number.
pub type Source = Arc<Reference>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backing {
    /// We read the text on this day ("2026-11-28").
    Read(String),
    /// We have not read it.
    Unread,
    /// It is a programme's own: set by it, or made of its own numbers.
    Programme,
}

impl Reference {
    pub(crate) fn read(cite: &str, url: &str, day: &str) -> Source {
        let backing = Backing::Read(day.to_owned());
        Arc::new(Self {
            cite: cite.to_owned(),
            url: Some(url.to_owned()),
            backing,
            set_by: None,
        })
    }

    pub(crate) fn unread(cite: &str) -> Source {
        Arc::new(Self {
            cite: cite.to_owned(),
            url: None,
            backing: Backing::Unread,
            set_by: None,
        })
    }

    pub(crate) fn of_programme(cite: &str) -> Source {
        Arc::new(Self {
            cite: cite.to_owned(),
            url: None,
            backing: Backing::Programme,
            set_by: None,
        })
    }

    /// The text that a programme names for a number of its own. Whether they read it is theirs to say.
    pub(crate) fn own(who: &str, cite: &str, url: Option<&str>, seen: Option<&str>) -> Source {
        Arc::new(Self {
            cite: cite.to_owned(),
            url: url.map(str::to_owned),
            backing: seen.map_or(Backing::Programme, |day| Backing::Read(day.to_owned())),
            set_by: Some(who.to_owned()),
        })
    }

    /// What a programme set in place of what the measure says.
    pub fn set_by(who: &str) -> Source {
        Self::of_programme(&format!("set by {who}"))
    }

    /// One line for a reader, which says so when the text was not read, and when the number is a programme's own.
    pub fn cited(&self) -> String {
        let mut line = match &self.set_by {
            Some(who) => format!("the programme’s own, set by {who}: {}", self.cite),
            None => self.cite.clone(),
        };
        if let Some(url) = &self.url {
            line.push_str(", ");
            line.push_str(url);
        }
        if self.backing == Backing::Unread {
            line.push_str(" (general knowledge, not verified at its source)");
        }
        line
    }
}

/// The line of [`Reference::cited`], where a number is written for machines.
pub(crate) fn cited<S: Serializer>(source: &Source, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&source.cited())
}
