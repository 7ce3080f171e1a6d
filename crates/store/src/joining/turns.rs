//! Whose turn it is on the way into a group: by the application itself, and by what stands around it as of now.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Listing;
use domain::joining::{
    Act, Admission, Application, Around, AskRefused, CHOOSER_FORM, Next, OWN_FORM, PlannedStart,
};
use domain::name::Name;
use domain::people::GroupId;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::days::{begins, today};
use super::{asks_of, listing_of, places, way};
use crate::entities::joining::{application, screening_answer, talk_slot};
use crate::transaction::{StoreError, Transaction};

/// So many applications in one question to the database.
const AT_ONCE: usize = 500;

/// What is asked before the conversation and was not sent since it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unanswered {
    /// The group's own questions, with the one about safety.
    pub questions: bool,
    /// Forms of measures, by name.
    pub measures: Vec<Name>,
}

/// An application as it was read.
pub(super) struct Found {
    pub row: application::Model,
    pub way: Application,
}

/// What stands around some applications.
pub(super) struct Turns {
    now: DateTime<Utc>,
    groups: HashMap<Uuid, Group>,
    /// What was sent, and when, by application.
    said: HashMap<Uuid, Vec<Sent>>,
}

/// What a group asks for and has open.
struct Group {
    measures: Vec<Name>,
    /// Those with whom a time is open.
    times: HashSet<Uuid>,
    /// When the day of its start begins.
    starts_at: Option<DateTime<Utc>>,
    /// Those who wait and whose turn it is.
    turn: HashSet<Uuid>,
}

/// A form that was answered; not what was said in it.
#[derive(FromQueryResult)]
struct Sent {
    application_id: Uuid,
    form: String,
    answered_at: DateTime<Utc>,
}

impl Unanswered {
    pub fn is_empty(&self) -> bool {
        !self.questions && self.measures.is_empty()
    }
}

impl Found {
    pub fn read(row: application::Model) -> Result<Self, StoreError> {
        Ok(Self { way: way(&row)?, row })
    }

    /// Who was promised to be first comes first, then who asked first.
    pub fn order(&self) -> (bool, DateTime<Utc>, Uuid) {
        (!self.way.is_first(), self.row.asked_at, self.row.id)
    }
}

impl Turns {
    /// Of those that are over nothing is read.
    pub async fn read(transaction: &impl Transaction, all: &[Found]) -> Result<Self, StoreError> {
        let open: Vec<&Found> = all.iter().filter(|one| one.way.is_open()).collect();
        let mut groups = HashMap::new();
        for one in &open {
            if let Entry::Vacant(place) = groups.entry(one.row.listing_id) {
                let id = GroupId(one.row.listing_id);
                place.insert(group(transaction, id).await?);
            }
        }
        let ids: Vec<Uuid> = open.iter().map(|one| one.row.id).collect();
        Ok(Self {
            now: transaction.now(),
            groups,
            said: said(transaction.looking(), &ids).await?,
        })
    }

    pub fn next(&self, one: &Found) -> Next {
        one.way.next(self.now, self.around(one))
    }

    /// What is still open of what was asked; nothing, once the way is over.
    pub fn unanswered(&self, one: &Found) -> Unanswered {
        let Some(group) = self.groups.get(&one.row.listing_id).filter(|_| one.way.is_open()) else {
            return Unanswered::default();
        };
        let since = one.way.facts().forms_sent_at;
        let said = self.said.get(&one.row.id);
        let is_open = |form: &str| {
            let sent = |sent: &Sent| sent.form == form && since <= sent.answered_at;
            said.is_none_or(|said| !said.iter().any(sent))
        };
        let measures = group.measures.iter().filter(|name| is_open(name.as_str()));
        Unanswered {
            questions: is_open(OWN_FORM),
            measures: measures.cloned().collect(),
        }
    }

    /// Whether they sent along what they answered in the chooser; of those who are still on the way.
    pub fn has_chosen(&self, one: &Found) -> bool {
        let said = self.said.get(&one.row.id);
        said.is_some_and(|said| said.iter().any(|sent| sent.form == CHOOSER_FORM))
    }

    fn around(&self, one: &Found) -> Around {
        let Some(group) = self.groups.get(&one.row.listing_id) else {
            return Around::default();
        };
        Around {
            is_unanswered: !self.unanswered(one).is_empty(),
            has_time: match one.row.leader_id {
                Some(leader) => group.times.contains(&leader),
                None => !group.times.is_empty(),
            },
            has_turn: group.turn.contains(&one.row.id),
            starts_at: group.starts_at,
        }
    }
}

/// What it comes to that a form was sent: all that is asked for is answered now, or some of it.
pub(super) async fn answered(transaction: &impl Transaction, id: Uuid) -> Result<Act, StoreError> {
    let row = application::Entity::find_by_id(id)
        .one(transaction.looking())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let all = [Found::read(row)?];
    let turns = Turns::read(transaction, &all).await?;
    let [one] = &all;
    if turns.unanswered(one).is_empty() {
        Ok(Act::AnswerForms)
    } else {
        Ok(Act::AnswerSome)
    }
}

async fn said(db: &DatabaseTransaction, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Sent>>, StoreError> {
    let mut said: HashMap<Uuid, Vec<Sent>> = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let rows = screening_answer::Entity::find()
            .select_only()
            .column(screening_answer::Column::ApplicationId)
            .column(screening_answer::Column::Form)
            .column(screening_answer::Column::AnsweredAt)
            .filter(screening_answer::Column::ApplicationId.is_in(some.iter().copied()))
            .into_model::<Sent>()
            .all(db)
            .await?;
        for row in rows {
            said.entry(row.application_id).or_default().push(row);
        }
    }
    Ok(said)
}

async fn group(transaction: &impl Transaction, id: GroupId) -> Result<Group, StoreError> {
    let (db, now) = (transaction.looking(), transaction.now());
    let (_, listing) = listing_of(db, id).await?;
    let asks = asks_of(db, id).await?;
    let times = talk_slot::Entity::find()
        .filter(talk_slot::Column::ListingId.eq(id.0))
        .filter(talk_slot::Column::ApplicationId.is_null())
        .filter(talk_slot::Column::StartsAt.gt(now))
        .all(db)
        .await?;
    Ok(Group {
        times: times.into_iter().map(|time| time.leader_id).collect(),
        starts_at: asks.start.map(|start| begins(&listing, start.on)),
        turn: turn(db, id, (&listing, asks.start), now).await?,
        measures: asks.measures,
    })
}

/// Those who wait and can be offered a place now: so many as there are places free in a group that takes people.
async fn turn(
    db: &DatabaseTransaction,
    group: GroupId,
    (listing, start): (&Listing, Option<PlannedStart>),
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>, StoreError> {
    let today = today(listing, now);
    let admission = Admission::of(listing.membership, listing.seats, start, today);
    if admission == Admission::Nobody || AskRefused::check(listing.kind, listing.seats).is_err() {
        return Ok(HashSet::new());
    }
    let rows = application::Entity::find()
        .filter(application::Column::ListingId.eq(group.0))
        .filter(application::Column::State.eq("waiting"))
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let left = places(db, group, listing, now).await?.left();
    let mut line = rows.into_iter().map(Found::read).collect::<Result<Vec<_>, _>>()?;
    line.sort_by_key(Found::order);
    let line = line.into_iter().take(left.into());
    Ok(line.map(|one| one.row.id).collect())
}
