//! The rows of the two kinds of records that are signed: the same columns in tables of their own.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::people::{GroupId, PersonId};
use domain::records::{Kind, Record, State, Words};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entities::new_id;
use crate::entities::records::{member_part, part_text, session_record, session_text};
use crate::joining::unread;
use crate::permit::Permit;
use crate::permit::acts::Permitted;
use crate::sealed::{Cipher, FIRST, PART_FACTS, PART_TEXT, Plain, SESSION_FACTS, SESSION_TEXT};
use crate::transaction::{StoreError, Transaction, Writing};

/// So long earlier texts of a draft are kept, for pages on which somebody began to write on one of them.
const DRAFTS: TimeDelta = TimeDelta::hours(24);

/// A record as its row has it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub id: Uuid,
    pub session: Uuid,
    /// Whose key seals it.
    pub group: GroupId,
    pub record: Record,
    /// How often it was written over; what it holds is bound to that.
    pub version: i32,
    pub head: Option<Uuid>,
    pub changed_at: DateTime<Utc>,
}

/// One text of a record.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub id: Uuid,
    pub words: Words,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// Whose record of a session: the group's, or one member's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Session,
    Of(PersonId),
}

impl Which {
    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Session => Kind::Session,
            Self::Of(person) => Kind::Individual(person),
        }
    }
}

async fn session_row<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &session_record::Model,
) -> Result<Row, StoreError> {
    let facts = SESSION_FACTS
        .open(permit, (row.id, row.version), &row.facts)
        .await?;
    Ok(Row {
        id: row.id,
        session: row.session_id,
        group: permit.group()?,
        record: record(&facts, row.id)?,
        version: row.version,
        head: row.head,
        changed_at: row.changed_at,
    })
}

async fn part_row<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &member_part::Model,
) -> Result<Row, StoreError> {
    let facts = PART_FACTS.open(permit, (row.id, row.version), &row.facts).await?;
    Ok(Row {
        id: row.id,
        session: row.session_id,
        group: permit.group()?,
        record: record(&facts, row.id)?,
        version: row.version,
        head: row.head,
        changed_at: row.changed_at,
    })
}

fn record(facts: &Plain, id: Uuid) -> Result<Record, StoreError> {
    // The words of the error would say what was written.
    serde_json::from_str(facts.reveal()).map_err(|_| unread("record", id, "it is not in its form"))
}

/// The record of a session of the group of the permit that was not thrown away.
pub(super) async fn find<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    session: Uuid,
    which: Which,
) -> Result<Option<Row>, StoreError> {
    match which {
        Which::Session => {
            let row = session_record::Entity::find()
                .filter(session_record::Column::SessionId.eq(session))
                .filter(session_record::Column::State.ne("discarded"))
                .one(permit.db())
                .await?;
            match row {
                Some(row) => session_row(permit, &row).await.map(Some),
                None => Ok(None),
            }
        }
        Which::Of(person) => {
            let row = member_part::Entity::find()
                .filter(member_part::Column::SessionId.eq(session))
                .filter(member_part::Column::PersonId.eq(person.0))
                .filter(member_part::Column::State.ne("discarded"))
                .one(permit.db())
                .await?;
            match row {
                Some(row) => part_row(permit, &row).await.map(Some),
                None => Ok(None),
            }
        }
    }
}

/// The parts of a person in these sessions of the group of the permit, or of everyone.
pub(super) async fn parts_in<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    sessions: &[Uuid],
    of: Option<PersonId>,
) -> Result<Vec<(PersonId, Row)>, StoreError> {
    let mut rows = member_part::Entity::find()
        .filter(member_part::Column::SessionId.is_in(sessions.iter().copied()))
        .filter(member_part::Column::State.ne("discarded"));
    if let Some(person) = of {
        rows = rows.filter(member_part::Column::PersonId.eq(person.0));
    }
    let rows = rows
        .order_by_asc(member_part::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push((PersonId(row.person_id), part_row(permit, row).await?));
    }
    Ok(all)
}

/// The records of these sessions of the group of the permit.
pub(super) async fn records_in<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    sessions: &[Uuid],
) -> Result<Vec<Row>, StoreError> {
    let rows = session_record::Entity::find()
        .filter(session_record::Column::SessionId.is_in(sessions.iter().copied()))
        .filter(session_record::Column::State.ne("discarded"))
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(session_row(permit, row).await?);
    }
    Ok(all)
}

/// Begins a draft.
pub(super) async fn insert(
    writing: &Writing,
    session: Uuid,
    group: GroupId,
    record: Record,
) -> Result<Row, StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let begun = Row {
        id: new_id(now),
        session,
        group,
        record,
        version: FIRST,
        head: None,
        changed_at: now,
    };
    let (keeper_id, state, facts) = columns(writing, &begun).await?;
    let (id, version) = (begun.id, begun.version);
    match begun.record.kind() {
        Kind::Individual(person) => {
            let row = member_part::Model {
                id,
                session_id: session,
                person_id: person.0,
                keeper_id,
                state,
                facts,
                version,
                head: None,
                begun_at: now,
                changed_at: now,
            };
            row.into_active_model().insert(db).await?;
        }
        Kind::Session | Kind::Process => {
            let row = session_record::Model {
                id,
                session_id: session,
                keeper_id,
                state,
                facts,
                version,
                head: None,
                begun_at: now,
                changed_at: now,
            };
            row.into_active_model().insert(db).await?;
        }
    }
    Ok(begun)
}

/// Keeps where a record stands now, and which text counts.
pub(super) async fn update(writing: &Writing, row: &mut Row) -> Result<(), StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    row.version += 1;
    let (keeper_id, state, facts) = columns(writing, row).await?;
    match row.record.kind() {
        Kind::Individual(_) => {
            let changed = member_part::ActiveModel {
                id: Set(row.id),
                keeper_id: Set(keeper_id),
                state: Set(state),
                facts: Set(facts),
                version: Set(row.version),
                head: Set(row.head),
                changed_at: Set(now),
                ..Default::default()
            };
            changed.update(db).await?;
        }
        Kind::Session | Kind::Process => {
            let changed = session_record::ActiveModel {
                id: Set(row.id),
                keeper_id: Set(keeper_id),
                state: Set(state),
                facts: Set(facts),
                version: Set(row.version),
                head: Set(row.head),
                changed_at: Set(now),
                ..Default::default()
            };
            changed.update(db).await?;
        }
    }
    Ok(())
}

/// Who keeps it and its state, by which the engine finds it, and all of it sealed.
async fn columns(writing: &Writing, row: &Row) -> Result<(Uuid, String, Cipher), StoreError> {
    let record = &row.record;
    let plain = serde_json::to_string(record).map_err(|why| StoreError::Database(why.into()))?;
    let sealed = match record.kind() {
        Kind::Individual(_) => PART_FACTS,
        Kind::Session | Kind::Process => SESSION_FACTS,
    };
    let facts = sealed
        .seal(writing, (row.id, row.version), row.group, &plain)
        .await?;
    Ok((record.keeper().0, record.state().name().to_owned(), facts))
}

/// Adds a text, which counts from now on. Earlier texts of a draft go after a while.
pub(super) async fn add_text(
    writing: &Writing,
    row: &mut Row,
    words: &Words,
    by: PersonId,
) -> Result<Uuid, StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let (id, number) = (new_id(now), next(db, row).await?);
    let plain = serde_json::to_string(words).map_err(|why| StoreError::Database(why.into()))?;
    match row.record.kind() {
        Kind::Individual(_) => {
            let text = part_text::Model {
                id,
                record_id: row.id,
                number,
                words: PART_TEXT.seal(writing, id, row.group, &plain).await?,
                written_by: by.0,
                written_at: now,
            };
            text.into_active_model().insert(db).await?;
        }
        Kind::Session | Kind::Process => {
            let text = session_text::Model {
                id,
                record_id: row.id,
                number,
                words: SESSION_TEXT.seal(writing, id, row.group, &plain).await?,
                written_by: by.0,
                written_at: now,
            };
            text.into_active_model().insert(db).await?;
        }
    }
    row.head = Some(id);
    update(writing, row).await?;
    if *row.record.state() == State::Draft {
        prune(writing, row, Some(now - DRAFTS)).await?;
    }
    Ok(id)
}

/// The number of the next text of a record.
async fn next(db: &DatabaseTransaction, row: &Row) -> Result<i32, StoreError> {
    let last: Option<i32> = match row.record.kind() {
        Kind::Individual(_) => {
            let last = part_text::Entity::find()
                .filter(part_text::Column::RecordId.eq(row.id))
                .order_by_desc(part_text::Column::Number)
                .one(db)
                .await?;
            last.map(|text| text.number)
        }
        Kind::Session | Kind::Process => {
            let last = session_text::Entity::find()
                .filter(session_text::Column::RecordId.eq(row.id))
                .order_by_desc(session_text::Column::Number)
                .one(db)
                .await?;
            last.map(|text| text.number)
        }
    };
    Ok(last.unwrap_or(0) + 1)
}

/// Takes away the texts of a draft that were written before then, or all; the one that counts always stays.
pub(super) async fn prune(
    writing: &Writing,
    row: &Row,
    before: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let (db, head) = (writing.looking(), row.head.unwrap_or_default());
    match row.record.kind() {
        Kind::Individual(_) => {
            let old = Condition::all()
                .add(part_text::Column::RecordId.eq(row.id))
                .add(part_text::Column::Id.ne(head))
                .add_option(before.map(|before| part_text::Column::WrittenAt.lt(before)));
            part_text::Entity::delete_many().filter(old).exec(db).await?;
        }
        Kind::Session | Kind::Process => {
            let old = Condition::all()
                .add(session_text::Column::RecordId.eq(row.id))
                .add(session_text::Column::Id.ne(head))
                .add_option(before.map(|before| session_text::Column::WrittenAt.lt(before)));
            session_text::Entity::delete_many().filter(old).exec(db).await?;
        }
    }
    Ok(())
}

/// A text and who wrote it, without its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub id: Uuid,
    pub by: PersonId,
}

/// The texts of a record that are there, the newest first.
pub(super) async fn written(db: &DatabaseTransaction, row: &Row) -> Result<Vec<Written>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = match row.record.kind() {
        Kind::Individual(_) => {
            part_text::Entity::find()
                .select_only()
                .column(part_text::Column::Id)
                .column(part_text::Column::WrittenBy)
                .filter(part_text::Column::RecordId.eq(row.id))
                .order_by_desc(part_text::Column::Number)
                .into_tuple()
                .all(db)
                .await?
        }
        Kind::Session | Kind::Process => {
            session_text::Entity::find()
                .select_only()
                .column(session_text::Column::Id)
                .column(session_text::Column::WrittenBy)
                .filter(session_text::Column::RecordId.eq(row.id))
                .order_by_desc(session_text::Column::Number)
                .into_tuple()
                .all(db)
                .await?
        }
    };
    let written = rows.into_iter().map(|(id, by)| Written { id, by: PersonId(by) });
    Ok(written.collect())
}

/// The texts of a record, oldest first; one of them, where it is asked for by its number.
pub(super) async fn texts<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &Row,
    only: Option<Uuid>,
) -> Result<Vec<Text>, StoreError> {
    let mut all = Vec::new();
    match row.record.kind() {
        Kind::Individual(_) => {
            let mut rows = part_text::Entity::find().filter(part_text::Column::RecordId.eq(row.id));
            if let Some(id) = only {
                rows = rows.filter(part_text::Column::Id.eq(id));
            }
            let rows = rows.order_by_asc(part_text::Column::Number);
            for text in rows.all(permit.db()).await? {
                let plain = PART_TEXT.open(permit, text.id, &text.words).await?;
                all.push(read(text.id, plain.reveal(), text.written_by, text.written_at)?);
            }
        }
        Kind::Session | Kind::Process => {
            let mut rows = session_text::Entity::find().filter(session_text::Column::RecordId.eq(row.id));
            if let Some(id) = only {
                rows = rows.filter(session_text::Column::Id.eq(id));
            }
            let rows = rows.order_by_asc(session_text::Column::Number);
            for text in rows.all(permit.db()).await? {
                let plain = SESSION_TEXT.open(permit, text.id, &text.words).await?;
                all.push(read(text.id, plain.reveal(), text.written_by, text.written_at)?);
            }
        }
    }
    Ok(all)
}

/// The texts that count of those of these records that are signed, by their number.
pub(super) async fn in_force<'a, A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<HashMap<Uuid, Text>, StoreError> {
    let signed = rows.filter(|row| row.record.state().is_in_force());
    let (parts, sessions): (Vec<_>, Vec<_>) =
        signed.partition(|row| matches!(row.record.kind(), Kind::Individual(_)));
    let heads = |rows: Vec<&Row>| rows.into_iter().filter_map(|row| row.head).collect::<Vec<_>>();
    let mut all = HashMap::new();
    let rows = part_text::Entity::find().filter(part_text::Column::Id.is_in(heads(parts)));
    for text in rows.all(permit.db()).await? {
        let plain = PART_TEXT.open(permit, text.id, &text.words).await?;
        let text = read(text.id, plain.reveal(), text.written_by, text.written_at)?;
        all.insert(text.id, text);
    }
    let rows = session_text::Entity::find().filter(session_text::Column::Id.is_in(heads(sessions)));
    for text in rows.all(permit.db()).await? {
        let plain = SESSION_TEXT.open(permit, text.id, &text.words).await?;
        let text = read(text.id, plain.reveal(), text.written_by, text.written_at)?;
        all.insert(text.id, text);
    }
    Ok(all)
}

/// The text that counts; none in a record where nothing was written.
pub(super) async fn head<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &Row,
) -> Result<Option<Text>, StoreError> {
    match row.head {
        None => Ok(None),
        Some(head) => Ok(texts(permit, row, Some(head)).await?.pop()),
    }
}

fn read(id: Uuid, plain: &str, by: Uuid, at: DateTime<Utc>) -> Result<Text, StoreError> {
    // The words of the error would say what was written.
    let words =
        serde_json::from_str(plain).map_err(|_| unread("record", id, "its words are not in their form"))?;
    Ok(Text {
        id,
        words,
        by: PersonId(by),
        at,
    })
}
