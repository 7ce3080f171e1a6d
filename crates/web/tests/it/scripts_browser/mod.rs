//! Texts that would run a script, in every field that is stored and shown, in a real browser (SECURITY T7).

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    mod device;
    mod session;
    mod staff;

    use axum::Router;
    use axum::response::Html;
    use axum::routing::get;
    use domain::groups::{
        Address, Draft, FirstVisit, Leader, LeaderRole, Listing, Online, Place, Site, Slug, WebPage, When,
    };
    use domain::people::{Handle, Role};
    use domain::providers::{Provider, ProviderDraft};
    use domain::text::{Line, Prose};
    use store::acts::RunListings;
    use store::providers::Links;
    use store::{On, Store, Who, groups, listings, providers};
    use testing::TestDatabase;
    use testing::browser::{Browser, DESKTOP, Window};
    use testing::database::{Engine, run};
    use testing::payloads;
    use tokio::net::TcpListener;
    use web::{App, Settings};

    use crate::common;

    /// Notes what runs, and what comes into the page that could run.
    const HOOKS: &str = "window.ran = []; \
        for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => window.ran.push(name + ' ran'); \
        new MutationObserver(changes => { for (const change of changes) { \
            if (change.type == 'attributes' && /^on/i.test(change.attributeName)) window.ran.push('attribute ' + change.attributeName); \
            for (const node of change.addedNodes) if (node.tagName == 'SCRIPT' && !/^\\/assets\\//.test(node.getAttribute('src') || '') \
                && node.type != 'application/ld+json') window.ran.push('script ' + node.outerHTML.slice(0, 80)); \
        } }).observe(document, { subtree: true, childList: true, attributes: true });";

    /// What stands in the page that no page of ours has, and what ran; one line each.
    const WRONGS: &str = "window.ran.concat(window.violations, \
        [...document.querySelectorAll('*')].flatMap(e => [...e.attributes] \
            .filter(a => /^on/i.test(a.name) || /^hx-on/i.test(a.name) || a.name == 'srcdoc' || a.name == 'style' \
                || (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name) && !/^(https?:|\\/|#|tel:|mailto:|sms:|\\?)/.test(a.value))) \
            .map(a => e.tagName + ' ' + a.name + '=' + a.value.slice(0, 80))), \
        [...document.querySelectorAll('iframe, object, embed, math, marquee, style, foreignObject, audio, video, template, meta[http-equiv]')] \
            .map(e => e.outerHTML.slice(0, 80)))";

    /// How many texts come to one page; and how many go into a field that holds many.
    const A_PAGE: usize = 10;
    const A_FIELD: usize = 24;

    /// Of so many texts that follow each other, one begins a question, and one stands in a page that escapes nothing.
    const A_QUESTION: usize = 7;

    /// How many texts at least are stored for the public side alone.
    const LEAST: usize = 20_000;

    /// The texts one after another, over and over: each field of each thing takes the next.
    struct Texts<'a> {
        all: &'a [String],
        at: usize,
        taken: usize,
    }

    impl Texts<'_> {
        fn next(&mut self) -> String {
            self.taken += 1;
            self.at = (self.at + 1) % self.all.len();
            self.all[self.at].clone()
        }

        fn line(&mut self) -> Line {
            Line::parse(&self.next()).unwrap()
        }

        fn lines(&mut self) -> Vec<Line> {
            (0..A_PAGE).map(|_| self.line()).collect()
        }

        fn prose(&mut self) -> Prose {
            let texts: Vec<String> = (0..A_FIELD).map(|_| self.next()).collect();
            Prose::parse(&texts.join("\n\n")).unwrap()
        }

        fn site(&mut self) -> Site {
            Site {
                name: Some(self.line()),
                address: Address::Exact {
                    line: self.line(),
                    town: Some(self.line()),
                },
                point: None,
                directions: Some(self.line()),
            }
        }

        fn online(&mut self) -> Online {
            Online {
                by: Some(self.line()),
                only_for: Some(self.line()),
            }
        }

        fn leader(&mut self) -> Leader {
            Leader {
                name: self.line(),
                role: LeaderRole::Therapist {
                    credentials: self.line(),
                },
            }
        }
    }

    fn group(texts: &mut Texts<'_>, number: usize) -> Draft {
        let place = if number.is_multiple_of(2) {
            Place::InPerson(texts.site())
        } else {
            Place::Online(texts.online())
        };
        let mut draft = Draft {
            title: texts.line(),
            summary: Some(texts.prose()),
            topics: texts.lines(),
            techniques: texts.lines(),
            led_by: (0..A_PAGE).map(|_| texts.leader()).collect(),
            first_visit: FirstVisit {
                listening: Some(texts.prose()),
                people: Some(texts.prose()),
                confidentiality: Some(texts.prose()),
                name: Some(texts.prose()),
                arrival: Some(texts.prose()),
                lateness: Some(texts.prose()),
                camera: Some(texts.prose()),
            },
            remarks: texts.lines(),
            place,
            ..crate::common::therapy()
        };
        if let When::Scheduled(schedule) = &mut draft.when {
            schedule.skips[0].reason = Some(texts.line());
        }
        draft
    }

    fn provider(texts: &mut Texts<'_>) -> ProviderDraft {
        let (_, draft, _) = crate::common::people().remove(1);
        ProviderDraft {
            name: texts.line(),
            credentials: Some(texts.line()),
            about: Some(texts.prose()),
            focus: texts.lines(),
            places: (0..A_PAGE).map(|_| texts.site()).collect(),
            online: Some(texts.online()),
            ..draft
        }
    }

    /// Groups and providers that hold all the texts; how many there are of each, and how many values were stored.
    async fn publish(store: &Store, all: &[String]) -> (usize, usize) {
        let (things, mut texts) = (all.len().div_ceil(A_PAGE), Texts { all, at: 0, taken: 0 });
        let mut writing = store.write(Who::Operator).await.unwrap();
        for number in 0..things {
            let bits = u64::try_from(number).unwrap();
            let listing = Listing::check(group(&mut texts, number)).unwrap();
            listings::publish(&mut writing, &Slug::from_bits(GROUPS + bits), &listing)
                .await
                .unwrap();
            let provider = Provider::check(provider(&mut texts)).unwrap();
            let slug = Slug::from_bits(PROVIDERS + bits);
            providers::publish(&mut writing, &slug, &provider, &Links::default())
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        (things, texts.taken)
    }

    const GROUPS: u64 = 1_000;
    const PROVIDERS: u64 = 100_000;

    /// Questions in which every parameter is such a text.
    fn asked(all: &[String]) -> Vec<String> {
        const NAMES: [&str; 17] = [
            "q", "near", "topic", "of", "zone", "day", "time", "for", "format", "access", "language", "cost",
            "status", "distance", "unit", "where", "age",
        ];
        let questions = (0..all.len()).step_by(A_QUESTION).map(|at| {
            let mut question = url::form_urlencoded::Serializer::new(String::new());
            for (turn, name) in NAMES.iter().enumerate() {
                question.append_pair(name, &all[(at + turn) % all.len()]);
            }
            let page = [
                "groups",
                "providers",
                "shortlist",
                "sign-in",
                "embed",
                "embed/groups",
            ][(at / A_QUESTION) % 6];
            format!("/{page}?{}", question.finish())
        });
        questions.collect()
    }

    /// The address of a site on a port of this machine, answering until the test ends.
    async fn serve(router: Router) -> String {
        let (listener, address) = listen().await;
        answer(listener, router);
        address
    }

    async fn listen() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        (listener, address)
    }

    fn answer(listener: TcpListener, router: Router) {
        tokio::spawn(async move { axum::serve(listener, router).await });
    }

    async fn wrongs(window: &Window, address: &str) -> Vec<String> {
        window.open(address).await;
        let wrongs: Vec<String> = window.ask(WRONGS).await;
        wrongs
            .into_iter()
            .map(|wrong| format!("{address}: {wrong}"))
            .collect()
    }

    #[test]
    fn no_stored_or_asked_text_runs_or_becomes_a_part_of_the_page() {
        run(Engine::Sqlite, |db: TestDatabase| async move {
            let all = payloads::all();
            let store = db.store().await;
            let (things, values) = publish(&store, &all).await;
            let settings = Settings {
                // Over plain http, as on the machine itself.
                public_url: WebPage::parse("http://127.0.0.1").unwrap(),
                ..crate::common::settings(false)
            };
            let app = App::new(
                store.clone(),
                db.clock.clone(),
                settings,
                crate::common::content(),
            );
            let site = serve(web::app(app.await.unwrap())).await;

            let mut paths = asked(&all);
            for bits in 0..u64::try_from(things).unwrap() {
                paths.push(format!("/groups/{}", Slug::from_bits(GROUPS + bits)));
                paths.push(format!("/providers/{}", Slug::from_bits(PROVIDERS + bits)));
            }
            for page in 1..=things.div_ceil(20) {
                paths.push(format!("/groups?page={page}"));
                paths.push(format!("/providers?page={page}"));
            }
            let browser = Browser::start().await;
            let window = browser.window_with(DESKTOP, HOOKS).await;
            let mut wrong = Vec::new();
            for path in &paths {
                wrong.extend(wrongs(&window, &format!("{site}{path}")).await);
            }
            let names = handles(&store, &window, &site, &all, &mut wrong).await;
            let (typed, forms) = drafts(&db, &store, &window, &site, &all, &mut wrong).await;
            browser.stop().await;
            assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
            let stored = values + names + typed;
            assert!(stored >= LEAST, "only {stored} values were stored");
            println!(
                "{} texts, {stored} values stored, {} pages",
                all.len(),
                paths.len() + names + forms
            );
        });
    }

    /// Names that people choose, on their own page and in its frame.
    async fn handles(
        store: &Store,
        window: &Window,
        site: &str,
        all: &[String],
        wrong: &mut Vec<String>,
    ) -> usize {
        let handles = all.iter().filter_map(|text| Handle::parse(text).ok());
        let handles: Vec<Handle> = handles.step_by(3).collect();
        let many = handles.len();
        for (number, handle) in handles.into_iter().enumerate() {
            let mail = testing::people::mail(&format!("handle{number}"));
            let here = Slug::from_bits(GROUPS);
            let roles = [(Role::Facilitator, Some(&here))];
            testing::people::invent_as(store, &handle, Some(&mail), &roles).await;
            let token = testing::people::by_link(store, &mail).await;
            let _: String = window
                .ask(&format!("document.cookie = 's={token}; path=/'"))
                .await;
            wrong.extend(wrongs(window, &format!("{site}/me")).await);
            let shown: bool = window
                .ask(&format!(
                    "document.body.textContent.includes({:?})",
                    handle.as_str()
                ))
                .await;
            assert!(shown, "{handle} is shown as it was chosen");
        }
        many
    }

    /// What staff type about a group: every field that the form has, kept as a draft and shown again; how many values and pages.
    async fn drafts(
        db: &TestDatabase,
        store: &Store,
        window: &Window,
        site: &str,
        all: &[String],
        wrong: &mut Vec<String>,
    ) -> (usize, usize) {
        testing::people::invent(store, "noor", &[(Role::Coordinator, None)]).await;
        let token = testing::people::by_two(store, &db.clock, &testing::people::mail("noor")).await;
        let _: String = window
            .ask(&format!("document.cookie = 's={token}; path=/'"))
            .await;
        wrong.extend(wrongs(window, &format!("{site}/staff/groups/new")).await);
        let fields: Vec<String> = window
            .ask("[...new Set([...document.forms].flatMap(f => [...f.elements].map(e => e.name)))].filter(n => n && n != 'act')")
            .await;
        assert!(fields.len() > 30, "the form has its fields: {fields:?}");
        let mut paths = vec![
            "/staff/groups".to_owned(),
            "/staff/groups?words=x&page=2".to_owned(),
        ];
        let who = testing::people::who(store, &token).await;
        for at in (0..all.len()).step_by(A_PAGE) {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for (turn, field) in fields.iter().enumerate() {
                form.append_pair(field, &all[(at + turn) % all.len()]);
            }
            let mut writing = store.write(who.clone()).await.unwrap();
            let permit = writing.permit::<RunListings>(On::Organisation).await;
            let slug = groups::create(&mut permit.unwrap(), &form.finish())
                .await
                .unwrap();
            writing.commit().await.unwrap();
            let number = u64::try_from(at / A_PAGE).unwrap();
            paths.push(format!("/staff/groups/{slug}/edit"));
            for page in ["", "/edit", "/schedule"] {
                paths.push(format!(
                    "/staff/groups/{}{page}",
                    Slug::from_bits(GROUPS + number)
                ));
            }
        }
        for path in &paths {
            wrong.extend(wrongs(window, &format!("{site}{path}")).await);
        }
        let values = fields.len() * all.len().div_ceil(A_PAGE);
        (values, paths.len() + 1)
    }

    #[test]
    fn the_same_texts_run_where_nothing_escapes_them_so_this_would_be_seen() {
        run(Engine::Sqlite, |_: TestDatabase| async move {
            let page = |text: &str| Html(format!("<!doctype html><title>x</title><body>{text}</body>"));
            let all: Vec<String> = payloads::all().into_iter().step_by(A_QUESTION).collect();
            let mut router = Router::new();
            for (number, text) in all.iter().enumerate() {
                let page = page(text);
                router = router.route(&format!("/{number}"), get(move || async move { page }));
            }
            let site = serve(router).await;
            let browser = Browser::start().await;
            let window = browser.window_with(DESKTOP, HOOKS).await;
            let mut seen = 0;
            for number in 0..all.len() {
                let found = wrongs(&window, &format!("{site}/{number}")).await;
                seen += usize::from(!found.is_empty());
            }
            browser.stop().await;
            assert!(seen >= all.len() / 5, "only {seen} of {}", all.len());
            println!("{seen} of {}", all.len());
        });
    }
}
