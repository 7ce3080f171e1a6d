//! A therapy group that met last Thursday: who leads it, who was there.

use chrono::{NaiveDate, TimeDelta};
use domain::attendance::Presence;
use domain::clock::Clock;
use domain::groups::Slug;
use domain::people::{Handle, Role};
use store::acts::MarkAttendance;
use store::{On, Store, leading};
use testing::TestDatabase;
use testing::people::{by_two, invent, invent_as, mail, who};

/// The session.
pub const DATE: &str = "2026-11-19";

/// The online therapy group of [`super::site`].
pub fn group() -> Slug {
    Slug::from_bits(2)
}

/// Who leads ("dana" and, beside her, "cole"), and the members, by their addresses. They have been there for four weeks.
pub async fn met(db: &TestDatabase, store: &Store, members: &[(&str, &str)]) -> Vec<Slug> {
    let now = db.clock.now();
    db.clock.forward(-TimeDelta::weeks(4));
    let group = group();
    for (name, role) in [
        ("dana", Role::Leader),
        ("cole", Role::CoLeader),
        ("sue", Role::Supervisor),
    ] {
        invent(store, name, &[(role, Some(&group))]).await;
    }
    let mut people = Vec::new();
    for (handle, name) in members {
        let handle = Handle::parse(handle).unwrap();
        people.push(invent_as(store, &handle, Some(&mail(name)), &[(Role::Member, Some(&group))]).await);
    }
    db.clock.forward(now - db.clock.now());
    let date: NaiveDate = DATE.parse().unwrap();
    let token = by_two(store, &db.clock, &mail("dana")).await;
    let mut writing = store.write(who(store, &token).await).await.unwrap();
    for person in &people {
        let on = On::PersonIn(person, &group);
        let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
        leading::mark(&mut permit, date, Presence::Present).await.unwrap();
    }
    writing.commit().await.unwrap();
    people
}
