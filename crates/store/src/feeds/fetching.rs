//! What the job that fetches a feed reads and says.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{FeedId, Wanted};
use crate::audit::Act;
use crate::entities::work::feed_address;
use crate::imports::Run;
use crate::transaction::sealed::Sealed;
use crate::transaction::{Reading, StoreError, Who, Writing};

/// A feed that is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToFetch {
    pub id: FeedId,
    pub wanted: Wanted,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Someone has said that groups may go.
    pub accepted: bool,
}

/// How it went.
#[derive(Debug)]
pub enum Ended<'a> {
    /// The site says that nothing changed.
    Unchanged,
    /// It was taken in; what its site said of it is for the next time.
    TakenIn {
        etag: Option<String>,
        last_modified: Option<String>,
    },
    /// So many of so many groups would be gone: a person has to say so.
    Shrunk { by: u64, from: u64 },
    /// Nothing was changed, for this reason.
    Failed(&'a str),
}

/// The feed of a job; none if it is paused or removed, or not there any more.
pub async fn to_fetch(reading: &mut Reading, subject: &str) -> Result<Option<ToFetch>, StoreError> {
    only_ours(&reading.who)?;
    let Some(id) = FeedId::parse(subject) else {
        return Ok(None);
    };
    let row = feed_address::Entity::find_by_id(id.0)
        .one(reading.looking())
        .await?;
    let row = row.filter(|row| row.paused_at.is_none() && row.removed_at.is_none());
    Ok(row.map(|row| ToFetch {
        id,
        wanted: Wanted {
            address: row.address,
            programme: row.programme,
            format: row.format,
            zone: row.zone,
            licence: row.licence,
            every_hours: u16::try_from(row.every_hours).unwrap_or(24),
        },
        etag: row.etag,
        last_modified: row.last_modified,
        accepted: row.accepted,
    }))
}

/// Says how it went; in the transaction that takes the run in, where one is. A feed whose address was changed meanwhile
/// remembers nothing of the old one.
pub async fn ended(
    writing: &mut Writing,
    feed: &ToFetch,
    run: Option<&Run>,
    how: Ended<'_>,
) -> Result<(), StoreError> {
    only_ours(&writing.who)?;
    let now = writing.now();
    let row = feed_address::Entity::find_by_id(feed.id.0)
        .one(writing.looking())
        .await?;
    let Some(row) = row.filter(|row| row.address == feed.wanted.address) else {
        return Ok(());
    };
    let act = Act {
        action: "feeds.fetch",
        class: "C1",
        object: feed.id.0.to_string(),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    let mut row = row.into_active_model();
    if let Some(run) = run {
        row.source_id = Set(Some(run.source));
    }
    match how {
        Ended::Unchanged => {
            row.fetched_at = Set(Some(now));
            row.problem = Set(None);
        }
        Ended::TakenIn { etag, last_modified } => {
            row.fetched_at = Set(Some(now));
            row.problem = Set(None);
            row.etag = Set(etag);
            row.last_modified = Set(last_modified);
            row.shrunk_from = Set(None);
            row.shrunk_by = Set(None);
            row.accepted = Set(false);
        }
        Ended::Shrunk { by, from } => {
            row.fetched_at = Set(Some(now));
            row.problem = Set(None);
            row.shrunk_by = Set(i64::try_from(by).ok());
            row.shrunk_from = Set(i64::try_from(from).ok());
        }
        Ended::Failed(why) => row.problem = Set(Some(why.chars().take(600).collect())),
    }
    row.update(db).await?;
    Ok(())
}

fn only_ours(who: &Who) -> Result<(), StoreError> {
    match who {
        Who::Job(_) => Ok(()),
        _ => Err(domain::access::Denied::NoRight.into()),
    }
}
