//! What is asked for twice is done once (SECURITY T12).

use crate::common::{listing, outside};
use domain::groups::{Slug, Source};
use domain::people::Role;
use sea_orm::{ConnectionTrait, Statement};
use store::acts::SeePart;
use store::once::{Asked, was_done};
use store::{On, Store, StoreError, Who, listings};
use testing::people::{by_two, invent, mail, who};
use testing::{TestDatabase, both_engines};

async fn publish(store: &Store, slug: u64) -> Result<(), StoreError> {
    let mut writing = store.write(Who::Operator).await?;
    let listing = listing("Tuesday", Source::Own);
    listings::publish(&mut writing, &Slug::from_bits(slug), &listing).await?;
    writing.commit().await
}

async fn count(db: &TestDatabase, table: &str) -> i64 {
    let other = outside(db).await;
    let sql = format!("select count(*) as it from {table}");
    let statement = Statement::from_string(other.get_database_backend(), sql);
    let row = other.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "it").unwrap()
}

#[both_engines]
async fn the_second_change_for_the_same_leaves_nothing(db: TestDatabase) {
    let store = db.store().await;
    let asked = || Asked::new(["river", "/groups", "7"].map(str::as_bytes));
    let first = asked();
    first.during(publish(&store, 1)).await.unwrap();
    assert!(first.is_done());
    let audited = count(&db, "audit").await;
    let second = asked();
    let refused = second.during(publish(&store, 2)).await;
    assert!(matches!(refused, Err(StoreError::Repeated)), "{refused:?}");
    assert!(!second.is_done());
    assert_eq!(
        (count(&db, "listing").await, count(&db, "audit").await),
        (1, audited)
    );
    let mut reading = store.read(Who::Visitor).await.unwrap();
    assert!(was_done(&mut reading, &second).await.unwrap());
    // What is told apart by where one part ends is not the same.
    let other = Asked::new(["river", "/groups7", ""].map(str::as_bytes));
    assert!(!was_done(&mut reading, &other).await.unwrap());
    drop(reading);
    other.during(publish(&store, 2)).await.unwrap();
    assert_eq!(count(&db, "asked").await, 2);
}

#[both_engines]
async fn one_request_may_commit_more_than_once(db: TestDatabase) {
    let store = db.store().await;
    let asked = Asked::new([b"one".as_slice()]);
    let both = async {
        publish(&store, 1).await?;
        publish(&store, 2).await
    };
    asked.during(both).await.unwrap();
    assert_eq!((count(&db, "listing").await, count(&db, "asked").await), (2, 1));
}

#[both_engines]
async fn what_was_not_committed_may_be_asked_for_again(db: TestDatabase) {
    let store = db.store().await;
    let asked = Asked::new([b"one".as_slice()]);
    let given_up = async {
        let mut writing = store.write(Who::Operator).await.unwrap();
        let listing = listing("Tuesday", Source::Own);
        let slug = Slug::from_bits(1);
        listings::publish(&mut writing, &slug, &listing).await.unwrap();
    };
    asked.during(given_up).await;
    assert!(!asked.is_done());
    asked.during(publish(&store, 1)).await.unwrap();
    assert!(asked.is_done());
}

#[both_engines]
async fn a_look_that_is_written_down_before_takes_nothing_of_what_is_asked_for(db: TestDatabase) {
    let store = db.store().await;
    publish(&store, 1).await.unwrap();
    let group = Slug::from_bits(1);
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let ana = invent(&store, "ana", &[(Role::Member, Some(&group))]).await;
    let dana = who(&store, &by_two(&store, &db.clock, &mail("dana")).await).await;
    let look = async || {
        let mut writing = store.write(dana.clone()).await?;
        writing
            .permit::<SeePart>(On::PersonIn(&ana, &group))
            .await
            .map(|_| ())?;
        writing.commit().await
    };
    let audited = count(&db, "audit").await;
    // A server that died after it was looked, and before anything was done.
    let asked = || Asked::new([b"decide".as_slice()]);
    asked().during(look()).await.unwrap();
    assert_eq!(
        (count(&db, "audit").await, count(&db, "asked").await),
        (audited + 1, 0)
    );
    let again = asked();
    let both = async {
        look().await?;
        publish(&store, 2).await
    };
    again.during(both).await.unwrap();
    assert!(again.is_done());
    assert_eq!((count(&db, "listing").await, count(&db, "asked").await), (2, 1));
}
