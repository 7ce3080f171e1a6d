//! Asking those who lead a group, before its listing fades, whether it is still true: by a letter with a link that needs no
//! account. The link shows nothing that is not public, only says "yes", and counts for as long as who got it leads the group.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::Denied;
use domain::groups::{FADES_AFTER, Listing, Seats, Slug};
use domain::people::{GroupId, PersonId, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use crate::audit::Act;
use crate::entities::people::role_held;
use crate::entities::work::confirmation_link;
use crate::entities::{listing, new_id};
use crate::key::{digest, hex, random};
use crate::signing::link::Letter;
use crate::transaction::{StoreError, Transaction, Who, Writing};
use crate::{groups, outbox, people};

/// How long before it fades someone is asked.
const BEFORE: i64 = 14;

/// How long a link works; nobody is asked again about the same group before.
pub const LASTS: TimeDelta = TimeDelta::days(28);

/// A group that a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub group: Slug,
    /// It was used: what it confirmed is on the group's page.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Writes to those who lead a group whose listing is about to fade, one letter a group, person and period. How many letters.
pub async fn remind(
    writing: &mut Writing,
    today: NaiveDate,
    letter: &Letter<'_>,
) -> Result<usize, StoreError> {
    if !matches!(writing.who, Who::Job(_)) {
        return Err(Denied::NoRight.into());
    }
    let rows = listing::Entity::find()
        .filter(listing::Column::SourceId.is_null())
        .order_by_asc(listing::Column::Slug)
        .all(writing.looking())
        .await?;
    let mut written = 0;
    for row in rows {
        // A row that cannot be read is told by `doctor` and must not keep the others waiting.
        let Ok(facts) = serde_json::from_str::<Listing>(&row.facts) else {
            continue;
        };
        if fades_soon(&facts, row.created_at.date_naive(), today) {
            written += ask(writing, GroupId(row.id), letter).await?;
        }
    }
    Ok(written)
}

/// What a link is for; none if its time is over, if who got it leads the group no more, or if it never was one.
pub async fn find(transaction: &mut impl Transaction, token: &str) -> Result<Option<Asked>, StoreError> {
    let Some(link) = link(transaction, token).await? else {
        return Ok(None);
    };
    let row = listing::Entity::find_by_id(link.listing_id)
        .one(transaction.looking())
        .await?;
    row.map(|row| {
        Ok(Asked {
            group: people::slug(&row.slug)?,
            confirmed_at: link.used_at,
        })
    })
    .transpose()
}

/// Says that all of the listing is true on `today`. Once more changes nothing. False: the link is over.
pub async fn confirm(writing: &mut Writing, token: &str, today: NaiveDate) -> Result<bool, StoreError> {
    let Some(link) = link(writing, token).await? else {
        return Ok(false);
    };
    if link.used_at.is_some() {
        return Ok(true);
    }
    let group = GroupId(link.listing_id);
    let act = Act {
        action: "listings.confirm",
        class: "C1",
        object: link.id.simple().to_string(),
        group: Some(group),
        ..Act::default()
    };
    writing.act(act).await?;
    groups::confirmed(writing, group, today).await?;
    let now = writing.now();
    let mut link = link.into_active_model();
    link.used_at = Set(Some(now));
    link.update(writing.looking()).await?;
    Ok(true)
}

/// One that nobody has confirmed yet is as old as its publication.
fn fades_soon(listing: &Listing, published_on: NaiveDate, today: NaiveDate) -> bool {
    let goes_on = !matches!(listing.seats, Seats::Ended { .. } | Seats::Paused { .. });
    let since = listing.verified_on.unwrap_or(published_on);
    goes_on && (today - since).num_days() >= FADES_AFTER - BEFORE
}

async fn was_asked(writing: &Writing, group: GroupId, person: PersonId) -> Result<bool, StoreError> {
    let link = confirmation_link::Entity::find()
        .filter(confirmation_link::Column::ListingId.eq(group.0))
        .filter(confirmation_link::Column::PersonId.eq(person.0))
        .filter(confirmation_link::Column::ExpiresAt.gt(writing.now()))
        .one(writing.looking())
        .await?;
    Ok(link.is_some())
}

async fn ask(writing: &mut Writing, group: GroupId, letter: &Letter<'_>) -> Result<usize, StoreError> {
    let mut asked = Vec::new();
    for person in leaders(writing, group).await? {
        let row = people::row(writing.looking(), person).await?;
        if row.ended_at.is_none()
            && let Some(mail) = people::mail(writing, &row).await?
            && !was_asked(writing, group, person).await?
        {
            asked.push((person, mail));
        }
    }
    if asked.is_empty() {
        return Ok(0);
    }
    let act = Act {
        action: "listings.remind",
        class: "C12",
        group: Some(group),
        ..Act::default()
    };
    writing.act(act).await?;
    for (person, mail) in &asked {
        let (now, token) = (writing.now(), hex(&random::<32>()));
        let row = confirmation_link::Model {
            id: new_id(now),
            token: digest(&token),
            listing_id: group.0,
            made_at: now,
            expires_at: now + LASTS,
            used_at: None,
            person_id: Some(person.0),
        };
        row.into_active_model().insert(writing.looking()).await?;
        outbox::put(writing, mail, letter.subject, &(letter.body)(&token)).await?;
    }
    Ok(asked.len())
}

/// Those who lead the group now, each once.
async fn leaders(transaction: &impl Transaction, group: GroupId) -> Result<Vec<PersonId>, StoreError> {
    let now = transaction.now();
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.is_in(people::LEADING.map(Role::name)))
        .order_by_asc(role_held::Column::Id)
        .all(transaction.looking())
        .await?;
    let mut leaders = Vec::new();
    for row in rows.iter().filter(|row| people::holds(row, now)) {
        let person = PersonId(row.person_id);
        if !leaders.contains(&person) {
            leaders.push(person);
        }
    }
    Ok(leaders)
}

/// A link in its time, of someone who leads the group still.
async fn link(
    transaction: &impl Transaction,
    token: &str,
) -> Result<Option<confirmation_link::Model>, StoreError> {
    let link = confirmation_link::Entity::find()
        .filter(confirmation_link::Column::Token.eq(digest(token)))
        .filter(confirmation_link::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    // One from before it was kept for whom a link is counts no more.
    let Some((link, person)) = link.and_then(|link| {
        let person = PersonId(link.person_id?);
        Some((link, person))
    }) else {
        return Ok(None);
    };
    let leads = leaders(transaction, GroupId(link.listing_id))
        .await?
        .contains(&person);
    let is_open = people::row(transaction.looking(), person)
        .await?
        .ended_at
        .is_none();
    Ok(Some(link).filter(|_| leads && is_open))
}
