//! What is asked for twice is done once.
//!
//! A form carries a number that was made for it. The first change that is committed while such a request is answered takes the
//! number in its own transaction: both are there, or neither. That one looked at something is no such change, though it is written down. Whoever brings the same again changes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use sha2::{Digest, Sha256};

use crate::entities::work::asked;
use crate::key::{hex, random};
use crate::transaction::{Reading, StoreError};

tokio::task_local! {
    static ASKED: Asked;
}

/// What one request asks for. Of two that say the same, only one changes anything.
#[derive(Clone)]
pub struct Asked {
    id: Arc<str>,
    done: Arc<AtomicBool>,
}

impl Asked {
    /// All that makes it the same: who asks, where, by which number, and what they say.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self {
            id: hex(&hash.finalize()).into(),
            done: Arc::default(),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Answers the request; what is committed meanwhile is committed for it.
    pub async fn during<F: Future>(&self, answer: F) -> F::Output {
        ASKED.scope(self.clone(), answer).await
    }

    /// Whether something was committed for it.
    pub fn is_done(&self) -> bool {
        self.done.load(Ordering::Acquire)
    }
}

/// Does a part of what is asked for, as a change of its own that takes no number: that is left to the change which says that all of it was
/// done. If the program dies in between, what is asked for again is not answered as done. A part bears being asked for twice.
pub async fn in_part<F: Future>(part: F) -> F::Output {
    let of_nobody = Asked {
        id: "".into(),
        done: Arc::new(AtomicBool::new(true)),
    };
    ASKED.scope(of_nobody, part).await
}

/// A number for a form, which nobody guesses.
pub fn number() -> String {
    hex(&random::<16>())
}

/// Whether the same was asked for before, and done.
pub async fn was_done(reading: &mut Reading, asked: &Asked) -> Result<bool, StoreError> {
    let found = asked::Entity::find_by_id(asked.id().to_owned());
    Ok(found.one(&reading.transaction).await?.is_some())
}

/// Takes the number of what is asked for now, if this is the first change for it. It is told with [`done`] that it was committed.
pub(crate) async fn take(db: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Option<Asked>, StoreError> {
    let Some(asked) = ASKED.try_with(Clone::clone).ok().filter(|it| !it.is_done()) else {
        return Ok(None);
    };
    let row = asked::ActiveModel {
        id: Set(asked.id().to_owned()),
        done_at: Set(now),
    };
    let taken = asked::Entity::insert(row)
        .on_conflict(sea_orm::sea_query::OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    if taken == 0 {
        return Err(StoreError::Repeated);
    }
    Ok(Some(asked))
}

pub(crate) fn done(asked: Option<Asked>) {
    if let Some(asked) = asked {
        asked.done.store(true, Ordering::Release);
    }
}
