//! Signing in by the organisation's own OpenID provider: whom it lets in, and that nobody else's way back does.

use std::sync::{Arc, Mutex};

use crate::common::browser::Browser;
use crate::common::{settings, site};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::people::Role;
use store::signing::openid::Identity;
use store::{Store, Who, outbox};
use testing::people::{by_two, invent, mail};
use testing::{TestDatabase, both_engines};
use web::openid::{Asking, Leaving, Provider, ProviderError, Secrets};

const NO: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const ISSUER: &str = "https://id.lakeshore.example";

/// A provider that says of whoever comes back with "good" that they are this one.
#[derive(Debug, Default)]
struct Invented {
    says: Mutex<Option<Identity>>,
    left: Mutex<u32>,
}

impl Invented {
    fn says(&self, subject: &str, name: Option<&str>) {
        *self.says.lock().unwrap() = Some(Identity {
            issuer: ISSUER.into(),
            subject: subject.into(),
            mail: name.map(mail),
        });
    }
}

impl Provider for Invented {
    fn name(&self) -> &'static str {
        "Lakeshore ID"
    }

    fn leave<'a>(&'a self, back: &'a str) -> Asking<'a, Leaving> {
        assert_eq!(back, "https://groups.example.org/sign-in/openid/back");
        let mut left = self.left.lock().unwrap();
        *left += 1;
        let number = *left;
        Box::pin(async move {
            Ok(Leaving {
                address: format!("{ISSUER}/authorize?state=state{number}"),
                secrets: Secrets {
                    state: format!("state{number}"),
                    nonce: format!("nonce{number}"),
                    verifier: format!("verifier{number}"),
                },
            })
        })
    }

    fn identity<'a>(&'a self, back: &'a str, secrets: &'a Secrets, code: &'a str) -> Asking<'a, Identity> {
        assert_eq!(back, "https://groups.example.org/sign-in/openid/back");
        Box::pin(async move {
            // What was kept for one browser is what is asked with for it.
            let number = secrets.state.trim_start_matches("state");
            assert_eq!(secrets.nonce, format!("nonce{number}"));
            assert_eq!(secrets.verifier, format!("verifier{number}"));
            match &*self.says.lock().unwrap() {
                Some(identity) if code == "good" => Ok(identity.clone()),
                _ => Err(ProviderError("does not know this code".into())),
            }
        })
    }
}

struct House {
    store: Store,
    provider: Arc<Invented>,
}

impl House {
    async fn new(db: &TestDatabase) -> Self {
        let store = db.store().await;
        invent(&store, "river", &[]).await;
        Self {
            store,
            provider: Arc::default(),
        }
    }

    async fn browser(&self, db: &TestDatabase) -> Browser {
        let settings = web::Settings {
            openid: Some(self.provider.clone()),
            ..settings(false)
        };
        Browser {
            router: site(db, settings).await,
            cookie: None,
        }
    }

    async fn letters(&self) -> usize {
        let mut writing = self.store.write(Who::Job("mail")).await.unwrap();
        let letters = outbox::take(&mut writing, 99).await.unwrap();
        writing.commit().await.unwrap();
        letters.len()
    }
}

/// Sets out, and gives the state that the provider would send along.
async fn leave(browser: &mut Browser) -> String {
    let (status, to) = browser.get("/sign-in/openid?to=%2Fme%2Flooked").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let state = to.strip_prefix(&format!("{ISSUER}/authorize?state="));
    state.unwrap().to_owned()
}

async fn there_and_back(browser: &mut Browser) -> (StatusCode, String) {
    let state = leave(browser).await;
    back(browser, &state).await
}

async fn back(browser: &mut Browser, state: &str) -> (StatusCode, String) {
    let form = format!("code=good&state={state}");
    browser.post("/sign-in/openid/back", &form).await
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/me").await.0 == StatusCode::OK
}

#[both_engines]
async fn the_provider_lets_in_whose_address_it_has_checked_and_from_then_on_goes_by_its_number(
    db: TestDatabase,
) {
    let house = House::new(&db).await;
    let mut river = house.browser(&db).await;
    let (_, page) = river.get("/sign-in?to=%2Fme%2Flooked").await;
    assert!(page.contains("Go to Lakeshore ID") && page.contains("/sign-in/openid?to=%2Fme%2Flooked"));

    house.provider.says("r1", Some("river"));
    let state = leave(&mut river).await;
    // Having opened the address does nothing yet.
    let (status, page) = river
        .get(&format!("/sign-in/openid/back?code=good&state={state}"))
        .await;
    assert!(
        status == StatusCode::OK && page.contains("value=\"good\""),
        "{page}"
    );
    assert!(!is_in(&mut river).await);
    let before = river.cookie.clone();
    assert_eq!(
        back(&mut river, &state).await,
        (StatusCode::SEE_OTHER, "/me/looked".into())
    );
    assert!(is_in(&mut river).await);
    assert_ne!(river.cookie, before, "a session has a token of its own");
    let (_, me) = river.get("/me").await;
    assert!(me.contains("Your organization’s sign-in"), "{me}");
    assert_eq!(house.letters().await, 1, "its person is told of a new way in");

    // Their address over there is another one now, or none.
    house.provider.says("r1", None);
    let mut again = house.browser(&db).await;
    assert_eq!(there_and_back(&mut again).await.0, StatusCode::SEE_OTHER);
    assert!(is_in(&mut again).await);
    assert_eq!(house.letters().await, 0);

    // Somebody else has got the address.
    house.provider.says("r2", Some("river"));
    let mut other = house.browser(&db).await;
    assert_eq!(there_and_back(&mut other).await.0, NO);
    assert!(!is_in(&mut other).await);
}

#[both_engines]
async fn who_was_not_invited_gets_no_account_from_the_provider(db: TestDatabase) {
    let house = House::new(&db).await;
    for (subject, name) in [("s1", Some("stranger")), ("r1", None)] {
        house.provider.says(subject, name);
        let mut stranger = house.browser(&db).await;
        let (status, page) = there_and_back(&mut stranger).await;
        assert!(
            status == NO && page.contains("This did not sign you in"),
            "{page}"
        );
        assert!(!is_in(&mut stranger).await);
    }
    // What the provider says of a wrong code is told no further.
    house.provider.says("r1", Some("river"));
    let mut river = house.browser(&db).await;
    let state = leave(&mut river).await;
    let form = format!("code=bad&state={state}");
    assert_eq!(river.post("/sign-in/openid/back", &form).await.0, NO);
    assert!(!is_in(&mut river).await);
    assert_eq!(house.letters().await, 0);
}

#[both_engines]
async fn a_way_back_works_once_in_time_and_in_the_browser_that_set_out(db: TestDatabase) {
    let house = House::new(&db).await;
    house.provider.says("r1", Some("river"));
    let mut attacker = house.browser(&db).await;
    let state = leave(&mut attacker).await;

    // Somebody else is handed it: with no cookie, with their own way out, with a cookie of their choice.
    let mut someone = house.browser(&db).await;
    assert_eq!(back(&mut someone, &state).await.0, NO);
    leave(&mut someone).await;
    assert_eq!(back(&mut someone, &state).await.0, NO);
    someone.cookie = Some(format!("__Host-s={}", "0".repeat(64)));
    assert_eq!(back(&mut someone, &state).await.0, NO);
    assert!(!is_in(&mut someone).await);

    // It is the attacker's own still, and then it is used.
    let kept = attacker.cookie.clone();
    assert_eq!(back(&mut attacker, &state).await.0, StatusCode::SEE_OTHER);
    let mut twice = house.browser(&db).await;
    twice.cookie = kept;
    assert_eq!(back(&mut twice, &state).await.0, NO);

    let mut late = house.browser(&db).await;
    let state = leave(&mut late).await;
    db.clock.forward(TimeDelta::minutes(10));
    assert_eq!(back(&mut late, &state).await.0, NO);
    assert!(!is_in(&mut late).await);
}

#[both_engines]
async fn the_provider_is_one_factor_and_signs_nobody_out(db: TestDatabase) {
    let house = House::new(&db).await;
    invent(&house.store, "ash", &[(Role::Coordinator, None)]).await;
    by_two(&house.store, &db.clock, &mail("ash")).await;
    house.provider.says("a1", Some("ash"));
    let mut ash = house.browser(&db).await;
    assert_eq!(there_and_back(&mut ash).await.0, StatusCode::SEE_OTHER);
    let (_, to) = ash.get("/staff/groups").await;
    assert!(to.starts_with("/sign-in/second?to="), "{to}");

    // Being led to the provider takes no session away.
    house.provider.says("r1", Some("river"));
    let mut river = house.browser(&db).await;
    there_and_back(&mut river).await;
    let cookie = river.cookie.clone();
    assert_eq!(river.get("/sign-in/openid").await.1, "/me");
    assert!(river.cookie == cookie && is_in(&mut river).await);
}
