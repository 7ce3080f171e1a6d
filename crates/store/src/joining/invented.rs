//! Invented people on the way into groups, for the demo's job only. Their ways are made by the same acts as anybody's.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::agreements::{Age, Signer, Text};
use domain::groups::{Mail, Slug};
use domain::joining::{
    Act, Answers, Application, BroughtIn, Membership, MembershipAct, OWN_FORM, Places, PlannedStart,
};
use domain::people::{GroupId, Handle, PersonId, Role};
use domain::text::{Line, Prose};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::days::begins;
use super::members::enter_from_elsewhere;
use super::slots::How;
use super::stepping::{happened, holders, shown, write_letter};
use super::{JoiningError, listing_of, places, start};
use crate::agreements;
use crate::audit;
use crate::entities::joining::{application, membership, screening_answer, talk_note, talk_slot};
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::key::random;
use crate::sealed::{FIRST, SCREENING_ANSWERS, TALK_NOTE};
use crate::transaction::{StoreError, Who, Writing};
use crate::{people, permit};

/// Someone invented, and what happened on their way; `acts` get who leads the group and its places.
pub struct Invented<'a> {
    pub handle: &'a Handle,
    pub group: &'a Slug,
    pub asked_at: DateTime<Utc>,
    pub acts: &'a (dyn Fn(PersonId, Places) -> Vec<(Act, DateTime<Utc>)> + Send + Sync),
    pub answers: Option<&'a Answers>,
    pub note: Option<&'a Prose>,
    pub letter: Option<&'a Prose>,
    /// So many of the texts that are asked for are signed.
    pub signs: usize,
}

/// Puts one in.
pub async fn invent(
    writing: &mut Writing,
    one: &Invented<'_>,
    mail: Option<&Mail>,
    texts: &[Text],
) -> Result<(), JoiningError> {
    let group = begun(writing, one.group).await?;
    let now = writing.now();
    let leaders = holders(writing, Role::Leader, Some(group)).await?;
    let leader = *leaders.first().ok_or(Denied::NoRight)?;
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let free = places(writing.looking(), group, &listing, now).await?;
    let mut way = Application::ask(one.asked_at);
    let (person, _) = people::create(writing, one.handle, mail).await?;
    let id = new_id(now);
    let mut row = application::ActiveModel {
        id: Set(id),
        slug: Set(Slug::from_bits(u64::from_be_bytes(random())).to_string()),
        person_id: Set(person.0),
        listing_id: Set(group.0),
        age: Set(Age::Adult.name().to_owned()),
        leader_id: Set(None),
        asked_at: Set(one.asked_at),
        risk_at: Set(None),
        risk_seen_at: Set(None),
        risk_told_at: Set(None),
        risk_seen_by: Set(None),
        ..Default::default()
    };
    let mut steps = vec![("ask", way.clone())];
    for (act, at) in (one.acts)(leader, free) {
        let name = act.name();
        way = way.after(act, at)?;
        steps.push((name, way.clone()));
    }
    shown(&mut row, &way, now)?;
    if one.answers.is_some_and(|answers| answers.safety.is_risk()) {
        row.risk_at = Set(way.facts().answered_at);
    }
    let row = row.insert(writing.looking()).await?;
    for (name, way) in &steps {
        happened(writing, id, name, way, None).await?;
    }
    if let Some(answers) = one.answers {
        let form = new_id(now);
        let text = serde_json::to_string(answers).map_err(|why| StoreError::Database(why.into()))?;
        let row = screening_answer::Model {
            id: form,
            application_id: id,
            form: OWN_FORM.to_owned(),
            answers: SCREENING_ANSWERS.seal(writing, form, group, &text).await?,
            answered_at: way.facts().answered_at.unwrap_or(one.asked_at),
        };
        row.into_active_model().insert(writing.looking()).await?;
    }
    if let Some(words) = one.note {
        let note = new_id(now);
        let row = talk_note::Model {
            id: note,
            application_id: id,
            words: TALK_NOTE
                .seal(writing, (note, FIRST), group, words.as_str())
                .await?,
            version: FIRST,
            written_by: leader.0,
            written_at: way.moved_at(),
        };
        row.into_active_model().insert(writing.looking()).await?;
    }
    if let Some(words) = one.letter {
        write_letter(writing, &row, Some(leader), words).await?;
    }
    if let Some(at) = way.facts().booked_for {
        slot(writing, group, leader, at, Some(id)).await?;
    }
    sign(writing, (person, group), one.handle, texts, one.signs).await
}

/// A time for a talk with who leads a group, open.
pub async fn invent_time(writing: &mut Writing, group: &Slug, at: DateTime<Utc>) -> Result<(), JoiningError> {
    let group = begun(writing, group).await?;
    let leaders = holders(writing, Role::Leader, Some(group)).await?;
    let leader = *leaders.first().ok_or(Denied::NoRight)?;
    slot(writing, group, leader, at, None).await
}

/// Someone invented who was in a group already, and what became of their time in it.
pub struct InventedMember<'a> {
    pub group: &'a Slug,
    pub handle: &'a Handle,
    /// Whose it is already is in one more group.
    pub mail: &'a Mail,
    pub brought: &'a BroughtIn,
    /// What was done with the membership, each on its day.
    pub acts: &'a [(MembershipAct, NaiveDate)],
    /// So many of the texts that are asked for are signed.
    pub signs: usize,
}

/// Puts one in.
pub async fn invent_member(
    writing: &mut Writing,
    one: &InventedMember<'_>,
    texts: &[Text],
) -> Result<(), JoiningError> {
    let group = begun(writing, one.group).await?;
    let person = match people::by_mail(writing, one.mail).await? {
        Some(account) => PersonId(account.id),
        None => people::create(writing, one.handle, Some(one.mail)).await?.0,
    };
    enter_from_elsewhere(writing, person, group, Age::Adult, one.brought, None).await?;
    sign(writing, (person, group), one.handle, texts, one.signs).await?;
    go_on(writing, (person, group), one).await
}

/// What became of the membership; the group was open to them since it began, and until it ended.
async fn go_on(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    one: &InventedMember<'_>,
) -> Result<(), JoiningError> {
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let mut way = Membership::from(one.brought.since);
    let mut until = None;
    for (act, on) in one.acts {
        way = way.after(*act, *on)?;
        until = (!way.has_place()).then(|| begins(&listing, *on));
    }
    let row = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person.0))
        .filter(membership::Column::ListingId.eq(group.0))
        .one(writing.looking())
        .await?
        .ok_or(Denied::NoRight)?;
    role_held::Entity::update_many()
        .col_expr(
            role_held::Column::FromAt,
            Expr::value(begins(&listing, one.brought.since)),
        )
        .col_expr(role_held::Column::UntilAt, Expr::value(until))
        .filter(role_held::Column::Id.eq(row.role_id))
        .exec(writing.looking())
        .await?;
    let mut row = row.into_active_model();
    row.standing = Set(way.standing.name().to_owned());
    row.way = Set(serde_json::to_string(&way).map_err(|why| StoreError::Database(why.into()))?);
    row.update(writing.looking()).await?;
    Ok(())
}

/// Signs so many of the texts that are asked for.
async fn sign(
    writing: &mut Writing,
    of: (PersonId, GroupId),
    handle: &Handle,
    texts: &[Text],
    many: usize,
) -> Result<(), JoiningError> {
    let name = Line::parse(handle.as_str()).map_err(|why| StoreError::Database(why.into()))?;
    let theirs = texts.iter().filter(|text| text.kind().signer() == Signer::Person);
    for text in theirs.take(many) {
        let what = (text.kind(), &text.hash(), &name);
        let by = (Signer::Person, None);
        agreements::put(writing, of, what, by, texts).await?;
    }
    Ok(())
}

/// A start that a group plans.
pub async fn invent_start(
    writing: &mut Writing,
    group: &Slug,
    planned: PlannedStart,
) -> Result<(), JoiningError> {
    let group = begun(writing, group).await?;
    start::write(writing.looking(), group, |row| start::set_start(row, planned)).await
}

/// Written down in the scope of the group, for the demo's job and nobody else.
async fn begun(writing: &mut Writing, group: &Slug) -> Result<GroupId, JoiningError> {
    if writing.who != Who::Job("demo") {
        return Err(Denied::NoRight.into());
    }
    let group = permit::group(writing.looking(), group).await?;
    let act = audit::Act {
        action: "joining.invent",
        class: "C14",
        group: Some(group),
        ..audit::Act::default()
    };
    writing.act(act).await?;
    Ok(group)
}

async fn slot(
    writing: &Writing,
    group: GroupId,
    leader: PersonId,
    at: DateTime<Utc>,
    booked: Option<uuid::Uuid>,
) -> Result<(), JoiningError> {
    let row = talk_slot::Model {
        id: new_id(writing.now()),
        listing_id: group.0,
        leader_id: leader.0,
        starts_at: at,
        minutes: 30,
        how: How::Video.name().to_owned(),
        application_id: booked,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}
