//! Who a group is for, who leads it, and what makes it possible to come.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Line;

/// Someone who leads a group, by the name they want to be public under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leader {
    pub name: Line,
    pub role: LeaderRole,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeaderRole {
    /// A trained, licensed therapist, with credentials as public ("LPCC-S").
    Therapist { credentials: Line },
    /// Leads a support group; not a clinician.
    Facilitator,
}

/// People a group is especially for. An empty list means everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Women,
    Men,
    Lgbtq,
    Trans,
    BlackPeople,
    NativePeople,
    PeopleOfColour,
    YoungPeople,
    OlderPeople,
    Parents,
    Caregivers,
    FamilyAndFriends,
    Veterans,
    FirstResponders,
    HealthWorkers,
    Students,
    Newcomers,
    Families,
    DeafPeople,
    SecularPeople,
}

/// Ages in years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ages {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u8>,
}

/// What makes it possible for someone to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    StepFree,
    Elevator,
    AccessibleToilet,
    HearingLoop,
    Captions,
    SignLanguage,
    QuietCorner,
    FragranceFree,
    CameraMayStayOff,
    ByPhone,
    PublicTransport,
    Parking,
    ChildCare,
    ServiceAnimals,
}

/// A language by its ISO 639 code (`en`, `es`, `ase` for American Sign Language).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// Two or three letters, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        fits.then_some(Self(code))
    }

    pub fn code(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Language {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code)
            .ok_or_else(|| format!("“{code}” is no language code; write two or three letters, such as en"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
