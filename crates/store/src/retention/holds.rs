//! Holds: whom or which group nothing is taken away of, whatever the rules say and whoever asks, until the hold is ended.
//!
//! Whoever runs listings puts one on a group, a coordinator on a person, an admin on someone of the staff.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId};
use domain::text::Line;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entities::coming::guest;
use crate::entities::people::{person, role_held};
use crate::entities::retention::legal_hold;
use crate::entities::{id, new_id};
use crate::people::{self, is_on_staff};
use crate::permit::Permit;
use crate::permit::acts::{ChangeAccounts, ChangeContact, Permitted, RunListings, SeeAccounts, SeeRoster};
use crate::sealed;
use crate::transaction::{StoreError, Transaction};

/// A hold that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub id: HoldId,
    pub on: HoldOn,
    pub reason: Line,
    pub put_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldOn {
    Group(Slug),
    Person(Slug, Handle),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldId(Uuid);

id!(HoldId);

/// On the group of the permit, and so on all who are or were in it.
pub async fn hold_group(permit: &mut Permit<'_, RunListings>, reason: &Line) -> Result<HoldId, StoreError> {
    permit.group()?;
    put(permit, reason).await
}

/// On the person of the permit, whoever they are.
pub async fn hold_person(
    permit: &mut Permit<'_, ChangeContact>,
    reason: &Line,
) -> Result<HoldId, StoreError> {
    for_all(permit)?;
    permit.about()?;
    put(permit, reason).await
}

/// On the person of the permit, who is on the staff: an admin has nothing to say about members.
pub async fn hold_account(
    permit: &mut Permit<'_, ChangeAccounts>,
    reason: &Line,
) -> Result<HoldId, StoreError> {
    staff_only(permit.db(), permit.about()?).await?;
    put(permit, reason).await
}

/// Ends a hold on a group.
pub async fn release_group(permit: &mut Permit<'_, RunListings>, id: HoldId) -> Result<(), StoreError> {
    let row = find(permit.db(), id, legal_hold::Column::ListingId).await?;
    end(permit, row).await
}

/// Ends a hold on a person.
pub async fn release_person(permit: &mut Permit<'_, ChangeContact>, id: HoldId) -> Result<(), StoreError> {
    for_all(permit)?;
    let row = find(permit.db(), id, legal_hold::Column::PersonId).await?;
    end(permit, row).await
}

/// Ends a hold on someone of the staff.
pub async fn release_account(permit: &mut Permit<'_, ChangeAccounts>, id: HoldId) -> Result<(), StoreError> {
    let row = find(permit.db(), id, legal_hold::Column::PersonId).await?;
    staff_only(permit.db(), PersonId(row.person_id.unwrap_or_default())).await?;
    end(permit, row).await
}

/// The holds on groups, the newest first.
pub async fn on_groups(
    permit: &mut Permit<'_, RunListings, impl Transaction>,
) -> Result<Vec<Hold>, StoreError> {
    let mut holds = Vec::new();
    for row in there(permit.db(), legal_hold::Column::ListingId).await? {
        if let Some(slug) = people::slug_of(permit.db(), row.listing_id).await? {
            holds.push(told(&*permit.transaction, row, HoldOn::Group(slug)).await?);
        }
    }
    Ok(holds)
}

/// The holds on people, for who sees all rosters.
pub async fn on_people(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<Vec<Hold>, StoreError> {
    for_all(permit)?;
    let rows = there(permit.db(), legal_hold::Column::PersonId).await?;
    named(&*permit.transaction, rows).await
}

/// The holds on people of the staff.
pub async fn on_accounts(
    permit: &mut Permit<'_, SeeAccounts, impl Transaction>,
) -> Result<Vec<Hold>, StoreError> {
    let mut rows = Vec::new();
    for row in there(permit.db(), legal_hold::Column::PersonId).await? {
        if is_on_staff(permit.db(), PersonId(row.person_id.unwrap_or_default())).await? {
            rows.push(row);
        }
    }
    named(&*permit.transaction, rows).await
}

/// Everyone a hold can be put on, by name: for who sees all rosters.
pub async fn people(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<Vec<(Slug, Handle)>, StoreError> {
    for_all(permit)?;
    let rows = person::Entity::find()
        .filter(person::Column::DeletedAt.is_null())
        .all(permit.db())
        .await?;
    let mut people = Vec::new();
    for row in rows {
        let handle = people::handle(&*permit.transaction, &row).await?;
        people.push((people::slug(&row.slug)?, handle));
    }
    people.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(people)
}

/// Whether nothing of this person may go.
pub(super) async fn is_held(db: &DatabaseTransaction, person: PersonId) -> Result<bool, StoreError> {
    let groups: Vec<Uuid> = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| row.listing_id)
        .collect();
    let comes_to: Vec<Uuid> = guest::Entity::find()
        .filter(guest::Column::PersonId.eq(person.0))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.listing_id)
        .collect();
    let groups = groups.into_iter().chain(comes_to);
    let whose = Condition::any()
        .add(legal_hold::Column::PersonId.eq(person.0))
        .add(legal_hold::Column::ListingId.is_in(groups));
    let row = legal_hold::Entity::find()
        .filter(legal_hold::Column::EndedAt.is_null())
        .filter(whose)
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// A permit for one group says nothing about who is in others.
fn for_all<A>(permit: &Permit<'_, A, impl Transaction>) -> Result<(), StoreError> {
    match permit.relation.group {
        Some(_) => Err(Denied::NoRight.into()),
        None => Ok(()),
    }
}

async fn staff_only(db: &DatabaseTransaction, person: PersonId) -> Result<(), StoreError> {
    if is_on_staff(db, person).await? {
        return Ok(());
    }
    Err(Denied::NoRight.into())
}

async fn put<A: Permitted>(permit: &mut Permit<'_, A>, reason: &Line) -> Result<HoldId, StoreError> {
    let now = permit.transaction.now();
    let id = new_id(now);
    let (group, about) = (permit.relation.group, permit.relation.about);
    let row = legal_hold::Model {
        id,
        person_id: about.map(|person| person.0).filter(|_| group.is_none()),
        listing_id: group.map(|group| group.0),
        reason: sealed::HOLD_REASON
            .seal(permit.transaction, id, reason.as_str())
            .await?,
        put_by: permit.person().map(|person| person.0),
        put_at: now,
        ended_at: None,
    };
    let db = permit.act("holds.put", id.to_string()).await?;
    row.into_active_model().insert(db).await?;
    Ok(HoldId(id))
}

async fn end<A: Permitted>(permit: &mut Permit<'_, A>, row: legal_hold::Model) -> Result<(), StoreError> {
    let now = permit.transaction.now();
    permit.relation.about = row.person_id.map(PersonId);
    permit.relation.group = row.listing_id.map(GroupId);
    let db = permit.act("holds.end", row.id.to_string()).await?;
    let mut row = row.into_active_model();
    row.ended_at = Set(Some(now));
    row.update(db).await?;
    Ok(())
}

async fn find(
    db: &DatabaseTransaction,
    id: HoldId,
    on: legal_hold::Column,
) -> Result<legal_hold::Model, StoreError> {
    legal_hold::Entity::find_by_id(id.0)
        .filter(on.is_not_null())
        .filter(legal_hold::Column::EndedAt.is_null())
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

async fn there(
    db: &DatabaseTransaction,
    on: legal_hold::Column,
) -> Result<Vec<legal_hold::Model>, StoreError> {
    let rows = legal_hold::Entity::find()
        .filter(on.is_not_null())
        .filter(legal_hold::Column::EndedAt.is_null())
        .order_by_desc(legal_hold::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

async fn named(
    transaction: &impl Transaction,
    rows: Vec<legal_hold::Model>,
) -> Result<Vec<Hold>, StoreError> {
    let mut holds = Vec::new();
    for row in rows {
        let whose = PersonId(row.person_id.unwrap_or_default());
        let person = people::row(transaction.looking(), whose).await?;
        let on = HoldOn::Person(
            people::slug(&person.slug)?,
            people::handle(transaction, &person).await?,
        );
        holds.push(told(transaction, row, on).await?);
    }
    Ok(holds)
}

async fn told(
    transaction: &impl Transaction,
    row: legal_hold::Model,
    on: HoldOn,
) -> Result<Hold, StoreError> {
    let reason = sealed::HOLD_REASON.open(transaction, row.id, &row.reason).await?;
    Ok(Hold {
        id: HoldId(row.id),
        on,
        reason: Line::parse(reason.reveal()).map_err(|why| StoreError::Database(why.into()))?,
        put_at: row.put_at,
    })
}
