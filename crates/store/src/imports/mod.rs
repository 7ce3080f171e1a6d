//! Importing a feed: staged in short transactions, visible with the last one, or not at all.

pub(crate) mod correcting;
mod providers;

pub use correcting::Corrected;
pub use providers::{StagedProvider, compare_providers, stage_providers};

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::groups::{Listing, Slug};
use domain::mending::Unfinished;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend,
    EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Statement, Value,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::{import_link, import_row, import_run, listing, new_id, source};
use crate::listings::facts;
use crate::transaction::{Reading, StoreError, Writing};

/// After so long without a new row a run counts as dead, and another may begin.
const DEAD_AFTER: TimeDelta = TimeDelta::minutes(10);
/// Rows that one statement inserts or looks up; SQLite takes a bounded number of values.
const CHUNK: usize = 500;

/// Whose feed it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub programme: String,
    pub format: &'static str,
}

/// A row of the feed, as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Staged {
    /// Counted from 1.
    pub row: usize,
    /// The feed's own id of the group, unique in it.
    pub id: String,
    /// A listing, or why there is none.
    pub listing: Result<Listing, String>,
    pub notes: Vec<String>,
    /// What a row that is no listing says, for whoever mends it.
    pub said: Vec<(String, String)>,
    /// Of such a row: the facts as far as they go, where it can be mended.
    pub unfinished: Option<Unfinished>,
    /// What was said here in place of its facts; nothing before [`stage`] or [`compare`] has looked.
    pub corrected: Corrected,
}

impl Staged {
    /// Whether it is a listing by what was said here in place of its facts.
    pub fn is_corrected(&self) -> bool {
        self.listing.is_ok() && !self.corrected.used.is_empty()
    }

    /// As it was put aside.
    fn of(row: &import_row::Model) -> Self {
        fn read<T: DeserializeOwned + Default>(text: Option<&str>) -> T {
            text.and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_default()
        }
        let mut notes: Vec<String> = read(Some(&row.notes));
        let reason = if notes.is_empty() {
            String::new()
        } else {
            notes.remove(0)
        };
        Self {
            row: usize::try_from(row.number).unwrap_or_default(),
            id: row.external_id.clone(),
            listing: Err(reason),
            notes,
            said: read(row.said.as_deref()),
            unfinished: read(row.unfinished.as_deref()),
            corrected: Corrected::default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Imported,
    Changed,
    Unchanged,
    Held,
}

/// An import that has begun. Nothing of it is visible before [`finish`].
#[derive(Debug)]
pub struct Run {
    id: Uuid,
    pub(crate) source: Uuid,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub imported: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub held: u64,
    /// Those that were there and are not in the feed now.
    pub gone: u64,
    /// Of those that are listed: by what was said here in place of what the feed has wrong.
    #[serde(default)]
    pub corrected: u64,
}

/// What a whole import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Finished {
    pub groups: Summary,
    pub providers: Summary,
}

/// Which of the two lists of a feed a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Groups,
    Providers,
}

impl List {
    /// As it stands in `import_row`.
    fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Providers => "providers",
        }
    }
}

impl Summary {
    /// Rows of the feed; each is one of the four outcomes.
    pub fn read(&self) -> u64 {
        self.imported + self.changed + self.unchanged + self.held
    }
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
        }
    }
}

/// Begins an import. A run that died is cleaned away; one that lives is an error.
pub async fn begin(writing: &mut Writing, feed: &Feed) -> Result<Run, StoreError> {
    let now = writing.now();
    one_at_a_time(writing.looking()).await?;
    let known = find_source(writing.looking(), feed).await?;
    let (id, source) = (new_id(now), known.unwrap_or_else(|| new_id(now)));
    let running = import_run::Entity::find()
        .filter(import_run::Column::SourceId.eq(source))
        .filter(import_run::Column::State.eq("begun"))
        .one(writing.looking())
        .await?;
    if let Some(run) = running
        .as_ref()
        .filter(|run| now - run.touched_at < DEAD_AFTER && now >= run.touched_at)
    {
        return Err(StoreError::ImportRunning {
            programme: feed.programme.clone(),
            since: run.begun_at,
        });
    }
    let transaction = writing
        .act(Act {
            action: "imports.begin",
            class: "C1",
            object: id.to_string(),
            ..Act::default()
        })
        .await?;
    if let Some(dead) = running {
        clear(transaction, dead.id).await?;
        let mut dead = dead.into_active_model();
        dead.state = Set("abandoned".to_owned());
        dead.ended_at = Set(Some(now));
        dead.update(transaction).await?;
    }
    if known.is_none() {
        let row = source::Model {
            id: source,
            programme: feed.programme.clone(),
            format: feed.format.to_owned(),
        };
        row.into_active_model().insert(transaction).await?;
    }
    let run = import_run::Model {
        id,
        source_id: source,
        state: "begun".to_owned(),
        begun_at: now,
        touched_at: now,
        ended_at: None,
        counts: None,
    };
    run.into_active_model().insert(transaction).await?;
    Ok(Run { id, source })
}

/// Puts rows aside for [`finish`] and tells what will become of each, with what was said here in place of what they have wrong.
pub async fn stage(
    writing: &mut Writing,
    run: &Run,
    rows: &mut [Staged],
) -> Result<Vec<Outcome>, StoreError> {
    correcting::correct(writing.looking(), Some(run.source), rows).await?;
    let (outcomes, kept) = aside(writing.looking(), run, rows, writing.now()).await?;
    keep(writing, run, kept).await?;
    Ok(outcomes)
}

/// What becomes of rows, and each as it is put aside.
async fn aside(
    db: &impl ConnectionTrait,
    run: &Run,
    rows: &[Staged],
    now: DateTime<Utc>,
) -> Result<(Vec<Outcome>, Vec<import_row::ActiveModel>), StoreError> {
    let texts = texts(rows)?;
    let outcomes = outcomes(db, Some(run.source), rows, &texts).await?;
    let rows = rows
        .iter()
        .zip(&outcomes)
        .zip(texts)
        .map(|((row, outcome), text)| {
            let notes = row.listing.as_ref().err().into_iter().chain(&row.notes);
            let place = (List::Groups, row.row, row.id.as_str());
            let mut kept = import_row(run, place, *outcome, notes, text, now);
            let corrected = row.corrected.text();
            if *outcome == Outcome::Held || corrected.is_some() {
                let unfinished = row.unfinished.as_ref();
                kept.said = Set(Some(serde_json::to_string(&row.said).unwrap_or_default()));
                kept.unfinished = Set(unfinished.and_then(|it| serde_json::to_string(it).ok()));
            }
            kept.corrected = Set(corrected);
            kept
        });
    let rows = rows.collect();
    Ok((outcomes, rows))
}

/// A row as it is put aside.
fn import_row<'a>(
    run: &Run,
    (list, number, id): (List, usize, &str),
    outcome: Outcome,
    notes: impl Iterator<Item = &'a String>,
    facts: Option<String>,
    now: DateTime<Utc>,
) -> import_row::ActiveModel {
    import_row::Model {
        id: new_id(now),
        run_id: run.id,
        number: i32::try_from(number).unwrap_or(i32::MAX),
        external_id: id.to_owned(),
        outcome: outcome.name().to_owned(),
        notes: serde_json::to_string(&notes.collect::<Vec<_>>()).unwrap_or_default(),
        slug: (outcome == Outcome::Imported).then(|| new_slug(now).to_string()),
        facts: facts.filter(|_| matches!(outcome, Outcome::Imported | Outcome::Changed)),
        list: list.name().to_owned(),
        said: None,
        unfinished: None,
        corrected: None,
    }
    .into_active_model()
}

/// Keeps rows of a run that goes on.
async fn keep<'a>(
    writing: &'a mut Writing,
    run: &Run,
    rows: Vec<import_row::ActiveModel>,
) -> Result<&'a DatabaseTransaction, StoreError> {
    let now = writing.now();
    let act = Act {
        action: "imports.stage",
        class: "C1",
        object: run.id.to_string(),
        ..Act::default()
    };
    let transaction = writing.act(act).await?;
    let touched = import_run::Entity::update_many()
        .set(import_run::ActiveModel {
            touched_at: Set(now),
            ..Default::default()
        })
        .filter(import_run::Column::Id.eq(run.id))
        .filter(import_run::Column::State.eq("begun"))
        .exec(transaction)
        .await?;
    if touched.rows_affected == 0 {
        return Err(StoreError::ImportEnded);
    }
    for chunk in rows.chunks(CHUNK) {
        import_row::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(transaction)
}

/// Makes the run visible: a few statements over whole sets, one transaction.
pub async fn finish(writing: &mut Writing, run: Run) -> Result<Finished, StoreError> {
    let now = writing.now();
    let act = Act {
        action: "imports.finish",
        class: "C1",
        object: run.id.to_string(),
        ..Act::default()
    };
    let transaction = writing.act(act).await?;
    one_at_a_time(transaction).await?;
    let ended = end(transaction, run.id, "complete", now).await?;
    if ended == 0 {
        return Err(StoreError::ImportEnded);
    }
    correct_late(transaction, &run, now).await?;
    let corrected = correcting::ended(transaction, &run, now).await?;
    let gone = [
        show(transaction, &run, "listing", List::Groups, now).await?,
        show(transaction, &run, "provider", List::Providers, now).await?,
    ];
    providers::link(transaction, &run).await?;
    execute(
        transaction,
        "update import_row set facts = null, slug = null where run_id = $1",
        vec![run.id.into()],
    )
    .await?;
    // What became of each row is kept for the last run of a feed.
    execute(
        transaction,
        "delete from import_row where run_id in (select id from import_run where source_id = $1 and id <> $2)",
        vec![run.source.into(), run.id.into()],
    )
    .await?;
    let finished = Finished {
        groups: Summary {
            corrected,
            ..summary(transaction, run.id, List::Groups, gone[0]).await?
        },
        providers: summary(transaction, run.id, List::Providers, gone[1]).await?,
    };
    import_run::Entity::update_many()
        .set(import_run::ActiveModel {
            counts: Set(serde_json::to_string(&finished.groups).ok()),
            ..Default::default()
        })
        .filter(import_run::Column::Id.eq(run.id))
        .exec(transaction)
        .await?;
    Ok(finished)
}

/// What was said while the run was under way is put into the rows that were read before.
async fn correct_late(db: &DatabaseTransaction, run: &Run, now: DateTime<Utc>) -> Result<(), StoreError> {
    let begun = import_run::Entity::find_by_id(run.id).one(db).await?;
    let begun_at = begun.map_or(now, |run| run.begun_at);
    let mut late = correcting::late(db, run, begun_at).await?;
    correcting::correct(db, Some(run.source), &mut late).await?;
    let (_, rows) = aside(db, run, &late, now).await?;
    for chunk in rows.chunks(CHUNK) {
        import_row::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// How many groups of the feed there are now, and how many of them would be gone by what was staged.
pub async fn losses(reading: &mut Reading, run: &Run) -> Result<(u64, u64), StoreError> {
    let there = || {
        listing::Entity::find()
            .filter(listing::Column::SourceId.eq(run.source))
            .filter(listing::Column::GoneOn.is_null())
    };
    let named = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::ExternalId)
        .filter(import_row::Column::RunId.eq(run.id))
        .filter(import_row::Column::List.eq(List::Groups.name()))
        .filter(import_row::Column::Outcome.ne(Outcome::Held.name()))
        .into_query();
    let db = &reading.transaction;
    let gone = there().filter(listing::Column::ExternalId.not_in_subquery(named));
    Ok((there().count(db).await?, gone.count(db).await?))
}

/// Moves the rows of one list into its table; gives how many are gone from it.
async fn show(
    db: &DatabaseTransaction,
    run: &Run,
    table: &'static str,
    list: List,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    execute(
        db,
        &format!(
            "insert into {table} (id, slug, source_id, external_id, facts, created_at, changed_at)
             select id, slug, $1, external_id, facts, $2, $2 from import_row
             where run_id = $3 and list = $4 and outcome = 'imported'"
        ),
        vec![run.source.into(), now.into(), run.id.into(), list.name().into()],
    )
    .await?;
    execute(
        db,
        &format!(
            "update {table} set changed_at = $1, gone_on = null, facts = (select r.facts from import_row r
                 where r.run_id = $2 and r.list = $4 and r.outcome = 'changed' and r.external_id = {table}.external_id)
             where source_id = $3 and external_id in
                 (select external_id from import_row where run_id = $2 and list = $4 and outcome = 'changed')"
        ),
        vec![
            now.into(),
            run.id.into(),
            run.source.into(),
            list.name().into(),
        ],
    )
    .await?;
    let gone = execute(
        db,
        &format!(
            "update {table} set changed_at = $1, gone_on = $2 where source_id = $3 and gone_on is null
             and external_id not in
                 (select external_id from import_row where run_id = $4 and list = $5 and outcome <> 'held')"
        ),
        vec![
            now.into(),
            now.date_naive().into(),
            run.source.into(),
            run.id.into(),
            list.name().into(),
        ],
    )
    .await?;
    Ok(gone)
}

/// Runs a statement; gives how many rows it changed.
async fn execute(db: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Gives an import up: nothing of it was visible, and the next may begin at once.
pub async fn abandon(writing: &mut Writing, run: &Run) -> Result<(), StoreError> {
    let now = writing.now();
    let act = Act {
        action: "imports.abandon",
        class: "C1",
        object: run.id.to_string(),
        ..Act::default()
    };
    let transaction = writing.act(act).await?;
    clear(transaction, run.id).await?;
    end(transaction, run.id, "abandoned", now).await?;
    Ok(())
}

/// What [`stage`] would say, with nothing written.
pub async fn compare(
    reading: &mut Reading,
    feed: &Feed,
    rows: &mut [Staged],
) -> Result<Vec<Outcome>, StoreError> {
    let source = find_source(&reading.transaction, feed).await?;
    correcting::correct(&reading.transaction, source, rows).await?;
    outcomes(&reading.transaction, source, rows, &texts(rows)?).await
}

/// Two imports that begin at once, or one that ends while a row of the last is mended: the second waits here and then sees the first. SQLite has one writer anyway.
pub(crate) async fn one_at_a_time(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("select pg_advisory_xact_lock(5343000002)")
            .await?;
    }
    Ok(())
}

/// Throws away what a run has put aside.
async fn clear(db: &impl ConnectionTrait, run: Uuid) -> Result<(), StoreError> {
    import_row::Entity::delete_many()
        .filter(import_row::Column::RunId.eq(run))
        .exec(db)
        .await?;
    import_link::Entity::delete_many()
        .filter(import_link::Column::RunId.eq(run))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a run that has begun; gives how many there were, one or none.
async fn end(
    db: &impl ConnectionTrait,
    run: Uuid,
    state: &str,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let ended = import_run::Entity::update_many()
        .set(import_run::ActiveModel {
            state: Set(state.to_owned()),
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(import_run::Column::Id.eq(run))
        .filter(import_run::Column::State.eq("begun"))
        .exec(db)
        .await?;
    Ok(ended.rows_affected)
}

async fn find_source(db: &impl ConnectionTrait, feed: &Feed) -> Result<Option<Uuid>, StoreError> {
    let row = source::Entity::find()
        .filter(source::Column::Programme.eq(&feed.programme))
        .filter(source::Column::Format.eq(feed.format))
        .one(db)
        .await?;
    Ok(row.map(|row| row.id))
}

/// The facts of each row as they would be kept; none for a row that is held.
fn texts(rows: &[Staged]) -> Result<Vec<Option<String>>, StoreError> {
    rows.iter()
        .map(|row| row.listing.as_ref().ok().map(facts).transpose())
        .collect()
}

async fn outcomes(
    db: &impl ConnectionTrait,
    source: Option<Uuid>,
    rows: &[Staged],
    texts: &[Option<String>],
) -> Result<Vec<Outcome>, StoreError> {
    let mut present = HashMap::new();
    for chunk in rows.chunks(CHUNK) {
        let Some(source) = source else { break };
        let found: Vec<(String, String, Option<chrono::NaiveDate>)> = listing::Entity::find()
            .select_only()
            .columns([
                listing::Column::ExternalId,
                listing::Column::Facts,
                listing::Column::GoneOn,
            ])
            .filter(listing::Column::SourceId.eq(source))
            .filter(listing::Column::ExternalId.is_in(chunk.iter().map(|row| &row.id)))
            .into_tuple()
            .all(db)
            .await?;
        present.extend(found.into_iter().map(|(id, facts, gone)| (id, (facts, gone))));
    }
    let outcome = |(row, text): (&Staged, &Option<String>)| match (text, present.get(&row.id)) {
        (None, _) => Outcome::Held,
        (Some(_), None) => Outcome::Imported,
        (Some(text), Some((there, None))) if there == text => Outcome::Unchanged,
        (Some(_), Some(_)) => Outcome::Changed,
    };
    Ok(rows.iter().zip(texts).map(outcome).collect())
}

async fn summary(db: &impl ConnectionTrait, run: Uuid, list: List, gone: u64) -> Result<Summary, StoreError> {
    let count = async |outcome: Outcome| {
        import_row::Entity::find()
            .filter(import_row::Column::RunId.eq(run))
            .filter(import_row::Column::List.eq(list.name()))
            .filter(import_row::Column::Outcome.eq(outcome.name()))
            .count(db)
            .await
    };
    Ok(Summary {
        imported: count(Outcome::Imported).await?,
        changed: count(Outcome::Changed).await?,
        unchanged: count(Outcome::Unchanged).await?,
        held: count(Outcome::Held).await?,
        gone,
        corrected: 0,
    })
}

/// A slug from the random bits of an id that is used for nothing else.
pub(crate) fn new_slug(now: DateTime<Utc>) -> Slug {
    Slug::from_bits(new_id(now).as_u64_pair().1)
}
