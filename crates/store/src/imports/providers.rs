//! The providers of a feed, and the links between them and its groups.

use std::collections::{BTreeSet, HashMap};

use domain::providers::Provider;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect, Statement,
};
use uuid::Uuid;

use super::{CHUNK, Feed, List, Outcome, Run, execute, find_source, import_row, keep};
use crate::entities::{import_link, new_id, provider};
use crate::providers::facts;
use crate::transaction::{Reading, StoreError, Writing};

/// A row of the feed's list of providers, as read.
#[derive(Debug, Clone, PartialEq)]
pub struct StagedProvider {
    /// Counted from 1.
    pub row: usize,
    /// The feed's own id of the provider, unique in its list.
    pub id: String,
    /// A provider, or why there is none.
    pub provider: Result<Provider, String>,
    /// Ids of groups of the feed that they lead; each becomes a listing of the same run.
    pub groups: Vec<String>,
    /// The id of the provider of the feed where they work.
    pub part_of: Option<String>,
    pub notes: Vec<String>,
}

/// What a provider leads and where they work, by the feed's ids.
type LinkIds = (BTreeSet<String>, Option<String>);

/// Puts rows aside for [`super::finish`] and tells what will become of each.
pub async fn stage_providers(
    writing: &mut Writing,
    run: &Run,
    rows: &[StagedProvider],
) -> Result<Vec<Outcome>, StoreError> {
    let now = writing.now();
    let texts = texts(rows)?;
    let outcomes = outcomes(writing.looking(), Some(run.source), rows, &texts).await?;
    let kept = rows
        .iter()
        .zip(&outcomes)
        .zip(texts)
        .map(|((row, outcome), text)| {
            let notes = row.provider.as_ref().err().into_iter().chain(&row.notes);
            let place = (List::Providers, row.row, row.id.as_str());
            import_row(run, place, *outcome, notes, text, now)
        });
    let transaction = keep(writing, run, kept.collect()).await?;
    let there = rows.iter().filter(|row| row.provider.is_ok());
    let links = there.flat_map(|row| {
        let link = |role: &str, target: &String| import_link::ActiveModel {
            id: Set(new_id(now)),
            run_id: Set(run.id),
            provider: Set(row.id.clone()),
            role: Set(role.to_owned()),
            target: Set(target.clone()),
        };
        let (groups, part_of) = link_ids(row);
        let leads: Vec<_> = groups.iter().map(|group| link("leads", group)).collect();
        let part_of = part_of.iter().map(|provider| link("part_of", provider));
        leads.into_iter().chain(part_of.collect::<Vec<_>>())
    });
    let links: Vec<_> = links.collect();
    for chunk in links.chunks(CHUNK) {
        import_link::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(outcomes)
}

/// What [`stage_providers`] would say, with nothing written.
pub async fn compare_providers(
    reading: &mut Reading,
    feed: &Feed,
    rows: &[StagedProvider],
) -> Result<Vec<Outcome>, StoreError> {
    let source = find_source(&reading.transaction, feed).await?;
    outcomes(&reading.transaction, source, rows, &texts(rows)?).await
}

/// Links the providers of a run to its listings and to each other: after both are there.
pub(super) async fn link(db: &DatabaseTransaction, run: &Run) -> Result<(), StoreError> {
    let named = "provider.source_id = $1 and provider.external_id in
         (select external_id from import_row where run_id = $2 and list = 'providers' and outcome <> 'held')";
    let values = || vec![run.source.into(), run.id.into()];
    execute(
        db,
        &format!("delete from provider_group where provider_id in (select id from provider where {named})"),
        values(),
    )
    .await?;
    execute(
        db,
        "insert into provider_group (provider_id, listing_id)
         select p.id, l.id from import_link k
         join provider p on p.source_id = $1 and p.external_id = k.provider
         join listing l on l.source_id = $1 and l.external_id = k.target
         where k.run_id = $2 and k.role = 'leads'",
        values(),
    )
    .await?;
    execute(
        db,
        &format!(
            "update provider set part_of = (select other.id from import_link k
                 join provider other on other.source_id = $1 and other.external_id = k.target
                 where k.run_id = $2 and k.role = 'part_of' and k.provider = provider.external_id)
             where {named}"
        ),
        values(),
    )
    .await?;
    execute(
        db,
        "delete from import_link where run_id = $1",
        vec![run.id.into()],
    )
    .await?;
    Ok(())
}

/// The facts of each row as they would be kept; none for a row that is held.
fn texts(rows: &[StagedProvider]) -> Result<Vec<Option<String>>, StoreError> {
    rows.iter()
        .map(|row| row.provider.as_ref().ok().map(facts).transpose())
        .collect()
}

fn link_ids(row: &StagedProvider) -> LinkIds {
    (row.groups.iter().cloned().collect(), row.part_of.clone())
}

/// A provider that is there: facts, whether it is gone, links.
struct Present {
    facts: String,
    gone: bool,
    links: LinkIds,
}

async fn outcomes(
    db: &impl ConnectionTrait,
    source: Option<Uuid>,
    rows: &[StagedProvider],
    texts: &[Option<String>],
) -> Result<Vec<Outcome>, StoreError> {
    let mut all = HashMap::new();
    if let Some(source) = source {
        for chunk in rows.chunks(CHUNK) {
            all.extend(present(db, source, chunk).await?);
        }
    }
    let outcome = |(row, text): (&StagedProvider, &Option<String>)| match (text, all.get(&row.id)) {
        (None, _) => Outcome::Held,
        (Some(_), None) => Outcome::Imported,
        (Some(text), Some(there)) if !there.gone && there.facts == *text && there.links == link_ids(row) => {
            Outcome::Unchanged
        }
        (Some(_), Some(_)) => Outcome::Changed,
    };
    Ok(rows.iter().zip(texts).map(outcome).collect())
}

/// Those of the rows that are there already, by the feed's id.
async fn present(
    db: &impl ConnectionTrait,
    source: Uuid,
    rows: &[StagedProvider],
) -> Result<HashMap<String, Present>, StoreError> {
    let found = provider::Entity::find()
        .filter(provider::Column::SourceId.eq(source))
        .filter(provider::Column::ExternalId.is_in(rows.iter().map(|row| &row.id)))
        .all(db)
        .await?;
    let above: Vec<(Uuid, Option<String>)> = provider::Entity::find()
        .select_only()
        .columns([provider::Column::Id, provider::Column::ExternalId])
        .filter(provider::Column::Id.is_in(found.iter().filter_map(|row| row.part_of)))
        .into_tuple()
        .all(db)
        .await?;
    let above: HashMap<Uuid, String> = above
        .into_iter()
        .filter_map(|(id, external)| Some((id, external?)))
        .collect();
    let mut groups = groups(db, source).await?;
    let present = found.into_iter().filter_map(|row| {
        let part_of = row.part_of.and_then(|id| above.get(&id).cloned());
        let there = Present {
            facts: row.facts,
            gone: row.gone_on.is_some(),
            links: (groups.remove(&row.id).unwrap_or_default(), part_of),
        };
        Some((row.external_id?, there))
    });
    Ok(present.collect())
}

/// The feed's ids of the groups that each of its providers leads.
async fn groups(
    db: &impl ConnectionTrait,
    source: Uuid,
) -> Result<HashMap<Uuid, BTreeSet<String>>, StoreError> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "select g.provider_id, l.external_id from provider_group g
         join listing l on l.id = g.listing_id join provider p on p.id = g.provider_id
         where p.source_id = $1 and l.external_id is not null",
        [source.into()],
    );
    let mut groups: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    for row in db.query_all_raw(statement).await? {
        let external = row.try_get("", "external_id")?;
        groups
            .entry(row.try_get("", "provider_id")?)
            .or_default()
            .insert(external);
    }
    Ok(groups)
}
