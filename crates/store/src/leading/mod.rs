//! Sessions of groups: what is planned for them, who was there, and what is said around them.
//!
//! A session is meant by the date of the group's rule ([`domain::sessions::Session`]). It has a row from when something is first written
//! about it. Until it has begun (somebody was marked, or heads were counted) it is when the schedule says, and moves with it; from then on
//! it is when it was.

mod advice;
mod changing;
mod covering;
mod curricula;
mod entering;
mod excusing;
mod invented;
mod listed;
mod marking;
mod mine;
mod outreach;
mod own;
mod planning;
mod reaching;
mod reminding;
mod roster;
mod sharing;
mod waiting;

pub use advice::{Advice, Look, Mine as MyAdvice, comes_here, give, helpful, moderate, thank, to_look_at};
pub use changing::{Plans, change};
pub use covering::{appoint_cover, leading_people, set_cover};
pub use curricula::{
    Course, CourseId, change_course, course, courses, create_course, gather, lay, remove_course,
};
pub use entering::{door, entrances, is_therapy, set_entrance};
pub use excusing::{excuse, take_back};
pub use invented::{Invented, Past, invent, invent_advice, invent_since};
pub use listed::{Listed, Sessions, State, list, one};
pub use marking::{count, heads, mark, unmark};
pub use mine::{Ahead, Mine, attended_by_me, mine, my_groups, my_reminder};
pub use outreach::{Open, asked_after, attended, prompts};
pub use planning::plan;
pub use reaching::{Reach, reach, set_emergency, set_whereabouts};
pub use reminding::{HOURS, remind, set_reminder};
pub use roster::{Seat, Since, roster, seats_to_mark};
pub use sharing::{Elsewhere, course_for_another, courses_elsewhere};
pub use waiting::{Waits, waits};

pub(crate) use outreach::asked_of;
pub(crate) use own::own;
pub(crate) use planning::plan_of;
pub(crate) use roster::presence;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::attendance::CountError;
use domain::groups::Listing;
use domain::people::{GroupId, PersonId};
use domain::schedule::{Minutes, Schedule, resolve};
use domain::sessions::{ChangeRefused, CurriculumError, PlanError};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use crate::entities::leading::group_session;
use crate::entities::new_id;
use crate::joining::listing_of;
use crate::leading::marking::EARLY;
use crate::people::RoleError;
use crate::transaction::{StoreError, Writing};

/// When a session is, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    pub date: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub length: Minutes,
}

/// A letter that says only that there is something to read.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub subject: &'a str,
    pub body: &'a str,
}

/// Why something about a session was not done.
#[derive(Debug, thiserror::Error)]
pub enum LeadingError {
    #[error(transparent)]
    Change(#[from] ChangeRefused),
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Curriculum(#[from] CurriculumError),
    #[error(transparent)]
    Count(#[from] CountError),
    #[error(
        "The schedule has no date left for the last plan. Let the group meet longer, or cancel without moving the plans on."
    )]
    NoDateLeft,
    #[error("The session has not begun. Only “excused” can be marked before it.")]
    NotYet,
    #[error("The session has begun. Tell whoever leads it in another way.")]
    Begun,
    #[error("This person does not lead a group here. Choose someone from the list.")]
    NoLeader,
    #[error("This person was not in the group that day. Look at the members of the group.")]
    NotThatDay,
    #[error("Nobody is named to lead this session. Name someone first.")]
    NoCover,
    #[error("No plan stands between these two days. Choose other ones.")]
    NothingPlanned,
    #[error("Someone else changed this while you had it open. Look at it again, then send yours once more.")]
    Meanwhile,
    #[error("This is your own. Others say whether it helped them.")]
    Own,
    #[error("Choose 2, 24 or 48 hours, or none.")]
    Hours,
    #[error(transparent)]
    Role(#[from] RoleError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for LeadingError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

impl From<Denied> for LeadingError {
    fn from(why: Denied) -> Self {
        Self::Store(why.into())
    }
}

impl Sitting {
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + chrono::TimeDelta::minutes(i64::from(self.length.get()))
    }

    /// Whether it has begun, or begins so soon that who is early is marked already.
    pub fn has_begun(&self, now: DateTime<Utc>) -> bool {
        self.starts_at - EARLY <= now
    }

    /// Whole minutes since it began; none before.
    pub fn elapsed(&self, now: DateTime<Utc>) -> Option<u32> {
        u32::try_from((now - self.starts_at).num_minutes())
            .ok()
            .filter(|_| self.starts_at <= now)
    }
}

/// The row of a session, if anything was written about it.
pub(crate) async fn row_of(
    db: &DatabaseTransaction,
    group: GroupId,
    date: NaiveDate,
) -> Result<Option<group_session::Model>, StoreError> {
    let row = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .filter(group_session::Column::OnDate.eq(date))
        .one(db)
        .await?;
    Ok(row)
}

/// When the session of that date is; one that the group does not hold is not there.
pub(crate) async fn sitting(
    db: &DatabaseTransaction,
    group: GroupId,
    date: NaiveDate,
) -> Result<Sitting, StoreError> {
    let row = row_of(db, group, date).await?;
    let (_, listing) = listing_of(db, group).await?;
    sitting_in(&listing, row.as_ref(), date)
}

/// The same of what was read already.
fn sitting_in(
    listing: &Listing,
    row: Option<&group_session::Model>,
    date: NaiveDate,
) -> Result<Sitting, StoreError> {
    let schedule = listing.schedule();
    match row {
        Some(row) if row.began_at.is_some() => as_it_was(row),
        _ if schedule.is_some_and(|schedule| is_skipped(schedule, date)) => Err(Denied::NoRight.into()),
        row => match (schedule.and_then(|schedule| planned(schedule, date)), row) {
            (Some(at), _) => Ok(at),
            // The group is planned anew since, and meets on other days now.
            (None, Some(row)) => as_it_was(row),
            (None, None) => Err(Denied::NoRight.into()),
        },
    }
}

/// When a session about which something was written was, if it has begun by then. One that is still to come, or was cancelled, is none.
pub(crate) fn held(
    listing: &Listing,
    row: &group_session::Model,
    now: DateTime<Utc>,
) -> Result<Option<Sitting>, StoreError> {
    match sitting_in(listing, Some(row), row.on_date) {
        Ok(at) => Ok(Some(at).filter(|at| at.starts_at <= now)),
        Err(StoreError::Denied(Denied::NoRight)) => Ok(None),
        Err(why) => Err(why),
    }
}

/// The row of a session, made where there is none yet. The caller has written down why, in the scope of the group.
pub(crate) async fn made(
    writing: &Writing,
    group: GroupId,
    date: NaiveDate,
) -> Result<group_session::Model, StoreError> {
    let at = sitting(writing.looking(), group, date).await?;
    made_at(writing, group, at).await
}

/// The same for a session whose time is known; what was moved meanwhile is written down as it is.
async fn made_at(writing: &Writing, group: GroupId, at: Sitting) -> Result<group_session::Model, StoreError> {
    let db = writing.looking();
    let minutes = i32::from(at.length.get());
    if let Some(row) = row_of(db, group, at.date).await? {
        if row.starts_at == at.starts_at && row.minutes == minutes {
            return Ok(row);
        }
        let mut row = row.into_active_model();
        row.starts_at = Set(at.starts_at);
        row.minutes = Set(minutes);
        return Ok(row.update(db).await?);
    }
    let row = group_session::Model {
        id: new_id(writing.now()),
        listing_id: group.0,
        on_date: at.date,
        starts_at: at.starts_at,
        minutes,
        plan: None,
        began_at: None,
        heads: None,
    };
    row.clone().into_active_model().insert(db).await?;
    Ok(row)
}

/// The same, and it has begun: from now on it stays when it was.
async fn begun(
    writing: &Writing,
    group: GroupId,
    date: NaiveDate,
) -> Result<group_session::Model, StoreError> {
    let row = made(writing, group, date).await?;
    if row.began_at.is_some() {
        return Ok(row);
    }
    let mut row = row.into_active_model();
    row.began_at = Set(Some(writing.now()));
    Ok(row.update(writing.looking()).await?)
}

pub(crate) fn as_it_was(row: &group_session::Model) -> Result<Sitting, StoreError> {
    let minutes = u16::try_from(row.minutes).ok();
    let length = minutes.and_then(|minutes| Minutes::new(minutes).ok());
    Ok(Sitting {
        date: row.on_date,
        starts_at: row.starts_at,
        length: length.ok_or_else(|| crate::joining::unread("length", row.id, "not a number of minutes"))?,
    })
}

fn is_skipped(schedule: &Schedule, date: NaiveDate) -> bool {
    schedule.skips.iter().any(|skip| skip.date == date)
}

/// What the schedule says of a date of its rule; nothing of one that it skips.
fn planned(schedule: &Schedule, date: NaiveDate) -> Option<Sitting> {
    if schedule.rule_dates(date).next() != Some(date) || is_skipped(schedule, date) {
        return None;
    }
    let moved = schedule.moves.iter().find(|moved| moved.date == date);
    let wall = moved.map_or_else(|| date.and_time(schedule.time), |moved| moved.to);
    Some(Sitting {
        date,
        starts_at: resolve(schedule.zone, wall).to_utc(),
        length: schedule.length,
    })
}

/// Letters to whoever leads the group now; to coordinators where nobody does.
async fn tell_leaders(writing: &Writing, group: GroupId, told: &Told<'_>) -> Result<(), StoreError> {
    use domain::people::Role;
    let mut to: Vec<PersonId> = Vec::new();
    for role in crate::people::LEADING {
        for person in crate::joining::holders(writing, role, Some(group)).await? {
            if !to.contains(&person) {
                to.push(person);
            }
        }
    }
    if to.is_empty() {
        to = crate::joining::holders(writing, Role::Coordinator, None).await?;
    }
    for person in to {
        crate::joining::tell(writing, person, told.subject, told.body).await?;
    }
    Ok(())
}
