//! The queue of jobs and the letters that wait in it: each goes to one process, and none is forgotten.

use chrono::TimeDelta;
use domain::people::Role;
use store::acts::{ChangeAccounts, RunInstallation, SeeInstallation};
use store::jobs::{self, Job, KEEPS, LETTERS, Planned};
use store::outbox::{self, Letter, Outcome};
use store::signing::link;
use store::{On, StoreError, Who, invitations};
use testing::people::mail;
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, is_no};

const HOUR: TimeDelta = TimeDelta::hours(1);

/// Alex is its admin, Cleo coordinates.
async fn an_office(db: TestDatabase) -> House {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.of_all("cleo", Role::Coordinator).await;
    house
}

async fn plan(house: &House, kind: &'static str, every: TimeDelta) {
    let mut writing = house.store.write(Who::Job("clockwork")).await.unwrap();
    jobs::plan(&mut writing, kind, "", every).await.unwrap();
    writing.commit().await.unwrap();
}

async fn take(house: &House) -> Option<Job> {
    let mut writing = house.store.write(Who::Job("clockwork")).await.unwrap();
    let job = jobs::take(&mut writing).await.unwrap();
    writing.commit().await.unwrap();
    job
}

async fn end(house: &House, job: Job, outcome: Result<&str, &str>) {
    let mut writing = house.store.write(Who::Job("clockwork")).await.unwrap();
    let outcome = outcome.map(str::to_owned).map_err(str::to_owned);
    jobs::ended(&mut writing, job, outcome).await.unwrap();
    writing.commit().await.unwrap();
}

async fn seen(house: &House, who: &Who) -> Vec<Planned> {
    let mut reading = house.store.read(who.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await.unwrap();
    jobs::all(&mut permit).await.unwrap()
}

/// Writes a letter to "new" by inviting them.
async fn write_letter(house: &House, who: &Who) {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    let letter = link::Letter {
        subject: "A message for you",
        body: &|token| format!("Open /invitation/{token}"),
    };
    invitations::invite(&mut permit, &mail("new"), Role::Auditor, None, &letter)
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

async fn letters(house: &House) -> Vec<Letter> {
    let mut writing = house.store.write(Who::Job("mail")).await.unwrap();
    let taken = outbox::take(&mut writing, 99).await.unwrap();
    writing.commit().await.unwrap();
    taken
}

async fn tried(house: &House, letter: &Letter, outcome: Outcome) {
    let mut writing = house.store.write(Who::Job("mail")).await.unwrap();
    outbox::tried(&mut writing, letter.id, outcome).await.unwrap();
    writing.commit().await.unwrap();
}

#[both_engines]
async fn a_job_is_done_once_each_time_it_is_due(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, "tidy", HOUR).await;
    let job = take(&house).await.unwrap();
    assert_eq!((job.kind.as_str(), job.subject.as_str()), ("tidy", ""));
    assert_eq!(take(&house).await, None, "someone is at it");
    end(&house, job, Ok("3 went")).await;
    assert_eq!(take(&house).await, None, "it is not due");
    plan(&house, "tidy", HOUR).await;
    assert_eq!(take(&house).await, None, "planned again, it stays as it was");
    house.db.clock.forward(HOUR);
    assert!(take(&house).await.is_some());
}

#[both_engines]
async fn of_eight_processes_one_has_the_job(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, "tidy", HOUR).await;
    let racing = (0..8).map(|_| {
        let store = house.store.clone();
        tokio::spawn(async move {
            let mut writing = store.write(Who::Job("clockwork")).await.unwrap();
            let job = jobs::take(&mut writing).await.unwrap();
            writing.commit().await.unwrap();
            job
        })
    });
    let mut had = 0;
    for one in racing.collect::<Vec<_>>() {
        had += usize::from(one.await.unwrap().is_some());
    }
    assert_eq!(had, 1);
}

#[both_engines]
async fn the_job_of_a_process_that_died_is_taken_by_another_and_not_given_back_by_the_first(
    db: TestDatabase,
) {
    let house = an_office(db).await;
    plan(&house, "tidy", HOUR).await;
    let of_the_dead = take(&house).await.unwrap();
    house.db.clock.forward(KEEPS);
    let of_another = take(&house).await.unwrap();
    end(&house, of_the_dead, Ok("late")).await;
    assert_eq!(take(&house).await, None, "the other one is still at it");
    end(&house, of_another, Ok("done")).await;
    assert_eq!(take(&house).await, None);
}

#[both_engines]
async fn letters_wait_for_two_minutes_if_who_was_to_send_them_died(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, LETTERS, HOUR).await;
    let _of_the_dead = take(&house).await.unwrap();
    house.db.clock.forward(TimeDelta::seconds(119));
    assert_eq!(take(&house).await, None);
    house.db.clock.forward(TimeDelta::seconds(1));
    assert!(take(&house).await.is_some());
}

#[both_engines]
async fn a_job_that_fails_comes_back_sooner_and_its_admin_sees_why(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, "tidy", HOUR).await;
    let alex = house.two("alex").await;
    for (nth, minutes) in [(1, 1), (2, 2), (3, 4)] {
        let job = take(&house).await.unwrap();
        end(&house, job, Err("the disk is full")).await;
        let job = seen(&house, &alex).await.remove(0);
        assert_eq!(
            (job.failures, job.outcome.as_deref()),
            (nth, Some("the disk is full"))
        );
        house
            .db
            .clock
            .forward(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
        assert_eq!(take(&house).await, None);
        house.db.clock.forward(TimeDelta::seconds(1));
    }
    let job = take(&house).await.unwrap();
    end(&house, job, Ok("done")).await;
    let job = seen(&house, &alex).await.remove(0);
    assert_eq!((job.failures, job.outcome.as_deref()), (0, Some("done")));
    assert!(!job.is_taken);
}

#[both_engines]
async fn only_the_program_takes_jobs_and_only_an_admin_hurries_one(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, "tidy", HOUR).await;
    let job = take(&house).await.unwrap();
    end(&house, job, Ok("done")).await;
    let alex = house.two("alex").await;
    for who in [Who::Visitor, Who::Operator, alex.clone()] {
        let mut writing = house.store.write(who).await.unwrap();
        assert!(is_no(&jobs::take(&mut writing).await.unwrap_err()));
        assert!(is_no(
            &jobs::plan(&mut writing, "tidy", "", HOUR).await.unwrap_err()
        ));
    }
    let id = seen(&house, &alex).await[0].id;
    let cleo = house.two("cleo").await;
    let mut writing = house.store.write(cleo).await.unwrap();
    let denied = writing.permit::<RunInstallation>(On::Organisation).await;
    assert!(matches!(denied, Err(StoreError::Denied(_))));
    drop(denied);
    drop(writing);
    house.db.clock.forward(TimeDelta::seconds(1));
    let mut writing = house.store.write(alex).await.unwrap();
    let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
    jobs::run_now(&mut permit, id).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.audited("jobs.run").await, 1);
    assert!(take(&house).await.is_some());
}

#[both_engines]
async fn a_letter_makes_the_job_that_sends_it_due_also_while_that_is_under_way(db: TestDatabase) {
    let house = an_office(db).await;
    plan(&house, LETTERS, HOUR).await;
    let alex = house.two("alex").await;
    let job = take(&house).await.unwrap();
    house.db.clock.forward(TimeDelta::seconds(1));
    write_letter(&house, &alex).await;
    end(&house, job, Ok("0 sent")).await;
    let job = take(&house)
        .await
        .expect("the letter came while it was under way");
    end(&house, job, Ok("1 sent")).await;
    assert_eq!(take(&house).await, None);
}

#[both_engines]
async fn a_letter_is_taken_by_one_job_and_by_another_when_that_died(db: TestDatabase) {
    let house = an_office(db).await;
    let alex = house.two("alex").await;
    write_letter(&house, &alex).await;
    let to_new = |letters: Vec<Letter>| {
        letters
            .into_iter()
            .find(|letter| letter.mail == mail("new").as_str())
    };
    let first = to_new(letters(&house).await).unwrap();
    assert_eq!(to_new(letters(&house).await), None);
    house.db.clock.forward(TimeDelta::minutes(10));
    let again = to_new(letters(&house).await).unwrap();
    assert_eq!(first, again, "the same letter, by its number too");
    tried(&house, &again, Outcome::Sent).await;
    house.db.clock.forward(TimeDelta::minutes(10));
    assert_eq!(to_new(letters(&house).await), None);
}

#[both_engines]
async fn a_letter_that_cannot_go_out_is_tried_again_and_then_waits_for_an_admin(db: TestDatabase) {
    let house = an_office(db).await;
    let alex = house.two("alex").await;
    write_letter(&house, &alex).await;
    let mut tries = 0;
    for _ in 0..40 {
        for letter in letters(&house).await {
            if letter.mail == mail("new").as_str() {
                tries += 1;
            }
            tried(&house, &letter, Outcome::Later("the server is away".to_owned())).await;
        }
        house.db.clock.forward(HOUR);
    }
    assert_eq!(tries, 8);
    let alex = house.two("alex").await;
    let mut reading = house.store.read(alex.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await.unwrap();
    let (unsent, given_up) = outbox::waiting(&mut permit).await.unwrap();
    assert!(given_up > 0, "{unsent} {given_up}");
    let newest = outbox::newest(&mut permit, 99).await.unwrap();
    let lost = newest.iter().find(|letter| letter.given_up_at.is_some()).unwrap();
    assert_eq!(lost.last_error.as_deref(), Some("the server is away"));
    drop(reading);
    let mut writing = house.store.write(alex).await.unwrap();
    let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
    outbox::retry(&mut permit, lost.id).await.unwrap();
    writing.commit().await.unwrap();
    assert!(letters(&house).await.iter().any(|letter| letter.id == lost.id));
}

#[both_engines]
async fn a_letter_to_nobody_is_given_up_at_once(db: TestDatabase) {
    let house = an_office(db).await;
    let alex = house.two("alex").await;
    write_letter(&house, &alex).await;
    for letter in letters(&house).await {
        tried(&house, &letter, Outcome::Never("no such mailbox".to_owned())).await;
    }
    house.db.clock.forward(HOUR * 24);
    assert_eq!(letters(&house).await, []);
    assert_eq!(
        house.audited("mail.failed").await,
        house.count("select count(*) from outbox").await
    );
}

#[both_engines]
async fn letters_are_shown_in_the_demo_only(db: TestDatabase) {
    let house = an_office(db).await;
    let alex = house.two("alex").await;
    write_letter(&house, &alex).await;
    assert_eq!(outbox::of_demo(&house.store, 99).await.unwrap(), []);
}
