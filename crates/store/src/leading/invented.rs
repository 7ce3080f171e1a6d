//! Invented sessions of the demo's groups, for its job only.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::attendance::{Count, Presence};
use domain::groups::Slug;
use domain::people::{GroupId, PersonId};
use domain::sessions::Plan;
use domain::text::Prose;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::advice::Look;
use super::listed::when;
use super::planning::keep;
use super::roster::members_on;
use super::row_of;
use crate::audit::Act;
use crate::entities::coming::guest;
use crate::entities::joining::membership;
use crate::entities::leading::{advice, advice_thanks, attendance};
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::joining::{listing_of, unread};
use crate::key::random;
use crate::people::LEADING;
use crate::permit;
use crate::sealed::{ADVICE, HEADS};
use crate::transaction::{StoreError, Who, Writing};

/// One session.
pub struct Invented<'a> {
    pub date: NaiveDate,
    pub plan: &'a Plan,
    pub past: Past<'a>,
}

/// What was written down of it.
pub enum Past<'a> {
    /// It is still to come, or nobody wrote anything down.
    Nothing,
    /// How each member of that date was there, by their place in the order of their coming into the group.
    Marked(&'a (dyn Fn(usize) -> Presence + Send + Sync)),
    Counted(Count),
}

/// Puts a session in. Who was in the group from its beginning is taken to have been there at all of them.
pub async fn invent(writing: &mut Writing, group: &Slug, one: &Invented<'_>) -> Result<(), StoreError> {
    let group = started(writing, group).await?;
    let (_, listing) = listing_of(writing.looking(), group).await?;
    let row = row_of(writing.looking(), group, one.date).await?;
    let (sitting, _) = when(&listing, row.as_ref(), one.date)?;
    keep(writing, group, sitting, one.plan).await?;
    let (db, now) = (writing.looking(), writing.now());
    let row = row_of(db, group, one.date).await?.ok_or(Denied::NoRight)?;
    let (id, mut session) = (row.id, row.into_active_model());
    match &one.past {
        Past::Nothing => return Ok(()),
        Past::Counted(count) => {
            let plain = serde_json::to_string(count).map_err(|why| unread("count", id, why))?;
            session.heads = Set(Some(HEADS.seal(writing, id, group, &plain).await?));
        }
        Past::Marked(presence) => {
            let by = leader(writing, group).await?;
            for (number, member) in members_on(db, group, &sitting).await?.into_iter().enumerate() {
                let row = attendance::Model {
                    id: new_id(now),
                    session_id: id,
                    person_id: member.person.0,
                    presence: presence(number).name().to_owned(),
                    marked_by: by.0,
                    marked_at: sitting.starts_at,
                };
                row.into_active_model().insert(db).await?;
            }
        }
    }
    session.began_at = Set(Some(sitting.starts_at));
    session.update(writing.looking()).await?;
    Ok(())
}

/// Has those who lead a group of the demo, and those who were entered in it without more, be there since a day: their sessions were before.
pub async fn invent_since(writing: &mut Writing, group: &Slug, since: NaiveDate) -> Result<(), StoreError> {
    let group = started(writing, group).await?;
    let since = since.and_time(chrono::NaiveTime::MIN).and_utc();
    // Who asked, talked and signed came when they did.
    let came = sea_orm::sea_query::Query::select()
        .column(membership::Column::PersonId)
        .from(membership::Entity)
        .and_where(membership::Column::ListingId.eq(group.0))
        .to_owned();
    role_held::Entity::update_many()
        .col_expr(role_held::Column::FromAt, sea_orm::sea_query::Expr::value(since))
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::PersonId.not_in_subquery(came))
        .exec(writing.looking())
        .await?;
    Ok(())
}

/// Advice of some of those who come to a support group, and how many it helped; what was not looked at yet helped nobody.
pub async fn invent_advice(
    writing: &mut Writing,
    group: &Slug,
    all: &[(Prose, Look, usize)],
) -> Result<(), StoreError> {
    let group = started(writing, group).await?;
    let guests: Vec<PersonId> = guest::Entity::find()
        .filter(guest::Column::ListingId.eq(group.0))
        .order_by_asc(guest::Column::Id)
        .all(writing.looking())
        .await?
        .into_iter()
        .map(|guest| PersonId(guest.person_id))
        .collect();
    for ((words, look, helped), by) in all.iter().zip(&guests) {
        let (now, id) = (writing.now(), new_id(writing.now()));
        let row = advice::Model {
            id,
            slug: Slug::from_bits(u64::from_le_bytes(random())).to_string(),
            listing_id: group.0,
            person_id: by.0,
            words: ADVICE.seal(writing, id, group, words.as_str()).await?,
            state: look.name().to_owned(),
            said_at: now,
            looked_by: None,
            looked_at: None,
        };
        row.into_active_model().insert(writing.looking()).await?;
        for person in guests.iter().filter(|person| *person != by).take(*helped) {
            let thanks = advice_thanks::Model {
                id: new_id(now),
                advice_id: id,
                person_id: person.0,
            };
            thanks.into_active_model().insert(writing.looking()).await?;
        }
    }
    Ok(())
}

async fn leader(writing: &Writing, group: GroupId) -> Result<PersonId, StoreError> {
    let row = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.is_in(LEADING.map(domain::people::Role::name)))
        .order_by_asc(role_held::Column::Id)
        .one(writing.looking())
        .await?;
    row.map(|row| PersonId(row.person_id))
        .ok_or(StoreError::Denied(Denied::NoRight))
}

/// Written down in the scope of the group, for the demo's job and nobody else.
async fn started(writing: &mut Writing, group: &Slug) -> Result<GroupId, StoreError> {
    if writing.who != Who::Job("demo") {
        return Err(Denied::NoRight.into());
    }
    let group = permit::group(writing.looking(), group).await?;
    let act = Act {
        action: "leading.invent",
        class: "C18",
        group: Some(group),
        ..Act::default()
    };
    writing.act(act).await?;
    Ok(group)
}
