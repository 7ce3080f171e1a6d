//! Who leads a group and one of its members, as their browsers ask: a session is documented, signed and charted, without scripts.

use crate::common::browser::signed_in;
use crate::common::session::{DATE, group, met};
use axum::http::{Request, StatusCode};
use domain::attendance::Presence;
use store::acts::MarkAttendance;
use store::{On, leading};
use testing::people::{by_link, by_two, letters, mail};
use testing::{TestDatabase, both_engines};

const MEMBERS: [(&str, &str); 2] = [("Ana Ruiz", "ana"), ("Benjamin", "ben")];

#[both_engines]
async fn a_session_is_documented_signed_and_charted(db: TestDatabase) {
    let site = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    let people = met(&db, &store, &MEMBERS).await;
    let token = by_two(&store, &db.clock, &mail("dana")).await;
    let mut dana = signed_in(&db, &token).await;
    let session = format!("/staff/groups/{}/sessions/{DATE}", group());

    // What the group works towards stands on a page of its own.
    let levels = "level-2=never&level-1=once+a+month&level0=weekly&level1=twice&level2=daily";
    let goals = format!("/staff/groups/{}/goals", group());
    let (status, page) = dana.post(&goals, "goal=Begin+on+time").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("value=\"Begin on time\""));
    let (status, _) = dana.post(&goals, &format!("goal=Begin+on+time&{levels}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    // The record of the session names nobody.
    let record = format!("{session}/record");
    let (status, page) = dana.get(&record).await;
    assert!(status == StatusCode::OK && page.contains("it names nobody"));
    let told = "themes=Letters.+Benjamin+read+his.&then=sign";
    let (status, page) = dana.post(&record, told).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("One mark has no reason yet") && page.contains("is another member’s name"));
    let base = after(&page, "name=\"base\" value=\"");
    let replaced = format!("base={base}&themes=Letters.+Benjamin+read+his.&replace=themes%3ABenjamin");
    let (status, to) = dana.post(&record, &replaced).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, record.clone()));
    let (_, page) = dana.get(&record).await;
    assert!(page.contains("Letters. another member read his."));
    let base = after(&page, "name=\"base\" value=\"");
    let goal = after(&page, "name=\"goal-").to_owned();
    let (status, _) = dana
        .post(
            &record,
            &format!("base={base}&themes=Letters.&goal-{goal}=1&then=sign"),
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&record).await;
    assert!(page.contains("Signed by dana") && !page.contains("name=\"themes\" maxlength"));

    // One part after another; each names nobody else.
    let (_, first) = dana.get(&format!("{session}/parts")).await;
    assert_eq!(first, format!("{session}/parts/{}", people[0]));
    let (_, page) = dana.get(&first).await;
    assert!(page.contains("Sign and go on to Benjamin") && page.contains("None was written yet."));
    let (status, next) = dana
        .post(
            &first,
            "participation=Spoke+of+her+sister.&plan=Phone+her+on+Friday.&risk=None+seen.&then=sign",
        )
        .await;
    assert_eq!(
        (status, next),
        (StatusCode::SEE_OTHER, format!("{session}/parts"))
    );
    let (_, second) = dana.get(&format!("{session}/parts")).await;
    assert_eq!(second, format!("{session}/parts/{}", people[1]));
    // A reason is asked for each mark, and stays with the signature.
    let form = "participation=Laughed+with+Ana.&then=sign";
    let (status, page) = dana.post(&second, form).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("name=\"mark-reason\""));
    let base = after(&page, "name=\"base\" value=\"");
    let form =
        format!("base={base}&{form}&mark-words=Ana&mark-why=name&mark-reason=They+are+sisters+and+know+it");
    let (status, _) = dana.post(&second, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    // The chart of one has their own part, and nothing of the other.
    let chart = format!("/staff/groups/{}/people/{}/chart", group(), people[0]);
    let (_, page) = dana.get(&chart).await;
    assert!(page.contains("Phone her on Friday.") && page.contains("Letters.") && !page.contains("Laughed"));
    let (status, page) = dana
        .post(&format!("{chart}/goals"), &format!("goal=Say+no&{levels}"))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (status, page) = dana.post(&format!("{chart}/goals"), "goal=Say+no").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Say of each of the five levels"));
    let (_, page) = dana.get(&chart).await;
    assert!(page.contains("Say no") && page.contains("No progress is written down yet."));

    let (_, page) = dana.get(&goals).await;
    assert!(page.contains("Begin on time") && page.contains("+1"), "{page}");
    let (status, _) = dana.post(&format!("{goals}/{goal}/end"), "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&goals).await;
    assert!(page.contains("ended") && !page.contains("End this goal"));

    // Billing has a row for each with a number, and asks for the other's.
    let billing = format!("/staff/groups/{}/people/{}/billing", group(), people[0]);
    assert_eq!(dana.post(&billing, "number=A-17").await.0, StatusCode::SEE_OTHER);
    let asked = format!(
        "/staff/groups/{}/billing.csv?from=2026-11-01&until=2026-11-24",
        group()
    );
    let (status, headers, sheet) = dana.send(Request::get(&asked), "").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(
        sheet.trim_start_matches('\u{feff}'),
        "\"date\",\"member\",\"code\",\"minutes\",\"leader\"\r\n\"2026-11-19\",\"A-17\",\"90853-HQ\",\"90\",\"cole, dana\"\r\n"
    );
    // Another code than the organisation's, and one that is none.
    let (_, sheet) = dana.get(&format!("{asked}&code=h0005")).await;
    assert!(sheet.contains("\"A-17\",\"H0005\",\"90\""), "{sheet}");
    let (status, page) = dana.get(&format!("{asked}&code=group")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("A code has five characters"));
    assert!(page.contains("value=\"group\"") && page.contains("90853-HQ if you leave it empty"));
    drop(site);
}

#[both_engines]
async fn a_script_saves_as_one_types_and_is_told_what_others_wrote(db: TestDatabase) {
    let site = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    met(&db, &store, &MEMBERS).await;
    let record = format!("/staff/groups/{}/sessions/{DATE}/record", group());
    let mut browsers = Vec::new();
    for name in ["dana", "cole"] {
        let token = by_two(&store, &db.clock, &mail(name)).await;
        browsers.push(signed_in(&db, &token).await);
    }
    let mut save = async |nth: usize, form: &str| {
        let request = Request::post(&record)
            .header("origin", "https://groups.example.org")
            .header("accept", "application/json");
        let (status, _, body) = browsers[nth].send(request, form).await;
        (status, serde_json::from_str::<serde_json::Value>(&body).unwrap())
    };
    let (status, first) = save(0, "themes=Grief.").await;
    assert_eq!(status, StatusCode::OK);
    let base = first["base"].as_str().unwrap().to_owned();
    let (_, dana) = save(0, &format!("base={base}&themes=Grief.+Sleep.")).await;
    assert_eq!(dana["words"]["themes"], "Grief. Sleep.");
    let (_, cole) = save(1, &format!("base={base}&themes=Grief.&dynamics=Warm,+Ana+most.")).await;
    assert_eq!(cole["words"]["themes"], "Grief. Sleep.");
    assert_eq!(cole["words"]["dynamics"], "Warm, Ana most.");
    assert_eq!(cole["marks"][0]["said"], "“Ana” is another member’s name.");
    assert!(cole["both"].is_null());
    let (_, cole) = save(1, &format!("base={base}&themes=Grief.+Work.")).await;
    assert!(cole["both"].as_str().unwrap().contains("in the same place"));
    let themes = cole["words"]["themes"].as_str().unwrap();
    assert!(themes.contains("Sleep.") && themes.contains("Work."), "{themes}");
    let long = format!("themes={}", "x".repeat(20_001));
    let (status, wrong) = save(0, &long).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && wrong["wrong"].as_str().unwrap().contains("20001"));
    drop(site);
}

#[both_engines]
async fn a_member_reads_what_was_released_and_nothing_else(db: TestDatabase) {
    let site = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    let people = met(&db, &store, &MEMBERS).await;
    let token = by_two(&store, &db.clock, &mail("dana")).await;
    let mut dana = signed_in(&db, &token).await;
    let part = format!("/staff/groups/{}/sessions/{DATE}/parts/{}", group(), people[0]);
    let (status, _) = dana
        .post(&part, "plan=Phone+her+on+Friday.&risk=None+seen.&then=sign")
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = dana.post(&format!("{part}/release"), "field=plan").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let levels = "level-2=never&level-1=once+a+month&level0=weekly&level1=twice&level2=daily";
    let goals = format!("/staff/groups/{}/people/{}/chart/goals", group(), people[0]);
    let (status, page) = dana.post(&goals, &format!("goal=Say+no&{levels}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    // She gets a letter that there is something to read, and no more.
    let written = letters(&store).await.into_iter();
    let told: Vec<_> = written
        .filter(|letter| letter.body.contains("/me/joining\n"))
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].mail, "ana@people.example");
    assert!(!told[0].body.contains(group().as_str()));
    let mine = format!("/me/groups/{}", group());
    let notes = format!("{mine}/notes");
    for (name, sees) in [("ana", true), ("ben", false)] {
        let token = by_link(&store, &mail(name)).await;
        let mut member = signed_in(&db, &token).await;
        let (status, page) = member.get(&notes).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(page.contains("Phone her on Friday."), sees, "{name}");
        assert!(!page.contains("None seen."));
        // Their own page of the group leads there, and has their goals.
        let (_, page) = member.get(&mine).await;
        assert!(page.contains(&format!("href=\"{notes}\"")));
        assert_eq!(page.contains("one note"), sees, "{name}");
        assert_eq!(page.contains("Say no") && page.contains("twice"), sees, "{name}");
        assert!(!page.contains("End this goal"));
        assert_eq!(member.get(&part).await.0, StatusCode::NOT_FOUND);
    }
    drop(site);
}

#[test]
fn no_script_of_ours_keeps_anything_in_a_browser() {
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut scripts = 0;
    for file in std::fs::read_dir(assets).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "js") {
            continue;
        }
        scripts += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        for keeps in [
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "caches.",
            "serviceWorker",
        ] {
            assert!(!text.contains(keeps), "{} has {keeps}", path.display());
        }
    }
    assert!(scripts >= 4, "{scripts} scripts were read");
}

#[both_engines]
async fn a_signed_part_says_why_and_stays_named_and_a_supervisor_hands_it_over(db: TestDatabase) {
    let site = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    let people = met(&db, &store, &MEMBERS).await;
    let mut cole = signed_in(&db, &by_two(&store, &db.clock, &mail("cole")).await).await;
    let part = format!("/staff/groups/{}/sessions/{DATE}/parts/{}", group(), people[0]);
    let form =
        "plan=Phone+Benjamin.&then=sign&mark-words=Benjamin&mark-why=name&mark-reason=They+are+brothers";
    assert_eq!(cole.post(&part, form).await.0, StatusCode::SEE_OTHER);
    let steps = format!("{part}/steps");
    // An amendment in which another member is told is not signed by having that replaced.
    let form = "step=amend&plan=Benefit+for+Benjamin.&replace=plan%3ABenjamin";
    let (status, page) = cole.post(&steps, form).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Benefit for another member."), "{page}");
    let amended = "step=amend&plan=Walk.&reason=The+plan+was+another+one";
    assert_eq!(cole.post(&steps, amended).await.0, StatusCode::SEE_OTHER);
    let (_, page) = cole.get(&part).await;
    assert!(page.contains("Signed by cole"), "{page}");
    assert!(page.contains("“Benjamin” stays: They are brothers"));
    assert!(page.contains("Amended because: The plan was another one"));

    // Also if it is marked later that they were not there.
    let who = testing::people::who(&store, &by_two(&store, &db.clock, &mail("dana")).await).await;
    let mut writing = store.write(who).await.unwrap();
    let in_group = group();
    let on = On::PersonIn(&people[0], &in_group);
    let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
    leading::mark(&mut permit, DATE.parse().unwrap(), Presence::Missed)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let (_, page) = cole.get(&part).await;
    assert!(page.contains("<h2>Ana Ruiz</h2>"), "{page}");

    // Who supervises hands it over by the form on its page.
    let mut sue = signed_in(&db, &by_two(&store, &db.clock, &mail("sue")).await).await;
    let answers = format!("{part}/answers");
    let (_, page) = sue.get(&part).await;
    assert!(page.contains(&format!("action=\"{answers}\"")) && page.contains("value=\"hand-over\""));
    let dana = testing::people::slug_of(&store, &mail("dana")).await;
    let (status, _) = sue.post(&answers, &format!("step=hand-over&to={dana}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = sue.get(&part).await;
    assert!(page.contains("dana answers for this record."));

    // When dana leaves, all of it goes to one who leads the group, or nothing.
    let handover = format!("/staff/groups/{}/records/handover", group());
    let (status, page) = sue
        .post(&handover, &format!("from={dana}&to={}", people[1]))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("They do not lead this group.") && page.contains("Nothing was handed over."));
    let all = format!(
        "from={dana}&to={}",
        testing::people::slug_of(&store, &mail("cole")).await
    );
    let (status, page) = sue.post(&handover, &all).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(
        page.contains("Handed over: 0 session records, one individual part."),
        "{page}"
    );
    assert!(
        page.contains("cole: 0 session records, one individual part"),
        "{page}"
    );
    let (status, page) = sue.post(&handover, &all).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("They keep no record in this group."));
    drop(site);
}

#[both_engines]
async fn what_is_too_early_or_tells_others_or_is_stale_is_refused_in_words(db: TestDatabase) {
    let site = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    let people = met(&db, &store, &MEMBERS).await;
    let mut dana = signed_in(&db, &by_two(&store, &db.clock, &mail("dana")).await).await;
    let record = format!("/staff/groups/{}/sessions/2026-12-03/record", group());
    let (status, page) = dana.get(&record).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This session has not begun.") && !page.contains("name=\"themes\""));
    let (status, page) = dana.post(&record, "themes=Grief").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("This session has not begun."));

    let chart = format!("/staff/groups/{}/people/{}/chart", group(), people[0]);
    let goal = "goal=Say+no+to+Benjamin&level-2=never&level-1=once&level0=weekly&level1=twice&level2=daily";
    let (status, page) = dana.post(&format!("{chart}/goals"), goal).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("“Benjamin” may tell somebody") && page.contains("name=\"tells-nobody\""));
    let (status, _) = dana
        .post(&format!("{chart}/goals"), &format!("{goal}&tells-nobody=yes"))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    // Of two who have one page open, the second is shown what the first wrote.
    let (_, page) = dana.get(&chart).await;
    let seen = after(&page, "name=\"seen\" value=\"").to_owned();
    let known = format!("{chart}/known");
    let (status, _) = dana.post(&known, &format!("seen={seen}&facts=Lakewood")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = dana.post(&known, &format!("seen={seen}&facts=Ford+plant")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("You wrote: Ford plant.") && page.contains("Lakewood"),
        "{page}"
    );
    drop(site);
}

/// What stands behind the first of these in a page, up to a quote.
fn after<'a>(page: &'a str, mark: &str) -> &'a str {
    let at = page
        .find(mark)
        .unwrap_or_else(|| panic!("{mark} is not in {page}"));
    page[at + mark.len()..].split('"').next().unwrap()
}
