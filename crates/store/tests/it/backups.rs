//! A backup is one moment of the database, whoever writes meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::common::people::House;
use crate::common::{listing, outside, publish};
use domain::groups::Source;
use sea_orm::ConnectionTrait;
use store::backups::{LoadError, Loaded, Made, Manifest, is_still, load, newest_by_us, record, save};
use store::{DatabaseUrl, Store, Who, audit};
use testing::{TestDatabase, both_engines};
use tokio::sync::mpsc;

/// Saves and loads at once, as `sameboat move` does.
async fn copied(store: &Store, to: &DatabaseUrl) -> (Manifest, Result<Loaded, LoadError>) {
    let all = store.everything(&Who::Operator).unwrap();
    let (pieces, lines) = mpsc::channel(4);
    let saving = async {
        let pieces = pieces;
        save(&all, "0.0.0-test", &pieces).await.unwrap()
    };
    tokio::join!(saving, load(lines, to))
}

/// An empty database beside the test's own, on the same engine.
async fn beside(db: &TestDatabase, name: &str) -> DatabaseUrl {
    match db.url() {
        DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.with_file_name(format!("{name}.db"))),
        DatabaseUrl::Postgres(url) => {
            let other = outside(db).await;
            other
                .execute_unprepared(&format!("create schema {name}"))
                .await
                .unwrap();
            DatabaseUrl::Postgres(format!("{url}?options=-csearch_path%3D{name}"))
        }
    }
}

/// Ten backups, or four of PostgreSQL, which takes its time; so many times as many as SAMEBOAT_TIMES says.
fn cycles(house: &House) -> u64 {
    let times = std::env::var("SAMEBOAT_TIMES").ok();
    let few = match house.db.url() {
        DatabaseUrl::Sqlite(_) => 10,
        DatabaseUrl::Postgres(_) => 4,
    };
    few * times.map_or(1, |times| times.parse::<u64>().unwrap())
}

#[both_engines]
async fn a_backup_made_while_others_write_is_one_moment_and_nothing_of_it_is_lost(db: TestDatabase) {
    let house = House::new(db).await;
    let (written, stopped) = (Arc::new(AtomicU64::new(2)), Arc::new(AtomicBool::new(false)));
    let writers: Vec<_> = (1..=2)
        .map(|writer| {
            let (store, written, stopped) = (house.store.clone(), written.clone(), stopped.clone());
            tokio::spawn(async move {
                let mut slug = writer * 1_000_000;
                while !stopped.load(Ordering::SeqCst) {
                    slug += 1;
                    publish(&store, slug, &listing("Grief table", Source::Own)).await;
                    written.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let cycles = cycles(&house);
    for cycle in 0..cycles {
        let before = written.load(Ordering::SeqCst);
        while written.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        let at_least = written.load(Ordering::SeqCst);
        let to = beside(&house.db, &format!("copy{cycle}")).await;
        let (manifest, loaded) = copied(&house.store, &to).await;
        let loaded = loaded.unwrap();
        // What was acknowledged before is in it; of each writer one more may be under way.
        let at_most = written.load(Ordering::SeqCst) + 2;
        let listings = manifest
            .tables
            .iter()
            .find(|sum| sum.table == "listing")
            .unwrap()
            .rows;
        assert!(
            (at_least..=at_most).contains(&listings),
            "{at_least} {listings} {at_most}"
        );
        assert_eq!(
            (&loaded.tables, &loaded.audit),
            (&manifest.tables, &manifest.audit)
        );
        loaded.keep().await.unwrap();
        let copy = Store::open(&to, house.db.clock.clone(), testing::database::keys())
            .await
            .unwrap();
        // Every act of that moment is in the audit, and none is half there.
        assert_eq!(audit::verify(&copy, &[]).await.unwrap().broken, []);
        copy.close().await;
    }
    stopped.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    println!(
        "{cycles} backups while {} listings were written",
        written.load(Ordering::SeqCst)
    );
}

#[both_engines]
async fn what_is_known_of_backups_is_when_the_newest_was_and_whether_anything_was_done_since(
    db: TestDatabase,
) {
    let house = House::new(db).await;
    let (db, store) = (&house.db, &house.store);
    let newest = async || {
        newest_by_us(&mut store.read(Who::Job("backups")).await.unwrap())
            .await
            .unwrap()
    };
    assert_eq!(newest().await, None);
    let (manifest, loaded) = copied(store, &beside(db, "one").await).await;
    loaded.unwrap().forget().await.unwrap();
    let all = store.everything(&Who::Operator).unwrap();
    let still = async || is_still(&all, &manifest).await.unwrap();
    assert!(still().await);
    let made = Made {
        name: "one.age".to_owned(),
        bytes: 700,
        sha256: "00".to_owned(),
    };
    let mut writing = store.write(Who::Job("backups")).await.unwrap();
    record(&mut writing, &made, &manifest).await.unwrap();
    writing.commit().await.unwrap();
    db.clock.forward(chrono::TimeDelta::hours(26));
    let known = newest().await.unwrap();
    assert_eq!(
        (known.name.as_str(), known.bytes, known.is_current),
        ("one.age", 700, true)
    );
    assert_eq!(known.rows.cast_unsigned(), manifest.rows());
    assert!(!store::backups::is_late(Some(&known)));
    db.clock.forward(chrono::TimeDelta::seconds(1));
    assert!(store::backups::is_late(newest().await.as_ref()));
    publish(store, 7, &listing("Another", Source::Own)).await;
    assert!(!newest().await.unwrap().is_current);
    assert!(!still().await);
    // One that somebody asked for is an act.
    assert_eq!(house.audited("backups.make").await, 0);
    let mut writing = store.write(Who::Operator).await.unwrap();
    record(&mut writing, &made, &manifest).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.audited("backups.make").await, 1);
    // Nobody else writes them down.
    let mut writing = store.write(Who::Visitor).await.unwrap();
    assert!(record(&mut writing, &made, &manifest).await.is_err());
}
