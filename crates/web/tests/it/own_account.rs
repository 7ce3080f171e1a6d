//! One's own account: what it takes to change how one signs in, who is told, and what others can do with it (T24).

use crate::common::browser::{Browser, browser, signed_in, unnumbered};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::groups::Slug;
use domain::people::Role;
use store::acts::SeeInstallation;
use store::outbox::{self, Letter};
use store::{On, Store, Who};
use testing::people::{by_link, by_two, code_of, invent, invent_as, mail};
use testing::{TestDatabase, both_engines};

const NEW: &str = "password=quiet+harbor+lantern+seven";
const OK: StatusCode = StatusCode::OK;

/// Every letter that was not taken yet, the oldest first.
async fn letters(store: &Store) -> Vec<Letter> {
    let mut writing = store.write(Who::Job("mail")).await.unwrap();
    let letters = outbox::take(&mut writing, 99).await.unwrap();
    writing.commit().await.unwrap();
    letters
}

async fn letters_made(store: &Store) -> usize {
    let mut reading = store.read(Who::Job("test")).await.unwrap();
    let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await.unwrap();
    outbox::newest(&mut permit, 99).await.unwrap().len()
}

/// Waits until a letter is there that was not before: asking for one is answered at once.
async fn next_letter(store: &Store, before: usize) -> Letter {
    let mut changes = store.changes();
    while letters_made(store).await <= before {
        changes.next().await;
    }
    letters(store).await.pop().unwrap()
}

/// The path of the link in a letter.
fn link(letter: &Letter) -> String {
    let at = letter.body.find("https://groups.example.org/").unwrap();
    let address = letter.body[at..].split_whitespace().next().unwrap();
    address
        .trim_start_matches("https://groups.example.org")
        .to_owned()
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap()
}

async fn by_paths(browser: &mut Browser, steps: &[(&str, &str, &str)]) {
    for (path, form, to) in steps {
        let (status, place) = browser.post(path, form).await;
        assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, *to), "{path}");
    }
}

#[both_engines]
async fn a_mailed_link_signs_in_once_by_a_click_and_for_a_quarter_of_an_hour(db: TestDatabase) {
    let (store, mut river) = (db.store().await, browser(&db).await);
    invent(&store, "river", &[(Role::Admin, None)]).await;
    let form = "address=RIVER%40people.example&to=%2Fstaff%2Fgroups";
    assert_eq!(river.post("/sign-in/link", form).await.0, OK);
    let letter = next_letter(&store, 0).await;
    assert_eq!(letter.subject, "A message for you");
    let path = link(&letter);
    // Programs that look through letters open what they find.
    for _ in 0..3 {
        let (status, page) = river.get(&path).await;
        assert!(status == OK && page.contains("value=\"/staff/groups\""), "{page}");
        assert!(river.cookie.is_none());
    }
    let (act, form) = (without_query(&path), "to=%2Fstaff%2Fgroups");
    by_paths(&mut river, &[(act, form, "/staff/groups")]).await;
    assert_eq!(river.get("/me").await.0, OK);
    let mut second = browser(&db).await;
    assert_eq!(second.post(act, form).await.0, StatusCode::NOT_FOUND);
    assert_eq!(second.get(act).await.0, StatusCode::NOT_FOUND);
    assert!(second.cookie.is_none());

    let before = letters_made(&store).await;
    second
        .post("/sign-in/link", "address=river%40people.example")
        .await;
    let path = link(&next_letter(&store, before).await);
    db.clock.forward(TimeDelta::minutes(15));
    assert_eq!(
        second.post(without_query(&path), "").await.0,
        StatusCode::NOT_FOUND
    );
}

#[both_engines]
async fn asking_for_a_link_tells_nobody_who_is_here(db: TestDatabase) {
    let (store, mut asker) = (db.store().await, browser(&db).await);
    invent(&store, "river", &[]).await;
    let mut told = Vec::new();
    for name in ["river", "nobody"] {
        let form = format!("address={name}%40people.example");
        let mut answers = Vec::new();
        for _ in 0..4 {
            let (status, page) = asker.post("/sign-in/link", &form).await;
            answers.push((status.as_u16(), page.replace(name, "WHO")));
        }
        let codes: Vec<u16> = answers.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [200, 200, 200, 429], "three letters an hour");
        told.push(answers);
    }
    assert_eq!(told[0], told[1]);
}

#[both_engines]
async fn who_has_a_second_factor_shows_it_before_anything_whatever_they_hold(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[]).await;
    by_two(&store, &db.clock, &mail("river")).await;
    let mut half = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    for path in ["/me", "/me/looked", "/me/password", "/me/passkeys"] {
        let (_, to) = half.get(path).await;
        assert!(to.starts_with("/sign-in/second?to="), "{path}: {to}");
    }
    for path in [
        "/me/password",
        "/me/second-factor/removal",
        "/me/sessions/end",
        "/me/mail",
    ] {
        let (_, to) = half.post(path, NEW).await;
        assert!(to.starts_with("/sign-in/second?to="), "{path}: {to}");
    }
    assert_eq!(half.post("/sign-out", "").await.1, "/");
}

#[both_engines]
async fn how_one_signs_in_is_changed_only_just_after_showing_who_one_is(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[]).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    db.clock.forward(TimeDelta::minutes(6));
    for path in [
        "/me/password",
        "/me/mail",
        "/me/second-factor/removal",
        "/me/second-factor",
    ] {
        let (_, to) = river.post(path, NEW).await;
        assert!(to.starts_with("/sign-in/again?to="), "{path}: {to}");
    }
    // Their own name opens nothing, so it may be changed at any time.
    by_paths(&mut river, &[("/me/name", "handle=Big+River", "/me?done=name")]).await;
    assert!(river.get("/me").await.1.contains("Big River"));
}

#[both_engines]
async fn a_new_password_signs_every_other_browser_out_and_its_owner_is_told(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[]).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let mut other = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    letters(&store).await;
    let (status, page) = river.post("/me/password", "password=12345678").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    by_paths(&mut river, &[("/me/password", NEW, "/me?done=password")]).await;
    assert_eq!(other.get("/me").await.1, "/sign-in?to=%2Fme");
    assert_eq!(river.get("/me").await.0, OK);
    let told = letters(&store).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].mail, "river@people.example");
    assert!(!told[0].body.contains("lantern"));
    let mut anew = browser(&db).await;
    let form = format!("mail=river%40people.example&{NEW}");
    assert_eq!(anew.post("/sign-in/password", &form).await.1, "/me");
    // Showing once more who one is: by the password, now that there is one.
    db.clock.forward(TimeDelta::minutes(6));
    let again = format!("{NEW}&to=%2Fme%2Fpassword");
    assert_eq!(anew.post("/sign-in/again", &again).await.1, "/me/password");
    assert_eq!(anew.get("/me/password").await.0, OK);
}

#[both_engines]
async fn a_new_address_counts_once_its_letter_was_opened_and_the_old_one_is_told(db: TestDatabase) {
    let store = db.store().await;
    for name in ["river", "dana"] {
        invent(&store, name, &[]).await;
    }
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    letters(&store).await;
    let asked = river.post("/me/mail", "mail=new%40people.example").await;
    let taken = river.post("/me/mail", "mail=dana%40people.example").await;
    assert_eq!(
        (asked.0, unnumbered(&asked.1).replace("new@", "WHO@")),
        (taken.0, unnumbered(&taken.1).replace("dana@", "WHO@")),
        "nothing tells who else is here"
    );
    let written = letters(&store).await;
    let to: Vec<&str> = written.iter().map(|letter| letter.mail.as_str()).collect();
    assert_eq!(to, ["new@people.example"]);
    let path = link(&written[0]);
    let mut dana = signed_in(&db, &by_link(&store, &mail("dana")).await).await;
    assert_eq!(
        dana.post(&path, "").await.0,
        StatusCode::NOT_FOUND,
        "it is not Dana's"
    );
    assert!(river.get("/me").await.1.contains("river@people.example"));
    letters(&store).await;
    by_paths(&mut river, &[(&path, "", "/me?done=mail")]).await;
    assert!(river.get("/me").await.1.contains("new@people.example"));
    let told = letters(&store).await;
    assert_eq!(told[0].mail, "river@people.example");
    assert!(
        !told[0].body.contains("new@"),
        "the old address is not told the new one"
    );
    assert_eq!(river.post(&path, "").await.0, StatusCode::NOT_FOUND, "once");
}

#[both_engines]
async fn an_app_of_six_digits_is_turned_off_and_its_codes_on_paper_renewed_by_itself_only(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[(Role::Auditor, None)]).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let (_, page) = river.post("/me/second-factor", "").await;
    assert!(
        page.contains("<svg class=\"qr\""),
        "a picture for another device's camera"
    );
    let secret = page.split("class=\"secret\">").nth(1).unwrap();
    let secret = secret.split('<').next().unwrap().replace(' ', "");
    let digits = code_of(&secret, &db.clock);
    let (_, page) = river
        .post("/me/second-factor/confirmation", &format!("step={digits}"))
        .await;
    let codes = |page: &str| -> Vec<String> {
        let codes = page.split("<li><code>").skip(1);
        codes
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    let first = codes(&page);
    let (status, page) = river.post("/me/second-factor/codes", "").await;
    let second = codes(&page);
    assert_eq!((status, second.len()), (OK, 10));
    assert!(first.iter().all(|code| !second.contains(code)));
    let mut half = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let old = format!("step={}&to=%2Fme", first[0]);
    let (status, _) = half.post("/sign-in/second", &old).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old ones work no more"
    );
    let new = format!("step={}&to=%2Fme", second[0]);
    by_paths(&mut half, &[("/sign-in/second", &new, "/me")]).await;
    let mut again = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let (status, _) = again.post("/sign-in/second", &new).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "each works once");
    let off = ("/me/second-factor/removal", "", "/me?done=second-factor");
    by_paths(&mut river, &[off]).await;
    assert_eq!(river.get("/me").await.0, OK);
}

#[both_engines]
async fn new_digits_end_the_old_ones_and_every_other_browser(db: TestDatabase) {
    let store = db.store().await;
    let handle = domain::people::Handle::parse("Blue Heron").unwrap();
    browser(&db).await;
    let grief = Slug::from_bits(1);
    invent(&store, "joan", &[(Role::Coordinator, None)]).await;
    let joan = testing::people::who(&store, &by_two(&store, &db.clock, &mail("joan")).await).await;
    let mut writing = store.write(joan).await.unwrap();
    let mut permit = writing
        .permit::<store::acts::ChangeRoster>(On::Group(&grief))
        .await
        .unwrap();
    let (_, code) = store::invitations::add_by_handle(&mut permit, &handle)
        .await
        .unwrap();
    writing.commit().await.unwrap();

    let old = format!("code={}", code.reveal().replace(' ', "+"));
    let (mut heron, mut other) = (browser(&db).await, browser(&db).await);
    by_paths(&mut heron, &[("/sign-in/code", &old, "/me")]).await;
    by_paths(&mut other, &[("/sign-in/code", &old, "/me")]).await;
    let (status, page) = heron.post("/me/code", "").await;
    assert_eq!(status, OK);
    let new = page.split("class=\"secret\">").nth(1).unwrap();
    let new = format!("code={}", new.split('<').next().unwrap().replace(' ', "+"));
    assert_eq!(other.get("/me").await.1, "/sign-in?to=%2Fme");
    assert_eq!(
        other.post("/sign-in/code", &old).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    by_paths(&mut other, &[("/sign-in/code", &new, "/me")]).await;
    // Without a password or an address, the code itself shows once more who one is.
    db.clock.forward(TimeDelta::minutes(6));
    assert_eq!(
        heron.post("/me/code", "").await.1,
        "/sign-in/again?to=%2Fme%2Fcode"
    );
    let again = format!("{new}&to=%2Fme%2Fcode");
    by_paths(&mut heron, &[("/sign-in/again", &again, "/me/code")]).await;
}

#[both_engines]
async fn somebody_elses_way_in_shows_nothing_of_who_is_signed_in(db: TestDatabase) {
    let store = db.store().await;
    for name in ["river", "dana"] {
        invent(&store, name, &[]).await;
    }
    let mut dana = signed_in(&db, &by_link(&store, &mail("dana")).await).await;
    by_paths(&mut dana, &[("/me/password", NEW, "/me?done=password")]).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    db.clock.forward(TimeDelta::minutes(6));
    let (status, _) = river.post("/sign-in/again", NEW).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Who came by links alone is offered another one.
    let (_, page) = river.get("/sign-in/again").await;
    assert!(page.contains("action=\"/sign-in/link\""), "{page}");
}

#[both_engines]
async fn a_browser_that_brings_a_token_of_its_own_choice_gets_another(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[]).await;
    let chosen = "0123456789abcdef".repeat(4);
    let mut river = signed_in(&db, &chosen).await;
    let token = testing::people::mailed_link(&store, &mail("river")).await;
    by_paths(&mut river, &[(&format!("/sign-in/link/{token}"), "", "/me")]).await;
    assert!(!river.cookie.as_ref().unwrap().contains(&chosen));
    assert_eq!(river.get("/me").await.0, OK);
    let mut planter = signed_in(&db, &chosen).await;
    assert_eq!(planter.get("/me").await.1, "/sign-in?to=%2Fme");
}

#[both_engines]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others(db: TestDatabase) {
    let store = db.store().await;
    let _ = invent_as(
        &store,
        &domain::people::Handle::parse("river").unwrap(),
        Some(&mail("river")),
        &[],
    )
    .await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        browsers.push(signed_in(&db, &by_link(&store, &mail("river")).await).await);
    }
    let (_, page) = browsers[0].get("/me").await;
    assert_eq!(
        page.matches("/end\"").count(),
        4,
        "three others, and all others at once"
    );
    let act = page.split("action=\"/me/sessions/").nth(1).unwrap();
    let act = format!("/me/sessions/{}", act.split('"').next().unwrap());
    by_paths(&mut browsers[0], &[(&act, "", "/me?done=session")]).await;
    let mut open = 0;
    for browser in &mut browsers {
        open += usize::from(browser.get("/me").await.0 == OK);
    }
    assert_eq!(open, 3);
    by_paths(&mut browsers[0], &[("/me/sessions/end", "", "/me?done=session")]).await;
    for (nth, browser) in browsers.iter_mut().enumerate() {
        assert_eq!(browser.get("/me").await.0 == OK, nth == 0);
    }
}
