//! Who may do what: one readable table, and the one function that asks it.
//!
//! Nothing here looks anything up. `store` reads in its transaction what someone holds (their [`Standing`]) and what the
//! thing is to them (its [`Relation`]), and asks [`decide`].

mod actions;
mod granting;
mod matrix;

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::{GroupId, Held, PersonId, Reach, Role};

pub use actions::{Action, Need};
pub use granting::{GrantRefused, may_grant, may_hold};
pub use matrix::{Class, Extent, Right, matrix};

/// Someone as they stand at one moment: what they hold, and how they have shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub person: PersonId,
    /// All that was ever granted; what does not count now is passed over.
    pub held: Vec<Held>,
    pub strength: Strength,
    /// When they last showed who they are.
    pub proved_at: DateTime<Utc>,
    /// Whose record they have opened by break-glass, and until when.
    pub opened: Vec<Opened>,
    pub now: DateTime<Utc>,
}

/// How someone has shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A password, a mailed link or a code.
    One,
    /// A second factor besides, or a passkey.
    Two,
}

/// A record opened by break-glass: one person's, in one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    pub person: PersonId,
    pub group: GroupId,
    pub until: DateTime<Utc>,
}

/// What a thing is to the one who asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relation {
    /// The group it belongs to; none if it is the organisation's.
    pub group: Option<GroupId>,
    /// Whom it is about; none if it is about nobody.
    pub about: Option<PersonId>,
    /// Who wrote it.
    pub by: Option<PersonId>,
}

/// By which role and which right: what the audit row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// None: it is about themselves.
    pub role: Option<Role>,
    pub right: Right,
    /// Only by break-glass.
    pub broke_glass: bool,
}

/// Why not. Only the first is a "no"; the others say what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Told as if it were not there.
    #[error("there is no such thing for this person")]
    NoRight,
    #[error("this role asks for a second factor or a passkey")]
    SecondFactor,
    #[error("this act asks to show again who one is")]
    ProveAgain,
    #[error("this opens only by break-glass")]
    BreakGlass,
}

/// How long one may do the most sensitive acts after showing who one is.
pub const FRESH: TimeDelta = TimeDelta::minutes(5);

/// Whether someone may, and by what right.
///
/// Roles are never added up: those held in the group in question and those held for the organisation are asked one by one,
/// and the first that allows it is the one that is written down.
pub fn decide(standing: &Standing, action: Action, relation: Relation) -> Result<Why, Denied> {
    let why = allowed(standing, action.class(), action.need(), relation)?;
    if action.is_most_sensitive() && standing.now - standing.proved_at > FRESH {
        return Err(Denied::ProveAgain);
    }
    Ok(why)
}

fn allowed(standing: &Standing, class: Class, need: Need, relation: Relation) -> Result<Why, Denied> {
    let mine = relation.about == Some(standing.person);
    if mine
        && let Some(right) = matrix::own(class)
        && right.gives(need)
    {
        return Ok(Why {
            role: None,
            right,
            broke_glass: false,
        });
    }
    let mut glass = false;
    let mut weak = false;
    let roles = standing
        .held
        .iter()
        .filter(|held| held.holds(standing.now) && held.reaches(relation.group));
    for held in roles {
        for (right, extent) in matrix(class, held.role) {
            if !right.gives(need) || !within(*extent, held, standing, relation) {
                continue;
            }
            if held.role.needs_second_factor() && standing.strength < Strength::Two {
                weak = true;
                continue;
            }
            let broke_glass = *right == Right::BreakGlass;
            if broke_glass && !opened(standing, relation) {
                glass = true;
                continue;
            }
            return Ok(Why {
                role: Some(held.role),
                right: *right,
                broke_glass,
            });
        }
    }
    Err(match (weak, glass) {
        (true, _) => Denied::SecondFactor,
        (false, true) => Denied::BreakGlass,
        (false, false) => Denied::NoRight,
    })
}

/// Whether what a cell allows reaches as far as this thing.
fn within(extent: Extent, held: &Held, standing: &Standing, relation: Relation) -> bool {
    // A role for one group was asked for that group only: `reaches` has seen to that.
    let in_group = relation.group.is_some() && held.reach != Reach::Organisation;
    match extent {
        Extent::Group => in_group,
        Extent::Author => in_group && relation.by == Some(standing.person),
        Extent::Supervised => relation.group.is_some(),
        Extent::Organisation => true,
    }
}

fn opened(standing: &Standing, relation: Relation) -> bool {
    standing.opened.iter().any(|opened| {
        relation.about == Some(opened.person)
            && relation.group == Some(opened.group)
            && standing.now < opened.until
    })
}

#[cfg(test)]
mod tests;
