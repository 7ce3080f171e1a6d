//! Whom to ask how they are, by rules that anybody can follow (`domain::attendance::prompt`), and that somebody did. How often a member
//! was there stands beside it: both are read from the same marks.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::attendance::{Attended, Prompt, prompt};
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::roster::{OfThatDay, members_on, presence, therapy};
use super::{Sitting, held};
use crate::entities::leading::{attendance, group_session, outreach};
use crate::entities::new_id;
use crate::joining::{called, listing_of};
use crate::permit::Permit;
use crate::permit::acts::{MarkAttendance, SeeAttendance};
use crate::transaction::StoreError;

/// Someone whom nobody has asked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub person: Slug,
    pub handle: Handle,
    pub prompt: Prompt,
}

/// The members of the group of the permit who are to be asked how they are, by name.
pub async fn prompts(permit: &mut Permit<'_, SeeAttendance>) -> Result<Vec<Open>, StoreError> {
    let group = permit.group()?;
    therapy(permit.db(), group).await?;
    let mut all = Vec::new();
    for (person, prompt) in open(permit.db(), group, permit.transaction.now()).await? {
        let (person, handle) = called(&*permit.transaction, person.0).await?;
        all.push(Open {
            person,
            handle,
            prompt,
        });
    }
    all.sort_by(|one, other| one.handle.cmp(&other.handle));
    Ok(all)
}

/// Somebody asked after the member of the permit, because of the session of that date; said twice, it is said.
pub async fn asked_after(
    permit: &mut Permit<'_, MarkAttendance>,
    since: NaiveDate,
) -> Result<(), StoreError> {
    let (group, person, now) = (permit.group()?, permit.about()?, permit.transaction.now());
    therapy(permit.db(), group).await?;
    let by = permit.person().ok_or(Denied::NoRight)?;
    let there = attended_of(permit.db(), person, group, now).await?;
    if !there.iter().any(|one| one.on == since) {
        return Err(Denied::NoRight.into());
    }
    permit.act("attendance.asked-after", since.to_string()).await?;
    let row = outreach::Model {
        id: new_id(now),
        listing_id: group.0,
        person_id: person.0,
        since,
        done_by: by.0,
        done_at: now,
    };
    outreach::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(permit.db())
        .await?;
    Ok(())
}

/// How often the member of the permit was there, oldest first, and what they go by.
pub async fn attended(permit: &mut Permit<'_, SeeAttendance>) -> Result<(Handle, Vec<Attended>), StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    therapy(permit.db(), group).await?;
    let handle = called(&*permit.transaction, person.0).await?.1;
    Ok((handle, attended_of(permit.db(), person, group, now).await?))
}

/// Those whom nobody has asked yet, of the members now.
pub(super) async fn open(
    db: &DatabaseTransaction,
    group: GroupId,
    now: DateTime<Utc>,
) -> Result<Vec<(PersonId, Prompt)>, StoreError> {
    let length = domain::schedule::Minutes::new(60).map_err(|why| StoreError::Database(why.into()))?;
    let today = Sitting {
        date: now.date_naive() + chrono::Days::new(1),
        starts_at: now,
        length,
    };
    let mut all = Vec::new();
    for OfThatDay {
        person,
        joined,
        is_paused,
        ..
    } in members_on(db, group, &today).await?
    {
        if is_paused {
            continue;
        }
        let since_then: Vec<Attended> = attended_of(db, person, group, now)
            .await?
            .into_iter()
            .filter(|one| joined <= one.on)
            .collect();
        let asked = asked_of(db, person, group).await?;
        if let Some(prompt) = prompt(&since_then, asked) {
            all.push((person, prompt));
        }
    }
    Ok(all)
}

/// The newest session because of which somebody asked after a member.
pub(crate) async fn asked_of(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<Option<NaiveDate>, StoreError> {
    let newest = outreach::Entity::find()
        .filter(outreach::Column::ListingId.eq(group.0))
        .filter(outreach::Column::PersonId.eq(person.0))
        .order_by_desc(outreach::Column::Since)
        .one(db)
        .await?;
    Ok(newest.map(|row| row.since))
}

/// The sessions at which a member was marked and that have begun, oldest first. An excuse for one that is still to come counts from then on.
pub(super) async fn attended_of(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
    now: DateTime<Utc>,
) -> Result<Vec<Attended>, StoreError> {
    let (_, listing) = listing_of(db, group).await?;
    let marks = attendance::Entity::find()
        .filter(attendance::Column::PersonId.eq(person.0))
        .all(db)
        .await?;
    let sessions = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .filter(group_session::Column::Id.is_in(marks.iter().map(|mark| mark.session_id)))
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(sessions.len());
    for session in &sessions {
        let Some(at) = held(&listing, session, now)? else {
            continue;
        };
        for mark in marks.iter().filter(|mark| mark.session_id == session.id) {
            all.push(Attended {
                on: at.date,
                length: at.length,
                presence: presence(mark)?,
            });
        }
    }
    all.sort_by_key(|one| one.on);
    Ok(all)
}
