//! What the job does: it looks whether a newly published group fits, or one that takes people again, tells of it, asks before a search ends, and ends it.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::{Mail, Slug};
use domain::searches::{ASK_BEFORE, Told};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{opened, sealed, stop, written_down};
use crate::entities::listing;
use crate::entities::searches::saved_search;
use crate::joining::unread;
use crate::sealed::{SEARCH, SEARCH_MAIL};
use crate::signing::link::Letter;
use crate::transaction::{StoreError, Transaction, Who, Writing};
use crate::{outbox, people};

/// So many at a time.
const AT_ONCE: u64 = 200;

/// An active search, and what there may be to tell of since it was looked at, until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    pub id: Uuid,
    pub search: String,
    /// Groups that were published since.
    pub new: Vec<Slug>,
    /// Groups that it found then and that took nobody.
    pub full: Vec<Slug>,
    pub until: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lapsed {
    pub ended: usize,
    pub asked: usize,
}

/// When a group was last published or changed. Whoever looks asks this first and reads the groups then: one that changes meanwhile is
/// looked at the next time.
pub async fn newest(transaction: &mut impl Transaction) -> Result<Option<DateTime<Utc>>, StoreError> {
    let newest = listing::Entity::find()
        .filter(listing::Column::GoneOn.is_null())
        .order_by_desc(listing::Column::ChangedAt)
        .one(transaction.looking())
        .await?;
    Ok(newest.map(|row| row.changed_at))
}

/// Active searches behind one that were looked at before this moment, as [`newest`] gives it; some at a time, and none at the end. One that
/// may not be told now waits, and is told of everything later.
pub async fn active(
    writing: &mut Writing,
    after: Option<Uuid>,
    until: DateTime<Utc>,
) -> Result<Vec<Active>, StoreError> {
    only_the_job(writing)?;
    let now = writing.now();
    let mut after = after.unwrap_or_default();
    loop {
        let rows = saved_search::Entity::find()
            .filter(saved_search::Column::ConfirmedAt.is_not_null())
            .filter(saved_search::Column::ExpiresAt.gt(now))
            .filter(saved_search::Column::LookedAt.lt(until))
            .filter(saved_search::Column::Id.gt(after))
            .order_by_asc(saved_search::Column::Id)
            .limit(AT_ONCE)
            .all(writing.looking())
            .await?;
        let Some(last) = rows.last() else {
            return Ok(Vec::new());
        };
        after = last.id;
        let mut all = Vec::new();
        for row in rows.into_iter().filter(|row| told(row).may(now)) {
            let (search, full) = opened(&*writing, &row).await?;
            all.push(Active {
                id: row.id,
                search,
                new: published(writing, row.looked_at, until).await?,
                full,
                until,
            });
        }
        if !all.is_empty() {
            return Ok(all);
        }
    }
}

/// Tells that a group opened, once for what was looked at. The letter says no more. `full` are the groups it finds now that take nobody.
pub async fn tell(
    writing: &mut Writing,
    one: &Active,
    full: &[Slug],
    letter: &Letter<'_>,
) -> Result<(), StoreError> {
    only_the_job(writing)?;
    let row = saved_search::Entity::find_by_id(one.id)
        .one(writing.looking())
        .await?;
    // Ended in this very moment.
    let Some(row) = row else { return Ok(()) };
    let (now, told) = (writing.now(), told(&row));
    if row.looked_at >= one.until || !told.may(now) {
        return Ok(());
    }
    written_down(writing, "searches.tell", one.id).await?;
    write(writing, &row, letter).await?;
    let told = told.now(now);
    let mut row = row.into_active_model();
    row.told_at = Set(told.last);
    row.told_before_at = Set(told.before);
    row.looked_at = Set(one.until);
    row.search = Set(SEARCH.seal(writing, one.id, &sealed(&one.search, full)).await?);
    row.update(writing.looking()).await?;
    Ok(())
}

/// That nothing new fits, and which groups take nobody now. When it was looked at is no act and has no audit row.
pub async fn looked(writing: &mut Writing, one: &Active, full: &[Slug]) -> Result<(), StoreError> {
    only_the_job(writing)?;
    let mut row = saved_search::ActiveModel {
        looked_at: Set(one.until),
        ..Default::default()
    };
    // Mostly they are the same, and every change of any group has each search looked at.
    if full != one.full {
        row.search = Set(SEARCH.seal(writing, one.id, &sealed(&one.search, full)).await?);
    }
    saved_search::Entity::update_many()
        .set(row)
        .filter(saved_search::Column::Id.eq(one.id))
        .filter(saved_search::Column::LookedAt.lt(one.until))
        .exec(writing.looking())
        .await?;
    Ok(())
}

/// Takes away what has ended or was never confirmed, and asks whether what ends soon shall go on.
pub async fn lapse(writing: &mut Writing, letter: &Letter<'_>) -> Result<Lapsed, StoreError> {
    only_the_job(writing)?;
    let (now, mut lapsed) = (writing.now(), Lapsed::default());
    let over = saved_search::Entity::find()
        .filter(saved_search::Column::ExpiresAt.lte(now))
        .limit(AT_ONCE)
        .all(writing.looking())
        .await?;
    for row in over {
        written_down(writing, "searches.lapse", row.id).await?;
        saved_search::Entity::delete_by_id(row.id)
            .exec(writing.looking())
            .await?;
        lapsed.ended += 1;
    }
    let soon = saved_search::Entity::find()
        .filter(saved_search::Column::ConfirmedAt.is_not_null())
        .filter(saved_search::Column::AskedAt.is_null())
        .filter(saved_search::Column::ExpiresAt.lte(now + ASK_BEFORE))
        .limit(AT_ONCE)
        .all(writing.looking())
        .await?;
    for row in soon {
        written_down(writing, "searches.ask-to-renew", row.id).await?;
        write(writing, &row, letter).await?;
        let mut row = row.into_active_model();
        row.asked_at = Set(Some(now));
        row.update(writing.looking()).await?;
        lapsed.asked += 1;
    }
    Ok(lapsed)
}

/// With the token by which it is ended, which its mail program offers as well.
async fn write(writing: &Writing, row: &saved_search::Model, letter: &Letter<'_>) -> Result<(), StoreError> {
    let plain = SEARCH_MAIL.open(writing, row.id, &row.mail).await?;
    let mail = Mail::parse(plain.reveal()).map_err(|why| unread("address", row.id, why))?;
    let token = stop(&writing.key, row.id);
    let (body, end) = ((letter.body)(&token), format!("/searches/{token}/end"));
    outbox::put_with_end(writing, &mail, (letter.subject, &body), &end).await
}

async fn published(
    writing: &Writing,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Slug>, StoreError> {
    let slugs = listing::Entity::find()
        .select_only()
        .column(listing::Column::Slug)
        .filter(listing::Column::CreatedAt.gt(since))
        .filter(listing::Column::CreatedAt.lte(until))
        .filter(listing::Column::GoneOn.is_null())
        .into_tuple::<String>()
        .all(writing.looking())
        .await?;
    slugs.iter().map(|slug| people::slug(slug)).collect()
}

fn told(row: &saved_search::Model) -> Told {
    Told {
        last: row.told_at,
        before: row.told_before_at,
    }
}

fn only_the_job(writing: &Writing) -> Result<(), StoreError> {
    match writing.who {
        Who::Job(_) => Ok(()),
        _ => Err(Denied::NoRight.into()),
    }
}
