//! A session that cannot be: cancelled, moved, and back as the rule says. It is the group's public schedule that changes, so that its page,
//! its feeds and its calendar say the same.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::{Draft, When};
use domain::people::GroupId;
use domain::schedule::Schedule;
use domain::sessions::{Change, Plan};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::covering::dismiss_cover;
use super::planning::{before, keep};
use super::{LeadingError, Sitting, Told, made_at, planned, row_of};
use crate::entities::people::role_held;
use crate::groups;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::EditGroup;
use crate::transaction::StoreError;

/// Plans without a gap between them are at most so many: twice what a curriculum holds.
const MOST_MOVED: usize = 2 * domain::sessions::Curriculum::MOST;

/// What becomes of what was planned for a session that is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// It stays with its date.
    Stay,
    /// It and all after it, as far as no session is left open between them, come one session later; nothing is left out.
    MoveOn,
}

/// Changes the session of that date of the group of the permit, and tells its members that there is something to read.
pub async fn change(
    permit: &mut Permit<'_, EditGroup>,
    date: NaiveDate,
    change: Change,
    plans: Plans,
    told: &Told<'_>,
) -> Result<(), LeadingError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (row, draft) = groups::draft_in(permit.db(), group).await?;
    let When::Scheduled(schedule) = draft.when.clone() else {
        return Err(Denied::NoRight.into());
    };
    let as_before = planned(&schedule, date);
    let action = match change {
        Change::Cancel { .. } => "leading.cancel",
        Change::Move { .. } => "leading.move",
        Change::Restore => "leading.restore",
    };
    let cancels = matches!(change, Change::Cancel { .. });
    let schedule = schedule.with(date, change, now)?;
    let when = When::Scheduled(schedule.clone());
    let listing = groups::kept(Draft { when, ..draft })?;
    groups::change(permit, action, row, &listing).await?;
    if let (Some(cover), Some(sitting)) = (before(permit, date).await?.cover, as_before) {
        dismiss_cover(permit.db(), group, cover, &sitting).await?;
    }
    if let (Some(sitting), true) = (planned(&schedule, date), is_written(permit, date).await?) {
        made_at(permit.transaction, group, sitting).await?;
    }
    if let (true, Plans::MoveOn, Some(from)) = (cancels, plans, as_before) {
        move_on(permit, group, &schedule, from).await?;
    }
    tell_members(permit, group, told).await?;
    Ok(())
}

async fn is_written(permit: &Permit<'_, EditGroup>, date: NaiveDate) -> Result<bool, StoreError> {
    Ok(row_of(permit.db(), permit.group()?, date).await?.is_some())
}

/// Each plan from a session on comes one session later, until one finds a session that had none. Who leads a session stays with its date.
async fn move_on(
    permit: &Permit<'_, EditGroup>,
    group: GroupId,
    schedule: &Schedule,
    from: Sitting,
) -> Result<(), LeadingError> {
    let without_cover = |plan: &Plan| Plan {
        cover: None,
        ..plan.clone()
    };
    let first = before(permit, from.date).await?;
    let mut moved = without_cover(&first);
    if moved == Plan::default() {
        return Ok(());
    }
    let emptied = Plan {
        cover: first.cover,
        ..Plan::default()
    };
    keep(permit.transaction, group, from, &emptied).await?;
    let meetings: Vec<_> = schedule.occurrences(from.starts_at).take(MOST_MOVED).collect();
    for meeting in meetings {
        let there = before(permit, meeting.date).await?;
        let sitting = Sitting {
            date: meeting.date,
            starts_at: meeting.start.to_utc(),
            length: meeting.length,
        };
        let next = without_cover(&there);
        let plan = Plan {
            cover: there.cover,
            ..moved
        };
        keep(permit.transaction, group, sitting, &plan).await?;
        if next == Plan::default() {
            return Ok(());
        }
        moved = next;
    }
    Err(LeadingError::NoDateLeft)
}

async fn tell_members(
    permit: &Permit<'_, EditGroup>,
    group: GroupId,
    told: &Told<'_>,
) -> Result<(), StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(domain::people::Role::Member.name()))
        .all(permit.db())
        .await?;
    let now = permit.transaction.now();
    let mut to: Vec<_> = rows
        .iter()
        .filter(|row| people::holds(row, now))
        .map(|row| row.person_id)
        .collect();
    to.sort_unstable();
    to.dedup();
    for person in to {
        let person = domain::people::PersonId(person);
        crate::joining::tell(permit.transaction, person, told.subject, told.body).await?;
    }
    Ok(())
}
