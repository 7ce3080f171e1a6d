//! A database that is read whole. What is sealed stays so: nothing here has a key.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};

use crate::engine::{self, OpenError};
use crate::upgrade;
use crate::url::DatabaseUrl;

/// All of a database, as it is: its schema may be an earlier one.
pub struct Everything {
    url: DatabaseUrl,
    reads: DatabaseConnection,
    clock: Arc<dyn Clock>,
}

impl Everything {
    /// A database that is there. It is not upgraded; one that is newer is refused.
    pub async fn open(url: &DatabaseUrl, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        if url.file().is_some_and(|path| !path.exists()) {
            return Err(OpenError::Connect {
                url: url.to_string(),
                why: "there is no such file".to_owned(),
            });
        }
        let (writes, reads) = engine::connect(url).await?;
        upgrade::known(url, &writes).await?;
        Ok(Self::new(url.clone(), reads, clock))
    }

    pub(crate) fn new(url: DatabaseUrl, reads: DatabaseConnection, clock: Arc<dyn Clock>) -> Self {
        Self { url, reads, clock }
    }

    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    pub(super) async fn look(&self) -> Result<DatabaseTransaction, DbErr> {
        engine::look(&self.reads).await
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}
