//! Coming to support groups, as `domain::coming` says it goes: under a name of one's own there, without an address if one likes.
//!
//! Everything one says is about oneself and opens with a permit of one's own; who leads the group sees names and numbers by the permit
//! for its roster, and no number of a person. The audit row of an act is written first and holds the group's number until the commit, so
//! of two who want the same name one comes second.

mod arriving;
mod doors;
mod expected;
mod invented;
mod saying;

pub use arriving::{New, arrive};
pub use doors::{Door, door, doors, entrances, is_support, link_stays, set_entrance};
pub(crate) use doors::{each, entrances_in, link_of, set_entrance_in, told};
pub use expected::{Counted, Expected, Meeting, expected};
pub use invented::{Invented, invent, invent_entrance};
pub use saying::{Ask, Mine, When, agree, all_mine, come, forget, is_there, mine, not, rules, set_part};

use std::collections::BTreeMap;

use domain::access::Denied;
use domain::coming::{Part, Refusal, Regularly, Said};
use domain::groups::{Kind, Listing, Slug};
use domain::people::{GroupId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use crate::entities::coming::{coming, guest};
use crate::entities::new_id;
use crate::joining::{listing_of, unread};
use crate::transaction::{StoreError, Writing};

/// Why it was not noted that someone comes.
#[derive(Debug, thiserror::Error)]
pub enum ComingError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("someone who comes for the first time says what they want to be called")]
    HandleMissing,
    #[error("someone goes by this name in the group already")]
    HandleTaken,
    #[error("the ground rules were not agreed to as they read now")]
    RulesFirst,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for ComingError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

impl From<Denied> for ComingError {
    fn from(why: Denied) -> Self {
        Self::Store(why.into())
    }
}

/// A support group of our own; any other is not there.
pub(crate) async fn support(db: &DatabaseTransaction, group: GroupId) -> Result<(Slug, Listing), StoreError> {
    let (slug, listing) = listing_of(db, group).await?;
    match listing.kind {
        Kind::Support => Ok((slug, listing)),
        Kind::Therapy => Err(Denied::NoRight.into()),
    }
}

async fn row_of(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<Option<guest::Model>, StoreError> {
    let row = guest::Entity::find()
        .filter(guest::Column::PersonId.eq(person.0))
        .filter(guest::Column::ListingId.eq(group.0))
        .one(db)
        .await?;
    Ok(row)
}

/// Whether someone ever said that they come to the group.
pub(crate) async fn comes(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<bool, StoreError> {
    Ok(row_of(db, person, group).await?.is_some())
}

/// Whether someone comes to the meeting of that date.
pub(crate) async fn comes_to(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
    on: chrono::NaiveDate,
) -> Result<bool, StoreError> {
    match row_of(db, person, group).await? {
        Some(row) => Ok(said_by(db, &row).await?.comes(on)),
        None => Ok(false),
    }
}

fn part(row: &guest::Model) -> Result<Part, StoreError> {
    Part::named(&row.part).ok_or_else(|| unread("part", row.id, "no such part"))
}

fn said(row: &guest::Model, days: BTreeMap<chrono::NaiveDate, bool>) -> Said {
    let both = row.regularly_from.zip(row.regularly_until);
    Said {
        regularly: both.map(|(from, until)| Regularly { from, until }),
        days,
        first_on: row.first_on,
    }
}

/// What someone said, all of it.
async fn said_by(db: &DatabaseTransaction, row: &guest::Model) -> Result<Said, StoreError> {
    let rows = coming::Entity::find()
        .filter(coming::Column::GuestId.eq(row.id))
        .all(db)
        .await?;
    let days = rows.iter().map(|row| (row.meets_on, row.said == "yes")).collect();
    Ok(said(row, days))
}

/// Keeps what someone says now in place of what they said. The caller has written down why.
async fn keep(writing: &Writing, row: guest::Model, said: &Said) -> Result<(), StoreError> {
    let (db, now, id) = (writing.looking(), writing.now(), row.id);
    coming::Entity::delete_many()
        .filter(coming::Column::GuestId.eq(id))
        .exec(db)
        .await?;
    let rows = said.days.iter().map(|(on, comes)| {
        let row = coming::Model {
            id: new_id(now),
            guest_id: id,
            meets_on: *on,
            said: if *comes { "yes" } else { "no" }.to_owned(),
        };
        row.into_active_model()
    });
    let rows: Vec<coming::ActiveModel> = rows.collect();
    if !rows.is_empty() {
        coming::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    let last = said.last().and_then(|on| on.succ_opt()?.and_hms_opt(0, 0, 0));
    let over = last.map_or(now, |last| last.and_utc().max(now));
    let mut row = row.into_active_model();
    row.regularly_from = Set(said.regularly.map(|all| all.from));
    row.regularly_until = Set(said.regularly.map(|all| all.until));
    row.first_on = Set(said.first_on);
    row.over_at = Set(over);
    row.update(db).await?;
    Ok(())
}
