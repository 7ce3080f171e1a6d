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
    Passkey,
    Invitation,
    /// One click, in the demo only.
    Demo,
}

impl Method {
    pub const ALL: [Self; 8] = [
        Self::Password,
        Self::Link,
        Self::Code,
        Self::Totp,
        Self::Recovery,
        Self::Passkey,
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
            Self::Passkey => "passkey",
            Self::Invitation => "invitation",
            Self::Demo => "demo",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}
