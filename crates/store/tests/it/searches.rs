//! Saved searches, on both engines: nothing before the link, little told, one click to end, an end of their own, and nothing readable.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock as _;
use domain::groups::{Slug, Source};
use domain::searches::{ASK_BEFORE, CONFIRM_WITHIN, LASTS};
use sea_orm::{ConnectionTrait, Statement};
use store::acts::ChangeAccount;
use store::searches::{self, Active, Lapsed};
use store::signing::link::Letter;
use store::{On, StoreError, Who, retention};
use testing::people::{letters, mail};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, is_no};

const JOB: Who = Who::Job("searches");
const GRIEF: &str = "topic=grief&near=44113";

const OPENED: Letter<'static> = Letter {
    subject: "A message for you",
    body: &|token: &str| format!("A group has opened: /searches/{token}"),
};

/// Asks, and gives the token of the letter if one was written.
async fn ask(house: &House, name: &str, search: &str) -> Option<String> {
    let caught = Mutex::new(None);
    let letter = Letter {
        subject: "A message for you",
        body: &|token: &str| {
            *caught.lock().unwrap() = Some(token.to_owned());
            format!("Open /searches/confirmation/{token}")
        },
    };
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    searches::ask(&mut writing, &mail(name), (search, &[]), &letter)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    caught.into_inner().unwrap()
}

async fn confirm(house: &House, token: &str) -> Option<String> {
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let stop = searches::confirm(&mut writing, token).await.unwrap();
    writing.commit().await.unwrap();
    stop
}

async fn saved(house: &House, name: &str, search: &str) -> String {
    let token = ask(house, name, search).await.unwrap();
    confirm(house, &token).await.unwrap()
}

async fn active(house: &House) -> Vec<Active> {
    match newest(house).await {
        Some(until) => active_until(house, until).await,
        None => Vec::new(),
    }
}

async fn newest(house: &House) -> Option<DateTime<Utc>> {
    let mut reading = house.store.read(JOB).await.unwrap();
    searches::newest(&mut reading).await.unwrap()
}

async fn active_until(house: &House, until: DateTime<Utc>) -> Vec<Active> {
    let mut writing = house.store.write(JOB).await.unwrap();
    searches::active(&mut writing, None, until).await.unwrap()
}

async fn tell(house: &House, one: &Active) {
    let mut writing = house.store.write(JOB).await.unwrap();
    searches::tell(&mut writing, one, &[], &OPENED).await.unwrap();
    writing.commit().await.unwrap();
}

async fn lapse(house: &House) -> Lapsed {
    let mut writing = house.store.write(JOB).await.unwrap();
    let lapsed = searches::lapse(&mut writing, &OPENED).await.unwrap();
    writing.commit().await.unwrap();
    lapsed
}

async fn publish(house: &House, bits: u64) {
    house.db.clock.forward(TimeDelta::minutes(1));
    crate::common::publish(
        &house.store,
        bits,
        &crate::common::listing("New table", Source::Own),
    )
    .await;
}

#[both_engines]
async fn nothing_is_active_before_the_link_is_pressed_and_what_is_not_goes(db: TestDatabase) {
    let house = House::new(db).await;
    let token = ask(&house, "river", GRIEF).await.unwrap();
    publish(&house, 3).await;
    assert_eq!(active(&house).await, []);
    let mut reading = house.store.read(Who::Visitor).await.unwrap();
    let asked = searches::waiting(&mut reading, &token).await.unwrap().unwrap();
    assert_eq!(asked.search, GRIEF);
    drop(reading);
    let stop = confirm(&house, &token).await.unwrap();
    assert_eq!(confirm(&house, &token).await, None, "once");
    assert_eq!(active(&house).await, [], "what was there before is no news");
    publish(&house, 4).await;
    let now = active(&house).await;
    assert_eq!((now.len(), now[0].search.as_str()), (1, GRIEF));
    assert_eq!(now[0].new, [Slug::from_bits(4)]);
    // Another one, whose link nobody presses.
    let late = ask(&house, "heron", GRIEF).await.unwrap();
    house.db.clock.forward(CONFIRM_WITHIN);
    assert_eq!(confirm(&house, &late).await, None);
    assert_eq!(lapse(&house).await, Lapsed { ended: 1, asked: 0 });
    assert_eq!(house.count("select count(*) from saved_search").await, 1);
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    assert!(searches::end(&mut writing, &stop).await.unwrap());
    assert!(!searches::end(&mut writing, &stop).await.unwrap());
    writing.commit().await.unwrap();
    assert_eq!(house.count("select count(*) from saved_search").await, 0);
    assert_eq!(active(&house).await, []);
}

#[both_engines]
async fn nobody_fills_a_mailbox_and_the_same_is_kept_once(db: TestDatabase) {
    let house = House::new(db).await;
    for _ in 0..5 {
        assert!(
            ask(&house, "river", GRIEF).await.is_some(),
            "the same takes the place of the one before"
        );
    }
    assert_eq!(house.count("select count(*) from saved_search").await, 1);
    assert!(ask(&house, "river", "q=a").await.is_some() && ask(&house, "river", "q=b").await.is_some());
    assert_eq!(ask(&house, "river", "q=c").await, None, "and nobody is told so");
    assert!(ask(&house, "heron", "q=c").await.is_some());
    // One that is active goes on in its place when it is confirmed once more.
    let first = saved(&house, "sam", GRIEF).await;
    let second = saved(&house, "Sam", GRIEF).await;
    assert_ne!(first, second);
    let mut reading = house.store.read(Who::Visitor).await.unwrap();
    assert!(searches::find(&mut reading, &first).await.unwrap().is_none());
    assert!(searches::find(&mut reading, &second).await.unwrap().is_some());
}

#[both_engines]
async fn two_letters_a_week_at_most_and_nothing_is_forgotten_meanwhile(db: TestDatabase) {
    let house = House::new(db).await;
    let stop = saved(&house, "river", GRIEF).await;
    let before = letters(&house.store).await.len();
    for bits in 10..12 {
        publish(&house, bits).await;
        let now = active(&house).await;
        assert_eq!(now[0].new, [Slug::from_bits(bits)]);
        tell(&house, &now[0]).await;
    }
    publish(&house, 12).await;
    assert_eq!(active(&house).await, []);
    publish(&house, 13).await;
    house.db.clock.forward(TimeDelta::days(7));
    let now = active(&house).await;
    assert_eq!(now[0].new.len(), 2, "what opened meanwhile is told of then");
    // Two processes at the same moment: told once.
    tell(&house, &now[0]).await;
    tell(&house, &now[0]).await;
    let mut writing = house.store.write(JOB).await.unwrap();
    searches::looked(&mut writing, &now[0], &[]).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(active(&house).await, []);
    let written = letters(&house.store).await;
    let told: Vec<_> = written.iter().filter(|one| one.stop.is_some()).collect();
    assert!(told.len() == 3 && written.len() > before);
    for letter in told {
        assert_eq!(letter.mail, "river@people.example");
        assert_eq!(letter.body, format!("A group has opened: /searches/{stop}"));
        assert_eq!(
            letter.stop.as_deref(),
            Some(format!("/searches/{stop}/end").as_str())
        );
    }
}

#[both_engines]
async fn what_is_published_while_one_looks_is_told_the_next_time(db: TestDatabase) {
    let house = House::new(db).await;
    saved(&house, "river", GRIEF).await;
    publish(&house, 20).await;
    let until = newest(&house).await.unwrap();
    // The groups are read; another one comes before the letter is written.
    publish(&house, 21).await;
    let now = active_until(&house, until).await;
    assert_eq!(now[0].new, [Slug::from_bits(20)]);
    house.db.clock.forward(TimeDelta::minutes(1));
    tell(&house, &now[0]).await;
    let next = active(&house).await;
    assert_eq!(next[0].new, [Slug::from_bits(21)]);
    // Who looked earlier takes nothing back.
    let mut writing = house.store.write(JOB).await.unwrap();
    searches::looked(&mut writing, &next[0], &[]).await.unwrap();
    searches::looked(&mut writing, &now[0], &[]).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(active(&house).await, []);
}

#[both_engines]
async fn it_ends_after_a_year_unless_one_says_to_go_on(db: TestDatabase) {
    let house = House::new(db).await;
    let stop = saved(&house, "river", GRIEF).await;
    saved(&house, "heron", GRIEF).await;
    house.db.clock.forward(LASTS - ASK_BEFORE - TimeDelta::minutes(1));
    assert_eq!(lapse(&house).await, Lapsed::default());
    house.db.clock.forward(TimeDelta::minutes(1));
    assert_eq!(lapse(&house).await, Lapsed { ended: 0, asked: 2 });
    assert_eq!(lapse(&house).await, Lapsed::default(), "once");
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    assert!(searches::renew(&mut writing, &stop).await.unwrap());
    writing.commit().await.unwrap();
    house.db.clock.forward(ASK_BEFORE);
    assert_eq!(lapse(&house).await, Lapsed { ended: 1, asked: 0 });
    let mut reading = house.store.read(Who::Visitor).await.unwrap();
    assert!(searches::find(&mut reading, &stop).await.unwrap().is_some());
}

#[both_engines]
async fn what_is_looked_for_is_sealed_and_goes_with_whoever_deletes_themselves(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("river", domain::people::Role::Coordinator).await;
    saved(&house, "river", "q=survivors").await;
    saved(&house, "heron", "q=survivors").await;
    let backend = house.other.get_database_backend();
    let sql = "select mail_lookup || search_lookup || token || stop as it from saved_search order by id";
    let rows = house
        .other
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    for row in &rows {
        let text: String = row.try_get("", "it").unwrap();
        assert!(!text.contains("river") && !text.contains("survivors"));
    }
    let river = house.two("river").await;
    let mut writing = house.store.write(river.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    retention::delete_myself(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.count("select count(*) from saved_search").await, 1);
    // The job's part is the job's alone.
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let no: Vec<StoreError> = vec![
        searches::active(&mut writing, None, house.db.clock.now())
            .await
            .unwrap_err(),
        searches::lapse(&mut writing, &OPENED).await.unwrap_err(),
    ];
    assert!(no.iter().all(is_no));
}
