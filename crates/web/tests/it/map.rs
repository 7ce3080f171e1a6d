//! The map and the page for other sites' frames, in step with the list.

use crate::common::{get, settings, site};
use domain::groups::Slug;
use testing::{TestDatabase, both_engines};

#[both_engines]
async fn a_dot_leads_to_the_row_of_its_number(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/groups?near=44113").await;
    let row = format!("group-{}", Slug::from_bits(1));
    let (_, after) = page.split_once(&format!("id=\"{row}\"")).unwrap();
    assert!(after.contains("<span class=\"number\">1</span>"), "{page}");
    let (_, map) = page.split_once("<figure class=\"map\">").unwrap();
    for told in [
        "role=\"img\" aria-label=\"Map around 44113 with 1 group of this list.",
        &format!("<a class=\"dot support\" href=\"#{row}\" tabindex=\"-1\">"),
        "1: Thursday Table: after the loss of a partner",
        "Cleveland",
        "1 group meets online",
        "mile",
    ] {
        assert!(map.contains(told), "“{told}” in {map}");
    }
}

#[both_engines]
async fn where_no_row_has_a_place_there_is_no_map(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for path in ["/groups?where=online", "/groups?near=44113&day=mon"] {
        let (_, _, page) = get(&router, path).await;
        assert!(!page.contains("class=\"map\""), "{path}");
    }
}

#[both_engines]
async fn a_frame_shows_what_the_finder_finds_with_the_same_parameters(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/embed/groups?near=44113&kind=support").await;
    assert!(
        page.contains("1 group near 44113 or online")
            && page.contains("Thursday Table")
            && !page.contains("does not move"),
        "{page}"
    );
    assert!(
        page.contains("<input type=\"hidden\" name=\"kind\" value=\"support\">"),
        "{page}"
    );
    let (status, _, page) = get(&router, "/embed/groups?near=99999").await;
    assert!(
        status == 422 && page.contains("We know no ZIP code 99999"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/embed?near=44113&kind=support").await;
    let line = "&lt;iframe src=&quot;https://groups.example.org/embed/groups?near=44113&amp;amp;kind=support&quot; title=&quot;Find a group&quot; width=&quot;100%&quot; height=&quot;640&quot;";
    assert!(page.contains(line), "{page}");
}
