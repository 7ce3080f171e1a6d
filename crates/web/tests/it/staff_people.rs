//! The people of a group as staff see them: who is taken in and out, how one is reached, and opening that in an emergency.

use crate::common::browser::{Browser, browser, signed_in};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::clock::Clock as _;
use domain::groups::Slug;
use domain::joining::{Ended, Reason, Standing};
use domain::people::Role;
use store::acts::SeeIntake;
use store::{On, Store, Who, joining, outbox};
use testing::people::{by_two, invent, mail, who};
use testing::{TestDatabase, both_engines};

const OK: StatusCode = StatusCode::OK;

/// A support group and a therapy group, with people in them.
struct House {
    db: TestDatabase,
    store: Store,
}

fn grief() -> Slug {
    Slug::from_bits(1)
}

fn therapy() -> Slug {
    Slug::from_bits(2)
}

fn people(group: &Slug) -> String {
    format!("/staff/groups/{group}/people")
}

impl House {
    async fn new(db: TestDatabase) -> Self {
        browser(&db).await;
        let store = db.store().await;
        invent(&store, "noor", &[(Role::Coordinator, None)]).await;
        invent(&store, "dana", &[(Role::Leader, Some(&therapy()))]).await;
        invent(&store, "joan", &[(Role::Facilitator, Some(&grief()))]).await;
        invent(&store, "ruth", &[(Role::Supervisor, Some(&therapy()))]).await;
        invent(&store, "otto", &[(Role::Supervisor, Some(&therapy()))]).await;
        invent(&store, "ines", &[(Role::Auditor, None)]).await;
        Self { db, store }
    }

    async fn as_one(&self, name: &str) -> Browser {
        let token = by_two(&self.store, &self.db.clock, &mail(name)).await;
        signed_in(&self.db, &token).await
    }

    /// Who was written to since the last time.
    async fn letters(&self) -> Vec<String> {
        let mut writing = self.store.write(Who::Job("mail")).await.unwrap();
        let letters = outbox::take(&mut writing, 99).await.unwrap();
        writing.commit().await.unwrap();
        letters.into_iter().map(|letter| letter.mail).collect()
    }
}

/// The address of the first form of a page that goes there.
fn act<'a>(page: &'a str, part: &str) -> &'a str {
    let mut acts = page
        .split("action=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    acts.find(|act| act.contains(part))
        .unwrap_or_else(|| panic!("no {part} in {page}"))
}

#[both_engines]
async fn who_comes_by_a_handle_gets_a_code_that_is_shown_once_and_signs_in(db: TestDatabase) {
    let house = House::new(db).await;
    let mut noor = house.as_one("noor").await;
    let here = people(&grief());
    let (status, page) = noor.post(&format!("{here}/members"), "handle=").await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Write a name"),
        "{page}"
    );
    let (status, page) = noor.post(&format!("{here}/members"), "handle=Blue+Heron").await;
    assert_eq!(status, OK);
    let code = page.split("class=\"secret\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap().replace(' ', "+");
    let (_, page) = noor.get(&here).await;
    assert!(
        page.contains("Blue Heron") && page.contains("One member"),
        "{page}"
    );
    assert!(!page.contains(&code.replace('+', " ")));
    let mut heron = browser(&house.db).await;
    assert_eq!(
        heron.post("/sign-in/code", &format!("code={code}")).await.1,
        "/me"
    );

    let mut joan = house.as_one("joan").await;
    let (status, page) = joan.get(&here).await;
    assert!(status == OK && page.contains("Blue Heron"));
    assert!(
        !page.contains("<form class=\"stack\""),
        "who holds a group takes nobody in: {page}"
    );
}

#[both_engines]
async fn an_end_is_taken_back_and_the_rows_of_before_stay(db: TestDatabase) {
    let house = House::new(db).await;
    invent(&house.store, "river", &[(Role::Member, Some(&grief()))]).await;
    let mut noor = house.as_one("noor").await;
    let here = people(&grief());
    for (kind, who, role, rest) in [
        ("/members/", "river", "member", "/members/restoration"),
        ("/leaders/", "joan", "facilitator", "/leaders/restoration"),
    ] {
        let (_, page) = noor.get(&here).await;
        let end = act(&page, kind).to_owned();
        assert!(end.ends_with("/end"), "{end}");
        let slug = page.split(&format!("action=\"{end}\"")).nth(1).unwrap();
        let slug = slug
            .split("name=\"person\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let form = format!("person={slug}&role={role}");
        let (status, to) = noor.post(&end, &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        let (_, page) = noor.get(&to).await;
        assert!(!page.contains(&format!("<b>{who}</b>")), "{page}");
        assert_eq!(noor.post(act(&page, rest), &form).await.1, here);
        let (_, page) = noor.get(&here).await;
        assert!(page.contains(&format!("<b>{who}</b>")), "{page}");
    }
    // Nobody who was never here comes in by that way.
    let kim = invent(&house.store, "kim", &[]).await;
    let (status, _) = noor
        .post(
            &format!("{here}/members/restoration"),
            &format!("person={kim}&role=member"),
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn who_is_taken_out_of_a_therapy_group_came_no_more_for_a_reason_that_is_asked(db: TestDatabase) {
    let house = House::new(db).await;
    let mut noor = house.as_one("noor").await;
    let ada = "name=Ada&mail=ada%40people.example&since=2026-03-09&screened_by=Dr.+Ames";
    let members = format!("/staff/groups/{}/members", therapy());
    assert_eq!(noor.post(&members, ada).await.0, StatusCode::SEE_OTHER);
    let (_, page) = noor.get(&people(&therapy())).await;
    assert!(page.contains("name=\"reason\"") && page.contains("they came no more"));
    let end = act(&page, "/members/").to_owned();
    let (status, _) = noor.post(&end, "role=member&reason=practical").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let token = by_two(&house.store, &house.db.clock, &mail("noor")).await;
    let asker = who(&house.store, &token).await;
    let mut reading = house.store.read(asker).await.unwrap();
    let mut permit = reading.permit::<SeeIntake>(On::Group(&therapy())).await.unwrap();
    let all = joining::memberships(&mut permit).await.unwrap();
    assert!(matches!(
        all[0].membership.standing,
        Standing::Ended(Ended::DroppedOut {
            reason: Reason::Practical,
            ..
        })
    ));
    // Whoever comes to a support group as they are goes as they are.
    invent(&house.store, "river", &[(Role::Member, Some(&grief()))]).await;
    let (_, page) = noor.get(&people(&grief())).await;
    assert!(page.contains("Take out of the group") && !page.contains("name=\"reason\""));
}

#[both_engines]
async fn leaders_and_members_are_invited_by_a_letter_that_can_be_withdrawn(db: TestDatabase) {
    let house = House::new(db).await;
    let mut noor = house.as_one("noor").await;
    let here = people(&grief());
    house.letters().await;
    for (path, form) in [
        ("leaders", "leader=lee%40people.example&role=facilitator"),
        ("members", "mail=mo%40people.example"),
    ] {
        let (_, to) = noor.post(&format!("{here}/{path}"), form).await;
        assert_eq!(to, format!("{here}?done=invited"));
    }
    let mut written = house.letters().await;
    written.sort();
    assert_eq!(written, ["lee@people.example", "mo@people.example"]);
    let (_, page) = noor.get(&here).await;
    assert!(page.contains("lee@people.example") && page.contains("mo@people.example"));
    let withdraw = act(&page, "/withdrawal").to_owned();
    assert_eq!(noor.post(&withdraw, "").await.1, here);
    let (_, page) = noor.get(&here).await;
    assert_eq!(page.matches("/withdrawal").count(), 1, "{page}");
    // Into a therapy group nobody comes by a form.
    let (status, _) = noor
        .post(
            &format!("{}/members", people(&therapy())),
            "mail=mo%40people.example",
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn who_looked_at_how_to_reach_someone_stands_on_that_persons_page(db: TestDatabase) {
    let house = House::new(db).await;
    let sam = invent(&house.store, "sam", &[(Role::Member, Some(&therapy()))]).await;
    let mut dana = house.as_one("dana").await;
    let place = format!("{}/{sam}", people(&therapy()));
    let (status, page) = dana.get(&place).await;
    assert!(
        status == OK && page.contains("mailto:sam@people.example"),
        "{page}"
    );
    let mut own = house.as_one("sam").await;
    let (_, page) = own.get("/me/looked").await;
    assert!(
        page.contains("How to reach you") && page.contains("Leader"),
        "{page}"
    );
    assert!(!page.contains("dana"), "by their role, not by name: {page}");
    // Not for who holds another group.
    let mut joan = house.as_one("joan").await;
    assert_eq!(joan.get(&place).await.0, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn break_glass_opens_one_record_tells_others_shows_a_banner_and_is_looked_at(db: TestDatabase) {
    let house = House::new(db).await;
    let sam = invent(&house.store, "sam", &[(Role::Member, Some(&therapy()))]).await;
    let kim = invent(&house.store, "kim", &[(Role::Member, Some(&therapy()))]).await;
    let mut ruth = house.as_one("ruth").await;
    let place = format!("{}/{sam}", people(&therapy()));
    let glass = format!("{place}/break-glass");
    assert_eq!(
        ruth.get(&place).await.1,
        glass,
        "how to reach them is not hers to see"
    );
    let (status, page) = ruth.post(&glass, "reason=danger&words=help").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("This has 4") && page.contains(">help<"),
        "what was typed stays: {page}"
    );
    house.letters().await;
    let words = "reason=danger&words=A+neighbour+called%3A+they+may+be+in+danger";
    assert_eq!(ruth.post(&glass, words).await.1, place);
    let mut told = house.letters().await;
    told.sort();
    assert_eq!(told, ["ines@people.example", "otto@people.example"]);
    let (_, page) = ruth.get(&place).await;
    assert!(
        page.contains("sam@people.example") && page.contains("open for 60 minutes more"),
        "{page}"
    );
    // It opened nobody else.
    let other = format!("{}/{kim}", people(&therapy()));
    assert_eq!(ruth.get(&other).await.1, format!("{other}/break-glass"));
    // Sam sees it.
    let mut own = house.as_one("sam").await;
    assert!(own.get("/me/looked").await.1.contains("opened in an emergency"));
    // Another supervisor reads why, an auditor sees that it was done, who did it looks at it not.
    let mut otto = house.as_one("otto").await;
    let (_, page) = otto.get("/staff/break-glass").await;
    assert!(
        page.contains("A neighbour called") && page.contains("ruth"),
        "{page}"
    );
    let mut ines = house.as_one("ines").await;
    let (_, seen) = ines.get("/staff/break-glass").await;
    assert!(
        !seen.contains("A neighbour called") && seen.contains("Someone may be in danger"),
        "{seen}"
    );
    assert!(
        !ruth
            .get("/staff/break-glass")
            .await
            .1
            .contains("A neighbour called")
    );
    let review = act(&page, "/review").to_owned();
    assert_eq!(ruth.post(&review, "finding=right").await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        otto.post(&review, "finding=not-needed").await.1,
        "/staff/break-glass"
    );
    // What came of it is told to those who look, who opened it among them.
    for reader in [&mut otto, &mut ines, &mut ruth] {
        let (_, page) = reader.get("/staff/break-glass").await;
        assert!(
            page.contains("Nothing waits") && page.contains("<b>It was not needed</b>"),
            "{page}"
        );
    }
    // It is closed before its time, or over after it.
    let (_, page) = ruth.get("/staff").await;
    let close = act(&page, "/end").to_owned();
    assert_eq!(otto.post(&close, "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(ruth.post(&close, "").await.1, "/staff");
    assert_eq!(ruth.get(&place).await.1, glass);
    assert_eq!(ruth.post(&glass, words).await.1, place);
    house.db.clock.forward(TimeDelta::minutes(14));
    assert!(ruth.get(&place).await.1.contains("open for 46 minutes more"));
    for _ in 0..4 {
        house.db.clock.forward(TimeDelta::minutes(14));
        ruth.get("/me").await;
    }
    let mut ruth = house.as_one("ruth").await;
    assert_eq!(ruth.get(&place).await.1, glass, "an hour is over");
}

#[both_engines]
async fn looks_come_some_at_a_time_and_also_to_who_leads_elsewhere(db: TestDatabase) {
    let house = House::new(db).await;
    // Joan leads a group, and is a member of the one that Dana leads.
    let sam = invent(
        &house.store,
        "sam",
        &[
            (Role::Member, Some(&therapy())),
            (Role::Facilitator, Some(&grief())),
        ],
    )
    .await;
    let place = format!("{}/{sam}", people(&therapy()));
    let mut dana = house.as_one("dana").await;
    for _ in 0..60 {
        assert_eq!(dana.get(&place).await.0, OK);
        house.db.clock.forward(TimeDelta::seconds(5));
    }
    let mut own = house.as_one("sam").await;
    let (mut path, mut seen) = ("/me/looked".to_owned(), Vec::new());
    loop {
        let (_, page) = own.get(&path).await;
        seen.push(page.matches("looked at").count() - page.matches("Who looked at").count());
        let Some(link) = page.split("href=\"/me/looked?before=").nth(1) else {
            break;
        };
        path = format!("/me/looked?before={}", link.split('"').next().unwrap());
    }
    assert_eq!(seen, [50, 10]);
}

#[both_engines]
async fn what_one_agreed_to_is_told_and_taken_back_and_what_was_given_is_a_list_to_take_away(
    db: TestDatabase,
) {
    use domain::access::Class;
    use domain::consents::{Basis, Classes, Purpose};
    use domain::text::Line;
    use store::acts::{ChangeConsents, SeeContact};
    use store::consents::{self, Asked};
    use store::{On, disclosures};

    let house = House::new(db).await;
    let sam = invent(&house.store, "sam", &[(Role::Member, Some(&therapy()))]).await;
    let mut own = house.as_one("sam").await;
    let (_, page) = own.get("/me/consents").await;
    assert!(
        page.contains("You have agreed to nothing") && page.contains("You can allow it below."),
        "{page}"
    );
    assert!(
        own.get("/me/disclosures")
            .await
            .1
            .contains("Nothing was given to anyone")
    );
    let (_, page) = own.get("/me").await;
    for path in ["/me/looked", "/me/consents", "/me/disclosures"] {
        assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
    }

    let recipient = Line::parse("=Dr. Ames").unwrap();
    let token = by_two(&house.store, &house.db.clock, &mail("sam")).await;
    let who = testing::people::who(&house.store, &token).await;
    let mut writing = house.store.write(who).await.unwrap();
    let mut permit = writing.permit::<ChangeConsents>(On::Myself).await.unwrap();
    let asked = Asked {
        purpose: Purpose::Care,
        recipient: recipient.clone(),
        classes: Classes::new([Class::Contact]).unwrap(),
        until: house.db.clock.now() + TimeDelta::days(90),
    };
    let id = consents::sign(&mut permit, asked, "I agree").await.unwrap();
    writing.commit().await.unwrap();
    let token = by_two(&house.store, &house.db.clock, &mail("dana")).await;
    let who = testing::people::who(&house.store, &token).await;
    let mut writing = house.store.write(who).await.unwrap();
    let mut permit = writing
        .permit::<SeeContact>(On::PersonIn(&sam, &therapy()))
        .await
        .unwrap();
    disclosures::make(&mut permit, &recipient, Basis::Consent(id), b"sam@people.example")
        .await
        .unwrap();
    writing.commit().await.unwrap();

    let mut own = house.as_one("sam").await;
    let (_, page) = own.get("/me/consents").await;
    assert!(
        page.contains("=Dr. Ames") && page.contains("nothing more is given to them"),
        "{page}"
    );
    let revoke = act(&page, "/revocation").to_owned();
    // Not for anybody else.
    let mut kim = house.as_one("joan").await;
    assert_eq!(kim.post(&revoke, "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(own.post(&revoke, "").await.1, "/me/consents?done=revoked");
    let (_, page) = own.get("/me/consents?done=revoked").await;
    assert!(
        page.contains("You took it back.") && !page.contains("/revocation"),
        "{page}"
    );
    let (_, page) = own.get("/me/disclosures").await;
    assert!(
        page.contains("=Dr. Ames") && page.contains("You agreed to it."),
        "{page}"
    );
    let (status, sheet) = own.get("/me/disclosures.csv").await;
    assert_eq!(status, OK);
    assert!(sheet.contains("\"'=Dr. Ames\",\"How to reach you\""), "{sheet}");
    assert!(own.get("/me/looked").await.1.contains("given to someone outside"));
}
