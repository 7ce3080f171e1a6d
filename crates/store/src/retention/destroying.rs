//! Destroying the keys of a group that is over: what they sealed opens never again, neither here nor from a backup that is restored.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::groups::Slug;
use domain::people::GroupId;
use domain::retention::NOBODY;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::engine::Store;
use crate::entities::listing;
use crate::entities::retention::{legal_hold, tombstone};
use crate::jobs;
use crate::key::{Purpose, hex};
use crate::keys::DataKey;
use crate::listings;
use crate::sealed::{self, Column, Confidential, place};
use crate::transaction::{StoreError, Who, Writing, sealed::Sealed};

/// What becomes of a row when nothing opens any more what was sealed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It says nothing without that, and goes.
    Goes,
    /// It says something without that, and stays without it.
    Emptied,
    /// It stays, and that there was something is part of what it says: [`NOBODY`] stands there instead.
    Replaced,
}

/// Every column that a group's keys seal. A test finds one that is missing here. What authors wrote for themselves is sealed by keys of their own.
const FATES: [(Confidential, Fate); 25] = {
    use Fate::{Emptied, Goes, Replaced};
    [
        // That a record was opened stays; what was written then does not.
        (sealed::BREAK_GLASS_WORDS, Replaced),
        (sealed::REPORT_WORDS, Goes),
        (sealed::SCREENING_ANSWERS, Goes),
        (sealed::TALK_NOTE, Goes),
        (sealed::APPLICATION_LETTER, Goes),
        // Who was brought in is told from the others by it.
        (sealed::SCREENED_BY, Replaced),
        (sealed::GUEST_HANDLE, Goes),
        (sealed::ENTRANCE_ADDRESS, Goes),
        (sealed::ENTRANCE_LINK, Goes),
        // Marks and what an author wrote for themselves stay, and name the session.
        (sealed::PLAN, Emptied),
        (sealed::HEADS, Emptied),
        (sealed::CURRICULUM, Goes),
        // That someone said they cannot come stays.
        (sealed::EXCUSE, Emptied),
        (sealed::ADVICE, Goes),
        (sealed::WHEREABOUTS, Goes),
        (sealed::EMERGENCY, Goes),
        (sealed::BILLING_NUMBER, Goes),
        (sealed::SESSION_TEXT, Goes),
        (sealed::PART_TEXT, Goes),
        (sealed::MEMBER_GOAL, Goes),
        (sealed::GROUP_GOAL, Goes),
        (sealed::ROSTER_MARK, Goes),
        (sealed::RELEASED, Goes),
        (sealed::SESSION_FACTS, Goes),
        (sealed::PART_FACTS, Goes),
    ]
};

/// Rows that name one of a table whose rows go: that table, theirs, and the column that names it. They go first; those of `guest` and `advice`
/// the engine takes itself.
const NAMING: [(&str, &str, &str); 3] = [
    ("session_record", "session_text", "record_id"),
    ("member_part", "part_text", "record_id"),
    ("member_part", "released_note", "part_id"),
];

/// Whether a group's keys seal it.
#[cfg(test)]
pub(crate) fn is_of_groups(column: sealed::Column) -> bool {
    FATES.iter().any(|(one, _)| one.0 == column)
}

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Destroyed {
    pub keys: u64,
    /// Rows that say nothing any more, and that are gone.
    pub rows: u64,
    /// Values that are gone from rows that stay.
    pub values: u64,
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
    for (column, fate) in FATES {
        let (table, by_them) = (column.0.table, sealed::is_sealed_by(writing, column.0, &ids));
        match fate {
            Fate::Goes => {
                for (_, naming, names) in NAMING.iter().filter(|(named, ..)| *named == table) {
                    let theirs = format!("{names} in (select id from {table} where {by_them})");
                    destroyed.rows += run(writing, format!("delete from {naming} where {theirs}")).await?;
                }
                destroyed.rows += run(writing, format!("delete from {table} where {by_them}")).await?;
            }
            Fate::Emptied => {
                let sql = format!("update {table} set {} = null where {by_them}", column.0.name);
                destroyed.values += run(writing, sql).await?;
            }
            Fate::Replaced => destroyed.values += replace(writing, column, &by_them).await?,
        }
    }
    destroyed.keys = keys.destroy(writing.looking(), &ids).await?;
    Ok(destroyed)
}

async fn run(writing: &Writing, sql: String) -> Result<u64, StoreError> {
    let db = writing.looking();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// The keys that sealed what stood there are out of use by now: a new one seals what says nothing of anybody.
async fn replace(writing: &Writing, column: Confidential, by_them: &str) -> Result<u64, StoreError> {
    let db = writing.looking();
    let backend = db.get_database_backend();
    let Column { table, name, .. } = column.0;
    let sql = format!("select id, listing_id from {table} where {by_them}");
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await?;
    let sql = format!(
        "update {table} set {name} = {} where id = {}",
        place(backend, 1),
        place(backend, 2)
    );
    let mut replaced = 0;
    for row in rows {
        let id: Uuid = row.try_get("", "id")?;
        let group: Option<Uuid> = row.try_get("", "listing_id")?;
        let group = GroupId(group.unwrap_or_default());
        let nobody = column.seal(writing, id, group, NOBODY).await?;
        let statement = Statement::from_sql_and_values(backend, &sql, [nobody.into(), id.into()]);
        replaced += db.execute_raw(statement).await?.rows_affected();
    }
    Ok(replaced)
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

#[cfg(test)]
mod tests {
    use domain::access::Class;

    use super::is_of_groups;
    use crate::sealed::COLUMNS;

    /// Of accounts, of what people agreed to, of authors alone; and searches, which are saved by mail.
    #[test]
    fn every_sealed_column_is_of_groups_or_of_nobodys_group() {
        let not = [Class::Account, Class::Consent, Class::ProcessNote].map(Class::name);
        for column in COLUMNS {
            assert_ne!(
                is_of_groups(column),
                not.contains(&column.class()) || column.table == "saved_search",
                "what becomes of {}.{} when the keys of a group are destroyed?",
                column.table,
                column.name
            );
        }
    }
}
