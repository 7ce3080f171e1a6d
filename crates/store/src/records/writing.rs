//! Writing a record: it is saved as one types, and what two write at once is put together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::attendance::Presence;
use domain::groups::{Kind, Slug};
use domain::name::Name;
use domain::people::{Handle, PersonId, Role};
use domain::records::{Act, By, Field, Record, Relation, Together, Words};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::kept::{self, Row, Which};
use super::looking::{Look, look};
use super::{RecordError, Rules, relation_to};
use crate::entities::id;
use crate::entities::leading::{attendance, group_session};
use crate::entities::people::role_held;
use crate::joining::{called, listing_of};
use crate::leading::{self, Sitting};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, SeePlans, SeeRecord, WritePart, WriteRecord};
use crate::transaction::{StoreError, Transaction};

/// One text of a record, by which who types says on which they began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextId(pub(super) Uuid);

id!(TextId);

/// On what who types began.
#[derive(Debug, Clone, Default)]
pub struct Base {
    pub text: Option<TextId>,
    /// Fields that are still shown as they were sent before, although others had written in them by then.
    pub was: Vec<(Field, String)>,
}

impl From<Option<TextId>> for Base {
    fn from(text: Option<TextId>) -> Self {
        Self {
            text,
            was: Vec::new(),
        }
    }
}

/// A record to be read, or to be written on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub record: Record,
    pub words: Words,
    /// None: nothing was written yet.
    pub text: Option<TextId>,
    pub keeper: (Slug, Handle),
    /// Who wrote last.
    pub written_by: Option<Handle>,
    pub changed_at: DateTime<Utc>,
    /// What was signed first, and each amendment since, oldest first; empty before it is signed.
    pub versions: Vec<(Handle, DateTime<Utc>, Words)>,
    /// Whoever signed it or opened it.
    pub names: BTreeMap<PersonId, Handle>,
}

/// What stands there after it was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub text: TextId,
    pub words: Words,
    /// Where two wrote in the same place: both stand there.
    pub both: Vec<Field>,
    /// Whoever wrote meanwhile.
    pub with: Option<Handle>,
    /// What is seen in the words now.
    pub look: Look,
}

/// When the session of the permit's group of that date is or was; one that is not held is not there.
pub async fn sitting(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
    date: NaiveDate,
) -> Result<Sitting, StoreError> {
    leading::sitting(permit.db(), permit.group()?, date).await
}

/// The record of a session in the group of the permit. Looking is written down.
pub async fn session(
    permit: &mut Permit<'_, SeeRecord>,
    date: NaiveDate,
) -> Result<Option<Sheet>, StoreError> {
    sheet_of(permit, date, Which::Session).await
}

/// The part of the person of the permit. Looking is written down.
pub async fn part(permit: &mut Permit<'_, SeePart>, date: NaiveDate) -> Result<Option<Sheet>, StoreError> {
    let person = permit.about()?;
    sheet_of(permit, date, Which::Of(person)).await
}

/// Someone at a session, and their part of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtSession {
    pub person: Slug,
    pub handle: Handle,
    pub presence: Presence,
    pub part: Option<Sheet>,
}

/// Everyone who was at a session of the group of the permit, by what they go by, with their parts. Looking is written down, once.
pub async fn at_session(
    permit: &mut Permit<'_, SeePart>,
    date: NaiveDate,
) -> Result<Vec<AtSession>, StoreError> {
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(Vec::new());
    };
    let marks = attendance::Entity::find()
        .filter(attendance::Column::SessionId.eq(session.id))
        .all(permit.db())
        .await?;
    let parts = kept::parts_in(permit, &[session.id], None).await?;
    let mut all = Vec::with_capacity(marks.len());
    for mark in marks {
        let presence = leading::presence(&mark)?;
        if !presence.was_there() {
            continue;
        }
        let (person, handle) = called(&*permit.transaction, mark.person_id).await?;
        let row = parts.iter().find(|(of, _)| of.0 == mark.person_id);
        all.push(AtSession {
            person,
            handle,
            presence,
            part: match row {
                Some((_, row)) => Some(sheet(permit, row).await?),
                None => None,
            },
        });
    }
    all.sort_by(|a, b| a.handle.cmp(&b.handle));
    Ok(all)
}

/// What was last agreed for the person of the permit before this session, and when. Looking was written down with the permit.
pub async fn last_plan(
    permit: &mut Permit<'_, SeePart>,
    date: NaiveDate,
) -> Result<Option<(NaiveDate, String)>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let sessions = group_session::Entity::find()
        .filter(group_session::Column::ListingId.eq(group.0))
        .filter(group_session::Column::OnDate.lt(date))
        .order_by_desc(group_session::Column::OnDate)
        .all(permit.db())
        .await?;
    for session in sessions {
        let Some(row) = kept::find(permit, session.id, Which::Of(person)).await? else {
            continue;
        };
        if let Some(head) = kept::head(permit, &row).await?
            && !head.words.get(Field::Plan).trim().is_empty()
        {
            return Ok(Some((session.on_date, head.words.get(Field::Plan).to_owned())));
        }
    }
    Ok(None)
}

/// Saves what was typed into the record of a session.
pub async fn write_session(
    permit: &mut Permit<'_, WriteRecord>,
    date: NaiveDate,
    base: Base,
    words: Words,
    rules: Rules,
) -> Result<Saved, RecordError> {
    permit.act("record.write", String::new()).await?;
    write(permit, date, (Which::Session, base), words, rules).await
}

/// Saves what was typed into the part of the person of the permit. Only who was there has one.
pub async fn write_part(
    permit: &mut Permit<'_, WritePart>,
    date: NaiveDate,
    base: Base,
    words: Words,
    rules: Rules,
) -> Result<Saved, RecordError> {
    let person = permit.about()?;
    permit.act("part.write", String::new()).await?;
    if !was_there(permit, date, person).await? {
        return Err(RecordError::WasNotThere);
    }
    write(permit, date, (Which::Of(person), base), words, rules).await
}

/// The caller has written down why, which holds the group until the commit: of two who save at once one comes second.
async fn write<A: Permitted>(
    permit: &mut Permit<'_, A>,
    date: NaiveDate,
    (which, base): (Which, Base),
    words: Words,
    rules: Rules,
) -> Result<Saved, RecordError> {
    let group = permit.group()?;
    let by = By {
        who: permit.person().ok_or(Denied::NoRight)?,
        relation: first(permit).await?,
    };
    begun(permit, date).await?;
    let session = leading::made(permit.transaction, group, date).await?;
    let mut row = match kept::find(permit, session.id, which).await? {
        Some(row) => row,
        None => {
            let record = Record::begin(which.kind(), by.who, date);
            kept::insert(permit.transaction, session.id, group, record).await?
        }
    };
    let now = permit.transaction.now();
    row.record = row.record.after(Act::Write, by, rules.policy, rules.today, now)?;
    let head = kept::head(permit, &row).await?;
    let (words, both, with, kept_already) = match head {
        Some(head) if head.words == words && base.was.is_empty() => (words, Vec::new(), None, Some(head.id)),
        Some(head) if base.text.map(|text| text.0) != Some(head.id) || !base.was.is_empty() => {
            let (together, with) = together(permit, &row, (base, &words), &head.words).await?;
            let same = (together.words == head.words).then_some(head.id);
            (together.words, together.both, with, same)
        }
        _ => (words, Vec::new(), None, None),
    };
    let text = match kept_already {
        Some(text) => text,
        None => kept::add_text(permit.transaction, &mut row, &words, by.who).await?,
    };
    Ok(Saved {
        text: TextId(text),
        look: look(permit, &row, &words, which).await?,
        words,
        both,
        with,
    })
}

/// What was typed with what counts by now, and who else wrote meanwhile. One's own words of a moment ago give way to what goes on from them.
async fn together<A: Permitted>(
    permit: &Permit<'_, A>,
    row: &Row,
    (base, words): (Base, &Words),
    head: &Words,
) -> Result<(Together, Option<Handle>), RecordError> {
    let me = permit.person().ok_or(Denied::NoRight)?;
    let began_on = match base.text {
        Some(text) => {
            let text = kept::texts(permit, row, Some(text.0)).await?.pop();
            text.ok_or(RecordError::BaseGone)?.words
        }
        None => Words::default(),
    };
    let written = kept::written(permit.db(), row).await?;
    let began_at = written.iter().position(|text| Some(TextId(text.id)) == base.text);
    // Fields that are shown as they were sent have words of others in them since before the base.
    let since = match began_at {
        Some(place) if base.was.is_empty() => &written[..place],
        _ => &written[..],
    };
    let other = since.iter().map(|text| text.by).find(|by| *by != me);
    let began_on = began_on.but(base.was);
    Ok(match other {
        None => (words.going_on(&began_on, head), None),
        Some(other) => {
            let (_, other) = called(&*permit.transaction, other.0).await?;
            (words.with(&began_on, head), Some(other))
        }
    })
}

/// Whether the session of that date has begun; its record is written from then on.
pub(super) async fn begun<A: Permitted>(permit: &Permit<'_, A>, date: NaiveDate) -> Result<(), RecordError> {
    let sitting = leading::sitting(permit.db(), permit.group()?, date).await?;
    if sitting.has_begun(permit.transaction.now()) {
        Ok(())
    } else {
        Err(RecordError::NotYet)
    }
}

/// What the one who acts is to the group of the permit: leading before supervising.
pub(super) async fn first<A: Permitted>(permit: &Permit<'_, A>) -> Result<Relation, StoreError> {
    let relations = relation_to(&*permit.transaction, permit.group()?).await?;
    Ok(relations.first().copied().unwrap_or(Relation::Nothing))
}

/// Whether someone is marked as having been at a session.
async fn was_there<A: Permitted>(
    permit: &Permit<'_, A>,
    date: NaiveDate,
    person: PersonId,
) -> Result<bool, StoreError> {
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(false);
    };
    let row = attendance::Entity::find()
        .filter(attendance::Column::SessionId.eq(session.id))
        .filter(attendance::Column::PersonId.eq(person.0))
        .one(permit.db())
        .await?;
    let presence = row.as_ref().map(leading::presence).transpose()?;
    Ok(presence.is_some_and(Presence::was_there))
}

async fn sheet_of<A: Permitted>(
    permit: &mut Permit<'_, A>,
    date: NaiveDate,
    which: Which,
) -> Result<Option<Sheet>, StoreError> {
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(None);
    };
    match kept::find(permit, session.id, which).await? {
        Some(row) => sheet(permit, &row).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn sheet<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    row: &Row,
) -> Result<Sheet, StoreError> {
    let signed = row.record.state().is_in_force();
    let mut texts = match (signed, row.head) {
        (true, _) => kept::texts(permit, row, None).await?,
        (false, Some(head)) => kept::texts(permit, row, Some(head)).await?,
        (false, None) => Vec::new(),
    };
    let mut versions = Vec::new();
    if signed {
        for text in &texts {
            let (_, by) = called(&*permit.transaction, text.by.0).await?;
            versions.push((by, text.at, text.words.clone()));
        }
    }
    let last = texts.pop();
    let written_by = match &last {
        Some(text) => Some(called(&*permit.transaction, text.by.0).await?.1),
        None => None,
    };
    Ok(Sheet {
        record: row.record.clone(),
        text: last.as_ref().map(|text| TextId(text.id)),
        words: last.map(|text| text.words).unwrap_or_default(),
        keeper: called(&*permit.transaction, row.record.keeper().0).await?,
        written_by,
        changed_at: row.changed_at,
        versions,
        names: names(permit, &row.record).await?,
    })
}

async fn names<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    record: &Record,
) -> Result<BTreeMap<PersonId, Handle>, StoreError> {
    let signed = record.signatures().into_iter().map(|signature| signature.by);
    let opened = record.unlocked().map(|unlocked| unlocked.by);
    let everyone: BTreeSet<PersonId> = signed.chain(opened).collect();
    let mut names = BTreeMap::new();
    for person in everyone {
        names.insert(person, called(&*permit.transaction, person.0).await?.1);
    }
    Ok(names)
}

/// Who leads the group of the permit now, for a record to be handed over to.
pub async fn leaders<A: Permitted>(
    permit: &mut Permit<'_, A, impl Transaction>,
) -> Result<Vec<(Slug, Handle)>, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .all(permit.db())
        .await?;
    let mut leaders = Vec::new();
    for row in rows {
        let role = people::role(&row.role)?;
        if matches!(role, Role::Leader | Role::CoLeader | Role::Facilitator) && people::holds(&row, now) {
            leaders.push(called(&*permit.transaction, row.person_id).await?);
        }
    }
    leaders.sort_by(|a, b| a.1.cmp(&b.1));
    leaders.dedup();
    Ok(leaders)
}

/// The techniques that the plan of a session names.
pub async fn techniques(
    permit: &mut Permit<'_, SeePlans, impl Transaction>,
    date: NaiveDate,
) -> Result<Vec<Name>, StoreError> {
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(Vec::new());
    };
    let plan = leading::plan_of(permit, &session).await?;
    Ok(plan.techniques().into_iter().cloned().collect())
}

/// Whether the group of the permit is one for therapy: only there each member has a part.
pub async fn kind(permit: &mut Permit<'_, SeePlans, impl Transaction>) -> Result<Kind, StoreError> {
    let (_, listing) = listing_of(permit.db(), permit.group()?).await?;
    Ok(listing.kind)
}

/// What the group of the permit is called.
pub async fn title(permit: &mut Permit<'_, SeePlans, impl Transaction>) -> Result<String, StoreError> {
    let (_, listing) = listing_of(permit.db(), permit.group()?).await?;
    Ok(listing.title.to_string())
}

/// What the person of the permit goes by.
pub async fn name(permit: &mut Permit<'_, SeePart>) -> Result<Handle, StoreError> {
    Ok(called(&*permit.transaction, permit.about()?.0).await?.1)
}
