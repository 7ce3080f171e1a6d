//! Curricula of a group: plans in order, and laying them onto its coming sessions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::groups::When;
use domain::schedule::Schedule;
use domain::sessions::{Curriculum, Laid, Plan, Retold};
use domain::text::Line;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::planning::{before, keep, plan_of};
use super::{LeadingError, planned};
use crate::entities::leading::{curriculum, group_session};
use crate::entities::{id, new_id};
use crate::joining::{listing_of, unread};
use crate::key::random;
use crate::permit::Permit;
use crate::permit::acts::{ChangePlans, Permitted, SeePlans};
use crate::sealed::{CURRICULUM, Cipher};
use crate::transaction::{StoreError, Transaction};

/// A curriculum as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub id: CourseId,
    pub curriculum: Curriculum,
    pub changed_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseId(Uuid);

id!(CourseId);

/// Those of the group of the permit, the newest first.
pub async fn courses(permit: &mut Permit<'_, SeePlans, impl Transaction>) -> Result<Vec<Course>, StoreError> {
    let rows = curriculum::Entity::find()
        .filter(curriculum::Column::ListingId.eq(permit.group()?.0))
        .order_by_desc(curriculum::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(read(permit, &row).await?);
    }
    Ok(all)
}

/// One of them, for who changes it.
pub async fn course(
    permit: &mut Permit<'_, ChangePlans, impl Transaction>,
    which: CourseId,
) -> Result<Course, StoreError> {
    let row = row(permit, which).await?;
    read(permit, &row).await
}

/// Keeps a curriculum for the group of the permit.
pub async fn create_course(
    permit: &mut Permit<'_, ChangePlans>,
    made: &Curriculum,
) -> Result<CourseId, LeadingError> {
    let (group, schedule) = (permit.group()?, schedule(permit).await?);
    made.check(schedule.length)?;
    permit.act("leading.curriculum", String::new()).await?;
    let writing = &*permit.transaction;
    let (id, now) = (new_id(writing.now()), writing.now());
    let row = curriculum::Model {
        id,
        slug: domain::groups::Slug::from_bits(u64::from_le_bytes(random())).to_string(),
        listing_id: group.0,
        plans: sealed(permit, id, made).await?,
        changed_by: permit.person().map(|person| person.0),
        changed_at: now,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(CourseId(id))
}

/// The plans of the sessions between two dates, both with them, as a curriculum: to be kept for another time.
pub async fn gather(
    permit: &mut Permit<'_, ChangePlans>,
    name: Line,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Curriculum, LeadingError> {
    let rows = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(permit.group()?.0))
        .filter(group_session::Column::OnDate.between(from, until))
        .order_by_asc(group_session::Column::OnDate)
        .all(permit.db())
        .await?;
    let mut plans = Vec::new();
    for row in rows {
        let plan = Plan {
            cover: None,
            ..plan_of(permit, &row).await?
        };
        if plan != Plan::default() {
            plans.push(plan);
        }
    }
    if plans.is_empty() {
        return Err(LeadingError::NothingPlanned);
    }
    Ok(Curriculum { name, plans })
}

/// Lays a curriculum of the group of the permit, from one of its plans on (the first is 0), onto the sessions from that date on. What was
/// planned for them is gone; who leads them stays.
pub async fn lay(
    permit: &mut Permit<'_, ChangePlans>,
    which: CourseId,
    first: usize,
    from: NaiveDate,
) -> Result<Laid, LeadingError> {
    let (group, schedule) = (permit.group()?, schedule(permit).await?);
    let row = row(permit, which).await?;
    let course = opened(permit, &row).await?;
    let start = planned(&schedule, from).ok_or(Denied::NoRight)?;
    if start.starts_at <= permit.transaction.now() {
        return Err(domain::sessions::ChangeRefused::IsOver.into());
    }
    course.check(schedule.length)?;
    permit.act("leading.lay", which.to_string()).await?;
    let laid = course.lay(&schedule, start.starts_at, first);
    for (date, nth) in &laid.on {
        let Some(sitting) = planned(&schedule, *date) else {
            continue;
        };
        let plan = Plan {
            cover: before(permit, *date).await?.cover,
            ..course.plans[*nth].clone()
        };
        keep(permit.transaction, group, sitting, &plan).await?;
    }
    Ok(laid)
}

/// Writes a curriculum of the group of the permit anew, if it is still what they saw who write it.
pub async fn change_course(
    permit: &mut Permit<'_, ChangePlans>,
    which: CourseId,
    is_as_seen: impl FnOnce(&Curriculum) -> bool,
    name: Line,
    sessions: Vec<Retold>,
) -> Result<(), LeadingError> {
    let schedule = schedule(permit).await?;
    let row = row(permit, which).await?;
    let now = opened(permit, &row).await?;
    if !is_as_seen(&now) {
        return Err(LeadingError::Meanwhile);
    }
    let made = now.retold(name, sessions);
    made.check(schedule.length)?;
    permit.act("leading.change-curriculum", which.to_string()).await?;
    let plans = sealed(permit, row.id, &made).await?;
    let mut row = row.into_active_model();
    row.plans = Set(plans);
    row.changed_by = Set(permit.person().map(|person| person.0));
    row.changed_at = Set(permit.transaction.now());
    row.update(permit.db()).await?;
    Ok(())
}

/// Takes a curriculum of the group of the permit away; what was laid of it stays where it is.
pub async fn remove_course(permit: &mut Permit<'_, ChangePlans>, which: CourseId) -> Result<(), StoreError> {
    let row = row(permit, which).await?;
    permit.act("leading.remove-curriculum", which.to_string()).await?;
    curriculum::Entity::delete_by_id(row.id).exec(permit.db()).await?;
    Ok(())
}

pub(super) async fn row<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    which: CourseId,
) -> Result<curriculum::Model, StoreError> {
    curriculum::Entity::find_by_id(which.0)
        .filter(curriculum::Column::ListingId.eq(permit.group()?.0))
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

async fn schedule(permit: &Permit<'_, ChangePlans>) -> Result<Schedule, StoreError> {
    match listing_of(permit.db(), permit.group()?).await?.1.when.clone() {
        When::Scheduled(schedule) => Ok(schedule),
        When::ByAppointment => Err(Denied::NoRight.into()),
    }
}

pub(super) async fn read<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &curriculum::Model,
) -> Result<Course, StoreError> {
    Ok(Course {
        id: CourseId(row.id),
        curriculum: opened(permit, row).await?,
        changed_at: row.changed_at,
    })
}

async fn sealed(
    permit: &Permit<'_, ChangePlans>,
    id: Uuid,
    curriculum: &Curriculum,
) -> Result<Cipher, StoreError> {
    let plain = serde_json::to_string(curriculum).map_err(|why| unread("curriculum", id, why))?;
    CURRICULUM
        .seal(permit.transaction, id, permit.group()?, &plain)
        .await
}

async fn opened<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &curriculum::Model,
) -> Result<Curriculum, StoreError> {
    let plain = CURRICULUM.open(permit, row.id, &row.plans).await?;
    serde_json::from_str(plain.reveal()).map_err(|why| unread("curriculum", row.id, why))
}
