//! Feeds and calendars of a search, as other programs meet them, on both engines.

use crate::common::{ask, get, grief, library, settings, site, site_and_app};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::groups::{Listing, Slug};
use store::{Who, listings};
use testing::{TestDatabase, both_engines};

#[both_engines]
async fn the_feed_holds_what_one_walks_into_and_counts_the_rest(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, headers, body) = get(&router, "/feeds/meetings.json").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["x-left-out"], "1; therapy=1");
    assert_eq!(headers["access-control-allow-origin"], "*");
    let records: serde_json::Value = serde_json::from_str(&body).unwrap();
    let [record] = records.as_array().unwrap().as_slice() else {
        panic!("{body}");
    };
    for (key, value) in [
        ("name", "Thursday Table: after the loss of a partner"),
        ("time", "18:30"),
        ("end_time", "20:00"),
        ("timezone", "America/New_York"),
        ("formatted_address", "1900 West 25th Street, Cleveland, OH 44113"),
        ("attendance_option", "in_person"),
        ("updated", "2026-11-12 00:00:00"),
    ] {
        assert_eq!(record[key], value, "{key} of {record}");
    }
    assert_eq!(record["day"], 4);
    assert!(
        record["notes"].as_str().unwrap().contains("Thanksgiving"),
        "{record}"
    );
    let slug = record["slug"].as_str().unwrap();
    assert_eq!(record["url"], format!("https://groups.example.org/groups/{slug}"));
}

#[both_engines]
async fn who_has_the_feed_already_gets_nothing(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for path in [
        "/feeds/meetings.json",
        "/feeds/meetings.csv",
        "/groups/calendar.ics?kind=support",
    ] {
        let (_, headers, _) = get(&router, path).await;
        let tag = headers["etag"].to_str().unwrap().to_owned();
        let again = ask(&router, path, "192.0.2.7", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[both_engines]
async fn a_kept_feed_follows_the_listings_and_the_day(db: TestDatabase) {
    let (router, app) = site_and_app(&db, settings(false)).await;
    let feed = async || get(&router, "/feeds/meetings.json").await;
    let (_, first, body) = feed().await;
    let (_, again, same) = feed().await;
    assert_eq!(
        (&again["etag"], &again["x-left-out"]),
        (&first["etag"], &first["x-left-out"])
    );
    assert_eq!(same, body);
    assert!(body.contains("Thanksgiving"), "{body}");
    // The date that is skipped goes by: nothing was imported, and the feed says less.
    db.clock.forward(TimeDelta::days(9));
    let (_, later, body) = feed().await;
    assert!(
        later["etag"] != first["etag"] && !body.contains("Thanksgiving"),
        "{body}"
    );
    let mut writing = db.store().await.write(Who::Operator).await.unwrap();
    let another = Listing::check(grief(library())).unwrap();
    listings::publish(&mut writing, &Slug::from_bits(3), &another)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    app.refresh().await.unwrap();
    let (_, changed, body) = feed().await;
    assert_ne!(changed["etag"], later["etag"]);
    let records: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(records.as_array().unwrap().len(), 2, "{body}");
}

#[both_engines]
async fn the_calendar_of_a_search_is_neutral(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, headers, body) = get(&router, "/groups/calendar.ics?topic=grief").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(body.matches("BEGIN:VCALENDAR").count(), 1);
    assert_eq!(body.matches("SUMMARY:Thursday\\, 6:30 pm").count(), 2, "{body}");
    assert!(
        !body.to_lowercase().contains("grief") && !body.contains("partner"),
        "{body}"
    );
    for (query, said) in [
        ("topic=nonsense", "is no topic we know"),
        ("near=99999", "We know no ZIP code"),
    ] {
        let (status, _, body) = get(&router, &format!("/groups/calendar.ics?{query}")).await;
        assert!(
            status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(said),
            "{query}: {body}"
        );
    }
}

#[both_engines]
async fn changes_are_told_the_last_first(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, headers, body) = get(&router, "/feeds/changes.atom").await;
    assert_eq!(headers["content-type"], "application/atom+xml; charset=utf-8");
    assert_eq!(body.matches("<entry>").count(), 2, "{body}");
    assert!(body.contains("<title>When grief does not move</title>"), "{body}");
    assert!(
        body.contains("<author><name>Lakeshore</name></author>") && body.ends_with("</feed>\n"),
        "{body}"
    );
}

#[both_engines]
async fn another_programme_is_asked_for_by_its_name(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, _, _) = get(&router, "/feeds/meetings.json?programme=Nobody").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, headers, table) = get(&router, "/feeds/meetings.csv?bom=1").await;
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    assert!(
        table.starts_with("\u{feff}\"Name\",\"Slug\",\"Day\"") && table.contains("\"Thursday\",\"18:30\""),
        "{table}"
    );
}
