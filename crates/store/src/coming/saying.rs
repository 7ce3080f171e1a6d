//! What someone says of themselves: that they come, once or regularly, or not after all; whether they listen; and that they are to be
//! forgotten.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::agreements::{Text, TextHash};
use domain::coming::{Part, Refusal, Said, ahead};
use domain::groups::{Listing, Slug};
use domain::people::{GroupId, Handle, PersonId};
use domain::schedule::Occurrence;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::arriving::{New, insert};
use super::{ComingError, keep, part, row_of, said_by, support};
use crate::agreements;
use crate::entities::coming::guest;
use crate::joining::unread;
use crate::permit::Permit;
use crate::permit::acts::{Come, SeeComing};
use crate::sealed::{GUEST_HANDLE, Plain};
use crate::transaction::{StoreError, Transaction, Writing};

/// To one meeting, or to all from the next one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    On(NaiveDate),
    Regularly,
}

/// What is said.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub when: When,
    /// Of who comes for the first time, or wants it otherwise from now on.
    pub part: Option<Part>,
    /// Of who comes for the first time.
    pub handle: Option<&'a Handle>,
    /// The ground rules, as they were read and agreed to.
    pub rules: Option<&'a TextHash>,
}

/// Oneself in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Mine {
    pub group: Slug,
    pub listing: Listing,
    pub handle: Handle,
    pub part: Part,
    pub said: Said,
    /// The meetings that are not over.
    pub ahead: Vec<Occurrence>,
}

/// Oneself in the group of the permit, if one ever said that one comes.
pub async fn mine(permit: &mut Permit<'_, SeeComing, impl Transaction>) -> Result<Option<Mine>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    match row_of(permit.db(), person, group).await? {
        Some(row) => told(permit, row).await.map(Some),
        None => Ok(None),
    }
}

/// Every group that one comes to oneself, the newest first.
pub async fn all_mine(permit: &mut Permit<'_, SeeComing, impl Transaction>) -> Result<Vec<Mine>, StoreError> {
    let mut rows = guest::Entity::find()
        .filter(guest::Column::PersonId.eq(permit.about()?.0))
        .all(permit.db())
        .await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(told(permit, row).await?);
    }
    Ok(all)
}

/// The ground rules of the group of the permit, where one has not said yes to them as they read now.
pub async fn rules(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
    defaults: &[Text],
) -> Result<Option<Text>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    agreements::rules_owed(permit.db(), person, group, defaults).await
}

/// "I'm coming."
pub async fn come(permit: &mut Permit<'_, Come>, ask: Ask<'_>, defaults: &[Text]) -> Result<(), ComingError> {
    let of = (permit.about()?, permit.group()?);
    permit.act("coming.come", String::new()).await?;
    let called = match row_of(permit.db(), of.0, of.1).await? {
        Some(row) => Some(GUEST_HANDLE.open(permit, row.id, &row.handle).await?),
        None => None,
    };
    let called = called.as_ref().map(Plain::reveal);
    put(permit.transaction, of, (ask, called), defaults).await
}

/// Yes to the ground rules as they were read, by who has come before; said twice, it is said.
pub async fn agree(
    permit: &mut Permit<'_, Come>,
    hash: Option<&TextHash>,
    defaults: &[Text],
) -> Result<(), ComingError> {
    let of = (permit.about()?, permit.group()?);
    let row = row_of(permit.db(), of.0, of.1).await?;
    let row = row.ok_or(Denied::NoRight)?;
    permit.act("coming.agree", String::new()).await?;
    let Some(rules) = agreements::rules_owed(permit.db(), of.0, of.1, defaults).await? else {
        return Ok(());
    };
    if hash != Some(&rules.hash()) {
        return Err(ComingError::RulesFirst);
    }
    let called = GUEST_HANDLE.open(permit, row.id, &row.handle).await?;
    Ok(agreements::agree(permit.transaction, of, &rules, called.reveal()).await?)
}

/// Whether one has ever said that one comes to the group of the permit; if not, it is not there.
pub async fn is_there(permit: &mut Permit<'_, Come>) -> Result<(), StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let row = row_of(permit.db(), person, group).await?;
    row.map(|_| ()).ok_or(Denied::NoRight.into())
}

/// "I can't come after all."
pub async fn not(permit: &mut Permit<'_, Come>, when: When) -> Result<(), ComingError> {
    let of = (permit.about()?, permit.group()?);
    permit.act("coming.not", String::new()).await?;
    let writing = &*permit.transaction;
    let (row, said, meetings) = found(writing, of).await?;
    let said = match when {
        When::On(on) => said.not_to(on, &meetings)?,
        When::Regularly => said.not_to_all(&meetings),
    };
    Ok(keep(writing, row, &said).await?)
}

/// To talk, or to listen.
pub async fn set_part(permit: &mut Permit<'_, Come>, part: Part) -> Result<(), StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let row = row_of(permit.db(), person, group).await?;
    let row = row.ok_or(Denied::NoRight)?;
    permit.act("coming.part", String::new()).await?;
    change_part(permit.transaction, row, part).await?;
    Ok(())
}

/// Has the group of the permit forget oneself: the name there, and everything one said. That one agreed to its rules stays.
pub async fn forget(permit: &mut Permit<'_, Come>) -> Result<(), StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let row = row_of(permit.db(), person, group).await?;
    let row = row.ok_or(Denied::NoRight)?;
    permit.act("coming.forget", String::new()).await?;
    guest::Entity::delete_by_id(row.id).exec(permit.db()).await?;
    Ok(())
}

/// The caller has written down why, in the scope of the group; `called` is the name there of who has come before.
pub(super) async fn put(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    (ask, called): (Ask<'_>, Option<&str>),
    defaults: &[Text],
) -> Result<(), ComingError> {
    let (_, listing) = support(writing.looking(), group).await?;
    Refusal::of(&listing)?;
    let meetings = ahead(&listing, writing.now());
    let owed = agreements::rules_owed(writing.looking(), person, group, defaults).await?;
    if let Some(rules) = &owed
        && ask.rules != Some(&rules.hash())
    {
        return Err(ComingError::RulesFirst);
    }
    let row = match (row_of(writing.looking(), person, group).await?, ask.part) {
        (Some(row), Some(part)) => change_part(writing, row, part).await?,
        (Some(row), None) => row,
        (None, part) => {
            Refusal::of_someone_new(&listing)?;
            let handle = ask.handle.ok_or(ComingError::HandleMissing)?;
            let part = part.unwrap_or(Part::Talk);
            insert(writing, (person, group), New { handle, part }).await?
        }
    };
    if let Some(rules) = &owed {
        let name = called.or_else(|| ask.handle.map(Handle::as_str));
        let name = name.ok_or(ComingError::HandleMissing)?;
        agreements::agree(writing, (person, group), rules, name).await?;
    }
    let said = said_by(writing.looking(), &row).await?;
    let said = match ask.when {
        When::On(on) => said.to(on, &meetings)?,
        When::Regularly => said.to_all(&meetings)?,
    };
    Ok(keep(writing, row, &said).await?)
}

async fn found(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
) -> Result<(guest::Model, Said, Vec<Occurrence>), StoreError> {
    let db = writing.looking();
    let row = row_of(db, person, group).await?.ok_or(Denied::NoRight)?;
    let (_, listing) = support(db, group).await?;
    let said = said_by(db, &row).await?;
    Ok((row, said, ahead(&listing, writing.now())))
}

async fn change_part(writing: &Writing, row: guest::Model, part: Part) -> Result<guest::Model, StoreError> {
    let mut row = row.into_active_model();
    row.part = Set(part.name().to_owned());
    Ok(row.update(writing.looking()).await?)
}

async fn told(
    permit: &Permit<'_, SeeComing, impl Transaction>,
    row: guest::Model,
) -> Result<Mine, StoreError> {
    let (group, listing) = support(permit.db(), GroupId(row.listing_id)).await?;
    let plain = GUEST_HANDLE.open(permit, row.id, &row.handle).await?;
    let handle = Handle::parse(plain.reveal()).map_err(|why| unread("name", row.id, why))?;
    Ok(Mine {
        ahead: ahead(&listing, permit.transaction.now()),
        group,
        listing,
        handle,
        part: part(&row)?,
        said: said_by(permit.db(), &row).await?,
    })
}
