//! What is kept of someone about sessions, for themselves to take away.

use domain::people::PersonId;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::entities::leading::{
    advice, advice_thanks, attendance, emergency_contact, excuse, group_session, outreach, reminded,
    reminder, whereabouts,
};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::sealed::{ADVICE, Confidential, EMERGENCY, EXCUSE, WHEREABOUTS};
use crate::transaction::StoreError;

/// All of it: how one was there, what one said about coming, whom to call, what one said helped.
pub(crate) async fn own(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Value, StoreError> {
    let db = permit.db();
    Ok(json!({
        "attendance": attended(db, me).await?,
        "could_not_come": excuses(permit, me).await?,
        "where_i_am": places(permit, me).await?,
        "emergency_contacts": emergencies(permit, me).await?,
        "reminders": reminders(db, me).await?,
        "asked_after": asked_after(db, me).await?,
        "advice": given(permit, me).await?,
        "helped_me_too": advice_thanks::Entity::find().filter(advice_thanks::Column::PersonId.eq(me.0)).count(db).await?,
    }))
}

async fn attended(db: &DatabaseTransaction, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let marks = attendance::Entity::find()
        .filter(attendance::Column::PersonId.eq(me.0))
        .order_by_asc(attendance::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(marks.len());
    for mark in marks {
        let session = group_session::Entity::find_by_id(mark.session_id).one(db).await?;
        let Some(session) = session else { continue };
        all.push(json!({
            "group": slug(db, session.listing_id).await?,
            "session": session.on_date,
            "minutes": session.minutes,
            "how": mark.presence,
            "written_at": mark.marked_at,
        }));
    }
    Ok(all)
}

async fn excuses(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let db = permit.db();
    let rows = excuse::Entity::find()
        .filter(excuse::Column::PersonId.eq(me.0))
        .order_by_asc(excuse::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let words = match &row.words {
            Some(words) => Some(open(permit, EXCUSE, row.id, words).await?),
            None => None,
        };
        let group = slug(db, row.listing_id).await?;
        all.push(json!({ "group": group, "session": row.on_date, "words": words, "said_at": row.said_at }));
    }
    Ok(all)
}

async fn places(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let db = permit.db();
    let rows = whereabouts::Entity::find()
        .filter(whereabouts::Column::PersonId.eq(me.0))
        .order_by_asc(whereabouts::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (group, words) = (
            slug(db, row.listing_id).await?,
            open(permit, WHEREABOUTS, row.id, &row.words).await?,
        );
        all.push(json!({ "group": group, "session": row.on_date, "words": words, "said_at": row.said_at }));
    }
    Ok(all)
}

async fn emergencies(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let db = permit.db();
    let rows = emergency_contact::Entity::find()
        .filter(emergency_contact::Column::PersonId.eq(me.0))
        .order_by_asc(emergency_contact::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (group, words) = (
            slug(db, row.listing_id).await?,
            open(permit, EMERGENCY, row.id, &row.words).await?,
        );
        all.push(json!({ "group": group, "words": words, "said_at": row.said_at }));
    }
    Ok(all)
}

async fn reminders(db: &DatabaseTransaction, me: PersonId) -> Result<Value, StoreError> {
    let rows = reminder::Entity::find()
        .filter(reminder::Column::PersonId.eq(me.0))
        .order_by_asc(reminder::Column::Id)
        .all(db)
        .await?;
    let mut chosen = Vec::with_capacity(rows.len());
    for row in rows {
        chosen.push(json!({ "group": slug(db, row.listing_id).await?, "hours_before": row.hours }));
    }
    let rows = reminded::Entity::find()
        .filter(reminded::Column::PersonId.eq(me.0))
        .order_by_asc(reminded::Column::Id)
        .all(db)
        .await?;
    let mut written = Vec::with_capacity(rows.len());
    for row in rows {
        written.push(json!({ "group": slug(db, row.listing_id).await?, "session": row.on_date }));
    }
    Ok(json!({ "chosen": chosen, "written": written }))
}

/// That someone was to be asked how they are, and was.
async fn asked_after(db: &DatabaseTransaction, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = outreach::Entity::find()
        .filter(outreach::Column::PersonId.eq(me.0))
        .order_by_asc(outreach::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let group = slug(db, row.listing_id).await?;
        all.push(json!({ "group": group, "since_session": row.since, "at": row.done_at }));
    }
    Ok(all)
}

async fn given(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let db = permit.db();
    let rows = advice::Entity::find()
        .filter(advice::Column::PersonId.eq(me.0))
        .order_by_asc(advice::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let helped = advice_thanks::Entity::find().filter(advice_thanks::Column::AdviceId.eq(row.id));
        all.push(json!({
            "group": slug(db, row.listing_id).await?,
            "words": open(permit, ADVICE, row.id, &row.words).await?,
            "state": row.state,
            "said_at": row.said_at,
            "helped": helped.count(db).await?,
        }));
    }
    Ok(all)
}

async fn open(
    permit: &Permit<'_, ChangeAccount>,
    column: Confidential,
    id: Uuid,
    words: &crate::sealed::Cipher,
) -> Result<String, StoreError> {
    Ok(column.open(permit, id, words).await?.reveal().to_owned())
}

async fn slug(db: &DatabaseTransaction, group: Uuid) -> Result<Option<String>, StoreError> {
    Ok(people::slug_of(db, Some(group))
        .await?
        .map(|slug| slug.to_string()))
}
