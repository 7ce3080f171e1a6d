//! Who is expected, for who leads the group: how many, who for the first time, who just listens; by the names they chose there, and by
//! nothing else.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::coming::{Part, Said, ahead};
use domain::groups::Listing;
use domain::people::Handle;
use domain::schedule::Occurrence;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{part, said, support};
use crate::entities::coming::{coming, guest};
use crate::joining::unread;
use crate::permit::Permit;
use crate::permit::acts::SeeRoster;
use crate::sealed::GUEST_HANDLE;
use crate::transaction::{StoreError, Transaction};

/// One who says that they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub handle: Handle,
    pub part: Part,
    pub is_new: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    pub coming: usize,
    pub new: usize,
    pub listening: usize,
}

/// A meeting, and who comes to it, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub occurrence: Occurrence,
    pub expected: Vec<Expected>,
}

impl Meeting {
    pub fn counted(&self) -> Counted {
        let of = |is: fn(&&Expected) -> bool| self.expected.iter().filter(is).count();
        Counted {
            coming: self.expected.len(),
            new: of(|one| one.is_new),
            listening: of(|one| one.part == Part::Listen),
        }
    }
}

/// The meetings of the group of the permit that are not over, the next ones first, with everyone who comes.
pub async fn expected(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<(Listing, Vec<Meeting>), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = support(permit.db(), group).await?;
    let meetings = ahead(&listing, now);
    let Some(first) = meetings.first().map(|meeting| meeting.date) else {
        return Ok((listing, Vec::new()));
    };
    let rows = guest::Entity::find()
        .filter(guest::Column::ListingId.eq(group.0))
        .filter(guest::Column::OverAt.gt(now))
        .all(permit.db())
        .await?;
    let mut days = days(permit, first).await?;
    let mut people: Vec<(Expected, Said)> = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = GUEST_HANDLE.open(permit, row.id, &row.handle).await?;
        let one = Expected {
            handle: Handle::parse(plain.reveal()).map_err(|why| unread("name", row.id, why))?,
            part: part(&row)?,
            is_new: false,
        };
        people.push((one, said(&row, days.remove(&row.id).unwrap_or_default())));
    }
    people.sort_by(|(one, _), (other, _)| one.handle.cmp(&other.handle));
    let at = |occurrence: Occurrence| {
        let on = occurrence.date;
        let coming = people.iter().filter(|(_, said)| said.comes(on));
        let expected = coming.map(|(one, said)| Expected {
            is_new: said.is_new(on),
            ..one.clone()
        });
        Meeting {
            expected: expected.collect(),
            occurrence,
        }
    };
    Ok((listing, meetings.into_iter().map(at).collect()))
}

/// What was said of single meetings from a day on, by guest.
async fn days(
    permit: &Permit<'_, SeeRoster, impl Transaction>,
    first: NaiveDate,
) -> Result<HashMap<Uuid, BTreeMap<NaiveDate, bool>>, StoreError> {
    let here = sea_orm::sea_query::Query::select()
        .column(guest::Column::Id)
        .from(guest::Entity)
        .and_where(guest::Column::ListingId.eq(permit.group()?.0))
        .to_owned();
    let rows = coming::Entity::find()
        .filter(coming::Column::MeetsOn.gte(first))
        .filter(coming::Column::GuestId.in_subquery(here))
        .all(permit.db())
        .await?;
    let mut days: HashMap<Uuid, BTreeMap<NaiveDate, bool>> = HashMap::new();
    for row in rows {
        days.entry(row.guest_id)
            .or_default()
            .insert(row.meets_on, row.said == "yes");
    }
    Ok(days)
}
