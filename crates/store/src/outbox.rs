//! Letters: written in the transaction of what they tell of, sent afterwards by a job.

use chrono::{DateTime, TimeDelta, Utc};
use domain::groups::Mail;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::engine::Store;
use crate::entities::people::outbox;
use crate::entities::{id, new_id};
use crate::jobs;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{RunInstallation, SeeInstallation};
use crate::sealed::{self, Plain};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// After so many tries it is given up and an admin sees it.
const MOST_TRIES: i32 = 8;

/// A letter that failed is tried again twice this much later, then four times, and so on.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// How long a job keeps a letter that it took to send, before another one may: those it takes at once are tried for two minutes at most.
const KEEPS: TimeDelta = TimeDelta::minutes(3);

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it.
    Sent,
    /// It stays where it is, to be looked at: the demo's.
    Shown,
    /// It did not go out this time, and why.
    Later(String),
    /// It will never go out: its address does not exist.
    Never(String),
}

/// A letter that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: LetterId,
    pub mail: String,
    pub subject: String,
    pub body: String,
    /// The path at which what it belongs to is ended with one click, where there is such a thing.
    pub stop: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterId(Uuid);

id!(LetterId);

/// A letter as an admin sees it: neither to whom nor what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub id: LetterId,
    pub subject: String,
    pub made_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub tries: i32,
    pub sent_at: Option<DateTime<Utc>>,
    pub given_up_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

/// Puts a letter in; it goes out when what it tells of is committed. The act it belongs to is written down already.
pub(crate) async fn put(writing: &Writing, mail: &Mail, subject: &str, body: &str) -> Result<(), StoreError> {
    keep(writing, mail, (subject, body), None).await
}

/// One of several that one asked for, with the path at which they are ended with one click (RFC 8058).
pub(crate) async fn put_with_end(
    writing: &Writing,
    mail: &Mail,
    said: (&str, &str),
    end: &str,
) -> Result<(), StoreError> {
    keep(writing, mail, said, Some(end)).await
}

async fn keep(
    writing: &Writing,
    mail: &Mail,
    (subject, body): (&str, &str),
    stop: Option<&str>,
) -> Result<(), StoreError> {
    let now = writing.now();
    let id = new_id(now);
    let row = outbox::Model {
        id,
        mail: Some(sealed::LETTER_MAIL.seal(writing, id, mail.as_str()).await?),
        subject: subject.to_owned(),
        body: Some(sealed::LETTER_BODY.seal(writing, id, body).await?),
        stop: sealed::LETTER_STOP.seal_some(writing, id, stop).await?,
        made_at: now,
        due_at: now,
        tries: 0,
        sent_at: None,
        given_up_at: None,
        last_error: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    jobs::wake(writing, jobs::LETTERS, "").await
}

/// Takes letters that are due, oldest first, for the job that sends them. One whose job died before it said what became of it
/// is due again after a while: a letter may come twice, but none is lost.
pub async fn take(writing: &mut Writing, most: u64) -> Result<Vec<Letter>, StoreError> {
    only_the_job(writing)?;
    let now = writing.now();
    let rows = unsent()
        .filter(outbox::Column::GivenUpAt.is_null())
        .filter(outbox::Column::DueAt.lte(now))
        .order_by_asc(outbox::Column::DueAt)
        .limit(most)
        .all(writing.looking())
        .await?;
    let mut taken = Vec::new();
    for row in rows {
        let kept = outbox::Entity::update_many()
            .set(outbox::ActiveModel {
                due_at: Set(now + KEEPS),
                ..Default::default()
            })
            .filter(outbox::Column::Id.eq(row.id))
            .filter(outbox::Column::DueAt.lte(now))
            .filter(outbox::Column::SentAt.is_null())
            .exec(writing.looking())
            .await?;
        if kept.rows_affected == 1 {
            taken.push(letter(writing, row).await?);
        }
    }
    Ok(taken)
}

/// Says what became of a letter. One that went out is emptied: it holds a link or a name. One that did not is tried again,
/// each time after twice as long. The audit row has its number and nothing of it.
pub async fn tried(writing: &mut Writing, id: LetterId, outcome: Outcome) -> Result<(), StoreError> {
    only_the_job(writing)?;
    let now = writing.now();
    let Some(row) = outbox::Entity::find_by_id(id.0).one(writing.looking()).await? else {
        return Ok(());
    };
    let act = Act {
        action: match outcome {
            Outcome::Sent | Outcome::Shown => "mail.sent",
            Outcome::Later(_) | Outcome::Never(_) => "mail.failed",
        },
        class: "C12",
        object: id.to_string(),
        ..Act::default()
    };
    let tries = row.tries + 1;
    let db = writing.act(act).await?;
    let mut row = row.into_active_model();
    row.tries = Set(tries);
    match outcome {
        Outcome::Sent => {
            row.sent_at = Set(Some(now));
            row.body = Set(None);
            row.stop = Set(None);
            row.mail = Set(None);
            row.last_error = Set(None);
        }
        Outcome::Shown => row.sent_at = Set(Some(now)),
        Outcome::Later(why) => {
            row.last_error = Set(Some(short(&why)));
            row.due_at = Set(now + AGAIN * (1 << tries.clamp(0, 10)));
            if tries >= MOST_TRIES {
                row.given_up_at = Set(Some(now));
            }
        }
        Outcome::Never(why) => {
            row.last_error = Set(Some(short(&why)));
            row.given_up_at = Set(Some(now));
        }
    }
    row.update(db).await?;
    Ok(())
}

/// How many letters wait, and how many were given up.
pub async fn waiting(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
) -> Result<(u64, u64), StoreError> {
    let waiting = unsent().filter(outbox::Column::GivenUpAt.is_null());
    let given_up = unsent().filter(outbox::Column::GivenUpAt.is_not_null());
    Ok((
        waiting.count(permit.db()).await?,
        given_up.count(permit.db()).await?,
    ))
}

/// The newest letters of the demo, where none leaves the machine and everything is invented. None anywhere else.
pub async fn of_demo(store: &Store, most: u64) -> Result<Vec<(DateTime<Utc>, Letter)>, StoreError> {
    if !people::is_demo(store) {
        return Ok(Vec::new());
    }
    let reading = store.read(Who::Visitor).await?;
    let rows = outbox::Entity::find()
        .order_by_desc(outbox::Column::Id)
        .limit(most)
        .all(&reading.transaction)
        .await?;
    let mut letters = Vec::new();
    for row in rows {
        letters.push((row.made_at, letter(&reading, row).await?));
    }
    Ok(letters)
}

/// The newest letters, for an admin.
pub async fn newest(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
    most: u64,
) -> Result<Vec<Sent>, StoreError> {
    let rows = outbox::Entity::find()
        .order_by_desc(outbox::Column::MadeAt)
        .limit(most)
        .all(permit.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Sent {
            id: LetterId(row.id),
            subject: row.subject,
            made_at: row.made_at,
            due_at: row.due_at,
            tries: row.tries,
            sent_at: row.sent_at,
            given_up_at: row.given_up_at,
            last_error: row.last_error,
        })
        .collect())
}

/// Tries a letter again that was given up.
pub async fn retry(permit: &mut Permit<'_, RunInstallation>, id: LetterId) -> Result<(), StoreError> {
    let now = permit.transaction.now();
    let row = outbox::Entity::find_by_id(id.0).one(permit.db()).await?;
    let Some(row) = row.filter(|row| row.sent_at.is_none()) else {
        return Err(domain::access::Denied::NoRight.into());
    };
    let db = permit.act("mail.retry", id.to_string()).await?;
    let mut row = row.into_active_model();
    row.tries = Set(0);
    row.due_at = Set(now);
    row.given_up_at = Set(None);
    row.update(db).await?;
    jobs::wake(permit.transaction, jobs::LETTERS, "").await
}

fn unsent() -> sea_orm::Select<outbox::Entity> {
    outbox::Entity::find().filter(outbox::Column::SentAt.is_null())
}

async fn letter(transaction: &impl Transaction, row: outbox::Model) -> Result<Letter, StoreError> {
    let mail = sealed::LETTER_MAIL.open_some(transaction, row.id, row.mail.as_ref());
    let body = sealed::LETTER_BODY.open_some(transaction, row.id, row.body.as_ref());
    let stop = sealed::LETTER_STOP.open_some(transaction, row.id, row.stop.as_ref());
    let text = |plain: Option<Plain>| plain.map_or_else(String::new, |plain| plain.reveal().to_owned());
    Ok(Letter {
        id: LetterId(row.id),
        mail: text(mail.await?),
        subject: row.subject,
        body: text(body.await?),
        stop: stop.await?.map(|plain| plain.reveal().to_owned()),
    })
}

fn short(why: &str) -> String {
    why.chars().take(300).collect()
}

fn only_the_job(writing: &Writing) -> Result<(), StoreError> {
    match writing.who {
        Who::Job(_) => Ok(()),
        _ => Err(domain::access::Denied::NoRight.into()),
    }
}
