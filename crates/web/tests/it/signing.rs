//! Signing in as people do it: the first admin's link, a second step, the way out; and what guesses get.

use crate::common::browser::{Browser, Elsewhere, browser, unnumbered};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use domain::people::Role;
use store::{Who, invitations};
use testing::{TestDatabase, both_engines};
use tower::ServiceExt;

async fn setup_link(db: &TestDatabase) -> String {
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    let token = invitations::set_up(&mut writing).await.unwrap().unwrap();
    writing.commit().await.unwrap();
    format!("/invitation/{token}")
}

const FORM: &str = "handle=Alex&mail=alex%40lakeshore.example&password=quiet+harbor+lantern+seven";

#[both_engines]
async fn the_first_admin_comes_in_by_a_link_once_and_counts_after_a_second_step(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    let (status, page) = alex.post(&link, "handle=&mail=alex&password=12345678").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.matches("class=\"error\"").count(),
        3,
        "each field says what is wrong"
    );

    assert_eq!(
        alex.post(&link, FORM).await,
        (StatusCode::SEE_OTHER, "/me".into())
    );
    assert_eq!(alex.get("/staff").await.1, "/sign-in/second?to=%2Fstaff");
    assert_eq!(alex.get("/sign-in/second").await.1, "/me/second-factor");
    let (_, page) = alex.post("/me/second-factor", "").await;
    let secret = page
        .split("class=\"secret\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let secret = secret.replace(' ', "");
    let before = alex.cookie.clone();
    let (status, _) = alex.post("/me/second-factor/confirmation", "step=000000").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = testing::people::code_of(&secret, &db.clock);
    let (status, page) = alex
        .post("/me/second-factor/confirmation", &format!("step={code}"))
        .await;
    assert_eq!((status, page.matches("<li><code>").count()), (StatusCode::OK, 10));
    assert_eq!(alex.get("/staff").await.0, StatusCode::OK);

    // The browser has another token since then, and the one before works no more.
    let mut old = Browser {
        router: alex.router.clone(),
        cookie: before,
    };
    assert_eq!(old.get("/me").await.1, "/sign-in?to=%2Fme");
    let mut other = Browser {
        router: alex.router.clone(),
        cookie: None,
    };
    assert_eq!(
        other.get(&link).await.0,
        StatusCode::NOT_FOUND,
        "the link worked once"
    );

    let kept = alex.cookie.clone();
    assert_eq!(alex.post("/sign-out", "").await.1, "/");
    let mut again = Browser {
        router: alex.router.clone(),
        cookie: kept,
    };
    assert_eq!(
        again.get("/me").await.1,
        "/sign-in?to=%2Fme",
        "signed out is signed out"
    );
    let form = "mail=ALEX%40lakeshore.example&password=quiet+harbor+lantern+seven&to=%2Fstaff";
    assert_eq!(alex.post("/sign-in/password", form).await.1, "/staff");
    let (status, _) = alex
        .post("/sign-in/second", &format!("step={code}&to=%2Fstaff"))
        .await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the same digits work once"
    );
    db.clock.forward(TimeDelta::seconds(60));
    let code = testing::people::code_of(&secret, &db.clock);
    let (_, to) = alex
        .post("/sign-in/second", &format!("step={code}&to=%2Fstaff"))
        .await;
    assert_eq!(to, "/staff");
    db.clock.forward(TimeDelta::minutes(16));
    assert_eq!(
        alex.get("/staff").await.1,
        "/sign-in?to=%2Fstaff",
        "a silent quarter of an hour ends it"
    );
}

#[both_engines]
async fn guesses_are_counted_for_accounts_there_are_and_others_alike(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    alex.post(&link, FORM).await;
    let mut pages = Vec::new();
    for mail in ["alex", "nobody"] {
        let mut guesser = Browser {
            router: alex.router.clone(),
            cookie: None,
        };
        let form = format!("mail={mail}%40lakeshore.example&password=wrong+wrong+wrong");
        let mut said = Vec::new();
        for _ in 0..6 {
            let (status, page) = guesser.post("/sign-in/password", &form).await;
            said.push((status.as_u16(), unnumbered(&page).replace(mail, "WHO")));
        }
        assert_eq!(
            said.iter().map(|(status, _)| *status).collect::<Vec<_>>(),
            [422, 422, 422, 422, 422, 429]
        );
        pages.push(said);
    }
    assert_eq!(
        pages[0], pages[1],
        "nothing tells whether there is such an account"
    );
}

/// A guess at this account's password from this address, in a browser without a cookie.
async fn guess(router: &axum::Router, address: &str, mail: &str, password: &str) -> (u16, String) {
    let mut somebody = Elsewhere {
        browser: Browser {
            router: router.clone(),
            cookie: None,
        },
        address,
    };
    let form = format!("mail={mail}%40lakeshore.example&password={password}");
    let (status, page) = somebody.post("/sign-in/password", &form).await;
    assert_eq!(
        somebody.browser.cookie.is_some(),
        status == StatusCode::SEE_OTHER,
        "a cookie is set for who is signed in"
    );
    (status.as_u16(), unnumbered(&page).replace(mail, "WHO"))
}

const RIGHT: &str = "quiet+harbor+lantern+seven";
const WRONG: &str = "loud+harbor+lantern+seven";

#[both_engines]
async fn whoever_guesses_elsewhere_uses_up_nobodys_guesses(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    alex.post(&link, FORM).await;
    let router = alex.router;
    let of = async |address: &str, password: &str| guess(&router, address, "alex", password).await.0;
    for status in [422, 422, 422, 422, 422, 429] {
        assert_eq!(of("203.0.113.9", WRONG).await, status);
    }
    assert_eq!(
        of("203.0.113.77", RIGHT).await,
        429,
        "a neighbour is the same prefix"
    );
    assert_eq!(of("2001:db8:1::9", RIGHT).await, 303);
    for status in [422, 422, 422, 422, 422, 429] {
        assert_eq!(of("198.51.100.9", WRONG).await, status);
    }
    db.clock.forward(TimeDelta::minutes(15));
    assert_eq!(of("203.0.113.9", RIGHT).await, 303);
}

#[both_engines]
async fn guesses_from_many_prefixes_are_few_and_keep_nobody_out(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    alex.post(&link, FORM).await;
    let router = alex.router;
    // Alex signed in at home once. Of the other there is no account, and nothing tells so.
    assert_eq!(guess(&router, "192.0.2.1", "alex", RIGHT).await.0, 303);
    let mut said = Vec::new();
    for mail in ["alex", "nobody"] {
        let mut answers = Vec::new();
        for n in 0..24 {
            answers.push(guess(&router, &format!("203.0.{n}.1"), mail, WRONG).await);
        }
        // From their home, too.
        answers.push(guess(&router, "192.0.2.1", mail, WRONG).await);
        said.push(answers);
    }
    assert_eq!(said[0], said[1]);
    let statuses: Vec<_> = said[0].iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [&[422; 20][..], &[429; 5]].concat());
    assert!(said[0][24].1.contains("Nothing is locked"));

    // Even the right one is not heard from anywhere, but from home.
    assert_eq!(guess(&router, "203.0.99.1", "alex", RIGHT).await.0, 429);
    assert_eq!(guess(&router, "192.0.2.200", "alex", RIGHT).await.0, 303);
    // And from anywhere again after a wait.
    db.clock.forward(TimeDelta::minutes(1));
    assert_eq!(guess(&router, "203.0.99.1", "alex", RIGHT).await.0, 303);
}

#[both_engines]
async fn guesses_at_a_second_step_are_counted_over_all_prefixes(db: TestDatabase) {
    let store = db.store().await;
    testing::people::invent(&store, "ash", &[(Role::Coordinator, None)]).await;
    let mail = testing::people::mail("ash");
    let whole = testing::people::by_two(&store, &db.clock, &mail).await;
    // Somebody has the password, or the mail.
    let half = testing::people::by_link(&store, &mail).await;
    let router = browser(&db).await.router;
    let step = async |token: &str, address: &str, digits: &str| {
        let mut somebody = Elsewhere {
            browser: Browser {
                router: router.clone(),
                cookie: Some(format!("__Host-s={token}")),
            },
            address,
        };
        let form = format!("step={digits}&to=%2Fstaff");
        somebody.post("/sign-in/second", &form).await.0.as_u16()
    };
    assert_eq!(step(&whole, "192.0.2.1", "wrong").await, 422);
    let mut heard = 0;
    for n in 0..30 {
        let status = step(&half, &format!("203.0.{n}.1"), "000000").await;
        heard += usize::from(status == 422);
        assert_eq!(status, if n < 19 { 422 } else { 429 });
    }
    assert_eq!(heard, 19);
}

#[both_engines]
async fn a_form_from_elsewhere_changes_nothing(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    alex.post(&link, FORM).await;
    let kinds: [&[(&str, &str)]; 6] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://groups.example.org"),
        ],
        &[("origin", "https://groups.example.org.evil.example")],
    ];
    for route in web::routes::TABLE
        .iter()
        .filter(|route| route.method == web::routes::Method::Post)
    {
        for headers in kinds {
            let mut request = Request::post(route.example);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let (status, headers, _) = alex.send(request, "").await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{} {headers:?}", route.path);
        }
        let plain = Request::post(route.example)
            .header("origin", "https://groups.example.org")
            .header("content-type", "text/plain")
            .header("cookie", alex.cookie.clone().unwrap())
            .body(Body::from("x=1"))
            .unwrap();
        let status = alex.router.clone().oneshot(plain).await.unwrap().status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{}", route.path);
    }
    assert_eq!(
        alex.get("/me").await.0,
        StatusCode::OK,
        "and nobody was signed out"
    );
}

#[both_engines]
async fn what_is_sent_after_the_session_is_over_comes_back_to_be_sent_again(db: TestDatabase) {
    let store = db.store().await;
    testing::people::invent(&store, "river", &[(Role::Coordinator, None)]).await;
    let mail = testing::people::mail("river");
    let token = testing::people::by_two(&store, &db.clock, &mail).await;
    let mut river = crate::common::browser::signed_in(&db, &token).await;
    db.clock.forward(chrono::TimeDelta::minutes(16));
    let (status, page) = river.post("/me/name", "handle=Harbor+%26+Sons&once=1").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(
        page.contains("<input type=\"hidden\" name=\"handle\" value=\"Harbor &amp; Sons\">")
            && page.contains("action=\"/me/name\"")
            && page.contains("You were signed out meanwhile"),
        "{page}"
    );
    // Of what shows who one is nothing comes back.
    let secret = "now=quiet+harbor&password=lantern+seven+quiet";
    let (status, to) = river.post("/me/password", secret).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/sign-in?to=%2Fme")
    );
    // Whoever never signed in here gets nothing back either.
    let mut nobody = browser(&db).await;
    let (status, _) = nobody.post("/me/name", "handle=Harbor").await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let token = testing::people::by_two(&store, &db.clock, &mail).await;
    river.cookie = Some(format!("__Host-s={token}"));
    let number = page.split("name=\"once\" value=\"").nth(1).unwrap();
    let number = number.split('"').next().unwrap();
    let again = format!("once={number}&handle=Harbor+%26+Sons");
    assert_eq!(river.post("/me/name", &again).await.0, StatusCode::SEE_OTHER);
    assert!(river.get("/me").await.1.contains("Harbor &amp; Sons"));
}

#[both_engines]
async fn signing_in_over_a_session_ends_it_if_it_was_theirs(db: TestDatabase) {
    let mut alex = browser(&db).await;
    let link = setup_link(&db).await;
    alex.post(&link, FORM).await;
    let before = alex.cookie.clone();
    let form = format!("mail=alex%40lakeshore.example&password={RIGHT}");
    assert_eq!(
        alex.post("/sign-in/password", &form).await.0,
        StatusCode::SEE_OTHER
    );
    assert_ne!(alex.cookie, before);
    let mut old = Browser {
        router: alex.router.clone(),
        cookie: before,
    };
    assert_eq!(old.get("/me").await.0, StatusCode::SEE_OTHER);

    // One that somebody else put there goes on being theirs.
    let store = db.store().await;
    testing::people::invent(&store, "ash", &[]).await;
    let theirs = testing::people::by_link(&store, &testing::people::mail("ash")).await;
    let mut victim = Browser {
        router: alex.router.clone(),
        cookie: Some(format!("__Host-s={theirs}")),
    };
    assert_eq!(
        victim.post("/sign-in/password", &form).await.0,
        StatusCode::SEE_OTHER
    );
    assert!(store.session(&theirs).await.unwrap().is_some());
}
