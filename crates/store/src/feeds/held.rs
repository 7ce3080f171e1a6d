//! Rows of a feed that are no listing: why, what they say, and what was decided about them.
//!
//! What is decided outlives the next fetch: a dismissed row stays so while it says the same, and a group that was written
//! from one is a group of our own.

use domain::access::Denied;
use domain::groups::Slug;
use domain::mending::Unfinished;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{FeedId, KeptCorrection, corrections, last_run, row};
use crate::entities::work::dismissed_row;
use crate::entities::{import_row, new_id};
use crate::imports::correcting::{said, standing};
use crate::permit::Permit;
use crate::permit::acts::RunListings;
use crate::transaction::{StoreError, Transaction};

/// A row that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Counted from 1.
    pub number: u32,
    /// The feed's own id of it.
    pub id: String,
    pub reason: String,
    /// What was assumed or left out.
    pub notes: Vec<String>,
    /// What it says, field by field.
    pub said: Vec<(String, String)>,
    /// Whether what is wrong can be said in its place.
    pub can_be_fixed: bool,
    pub is_dismissed: bool,
}

/// A row to be fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct ToFix {
    pub row: HeldRow,
    /// The facts as far as they go, with what was said here already. None: nothing of it can be fixed.
    pub unfinished: Option<Unfinished>,
    /// What was said here before in place of its facts, also what the feed has overruled.
    pub corrections: Vec<KeptCorrection>,
}

/// The held rows of the last run, in the order of the feed.
pub async fn held(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    id: FeedId,
) -> Result<Vec<HeldRow>, StoreError> {
    let (db, feed) = (permit.db(), row(permit.db(), id).await?);
    let Some((run, source)) = last_run(db, feed.source_id).await? else {
        return Ok(Vec::new());
    };
    let rows = of_run(run.id)
        .order_by_asc(import_row::Column::Number)
        .all(db)
        .await?;
    let dismissed = dismissed_row::Entity::find()
        .filter(dismissed_row::Column::SourceId.eq(source))
        .all(db)
        .await?;
    let is_dismissed = |row: &import_row::Model| {
        dismissed.iter().any(|it| {
            it.list == row.list && it.external_id == row.external_id && it.as_it_was == as_it_is(row)
        })
    };
    Ok(rows.iter().map(|row| told(row, is_dismissed(row))).collect())
}

/// One held row of the last run, and what there is to fix in it.
pub async fn fixable(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    id: FeedId,
    number: u32,
) -> Result<ToFix, StoreError> {
    let db = permit.db();
    let (source, found) = find(db, id, number).await?;
    let dismissed = dismissed_row::Entity::find()
        .filter(dismissed_row::Column::SourceId.eq(source))
        .filter(dismissed_row::Column::List.eq(&found.list))
        .filter(dismissed_row::Column::ExternalId.eq(&found.external_id))
        .one(db)
        .await?;
    let is_dismissed = dismissed.is_some_and(|it| it.as_it_was == as_it_is(&found));
    let mut with = Vec::new();
    for row in standing(db, source, std::iter::once(found.external_id.as_str())).await? {
        with.extend(said(&row));
    }
    let unfinished = unfinished(&found);
    Ok(ToFix {
        unfinished: unfinished.map(|it| it.mend(&with).listing.err().unwrap_or(it)),
        corrections: corrections::of_row(db, source, &found.external_id).await?,
        row: told(&found, is_dismissed),
    })
}

/// It need not be looked at, as long as it says what it says now.
pub async fn dismiss(
    permit: &mut Permit<'_, RunListings>,
    id: FeedId,
    number: u32,
) -> Result<(), StoreError> {
    let (source, row) = find(permit.db(), id, number).await?;
    let now = permit.transaction.now();
    let dismissed = dismissed_row::Model {
        id: new_id(now),
        source_id: source,
        as_it_was: as_it_is(&row),
        list: row.list,
        external_id: row.external_id,
        dismissed_at: now,
    };
    let db = permit.act("feeds.dismiss", id.0.to_string()).await?;
    forget(db, source, &dismissed.list, &dismissed.external_id).await?;
    dismissed.into_active_model().insert(db).await?;
    Ok(())
}

/// It is to be looked at again.
pub async fn restore_row(
    permit: &mut Permit<'_, RunListings>,
    id: FeedId,
    number: u32,
) -> Result<(), StoreError> {
    let (source, row) = find(permit.db(), id, number).await?;
    let db = permit.act("feeds.look-again", id.0.to_string()).await?;
    forget(db, source, &row.list, &row.external_id).await
}

/// Begins a group of our own from it, with this form, and takes the row off the list.
pub async fn own(
    permit: &mut Permit<'_, RunListings>,
    id: FeedId,
    number: u32,
    form: &str,
) -> Result<Slug, StoreError> {
    dismiss(permit, id, number).await?;
    crate::groups::create(permit, form).await
}

pub(super) async fn find(
    db: &DatabaseTransaction,
    id: FeedId,
    number: u32,
) -> Result<(Uuid, import_row::Model), StoreError> {
    let feed = row(db, id).await?;
    let run = last_run(db, feed.source_id).await?;
    let (run, source) = run.ok_or(StoreError::Denied(Denied::NoRight))?;
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let row = of_run(run.id)
        .filter(import_row::Column::Number.eq(number))
        .one(db)
        .await?;
    row.map(|row| (source, row))
        .ok_or(StoreError::Denied(Denied::NoRight))
}

/// Held groups; a provider that is held stands in the report of an import by hand.
fn of_run(run: Uuid) -> sea_orm::Select<import_row::Entity> {
    import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run))
        .filter(import_row::Column::List.eq("groups"))
        .filter(import_row::Column::Outcome.eq("held"))
}

pub(super) async fn forget(
    db: &DatabaseTransaction,
    source: Uuid,
    list: &str,
    external: &str,
) -> Result<(), StoreError> {
    dismissed_row::Entity::delete_many()
        .filter(dismissed_row::Column::SourceId.eq(source))
        .filter(dismissed_row::Column::List.eq(list))
        .filter(dismissed_row::Column::ExternalId.eq(external))
        .exec(db)
        .await?;
    Ok(())
}

/// The facts of a row as far as they go.
pub(super) fn unfinished(row: &import_row::Model) -> Option<Unfinished> {
    serde_json::from_str(row.unfinished.as_deref()?).ok()
}

fn as_it_is(row: &import_row::Model) -> String {
    format!("{}\n{}", row.notes, row.said.as_deref().unwrap_or_default())
}

fn told(row: &import_row::Model, is_dismissed: bool) -> HeldRow {
    let mut notes: Vec<String> = serde_json::from_str(&row.notes).unwrap_or_default();
    let reason = if notes.is_empty() {
        String::new()
    } else {
        notes.remove(0)
    };
    let said = row
        .said
        .as_deref()
        .and_then(|said| serde_json::from_str(said).ok());
    HeldRow {
        number: row.number.unsigned_abs(),
        id: row.external_id.clone(),
        reason,
        notes,
        said: said.unwrap_or_default(),
        can_be_fixed: row.unfinished.is_some(),
        is_dismissed,
    }
}
