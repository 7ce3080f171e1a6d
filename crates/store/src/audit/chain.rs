//! The chain: each link names a row and is a MAC over the link before it and that row's own, so that no row can be edited,
//! taken out, put in or moved without every link after it being another.
//!
//! Writers do not wait for one another: they write rows, and one process links them a moment later. Rows of a scope are committed in
//! the order of their numbers, so it is enough to know how far each scope is linked.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Statement,
};
use uuid::Uuid;

use super::{mac, macs};
use crate::engine::Store;
use crate::entities::{audit, audit_link, audit_linked, installation};
use crate::key::Macs;
use crate::transaction::{StoreError, Who, Writing};

/// Rows linked in one transaction.
const BATCH: usize = 500;

/// A scope of which not every row is linked yet.
pub(super) struct Behind {
    pub scope: String,
    /// The last number that was given, and the last that is linked.
    pub last: i64,
    pub linked: i64,
}

/// Links every row that hangs on nothing yet: how many. Several processes may do it at once.
pub async fn link(store: &Store) -> Result<u64, StoreError> {
    const LINKER: Who = Who::Job("audit");
    let mut linked = 0;
    loop {
        if behind(&store.read(LINKER).await?.transaction).await?.is_empty() {
            return Ok(linked);
        }
        let writing = store.write(LINKER).await?;
        let now = link_some(&writing).await?;
        writing.commit().await?;
        if now == 0 {
            return Ok(linked);
        }
        linked += now;
    }
}

/// Links some rows more. What has no number is older than all that have one, and comes first.
async fn link_some(writing: &Writing) -> Result<u64, StoreError> {
    let db = writing.looking();
    if db.get_database_backend() == DbBackend::Postgres {
        // Who comes second waits here, and then sees what the first one linked.
        db.execute_unprepared("select pg_advisory_xact_lock(5343000002)")
            .await?;
    }
    let mut rows = Vec::new();
    if audit_linked::Entity::find().one(db).await?.is_none() {
        rows = unnumbered(db).await?;
    }
    if rows.is_empty() {
        for scope in behind(db).await? {
            let more = numbered(db, &scope, BATCH - rows.len()).await?;
            if let Some(last) = more.last().and_then(|row| row.scope_seq) {
                reached(db, &scope.scope, last).await?;
            }
            rows.extend(more);
            if rows.len() == BATCH {
                break;
            }
        }
    }
    append(db, &macs(&writing.key), &rows).await?;
    Ok(rows.len() as u64)
}

async fn append(db: &DatabaseTransaction, macs: &Macs, rows: &[audit::Model]) -> Result<(), StoreError> {
    let (mut position, mut before) = end(db).await?;
    let mut links = Vec::with_capacity(rows.len());
    for row in rows {
        position += 1;
        let of_row = row.mac.clone().unwrap_or_else(|| mac(macs, row).to_vec());
        let hash = hash(macs, position, &before, row.id, &of_row);
        before = hash.to_vec();
        let link = audit_link::Model {
            position,
            audit_id: row.id,
            hash: hash.to_vec(),
        };
        links.push(link.into_active_model());
    }
    if !links.is_empty() {
        audit_link::Entity::insert_many(links)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The number and the hash of the last link. The first one hangs on the database's own id.
pub(super) async fn end(db: &DatabaseTransaction) -> Result<(i64, Vec<u8>), StoreError> {
    let last = audit_link::Entity::find()
        .order_by_desc(audit_link::Column::Position)
        .one(db)
        .await?;
    Ok(match last {
        Some(link) => (link.position, link.hash),
        None => (0, root(database(db).await?)),
    })
}

/// What stands in place of the link before the first.
pub(super) fn root(database: Uuid) -> Vec<u8> {
    [*database.as_bytes(), [0; 16]].concat()
}

pub(super) async fn database(db: &DatabaseTransaction) -> Result<Uuid, StoreError> {
    let row = installation::Entity::find().one(db).await?;
    row.map(|row| row.id)
        .ok_or_else(|| StoreError::Database("the database has lost its own id".into()))
}

/// A link's hash, over the one before it and the MAC of the row that it names.
pub(super) fn hash(macs: &Macs, position: i64, before: &[u8], row: Uuid, mac: &[u8]) -> [u8; 32] {
    macs.of(&[b"link 1", &position.to_be_bytes(), before, row.as_bytes(), mac])
}

/// How far each scope is behind; those that are not are left out.
pub(super) async fn behind(db: &DatabaseTransaction) -> Result<Vec<Behind>, StoreError> {
    let sql = "select s.scope, s.last, coalesce(l.last, 0) as linked from audit_scope s
        left join audit_linked l on l.scope = s.scope where s.last > coalesce(l.last, 0) order by s.scope";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let behind = rows.into_iter().map(|row| {
        Ok(Behind {
            scope: row.try_get("", "scope")?,
            last: row.try_get("", "last")?,
            linked: row.try_get("", "linked")?,
        })
    });
    behind.collect()
}

async fn numbered(
    db: &DatabaseTransaction,
    behind: &Behind,
    most: usize,
) -> Result<Vec<audit::Model>, StoreError> {
    let rows = audit::Entity::find()
        .filter(audit::Column::Scope.eq(&behind.scope))
        .filter(audit::Column::ScopeSeq.gt(behind.linked))
        .order_by_asc(audit::Column::ScopeSeq)
        .limit(most as u64)
        .all(db)
        .await?;
    Ok(rows)
}

/// Rows from before there were numbers that are not linked yet.
async fn unnumbered(db: &DatabaseTransaction) -> Result<Vec<audit::Model>, StoreError> {
    let linked = audit_link::Entity::find()
        .select_only()
        .column(audit_link::Column::AuditId)
        .into_query();
    let rows = audit::Entity::find()
        .filter(audit::Column::Scope.is_null())
        .filter(audit::Column::Id.not_in_subquery(linked))
        .order_by_asc(audit::Column::Id)
        .limit(BATCH as u64)
        .all(db)
        .await?;
    Ok(rows)
}

async fn reached(db: &DatabaseTransaction, scope: &str, last: i64) -> Result<(), StoreError> {
    let row = audit_linked::Model {
        scope: scope.to_owned(),
        last,
    };
    let on_conflict = sea_orm::sea_query::OnConflict::column(audit_linked::Column::Scope)
        .update_column(audit_linked::Column::Last)
        .to_owned();
    audit_linked::Entity::insert(row.into_active_model())
        .on_conflict(on_conflict)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
