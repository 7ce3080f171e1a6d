//! What waits for who leads groups: the next session, sessions of which nobody wrote down who was there, people to ask after, advice to look
//! at. Numbers only; what they are about opens with a permit.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::{Action, Relation, decide};
use domain::groups::{Kind, Listing, Seats, Slug};
use domain::people::{GroupId, Reach};
use domain::sessions::sessions;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

use super::listed::{LONGEST, ahead, has_started, marked, when};
use super::{Sitting, outreach, row_of};
use crate::entities::leading::advice;
use crate::joining::listing_of;
use crate::people::LEADING;
use crate::permit::standing;
use crate::transaction::{StoreError, Transaction};

/// What nobody wrote down within so long is a matter of the record, and no more of today.
const UNMARKED_FOR: TimeDelta = TimeDelta::days(14);

/// One group that one leads.
#[derive(Debug, Clone)]
pub struct Waits {
    pub group: Slug,
    pub listing: Listing,
    /// The session that is next, or under way.
    pub next: Option<Sitting>,
    /// Sessions of the last days that are over, of which nothing was marked or counted; the oldest first.
    pub unmarked: Vec<NaiveDate>,
    /// How many members are to be asked how they are.
    pub prompts: usize,
    /// How much advice waits to be looked at.
    pub advice: u64,
}

/// The groups that the one who asks leads now, and what waits there.
pub async fn waits(transaction: &mut impl Transaction) -> Result<Vec<Waits>, StoreError> {
    let standing = standing(&*transaction).await?;
    let (db, now) = (transaction.looking(), standing.now);
    let mut led: BTreeMap<GroupId, DateTime<Utc>> = BTreeMap::new();
    for held in standing.held.iter().filter(|held| held.holds(now)) {
        let Reach::Group(group) = held.reach else { continue };
        let relation = Relation {
            group: Some(group),
            ..Relation::default()
        };
        if LEADING.contains(&held.role) && decide(&standing, Action::MarkAttendance, relation).is_ok() {
            led.entry(group)
                .and_modify(|since| *since = held.from.min(*since))
                .or_insert(held.from);
        }
    }
    let mut all = Vec::with_capacity(led.len());
    for (group, since) in led {
        let (slug, listing) = listing_of(db, group).await?;
        all.push(Waits {
            group: slug,
            next: next(db, group, &listing, now).await?,
            unmarked: unmarked(db, group, &listing, (since, now)).await?,
            prompts: match listing.kind {
                Kind::Therapy => outreach::open(db, group, now).await?.len(),
                Kind::Support => 0,
            },
            advice: advice::Entity::find()
                .filter(advice::Column::ListingId.eq(group.0))
                .filter(advice::Column::State.eq("waiting"))
                .count(db)
                .await?,
            listing,
        });
    }
    all.sort_by_key(|waits| (waits.next.is_none(), waits.next.map(|next| next.starts_at)));
    Ok(all)
}

async fn next(
    db: &DatabaseTransaction,
    group: GroupId,
    listing: &Listing,
    now: DateTime<Utc>,
) -> Result<Option<Sitting>, StoreError> {
    let from = now.checked_sub_signed(LONGEST).unwrap_or(now);
    for (date, dated) in ahead(group, listing, from) {
        if dated.meeting().is_none() {
            continue;
        }
        let row = row_of(db, group, date).await?;
        let (sitting, _) = when(listing, row.as_ref(), date)?;
        if now < sitting.ends_at() {
            return Ok(Some(sitting));
        }
    }
    Ok(None)
}

/// Sessions that were held since they lead the group.
async fn unmarked(
    db: &DatabaseTransaction,
    group: GroupId,
    listing: &Listing,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<NaiveDate>, StoreError> {
    let Some(schedule) = listing.schedule() else {
        return Ok(Vec::new());
    };
    // From when on it pauses is not known; nobody is asked about sessions that may not have been.
    if let Seats::Paused { .. } | Seats::Ended { .. } = listing.seats {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    let held: Vec<_> = sessions(group, schedule, since.max(now - UNMARKED_FOR), now).collect();
    for (session, dated) in held {
        if dated
            .meeting()
            .is_none_or(|meeting| now <= meeting.end().to_utc())
        {
            continue;
        }
        if !has_started(listing, session.date) {
            continue;
        }
        let row = row_of(db, group, session.date).await?;
        let is_marked = !marked(db, row.iter()).await?.is_empty();
        if !is_marked && row.is_none_or(|row| row.heads.is_none()) {
            all.push(session.date);
        }
    }
    Ok(all)
}
