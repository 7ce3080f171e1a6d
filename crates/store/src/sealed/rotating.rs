//! New keys for what is sealed, while the site goes on: short changes, one after another, that can be taken up again.

use std::time::Instant;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use super::{At, COLUMNS, Cipher, Column, at, place};
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
        let mut after = Uuid::nil();
        loop {
            let begun = Instant::now();
            let mut writing = store.write(Who::Operator).await?;
            let Some((last, resealed)) = reseal(&mut writing, column, after).await? else {
                if after.is_nil() {
                    break;
                }
                // Once more from the beginning: a change from before may have sealed a row that was passed.
                after = Uuid::nil();
                continue;
            };
            writing.commit().await?;
            after = last;
            rotated.resealed += resealed;
            progress(Step {
                done: rotated.resealed.min(all),
                all,
            });
            if store.url().file().is_some() {
                // One change at a time: who waits in another process looks only now and then whether the file is free.
                tokio::time::sleep(begun.elapsed()).await;
            }
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

/// Seals up to a batch of values anew whose key is retired, in the order of their rows from behind one: a batch costs the same wherever it
/// begins. The last row, and how many; a value that somebody changed meanwhile is not one. None when there are no more.
async fn reseal(
    writing: &mut Writing,
    column: Column,
    after: Uuid,
) -> Result<Option<(Uuid, u64)>, StoreError> {
    let rows = retired(writing, column, after).await?;
    let Some(last) = rows.last().map(|(at, _)| at.row) else {
        return Ok(None);
    };
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
    for (at, old) in rows {
        let (scope, plain) = column.open_in(writing, at, &old).await?;
        let new = column.seal_for(writing, at, &scope, plain.reveal()).await?;
        let values = [new.into(), at.row.into(), old.into()];
        let statement = Statement::from_sql_and_values(backend, &sql, values);
        resealed += db.execute_raw(statement).await?.rows_affected();
    }
    Ok(Some((last, resealed)))
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

async fn retired(writing: &Writing, column: Column, after: Uuid) -> Result<Vec<(At, Cipher)>, StoreError> {
    let db = writing.looking();
    let backend = db.get_database_backend();
    let Column { table, name, id, .. } = column;
    let version = column.version();
    let sql = format!(
        "select {id} as id, {version} as version, {name} as sealed from {table} where {id} > {} and {} in (select id from data_key where retired_at is not null) order by {id} limit {BATCH}",
        place(backend, 1),
        number(writing, column)
    );
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, [after.into()]))
        .await?;
    rows.iter().map(at).collect()
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

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;

    use domain::groups::Mail;
    use futures::FutureExt as _;
    use testing::{TestDatabase, both_engines};

    use super::*;
    use crate::{DatabaseUrl, KeyRing, outbox, sealed};

    /// More than a batch of each of the two columns of a letter.
    const LETTERS: u64 = BATCH + BATCH / 2;

    #[both_engines]
    async fn a_rotation_that_is_broken_off_between_two_batches_goes_on_behind_the_first(db: TestDatabase) {
        let url = DatabaseUrl::parse(&db.setting()).unwrap();
        let store = Store::open(&url, db.clock.clone(), KeyRing::new([7; 32]))
            .await
            .unwrap();
        let mut writing = store.write(Who::Operator).await.unwrap();
        let mail = Mail::parse("river@people.example").unwrap();
        for number in 0..LETTERS {
            outbox::put(&writing, &mail, "A note", &format!("Letter {number}"))
                .await
                .unwrap();
        }
        writing.act(act("keys.rotate", String::new())).await.unwrap();
        writing.commit().await.unwrap();
        let mut steps = Vec::new();
        let run = rotate(&store, |step| {
            steps.push(step.done);
            assert!(step.done == 0, "broken off");
        });
        let broken_off = AssertUnwindSafe(run).catch_unwind().await;
        assert!(broken_off.is_err());
        assert_eq!(steps, [0, BATCH]);
        // The first batch is sealed anew, and the next run takes up the rest: no key is retired twice.
        let rest = 2 * LETTERS - BATCH;
        let mut steps = Vec::new();
        let finished = rotate(&store, |step| steps.push((step.done, step.all)))
            .await
            .unwrap();
        assert_eq!((finished.retired, finished.resealed), (0, rest));
        // Half a batch of the one column, a whole and a half of the other: no batch finds what was sealed anew.
        let half = BATCH / 2;
        let done = [0, half, half + BATCH, rest];
        assert_eq!(steps, done.map(|done| (done, rest)));
        let writing = store.write(Who::Operator).await.unwrap();
        assert_eq!(sealed::check(&writing).await.unwrap(), (2 * LETTERS, Vec::new()));
    }
}
