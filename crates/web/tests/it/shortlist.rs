//! A referrer's list: what is on the sheet, and what is not.

use crate::common::{content, get, grief, library, line, settings, therapy};
use domain::groups::{Address, Draft, Listing, Place, Seats, Slug};
use store::{Who, listings};
use testing::{TestDatabase, both_engines};
use web::{App, app};

async fn site_of(db: &TestDatabase, drafts: Vec<(u64, Draft)>) -> axum::Router {
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    for (bits, draft) in drafts {
        let listing = Listing::check(draft).unwrap();
        listings::publish(&mut writing, &Slug::from_bits(bits), &listing)
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
    app(App::new(store, db.clock.clone(), settings(false), content())
        .await
        .unwrap())
}

fn ended() -> Draft {
    Draft {
        title: line("Last year's table"),
        seats: Seats::Ended {
            on: Some("2026-01-31".parse().unwrap()),
        },
        ..grief(library())
    }
}

fn slugs(bits: &[u64]) -> String {
    let slugs: Vec<_> = bits
        .iter()
        .map(|bits| Slug::from_bits(*bits).to_string())
        .collect();
    slugs.join(",")
}

#[both_engines]
async fn a_sheet_says_when_where_how_and_what_the_first_time_is_like(db: TestDatabase) {
    let router = site_of(&db, vec![(1, grief(library())), (2, therapy()), (3, ended())]).await;
    let of = slugs(&[2, 1, 3, 9]);
    let (status, _, page) = get(&router, &format!("/shortlist?of={of},not-a-slug")).await;
    assert!(status.is_success());
    let address = format!("https://groups.example.org/groups/{}", Slug::from_bits(1));
    for told in [
        "4 groups for you to look at",
        "Thursdays, 6:30 pm · next: Thu, Dec 3, 6:30 pm to 8 pm, Eastern time",
        "West 25th Street Library, 1900 West 25th Street, Cleveland, OH 44113",
        "Call 216-555-0142",
        "You talk with a leader first.",
        "In a support group sharing is up to you.",
        "Ended on Jan 31",
        "There is no group “not-a-slug”",
        &format!("There is no group “{}”", Slug::from_bits(9)),
        &address,
        "Call or text 988",
        "Lakeshore",
        &format!("https://groups.example.org/shortlist?of={of}"),
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    let order = ["When grief does not move", "Thursday Table", "Last year"];
    let at = order.map(|title| page.find(title).unwrap());
    assert!(at.is_sorted(), "in the order of the address");
}

#[both_engines]
async fn a_group_is_put_on_the_list_and_taken_off_by_address_alone(db: TestDatabase) {
    let router = site_of(&db, vec![(1, grief(library())), (2, therapy())]).await;
    let (one, two) = (slugs(&[1]), slugs(&[1, 2]));
    for path in [
        format!("/groups/{}?of={one}", Slug::from_bits(2)),
        format!("/groups?of={one}"),
    ] {
        let (_, headers, page) = get(&router, &path).await;
        assert!(
            page.contains(&format!("href=\"/shortlist?of={two}\"")),
            "{path}: {page}"
        );
        assert!(!headers.contains_key("set-cookie"));
    }
    let (_, _, page) = get(&router, &format!("/groups?of={one}&near=44113")).await;
    assert!(
        page.contains(&format!("name=\"of\" value=\"{one}\"")),
        "the form carries it along"
    );
    let (_, _, page) = get(&router, &format!("/shortlist?of={two}")).await;
    assert!(
        page.contains(&format!("href=\"/shortlist?of={one}\"")) && page.contains("Take off"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/shortlist").await;
    assert!(page.contains("Nothing is on this list yet."), "{page}");
}

#[both_engines]
async fn a_withheld_address_is_on_no_sheet_and_in_no_linked_data(db: TestDatabase) {
    let Place::InPerson(site) = library() else {
        unreachable!()
    };
    let hidden = Place::InPerson(domain::groups::Site {
        name: None,
        address: Address::Withheld {
            area: line("Ohio City"),
        },
        ..site
    });
    let router = site_of(&db, vec![(1, grief(hidden))]).await;
    for path in [
        format!("/shortlist?of={}", slugs(&[1])),
        format!("/groups/{}", Slug::from_bits(1)),
    ] {
        let (_, _, page) = get(&router, &path).await;
        assert!(page.contains("Ohio City"), "{path}: {page}");
        assert!(
            !page.contains("1900 West") && !page.contains("GeoCoordinates"),
            "{path}: {page}"
        );
    }
}
