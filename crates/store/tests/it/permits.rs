//! What permits leave behind: audit rows, letters, opened records; and that a dropped transaction leaves nothing.

use chrono::TimeDelta;
use domain::access::Denied;
use domain::groups::Slug;
use domain::people::Role;
use sea_orm::{ConnectionTrait, Statement};
use store::acts::{ChangeAccounts, ChangeRoster, SeeAccounts, SeeContact};
use store::break_glass::{self, BreakGlassError, Finding, Notice, Reason};
use store::signing::link::Letter;
use store::{On, StoreError, Who, invitations, outbox, people};
use testing::people::{invent, mail};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no, there};

const WORDS: &str = "A neighbour called: they may be in danger";
const NOTICE: Notice<'static> = Notice {
    subject: "A note from Lakeshore",
    body: "A record was opened. Please sign in.",
};

async fn open(house: &House, who: &Who, person: &Slug, group: &Slug) -> Result<(), BreakGlassError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    break_glass::open(&mut writing, person, group, Reason::Danger, WORDS, &NOTICE).await?;
    writing.commit().await.unwrap();
    Ok(())
}

async fn sees_contact(house: &House, who: &Who, person: &Slug, group: &Slug) -> Result<(), Denied> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    match writing.permit::<SeeContact>(On::PersonIn(person, group)).await {
        Ok(_) => {}
        Err(StoreError::Denied(why)) => return Err(why),
        Err(other) => panic!("{other}"),
    }
    writing.commit().await.unwrap();
    Ok(())
}

/// Supervisors of here and there, one who leads here, an auditor, and two members; the first belongs to both groups.
async fn supervised(db: TestDatabase) -> (House, Slug, Slug) {
    let house = House::new(db).await;
    for (name, roles) in [
        (
            "ruth",
            &[
                (Role::Supervisor, Some(&here())),
                (Role::Supervisor, Some(&there())),
            ][..],
        ),
        ("otto", &[(Role::Supervisor, Some(&here()))][..]),
        ("elsa", &[(Role::Supervisor, Some(&there()))][..]),
        ("ines", &[(Role::Auditor, None)][..]),
        ("dana", &[(Role::Leader, Some(&here()))][..]),
    ] {
        invent(&house.store, name, roles).await;
    }
    let river = invent(
        &house.store,
        "river",
        &[(Role::Member, Some(&here())), (Role::Member, Some(&there()))],
    )
    .await;
    let stone = house.here("stone", Role::Member).await;
    (house, river, stone)
}

#[both_engines]
async fn break_glass_is_for_those_who_have_it_by_two_factors_and_with_words(db: TestDatabase) {
    let (house, river, _) = supervised(db).await;
    let ruth = house.two("ruth").await;

    assert_eq!(
        sees_contact(&house, &ruth, &river, &here()).await,
        Err(Denied::BreakGlass)
    );
    // Not by who has no glass to break, nor by who sees it anyway, nor by one factor, nor with a shrug.
    let refused = open(&house, &house.two("ines").await, &river, &here()).await;
    assert!(matches!(refused, Err(BreakGlassError::Store(why)) if is_no(&why)));
    let refused = open(&house, &house.two("dana").await, &river, &here()).await;
    assert!(matches!(refused, Err(BreakGlassError::Store(why)) if is_no(&why)));
    let refused = open(&house, &house.one("ruth").await, &river, &here()).await;
    assert!(matches!(
        refused,
        Err(BreakGlassError::Store(StoreError::Denied(Denied::SecondFactor)))
    ));
    let mut writing = house.store.write(ruth.clone()).await.unwrap();
    let shrug = break_glass::open(
        &mut writing,
        &river,
        &here(),
        Reason::Danger,
        "  because \n I  can ",
        &NOTICE,
    )
    .await;
    assert!(matches!(shrug, Err(BreakGlassError::TooShort(13))), "{shrug:?}");
    drop(writing);
    assert_eq!(house.count("select count(*) from break_glass").await, 0);
    let letters = house
        .count("select count(*) from outbox where subject = 'A note from Lakeshore'")
        .await;
    assert_eq!(letters, 0);
}

#[both_engines]
async fn break_glass_opens_one_person_in_one_group_for_an_hour_and_tells_others(db: TestDatabase) {
    let (house, river, stone) = supervised(db).await;
    let ruth = house.two("ruth").await;
    // Dropped: neither row nor letter.
    let mut writing = house.store.write(ruth.clone()).await.unwrap();
    break_glass::open(&mut writing, &river, &here(), Reason::Danger, WORDS, &NOTICE)
        .await
        .unwrap();
    drop(writing);
    assert_eq!(house.audited("break-glass.open").await, 0);
    assert_eq!(house.count("select count(*) from break_glass").await, 0);

    open(&house, &ruth, &river, &here()).await.unwrap();
    assert_eq!(sees_contact(&house, &ruth, &river, &here()).await, Ok(()));
    assert_eq!(
        sees_contact(&house, &ruth, &stone, &here()).await,
        Err(Denied::BreakGlass)
    );
    assert_eq!(
        sees_contact(&house, &ruth, &river, &there()).await,
        Err(Denied::BreakGlass)
    );
    let letters = testing::people::letters(&house.store).await;
    let to = letters
        .iter()
        .filter(|letter| letter.subject == "A note from Lakeshore")
        .filter(|letter| ["otto@people.example", "ines@people.example"].contains(&letter.mail.as_str()))
        .count();
    let to = i64::try_from(to).unwrap();
    let all = house
        .count("select count(*) from outbox where subject = 'A note from Lakeshore'")
        .await;
    assert_eq!(
        (to, all),
        (2, 2),
        "the other supervisor of the group and the auditor"
    );

    house.db.clock.forward(TimeDelta::minutes(60));
    let ruth = house.two("ruth").await;
    assert_eq!(
        sees_contact(&house, &ruth, &river, &here()).await,
        Err(Denied::BreakGlass)
    );
    // Long after one has shown who one is, one shows it again first.
    house.db.clock.forward(TimeDelta::minutes(6));
    let late = open(&house, &ruth, &river, &here()).await;
    assert!(matches!(
        late,
        Err(BreakGlassError::Store(StoreError::Denied(Denied::ProveAgain)))
    ));
}

#[both_engines]
async fn an_opened_record_is_looked_at_by_another_who_oversees_that_group(db: TestDatabase) {
    let (house, river, _) = supervised(db).await;
    open(&house, &house.two("ruth").await, &river, &here())
        .await
        .unwrap();
    let unreviewed = async |name: &str| {
        let mut writing = house.store.write(house.two(name).await).await.unwrap();
        break_glass::unreviewed(&mut writing).await
    };
    assert_eq!(unreviewed("ruth").await.unwrap(), [], "not one's own");
    assert_eq!(unreviewed("elsa").await.unwrap(), [], "not of another group");
    assert!(is_no(&unreviewed("dana").await.unwrap_err()));
    let broken = unreviewed("otto").await.unwrap();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].ends_at - broken[0].begun_at, TimeDelta::minutes(60));
    let review = async |name: &str| {
        let mut writing = house.store.write(house.two(name).await).await.unwrap();
        break_glass::review(&mut writing, broken[0].id, Finding::FollowUp).await?;
        writing.commit().await
    };
    assert!(is_no(&review("ruth").await.unwrap_err()));
    assert!(is_no(&review("elsa").await.unwrap_err()));
    review("ines").await.unwrap();
    assert!(is_no(&review("otto").await.unwrap_err()));
    let told = house
        .count("select count(*) from audit where action = 'break-glass.review' and reason = 'follow-up'")
        .await;
    assert_eq!(told, 1);
    let reviewed = async |name: &str| {
        let mut writing = house.store.write(house.two(name).await).await.unwrap();
        break_glass::reviewed(&mut writing).await
    };
    let seen = reviewed("otto").await.unwrap();
    assert_eq!(seen[0].finding, Some(Finding::FollowUp));
    assert_eq!(reviewed("ruth").await.unwrap().len(), 1, "also who opened it");
    assert_eq!(reviewed("elsa").await.unwrap(), [], "not of another group");
    assert!(is_no(&reviewed("dana").await.unwrap_err()));
}

/// Sends the letters that wait; gives the addresses.
async fn sent(house: &House) -> Vec<String> {
    let mut writing = house.store.write(Who::Job("mail")).await.unwrap();
    let letters = outbox::take(&mut writing, 99).await.unwrap();
    for letter in &letters {
        outbox::tried(&mut writing, letter.id, outbox::Outcome::Sent)
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
    letters.into_iter().map(|letter| letter.mail).collect()
}

#[both_engines]
async fn who_should_have_looked_is_asked_after_three_days_and_again_each_day(db: TestDatabase) {
    const ASK: Notice<'static> = Notice {
        subject: "A message for you",
        body: "Something waits for you.",
    };
    let (house, river, stone) = supervised(db).await;
    let remind = async || {
        let mut writing = house.store.write(Who::Job("reviews")).await.unwrap();
        let written = break_glass::remind(&mut writing, &ASK).await.unwrap();
        writing.commit().await.unwrap();
        written
    };
    let ruth = house.two("ruth").await;
    open(&house, &ruth, &river, &here()).await.unwrap();
    open(&house, &ruth, &stone, &here()).await.unwrap();
    house.db.clock.forward(TimeDelta::hours(71));
    assert_eq!(remind().await, 0);
    house.db.clock.forward(TimeDelta::hours(1));
    let mut writing = house.store.write(house.two("otto").await).await.unwrap();
    let broken = break_glass::unreviewed(&mut writing).await.unwrap();
    assert!(broken.len() == 2 && broken.iter().all(|one| one.is_overdue));
    drop(writing);
    sent(&house).await;
    // One letter, to the other supervisor of the group: not to who opened it, nor to one of another group, nor to an auditor.
    assert_eq!(remind().await, 1);
    assert_eq!(sent(&house).await, ["otto@people.example"]);
    assert_eq!(house.audited("break-glass.remind").await, 2);
    house.db.clock.forward(TimeDelta::hours(23));
    assert_eq!(remind().await, 0);
    house.db.clock.forward(TimeDelta::hours(1));
    assert_eq!(remind().await, 1);
    assert_eq!(sent(&house).await, ["otto@people.example"]);
    // Once it was looked at nobody is asked.
    for one in broken {
        let mut writing = house.store.write(house.two("otto").await).await.unwrap();
        break_glass::review(&mut writing, one.id, Finding::Right)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
    house.db.clock.forward(TimeDelta::days(2));
    assert_eq!(remind().await, 0);
    // Nobody else asks.
    let mut writing = house.store.write(house.two("ines").await).await.unwrap();
    let no = break_glass::remind(&mut writing, &ASK).await;
    assert!(is_no(&no.unwrap_err()));
}

#[both_engines]
async fn where_only_who_opened_it_supervises_the_auditors_are_asked(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("otto", Role::Supervisor).await;
    house.of_all("ines", Role::Auditor).await;
    let river = house.here("river", Role::Member).await;
    open(&house, &house.two("otto").await, &river, &here())
        .await
        .unwrap();
    house.db.clock.forward(TimeDelta::hours(72));
    sent(&house).await;
    let mut writing = house.store.write(Who::Job("reviews")).await.unwrap();
    assert_eq!(break_glass::remind(&mut writing, &NOTICE).await.unwrap(), 1);
    writing.commit().await.unwrap();
    assert_eq!(sent(&house).await, ["ines@people.example"]);
}

#[both_engines]
async fn a_letter_is_there_with_its_act_or_not_at_all_and_only_the_job_opens_it(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let alex = house.two("alex").await;
    let letters = "select count(*) from outbox where subject = 'An invitation' and body is not null and mail is not null";
    let invite = async |commit: bool| {
        let mut writing = house.store.write(alex.clone()).await.unwrap();
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
        let letter = Letter {
            subject: "An invitation",
            body: &|token| format!("Open /invitation/{token}"),
        };
        invitations::invite(&mut permit, &mail("new"), Role::Auditor, None, &letter)
            .await
            .unwrap();
        if commit {
            writing.commit().await.unwrap();
        }
    };
    invite(false).await;
    assert_eq!(
        (
            house.count(letters).await,
            house.count("select count(*) from invitation").await,
            house.audited("invitations.send").await
        ),
        (0, 0, 0)
    );
    invite(true).await;
    assert_eq!(
        (
            house.count(letters).await,
            house.count("select count(*) from invitation").await,
            house.audited("invitations.send").await
        ),
        (1, 1, 1)
    );

    for who in [Who::Visitor, Who::Operator, alex.clone()] {
        let mut writing = house.store.write(who).await.unwrap();
        assert!(is_no(&outbox::take(&mut writing, 9).await.unwrap_err()));
    }
    let mut writing = house.store.write(Who::Job("mail")).await.unwrap();
    let due = outbox::take(&mut writing, 99).await.unwrap();
    let letter = due
        .iter()
        .find(|letter| letter.mail == "new@people.example")
        .unwrap();
    assert!(letter.body.contains("/invitation/"));
    outbox::tried(&mut writing, letter.id, outbox::Outcome::Sent)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.count(letters).await, 0, "one that went out is emptied");
}

/// "scope scope_seq" of each row, in order.
async fn numbers(house: &House) -> Vec<(String, i64)> {
    let sql = "select scope, scope_seq from audit order by scope, scope_seq";
    let rows = house
        .other
        .query_all_raw(Statement::from_string(house.other.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "scope").unwrap(),
                row.try_get("", "scope_seq").unwrap(),
            )
        })
        .collect()
}

#[both_engines]
async fn rows_of_the_audit_are_numbered_without_a_gap_by_eight_writers_at_once(db: TestDatabase) {
    const EACH: usize = 12;
    let house = House::new(db).await;
    let writers = (0..8).map(|writer| {
        let store = house.store.clone();
        tokio::spawn(async move {
            for turn in 0..EACH {
                let group = if writer % 2 == 0 { here() } else { there() };
                let mut writing = store.write(Who::Operator).await.unwrap();
                let on = if turn % 3 == 0 {
                    On::Organisation
                } else {
                    On::Group(&group)
                };
                let mut permit = writing.permit::<ChangeAccounts>(on).await.unwrap();
                let letter = Letter {
                    subject: "An invitation",
                    body: &|token| token.to_owned(),
                };
                let to = mail(&format!("w{writer}t{turn}"));
                invitations::invite(&mut permit, &to, Role::Auditor, None, &letter)
                    .await
                    .unwrap();
                // Every fourth is dropped: its number goes to the next.
                if turn % 4 != 3 {
                    writing.commit().await.unwrap();
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let mut last: Option<(String, i64)> = None;
    let mut scopes = 0;
    for (scope, number) in numbers(&house).await {
        let before = last.filter(|(before, _)| *before == scope);
        scopes += usize::from(before.is_none());
        assert_eq!(number, before.map_or(1, |(_, number)| number + 1), "{scope}");
        last = Some((scope, number));
    }
    assert_eq!(scopes, 3);
    assert_eq!(house.audited("invitations.send").await, 8 * 9);
    assert_eq!(
        house
            .count("select count(*) from audit where mac is null or length(mac) <> 32")
            .await,
        0
    );
}

#[both_engines]
async fn a_row_of_the_audit_says_by_which_role_and_about_whom(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("noor", Role::Coordinator).await;
    let river = house.there("river", Role::Member).await;
    let mut writing = house.store.write(house.two("noor").await).await.unwrap();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&here())).await.unwrap();
    people::add_member(&mut permit, &river).await.unwrap();
    writing.commit().await.unwrap();
    let written = house
        .count(
            &format!(
                "select count(*) from audit a, person p where a.action = 'members.add' and a.role = 'coordinator' \
                 and a.class = 'C2' and a.about = p.id and p.slug = '{river}' and a.scope <> 'organisation'"
            ),
        )
        .await;
    assert_eq!(written, 1);
    let by = house
        .count("select count(*) from audit where action = 'members.add' and actor like 'person:%'")
        .await;
    assert_eq!(by, 1);
    // No word of the content.
    let told = house
        .count("select count(*) from audit where object like '%river%' or reason like '%river%'")
        .await;
    assert_eq!(told, 0);
}

#[both_engines]
async fn looking_at_how_to_reach_someone_is_written_down_and_a_roster_is_not(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    let river = house.here("river", Role::Member).await;
    let dana = house.two("dana").await;
    sees_contact(&house, &dana, &river, &here()).await.unwrap();
    let seen = house
        .count(
            "select count(*) from audit where action = 'contact.see' and role = 'leader' and about is not null",
        )
        .await;
    assert_eq!(seen, 1);
    let mut reading = house.store.read(Who::Operator).await.unwrap();
    assert!(reading.permit::<SeeAccounts>(On::Organisation).await.is_ok());
    drop(reading);
    // Whoever sits at the machine sees nothing of people in groups.
    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let refused = writing.permit::<ChangeRoster>(On::Group(&here())).await.err();
    assert!(is_no(&refused.unwrap()));
}
