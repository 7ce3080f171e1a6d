//! What is answered and read, and what time and a sheet bring about: done or not done, as every other step.

use content::{Content, Files};
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_two, invent, mail};
use testing::{TestDatabase, both_engines};
use web::measuring::Forms;

use super::house::House;
use super::{SIGNED, TALK, in_days, offer, signature};

/// Every question of the PHQ-9 answered; the last one tells of danger.
fn phq_9() -> String {
    let forms = Forms::bundled().unwrap();
    let form = &forms.get("phq-9").unwrap().form;
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    for place in 1..=9 {
        let item = form.at(form.find(&format!("q{place}")).unwrap());
        fields.append_pair(&format!("a.q{place}"), &item.options[1].key);
    }
    fields.append_pair("once", "phq-9");
    fields.finish()
}

#[both_engines]
async fn killed_at_every_step_of_forms_danger_a_start_and_what_time_brings_it_is_done_or_not(
    db: TestDatabase,
) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;
    invent(&store, "noor", &[(Role::Coordinator, None)]).await;
    let noor = by_two(&store, &db.clock, &mail("noor")).await;
    let joining = format!("/staff/groups/{group}/joining");

    // A form of many questions tells of danger, and who leads the group says that it was read.
    house.send(
        &dana,
        &format!("{joining}/questions"),
        "questions=&measure=phq-9&once=questions",
    );
    let (jordan, mine, theirs) = house.asks(&store, "jordan", &group).await;
    house
        .step(&jordan, &format!("{mine}/measures/phq-9"), &phq_9(), 1)
        .await;
    house.step(&dana, &format!("{theirs}/risk"), "once=seen", 0).await;

    // The group starts on a day, with Jordan.
    let start = format!("{joining}/start");
    let plan = format!("act=plan&on={}&least=1&once=plan", in_days(&db, 20));
    house.send(&dana, &start, &plan);
    house.send(&dana, &format!("{theirs}/talk"), TALK);
    house.send(&dana, &format!("{theirs}/decision"), &offer(&db));
    house.send(&jordan, &format!("{mine}/reading"), "once=read");
    house.send(&jordan, &format!("{mine}/acceptance"), "once=accept");
    let content = Content::read(&Files::bundled()).unwrap();
    for kind in SIGNED {
        let (path, form) = signature(&content, &group, kind);
        house.send(&jordan, &path, &form);
    }
    let states = "select state as it from application order by id";
    assert_eq!(house.told(states).await, ["signed"]);
    house.step(&dana, &start, "act=confirm&once=confirm", 1).await;
    assert_eq!(house.told(states).await, ["member"]);

    // Nobody answers an offer until it ends; Sam and who leads the group are told.
    let (_, _, theirs) = house.asks(&store, "sam", &group).await;
    house.send(&dana, &format!("{theirs}/talk"), TALK);
    house.send(&dana, &format!("{theirs}/decision"), &offer(&db));
    house.offers_end().await;
    house.job("joining", 2).await;
    assert_eq!(house.told(states).await, ["member", "waiting"]);

    // Three come in by one sheet, row by row.
    let since = in_days(&db, -30);
    let lines = ["ada", "ben", "cleo"].map(|name| format!("{name},{},{since},Dr. Ames\n", mail(name)));
    let sheet = format!("name,mail,since,screened_by\n{}", lines.concat());
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("sheet", &sheet)
        .append_pair("once", "sheet")
        .finish();
    house
        .sheet(&noor, &format!("/staff/groups/{group}/members/sheet"), &form, 3)
        .await;
    house.delivered().await;
    house.tell();
}
