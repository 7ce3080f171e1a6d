//! What a person agreed to, and what was given away because of it or on another ground.

use chrono::TimeDelta;
use domain::access::Class;
use domain::clock::Clock as _;
use domain::consents::{Basis, Classes, ConsentError, ConsentId, ConsentRefused, Purpose};
use domain::groups::Slug;
use domain::people::Role;
use domain::text::Line;
use sea_orm::ConnectionTrait;
use store::acts::{ChangeConsents, SeeAccount, SeeAudit, SeeConsents, SeeContact};
use store::audit::{self, By, Deed};
use store::break_glass::{self, Notice, Reason};
use store::consents::{self, Asked, SigningError};
use store::disclosures::{self, Disclosed, DisclosureError};
use store::{On, StoreError, Who};
use testing::people::invent;
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no};

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn asked(house: &House, classes: &str) -> Asked {
    Asked {
        purpose: Purpose::Care,
        recipient: line("Dr. Ames"),
        classes: Classes::parse(classes).unwrap(),
        until: house.db.clock.now() + TimeDelta::days(90),
    }
}

/// One who belongs to the group that is here, and one who leads it.
async fn house(db: TestDatabase) -> (House, Slug, Who, Who) {
    let house = House::new(db).await;
    let river = house.here("river", Role::Member).await;
    invent(&house.store, "dana", &[(Role::Leader, Some(&here()))]).await;
    let (own, dana) = (house.one("river").await, house.two("dana").await);
    (house, river, own, dana)
}

async fn sign(house: &House, who: &Who, asked: Asked) -> Result<ConsentId, SigningError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeConsents>(On::Myself).await.unwrap();
    let id = consents::sign(&mut permit, asked, "I agree that …").await?;
    writing.commit().await.unwrap();
    Ok(id)
}

async fn revoke(house: &House, who: &Who, id: ConsentId) -> Result<(), StoreError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeConsents>(On::Myself).await?;
    consents::revoke(&mut permit, id).await?;
    writing.commit().await
}

async fn agreed(house: &House, who: &Who) -> Vec<consents::Agreed> {
    let mut reading = house.store.read(who.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeConsents>(On::Myself).await.unwrap();
    consents::mine(&mut permit).await.unwrap()
}

async fn given(house: &House, who: &Who) -> Vec<Disclosed> {
    let mut reading = house.store.read(who.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeConsents>(On::Myself).await.unwrap();
    disclosures::mine(&mut permit).await.unwrap()
}

async fn give(
    house: &House,
    who: &Who,
    person: &Slug,
    to: &str,
    basis: Basis,
) -> Result<(), DisclosureError> {
    let mut writing = house.store.write(who.clone()).await.unwrap();
    let mut permit = writing
        .permit::<SeeContact>(On::PersonIn(person, &here()))
        .await?;
    disclosures::make(&mut permit, &line(to), basis, b"216 555 0142").await?;
    Ok(writing.commit().await?)
}

#[both_engines]
async fn a_person_agrees_and_takes_back_and_nobody_does_so_for_them(db: TestDatabase) {
    let (house, river, own, _) = house(db).await;
    assert_eq!(agreed(&house, &own).await, []);
    let id = sign(&house, &own, asked(&house, "C3 C5")).await.unwrap();
    let mine = agreed(&house, &own).await;
    assert_eq!(mine.len(), 1);
    let consent = &mine[0].consent;
    assert_eq!((mine[0].id, consent.recipient()), (id, &line("Dr. Ames")));
    assert_eq!(consent.classes().to_string(), "C3 C5");
    assert!(consent.holds(house.db.clock.now()) && consent.revoked_at().is_none());
    let over = Asked {
        until: house.db.clock.now(),
        ..asked(&house, "C3")
    };
    let refused = sign(&house, &own, over).await;
    assert!(matches!(refused, Err(SigningError::Consent(ConsentError::Over))));

    // Whatever they are here: nobody sees or changes what someone else agreed to.
    for (name, role) in [
        ("noor", Role::Coordinator),
        ("alex", Role::Admin),
        ("ines", Role::Auditor),
        ("ruth", Role::Supervisor),
    ] {
        house.of_all(name, role).await;
        let other = house.two(name).await;
        let mut reading = house.store.read(other.clone()).await.unwrap();
        for on in [On::Person(&river), On::PersonIn(&river, &here())] {
            let refused = reading.permit::<SeeConsents>(on).await.err().unwrap();
            assert!(is_no(&refused), "{name}");
        }
        drop(reading);
        let refused = revoke(&house, &other, id).await.unwrap_err();
        assert!(is_no(&refused), "{name}");
    }
    for who in [Who::Operator, Who::Job("feeds"), Who::Visitor] {
        let mut writing = house.store.write(who).await.unwrap();
        let refused = writing
            .permit::<ChangeConsents>(On::Person(&river))
            .await
            .err()
            .unwrap();
        assert!(is_no(&refused));
    }

    house.db.clock.forward(TimeDelta::days(1));
    let own = house.one("river").await;
    revoke(&house, &own, id).await.unwrap();
    let at = agreed(&house, &own).await[0].consent.revoked_at();
    assert_eq!(at, Some(house.db.clock.now()));
    house.db.clock.forward(TimeDelta::minutes(1));
    revoke(&house, &own, id).await.unwrap();
    assert_eq!(agreed(&house, &own).await[0].consent.revoked_at(), at);
    assert_eq!(house.audited("consents.sign").await, 1);
    assert_eq!(house.audited("consents.revoke").await, 1);
}

#[both_engines]
async fn what_is_given_away_needs_a_consent_that_holds_for_it_and_stands_on_the_persons_list(
    db: TestDatabase,
) {
    let (house, river, own, dana) = house(db).await;
    let id = sign(&house, &own, asked(&house, "C3")).await.unwrap();
    let basis = Basis::Consent(id);
    give(&house, &dana, &river, "Dr. Ames", basis).await.unwrap();
    let list = given(&house, &own).await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].recipient, Some(line("Dr. Ames")));
    assert_eq!((list[0].basis, list[0].by), (basis, By::Role(Role::Leader)));
    assert_eq!(list[0].classes, Classes::new([Class::Contact]).unwrap());
    // printf '216 555 0142' | sha256sum
    assert_eq!(
        list[0].what,
        "9a699e03e0e4e758038982e5d8062b985b23465b24090b56d3fb6ac23f037992"
    );
    // It is among the looks, too.
    let mut reading = house.store.read(own.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeAudit>(On::Myself).await.unwrap();
    let looks = audit::about_me(&mut permit, None, 10).await.unwrap();
    let deeds: Vec<Deed> = looks.looks.iter().map(|look| look.deed).collect();
    assert!(
        deeds.contains(&Deed::Gave) && deeds.contains(&Deed::Saw),
        "{deeds:?}"
    );
    assert!(
        looks
            .looks
            .iter()
            .all(|look| look.group == Some(here()) && look.role == Some(Role::Leader))
    );
    drop(reading);

    let why = give(&house, &dana, &river, "Dr. Bell", basis).await;
    assert!(matches!(
        why,
        Err(DisclosureError::Refused(ConsentRefused::OtherRecipient))
    ));
    let attendance = sign(&house, &own, asked(&house, "C5")).await.unwrap();
    let why = give(&house, &dana, &river, "Dr. Ames", Basis::Consent(attendance)).await;
    assert!(matches!(
        why,
        Err(DisclosureError::Refused(ConsentRefused::OtherClass))
    ));
    // That of another person is none.
    let stone = house.here("stone", Role::Member).await;
    let why = give(&house, &dana, &stone, "Dr. Ames", basis).await;
    assert!(matches!(why, Err(DisclosureError::Store(why)) if is_no(&why)));
    revoke(&house, &own, id).await.unwrap();
    let why = give(&house, &dana, &river, "Dr. Ames", basis).await;
    assert!(matches!(
        why,
        Err(DisclosureError::Refused(ConsentRefused::Revoked))
    ));
    let soon = Asked {
        until: house.db.clock.now() + TimeDelta::seconds(1),
        ..asked(&house, "C3")
    };
    let soon = sign(&house, &own, soon).await.unwrap();
    house.db.clock.forward(TimeDelta::seconds(1));
    let why = give(&house, &dana, &river, "Dr. Ames", Basis::Consent(soon)).await;
    assert!(matches!(
        why,
        Err(DisclosureError::Refused(ConsentRefused::Expired))
    ));
    // Of those that were refused nothing stands there.
    assert_eq!(given(&house, &own).await.len(), 1);
    give(&house, &dana, &river, "The county court", Basis::Law)
        .await
        .unwrap();
    assert_eq!(given(&house, &own).await[0].basis, Basis::Law);
}

#[both_engines]
async fn what_was_opened_in_an_emergency_is_given_away_only_when_someone_gives_it(db: TestDatabase) {
    let (house, river, own, _) = house(db).await;
    invent(&house.store, "ruth", &[(Role::Supervisor, Some(&here()))]).await;
    let ruth = house.two("ruth").await;
    let notice = Notice {
        subject: "A note",
        body: "A record was opened.",
    };
    let mut writing = house.store.write(ruth.clone()).await.unwrap();
    let words = "A neighbour called: they may be in danger";
    break_glass::open(&mut writing, &river, &here(), Reason::Danger, words, &notice)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    // It was opened inside: a look, and no more.
    assert_eq!(given(&house, &own).await, []);
    give(&house, &ruth, &river, "Ambulance", Basis::Danger)
        .await
        .unwrap();
    let list = given(&house, &own).await;
    assert_eq!((list[0].basis, list[0].by), (Basis::Danger, By::BreakGlass));
}

#[both_engines]
async fn what_one_takes_for_oneself_is_on_the_list_and_is_given_to_nobody_else(db: TestDatabase) {
    let (house, _, own, _) = house(db).await;
    let mut writing = house.store.write(own.clone()).await.unwrap();
    let mut permit = writing.permit::<SeeContact>(On::Myself).await.unwrap();
    for basis in [Basis::OwnRequest, Basis::Danger] {
        let refused = disclosures::make(&mut permit, &line("A friend"), basis, b"all of it").await;
        assert!(matches!(refused, Err(DisclosureError::Store(why)) if is_no(&why)));
    }
    disclosures::to_oneself(&mut permit, b"all of it").await.unwrap();
    // What is not kept of them as a member is no disclosure.
    let mut permit = writing.permit::<SeeAccount>(On::Myself).await.unwrap();
    let refused = disclosures::to_oneself(&mut permit, b"my account").await;
    assert!(is_no(&refused.unwrap_err()));
    writing.commit().await.unwrap();
    let list = given(&house, &own).await;
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].basis, &list[0].recipient), (Basis::OwnRequest, &None));
    assert_eq!(list[0].by, By::Own);
    // What they did themselves is no look of someone else.
    let mut reading = house.store.read(own).await.unwrap();
    let mut permit = reading.permit::<SeeAudit>(On::Myself).await.unwrap();
    assert_eq!(audit::about_me(&mut permit, None, 10).await.unwrap().looks, []);
}

#[both_engines]
async fn a_consent_is_only_ever_revoked_and_a_disclosure_stays(db: TestDatabase) {
    let (house, river, own, dana) = house(db).await;
    let id = sign(&house, &own, asked(&house, "C3")).await.unwrap();
    give(&house, &dana, &river, "Dr. Ames", Basis::Consent(id))
        .await
        .unwrap();
    let later = "'2030-01-01 00:00:00+00:00'";
    for sql in [
        "update consent set recipient = 'Dr. Bell'".to_owned(),
        format!("update consent set revoked_at = {later}, purpose = 'research'"),
        format!("update consent set expires_at = {later}"),
        "delete from consent".to_owned(),
    ] {
        let why = house.other.execute_unprepared(&sql).await.unwrap_err();
        assert!(
            why.to_string().contains("a consent is only ever revoked"),
            "{sql}: {why}"
        );
    }
    revoke(&house, &own, id).await.unwrap();
    for sql in [
        format!("update consent set revoked_at = {later}"),
        "update consent set revoked_at = null".to_owned(),
    ] {
        let why = house.other.execute_unprepared(&sql).await.unwrap_err();
        assert!(
            why.to_string().contains("a consent is only ever revoked"),
            "{sql}"
        );
    }
    for sql in [
        "update disclosure set recipient = 'Nobody'",
        "delete from disclosure",
    ] {
        let why = house.other.execute_unprepared(sql).await.unwrap_err();
        assert!(why.to_string().contains("disclosures stay as they are"), "{sql}");
    }
}
