//! The sessions of a group: those ahead as the schedule has them, those before as they were.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::Denied;
use domain::groups::{Listing, Seats, Slug};
use domain::people::{GroupId, Handle, PersonId};
use domain::schedule::{Dated, Schedule, resolve};
use domain::sessions::{Plan, sessions};
use domain::text::Line;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::planning::plan_of;
use super::{Sitting, row_of, sitting_in};
use crate::entities::leading::{attendance, group_session};
use crate::joining::listing_of;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePlans};
use crate::transaction::{StoreError, Transaction};

/// So many sessions ahead are listed: a quarter of weekly ones.
const AHEAD: usize = 13;

/// Sessions before, of which nothing was written, are listed for so long.
const BEFORE: TimeDelta = TimeDelta::weeks(8);

/// No session is longer.
pub(super) const LONGEST: TimeDelta = TimeDelta::hours(24);

/// A session with what is planned for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub sitting: Sitting,
    pub state: State,
    pub plan: Plan,
    /// Who leads in place of those who usually do.
    pub cover: Option<(Slug, Handle)>,
    /// Whether it was written down who was there, or how many.
    pub is_marked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Meets,
    Moved { reason: Option<Line> },
    Cancelled { reason: Option<Line> },
}

/// The sessions of a group.
#[derive(Debug, Clone)]
pub struct Sessions {
    pub listing: Listing,
    /// The next ones first; one that is under way is the first of them.
    pub ahead: Vec<Listed>,
    /// The newest first.
    pub past: Vec<Listed>,
}

impl Listed {
    pub const fn is_cancelled(&self) -> bool {
        matches!(self.state, State::Cancelled { .. })
    }
}

/// The sessions of the group of the permit.
pub async fn list(permit: &mut Permit<'_, SeePlans, impl Transaction>) -> Result<Sessions, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = listing_of(permit.db(), group).await?;
    let rows = rows(permit.db(), group).await?;
    let marked = marked(permit.db(), rows.values()).await?;
    let dates = dates(group, &listing, rows.values(), now);
    let (mut ahead, mut past) = (Vec::new(), Vec::new());
    for date in dates {
        let row = rows.get(&date);
        let Ok((sitting, state)) = when(&listing, row, date) else {
            continue;
        };
        let is_marked = row.is_some_and(|row| row.heads.is_some() || marked.contains(&row.id));
        let one = listed(permit, (sitting, state), row, is_marked).await?;
        if now < one.sitting.ends_at() {
            ahead.push(one);
        } else {
            past.push(one);
        }
    }
    ahead.sort_by_key(|one| one.sitting.starts_at);
    past.sort_by_key(|one| std::cmp::Reverse(one.sitting.starts_at));
    Ok(Sessions { listing, ahead, past })
}

/// One session of the group of the permit, also one that is cancelled.
pub async fn one(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
    date: NaiveDate,
) -> Result<(Listing, Listed), StoreError> {
    let group = permit.group()?;
    let (_, listing) = listing_of(permit.db(), group).await?;
    let row = row_of(permit.db(), group, date).await?;
    let found = when(&listing, row.as_ref(), date)?;
    let marked = marked(permit.db(), row.iter()).await?;
    let is_marked = row
        .as_ref()
        .is_some_and(|row| row.heads.is_some() || marked.contains(&row.id));
    let one = listed(permit, found, row.as_ref(), is_marked).await?;
    Ok((listing, one))
}

/// When a session is and how it stands; a date of no session is not there.
pub(super) fn when(
    listing: &Listing,
    row: Option<&group_session::Model>,
    date: NaiveDate,
) -> Result<(Sitting, State), StoreError> {
    let schedule = listing.schedule();
    match sitting_in(listing, row, date) {
        Ok(sitting) => {
            let moved = schedule.and_then(|schedule| schedule.moves.iter().find(|moved| moved.date == date));
            let state = moved.map_or(State::Meets, |moved| State::Moved {
                reason: moved.reason.clone(),
            });
            Ok((sitting, state))
        }
        Err(StoreError::Denied(Denied::NoRight)) => {
            let skipped = schedule.and_then(|schedule| cancelled(schedule, date));
            skipped.ok_or(StoreError::Denied(Denied::NoRight))
        }
        Err(why) => Err(why),
    }
}

fn cancelled(schedule: &Schedule, date: NaiveDate) -> Option<(Sitting, State)> {
    let skip = schedule.skips.iter().find(|skip| skip.date == date)?;
    let sitting = Sitting {
        date,
        starts_at: resolve(schedule.zone, date.and_time(schedule.time)).to_utc(),
        length: schedule.length,
    };
    let reason = skip.reason.clone();
    Some((sitting, State::Cancelled { reason }))
}

/// The dates that are listed, each once.
fn dates<'a>(
    group: GroupId,
    listing: &Listing,
    rows: impl Iterator<Item = &'a group_session::Model>,
    now: DateTime<Utc>,
) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = rows
        .filter(|row| row.starts_at <= now)
        .map(|row| row.on_date)
        .collect();
    if let Some(schedule) = listing.schedule() {
        let before = sessions(group, schedule, now - BEFORE, now).map(|(session, _)| session.date);
        dates.extend(before.filter(|date| has_started(listing, *date)));
        dates.extend(ahead(group, listing, now).into_iter().map(|(date, _)| date));
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// Whether the group met by then: one that is still to start has not, whatever its schedule says.
pub(super) fn has_started(listing: &Listing, date: NaiveDate) -> bool {
    match listing.seats {
        Seats::Starts(first) => first <= date,
        _ => true,
    }
}

/// Dates from now on, skipped ones left in, as far as the group meets: it may be paused, or end.
pub(super) fn ahead(group: GroupId, listing: &Listing, now: DateTime<Utc>) -> Vec<(NaiveDate, Dated)> {
    let meets: Vec<Dated> = listing.upcoming(now).take(AHEAD).collect();
    let until = meets.last().map(Dated::start);
    listing
        .schedule()
        .zip(until)
        .into_iter()
        .flat_map(|(schedule, until)| sessions(group, schedule, now, until.to_utc() + TimeDelta::seconds(1)))
        .filter(|(_, dated)| meets.contains(dated))
        .map(|(session, dated)| (session.date, dated))
        .collect()
}

async fn rows(
    db: &DatabaseTransaction,
    group: GroupId,
) -> Result<BTreeMap<NaiveDate, group_session::Model>, StoreError> {
    let rows = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .order_by_asc(group_session::Column::OnDate)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.on_date, row)).collect())
}

/// Those of these sessions in which somebody was marked.
pub(super) async fn marked<'a>(
    db: &DatabaseTransaction,
    rows: impl Iterator<Item = &'a group_session::Model>,
) -> Result<HashSet<Uuid>, StoreError> {
    let ids: Vec<Uuid> = rows.map(|row| row.id).collect();
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.is_in(ids))
        .all(db)
        .await?;
    Ok(marks.into_iter().map(|mark| mark.session_id).collect())
}

async fn listed<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    (sitting, state): (Sitting, State),
    row: Option<&group_session::Model>,
    is_marked: bool,
) -> Result<Listed, StoreError> {
    let plan = match row {
        Some(row) => plan_of(permit, row).await?,
        None => Plan::default(),
    };
    let cover = match plan.cover {
        Some(PersonId(person)) => {
            let row = people::row(permit.db(), PersonId(person)).await?;
            Some((
                people::slug(&row.slug)?,
                people::handle(&*permit.transaction, &row).await?,
            ))
        }
        None => None,
    };
    Ok(Listed {
        sitting,
        state,
        plan,
        cover,
        is_marked,
    })
}
