//! What somebody answered in the chooser goes along when they ask for a place: only if they say so, never what they said about danger, and by a
//! letter as by an account.

use crate::common::browser::{browser, signed_in};
use axum::http::StatusCode;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_link, by_two, invent, letters, mail};
use testing::{TestDatabase, both_engines};

const ANSWERS: &str =
    "to=answer&hope=change&hope=less-alone&about=loss&safety=thoughts&weekly=yes&who=adult&check=severe";
const SAID: &str = "To feel less alone; To change something in me, or between me and others";

/// The hidden fields of the form that leads there, as a browser sends them.
fn carried(page: &str, action: &str) -> String {
    let (_, form) = page
        .split_once(&format!("action=\"{action}\""))
        .unwrap_or_else(|| panic!("no form leads to {action}: {page}"));
    let form = form.split("</form>").next().unwrap();
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    for field in form.split("type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = field.split_once("\" value=\"").unwrap();
        fields.append_pair(name, rest.split('"').next().unwrap());
    }
    fields.finish()
}

#[both_engines]
async fn by_letter_they_are_sent_if_one_says_so_and_who_leads_the_group_reads_them(db: TestDatabase) {
    let mut jordan = browser(&db).await;
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let (asking, chosen) = (
        format!("/groups/{group}/joining"),
        format!("/groups/{group}/joining/chosen"),
    );
    for (name, role) in [
        ("dana", (Role::Leader, Some(&group))),
        ("cleo", (Role::Coordinator, None)),
    ] {
        invent(&store, name, &[role]).await;
    }

    // The answer leads on; what was said about danger does not come along.
    let (_, page) = jordan.post("/choose", ANSWERS).await;
    let fields = carried(&page, &chosen);
    assert!(
        fields.contains("chosen-hope=change") && fields.contains("chosen-weekly=yes"),
        "{fields}"
    );
    assert!(
        !fields.contains("thoughts") && !fields.contains("severe"),
        "{fields}"
    );
    let (status, page) = jordan.post(&chosen, &fields).await;
    assert!(status == StatusCode::OK && page.contains(SAID), "{page}");
    assert!(
        page.contains("name=\"send-chosen\" value=\"yes\">"),
        "it is not ticked: {page}"
    );
    assert!(!page.contains("not being alive"), "{page}");

    // What is wrong with the form loses nothing, and somebody who adds what is about danger by hand adds nothing.
    let more = "&handle=Jordan&mail=jordan%40people.example&send-chosen=yes&chosen-safety=plan&chosen-check=thoughts";
    let (status, page) = jordan.post(&asking, &format!("{fields}{more}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains(SAID) && page.contains("value=\"yes\" checked"),
        "{page}"
    );
    let (status, _) = jordan.post(&asking, &format!("{fields}{more}&age=adult")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let written = letters(&store).await;
    let sent = written
        .iter()
        .find(|one| one.mail == "jordan@people.example")
        .unwrap();
    let at = sent.body.find("/sign-in/joining/").unwrap();
    let link = sent.body[at..].split_whitespace().next().unwrap();
    let (status, mine) = jordan.post(link, "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = jordan.get(&mine).await;
    assert!(
        page.contains("What you sent from the chooser") && page.contains(SAID),
        "{page}"
    );

    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    let mut dana = signed_in(&db, &by_two(&store, &db.clock, &mail("dana")).await).await;
    let (_, page) = dana.get(&theirs).await;
    assert!(
        page.contains("What they answered in the chooser") && page.contains(SAID),
        "{page}"
    );
    assert!(
        !page.contains("I have a plan") && !page.contains("act on such thoughts"),
        "{page}"
    );
    let mut cleo = signed_in(&db, &by_two(&store, &db.clock, &mail("cleo")).await).await;
    let (status, page) = cleo.get(&theirs).await;
    assert!(status == StatusCode::OK && !page.contains(SAID), "{page}");
}

#[both_engines]
async fn who_has_an_account_signs_in_beside_the_page_and_sends_them_or_does_not(db: TestDatabase) {
    let mut riley = browser(&db).await;
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let (asking, chosen) = (
        format!("/groups/{group}/joining"),
        format!("/groups/{group}/joining/chosen"),
    );
    invent(&store, "riley", &[]).await;
    let (_, page) = riley.post("/choose", ANSWERS).await;
    let (_, page) = riley.post(&chosen, &carried(&page, &chosen)).await;
    assert!(
        page.contains("href=\"/sign-in\" target=\"_blank\""),
        "no address has anything of it: {page}"
    );
    riley.cookie = Some(format!("__Host-s={}", by_link(&store, &mail("riley")).await));
    let (_, page) = riley.post(&chosen, &carried(&page, &chosen)).await;
    assert!(
        page.contains("You ask as riley.") && page.contains(SAID),
        "{page}"
    );

    // Not ticked, nothing is kept; who says so later sends them along to what they asked.
    let fields = carried(&page, &asking);
    let (status, mine) = riley.post(&asking, &format!("{fields}&age=adult")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let sent = "What you sent from the chooser";
    assert!(!riley.get(&mine).await.1.contains(sent));
    let (status, again) = riley
        .post(&asking, &format!("{fields}&age=adult&send-chosen=yes"))
        .await;
    assert_eq!((status, &again), (StatusCode::SEE_OTHER, &mine));
    let (_, page) = riley.get(&mine).await;
    assert!(page.contains(sent) && page.contains(SAID), "{page}");
}
