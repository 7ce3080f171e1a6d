//! What a person agreed to: who is given what of what is kept about them, for what, and until when; and on what ground
//! something was given away.
//!
//! Everything that leaves the organisation is a disclosure: what is exported, printed or mailed to someone else. What staff
//! see inside it is none, also when it was opened in an emergency: it stands among the looks instead.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Class;
use crate::text::Line;

/// Something a person agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsentId(pub Uuid);

/// For what something is given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Someone else treats or supports the person.
    Care,
    /// An insurer or a fund pays.
    Payment,
    /// Someone close knows.
    Family,
    /// A court, an office or an employer asks.
    Legal,
    Research,
}

/// Classes of data that can be given away: from who is in a group to the words of a room, at least one. A therapist's own
/// notes are agreed to apart from everything else (45 CFR 164.508(b)(3)(ii)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes(BTreeSet<Class>);

/// What a person agreed to. It holds from the moment it was signed until it expires, unless they take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    purpose: Purpose,
    recipient: Line,
    classes: Classes,
    signed_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
}

/// On what ground something was given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// To the person themselves, because they asked.
    OwnRequest,
    Consent(ConsentId),
    /// To keep someone from serious harm.
    Danger,
    /// A court or a law asks for it.
    Law,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    #[error("say what may be given away: at least one class of data")]
    Nothing,
    #[error("{} is never given away by consent; leave it out", .0.name())]
    NotGiven(Class),
    #[error("a therapist's own notes are agreed to apart from everything else; ask for them by themselves")]
    NotesApart,
    #[error("it would be over before it begins; choose a later day")]
    Over,
}

/// Why something may not be given away by a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentRefused {
    #[error("the consent was taken back")]
    Revoked,
    #[error("the consent is over")]
    Expired,
    #[error("the consent is for someone else")]
    OtherRecipient,
    #[error("the consent does not name this class of data")]
    OtherClass,
}

impl ConsentId {
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl fmt::Display for ConsentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl Purpose {
    pub const ALL: [Self; 5] = [
        Self::Care,
        Self::Payment,
        Self::Family,
        Self::Legal,
        Self::Research,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Payment => "payment",
            Self::Family => "family",
            Self::Legal => "legal",
            Self::Research => "research",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

impl Classes {
    pub fn new(classes: impl IntoIterator<Item = Class>) -> Result<Self, ConsentError> {
        let classes: BTreeSet<Class> = classes.into_iter().collect();
        if classes.is_empty() {
            return Err(ConsentError::Nothing);
        }
        if let Some(class) = classes.iter().find(|class| !class.can_be_given()) {
            return Err(ConsentError::NotGiven(*class));
        }
        if classes.contains(&Class::ProcessNote) && classes.len() > 1 {
            return Err(ConsentError::NotesApart);
        }
        Ok(Self(classes))
    }

    /// "C3 C5"
    pub fn parse(text: &str) -> Option<Self> {
        let classes: Option<Vec<Class>> = text.split_whitespace().map(Class::named).collect();
        Self::new(classes?).ok()
    }

    pub fn iter(&self) -> impl Iterator<Item = Class> {
        self.0.iter().copied()
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Class::name).collect();
        f.write_str(&names.join(" "))
    }
}

impl Consent {
    pub fn sign(
        purpose: Purpose,
        recipient: Line,
        classes: Classes,
        signed_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<Self, ConsentError> {
        if expires_at <= signed_at {
            return Err(ConsentError::Over);
        }
        Ok(Self {
            purpose,
            recipient,
            classes,
            signed_at,
            expires_at,
            revoked_at: None,
        })
    }

    /// The same, taken back at this moment.
    pub fn revoked(self, at: DateTime<Utc>) -> Self {
        Self {
            revoked_at: Some(at),
            ..self
        }
    }

    /// Whether this may be given to them now because of it.
    pub fn permits(&self, class: Class, recipient: &Line, now: DateTime<Utc>) -> Result<(), ConsentRefused> {
        if self.revoked_at.is_some_and(|at| at <= now) {
            return Err(ConsentRefused::Revoked);
        }
        if self.expires_at <= now {
            return Err(ConsentRefused::Expired);
        }
        if self.recipient != *recipient {
            return Err(ConsentRefused::OtherRecipient);
        }
        if !self.classes.0.contains(&class) {
            return Err(ConsentRefused::OtherClass);
        }
        Ok(())
    }

    /// Whether it still allows anything.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none_or(|at| now < at) && now < self.expires_at
    }

    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub fn recipient(&self) -> &Line {
        &self.recipient
    }

    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    pub fn signed_at(&self) -> DateTime<Utc> {
        self.signed_at
    }

    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    pub fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.revoked_at
    }
}

impl Basis {
    pub const fn name(self) -> &'static str {
        match self {
            Self::OwnRequest => "own-request",
            Self::Consent(_) => "consent",
            Self::Danger => "danger",
            Self::Law => "law",
        }
    }

    /// By its name, and the consent where it is one.
    pub fn named(name: &str, consent: Option<ConsentId>) -> Option<Self> {
        match (name, consent) {
            ("own-request", None) => Some(Self::OwnRequest),
            ("consent", Some(id)) => Some(Self::Consent(id)),
            ("danger", None) => Some(Self::Danger),
            ("law", None) => Some(Self::Law),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }

    fn line(text: &str) -> Line {
        Line::parse(text).unwrap()
    }

    fn consent(classes: &str) -> Consent {
        let classes = Classes::parse(classes).unwrap();
        let until = now() + TimeDelta::days(90);
        Consent::sign(Purpose::Care, line("Dr. Ames"), classes, now(), until).unwrap()
    }

    #[test]
    fn only_what_is_kept_of_a_person_can_be_given_away() {
        let given = Class::ALL.into_iter().filter(|class| class.can_be_given());
        let names: Vec<_> = given.map(Class::name).collect();
        assert_eq!(names, ["C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]);
        assert_eq!(Classes::new([]), Err(ConsentError::Nothing));
        let keys = Classes::new([Class::Contact, Class::Account]);
        assert_eq!(keys, Err(ConsentError::NotGiven(Class::Account)));
        let all: Vec<Class> = Class::ALL
            .into_iter()
            .filter(|class| class.can_be_given())
            .collect();
        assert_eq!(Classes::new(all), Err(ConsentError::NotesApart));
        assert!(Classes::new([Class::ProcessNote]).is_ok());
        assert_eq!(Classes::parse("C5 C3").unwrap().to_string(), "C3 C5");
        assert_eq!(Classes::parse("C3 C99"), None);
    }

    #[test]
    fn a_consent_allows_what_it_names_to_whom_it_names_while_it_holds() {
        let (agreed, ames) = (consent("C3 C8"), line("Dr. Ames"));
        assert_eq!(agreed.permits(Class::Contact, &ames, now()), Ok(()));
        assert_eq!(
            agreed.permits(Class::Attendance, &ames, now()),
            Err(ConsentRefused::OtherClass)
        );
        assert_eq!(
            agreed.permits(Class::Contact, &line("Dr. Bell"), now()),
            Err(ConsentRefused::OtherRecipient)
        );
        let end = agreed.expires_at();
        let (before, after) = (end - TimeDelta::seconds(1), end);
        assert!(agreed.permits(Class::Contact, &ames, before).is_ok() && agreed.holds(before));
        assert_eq!(
            agreed.permits(Class::Contact, &ames, after),
            Err(ConsentRefused::Expired)
        );
        assert!(!agreed.holds(after));
        let revoked = agreed.revoked(now());
        assert_eq!(
            revoked.permits(Class::Contact, &ames, now()),
            Err(ConsentRefused::Revoked)
        );
        assert!(!revoked.holds(now()));
    }

    #[test]
    fn a_consent_ends_after_it_begins() {
        let classes = Classes::parse("C3").unwrap();
        let over = Consent::sign(Purpose::Payment, line("An insurer"), classes, now(), now());
        assert_eq!(over, Err(ConsentError::Over));
    }

    #[test]
    fn each_purpose_and_ground_is_read_by_its_name() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::named(purpose.name()), Some(purpose));
        }
        let id = ConsentId(Uuid::from_u128(7));
        for (basis, consent) in [
            (Basis::OwnRequest, None),
            (Basis::Consent(id), Some(id)),
            (Basis::Danger, None),
            (Basis::Law, None),
        ] {
            assert_eq!(Basis::named(basis.name(), consent), Some(basis));
        }
        assert_eq!(Basis::named("consent", None), None);
        assert_eq!(Basis::named("law", Some(id)), None);
    }
}
