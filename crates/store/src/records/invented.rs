//! Invented records, for the demo's job only: signed by who leads the group, for those who are marked as having been there.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::attendance::Presence;
use domain::goals::Goal;
use domain::groups::Slug;
use domain::people::{PersonId, Role};
use domain::records::{Act, By, Checked, Kind, Record, Relation, Words};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{Rules, goals, kept};
use crate::audit;
use crate::entities::leading::attendance;
use crate::entities::new_id;
use crate::entities::people::role_held;
use crate::entities::records::member_goal;
use crate::leading;
use crate::permit;
use crate::sealed::{FIRST, MEMBER_GOAL};
use crate::transaction::{StoreError, Who, Writing};

/// A session as it was written down; of each who was there, the part that `part` gives for their place on the roster.
pub struct Invented<'a> {
    pub date: NaiveDate,
    pub session: &'a Words,
    pub part: &'a (dyn Fn(usize) -> Option<Words> + Send + Sync),
}

/// Puts one in, signed.
pub async fn invent(writing: &mut Writing, group: &Slug, one: &Invented<'_>) -> Result<(), StoreError> {
    let (group, leader) = begun(writing, group).await?;
    let Some(session) = leading::row_of(writing.looking(), group, one.date).await? else {
        return Ok(());
    };
    let mut all = vec![(Kind::Session, Some(one.session.clone()))];
    for (place, person) in members(writing, group).await?.into_iter().enumerate() {
        let mark = attendance::Entity::find()
            .filter(attendance::Column::SessionId.eq(session.id))
            .filter(attendance::Column::PersonId.eq(person.0))
            .one(writing.looking())
            .await?;
        let presence = mark.as_ref().map(leading::presence).transpose()?;
        if presence.is_some_and(Presence::was_there) {
            all.push((Kind::Individual(person), (one.part)(place)));
        }
    }
    let rules = Rules::plain(one.date);
    for (kind, words) in all {
        let Some(words) = words else { continue };
        let record = Record::begin(kind, leader, one.date);
        let mut row = kept::insert(writing, session.id, group, record).await?;
        kept::add_text(writing, &mut row, &words, leader).await?;
        let by = By {
            who: leader,
            relation: Relation::Leads,
        };
        let signed = Act::Sign(Checked::default());
        let signed = row
            .record
            .clone()
            .after(signed, by, rules.policy, rules.today, writing.now());
        if let Ok(signed) = signed {
            row.record = signed;
            kept::update(writing, &mut row).await?;
        }
    }
    Ok(())
}

/// A goal of the member at this place of the roster.
pub async fn invent_goal(
    writing: &mut Writing,
    group: &Slug,
    place: usize,
    goal: &Goal,
) -> Result<(), StoreError> {
    let (group, leader) = begun(writing, group).await?;
    let Some(person) = members(writing, group).await?.get(place).copied() else {
        return Ok(());
    };
    let id = new_id(writing.now());
    let row = member_goal::Model {
        id,
        slug: goals::new_slug().to_string(),
        listing_id: group.0,
        person_id: person.0,
        words: MEMBER_GOAL
            .seal(writing, (id, FIRST), group, &goals::told(goal)?)
            .await?,
        version: FIRST,
        changed_by: leader.0,
        changed_at: writing.now(),
        ended_at: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Written down in the scope of the group, for the demo's job and nobody else; with who leads it.
async fn begun(
    writing: &mut Writing,
    group: &Slug,
) -> Result<(domain::people::GroupId, PersonId), StoreError> {
    if writing.who != Who::Job("demo") {
        return Err(Denied::NoRight.into());
    }
    let group = permit::group(writing.looking(), group).await?;
    let act = audit::Act {
        action: "records.invent",
        class: "C8",
        group: Some(group),
        ..audit::Act::default()
    };
    writing.act(act).await?;
    let leader = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Leader.name()))
        .order_by_asc(role_held::Column::Id)
        .one(writing.looking())
        .await?;
    let leader = leader.ok_or(Denied::NoRight)?;
    Ok((group, PersonId(leader.person_id)))
}

/// The members of a group, those who came first before the others.
async fn members(writing: &Writing, group: domain::people::GroupId) -> Result<Vec<PersonId>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .order_by_asc(role_held::Column::FromAt)
        .order_by_asc(role_held::Column::Id)
        .all(writing.looking())
        .await?;
    let mut people: Vec<PersonId> = Vec::with_capacity(rows.len());
    for row in rows {
        if !people.contains(&PersonId(row.person_id)) {
            people.push(PersonId(row.person_id));
        }
    }
    Ok(people)
}
