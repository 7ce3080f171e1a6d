//! Who is known to the guard.

use domain::people::PersonId;

/// What may tell someone. Names as they are written: given names first ("Maria del Carmen Ruiz Peña").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub place: Place,
    pub names: Vec<String>,
    /// What they are called besides; the usual short forms of names are known.
    pub nicknames: Vec<String>,
    /// Other initials than those of the names: "MJ".
    pub initials: Vec<String>,
    pub handles: Vec<String>,
    pub phones: Vec<String>,
    pub mails: Vec<String>,
    /// Facts the leader marked, each as it would be written: "Lakewood", "Ford plant". A capital means a proper name.
    pub facts: Vec<String>,
}

/// Whether they may be spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In nobody's part but their own.
    Member,
    /// Everywhere, as any name that the organisation allows.
    Leader,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The session record, which names nobody.
    Record,
    /// The part of one person, which names nobody else.
    Of(PersonId),
}

impl Person {
    /// A member of whom nothing but the name is known.
    pub fn member(id: PersonId, name: &str) -> Self {
        Self {
            id,
            place: Place::Member,
            names: vec![name.to_owned()],
            nicknames: Vec::new(),
            initials: Vec::new(),
            handles: Vec::new(),
            phones: Vec::new(),
            mails: Vec::new(),
            facts: Vec::new(),
        }
    }
}
