//! Times for the conversation: whoever leads a group opens them, and who asks for a place picks one.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::joining::{Act, Application, Refusal};
use domain::people::PersonId;
use domain::schedule::Minutes;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::stepping::{leaders, locked, moved, tell_staff};
use super::{JoiningError, Told, called, within};
use crate::entities::joining::{application, talk_slot};
use crate::entities::{id, new_id};
use crate::permit::Permit;
use crate::permit::acts::{Apply, Decide, SeeApplications, SeeIntake};
use crate::transaction::{StoreError, Transaction};

/// How a conversation is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    InPerson,
    Video,
    Phone,
}

/// A time that is open, or booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    pub starts_at: DateTime<Utc>,
    pub minutes: u16,
    pub how: How,
    /// With whom.
    pub leader: domain::people::Handle,
    /// By which application, for who may know.
    pub booked: Option<Slug>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotId(Uuid);

id!(SlotId);

impl How {
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Video, Self::Phone];

    pub const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Video => "video",
            Self::Phone => "phone",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }
}

/// Opens a time for the group of the permit, with someone who leads it: oneself, if nobody else is named. The same time once more
/// changes nothing.
pub async fn add_slot(
    permit: &mut Permit<'_, Decide>,
    with: Option<&Slug>,
    starts_at: DateTime<Utc>,
    minutes: Minutes,
    how: How,
) -> Result<(), JoiningError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let leading = leaders(&*permit.transaction, group).await?;
    let wanted = match with {
        Some(slug) => Some(crate::permit::person(permit.db(), slug).await?),
        None => permit.person(),
    };
    let leader = leading.iter().find(|leader| Some(**leader) == wanted);
    // Who coordinates opens times for who leads.
    let first = leading.first().filter(|_| with.is_none());
    let leader = leader.or(first).ok_or(Denied::NoRight)?;
    if starts_at <= now {
        return Err(Refusal::TimePast.into());
    }
    permit.act("joining.open-time", String::new()).await?;
    let row = talk_slot::Model {
        id: new_id(now),
        listing_id: group.0,
        leader_id: leader.0,
        starts_at,
        minutes: i32::from(minutes.get()),
        how: how.name().to_owned(),
        application_id: None,
    };
    talk_slot::Entity::insert(row.into_active_model())
        .on_conflict(
            sea_orm::sea_query::OnConflict::columns([
                talk_slot::Column::LeaderId,
                talk_slot::Column::StartsAt,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(permit.db())
        .await?;
    Ok(())
}

/// Takes a time back that nobody has booked.
pub async fn remove_slot(permit: &mut Permit<'_, Decide>, id: SlotId) -> Result<(), JoiningError> {
    let group = permit.group()?;
    permit.act("joining.close-time", id.to_string()).await?;
    let gone = talk_slot::Entity::delete_many()
        .filter(talk_slot::Column::Id.eq(id.0))
        .filter(talk_slot::Column::ListingId.eq(group.0))
        .filter(talk_slot::Column::ApplicationId.is_null())
        .exec(permit.db())
        .await?;
    if gone.rows_affected != 1 {
        return Err(JoiningError::TimeTaken);
    }
    Ok(())
}

/// Every time to come of the group of the permit, with who has booked it.
pub async fn slots(permit: &mut Permit<'_, SeeIntake, impl Transaction>) -> Result<Vec<Slot>, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let rows = talk_slot::Entity::find()
        .filter(talk_slot::Column::ListingId.eq(group.0))
        .filter(talk_slot::Column::StartsAt.gt(now))
        .order_by_asc(talk_slot::Column::StartsAt)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let booked = match row.application_id {
            Some(id) => application::Entity::find_by_id(id).one(permit.db()).await?,
            None => None,
        };
        let booked = booked.map(|row| crate::people::slug(&row.slug)).transpose()?;
        all.push(slot(&*permit.transaction, row, booked).await?);
    }
    Ok(all)
}

/// The times that the application of the permit can take, and the one it has.
pub async fn open_slots(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    which: &Slug,
) -> Result<(Vec<Slot>, Option<Slot>), StoreError> {
    let (about, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let application = within(permit.db(), which, (about, group)).await?;
    let rows = talk_slot::Entity::find()
        .filter(talk_slot::Column::ListingId.eq(group.0))
        .filter(talk_slot::Column::StartsAt.gt(now))
        .order_by_asc(talk_slot::Column::StartsAt)
        .all(permit.db())
        .await?;
    let (mut open, mut mine) = (Vec::new(), None);
    for row in rows {
        let (by, leader) = (row.application_id, row.leader_id);
        let fits = application.leader_id.is_none_or(|answers| answers == leader);
        if by.is_some_and(|by| by == application.id) {
            mine = Some(slot(&*permit.transaction, row, Some(which.clone())).await?);
        } else if by.is_none() && fits {
            open.push(slot(&*permit.transaction, row, None).await?);
        }
    }
    Ok((open, mine))
}

/// Books a time; the one from before is open again.
pub async fn book(
    permit: &mut Permit<'_, Apply>,
    which: &Slug,
    slot: SlotId,
    told: &Told<'_>,
) -> Result<Application, JoiningError> {
    let application = locked(permit, which, "joining.book").await?;
    let (group, now) = (permit.group()?, permit.transaction.now());
    let open = talk_slot::Entity::find_by_id(slot.0)
        .filter(talk_slot::Column::ListingId.eq(group.0))
        .one(permit.db())
        .await?
        .ok_or(JoiningError::TimeTaken)?;
    let starts_at = open.starts_at;
    let free = talk_slot::Entity::update_many()
        .set(talk_slot::ActiveModel {
            application_id: Set(None),
            ..Default::default()
        })
        .filter(talk_slot::Column::ApplicationId.eq(application))
        .filter(talk_slot::Column::StartsAt.gt(now));
    free.exec(permit.db()).await?;
    // Of two who take it at once, the second finds it taken.
    let taken = talk_slot::Entity::update_many()
        .set(talk_slot::ActiveModel {
            application_id: Set(Some(application)),
            ..Default::default()
        })
        .filter(talk_slot::Column::Id.eq(slot.0))
        .filter(talk_slot::Column::ApplicationId.is_null())
        .exec(permit.db())
        .await?;
    if taken.rows_affected != 1 {
        return Err(JoiningError::TimeTaken);
    }
    let by = permit.person();
    let (row, way) = moved(permit.transaction, application, Act::Book { starts_at }, by).await?;
    tell_staff(permit.transaction, &row, told).await?;
    Ok(way)
}

async fn slot(
    transaction: &impl Transaction,
    row: talk_slot::Model,
    booked: Option<Slug>,
) -> Result<Slot, StoreError> {
    let (_, leader) = called(transaction, PersonId(row.leader_id).0).await?;
    Ok(Slot {
        id: SlotId(row.id),
        starts_at: row.starts_at,
        minutes: u16::try_from(row.minutes).unwrap_or_default(),
        how: How::named(&row.how).ok_or_else(|| super::unread("time", row.id, "no such way"))?,
        leader,
        booked,
    })
}
