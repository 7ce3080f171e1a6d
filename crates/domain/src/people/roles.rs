//! Roles, where they reach and for how long.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person with an account or a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub Uuid);

/// A group of the organisation's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupId(pub Uuid);

/// What someone is in a group or for the organisation (DOMAIN, "Words we use").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Member,
    /// Leads a support group; not a clinician.
    Facilitator,
    /// A trained therapist of a therapy group.
    Leader,
    CoLeader,
    /// Runs intake, waiting lists, composition and listings.
    Coordinator,
    /// Looks after leaders and their groups.
    Supervisor,
    /// Runs the installation; never sees who is in a group.
    Admin,
    /// Looks at what was done, never at what it was about.
    Auditor,
}

/// Where a role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    Group(GroupId),
    Organisation,
}

/// A role that a person holds. It counts from `from` on and ends at `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub role: Role,
    pub reach: Reach,
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// How high a role stands: nobody grants one above their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Member,
    Facilitator,
    Leader,
    Coordinator,
    Organisation,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Member,
        Self::Facilitator,
        Self::Leader,
        Self::CoLeader,
        Self::Coordinator,
        Self::Supervisor,
        Self::Admin,
        Self::Auditor,
    ];

    /// As it stands in the database, in addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Facilitator => "facilitator",
            Self::Leader => "leader",
            Self::CoLeader => "co-leader",
            Self::Coordinator => "coordinator",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub const fn rank(self) -> Rank {
        match self {
            Self::Member => Rank::Member,
            Self::Facilitator => Rank::Facilitator,
            Self::Leader | Self::CoLeader => Rank::Leader,
            Self::Coordinator => Rank::Coordinator,
            Self::Supervisor | Self::Admin | Self::Auditor => Rank::Organisation,
        }
    }

    /// Whether it may be held there: what is about one group is held in one group.
    pub const fn holds_for(self, reach: Reach) -> bool {
        match self {
            Self::Member | Self::Facilitator | Self::Leader | Self::CoLeader => {
                matches!(reach, Reach::Group(_))
            }
            Self::Supervisor => true,
            Self::Coordinator | Self::Admin | Self::Auditor => matches!(reach, Reach::Organisation),
        }
    }

    /// Whether it asks for a second factor or a passkey.
    pub const fn needs_second_factor(self) -> bool {
        !matches!(self, Self::Member | Self::Facilitator)
    }

    /// Whether it has a place on the staff side.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Member)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Held {
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// Whether it counts for something in this group; `None` is the organisation as a whole.
    pub fn reaches(&self, group: Option<GroupId>) -> bool {
        match self.reach {
            Reach::Organisation => true,
            Reach::Group(held) => group == Some(held),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_name_that_leads_back_to_it() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("owner"), None);
    }

    #[test]
    fn a_role_counts_from_its_first_moment_until_its_last() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let held = Held {
            role: Role::Leader,
            reach: Reach::Organisation,
            from: at("2026-11-01T00:00:00Z"),
            until: Some(at("2026-12-01T00:00:00Z")),
        };
        for (now, holds) in [
            ("2026-10-31T23:59:59Z", false),
            ("2026-11-01T00:00:00Z", true),
            ("2026-11-30T23:59:59Z", true),
            ("2026-12-01T00:00:00Z", false),
        ] {
            assert_eq!(held.holds(at(now)), holds, "{now}");
        }
    }
}
