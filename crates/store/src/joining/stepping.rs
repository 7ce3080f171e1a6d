//! Steps on the way: each is asked of `domain::joining`, and kept with what follows from it.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::agreements::Text;
use domain::groups::Slug;
use domain::joining::{
    Act, Admission, Alternative, Application, Around, Holds, Options, Points, Reach, State,
};
use domain::people::{GroupId, PersonId, Role};
use domain::text::Prose;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{JoiningError, Told, listing_of, places, start, tell, way, within};
use crate::agreements;
use crate::entities::joining::{application, application_event, application_letter, talk_slot};
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Apply, Decide, Permitted};
use crate::sealed::APPLICATION_LETTER;
use crate::transaction::{StoreError, Transaction, Writing};

/// What a person does by themselves, besides answering, picking a time and signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mine {
    Read,
    Unbook,
    Accept,
    Decline,
    Take(Alternative),
    Withdraw,
}

/// What staff decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Theirs {
    AskForAnswers,
    Wait { reach: Reach, meanwhile: Options },
    OfferOptions(Options),
    NotNow(Options),
    Offer { until: DateTime<Utc>, holds: Holds },
}

/// A step of the person's own. Who leads the group is told where it is theirs to know at once. Who accepts a place and has signed all
/// that the group asks for before, as someone who comes back may have, is a member at once, if the group admits now.
pub async fn step(
    permit: &mut Permit<'_, Apply>,
    which: &Slug,
    mine: Mine,
    defaults: &[Text],
    told: &Told<'_>,
) -> Result<Application, JoiningError> {
    let accepts = mine == Mine::Accept;
    let (action, tells) = match mine {
        Mine::Read => ("joining.read", false),
        Mine::Unbook => ("joining.unbook", true),
        Mine::Accept => ("joining.accept", true),
        Mine::Decline => ("joining.decline", true),
        Mine::Take(_) => ("joining.take-option", true),
        Mine::Withdraw => ("joining.withdraw", true),
    };
    let id = locked(permit, which, action).await?;
    let act = match mine {
        Mine::Read => Act::Read,
        Mine::Unbook => Act::Unbook,
        Mine::Accept => Act::Accept {
            places: places_now(permit).await?,
        },
        Mine::Decline => Act::Decline,
        Mine::Take(alternative) => Act::TakeOption(alternative),
        Mine::Withdraw => Act::Withdraw,
    };
    let by = permit.person();
    let (row, way) = moved(permit.transaction, id, act, by).await?;
    if tells {
        tell_staff(permit.transaction, &row, told).await?;
    }
    let (person, group) = (PersonId(row.person_id), GroupId(row.listing_id));
    if accepts && agreements::count_missing(permit.transaction, person, group, defaults).await? == 0 {
        return agreements::settled(permit.transaction, row, defaults).await;
    }
    Ok(way)
}

/// A decision, with the letter that the person reads. They are told that there is one.
pub async fn decide(
    permit: &mut Permit<'_, Decide>,
    which: &Slug,
    theirs: Theirs,
    words: Option<&Prose>,
    told: &Told<'_>,
) -> Result<Application, JoiningError> {
    let action = match theirs {
        Theirs::AskForAnswers => "joining.send-forms",
        Theirs::Wait { .. } => "joining.wait",
        Theirs::OfferOptions(_) => "joining.offer-options",
        Theirs::NotNow(_) => "joining.not-now",
        Theirs::Offer { .. } => "joining.offer",
    };
    let id = locked(permit, which, action).await?;
    let by = permit.person().ok_or(Denied::NoRight)?;
    let act = match theirs {
        Theirs::AskForAnswers => Act::SendForms,
        Theirs::Wait { reach, meanwhile } => Act::Wait { reach, meanwhile },
        Theirs::OfferOptions(options) => Act::OfferOptions(options),
        Theirs::NotNow(options) => Act::NotNow(options),
        Theirs::Offer { until, holds } => Act::Offer {
            by,
            until,
            holds,
            places: places_now(permit).await?,
        },
    };
    let (row, way) = moved(permit.transaction, id, act, Some(by)).await?;
    if let Some(words) = words {
        write_letter(permit.transaction, &row, Some(by), words).await?;
    }
    let body = (told.person)(&row.slug);
    tell(permit.transaction, PersonId(row.person_id), told.subject, &body).await?;
    Ok(way)
}

/// What was spoken about in the conversation. More of it is added to what there was.
pub async fn record_talk(
    permit: &mut Permit<'_, Decide>,
    which: &Slug,
    points: Points,
) -> Result<Application, JoiningError> {
    let id = locked(permit, which, "joining.record-talk").await?;
    let by = permit.person().ok_or(Denied::NoRight)?;
    let act = Act::RecordTalk { by, points };
    let (_, way) = moved(permit.transaction, id, act, Some(by)).await?;
    Ok(way)
}

/// Has someone who leads the group answer for it; nobody in particular, with none.
pub async fn reassign(
    permit: &mut Permit<'_, Decide>,
    which: &Slug,
    to: Option<&Slug>,
    told: &Told<'_>,
) -> Result<(), JoiningError> {
    let id = locked(permit, which, "joining.reassign").await?;
    let group = permit.group()?;
    let leads = leaders(permit.transaction, group).await?;
    let to = match to {
        Some(slug) => {
            let person = crate::permit::person(permit.db(), slug).await?;
            let theirs = leads.into_iter().find(|leader| *leader == person);
            Some(theirs.ok_or(Denied::NoRight)?)
        }
        None => None,
    };
    let row = application::Entity::find_by_id(id).one(permit.db()).await?;
    let row = row.ok_or(Denied::NoRight)?;
    if !way(&row)?.is_open() {
        return Err(domain::joining::Refusal::IsOver.into());
    }
    let mut changed = row.into_active_model();
    changed.leader_id = Set(to.map(|person| person.0));
    let row = changed.update(permit.db()).await?;
    tell_staff(permit.transaction, &row, told).await?;
    Ok(())
}

/// Writes down what is done with an application of the permit, which holds the group until the commit, and gives its number.
pub(super) async fn locked<A: Permitted>(
    permit: &mut Permit<'_, A>,
    which: &Slug,
    action: &'static str,
) -> Result<Uuid, StoreError> {
    let of = (permit.about()?, permit.group()?);
    let row = within(permit.db(), which, of).await?;
    permit.act(action, row.id.simple().to_string()).await?;
    Ok(row.id)
}

async fn places_now<A: Permitted>(permit: &Permit<'_, A>) -> Result<domain::joining::Places, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = listing_of(permit.db(), group).await?;
    places(permit.db(), group, &listing, now).await
}

/// Takes an application on by one act. The caller has written down why, in the scope of its group.
pub(crate) async fn moved(
    writing: &mut Writing,
    id: Uuid,
    act: Act,
    by: Option<PersonId>,
) -> Result<(application::Model, Application), JoiningError> {
    let now = writing.now();
    let row = application::Entity::find_by_id(id)
        .one(writing.looking())
        .await?
        .ok_or(Denied::NoRight)?;
    let name = act.name();
    let way = way(&row)?.after(act, now)?;
    let mut changed = row.into_active_model();
    shown(&mut changed, &way, now)?;
    let row = changed.update(writing.looking()).await?;
    happened(writing, id, name, &way, by).await?;
    if way.facts().booked_for.is_none() {
        talk_slot::Entity::update_many()
            .col_expr(
                talk_slot::Column::ApplicationId,
                sea_orm::sea_query::Expr::value(None::<Uuid>),
            )
            .filter(talk_slot::Column::ApplicationId.eq(id))
            .filter(talk_slot::Column::StartsAt.gt(now))
            .exec(writing.looking())
            .await?;
    }
    Ok((row, way))
}

/// What is asked for in queries, as it follows from the way. Whose turn it is stands there by the way alone; what stands around it is asked
/// when it is looked at.
pub(super) fn shown(
    row: &mut application::ActiveModel,
    way: &Application,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let next = way.next(now, Around::default());
    let offer = match way.state() {
        State::Offered(offer) => Some(offer),
        _ => None,
    };
    row.state = Set(way.state().name().to_owned());
    row.way = Set(serde_json::to_string(way).map_err(|why| StoreError::Database(why.into()))?);
    row.owes = Set(next.owes.name().to_owned());
    row.owed_since = Set(next.since);
    row.reminded_at = Set(None);
    row.moved_at = Set(way.moved_at());
    row.expires_at = Set(offer.map(|offer| offer.until));
    row.holds_until = Set(offer
        .filter(|offer| offer.holds == Holds::Place)
        .map(|offer| offer.until));
    Ok(())
}

pub(super) async fn happened(
    writing: &Writing,
    application: Uuid,
    act: &str,
    way: &Application,
    by: Option<PersonId>,
) -> Result<(), StoreError> {
    let event = application_event::Model {
        id: new_id(writing.now()),
        application_id: application,
        act: act.to_owned(),
        state: way.state().name().to_owned(),
        acted_by: by.map(|person| person.0),
        at: way.moved_at(),
    };
    event.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// What the person reads behind the link of their letter.
pub(super) async fn write_letter(
    writing: &Writing,
    row: &application::Model,
    by: Option<PersonId>,
    words: &Prose,
) -> Result<(), StoreError> {
    let (now, group) = (writing.now(), GroupId(row.listing_id));
    let id = new_id(now);
    let letter = application_letter::Model {
        id,
        application_id: row.id,
        words: APPLICATION_LETTER
            .seal(writing, id, group, words.as_str())
            .await?,
        written_by: by.map(|person| person.0),
        written_at: now,
    };
    letter.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Makes who has signed everything a member, if the group admits now. Who has not, since a text changed, is asked for it.
pub(crate) async fn admit_if_signed(
    writing: &mut Writing,
    row: application::Model,
    defaults: &[Text],
) -> Result<Application, JoiningError> {
    let before = way(&row)?;
    if !matches!(before.state(), State::Signed(_)) {
        return Ok(before);
    }
    let (person, group) = (PersonId(row.person_id), GroupId(row.listing_id));
    let admission = start::admission(writing, group).await?;
    if !matches!(admission, Admission::From(_)) {
        return Ok(before);
    }
    let missing = agreements::count_missing(writing, person, group, defaults).await?;
    if missing > 0 {
        return Ok(moved(writing, row.id, Act::Sign { missing }, None).await?.1);
    }
    let act = Act::Admit { admission, missing };
    let (row, way) = moved(writing, row.id, act, None).await?;
    if let State::Member(from) = *way.state() {
        super::members::enter(writing, &row, from).await?;
    }
    Ok(way)
}

/// A letter to who answers for the application, or to everyone who leads the group; to coordinators where nobody does.
pub(super) async fn tell_staff(
    writing: &Writing,
    row: &application::Model,
    told: &Told<'_>,
) -> Result<(), StoreError> {
    let leaders = leaders(writing, GroupId(row.listing_id)).await?;
    let answers = row
        .leader_id
        .map(PersonId)
        .filter(|leader| leaders.contains(leader));
    let mut to = answers.map_or(leaders, |leader| vec![leader]);
    if to.is_empty() {
        to = holders(writing, Role::Coordinator, None).await?;
    }
    let body = (told.staff)(&row.slug);
    for person in to {
        tell(writing, person, told.subject, &body).await?;
    }
    Ok(())
}

/// Those who lead a therapy group now, each once.
pub(super) async fn leaders(
    transaction: &impl Transaction,
    group: GroupId,
) -> Result<Vec<PersonId>, StoreError> {
    let mut all = holders(transaction, Role::Leader, Some(group)).await?;
    for co_leader in holders(transaction, Role::CoLeader, Some(group)).await? {
        if !all.contains(&co_leader) {
            all.push(co_leader);
        }
    }
    Ok(all)
}

/// Those who hold a role now, each once.
pub(crate) async fn holders(
    transaction: &impl Transaction,
    role: Role,
    group: Option<GroupId>,
) -> Result<Vec<PersonId>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::Role.eq(role.name()))
        .filter(match group {
            Some(group) => role_held::Column::ListingId.eq(group.0),
            None => role_held::Column::ListingId.is_null(),
        })
        .all(transaction.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| people::holds(row, transaction.now())) {
        let person = PersonId(row.person_id);
        if !all.contains(&person) {
            all.push(person);
        }
    }
    Ok(all)
}
