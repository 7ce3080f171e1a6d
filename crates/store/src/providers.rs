//! Public providers: organisations, sites and therapists, and the listings they lead.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::groups::Slug;
use domain::providers::Provider;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select, Statement,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::{listing, new_id, provider, provider_group};
use crate::transaction::{Reading, StoreError, Writing};

/// A provider as it is public.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    pub slug: Slug,
    pub provider: Provider,
    pub links: Links,
    /// The day since which the feed it came from does not name it any more.
    pub gone: Option<NaiveDate>,
    pub changed_at: DateTime<Utc>,
}

/// What a provider belongs to and leads, by slug; some of it may be gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The provider they work at.
    pub part_of: Option<Slug>,
    /// Listings they lead, in order of their slugs.
    pub groups: Vec<Slug>,
}

/// Every provider, those gone from their feed too. A row that cannot be read is left out; see [`damaged`].
pub async fn public(reading: &mut Reading) -> Result<Vec<Published>, StoreError> {
    let rows = rows(reading, provider::Entity::find()).await?;
    let mut groups = groups(reading, None).await?;
    let slugs: HashMap<Uuid, Slug> = rows.iter().filter_map(id_and_slug).collect();
    let read = |row| read(row, &slugs, &mut groups).map_err(log).ok();
    Ok(rows.iter().filter_map(read).collect())
}

pub async fn by_slug(reading: &mut Reading, slug: &Slug) -> Result<Option<Published>, StoreError> {
    let with_slug = provider::Entity::find().filter(provider::Column::Slug.eq(slug.as_str()));
    let found = rows(reading, with_slug).await?;
    let Some(row) = found.first() else {
        return Ok(None);
    };
    let id = row.try_get::<Uuid>("", "id").ok();
    let mut groups = match id {
        Some(id) => groups(reading, Some(id)).await?,
        None => HashMap::new(),
    };
    let part_of = row.try_get::<Option<Uuid>>("", "part_of").ok().flatten();
    let part_of = provider::Entity::find().filter(provider::Column::Id.is_in(part_of));
    let slugs = rows(reading, part_of)
        .await?
        .iter()
        .filter_map(id_and_slug)
        .collect();
    Ok(read(row, &slugs, &mut groups).map_err(log).ok())
}

/// The ids of rows that cannot be read, and why.
pub async fn damaged(reading: &mut Reading) -> Result<Vec<(String, String)>, StoreError> {
    let rows = rows(reading, provider::Entity::find()).await?;
    Ok(rows
        .iter()
        .filter_map(|row| read(row, &HashMap::new(), &mut HashMap::new()).err())
        .map(|damaged| (damaged.id, damaged.why))
        .collect())
}

/// Publishes a provider of the organisation's own with its links, or publishes it anew under the slug it has.
pub async fn publish(
    writing: &mut Writing,
    slug: &Slug,
    provider: &Provider,
    links: &Links,
) -> Result<(), StoreError> {
    let now = writing.now();
    let present = find(writing.looking(), slug).await?;
    if present.as_ref().is_some_and(|row| row.source_id.is_some()) {
        return Err(StoreError::SlugTaken(slug.to_string()));
    }
    let part_of = match &links.part_of {
        Some(slug) => Some(
            find(writing.looking(), slug)
                .await?
                .ok_or_else(|| StoreError::NoSuchSlug(slug.to_string()))?
                .id,
        ),
        None => None,
    };
    let groups = listing_ids(writing.looking(), &links.groups).await?;
    let id = present.as_ref().map_or_else(|| new_id(now), |row| row.id);
    let act = Act {
        action: "providers.publish",
        class: "C1",
        object: id.to_string(),
        ..Act::default()
    };
    let facts = facts(provider)?;
    let transaction = writing.act(act).await?;
    if let Some(row) = present {
        let mut row = row.into_active_model();
        row.facts = Set(facts);
        row.part_of = Set(part_of);
        row.changed_at = Set(now);
        row.gone_on = Set(None);
        row.update(transaction).await?;
    } else {
        let row = provider::Model {
            id,
            slug: slug.to_string(),
            source_id: None,
            external_id: None,
            part_of,
            facts,
            created_at: now,
            changed_at: now,
            gone_on: None,
        };
        row.into_active_model().insert(transaction).await?;
    }
    provider_group::Entity::delete_many()
        .filter(provider_group::Column::ProviderId.eq(id))
        .exec(transaction)
        .await?;
    let led = groups.into_iter().map(|listing_id| provider_group::ActiveModel {
        provider_id: Set(id),
        listing_id: Set(listing_id),
    });
    let led: Vec<_> = led.collect();
    for chunk in led.chunks(CHUNK) {
        provider_group::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Rows that one statement inserts or looks up; SQLite takes a bounded number of values.
const CHUNK: usize = 500;

/// A provider as it stands in the column `facts`: the same provider always gives the same text.
pub(crate) fn facts(provider: &Provider) -> Result<String, StoreError> {
    serde_json::to_string(provider).map_err(|why| StoreError::Database(why.into()))
}

async fn find(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<provider::Model>, StoreError> {
    let with_slug = provider::Entity::find().filter(provider::Column::Slug.eq(slug.as_str()));
    Ok(with_slug.one(db).await?)
}

/// The ids of the listings with these slugs, each once; one that is not there is an error.
async fn listing_ids(db: &impl ConnectionTrait, slugs: &[Slug]) -> Result<Vec<Uuid>, StoreError> {
    let mut slugs = slugs.to_vec();
    slugs.sort();
    slugs.dedup();
    let mut ids = Vec::new();
    for chunk in slugs.chunks(CHUNK) {
        let found: Vec<(Uuid, String)> = listing::Entity::find()
            .select_only()
            .columns([listing::Column::Id, listing::Column::Slug])
            .filter(listing::Column::Slug.is_in(chunk.iter().map(Slug::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        if let Some(missing) = chunk
            .iter()
            .find(|slug| found.iter().all(|(_, there)| there != slug.as_str()))
        {
            return Err(StoreError::NoSuchSlug(missing.to_string()));
        }
        ids.extend(found.into_iter().map(|(id, _)| id));
    }
    Ok(ids)
}

/// The slugs of the listings that each provider leads, or one does.
async fn groups(reading: &Reading, only: Option<Uuid>) -> Result<HashMap<Uuid, Vec<Slug>>, StoreError> {
    let db = &reading.transaction;
    let (whose, values) = match only {
        Some(id) => ("where provider_id = $1", vec![id.into()]),
        None => ("", Vec::new()),
    };
    let sql = format!(
        "select provider_id, slug from provider_group join listing on listing.id = listing_id {whose} order by slug"
    );
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(
            db.get_database_backend(),
            sql,
            values,
        ))
        .await?;
    let mut groups: HashMap<Uuid, Vec<Slug>> = HashMap::new();
    for row in &rows {
        // The listing of a slug that cannot be read is not shown either; `listings::damaged` tells of it.
        if let (Ok(id), Ok(Ok(slug))) = (
            row.try_get("", "provider_id"),
            row.try_get::<String>("", "slug").map(|slug| Slug::parse(&slug)),
        ) {
            groups.entry(id).or_default().push(slug);
        }
    }
    Ok(groups)
}

struct Damaged {
    id: String,
    why: String,
}

fn log(Damaged { id, why }: Damaged) {
    tracing::error!(id, why, "a provider cannot be read and is not shown");
}

/// As they came: one row that cannot be read must not take the others with it.
async fn rows(reading: &Reading, find: Select<provider::Entity>) -> Result<Vec<QueryResult>, StoreError> {
    let db = &reading.transaction;
    let find = find.order_by_asc(provider::Column::Id);
    Ok(db.query_all_raw(find.build(db.get_database_backend())).await?)
}

fn id_and_slug(row: &QueryResult) -> Option<(Uuid, Slug)> {
    let slug = row.try_get::<String>("", "slug").ok()?;
    Some((row.try_get("", "id").ok()?, Slug::parse(&slug).ok()?))
}

fn read(
    row: &QueryResult,
    slugs: &HashMap<Uuid, Slug>,
    groups: &mut HashMap<Uuid, Vec<Slug>>,
) -> Result<Published, Damaged> {
    let damaged = |why: String| Damaged {
        id: row.try_get::<Uuid>("", "id").map_or_else(
            |_| "a row whose id cannot be read".to_owned(),
            |id| id.to_string(),
        ),
        why,
    };
    let row = provider::Model::from_query_result(row, "").map_err(|why| damaged(why.to_string()))?;
    let provider = serde_json::from_str(&row.facts)
        .map_err(|why| damaged(format!("its facts cannot be read: {why}")))?;
    let slug = Slug::parse(&row.slug).map_err(|why| damaged(why.to_string()))?;
    Ok(Published {
        slug,
        provider,
        links: Links {
            part_of: row.part_of.and_then(|id| slugs.get(&id).cloned()),
            groups: groups.remove(&row.id).unwrap_or_default(),
        },
        gone: row.gone_on,
        changed_at: row.changed_at,
    })
}
