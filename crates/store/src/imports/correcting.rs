//! What was said here in place of what a feed has wrong, put into its rows as they are taken in.
//!
//! Readers know nothing of it: they say what is wrong with which fact, and what the feed says there. So this is the same for
//! every format (decision 28).

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::mending::{Correction, Fact, Unfinished};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CHUNK, List, Outcome, Run, Staged};
use crate::entities::import_row;
use crate::entities::work::correction;
use crate::transaction::StoreError;

/// Which corrections took hold in a row, and which the feed has overruled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    pub(crate) used: Vec<Uuid>,
    overruled: Vec<Uuid>,
}

impl Corrected {
    pub(crate) fn by(used: Vec<Uuid>) -> Self {
        Self {
            used,
            overruled: Vec::new(),
        }
    }

    /// As it is kept with the row; none where there is nothing of it.
    pub(crate) fn text(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        serde_json::to_string(self).ok()
    }

    pub(crate) fn of(row: &import_row::Model) -> Self {
        let read = row
            .corrected
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        read.unwrap_or_default()
    }
}

/// Corrections of these rows of a feed that it has not overruled, the oldest first.
pub(crate) async fn standing(
    db: &impl ConnectionTrait,
    source: Uuid,
    ids: impl Iterator<Item = &str>,
) -> Result<Vec<correction::Model>, StoreError> {
    let rows = correction::Entity::find()
        .filter(correction::Column::SourceId.eq(source))
        .filter(correction::Column::ExternalId.is_in(ids))
        .filter(correction::Column::OverruledAt.is_null())
        .order_by_asc(correction::Column::Id);
    Ok(rows.all(db).await?)
}

/// A correction as it is put into a row.
pub(crate) fn said(row: &correction::Model) -> Option<Correction> {
    Some(Correction {
        fact: Fact::named(&row.fact)?,
        given: row.given.clone(),
        put: row.put.clone(),
    })
}

/// What was left out or put in a row, for the report and whoever looks at it.
pub(crate) fn note(row: &correction::Model) -> String {
    let field = &row.field;
    let given = match row.given.as_deref() {
        None | Some("") => format!("“{field}” says nothing we can use"),
        Some(given) => format!("“{field}” is “{given}”"),
    };
    match &row.put {
        Some(put) => format!("{given}; “{put}” was put in its place here"),
        None => format!("{given}; the group is listed without it"),
    }
}

/// Puts what was said here into the rows.
pub(super) async fn correct(
    db: &impl ConnectionTrait,
    source: Option<Uuid>,
    rows: &mut [Staged],
) -> Result<(), StoreError> {
    let Some(source) = source else { return Ok(()) };
    for chunk in rows.chunks_mut(CHUNK) {
        let ids = chunk.iter().map(|row| row.id.as_str());
        let mut of_row: HashMap<String, Vec<correction::Model>> = HashMap::new();
        for row in standing(db, source, ids).await? {
            of_row.entry(row.external_id.clone()).or_default().push(row);
        }
        for row in chunk {
            if let Some(with) = of_row.get(&row.id) {
                correct_row(row, with);
            }
        }
    }
    Ok(())
}

fn correct_row(row: &mut Staged, with: &[correction::Model]) {
    // One of a newer version of the program waits for that.
    let (with, said): (Vec<_>, Vec<_>) = with.iter().filter_map(|row| Some((row, said(row)?))).unzip();
    let Some(unfinished) = &row.unfinished else {
        if row.listing.is_ok() {
            row.corrected.overruled = with.iter().map(|row| row.id).collect();
        }
        return;
    };
    let mended = unfinished.mend(&said);
    let ids = |places: &[usize]| places.iter().map(|at| with[*at].id).collect();
    row.corrected = Corrected {
        used: ids(&mended.used),
        overruled: ids(&mended.overruled),
    };
    if !mended.used.is_empty() {
        row.notes.extend(mended.used.iter().map(|at| note(with[*at])));
        row.listing = mended.listing.map_err(|rest| reason(&rest));
    }
}

/// Why an unfinished group is none, as a row says it.
pub(crate) fn reason(unfinished: &Unfinished) -> String {
    let first = unfinished.problems().first();
    first.map(|problem| problem.why.clone()).unwrap_or_default()
}

/// Rows that were staged before something was said in their place.
pub(super) async fn late(
    db: &impl ConnectionTrait,
    run: &Run,
    begun_at: DateTime<Utc>,
) -> Result<Vec<Staged>, StoreError> {
    let since = correction::Entity::find()
        .filter(correction::Column::SourceId.eq(run.source))
        .filter(correction::Column::OverruledAt.is_null())
        .filter(correction::Column::PutAt.gte(begun_at))
        .all(db)
        .await?;
    let ids: BTreeSet<String> = since.into_iter().map(|row| row.external_id).collect();
    let rows = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run.id))
        .filter(import_row::Column::List.eq(List::Groups.name()))
        .filter(import_row::Column::Outcome.eq(Outcome::Held.name()))
        .filter(import_row::Column::Unfinished.is_not_null())
        .filter(import_row::Column::ExternalId.is_in(ids))
        .all(db)
        .await?;
    let staged: Vec<Staged> = rows.iter().map(Staged::of).collect();
    for row in rows {
        import_row::Entity::delete_by_id(row.id).exec(db).await?;
    }
    Ok(staged)
}

/// Says of the corrections that the run has overruled that they are; gives how many of its groups are listed by one.
pub(super) async fn ended(
    db: &impl ConnectionTrait,
    run: &Run,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let rows = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run.id))
        .filter(import_row::Column::Corrected.is_not_null())
        .all(db)
        .await?;
    let mut listed = 0;
    for row in rows {
        let corrected = Corrected::of(&row);
        if !corrected.used.is_empty() && row.outcome != Outcome::Held.name() {
            listed += 1;
        }
        correction::Entity::update_many()
            .set(correction::ActiveModel {
                overruled_at: Set(Some(now)),
                ..Default::default()
            })
            .filter(correction::Column::Id.is_in(corrected.overruled))
            .filter(correction::Column::OverruledAt.is_null())
            .exec(db)
            .await?;
    }
    Ok(listed)
}
