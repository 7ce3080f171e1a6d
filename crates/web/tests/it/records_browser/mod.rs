//! Records in a real browser: a session of eight is documented in few steps, and two who type at once lose no word.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::cell::Cell;

    use domain::goals::Goal;
    use domain::groups::WebPage;
    use store::acts::WritePart;
    use store::records::{self, Looked};
    use store::{On, Store};
    use testing::TestDatabase;
    use testing::browser::{Browser, DESKTOP, Window};
    use testing::database::{Engine, run};
    use testing::people::{by_two, mail};
    use tokio::net::TcpListener;
    use web::Settings;

    use crate::common::line;
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

    /// The answer to the first save is held back until `window.go()`.
    const LATE: &str = "(() => { const real = window.fetch; window.fetch = async (...asked) => { window.fetch = real; \
         const answer = await real(...asked); await new Promise((go) => (window.go = go)); return answer; }; return true; })()";

    #[test]
    fn who_signs_while_words_are_saved_meets_nobody_else() {
        run(Engine::Sqlite, |db: TestDatabase| async move {
            let (site, store) = serve(&db).await;
            met(&db, &store, &MEMBERS[..2]).await;
            let browser = Browser::start().await;
            let dana = signed_in(&browser, &db, &site, "dana").await;
            let record = format!("{site}/staff/groups/{}/sessions/{DATE}/record", group());
            dana.open(&record).await;
            let _: bool = dana.ask(LATE).await;
            dana.write("#field-themes", "Alpha beta").await;
            dana.until("'go' in window").await;
            dana.write("#field-themes", " gamma delta").await;
            dana.tap("[data-signs]").await;
            let _: bool = dana.ask("(window.go(), true)").await;
            dana.until("document.body.innerText.includes('Signed by dana')")
                .await;
            let text = dana.text().await;
            assert!(text.contains("Alpha beta gamma delta"), "{text}");
            assert_eq!(text.matches("beta").count(), 1, "{text}");
            browser.stop().await;
        });
    }

    #[test]
    fn a_level_pressed_during_a_save_is_kept_and_the_next_person_comes_without_a_question() {
        run(Engine::Sqlite, |db: TestDatabase| async move {
            let (site, store) = serve(&db).await;
            let people = met(&db, &store, &MEMBERS[..2]).await;
            let who = testing::people::who(&store, &by_two(&store, &db.clock, &mail("dana")).await).await;
            let levels = ["never", "once a month", "weekly", "twice a week", "daily"].map(line);
            let goal = Goal::new(line("Say no"), levels, 1, 1).unwrap();
            let mut writing = store.write(who).await.unwrap();
            let in_group = group();
            let on = On::ByMe(&people[0], &in_group);
            let mut permit = writing.permit::<WritePart>(on).await.unwrap();
            records::add_goal(&mut permit, &goal, Looked::NotYet)
                .await
                .unwrap();
            writing.commit().await.unwrap();

            let browser = Browser::start().await;
            let dana = signed_in(&browser, &db, &site, "dana").await;
            let session = format!("{site}/staff/groups/{}/sessions/{DATE}", group());
            let first = format!("{session}/parts/{}", people[0]);
            dana.open(&first).await;
            let _: bool = dana.ask(LATE).await;
            dana.write("#field-participation", "Spoke first").await;
            dana.until("'go' in window").await;
            let _: bool = dana
                .ask("(document.querySelector('.levels input[type=radio]').click(), true)")
                .await;
            let next = "dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, cancelable: true }))";
            let _: bool = dana.ask(&format!("({next}, true)")).await;
            let _: bool = dana.ask("(window.go(), true)").await;
            dana.until("document.querySelector('h2')?.innerText.trim() == 'Benjamin'")
                .await;
            dana.open(&first).await;
            let kept: (bool, String) = dana
                .ask("[!!document.querySelector('.levels input:checked'), document.querySelector('#field-participation').value]")
                .await;
            assert_eq!(kept, (true, "Spoke first".to_owned()));
            browser.stop().await;
        });
    }
}
