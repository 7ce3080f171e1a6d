//! What is kept goes when its time is over, nothing else goes, a hold keeps it, and who was deleted stays deleted.

use std::collections::BTreeSet;

use crate::common::people::{House, here, is_no, there};
use chrono::TimeDelta;
use domain::access::Denied;
use domain::agreements::Age;
use domain::clock::Clock as _;
use domain::consents::{Classes, Purpose};
use domain::groups::Slug;
use domain::joining::Reason;
use domain::people::Role;
use domain::retention::Kept;
use domain::text::Line;
use store::acts::{
    Apply, ChangeAccount, ChangeAccounts, ChangeConsents, ChangeContact, ChangeRoster, RunInstallation,
    RunListings, SeeAccounts, SeeInstallation, SeeRoster,
};
use store::imports::{self, Feed};
use store::joining::{self, Mine, Told};
use store::retention::{self, DeletionError, Due, HoldId};
use store::{On, StoreError, Who, consents, own_data, people, reports};
use testing::people::{by_link, invent, mail};
use testing::{TestDatabase, both_engines};

const SWEEPER: Who = Who::Job("retention");

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

async fn due(house: &House) -> Vec<Due> {
    let mut reading = house.store.read(Who::Operator).await.unwrap();
    let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await.unwrap();
    retention::due(&mut permit).await.unwrap()
}

async fn due_of(house: &House, kept: Kept) -> (u64, u64) {
    let due = due(house).await.into_iter().find(|due| due.kept == kept).unwrap();
    (due.rows, due.held)
}

/// Takes away what is due, two rows at a time, and says how many.
async fn sweep(house: &House, kept: Kept) -> u64 {
    let mut gone = 0;
    loop {
        let mut writing = house.store.write(SWEEPER).await.unwrap();
        let now = retention::sweep(&mut writing, kept, 2).await.unwrap();
        writing.commit().await.unwrap();
        gone += now;
        if now == 0 {
            return gone;
        }
    }
}

async fn delete(house: &House, who: &Who) -> Result<(), DeletionError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    retention::delete_myself(&mut permit).await?;
    Ok(writing.commit().await?)
}

async fn hold_person(house: &House, who: &Who, person: &Slug) -> Result<HoldId, StoreError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeContact>(On::Person(person)).await?;
    let id = retention::hold_person(&mut permit, &line("A court asks for it")).await?;
    writing.commit().await?;
    Ok(id)
}

async fn hold_group(house: &House, who: &Who, group: &Slug) -> Result<HoldId, StoreError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Group(group)).await?;
    let id = retention::hold_group(&mut permit, &line("An insurer asks for it")).await?;
    writing.commit().await?;
    Ok(id)
}

async fn report(house: &House, group: &Slug) {
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let said = reports::make(
        &mut writing,
        group,
        reports::Reason::Other,
        Some("The door was locked."),
    )
    .await;
    assert!(said.unwrap());
    writing.commit().await.unwrap();
}

/// Someone asks for a place in a therapy group and takes it back.
async fn withdrawn(house: &House) {
    let told = Told {
        subject: "A message for you",
        person: &|slug: &str| format!("Open /me/joining/{slug}"),
        staff: &|slug: &str| format!("Open /staff/applicants/{slug}"),
    };
    let group = Slug::from_bits(3);
    crate::common::publish(&house.store, 3, &crate::common::therapy("Anger")).await;
    invent(&house.store, "asker", &[]).await;
    let asker = house.one("asker").await;
    let mut writing = house.store.write(asker).await.unwrap();
    let mut permit = writing.permit::<Apply>(On::MyselfIn(&group)).await.unwrap();
    let slug = joining::ask(&mut permit, Age::Adult, &told).await.unwrap();
    let mut permit = writing.permit::<Apply>(On::Application(&slug)).await.unwrap();
    joining::step(&mut permit, &slug, Mine::Withdraw, &[], &told)
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

/// Something of each kind, all of it over; and the same again that is not.
async fn full(db: TestDatabase) -> House {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.of_all("noor", Role::Coordinator).await;
    let noor = house.two("noor").await;
    for name in ["river", "heron", "wren"] {
        house.here(name, Role::Member).await;
        by_link(&house.store, &mail(name)).await;
    }
    let gone = invent(&house.store, "gone", &[(Role::Facilitator, Some(&there()))]).await;
    withdrawn(&house).await;
    report(&house, &here()).await;
    report(&house, &there()).await;
    let there_now = roster(&house).await;
    let mut writing = house.store.write(noor.clone()).await.unwrap();
    for report in reports::open(&mut writing).await.unwrap() {
        reports::resolve(&mut writing, report.id, reports::Outcome::Mended)
            .await
            .unwrap();
    }
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&here())).await.unwrap();
    for one in there_now {
        if ["heron", "wren"].contains(&one.0.as_str()) {
            people::remove_member(&mut permit, one.1, Reason::Unknown)
                .await
                .unwrap();
        }
    }
    writing.commit().await.unwrap();
    let alex = house.two("alex").await;
    let mut writing = house.store.write(alex).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    people::close_account(&mut permit, &gone).await.unwrap();
    writing.commit().await.unwrap();
    crate::common::import(
        &house.store,
        &[crate::common::row(1, "a", "A"), crate::common::held(2, "b")],
    )
    .await;
    let feed = Feed {
        programme: "Left off".into(),
        format: "meeting-guide",
    };
    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed).await.unwrap();
    writing.commit().await.unwrap();
    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let mut rows = [crate::common::row(1, "a", "A"), crate::common::held(2, "b")];
    imports::stage(&mut writing, &run, &mut rows).await.unwrap();
    writing.commit().await.unwrap();
    house.db.clock.forward(TimeDelta::days(500));
    by_link(&house.store, &mail("river")).await;
    house
}

async fn roster(house: &House) -> Vec<(String, people::RoleId)> {
    let noor = house.two("noor").await;
    let mut reading = house.store.read(noor).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await.unwrap();
    let there = people::roster(&mut permit).await.unwrap();
    there
        .into_iter()
        .map(|one| (one.handle.to_string(), one.role.id))
        .collect()
}

#[both_engines]
async fn what_the_dry_run_says_is_what_goes_and_nothing_else(db: TestDatabase) {
    let house = full(db).await;
    let said = due(&house).await;
    let audit = house.count("select count(*) from audit").await;
    for due in &said {
        let some = !matches!(
            due.kept,
            Kept::Letters
                | Kept::Invitations
                | Kept::Forms
                | Kept::Guests
                | Kept::Charts
                | Kept::SessionRecords
        );
        assert_eq!(due.rows > 0, some, "{:?}", due.kept);
        assert_eq!(due.oldest.is_some(), some, "{:?}", due.kept);
        assert_eq!(due.held, 0, "{:?}", due.kept);
    }
    // Looking changed nothing, and asking again says the same.
    assert_eq!(due(&house).await, said);
    assert_eq!(due_of(&house, Kept::ExMembers).await, (2, 0));
    assert_eq!(due_of(&house, Kept::ClosedAccounts).await, (1, 0));
    assert_eq!(due_of(&house, Kept::ImportRows).await, (2, 0));
    assert_eq!(due_of(&house, Kept::Reports).await, (2, 0));
    for due in said {
        assert_eq!(sweep(&house, due.kept).await, due.rows, "{:?}", due.kept);
        assert_eq!(due_of(&house, due.kept).await, (0, 0), "{:?}", due.kept);
    }
    // Who is a member still, who withdrew, the session of today, and the newest import are there.
    let left = "select count(*) from person where deleted_at is null";
    assert_eq!(house.count(left).await, 4);
    assert_eq!(house.count("select count(*) from session").await, 1);
    assert_eq!(house.count("select count(*) from import_row").await, 2);
    assert_eq!(house.count("select count(*) from report_words").await, 0);
    assert_eq!(house.count("select count(*) from tombstone").await, 3);
    // Nothing of the audit went, and all of it is written there.
    assert!(house.count("select count(*) from audit").await > audit);
    assert!(house.audited("retention.sweep").await > 3);
    assert_eq!(house.audited("people.delete").await, 3);
    let whole = store::audit::verify(&house.store, &[]).await.unwrap();
    assert_eq!(whole.count, 0);
}

#[both_engines]
async fn what_is_held_stays_until_the_hold_is_ended(db: TestDatabase) {
    let house = full(db).await;
    let noor = house.two("noor").await;
    let id = hold_group(&house, &noor, &here()).await.unwrap();
    assert_eq!(due_of(&house, Kept::ExMembers).await, (0, 2));
    assert_eq!(due_of(&house, Kept::Reports).await, (1, 1));
    assert_eq!(sweep(&house, Kept::ExMembers).await, 0);
    assert_eq!(sweep(&house, Kept::Reports).await, 1);
    assert!(matches!(
        delete(&house, &house.one("river").await).await,
        Err(DeletionError::Held)
    ));
    let mut writing = house.store.write(noor.clone()).await.unwrap();
    let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
    let holds = retention::on_groups(&mut permit).await.unwrap();
    assert_eq!((holds.len(), holds[0].id), (1, id));
    assert_eq!(holds[0].reason.as_str(), "An insurer asks for it");
    retention::release_group(&mut permit, id).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(due_of(&house, Kept::ExMembers).await, (2, 0));
    assert_eq!(sweep(&house, Kept::ExMembers).await, 2);
    assert_eq!(
        (house.audited("holds.put").await, house.audited("holds.end").await),
        (1, 1)
    );
}

#[both_engines]
async fn an_admin_sets_days_within_limits_and_nobody_else_does(db: TestDatabase) {
    let house = full(db).await;
    let days = |house: &House| {
        let store = house.store.clone();
        async move {
            let mut reading = store.read(Who::Operator).await.unwrap();
            let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await.unwrap();
            let rules = retention::rules(&mut permit).await.unwrap();
            rules
                .iter()
                .find(|set| set.rule.kept == Kept::ExMembers)
                .unwrap()
                .days
        }
    };
    assert_eq!(days(&house).await, 365);
    for (to, is_right) in [(29, false), (3_661, false), (600, true), (400, true)] {
        let mut writing = house.store.write(house.two("alex").await).await.unwrap();
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
        let set = retention::set_rule(&mut permit, Kept::ExMembers, to).await;
        assert_eq!(set.is_ok(), is_right, "{to}");
        writing.commit().await.unwrap();
        if is_right {
            assert_eq!(days(&house).await, to);
        }
    }
    assert_eq!(due_of(&house, Kept::ExMembers).await, (2, 0));
    // A number that came past the store counts as none.
    let past = "update retention_rule set days = 1";
    sea_orm::ConnectionTrait::execute_unprepared(&house.other, past)
        .await
        .unwrap();
    assert_eq!(days(&house).await, 365);
    let mut writing = house.store.write(house.two("noor").await).await.unwrap();
    let no = writing.permit::<RunInstallation>(On::Organisation).await;
    assert!(is_no(&no.err().unwrap()));
    drop(writing);
    // And a sweep is the program's alone.
    let mut writing = house.store.write(house.two("alex").await).await.unwrap();
    let no = retention::sweep(&mut writing, Kept::Sessions, 9).await;
    assert!(is_no(&no.unwrap_err()));
}

#[both_engines]
async fn who_may_put_a_hold_on_whom(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.of_all("noor", Role::Coordinator).await;
    let river = house.here("river", Role::Member).await;
    let dana = house.here("dana", Role::Leader).await;
    let (alex, noor) = (house.two("alex").await, house.two("noor").await);
    hold_person(&house, &noor, &river).await.unwrap();
    for who in [&alex, &house.two("dana").await] {
        assert!(is_no(&hold_person(&house, who, &river).await.unwrap_err()));
    }
    assert!(is_no(
        &hold_group(&house, &house.one("river").await, &here())
            .await
            .unwrap_err()
    ));
    let mut writing = house.store.write(alex.clone()).await.unwrap();
    let mut permit = writing
        .permit::<ChangeAccounts>(On::Person(&river))
        .await
        .unwrap();
    let no = retention::hold_account(&mut permit, &line("No")).await;
    assert!(is_no(&no.unwrap_err()), "members are not an admin's");
    let mut permit = writing.permit::<ChangeAccounts>(On::Person(&dana)).await.unwrap();
    let id = retention::hold_account(&mut permit, &line("Yes")).await.unwrap();
    writing.commit().await.unwrap();
    // Each sees those they may know of.
    let mut reading = house.store.read(alex.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeAccounts>(On::Organisation).await.unwrap();
    assert_eq!(retention::on_accounts(&mut permit).await.unwrap().len(), 1);
    let mut reading = house.store.read(noor.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Organisation).await.unwrap();
    assert_eq!(retention::on_people(&mut permit).await.unwrap().len(), 2);
    assert_eq!(retention::people(&mut permit).await.unwrap().len(), 4);
    let mut reading = house.store.read(house.two("dana").await).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await.unwrap();
    assert!(is_no(&retention::on_people(&mut permit).await.unwrap_err()));
    let mut writing = house.store.write(alex).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    retention::release_account(&mut permit, id).await.unwrap();
    assert!(is_no(
        &retention::release_account(&mut permit, id).await.unwrap_err()
    ));
}

#[both_engines]
async fn who_is_deleted_leaves_a_number_and_a_mark_and_a_backup_does_not_bring_them_back(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.here("river", Role::Member).await;
    let river = house.two("river").await;
    let mut writing = house.store.write(river.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeConsents>(On::Myself).await.unwrap();
    let asked = consents::Asked {
        purpose: Purpose::Care,
        recipient: line("Dr. Ames"),
        classes: Classes::parse("C3 C5").unwrap(),
        until: house.db.clock.now() + TimeDelta::days(90),
    };
    consents::sign(&mut permit, asked, "I agree").await.unwrap();
    writing.commit().await.unwrap();
    let id = "(select id from person where deleted_at is not null)";
    assert!(matches!(
        delete(&house, &house.two("alex").await).await,
        Err(DeletionError::LastAdmin)
    ));
    house.db.clock.forward(TimeDelta::minutes(6));
    assert!(matches!(
        delete(&house, &river).await,
        Err(DeletionError::Store(StoreError::Denied(Denied::ProveAgain)))
    ));
    let river = house.two("river").await;
    delete(&house, &river).await.unwrap();
    for table in [
        "role_held",
        "totp",
        "recovery_code",
        "session",
        "mailed_link",
        "passkey",
    ] {
        let sql = format!("select count(*) from {table} where person_id = {id}");
        assert_eq!(house.count(&sql).await, 0, "{table}");
    }
    let emptied = "select count(*) from person where deleted_at is not null and ended_at is not null
        and mail is null and mail_lookup is null";
    assert_eq!(house.count(emptied).await, 1);
    let revoked = format!("select count(*) from consent where person_id = {id} and revoked_at is not null");
    assert_eq!(house.count(&revoked).await, 1);
    // Their session is over, and their address is free for someone new.
    assert!(is_no(&match delete(&house, &river).await.unwrap_err() {
        DeletionError::Store(why) => why,
        other => panic!("{other}"),
    }));
    house.here("river", Role::Member).await;
    // All that is left opens still: there is no broken value.
    let writing = house.store.write(Who::Operator).await.unwrap();
    let (_, damage) = store::sealed::check(&writing).await.unwrap();
    assert_eq!(damage, []);
    drop(writing);

    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let marks = retention::marks(&mut writing).await.unwrap();
    assert_eq!(marks.len(), 1);
    assert!(marks.iter().all(|mark| mark.len() == retention::MARK_LENGTH));
    // As if the row came back from a backup: the mark knows it by its number.
    drop(writing);
    let back = "update person set deleted_at = null, ended_at = null where deleted_at is not null";
    sea_orm::ConnectionTrait::execute_unprepared(&house.other, back)
        .await
        .unwrap();
    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let strange = BTreeSet::from(["00".repeat(32)]);
    assert_eq!(retention::obey(&mut writing, &strange).await.unwrap(), 1);
    assert_eq!(retention::obey(&mut writing, &marks).await.unwrap(), 0);
    writing.commit().await.unwrap();
    assert_eq!(house.count(emptied).await, 1);
    let again = "select count(*) from audit where action = 'people.delete' and reason = 'tombstone'";
    assert_eq!(house.count(again).await, 1);
}

#[both_engines]
async fn what_a_person_takes_away_names_nobody_else(db: TestDatabase) {
    let house = House::new(db).await;
    let others = ["zqalex", "zqnoor", "zqheron", "zqsolis", "zqwren"];
    house.of_all("zqalex", Role::Admin).await;
    house.of_all("zqnoor", Role::Coordinator).await;
    house.here("zqheron", Role::Member).await;
    let noor = house.two("zqnoor").await;
    let river = house.here("river", Role::Member).await;
    house.here("zqwren", Role::Supervisor).await;
    hold_person(&house, &noor, &river).await.unwrap();
    // They do things to others, too, and others to them.
    let solis = house.there("zqsolis", Role::Member).await;
    let mut writing = house.store.write(noor.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&there())).await.unwrap();
    people::add_member(&mut permit, &river).await.unwrap();
    writing.commit().await.unwrap();
    let wren = house.two("zqwren").await;
    let mut writing = house.store.write(wren).await.unwrap();
    let notice = store::break_glass::Notice {
        subject: "A note",
        body: "Please sign in.",
    };
    store::break_glass::open(
        &mut writing,
        &river,
        &here(),
        store::break_glass::Reason::Danger,
        "zqwords of zqheron about them",
        &notice,
    )
    .await
    .unwrap();
    writing.commit().await.unwrap();
    let own = house.one("river").await;
    let mut writing = house.store.write(own.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let all = own_data::all(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
    let text = all.to_string().to_lowercase();
    assert!(text.contains("river@people.example"));
    assert_eq!(all["account"]["name"], "river");
    let roles = all["roles"].as_array().unwrap();
    let mut by: Vec<_> = roles.iter().map(|role| &role["given_by"]).collect();
    by.sort_by_key(ToString::to_string);
    assert_eq!(by, ["coordinator", "the program"]);
    assert_eq!(all["opened_in_an_emergency"][0]["by"], "supervisor");
    assert_eq!(all["holds"][0]["put_by"], "coordinator");
    for canary in others.iter().chain(&["zqwords"]) {
        assert!(!text.contains(canary), "{canary}");
    }
    // Nobody's number either, nor that by which others are found in addresses.
    let ids = "select count(*) from person";
    assert_eq!(house.count(ids).await, 6);
    assert!(!text.contains(&solis.to_string()));
    // No number of a row, no hash and no token: nothing that opens or finds anything.
    let mut words = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    assert_eq!(words.find(|word| word.len() >= 32), None);
    assert_eq!(house.audited("data.take").await, 1);
    house.db.clock.forward(TimeDelta::minutes(6));
    let mut writing = house.store.write(own).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let why = own_data::all(&mut permit).await.unwrap_err();
    assert!(matches!(why, StoreError::Denied(Denied::ProveAgain)));
}
