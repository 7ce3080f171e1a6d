//! Hearing of changes: by this process at once, by another process within a second.

use std::time::Duration;

use sea_orm::sqlx::postgres::PgListener;
use sea_orm::sqlx::{Row, SqlitePool};
use tokio::sync::watch;

use crate::engine::Store;
use crate::url::DatabaseUrl;

/// Said in each changing transaction on PostgreSQL.
pub(crate) const NOTIFY: &str = "notify sameboat_changed";
const CHANNEL: &str = "sameboat_changed";
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Tells of changes to the database; several that come together may be told as one.
pub struct Changes {
    own: watch::Receiver<u64>,
    others: watch::Receiver<u64>,
}

impl Changes {
    /// Returns with the next change. One that came since the last call counts.
    pub async fn next(&mut self) {
        tokio::select! {
            Ok(()) = self.own.changed() => {}
            Ok(()) = self.others.changed() => {}
            // The store is gone: nothing will change any more.
            else => std::future::pending().await,
        }
    }

    pub(crate) fn follow(store: &Store, own: watch::Receiver<u64>) -> Self {
        let (tell, others) = watch::channel(0);
        match &store.url {
            DatabaseUrl::Sqlite(_) => {
                let pool = store.reads.get_sqlite_connection_pool().clone();
                tokio::spawn(async move { watch_file(&pool, &tell).await });
            }
            DatabaseUrl::Postgres(url) => {
                let url = url.clone();
                tokio::spawn(async move { listen(&url, &tell).await });
            }
        }
        Self { own, others }
    }
}

/// `data_version` is another number after each commit of another connection.
async fn watch_file(pool: &SqlitePool, tell: &watch::Sender<u64>) {
    let mut pause = tokio::time::interval(LOOK_EVERY);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !tell.is_closed() && !pool.is_closed() {
        pause.tick().await;
        let Ok(connection) = pool.acquire().await else {
            continue;
        };
        // The number belongs to the connection: keep this one for as long as it lives.
        let mut connection = connection.detach();
        let mut seen = None;
        loop {
            if tell.is_closed() || pool.is_closed() {
                return;
            }
            let version = sea_orm::sqlx::query("pragma data_version")
                .fetch_one(&mut connection)
                .await;
            let Ok(version) = version.and_then(|row| row.try_get::<i64, _>(0)) else {
                break;
            };
            if seen != Some(version) {
                tell.send_modify(|count| *count += 1);
            }
            seen = Some(version);
            pause.tick().await;
        }
    }
}

/// A lost connection may have lost a change: each new one counts as one.
async fn listen(url: &str, tell: &watch::Sender<u64>) {
    let mut pause = tokio::time::interval(LOOK_EVERY);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !tell.is_closed() {
        pause.tick().await;
        let Ok(mut listener) = PgListener::connect(url).await else {
            continue;
        };
        if listener.listen(CHANNEL).await.is_err() {
            continue;
        }
        tell.send_modify(|count| *count += 1);
        loop {
            tokio::select! {
                () = tell.closed() => return,
                heard = listener.try_recv() => match heard {
                    Ok(Some(_)) => tell.send_modify(|count| *count += 1),
                    Ok(None) | Err(_) => break,
                },
            }
        }
    }
}
