//! Handing over at once all that somebody keeps in a group, when they leave or have left.

use std::collections::BTreeMap;

use domain::access::Denied;
use domain::groups::Slug;
use domain::people::{Handle, PersonId};
use domain::records::{Act, By, Kind, Refusal, Relation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::acting::{done, successor};
use super::{RecordError, Rules, kept, relation_to, standing};
use crate::entities::leading::group_session;
use crate::joining::called;
use crate::permit::acts::{Permitted, SeePart, SeeRecord, SeeRoster};
use crate::permit::{self, Permit};
use crate::transaction::{StoreError, Transaction};

/// Somebody who answers for records of a group, and for how many. Nothing of what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeps {
    pub person: Slug,
    pub handle: Handle,
    /// Whether it is the one who asks.
    pub is_me: bool,
    /// Records of sessions, and parts of members: drafts, what waits for a second signature, and what is signed.
    pub sessions: usize,
    pub parts: usize,
}

/// Those of the group of the permit, by name.
pub async fn keepers(permit: &mut Permit<'_, SeeRoster, impl Transaction>) -> Result<Vec<Keeps>, StoreError> {
    let ids = sessions(permit).await?;
    let mut many: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
    for record in standing::of_sessions(permit.db(), &ids).await? {
        many.entry(record.keeper.0).or_default().0 += 1;
    }
    for (_, part) in standing::of_parts(permit.db(), &ids).await? {
        many.entry(part.keeper.0).or_default().1 += 1;
    }
    let me = permit
        .transaction
        .who()
        .person()
        .map(|signed_in| signed_in.person);
    let mut all = Vec::new();
    for (keeper, (sessions, parts)) in many {
        let (person, handle) = called(&*permit.transaction, keeper).await?;
        all.push(Keeps {
            person,
            handle,
            is_me: me == Some(PersonId(keeper)),
            sessions,
            parts,
        });
    }
    all.sort_by(|a, b| a.handle.cmp(&b.handle));
    Ok(all)
}

/// Hands over the records of sessions that somebody keeps in the group of the permit, and says how many.
///
/// By whoever keeps them, or by who supervises the group.
pub async fn hand_over_sessions(
    permit: &mut Permit<'_, SeeRecord>,
    from: &Slug,
    to: &Slug,
    rules: Rules,
) -> Result<usize, RecordError> {
    let (handing, ids) = begun(permit, from).await?;
    let rows = kept::records_in(permit, &ids).await?;
    handed(permit, handing, to, rows, rules).await
}

/// The same with parts of members.
pub async fn hand_over_parts(
    permit: &mut Permit<'_, SeePart>,
    from: &Slug,
    to: &Slug,
    rules: Rules,
) -> Result<usize, RecordError> {
    let (handing, ids) = begun(permit, from).await?;
    let rows = kept::parts_in(permit, &ids, None).await?;
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    handed(permit, handing, to, rows, rules).await
}

/// Who hands over whose.
struct Handing {
    by: By,
    from: PersonId,
}

/// Holds the group, so that nobody begins or signs one meanwhile.
async fn begun<A: Permitted>(
    permit: &mut Permit<'_, A>,
    from: &Slug,
) -> Result<(Handing, Vec<Uuid>), RecordError> {
    permit.act("record.hand-over-all", String::new()).await?;
    let from = permit::person(permit.db(), from).await?;
    let relations = relation_to(&*permit.transaction, permit.group()?).await?;
    let by = By {
        who: permit.person().ok_or(Denied::NoRight)?,
        relation: relations.last().copied().unwrap_or(Relation::Nothing),
    };
    // Whether somebody else keeps any is told to nobody else.
    if by.who != from && by.relation != Relation::Supervises {
        return Err(Refusal::NotYours.into());
    }
    Ok((Handing { by, from }, sessions(permit).await?))
}

async fn handed<A: Permitted>(
    permit: &mut Permit<'_, A>,
    handing: Handing,
    to: &Slug,
    rows: Vec<kept::Row>,
    rules: Rules,
) -> Result<usize, RecordError> {
    let theirs = rows.into_iter().filter(|row| row.record.keeper() == handing.from);
    let theirs: Vec<kept::Row> = theirs.collect();
    if theirs.is_empty() {
        return Ok(0);
    }
    let to = successor(permit, to).await?;
    let many = theirs.len();
    for mut row in theirs {
        let about = match row.record.kind() {
            Kind::Individual(person) => Some(person),
            Kind::Session | Kind::Process => None,
        };
        permit.act_about("record.hand-over", String::new(), about).await?;
        done(permit, &mut row, Act::HandOver { to }, handing.by, rules).await?;
    }
    Ok(many)
}

/// The sessions of the group of the permit.
async fn sessions<A: Permitted>(permit: &Permit<'_, A, impl Transaction>) -> Result<Vec<Uuid>, StoreError> {
    Ok(group_session::Entity::find()
        .select_only()
        .column(group_session::Column::Id)
        .filter(group_session::Column::ListingId.eq(permit.group()?.0))
        .into_tuple()
        .all(permit.db())
        .await?)
}
