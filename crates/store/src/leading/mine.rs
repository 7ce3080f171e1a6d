//! A member's own view of a group: when it meets next, what they said about that, and how often they were there.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::attendance::Attended;
use domain::groups::{Kind, Listing, Slug};
use domain::joining::Membership;
use domain::people::{GroupId, Handle, PersonId, Role};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

use super::entering::doors;
use super::listed::{LONGEST, State, ahead, when};
use super::outreach::attended_of;
use super::reaching::{emergency_of, whereabouts_of};
use super::{Sitting, row_of};
use crate::coming::Door;
use crate::entities::leading::{excuse, reminder};
use crate::entities::people::role_held;
use crate::joining::{called, listing_of, standings};
use crate::permit::Permit;
use crate::permit::acts::{SeeAttendance, SeeComing};
use crate::sealed::EXCUSE;
use crate::transaction::{StoreError, Transaction};

/// So many sessions ahead are shown.
const AHEAD: usize = 4;

/// Oneself in a group.
#[derive(Debug, Clone)]
pub struct Mine {
    pub group: Slug,
    pub listing: Listing,
    pub handle: Handle,
    /// None for who is in a support group, or was entered without more.
    pub membership: Option<Membership>,
    /// The next ones first; one that is under way is the first of them.
    pub ahead: Vec<Ahead>,
    /// So many hours before one wants to be reminded.
    pub reminder: Option<u16>,
    /// How one gets into the sessions ahead of a therapy group, where staff set it.
    pub doors: Vec<Door>,
    /// Whom to call in an emergency, for who meets online.
    pub emergency: Option<String>,
}

/// A session ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    pub sitting: Sitting,
    pub state: State,
    /// That one said one cannot come, perhaps with words.
    pub excuse: Option<Option<String>>,
    /// Where one said one is that day.
    pub whereabouts: Option<String>,
}

impl Mine {
    /// Whether one says where one is: a therapy group that meets online.
    pub fn meets_online(&self) -> bool {
        self.listing.kind == Kind::Therapy && self.listing.place.online().is_some()
    }
}

/// Oneself in the group of the permit; for who is no member of it, it is not there.
pub async fn mine(permit: &mut Permit<'_, SeeComing, impl Transaction>) -> Result<Mine, StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    if !is_member(permit.db(), person, group, now).await? {
        return Err(Denied::NoRight.into());
    }
    let (slug, listing) = listing_of(permit.db(), group).await?;
    let mut next = Vec::new();
    let from = now.checked_sub_signed(LONGEST).unwrap_or(now);
    for (date, _) in ahead(group, &listing, from) {
        let row = row_of(permit.db(), group, date).await?;
        let (sitting, state) = when(&listing, row.as_ref(), date)?;
        if sitting.ends_at() <= now {
            continue;
        }
        next.push(Ahead {
            sitting,
            state,
            excuse: excused(permit, (person, group), date).await?,
            whereabouts: whereabouts_of(permit, (person, group), date).await?,
        });
        if next.len() == AHEAD {
            break;
        }
    }
    let membership = standings(permit.db(), group).await?.remove(&person.0);
    Ok(Mine {
        group: slug,
        handle: called(&*permit.transaction, person.0).await?.1,
        membership: membership.map(|(membership, _)| membership),
        ahead: next,
        reminder: my_reminder(permit).await?,
        doors: doors(permit, &listing).await?,
        emergency: emergency_of(permit, (person, group)).await?,
        listing,
    })
}

/// So many hours before a session of the group of the permit one wants to be reminded.
pub async fn my_reminder(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
) -> Result<Option<u16>, StoreError> {
    let row = reminder::Entity::find()
        .filter(reminder::Column::PersonId.eq(permit.about()?.0))
        .filter(reminder::Column::ListingId.eq(permit.group()?.0))
        .one(permit.db())
        .await?;
    Ok(row.and_then(|row| u16::try_from(row.hours).ok()))
}

/// The groups that one is a member of, or will be, by their title.
pub async fn my_groups(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
) -> Result<Vec<(Slug, Listing)>, StoreError> {
    let (person, now) = (permit.about()?, permit.transaction.now());
    let rows = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .all(permit.db())
        .await?;
    let mut all: Vec<(Slug, Listing)> = Vec::new();
    for row in rows {
        let Some(group) = row
            .listing_id
            .filter(|_| row.until_at.is_none_or(|until| now < until))
        else {
            continue;
        };
        let found = listing_of(permit.db(), GroupId(group)).await?;
        if !all.iter().any(|(slug, _)| *slug == found.0) {
            all.push(found);
        }
    }
    all.sort_by_key(|(_, listing)| listing.title.to_string());
    Ok(all)
}

/// How often one was there oneself, oldest first: for who is or was a member of the group of the permit.
pub async fn attended_by_me(
    permit: &mut Permit<'_, SeeAttendance>,
) -> Result<(Handle, Vec<Attended>), StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let was_there = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .count(permit.db())
        .await?;
    if was_there == 0 || listing_of(permit.db(), group).await?.1.kind != Kind::Therapy {
        return Err(Denied::NoRight.into());
    }
    let handle = called(&*permit.transaction, person.0).await?.1;
    Ok((handle, attended_of(permit.db(), person, group, now).await?))
}

/// Whether someone is a member of the group now, or will be from a day on.
pub(super) async fn is_member(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let open = Condition::any()
        .add(role_held::Column::UntilAt.is_null())
        .add(role_held::Column::UntilAt.gt(now));
    let rows = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .filter(open)
        .count(db)
        .await?;
    Ok(rows > 0)
}

async fn excused(
    permit: &Permit<'_, SeeComing, impl Transaction>,
    (person, group): (PersonId, GroupId),
    date: NaiveDate,
) -> Result<Option<Option<String>>, StoreError> {
    let row = excuse::Entity::find()
        .filter(excuse::Column::ListingId.eq(group.0))
        .filter(excuse::Column::OnDate.eq(date))
        .filter(excuse::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    match row {
        Some(row) => match &row.words {
            Some(cipher) => {
                let plain = EXCUSE.open(permit, row.id, cipher).await?;
                Ok(Some(Some(plain.reveal().to_owned())))
            }
            None => Ok(Some(None)),
        },
        None => Ok(None),
    }
}
