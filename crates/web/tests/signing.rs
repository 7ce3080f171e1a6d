//! Signing in as people do it: the first admin's link, a second step, the way out; and what guesses get.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use common::browser::{Browser, browser};
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
            said.push((status.as_u16(), page.replace(mail, "WHO")));
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
