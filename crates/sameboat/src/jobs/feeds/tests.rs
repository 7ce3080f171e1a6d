//! Feeds from a server on this machine, taken in by the job as it does in the program.

use std::fs;

use domain::mending::{Correction, Fact};
use domain::people::Role;
use store::acts::{RunInstallation, RunListings};
use store::feeds::{FeedId, HeldRow, Known, Wanted};
use store::{On, Store, Writing, listings};
use testing::people::{by_two, invent, mail, who};
use testing::{TestDatabase, both_engines, samples};

use super::*;
use crate::fetching::tests::{Server, answer};
use crate::mail::Sender;
use crate::settings::{self, Settings};

struct House {
    db: TestDatabase,
    means: Means,
    server: Server,
    id: FeedId,
}

impl House {
    /// A change of the admin's.
    async fn writing(&self) -> Writing {
        let store = &self.means.store;
        store.write(alex(store, &self.db).await).await.unwrap()
    }

    /// An admin has said the address of a feed, whose rows these are.
    async fn new(db: TestDatabase, feed: &[u8]) -> Self {
        let server = Server::start(vec![answer("/feed", "200 OK\r\nETag: \"1\"", feed)]).await;
        let flags = clap::Command::new("sameboat").args(settings::arguments());
        let settings = Settings::read(&flags.get_matches_from(["sameboat"])).unwrap();
        let (store, site) = (
            db.store().await,
            crate::serve::site(&settings, "http://localhost:4180", false).unwrap(),
        );
        let content = std::sync::Arc::new(content::Content::read(&content::Files::bundled()).unwrap());
        let app = web::App::new(store.clone(), db.clock.clone(), site.clone(), content);
        let means = Means {
            store,
            site,
            app: app.await.unwrap(),
            settings,
            sender: Sender::NotSetUp,
            fetcher: server.fetcher(),
        };
        invent(&means.store, "alex", &[(Role::Admin, None)]).await;
        let wanted = Wanted {
            address: server.at("/feed"),
            programme: "Orange County".into(),
            format: None,
            zone: Some("America/Los_Angeles".into()),
            licence: None,
            every_hours: 24,
        };
        let id = {
            let mut writing = means.store.write(alex(&means.store, &db).await).await.unwrap();
            let mut permit = writing.permit::<RunInstallation>(On::Organisation).await.unwrap();
            let id = feeds::add(&mut permit, &wanted).await.unwrap();
            writing.commit().await.unwrap();
            id
        };
        Self {
            db,
            means,
            server,
            id,
        }
    }

    /// What the feed's address answers from now on.
    fn serve(&self, head: &str, body: &[u8]) {
        self.server.set(answer("/feed", head, body));
    }

    async fn fetch(&self) -> Result<String, String> {
        self.db.clock.forward(chrono::TimeDelta::minutes(1));
        fetch(&self.means, &self.id.to_string()).await
    }

    async fn show(&self) -> (Known, Vec<HeldRow>) {
        let alex = alex(&self.means.store, &self.db).await;
        let mut reading = self.means.store.read(alex).await.unwrap();
        let mut permit = reading.permit::<RunListings>(On::Organisation).await.unwrap();
        (
            feeds::show(&mut permit, self.id).await.unwrap(),
            feeds::held(&mut permit, self.id).await.unwrap(),
        )
    }

    /// Groups that are listed now.
    async fn listed(&self) -> usize {
        let mut reading = self.means.store.read(Who::Visitor).await.unwrap();
        let all = listings::public(&mut reading).await.unwrap();
        all.iter().filter(|group| group.gone.is_none()).count()
    }
}

async fn alex(store: &Store, db: &TestDatabase) -> Who {
    who(store, &by_two(store, &db.clock, &mail("alex")).await).await
}

fn meetings(count: usize) -> Vec<u8> {
    let meeting = |n| {
        serde_json::json!({
            "slug": format!("m{n}"), "name": format!("Group {n}"), "day": n % 7, "time": "19:00",
            "formatted_address": "12 Elm St, Costa Mesa, CA 92626, USA",
        })
    };
    serde_json::to_vec(&(0..count).map(meeting).collect::<Vec<_>>()).unwrap()
}

#[both_engines]
async fn whatever_is_wrong_with_a_feed_its_groups_stay(db: TestDatabase) {
    let house = House::new(db, &meetings(6)).await;
    assert_eq!(house.fetch().await.unwrap(), "6 new, 0 changed, 0 gone, 0 held");
    for (head, body, wanted) in [
        ("200 OK", &b"<!doctype html><html>Sign in</html>"[..], "web page"),
        ("200 OK", b"", "empty"),
        ("200 OK", b"[]", "lists nothing"),
        ("200 OK", b"[{\"name\": \"A\"", "broken"),
        ("200 OK", b"hello", "none of the formats"),
        ("500 Oh No", b"", "fault of its own"),
        ("404 Not Found", b"", "nothing at this address"),
        (
            "302 Found\r\nLocation: http://169.254.169.254/latest",
            b"",
            "http://",
        ),
        ("302 Found\r\nLocation: https://10.0.0.1/", b"", "own network"),
    ] {
        house.serve(head, body);
        let why = house.fetch().await.unwrap_err();
        assert!(why.contains(wanted), "{head}: {why}");
        assert_eq!(house.show().await.0.problem, Some(why));
        assert_eq!(house.listed().await, 6, "{head}");
    }
    house.serve("200 OK", &meetings(7));
    assert_eq!(house.fetch().await.unwrap(), "1 new, 0 changed, 0 gone, 0 held");
    assert_eq!(house.show().await.0.problem, None);
}

#[both_engines]
async fn a_feed_that_loses_most_of_its_groups_waits_for_a_person(db: TestDatabase) {
    let house = House::new(db, &meetings(9)).await;
    house.fetch().await.unwrap();
    house.serve("200 OK\r\nETag: \"2\"", &meetings(4));
    for _ in 0..2 {
        assert_eq!(
            house.fetch().await.unwrap(),
            "held back: 5 of 9 groups would be gone"
        );
        // It is asked for as of before it was held back.
        assert!(house.server.last_asked().contains("if-none-match: \"1\""));
        assert_eq!(
            (house.listed().await, house.show().await.0.shrunk),
            (9, Some((5, 9)))
        );
    }
    let mut writing = house.writing().await;
    let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
    feeds::accept(&mut permit, house.id).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.fetch().await.unwrap(), "0 new, 0 changed, 5 gone, 0 held");
    assert_eq!((house.listed().await, house.show().await.0.shrunk), (4, None));
    // Half is not most.
    house.serve("200 OK", &meetings(2));
    assert_eq!(house.fetch().await.unwrap(), "0 new, 0 changed, 2 gone, 0 held");
    house.serve("304 Not Modified", b"");
    assert_eq!(house.fetch().await.unwrap(), "Nothing changed.");
}

#[both_engines]
#[ignore = "needs SAMEBOAT_SAMPLES"]
async fn real_feeds_are_taken_in_and_their_second_time_changes_nothing(db: TestDatabase) {
    let house = House::new(db, &fs::read(samples::path("feeds/oc-2023.json")).unwrap()).await;
    let first = house.fetch().await.unwrap();
    let (known, held) = house.show().await;
    let counts = known.last.unwrap().counts;
    assert!(counts.imported > 1000, "{first}");
    assert_eq!(held.len() as u64, counts.held);
    for row in &held {
        assert!(!row.reason.is_empty(), "{row:?}");
    }
    assert_eq!(house.listed().await as u64, counts.imported);
    assert_eq!(
        house.fetch().await.unwrap(),
        format!("0 new, 0 changed, 0 gone, {} held", counts.held)
    );
}

#[both_engines]
async fn what_was_corrected_holds_while_the_feed_says_the_same(db: TestDatabase) {
    let feed = |time: &str| {
        let mut feed: serde_json::Value = serde_json::from_slice(&meetings(3)).unwrap();
        feed[1]["time"] = time.into();
        serde_json::to_vec(&feed).unwrap()
    };
    let house = House::new(db, &feed("7 oclock")).await;
    assert_eq!(house.fetch().await.unwrap(), "2 new, 0 changed, 0 gone, 1 held");
    let put = Correction {
        fact: Fact::Time,
        given: Some("7 oclock".into()),
        put: Some("7 pm".into()),
    };
    let mut writing = house.writing().await;
    let mut permit = writing.permit::<RunListings>(On::Organisation).await.unwrap();
    feeds::correct(&mut permit, house.id, 2, "m1", &[put])
        .await
        .unwrap()
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(house.listed().await, 3);
    assert_eq!(
        house.fetch().await.unwrap(),
        "0 new, 0 changed, 0 gone, 0 held, 1 listed by what was corrected here"
    );
    house.serve("200 OK", &feed("20:00"));
    assert_eq!(house.fetch().await.unwrap(), "0 new, 1 changed, 0 gone, 0 held");
}

#[both_engines]
async fn who_should_have_looked_gets_a_letter_that_says_nothing_and_leads_there(db: TestDatabase) {
    let house = House::new(db, &meetings(1)).await;
    let store = &house.means.store;
    let mut site = house.means.site.clone();
    site.sends_mail = false;
    let told = crate::jobs::reviews::remind(store, &site).await.unwrap();
    assert!(told.contains("no mail server"), "{told}");
    site.sends_mail = true;
    assert_eq!(
        crate::jobs::reviews::remind(store, &site).await.unwrap(),
        "0 written"
    );
    let letter = web::letters::unreviewed(&web::Words::english(), &site);
    assert!(
        letter.contains("/staff/break-glass") && letter.starts_with("Something still waits"),
        "{letter}"
    );
}
