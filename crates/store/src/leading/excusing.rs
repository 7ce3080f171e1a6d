//! "I can't come": a member says so before a session, or takes it back. Whoever leads the group is told at once that there is something to
//! read.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::people::{GroupId, PersonId};
use domain::text::Line;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::mine::is_member;
use super::roster::therapy;
use super::{LeadingError, Told, sitting, tell_leaders};
use crate::entities::leading::excuse;
use crate::entities::new_id;
use crate::permit::Permit;
use crate::permit::acts::Come;
use crate::sealed::EXCUSE;
use crate::transaction::StoreError;

/// Says of oneself that one cannot come to the session of that date, perhaps with a few words; said again, the words are others.
pub async fn excuse(
    permit: &mut Permit<'_, Come>,
    date: NaiveDate,
    words: Option<&Line>,
    told: &Told<'_>,
) -> Result<(), LeadingError> {
    let (person, group) = before_it(permit, date).await?;
    permit.act("leading.excuse", date.to_string()).await?;
    let now = permit.transaction.now();
    let there = find(permit, (person, group), date).await?;
    let id = there.as_ref().map_or_else(|| new_id(now), |row| row.id);
    let words = match words {
        Some(words) => Some(EXCUSE.seal(permit.transaction, id, group, words.as_str()).await?),
        None => None,
    };
    if let Some(row) = there {
        let mut row = row.into_active_model();
        row.words = Set(words);
        row.update(permit.db()).await?;
        return Ok(());
    }
    let row = excuse::Model {
        id,
        listing_id: group.0,
        on_date: date,
        person_id: person.0,
        words,
        said_at: now,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(tell_leaders(permit.transaction, group, told).await?)
}

/// Takes it back: one comes after all.
pub async fn take_back(
    permit: &mut Permit<'_, Come>,
    date: NaiveDate,
    told: &Told<'_>,
) -> Result<(), LeadingError> {
    let (person, group) = before_it(permit, date).await?;
    permit.act("leading.take-back", date.to_string()).await?;
    let Some(row) = find(permit, (person, group), date).await? else {
        return Ok(());
    };
    excuse::Entity::delete_by_id(row.id).exec(permit.db()).await?;
    Ok(tell_leaders(permit.transaction, group, told).await?)
}

/// Only a member says so, and only before it begins.
async fn before_it(permit: &Permit<'_, Come>, date: NaiveDate) -> Result<(PersonId, GroupId), LeadingError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    therapy(permit.db(), group).await?;
    if !is_member(permit.db(), person, group, now).await? {
        return Err(Denied::NoRight.into());
    }
    if sitting(permit.db(), group, date).await?.starts_at <= now {
        return Err(LeadingError::Begun);
    }
    Ok((person, group))
}

async fn find(
    permit: &Permit<'_, Come>,
    (person, group): (PersonId, GroupId),
    date: NaiveDate,
) -> Result<Option<excuse::Model>, StoreError> {
    let row = excuse::Entity::find()
        .filter(excuse::Column::ListingId.eq(group.0))
        .filter(excuse::Column::OnDate.eq(date))
        .filter(excuse::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    Ok(row)
}
