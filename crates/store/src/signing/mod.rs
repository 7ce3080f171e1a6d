//! Showing who one is. What succeeds gives a [`Proof`], which nothing else makes.

pub mod code;
pub mod link;
pub mod password;
pub mod totp;

use domain::access::Strength;
use domain::people::PersonId;

/// That someone has just shown who they are, and how.
#[derive(Debug)]
pub struct Proof {
    pub(crate) person: PersonId,
    pub(crate) method: Method,
    pub(crate) strength: Strength,
}

/// The ways there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Password,
    Link,
    Code,
    Totp,
    Recovery,
    Invitation,
    /// One click, in the demo only.
    Demo,
}

impl Method {
    pub const ALL: [Self; 7] = [
        Self::Password,
        Self::Link,
        Self::Code,
        Self::Totp,
        Self::Recovery,
        Self::Invitation,
        Self::Demo,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Code => "code",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Invitation => "invitation",
            Self::Demo => "demo",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// Letters in groups of four, which people copy with fewer slips.
fn in_fours(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(between)
}
