//! People and roles: who gives what to whom, and who gets in by an invitation.

use chrono::TimeDelta;
use domain::access::{Denied, GrantRefused};
use domain::joining::Reason;
use domain::people::{Handle, Role};
use store::acts::{Appoint, ChangeAccounts, ChangeRoster, CountRoster, SeeAccounts, SeeRoster};
use store::people::{RoleError, RoleHeld};
use store::{On, StoreError, Who, people};
use testing::people::{invent, mail};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no, nowhere, there};

/// The roles of an account, as an admin sees them.
async fn roles(house: &House, who: &Who, name: &str) -> Vec<RoleHeld> {
    let mut reading = house.store.read(who.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeAccounts>(On::Organisation).await.unwrap();
    let all = people::accounts(&mut permit).await.unwrap();
    let one = all.into_iter().find(|one| one.handle.as_str() == name);
    one.map(|one| one.roles).unwrap_or_default()
}

async fn give(
    house: &House,
    who: &Who,
    to: &domain::groups::Slug,
    role: Role,
    group: Option<&domain::groups::Slug>,
) -> Result<(), RoleError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    people::give(&mut permit, to, role, group, None).await?;
    writing.commit().await.unwrap();
    Ok(())
}

#[both_engines]
async fn a_role_is_given_held_until_its_day_and_ended_at_once(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let dana = house.there("dana", Role::CoLeader).await;
    let (alex, of_dana) = (house.two("alex").await, house.two("dana").await);
    let until = domain::clock::Clock::now(&*house.db.clock) + TimeDelta::minutes(10);

    let mut writing = house.store.write(alex.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    people::give(&mut permit, &dana, Role::Leader, Some(&here()), Some(until))
        .await
        .unwrap();
    writing.commit().await.unwrap();

    let sees = async || {
        let mut reading = house.store.read(of_dana.clone()).await.unwrap();
        let roster = reading.permit::<SeeRoster>(On::Group(&here())).await;
        roster.is_ok()
    };
    assert!(sees().await);
    let again = give(&house, &alex, &dana, Role::Leader, Some(&here())).await;
    assert!(matches!(again, Err(RoleError::HeldAlready)));
    house.db.clock.forward(TimeDelta::minutes(10));
    assert!(!sees().await, "a role whose time is over counts for nothing");

    // Held again without an end, then ended: from that very moment.
    let alex = house.two("alex").await;
    give(&house, &alex, &dana, Role::Leader, Some(&here()))
        .await
        .unwrap();
    assert!(sees().await);
    let held = roles(&house, &alex, "dana").await;
    let open = held
        .iter()
        .find(|held| held.role == Role::Leader && held.until.is_none());
    let id = open.unwrap().id;
    let mut writing = house.store.write(alex).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    people::end(&mut permit, id).await.unwrap();
    writing.commit().await.unwrap();
    assert!(!sees().await);
    assert_eq!(
        (
            house.audited("roles.give").await,
            house.audited("roles.end").await
        ),
        (2, 1)
    );
}

#[both_engines]
async fn nobody_gives_above_their_own_or_to_themselves_and_only_those_who_may(db: TestDatabase) {
    let house = House::new(db).await;
    let alex = house.of_all("alex", Role::Admin).await;
    let noor = house.of_all("noor", Role::Coordinator).await;
    let dana = house.here("dana", Role::Leader).await;
    let river = house.here("river", Role::Member).await;
    let (admin, coordinator, leader) = (
        house.two("alex").await,
        house.two("noor").await,
        house.two("dana").await,
    );

    let oneself = give(&house, &admin, &alex, Role::Auditor, None).await;
    assert!(matches!(oneself, Err(RoleError::Refused(GrantRefused::Oneself))));
    let lead = give(&house, &admin, &river, Role::Leader, Some(&here())).await;
    assert!(matches!(
        lead,
        Err(RoleError::Refused(GrantRefused::LeadsAndBelongs))
    ));
    let member = give(&house, &admin, &dana, Role::Member, Some(&there())).await;
    assert!(matches!(member, Err(RoleError::Refused(GrantRefused::NotTheirs))));
    for (who, to) in [(&coordinator, &dana), (&leader, &river)] {
        let refused = give(&house, who, to, Role::Admin, None).await;
        assert!(matches!(refused, Err(RoleError::Store(why)) if is_no(&why)));
    }

    // A coordinator appoints in groups, up to their own rank.
    let mut writing = house.store.write(coordinator.clone()).await.unwrap();
    let mut permit = writing.permit::<Appoint>(On::Group(&there())).await.unwrap();
    people::appoint(&mut permit, &dana, Role::Leader, None)
        .await
        .unwrap();
    let above = people::appoint(&mut permit, &dana, Role::Supervisor, None).await;
    assert!(matches!(
        above,
        Err(RoleError::Refused(GrantRefused::AboveOwn {
            role: Role::Supervisor
        }))
    ));
    let oneself = people::appoint(&mut permit, &noor, Role::Leader, None).await;
    assert!(matches!(oneself, Err(RoleError::Refused(GrantRefused::Oneself))));
    drop(writing);

    for who in [&leader, &house.two("river").await] {
        let mut writing = house.store.write(who.clone()).await.unwrap();
        let refused = writing.permit::<Appoint>(On::Group(&here())).await.err();
        assert!(is_no(&refused.unwrap()));
    }
    assert_eq!(house.audited("roles.give").await, 0);
}

#[both_engines]
async fn the_console_gives_no_role_where_it_cannot_be_held(db: TestDatabase) {
    let house = House::new(db).await;
    let river = house.here("river", Role::Member).await;
    let to_lead = give(&house, &Who::Operator, &river, Role::Leader, Some(&here())).await;
    assert!(matches!(
        to_lead,
        Err(RoleError::Refused(GrantRefused::LeadsAndBelongs))
    ));
    let nowhere = give(&house, &Who::Operator, &river, Role::Leader, None).await;
    assert!(matches!(
        nowhere,
        Err(RoleError::Refused(GrantRefused::NeedsGroup {
            role: Role::Leader
        }))
    ));
    let in_group = give(&house, &Who::Operator, &river, Role::Auditor, Some(&here())).await;
    assert!(matches!(
        in_group,
        Err(RoleError::Refused(GrantRefused::NeedsOrganisation {
            role: Role::Auditor
        }))
    ));
}

#[both_engines]
async fn what_is_not_there_and_what_is_not_for_one_are_the_same_no(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    let river = house.there("river", Role::Member).await;
    let dana = house.two("dana").await;
    for (person, group) in [
        (&river, here()),
        (&river, there()),
        (&river, nowhere()),
        (&nowhere(), here()),
        (&nowhere(), nowhere()),
    ] {
        let mut writing = house.store.write(dana.clone()).await.unwrap();
        let refused = writing
            .permit::<store::acts::SeeContact>(On::PersonIn(person, &group))
            .await
            .err();
        assert!(is_no(&refused.unwrap()), "{person} {group}");
    }
    for group in [there(), nowhere()] {
        let mut reading = house.store.read(dana.clone()).await.unwrap();
        let refused = reading.permit::<SeeRoster>(On::Group(&group)).await.err();
        assert!(is_no(&refused.unwrap()), "{group}");
    }
}

#[both_engines]
async fn a_permit_for_one_group_opens_nothing_of_another(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("noor", Role::Coordinator).await;
    house.of_all("alex", Role::Admin).await;
    house.here("dana", Role::Leader).await;
    let river = house.there("river", Role::Member).await;
    invent(
        &house.store,
        "both",
        &[(Role::Leader, Some(&here())), (Role::Member, Some(&there()))],
    )
    .await;
    let noor = house.two("noor").await;
    let mut reading = house.store.read(noor.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Group(&there())).await.unwrap();
    let roster = people::roster(&mut permit).await.unwrap();
    let names: Vec<_> = roster.iter().map(|one| one.handle.as_str()).collect();
    assert_eq!(names, ["both", "river"]);
    let id = roster.iter().find(|one| one.person == river).unwrap().role.id;
    drop(reading);

    // The id is right and the group is not.
    let mut writing = house.store.write(noor).await.unwrap();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&here())).await.unwrap();
    let refused = people::remove_member(&mut permit, id, Reason::Unknown).await;
    assert!(matches!(refused, Err(RoleError::Store(why)) if is_no(&why)));
    let mut permit = writing.permit::<Appoint>(On::Group(&here())).await.unwrap();
    let refused = people::dismiss(&mut permit, id).await;
    assert!(matches!(refused, Err(RoleError::Store(why)) if is_no(&why)));
    drop(writing);

    // Who leads here and belongs there leads there by nothing.
    let both = house.two("both").await;
    let mut reading = house.store.read(both).await.unwrap();
    assert!(reading.permit::<SeeRoster>(On::Group(&here())).await.is_ok());
    assert!(reading.permit::<SeeRoster>(On::Group(&there())).await.is_err());
    drop(reading);

    // An admin sees accounts, and neither rosters nor who is a member of what.
    let alex = house.two("alex").await;
    let mut reading = house.store.read(alex.clone()).await.unwrap();
    assert!(reading.permit::<SeeRoster>(On::Group(&here())).await.is_err());
    assert!(reading.permit::<CountRoster>(On::Group(&here())).await.is_err());
    drop(reading);
    let both = roles(&house, &alex, "both").await;
    assert_eq!(
        both.iter().map(|held| held.role).collect::<Vec<_>>(),
        [Role::Leader]
    );
    assert_eq!(roles(&house, &alex, "river").await, []);
}

#[both_engines]
async fn a_role_that_another_connection_ended_a_moment_ago_opens_nothing(db: TestDatabase) {
    use sea_orm::ConnectionTrait;
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    let dana = house.two("dana").await;
    let mut reading = house.store.read(dana.clone()).await.unwrap();
    assert!(reading.permit::<SeeRoster>(On::Group(&here())).await.is_ok());
    drop(reading);
    house
        .other
        .execute_unprepared("update role_held set until_at = from_at where role = 'leader'")
        .await
        .unwrap();
    // The browser's SignedIn still lists the role; the permit does not ask it.
    let mut reading = house.store.read(dana.clone()).await.unwrap();
    let refused = reading.permit::<SeeRoster>(On::Group(&here())).await.err();
    assert!(is_no(&refused.unwrap()));
    drop(reading);
    let mut writing = house.store.write(dana).await.unwrap();
    let refused = writing
        .permit::<store::acts::EditGroup>(On::Group(&here()))
        .await
        .err();
    assert!(is_no(&refused.unwrap()));
}

#[both_engines]
async fn one_factor_is_not_enough_for_a_role_that_asks_for_two(db: TestDatabase) {
    let house = House::new(db).await;
    house.here("dana", Role::Leader).await;
    house.here("joan", Role::Facilitator).await;
    let mut reading = house.store.read(house.one("dana").await).await.unwrap();
    let refused = reading.permit::<SeeRoster>(On::Group(&here())).await.err();
    assert!(matches!(refused, Some(StoreError::Denied(Denied::SecondFactor))));
    let mut reading = house.store.read(house.one("joan").await).await.unwrap();
    assert!(reading.permit::<SeeRoster>(On::Group(&here())).await.is_ok());
}

#[both_engines]
async fn the_most_sensitive_acts_ask_again_and_renewing_answers(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let token = testing::people::by_two(&house.store, &house.db.clock, &mail("alex")).await;
    let alex = testing::people::signed_in(&house.store, &token).await;
    house.db.clock.forward(TimeDelta::minutes(6));
    let mut writing = house.store.write(Who::Person(alex.clone())).await.unwrap();
    let refused = writing.permit::<ChangeAccounts>(On::Organisation).await.err();
    assert!(matches!(refused, Some(StoreError::Denied(Denied::ProveAgain))));
    drop(writing);
    let proof = testing::people::show_link(&house.store, &mail("alex")).await;
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let token = store::sessions::renew(&mut writing, &alex, &proof).await.unwrap();
    writing.commit().await.unwrap();
    let alex = testing::people::who(&house.store, token.reveal()).await;
    let mut writing = house.store.write(alex).await.unwrap();
    assert!(writing.permit::<ChangeAccounts>(On::Organisation).await.is_ok());
}

#[both_engines]
async fn there_is_always_an_admin(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.of_all("kim", Role::Admin).await;
    let (alex, kim) = (house.two("alex").await, house.two("kim").await);
    let (of_alex, of_kim) = (
        roles(&house, &alex, "alex").await[0].id,
        roles(&house, &alex, "kim").await[0].id,
    );
    // Each takes the other's away at the same moment: the second waits inside the database for the first.
    let mut first = house.store.write(alex).await.unwrap();
    let mut permit = first.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    people::end(&mut permit, of_kim).await.unwrap();
    let store = house.store.clone();
    let second = tokio::spawn(async move {
        let mut writing = store.write(kim).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::end(&mut permit, of_alex).await?;
        writing.commit().await?;
        Ok::<_, RoleError>(())
    });
    house.until_one_waits().await;
    first.commit().await.unwrap();
    let second = second.await.unwrap();
    assert!(second.is_err(), "{second:?}");
    let left = house
        .count("select count(*) from role_held where role = 'admin' and until_at is null")
        .await;
    assert_eq!(left, 1);

    let mut writing = house.store.write(Who::Operator).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    for id in [of_alex, of_kim] {
        match people::end(&mut permit, id).await {
            Err(RoleError::LastAdmin) => return,
            other => assert!(other.is_ok(), "one that has ended stays so"),
        }
    }
    panic!("the last admin was ended");
}

#[both_engines]
async fn a_handle_alone_takes_part_by_a_code_and_a_wrong_code_is_nobody(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("noor", Role::Coordinator).await;
    let noor = house.two("noor").await;
    let mut writing = house.store.write(noor).await.unwrap();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&here())).await.unwrap();
    let heron = Handle::parse("Blue Heron").unwrap();
    let (_, code) = store::invitations::add_by_handle(&mut permit, &heron)
        .await
        .unwrap();
    assert_eq!(format!("{code:?}"), "Code([sealed])");
    writing.commit().await.unwrap();
    let plain = code.reveal().replace(' ', "");
    let kept = house
        .count(&format!(
            "select count(*) from join_code where lookup like '%{plain}%'"
        ))
        .await;
    assert_eq!(kept, 0, "the database does not hold the code");
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    let proof = store::signing::code::check(&mut writing, &code.reveal())
        .await
        .unwrap();
    let token = store::sessions::begin(&mut writing, &proof.unwrap())
        .await
        .unwrap();
    for wrong in ["", "0000 0000 0000 0000", "1", &plain[1..]] {
        let none = store::signing::code::check(&mut writing, wrong).await.unwrap();
        assert!(none.is_none(), "{wrong}");
    }
    writing.commit().await.unwrap();
    let heron = testing::people::signed_in(&house.store, token.reveal()).await;
    assert_eq!(heron.handle().as_str(), "Blue Heron");
}
