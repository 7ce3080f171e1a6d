//! Feeds by address: who may say which, what is remembered of each, and what was decided about held rows.

use domain::people::Role;
use store::acts::{RunInstallation, RunListings};
use store::feeds::{self, Ended, FeedId, HeldRow, Known, NewsOf, Wanted};
use store::imports::{self, Staged};
use store::{On, Who, jobs};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, is_no};
use crate::common::{feed, held, row, titles};

const JOB: Who = Who::Job("feeds");

fn wanted() -> Wanted {
    Wanted {
        address: "https://feeds.example/meetings.json".into(),
        programme: "Orange County".into(),
        format: None,
        zone: Some("America/Los_Angeles".into()),
        licence: None,
        every_hours: 24,
    }
}

async fn an_office(db: TestDatabase) -> (House, FeedId) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.of_all("cleo", Role::Coordinator).await;
    let mut writing = house.store.write(house.two("alex").await).await.unwrap();
    let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
    let id = feeds::add(&mut permit, &wanted()).await.unwrap();
    writing.commit().await.unwrap();
    (house, id)
}

/// Takes these rows in as the job does.
async fn take_in(house: &House, id: FeedId, rows: &[Staged]) {
    let mut reading = house.store.read(JOB).await.unwrap();
    let known = feeds::to_fetch(&mut reading, &id.to_string())
        .await
        .unwrap()
        .unwrap();
    drop(reading);
    let mut writing = house.store.write(JOB).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    imports::stage(&mut writing, &run, &mut rows.to_vec())
        .await
        .unwrap();
    let taken = Ended::TakenIn {
        etag: Some("\"1\"".into()),
        last_modified: None,
    };
    feeds::ended(&mut writing, &known, Some(&run), taken)
        .await
        .unwrap();
    imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    house.db.clock.forward(chrono::TimeDelta::minutes(5));
}

async fn end(house: &House, id: FeedId, how: Ended<'_>) {
    let mut reading = house.store.read(JOB).await.unwrap();
    let known = feeds::to_fetch(&mut reading, &id.to_string())
        .await
        .unwrap()
        .unwrap();
    drop(reading);
    let mut writing = house.store.write(JOB).await.unwrap();
    feeds::ended(&mut writing, &known, None, how).await.unwrap();
    writing.commit().await.unwrap();
}

async fn show(house: &House, id: FeedId) -> Known {
    let mut reading = house.store.read(house.two("cleo").await).await.unwrap();
    let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
    feeds::show(&mut permit, id).await.unwrap()
}

async fn held_rows(house: &House, id: FeedId) -> Vec<HeldRow> {
    let mut reading = house.store.read(house.two("cleo").await).await.unwrap();
    let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
    feeds::held(&mut permit, id).await.unwrap()
}

/// Does it as the coordinator.
macro_rules! coordinate {
    ($house:expr, $act:path $(, $argument:expr)*) => {{
        let mut writing = $house.store.write($house.two("cleo").await).await.unwrap();
        let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
        let done = $act(&mut permit $(, $argument)*).await;
        writing.commit().await.unwrap();
        done
    }};
}

macro_rules! administer {
    ($house:expr, $act:path $(, $argument:expr)*) => {{
        let mut writing = $house.store.write($house.two("alex").await).await.unwrap();
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
        let done = $act(&mut permit $(, $argument)*).await;
        writing.commit().await.unwrap();
        done
    }};
}

#[both_engines]
async fn an_admin_says_addresses_and_a_coordinator_does_not(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    let mut writing = house.store.write(house.two("cleo").await).await.unwrap();
    let why = writing.permit::<RunInstallation>(On::Organisation).await;
    assert!(is_no(&why.map(|_| ()).unwrap_err()));
    drop(writing);
    coordinate!(house, feeds::fetch_now, id).unwrap();
    let why = coordinate!(house, feeds::accept, id).unwrap_err();
    assert!(is_no(&why), "nothing is held back");
    assert_eq!(show(&house, id).await.wanted, wanted());
    assert_eq!(house.audited("feeds.add").await, 1);
}

#[both_engines]
async fn a_feed_is_a_job_until_it_is_paused_or_removed_and_again_after_that(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    let jobs = "select count(*) from job where kind = 'feed'";
    assert_eq!(house.count(jobs).await, 1);
    for (stop, go_on) in [(true, true), (false, false)] {
        if stop {
            administer!(house, feeds::pause, id).unwrap();
        } else {
            administer!(house, feeds::remove, id).unwrap();
        }
        assert_eq!(house.count(jobs).await, 0);
        assert_eq!(show(&house, id).await.next_at, None);
        assert!(is_no(&coordinate!(house, feeds::fetch_now, id).unwrap_err()));
        let mut reading = house.store.read(JOB).await.unwrap();
        assert_eq!(
            feeds::to_fetch(&mut reading, &id.to_string()).await.unwrap(),
            None
        );
        drop(reading);
        if go_on {
            administer!(house, feeds::resume, id).unwrap();
        } else {
            administer!(house, feeds::restore, id).unwrap();
        }
        assert_eq!(house.count(jobs).await, 1);
    }
    let mut writing = house.store.write(JOB).await.unwrap();
    let job = jobs::take(&mut writing).await.unwrap().unwrap();
    assert_eq!((job.kind.as_str(), job.subject), (jobs::FEED, id.to_string()));
}

#[both_engines]
async fn a_broken_feed_keeps_its_listings_and_says_why(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    take_in(&house, id, &[row(1, "a", "A"), row(2, "b", "B")]).await;
    let before = titles(&house.store).await;
    end(&house, id, Ended::Failed("the site has a fault")).await;
    let known = show(&house, id).await;
    assert_eq!(known.problem.as_deref(), Some("the site has a fault"));
    assert_eq!(known.last.unwrap().counts.imported, 2);
    assert_eq!(titles(&house.store).await, before);
    end(&house, id, Ended::Unchanged).await;
    assert_eq!(show(&house, id).await.problem, None);
}

#[both_engines]
async fn losses_are_counted_before_they_are_seen_and_taken_only_by_a_person(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    let rows: Vec<Staged> = (1..=5)
        .map(|n| row(n, &format!("id-{n}"), &format!("Group {n}")))
        .collect();
    take_in(&house, id, &rows).await;
    let mut writing = house.store.write(JOB).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    // A row that is held is no listing either.
    imports::stage(&mut writing, &run, &mut [rows[0].clone(), held(2, "id-2")])
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut reading = house.store.read(JOB).await.unwrap();
    assert_eq!(imports::losses(&mut reading, &run).await.unwrap(), (5, 4));
    drop(reading);
    let mut writing = house.store.write(JOB).await.unwrap();
    imports::abandon(&mut writing, &run).await.unwrap();
    writing.commit().await.unwrap();
    end(&house, id, Ended::Shrunk { by: 4, from: 5 }).await;
    assert_eq!(show(&house, id).await.shrunk, Some((4, 5)));
    coordinate!(house, feeds::accept, id).unwrap();
    let mut reading = house.store.read(JOB).await.unwrap();
    let known = feeds::to_fetch(&mut reading, &id.to_string())
        .await
        .unwrap()
        .unwrap();
    assert!(known.accepted);
    // What the site said of the feed is not remembered from one that was held back.
    assert_eq!(known.etag.as_deref(), Some("\"1\""));
    drop(reading);
    take_in(&house, id, &rows[..1]).await;
    let known = show(&house, id).await;
    assert_eq!((known.shrunk, known.last.unwrap().counts.gone), (None, 4));
    let mut reading = house.store.read(JOB).await.unwrap();
    let known = feeds::to_fetch(&mut reading, &id.to_string())
        .await
        .unwrap()
        .unwrap();
    assert!(!known.accepted, "once is once");
}

#[both_engines]
async fn what_the_last_run_changed_is_named(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    take_in(
        &house,
        id,
        &[row(1, "a", "A"), row(2, "b", "B"), row(3, "c", "C")],
    )
    .await;
    take_in(
        &house,
        id,
        &[row(1, "a", "A"), row(2, "b", "B anew"), row(3, "d", "D")],
    )
    .await;
    let mut reading = house.store.read(house.two("cleo").await).await.unwrap();
    let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
    let news = feeds::news(&mut permit, id).await.unwrap();
    let told: Vec<_> = news.iter().map(|one| (one.outcome, one.title.as_str())).collect();
    assert_eq!(
        told,
        [
            (NewsOf::Imported, "D"),
            (NewsOf::Changed, "B anew"),
            (NewsOf::Gone, "C")
        ]
    );
    let runs = feeds::runs(&mut permit, id).await.unwrap();
    let counts: Vec<_> = runs
        .iter()
        .map(|run| (run.counts.imported, run.counts.gone))
        .collect();
    assert_eq!(counts, [(1, 1), (3, 0)]);
}

#[both_engines]
async fn a_dismissed_row_stays_so_until_it_says_something_else(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    let rows = [row(1, "a", "A"), held(2, "x"), held(3, "y")];
    take_in(&house, id, &rows).await;
    let open = async || -> Vec<String> {
        let rows = held_rows(&house, id).await;
        rows.into_iter()
            .filter(|row| !row.is_dismissed)
            .map(|row| row.id)
            .collect()
    };
    assert_eq!(open().await, ["x", "y"]);
    coordinate!(house, feeds::dismiss, id, 2).unwrap();
    coordinate!(house, feeds::dismiss, id, 2).unwrap();
    assert_eq!(open().await, ["y"]);
    // The same row at another place of the next feed.
    take_in(&house, id, &[held(1, "y"), held(2, "x"), row(3, "a", "A")]).await;
    assert_eq!(open().await, ["y"]);
    let mut changed = held(2, "x");
    changed.said = vec![("name".into(), "Another name".into())];
    take_in(&house, id, &[held(1, "y"), changed, row(3, "a", "A")]).await;
    assert_eq!(open().await, ["y", "x"]);
    coordinate!(house, feeds::dismiss, id, 1).unwrap();
    coordinate!(house, feeds::restore_row, id, 1).unwrap();
    assert_eq!(open().await, ["y", "x"]);
    // A row that is a listing, or none, is not dismissed.
    for number in [3, 9] {
        assert!(is_no(
            &coordinate!(house, feeds::dismiss, id, number).unwrap_err()
        ));
    }
}

#[both_engines]
async fn a_group_written_from_a_row_is_our_own_and_outlives_the_next_fetch(db: TestDatabase) {
    let (house, id) = an_office(db).await;
    take_in(&house, id, &[row(1, "a", "A"), held(2, "x")]).await;
    let slug = coordinate!(house, feeds::own, id, 2, "title=Written").unwrap();
    take_in(&house, id, &[row(1, "a", "A"), held(2, "x")]).await;
    assert!(held_rows(&house, id).await[0].is_dismissed);
    let mut reading = house.store.read(house.two("cleo").await).await.unwrap();
    let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
    let draft = store::groups::new_one(&mut permit, &slug).await.unwrap();
    assert_eq!(draft.typed.unwrap().form, "title=Written");
}
