//! What is known of the backups that were made: when, how large, and whether anything was done since.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::access::Denied;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::Manifest;
use crate::audit::Act;
use crate::entities::work::backup;
use crate::entities::{audit, new_id};
use crate::permit::Permit;
use crate::permit::acts::SeeInstallation;
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// The newest backup is late from this age on: a day, and two hours in which the next may be under way.
pub const LATE: TimeDelta = TimeDelta::hours(26);

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The moment it shows.
    pub made_at: DateTime<Utc>,
    /// Its file, without the folder.
    pub name: String,
    pub bytes: i64,
    pub rows: i64,
    pub age: TimeDelta,
    /// As nothing was done since.
    pub is_current: bool,
}

/// A file that a backup was written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub name: String,
    pub bytes: u64,
    /// Of the file.
    pub sha256: String,
}

/// Whether the newest backup, if there is any, is too old.
pub fn is_late(newest: Option<&Backup>) -> bool {
    newest.is_none_or(|newest| newest.age > LATE)
}

/// The newest there is.
pub async fn newest(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
) -> Result<Option<Backup>, StoreError> {
    find(permit.transaction).await
}

/// The same, for the program itself and who is at its console.
pub async fn newest_by_us(transaction: &mut impl Transaction) -> Result<Option<Backup>, StoreError> {
    only_ours(transaction)?;
    find(transaction).await
}

/// Writes down that a backup was made. One that somebody asked for has its audit row; that the program makes them by itself is no
/// act, like its other jobs.
pub async fn record(writing: &mut Writing, made: &Made, manifest: &Manifest) -> Result<(), StoreError> {
    only_ours(writing)?;
    if writing.who == Who::Operator {
        let act = Act {
            action: "backups.make",
            class: "C12",
            object: made.name.clone(),
            ..Act::default()
        };
        writing.act(act).await?;
    }
    let row = backup::Model {
        id: new_id(writing.now()),
        made_at: manifest.header.made_at.trunc_subsecs(6),
        name: made.name.clone(),
        bytes: number(made.bytes),
        rows: number(manifest.rows()),
        audit_rows: number(manifest.audit.rows),
        sha256: made.sha256.clone(),
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Backups whose files are gone are known no more.
pub async fn forget(writing: &mut Writing, names: &[String]) -> Result<(), StoreError> {
    only_ours(writing)?;
    backup::Entity::delete_many()
        .filter(backup::Column::Name.is_in(names))
        .exec(writing.looking())
        .await?;
    Ok(())
}

async fn find(transaction: &impl Transaction) -> Result<Option<Backup>, StoreError> {
    let db = transaction.looking();
    let row = backup::Entity::find()
        .order_by_desc(backup::Column::MadeAt)
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let rows = audit::Entity::find().count(db).await?;
    Ok(Some(Backup {
        made_at: row.made_at,
        name: row.name,
        bytes: row.bytes,
        rows: row.rows,
        age: transaction.now() - row.made_at,
        is_current: row.audit_rows == number(rows),
    }))
}

fn number(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn only_ours(transaction: &impl Transaction) -> Result<(), StoreError> {
    match transaction.who() {
        Who::Job(_) | Who::Operator => Ok(()),
        Who::Visitor | Who::Person(_) => Err(Denied::NoRight.into()),
    }
}
