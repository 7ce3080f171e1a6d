//! Listings and imports, on both engines.

use chrono::TimeDelta;
use domain::groups::{Draft, Listing, Seats, Slug, Source};
use store::imports::{self, Outcome, Summary};
use store::listings::Wear;
use store::{StoreError, Who, listings};
use testing::{TestDatabase, both_engines};

use crate::common::{feed, held, import, listing, publish, row, titles};

#[both_engines]
async fn an_own_listing_is_published_and_published_anew(db: TestDatabase) {
    let store = db.store().await;
    let slug = Slug::from_bits(7);
    for title in ["Grief table", "Thursday table"] {
        publish(&store, 7, &listing(title, Source::Own)).await;
    }
    let again = db.store().await;
    let mut reading = again.read(Who::Visitor).await.unwrap();
    let published = listings::by_slug(&mut reading, &slug).await.unwrap().unwrap();
    assert_eq!(published.listing, listing("Thursday table", Source::Own));
    assert!(
        listings::by_slug(&mut reading, &Slug::from_bits(8))
            .await
            .unwrap()
            .is_none()
    );
}

#[both_engines]
async fn a_change_that_is_not_committed_leaves_nothing(db: TestDatabase) {
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    listings::publish(
        &mut writing,
        &Slug::from_bits(7),
        &listing("Grief table", Source::Own),
    )
    .await
    .unwrap();
    drop(writing);
    assert_eq!(titles(&store).await, Vec::<String>::new());
}

#[both_engines]
async fn every_row_of_a_feed_is_accounted_for(db: TestDatabase) {
    let store = db.store().await;
    let first = [row(1, "a", "A"), row(2, "b", "B"), held(3, "c"), row(4, "d", "D")];
    let (outcomes, summary) = import(&store, &first).await;
    assert_eq!(
        outcomes,
        [
            Outcome::Imported,
            Outcome::Imported,
            Outcome::Held,
            Outcome::Imported
        ]
    );
    assert_eq!(
        summary,
        Summary {
            imported: 3,
            held: 1,
            ..Summary::default()
        }
    );
    assert_eq!(titles(&store).await, ["A", "B", "D"]);

    let (outcomes, summary) = import(&store, &first).await;
    assert_eq!(
        outcomes,
        [
            Outcome::Unchanged,
            Outcome::Unchanged,
            Outcome::Held,
            Outcome::Unchanged
        ]
    );
    assert_eq!(
        summary,
        Summary {
            unchanged: 3,
            held: 1,
            ..Summary::default()
        }
    );

    let (_, summary) = import(
        &store,
        &[row(1, "a", "A"), row(2, "b", "B at noon"), held(3, "d")],
    )
    .await;
    assert_eq!(
        summary,
        Summary {
            changed: 1,
            unchanged: 1,
            held: 1,
            gone: 1,
            ..Summary::default()
        }
    );
    assert_eq!(titles(&store).await, ["A", "B at noon", "D (gone)"]);

    let (outcomes, _) = import(&store, &first).await;
    assert_eq!(
        outcomes,
        [
            Outcome::Unchanged,
            Outcome::Changed,
            Outcome::Held,
            Outcome::Changed
        ]
    );
    assert_eq!(titles(&store).await, ["A", "B", "D"]);
}

#[both_engines]
async fn nothing_of_an_import_is_seen_before_its_last_transaction(db: TestDatabase) {
    let store = db.store().await;
    import(&store, &[row(1, "a", "A"), row(2, "b", "B")]).await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    imports::stage(&mut writing, &run, &mut [row(1, "a", "A anew"), row(2, "z", "Z")])
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(titles(&store).await, ["A", "B"]);

    let mut writing = store.write(Who::Operator).await.unwrap();
    let running = imports::begin(&mut writing, &feed()).await.unwrap_err();
    assert!(matches!(running, StoreError::ImportRunning { .. }), "{running}");
    drop(writing);

    // The first one died: after ten minutes another may begin, and the dead one cannot come back.
    db.clock.forward(TimeDelta::minutes(10));
    let (_, summary) = import(&store, &[row(1, "a", "A")]).await;
    assert_eq!(
        summary,
        Summary {
            unchanged: 1,
            gone: 1,
            ..Summary::default()
        }
    );
    let mut writing = store.write(Who::Operator).await.unwrap();
    assert!(matches!(
        imports::finish(&mut writing, run).await,
        Err(StoreError::ImportEnded)
    ));
    drop(writing);
    assert_eq!(titles(&store).await, ["A", "B (gone)"]);
}

#[both_engines]
async fn a_dry_run_tells_what_would_be_and_writes_nothing(db: TestDatabase) {
    let store = db.store().await;
    import(&store, &[row(1, "a", "A")]).await;
    let mut reading = store.read(Who::Operator).await.unwrap();
    let rows = [row(1, "a", "A"), row(2, "b", "B"), held(3, "c")];
    let outcomes = imports::compare(&mut reading, &feed(), &mut rows.clone())
        .await
        .unwrap();
    assert_eq!(outcomes, [Outcome::Unchanged, Outcome::Imported, Outcome::Held]);
    drop(reading);
    assert_eq!(titles(&store).await, ["A"]);
}

#[both_engines]
async fn eight_writers_at_once_lose_nothing(db: TestDatabase) {
    let store = db.store().await;
    let writers = (0..8_u64).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            for n in 0..60 {
                let mut writing = store.write(Who::Operator).await.unwrap();
                let slug = Slug::from_bits(writer * 1_000 + n);
                listings::publish(&mut writing, &slug, &listing("Grief table", Source::Own))
                    .await
                    .unwrap();
                writing.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(titles(&store).await.len(), 480);
    let health = store::health::check(&store).await.unwrap();
    assert_eq!(
        (health.listings, health.broken, health.damaged),
        (480, vec![], vec![])
    );
}

#[both_engines]
async fn listings_that_wear_are_listed_the_worst_first(db: TestDatabase) {
    let store = db.store().await;
    let verified = |title: &str, on: Option<&str>, seats: Seats| {
        let verified_on = on.map(|on| on.parse().unwrap());
        let draft: Draft = listing(title, Source::Own).into();
        Listing::check(Draft {
            verified_on,
            seats,
            ..draft
        })
        .unwrap()
    };
    for (slug, title, on) in [
        (1, "fresh", Some("2026-11-01")),
        (2, "fading", Some("2026-08-01")),
        (3, "stale", Some("2026-05-01")),
        (4, "older", Some("2025-05-01")),
        (5, "never", None),
    ] {
        publish(&store, slug, &verified(title, on, Seats::Open)).await;
    }
    publish(&store, 6, &verified("ended", None, Seats::Ended { on: None })).await;
    import(&store, &[row(1, "a", "A")]).await;
    import(&store, &[]).await;

    let mut reading = store.read(Who::Operator).await.unwrap();
    let worn = listings::worn(&mut reading, "2026-11-24".parse().unwrap())
        .await
        .unwrap();
    let told: Vec<_> = worn
        .iter()
        .map(|worn| (worn.published.listing.title.as_str(), worn.why))
        .collect();
    assert_eq!(
        told,
        [
            ("A", Wear::Gone),
            ("never", Wear::Never),
            ("older", Wear::Stale),
            ("stale", Wear::Stale),
            ("fading", Wear::Fading),
        ]
    );
}

#[both_engines]
async fn the_version_of_what_is_public_grows_with_listings_and_not_with_people(db: TestDatabase) {
    let store = db.store().await;
    let version = async || {
        let mut reading = store.read(Who::Visitor).await.unwrap();
        listings::version(&mut reading).await.unwrap()
    };
    let empty = version().await;
    publish(&store, 7, &listing("Grief table", Source::Own)).await;
    let published = version().await;
    assert!(published > empty);
    testing::people::invent(&store, "river", &[]).await;
    testing::people::by_link(&store, &testing::people::mail("river")).await;
    assert_eq!(version().await, published, "someone signed in");
    import(&store, &[row(1, "a", "A")]).await;
    assert!(version().await > published);
}
