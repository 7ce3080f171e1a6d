//! An organisation with two groups and people in them.

use domain::groups::{Slug, Source};
use domain::people::Role;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use store::{Store, StoreError, Who};
use testing::TestDatabase;
use testing::people::{by_link, by_two, invent, mail};

/// A database with an organisation in it.
pub struct House {
    pub db: TestDatabase,
    pub store: Store,
    pub other: DatabaseConnection,
}

pub fn here() -> Slug {
    Slug::from_bits(1)
}

pub fn there() -> Slug {
    Slug::from_bits(2)
}

pub fn nowhere() -> Slug {
    Slug::from_bits(9)
}

impl House {
    /// Two groups and nobody.
    pub async fn new(db: TestDatabase) -> Self {
        let (store, other) = (db.store().await, super::outside(&db).await);
        for (bits, title) in [(1, "Here"), (2, "There")] {
            super::publish(&store, bits, &super::listing(title, Source::Own)).await;
        }
        Self { db, store, other }
    }

    /// Someone with a role in the group that is here.
    pub async fn here(&self, name: &str, role: Role) -> Slug {
        invent(&self.store, name, &[(role, Some(&here()))]).await
    }

    pub async fn there(&self, name: &str, role: Role) -> Slug {
        invent(&self.store, name, &[(role, Some(&there()))]).await
    }

    pub async fn of_all(&self, name: &str, role: Role) -> Slug {
        invent(&self.store, name, &[(role, None)]).await
    }

    /// Signed in by two factors.
    pub async fn two(&self, name: &str) -> Who {
        let token = by_two(&self.store, &self.db.clock, &mail(name)).await;
        testing::people::who(&self.store, &token).await
    }

    /// Signed in by one.
    pub async fn one(&self, name: &str) -> Who {
        let token = by_link(&self.store, &mail(name)).await;
        testing::people::who(&self.store, &token).await
    }

    /// What a question about rows answers, past the store.
    pub async fn count(&self, sql: &str) -> i64 {
        let sql = format!("select cast(({sql}) as bigint) as it");
        let statement = Statement::from_string(self.other.get_database_backend(), sql);
        let row = self.other.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get("", "it").unwrap()
    }

    /// Waits until a transaction waits for another one inside the database. On SQLite the store itself makes it wait.
    pub async fn until_one_waits(&self) {
        if self.other.get_database_backend() == DbBackend::Postgres {
            while self
                .count("select count(*) from pg_locks where not granted")
                .await
                == 0
            {
                tokio::task::yield_now().await;
            }
        }
    }

    /// How many rows of the audit say this.
    pub async fn audited(&self, action: &str) -> i64 {
        self.count(&format!("select count(*) from audit where action = '{action}'"))
            .await
    }
}

/// Whether it is the one "no", which is also that of what is not there.
pub fn is_no(why: &StoreError) -> bool {
    matches!(why, StoreError::Denied(domain::access::Denied::NoRight))
}
