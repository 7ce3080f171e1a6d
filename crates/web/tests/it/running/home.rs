//! What needs someone today, by what they hold.

use domain::groups::Slug;
use domain::people::Role;
use testing::people::invent;
use testing::{TestDatabase, both_engines};

use crate::running::{Site, is_gone};

#[both_engines]
async fn each_role_is_told_what_is_theirs_to_do_and_nothing_else(db: TestDatabase) {
    let site = Site::new(db).await;
    let grief = Slug::from_bits(1);
    invent(&site.store, "river", &[(Role::Member, Some(&grief))]).await;
    let (noor, alex) = (
        site.browser("noor", Role::Coordinator, None).await,
        site.browser("alex", Role::Admin, None).await,
    );
    for reason in ["unsafe", "time", "place"] {
        let path = format!("/groups/{grief}/report");
        assert_eq!(noor.post(&path, &format!("reason={reason}")).await.0, 303);
    }
    let home = noor.page("/staff").await;
    for told in [
        "Good morning, noor<",
        "hurt or frightened",
        "something is wrong with 2 pages",
        "Nobody with an account leads one group",
    ] {
        assert!(home.contains(told), "{told}: {home}");
    }
    let unled = noor.page("/staff/groups?state=unled").await;
    assert!(
        home.contains("/staff/groups?state=unled") && unled.contains(&format!("/staff/groups/{grief}\"")),
        "{unled}"
    );
    assert!(unled.contains("1 group<"), "{unled}");
    assert!(!home.contains("did not go out"), "letters are not hers: {home}");
    let (danger, reports) = (home.find("frightened").unwrap(), home.find("2 pages").unwrap());
    assert!(danger < reports, "what is about danger stands first");
    assert!(!alex.page("/staff").await.contains("opened in an emergency"));

    let joan = site.browser("joan", Role::Facilitator, Some(1)).await;
    let home = joan.page("/staff").await;
    assert!(home.contains("2 pages") && !home.contains("frightened"), "{home}");
    let dana = site.browser("dana", Role::Leader, Some(2)).await;
    assert!(!dana.page("/staff").await.contains("2 pages"));
    let ines = site.browser("ines", Role::Auditor, None).await;
    assert!(ines.page("/staff").await.contains("Nothing waits for you"));
    let sam = site.browser("sam", Role::Member, Some(1)).await;
    assert!(
        is_gone(&sam.get("/staff").await),
        "who is a member has no staff side"
    );
}

#[both_engines]
async fn a_record_that_nobody_looked_at_for_three_days_stands_on_the_first_page(db: TestDatabase) {
    let site = Site::new(db).await;
    let therapy = Slug::from_bits(2);
    let river = invent(&site.store, "river", &[(Role::Member, Some(&therapy))]).await;
    let ruth = site.browser("ruth", Role::Supervisor, Some(2)).await;
    let otto = site.browser("otto", Role::Supervisor, Some(2)).await;
    let glass = format!("/staff/groups/{therapy}/people/{river}/break-glass");
    let words = "reason=danger&words=A+neighbour+called%3A+they+may+be+in+danger";
    assert_eq!(ruth.post(&glass, words).await.0, 303);
    let overdue = "Nobody has looked for 72 hours at a record";
    let home = otto.page("/staff").await;
    assert!(
        home.contains("A record was opened in an emergency") && !home.contains(overdue),
        "{home}"
    );
    site.db.clock.forward(chrono::TimeDelta::hours(72));
    let otto = site.sign_in("otto", otto.slug).await;
    let home = otto.page("/staff").await;
    assert!(
        home.contains(overdue) && !home.contains("A record was opened in an emergency"),
        "{home}"
    );
    let page = otto.page("/staff/break-glass").await;
    assert!(page.contains("Over 72 hours"), "{page}");
    let act = page
        .split("action=\"")
        .find(|rest| rest.contains("/review\""))
        .unwrap();
    let act = act.split('"').next().unwrap();
    for wrong in ["", "finding=perhaps"] {
        assert!(is_gone(&otto.post(act, wrong).await), "{wrong}");
    }
    assert_eq!(otto.post(act, "finding=follow-up").await.1, "/staff/break-glass");
    let page = otto.page("/staff/break-glass").await;
    assert!(
        page.contains("Nothing waits") && page.contains("It must be followed up"),
        "{page}"
    );
    assert!(!otto.page("/staff").await.contains(overdue));
}

#[both_engines]
async fn a_group_that_nobody_checked_yet_is_asked_about_after_the_usual_time(db: TestDatabase) {
    let site = Site::new(db).await;
    let unchecked = domain::groups::Draft {
        verified_on: None,
        ..crate::running::grief(crate::running::library())
    };
    let mut writing = site.store.write(store::Who::Operator).await.unwrap();
    let listing = domain::groups::Listing::check(unchecked).unwrap();
    store::listings::publish(&mut writing, &Slug::from_bits(3), &listing)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let asks = "not checked for 90 days";
    assert!(!noor.page("/staff").await.contains(asks));
    assert!(
        noor.page("/staff/groups?state=worn")
            .await
            .contains("No group fits"),
        "the list says the same"
    );
    site.db.clock.forward(chrono::TimeDelta::days(90));
    let noor = site.sign_in("noor", noor.slug).await;
    assert!(noor.page("/staff").await.contains(asks));
}
