//! What was done, as an auditor and as an admin read it.

use axum::http::StatusCode;
use domain::groups::Slug;
use domain::people::{Handle, Role};
use store::Who;
use testing::people::{invent, invent_as};
use testing::{TestDatabase, both_engines};

use crate::running::{Site, is_gone};

#[both_engines]
async fn an_auditor_reads_every_act_by_what_is_looked_for(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let dana = invent(&site.store, "dana", &[(Role::Leader, Some(&Slug::from_bits(2)))]).await;
    let body = format!("role=facilitator&group={}&until=", Slug::from_bits(1));
    admin.post(&format!("/staff/people/{dana}/roles"), &body).await;
    let auditor = site.browser("ines", Role::Auditor, None).await;
    let river = site.browser("river", Role::Member, Some(1)).await;
    drop(river);

    let page = auditor.page("/staff/audit").await;
    assert!(page.contains("roles.give") && page.contains("listings.publish") && page.contains("alex"));
    assert!(
        !page.contains("river") && page.contains("a member"),
        "of members not even the name"
    );
    for (query, there, not) in [
        ("by=admin", "roles.give", "listings.publish"),
        ("family=roles", "roles.give", "sessions.begin"),
        ("class=C1", "listings.publish", "roles.give"),
        (
            "from=2026-11-24&to=2026-11-24",
            "roles.give",
            "Nothing was done that fits",
        ),
        ("to=2026-11-23", "Nothing was done that fits", "roles.give"),
        ("group=none", "roles.give", "Nothing was done"),
    ] {
        let page = auditor.page(&format!("/staff/audit?{query}")).await;
        assert!(page.contains(there) && !page.contains(not), "{query}: {page}");
    }
    let (status, page) = auditor.get("/staff/audit?class=C99&from=soon").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("No such value: class, from."));
    assert!(is_gone(
        &auditor
            .get(&format!("/staff/audit?group={}", Slug::from_bits(77)))
            .await
    ));
    assert!(
        auditor
            .page("/staff/audit/check")
            .await
            .contains("rows, all whole.")
    );
}

#[both_engines]
async fn an_admin_reads_acts_of_accounts_and_settings_only(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    for path in ["/staff/audit", "/staff/audit/check"] {
        assert!(is_gone(&admin.get(path).await), "{path}");
    }
    let page = admin.page("/staff/audit/installation").await;
    assert!(page.contains("sessions.begin") && !page.contains("listings.publish"));
    let page = admin.page("/staff/audit/installation?class=C1").await;
    assert!(
        !page.contains("listings.publish"),
        "no filter opens another class"
    );
    for (name, role, group) in [
        ("dana", Role::Leader, Some(2)),
        ("noor", Role::Coordinator, None),
        ("ruth", Role::Supervisor, None),
    ] {
        let other = site.browser(name, role, group).await;
        for path in ["/staff/audit", "/staff/audit/check", "/staff/audit/installation"] {
            assert!(is_gone(&other.get(path).await), "{name} {path}");
        }
    }
}

#[both_engines]
async fn pages_go_on_where_the_one_before_ended(db: TestDatabase) {
    let site = Site::new(db).await;
    for number in 0..60 {
        invent(&site.store, &format!("p{number}"), &[(Role::Coordinator, None)]).await;
        site.db.clock.forward(chrono::TimeDelta::milliseconds(5));
    }
    let auditor = site.browser("ines", Role::Auditor, None).await;
    let mut path = "/staff/audit?family=people".to_owned();
    let mut numbers: Vec<i64> = Vec::new();
    loop {
        let page = auditor.page(&path).await;
        let of_page = page.split("<td class=\"number\">").skip(1);
        numbers.extend(of_page.map(|cell| cell.split('<').next().unwrap().parse::<i64>().unwrap()));
        let Some(link) = page.split("href=\"/staff/audit?family=people&amp;before=").nth(1) else {
            break;
        };
        path = format!(
            "/staff/audit?family=people&before={}",
            link.split('"').next().unwrap()
        );
    }
    assert_eq!(numbers.len(), 61);
    assert!(
        numbers.windows(2).all(|pair| pair[0] > pair[1]),
        "each once, the newest first: {numbers:?}"
    );
}

#[both_engines]
async fn an_act_of_the_evening_counts_to_the_day_that_its_row_tells(db: TestDatabase) {
    let site = Site::new(db).await;
    // Eight in the evening of November 24 where the organization is; November 25 in UTC.
    site.db.clock.forward(chrono::TimeDelta::hours(10));
    let admin = site.browser("alex", Role::Admin, None).await;
    let dana = invent(&site.store, "dana", &[(Role::Leader, Some(&Slug::from_bits(2)))]).await;
    let body = format!("role=facilitator&group={}&until=", Slug::from_bits(1));
    admin.post(&format!("/staff/people/{dana}/roles"), &body).await;
    let auditor = site.browser("ines", Role::Auditor, None).await;
    let here = "/staff/audit?family=roles";
    assert!(
        auditor
            .page(&format!("{here}&to=2026-11-24"))
            .await
            .contains("roles.give")
    );
    assert!(
        !auditor
            .page(&format!("{here}&from=2026-11-25"))
            .await
            .contains("roles.give")
    );
}

#[both_engines]
async fn an_auditor_sees_how_the_chain_stands_and_takes_rows_away(db: TestDatabase) {
    let site = Site::new(db).await;
    let (handle, mail) = (
        Handle::parse("=cmd|' /C calc'!A0").unwrap(),
        testing::people::mail("cal"),
    );
    let cal = invent_as(&site.store, &handle, Some(&mail), &[(Role::Coordinator, None)]).await;
    site.sign_in("cal", cal).await;
    let auditor = site.browser("ines", Role::Auditor, None).await;
    let page = auditor.page("/staff/audit").await;
    for there in ["No row yet.", "Not yet: it is done each hour", "Nowhere yet."] {
        assert!(page.contains(there), "{there}: {page}");
    }
    store::audit::link(&site.store).await.unwrap();
    let head = store::audit::head(&mut site.store.read(Who::Operator).await.unwrap())
        .await
        .unwrap();
    let mut writing = site.store.write(Who::Operator).await.unwrap();
    store::audit::keep(&mut writing, &head, store::audit::Filed::Yes, None)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let page = auditor.page("/staff/audit").await;
    assert!(
        page.contains(&format!("up to link {}", head.position())) && page.contains("In a file:"),
        "{page}"
    );
    assert!(page.contains("href=\"/staff/audit/check\""));
    let page = auditor.page("/staff/audit/check").await;
    assert!(
        page.contains("rows, all whole.") && page.contains("Statements about its end that were compared: 1"),
        "{page}"
    );

    // With the filters of the page.
    let page = auditor.page("/staff/audit?family=people").await;
    assert!(page.contains("href=\"/staff/audit.csv?family=people\""), "{page}");
    let (status, sheet) = auditor.get("/staff/audit.csv?family=people").await;
    assert_eq!(status, StatusCode::OK);
    let lines: Vec<&str> = sheet.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("\"at\",\"who\""), "{}", lines[0]);
    assert!(lines.len() >= 3 && lines[1..].iter().all(|line| line.contains("people.invent")));
    let (_, all) = auditor.get("/staff/audit.csv").await;
    for line in all.trim_start_matches('\u{feff}').lines() {
        for cell in line.split("\",\"") {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
    assert!(all.contains("'=cmd|"), "the one who is called so acted: {all}");
    assert_eq!(
        all.matches("audit.export").count(),
        1,
        "the one before is written down"
    );
    let (status, page) = auditor.get("/staff/audit.csv?class=C99").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("No such value: class."));
    // Who showed who they are long ago is asked anew; others are told nothing.
    site.db.clock.forward(chrono::TimeDelta::minutes(6));
    let (status, to) = auditor.get("/staff/audit.csv?family=people").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(to, "/sign-in/again?to=%2Fstaff%2Faudit.csv%3Ffamily%3Dpeople");
    let admin = site.browser("alex", Role::Admin, None).await;
    assert!(is_gone(&admin.get("/staff/audit.csv").await));
}
