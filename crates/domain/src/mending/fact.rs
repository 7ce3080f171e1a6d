//! Facts of a group, by the names they have in our own format.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A fact that may be wrong in a feed, and that a person can say in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Fact {
    Title,
    Summary,
    Kind,
    Topics,
    Problem,
    Format,
    Span,
    Membership,
    Activities,
    Techniques,
    Leading,
    Alongside,
    Size,
    LedBy,
    /// On which days it meets.
    Days,
    Time,
    Length,
    Zone,
    /// The first date.
    From,
    /// The last date.
    Until,
    /// Dates that are skipped or moved.
    Exceptions,
    Place,
    Languages,
    Audience,
    Ages,
    Cost,
    Access,
    Seats,
    FirstVisit,
    HowToCome,
    VerifiedOn,
    Remarks,
    /// A field that no listing has, by its name in the feed.
    Unknown(String),
}

const NAMES: [(Fact, &str); 32] = [
    (Fact::Title, "title"),
    (Fact::Summary, "summary"),
    (Fact::Kind, "kind"),
    (Fact::Topics, "topics"),
    (Fact::Problem, "problem"),
    (Fact::Format, "format"),
    (Fact::Span, "span"),
    (Fact::Membership, "membership"),
    (Fact::Activities, "activities"),
    (Fact::Techniques, "techniques"),
    (Fact::Leading, "leading"),
    (Fact::Alongside, "alongside"),
    (Fact::Size, "size"),
    (Fact::LedBy, "led_by"),
    (Fact::Days, "when.rule"),
    (Fact::Time, "when.time"),
    (Fact::Length, "when.length"),
    (Fact::Zone, "when.zone"),
    (Fact::From, "when.from"),
    (Fact::Until, "when.until"),
    (Fact::Exceptions, "when.exceptions"),
    (Fact::Place, "place"),
    (Fact::Languages, "languages"),
    (Fact::Audience, "audience"),
    (Fact::Ages, "ages"),
    (Fact::Cost, "cost"),
    (Fact::Access, "access"),
    (Fact::Seats, "seats"),
    (Fact::FirstVisit, "first_visit"),
    (Fact::HowToCome, "how_to_come"),
    (Fact::VerifiedOn, "verified_on"),
    (Fact::Remarks, "remarks"),
];

/// Before the name of a field that no listing has.
const UNKNOWN: &str = "unknown:";

impl Fact {
    /// The fact of this name.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(field) = name.strip_prefix(UNKNOWN) {
            return Some(Self::Unknown(field.to_owned()));
        }
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(fact, _)| fact.clone())
    }

    /// Whether a group can do without: then it is listed without it, and one without days or a time by appointment.
    pub fn can_be_left_out(&self) -> bool {
        !matches!(
            self,
            Self::Title
                | Self::Kind
                | Self::Length
                | Self::Zone
                | Self::From
                | Self::Place
                | Self::Seats
                | Self::HowToCome
        )
    }

    /// Whether it is of when a group meets.
    pub(super) fn is_of_schedule(&self) -> bool {
        matches!(
            self,
            Self::Days | Self::Time | Self::Length | Self::Zone | Self::From | Self::Until | Self::Exceptions
        )
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Unknown(field) = self {
            return write!(f, "{UNKNOWN}{field}");
        }
        let name = NAMES.iter().find(|(fact, _)| fact == self);
        f.write_str(name.map_or("", |(_, name)| name))
    }
}

impl TryFrom<String> for Fact {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("“{name}” is no fact of a group"))
    }
}

impl From<Fact> for String {
    fn from(fact: Fact) -> Self {
        fact.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_name_of_its_own() {
        for (fact, name) in &NAMES {
            assert_eq!(
                (Fact::named(name).as_ref(), fact.to_string()),
                (Some(fact), (*name).to_owned())
            );
        }
        let unknown = Fact::Unknown("tittle".into());
        assert_eq!(Fact::named("unknown:tittle"), Some(unknown.clone()));
        assert_eq!(unknown.to_string(), "unknown:tittle");
        assert_eq!(Fact::named("tittle"), None);
    }
}
