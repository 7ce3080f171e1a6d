//! Feeds that are fetched by their address: which there are, how each went, and what to do about it.
//!
//! Where the program connects to is the installation's: admins set addresses. What comes of it are listings: who runs those
//! looks at them, fetches now, and takes or leaves what is held.

mod corrections;
mod fetching;
mod held;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Denied;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entities::work::{feed_address, job};
use crate::entities::{id, import_row, import_run, listing, new_id};
use crate::imports::Summary;
use crate::jobs;
use crate::permit::Permit;
use crate::permit::acts::{RunInstallation, RunListings};
use crate::transaction::{StoreError, Transaction};

pub use corrections::{CorrectionId, CorrectionState, KeptCorrection, correct, corrections, withdraw};
pub use fetching::{Ended, ToFetch, ended, to_fetch};
pub use held::{HeldRow, ToFix, dismiss, fixable, held, own, restore_row};

/// Runs that are shown.
const MOST_RUNS: u64 = 20;
/// Groups that are named of what a run changed.
const MOST_NEWS: u64 = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedId(pub(crate) Uuid);

id!(FeedId);

/// What an admin says of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub address: String,
    /// Whose groups they are.
    pub programme: String,
    /// Seen in the feed, if it is not given.
    pub format: Option<String>,
    /// For formats whose groups may name no zone.
    pub zone: Option<String>,
    /// Under which licence or by whose leave it may be shown.
    pub licence: Option<String>,
    pub every_hours: u16,
}

/// A feed and how it is with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: FeedId,
    pub wanted: Wanted,
    /// When its site last answered as it should.
    pub fetched_at: Option<DateTime<Utc>>,
    /// None: it is not fetched by itself.
    pub next_at: Option<DateTime<Utc>>,
    pub is_under_way: bool,
    pub problem: Option<String>,
    /// What came would take away so many of so many groups, and waits for a person to say so.
    pub shrunk: Option<(u64, u64)>,
    pub is_paused: bool,
    pub is_removed: bool,
    /// What the last one came to.
    pub last: Option<Past>,
}

/// A run that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    pub at: DateTime<Utc>,
    pub counts: Summary,
}

/// A group that the last run changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub outcome: NewsOf,
    pub slug: String,
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewsOf {
    Imported,
    Changed,
    Gone,
}

/// Every feed, by the name of the programme.
pub async fn list(permit: &mut Permit<'_, RunListings, impl Transaction>) -> Result<Vec<Known>, StoreError> {
    let now = permit.transaction.now();
    let rows = feed_address::Entity::find()
        .order_by_asc(feed_address::Column::Programme)
        .order_by_asc(feed_address::Column::Id);
    let mut feeds = Vec::new();
    for row in rows.all(permit.db()).await? {
        feeds.push(known(permit.db(), row, now).await?);
    }
    Ok(feeds)
}

pub async fn show(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    id: FeedId,
) -> Result<Known, StoreError> {
    let now = permit.transaction.now();
    let row = row(permit.db(), id).await?;
    known(permit.db(), row, now).await
}

/// The last runs that were taken in, the newest first.
pub async fn runs(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    id: FeedId,
) -> Result<Vec<Past>, StoreError> {
    let row = row(permit.db(), id).await?;
    past(permit.db(), row.source_id, MOST_RUNS).await
}

/// Which groups the last run brought, changed and took away, as far as they are named one by one.
pub async fn news(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    id: FeedId,
) -> Result<Vec<News>, StoreError> {
    let (db, row) = (permit.db(), row(permit.db(), id).await?);
    let Some((run, source)) = last_run(db, row.source_id).await? else {
        return Ok(Vec::new());
    };
    let changed: Vec<(String, String)> = import_row::Entity::find()
        .select_only()
        .columns([import_row::Column::ExternalId, import_row::Column::Outcome])
        .filter(import_row::Column::RunId.eq(run.id))
        .filter(import_row::Column::List.eq("groups"))
        .filter(import_row::Column::Outcome.is_in(["imported", "changed"]))
        .order_by_asc(import_row::Column::Number)
        .limit(MOST_NEWS)
        .into_tuple()
        .all(db)
        .await?;
    let ids = changed.iter().map(|(id, _)| id.clone());
    let there = listing::Entity::find()
        .filter(listing::Column::SourceId.eq(source))
        .filter(listing::Column::ExternalId.is_in(ids))
        .all(db)
        .await?;
    let imported = |group: &listing::Model| {
        changed
            .iter()
            .any(|(id, outcome)| group.external_id.as_ref() == Some(id) && outcome == "imported")
    };
    let mut news: Vec<News> = there
        .iter()
        .map(|group| {
            let new = imported(group);
            told(group, if new { NewsOf::Imported } else { NewsOf::Changed })
        })
        .collect();
    let gone = listing::Entity::find()
        .filter(listing::Column::SourceId.eq(source))
        .filter(listing::Column::GoneOn.is_not_null())
        .filter(listing::Column::ChangedAt.eq(run.ended_at))
        .limit(MOST_NEWS);
    news.extend(gone.all(db).await?.iter().map(|group| told(group, NewsOf::Gone)));
    news.sort_by(|a, b| (a.outcome, &a.title).cmp(&(b.outcome, &b.title)));
    Ok(news)
}

/// Whether another feed, also a removed one, has groups of this programme: each would take the other's groups for gone.
pub async fn is_taken(
    permit: &mut Permit<'_, RunInstallation, impl Transaction>,
    programme: &str,
    but: Option<FeedId>,
) -> Result<bool, StoreError> {
    let rows = feed_address::Entity::find().all(permit.db()).await?;
    let same = |row: &feed_address::Model| row.programme.to_lowercase() == programme.to_lowercase();
    Ok(rows
        .iter()
        .any(|row| same(row) && but.is_none_or(|but| but.0 != row.id)))
}

/// A new feed; it is fetched at once.
pub async fn add(permit: &mut Permit<'_, RunInstallation>, wanted: &Wanted) -> Result<FeedId, StoreError> {
    let id = new_id(permit.transaction.now());
    let row = feed_address::Model {
        id,
        address: wanted.address.clone(),
        programme: wanted.programme.clone(),
        format: wanted.format.clone(),
        zone: wanted.zone.clone(),
        licence: wanted.licence.clone(),
        every_hours: i32::from(wanted.every_hours),
        source_id: None,
        etag: None,
        last_modified: None,
        made_at: permit.transaction.now(),
        fetched_at: None,
        problem: None,
        shrunk_from: None,
        shrunk_by: None,
        accepted: false,
        paused_at: None,
        removed_at: None,
    };
    let db = permit.act("feeds.add", id.to_string()).await?;
    row.into_active_model().insert(db).await?;
    plan(permit, FeedId(id), wanted.every_hours).await?;
    Ok(FeedId(id))
}

/// Says anew what a feed is. What was remembered of its site is forgotten, and it is fetched at once.
pub async fn change(
    permit: &mut Permit<'_, RunInstallation>,
    id: FeedId,
    wanted: &Wanted,
) -> Result<(), StoreError> {
    let row = row(permit.db(), id).await?;
    let runs = row.paused_at.is_none() && row.removed_at.is_none();
    let is_other = row.programme != wanted.programme || row.format != wanted.format;
    let mut row = row.into_active_model();
    row.address = Set(wanted.address.clone());
    row.programme = Set(wanted.programme.clone());
    row.format = Set(wanted.format.clone());
    row.zone = Set(wanted.zone.clone());
    row.licence = Set(wanted.licence.clone());
    row.every_hours = Set(i32::from(wanted.every_hours));
    row.etag = Set(None);
    row.last_modified = Set(None);
    row.problem = Set(None);
    row.shrunk_from = Set(None);
    row.shrunk_by = Set(None);
    row.accepted = Set(false);
    if is_other {
        row.source_id = Set(None);
    }
    let db = permit.act("feeds.change", id.0.to_string()).await?;
    row.update(db).await?;
    if runs {
        plan(permit, id, wanted.every_hours).await?;
        jobs::wake(permit.transaction, jobs::FEED, &id.to_string()).await?;
    }
    Ok(())
}

/// It is not fetched until it is resumed; its listings stay.
pub async fn pause(permit: &mut Permit<'_, RunInstallation>, id: FeedId) -> Result<(), StoreError> {
    let (row, now) = (row(permit.db(), id).await?, permit.transaction.now());
    let mut row = row.into_active_model();
    row.paused_at = Set(Some(now));
    stop(permit, "feeds.pause", id, row).await
}

pub async fn resume(permit: &mut Permit<'_, RunInstallation>, id: FeedId) -> Result<(), StoreError> {
    let mut row = row(permit.db(), id).await?.into_active_model();
    row.paused_at = Set(None);
    go_on(permit, "feeds.resume", id, row).await
}

/// It is not fetched any more; its listings stay until someone takes them away. Can be taken back.
pub async fn remove(permit: &mut Permit<'_, RunInstallation>, id: FeedId) -> Result<(), StoreError> {
    let (row, now) = (row(permit.db(), id).await?, permit.transaction.now());
    let mut row = row.into_active_model();
    row.removed_at = Set(Some(now));
    stop(permit, "feeds.remove", id, row).await
}

pub async fn restore(permit: &mut Permit<'_, RunInstallation>, id: FeedId) -> Result<(), StoreError> {
    let mut row = row(permit.db(), id).await?.into_active_model();
    row.removed_at = Set(None);
    row.paused_at = Set(None);
    go_on(permit, "feeds.restore", id, row).await
}

/// Fetches it now.
pub async fn fetch_now(permit: &mut Permit<'_, RunListings>, id: FeedId) -> Result<(), StoreError> {
    fetched_by_itself(&row(permit.db(), id).await?)?;
    permit.act("feeds.fetch-now", id.0.to_string()).await?;
    jobs::wake(permit.transaction, jobs::FEED, &id.to_string()).await
}

/// Takes what was held back because so many groups are gone from it: it is fetched again, and taken as it is then.
pub async fn accept(permit: &mut Permit<'_, RunListings>, id: FeedId) -> Result<(), StoreError> {
    let row = row(permit.db(), id).await?;
    fetched_by_itself(&row)?;
    if row.shrunk_by.is_none() {
        return Err(Denied::NoRight.into());
    }
    let mut row = row.into_active_model();
    row.accepted = Set(true);
    let db = permit.act("feeds.accept", id.0.to_string()).await?;
    row.update(db).await?;
    jobs::wake(permit.transaction, jobs::FEED, &id.to_string()).await
}

fn fetched_by_itself(row: &feed_address::Model) -> Result<(), StoreError> {
    if row.paused_at.is_some() || row.removed_at.is_some() {
        return Err(Denied::NoRight.into());
    }
    Ok(())
}

async fn stop(
    permit: &mut Permit<'_, RunInstallation>,
    action: &'static str,
    id: FeedId,
    row: feed_address::ActiveModel,
) -> Result<(), StoreError> {
    let db = permit.act(action, id.0.to_string()).await?;
    row.update(db).await?;
    jobs::cancel(permit.transaction, jobs::FEED, &id.to_string()).await
}

async fn go_on(
    permit: &mut Permit<'_, RunInstallation>,
    action: &'static str,
    id: FeedId,
    row: feed_address::ActiveModel,
) -> Result<(), StoreError> {
    let db = permit.act(action, id.0.to_string()).await?;
    let row = row.update(db).await?;
    if fetched_by_itself(&row).is_err() {
        return Ok(());
    }
    plan(permit, id, u16::try_from(row.every_hours).unwrap_or(24)).await
}

async fn plan(
    permit: &mut Permit<'_, RunInstallation>,
    id: FeedId,
    every_hours: u16,
) -> Result<(), StoreError> {
    let every = TimeDelta::hours(i64::from(every_hours));
    jobs::put(permit.transaction, jobs::FEED, &id.to_string(), every).await
}

async fn row(db: &DatabaseTransaction, id: FeedId) -> Result<feed_address::Model, StoreError> {
    let row = feed_address::Entity::find_by_id(id.0).one(db).await?;
    row.ok_or(StoreError::Denied(Denied::NoRight))
}

async fn known(
    db: &DatabaseTransaction,
    row: feed_address::Model,
    now: DateTime<Utc>,
) -> Result<Known, StoreError> {
    let id = FeedId(row.id);
    let job = job::Entity::find()
        .filter(job::Column::Kind.eq(jobs::FEED))
        .filter(job::Column::Subject.eq(id.to_string()))
        .one(db)
        .await?;
    let last = past(db, row.source_id, 1).await?.pop();
    let taken_until = job.as_ref().and_then(|job| job.taken_until);
    let shrunk = row.shrunk_by.zip(row.shrunk_from);
    Ok(Known {
        id,
        fetched_at: row.fetched_at,
        next_at: job.map(|job| job.due_at),
        is_under_way: taken_until.is_some_and(|until| now < until),
        problem: row.problem,
        shrunk: shrunk.map(|(by, from)| (by.unsigned_abs(), from.unsigned_abs())),
        is_paused: row.paused_at.is_some(),
        is_removed: row.removed_at.is_some(),
        last,
        wanted: Wanted {
            address: row.address,
            programme: row.programme,
            format: row.format,
            zone: row.zone,
            licence: row.licence,
            every_hours: u16::try_from(row.every_hours).unwrap_or(24),
        },
    })
}

/// Runs that were taken in, the newest first; those from before counts were kept have none.
async fn past(db: &DatabaseTransaction, source: Option<Uuid>, most: u64) -> Result<Vec<Past>, StoreError> {
    let Some(source) = source else {
        return Ok(Vec::new());
    };
    let rows = import_run::Entity::find()
        .filter(import_run::Column::SourceId.eq(source))
        .filter(import_run::Column::State.eq("complete"))
        .order_by_desc(import_run::Column::Id)
        .limit(most);
    let told = |run: import_run::Model| {
        Some(Past {
            at: run.ended_at?,
            counts: serde_json::from_str(&run.counts?).ok()?,
        })
    };
    Ok(rows.all(db).await?.into_iter().filter_map(told).collect())
}

async fn last_run(
    db: &DatabaseTransaction,
    source: Option<Uuid>,
) -> Result<Option<(import_run::Model, Uuid)>, StoreError> {
    let Some(source) = source else { return Ok(None) };
    let run = import_run::Entity::find()
        .filter(import_run::Column::SourceId.eq(source))
        .filter(import_run::Column::State.eq("complete"))
        .order_by_desc(import_run::Column::Id)
        .one(db)
        .await?;
    Ok(run.map(|run| (run, source)))
}

fn told(group: &listing::Model, outcome: NewsOf) -> News {
    let facts: serde_json::Value = serde_json::from_str(&group.facts).unwrap_or_default();
    News {
        outcome,
        slug: group.slug.clone(),
        title: facts["title"].as_str().unwrap_or_default().to_owned(),
    }
}
