//! Goals of a member and of a group, with the levels that were written together.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::goals::{Goal, Level};
use domain::groups::Slug;
use domain::people::{GroupId, PersonId};
use domain::records::Marked;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::kept::Which;
use super::looking::marked;
use super::marks::guard_of;
use crate::entities::new_id;
use crate::entities::records::{group_goal, member_goal};
use crate::joining::unread;
use crate::key::random;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, SeeRecord, WritePart, WriteRecord};
use crate::sealed::{FIRST, GROUP_GOAL, MEMBER_GOAL, Plain};
use crate::transaction::{StoreError, Transaction};

/// A goal and by what it is named in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub slug: Slug,
    pub goal: Goal,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Whether who writes a goal looked at what the guard marks in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    NotYet,
    /// They say that it tells nobody.
    TellsNobody,
}

#[derive(Debug, thiserror::Error)]
pub enum GoalError {
    #[error(transparent)]
    Goal(#[from] domain::goals::GoalError),
    #[error("This goal was ended. Write a new one.")]
    IsEnded,
    #[error(
        "These words may tell somebody in the group. Change them, or look at them and say that they do not."
    )]
    Marked(Vec<Marked>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for GoalError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

pub(super) fn told(goal: &Goal) -> Result<String, StoreError> {
    serde_json::to_string(goal).map_err(|why| StoreError::Database(why.into()))
}

fn read(id: uuid::Uuid, plain: &Plain) -> Result<Goal, StoreError> {
    serde_json::from_str(plain.reveal()).map_err(|_| unread("goal", id, "it is not in its form"))
}

pub(super) fn new_slug() -> Slug {
    Slug::from_bits(u64::from_be_bytes(random()))
}

/// The goals of the person of the permit, oldest first.
pub async fn goals(permit: &mut Permit<'_, SeePart>) -> Result<Vec<Kept>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    of_person(permit, person, group).await
}

pub(super) async fn of_person<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    person: PersonId,
    group: GroupId,
) -> Result<Vec<Kept>, StoreError> {
    let rows = member_goal::Entity::find()
        .filter(member_goal::Column::ListingId.eq(group.0))
        .filter(member_goal::Column::PersonId.eq(person.0))
        .order_by_asc(member_goal::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = MEMBER_GOAL
            .open(permit, (row.id, row.version), &row.words)
            .await?;
        all.push(kept(row.id, &row.slug, &plain, row.ended_at)?);
    }
    Ok(all)
}

fn kept(
    id: uuid::Uuid,
    slug: &str,
    plain: &Plain,
    ended_at: Option<DateTime<Utc>>,
) -> Result<Kept, StoreError> {
    Ok(Kept {
        slug: people::slug(slug)?,
        goal: read(id, plain)?,
        ended_at,
    })
}

/// The goals of the group of the permit, oldest first.
pub async fn group_goals(permit: &mut Permit<'_, SeeRecord>) -> Result<Vec<Kept>, StoreError> {
    let rows = group_goal::Entity::find()
        .filter(group_goal::Column::ListingId.eq(permit.group()?.0))
        .order_by_asc(group_goal::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = GROUP_GOAL.open(permit, (row.id, row.version), &row.words).await?;
        all.push(kept(row.id, &row.slug, &plain, row.ended_at)?);
    }
    Ok(all)
}

/// Writes a goal down for the person of the permit. Nobody else in the group is told in it.
pub async fn add_goal(
    permit: &mut Permit<'_, WritePart>,
    goal: &Goal,
    looked: Looked,
) -> Result<Slug, GoalError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(StoreError::Denied(Denied::NoRight))?;
    let over = look_through(permit, goal, Which::Of(person), looked).await?;
    permit.act("goal.add", over).await?;
    let (id, slug) = (new_id(now), new_slug());
    let row = member_goal::Model {
        id,
        slug: slug.to_string(),
        listing_id: group.0,
        person_id: person.0,
        words: MEMBER_GOAL
            .seal(permit.transaction, (id, FIRST), group, &told(goal)?)
            .await?,
        version: FIRST,
        changed_by: by.0,
        changed_at: now,
        ended_at: None,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(slug)
}

/// What the audit says of marks that were looked at; marks that were not are refused.
async fn look_through<A: Permitted>(
    permit: &Permit<'_, A>,
    goal: &Goal,
    which: Which,
    looked: Looked,
) -> Result<String, GoalError> {
    let guard = guard_of(permit).await?;
    let mut marks: Vec<Marked> = Vec::new();
    let levels = Level::ALL.into_iter().map(|level| goal.level(level));
    for text in std::iter::once(goal.text()).chain(levels) {
        for (_, mark) in marked(&guard, text.as_str(), which) {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    match (marks.len(), looked) {
        (0, _) => Ok(String::new()),
        (many, Looked::TellsNobody) => Ok(format!("marks looked at: {many}")),
        (_, Looked::NotYet) => Err(GoalError::Marked(marks)),
    }
}

/// How far a goal of the person of the permit was reached on a day. What is written of that day already is not written again.
pub async fn reach_goal(
    permit: &mut Permit<'_, WritePart>,
    which: &Slug,
    on: NaiveDate,
    level: Level,
) -> Result<Goal, GoalError> {
    let row = row(permit, which).await?;
    if row.ended_at.is_some() {
        return Err(GoalError::IsEnded);
    }
    let plain = MEMBER_GOAL
        .open(permit, (row.id, row.version), &row.words)
        .await?;
    let goal = read(row.id, &plain)?;
    if goal.was_seen(on, level) {
        return Ok(goal);
    }
    permit.act("goal.reach", which.to_string()).await?;
    let goal = goal.seen(on, level)?;
    change(permit, row, &goal, None).await?;
    Ok(goal)
}

/// Ends a goal of the person of the permit; what was reached stays.
pub async fn end_goal(permit: &mut Permit<'_, WritePart>, which: &Slug) -> Result<(), GoalError> {
    permit.act("goal.end", which.to_string()).await?;
    let row = row(permit, which).await?;
    let plain = MEMBER_GOAL
        .open(permit, (row.id, row.version), &row.words)
        .await?;
    let goal = read(row.id, &plain)?;
    let now = permit.transaction.now();
    Ok(change(permit, row, &goal, Some(now)).await?)
}

async fn row(permit: &Permit<'_, WritePart>, which: &Slug) -> Result<member_goal::Model, StoreError> {
    let row = member_goal::Entity::find()
        .filter(member_goal::Column::Slug.eq(which.as_str()))
        .filter(member_goal::Column::ListingId.eq(permit.group()?.0))
        .filter(member_goal::Column::PersonId.eq(permit.about()?.0))
        .one(permit.db())
        .await?;
    row.ok_or(StoreError::Denied(Denied::NoRight))
}

async fn change(
    permit: &Permit<'_, WritePart>,
    row: member_goal::Model,
    goal: &Goal,
    ended_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(Denied::NoRight)?;
    let (id, version) = (row.id, row.version + 1);
    let mut row = row.into_active_model();
    row.version = Set(version);
    row.words = Set(MEMBER_GOAL
        .seal(permit.transaction, (id, version), group, &told(goal)?)
        .await?);
    row.changed_by = Set(by.0);
    row.changed_at = Set(now);
    if ended_at.is_some() {
        row.ended_at = Set(ended_at);
    }
    row.update(permit.db()).await?;
    Ok(())
}

/// Writes a goal down for the group of the permit. Nobody in it is told.
pub async fn add_group_goal(
    permit: &mut Permit<'_, WriteRecord>,
    goal: &Goal,
    looked: Looked,
) -> Result<Slug, GoalError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(StoreError::Denied(Denied::NoRight))?;
    let over = look_through(permit, goal, Which::Session, looked).await?;
    permit.act("goal.add", over).await?;
    let (id, slug) = (new_id(now), new_slug());
    let row = group_goal::Model {
        id,
        slug: slug.to_string(),
        listing_id: group.0,
        words: GROUP_GOAL
            .seal(permit.transaction, (id, FIRST), group, &told(goal)?)
            .await?,
        version: FIRST,
        changed_by: by.0,
        changed_at: now,
        ended_at: None,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(slug)
}

/// How far a goal of the group of the permit was reached on a day. What is written of that day already is not written again.
pub async fn reach_group_goal(
    permit: &mut Permit<'_, WriteRecord>,
    which: &Slug,
    on: NaiveDate,
    level: Level,
) -> Result<Goal, GoalError> {
    let row = group_row(permit, which).await?;
    if row.ended_at.is_some() {
        return Err(GoalError::IsEnded);
    }
    let plain = GROUP_GOAL.open(permit, (row.id, row.version), &row.words).await?;
    let goal = read(row.id, &plain)?;
    if goal.was_seen(on, level) {
        return Ok(goal);
    }
    permit.act("goal.reach", which.to_string()).await?;
    let goal = goal.seen(on, level)?;
    change_group(permit, row, &goal, None).await?;
    Ok(goal)
}

/// Ends a goal of the group of the permit; what was reached stays.
pub async fn end_group_goal(permit: &mut Permit<'_, WriteRecord>, which: &Slug) -> Result<(), GoalError> {
    permit.act("goal.end", which.to_string()).await?;
    let row = group_row(permit, which).await?;
    let plain = GROUP_GOAL.open(permit, (row.id, row.version), &row.words).await?;
    let goal = read(row.id, &plain)?;
    let now = permit.transaction.now();
    Ok(change_group(permit, row, &goal, Some(now)).await?)
}

async fn group_row(permit: &Permit<'_, WriteRecord>, which: &Slug) -> Result<group_goal::Model, StoreError> {
    let row = group_goal::Entity::find()
        .filter(group_goal::Column::Slug.eq(which.as_str()))
        .filter(group_goal::Column::ListingId.eq(permit.group()?.0))
        .one(permit.db())
        .await?;
    row.ok_or(StoreError::Denied(Denied::NoRight))
}

async fn change_group(
    permit: &Permit<'_, WriteRecord>,
    row: group_goal::Model,
    goal: &Goal,
    ended_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(Denied::NoRight)?;
    let (id, version) = (row.id, row.version + 1);
    let mut row = row.into_active_model();
    row.version = Set(version);
    row.words = Set(GROUP_GOAL
        .seal(permit.transaction, (id, version), group, &told(goal)?)
        .await?);
    row.changed_by = Set(by.0);
    row.changed_at = Set(now);
    if ended_at.is_some() {
        row.ended_at = Set(ended_at);
    }
    row.update(permit.db()).await?;
    Ok(())
}
