//! Letters: written in the transaction of what they tell of, sent afterwards by a job.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::people::outbox;
use crate::entities::{id, new_id};
use crate::permit::Permit;
use crate::permit::acts::{RunInstallation, SeeInstallation};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// After so many tries it is given up and an admin sees it.
const MOST_TRIES: i32 = 8;

/// A letter that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: LetterId,
    pub mail: String,
    pub subject: String,
    pub body: String,
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
pub(crate) async fn put(writing: &Writing, mail: &str, subject: &str, body: &str) -> Result<(), StoreError> {
    let now = writing.now();
    let row = outbox::Model {
        id: new_id(now),
        mail: mail.to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
        made_at: now,
        due_at: now,
        tries: 0,
        sent_at: None,
        given_up_at: None,
        last_error: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Letters that are due, oldest first. For the job that sends them.
pub async fn due(writing: &mut Writing, most: u64) -> Result<Vec<Letter>, StoreError> {
    only_the_job(writing)?;
    let rows = outbox::Entity::find()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::GivenUpAt.is_null())
        .filter(outbox::Column::DueAt.lte(writing.now()))
        .order_by_asc(outbox::Column::DueAt)
        .limit(most)
        .all(writing.looking())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Letter {
            id: LetterId(row.id),
            mail: row.mail,
            subject: row.subject,
            body: row.body,
        })
        .collect())
}

/// Says what became of a letter. One that went out is emptied: it holds a link or a name. One that did not is tried again,
/// each time after twice as long.
pub async fn tried(
    writing: &mut Writing,
    id: LetterId,
    outcome: Result<(), String>,
) -> Result<(), StoreError> {
    only_the_job(writing)?;
    let now = writing.now();
    let Some(row) = outbox::Entity::find_by_id(id.0).one(writing.looking()).await? else {
        return Ok(());
    };
    let act = Act {
        action: if outcome.is_ok() {
            "mail.sent"
        } else {
            "mail.failed"
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
        Ok(()) => {
            row.sent_at = Set(Some(now));
            row.body = Set(String::new());
            row.mail = Set(String::new());
            row.last_error = Set(None);
        }
        Err(why) => {
            row.last_error = Set(Some(why.chars().take(300).collect()));
            row.due_at = Set(now + TimeDelta::minutes(1 << tries.clamp(0, 10)));
            if tries >= MOST_TRIES {
                row.given_up_at = Set(Some(now));
            }
        }
    }
    row.update(db).await?;
    Ok(())
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
    Ok(())
}

fn only_the_job(writing: &Writing) -> Result<(), StoreError> {
    match writing.who {
        Who::Job(_) => Ok(()),
        _ => Err(domain::access::Denied::NoRight.into()),
    }
}
