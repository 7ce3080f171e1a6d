//! The keys that seal: one for each class of data and each group, random, kept in the database wrapped by the key ring.
//!
//! What a key sealed is gone with it: a group's keys can be destroyed, and with them all that was sealed for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use zeroize::Zeroizing;

use crate::entities::data_key;
use crate::key::{Key, LENGTH, random};
use crate::ring::KeyRing;
use crate::sealed::crypt;
use crate::transaction::StoreError;

/// The class under which the server's own key stands; its scope is the organisation.
const SERVER: &str = "server";

/// The scope of what belongs to no group.
pub(crate) const ORGANISATION: &str = "organisation";

/// A key that seals, opened.
pub(crate) struct DataKey {
    pub(crate) id: i32,
    pub(crate) class: String,
    pub(crate) scope: String,
    pub(crate) bytes: Zeroizing<[u8; LENGTH]>,
}

/// The ring, and the keys of this database that were opened by it. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    ring: KeyRing,
    opened: Mutex<HashMap<i32, Arc<DataKey>>>,
}

/// Why a wrapped key was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unopened {
    /// There is none with this number.
    Gone,
    /// The ring has not the key that wrapped it.
    NotInRing,
    /// The ring has it, and it does not fit: it was changed.
    Changed,
}

impl Keys {
    pub(crate) fn new(ring: KeyRing) -> Self {
        Self(Arc::new(Inner {
            ring,
            opened: Mutex::default(),
        }))
    }

    pub(crate) fn ring(&self) -> &KeyRing {
        &self.0.ring
    }

    /// The key with this number.
    pub(crate) async fn get(
        &self,
        db: &impl ConnectionTrait,
        id: i32,
    ) -> Result<Result<Arc<DataKey>, Unopened>, StoreError> {
        if let Some(key) = self.opened().get(&id) {
            return Ok(Ok(Arc::clone(key)));
        }
        let Some(row) = data_key::Entity::find_by_id(id).one(db).await? else {
            return Ok(Err(Unopened::Gone));
        };
        Ok(self.unwrap(&row).map(|key| {
            let key = Arc::new(key);
            self.opened().insert(id, Arc::clone(&key));
            key
        }))
    }

    /// The key that seals this class of this scope now; a new one if there is none. Which one it is, is asked each time:
    /// another process may have rotated it.
    pub(crate) async fn current(
        &self,
        db: &DatabaseTransaction,
        class: &str,
        scope: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<DataKey>, StoreError> {
        let id = match current(db, class, scope).await? {
            Some(id) => id,
            None => {
                self.make(db, class, scope, &random(), now).await?;
                current(db, class, scope).await?.ok_or(StoreError::Changed)?
            }
        };
        self.get(db, id).await?.map_err(|why| why.told(class, scope))
    }

    /// Wraps a key and keeps it, unless there is one already.
    async fn make(
        &self,
        db: &DatabaseTransaction,
        class: &str,
        scope: &str,
        bytes: &[u8; LENGTH],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (wrapped, root) = self.wrap(class, scope, bytes);
        // Never the number of a key whose change was dropped: that one may be in memory still, and SQLite gives numbers again.
        let id = i32::from_be_bytes(random()) & i32::MAX;
        let sql = match db.get_database_backend() {
            sea_orm::DbBackend::Sqlite => {
                "insert into data_key (id, class, scope, root, wrapped, created_at) values (?, ?, ?, ?, ?, ?) on conflict (class, scope) where retired_at is null do nothing"
            }
            _ => {
                "insert into data_key (id, class, scope, root, wrapped, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (class, scope) where retired_at is null do nothing"
            }
        };
        let values = [
            id.into(),
            class.into(),
            scope.into(),
            root.into(),
            wrapped.into(),
            now.into(),
        ];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await?;
        Ok(())
    }

    fn wrap(&self, class: &str, scope: &str, bytes: &[u8; LENGTH]) -> (Vec<u8>, String) {
        let root = self.0.ring.newest();
        let name = root.name();
        let wrapped = crypt::close(&root.wrapping(), &bound(class, scope, &name), bytes);
        (wrapped, name)
    }

    fn unwrap(&self, row: &data_key::Model) -> Result<DataKey, Unopened> {
        let root = self.0.ring.named(&row.root).ok_or(Unopened::NotInRing)?;
        let bound = bound(&row.class, &row.scope, &row.root);
        let opened = crypt::open(&root.wrapping(), &bound, &row.wrapped).ok_or(Unopened::Changed)?;
        let bytes = <[u8; LENGTH]>::try_from(&**opened).map_err(|_| Unopened::Changed)?;
        Ok(DataKey {
            id: row.id,
            class: row.class.clone(),
            scope: row.scope.clone(),
            bytes: Zeroizing::new(bytes),
        })
    }

    /// Wraps by the newest of the ring whatever is wrapped by another. How many.
    pub(crate) async fn rewrap(&self, db: &DatabaseTransaction) -> Result<u64, StoreError> {
        let newest = self.0.ring.newest().name();
        let rows = data_key::Entity::find()
            .filter(data_key::Column::Root.ne(&newest))
            .all(db)
            .await?;
        let mut rewrapped = 0;
        for row in rows {
            let key = self
                .unwrap(&row)
                .map_err(|why| why.told(&row.class, &row.scope))?;
            let (wrapped, root) = self.wrap(&key.class, &key.scope, &key.bytes);
            let change = data_key::ActiveModel {
                wrapped: sea_orm::ActiveValue::Set(wrapped),
                root: sea_orm::ActiveValue::Set(root),
                ..Default::default()
            };
            let same = data_key::Entity::update_many()
                .set(change)
                .filter(data_key::Column::Id.eq(row.id))
                .filter(data_key::Column::Wrapped.eq(row.wrapped));
            rewrapped += same.exec(db).await?.rows_affected;
        }
        Ok(rewrapped)
    }

    /// The server's key of this database; none before there are any.
    pub(crate) async fn server(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<Result<Key, Unopened>>, StoreError> {
        let Some(id) = current(db, SERVER, ORGANISATION).await? else {
            return Ok(None);
        };
        let key = self.get(db, id).await?;
        Ok(Some(key.map(|key| Key::new(*key.bytes))))
    }

    /// Makes these bytes the server's key.
    pub(crate) async fn begin(
        &self,
        db: &DatabaseTransaction,
        bytes: &[u8; LENGTH],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.make(db, SERVER, ORGANISATION, bytes, now).await
    }

    /// Takes every key that seals out of use, so that what is written from now on gets a new one. The server's stays: what is
    /// looked up by it could not be found again.
    pub(crate) async fn retire(
        &self,
        db: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let all = data_key::Entity::update_many()
            .set(data_key::ActiveModel {
                retired_at: sea_orm::ActiveValue::Set(Some(now)),
                ..Default::default()
            })
            .filter(data_key::Column::RetiredAt.is_null())
            .filter(data_key::Column::Class.ne(SERVER));
        Ok(all.exec(db).await?.rows_affected)
    }

    /// The same for these.
    pub(crate) async fn retire_these(
        &self,
        db: &DatabaseTransaction,
        ids: &[i32],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let these = data_key::Entity::update_many()
            .set(data_key::ActiveModel {
                retired_at: sea_orm::ActiveValue::Set(Some(now)),
                ..Default::default()
            })
            .filter(data_key::Column::RetiredAt.is_null())
            .filter(data_key::Column::Id.is_in(ids.iter().copied()));
        these.exec(db).await?;
        Ok(())
    }

    /// Every key of this scope, whether it seals or did.
    pub(crate) async fn of_scope(
        &self,
        db: &impl ConnectionTrait,
        scope: &str,
    ) -> Result<Vec<Arc<DataKey>>, StoreError> {
        let rows = data_key::Entity::find()
            .filter(data_key::Column::Scope.eq(scope))
            .all(db)
            .await?;
        let open = |row: &data_key::Model| self.unwrap(row).map_err(|why| why.told(&row.class, &row.scope));
        rows.iter().map(|row| open(row).map(Arc::new)).collect()
    }

    /// Every key of a group; one that does not open opens nothing either.
    pub(crate) async fn of_groups(&self, db: &impl ConnectionTrait) -> Result<Vec<Arc<DataKey>>, StoreError> {
        let rows = data_key::Entity::find()
            .filter(data_key::Column::Scope.ne(ORGANISATION))
            .all(db)
            .await?;
        Ok(rows
            .iter()
            .filter_map(|row| self.unwrap(row).ok())
            .map(Arc::new)
            .collect())
    }

    pub(crate) async fn retired(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Vec<data_key::Model>, StoreError> {
        let rows = data_key::Entity::find()
            .filter(data_key::Column::RetiredAt.is_not_null())
            .order_by_asc(data_key::Column::Id);
        Ok(rows.all(db).await?)
    }

    /// Forgets a key for good; what it sealed opens never again.
    pub(crate) async fn destroy(&self, db: &DatabaseTransaction, ids: &[i32]) -> Result<u64, StoreError> {
        let gone = data_key::Entity::delete_many()
            .filter(data_key::Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
        let mut opened = self.opened();
        for id in ids {
            opened.remove(id);
        }
        Ok(gone.rows_affected)
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<i32, Arc<DataKey>>> {
        // One insert or remove cannot be left half done.
        self.0.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Unopened {
    fn told(self, class: &str, scope: &str) -> StoreError {
        let why = match self {
            Self::Gone => "is gone",
            Self::NotInRing => "was wrapped by a key that is not in the key file",
            Self::Changed => "was changed in the database",
        };
        StoreError::Key(format!("the key of class {class}, scope {scope}, {why}"))
    }
}

async fn current(db: &impl ConnectionTrait, class: &str, scope: &str) -> Result<Option<i32>, StoreError> {
    let id = data_key::Entity::find()
        .select_only()
        .column(data_key::Column::Id)
        .filter(data_key::Column::Class.eq(class))
        .filter(data_key::Column::Scope.eq(scope))
        .filter(data_key::Column::RetiredAt.is_null())
        .into_tuple::<i32>();
    Ok(id.one(db).await?)
}

/// A wrapped key opens only as what it was made for.
fn bound(class: &str, scope: &str, root: &str) -> Vec<u8> {
    format!("sb1 key|{class}|{scope}|{root}").into_bytes()
}
