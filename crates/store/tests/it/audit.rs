//! Every change is written down with who made it, and what is written down stays.

use domain::groups::{Slug, Source};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use store::providers::Links;
use store::{StoreError, Who, imports, listings, providers};
use testing::{TestDatabase, both_engines};

use crate::common::{feed, listing, outside, provider, publish, row};

/// "actor action class" of each audit row, in the order of the alphabet.
async fn audited(db: &DatabaseConnection) -> Vec<String> {
    let sql = "select actor || ' ' || action || ' ' || class as said from audit order by said";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get("", "said").unwrap()).collect()
}

#[both_engines]
async fn every_change_is_written_down_and_an_undone_one_is_not(db: TestDatabase) {
    let store = db.store().await;
    let other = outside(&db).await;
    let grief = listing("Grief table", Source::Own);

    let mut writing = store.write(Who::Visitor).await.unwrap();
    listings::publish(&mut writing, &Slug::from_bits(7), &grief)
        .await
        .unwrap();
    drop(writing);
    assert_eq!(audited(&other).await, Vec::<String>::new());

    publish(&store, 7, &grief).await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    let dana = provider("Dana", Source::Own);
    providers::publish(&mut writing, &Slug::from_bits(8), &dana, &Links::default())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Job("feeds")).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    imports::stage(&mut writing, &run, &mut [row(1, "a", "A")])
        .await
        .unwrap();
    imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(
        audited(&other).await,
        [
            "job:feeds imports.begin C1",
            "job:feeds imports.finish C1",
            "job:feeds imports.stage C1",
            "operator listings.publish C1",
            "operator providers.publish C1",
        ]
    );
}

#[both_engines]
async fn what_is_written_down_can_be_neither_changed_nor_deleted(db: TestDatabase) {
    let store = db.store().await;
    publish(&store, 7, &listing("Grief table", Source::Own)).await;
    let other = outside(&db).await;
    let before = audited(&other).await;
    assert_eq!(before.len(), 1);
    for sql in ["update audit set actor = 'visitor'", "delete from audit"] {
        let error = other.execute_unprepared(sql).await.unwrap_err();
        assert!(
            error.to_string().contains("audit rows stay as they are"),
            "{error}"
        );
    }
    assert_eq!(audited(&other).await, before);
}

#[both_engines]
async fn a_second_change_inside_one_is_an_error_at_once(db: TestDatabase) {
    let store = db.store().await;
    let task = tokio::spawn(async move {
        let first = store.write(Who::Operator).await.unwrap();
        let second = store
            .write(Who::Operator)
            .await
            .err()
            .expect("the second is refused");
        assert!(matches!(second, StoreError::Nested), "{second}");
        first.commit().await.unwrap();
        // Committed or dropped, it makes room for the next.
        drop(store.write(Who::Operator).await.unwrap());
        publish(&store, 7, &listing("Grief table", Source::Own)).await;
    });
    task.await.unwrap();
}
