//! The people of a group: who leads it, who is in it, who is invited; how to reach one, and opening that in an emergency.

mod break_glass;
mod contact;
mod ending;
mod leaders;
mod members;
mod roster;

pub(crate) use break_glass::{ask, open};
pub(crate) use contact::show;
pub(crate) use leaders::{appoint, dismiss, invite};
pub(crate) use members::{create, remove, restore, withdraw};
pub(crate) use roster::list;

use domain::access::Denied;
use store::StoreError;
use store::invitations::InvitationError;
use store::people::RoleError;

use crate::signing::Wanted;

/// The page of a group's people.
fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/people")
}

fn wanted(slug: &str) -> Wanted {
    Wanted::parse(&here(slug))
}

fn no() -> StoreError {
    Denied::NoRight.into()
}

/// What is for a person to read, at the form; else it is a page of its own.
fn said(why: InvitationError) -> Result<String, StoreError> {
    match why {
        InvitationError::Role(RoleError::Store(why)) => Err(why),
        other => Ok(other.to_string()),
    }
}
