//! What sealing costs: rows a second, sealed and as they are, inserted and read, in one transaction of a fresh SQLite file.
//!
//!     cargo run --release --package store --example sealed
//!
//! Prints four numbers: inserted sealed, inserted plain, read sealed, read plain; each the best of five.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

use std::time::Instant;

use store::sealed::measuring::{Kept, insert, read};
use store::{Store, Who};
use testing::TestDatabase;
use testing::database::{self, Engine};

const ROWS: u32 = 20_000;
const TIMES: usize = 5;

/// A note of a usual length.
const TEXT: &str = "Came on time, said little at first, then spoke about the week and what helped. The group listened; two answered from \
    their own experience. Agreed to try one walk a day and to say next week how it went. No sign of danger today. ";

fn main() {
    database::run(Engine::Sqlite, async |db: TestDatabase| {
        let store = db.store().await;
        let mut best = [0.0_f64; 4];
        for _ in 0..TIMES {
            for (place, one) in measured(&store).await.into_iter().enumerate() {
                best[place] = best[place].max(one);
            }
        }
        println!("{:.0} {:.0} {:.0} {:.0}", best[0], best[1], best[2], best[3]);
    });
}

async fn measured(store: &Store) -> [f64; 4] {
    let writing = store.write(Who::Operator).await.unwrap();
    let rate = |begun: Instant| f64::from(ROWS) / begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    insert(&writing, Kept::Sealed, ROWS, TEXT).await.unwrap();
    let sealed_in = rate(begun);
    let begun = Instant::now();
    insert(&writing, Kept::Plain, ROWS, TEXT).await.unwrap();
    let plain_in = rate(begun);
    let begun = Instant::now();
    let sealed = read(&writing, Kept::Sealed).await.unwrap();
    let sealed_out = rate(begun);
    let begun = Instant::now();
    let plain = read(&writing, Kept::Plain).await.unwrap();
    let plain_out = rate(begun);
    assert_eq!(sealed, plain);
    [sealed_in, plain_in, sealed_out, plain_out]
}
