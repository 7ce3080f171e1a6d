//! "Tell me when a grief group opens near 44113", as a browser without scripts and a mail program do it.

use crate::common::browser::Browser;
use crate::common::{grief, library, line, settings, site_and_app, therapy};
use axum::http::{Request, StatusCode};
use domain::clock::Clock as _;
use domain::groups::{Address, Draft, Listing, Place, Point, Seats, Slug};
use store::signing::link::Letter;
use store::{Store, Who, listings, outbox, searches};
use testing::people::letters;
use testing::{TestDatabase, both_engines};
use web::{App, Words};

const SITE: &str = "https://groups.example.org";
const FOOT: &str = "You need not answer this letter; nobody reads what is sent back to it.\n\nLakeshore\nIf you or someone else is in danger now: https://groups.example.org/help-now\n";

async fn site(db: &TestDatabase) -> (Browser, App, Store) {
    let (router, app) = site_and_app(db, settings(false)).await;
    let browser = Browser { router, cookie: None };
    (browser, app, db.store().await)
}

async fn publish(db: &TestDatabase, store: &Store, bits: u64, draft: Draft) -> Slug {
    db.clock.forward(chrono::TimeDelta::minutes(1));
    let slug = Slug::from_bits(bits);
    let mut writing = store.write(Who::Operator).await.unwrap();
    let listing = Listing::check(draft).unwrap();
    listings::publish(&mut writing, &slug, &listing).await.unwrap();
    writing.commit().await.unwrap();
    slug
}

fn far_away() -> Place {
    let Place::InPerson(mut site) = library() else {
        unreachable!("one walks to the library")
    };
    site.point = Some(Point::new(47.6, -122.3).unwrap());
    site.address = Address::Exact {
        line: line("1000 Fourth Avenue, Seattle, WA 98104"),
        town: Some(line("Seattle")),
    };
    Place::InPerson(site)
}

/// The only letter to this address, and the path of its link.
fn only(written: &[outbox::Letter], mail: &str) -> (String, String) {
    let theirs: Vec<_> = written.iter().filter(|one| one.mail == mail).collect();
    assert_eq!(theirs.len(), 1);
    assert_eq!(theirs[0].subject, "A message for you");
    let path = theirs[0].body.split(SITE).nth(1).unwrap();
    let path = path.split('\n').next().unwrap().to_owned();
    (theirs[0].body.clone(), path)
}

/// What the program's job does once it is due.
async fn see_to(db: &TestDatabase, store: &Store, app: &App) -> usize {
    let words = Words::english();
    let site = settings(false);
    let body = |token: &str| web::letters::search_found(&words, &site, token);
    let letter = Letter {
        subject: "A message for you",
        body: &body,
    };
    let mut reading = store.read(Who::Job("searches")).await.unwrap();
    let until = searches::newest(&mut reading).await.unwrap().unwrap();
    drop(reading);
    app.refresh().await.unwrap();
    let mut writing = store.write(Who::Job("searches")).await.unwrap();
    let mut told = 0;
    for one in searches::active(&mut writing, None, until).await.unwrap() {
        let news = web::searches::news(app, &one.search, (&one.new, &one.full), db.clock.now());
        if news.is_news {
            searches::tell(&mut writing, &one, &news.full, &letter)
                .await
                .unwrap();
            told += 1;
        } else {
            searches::looked(&mut writing, &one, &news.full).await.unwrap();
        }
    }
    writing.commit().await.unwrap();
    told
}

#[both_engines]
async fn someone_is_told_once_a_group_opens_that_fits_and_ends_it_with_one_click(db: TestDatabase) {
    let (mut sky, app, store) = site(&db).await;
    let (_, page) = sky.get("/groups?near=44113&q=greif").await;
    let save = page.split("href=\"/searches/new?").nth(1).unwrap();
    let search = save.split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(search, "q=grief&near=44113", "with its slips mended");
    let (status, page) = sky.get(&format!("/searches/new?{search}")).await;
    assert!(status == StatusCode::OK && page.contains("At most 2 letters a week"));
    assert!(page.contains("when it was full, closed or on a break and takes people again"));
    let form = |mail: &str| {
        let search: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
        format!("search={search}&mail={}", mail.replace('@', "%40"))
    };
    let (status, page) = sky.post("/searches/new", &form("sky")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("is no mail address"));
    let sent = (StatusCode::SEE_OTHER, "/searches/new?sent=yes".to_owned());
    assert_eq!(sky.post("/searches/new", &form("sky@people.example")).await, sent);

    let (body, link) = only(&letters(&store).await, "sky@people.example");
    assert_eq!(
        body,
        format!(
            "You asked us to tell you something. This link starts it:\n\n{SITE}{link}\n\nIt works for 3 days. If you did not ask for it, do nothing: it ends by itself, and we do not write again.\n\n{FOOT}"
        )
    );
    // Nothing before the button behind the link.
    publish(&db, &store, 20, grief(library())).await;
    assert_eq!(see_to(&db, &store, &app).await, 0);
    let (status, page) = sky.get(&link).await;
    assert!(status == StatusCode::OK && page.contains("Yes, tell me"));
    assert_eq!(see_to(&db, &store, &app).await, 0);
    let (status, own) = sky.post(&link, "").await;
    assert!(status == StatusCode::SEE_OTHER && own.starts_with("/searches/"));
    assert_eq!(sky.get(&link).await.0, StatusCode::NOT_FOUND);
    let (_, page) = sky.get(&own).await;
    assert!(page.contains("href=\"/groups?q=grief&amp;near=44113\""));

    // Far away, and about something else: no news.
    publish(&db, &store, 21, grief(far_away())).await;
    let sober = Draft {
        topics: vec![line("alcohol")],
        title: line("Sober evenings"),
        ..grief(library())
    };
    publish(&db, &store, 22, sober).await;
    assert_eq!(see_to(&db, &store, &app).await, 0);
    publish(&db, &store, 23, grief(library())).await;
    assert_eq!(see_to(&db, &store, &app).await, 1);
    assert_eq!(see_to(&db, &store, &app).await, 0);
    let written = letters(&store).await;
    let told: Vec<_> = written.iter().filter(|one| one.stop.is_some()).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].body,
        format!(
            "A group has opened. It is here:\n\n{SITE}{own}\n\nYou asked us to tell you. The page behind the link also ends these letters, with one click.\n\n{FOOT}"
        )
    );
    let end = told[0].stop.clone().unwrap();
    assert_eq!(end, format!("{own}/end"));

    assert_eq!(
        sky.post(&format!("{own}/renewal"), "").await,
        (StatusCode::SEE_OTHER, own.clone())
    );
    // A mail program ends it: no page, no cookie, no origin.
    let mut program = Browser {
        router: sky.router.clone(),
        cookie: None,
    };
    let (status, _, page) = program
        .send(Request::post(&end), "List-Unsubscribe=One-Click")
        .await;
    assert!(status == StatusCode::OK && page.contains("It has ended"));
    assert_eq!(sky.get(&own).await.0, StatusCode::NOT_FOUND);
    publish(&db, &store, 24, grief(library())).await;
    assert_eq!(see_to(&db, &store, &app).await, 0);
}

#[both_engines]
async fn a_group_that_was_full_or_on_a_break_is_told_once_each_time_it_opens(db: TestDatabase) {
    let (mut sky, app, store) = site(&db).await;
    let on_a_break = Draft {
        seats: Seats::Paused { until: None },
        ..grief(library())
    };
    let left = |left| Draft {
        seats: Seats::Left(left),
        ..therapy()
    };
    publish(&db, &store, 30, on_a_break).await;
    app.refresh().await.unwrap();
    for status in ["", "%26status%3Dopen%2Cplaces"] {
        let form = format!("search=q%3Dgrief%26near%3D44113{status}&mail=sky%40people.example");
        sky.post("/searches/new", &form).await;
    }
    for one in letters(&store).await {
        let path = one.body.split(SITE).nth(1).unwrap();
        let (status, _) = sky.post(path.split('\n').next().unwrap(), "").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    assert_eq!(see_to(&db, &store, &app).await, 0);

    publish(&db, &store, 30, grief(library())).await;
    assert_eq!(see_to(&db, &store, &app).await, 2, "the break is over");
    assert_eq!(see_to(&db, &store, &app).await, 0, "and that is told once");
    publish(&db, &store, 31, left(0)).await;
    assert_eq!(
        see_to(&db, &store, &app).await,
        1,
        "it is new, for who looks for any; it has no place, for who looks for one"
    );
    publish(&db, &store, 31, left(2)).await;
    assert_eq!(see_to(&db, &store, &app).await, 1, "two letters in seven days");
    db.clock.forward(chrono::TimeDelta::days(7));
    assert_eq!(see_to(&db, &store, &app).await, 1, "and the other is told later");
    for (places, told) in [(1, 0), (0, 0), (3, 2), (2, 0)] {
        publish(&db, &store, 31, left(places)).await;
        assert_eq!(see_to(&db, &store, &app).await, told, "{places} left");
    }
}

#[both_engines]
async fn the_answer_tells_nothing_of_an_address_and_a_mailbox_is_not_filled(db: TestDatabase) {
    let (mut sky, _, store) = site(&db).await;
    testing::people::invent(&store, "river", &[]).await;
    let form = |mail: &str, n: u32| format!("search=near%3D44113%26q%3Dx{n}&mail={mail}%40people.example");
    let mut answers = Vec::new();
    for name in ["river", "nobody"] {
        for n in 0..5 {
            answers.push(sky.post("/searches/new", &form(name, n)).await);
        }
    }
    assert!(
        answers
            .iter()
            .all(|one| *one == (StatusCode::SEE_OTHER, "/searches/new?sent=yes".to_owned()))
    );
    let written = letters(&store).await;
    for name in ["river", "nobody"] {
        let mail = format!("{name}@people.example");
        assert_eq!(written.iter().filter(|one| one.mail == mail).count(), 3);
    }
    // There is nothing to tell of without a search, and none near a place that nobody knows.
    for nothing in ["", "near=Nowhereville", "near=Springfield", "page=2"] {
        let (status, to) = sky.get(&format!("/searches/new?{nothing}")).await;
        assert_eq!(
            (status, to.as_str()),
            (StatusCode::SEE_OTHER, "/groups"),
            "{nothing}"
        );
    }
}
