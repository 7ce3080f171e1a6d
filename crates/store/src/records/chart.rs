//! A member's chart: what the group did in the sessions they were at, and their own parts. Nobody else's.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::attendance::{Attended, Presence};
use domain::people::{GroupId, Handle, PersonId};
use domain::records::{Record, State, Words};
use domain::schedule::Minutes;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::goals::{Kept, of_person};
use super::kept::{self, Row};
use crate::entities::leading::{attendance, group_session};
use crate::entities::records::{part_text, session_text};
use crate::joining::{called, unread};
use crate::leading::as_it_was;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, SeePlans};
use crate::sealed::{PART_TEXT, SESSION_TEXT};
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
    pub entries: Vec<Entry>,
    pub goals: Vec<Kept>,
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
    pub session: Option<State>,
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
    let marks: HashMap<Uuid, String> = marks
        .into_iter()
        .map(|row| (row.session_id, row.presence))
        .collect();
    let sessions = held(permit, group).await?;
    let sessions: Vec<_> = sessions
        .into_iter()
        .filter(|row| marks.contains_key(&row.id))
        .collect();
    let ids: Vec<Uuid> = sessions.iter().map(|row| row.id).collect();
    let parts = kept::parts_in(permit.db(), &ids, Some(person)).await?;
    let parts: HashMap<Uuid, Row> = parts.into_iter().map(|(_, row)| (row.session, row)).collect();
    let records = kept::records_in(permit.db(), &ids).await?;
    let records: HashMap<Uuid, Row> = records.into_iter().map(|row| (row.session, row)).collect();
    let mut texts = part_texts(permit, parts.values()).await?;
    texts.extend(session_texts(permit, records.values()).await?);
    let mut names = HashMap::new();
    let mut entries = Vec::with_capacity(sessions.len());
    for session in sessions.iter().rev() {
        let presence = marks.get(&session.id).and_then(|name| Presence::named(name));
        let presence = presence.ok_or_else(|| unread("mark", session.id, "no such presence"))?;
        let at = as_it_was(session)?;
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
    })
}

/// Where the records of every session of the group of the permit stand, the newest first; nothing of what they say.
pub async fn sessions_of(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
) -> Result<Vec<Written>, StoreError> {
    let group = permit.group()?;
    let sessions = held(permit, group).await?;
    let ids: Vec<Uuid> = sessions.iter().map(|row| row.id).collect();
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.is_in(ids.iter().copied()))
        .all(permit.db())
        .await?;
    let parts = kept::parts_in(permit.db(), &ids, None).await?;
    let records = kept::records_in(permit.db(), &ids).await?;
    let written = sessions.iter().rev().map(|session| {
        let there = marks.iter().filter(|mark| {
            let presence = Presence::named(&mark.presence);
            mark.session_id == session.id && presence.is_some_and(Presence::was_there)
        });
        let parts: Vec<_> = parts
            .iter()
            .filter(|(_, row)| row.session == session.id)
            .collect();
        let signed = parts.iter().filter(|(_, row)| row.record.state().is_in_force());
        let record = records.iter().find(|row| row.session == session.id);
        Written {
            date: session.on_date,
            session: record.map(|row| row.record.state().clone()),
            there: there.count(),
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

/// By the number of the text: who wrote it, and what.
type Texts = HashMap<Uuid, (PersonId, Words)>;

async fn part_texts<'a, A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<Texts, StoreError> {
    let heads: Vec<Uuid> = rows
        .filter(|row| row.record.state().is_in_force())
        .filter_map(|row| row.head)
        .collect();
    let rows = part_text::Entity::find()
        .filter(part_text::Column::Id.is_in(heads))
        .all(permit.db())
        .await?;
    let mut texts = Texts::with_capacity(rows.len());
    for row in rows {
        let plain = PART_TEXT.open(permit, row.id, &row.words).await?;
        texts.insert(row.id, (PersonId(row.written_by), words(row.id, plain.reveal())?));
    }
    Ok(texts)
}

async fn session_texts<'a, A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<Texts, StoreError> {
    let heads: Vec<Uuid> = rows
        .filter(|row| row.record.state().is_in_force())
        .filter_map(|row| row.head)
        .collect();
    let rows = session_text::Entity::find()
        .filter(session_text::Column::Id.is_in(heads))
        .all(permit.db())
        .await?;
    let mut texts = Texts::with_capacity(rows.len());
    for row in rows {
        let plain = SESSION_TEXT.open(permit, row.id, &row.words).await?;
        texts.insert(row.id, (PersonId(row.written_by), words(row.id, plain.reveal())?));
    }
    Ok(texts)
}

fn words(id: Uuid, plain: &str) -> Result<Words, StoreError> {
    serde_json::from_str(plain).map_err(|_| unread("record", id, "its words are not in their form"))
}

async fn page<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: Option<&Row>,
    texts: &mut Texts,
    names: &mut HashMap<PersonId, Handle>,
) -> Result<Option<Page>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let Some((by, words)) = row.head.and_then(|head| texts.remove(&head)) else {
        return Ok(None);
    };
    let by = match names.get(&by) {
        Some(name) => name.clone(),
        None => {
            let (_, name) = called(&*permit.transaction, by.0).await?;
            names.insert(by, name.clone());
            name
        }
    };
    Ok(Some(Page {
        record: row.record.clone(),
        words,
        by,
    }))
}
