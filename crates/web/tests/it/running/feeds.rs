//! Feeds by address: an admin says them, a coordinator looks after what comes of them.

use axum::http::StatusCode;
use domain::people::Role;
use store::Who;
use store::feeds::{self, Ended};
use store::imports::{self, Corrected, Feed, Staged};
use testing::{TestDatabase, both_engines};

use crate::running::{Browser, Site, is_gone};

const GOOD: &str =
    "address=https://feeds.example/meetings.json&programme=Orange+County&zone=America/Los_Angeles&every=24";

/// A feed, and where its page is.
pub async fn add(admin: &Browser<'_>) -> String {
    let (status, there) = admin.post("/staff/feeds/new", GOOD).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{there}");
    there
}

fn held(number: usize, name: &str, why: &str) -> Staged {
    let said = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    Staged {
        row: number,
        id: format!("row-{number}"),
        listing: Err(why.to_owned()),
        notes: Vec::new(),
        said: vec![
            said("name", name),
            said("address", "12 Elm St"),
            said("time", "19:00"),
        ],
        unfinished: None,
        corrected: Corrected::default(),
    }
}

async fn take_in(site: &Site, there: &str, rows: &[Staged]) {
    take_in_as(site, there, "meeting-guide", rows.to_vec()).await;
}

/// Takes these rows in as the job does.
pub async fn take_in_as(site: &Site, there: &str, format: &'static str, mut rows: Vec<Staged>) {
    let id = there.rsplit('/').next().unwrap();
    let job = || Who::Job("feeds");
    let mut reading = site.store.read(job()).await.unwrap();
    let feed = feeds::to_fetch(&mut reading, id).await.unwrap().unwrap();
    drop(reading);
    let mut writing = site.store.write(job()).await.unwrap();
    let from = Feed {
        programme: "Orange County".to_owned(),
        format,
    };
    let run = imports::begin(&mut writing, &from).await.unwrap();
    imports::stage(&mut writing, &run, &mut rows).await.unwrap();
    let taken = Ended::TakenIn {
        etag: None,
        last_modified: None,
    };
    feeds::ended(&mut writing, &feed, Some(&run), taken)
        .await
        .unwrap();
    imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    // The next one is later.
    site.db.clock.forward(chrono::TimeDelta::minutes(1));
}

#[both_engines]
async fn an_address_is_refused_at_the_form_by_the_rules_by_which_it_is_fetched(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    for (typed, sentence) in [
        (
            "address=http://feeds.example/&programme=A",
            "Try https:// in its place",
        ),
        ("address=https://127.0.0.1/&programme=A", "own network"),
        ("address=https://0x7f.1/&programme=A", "own network"),
        (
            "address=https://169.254.169.254/latest&programme=A",
            "own network",
        ),
        ("address=https://a:b@feeds.example/&programme=A", "before “@”"),
        ("address=https://feeds.example:8443/&programme=A", "usual ports"),
        ("address=file:///etc/passwd&programme=A", "no way to fetch a feed"),
        ("address=feeds&programme=A", "no address"),
        ("address=https://feeds.example/&programme=", "This name"),
        (
            "address=https://feeds.example/&programme=A&zone=Mars",
            "no such zone",
        ),
    ] {
        let (status, page) = admin.post("/staff/feeds/new", typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.contains(sentence), "{typed}: {page}");
        let address = typed.split(['=', '&']).nth(1).unwrap();
        assert!(
            page.contains(&format!("value=\"{address}\"")),
            "{typed}: what was typed is kept"
        );
    }
    assert!(admin.page("/staff/feeds").await.contains("No feed is fetched"));
}

#[both_engines]
async fn a_feed_is_added_changed_paused_removed_and_taken_back(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let there = add(&admin).await;
    let page = admin.page(&there).await;
    assert!(
        page.contains("Not fetched yet.") && page.contains("https://feeds.example/meetings.json"),
        "{page}"
    );
    assert!(admin.page("/staff/feeds").await.contains(&there));
    let (status, page) = admin.post("/staff/feeds/new", GOOD).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("There is a feed of these groups already"), "{page}");
    let form = admin.page(&format!("{there}/edit")).await;
    assert!(form.contains("value=\"America/Los_Angeles\""), "{form}");
    let changed = GOOD.replace("meetings.json", "groups.json");
    let answer = admin.post(&format!("{there}/edit"), &changed).await;
    assert_eq!(answer, (StatusCode::SEE_OTHER, there.clone()));
    for (act, sentence) in [
        ("pause", "Paused: it is not fetched."),
        ("resumption", "Not fetched yet."),
        ("removal", "Removed: it is not fetched any more."),
        ("restoring", "Not fetched yet."),
        ("fetching", "groups.json"),
    ] {
        let answer = admin.post(&format!("{there}/{act}"), "").await;
        assert_eq!(answer, (StatusCode::SEE_OTHER, there.clone()), "{act}");
        assert!(admin.page(&there).await.contains(sentence), "{act}");
    }
    // Who coordinates fetches, and says no address.
    let cleo = site.browser("cleo", Role::Coordinator, None).await;
    let page = cleo.page(&there).await;
    assert!(page.contains("Fetch now") && !page.contains("Remove"), "{page}");
    assert_eq!(
        cleo.post(&format!("{there}/fetching"), "").await.0,
        StatusCode::SEE_OTHER
    );
    assert!(is_gone(&cleo.get("/staff/feeds/new").await));
    assert!(is_gone(&cleo.post(&format!("{there}/removal"), "").await));
}

#[both_engines]
async fn held_rows_are_counted_by_reason_dismissed_and_looked_at_again(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let there = add(&admin).await;
    let mut rows: Vec<Staged> = (1..=30)
        .map(|n| held(n, &format!("Group {n:02}"), "it names no time"))
        .collect();
    rows.push(held(31, "<b>Bold</b>", "it has no address & no town"));
    take_in(&site, &there, &rows).await;
    let cleo = site.browser("cleo", Role::Coordinator, None).await;
    assert!(cleo.page(&there).await.contains("31 of 31 to look at"));
    let page = cleo.page(&format!("{there}/held")).await;
    assert!(
        page.contains("it names no time (30)") && page.contains("it has no address &amp; no town (1)"),
        "{page}"
    );
    assert!(page.contains("Group 25") && !page.contains("Group 26") && page.contains("12 Elm St"));
    assert!(
        cleo.page(&format!("{there}/held?page=2"))
            .await
            .contains("Group 26")
    );
    let one = cleo
        .page(&format!("{there}/held?reason=it+has+no+address+%26+no+town"))
        .await;
    assert!(
        one.contains("&lt;b&gt;Bold") && !one.contains("Group 01"),
        "{one}"
    );

    let answer = cleo.post(&format!("{there}/held/1/dismissal"), "").await;
    assert_eq!(answer, (StatusCode::SEE_OTHER, format!("{there}/held")));
    let page = cleo.page(&format!("{there}/held")).await;
    assert!(
        !page.contains("Group 01") && page.contains("Show 1 dismissed"),
        "{page}"
    );
    let page = cleo.page(&format!("{there}/held?dismissed=yes")).await;
    assert!(page.contains("Group 01") && !page.contains("Group 02"), "{page}");
    assert_eq!(
        cleo.post(&format!("{there}/held/1/restoring"), "").await.0,
        StatusCode::SEE_OTHER
    );
    assert!(cleo.page(&format!("{there}/held")).await.contains("Group 01"));
}

#[both_engines]
async fn a_held_row_becomes_a_group_of_our_own_with_what_it_says(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let there = add(&admin).await;
    take_in(&site, &there, &[held(1, "Early Risers", "it has no place")]).await;
    let (status, to) = admin.post(&format!("{there}/held/1/group"), "").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let form = admin.page(&to).await;
    assert!(
        form.contains("Early Risers") && form.contains("America/New_York"),
        "{form}"
    );
    assert!(admin.page(&there).await.contains("0 of 1 to look at"));
    take_in(&site, &there, &[held(1, "Early Risers", "it has no place")]).await;
    assert!(
        admin.page(&to).await.contains("Early Risers"),
        "a fetch takes nothing back"
    );
}
