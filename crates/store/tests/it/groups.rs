//! Groups as staff work on them: nobody writes over what they did not see, and what closed last opens first.

use domain::groups::{Draft, Listing, Seats, Source};
use domain::people::Role;
use store::acts::{EditGroup, RunListings, SeeGroup};
use store::groups::{self, Ours};
use store::{On, StoreError, Who, listings};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here};

async fn seen(house: &House, who: &Who) -> Ours {
    let mut reading = house.store.read(who.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeGroup>(On::Group(&here())).await.unwrap();
    groups::show(&mut permit).await.unwrap()
}

async fn public(house: &House) -> Listing {
    let mut reading = house.store.read(Who::Visitor).await.unwrap();
    let found = listings::by_slug(&mut reading, &here()).await.unwrap();
    found.unwrap().listing
}

fn titled(title: &str) -> Listing {
    crate::common::listing(title, Source::Own)
}

#[both_engines]
async fn who_saw_something_else_changes_nothing(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("lena", Role::Leader).await;
    let lena = house.two("lena").await;
    let before = seen(&house, &lena).await;
    let mut writing = house.store.write(lena.clone()).await.unwrap();
    let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
    groups::publish(&mut permit, &before, &titled("First"))
        .await
        .unwrap();
    groups::keep(&mut permit, None, "title=Second").await.unwrap();
    writing.commit().await.unwrap();

    // In the same moment by the clock, and each time as if nothing had come between.
    let mut writing = house.store.write(lena.clone()).await.unwrap();
    let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
    let no = [
        groups::publish(&mut permit, &before, &titled("Third")).await,
        groups::reschedule(&mut permit, &before, &titled("Third")).await,
        groups::keep(&mut permit, None, "title=Third").await,
        groups::keep(&mut permit, Some("title=Other"), "title=Third").await,
    ];
    for no in no {
        assert!(matches!(no, Err(StoreError::Changed)), "{no:?}");
    }
    writing.commit().await.unwrap();
    let now = seen(&house, &lena).await;
    assert_eq!(now.listing, Some(titled("First")));
    assert_eq!(now.form(), Some("title=Second"));
    let mut writing = house.store.write(lena.clone()).await.unwrap();
    let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
    groups::publish(&mut permit, &now, &titled("Third"))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let now = seen(&house, &lena).await;
    assert_eq!((now.listing, now.typed), (Some(titled("Third")), None));
}

#[both_engines]
async fn what_closed_last_opens_first_though_it_was_in_one_moment(db: TestDatabase) {
    let house = House::new(db).await;
    let began = titled("Here");
    let seats = |seats| {
        let draft = Draft {
            seats,
            ..Draft::from(began.clone())
        };
        Listing::check(draft).unwrap()
    };
    let day = "2026-12-31".parse().unwrap();
    for _ in 0..8 {
        let mut writing = house.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
        groups::pause(&mut permit, Some(day)).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        groups::end(&mut permit, &here(), day).await.unwrap();
        groups::reverse_end(&mut permit, &here()).await.unwrap();
        writing.commit().await.unwrap();
        let paused = seats(Seats::Paused { until: Some(day) });
        assert_eq!(public(&house).await, paused);
        let mut writing = house.store.write(Who::Operator).await.unwrap();
        let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
        groups::resume(&mut permit).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(public(&house).await, began);
    }
}

#[both_engines]
async fn two_who_begin_the_first_draft_of_a_group_at_once_see_one(db: TestDatabase) {
    let house = House::new(db).await;
    for name in ["lena", "cora"] {
        house.here(name, Role::Leader).await;
    }
    let (lena, cora) = (house.two("lena").await, house.two("cora").await);
    let mut first = house.store.write(lena.clone()).await.unwrap();
    let mut permit = first.permit::<EditGroup>(On::Group(&here())).await.unwrap();
    groups::keep(&mut permit, None, "title=First").await.unwrap();
    let store = house.store.clone();
    let second = tokio::spawn(async move {
        let mut writing = store.write(cora).await.unwrap();
        let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await.unwrap();
        groups::keep(&mut permit, None, "title=Second").await
    });
    // By now the second has looked, and found no draft.
    house.until_one_waits().await;
    first.commit().await.unwrap();
    let second = second.await.unwrap();
    assert!(matches!(second, Err(StoreError::Changed)), "{second:?}");
    assert_eq!(seen(&house, &lena).await.form(), Some("title=First"));
}
