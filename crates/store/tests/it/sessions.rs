//! Signed-in browsers: how long they last, and what ends them.

use chrono::TimeDelta;
use domain::access::{Denied, Strength};
use domain::people::Role;
use store::acts::{ChangeAccount, SeeAccount};
use store::sessions::{self, MEMBER, STAFF};
use store::{On, StoreError, Who};
use testing::people::{by_link, by_two, mail, mailed_link, show_link, signed_in};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, is_no};

/// Whether a browser with this token is signed in.
async fn is_in(house: &House, token: &str) -> bool {
    house.store.session(token).await.unwrap().is_some()
}

#[both_engines]
async fn a_silent_browser_is_signed_out_and_a_busy_one_at_the_end_of_its_day(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    house.here("river", Role::Member).await;
    for (name, lasting) in [("dana", STAFF), ("river", MEMBER)] {
        let token = by_link(&house.store, &mail(name)).await;
        house.db.clock.forward(lasting.idle - TimeDelta::seconds(1));
        assert!(is_in(&house, &token).await, "{name}: one second before");
        // That look was noted: the time begins again.
        house.db.clock.forward(lasting.idle - TimeDelta::seconds(1));
        assert!(is_in(&house, &token).await, "{name}: it was in use");
        house.db.clock.forward(lasting.idle);
        assert!(!is_in(&house, &token).await, "{name}: silent for too long");

        let token = by_link(&house.store, &mail(name)).await;
        let mut gone = TimeDelta::zero();
        let step = lasting.idle - TimeDelta::minutes(1);
        while gone + step < lasting.whole {
            house.db.clock.forward(step);
            gone += step;
            assert!(is_in(&house, &token).await, "{name}: {gone}");
        }
        house.db.clock.forward(lasting.whole - gone);
        assert!(!is_in(&house, &token).await, "{name}: a session has an end");
    }
}

#[both_engines]
async fn a_clock_that_went_back_revives_no_session(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("river", Role::Member).await;
    let token = by_link(&house.store, &mail("river")).await;
    house.db.clock.forward(TimeDelta::minutes(-5));
    assert!(!is_in(&house, &token).await);
}

#[both_engines]
async fn a_renewed_session_has_a_new_token_and_the_old_one_is_dead(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    house.here("river", Role::Member).await;
    let old = by_link(&house.store, &mail("dana")).await;
    let dana = signed_in(&house.store, &old).await;
    assert_eq!(dana.strength(), Strength::One);

    // Another person's proof renews nothing.
    let rivers = show_link(&house.store, &mail("river")).await;
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let refused = sessions::renew(&mut writing, &dana, &rivers).await.err();
    assert!(is_no(&refused.unwrap()));
    drop(writing);

    house.db.clock.forward(TimeDelta::minutes(3));
    let proof = show_link(&house.store, &mail("dana")).await;
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let token = sessions::renew(&mut writing, &dana, &proof).await.unwrap();
    writing.commit().await.unwrap();
    assert!(!is_in(&house, &old).await);
    let renewed = signed_in(&house.store, token.reveal()).await;
    assert_eq!(renewed.session(), dana.session());
    assert!(renewed.proved_at() > dana.proved_at());
    let kept = house
        .count(&format!(
            "select count(*) from session where token = '{}'",
            token.reveal()
        ))
        .await;
    assert_eq!(kept, 0, "the database does not hold the token");
}

#[both_engines]
async fn an_ended_session_opens_nothing_even_under_way(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("river", Role::Member).await;
    house.here("dana", Role::Leader).await;
    let (one, two) = (
        by_link(&house.store, &mail("river")).await,
        by_link(&house.store, &mail("river")).await,
    );
    let (first, second) = (
        signed_in(&house.store, &one).await,
        signed_in(&house.store, &two).await,
    );
    let danas = signed_in(
        &house.store,
        &by_two(&house.store, &house.db.clock, &mail("dana")).await,
    )
    .await;

    // A session of someone else is not there.
    let mut writing = house.store.write(Who::Person(first.clone())).await.unwrap();
    let mut permit = writing.permit::<SeeAccount>(On::Myself).await.unwrap();
    let open = sessions::open(&mut permit).await.unwrap();
    let mut seen: Vec<_> = open
        .iter()
        .map(|open| (open.this, open.id == first.session()))
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, [(false, false), (true, true)]);
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let refused = sessions::end(&mut permit, danas.session()).await.err();
    assert!(is_no(&refused.unwrap()));
    sessions::end(&mut permit, second.session()).await.unwrap();
    writing.commit().await.unwrap();
    assert!(is_in(&house, &one).await && !is_in(&house, &two).await);

    // What was looked up before the end asks in vain afterwards.
    let mut reading = house.store.read(Who::Person(second.clone())).await.unwrap();
    let refused = reading.permit::<SeeAccount>(On::Myself).await.err();
    assert!(is_no(&refused.unwrap()));
    drop(reading);
    let mut writing = house.store.write(Who::Person(second)).await.unwrap();
    let refused = writing.permit::<ChangeAccount>(On::Myself).await.err();
    assert!(is_no(&refused.unwrap()));
}

#[both_engines]
async fn a_closed_account_is_signed_out_everywhere_and_signs_in_no_more(db: TestDatabase) {
    use sea_orm::ConnectionTrait;
    let house = House::new(db).await;
    let slug = house.here("river", Role::Member).await;
    let token = by_link(&house.store, &mail("river")).await;
    let river = signed_in(&house.store, &token).await;
    let proof = show_link(&house.store, &mail("river")).await;
    house
        .other
        .execute_unprepared(&format!(
            "update person set ended_at = created_at where slug = '{slug}'"
        ))
        .await
        .unwrap();
    assert!(!is_in(&house, &token).await);
    let mut reading = house.store.read(Who::Person(river)).await.unwrap();
    assert!(reading.permit::<SeeAccount>(On::Myself).await.is_err());
    drop(reading);
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let refused = sessions::begin(&mut writing, &proof).await.err();
    assert!(is_no(&refused.unwrap()));
    drop(writing);
    assert_eq!(mailed_link(&house.store, &mail("river")).await, "");
}

#[both_engines]
async fn a_mailed_link_works_once_for_a_quarter_of_an_hour(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("river", Role::Member).await;
    let redeem = async |token: &str| {
        let mut writing = house.store.write(Who::Visitor).await.unwrap();
        let proof = store::signing::link::redeem(&mut writing, token).await.unwrap();
        writing.commit().await.unwrap();
        proof.is_some()
    };
    let token = mailed_link(&house.store, &mail("river")).await;
    assert!(!redeem(&token.to_uppercase()).await || token.to_uppercase() == token);
    assert!(redeem(&token).await);
    assert!(!redeem(&token).await, "once");
    let token = mailed_link(&house.store, &mail("river")).await;
    house.db.clock.forward(store::signing::link::LASTS);
    assert!(!redeem(&token).await, "its time is over");
    assert_eq!(
        mailed_link(&house.store, &mail("nobody")).await,
        "",
        "no letter to an address that nobody has"
    );
    assert_eq!(house.count("select count(*) from outbox").await, 2);
}

#[both_engines]
async fn the_same_six_digits_count_once_and_so_does_a_code_on_paper(db: TestDatabase) {
    use store::signing::totp;
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    let token = by_link(&house.store, &mail("dana")).await;
    let dana = signed_in(&house.store, &token).await;
    let mut writing = house.store.write(Who::Person(dana.clone())).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let setup = totp::begin(&mut permit, "Lakeshore").await.unwrap();
    let now = || testing::people::code_of(&setup.secret, &house.db.clock);
    let (codes, _) = totp::confirm(&mut permit, &now()).await.unwrap().unwrap();
    writing.commit().await.unwrap();

    let check = async |typed: &str| {
        let mut writing = house.store.write(Who::Person(dana.clone())).await.unwrap();
        let proof = totp::check(&mut writing, &dana, typed).await.unwrap();
        writing.commit().await.unwrap();
        proof.is_some()
    };
    assert!(!check(&now()).await, "those that confirmed it");
    house.db.clock.forward(TimeDelta::seconds(30));
    let shown = now();
    assert!(check(&shown).await);
    assert!(!check(&shown).await, "seen over a shoulder");
    assert_eq!(codes.len(), 10);
    assert!(check(&codes[3].to_uppercase()).await);
    assert!(!check(&codes[3]).await);
    assert!(!check("000000").await || now() == "000000");
}

#[both_engines]
async fn nobody_renews_a_session_that_was_ended(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("river", Role::Member).await;
    let token = by_link(&house.store, &mail("river")).await;
    let river = signed_in(&house.store, &token).await;
    let mut writing = house.store.write(Who::Person(river.clone())).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    sessions::end(&mut permit, river.session()).await.unwrap();
    writing.commit().await.unwrap();
    let proof = show_link(&house.store, &mail("river")).await;
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let refused = sessions::renew(&mut writing, &river, &proof).await.err();
    assert!(matches!(refused, Some(StoreError::Denied(Denied::NoRight))));
}
