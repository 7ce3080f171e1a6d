//! Destroying the keys of a group that is over: what they sealed opens never again, neither here nor from a backup that is restored.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::groups::Slug;
use domain::people::GroupId;
use domain::retention::NOBODY;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::engine::Store;
use crate::entities::listing;
use crate::entities::people::break_glass;
use crate::entities::retention::{legal_hold, tombstone};
use crate::jobs;
use crate::key::{Purpose, hex};
use crate::keys::DataKey;
use crate::listings;
use crate::sealed::{self, BREAK_GLASS_WORDS, COLUMNS};
use crate::transaction::{StoreError, Who, Writing, sealed::Sealed};

/// Rows that name one of a sealed column's table, which goes with its key: their table, and the column that names it. They go first.
const NAMING: [(&str, &str, &str); 3] = [
    ("session_record", "session_text", "record_id"),
    ("member_part", "part_text", "record_id"),
    ("member_part", "released_note", "part_id"),
];

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Destroyed {
    pub keys: u64,
    /// Rows that nothing opens any more, and that are gone.
    pub rows: u64,
}

/// Why nothing was destroyed.
#[derive(Debug, thiserror::Error)]
pub enum DestroyError {
    #[error("There is no group {0}. The last part of its page's address is its name here.")]
    NotThere(Slug),
    #[error("{0} is not over. End the group first: what its people still need is not destroyed.")]
    NotOver(Slug),
    #[error("There is a hold on {0}. Whoever put it there has to end it first; nothing was destroyed.")]
    Held(Slug),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Destroys every key of a group that is over, and takes away what they sealed. That cannot be undone.
pub async fn destroy(store: &Store, slug: &Slug) -> Result<Destroyed, DestroyError> {
    let group = listings::by_slug(&mut store.read(Who::Operator).await?, slug).await?;
    let mut writing = store.write(Who::Operator).await?;
    match group {
        None => return Err(DestroyError::NotThere(slug.clone())),
        Some(group) if !group.listing.has_ended(writing.now().date_naive()) => {
            return Err(DestroyError::NotOver(slug.clone()));
        }
        Some(_) => {}
    }
    let group = number(&writing, slug).await?;
    if is_held(&writing, group).await? {
        return Err(DestroyError::Held(slug.clone()));
    }
    writing.act(act(slug.to_string(), None)).await?;
    let keys = Sealed::keys(&writing)
        .of_scope(writing.looking(), &group.to_string())
        .await?;
    let destroyed = end(&writing, &keys).await?;
    for key in &keys {
        let tombstone = tombstone::Model {
            mark: mark(&writing, key),
            made_at: writing.now(),
        };
        tombstone::Entity::insert(tombstone.into_active_model())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(writing.looking())
            .await
            .map_err(StoreError::from)?;
    }
    jobs::wake(&writing, jobs::TOMBSTONES, "").await?;
    writing.commit().await?;
    Ok(destroyed)
}

/// Destroys again what these marks mean and a backup has brought back. How many keys.
pub(super) async fn obey(writing: &mut Writing, marks: &BTreeSet<String>) -> Result<u64, StoreError> {
    let all = Sealed::keys(writing).of_groups(writing.looking()).await?;
    let gone: Vec<_> = all
        .into_iter()
        .filter(|key| marks.contains(&mark(writing, key)))
        .collect();
    if gone.is_empty() {
        return Ok(0);
    }
    writing.act(act(String::new(), Some("tombstone"))).await?;
    Ok(end(writing, &gone).await?.keys)
}

fn act(object: String, reason: Option<&'static str>) -> Act {
    Act {
        action: "keys.destroy",
        class: "C12",
        object,
        reason,
        ..Act::default()
    }
}

/// The caller has written down why.
async fn end(writing: &Writing, keys: &[Arc<DataKey>]) -> Result<Destroyed, StoreError> {
    let ids: Vec<i32> = keys.iter().map(|key| key.id).collect();
    let mut destroyed = Destroyed::default();
    if ids.is_empty() {
        return Ok(destroyed);
    }
    let keys = Sealed::keys(writing);
    keys.retire_these(writing.looking(), &ids, writing.now()).await?;
    for column in COLUMNS {
        if column == BREAK_GLASS_WORDS.0 {
            // That a record was opened stays; what was written then does not.
            destroyed.rows += empty(writing, &ids).await?;
        } else {
            let (table, by_them) = (column.table, sealed::is_sealed_by(writing, column, &ids));
            for (_, naming, names) in NAMING.iter().filter(|(named, ..)| *named == table) {
                let these = format!("select id from {table} where {by_them}");
                destroyed.rows += delete(writing, naming, &format!("{names} in ({these})")).await?;
            }
            destroyed.rows += delete(writing, table, &by_them).await?;
        }
    }
    destroyed.keys = keys.destroy(writing.looking(), &ids).await?;
    Ok(destroyed)
}

async fn delete(writing: &Writing, table: &str, which: &str) -> Result<u64, StoreError> {
    let db = writing.looking();
    let sql = format!("delete from {table} where {which}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

async fn empty(writing: &Writing, keys: &[i32]) -> Result<u64, StoreError> {
    let db = writing.looking();
    let rows = break_glass::Entity::find()
        .filter(Expr::cust(sealed::is_sealed_by(
            writing,
            BREAK_GLASS_WORDS.0,
            keys,
        )))
        .all(db)
        .await?;
    let mut emptied = 0;
    for row in rows {
        let group = GroupId(row.listing_id.unwrap_or_default());
        let words = BREAK_GLASS_WORDS.seal(writing, row.id, group, NOBODY).await?;
        let mut row = row.into_active_model();
        row.words = Set(words);
        row.update(db).await?;
        emptied += 1;
    }
    Ok(emptied)
}

async fn number(writing: &Writing, slug: &Slug) -> Result<Uuid, StoreError> {
    let id = listing::Entity::find()
        .select_only()
        .column(listing::Column::Id)
        .filter(listing::Column::Slug.eq(slug.as_str()))
        .into_tuple::<Uuid>()
        .one(writing.looking())
        .await?;
    id.ok_or(StoreError::Changed)
}

async fn is_held(writing: &Writing, group: Uuid) -> Result<bool, StoreError> {
    let hold = legal_hold::Entity::find()
        .filter(legal_hold::Column::EndedAt.is_null())
        .filter(legal_hold::Column::ListingId.eq(group))
        .one(writing.looking())
        .await?;
    Ok(hold.is_some())
}

/// No two keys have the same bytes; a mark tells nothing of them.
fn mark(writing: &Writing, key: &DataKey) -> String {
    let macs = writing.key.macs(Purpose::Tombstone);
    hex(&macs.of(&[b"key", &key.bytes[..]]))
}
