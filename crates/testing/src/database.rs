//! A fresh database for each test, on the engine the test asks for.

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

/// An empty database, and the clock that stands in it.
#[derive(Clone)]
pub struct TestDatabase {
    url: DatabaseUrl,
    pub clock: Arc<TestClock>,
}

impl TestDatabase {
    /// Opens it; every call is as if another process did.
    pub async fn store(&self) -> Store {
        Store::open(&self.url, self.clock.clone(), keys())
            .await
            .expect("a fresh database opens")
    }

    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The address as a setting, password and all.
    pub fn setting(&self) -> String {
        match &self.url {
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
            runtime.block_on(test(TestDatabase { url, clock }));
        }
        Engine::Postgres => {
            let shared = std::env::var(postgres::VARIABLE).ok();
            let own = shared
                .is_none()
                .then(|| Cluster::start().unwrap_or_else(|why| panic!("{why}")));
            let cluster = shared
                .or_else(|| own.as_ref().map(Cluster::url))
                .expect("a cluster");
            let name = format!("test_{}_{}", std::process::id(), number());
            postgres::run(&cluster, &format!("create database {name}")).unwrap_or_else(|why| panic!("{why}"));
            let server = cluster
                .strip_suffix("/postgres")
                .expect("the address of a cluster ends in /postgres");
            let url = format!("{server}/{name}");
            let url = DatabaseUrl::parse(&url).expect("the address of a cluster");
            runtime.block_on(test(TestDatabase { url, clock }));
            drop(runtime);
            postgres::run(&cluster, &format!("drop database {name} with (force)"))
                .unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

/// Distinct for each test of one process too.
fn number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
