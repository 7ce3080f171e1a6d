//! Who may give which role.

use crate::people::{PersonId, Reach, Role};

use super::Standing;

/// Why a role may not be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefused {
    #[error("Nobody gives a role to themselves. Ask another person of the same rank.")]
    Oneself,
    #[error("Nobody gives a role above their own. A {role} is given by someone who stands at least as high.")]
    AboveOwn { role: Role },
    #[error("Only an admin or a coordinator gives roles.")]
    NotTheirs,
    #[error("A {role} is held in a group. Choose the group.")]
    NeedsGroup { role: Role },
    #[error("A {role} is held for the organisation, not in one group.")]
    NeedsOrganisation { role: Role },
    #[error("Someone who leads a group is not a member of it. End the one role before you give the other.")]
    LeadsAndBelongs,
}

/// Whether this person may give that role there to someone who holds `theirs` in the same place.
///
/// Coordinators give what is held in groups, admins everything; nobody gives to themselves, so an admin cannot make
/// themselves the leader of a group to read its records.
pub fn may_grant(
    giver: &Standing,
    to: PersonId,
    role: Role,
    reach: Reach,
    theirs: &[Role],
) -> Result<(), GrantRefused> {
    if giver.person == to {
        return Err(GrantRefused::Oneself);
    }
    may_hold(role, reach, theirs)?;
    let own = giver
        .held
        .iter()
        .filter(|held| held.holds(giver.now) && held.reach == Reach::Organisation)
        .map(|held| held.role)
        .filter(|role| matches!(role, Role::Admin | Role::Coordinator))
        .map(Role::rank)
        .max()
        .ok_or(GrantRefused::NotTheirs)?;
    if role.rank() > own {
        return Err(GrantRefused::AboveOwn { role });
    }
    Ok(())
}

/// Whether a role can be held there at all, by someone who holds `theirs` in the same place: whoever gives it.
pub fn may_hold(role: Role, reach: Reach, theirs: &[Role]) -> Result<(), GrantRefused> {
    if !role.holds_for(reach) {
        return Err(match reach {
            Reach::Organisation => GrantRefused::NeedsGroup { role },
            Reach::Group(_) => GrantRefused::NeedsOrganisation { role },
        });
    }
    let leads = |role: &Role| matches!(role, Role::Leader | Role::CoLeader | Role::Facilitator);
    let clashes = match role {
        Role::Member => theirs.iter().any(leads),
        Role::Leader | Role::CoLeader | Role::Facilitator => theirs.contains(&Role::Member),
        _ => false,
    };
    if clashes {
        return Err(GrantRefused::LeadsAndBelongs);
    }
    Ok(())
}
