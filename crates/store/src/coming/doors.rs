//! The private address and the join link: set by who leads the group, told to who comes, and only around the meeting.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::Denied;
use domain::coming::{Entrance, Tells, ahead};
use domain::groups::{Listing, WebPage};
use domain::people::GroupId;
use domain::schedule::Occurrence;
use domain::text::Prose;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{row_of, said_by, support};
use crate::entities::coming::entrance;
use crate::entities::new_id;
use crate::joining::unread;
use crate::permit::Permit;
use crate::permit::acts::{ChangeEntrance, Permitted, SeeComing, SeeEntrance};
use crate::sealed::{ENTRANCE_ADDRESS, ENTRANCE_LINK};
use crate::transaction::{StoreError, Transaction};

/// How far back to look for the meeting before the next one.
const BEFORE: TimeDelta = TimeDelta::weeks(10);

/// How one gets into one meeting, as far as it is told now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    pub meeting: Occurrence,
    /// There is one; it may be told later.
    pub has_address: bool,
    pub address: Option<Prose>,
    pub has_link: bool,
    /// Whether the link opens now. It is given by [`door`] only, when it is gone through.
    pub link_opens: bool,
}

/// What is set for the group of the permit: for all meetings, and for single ones that are not over.
pub async fn entrances(
    permit: &mut Permit<'_, SeeEntrance, impl Transaction>,
) -> Result<Vec<(Option<NaiveDate>, Entrance)>, StoreError> {
    let (_, listing) = support(permit.db(), permit.group()?).await?;
    entrances_in(permit, &listing).await
}

/// The same for a group of either kind.
pub(crate) async fn entrances_in<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    listing: &Listing,
) -> Result<Vec<(Option<NaiveDate>, Entrance)>, StoreError> {
    let group = permit.group()?;
    let first = ahead(listing, permit.transaction.now())
        .first()
        .map(|meeting| meeting.date);
    let mut all = Vec::new();
    for row in rows(permit, group).await? {
        if row
            .meets_on
            .is_none_or(|on| first.is_some_and(|first| first <= on))
        {
            all.push((row.meets_on, opened(permit, &row).await?));
        }
    }
    Ok(all)
}

/// Sets how one gets in, for one meeting or for all; with nothing in it, it is taken away.
pub async fn set_entrance(
    permit: &mut Permit<'_, ChangeEntrance>,
    on: Option<NaiveDate>,
    set: &Entrance,
) -> Result<(), StoreError> {
    let (_, listing) = support(permit.db(), permit.group()?).await?;
    set_entrance_in(permit, &listing, on, set).await
}

/// The same for a group of either kind.
pub(crate) async fn set_entrance_in(
    permit: &mut Permit<'_, ChangeEntrance>,
    listing: &Listing,
    on: Option<NaiveDate>,
    set: &Entrance,
) -> Result<(), StoreError> {
    let (group, by) = (permit.group()?, permit.person());
    let meetings = ahead(listing, permit.transaction.now());
    if on.is_some_and(|on| !meetings.iter().any(|meeting| meeting.date == on)) {
        return Err(Denied::NoRight.into());
    }
    permit.act("entrance.set", String::new()).await?;
    let of_this = match on {
        Some(on) => entrance::Column::MeetsOn.eq(on),
        None => entrance::Column::MeetsOn.is_null(),
    };
    entrance::Entity::delete_many()
        .filter(entrance::Column::ListingId.eq(group.0))
        .filter(of_this)
        .exec(permit.db())
        .await?;
    // What was for meetings that are over is told to nobody any more; that of the last one says whether the next one has another link.
    let last = last(listing, permit.transaction.now());
    if let Some(first) = last.as_ref().or(meetings.first()).map(|meeting| meeting.date) {
        entrance::Entity::delete_many()
            .filter(entrance::Column::ListingId.eq(group.0))
            .filter(entrance::Column::MeetsOn.lt(first))
            .exec(permit.db())
            .await?;
    }
    if set.is_empty() {
        return Ok(());
    }
    let writing = &*permit.transaction;
    let (now, id) = (writing.now(), new_id(writing.now()));
    let address = match &set.address {
        Some(address) => Some(
            ENTRANCE_ADDRESS
                .seal(writing, id, group, address.as_str())
                .await?,
        ),
        None => None,
    };
    let link = match &set.link {
        Some(link) => Some(ENTRANCE_LINK.seal(writing, id, group, link.as_str()).await?),
        None => None,
    };
    let row = entrance::Model {
        id,
        listing_id: group.0,
        meets_on: on,
        address,
        link,
        set_by: by.map(|person| person.0),
        set_at: now,
    };
    row.into_active_model().insert(permit.db()).await?;
    Ok(())
}

/// Whether the link to the next meeting is known to be the one that the last meeting had: whoever kept it can come in.
pub async fn link_stays(permit: &mut Permit<'_, SeeEntrance, impl Transaction>) -> Result<bool, StoreError> {
    let (_, listing) = support(permit.db(), permit.group()?).await?;
    let next = each(permit, &listing).await?.into_iter().next();
    let link = next.and_then(|(_, entrance)| entrance.link);
    let last = last(&listing, permit.transaction.now());
    match (last, link) {
        (Some(last), Some(link)) => Ok(link_had(permit, &last).await? == Some(link)),
        _ => Ok(false),
    }
}

/// The link that a meeting had which is over. What was set for all since then says nothing of it.
async fn link_had(
    permit: &Permit<'_, SeeEntrance, impl Transaction>,
    meeting: &Occurrence,
) -> Result<Option<WebPage>, StoreError> {
    let ended = meeting.end().to_utc();
    let (mut own, mut of_all) = (Entrance::default(), None);
    for row in rows(permit, permit.group()?).await? {
        match row.meets_on {
            Some(on) if on == meeting.date => own = opened(permit, &row).await?,
            None if row.set_at <= ended => of_all = Some(opened(permit, &row).await?),
            _ => {}
        }
    }
    Ok(own.or(of_all).link)
}

/// The meeting before the next one, if there was one not long ago.
fn last(listing: &Listing, now: DateTime<Utc>) -> Option<Occurrence> {
    let schedule = listing.schedule()?;
    schedule
        .occurrences(now - BEFORE)
        .take_while(|meeting| meeting.end().to_utc() <= now)
        .last()
}

/// Whether the group of the permit is a support group; if not, it is not there.
pub async fn is_support(permit: &mut Permit<'_, ChangeEntrance>) -> Result<(), StoreError> {
    support(permit.db(), permit.group()?).await?;
    Ok(())
}

/// How one gets into each meeting ahead of the group of the permit that one comes to oneself.
pub async fn doors(permit: &mut Permit<'_, SeeComing, impl Transaction>) -> Result<Vec<Door>, StoreError> {
    let now = permit.transaction.now();
    let all = mine(permit).await?;
    Ok(all.into_iter().map(|one| told(one, now)).collect())
}

/// The link to the meeting of that date, for who comes to it and while it opens; else there is none.
pub async fn door(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
    on: NaiveDate,
) -> Result<Option<WebPage>, StoreError> {
    let now = permit.transaction.now();
    Ok(link_of(mine(permit).await?, on, now))
}

/// The meetings ahead that one comes to, each with how one gets in.
async fn mine(
    permit: &Permit<'_, SeeComing, impl Transaction>,
) -> Result<Vec<(Occurrence, Entrance)>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let row = row_of(permit.db(), person, group).await?;
    let row = row.ok_or(Denied::NoRight)?;
    let (_, listing) = support(permit.db(), group).await?;
    let said = said_by(permit.db(), &row).await?;
    let mut all = each(permit, &listing).await?;
    all.retain(|(meeting, _)| said.comes(meeting.date));
    Ok(all)
}

/// The meetings ahead of the group of the permit, each with how one gets in.
pub(crate) async fn each<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    listing: &Listing,
) -> Result<Vec<(Occurrence, Entrance)>, StoreError> {
    let set = rows(permit, permit.group()?).await?;
    let of = |on: Option<NaiveDate>| set.iter().find(|row| row.meets_on == on);
    let of_all = match of(None) {
        Some(row) => Some(opened(permit, row).await?),
        None => None,
    };
    let mut all = Vec::new();
    for meeting in ahead(listing, permit.transaction.now()) {
        let of_one = match of(Some(meeting.date)) {
            Some(row) => opened(permit, row).await?,
            None => Entrance::default(),
        };
        all.push((meeting, of_one.or(of_all.clone())));
    }
    Ok(all)
}

/// What is told of it now.
pub(crate) fn told((meeting, entrance): (Occurrence, Entrance), now: DateTime<Utc>) -> Door {
    let told = Tells::Address.is_told(&meeting, now);
    Door {
        has_address: entrance.address.is_some(),
        address: entrance.address.filter(|_| told),
        has_link: entrance.link.is_some(),
        link_opens: entrance.link.is_some() && Tells::Link.is_told(&meeting, now),
        meeting,
    }
}

/// The link to the meeting of that date, while it opens.
pub(crate) fn link_of(
    all: Vec<(Occurrence, Entrance)>,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Option<WebPage> {
    let found = all.into_iter().find(|(meeting, _)| meeting.date == on);
    found
        .filter(|(meeting, _)| Tells::Link.is_told(meeting, now))
        .and_then(|(_, entrance)| entrance.link)
}

async fn rows<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    group: GroupId,
) -> Result<Vec<entrance::Model>, StoreError> {
    let rows = entrance::Entity::find()
        .filter(entrance::Column::ListingId.eq(group.0))
        .order_by_asc(entrance::Column::MeetsOn)
        .all(permit.db())
        .await?;
    Ok(rows)
}

async fn opened<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &entrance::Model,
) -> Result<Entrance, StoreError> {
    let mut entrance = Entrance::default();
    if let Some(cipher) = &row.address {
        let plain = ENTRANCE_ADDRESS.open(permit, row.id, cipher).await?;
        let read = Prose::parse(plain.reveal()).map_err(|why| unread("address", row.id, why))?;
        entrance.address = Some(read);
    }
    if let Some(cipher) = &row.link {
        let plain = ENTRANCE_LINK.open(permit, row.id, cipher).await?;
        let read = WebPage::parse(plain.reveal()).map_err(|why| unread("link", row.id, why))?;
        entrance.link = Some(read);
    }
    Ok(entrance)
}
