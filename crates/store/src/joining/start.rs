//! What a group asks of who wants to join, and its planned start.

use chrono::NaiveDate;
use domain::agreements::{Programme, Text};
use domain::joining::{Admission, PlannedStart, Question, StartState};
use domain::name::Name;
use domain::people::{GroupId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};

use super::days::today;
use super::stepping::admit_if_signed;
use super::{JoiningError, Told, listing_of, tell};
use crate::entities::joining::{application, joining_group};
use crate::permit::Permit;
use crate::permit::acts::{Decide, Permitted, SeeIntake};
use crate::transaction::{StoreError, Transaction, Writing};

/// What a group asks; what it has not said is the program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    pub questions: Option<Vec<Question>>,
    /// Forms of measures, by name.
    pub measures: Vec<Name>,
    pub programme: Programme,
    pub start: Option<PlannedStart>,
}

/// What a start that is confirmed comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    /// So many are members from that day on.
    pub members: usize,
    /// So many have a place, and something to sign yet.
    pub to_sign: usize,
}

/// What the group of the permit asks.
pub async fn asks(permit: &mut Permit<'_, SeeIntake, impl Transaction>) -> Result<Asks, StoreError> {
    asks_of(permit.db(), permit.group()?).await
}

/// Has the group ask its own questions, or again those of the program.
pub async fn set_questions(
    permit: &mut Permit<'_, Decide>,
    questions: Option<&[Question]>,
) -> Result<(), JoiningError> {
    let text = questions.map(serde_json::to_string).transpose();
    let text = text.map_err(|why| StoreError::Database(why.into()))?;
    change(permit, "joining.set-questions", |row| row.questions = Set(text)).await
}

/// Has the group ask for these forms to be answered before the conversation.
pub async fn set_measures(permit: &mut Permit<'_, Decide>, measures: &[Name]) -> Result<(), JoiningError> {
    let text = serde_json::to_string(measures).map_err(|why| StoreError::Database(why.into()))?;
    change(permit, "joining.set-measures", |row| {
        row.measures = Set(Some(text))
    })
    .await
}

/// Says whether 42 CFR Part 2 applies to the group.
pub async fn set_programme(
    permit: &mut Permit<'_, Decide>,
    programme: Programme,
) -> Result<(), JoiningError> {
    let name = programme.name().to_owned();
    change(permit, "joining.set-programme", |row| row.programme = Set(name)).await
}

/// Plans the day on which the group starts; who signs until then becomes a member on that day, once it is confirmed. One that is
/// confirmed holds until its day is over.
pub async fn plan_start(
    permit: &mut Permit<'_, Decide>,
    on: NaiveDate,
    least: u16,
) -> Result<(), JoiningError> {
    let group = permit.group()?;
    permit.act("joining.plan-start", String::new()).await?;
    let today = today_in(permit, group).await?;
    let before = asks_of(permit.db(), group).await?.start;
    let start = PlannedStart::plan_after(before, on, least, today)?;
    write(permit.db(), group, |row| set_start(row, start)).await
}

/// Confirms the start with those who have a place; who has signed everything is a member from that day on. Who has not is one once they
/// have, and nobody waits for them.
pub async fn confirm_start(
    permit: &mut Permit<'_, Decide>,
    defaults: &[Text],
    told: &Told<'_>,
) -> Result<Started, JoiningError> {
    let group = permit.group()?;
    permit.act("joining.confirm-start", String::new()).await?;
    let today = today_in(permit, group).await?;
    let start = planned(permit.db(), group).await?;
    let has = with_place(group).count(permit.db()).await?;
    let start = start.confirm(u16::try_from(has).unwrap_or(u16::MAX), today)?;
    write(permit.db(), group, |row| set_start(row, start)).await?;
    let (mut members, mut to_sign) = (0, 0);
    for row in with_place(group).all(permit.db()).await? {
        let (person, slug) = (PersonId(row.person_id), row.slug.clone());
        let way = admit_if_signed(permit.transaction, row, defaults).await?;
        members += usize::from(!way.is_open());
        to_sign += usize::from(way.is_open());
        tell(permit.transaction, person, told.subject, &(told.person)(&slug)).await?;
    }
    Ok(Started { members, to_sign })
}

/// Another day for the start; everyone who has a place keeps it and is told.
pub async fn put_off_start(
    permit: &mut Permit<'_, Decide>,
    to: NaiveDate,
    told: &Told<'_>,
) -> Result<(), JoiningError> {
    let group = permit.group()?;
    permit.act("joining.put-off-start", String::new()).await?;
    let today = today_in(permit, group).await?;
    let start = planned(permit.db(), group).await?.put_off(to, today)?;
    write(permit.db(), group, |row| set_start(row, start)).await?;
    for row in with_place(group).all(permit.db()).await? {
        let body = (told.person)(&row.slug);
        tell(permit.transaction, PersonId(row.person_id), told.subject, &body).await?;
    }
    Ok(())
}

/// From when on who has signed is a member of the group.
pub(super) async fn admission(writing: &Writing, group: GroupId) -> Result<Admission, StoreError> {
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let start = asks_of(writing.looking(), group).await?.start;
    Ok(Admission::of(
        listing.membership,
        listing.seats,
        start,
        today(&listing, writing.now()),
    ))
}

pub(crate) async fn asks_of(db: &DatabaseTransaction, group: GroupId) -> Result<Asks, StoreError> {
    let row = joining_group::Entity::find_by_id(group.0).one(db).await?;
    let Some(row) = row else {
        return Ok(Asks {
            questions: None,
            measures: Vec::new(),
            programme: Programme::General,
            start: None,
        });
    };
    let broken = |what: &str| super::unread(what, group.0, "no such value");
    let questions = row.questions.as_deref().map(serde_json::from_str).transpose();
    let measures = row.measures.as_deref().map(serde_json::from_str).transpose();
    let start = match (row.start_on, row.start_least, row.start_state.as_deref()) {
        (Some(on), Some(least), Some(state)) => Some(PlannedStart {
            on,
            least: u16::try_from(least).map_err(|_| broken("start"))?,
            state: StartState::named(state).ok_or_else(|| broken("start"))?,
        }),
        _ => None,
    };
    Ok(Asks {
        questions: questions.map_err(|why| super::unread("questions", group.0, why))?,
        measures: measures
            .map_err(|why| super::unread("measures", group.0, why))?
            .unwrap_or_default(),
        programme: Programme::named(&row.programme).ok_or_else(|| broken("programme"))?,
        start,
    })
}

async fn planned(db: &DatabaseTransaction, group: GroupId) -> Result<PlannedStart, JoiningError> {
    let start = asks_of(db, group).await?.start;
    Ok(start.ok_or(domain::access::Denied::NoRight)?)
}

fn with_place(group: GroupId) -> sea_orm::Select<application::Entity> {
    application::Entity::find()
        .filter(application::Column::ListingId.eq(group.0))
        .filter(application::Column::State.is_in(["accepted", "signed"]))
}

async fn today_in(permit: &Permit<'_, Decide>, group: GroupId) -> Result<NaiveDate, StoreError> {
    let (_, listing) = listing_of(permit.db(), group).await?;
    Ok(today(&listing, permit.transaction.now()))
}

pub(super) fn set_start(row: &mut joining_group::ActiveModel, start: PlannedStart) {
    row.start_on = Set(Some(start.on));
    row.start_least = Set(Some(start.least.into()));
    row.start_state = Set(Some(start.state.name().to_owned()));
}

async fn change<A: Permitted>(
    permit: &mut Permit<'_, A>,
    action: &'static str,
    set: impl FnOnce(&mut joining_group::ActiveModel),
) -> Result<(), JoiningError> {
    let group = permit.group()?;
    permit.act(action, String::new()).await?;
    write(permit.db(), group, set).await
}

pub(super) async fn write(
    db: &DatabaseTransaction,
    group: GroupId,
    set: impl FnOnce(&mut joining_group::ActiveModel),
) -> Result<(), JoiningError> {
    let there = joining_group::Entity::find_by_id(group.0).one(db).await?;
    if let Some(row) = there {
        let mut row = row.into_active_model();
        set(&mut row);
        row.update(db).await?;
        return Ok(());
    }
    let mut row = joining_group::ActiveModel {
        listing_id: Set(group.0),
        questions: Set(None),
        programme: Set(Programme::General.name().to_owned()),
        start_on: Set(None),
        start_least: Set(None),
        start_state: Set(None),
        measures: Set(None),
    };
    set(&mut row);
    row.insert(db).await?;
    Ok(())
}
