//! Changes are heard, also after a connection was lost.

use std::time::Duration;

use domain::groups::Source;
use sea_orm::{ConnectionTrait, Statement};
use store::{Changes, Store};
use testing::database::{Engine, run};
use testing::{TestDatabase, both_engines};

use crate::common::{listing, outside, publish, titles};

async fn hear(changes: &mut Changes) {
    tokio::time::timeout(Duration::from_secs(20), changes.next())
        .await
        .expect("a change is heard");
}

/// A follower that has begun: it tells of one change when it is ready to hear of others.
async fn follow(store: &Store) -> Changes {
    let mut changes = store.changes();
    hear(&mut changes).await;
    changes
}

#[both_engines]
async fn every_follower_hears_what_another_process_commits(db: TestDatabase) {
    let (here, there) = (db.store().await, db.store().await);
    let mut followers = [follow(&here).await, follow(&here).await];
    for n in 1..=4 {
        publish(&there, n, &listing("Grief table", Source::Own)).await;
        for changes in &mut followers {
            hear(changes).await;
        }
        assert_eq!(titles(&here).await.len() as u64, n);
    }
}

#[test]
fn a_change_is_heard_after_postgres_dropped_every_connection() {
    run(Engine::Postgres, async |db| {
        let (here, there) = (db.store().await, db.store().await);
        let mut changes = follow(&here).await;
        publish(&there, 1, &listing("Grief table", Source::Own)).await;
        hear(&mut changes).await;
        let other = outside(&db).await;
        let ended = other
            .query_all_raw(Statement::from_string(
                other.get_database_backend(),
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()",
            ))
            .await
            .unwrap();
        assert!(ended.len() > 1, "there were connections to end: {}", ended.len());
        // Something may have been missed: the new connection counts as a change by itself.
        hear(&mut changes).await;
        publish(&there, 2, &listing("Thursday table", Source::Own)).await;
        hear(&mut changes).await;
        assert_eq!(titles(&here).await, ["Grief table", "Thursday table"]);
    });
}
