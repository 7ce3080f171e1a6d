//! Records in a real browser: a session of eight is documented in few steps, and two who type at once lose no word.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::cell::Cell;

    use domain::groups::WebPage;
    use store::Store;
    use testing::TestDatabase;
    use testing::browser::{Browser, DESKTOP, Window};
    use testing::database::{Engine, run};
    use testing::people::{by_two, mail};
    use tokio::net::TcpListener;
    use web::Settings;

    use crate::common::session::{DATE, group, met};

    /// The most presses and clicks besides typing for a session of eight.
    const MOST_STEPS: usize = 90;

    const MEMBERS: [(&str, &str); 8] = [
        ("Ana Ruiz", "ana"),
        ("Benjamin", "ben"),
        ("Carla M.", "carla"),
        ("Dev P.", "dev"),
        ("Elise T.", "elise"),
        ("Farid H.", "farid"),
        ("Gloria", "gloria"),
        ("Hal S.", "hal"),
    ];

    /// What is written of each: how they took part, and what is agreed.
    const PARTS: [(&str, &str); 8] = [
        ("Named a fear aloud", "Phone a sister"),
        ("Listened, asked twice", "Walk before work"),
        ("Led the role-play", "Say no on Friday"),
        ("Came late, stayed close", "Write the letter"),
        ("Gave a neighbor feedback", "Sleep by eleven"),
        ("Quiet at first, then angry", "Call the clinic"),
        ("Laughed, then wept", "Visit the grave"),
        ("Offered tea and a story", "Cook with a friend"),
    ];

    async fn serve(db: &TestDatabase) -> (String, Store) {
        let settings = Settings {
            // Over plain http, as on the machine itself.
            public_url: WebPage::parse("http://127.0.0.1").unwrap(),
            ..crate::common::settings(false)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let settings = Settings {
            public_url: WebPage::parse(&address).unwrap(),
            ..settings
        };
        let (router, _) = crate::common::site_and_app(db, settings).await;
        tokio::spawn(async move { axum::serve(listener, router).await });
        (address, db.store().await)
    }

    async fn signed_in(browser: &Browser, db: &TestDatabase, site: &str, name: &str) -> Window {
        let token = by_two(&db.store().await, &db.clock, &mail(name)).await;
        let window = browser.window(DESKTOP).await;
        window.open(&format!("{site}/help-now")).await;
        let _: String = window
            .ask(&format!("document.cookie = 's={token}; path=/'"))
            .await;
        window
    }

    /// Counts what the hands do besides typing.
    struct Hands<'a> {
        window: &'a Window,
        steps: Cell<usize>,
    }

    impl Hands<'_> {
        fn step(&self) {
            self.steps.set(self.steps.get() + 1);
        }

        async fn write(&self, selector: &str, text: &str) {
            self.step();
            self.window.write(selector, text).await;
        }

        async fn tap(&self, selector: &str) {
            self.step();
            self.window.tap(selector).await;
        }

        async fn click(&self, selector: &str) {
            self.step();
            self.window.click(selector).await;
        }
    }

    #[test]
    fn a_session_of_eight_is_documented_in_few_steps() {
        run(Engine::Sqlite, |db: TestDatabase| async move {
            let (site, store) = serve(&db).await;
            met(&db, &store, &MEMBERS).await;
            let browser = Browser::start().await;
            let window = signed_in(&browser, &db, &site, "dana").await;
            let hands = Hands {
                window: &window,
                steps: Cell::new(0),
            };
            let session = format!("{site}/staff/groups/{}/sessions/{DATE}", group());
            window.open(&format!("{session}/record")).await;
            hands.write("#field-themes", "Saying no.").await;
            hands.click("[data-signs]").await;
            window.open(&format!("{session}/parts")).await;
            hands.step();
            for ((name, _), (part, plan)) in MEMBERS.iter().zip(PARTS) {
                window
                    .until(&format!(
                        "document.querySelector('h2')?.innerText.trim() == {name:?} && document.readyState == 'complete'"
                    ))
                    .await;
                hands.write("#field-participation", part).await;
                hands.tap("[data-field=risk] [data-phrase]").await;
                hands.write("#field-plan", plan).await;
                hands.click("[data-signs]").await;
            }
            window
                .open(&format!("{site}/staff/groups/{}/records", group()))
                .await;
            let text = window.text().await;
            assert!(
                text.contains("Session record: Signed · 8 of 8 parts signed"),
                "{text}"
            );
            let steps = hands.steps.get();
            println!("{steps} steps");
            assert!(steps <= MOST_STEPS, "{steps} steps");
            for file in ["record", "parts"] {
                window.open(&format!("{session}/{file}")).await;
                window.clean(file).await;
            }
            browser.stop().await;
        });
    }

    #[test]
    fn two_who_type_at_once_lose_no_word() {
        run(Engine::Sqlite, |db: TestDatabase| async move {
            let (site, store) = serve(&db).await;
            met(&db, &store, &MEMBERS[..2]).await;
            let browser = Browser::start().await;
            let dana = signed_in(&browser, &db, &site, "dana").await;
            let cole = signed_in(&browser, &db, &site, "cole").await;
            let record = format!("{site}/staff/groups/{}/sessions/{DATE}/record", group());
            dana.open(&record).await;
            cole.open(&record).await;
            for (from, to) in [(0, 6), (6, 12)] {
                let words = |name: &str| {
                    let words: Vec<String> = (from..to).map(|nth| format!("{name}{nth}")).collect();
                    format!(" {}", words.join(" "))
                };
                // Letter by letter, each in between the other's.
                let (one, other) = (words("dana"), words("cole"));
                dana.tap("#field-themes").await;
                cole.tap("#field-themes").await;
                dana.press("End").await;
                cole.press("End").await;
                for (a, b) in one.chars().zip(other.chars()) {
                    dana.type_text(&a.to_string()).await;
                    cole.type_text(&b.to_string()).await;
                }
            }
            // One thing more in another field, so that each has what the other wrote last.
            for (window, name) in [(&dana, "dana"), (&cole, "cole"), (&dana, "dana")] {
                window
                    .until("document.querySelector('[data-state]').textContent.length > 0 && !document.querySelector('[data-state]').textContent.startsWith('Not saved')")
                    .await;
                window.tap("#field-dynamics").await;
                window.type_text(&format!(" {name}")).await;
                window
                    .until("!document.querySelector('[data-state]').textContent.startsWith('Not saved')")
                    .await;
            }
            dana.open(&record).await;
            let themes: String = dana.ask("document.querySelector('#field-themes').value").await;
            for name in ["dana", "cole"] {
                for nth in 0..12 {
                    let word = format!("{name}{nth}");
                    assert!(
                        themes.split_whitespace().any(|one| one == word),
                        "{word} is not in {themes:?}"
                    );
                }
            }
            browser.stop().await;
        });
    }
}
