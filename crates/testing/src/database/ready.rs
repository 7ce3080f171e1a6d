//! A database of a test on PostgreSQL. Whoever asks for its address gets it empty; whoever opens it gets a copy of one whose schema stands:
//! making a schema takes longer than most tests.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use store::{DatabaseUrl, Store};
use tokio::sync::OnceCell;

use crate::clock::TestClock;
use crate::postgres;
use crate::program::made;

pub(super) struct Database {
    cluster: String,
    name: String,
    there: OnceCell<()>,
}

impl Database {
    pub(super) fn new(cluster: &str) -> Self {
        Self {
            cluster: cluster.to_owned(),
            name: format!("test_{}_{}", std::process::id(), number()),
            there: OnceCell::new(),
        }
    }

    pub(super) fn url(&self) -> DatabaseUrl {
        self.address(&self.name)
    }

    pub(super) fn empty(&self) {
        if !self.there.initialized() {
            self.run(&format!("create database {}", self.name));
            let _ = self.there.set(());
        }
    }

    /// As [`Store::open`] of this very program leaves a new one, with the key of every test.
    pub(super) async fn ready(&self, clock: &Arc<TestClock>) {
        self.there.get_or_init(|| self.copy(clock)).await;
    }

    async fn copy(&self, clock: &Arc<TestClock>) {
        let like = like();
        let copy = format!("create database {} template {like}", self.name);
        if let Err(why) = postgres::run(&self.cluster, &copy) {
            assert!(why.contains("does not exist"), "{why}");
            self.make(&like, clock).await;
            self.run(&copy);
        }
    }

    /// Several may make it at once: the first to be done names it.
    async fn make(&self, like: &str, clock: &Arc<TestClock>) {
        let mine = format!("{}_like", self.name);
        self.run(&format!("create database {mine}"));
        let store = Store::open(&self.address(&mine), clock.clone(), super::keys()).await;
        store.expect("a fresh database opens").close().await;
        let name = format!("alter database {mine} rename to {like}");
        if let Err(why) = postgres::run(&self.cluster, &name) {
            assert!(why.contains("already exists"), "{why}");
            self.run(&format!("drop database {mine} with (force)"));
        }
    }

    pub(super) fn remove(&self) {
        if self.there.initialized() {
            self.run(&format!("drop database {} with (force)", self.name));
        }
    }

    fn address(&self, name: &str) -> DatabaseUrl {
        let server = self
            .cluster
            .strip_suffix("/postgres")
            .expect("the address of a cluster ends in /postgres");
        DatabaseUrl::parse(&format!("{server}/{name}")).expect("the address of a cluster")
    }

    fn run(&self, sql: &str) {
        postgres::run(&self.cluster, sql).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// The one that this program copies: another build may know another schema.
fn like() -> String {
    let program = std::env::current_exe().expect("the program of the tests");
    let mut hash = DefaultHasher::new();
    (made(&program), program).hash(&mut hash);
    format!("like_{:016x}", hash.finish())
}

/// Distinct for each test of one process too.
fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
