//! Writing down who was at a session of a therapy group, and how many at one of a support group.

use chrono::{NaiveDate, TimeDelta};
use domain::access::Denied;
use domain::attendance::{Count, Presence};
use domain::groups::Kind;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::roster::{members_on, therapy};
use super::{LeadingError, begun, made, row_of, sitting};
use crate::entities::leading::{attendance, group_session};
use crate::entities::new_id;
use crate::joining::{listing_of, unread};
use crate::permit::Permit;
use crate::permit::acts::{MarkAttendance, Permitted, SeeAttendance};
use crate::sealed::HEADS;
use crate::transaction::{StoreError, Transaction};

/// Who is early is marked when they come.
pub(super) const EARLY: TimeDelta = TimeDelta::hours(1);

/// How the member of the permit was at the session of that date; said again, it is changed.
pub async fn mark(
    permit: &mut Permit<'_, MarkAttendance>,
    date: NaiveDate,
    presence: Presence,
) -> Result<(), LeadingError> {
    let (group, person, now) = (permit.group()?, permit.about()?, permit.transaction.now());
    therapy(permit.db(), group).await?;
    let at = sitting(permit.db(), group, date).await?;
    let by = permit.person().ok_or(Denied::NoRight)?;
    permit.act("attendance.mark", date.to_string()).await?;
    if !members_on(permit.db(), group, &at)
        .await?
        .iter()
        .any(|one| one.person == person)
    {
        return Err(LeadingError::NotThatDay);
    }
    let is_early = now < at.starts_at - EARLY;
    let session = match (is_early, presence) {
        (true, Presence::Excused) => made(permit.transaction, group, date).await?,
        (true, _) => return Err(LeadingError::NotYet),
        (false, _) => begun(permit.transaction, group, date).await?,
    };
    let there = attendance::Entity::find()
        .filter(attendance::Column::SessionId.eq(session.id))
        .filter(attendance::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    match there {
        Some(row) => {
            let mut row = row.into_active_model();
            row.presence = Set(presence.name().to_owned());
            row.marked_by = Set(by.0);
            row.marked_at = Set(now);
            row.update(permit.db()).await?;
        }
        None => {
            let row = attendance::Model {
                id: new_id(now),
                session_id: session.id,
                person_id: person.0,
                presence: presence.name().to_owned(),
                marked_by: by.0,
                marked_at: now,
            };
            row.into_active_model().insert(permit.db()).await?;
        }
    }
    Ok(())
}

/// Takes back how the member of the permit was marked at the session of that date.
pub async fn unmark(permit: &mut Permit<'_, MarkAttendance>, date: NaiveDate) -> Result<(), LeadingError> {
    let (group, person) = (permit.group()?, permit.about()?);
    therapy(permit.db(), group).await?;
    sitting(permit.db(), group, date).await?;
    permit.act("attendance.unmark", date.to_string()).await?;
    if let Some(session) = row_of(permit.db(), group, date).await? {
        attendance::Entity::delete_many()
            .filter(attendance::Column::SessionId.eq(session.id))
            .filter(attendance::Column::PersonId.eq(person.0))
            .exec(permit.db())
            .await?;
    }
    Ok(())
}

/// How many came to the session of that date of a support group, if what was counted until now is what they saw who count; said again, it
/// is changed.
pub async fn count(
    permit: &mut Permit<'_, MarkAttendance>,
    date: NaiveDate,
    count: &Count,
    is_as_seen: impl FnOnce(Option<&Count>) -> bool,
) -> Result<(), LeadingError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    support(permit, group).await?;
    let at = sitting(permit.db(), group, date).await?;
    permit.act("attendance.count", date.to_string()).await?;
    if now < at.starts_at - EARLY {
        return Err(LeadingError::NotYet);
    }
    let row = begun(permit.transaction, group, date).await?;
    let now = counted(permit, &row).await?;
    if now.as_ref() != Some(count) && !is_as_seen(now.as_ref()) {
        return Err(LeadingError::Meanwhile);
    }
    let plain = serde_json::to_string(count).map_err(|why| unread("count", row.id, why))?;
    let heads = HEADS.seal(permit.transaction, row.id, group, &plain).await?;
    let mut row = row.into_active_model();
    row.heads = Set(Some(heads));
    row.update(permit.db()).await?;
    Ok(())
}

/// How many came to the session of that date of the group of the permit, where it was counted.
pub async fn heads(
    permit: &mut Permit<'_, SeeAttendance>,
    date: NaiveDate,
) -> Result<Option<Count>, StoreError> {
    match row_of(permit.db(), permit.group()?, date).await? {
        Some(row) => counted(permit, &row).await,
        None => Ok(None),
    }
}

async fn counted<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &group_session::Model,
) -> Result<Option<Count>, StoreError> {
    let Some(heads) = &row.heads else {
        return Ok(None);
    };
    let plain = HEADS.open(permit, row.id, heads).await?;
    let count = serde_json::from_str(plain.reveal()).map_err(|why| unread("count", row.id, why))?;
    Ok(Some(count))
}

async fn support(
    permit: &Permit<'_, MarkAttendance>,
    group: domain::people::GroupId,
) -> Result<(), StoreError> {
    match listing_of(permit.db(), group).await?.1.kind {
        Kind::Support => Ok(()),
        // There, each is marked.
        Kind::Therapy => Err(Denied::NoRight.into()),
    }
}
