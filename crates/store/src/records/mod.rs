//! Records of sessions, as `domain::records` says they go: three stores apart, each of its own tables and keys.
//!
//! What a group did and the part of each member are written by those who lead it, a process note by its author alone. Where two write
//! at once, both stand there afterwards ([`domain::records::Words::with`]). Nothing is signed that was not looked through in the same
//! transaction.

mod acting;
mod billing;
mod chart;
mod goals;
mod handing;
mod invented;
mod kept;
mod left;
mod looking;
mod marks;
mod notes;
mod own;
mod releasing;
mod standing;
mod writing;

pub use acting::{Answered, Asked, act_on_part, act_on_session, answer_part, answer_session, supervises};
pub use billing::{HandedOver, handover, set_number};
pub use chart::{Chart, Charted, Entry, Page, Written, chart, charts, sessions_of};
pub use goals::{
    GoalError, Kept as KeptGoal, Looked, add_goal, add_group_goal, end_goal, end_group_goal, goals,
    group_goals, reach_goal, reach_group_goal,
};
pub use guard::Piece;
pub use handing::{Keeps, hand_over_parts, hand_over_sessions, keepers};
pub use invented::{Invented, invent, invent_goal};
pub use left::{Awaiting, LeftBehind, awaiting, left_behind};
pub use looking::{
    Found, Like, Look, Replace, Seen, look_at_part, look_at_session, replace_in_part, replace_in_session,
};
pub use marks::{Known, known, set_known};
pub use notes::{Own, own_note, write_own_note};
pub(crate) use own::own;
pub use releasing::{Released, my_goals, release, released};
pub use writing::{
    AtSession, Base, Saved, Sheet, TextId, at_session, kind, last_plan, leaders, name, part, session,
    sitting, techniques, title, write_part, write_session,
};

use chrono::NaiveDate;
use domain::access::Denied;
use domain::people::{GroupId, PersonId, Role};
use domain::records::{Cosignature, Policy, Refusal, Relation, WordsError};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::entities::records::{member_part, session_record};
use crate::leading;
use crate::people;
use crate::permit;
use crate::transaction::{StoreError, Transaction};

/// Why a record is not written or signed.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Words(#[from] WordsError),
    #[error("A part is written of who was there. Mark that they were, first.")]
    WasNotThere,
    #[error("Nothing is written yet. Write it, then sign.")]
    Empty,
    #[error("The text was changed since you looked at it. Look at it again, then sign.")]
    TextChanged,
    #[error("They do not lead this group. Choose who does.")]
    DoesNotLead,
    #[error("They lead this group, and may not write individual parts. Choose its leader or a co-leader.")]
    WritesNone,
    #[error("They keep no record in this group.")]
    KeepsNothing,
    #[error("This session has not begun. Its record is written from an hour before it on.")]
    NotYet,
    #[error(
        "Others wrote here since, and what you began on is not kept any more. Look at both texts, then send yours once more."
    )]
    BaseGone,
    #[error("Someone else changed this while you had it open. Look at it again, then send yours once more.")]
    Meanwhile,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for RecordError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

impl From<Denied> for RecordError {
    fn from(why: Denied) -> Self {
        Self::Store(why.into())
    }
}

/// What the organisation asks of records, and the day it is there.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub policy: Policy,
    pub today: NaiveDate,
}

impl Rules {
    /// Nobody signs second, nothing locks.
    pub const fn plain(today: NaiveDate) -> Self {
        let policy = Policy {
            cosignature: Cosignature::Nobody,
            locks_after: None,
        };
        Self { policy, today }
    }
}

/// Who answers for the record of a session, or for someone's part of it, if there is one.
pub(crate) async fn keeper(
    db: &DatabaseTransaction,
    group: GroupId,
    date: NaiveDate,
    about: Option<PersonId>,
) -> Result<Option<PersonId>, StoreError> {
    let Some(session) = leading::row_of(db, group, date).await? else {
        return Ok(None);
    };
    let keeper = match about {
        None => {
            let row = session_record::Entity::find()
                .filter(session_record::Column::SessionId.eq(session.id))
                .filter(session_record::Column::State.ne("discarded"))
                .one(db)
                .await?;
            row.map(|row| row.keeper_id)
        }
        Some(about) => {
            let row = member_part::Entity::find()
                .filter(member_part::Column::SessionId.eq(session.id))
                .filter(member_part::Column::PersonId.eq(about.0))
                .filter(member_part::Column::State.ne("discarded"))
                .one(db)
                .await?;
            row.map(|row| row.keeper_id)
        }
    };
    Ok(keeper.map(PersonId))
}

/// What the one who acts is to a group now. Who leads and supervises leads, but where only who supervises may.
pub(crate) async fn relation_to(
    transaction: &impl Transaction,
    group: GroupId,
) -> Result<Vec<Relation>, StoreError> {
    let standing = permit::standing(transaction).await?;
    let mut found = Vec::new();
    let here = standing
        .held
        .iter()
        .filter(|held| held.holds(standing.now) && held.reaches(Some(group)));
    for held in here {
        match held.role {
            Role::Leader | Role::CoLeader | Role::Facilitator => found.push(Relation::Leads),
            Role::Supervisor => found.push(Relation::Supervises),
            _ => {}
        }
    }
    found.sort_by_key(|relation| matches!(relation, Relation::Supervises));
    found.dedup();
    Ok(found)
}

/// Whether someone leads a group now.
pub(crate) async fn leads(
    transaction: &impl Transaction,
    person: PersonId,
    group: GroupId,
) -> Result<bool, StoreError> {
    Ok(!led_as(transaction, person, group).await?.is_empty())
}

/// As what someone leads a group now.
async fn led_as(
    transaction: &impl Transaction,
    person: PersonId,
    group: GroupId,
) -> Result<Vec<Role>, StoreError> {
    let held = people::held(transaction.looking(), person).await?;
    let now = transaction.now();
    let here = held.iter().filter(|held| {
        let leads = matches!(held.role, Role::Leader | Role::CoLeader | Role::Facilitator);
        leads && held.holds(now) && held.reaches(Some(group))
    });
    Ok(here.map(|held| held.role).collect())
}
