//! Signed statements about the chain's end: made, kept, put elsewhere.

use chrono::{DateTime, TimeDelta, Utc};
use domain::groups::Mail;
use domain::people::Role;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

use super::head::{Head, Stated};
use super::{Act, chain};
use crate::entities::people::role_held;
use crate::entities::{audit, audit_head, audit_link, new_id};
use crate::permit::Permit;
use crate::permit::acts::SeeAudit;
use crate::transaction::{Reading, StoreError, Transaction, Writing};
use crate::{outbox, people};

/// How long after the last letter the next one goes out: a day, less what an hourly job may come early.
const A_DAY: TimeDelta = TimeDelta::minutes(24 * 60 - 30);

/// Whether a statement stands in a file outside of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    Yes,
    No,
}

/// A letter with the statement in it, for the auditors; the words come from the caller.
pub struct HeadLetter<'a> {
    pub subject: &'a str,
    pub body: &'a str,
}

/// How the chain stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainState {
    /// The number of the last link.
    pub position: i64,
    /// When the row was written that it names.
    pub linked_to: Option<DateTime<Utc>>,
    /// Rows that are not linked yet.
    pub loose: i64,
    /// The last statement: when, and up to which link.
    pub head: Option<(DateTime<Utc>, i64)>,
    /// When one was last put into a file elsewhere, and when into a letter.
    pub filed_at: Option<DateTime<Utc>>,
    pub mailed_at: Option<DateTime<Utc>>,
}

/// Signs where the chain ends now.
pub async fn head(reading: &mut Reading) -> Result<Head, StoreError> {
    reading.who.is_inside()?;
    let db = &reading.transaction;
    let (position, hash) = chain::end(db).await?;
    let stated = Stated {
        database: chain::database(db).await?,
        position,
        rows: i64::try_from(audit::Entity::find().count(db).await?).unwrap_or(i64::MAX),
        hash: hash
            .try_into()
            .map_err(|_| StoreError::Database("the last link of the audit's chain has no hash".into()))?,
        at: reading.now,
    };
    Ok(Head::sign(&reading.key, stated))
}

/// Keeps a statement, and writes it to the auditors where there is a letter and the last one is a day old: to how many.
/// A statement is no act and has no audit row; that it is written to someone is.
pub async fn keep(
    writing: &mut Writing,
    head: &Head,
    filed: Filed,
    letter: Option<&HeadLetter<'_>>,
) -> Result<usize, StoreError> {
    writing.who.is_inside()?;
    let now = writing.now();
    let mails = match letter {
        Some(_) if is_due(writing, now).await? => auditors(writing).await?,
        _ => Vec::new(),
    };
    let row = audit_head::Model {
        id: new_id(now),
        at: head.at(),
        position: head.position(),
        line: head.to_string(),
        filed_at: (filed == Filed::Yes).then_some(now),
        mailed_at: (!mails.is_empty()).then_some(now),
    };
    row.into_active_model().insert(writing.looking()).await?;
    if let (Some(letter), false) = (letter, mails.is_empty()) {
        let act = Act {
            action: "audit.write-head",
            class: "C12",
            object: head.position().to_string(),
            ..Act::default()
        };
        writing.act(act).await?;
        for mail in &mails {
            outbox::put(writing, mail, letter.subject, letter.body).await?;
        }
    }
    Ok(mails.len())
}

/// For the auditor's page.
pub async fn chain_state(
    permit: &mut Permit<'_, SeeAudit, impl Transaction>,
) -> Result<ChainState, StoreError> {
    let db = permit.db();
    let behind = chain::behind(db).await?;
    let mut state = ChainState {
        loose: behind.iter().map(|scope| scope.last - scope.linked).sum(),
        ..ChainState::default()
    };
    let last = audit_link::Entity::find()
        .order_by_desc(audit_link::Column::Position)
        .one(db)
        .await?;
    if let Some(link) = last {
        state.position = link.position;
        let row = audit::Entity::find_by_id(link.audit_id).one(db).await?;
        state.linked_to = row.map(|row| row.at);
    }
    let newest = || audit_head::Entity::find().order_by_desc(audit_head::Column::At);
    let head = newest().one(db).await?;
    state.head = head.map(|row| (row.at, row.position));
    let filed = newest()
        .filter(audit_head::Column::FiledAt.is_not_null())
        .one(db)
        .await?;
    state.filed_at = filed.and_then(|row| row.filed_at);
    state.mailed_at = mailed_at(db).await?;
    Ok(state)
}

async fn is_due(writing: &Writing, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let last = mailed_at(writing.looking()).await?;
    Ok(last.is_none_or(|last| now - last >= A_DAY))
}

async fn mailed_at(db: &DatabaseTransaction) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = audit_head::Entity::find()
        .filter(audit_head::Column::MailedAt.is_not_null())
        .order_by_desc(audit_head::Column::At)
        .one(db)
        .await?;
    Ok(row.and_then(|row| row.mailed_at))
}

async fn auditors(writing: &Writing) -> Result<Vec<Mail>, StoreError> {
    let roles = role_held::Entity::find()
        .filter(role_held::Column::Role.eq(Role::Auditor.name()))
        .all(writing.looking())
        .await?;
    people::mails_of(writing, roles).await
}
