//! What someone typed or a file said about a provider. Unknown is `None` or empty, never a guess.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::groups::{Ages, Cost, Language, Mail, Online, Phone, Site, Source, WebPage};
use crate::text::{Line, Prose};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    /// A practice, a clinic, a charity, a peer association.
    Organisation,
    /// One place where groups meet.
    Site,
    /// A trained, licensed therapist, with credentials.
    Therapist,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderDraft {
    /// The name they want to be public under.
    pub name: Line,
    pub kind: ProviderKind,
    /// As public: "LPCC-S".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose>,
    /// What they work on, in the words of the listings' topics: "grief", "anxiety".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taking: Option<Taking>,
    /// Ages of the people they work with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// Where they are in person; of a withheld address only the area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Site>,
    /// There when they work online too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<Online>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    #[serde(default)]
    pub reach: Reach,
    pub source: Source,
    /// The day on which they last said that all this is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<NaiveDate>,
}

/// Whether they take new people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taking {
    Yes,
    /// `weeks` is about how long it takes, if known.
    WaitingList {
        weeks: Option<u16>,
    },
    No,
}

/// How to reach them: what is made to be public, nobody's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
    /// The practice's own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<WebPage>,
}

impl ProviderDraft {
    /// A provider of whom only this is known.
    pub fn new(name: Line, kind: ProviderKind, reach: Reach, source: Source) -> Self {
        Self {
            name,
            kind,
            credentials: None,
            about: None,
            focus: Vec::new(),
            languages: Vec::new(),
            taking: None,
            ages: None,
            places: Vec::new(),
            online: None,
            cost: None,
            reach,
            source,
            verified_on: None,
        }
    }
}

impl Reach {
    pub fn is_empty(&self) -> bool {
        self.phone.is_none() && self.mail.is_none() && self.page.is_none()
    }
}
