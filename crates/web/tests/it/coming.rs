//! Coming to a support group as a browser without scripts does it: without an account, back by the number, with one tap, and in while the door
//! is open; and what who leads the group sees.
#![expect(clippy::too_many_lines, reason = "the whole way, step by step")]

use crate::common::browser::{Browser, Elsewhere, browser, signed_in};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::agreements::Kind as Agreement;
use domain::clock::Clock as _;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_link, invent, letters, mail};
use testing::{TestDatabase, both_engines};

const LINK: &str = "https://meet.example/thursday-7f3a";
const ADDRESS: &str = "Blue door in the yard";

fn hash() -> String {
    let content = crate::common::content();
    let text = content
        .agreements
        .iter()
        .find(|text| text.kind() == Agreement::PeerRules);
    text.unwrap().hash().to_string()
}

fn to(db: &TestDatabase, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    db.clock.forward(at - db.clock.now());
}

/// The number that is shown once.
fn number(page: &str) -> String {
    let after = page.split("<code class=\"secret\">").nth(1).unwrap();
    after.split('<').next().unwrap().to_owned()
}

#[both_engines]
async fn someone_comes_as_they_are_and_finds_the_way_in(db: TestDatabase) {
    let mut river = browser(&db).await;
    let store = db.store().await;
    let slug = Slug::from_bits(1);
    invent(&store, "joan", &[(Role::Facilitator, Some(&slug))]).await;
    let mut joan = signed_in(&db, &by_link(&store, &mail("joan")).await).await;

    let (_, page) = river.get(&format!("/groups/{slug}")).await;
    let asking = format!("/groups/{slug}/coming");
    assert!(page.contains(&format!("href=\"{asking}\"")));
    let (status, page) = river.get(&asking).await;
    assert_eq!(status, StatusCode::OK);
    // The meeting of Thanksgiving is skipped.
    assert!(page.contains("value=\"2026-12-03\" checked") && !page.contains("2026-11-26"));
    assert!(page.contains("Ground rules") && page.contains("I would like to just listen"));

    // Nothing is done before all is said; what was typed stays.
    let (status, page) = river.post(&asking, "handle=River&when=2026-12-03").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Please read the ground rules"));
    assert!(page.contains("value=\"River\""));
    let form = format!("handle=River&when=2026-12-03&part=listen&rules={}", hash());
    let (status, page) = river
        .post(&asking, &form.replace("2026-12-03", "2026-11-26"))
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("does not meet then"));
    let (status, page) = river.post(&asking, &form).await;
    assert!(status == StatusCode::OK && page.contains("You are expected"));
    let number = number(&page);
    assert_eq!(number.replace(' ', "").len(), 16);

    // Another browser takes the name in vain, and is told.
    let mut other = browser(&db).await;
    let (status, page) = other.post(&asking, &form.replace("River", "RIVER")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("goes by that name already"));
    assert!(other.cookie.is_none());
    let (status, _) = other
        .post(
            &asking,
            &form.replace("River", "Heron").replace("&part=listen", ""),
        )
        .await;
    assert_eq!(status, StatusCode::OK);

    let mine = format!("/me/coming/{slug}");
    let (_, page) = river.get(&mine).await;
    assert!(page.contains("You go by River in this group") && page.contains("You are coming"));
    let (_, page) = river.get("/me/joining").await;
    assert!(page.contains(&format!("href=\"{mine}\"")));

    // Who leads it sees names and numbers, and how they take part.
    let staff = format!("/staff/groups/{slug}/coming");
    let (status, page) = joan.get(&staff).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("2 are coming")
            && page.contains("2 for the first time")
            && page.contains("1 just listening")
    );
    assert!(page.contains("River") && page.contains("Heron"));
    let set = format!("address={}&link={LINK}", ADDRESS.replace(' ', "+"));
    assert_eq!(
        joan.post(&format!("{staff}/entrance"), &set).await.0,
        StatusCode::SEE_OTHER
    );

    // Too early: nothing is told but when.
    let (_, page) = river.get(&mine).await;
    assert!(page.contains("stands here from Dec 2, 6:30 pm") && !page.contains(ADDRESS));
    let door = format!("{mine}/door/2026-12-03");
    assert_eq!(river.get(&door).await, (StatusCode::SEE_OTHER, mine.clone()));

    // Sessions are over by then; the number brings them back.
    to(&db, "2026-12-03T23:15:00Z");
    let mut river = browser(&db).await;
    let form = format!("code={}&to={mine}", number.replace(' ', "+"));
    assert_eq!(
        river.post("/sign-in/code", &form).await,
        (StatusCode::SEE_OTHER, mine.clone())
    );
    let (_, page) = river.get(&mine).await;
    assert!(page.contains(ADDRESS) && page.contains(&door) && !page.contains("meet.example"));
    assert_eq!(river.get(&door).await, (StatusCode::SEE_OTHER, LINK.to_owned()));
    // A copied link is dead for who is not expected.
    let mut stranger = signed_in(&db, &by_link(&store, &mail("joan")).await).await;
    assert_eq!(stranger.get(&door).await.0, StatusCode::NOT_FOUND);
    let mut nobody = browser(&db).await;
    assert!(nobody.get(&door).await.1.starts_with("/sign-in"));

    // One tap takes it back, and with it the way in; another brings both again.
    let absence = format!("{mine}/absence");
    assert_eq!(
        river.post(&absence, "when=2026-12-03").await.0,
        StatusCode::SEE_OTHER
    );
    let (_, page) = river.get(&mine).await;
    assert!(!page.contains(ADDRESS) && !page.contains("You are coming"));
    assert_eq!(river.get(&door).await, (StatusCode::SEE_OTHER, mine.clone()));
    river.post(&mine, "when=regularly").await;
    river.post(&format!("{mine}/part"), "part=talk").await;
    let (_, page) = river.get(&mine).await;
    assert!(page.contains(ADDRESS) && page.contains("You come to every meeting until"));
    assert!(page.contains("You may want to say something"));

    // The rules change: asked once more, and not until then again.
    let mut joan = signed_in(&db, &by_link(&store, &mail("joan")).await).await;
    joan.post(&format!("{staff}/rules"), "title=Our+rules&words=Be+kind.")
        .await;
    let (_, page) = river.get(&mine).await;
    assert!(page.contains("The ground rules have changed") && page.contains("Be kind."));
    let (status, _) = river.post(&mine, "when=2026-12-10").await;
    assert_eq!(status, StatusCode::CONFLICT);
    let rules = page.split("name=\"rules\" value=\"").nth(1).unwrap();
    let form = format!("rules={}", rules.split('"').next().unwrap());
    river.post(&format!("{mine}/rules"), &form).await;
    assert!(!river.get(&mine).await.1.contains("have changed"));

    // With the end of the meeting the link is dead.
    to(&db, "2026-12-04T01:00:00Z");
    let mut river = browser(&db).await;
    let form = format!("code={}&to={mine}", number.replace(' ', "+"));
    river.post("/sign-in/code", &form).await;
    assert_eq!(river.get(&door).await, (StatusCode::SEE_OTHER, mine.clone()));
    assert!(!river.get(&mine).await.1.contains(ADDRESS));

    // Forgotten, they are not there; and nobody was written to.
    river.post(&format!("{mine}/end"), "").await;
    assert_eq!(river.get(&mine).await.0, StatusCode::NOT_FOUND);
    let written = letters(&store).await;
    assert!(written.iter().all(|letter| letter.mail == "joan@people.example"));
}

#[both_engines]
async fn who_has_an_account_comes_under_another_name_there(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "jordan", &[]).await;
    let sky = by_link(&store, &mail("jordan")).await;
    let mut sky = signed_in(&db, &sky).await;
    let slug = Slug::from_bits(1);
    let asking = format!("/groups/{slug}/coming");
    let form = format!("handle=Sky&when=regularly&rules={}", hash());
    assert_eq!(
        sky.post(&asking, &form).await,
        (StatusCode::SEE_OTHER, format!("/me/coming/{slug}"))
    );
    let (_, page) = sky.get(&format!("/me/coming/{slug}")).await;
    assert!(page.contains("You go by Sky in this group"));
    // A therapy group is asked to join, and there is nothing to come to.
    let therapy = Slug::from_bits(2);
    assert_eq!(
        sky.get(&format!("/groups/{therapy}/coming")).await.0,
        StatusCode::NOT_FOUND
    );
    assert!(
        !sky.get(&format!("/groups/{therapy}"))
            .await
            .1
            .contains("/coming\"")
    );
}

#[both_engines]
async fn who_leads_it_is_told_that_the_next_meeting_has_the_link_of_the_last_one(db: TestDatabase) {
    browser(&db).await;
    let store = db.store().await;
    let slug = Slug::from_bits(1);
    invent(&store, "joan", &[(Role::Facilitator, Some(&slug))]).await;
    let staff = format!("/staff/groups/{slug}/coming");
    let entrance = format!("{staff}/entrance");
    let same = "The link behind it is the same as last time.";
    let again = "https://meet.example/thursday-9c41";

    let mut joan = signed_in(&db, &by_link(&store, &mail("joan")).await).await;
    joan.post(&entrance, &format!("link={LINK}")).await;
    assert!(!joan.get(&staff).await.1.contains(same), "no meeting had it yet");

    to(&db, "2026-12-04T02:00:00Z");
    let mut joan = signed_in(&db, &by_link(&store, &mail("joan")).await).await;
    let (_, page) = joan.get(&staff).await;
    assert!(page.contains(same) && page.contains("Whoever kept it can come in"));
    assert!(page.contains("href=\"#door-2026-12-10\"") && page.contains("id=\"door-2026-12-10\""));
    // The same once more is none that is new.
    joan.post(&entrance, &format!("on=2026-12-10&link={LINK}")).await;
    assert!(joan.get(&staff).await.1.contains(same));
    joan.post(&entrance, &format!("on=2026-12-10&link={again}")).await;
    assert!(!joan.get(&staff).await.1.contains(same));

    // The meeting after that has again what is for all; then all have what that one had alone.
    to(&db, "2026-12-11T02:00:00Z");
    let mut joan = signed_in(&db, &by_link(&store, &mail("joan")).await).await;
    assert!(!joan.get(&staff).await.1.contains(same));
    joan.post(&entrance, &format!("link={again}")).await;
    assert!(joan.get(&staff).await.1.contains(same));
}

#[both_engines]
async fn a_full_hall_behind_one_address_comes_and_nobody_floods_it(db: TestDatabase) {
    let router = browser(&db).await.router;
    let of = |address: &'static str| Elsewhere {
        browser: Browser {
            router: router.clone(),
            cookie: None,
        },
        address,
    };
    let (asking, rules) = (format!("/groups/{}/coming", Slug::from_bits(1)), hash());
    for n in 0..70 {
        let form = format!("handle=Guest+{n}&when=2026-12-03&rules={rules}");
        assert_eq!(of("203.0.113.7").post(&asking, &form).await.0, StatusCode::OK);
    }
    // Where there is no such group it counts the same.
    let nowhere = "/groups/0000000000000/coming";
    let mut heard = 70;
    while heard < 1_200 && of("203.0.113.8").post(nowhere, "").await.0 == StatusCode::NOT_FOUND {
        heard += 1;
    }
    // Now and then one more while these were asked.
    assert!((1_000..1_200).contains(&heard), "{heard}");
    let another = of("198.51.100.1").post(nowhere, "").await.0;
    assert_eq!(another, StatusCode::NOT_FOUND, "another network");
    let signing = of("203.0.113.8").post("/sign-in/code", "code=1").await.0;
    assert_eq!(
        signing,
        StatusCode::UNPROCESSABLE_ENTITY,
        "signing in has its own"
    );
}
