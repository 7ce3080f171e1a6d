//! Groups on the staff side: written, published, found, paused, ended, planned; and only by those who may.

use crate::common::browser::hidden;
use crate::common::{content, grief, library, settings, therapy};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::clock::Clock;
use domain::groups::{Draft, Listing, Slug};
use domain::people::Role;
use domain::schedule::Dated;
use store::acts::EditGroup;
use store::{On, Store, Who, listings};
use testing::{TestDatabase, both_engines, people};
use tower::ServiceExt;
use web::{App, app};

/// A site with a support group (1) and a therapy group (2), and whoever is signed in.
struct Site {
    router: axum::Router,
    app: App,
    store: Store,
    db: TestDatabase,
}

/// A browser that is signed in.
struct Browser<'a> {
    site: &'a Site,
    token: String,
}

impl Site {
    async fn new(db: TestDatabase) -> Self {
        Self::with(db, settings(false)).await
    }

    async fn with(db: TestDatabase, settings: web::Settings) -> Self {
        let store = db.store().await;
        let mut writing = store.write(Who::Operator).await.unwrap();
        for (bits, draft) in [(1, grief(library())), (2, therapy())] {
            let listing = Listing::check(draft).unwrap();
            listings::publish(&mut writing, &Slug::from_bits(bits), &listing)
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        let app = App::new(store.clone(), db.clock.clone(), settings, content())
            .await
            .unwrap();
        Self {
            router: self::app(app.clone()),
            app,
            store,
            db,
        }
    }

    /// Someone new with this role, signed in with a second factor.
    async fn browser(&self, name: &str, role: Role, group: Option<u64>) -> Browser<'_> {
        let group = group.map(Slug::from_bits);
        people::invent(&self.store, name, &[(role, group.as_ref())]).await;
        let token = people::by_two(&self.store, &self.db.clock, &people::mail(name)).await;
        Browser { site: self, token }
    }

    async fn listing(&self, slug: &Slug) -> Listing {
        let mut reading = self.store.read(Who::Visitor).await.unwrap();
        let found = listings::by_slug(&mut reading, slug).await.unwrap();
        found.unwrap().listing
    }
}

impl Browser<'_> {
    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.ask(Request::get(path), "").await
    }

    /// Answers with the place it leads to, or the page.
    async fn post(&self, path: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://groups.example.org");
        self.ask(request, body).await
    }

    async fn ask(&self, request: axum::http::request::Builder, body: &str) -> (StatusCode, String) {
        let request = request
            .header("cookie", format!("__Host-s={}", self.token))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        if let Some(to) = response.headers().get("location") {
            return (status, to.to_str().unwrap().to_owned());
        }
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

const NEW: &str = "title=Evening+Circle&kind=support&topics=grief&every=weekly&interval=1&days=Wed&time=18%3A30&length=90\
    &zone=America%2FNew_York&from=2026-11-01&place=in-person&site-name=Library\
    &address=1900+West+25th+Street%2C+Cleveland%2C+OH+44113&languages=en&seats=open&how=organisation&phone=216-555-0142";

#[both_engines]
async fn a_group_that_is_published_is_found(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    assert_eq!(noor.get("/staff/groups/new").await.0, StatusCode::OK);
    let (status, to) = noor
        .post("/staff/groups/new", &format!("{NEW}&act=publish"))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let slug = to
        .strip_prefix("/staff/groups/")
        .and_then(|to| to.strip_suffix("?done=published"));
    let slug = Slug::parse(slug.unwrap()).unwrap();
    let listing = site.listing(&slug).await;
    assert_eq!(listing.title.as_str(), "Evening Circle");
    assert!(listing.place.site().unwrap().point.is_some(), "its ZIP is known");
    site.app.refresh().await.unwrap();
    let (_, _, found) = crate::common::get(&site.router, "/groups?near=44113").await;
    assert!(found.contains("Evening Circle"));
    let (_, overview) = noor.get(&to).await;
    assert!(overview.contains("Evening Circle"), "{overview}");
}

#[both_engines]
async fn what_is_no_listing_yet_keeps_what_was_typed_and_says_what_is_missing(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let typed = "title=Kept+%3Cwords%3E&kind=therapy&summary=Half+a+thought&act=publish";
    let (status, page) = noor.post("/staff/groups/new", typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Kept &lt;words&gt;") && page.contains("Half a thought"));
    assert!(page.contains("id=\"field-place-error\""));
    let whole = NEW.replace("kind=support", "kind=therapy");
    let (status, page) = noor
        .post("/staff/groups/new", &format!("{whole}&act=publish"))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-leader-1-error\"") && page.contains("id=\"field-size-least-error\""));
    // Half a group can be kept, and is nobody's but the staff's.
    let (_, to) = noor
        .post("/staff/groups/new", "title=Half+a+group&act=keep")
        .await;
    let (_, page) = noor.get(&to).await;
    assert!(page.contains("Half a group"));
    assert!(noor.get("/staff/groups").await.1.contains("Half a group"));
    let (status, _, _) =
        crate::common::get(&site.router, &to.replace("/staff", "").replace("/edit", "")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_form_that_is_sent_back_as_it_came_changes_nothing(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    for bits in [1, 2] {
        let slug = Slug::from_bits(bits);
        let before = site.listing(&slug).await;
        let (_, page) = noor.get(&format!("/staff/groups/{slug}/edit")).await;
        let form = format!("{}&act=publish", fields(&page));
        let (status, to) = noor.post(&format!("/staff/groups/{slug}/edit"), &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        let topics_named = |listing: Listing| Draft {
            topics: vec![],
            ..listing.into()
        };
        assert_eq!(topics_named(site.listing(&slug).await), topics_named(before));
    }
}

/// What a browser would send of the page's first form with a field `title`.
fn fields(page: &str) -> String {
    let form = page
        .split("<form")
        .find(|form| form.contains("name=\"title\""))
        .unwrap();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        rest.split('"').next().map(|value| value.replace("&amp;", "&"))
    };
    let mut sent: Vec<(String, String)> = Vec::new();
    let mut select = String::new();
    for piece in form.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = attribute(tag, "name").unwrap_or_default();
        if tag.starts_with("select") {
            select = name;
        } else if tag.starts_with("option") && tag.contains(" selected") {
            sent.push((select.clone(), attribute(tag, "value").unwrap()));
        } else if tag.starts_with("textarea") {
            sent.push((name, text.to_owned()));
        } else if tag.starts_with("input") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            sent.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(sent)
        .finish()
}

/// The same with these values in place of theirs, published.
fn typed(page: &str, changes: &[(&str, &str)]) -> String {
    let sent = fields(page);
    let mut sent: Vec<(String, String)> = url::form_urlencoded::parse(sent.as_bytes())
        .into_owned()
        .collect();
    for (field, value) in changes {
        sent.retain(|(name, _)| name != field);
        sent.push(((*field).to_owned(), (*value).to_owned()));
    }
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(sent)
        .append_pair("act", "publish")
        .finish()
}

#[both_engines]
async fn a_pause_and_an_end_are_taken_back_to_what_was_before(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let slug = Slug::from_bits(2);
    let before = site.listing(&slug).await;
    let at = |what: &str| format!("/staff/groups/{slug}/{what}");
    let (status, _) = noor.post(&at("pause"), "until=2026-12-24").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let paused = site.listing(&slug).await;
    assert!(matches!(
        paused.seats,
        domain::groups::Seats::Paused { until: Some(_) }
    ));
    noor.post(&at("end"), "on=2026-12-31").await;
    let ended = site.listing(&slug).await;
    assert!(ended.has_ended("2027-01-01".parse().unwrap()));
    let (status, _) = noor.post(&at("resumption"), "").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "what has ended is not resumed");
    noor.post(&at("reversal"), "").await;
    assert_eq!(site.listing(&slug).await, paused);
    noor.post(&at("resumption"), "").await;
    assert_eq!(site.listing(&slug).await, before);
    let (status, _) = noor.post(&at("pause"), "until=soon").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    noor.post(&at("confirmation"), "").await;
    let today = site.db.clock.now().date_naive();
    assert_eq!(site.listing(&slug).await.verified_on, Some(today));
}

/// Tuesday evening where the organisation is, Wednesday by the clocks of UTC.
#[both_engines]
async fn a_day_is_that_of_the_organisation(db: TestDatabase) {
    let site = Site::new(db).await;
    site.db.clock.forward(chrono::TimeDelta::hours(11));
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let slug = Slug::from_bits(1);
    noor.post(&format!("/staff/groups/{slug}/confirmation"), "").await;
    let tuesday = "2026-11-24".parse().unwrap();
    assert_eq!(site.listing(&slug).await.verified_on, Some(tuesday));
    let (_, form) = noor.get("/staff/groups/new").await;
    assert!(form.contains(r#"value="2026-11-24""#), "{form}");
    noor.post(&format!("/staff/groups/{slug}/end"), "on=2026-11-24")
        .await;
    site.app.refresh().await.unwrap();
    let (_, found) = noor.get("/groups?near=44113").await;
    assert!(found.contains("Thursday Table"), "it ends tonight: {found}");
    for page in [format!("/groups/{slug}"), format!("/staff/groups/{slug}")] {
        let (_, page) = noor.get(&page).await;
        assert!(page.contains("Checked today"), "{page}");
    }
}

#[both_engines]
async fn a_leader_changes_their_own_groups_and_sees_no_other(db: TestDatabase) {
    let site = Site::new(db).await;
    let dana = site.browser("dana", Role::Leader, Some(2)).await;
    let marcus = site.browser("marcus", Role::CoLeader, Some(2)).await;
    let member = site.browser("kim", Role::Member, Some(2)).await;
    let (own, other) = (Slug::from_bits(2), Slug::from_bits(1));
    let (_, list) = dana.get("/staff/groups").await;
    assert!(list.contains(own.as_str()) && !list.contains(other.as_str()));
    for path in ["", "/edit", "/schedule"] {
        let (status, _) = dana.get(&format!("/staff/groups/{own}{path}")).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let (status, _) = dana.get(&format!("/staff/groups/{other}{path}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        let (status, _) = member.get(&format!("/staff/groups/{own}{path}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "a member, {path}");
    }
    let posts = [
        "edit",
        "forgetting",
        "confirmation",
        "pause",
        "resumption",
        "end",
        "reversal",
        "schedule",
        "skips",
        "moves",
    ];
    let before = site.listing(&other).await;
    for what in posts {
        let body = "act=publish&on=2026-12-01";
        let (status, _) = dana.post(&format!("/staff/groups/{other}/{what}"), body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{what}");
        let (status, _) = marcus.post(&format!("/staff/groups/{own}/{what}"), body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "a co-leader reads only: {what}");
    }
    assert_eq!(site.listing(&other).await, before);
    let (status, page) = marcus.get(&format!("/staff/groups/{own}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("/edit\""), "no button that leads nowhere");
    for body in ["title=X&act=keep", "title=X&act=publish"] {
        let (status, _) = dana.post("/staff/groups/new", body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "only who runs listings creates");
    }
    assert_eq!(dana.get("/staff/groups/new").await.0, StatusCode::NOT_FOUND);
    let (status, _) = dana
        .post(&format!("/staff/groups/{own}/end"), "on=2026-12-01")
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND, "to end it is the coordinator's");
}

#[both_engines]
async fn the_dates_shown_before_saving_are_those_of_the_finder(db: TestDatabase) {
    let site = Site::new(db).await;
    let joan = site.browser("joan", Role::Facilitator, Some(1)).await;
    let slug = Slug::from_bits(1);
    let at = |what: &str| format!("/staff/groups/{slug}/{what}");
    let before = site.listing(&slug).await;
    let rule = "every=monthly&interval=1&nth=second&nth=last&day=Sun&time=02%3A30&length=60&zone=America%2FNew_York&from=2026-11-01";
    let (status, page) = joan.post(&at("schedule"), &format!("{rule}&act=preview")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(site.listing(&slug).await, before, "a preview saves nothing");
    // Thanksgiving, which is skipped, is no Sunday: that it is dropped is said first.
    assert!(page.contains("name=\"dropping\" value=\"2026-11-26\""));
    let (status, told) = joan.post(&at("schedule"), &format!("{rule}&act=save")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        told.contains("do not fit the new rule") && told.contains("November 26"),
        "{told}"
    );
    assert_eq!(site.listing(&slug).await, before);
    joan.post(&at("schedule"), &format!("{rule}&act=save&dropping=2026-11-26"))
        .await;
    let saved = site.listing(&slug).await;
    let now = site.db.clock.now();
    let shown = |page: &str| -> Vec<String> {
        let times = page.split("<time datetime=\"").skip(1);
        times
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let expected = |listing: &Listing| -> Vec<String> {
        let dates = listing.upcoming(now).take(10);
        dates.map(|dated: Dated| dated.start().to_rfc3339()).collect()
    };
    assert_eq!(shown(&page), expected(&saved));
    assert!(
        page.contains("the clocks skip this hour"),
        "March 14, 2027 has no 2:30"
    );
    assert!(page.contains("the clocks change before this one"));
    joan.post(&at("skips"), "skip-date=2026-12-13&skip-reason=Snow")
        .await;
    joan.post(&at("moves"), "move-date=2026-12-27&move-to=2026-12-28T19%3A00")
        .await;
    let changed = site.listing(&slug).await;
    let schedule = changed.schedule().unwrap();
    assert_eq!((schedule.skips.len(), schedule.moves.len()), (1, 1));
    let (_, page) = joan.get(&at("schedule")).await;
    assert_eq!(shown(&page), expected(&changed));
    assert!(page.contains("Snow"));
    let (status, page) = joan.post(&at("skips"), "skip-date=2026-12-14").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("id=\"field-skip-date-error\""),
        "it does not meet on that day"
    );
    joan.post(&at("skips"), "skip-date=2026-12-13&act=undo").await;
    joan.post(&at("moves"), "move-date=2026-12-27&act=undo").await;
    assert_eq!(site.listing(&slug).await, saved);
}

#[both_engines]
async fn of_two_who_change_a_group_the_second_sees_what_the_first_wrote(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let pat = site.browser("pat", Role::Coordinator, None).await;
    let slug = Slug::from_bits(1);
    let edit = format!("/staff/groups/{slug}/edit");
    let (_, noors) = noor.get(&edit).await;
    let (_, pats) = pat.get(&edit).await;
    let (status, to) = noor
        .post(
            &edit,
            &typed(&noors, &[("title", "Thursday Circle"), ("arrival", "Ring")]),
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let first = site.listing(&slug).await;
    let mine = [("summary", "New words"), ("arrival", "Knock")];
    let (status, page) = pat.post(&edit, &typed(&pats, &mine)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(site.listing(&slug).await, first, "nothing was written over");
    assert!(page.contains("Someone else changed this while you had it open"));
    assert!(page.contains("id=\"field-title-error\"") && page.contains("id=\"field-arrival-error\""));
    assert!(
        !page.contains("id=\"field-summary-error\""),
        "nobody else touched it"
    );
    assert!(
        page.contains("value=\"Thursday Circle\""),
        "left alone, it is theirs"
    );
    assert!(
        page.contains("Thursday Table: after the loss of a partner"),
        "as it was"
    );
    assert!(page.contains("There now:") && page.contains("Ring") && page.contains("Knock"));
    let (status, to) = pat.post(&edit, &typed(&page, &[])).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let both = site.listing(&slug).await;
    assert_eq!(both.title.as_str(), "Thursday Circle");
    assert_eq!(both.summary.as_ref().unwrap().as_str(), "New words");
    assert_eq!(both.first_visit.arrival.as_ref().unwrap().as_str(), "Knock");

    // The page of when it meets is asked the same.
    let schedule = format!("/staff/groups/{slug}/schedule");
    let seen_in = |page: &str| hidden(page, "seen").replace("&amp;", "&");
    let (_, page) = pat.get(&schedule).await;
    let seen: String = url::form_urlencoded::byte_serialize(seen_in(&page).as_bytes()).collect();
    let at = |time: &str| {
        format!(
            "every=weekly&interval=1&days=Thu&time={time}&length=90&zone=America%2FNew_York&from=2026-01-01&act=save&seen={seen}"
        )
    };
    assert_eq!(
        noor.post(&schedule, &at("17%3A00")).await.0,
        StatusCode::SEE_OTHER
    );
    let (status, page) = pat.post(&schedule, &at("20%3A00")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("id=\"field-time-error\"") && page.contains("17:00"),
        "{page}"
    );
    let time = site.listing(&slug).await.schedule().unwrap().time;
    assert_eq!(time.to_string(), "17:00:00");
}

#[both_engines]
async fn a_group_has_as_many_leaders_as_lead_it(db: TestDatabase) {
    let site = Site::new(db).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let slug = Slug::from_bits(1);
    let edit = format!("/staff/groups/{slug}/edit");
    let mut count = 0;
    while count < 9 {
        let (_, page) = noor.get(&edit).await;
        let rows = page.matches("name=\"leader-").count();
        assert!(rows > count && rows >= 4, "there is always room for one more");
        let mut body = fields(&page);
        for row in count + 1..=rows {
            let empty = format!("leader-{row}=");
            assert!(body.contains(&format!("&{empty}&")), "{body}");
            body = body.replace(&format!("&{empty}&"), &format!("&{empty}Leader+{row}&"));
        }
        let (status, to) = noor.post(&edit, &format!("{body}&act=publish")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        count = rows;
        let names: Vec<_> = site
            .listing(&slug)
            .await
            .led_by
            .iter()
            .map(|one| one.name.to_string())
            .collect();
        assert_eq!(
            names,
            (1..=rows).map(|row| format!("Leader {row}")).collect::<Vec<_>>()
        );
    }
}

#[both_engines]
async fn a_new_group_begins_in_the_time_zone_of_the_organisation(db: TestDatabase) {
    let western = web::Settings {
        zone: chrono_tz::Tz::America__Los_Angeles,
        ..settings(false)
    };
    let site = Site::with(db, western).await;
    // It is the 25th in London and on the East coast, and the 24th where the organisation is.
    site.db.clock.forward(chrono::TimeDelta::hours(15));
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let (_, form) = noor.get("/staff/groups/new").await;
    assert!(form.contains("value=\"America/Los_Angeles\""), "{form}");
    assert!(
        form.contains("value=\"2026-11-24\"") && !form.contains("2026-11-25"),
        "{form}"
    );
}

#[both_engines]
async fn publishing_leaves_a_topic_in_the_words_of_the_group(db: TestDatabase) {
    let site = Site::new(db).await;
    let slug = Slug::from_bits(3);
    let listing = Listing::check(Draft {
        topics: vec![
            crate::common::line("Bereavement"),
            crate::common::line("quilting"),
        ],
        ..grief(library())
    });
    let mut writing = site.store.write(Who::Operator).await.unwrap();
    listings::publish(&mut writing, &slug, &listing.unwrap())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let here = format!("/staff/groups/{slug}/edit");
    let (_, page) = noor.get(&here).await;
    assert!(page.contains("name=\"topics\" value=\"grief\" checked"), "{page}");
    let more = format!("{}&topics=anxiety", typed(&page, &[]));
    let (status, answer) = noor.post(&here, &more).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{answer}");
    let named = site.listing(&slug).await;
    let mut named: Vec<&str> = named.topics.iter().map(domain::text::Line::as_str).collect();
    named.sort_unstable();
    let anxiety = content().topics.get("anxiety").unwrap().name.to_string();
    assert_eq!(named, [anxiety.as_str(), "Bereavement", "quilting"]);
    // What is taken off is off.
    let (_, page) = noor.get(&here).await;
    let (status, _) = noor.post(&here, &typed(&page, &[("topics", "anxiety")])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(site.listing(&slug).await.topics.len(), 2);
}

#[both_engines]
async fn who_begins_a_draft_in_the_same_moment_sees_what_the_first_typed(db: TestDatabase) {
    let site = Site::new(db).await;
    let slug = Slug::from_bits(1);
    let here = format!("/staff/groups/{slug}/edit");
    let joan = site.browser("joan", Role::Facilitator, Some(1)).await;
    let lena = site.browser("lena", Role::Facilitator, Some(1)).await;
    let who = people::who(&site.store, &lena.token).await;
    let (_, page) = joan.get(&here).await;
    let keeps = |title: &str| typed(&page, &[("title", title)]).replace("act=publish", "act=keep");
    // She keeps a draft while the other one's is on its way.
    let mut writing = site.store.write(who).await.unwrap();
    let permit = writing.permit::<EditGroup>(On::Group(&slug)).await;
    store::groups::keep(&mut permit.unwrap(), None, &keeps("Lenas"))
        .await
        .unwrap();
    let sent = keeps("Joans");
    let (answer, ()) = tokio::join!(joan.post(&here, &sent), async {
        tokio::task::yield_now().await;
        writing.commit().await.unwrap();
    });
    assert_eq!(answer.0, StatusCode::CONFLICT, "{}", answer.1);
    assert!(
        answer.1.contains("value=\"Joans\"") && answer.1.contains("Lenas"),
        "{}",
        answer.1
    );
    let (status, to) = joan
        .post(&here, &fields(&answer.1).replace("act=publish", "act=keep"))
        .await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, here));
}
