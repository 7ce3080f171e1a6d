//! The screen of a session with its script: a tap is saved in place, the minutes go on, and where no answer comes the browser sends the form.

use chrono::{DateTime, Utc};
use domain::clock::Clock as _;
use testing::people::{by_two, invent, mail};

use super::*;

/// Time passes when the test says so.
const CLOCK: &str = "window.later = 0; const now = performance.now.bind(performance); performance.now = () => now() + window.later; \
    const every = window.setInterval.bind(window); window.setInterval = (tick) => { window.tick = tick; return every(tick, 1e9); };";

fn pressed(mark: &str) -> String {
    format!("document.querySelector('[data-mark={mark}]').getAttribute('aria-pressed') == 'true'")
}

/// The address of the session that is under way for fifty minutes, and who leads it, signed in.
async fn begun(db: &TestDatabase, store: &Store) -> (String, String) {
    let group = Slug::from_bits(2);
    let mut writing = store.write(Who::Operator).await.unwrap();
    let listing = domain::groups::Listing::check(common::therapy()).unwrap();
    listings::publish(&mut writing, &group, &listing).await.unwrap();
    writing.commit().await.unwrap();
    invent(store, "dana", &[(Role::Leader, Some(&group))]).await;
    invent(store, "ann", &[(Role::Member, Some(&group))]).await;
    let at: DateTime<Utc> = "2026-12-04T00:20:00Z".parse().unwrap();
    db.clock.forward(at - db.clock.now());
    let token = by_two(store, &db.clock, &mail("dana")).await;
    (format!("/staff/groups/{group}/sessions/2026-12-03"), token)
}

#[test]
fn a_tap_is_saved_in_place_and_the_minutes_go_on() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let store = db.store().await;
        let (session, token) = begun(&db, &store).await;
        let settings = Settings {
            public_url: WebPage::parse("http://127.0.0.1").unwrap(),
            ..common::settings(false)
        };
        let (listener, site) = listen().await;
        let settings = Settings {
            public_url: WebPage::parse(&site).unwrap(),
            ..settings
        };
        let app = App::new(store.clone(), db.clock.clone(), settings, common::content()).await;
        answer(listener, web::app(app.unwrap()));
        let browser = Browser::start().await;
        let window = browser.window_with(DESKTOP, CLOCK).await;
        window.open(&site).await;
        let _: String = window
            .ask(&format!("document.cookie = 's={token}; path=/'"))
            .await;
        window.open(&format!("{site}{session}/plan")).await;
        let leaves = "dispatchEvent(new Event('beforeunload', { cancelable: true }))";
        assert!(window.ask::<bool>(leaves).await, "nothing was typed");
        window.fill("[name=step-what-0]", "Round").await;
        assert!(!window.ask::<bool>(leaves).await, "what was typed is asked about");
        // Whoever leaves in a hurry is asked nothing.
        let hurried = format!("(inAHurry = true, window.went = {leaves}, inAHurry = false, window.went)");
        assert!(window.ask::<bool>(&hurried).await);
        window.fill("[name=step-minutes-0]", "55").await;
        window.fill("[name=step-what-1]", "Break").await;
        window.fill("[name=step-minutes-1]", "10").await;
        window.click("[name=act][value=save]").await;
        window
            .until("document.querySelector('[data-clock]') != null")
            .await;

        // One tap, and one more, in the same page.
        let _: bool = window.ask("window.stayed = true").await;
        window.tap("[data-mark=present]").await;
        window.until(&pressed("present")).await;
        window.tap("[data-mark=late]").await;
        window.until(&pressed("late")).await;
        assert!(!window.ask::<bool>(&pressed("present")).await);
        let said: String = window.ask("document.querySelector('#saved').textContent").await;
        assert_eq!(said, "Saved on the server");
        let counts: String = window.ask("document.querySelector('#counts').textContent").await;
        assert!(counts.contains("1 here"), "{counts}");
        assert!(window.ask::<bool>("window.stayed === true").await);
        // It is there for who looks anew.
        window.open(&format!("{site}{session}")).await;
        window.until(&pressed("late")).await;

        // Six minutes later, by no clock but the page's own.
        let clock = "document.querySelector('[data-clock]').textContent";
        let now = "document.querySelector('.agenda-steps .now').textContent";
        assert_eq!(window.ask::<String>(clock).await, "50 of 90 minutes");
        assert!(window.ask::<String>(now).await.contains("50 of 55 minutes"));
        let _: bool = window
            .ask("(window.later = 6 * 60000, window.tick(), true)")
            .await;
        assert_eq!(window.ask::<String>(clock).await, "56 of 90 minutes");
        let step: String = window.ask(now).await;
        assert!(
            step.contains("Break") && step.contains("1 of 10 minutes"),
            "{step}"
        );
        window.clean("a session under way").await;

        // Without an answer the browser sends the form itself.
        let _: bool = window
            .ask("(window.stayed = true, window.fetch = () => Promise.reject(), true)")
            .await;
        window.tap("[data-mark=missed]").await;
        window
            .until("window.stayed === undefined && document.readyState == 'complete'")
            .await;
        window.until(&pressed("missed")).await;
        browser.stop().await;
    });
}
