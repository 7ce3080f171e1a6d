//! A member's chart: what the group did in the sessions they were at, and their own parts. Nobody else's.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::attendance::{Attended, Presence};
use domain::groups::Slug;
use domain::people::{GroupId, Handle, PersonId, Role};
use domain::records::{Record, Stage, Words};
use domain::schedule::Minutes;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::goals::{Kept, of_person};
use super::kept::{self, Row, Text};
use super::standing;
use crate::entities::leading::{attendance, group_session};
use crate::joining::{called, listing_of};
use crate::leading::{self, presence};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, SeePlans, SeeRoster};
use crate::transaction::{StoreError, Transaction};

/// A signed record in the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub record: Record,
    pub words: Words,
    pub by: Handle,
}

/// One session of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub date: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub length: Minutes,
    pub presence: Presence,
    /// What the group did, if it is signed and they were there.
    pub session: Option<Page>,
    /// Their part, if it is signed.
    pub part: Option<Page>,
}

/// The newest session first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Of sessions that have begun.
    pub entries: Vec<Entry>,
    pub goals: Vec<Kept>,
    /// The newest session because of which somebody asked after them.
    pub asked: Option<NaiveDate>,
}

impl Chart {
    /// How they attended, oldest first.
    pub fn attended(&self) -> Vec<Attended> {
        let attended = |entry: &Entry| Attended {
            on: entry.date,
            length: entry.length,
            presence: entry.presence,
        };
        self.entries.iter().rev().map(attended).collect()
    }
}

/// Where the records of a session stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub date: NaiveDate,
    /// None: not begun.
    pub session: Option<Stage>,
    /// How many were there, how many of their parts are begun, and how many are signed.
    pub there: usize,
    pub parts: usize,
    pub signed: usize,
}

/// The chart of the person of the permit. Looking is written down.
pub async fn chart(permit: &mut Permit<'_, SeePart>) -> Result<Chart, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let marks = attendance::Entity::find()
        .filter(attendance::Column::PersonId.eq(person.0))
        .all(permit.db())
        .await?;
    let marks: HashMap<Uuid, Presence> = marks
        .iter()
        .map(|row| Ok((row.session_id, presence(row)?)))
        .collect::<Result<_, StoreError>>()?;
    let (_, listing) = listing_of(permit.db(), group).await?;
    let now = permit.transaction.now();
    let mut sessions = Vec::new();
    for row in held(permit, group).await? {
        let at = leading::held(&listing, &row, now)?;
        if let (Some(presence), Some(at)) = (marks.get(&row.id), at) {
            sessions.push((*presence, at, row));
        }
    }
    let ids: Vec<Uuid> = sessions.iter().map(|(_, _, row)| row.id).collect();
    let parts = kept::parts_in(permit, &ids, Some(person)).await?;
    let parts: HashMap<Uuid, Row> = parts.into_iter().map(|(_, row)| (row.session, row)).collect();
    let records = kept::records_in(permit, &ids).await?;
    let records: HashMap<Uuid, Row> = records.into_iter().map(|row| (row.session, row)).collect();
    let mut texts = kept::in_force(permit, parts.values().chain(records.values())).await?;
    let mut names = HashMap::new();
    let mut entries = Vec::with_capacity(sessions.len());
    for (presence, at, session) in sessions.iter().rev() {
        let presence = *presence;
        let shared = records.get(&session.id).filter(|_| presence.was_there());
        entries.push(Entry {
            date: at.date,
            starts_at: at.starts_at,
            length: at.length,
            presence,
            session: page(permit, shared, &mut texts, &mut names).await?,
            part: page(permit, parts.get(&session.id), &mut texts, &mut names).await?,
        });
    }
    Ok(Chart {
        entries,
        goals: of_person(permit, person, group).await?,
        asked: leading::asked_of(permit.db(), person, group).await?,
    })
}

/// Someone who has a chart in a group, or may get one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charted {
    pub person: Slug,
    pub handle: Handle,
    /// Whether they are in the group now.
    pub is_member: bool,
}

/// Everyone in the group of the permit who is a member, and all who were at a session of it, members first. Nothing of what is in the
/// charts.
pub async fn charts(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<Vec<Charted>, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let marked: Vec<Uuid> = attendance::Entity::find()
        .select_only()
        .column(attendance::Column::PersonId)
        .distinct()
        .filter(
            attendance::Column::SessionId.in_subquery(
                group_session::Entity::find()
                    .select_only()
                    .column(group_session::Column::Id)
                    .filter(group_session::Column::ListingId.eq(group.0))
                    .into_query(),
            ),
        )
        .into_tuple()
        .all(permit.db())
        .await?;
    let held = people::in_group(permit.db(), group, now).await?;
    let members = held.into_iter().filter(|row| row.role == Role::Member.name());
    let members: Vec<Uuid> = members.map(|row| row.person_id).collect();
    let mut everyone: Vec<Uuid> = members.iter().copied().chain(marked).collect();
    everyone.sort_unstable();
    everyone.dedup();
    let mut all = Vec::with_capacity(everyone.len());
    for person in everyone {
        let (slug, handle) = called(&*permit.transaction, person).await?;
        all.push(Charted {
            person: slug,
            handle,
            is_member: members.contains(&person),
        });
    }
    all.sort_by(|a, b| (!a.is_member, &a.handle).cmp(&(!b.is_member, &b.handle)));
    Ok(all)
}

/// Where the records of every session of the group of the permit stand that has begun, the newest first; nothing of what they say.
pub async fn sessions_of(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
) -> Result<Vec<Written>, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let (_, listing) = listing_of(permit.db(), group).await?;
    let sessions = held(permit, group).await?;
    let ids: Vec<Uuid> = sessions.iter().map(|row| row.id).collect();
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.is_in(ids.iter().copied()))
        .all(permit.db())
        .await?;
    let mut there: HashMap<Uuid, usize> = HashMap::new();
    for mark in &marks {
        *there.entry(mark.session_id).or_default() += usize::from(presence(mark)?.was_there());
    }
    let parts = standing::of_parts(permit.db(), &ids).await?;
    let records = standing::of_sessions(permit.db(), &ids).await?;
    let mut begun = Vec::with_capacity(sessions.len());
    for session in &sessions {
        let at = leading::held(&listing, session, DateTime::<Utc>::MAX_UTC)?;
        let is_written = records.iter().any(|row| row.session == session.id);
        if is_written || at.is_some_and(|at| at.has_begun(now)) {
            begun.push(session);
        }
    }
    let written = begun.iter().rev().map(|session| {
        let parts: Vec<_> = parts
            .iter()
            .filter(|(_, row)| row.session == session.id)
            .collect();
        let signed = parts.iter().filter(|(_, row)| row.stage.is_in_force());
        let record = records.iter().find(|row| row.session == session.id);
        Written {
            date: session.on_date,
            session: record.map(|row| row.stage),
            there: there.get(&session.id).copied().unwrap_or_default(),
            parts: parts.len(),
            signed: signed.count(),
        }
    });
    Ok(written.collect())
}

/// The sessions of a group about which something was written, oldest first.
async fn held<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    group: GroupId,
) -> Result<Vec<group_session::Model>, StoreError> {
    let rows = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .order_by_asc(group_session::Column::OnDate)
        .all(permit.db())
        .await?;
    Ok(rows)
}

async fn page<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: Option<&Row>,
    texts: &mut HashMap<Uuid, Text>,
    names: &mut HashMap<PersonId, Handle>,
) -> Result<Option<Page>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let Some(text) = row.head.and_then(|head| texts.remove(&head)) else {
        return Ok(None);
    };
    let by = match names.get(&text.by) {
        Some(name) => name.clone(),
        None => {
            let (_, name) = called(&*permit.transaction, text.by.0).await?;
            names.insert(text.by, name.clone());
            name
        }
    };
    Ok(Some(Page {
        record: row.record.clone(),
        words: text.words,
        by,
    }))
}
