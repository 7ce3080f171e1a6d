//! A fresh database for each test, on the engine the test asks for.

mod ready;

use std::future::Future;
use std::sync::Arc;

use store::{DatabaseUrl, KeyRing, Store};

use crate::clock::TestClock;
use crate::postgres::{self, Cluster};

/// The key ring of every test, as its file has it.
pub const KEY: &str = "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a";

pub fn keys() -> KeyRing {
    KeyRing::parse(KEY, "the tests").expect("a key ring")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database that is empty until it is opened, and the clock that stands in it.
#[derive(Clone)]
pub struct TestDatabase {
    url: DatabaseUrl,
    made: Made,
    pub clock: Arc<TestClock>,
}

impl TestDatabase {
    /// Opens it; every call is as if another process did.
    pub async fn store(&self) -> Store {
        self.made.ready(&self.clock).await;
        Store::open(&self.url, self.clock.clone(), keys())
            .await
            .expect("a fresh database opens")
    }

    pub fn url(&self) -> &DatabaseUrl {
        self.made.empty();
        &self.url
    }

    /// The address as a setting, password and all.
    pub fn setting(&self) -> String {
        match self.url() {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }
}

/// Runs a test on a fresh database. What `#[both_engines]` writes calls this.
pub fn run<Test, Running>(engine: Engine, test: Test)
where
    Test: FnOnce(TestDatabase) -> Running,
    Running: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Arc::new(TestClock::default());
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let url = DatabaseUrl::Sqlite(folder.path().join("test.db"));
            let made = Made::Sqlite;
            runtime.block_on(test(TestDatabase { url, made, clock }));
        }
        Engine::Postgres => {
            let shared = std::env::var(postgres::VARIABLE).ok();
            let own = shared
                .is_none()
                .then(|| Cluster::start().unwrap_or_else(|why| panic!("{why}")));
            let cluster = shared
                .or_else(|| own.as_ref().map(Cluster::url))
                .expect("a cluster");
            let database = Arc::new(ready::Database::new(&cluster));
            let (url, made) = (database.url(), Made::Postgres(database.clone()));
            runtime.block_on(test(TestDatabase { url, made, clock }));
            drop(runtime);
            database.remove();
        }
    }
}

/// How it comes to be there.
#[derive(Clone)]
enum Made {
    /// Whoever opens the file makes it.
    Sqlite,
    Postgres(Arc<ready::Database>),
}

impl Made {
    fn empty(&self) {
        if let Self::Postgres(database) = self {
            database.empty();
        }
    }

    async fn ready(&self, clock: &Arc<TestClock>) {
        if let Self::Postgres(database) = self {
            database.ready(clock).await;
        }
    }
}
