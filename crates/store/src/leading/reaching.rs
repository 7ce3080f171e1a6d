//! Where a member of an online group is on the day of a session, and whom to call for them: written by themselves, read by who leads it when
//! it is needed; each look is written down.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::Mail;
use domain::people::{GroupId, Handle, PersonId};
use domain::text::Prose;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::mine::is_member;
use super::roster::therapy;
use super::{LeadingError, sitting};
use crate::entities::leading::{emergency_contact, whereabouts};
use crate::entities::new_id;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{ChangeContact, Permitted, SeeContact};
use crate::sealed::{EMERGENCY, WHEREABOUTS};
use crate::transaction::{StoreError, Transaction};

/// How to help someone who is in danger during a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub handle: Handle,
    pub mail: Option<Mail>,
    /// Where they are on that day.
    pub whereabouts: Option<String>,
    pub emergency: Option<String>,
}

/// Says where one is oneself on the day of that session; nothing takes it back.
pub async fn set_whereabouts(
    permit: &mut Permit<'_, ChangeContact>,
    date: NaiveDate,
    words: Option<&Prose>,
) -> Result<(), LeadingError> {
    let (person, group) = online_member(permit).await?;
    let now = permit.transaction.now();
    if sitting(permit.db(), group, date).await?.ends_at() <= now {
        return Err(domain::sessions::ChangeRefused::IsOver.into());
    }
    permit.act("contact.whereabouts", date.to_string()).await?;
    whereabouts::Entity::delete_many()
        .filter(whereabouts::Column::ListingId.eq(group.0))
        .filter(whereabouts::Column::OnDate.eq(date))
        .filter(whereabouts::Column::PersonId.eq(person.0))
        .exec(permit.db())
        .await?;
    if let Some(words) = words {
        let id = new_id(now);
        let row = whereabouts::Model {
            id,
            listing_id: group.0,
            on_date: date,
            person_id: person.0,
            words: WHEREABOUTS
                .seal(permit.transaction, id, group, words.as_str())
                .await?,
            said_at: now,
        };
        row.into_active_model().insert(permit.db()).await?;
    }
    Ok(())
}

/// Says whom to call for oneself in an emergency; nothing takes it back.
pub async fn set_emergency(
    permit: &mut Permit<'_, ChangeContact>,
    words: Option<&Prose>,
) -> Result<(), LeadingError> {
    let (person, group) = online_member(permit).await?;
    let now = permit.transaction.now();
    permit.act("contact.emergency", String::new()).await?;
    emergency_contact::Entity::delete_many()
        .filter(emergency_contact::Column::ListingId.eq(group.0))
        .filter(emergency_contact::Column::PersonId.eq(person.0))
        .exec(permit.db())
        .await?;
    if let Some(words) = words {
        let id = new_id(now);
        let row = emergency_contact::Model {
            id,
            listing_id: group.0,
            person_id: person.0,
            words: EMERGENCY
                .seal(permit.transaction, id, group, words.as_str())
                .await?,
            said_at: now,
        };
        row.into_active_model().insert(permit.db()).await?;
    }
    Ok(())
}

/// Where the member of the permit is on the day of that session, and how else to help. Looking is written down.
pub async fn reach(permit: &mut Permit<'_, SeeContact>, date: NaiveDate) -> Result<Reach, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    therapy(permit.db(), group).await?;
    sitting(permit.db(), group, date).await?;
    let row = people::row(permit.db(), person).await?;
    Ok(Reach {
        handle: people::handle(&*permit.transaction, &row).await?,
        mail: people::mail(&*permit.transaction, &row).await?,
        whereabouts: whereabouts_of(permit, (person, group), date).await?,
        emergency: emergency_of(permit, (person, group)).await?,
    })
}

pub(super) async fn whereabouts_of<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    (person, group): (PersonId, GroupId),
    date: NaiveDate,
) -> Result<Option<String>, StoreError> {
    let row = whereabouts::Entity::find()
        .filter(whereabouts::Column::ListingId.eq(group.0))
        .filter(whereabouts::Column::OnDate.eq(date))
        .filter(whereabouts::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    match row {
        Some(row) => {
            let plain = WHEREABOUTS.open(permit, row.id, &row.words).await?;
            Ok(Some(plain.reveal().to_owned()))
        }
        None => Ok(None),
    }
}

pub(super) async fn emergency_of<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    (person, group): (PersonId, GroupId),
) -> Result<Option<String>, StoreError> {
    let row = emergency_contact::Entity::find()
        .filter(emergency_contact::Column::ListingId.eq(group.0))
        .filter(emergency_contact::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    match row {
        Some(row) => {
            let plain = EMERGENCY.open(permit, row.id, &row.words).await?;
            Ok(Some(plain.reveal().to_owned()))
        }
        None => Ok(None),
    }
}

/// Only a member of a therapy group that meets online says so: in a room it is seen who needs help.
async fn online_member(permit: &Permit<'_, ChangeContact>) -> Result<(PersonId, GroupId), StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let listing = therapy(permit.db(), group).await?;
    let is_member = is_member(permit.db(), person, group, permit.transaction.now()).await?;
    if !is_member || listing.place.online().is_none() {
        return Err(Denied::NoRight.into());
    }
    Ok((person, group))
}
