//! A look at the database, or a change to it: one transaction each.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::clock::Clock;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, RuntimeErr};
use tokio::sync::watch;
use tokio::task;

use crate::audit::{self, Act};
use crate::key::Key;
use crate::keys::Keys;
use crate::once;
use crate::sessions::SignedIn;
use crate::sums;

/// Who looks or acts. Every change is written down with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Visitor,
    /// Someone at the console of the machine.
    Operator,
    /// A named job of the program itself.
    Job(&'static str),
    /// Only a look-up of their session makes one.
    Person(SignedIn),
}

impl Who {
    /// Who acts, where it is someone signed in.
    pub(crate) fn person(&self) -> Option<&SignedIn> {
        match self {
            Self::Person(signed_in) => Some(signed_in),
            _ => None,
        }
    }

    /// Whoever sits at the machine, and its jobs; nobody who comes by the web.
    pub(crate) fn is_inside(&self) -> Result<(), StoreError> {
        match self {
            Self::Operator | Self::Job(_) => Ok(()),
            Self::Visitor | Self::Person(_) => Err(Denied::NoRight.into()),
        }
    }
}

/// A look at the database; it sees one state of it throughout.
pub struct Reading {
    pub(crate) transaction: DatabaseTransaction,
    pub(crate) key: Key,
    pub(crate) keys: Keys,
    pub(crate) who: Who,
    pub(crate) now: DateTime<Utc>,
}

/// A change to the database. Dropped without [`Writing::commit`] it leaves nothing.
pub struct Writing {
    transaction: DatabaseTransaction,
    clock: Arc<dyn Clock>,
    pub(crate) key: Key,
    keys: Keys,
    pub(crate) who: Who,
    /// Whether it is more than a look that is written down.
    acts: bool,
    committed: watch::Sender<u64>,
    _holder: Option<Holder>,
}

/// What both have: the rows, who asks, and when.
pub trait Transaction: sealed::Sealed {}

impl Transaction for Reading {}
impl Transaction for Writing {}

pub(crate) mod sealed {
    use chrono::{DateTime, Utc};
    use sea_orm::DatabaseTransaction;

    use super::{Key, Keys, Reading, Who, Writing};

    pub trait Sealed {
        fn looking(&self) -> &DatabaseTransaction;
        fn who(&self) -> &Who;
        fn now(&self) -> DateTime<Utc>;
        fn key(&self) -> &Key;
        fn keys(&self) -> &Keys;
    }

    impl Sealed for Reading {
        fn looking(&self) -> &DatabaseTransaction {
            &self.transaction
        }
        fn who(&self) -> &Who {
            &self.who
        }
        fn now(&self) -> DateTime<Utc> {
            self.now
        }
        fn key(&self) -> &Key {
            &self.key
        }
        fn keys(&self) -> &Keys {
            &self.keys
        }
    }

    impl Sealed for Writing {
        fn looking(&self) -> &DatabaseTransaction {
            &self.transaction
        }
        fn who(&self) -> &Who {
            &self.who
        }
        fn now(&self) -> DateTime<Utc> {
            self.clock.now()
        }
        fn key(&self) -> &Key {
            &self.key
        }
        fn keys(&self) -> &Keys {
            &self.keys
        }
    }
}

/// The tasks that hold a [`Writing`] now. On SQLite a second one in the same task would wait for itself.
#[derive(Clone, Default)]
pub(crate) struct Holders(Arc<Mutex<HashSet<task::Id>>>);

/// Takes its task off the list when the [`Writing`] is committed or dropped.
pub(crate) struct Holder {
    holders: Holders,
    task: task::Id,
}

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database did not answer: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the database is busy with another change; try again in a moment")]
    Busy,
    #[error("there is no room on the disk; nothing was changed, and changes go on when there is room again")]
    Full,
    #[error("this task already holds a change that is not committed; commit or drop it before the next one")]
    Nested,
    #[error(
        "another import of “{programme}” is running since {since}; wait for it, or try again in 10 minutes"
    )]
    ImportRunning { programme: String, since: DateTime<Utc> },
    #[error("this import run was ended by another one; nothing of it is visible, run it again")]
    ImportEnded,
    #[error("the slug {0} is taken by another one, which comes from a feed")]
    SlugTaken(String),
    #[error("someone else changed it at the same moment; look at it again, then try once more")]
    Changed,
    #[error("the same was asked for before, and done; nothing was done twice")]
    Repeated,
    #[error("nothing has the slug {0}; publish it first, then what names it")]
    NoSuchSlug(String),
    #[error(
        "what is sealed in {table}.{column} of row {row} does not open: it was changed or moved, or its key is gone. Look with `sameboat doctor --deep`; a backup has it as it was."
    )]
    Unopened {
        table: &'static str,
        column: &'static str,
        row: uuid::Uuid,
    },
    #[error("{0}. Put the key file back that was used before; a backup has what was changed.")]
    Key(String),
    /// A thing that is not there, and one that is not for this person, are the same.
    #[error(transparent)]
    Denied(#[from] Denied),
}

/// Boxed, so that no type of the engine is part of our face.
impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if is_full(&error) {
            return Self::Full;
        }
        Self::Database(error.into())
    }
}

/// SQLite's `SQLITE_FULL`, PostgreSQL's `disk_full`.
fn is_full(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(why)) | DbErr::Query(RuntimeErr::SqlxError(why))) = error else {
        return false;
    };
    why.as_database_error().is_some_and(|why| {
        let code = why.code();
        code.as_deref() == Some("13") || code.as_deref() == Some("53100")
    })
}

impl Holders {
    /// `None` outside of a spawned task: there a nested change ends in [`StoreError::Busy`].
    pub(crate) fn enter(&self) -> Result<Option<Holder>, StoreError> {
        let Some(task) = task::try_id() else {
            return Ok(None);
        };
        if !self.tasks().insert(task) {
            return Err(StoreError::Nested);
        }
        let holders = self.clone();
        Ok(Some(Holder { holders, task }))
    }

    fn tasks(&self) -> MutexGuard<'_, HashSet<task::Id>> {
        // One insert or remove cannot be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        self.holders.tasks().remove(&self.task);
    }
}

impl Writing {
    pub(crate) fn new(
        transaction: DatabaseTransaction,
        clock: Arc<dyn Clock>,
        (key, keys): (Key, Keys),
        who: Who,
        committed: watch::Sender<u64>,
        holder: Option<Holder>,
    ) -> Self {
        Self {
            transaction,
            clock,
            key,
            keys,
            who,
            acts: false,
            committed,
            _holder: holder,
        }
    }

    /// The one way to change rows: the audit row is written first, in the same transaction.
    pub(crate) async fn act(&mut self, act: Act) -> Result<&DatabaseTransaction, StoreError> {
        self.acts = true;
        audit::write(self, act).await?;
        Ok(&self.transaction)
    }

    /// Writes down that one looks.
    pub(crate) async fn look(&mut self, look: Act) -> Result<(), StoreError> {
        audit::write(self, look).await
    }

    /// For look-ups that a change needs.
    pub(crate) fn looking(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Makes the change, all of it, and tells everyone who follows [`crate::Store::changes`].
    ///
    /// What a request asks for is committed once: see [`crate::once`]. A look that is written down before it is not what it asks for.
    pub async fn commit(self) -> Result<(), StoreError> {
        let asked = if self.acts {
            once::take(&self.transaction, self.now()).await?
        } else {
            None
        };
        if self.transaction.get_database_backend() == sea_orm::DbBackend::Postgres {
            self.transaction
                .execute_unprepared(crate::changes::NOTIFY)
                .await?;
        }
        sums::settle(&self.transaction).await?;
        self.transaction.commit().await?;
        once::done(asked);
        self.committed.send_modify(|count| *count += 1);
        Ok(())
    }
}
