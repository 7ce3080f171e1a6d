//! Everyone on the way into a group, by where they stand. Who was promised to be first comes first, then who waits longest.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{DateTime, TimeDelta, Utc};
use domain::groups::Slug;
use domain::joining::{Next, Owes, Reach, State};
use domain::people::{GroupId, Handle};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::turns::{Found, Turns};
use super::{called, listing_of};
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
    /// On the waiting list, before all others: a place that was offered was gone.
    pub is_first: bool,
    /// What they wait for, if they wait.
    pub reach: Option<Reach>,
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

/// All columns with their first `most` cards.
pub async fn board(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    sought: Sought,
    most: u64,
) -> Result<Board, StoreError> {
    let states: Vec<&str> = COLUMNS
        .iter()
        .flat_map(|(_, states)| states.iter().copied())
        .collect();
    let mut rest = found(permit, &states, sought).await?;
    let (mut sizes, mut shown) = (Vec::with_capacity(COLUMNS.len()), Vec::new());
    for (name, states) in COLUMNS {
        let (mut here, others): (Vec<Found>, Vec<Found>) = rest
            .into_iter()
            .partition(|one| states.contains(&one.way.state().name()));
        rest = others;
        let number = here.len() as u64;
        here.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        sizes.push((name, number, here.len()));
        shown.append(&mut here);
    }
    let mut cards = cards(permit, shown).await?.into_iter();
    let columns = sizes
        .into_iter()
        .map(|(name, number, size)| (name, number, cards.by_ref().take(size).collect()))
        .collect();
    let since = permit.transaction.now() - LATELY;
    let mut lately = [0, 0];
    for (ended, state) in lately.iter_mut().zip(["member", "over"]) {
        *ended = application::Entity::find()
            .filter(within(permit.relation.group))
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
    let last = match after {
        Some(after) => Some(Found::read(super::by_slug(permit.db(), after).await?)?.order()),
        None => None,
    };
    let mut here = found(permit, states, sought).await?;
    here.retain(|one| last.is_none_or(|last| last < one.order()));
    here.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    cards(permit, here).await.map(Some)
}

fn within(group: Option<GroupId>) -> Condition {
    Condition::all().add_option(group.map(|group| application::Column::ListingId.eq(group.0)))
}

/// Those who stand in one of these states, in their order. Whose turn it is stands in no row: where it is sought, it is worked out for
/// each.
async fn found(
    permit: &Permit<'_, SeeApplications, impl Transaction>,
    states: &[&str],
    sought: Sought,
) -> Result<Vec<Found>, StoreError> {
    let rows = application::Entity::find()
        .filter(within(permit.relation.group))
        .filter(application::Column::State.is_in(states.iter().copied()))
        .all(permit.db())
        .await?;
    let mut all = rows.into_iter().map(Found::read).collect::<Result<Vec<_>, _>>()?;
    if let Some(owes) = sought.owes {
        let turns = Turns::read(&*permit.transaction, &all).await?;
        all.retain(|one| turns.next(one).owes == owes);
    }
    all.sort_by_key(Found::order);
    Ok(all)
}

/// What is shown of them.
async fn cards(
    permit: &Permit<'_, SeeApplications, impl Transaction>,
    shown: Vec<Found>,
) -> Result<Vec<Card>, StoreError> {
    let turns = Turns::read(&*permit.transaction, &shown).await?;
    let mut groups: HashMap<Uuid, (Slug, String)> = HashMap::new();
    let mut cards = Vec::with_capacity(shown.len());
    for one in shown {
        let group = one.row.listing_id;
        let called = match groups.entry(group) {
            Entry::Occupied(there) => there.into_mut().clone(),
            Entry::Vacant(place) => {
                let (slug, listing) = listing_of(permit.db(), GroupId(group)).await?;
                place.insert((slug, listing.title.to_string())).clone()
            }
        };
        cards.push(card(&*permit.transaction, turns.next(&one), one, called).await?);
    }
    Ok(cards)
}

async fn card(
    transaction: &impl Transaction,
    next: Next,
    Found { row, way }: Found,
    (group, title): (Slug, String),
) -> Result<Card, StoreError> {
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
        next,
        is_first: way.is_first(),
        reach: way.reach(),
        expires_at: row
            .expires_at
            .filter(|_| matches!(way.state(), State::Offered(_))),
        talk_at: way.facts().booked_for,
        leader,
        risk: row.risk_at.is_some() && row.risk_seen_at.is_none(),
        state: row.state,
    })
}
