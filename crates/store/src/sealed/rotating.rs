//! New keys for what is sealed, while the site goes on: short changes, one after another, that can be taken up again.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use super::{COLUMNS, Cipher, Column, place};
use crate::audit::Act;
use crate::engine::Store;
use crate::transaction::{StoreError, Who, Writing, sealed::Sealed};

/// Rows of one change.
pub(super) const BATCH: u64 = 1_000;

/// A change that began before a key was retired may still seal by it; none lasts as long as this.
const LONGEST_CHANGE: TimeDelta = TimeDelta::hours(1);

/// What a rotation came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Keys that were wrapped anew by the newest of the ring.
    pub rewrapped: u64,
    /// Keys that seal nothing new from now on.
    pub retired: u64,
    /// Values sealed anew.
    pub resealed: u64,
    /// Old keys that are gone, as nothing needs them.
    pub forgotten: u64,
    /// Old keys that stay until the next rotation: a change from before may still need them.
    pub waiting: u64,
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub done: u64,
    pub all: u64,
}

/// Wraps every key by the newest of the ring, makes new keys for all that is sealed, and seals it anew. A rotation that was
/// broken off is finished in place of beginning another.
pub async fn rotate(store: &Store, mut progress: impl FnMut(Step)) -> Result<Rotated, StoreError> {
    let mut rotated = Rotated::default();
    let mut writing = store.write(Who::Operator).await?;
    writing.act(act("keys.rotate", String::new())).await?;
    let keys = Sealed::keys(&writing).clone();
    let now = writing.now();
    rotated.rewrapped = keys.rewrap(writing.looking()).await?;
    let mut left = left(&writing).await?;
    if left == 0 {
        rotated.retired = keys.retire(writing.looking(), now).await?;
        left = self::left(&writing).await?;
    }
    writing.commit().await?;
    let all = left;
    progress(Step { done: 0, all });
    for column in COLUMNS {
        loop {
            let mut writing = store.write(Who::Operator).await?;
            let Some(resealed) = reseal(&mut writing, column).await? else {
                break;
            };
            writing.commit().await?;
            rotated.resealed += resealed;
            progress(Step {
                done: rotated.resealed.min(all),
                all,
            });
        }
    }
    let mut writing = store.write(Who::Operator).await?;
    writing.act(act("keys.forget", String::new())).await?;
    let mut unneeded = Vec::new();
    for key in keys.retired(writing.looking()).await? {
        let old = key.retired_at.is_some_and(|at| at + LONGEST_CHANGE < now);
        if old && !is_needed(&writing, key.id).await? {
            unneeded.push(key.id);
        } else {
            rotated.waiting += 1;
        }
    }
    rotated.forgotten = keys.destroy(writing.looking(), &unneeded).await?;
    writing.commit().await?;
    Ok(rotated)
}

fn act(action: &'static str, object: String) -> Act {
    Act {
        action,
        class: "C12",
        object,
        ..Act::default()
    }
}

/// Seals up to a batch of values anew whose key is retired. How many; a value that somebody changed meanwhile is not one. None
/// when there are no more.
async fn reseal(writing: &mut Writing, column: Column) -> Result<Option<u64>, StoreError> {
    let rows = retired(writing, column).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let object = format!("{}.{} {}", column.table, column.name, rows.len());
    writing.act(act("keys.reseal", object)).await?;
    let db = writing.looking();
    let backend = db.get_database_backend();
    let Column { table, name, id, .. } = column;
    let sql = format!(
        "update {table} set {name} = {} where {id} = {} and {name} = {}",
        place(backend, 1),
        place(backend, 2),
        place(backend, 3)
    );
    let mut resealed = 0;
    for (row, old) in rows {
        let (scope, plain) = column.open_in(writing, row, &old).await?;
        let new = column.seal_for(writing, row, &scope, plain.reveal()).await?;
        let values = [new.into(), row.into(), old.into()];
        let statement = Statement::from_sql_and_values(backend, &sql, values);
        resealed += db.execute_raw(statement).await?.rows_affected();
    }
    Ok(Some(resealed))
}

/// How many values there are whose key is retired.
async fn left(writing: &Writing) -> Result<u64, StoreError> {
    let mut left = 0;
    for column in COLUMNS {
        let sql = format!(
            "select count(*) as n from {} where {} in (select id from data_key where retired_at is not null)",
            column.table,
            number(writing, column)
        );
        left += count(writing, &sql).await?;
    }
    Ok(left)
}

async fn is_needed(writing: &Writing, key: i32) -> Result<bool, StoreError> {
    for column in COLUMNS {
        let sql = format!(
            "select count(*) as n from {} where {} = {key}",
            column.table,
            number(writing, column)
        );
        if count(writing, &sql).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn count(writing: &Writing, sql: &str) -> Result<u64, StoreError> {
    let db = writing.looking();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let n: i64 = row.ok_or(StoreError::Changed)?.try_get("", "n")?;
    Ok(n.unsigned_abs())
}

async fn retired(writing: &Writing, column: Column) -> Result<Vec<(Uuid, Cipher)>, StoreError> {
    let db = writing.looking();
    let Column { table, name, id, .. } = column;
    let sql = format!(
        "select {id} as id, {name} as sealed from {table} where {} in (select id from data_key where retired_at is not null) limit {BATCH}",
        number(writing, column)
    );
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "sealed")?)))
        .collect()
}

/// Whether a value is sealed by one of these keys, as the engine sees it.
pub(crate) fn is_sealed_by(writing: &Writing, column: Column, keys: &[i32]) -> String {
    let keys: Vec<_> = keys.iter().map(i32::to_string).collect();
    format!("{} in ({})", number(writing, column), keys.join(", "))
}

/// The number of the key of a sealed value, as the engine reads it out of the value.
fn number(writing: &Writing, column: Column) -> String {
    let name = column.name;
    match writing.looking().get_database_backend() {
        // Four bytes as hexadecimal digits, in the order of the alphabet: SQLite has no other way to a number.
        DbBackend::Sqlite => {
            let digit = |at: usize, power: u32| {
                format!(
                    "(instr('0123456789ABCDEF', substr(hex(substr({name}, 2, 4)), {at}, 1)) - 1) * {power}"
                )
            };
            let digits = (1..=8).map(|at| digit(at, 16_u32.pow(8 - u32::try_from(at).unwrap_or(8))));
            format!("({})", digits.collect::<Vec<_>>().join(" + "))
        }
        _ => {
            let bytes = (0..4).map(|at| format!("get_byte({name}, {}) * {}", at + 1, 256_u32.pow(3 - at)));
            format!("({})", bytes.collect::<Vec<_>>().join(" + "))
        }
    }
}
