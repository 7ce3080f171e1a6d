//! Fixing held rows of every format: what the feed says is shown, what is typed is checked as every listing is, holds at the
//! next import, and yields to the feed.

use axum::http::StatusCode;
use domain::groups::{Listing, Source};
use domain::people::Role;
use domain::text::Line;
use feeds::reading::{Reading, Row};
use serde_json::{Value, json};
use store::Who;
use store::imports::{Corrected, Staged};
use testing::{TestDatabase, both_engines};
use url::form_urlencoded;

use crate::common::browser::hidden;
use crate::running::feeds::{add, take_in_as};
use crate::running::{Browser, Site, is_gone};

fn how() -> Reading {
    Reading {
        zone: "America/New_York".parse().ok(),
        ..Reading::new(Line::parse("Orange County").unwrap())
    }
}

fn staged(row: Row) -> Staged {
    Staged {
        row: row.number,
        id: row.id,
        listing: row.listing.map_err(|why| why.to_string()),
        notes: row.notes,
        said: row.said,
        unfinished: row.unfinished,
        corrected: Corrected::default(),
    }
}

/// Two meetings; the second has these fields in place of its own.
fn meetings(changes: &Value) -> Vec<Staged> {
    let row = |slug: &str, name: &str| {
        json!({
            "slug": slug, "name": name, "day": 3, "time": "19:00", "formatted_address": "7 Oak St, Cleveland, OH 44113, USA",
            "contact_1_name": "Ann Persona", "contact_1_phone": "216-555-0143", "conference_phone": null,
        })
    };
    let mut second = row("c", "Early Risers");
    for (name, value) in changes.as_object().unwrap() {
        second[name] = value.clone();
    }
    let feed = json!([row("a", "Harbor Lights"), second]).to_string();
    let rows = feeds::meeting_guide::read(feed.as_bytes(), &how()).unwrap();
    rows.into_iter().map(staged).collect()
}

/// The feed says these, and is taken in.
async fn say(site: &Site, there: &str, changes: &Value) {
    take_in_as(site, there, "meeting-guide", meetings(changes)).await;
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

async fn listed(site: &Site) -> Vec<Listing> {
    let mut reading = site.store.read(Who::Visitor).await.unwrap();
    let all = store::listings::public(&mut reading).await.unwrap();
    let of_feed = all
        .into_iter()
        .filter(|one| one.listing.source != Source::Own && one.gone.is_none());
    let mut listings: Vec<Listing> = of_feed.map(|one| one.listing).collect();
    listings.sort_by(|a, b| a.title.cmp(&b.title));
    listings
}

async fn titles(site: &Site) -> Vec<String> {
    listed(site)
        .await
        .iter()
        .map(|one| one.title.to_string())
        .collect()
}

async fn office(site: &Site) -> (Browser<'_>, String) {
    let admin = site.browser("alex", Role::Admin, None).await;
    let there = add(&admin).await;
    (site.browser("cleo", Role::Coordinator, None).await, there)
}

#[both_engines]
async fn the_wrong_field_stands_first_and_what_is_typed_there_lists_the_group(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    say(&site, &there, &json!({ "time": "7 oclock" })).await;
    let list = cleo.page(&format!("{there}/held")).await;
    let here = format!("{there}/held/2");
    assert!(
        list.contains(&format!("href=\"{here}\"")) && list.contains("Fix it"),
        "{list}"
    );

    let page = cleo.page(&here).await;
    let (field, said) = (
        page.find("put-when.time").unwrap(),
        page.find("What the feed says").unwrap(),
    );
    assert!(field < said, "what is wrong stands first");
    for told in [
        "It says “7 oclock”.",
        "write 19:00 or 7:00 PM",
        "Early Risers",
        "7 Oak St, Cleveland",
        "formatted_address",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Persona") && !page.contains("0143"), "{page}");

    let (row, given) = (hidden(&page, "row"), hidden(&page, "given-when.time"));
    let correction = format!("{here}/correction");
    let typed = |time: &str| form(&[("row", row), ("given-when.time", given), ("put-when.time", time)]);
    for (time, sentence) in [
        ("", "This is missing."),
        ("later", "“later” is no time; write 19:00 or 7:00 PM."),
        ("https://zoom.us/j/1", "is not kept here"),
    ] {
        let (status, page) = cleo.post(&correction, &typed(time)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{time}");
        assert!(page.contains(sentence), "{time}: {page}");
        assert!(
            page.contains(&format!("value=\"{time}\"")),
            "what was typed is kept: {page}"
        );
    }
    assert_eq!(titles(&site).await, ["Harbor Lights"]);

    let answer = cleo.post(&correction, &typed("7:30 pm")).await;
    assert_eq!(answer, (StatusCode::SEE_OTHER, format!("{there}/corrections")));
    let all = listed(&site).await;
    assert_eq!(all[0].schedule().unwrap().time.to_string(), "19:30:00");
    let page = cleo.page(&format!("{there}/corrections")).await;
    assert!(
        page.contains("“time”: 7:30 pm, in place of 7 oclock") && page.contains("It stands in the listing."),
        "{page}"
    );
    assert!(is_gone(&cleo.get(&here).await), "it is held no more");
    assert!(cleo.page(&there).await.contains("One value was corrected here"));

    // The same again; then the feed says it itself.
    say(&site, &there, &json!({ "time": "7 oclock" })).await;
    assert!(
        cleo.page(&there)
            .await
            .contains("1 listed by what was corrected here")
    );
    say(&site, &there, &json!({ "time": "20:00" })).await;
    assert_eq!(
        listed(&site).await[0].schedule().unwrap().time.to_string(),
        "20:00:00"
    );
    let page = cleo.page(&format!("{there}/corrections")).await;
    assert!(
        page.contains("The feed has changed this itself since") && !page.contains("withdrawal"),
        "{page}"
    );
    // Held once more, it says what was said before.
    say(&site, &there, &json!({ "time": "eight" })).await;
    let page = cleo.page(&here).await;
    assert!(
        page.contains("“time”: 7:30 pm, in place of 7 oclock") && page.contains("what the feed says counts"),
        "{page}"
    );
}

#[both_engines]
async fn what_was_corrected_is_taken_back_by_one_button(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    say(&site, &there, &json!({ "formatted_address": "" })).await;
    let here = format!("{there}/held/2");
    let put = form(&[("row", "c"), ("put-place", "12 Elm St, Cleveland, OH 44113")]);
    assert_eq!(
        cleo.post(&format!("{here}/correction"), &put).await.0,
        StatusCode::SEE_OTHER
    );
    let all = listed(&site).await;
    let place = all[0].place.site().unwrap();
    assert_eq!(place.address.public(), "12 Elm St, Cleveland, OH 44113");
    // Found near its ZIP code, like a group of our own.
    assert!((place.point.unwrap().latitude() - 41.48).abs() < 0.1);
    let page = cleo.page(&format!("{there}/corrections")).await;
    let act = page
        .split("action=\"")
        .find(|rest| rest.contains("/withdrawal\""))
        .unwrap();
    let act = act.split('"').next().unwrap();
    assert_eq!(cleo.post(act, "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(titles(&site).await, ["Harbor Lights"]);
    assert!(
        cleo.page(&format!("{there}/corrections"))
            .await
            .contains("Nothing was corrected")
    );
    assert!(
        cleo.page(&here).await.contains("put-place"),
        "it is held as before"
    );
    assert!(is_gone(&cleo.post(act, "").await), "once is once");
}

#[both_engines]
async fn what_shows_next_is_asked_next_and_what_was_typed_stays(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    say(
        &site,
        &there,
        &json!({ "formatted_address": "", "day": "someday" }),
    )
    .await;
    let here = format!("{there}/held/2/correction");
    let given = ("given-when.rule", "someday");
    let (status, page) = cleo
        .post(
            &here,
            &form(&[
                ("row", "c"),
                given,
                ("put-when.rule", "last Friday"),
                ("put-place", "online"),
            ]),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("put-how_to_come")
            && page.contains("value=\"last Friday\"")
            && page.contains("value=\"online\""),
        "{page}"
    );
    let both = [
        ("row", "c"),
        given,
        ("put-when.rule", "last Friday"),
        ("put-place", "online"),
        ("put-how_to_come", "https://zoom.us/j/1"),
    ];
    let (status, page) = cleo.post(&here, &form(&both)).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("A join link"),
        "{page}"
    );
    let mut both = both;
    both[4].1 = "https://example.org/early";
    assert_eq!(cleo.post(&here, &form(&both)).await.0, StatusCode::SEE_OTHER);
    let kept = serde_json::to_value(&listed(&site).await[0]).unwrap();
    assert_eq!(kept["when"]["scheduled"]["rule"]["nth"], json!(["last"]));
    assert_eq!(kept["how_to_come"]["page"], "https://example.org/early");
    let count = |page: &str| page.matches("withdrawal").count();
    assert_eq!(count(&cleo.page(&format!("{there}/corrections")).await), 3);
}

#[both_engines]
async fn nothing_is_put_where_something_else_stands_by_now(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    say(&site, &there, &json!({ "time": "7 oclock" })).await;
    let here = format!("{there}/held/2/correction");
    let typed = form(&[
        ("row", "c"),
        ("given-when.time", "7 oclock"),
        ("put-when.time", "19:00"),
    ]);
    // The same row says something else; then another row stands there.
    say(&site, &there, &json!({ "time": "8 oclock" })).await;
    let (status, page) = cleo.post(&here, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("says something else here by now")
            && page.contains("8 oclock")
            && page.contains("value=\"19:00\""),
        "{page}"
    );
    say(&site, &there, &json!({ "slug": "d", "time": "7 oclock" })).await;
    let (status, page) = cleo.post(&here, &typed).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("this is another row now"), "{page}");
    assert_eq!(titles(&site).await, ["Harbor Lights"]);
    // And what is listed by now is not there to be fixed.
    say(&site, &there, &json!({})).await;
    assert!(is_gone(&cleo.post(&here, &typed).await));
    let ada = site.browser("ada", Role::Auditor, None).await;
    assert!(
        is_gone(&ada.post(&here, &typed).await) && is_gone(&ada.get(&format!("{there}/corrections")).await)
    );
}

/// A held row of a format, what its page shows, and what is typed.
type OfFormat<'a> = (&'a str, Staged, &'a [&'a str], &'a [(&'a str, &'a str)]);

fn of_every_format() -> Vec<OfFormat<'static>> {
    let table = "Time,Day,Name,Slug,Address\n25:99,Tuesday,Night Owls,owls,\"12 Elm St, Akron\"\n";
    let bmlt = json!([{
        "id_bigint": "7", "meeting_name": "Clean Slate", "weekday_tinyint": "9", "start_time": "19:30:00", "duration_time": "01:30:00",
        "location_street": "12 Elm St", "location_municipality": "Akron", "formats": "O",
    }]);
    let hsds = json!([{
        "id": "s1", "name": "Grief circle", "status": "active", "url": "https://example.org/grief",
        "schedules": [{ "freq": "HOURLY", "opens_at": "18:30", "closes_at": "20:00" }],
        "service_at_locations": [{ "location": { "name": "Harbor House", "addresses": [{ "address_1": "12 Harbor Road", "city": "Cleveland" }] } }],
    }]);
    let ical = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\nSUMMARY:Grief walk\r\n\
        DTSTART;TZID=America/Chicago:20260903T183000\r\nRRULE:FREQ=YEARLY\r\nLOCATION:12 Harbor Road\\, Cleveland\r\n\
        URL:https://example.org/walk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let mut ours: Value =
        serde_json::from_str(include_str!("../../../../../docs/formats/example.sameboat.json")).unwrap();
    ours["groups"][0]["tittle"] = json!("x");
    ours["groups"][0]["size"]["most"] = json!("nine");
    let ours = feeds::sameboat::read(ours.to_string().as_bytes(), None)
        .unwrap()
        .groups
        .remove(0);
    let ours = Staged {
        row: ours.number,
        id: ours.id,
        listing: ours.listing.map_err(|why| why.to_string()),
        notes: ours.notes,
        said: ours.said,
        unfinished: ours.unfinished,
        corrected: Corrected::default(),
    };
    let first = |rows: Vec<Row>| staged(rows.into_iter().next().unwrap());
    vec![
        (
            "csv",
            first(feeds::tsml::read(table.as_bytes(), &how()).unwrap()),
            &["25:99", "12 Elm St, Akron", "Tuesday"],
            &[("given-when.time", "25:99"), ("put-when.time", "21:00")],
        ),
        (
            "bmlt",
            first(feeds::bmlt::read(&[bmlt.to_string().as_bytes()], &how()).unwrap()),
            &["weekday_tinyint", "12 Elm St", "19:30:00"],
            &[("given-when.rule", "9"), ("put-when.rule", "Monday")],
        ),
        (
            "hsds",
            first(feeds::hsds::read(hsds.to_string().as_bytes(), &how()).unwrap()),
            &["schedules.opens_at", "Harbor House", "HOURLY"],
            &[
                ("given-when.rule", "freq=HOURLY"),
                ("put-when.rule", "2nd Tuesday"),
            ],
        ),
        (
            "ical",
            first(feeds::icalendar::read(ical.as_bytes(), &how()).unwrap()),
            &[
                "RRULE",
                "DTSTART;TZID=America/Chicago",
                "12 Harbor Road, Cleveland",
            ],
            &[("given-when.rule", "FREQ=YEARLY"), ("put-when.rule", "Thursday")],
        ),
        (
            "sameboat",
            ours,
            &["tittle", "when.scheduled.time", "nine"],
            &[
                ("put-unknown:tittle", ""),
                ("without", "unknown:tittle"),
                ("given-size", r#"{"least":6,"most":"nine"}"#),
                ("put-size", "6 to 9"),
            ],
        ),
    ]
}

#[both_engines]
async fn rows_of_every_format_are_shown_and_fixed(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    for (format, row, shown, typed) in of_every_format() {
        let (number, id) = (row.row, row.id.clone());
        take_in_as(&site, &there, format, vec![row.clone()]).await;
        let here = format!("{there}/held/{number}");
        let page = cleo.page(&here).await;
        for told in shown {
            assert!(page.contains(told), "{format}, {told}: {page}");
        }
        let mut fields = vec![("row", id.as_str())];
        fields.extend(typed.iter().copied());
        let answer = cleo.post(&format!("{here}/correction"), &form(&fields)).await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER, "{format}: {}", answer.1);
        take_in_as(&site, &there, format, vec![row]).await;
        let page = cleo.page(&there).await;
        assert!(
            page.contains("1 listed by what was corrected here"),
            "{format}: {page}"
        );
    }
}

#[both_engines]
async fn what_cannot_be_fixed_says_so_and_can_still_be_written_anew(db: TestDatabase) {
    let site = Site::new(db).await;
    let (cleo, there) = office(&site).await;
    say(&site, &there, &json!({ "slug": null, "name": "" })).await;
    let page = cleo.page(&format!("{there}/held/2")).await;
    assert!(
        page.contains("cannot be fixed here") && page.contains("as a group of our own"),
        "{page}"
    );
    assert!(
        is_gone(
            &cleo
                .post(&format!("{there}/held/2/correction"), "row=row-2&put-title=X")
                .await
        ) || !page.contains("put-title")
    );
    // One that can be is written anew with all that it says.
    say(&site, &there, &json!({ "time": "7 oclock" })).await;
    let (_, to) = cleo.post(&format!("{there}/held/2/group"), "").await;
    let form = cleo.page(&to).await;
    for told in [
        "Early Risers",
        "7 Oak St, Cleveland",
        "value=\"walk-in\" selected",
        "value=\"Wed\" checked",
    ] {
        assert!(form.contains(told), "{told}: {form}");
    }
    assert!(!form.contains("value=\"00:00\""), "what is wrong is left open");
}
