//! Public listings.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Class;
use domain::groups::{Freshness, Listing, Slug, freshness};
use futures::TryStreamExt;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QueryResult, QueryTrait, Select, StreamTrait,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::{audit, listing, new_id};
use crate::transaction::{Reading, StoreError, Writing};

/// A listing as it is public.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    pub slug: Slug,
    pub listing: Listing,
    /// The day since which the feed it came from does not name it any more.
    pub gone: Option<NaiveDate>,
    pub changed_at: DateTime<Utc>,
}

/// Every listing, those gone from their feed too. A row that cannot be read is left out; see [`damaged`].
pub async fn public(reading: &mut Reading) -> Result<Vec<Published>, StoreError> {
    let mut all = Vec::new();
    each_public(reading, |published| all.push(published)).await?;
    Ok(all)
}

/// The same one after another, for who keeps less of each than all of it.
pub async fn each_public(reading: &mut Reading, mut take: impl FnMut(Published)) -> Result<(), StoreError> {
    let take = |row: Result<_, Damaged>| {
        if let Ok(published) = row.map_err(log) {
            take(published);
        }
    };
    each(reading, listing::Entity::find(), take).await
}

/// A number that grows with every change of what is public, by whichever process: each has its audit row.
pub async fn version(reading: &mut Reading) -> Result<u64, StoreError> {
    let of_listings = audit::Entity::find().filter(audit::Column::Class.eq(Class::Listing.name()));
    Ok(of_listings.count(&reading.transaction).await?)
}

/// The organisation's own, and none of any feed.
pub async fn own(reading: &mut Reading) -> Result<Vec<Published>, StoreError> {
    let own = listing::Entity::find().filter(listing::Column::SourceId.is_null());
    let mut all = Vec::new();
    each(reading, own, |published| all.extend(published.map_err(log).ok())).await?;
    Ok(all)
}

pub async fn by_slug(reading: &mut Reading, slug: &Slug) -> Result<Option<Published>, StoreError> {
    let with_slug = listing::Entity::find().filter(listing::Column::Slug.eq(slug.as_str()));
    let mut found = None;
    each(reading, with_slug, |row| found = row.map_err(log).ok()).await?;
    Ok(found)
}

/// A listing that someone should look at again, and why; the worst first.
#[derive(Debug, Clone, PartialEq)]
pub struct Worn {
    pub published: Published,
    pub why: Wear,
}

/// In the order of how bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wear {
    /// Its feed does not name it any more.
    Gone,
    /// Nobody ever said when it was true.
    Never,
    /// Not verified for 180 days or more.
    Stale,
    /// Not verified for 90 days or more.
    Fading,
}

/// The listings that fade on `today`, are stale or gone. Groups that have ended need nobody's look.
pub async fn worn(reading: &mut Reading, today: NaiveDate) -> Result<Vec<Worn>, StoreError> {
    let all = public(reading).await?;
    let mut worn: Vec<Worn> = all
        .into_iter()
        .filter(|published| !published.listing.has_ended(today))
        .filter_map(|published| {
            let why = wear(&published, today)?;
            Some(Worn { published, why })
        })
        .collect();
    worn.sort_by(|a, b| {
        let order = |worn: &Worn| {
            let since = worn.published.gone.or(worn.published.listing.verified_on);
            (worn.why, since)
        };
        let title = |worn: &Worn| worn.published.listing.title.clone();
        order(a).cmp(&order(b)).then_with(|| title(a).cmp(&title(b)))
    });
    Ok(worn)
}

fn wear(published: &Published, today: NaiveDate) -> Option<Wear> {
    if published.gone.is_some() {
        return Some(Wear::Gone);
    }
    match freshness(published.listing.verified_on, today) {
        Freshness::Unknown => Some(Wear::Never),
        Freshness::Stale { .. } => Some(Wear::Stale),
        Freshness::Fading { .. } => Some(Wear::Fading),
        Freshness::Fresh { .. } => None,
    }
}

/// The ids of rows that cannot be read, and why.
pub async fn damaged(reading: &mut Reading) -> Result<Vec<(String, String)>, StoreError> {
    let mut all = Vec::new();
    let note = |row: Result<_, Damaged>| all.extend(row.err().map(|damaged| (damaged.id, damaged.why)));
    each(reading, listing::Entity::find(), note).await?;
    Ok(all)
}

/// Publishes a listing of the organisation's own, or publishes it anew under the slug it has.
pub async fn publish(writing: &mut Writing, slug: &Slug, listing: &Listing) -> Result<(), StoreError> {
    let now = writing.now();
    let present = listing::Entity::find()
        .filter(listing::Column::Slug.eq(slug.as_str()))
        .one(writing.looking())
        .await?;
    if present.as_ref().is_some_and(|row| row.source_id.is_some()) {
        return Err(StoreError::SlugTaken(slug.to_string()));
    }
    let id = present.as_ref().map_or_else(|| new_id(now), |row| row.id);
    let act = Act {
        action: "listings.publish",
        class: "C1",
        object: id.to_string(),
        ..Act::default()
    };
    let facts = facts(listing)?;
    let transaction = writing.act(act).await?;
    if let Some(row) = present {
        let mut row = row.into_active_model();
        row.facts = Set(facts);
        row.changed_at = Set(now);
        row.gone_on = Set(None);
        row.update(transaction).await?;
    } else {
        let row = listing::Model {
            id,
            slug: slug.to_string(),
            source_id: None,
            external_id: None,
            facts,
            created_at: now,
            changed_at: now,
            gone_on: None,
        };
        row.into_active_model().insert(transaction).await?;
    }
    Ok(())
}

/// A listing as it stands in the column `facts`: the same listing always gives the same text.
pub(crate) fn facts(listing: &Listing) -> Result<String, StoreError> {
    serde_json::to_string(listing).map_err(|why| StoreError::Database(why.into()))
}

struct Damaged {
    id: String,
    why: String,
}

fn log(Damaged { id, why }: Damaged) {
    tracing::error!(id, why, "a listing cannot be read and is not shown");
}

/// Takes one row after another, so that no more than one of them is in memory as the database gave it. One that cannot be
/// read must not take the others with it.
async fn each(
    reading: &Reading,
    find: Select<listing::Entity>,
    mut take: impl FnMut(Result<Published, Damaged>),
) -> Result<(), StoreError> {
    let db = &reading.transaction;
    let find = find.order_by_asc(listing::Column::Id);
    let find = find.build(StreamTrait::get_database_backend(db));
    let mut rows = db.stream_raw(find).await?;
    while let Some(row) = rows.try_next().await? {
        take(read(&row));
    }
    Ok(())
}

fn read(row: &QueryResult) -> Result<Published, Damaged> {
    let damaged = |why: String| Damaged {
        id: row.try_get::<Uuid>("", "id").map_or_else(
            |_| "a row whose id cannot be read".to_owned(),
            |id| id.to_string(),
        ),
        why,
    };
    let row = listing::Model::from_query_result(row, "").map_err(|why| damaged(why.to_string()))?;
    let listing = serde_json::from_str(&row.facts)
        .map_err(|why| damaged(format!("its facts cannot be read: {why}")))?;
    let slug = Slug::parse(&row.slug).map_err(|why| damaged(why.to_string()))?;
    Ok(Published {
        slug,
        listing,
        gone: row.gone_on,
        changed_at: row.changed_at,
    })
}
