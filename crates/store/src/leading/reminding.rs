//! Reminders of sessions, for whoever chose so: once for each session, and for none that is cancelled.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Denied;
use domain::groups::{Kind, Listing};
use domain::joining::Standing;
use domain::people::{GroupId, PersonId};
use domain::schedule::{Dated, Occurrence};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};

use super::LeadingError;
use super::mine::is_member;
use crate::audit::Act;
use crate::coming;
use crate::entities::leading::{excuse, reminded, reminder, whereabouts};
use crate::entities::new_id;
use crate::joining::{listing_of, standings, tell};
use crate::permit::Permit;
use crate::permit::acts::Come;
use crate::retention::not_held;
use crate::transaction::{StoreError, Who, Writing};

/// How many hours before one may choose.
pub const HOURS: [u16; 3] = [2, 24, 48];

/// So many letters in one change.
const AT_ONCE: usize = 50;

/// Where someone is is of no use any more, so long after the day it was said for.
const WHEREABOUTS_KEPT: TimeDelta = TimeDelta::days(2);

/// So many hours before each session of the group of the permit one wants to be reminded; none: not at all.
pub async fn set_reminder(permit: &mut Permit<'_, Come>, hours: Option<u16>) -> Result<(), LeadingError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let comes = coming::comes(permit.db(), person, group).await?;
    if !comes && !is_member(permit.db(), person, group, now).await? {
        return Err(Denied::NoRight.into());
    }
    if hours.is_some_and(|hours| !HOURS.contains(&hours)) {
        return Err(LeadingError::Hours);
    }
    permit.act("leading.reminder", String::new()).await?;
    reminder::Entity::delete_many()
        .filter(reminder::Column::PersonId.eq(person.0))
        .filter(reminder::Column::ListingId.eq(group.0))
        .exec(permit.db())
        .await?;
    if let Some(hours) = hours {
        let row = reminder::Model {
            id: new_id(now),
            person_id: person.0,
            listing_id: group.0,
            hours: hours.into(),
        };
        row.into_active_model().insert(permit.db()).await?;
    }
    Ok(())
}

/// Reminds some of those whose time has come; how many, and none is the end. That one was is kept in the same change as their letter, so it
/// is written once, whatever becomes of the job. The letter is the same for all: it cannot name a group.
pub async fn remind(writing: &mut Writing, subject: &str, body: &str) -> Result<usize, StoreError> {
    let Who::Job(_) = writing.who else {
        return Err(Denied::NoRight.into());
    };
    tidy(writing).await?;
    let choices = reminder::Entity::find()
        .order_by_asc(reminder::Column::ListingId)
        .order_by_asc(reminder::Column::Id)
        .all(writing.looking())
        .await?;
    let mut many = 0;
    for choice in choices {
        let (person, group) = (PersonId(choice.person_id), GroupId(choice.listing_id));
        let (_, listing) = listing_of(writing.looking(), group).await?;
        let hours = TimeDelta::hours(i64::from(choice.hours));
        for meeting in due(&listing, writing.now(), hours) {
            if !is_expected(writing, (person, group), &meeting, listing.kind).await?
                || was_reminded(writing.looking(), (person, group), &meeting).await?
            {
                continue;
            }
            let act = Act {
                action: "leading.remind",
                class: "C16",
                group: Some(group),
                about: Some(person),
                ..Act::default()
            };
            writing.act(act).await?;
            let row = reminded::Model {
                id: new_id(writing.now()),
                person_id: person.0,
                listing_id: group.0,
                on_date: meeting.date,
            };
            // Another process may have been at it until the audit's number was free.
            let first = reminded::Entity::insert(row.into_active_model())
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(writing.looking())
                .await?;
            if first == 1 {
                tell(writing, person, subject, body).await?;
                many += 1;
            }
            if many == AT_ONCE {
                return Ok(many);
            }
        }
    }
    Ok(many)
}

/// The meetings that begin within these hours; skipped ones are none.
fn due(listing: &Listing, now: DateTime<Utc>, hours: TimeDelta) -> Vec<Occurrence> {
    listing
        .upcoming(now)
        .take_while(|dated| dated.start() <= now + hours)
        .filter_map(Dated::meeting)
        .collect()
}

/// Who is away, or said that they cannot come, is not reminded.
async fn is_expected(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    meeting: &Occurrence,
    kind: Kind,
) -> Result<bool, StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    if kind == Kind::Support && coming::comes_to(db, person, group, meeting.date).await? {
        return Ok(true);
    }
    if !is_member(db, person, group, now).await? {
        return Ok(false);
    }
    let standing = standings(db, group).await?.remove(&person.0);
    if standing.is_some_and(|(membership, _)| matches!(membership.standing, Standing::Paused { .. })) {
        return Ok(false);
    }
    let excused = excuse::Entity::find()
        .filter(excuse::Column::ListingId.eq(group.0))
        .filter(excuse::Column::OnDate.eq(meeting.date))
        .filter(excuse::Column::PersonId.eq(person.0))
        .count(db)
        .await?;
    Ok(excused == 0)
}

async fn was_reminded(
    db: &DatabaseTransaction,
    (person, group): (PersonId, GroupId),
    meeting: &Occurrence,
) -> Result<bool, StoreError> {
    let rows = reminded::Entity::find()
        .filter(reminded::Column::PersonId.eq(person.0))
        .filter(reminded::Column::ListingId.eq(group.0))
        .filter(reminded::Column::OnDate.eq(meeting.date))
        .count(db)
        .await?;
    Ok(rows > 0)
}

/// Takes away where people were, but for those on whom there is a hold.
async fn tidy(writing: &mut Writing) -> Result<(), StoreError> {
    let over = (writing.now() - WHEREABOUTS_KEPT).date_naive();
    let old = Condition::all()
        .add(whereabouts::Column::OnDate.lt(over))
        .add(Expr::cust(not_held("person_id", "listing_id")));
    let there = whereabouts::Entity::find()
        .filter(old.clone())
        .count(writing.looking())
        .await?;
    if there > 0 {
        let act = Act {
            action: "contact.tidy",
            class: "C3",
            object: there.to_string(),
            ..Act::default()
        };
        writing.act(act).await?;
        whereabouts::Entity::delete_many()
            .filter(old)
            .exec(writing.looking())
            .await?;
    }
    Ok(())
}
