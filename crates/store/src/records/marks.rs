//! By what the name guard tells the members of a group: the names they go by and signed with, their address, and what who leads marked.

use domain::attendance::Count;
use domain::people::{GroupId, PersonId, Role};
use domain::text::Line;
use guard::{Guard, Person, Place};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::RecordError;
use crate::entities::coming::guest;
use crate::entities::joining::agreement_signature;
use crate::entities::leading::group_session;
use crate::entities::new_id;
use crate::entities::people::{person, role_held};
use crate::entities::records::roster_mark;
use crate::joining::unread;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, WritePart};
use crate::sealed::{FIRST, GUEST_HANDLE, HEADS, ROSTER_MARK, SIGNED_NAME};
use crate::transaction::{StoreError, Transaction};

/// What who leads marked of a member, each as it would be written in a note. The usual short forms of names are known anyway.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Known {
    pub names: Vec<Line>,
    pub nicknames: Vec<Line>,
    pub phones: Vec<Line>,
    /// A town, an employer, a school.
    pub facts: Vec<Line>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known([sealed])")
    }
}

/// What was marked of the member of the permit. Looking is written down.
pub async fn known(permit: &mut Permit<'_, SeePart>) -> Result<Known, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    of(permit, person, group).await
}

/// Marks it, in place of what was marked before, if that is still what they saw who mark.
pub async fn set_known(
    permit: &mut Permit<'_, WritePart>,
    known: &Known,
    is_as_seen: impl FnOnce(&Known) -> bool,
) -> Result<(), RecordError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(domain::access::Denied::NoRight)?;
    permit.act("roster.mark", String::new()).await?;
    let there = row(permit, person, group).await?;
    let stands = match &there {
        Some(row) => opened(permit, row).await?,
        None => Known::default(),
    };
    if stands != *known && !is_as_seen(&stands) {
        return Err(RecordError::Meanwhile);
    }
    let id = there.as_ref().map_or_else(|| new_id(now), |there| there.id);
    let version = there.as_ref().map_or(FIRST, |there| there.version + 1);
    let plain = serde_json::to_string(known).map_err(|why| StoreError::Database(why.into()))?;
    let kept = roster_mark::Model {
        id,
        listing_id: group.0,
        person_id: person.0,
        words: ROSTER_MARK
            .seal(permit.transaction, (id, version), group, &plain)
            .await?,
        version,
        changed_by: by.0,
        changed_at: now,
    };
    if there.is_some() {
        kept.into_active_model().reset_all().update(permit.db()).await?;
    } else {
        kept.into_active_model().insert(permit.db()).await?;
    }
    Ok(())
}

async fn row<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    person: PersonId,
    group: GroupId,
) -> Result<Option<roster_mark::Model>, StoreError> {
    let row = roster_mark::Entity::find()
        .filter(roster_mark::Column::ListingId.eq(group.0))
        .filter(roster_mark::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    Ok(row)
}

async fn of<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    person: PersonId,
    group: GroupId,
) -> Result<Known, StoreError> {
    match row(permit, person, group).await? {
        Some(row) => opened(permit, &row).await,
        None => Ok(Known::default()),
    }
}

async fn opened<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &roster_mark::Model,
) -> Result<Known, StoreError> {
    let plain = ROSTER_MARK
        .open(permit, (row.id, row.version), &row.words)
        .await?;
    serde_json::from_str(plain.reveal()).map_err(|_| unread("mark", row.id, "it is not in its form"))
}

/// The guard of the group of the permit: everyone who is or ever was in it, or came to it. Also who left is nobody to be named.
pub(super) async fn guard_of<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
) -> Result<Guard, StoreError> {
    let (group, db) = (permit.group()?, permit.db());
    let held = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .order_by_asc(role_held::Column::Id)
        .all(db)
        .await?;
    let mut places: Vec<(uuid::Uuid, Place)> = Vec::new();
    for row in held {
        let place = match people::role(&row.role)? {
            Role::Member => Place::Member,
            _ => Place::Leader,
        };
        match places.iter_mut().find(|(person, _)| *person == row.person_id) {
            // Who leads may be named, also where they were a member once.
            Some((_, there)) if place == Place::Leader => *there = place,
            Some(_) => {}
            None => places.push((row.person_id, place)),
        }
    }
    let ids: Vec<uuid::Uuid> = places.iter().map(|(person, _)| *person).collect();
    let accounts = person::Entity::find()
        .filter(person::Column::Id.is_in(ids.iter().copied()))
        .filter(person::Column::DeletedAt.is_null())
        .all(db)
        .await?;
    let signed = agreement_signature::Entity::find()
        .filter(agreement_signature::Column::ListingId.eq(group.0))
        .all(db)
        .await?;
    let marked = roster_mark::Entity::find()
        .filter(roster_mark::Column::ListingId.eq(group.0))
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(accounts.len());
    for account in &accounts {
        let handle = people::handle(&*permit.transaction, account).await?.to_string();
        let mail = people::mail(&*permit.transaction, account).await?;
        let place = places.iter().find(|(person, _)| *person == account.id);
        let mut one = Person {
            place: place.map_or(Place::Member, |(_, place)| *place),
            handles: vec![handle.clone()],
            mails: mail.iter().map(ToString::to_string).collect(),
            ..Person::member(PersonId(account.id), &handle)
        };
        for row in signed
            .iter()
            .filter(|row| row.person_id == account.id && row.signer == "person")
        {
            let name = SIGNED_NAME.open(&*permit.transaction, row.id, &row.name).await?;
            one.names.push(name.reveal().to_owned());
        }
        if let Some(row) = marked.iter().find(|row| row.person_id == account.id) {
            let known = opened(permit, row).await?;
            let texts = |lines: Vec<Line>| lines.into_iter().map(String::from);
            one.names.extend(texts(known.names));
            one.nicknames.extend(texts(known.nicknames));
            one.phones.extend(texts(known.phones));
            one.facts.extend(texts(known.facts));
        }
        one.names.sort();
        one.names.dedup();
        all.push(one);
    }
    guests(permit, &mut all).await?;
    counted(permit, &mut all).await?;
    Ok(Guard::new(&all, &[]))
}

/// Who comes to the group, by the names they chose there.
async fn guests<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    all: &mut Vec<Person>,
) -> Result<(), StoreError> {
    let rows = guest::Entity::find()
        .filter(guest::Column::ListingId.eq(permit.group()?.0))
        .order_by_asc(guest::Column::Id)
        .all(permit.db())
        .await?;
    for row in rows {
        let plain = GUEST_HANDLE.open(permit, row.id, &row.handle).await?;
        let handle = plain.reveal().to_owned();
        let id = PersonId(row.person_id);
        match all.iter_mut().find(|person| person.id == id) {
            Some(person) => {
                person.names.push(handle.clone());
                person.handles.push(handle);
            }
            None => all.push(handled(id, handle)),
        }
    }
    Ok(())
}

/// Handles that were written down with a count of heads, but for those of who is known otherwise. Nobody knows whose they are.
async fn counted<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    all: &mut Vec<Person>,
) -> Result<(), StoreError> {
    let rows = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(permit.group()?.0))
        .filter(group_session::Column::Heads.is_not_null())
        .all(permit.db())
        .await?;
    for row in rows {
        let Some(heads) = &row.heads else { continue };
        let plain = HEADS.open(permit, row.id, heads).await?;
        let count: Count = serde_json::from_str(plain.reveal())
            .map_err(|_| unread("count", row.id, "it is not in its form"))?;
        for handle in count.handles() {
            let handle = handle.to_string();
            if all.iter().all(|person| !person.handles.contains(&handle)) {
                let id = PersonId(new_id(permit.transaction.now()));
                all.push(handled(id, handle));
            }
        }
    }
    Ok(())
}

fn handled(id: PersonId, handle: String) -> Person {
    Person {
        handles: vec![handle.clone()],
        ..Person::member(id, &handle)
    }
}
