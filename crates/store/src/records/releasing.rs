//! Giving a member what was written about them: the chosen fields of their own part, once it is signed; and their goals, which are theirs.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::records::{Field, Refusal, Words};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::RecordError;
use super::goals::{Kept, of_person};
use super::kept::{self, Which};
use crate::entities::leading::group_session;
use crate::entities::new_id;
use crate::entities::records::{member_part, released_note};
use crate::joining::{tell, unread};
use crate::leading::{self, Told};
use crate::permit::Permit;
use crate::permit::acts::{SeeReleased, WritePart};
use crate::sealed::RELEASED;
use crate::transaction::{StoreError, Transaction};

/// A note about oneself, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    pub date: NaiveDate,
    pub words: Words,
    pub at: DateTime<Utc>,
}

/// Gives these fields of the part to whom it is about, in place of what was given of it before, and tells them that there is something to
/// read; with none, takes it back.
pub async fn release(
    permit: &mut Permit<'_, WritePart>,
    date: NaiveDate,
    fields: &[Field],
    told: &Told<'_>,
) -> Result<(), RecordError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(Denied::NoRight)?;
    permit.act("part.release", String::new()).await?;
    let session = leading::row_of(permit.db(), group, date)
        .await?
        .ok_or(Denied::NoRight)?;
    let row = kept::find(permit, session.id, Which::Of(person)).await?;
    let row = row.ok_or(Denied::NoRight)?;
    if !row.record.state().is_in_force() {
        return Err(Refusal::NotSigned.into());
    }
    released_note::Entity::delete_many()
        .filter(released_note::Column::PartId.eq(row.id))
        .exec(permit.db())
        .await?;
    let head = kept::head(permit, &row).await?.ok_or(RecordError::Empty)?;
    let chosen = head.words.iter().filter(|(field, _)| fields.contains(field));
    let words = Words::new(
        Field::OF_PART,
        chosen.map(|(field, text)| (field, text.to_owned())),
    )?;
    if words.is_empty() {
        return Ok(());
    }
    let id = new_id(now);
    let plain = serde_json::to_string(&words).map_err(|why| StoreError::Database(why.into()))?;
    let note = released_note::Model {
        id,
        part_id: row.id,
        listing_id: group.0,
        person_id: person.0,
        words: RELEASED.seal(permit.transaction, id, group, &plain).await?,
        released_by: by.0,
        released_at: now,
    };
    note.into_active_model().insert(permit.db()).await?;
    tell(permit.transaction, person, told.subject, told.body).await?;
    Ok(())
}

/// One's own goals in the group of the permit, oldest first: they were written together.
pub async fn my_goals(
    permit: &mut Permit<'_, SeeReleased, impl Transaction>,
) -> Result<Vec<Kept>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    of_person(permit, person, group).await
}

/// What was given to oneself in the group of the permit, the newest session first.
pub async fn released(
    permit: &mut Permit<'_, SeeReleased, impl Transaction>,
) -> Result<Vec<Released>, StoreError> {
    let rows = released_note::Entity::find()
        .filter(released_note::Column::ListingId.eq(permit.group()?.0))
        .filter(released_note::Column::PersonId.eq(permit.about()?.0))
        .order_by_desc(released_note::Column::ReleasedAt)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = RELEASED.open(permit, row.id, &row.words).await?;
        let words = serde_json::from_str(plain.reveal())
            .map_err(|_| unread("note", row.id, "its words are not in their form"))?;
        let part = member_part::Entity::find_by_id(row.part_id)
            .one(permit.db())
            .await?;
        let session = match part {
            Some(part) => {
                group_session::Entity::find_by_id(part.session_id)
                    .one(permit.db())
                    .await?
            }
            None => None,
        };
        all.push(Released {
            date: session.map_or_else(|| row.released_at.date_naive(), |session| session.on_date),
            words,
            at: row.released_at,
        });
    }
    all.sort_by_key(|note| std::cmp::Reverse(note.date));
    Ok(all)
}
