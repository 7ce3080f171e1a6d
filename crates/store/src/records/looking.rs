//! Looking through a record before it is signed: who else is told in it, and which other parts it is nearly the same as.

use std::ops::Range;

use chrono::NaiveDate;
use domain::groups::Slug;
use domain::people::{Handle, PersonId};
use domain::records::{Checked, Field, Marked, Reasoned, Words};
use guard::{Guard, Part, Piece};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::RecordError;
use super::kept::{self, Row, Which};
use super::marks::guard_of;
use super::writing::TextId;
use crate::entities::leading::group_session;
use crate::joining::called;
use crate::leading;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeePart, SeeRecord, WritePart, WriteRecord};
use crate::transaction::{StoreError, Transaction};

/// So many earlier parts of the same member are compared.
const EARLIER: u64 = 3;

/// A place that tells another member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub field: Field,
    /// Bytes of the text of the field.
    pub range: Range<usize>,
    pub mark: Marked,
}

/// Another part that is nearly the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    pub text: TextId,
    pub of: (Slug, Handle),
    pub date: NaiveDate,
    /// From that one to this, word by word.
    pub difference: Vec<Piece>,
}

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    pub marks: Vec<Found>,
    pub like: Vec<Like>,
}

impl Look {
    /// How many marks have no reason, and how many nearly the same parts were not looked at.
    pub fn open(&self, seen: &Seen) -> (usize, usize) {
        let reasoned = |found: &&Found| !seen.reasons.iter().any(|one| one.mark == found.mark);
        let marks = self.marks.iter().filter(reasoned).count();
        let like = self
            .like
            .iter()
            .filter(|one| !seen.like.contains(&one.text))
            .count();
        (marks, like)
    }
}

/// What who signs answers: reasons for what stays marked, and the nearly same parts whose difference they have looked at.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub reasons: Vec<Reasoned>,
    pub like: Vec<TextId>,
}

/// Looks through the record of a session: as it is kept, or these words in its place.
pub async fn look_at_session(
    permit: &mut Permit<'_, SeeRecord>,
    date: NaiveDate,
    typed: Option<&Words>,
) -> Result<Look, StoreError> {
    look_at(permit, (date, Which::Session), typed).await
}

/// Looks through the part of the person of the permit.
pub async fn look_at_part(
    permit: &mut Permit<'_, SeePart>,
    date: NaiveDate,
    typed: Option<&Words>,
) -> Result<Look, StoreError> {
    let person = permit.about()?;
    look_at(permit, (date, Which::Of(person)), typed).await
}

async fn look_at<A: Permitted>(
    permit: &Permit<'_, A>,
    (date, which): (NaiveDate, Which),
    typed: Option<&Words>,
) -> Result<Look, StoreError> {
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(Look::default());
    };
    let Some(row) = kept::find(permit, session.id, which).await? else {
        return Ok(Look::default());
    };
    let head = kept::head(permit, &row).await?;
    match (&head, typed) {
        (Some(head), typed) => look(permit, &row, typed.unwrap_or(&head.words), which).await,
        (None, _) => Ok(Look::default()),
    }
}

/// What is seen in these words, as those of that record.
pub(super) async fn look<A: Permitted>(
    permit: &Permit<'_, A>,
    row: &Row,
    words: &Words,
    which: Which,
) -> Result<Look, StoreError> {
    let guard = guard_of(permit).await?;
    Ok(Look {
        marks: marks(&guard, words, which),
        like: like(permit, &guard, words, row).await?,
    })
}

/// Every place of these words that tells another member, field by field.
pub(super) fn marks(guard: &Guard, words: &Words, which: Which) -> Vec<Found> {
    let found = |(field, text)| {
        let found = marked(guard, text, which).into_iter();
        found.map(move |(range, mark)| Found { field, range, mark })
    };
    words.iter().flat_map(found).collect()
}

/// Every place of a text that tells another member, in order; none lies over another.
pub(super) fn marked(guard: &Guard, text: &str, which: Which) -> Vec<(Range<usize>, Marked)> {
    let part = match which {
        Which::Session => Part::Record,
        Which::Of(person) => Part::Of(person),
    };
    let marks = guard.marks(text, part).into_iter().map(|mark| {
        let words = text[mark.range.clone()].to_owned();
        let why = mark.why.name().to_owned();
        (mark.range, Marked { words, why })
    });
    marks.collect()
}

/// Other words in place of a mark.
#[derive(Debug, Clone, Copy)]
pub struct Replace<'a> {
    pub field: Field,
    /// What was marked.
    pub marked: &'a str,
    pub instead: &'a str,
}

/// These words of the record of a session, with others wherever the guard marks this in the field. The same letters elsewhere stay.
pub async fn replace_in_session(
    permit: &mut Permit<'_, WriteRecord>,
    words: Words,
    replace: Replace<'_>,
) -> Result<Words, RecordError> {
    replaced(permit, Which::Session, words, replace).await
}

/// The same with words of the part of the person of the permit.
pub async fn replace_in_part(
    permit: &mut Permit<'_, WritePart>,
    words: Words,
    replace: Replace<'_>,
) -> Result<Words, RecordError> {
    let person = permit.about()?;
    replaced(permit, Which::Of(person), words, replace).await
}

/// The text is looked through as it is now: it may have been changed since it was marked.
async fn replaced<A: Permitted>(
    permit: &Permit<'_, A>,
    which: Which,
    words: Words,
    replace: Replace<'_>,
) -> Result<Words, RecordError> {
    let guard = guard_of(permit).await?;
    let old = words.get(replace.field);
    let (mut new, mut at) = (String::with_capacity(old.len()), 0);
    for (range, mark) in marked(&guard, old, which) {
        if mark.words == replace.marked {
            new.push_str(&old[at..range.start]);
            new.push_str(replace.instead);
            at = range.end;
        }
    }
    new.push_str(&old[at..]);
    Ok(words.saying(Field::of(which.kind()), replace.field, new)?)
}

/// The parts that this one is nearly the same as: of the others in this session, and of the same member in those before.
pub(super) async fn like<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    guard: &Guard,
    words: &Words,
    row: &Row,
) -> Result<Vec<Like>, StoreError> {
    let domain::records::Kind::Individual(person) = row.record.kind() else {
        return Ok(Vec::new());
    };
    let mut others: Vec<(PersonId, Row)> = kept::parts_in(permit, &[row.session], None).await?;
    others.retain(|(_, other)| other.id != row.id);
    others.extend(earlier(permit, person, row).await?);
    let mut texts = Vec::new();
    for (of, other) in &others {
        if let Some(text) = kept::head(permit, other).await? {
            let date = group_session::Entity::find_by_id(other.session)
                .one(permit.db())
                .await?;
            let date = date.map_or_else(|| text.at.date_naive(), |session| session.on_date);
            texts.push((*of, TextId(text.id), date, text.words.whole()));
        }
    }
    let compared: Vec<&str> = texts.iter().map(|(.., text)| text.as_str()).collect();
    let mut all = Vec::new();
    for alike in guard.alike(&words.whole(), &compared) {
        let (of, text, date, _) = &texts[alike.with];
        all.push(Like {
            text: *text,
            of: called(&*permit.transaction, of.0).await?,
            date: *date,
            difference: alike.difference,
        });
    }
    Ok(all)
}

/// The parts of the same member in the sessions before this one.
async fn earlier<A: Permitted, T: Transaction>(
    permit: &Permit<'_, A, T>,
    person: PersonId,
    row: &Row,
) -> Result<Vec<(PersonId, Row)>, StoreError> {
    let Some(session) = group_session::Entity::find_by_id(row.session)
        .one(permit.db())
        .await?
    else {
        return Ok(Vec::new());
    };
    let before: Vec<uuid::Uuid> = group_session::Entity::find()
        .select_only()
        .column(group_session::Column::Id)
        .filter(group_session::Column::ListingId.eq(session.listing_id))
        .filter(group_session::Column::OnDate.lt(session.on_date))
        .order_by_desc(group_session::Column::OnDate)
        .limit(EARLIER)
        .into_tuple()
        .all(permit.db())
        .await?;
    kept::parts_in(permit, &before, Some(person)).await
}

/// What is signed, as it was looked through in this transaction.
pub(super) async fn checked<A: Permitted>(
    permit: &Permit<'_, A>,
    words: &Words,
    row: &Row,
    which: Which,
    seen: Seen,
) -> Result<Checked, StoreError> {
    let look = look(permit, row, words, which).await?;
    let (_, alike_unseen) = look.open(&seen);
    Ok(Checked {
        marks: look.marks.into_iter().map(|found| found.mark).collect(),
        reasons: seen.reasons,
        alike_unseen,
    })
}
