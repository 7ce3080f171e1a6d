//! Getting in by an invitation, or by the link of the first start: once, in time, and as long as it still is allowed.

use std::sync::Mutex;

use chrono::TimeDelta;
use domain::access::GrantRefused;
use domain::groups::Slug;
use domain::people::{Handle, Role};
use sea_orm::ConnectionTrait;
use store::acts::{ChangeAccounts, SeeAccounts};
use store::invitations::{self, InvitationError};
use store::people::RoleError;
use store::signing::Proof;
use store::signing::link::Letter;
use store::signing::password::{For, NewPassword};
use store::{On, Store, Who};
use testing::people::mail;
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here};

/// The token in the letter to someone invited.
async fn invite(
    house: &House,
    who: &Who,
    name: &str,
    role: Role,
    group: Option<&Slug>,
) -> Result<String, InvitationError> {
    let caught = Mutex::new(String::new());
    let mut writing = house.store.write(who.clone()).await?;
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    let body = |token: &str| {
        token.clone_into(&mut caught.lock().unwrap());
        String::new()
    };
    let letter = Letter {
        subject: "An invitation",
        body: &body,
    };
    invitations::invite(&mut permit, &mail(name), role, group, &letter).await?;
    writing.commit().await?;
    Ok(caught.into_inner().unwrap())
}

async fn accept(store: &Store, token: &str, name: &str) -> Result<Proof, InvitationError> {
    let handle = Handle::parse(name).unwrap();
    let password = NewPassword::parse("violet harbour cactus 92", For::Staff, None).unwrap();
    let hashed = store.hash_password(password).await?;
    let mut writing = store.write(Who::Visitor).await?;
    let proof = invitations::accept(&mut writing, token, &handle, Some(&mail(name)), hashed).await?;
    writing.commit().await?;
    Ok(proof)
}

#[both_engines]
async fn an_invitation_lets_one_person_in_once_and_in_time(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let alex = house.two("alex").await;
    let token = invite(&house, &alex, "dana", Role::Leader, Some(&here()))
        .await
        .unwrap();
    assert!(accept(&house.store, &token, "dana").await.is_ok());
    let before = house.count("select count(*) from person").await;
    let again = accept(&house.store, &token, "dora").await;
    assert!(matches!(again, Err(InvitationError::Over)));
    let password = "violet harbour cactus 92";
    let proof = house.store.check_password(&mail("dana"), password).await;
    assert!(proof.unwrap().is_some(), "by the address it was sent to");
    let none = house.store.check_password(&mail("dora"), password).await;
    assert!(none.unwrap().is_none());

    let token = invite(&house, &alex, "late", Role::Auditor, None).await.unwrap();
    house.db.clock.forward(invitations::LASTS);
    let late = accept(&house.store, &token, "late").await;
    assert!(matches!(late, Err(InvitationError::Over)));
    for forged in ["", "0", &"0".repeat(64), "' or 1=1 --"] {
        let refused = accept(&house.store, forged, "mallory").await;
        assert!(matches!(refused, Err(InvitationError::Over)), "{forged}");
    }
    let left = house.count("select count(*) from person").await;
    assert_eq!(left, before, "who did not get in is not there");
}

#[both_engines]
async fn an_invitation_taken_back_lets_nobody_in(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let alex = house.two("alex").await;
    let token = invite(&house, &alex, "dana", Role::Auditor, None).await.unwrap();
    let mut writing = house.store.write(alex.clone()).await.unwrap();
    let mut permit = writing.permit::<SeeAccounts>(On::Organisation).await.unwrap();
    let letters = invitations::waiting(&mut permit).await.unwrap();
    assert_eq!(letters.len(), 1);
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    invitations::withdraw(&mut permit, letters[0].id).await.unwrap();
    writing.commit().await.unwrap();
    let refused = accept(&house.store, &token, "dana").await;
    assert!(matches!(refused, Err(InvitationError::Over)));
}

#[both_engines]
async fn who_may_no_longer_invite_has_invited_nobody(db: TestDatabase) {
    let house = House::new(db).await;
    let slug = house.of_all("alex", Role::Admin).await;
    house.of_all("kim", Role::Admin).await;
    let alex = house.two("alex").await;
    let running = invite(&house, &alex, "eve", Role::Admin, None).await.unwrap();
    let by_letter = invite(&house, &alex, "dana", Role::Leader, Some(&here()))
        .await
        .unwrap();
    // An admin no more, and an auditor instead: as high, and giving nothing.
    for sql in [format!(
        "update role_held set role = 'auditor' where person_id = (select id from person where slug = '{slug}')"
    )] {
        house.other.execute_unprepared(&sql).await.unwrap();
    }
    for (token, name) in [(&running, "eve"), (&by_letter, "dana")] {
        let refused = accept(&house.store, token, name).await;
        assert!(matches!(refused, Err(InvitationError::Over)), "{name}");
    }
    // The role is back and the account is closed.
    for sql in [
        format!(
            "update role_held set role = 'admin' where person_id = (select id from person where slug = '{slug}')"
        ),
        format!("update person set ended_at = created_at where slug = '{slug}'"),
    ] {
        house.other.execute_unprepared(&sql).await.unwrap();
    }
    let refused = accept(&house.store, &running, "eve").await;
    assert!(matches!(refused, Err(InvitationError::Over)));
    let admins = house
        .count("select count(*) from role_held where role = 'admin'")
        .await;
    assert_eq!(admins, 2);
}

#[both_engines]
async fn someone_signed_in_takes_an_invitation_up_as_themselves(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    house.here("river", Role::Member).await;
    let alex = house.two("alex").await;
    let token = invite(&house, &alex, "river", Role::Auditor, None).await.unwrap();
    // With an account already one is not someone new.
    let new = accept(&house.store, &token, "river").await;
    assert!(matches!(new, Err(InvitationError::AddressTaken)));
    let river = house.one("river").await;
    let take = async |token: &str| {
        let mut writing = house.store.write(river.clone()).await?;
        invitations::accept_as(&mut writing, token).await?;
        writing.commit().await?;
        Ok::<_, InvitationError>(())
    };
    take(&token).await.unwrap();
    // Nobody leads the group they belong to: the invitation is refused when it is sent, and when it is opened.
    let lead = invite(&house, &alex, "river", Role::Leader, Some(&here())).await;
    assert!(matches!(
        lead,
        Err(InvitationError::Role(RoleError::Refused(
            GrantRefused::LeadsAndBelongs
        )))
    ));
    let stray = invite(&house, &alex, "stray", Role::Leader, Some(&here()))
        .await
        .unwrap();
    assert!(matches!(
        take(&stray).await,
        Err(InvitationError::Role(RoleError::Refused(
            GrantRefused::LeadsAndBelongs
        )))
    ));
    // Nor does anyone take up their own.
    let own = invite(&house, &alex, "spare", Role::Auditor, None).await.unwrap();
    let mut writing = house.store.write(alex.clone()).await.unwrap();
    let refused = invitations::accept_as(&mut writing, &own).await;
    assert!(matches!(refused, Err(InvitationError::Over)));
}

#[both_engines]
async fn the_link_of_the_first_start_works_once_and_only_while_there_is_no_admin(db: TestDatabase) {
    let house = House::new(db).await;
    let link = async || {
        let mut writing = house.store.write(Who::Operator).await.unwrap();
        let token = invitations::set_up(&mut writing).await.unwrap();
        writing.commit().await.unwrap();
        token
    };
    let mut writing = house.store.write(Who::Visitor).await.unwrap();
    assert!(
        invitations::set_up(&mut writing).await.is_err(),
        "at the console only"
    );
    drop(writing);
    let (first, second) = (link().await.unwrap(), link().await.unwrap());
    let refused = accept(&house.store, &first, "early").await;
    assert!(matches!(refused, Err(InvitationError::Over)), "the newest only");

    // Somebody became admin in another way meanwhile.
    house.of_all("alex", Role::Admin).await;
    assert_eq!(link().await, None);
    let mut reading = house.store.read(Who::Visitor).await.unwrap();
    assert_eq!(invitations::find(&mut reading, &second).await.unwrap(), None);
    drop(reading);
    let refused = accept(&house.store, &second, "eve").await;
    assert!(matches!(refused, Err(InvitationError::Over)));

    house
        .other
        .execute_unprepared("update role_held set until_at = from_at")
        .await
        .unwrap();
    let token = link().await.unwrap();
    assert!(accept(&house.store, &token, "dora").await.is_ok());
    assert_eq!(link().await, None);
    house.db.clock.forward(TimeDelta::hours(1));
    let again = accept(&house.store, &token, "dave").await;
    assert!(matches!(again, Err(InvitationError::Over)));
}

/// The second waits inside the database for the first, which then commits.
#[both_engines]
async fn of_two_who_open_one_link_at_the_same_moment_one_gets_in(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("alex", Role::Admin).await;
    let alex = house.two("alex").await;
    let token = invite(&house, &alex, "dana", Role::Auditor, None).await.unwrap();
    house.here("river", Role::Member).await;
    house.here("stone", Role::Facilitator).await;
    let (river, other) = (house.one("river").await, house.one("stone").await);

    let mut first = house.store.write(river).await.unwrap();
    invitations::accept_as(&mut first, &token).await.unwrap();
    let (store, same) = (house.store.clone(), token.clone());
    let second = tokio::spawn(async move {
        let mut writing = store.write(other).await?;
        invitations::accept_as(&mut writing, &same).await?;
        writing.commit().await?;
        Ok::<_, InvitationError>(())
    });
    house.until_one_waits().await;
    first.commit().await.unwrap();
    let second = second.await.unwrap();
    assert!(matches!(second, Err(InvitationError::Over)), "{second:?}");
    assert_eq!(
        house
            .count("select count(*) from role_held where role = 'auditor'")
            .await,
        1
    );
}
