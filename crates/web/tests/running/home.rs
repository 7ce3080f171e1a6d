//! What needs someone today, by what they hold.

use domain::groups::Slug;
use domain::people::Role;
use testing::people::invent;
use testing::{TestDatabase, both_engines};

use crate::{Site, is_gone};

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
        "Good morning, noor.",
        "hurt or frightened",
        "something is wrong with 2 pages",
        "Nobody with an account leads one group",
    ] {
        assert!(home.contains(told), "{told}: {home}");
    }
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
