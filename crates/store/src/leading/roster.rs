//! Who is expected at one session of a therapy group, and who was there: the members of that date.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::attendance::Presence;
use domain::groups::{Kind, Listing, Slug};
use domain::joining::Standing;
use domain::people::{GroupId, Handle, PersonId, Role};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Sitting, row_of, sitting};
use crate::entities::leading::{attendance, excuse, group_session, whereabouts};
use crate::entities::people::role_held;
use crate::joining::{called, listing_of, standings, unread};
use crate::permit::Permit;
use crate::permit::acts::{MarkAttendance, Permitted, SeeAttendance};
use crate::sealed::EXCUSE;
use crate::transaction::{StoreError, Transaction};

/// A member at one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub person: Slug,
    pub handle: Handle,
    /// Nothing was marked yet: `None`.
    pub presence: Option<Presence>,
    /// That they said before that they cannot come, and when; perhaps with words.
    pub excuse: Option<(DateTime<Utc>, Option<String>)>,
    /// Where they are in their time in the group, while they are new.
    pub since: Since,
    /// Their place is kept, and they are not expected.
    pub is_paused: bool,
    /// They said where they are on that day; to see it is written down.
    pub told_where: bool,
}

/// Whether someone is new: by the sessions at which they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    First,
    Second,
    Longer,
}

/// Who is a member on a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfThatDay {
    pub person: PersonId,
    pub joined: NaiveDate,
    pub is_paused: bool,
    pub brought_in: bool,
}

/// The members of that date of the group of the permit, by name.
pub async fn roster(
    permit: &mut Permit<'_, SeeAttendance>,
    date: NaiveDate,
) -> Result<Vec<Seat>, StoreError> {
    seats(permit, date).await
}

/// The same for who marks, as it stands after it.
pub async fn seats_to_mark(
    permit: &mut Permit<'_, MarkAttendance>,
    date: NaiveDate,
) -> Result<Vec<Seat>, StoreError> {
    seats(permit, date).await
}

async fn seats<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    date: NaiveDate,
) -> Result<Vec<Seat>, StoreError> {
    let (group, db) = (permit.group()?, permit.db());
    therapy(db, group).await?;
    let at = sitting(db, group, date).await?;
    let row = row_of(db, group, date).await?;
    let marks = marks(db, row.as_ref()).await?;
    let mut excuses = excuses(permit, group, date).await?;
    let told: Vec<Uuid> = whereabouts::Entity::find()
        .filter(whereabouts::Column::ListingId.eq(group.0))
        .filter(whereabouts::Column::OnDate.eq(date))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .collect();
    let there = there_before(db, group, date).await?;
    let mut seats = Vec::new();
    for one in members_on(db, group, &at).await? {
        let id = one.person.0;
        let (person, handle) = called(&*permit.transaction, id).await?;
        let since = match there.get(&id) {
            None if !one.brought_in => Since::First,
            Some(1) if !one.brought_in => Since::Second,
            _ => Since::Longer,
        };
        seats.push(Seat {
            person,
            handle,
            presence: marks.get(&id).copied(),
            excuse: excuses.remove(&id),
            since,
            is_paused: one.is_paused,
            told_where: told.contains(&id),
        });
    }
    seats.sort_by(|one, other| one.handle.cmp(&other.handle));
    Ok(seats)
}

/// A therapy group; nobody is marked in any other.
pub(super) async fn therapy(db: &DatabaseTransaction, group: GroupId) -> Result<Listing, StoreError> {
    let (_, listing) = listing_of(db, group).await?;
    match listing.kind {
        Kind::Therapy => Ok(listing),
        Kind::Support => Err(Denied::NoRight.into()),
    }
}

/// Who had joined by that date and had not left before the session: each once.
pub(super) async fn members_on(
    db: &DatabaseTransaction,
    group: GroupId,
    at: &Sitting,
) -> Result<Vec<OfThatDay>, StoreError> {
    let standings = standings(db, group).await?;
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .all(db)
        .await?;
    let mut all: Vec<OfThatDay> = Vec::new();
    for row in rows {
        let standing = standings.get(&row.person_id);
        // Who was in the group elsewhere before was there from that day on.
        let given = row.from_at.date_naive();
        let joined = standing.map_or(given, |(membership, _)| membership.since.min(given));
        let there = joined <= at.date && row.until_at.is_none_or(|until| at.starts_at < until);
        let paused = |standing: &Standing| match standing {
            Standing::Paused { since } => *since <= at.date,
            _ => false,
        };
        let one = OfThatDay {
            person: PersonId(row.person_id),
            joined,
            is_paused: standing.is_some_and(|(membership, _)| paused(&membership.standing)),
            brought_in: standing.is_some_and(|(_, brought_in)| *brought_in),
        };
        if there && !all.iter().any(|other| other.person == one.person) {
            all.push(one);
        }
    }
    Ok(all)
}

async fn marks(
    db: &DatabaseTransaction,
    row: Option<&group_session::Model>,
) -> Result<HashMap<Uuid, Presence>, StoreError> {
    let Some(row) = row else {
        return Ok(HashMap::new());
    };
    let rows = attendance::Entity::find()
        .filter(attendance::Column::SessionId.eq(row.id))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.person_id, presence(&row)?)))
        .collect()
}

/// What a mark says.
pub(crate) fn presence(row: &attendance::Model) -> Result<Presence, StoreError> {
    Presence::named(&row.presence).ok_or_else(|| unread("presence", row.id, "no such presence"))
}

async fn excuses<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    group: GroupId,
    date: NaiveDate,
) -> Result<HashMap<Uuid, (DateTime<Utc>, Option<String>)>, StoreError> {
    let rows = excuse::Entity::find()
        .filter(excuse::Column::ListingId.eq(group.0))
        .filter(excuse::Column::OnDate.eq(date))
        .all(permit.db())
        .await?;
    let mut all = HashMap::new();
    for row in rows {
        let words = match &row.words {
            Some(cipher) => Some(EXCUSE.open(permit, row.id, cipher).await?.reveal().to_owned()),
            None => None,
        };
        all.insert(row.person_id, (row.said_at, words));
    }
    Ok(all)
}

/// At how many sessions before that date each was there.
async fn there_before(
    db: &DatabaseTransaction,
    group: GroupId,
    date: NaiveDate,
) -> Result<HashMap<Uuid, usize>, StoreError> {
    let before = sea_orm::sea_query::Query::select()
        .column(group_session::Column::Id)
        .from(group_session::Entity)
        .and_where(group_session::Column::ListingId.eq(group.0))
        .and_where(group_session::Column::OnDate.lt(date))
        .to_owned();
    let rows = attendance::Entity::find()
        .filter(attendance::Column::SessionId.in_subquery(before))
        .all(db)
        .await?;
    let mut there = HashMap::new();
    for row in rows {
        if presence(&row)?.was_there() {
            *there.entry(row.person_id).or_default() += 1;
        }
    }
    Ok(there)
}
