//! The cookie as it goes out: bound to this host under https, plain on the machine itself, and each taken in its own place
//! only.

use domain::groups::{Slug, WebPage};
use domain::people::{Handle, Role};
use store::On;
use store::acts::ChangeRoster;
use store::invitations::add_by_handle;
use testing::{TestDatabase, both_engines};
use web::Settings;
use web::routes::Method;

use crate::access::asking::{SITE, ask_from};
use crate::access::house::{HERE, House};
use crate::access::subject::Relation;
use crate::common::settings;

#[both_engines]
async fn under_https_the_cookie_is_bound_to_this_host(db: TestDatabase) {
    let house = House::with(db, settings(false)).await;
    round(
        &house,
        SITE,
        "__Host-s",
        "s",
        "; Path=/; HttpOnly; SameSite=Lax; Secure",
    )
    .await;
}

#[both_engines]
async fn on_this_machine_over_plain_http_it_is_plain(db: TestDatabase) {
    let here = "http://127.0.0.1:8080";
    let plain = Settings {
        public_url: WebPage::parse(here).unwrap(),
        ..settings(false)
    };
    let house = House::with(db, plain).await;
    round(&house, here, "s", "__Host-s", "; Path=/; HttpOnly; SameSite=Lax").await;
}

/// In by a code, through a page of one's own, and out.
async fn round(house: &House, site: &str, name: &str, other: &str, flags: &str) {
    let form = [
        ("origin", site),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let code = code(house).await;
    let post = async |path: &str, body: &str, cookie: &str| {
        let headers: Vec<(&str, &str)> = form.into_iter().chain([("cookie", cookie)]).collect();
        ask_from(&house.router, Method::Post, path, None, body, &headers).await
    };
    let get = async |cookie: &str| {
        let headers = [("cookie", cookie)];
        ask_from(&house.router, Method::Get, "/me", None, "", &headers)
            .await
            .status
    };
    // A session that someone else put into this browser is not taken over by who signs in.
    let planted = "ab".repeat(32);
    let answer = post(
        "/sign-in/code",
        &format!("code={code}"),
        &format!("{name}={planted}"),
    )
    .await;
    assert_eq!(answer.status.as_u16(), 303);
    let cookie = answer.header("set-cookie");
    let token = &cookie[name.len() + 1..][..64];
    assert_eq!(cookie, format!("{name}={token}{flags}"));
    assert_ne!(token, planted);

    assert_eq!(get(&format!("{name}={token}")).await.as_u16(), 200);
    for wrong in [
        format!("{other}={token}"),
        format!("{name}={}", token.to_uppercase()),
        format!("{name}={}", &token[1..]),
        format!("{name}={planted}"),
        format!("x{name}={token}"),
    ] {
        assert_eq!(get(&wrong).await.as_u16(), 303, "{wrong}");
    }

    let answer = post("/sign-out", "", &format!("{name}={token}")).await;
    assert_eq!(answer.header("set-cookie"), format!("{name}={flags}; Max-Age=0"));
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    assert_eq!(
        get(&format!("{name}={token}")).await.as_u16(),
        303,
        "dead after signing out"
    );
}

/// The code of a new member who gave no address.
async fn code(house: &House) -> String {
    let coordinator = house.two(Role::Coordinator, Relation::Organisation).await;
    let mut writing = house.store.write(coordinator).await.unwrap();
    let permit = writing
        .permit::<ChangeRoster>(On::Group(&Slug::from_bits(HERE)))
        .await;
    let heron = Handle::parse("Blue Heron").unwrap();
    let (_, code) = add_by_handle(&mut permit.unwrap(), &heron).await.unwrap();
    writing.commit().await.unwrap();
    code.reveal().replace(' ', "")
}
