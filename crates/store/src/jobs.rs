//! What the program does by itself: a queue in a table, so that several processes share the work and nothing that is due is
//! forgotten by a restart.
//!
//! A job comes back after a while, or at once when something wakes it in the transaction that gives it work. Who takes one
//! has it for a time; if that process dies, another takes it after that. When it was taken and how it went is no act and
//! has no audit row; what it changes has.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::access::Denied;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entities::work::job;
use crate::entities::{id, new_id};
use crate::permit::Permit;
use crate::permit::acts::{RunInstallation, SeeInstallation};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// Sends letters; [`crate::outbox`] wakes it.
pub const LETTERS: &str = "letters";

/// Asks those who lead groups whether their listings are still true.
pub const CONFIRMATIONS: &str = "confirmations";

/// Asks those who look at opened records to do so, where their time is over.
pub const REVIEWS: &str = "reviews";
/// Signs where the audit's chain ends, and puts that elsewhere.
pub const AUDIT_HEAD: &str = "audit-head";
/// Makes a backup, if anything was done since the last.
pub const BACKUPS: &str = "backups";

/// Takes away what its time is over for.
pub const RETENTION: &str = "retention";
/// Writes beside the backups who was deleted; [`crate::retention`] wakes it.
pub const TOMBSTONES: &str = "tombstones";

/// Ends offers that nobody answered, and reminds who owes a step on the way into a group.
pub const JOINING: &str = "joining";

/// Tells those who saved a search that a group opened.
pub const SEARCHES: &str = "searches";

/// Reminds those who chose so that a session is near.
pub const REMINDERS: &str = "reminders";

/// Fetches a feed; its subject is the id of the feed.
pub const FEED: &str = "feed";

/// How long a process has a job that it took, before another one may take it.
pub const KEEPS: TimeDelta = TimeDelta::minutes(30);
/// A letter may tell of somebody in danger: it does not wait for long if who was to send it died. Two may send at a time, as each has
/// its letters to itself.
pub const KEEPS_LETTERS: TimeDelta = TimeDelta::minutes(2);

/// After a failure it is tried again this much later, then twice that, at most when it would come back anyway.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// A job that was taken; only [`ended`] gives it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub kind: String,
    /// What it is done for, where there are several of a kind.
    pub subject: String,
    id: Uuid,
    due_at: DateTime<Utc>,
    taken_until: DateTime<Utc>,
}

/// A job as an admin sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub id: JobId,
    pub kind: String,
    pub subject: String,
    pub every: TimeDelta,
    pub due_at: DateTime<Utc>,
    /// Someone is at it now.
    pub is_taken: bool,
    pub begun_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// How often it failed since it last went well.
    pub failures: u32,
    pub outcome: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobId(Uuid);

id!(JobId);

/// Sees to it that a job is there and comes back after `every`; a new one is due at once.
pub async fn plan(
    writing: &mut Writing,
    kind: &'static str,
    subject: &str,
    every: TimeDelta,
) -> Result<(), StoreError> {
    only_ours(writing)?;
    put(writing, kind, subject, every).await
}

/// The same, in a change that has its own audit row already.
pub(crate) async fn put(
    writing: &mut Writing,
    kind: &'static str,
    subject: &str,
    every: TimeDelta,
) -> Result<(), StoreError> {
    let now = now(writing);
    let there = find(writing.looking(), kind, subject).await?;
    if let Some(row) = there {
        if row.every_seconds != every.num_seconds() {
            let sooner = row.due_at.min(now + every);
            let mut row = row.into_active_model();
            row.every_seconds = Set(every.num_seconds());
            row.due_at = Set(sooner);
            row.update(writing.looking()).await?;
        }
        return Ok(());
    }
    let row = job::Model {
        id: new_id(now),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        every_seconds: every.num_seconds(),
        due_at: now,
        taken_until: None,
        begun_at: None,
        ended_at: None,
        failures: 0,
        outcome: None,
    };
    // Two nodes that start at once plan the same.
    job::Entity::insert(row.into_active_model())
        .on_conflict(
            sea_orm::sea_query::OnConflict::columns([job::Column::Kind, job::Column::Subject])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(writing.looking())
        .await?;
    Ok(())
}

/// Makes a job due now. One that is under way comes again after that.
pub(crate) async fn wake(writing: &Writing, kind: &str, subject: &str) -> Result<(), StoreError> {
    job::Entity::update_many()
        .col_expr(job::Column::DueAt, Expr::value(now(writing)))
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Subject.eq(subject))
        .exec(writing.looking())
        .await?;
    Ok(())
}

/// A job that comes back no more.
pub(crate) async fn cancel(writing: &Writing, kind: &str, subject: &str) -> Result<(), StoreError> {
    job::Entity::delete_many()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Subject.eq(subject))
        .exec(writing.looking())
        .await?;
    Ok(())
}

/// Whether anything is due; a look is cheaper than a change.
pub async fn is_any_due(transaction: &mut impl Transaction) -> Result<bool, StoreError> {
    let due = job::Entity::find().filter(is_due(transaction.now()));
    Ok(due.one(transaction.looking()).await?.is_some())
}

/// Takes the job that is due for the longest, if any is. It is this process's once the change is committed.
pub async fn take(writing: &mut Writing) -> Result<Option<Job>, StoreError> {
    only_ours(writing)?;
    let now = now(writing);
    let first = job::Entity::find()
        .filter(is_due(now))
        .order_by_asc(job::Column::DueAt)
        .one(writing.looking())
        .await?;
    let Some(row) = first else { return Ok(None) };
    let keeps = if row.kind == LETTERS { KEEPS_LETTERS } else { KEEPS };
    let taken_until = now + keeps;
    let taken = job::Entity::update_many()
        .set(job::ActiveModel {
            taken_until: Set(Some(taken_until)),
            begun_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(job::Column::Id.eq(row.id))
        .filter(is_due(now))
        .exec(writing.looking())
        .await?;
    // Another process was a moment earlier.
    Ok((taken.rows_affected == 1).then_some(Job {
        kind: row.kind,
        subject: row.subject,
        id: row.id,
        due_at: row.due_at,
        taken_until,
    }))
}

/// Gives a job back and says how it went. It comes back after its time, a failed one sooner.
pub async fn ended(
    writing: &mut Writing,
    job: Job,
    outcome: Result<String, String>,
) -> Result<(), StoreError> {
    only_ours(writing)?;
    let (db, now) = (writing.looking(), now(writing));
    let mine = || {
        Condition::all()
            .add(job::Column::Id.eq(job.id))
            .add(job::Column::TakenUntil.eq(job.taken_until))
    };
    // Another one has it by now, or it was cancelled.
    let Some(row) = job::Entity::find().filter(mine()).one(db).await? else {
        return Ok(());
    };
    let every = TimeDelta::seconds(row.every_seconds);
    let failures = if outcome.is_ok() { 0 } else { row.failures + 1 };
    let wait = match failures {
        0 => every,
        failures => every.min(AGAIN * (1 << (failures - 1).clamp(0, 10))),
    };
    let words = outcome.unwrap_or_else(|why| why);
    job::Entity::update_many()
        .set(job::ActiveModel {
            taken_until: Set(None),
            ended_at: Set(Some(now)),
            failures: Set(failures),
            outcome: Set(Some(words.chars().take(300).collect())),
            ..Default::default()
        })
        .filter(mine())
        .exec(db)
        .await?;
    // What was woken meanwhile stays due.
    job::Entity::update_many()
        .col_expr(job::Column::DueAt, Expr::value(now + wait))
        .filter(job::Column::Id.eq(job.id))
        .filter(job::Column::DueAt.eq(job.due_at))
        .exec(db)
        .await?;
    Ok(())
}

/// Every job, by kind.
pub async fn all(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
) -> Result<Vec<Planned>, StoreError> {
    let now = permit.transaction.now();
    let rows = job::Entity::find()
        .order_by_asc(job::Column::Kind)
        .order_by_asc(job::Column::Subject)
        .all(permit.db())
        .await?;
    Ok(rows.into_iter().map(|row| planned(row, now)).collect())
}

/// Makes a job due now.
pub async fn run_now(permit: &mut Permit<'_, RunInstallation>, id: JobId) -> Result<(), StoreError> {
    let row = job::Entity::find_by_id(id.0).one(permit.db()).await?;
    let row = row.ok_or(StoreError::Denied(Denied::NoRight))?;
    permit.act("jobs.run", row.kind.clone()).await?;
    wake(permit.transaction, &row.kind, &row.subject).await
}

fn planned(row: job::Model, now: DateTime<Utc>) -> Planned {
    Planned {
        id: JobId(row.id),
        kind: row.kind,
        subject: row.subject,
        every: TimeDelta::seconds(row.every_seconds),
        due_at: row.due_at,
        is_taken: row.taken_until.is_some_and(|until| now < until),
        begun_at: row.begun_at,
        ended_at: row.ended_at,
        failures: row.failures.unsigned_abs(),
        outcome: row.outcome,
    }
}

fn is_due(now: DateTime<Utc>) -> Condition {
    let free = Condition::any()
        .add(job::Column::TakenUntil.is_null())
        .add(job::Column::TakenUntil.lte(now));
    Condition::all().add(job::Column::DueAt.lte(now)).add(free)
}

async fn find(db: &DatabaseTransaction, kind: &str, subject: &str) -> Result<Option<job::Model>, StoreError> {
    let row = job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Subject.eq(subject))
        .one(db)
        .await?;
    Ok(row)
}

/// Both engines keep microseconds, and what is read is compared with what was written.
fn now(writing: &Writing) -> DateTime<Utc> {
    writing.now().trunc_subsecs(6)
}

fn only_ours(writing: &Writing) -> Result<(), StoreError> {
    match writing.who {
        Who::Job(_) => Ok(()),
        _ => Err(Denied::NoRight.into()),
    }
}
