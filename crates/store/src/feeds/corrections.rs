//! Fixing a row that is held: what a person says in place of what the feed has wrong, kept for the next time, until the feed
//! says something else itself.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::groups::{Listing, Slug};
use domain::mending::{Correction, Mended};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::held::{find, forget, unfinished};
use super::{FeedId, last_run, row};
use crate::entities::work::correction;
use crate::entities::{id, import_row, listing, new_id};
use crate::imports::correcting::{Corrected, note, reason, said, standing};
use crate::imports::{self, Outcome};
use crate::listings::facts;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::RunListings;
use crate::transaction::{StoreError, Transaction};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorrectionId(Uuid);

id!(CorrectionId);

/// What was said here in place of a fact of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCorrection {
    pub id: CorrectionId,
    /// The feed's own id of the row.
    pub row: String,
    /// The group, if there is a listing of it.
    pub group: Option<(Slug, String)>,
    /// What the feed calls the fact.
    pub field: String,
    pub given: Option<String>,
    /// None: it is listed without.
    pub put: Option<String>,
    pub at: DateTime<Utc>,
    pub state: CorrectionState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionState {
    /// It stands in the listing.
    Holds,
    /// Its row is not in the feed, or something else holds it.
    Waits,
    /// The feed has said something else since, and that holds.
    Overruled(DateTime<Utc>),
}

/// What a listing was before it was corrected, to be that again.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    facts: String,
    gone_on: Option<NaiveDate>,
}

/// Puts this in place of what a held row has wrong. It becomes a listing of its feed, or nothing is changed and what is still
/// wrong is told: `puts` come first in it. `id` is the row's own, which was seen: another import may have come meanwhile.
pub async fn correct(
    permit: &mut Permit<'_, RunListings>,
    feed: FeedId,
    number: u32,
    id: &str,
    puts: &[Correction],
) -> Result<Result<Slug, Mended>, StoreError> {
    imports::one_at_a_time(permit.db()).await?;
    let (source, row) = find(permit.db(), feed, number).await?;
    if row.external_id != id {
        return Err(StoreError::Changed);
    }
    let unfinished = unfinished(&row).ok_or(StoreError::Denied(Denied::NoRight))?;
    let there = standing(permit.db(), source, std::iter::once(id)).await?;
    let others: Vec<_> = there
        .iter()
        .filter_map(|row| Some((row.id, said(row)?)))
        .filter(|(_, other)| puts.iter().all(|put| put.fact != other.fact))
        .collect();
    let all = puts.iter().chain(others.iter().map(|(_, other)| other));
    let mended = unfinished.mend(&all.cloned().collect::<Vec<_>>());
    let listing = match &mended.listing {
        // Each was needed: what nobody asked for is not kept.
        Ok(listing) if (0..puts.len()).all(|at| mended.used.contains(&at)) => listing.clone(),
        _ => return Ok(Err(mended)),
    };
    let now = permit.transaction.now();
    let before = listing_of(permit.db(), source, id).await?;
    let listed = before.as_ref().map_or_else(|| new_id(now), |row| row.id);
    let put_by = permit.person().map(|person| person.0);
    let db = permit.act("feeds.correct", listed.to_string()).await?;
    let mut used: Vec<Uuid> = mended
        .used
        .iter()
        .filter_map(|at| others.get(at.checked_sub(puts.len())?))
        .map(|(id, _)| *id)
        .collect();
    let before_text = before.as_ref().and_then(|row| {
        let before = Before {
            facts: row.facts.clone(),
            gone_on: row.gone_on,
        };
        serde_json::to_string(&before).ok()
    });
    let mut rows = Vec::new();
    for put in puts {
        let name = put.fact.to_string();
        let field = unfinished
            .problems()
            .iter()
            .find(|problem| problem.fact == put.fact);
        rows.push(correction::Model {
            id: new_id(now),
            source_id: source,
            external_id: id.to_owned(),
            field: field.map_or_else(|| name.clone(), |problem| problem.field.clone()),
            fact: name,
            given: put.given.clone(),
            put: put.put.clone(),
            put_by,
            put_at: now,
            overruled_at: None,
            listing_before: before_text.clone(),
        });
    }
    for put in there
        .iter()
        .filter(|row| rows.iter().any(|put| put.fact == row.fact))
    {
        correction::Entity::delete_by_id(put.id).exec(db).await?;
    }
    used.extend(rows.iter().map(|row| row.id));
    let notes: Vec<String> = rows.iter().map(note).collect();
    for row in rows {
        row.into_active_model().insert(db).await?;
    }
    let is_new = before.is_none();
    let slug = list(db, (listed, source, id), before, &listing, now).await?;
    let outcome = if is_new {
        Outcome::Imported
    } else {
        Outcome::Changed
    };
    let mut row = row.into_active_model();
    row.outcome = Set(outcome.name().to_owned());
    row.notes = Set(serde_json::to_string(&notes).unwrap_or_default());
    row.corrected = Set(Corrected::by(used).text());
    let row = row.update(db).await?;
    forget(db, source, &row.list, id).await?;
    Ok(Ok(slug))
}

/// Takes back all that was said in place of a row's facts: it is held as before, and its listing is what it was before.
pub async fn withdraw(
    permit: &mut Permit<'_, RunListings>,
    feed: FeedId,
    correction: CorrectionId,
) -> Result<(), StoreError> {
    imports::one_at_a_time(permit.db()).await?;
    let no = || StoreError::Denied(Denied::NoRight);
    let known = row(permit.db(), feed).await?;
    let found = correction::Entity::find_by_id(correction.0)
        .one(permit.db())
        .await?
        .filter(|row| Some(row.source_id) == known.source_id && row.overruled_at.is_none())
        .ok_or_else(no)?;
    let (source, id, now) = (
        found.source_id,
        found.external_id.as_str(),
        permit.transaction.now(),
    );
    let all = standing(permit.db(), source, std::iter::once(id)).await?;
    let run = last_run(permit.db(), Some(source)).await?;
    let listing = listing_of(permit.db(), source, id).await?;
    let object = listing
        .as_ref()
        .map_or_else(|| found.id.to_string(), |listing| listing.id.to_string());
    let db = permit.act("feeds.withdraw-correction", object).await?;
    for row in &all {
        correction::Entity::delete_by_id(row.id).exec(db).await?;
    }
    let row = match run {
        Some((run, _)) => row_of(db, run.id, id).await?,
        None => None,
    };
    let Some(row) = row.filter(|row| !Corrected::of(row).used.is_empty()) else {
        return Ok(());
    };
    let was_listed = row.outcome != Outcome::Held.name();
    let notes: Vec<String> = unfinished(&row).iter().map(reason).collect();
    let mut row = row.into_active_model();
    row.outcome = Set(Outcome::Held.name().to_owned());
    row.notes = Set(serde_json::to_string(&notes).unwrap_or_default());
    row.corrected = Set(None);
    row.update(db).await?;
    if let Some(listing) = listing.filter(|_| was_listed) {
        let before = all.iter().find_map(|row| {
            let text = row.listing_before.as_deref()?;
            serde_json::from_str::<Before>(text).ok()
        });
        let today = now.date_naive();
        let mut listing = listing.into_active_model();
        // A held row takes its listing out of the finder (decision 3).
        listing.gone_on = Set(Some(
            before.as_ref().and_then(|before| before.gone_on).unwrap_or(today),
        ));
        if let Some(before) = before {
            listing.facts = Set(before.facts);
        }
        listing.changed_at = Set(now);
        listing.update(db).await?;
    }
    Ok(())
}

/// All that was said in place of what a feed has wrong, the newest first.
pub async fn corrections(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
    feed: FeedId,
) -> Result<Vec<KeptCorrection>, StoreError> {
    let (db, feed) = (permit.db(), row(permit.db(), feed).await?);
    let Some(source) = feed.source_id else {
        return Ok(Vec::new());
    };
    let rows = of_source(source).all(db).await?;
    kept(db, source, rows).await
}

/// The newest first.
fn of_source(source: Uuid) -> Select<correction::Entity> {
    correction::Entity::find()
        .filter(correction::Column::SourceId.eq(source))
        .order_by_desc(correction::Column::Id)
}

/// Those of one row, as the feed's pages tell them.
pub(super) async fn of_row(
    db: &DatabaseTransaction,
    source: Uuid,
    id: &str,
) -> Result<Vec<KeptCorrection>, StoreError> {
    let rows = of_source(source)
        .filter(correction::Column::ExternalId.eq(id))
        .all(db)
        .await?;
    kept(db, source, rows).await
}

async fn kept(
    db: &DatabaseTransaction,
    source: Uuid,
    rows: Vec<correction::Model>,
) -> Result<Vec<KeptCorrection>, StoreError> {
    let ids = || rows.iter().map(|row| row.external_id.as_str());
    let listings = listing::Entity::find()
        .filter(listing::Column::SourceId.eq(source))
        .filter(listing::Column::ExternalId.is_in(ids()))
        .all(db)
        .await?;
    let run = last_run(db, Some(source)).await?.map(|(run, _)| run.id);
    let in_run = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run.unwrap_or_default()))
        .filter(import_row::Column::Corrected.is_not_null())
        .filter(import_row::Column::Outcome.ne(Outcome::Held.name()))
        .all(db)
        .await?;
    let used: Vec<Uuid> = in_run.iter().flat_map(|row| Corrected::of(row).used).collect();
    let mut all = Vec::new();
    for row in rows {
        let group = listings
            .iter()
            .find(|listing| listing.external_id.as_ref() == Some(&row.external_id));
        let group = group.map(|listing| {
            let told = super::told(listing, super::NewsOf::Changed);
            Ok::<_, StoreError>((people::slug(&listing.slug)?, told.title))
        });
        let state = match row.overruled_at {
            Some(at) => CorrectionState::Overruled(at),
            None if used.contains(&row.id) => CorrectionState::Holds,
            None => CorrectionState::Waits,
        };
        all.push(KeptCorrection {
            id: CorrectionId(row.id),
            row: row.external_id,
            group: group.transpose()?,
            field: row.field,
            given: row.given,
            put: row.put,
            at: row.put_at,
            state,
        });
    }
    Ok(all)
}

/// Writes the listing of a row; gives its slug.
async fn list(
    db: &DatabaseTransaction,
    (id, source, external): (Uuid, Uuid, &str),
    before: Option<listing::Model>,
    listing: &Listing,
    now: DateTime<Utc>,
) -> Result<Slug, StoreError> {
    let facts = facts(listing)?;
    if let Some(row) = before {
        let slug = people::slug(&row.slug)?;
        let mut row = row.into_active_model();
        row.facts = Set(facts);
        row.changed_at = Set(now);
        row.gone_on = Set(None);
        row.update(db).await?;
        return Ok(slug);
    }
    let slug = imports::new_slug(now);
    let row = listing::Model {
        id,
        slug: slug.to_string(),
        source_id: Some(source),
        external_id: Some(external.to_owned()),
        facts,
        created_at: now,
        changed_at: now,
        gone_on: None,
    };
    row.into_active_model().insert(db).await?;
    Ok(slug)
}

async fn listing_of(
    db: &DatabaseTransaction,
    source: Uuid,
    id: &str,
) -> Result<Option<listing::Model>, StoreError> {
    let found = listing::Entity::find()
        .filter(listing::Column::SourceId.eq(source))
        .filter(listing::Column::ExternalId.eq(id));
    Ok(found.one(db).await?)
}

async fn row_of(
    db: &DatabaseTransaction,
    run: Uuid,
    id: &str,
) -> Result<Option<import_row::Model>, StoreError> {
    let found = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run))
        .filter(import_row::Column::List.eq("groups"))
        .filter(import_row::Column::ExternalId.eq(id));
    Ok(found.one(db).await?)
}
