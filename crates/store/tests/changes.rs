//! Changes are heard, also after a connection was lost.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod common;

use std::time::Duration;

use domain::groups::Source;
use sea_orm::{ConnectionTrait, Statement};
use store::{Changes, Store};
use testing::database::{Engine, run};
use testing::{TestDatabase, both_engines};

use common::{listing, outside, publish, titles};

/// Waits for changes until there are so many listings.
async fn hear(store: &Store, changes: &mut Changes, listings: usize) {
    let heard = async {
        while titles(store).await.len() < listings {
            changes.next().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), heard)
        .await
        .expect("the change is heard");
}

#[both_engines]
async fn every_follower_hears_every_change_from_wherever_it_comes(db: TestDatabase) {
    let (here, there) = (db.store().await, db.store().await);
    let mut followers = [here.changes(), here.changes(), there.changes()];
    for n in 1..=4 {
        let writer = if n % 2 == 0 { &here } else { &there };
        publish(writer, n, &listing("Grief table", Source::Own)).await;
        for changes in &mut followers {
            hear(&here, changes, usize::try_from(n).unwrap()).await;
        }
    }
}

#[test]
fn a_change_is_heard_after_postgres_dropped_every_connection() {
    run(Engine::Postgres, async |db| {
        let (here, there) = (db.store().await, db.store().await);
        let mut changes = here.changes();
        publish(&there, 1, &listing("Grief table", Source::Own)).await;
        hear(&here, &mut changes, 1).await;
        let other = outside(&db).await;
        let ended = other
            .query_all_raw(Statement::from_string(
                other.get_database_backend(),
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid() and application_name = 'sameboat'",
            ))
            .await
            .unwrap();
        assert!(ended.len() > 1, "there were connections to end: {}", ended.len());
        publish(&there, 2, &listing("Thursday table", Source::Own)).await;
        hear(&here, &mut changes, 2).await;
    });
}
