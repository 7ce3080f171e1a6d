//! Everyone on the way into a group, by where they stand; who waits longest comes first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{DateTime, TimeDelta, Utc};
use domain::groups::Slug;
use domain::joining::{Next, Owes, State};
use domain::people::{GroupId, Handle};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{called, listing_of, way};
use crate::entities::joining::application;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::SeeApplications;
use crate::transaction::{StoreError, Transaction};

/// So many of a column at a time.
pub const PAGE: u64 = 25;

/// How far back it says what became of people.
const LATELY: TimeDelta = TimeDelta::days(30);

/// What to look for; the permit says in which group, or in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sought {
    pub owes: Option<Owes>,
}

/// Someone on the board, without anything they said.
#[derive(Debug, Clone)]
pub struct Card {
    pub slug: Slug,
    pub handle: Handle,
    pub group: Slug,
    pub title: String,
    pub state: String,
    pub asked_at: DateTime<Utc>,
    pub next: Next,
    /// When the offer that is out ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When they talk, if a time is booked.
    pub talk_at: Option<DateTime<Utc>>,
    pub leader: Option<Handle>,
    /// An answer about safety waits to be read.
    pub risk: bool,
}

/// The first of each column, and how many there are.
#[derive(Debug, Clone)]
pub struct Board {
    /// In the order of [`COLUMNS`].
    pub columns: Vec<(&'static str, u64, Vec<Card>)>,
    /// How many became members lately, and how many ways ended.
    pub lately: (u64, u64),
}

/// A column and the states that stand in it.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("asked", &["asked"]),
    ("screening", &["screening"]),
    ("waiting", &["waiting"]),
    ("options", &["options", "not-now"]),
    ("offered", &["offered"]),
    ("to-sign", &["accepted", "signed"]),
];

#[derive(FromQueryResult)]
struct Count {
    state: String,
    number: i64,
}

/// All columns with their first `most` cards.
pub async fn board(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    sought: Sought,
    most: u64,
) -> Result<Board, StoreError> {
    let counts = application::Entity::find()
        .select_only()
        .column(application::Column::State)
        .column_as(application::Column::Id.count(), "number")
        .filter(within(permit.relation.group, sought))
        .group_by(application::Column::State)
        .into_model::<Count>()
        .all(permit.db())
        .await?;
    let count = |states: &[&str]| {
        let numbers = counts.iter().filter(|one| states.contains(&one.state.as_str()));
        numbers.map(|one| one.number.unsigned_abs()).sum::<u64>()
    };
    let mut columns = Vec::with_capacity(COLUMNS.len());
    for (name, states) in COLUMNS {
        let number = count(states);
        let cards = if number == 0 {
            Vec::new()
        } else {
            cards(permit, states, sought, None, most).await?
        };
        columns.push((name, number, cards));
    }
    let since = permit.transaction.now() - LATELY;
    let mut lately = [0, 0];
    for (ended, state) in lately.iter_mut().zip(["member", "over"]) {
        *ended = application::Entity::find()
            .filter(within(permit.relation.group, Sought::default()))
            .filter(application::Column::State.eq(state))
            .filter(application::Column::MovedAt.gte(since))
            .count(permit.db())
            .await?;
    }
    Ok(Board {
        columns,
        lately: lately.into(),
    })
}

/// One page of a column, from behind an application; none if there is no such column.
pub async fn column(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    name: &str,
    sought: Sought,
    after: Option<&Slug>,
) -> Result<Option<Vec<Card>>, StoreError> {
    let Some((_, states)) = COLUMNS.into_iter().find(|(column, _)| *column == name) else {
        return Ok(None);
    };
    cards(permit, states, sought, after, PAGE).await.map(Some)
}

fn within(group: Option<GroupId>, sought: Sought) -> Condition {
    Condition::all()
        .add_option(group.map(|group| application::Column::ListingId.eq(group.0)))
        .add_option(sought.owes.map(|owes| application::Column::Owes.eq(owes.name())))
}

async fn cards(
    permit: &Permit<'_, SeeApplications, impl Transaction>,
    states: &[&str],
    sought: Sought,
    after: Option<&Slug>,
    most: u64,
) -> Result<Vec<Card>, StoreError> {
    let mut rows = application::Entity::find()
        .filter(within(permit.relation.group, sought))
        .filter(application::Column::State.is_in(states.iter().copied()));
    if let Some(after) = after {
        let last = super::by_slug(permit.db(), after).await?;
        rows = rows.filter(
            Condition::any()
                .add(application::Column::AskedAt.gt(last.asked_at))
                .add(
                    Condition::all()
                        .add(application::Column::AskedAt.eq(last.asked_at))
                        .add(application::Column::Id.gt(last.id)),
                ),
        );
    }
    let rows = rows
        .order_by_asc(application::Column::AskedAt)
        .order_by_asc(application::Column::Id)
        .limit(most)
        .all(permit.db())
        .await?;
    let mut groups: HashMap<Uuid, (Slug, String)> = HashMap::new();
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let (slug, title) = match groups.entry(row.listing_id) {
            Entry::Occupied(there) => there.into_mut().clone(),
            Entry::Vacant(place) => {
                let (slug, listing) = listing_of(permit.db(), GroupId(row.listing_id)).await?;
                place.insert((slug, listing.title.to_string())).clone()
            }
        };
        cards.push(card(&*permit.transaction, row, slug, title).await?);
    }
    Ok(cards)
}

async fn card(
    transaction: &impl Transaction,
    row: application::Model,
    group: Slug,
    title: String,
) -> Result<Card, StoreError> {
    let way = way(&row)?;
    let (_, handle) = called(transaction, row.person_id).await?;
    let leader = match row.leader_id {
        Some(leader) => Some(called(transaction, leader).await?.1),
        None => None,
    };
    Ok(Card {
        slug: people::slug(&row.slug)?,
        handle,
        group,
        title,
        asked_at: row.asked_at,
        next: way.next(transaction.now()),
        expires_at: row
            .expires_at
            .filter(|_| matches!(way.state(), State::Offered(_))),
        talk_at: way.facts().booked_for,
        leader,
        risk: row.risk_at.is_some() && row.risk_seen_at.is_none(),
        state: row.state,
    })
}
