//! Links new rows of the audit into its chain, a moment after they were written.
//!
//! It stands beside the queue of jobs, which may be busy with a feed for minutes.

use std::time::Duration;

use store::{Changes, Store, audit};
use tokio::sync::watch;

/// What is written in this time is linked together: with the half second in which another process's changes are heard, a row
/// hangs in the chain within a second.
const GATHER: Duration = Duration::from_millis(200);

/// A failure is tried again after this long, or with the next change.
const AGAIN: Duration = Duration::from_secs(15);

/// Follows the database until it is told to stop, and links what is left then.
pub(crate) async fn follow(store: Store, mut stop: watch::Receiver<()>) {
    let mut changes = store.changes();
    loop {
        link(&store).await;
        tokio::select! {
            // Its other end is gone: the program ends.
            _ = stop.changed() => return link(&store).await,
            () = something(&mut changes) => {}
        }
    }
}

async fn something(changes: &mut Changes) {
    let _ = tokio::time::timeout(AGAIN, changes.next()).await;
    tokio::time::sleep(GATHER).await;
}

async fn link(store: &Store) {
    if let Err(why) = audit::link(store).await {
        tracing::error!(%why, "rows of the audit could not be linked; they are with the next change. `sameboat audit verify` tells what is wrong");
    }
}
