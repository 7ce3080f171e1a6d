//! Signing a record, and what comes after: the second signature, amendments, handing over, opening what is locked.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Denied, Need, matrix};
use domain::groups::Slug;
use domain::people::{PersonId, Role};
use domain::records::{Act, By, Reason, Record, Relation, Words};

use super::kept::{self, Row, Which};
use super::looking::{Seen, checked};
use super::writing::{TextId, begun, first};
use super::{RecordError, Rules, led_as, relation_to};
use crate::leading;
use crate::permit::acts::{Permitted, SeePart, SeeRecord, WritePart, WriteRecord};
use crate::permit::{self, Permit};
use crate::transaction::{StoreError, Transaction};

/// What who writes a record asks for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// The text as it was looked at.
    Sign {
        text: TextId,
        seen: Seen,
    },
    TakeBack,
    /// All of the words as they read from now on.
    Amend {
        words: Words,
        reason: Reason,
        seen: Seen,
    },
    HandOver {
        to: Slug,
    },
    Discard,
}

/// What somebody else does with it.
#[derive(Debug, Clone)]
pub enum Answered {
    Cosign {
        text: TextId,
    },
    SendBack,
    /// By who supervises, where who kept it is gone.
    HandOver {
        to: Slug,
    },
    Unlock {
        until: DateTime<Utc>,
        reason: Reason,
    },
}

/// Does it with the record of a session.
pub async fn act_on_session(
    permit: &mut Permit<'_, WriteRecord>,
    date: NaiveDate,
    asked: Asked,
    rules: Rules,
) -> Result<Record, RecordError> {
    act(permit, (date, Which::Session), asked, rules).await
}

/// Does it with the part of the person of the permit.
pub async fn act_on_part(
    permit: &mut Permit<'_, WritePart>,
    date: NaiveDate,
    asked: Asked,
    rules: Rules,
) -> Result<Record, RecordError> {
    let person = permit.about()?;
    act(permit, (date, Which::Of(person)), asked, rules).await
}

/// Does it with the record of a session, by who may read it.
pub async fn answer_session(
    permit: &mut Permit<'_, SeeRecord>,
    date: NaiveDate,
    answered: Answered,
    rules: Rules,
) -> Result<Record, RecordError> {
    answer(permit, (date, Which::Session), answered, rules).await
}

/// Does it with the part of the person of the permit, by who may read it.
pub async fn answer_part(
    permit: &mut Permit<'_, SeePart>,
    date: NaiveDate,
    answered: Answered,
    rules: Rules,
) -> Result<Record, RecordError> {
    let person = permit.about()?;
    answer(permit, (date, Which::Of(person)), answered, rules).await
}

/// Whether the one who asks supervises the group of the permit, and may hand over what is somebody else's.
pub async fn supervises<A: Permitted>(
    permit: &mut Permit<'_, A, impl Transaction>,
) -> Result<bool, StoreError> {
    let relations = relation_to(&*permit.transaction, permit.group()?).await?;
    Ok(relations.contains(&Relation::Supervises))
}

async fn act<A: Permitted>(
    permit: &mut Permit<'_, A>,
    (date, which): (NaiveDate, Which),
    asked: Asked,
    rules: Rules,
) -> Result<Record, RecordError> {
    let name = match &asked {
        Asked::Sign { .. } => "record.sign",
        Asked::TakeBack => "record.take-back",
        Asked::Amend { .. } => "record.amend",
        Asked::HandOver { .. } => "record.hand-over",
        Asked::Discard => "record.discard",
    };
    let mut row = found(permit, date, which, name).await?;
    if let Asked::Sign { .. } | Asked::Amend { .. } = &asked {
        begun(permit, date).await?;
    }
    let by = By {
        who: permit.person().ok_or(Denied::NoRight)?,
        relation: first(permit).await?,
    };
    let (act, words) = match asked {
        Asked::Sign { text, seen } => {
            let head = kept::head(permit, &row).await?;
            let head = head
                .filter(|head| !head.words.is_empty())
                .ok_or(RecordError::Empty)?;
            if head.id != text.0 {
                return Err(RecordError::TextChanged);
            }
            (
                Act::Sign(checked(permit, &head.words, &row, which, seen).await?),
                None,
            )
        }
        Asked::TakeBack => (Act::TakeBack, None),
        Asked::Amend { words, reason, seen } => {
            if words.is_empty() {
                return Err(RecordError::Empty);
            }
            let checked = checked(permit, &words, &row, which, seen).await?;
            (Act::Amend { reason, checked }, Some(words))
        }
        Asked::HandOver { to } => (hand_over(permit, &to).await?, None),
        Asked::Discard => (Act::Discard, None),
    };
    let is_signed = matches!(act, Act::Sign(_));
    let is_discarded = matches!(act, Act::Discard);
    done(permit, &mut row, act, by, rules).await?;
    if let Some(words) = words {
        kept::add_text(permit.transaction, &mut row, &words, by.who).await?;
    }
    if is_signed || is_discarded {
        if is_discarded {
            row.head = None;
            kept::update(permit.transaction, &mut row).await?;
        }
        kept::prune(permit.transaction, &row, None).await?;
    }
    Ok(row.record)
}

async fn answer<A: Permitted>(
    permit: &mut Permit<'_, A>,
    (date, which): (NaiveDate, Which),
    answered: Answered,
    rules: Rules,
) -> Result<Record, RecordError> {
    let name = match &answered {
        Answered::Cosign { .. } => "record.cosign",
        Answered::SendBack => "record.send-back",
        Answered::HandOver { .. } => "record.hand-over",
        Answered::Unlock { .. } => "record.unlock",
    };
    let mut row = found(permit, date, which, name).await?;
    // Who leads and supervises does this as supervisor, where that is what is asked for.
    let relations = relation_to(&*permit.transaction, permit.group()?).await?;
    let by = By {
        who: permit.person().ok_or(Denied::NoRight)?,
        relation: relations.last().copied().unwrap_or(Relation::Nothing),
    };
    let act = match answered {
        Answered::Cosign { text } => {
            if row.head != Some(text.0) {
                return Err(RecordError::TextChanged);
            }
            Act::Cosign
        }
        Answered::SendBack => Act::SendBack,
        Answered::HandOver { to } => hand_over(permit, &to).await?,
        Answered::Unlock { until, reason } => Act::Unlock { until, reason },
    };
    done(permit, &mut row, act, by, rules).await?;
    Ok(row.record)
}

/// Finds it with the group held, so that it stays as it is until the commit.
async fn found<A: Permitted>(
    permit: &mut Permit<'_, A>,
    date: NaiveDate,
    which: Which,
    name: &'static str,
) -> Result<Row, RecordError> {
    permit.act(name, String::new()).await?;
    let session = leading::row_of(permit.db(), permit.group()?, date).await?;
    let session = session.ok_or(Denied::NoRight)?;
    let row = kept::find(permit, session.id, which).await?;
    Ok(row.ok_or(Denied::NoRight)?)
}

async fn hand_over<A: Permitted>(permit: &Permit<'_, A>, to: &Slug) -> Result<Act, RecordError> {
    let to = successor(permit, to).await?;
    Ok(Act::HandOver { to })
}

/// Who is to keep what the permit is for: they lead the group, and may write it.
pub(super) async fn successor<A: Permitted>(
    permit: &Permit<'_, A>,
    to: &Slug,
) -> Result<PersonId, RecordError> {
    let to = permit::person(permit.db(), to).await?;
    let roles = led_as(&*permit.transaction, to, permit.group()?).await?;
    if roles.is_empty() {
        return Err(RecordError::DoesNotLead);
    }
    let writes = |role: &Role| {
        let mut cells = matrix(A::ACTION.class(), *role).iter();
        cells.any(|(right, _)| right.gives(Need::Write))
    };
    if !roles.iter().any(writes) {
        return Err(RecordError::WritesNone);
    }
    Ok(to)
}

pub(super) async fn done<A: Permitted>(
    permit: &Permit<'_, A>,
    row: &mut Row,
    act: Act,
    by: By,
    rules: Rules,
) -> Result<(), RecordError> {
    let now = permit.transaction.now();
    row.record = row
        .record
        .clone()
        .after(act, by, rules.policy, rules.today, now)?;
    Ok(kept::update(permit.transaction, row).await?)
}
