//! Who leads one session in place of those who usually do: named in its plan, and, by who may appoint, let into the group for that
//! session and no longer.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::groups::{Kind, Slug};
use domain::people::{GroupId, Handle, PersonId, Reach, Role};
use domain::sessions::Plan;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::planning::{before, keep, there};
use super::{LeadingError, Sitting};
use crate::entities::people::role_held;
use crate::joining::{called, listing_of};
use crate::people::{self, LEADING};
use crate::permit::Permit;
use crate::permit::acts::{Appoint, ChangePlans};
use crate::transaction::{StoreError, Transaction};

/// Who covers is let in so long before it begins, and so long after it ends: to read the plan, and to write down who was there.
const BEFORE: TimeDelta = TimeDelta::hours(2);
const AFTER: TimeDelta = TimeDelta::hours(24);

/// Everyone who leads a group of the organisation now, by name.
pub async fn leading_people(
    permit: &mut Permit<'_, ChangePlans, impl Transaction>,
) -> Result<Vec<(Slug, Handle)>, StoreError> {
    let mut all = Vec::new();
    for person in leading(permit.db(), permit.transaction.now()).await? {
        if people::row(permit.db(), person).await?.ended_at.is_none() {
            all.push(called(&*permit.transaction, person.0).await?);
        }
    }
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(all)
}

/// Names who leads the session of that date in place of those who usually do; nobody takes it back.
pub async fn set_cover(
    permit: &mut Permit<'_, ChangePlans>,
    date: NaiveDate,
    who: Option<&Slug>,
) -> Result<(), LeadingError> {
    let (group, sitting) = (permit.group()?, there(permit, date).await?);
    let cover = match who {
        Some(slug) => Some(crate::permit::person(permit.db(), slug).await?),
        None => None,
    };
    let leading = leading(permit.db(), permit.transaction.now()).await?;
    if cover.is_some_and(|person| !leading.contains(&person)) {
        return Err(LeadingError::NoLeader);
    }
    permit.act("leading.cover", date.to_string()).await?;
    let plan = Plan {
        cover,
        ..before(permit, date).await?
    };
    keep(permit.transaction, group, sitting, &plan).await?;
    Ok(())
}

/// Lets whoever is named to lead the session of that date into the group of the permit, from shortly before it until the day after.
pub async fn appoint_cover(permit: &mut Permit<'_, Appoint>, date: NaiveDate) -> Result<(), LeadingError> {
    let (group, sitting) = (permit.group()?, there(permit, date).await?);
    let cover = before(permit, date).await?.cover.ok_or(LeadingError::NoCover)?;
    let (_, listing) = listing_of(permit.db(), group).await?;
    let role = match listing.kind {
        Kind::Therapy => Role::CoLeader,
        Kind::Support => Role::Facilitator,
    };
    let (from, until) = around(&sitting);
    let from = from.max(permit.transaction.now());
    people::appoint_between(permit, cover, role, (from, until)).await?;
    Ok(())
}

/// Takes back what was given for a session that is not held then any more. The caller has written down why.
pub(super) async fn dismiss_cover(
    db: &DatabaseTransaction,
    group: GroupId,
    cover: PersonId,
    sitting: &Sitting,
) -> Result<(), StoreError> {
    let (from, until) = around(sitting);
    role_held::Entity::delete_many()
        .filter(role_held::Column::PersonId.eq(cover.0))
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::FromAt.gte(from))
        .filter(role_held::Column::UntilAt.eq(until))
        .exec(db)
        .await?;
    Ok(())
}

fn around(sitting: &Sitting) -> (DateTime<Utc>, DateTime<Utc>) {
    (sitting.starts_at - BEFORE, sitting.ends_at() + AFTER)
}

async fn leading(db: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Vec<PersonId>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::Role.is_in(LEADING.map(Role::name)))
        .all(db)
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let person = PersonId(row.person_id);
        let leads = matches!(people::reach(row.listing_id), Reach::Group(_));
        if leads && people::holds(&row, now) && !all.contains(&person) {
            all.push(person);
        }
    }
    Ok(all)
}
