//! Imports under load, from two sides at once, and cut off in the middle.

use chrono::TimeDelta;
use store::imports::{self, Staged, Summary};
use store::{StoreError, Who};
use testing::{TestDatabase, both_engines};

use crate::common::{feed, held, import, import_in, row, titles};

#[both_engines]
async fn of_imports_that_begin_at_once_one_goes_on(db: TestDatabase) {
    let stores = [db.store().await, db.store().await];
    let begun = (0..8).map(|n| {
        let store = stores[n % 2].clone();
        tokio::spawn(async move {
            let mut writing = store.write(Who::Operator).await?;
            let run = imports::begin(&mut writing, &feed()).await?;
            writing.commit().await?;
            Ok::<_, StoreError>(run)
        })
    });
    let mut going = 0;
    for begun in begun.collect::<Vec<_>>() {
        match begun.await.unwrap() {
            Ok(_) => going += 1,
            Err(error) => assert!(matches!(error, StoreError::ImportRunning { .. }), "{error}"),
        }
    }
    assert_eq!(going, 1);
}

#[both_engines]
async fn a_feed_of_two_thousand_rows_comes_and_goes_whole(db: TestDatabase) {
    let store = db.store().await;
    let rows: Vec<Staged> = (1..=2_000)
        .map(|n| match n % 100 {
            0 => held(n, &format!("held-{n}")),
            _ => row(n, &format!("id-{n}"), &format!("Group {n}")),
        })
        .collect();
    let (_, summary) = import_in(200, &store, &rows).await;
    assert_eq!(
        (summary.read(), summary.imported, summary.held),
        (2_000, 1_980, 20)
    );
    assert_eq!(titles(&store).await.len(), 1_980);
    let (_, summary) = import_in(200, &store, &rows).await;
    assert_eq!((summary.read(), summary.unchanged), (2_000, 1_980));
    let (_, summary) = import_in(200, &store, &rows[..1]).await;
    let one_stays = Summary {
        unchanged: 1,
        gone: 1_979,
        ..Summary::default()
    };
    assert_eq!(summary, one_stays);
}

#[both_engines]
async fn an_import_that_dies_in_its_last_transaction_leaves_the_old_listings(db: TestDatabase) {
    let store = db.store().await;
    import(&store, &[row(1, "a", "A"), row(2, "b", "B")]).await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    imports::stage(&mut writing, &run, &mut [row(1, "a", "A anew"), row(2, "z", "Z")])
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    imports::finish(&mut writing, run).await.unwrap();
    drop(writing);
    assert_eq!(titles(&store).await, ["A", "B"]);

    db.clock.forward(TimeDelta::minutes(10));
    let (_, summary) = import(&store, &[row(1, "a", "A anew"), row(2, "b", "B")]).await;
    assert_eq!((summary.changed, summary.unchanged), (1, 1));
    assert_eq!(titles(&store).await, ["A anew", "B"]);
}

#[both_engines]
async fn an_import_that_is_given_up_leaves_nothing_and_the_next_begins_at_once(db: TestDatabase) {
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    imports::stage(&mut writing, &run, &mut [row(1, "a", "A")])
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    imports::abandon(&mut writing, &run).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(titles(&store).await, Vec::<String>::new());
    let (_, summary) = import(&store, &[row(1, "b", "B")]).await;
    assert_eq!(summary.imported, 1);
    assert_eq!(titles(&store).await, ["B"]);
}
