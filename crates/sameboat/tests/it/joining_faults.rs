//! Each step on the way into a group is done or not done, whatever is killed meanwhile, and the letters that belong to it are written with it, once,
//! and reach the mail server (SECURITY T12). So many times as many kills as SAMEBOAT_TIMES says.

mod forms;
mod house;

use chrono::{NaiveDate, TimeDelta};
use content::{Content, Files};
use domain::agreements::{Age, Kind as Agreement, Signer};
use domain::clock::Clock as _;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_two, invent, mail, slug_of};
use testing::{TestDatabase, both_engines};

use house::House;

/// The form with which all was spoken about.
const TALK: &str = "point=readiness&point=expectations&point=attendance&point=confidentiality&once=talk";

/// The form of an offer for twenty days.
fn offer(db: &TestDatabase) -> String {
    let until = in_days(db, 20);
    format!("choice=offer&until={until}&letter=Dear+you&once=offer")
}

fn in_days(db: &TestDatabase, days: i64) -> NaiveDate {
    (db.clock.now() + TimeDelta::days(days)).date_naive()
}

/// What the group asks to be signed.
const SIGNED: [Agreement; 4] = [
    Agreement::Treatment,
    Agreement::Confidentiality,
    Agreement::GroundRules,
    Agreement::Telehealth,
];

/// Where one of them is signed, and the form.
fn signature(content: &Content, group: &Slug, kind: Agreement) -> (String, String) {
    let text = content
        .agreements
        .iter()
        .find(|text| text.kind() == kind)
        .unwrap();
    assert_eq!(kind.signer(), Signer::Person);
    let path = format!("/me/agreements/{group}/{}/signature", kind.name());
    let form = format!("hash={}&name=Jordan+Ellis&once=sign-{}", text.hash(), kind.name());
    (path, form)
}

#[both_engines]
async fn killed_at_every_step_into_a_group_it_is_done_or_not_and_its_letter_is_written_once(
    db: TestDatabase,
) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;

    let (jordan, mine, theirs) = house.asks(&store, "jordan", &group).await;
    let answers = "safety=thoughts&q-now=My+brother+died&once=answer";
    house.step(&jordan, &format!("{mine}/answers"), answers, 1).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    let offer = offer(&db);
    house.step(&dana, &format!("{theirs}/decision"), &offer, 1).await;
    house
        .step(&jordan, &format!("{mine}/reading"), "once=read", 0)
        .await;
    house
        .step(&jordan, &format!("{mine}/acceptance"), "once=accept", 1)
        .await;
    let content = Content::read(&Files::bundled()).unwrap();
    for kind in SIGNED {
        let (path, form) = signature(&content, &group, kind);
        house.step(&jordan, &path, &form, 0).await;
    }
    assert_eq!(
        house.told("select state as it from application").await,
        ["member"]
    );
    assert_eq!(
        house.told("select standing as it from membership").await,
        ["joined"]
    );

    let goodbye = format!("goodbye={}&once=leave", in_days(&db, 7));
    let leaving = format!("/me/joining/groups/{group}/leaving");
    house.step(&jordan, &leaving, &goodbye, 0).await;
    assert_eq!(
        house.told("select standing as it from membership").await,
        ["leaving"]
    );
    house.delivered().await;
    house.tell();
}

#[both_engines]
async fn killed_at_every_step_out_of_it_again_it_is_done_or_not(db: TestDatabase) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;

    // Riley takes a time, gives it back, and withdraws.
    let (riley, mine, _) = house.asks(&store, "riley", &group).await;
    let times = format!("/staff/groups/{group}/joining/times");
    let open = format!(
        "day={}&time=10:30&minutes=30&how=phone&once=open",
        in_days(&db, 3)
    );
    house.step(&dana, &times, &open, 0).await;
    let slot = house
        .told(&format!("select {} as it from talk_slot", house.hex("id")))
        .await;
    let book = format!("time={}&once=book", slot[0].to_lowercase());
    house.step(&riley, &format!("{mine}/talk"), &book, 1).await;
    house
        .step(&riley, &format!("{mine}/talk/end"), "once=unbook", 1)
        .await;
    house
        .step(&riley, &format!("{mine}/withdrawal"), "once=withdraw", 1)
        .await;

    // Sam is offered a place, and says no.
    let (sam, mine, theirs) = house.asks(&store, "sam", &group).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    house
        .step(&dana, &format!("{theirs}/decision"), &offer(&db), 1)
        .await;
    house
        .step(&sam, &format!("{mine}/refusal"), "once=decline", 1)
        .await;

    // Alex waits, is shown other ways then, and takes one.
    let (alex, mine, theirs) = house.asks(&store, "alex", &group).await;
    house.step(&dana, &format!("{theirs}/talk"), TALK, 0).await;
    let decision = format!("{theirs}/decision");
    let wait = "choice=waiting&way=look-around&letter=Dear+Alex&once=wait";
    house.step(&dana, &decision, wait, 1).await;
    let ways = "choice=options&way=individual&way=look-around&letter=Dear+Alex&once=ways";
    house.step(&dana, &decision, ways, 1).await;
    house
        .step(&alex, &format!("{mine}/choice"), "option=0&once=choose", 1)
        .await;
    house.delivered().await;
    house.tell();
}

#[both_engines]
async fn killed_at_every_step_of_a_membership_it_is_done_or_not(db: TestDatabase) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;
    invent(&store, "noor", &[(Role::Coordinator, None)]).await;
    let noor = by_two(&store, &db.clock, &mail("noor")).await;

    // Three were in the group before it came here.
    let members = format!("/staff/groups/{group}/members");
    let since = in_days(&db, -30);
    for name in ["ada", "ben", "cleo"] {
        let form = format!(
            "name={name}&mail={}&since={since}&screened_by=Dr.+Ames&once=bring-{name}",
            mail(name)
        );
        house.step(&noor, &members, &form, 1).await;
    }

    // Ada pauses and comes back, means to leave and stays, and has finished.
    let changes = format!("{members}/{}/changes", slug_of(&store, &mail("ada")).await);
    let announce = format!("act=announce&goodbye={}", in_days(&db, 7));
    let acts = [
        "act=pause",
        "act=return",
        announce.as_str(),
        "act=take-back",
        "act=complete",
    ];
    for (number, act) in acts.iter().enumerate() {
        let form = format!("{act}&once=change-{number}");
        house.step(&dana, &changes, &form, 0).await;
    }
    // Ben comes no more.
    let changes = format!("{members}/{}/changes", slug_of(&store, &mail("ben")).await);
    let form = "act=drop-out&reason=practical&once=drop-out";
    house.step(&dana, &changes, form, 0).await;

    // Cleo is taken out by mistake, brought back, and leaves with a goodbye.
    let cleo = slug_of(&store, &mail("cleo")).await;
    let role = format!(
        "select {} as it from membership order by id desc",
        house.hex("role_id")
    );
    let role = house.told(&role).await.remove(0).to_lowercase();
    let people = format!("/staff/groups/{group}/people/members");
    house
        .step(&noor, &format!("{people}/{role}/end"), "once=take-out", 0)
        .await;
    let back = format!("person={cleo}&once=bring-back");
    house
        .step(&noor, &format!("{people}/restoration"), &back, 0)
        .await;
    let changes = format!("{members}/{cleo}/changes");
    let form = format!("act=announce&goodbye={}&once=announce", house.today());
    house.step(&dana, &changes, &form, 0).await;
    house.step(&dana, &changes, "act=leave&once=leave", 0).await;
    assert_eq!(
        house
            .told("select standing as it from membership order by id")
            .await,
        ["completed", "dropped-out", "left"]
    );
    house.delivered().await;
    house.tell();
}

#[both_engines]
async fn killed_at_every_step_that_staff_take_with_who_asks_it_is_done_or_not(db: TestDatabase) {
    let (store, group) = (db.store().await, Slug::from_bits(2));
    let house = House::new(&db, &store, &group).await;
    let dana = by_two(&store, &db.clock, &mail("dana")).await;

    // Quinn is asked for answers, and once more; then it is not now.
    let (_, _, theirs) = house.asks(&store, "quinn", &group).await;
    let decision = format!("{theirs}/decision");
    for once in ["answers", "answers-again"] {
        let form = format!("choice=answers&letter=Dear+Quinn&once={once}");
        house.step(&dana, &decision, &form, 1).await;
    }
    let not_now = "choice=not-now&way=individual&way=look-around&letter=Dear+Quinn&once=not-now";
    house.step(&dana, &decision, not_now, 1).await;

    // Pat is not of age: their guardian has signed before Dana.
    let (pat, mine, theirs) = house.asks_at(&store, "pat", &group, Age::Minor).await;
    house.send(&dana, &format!("{theirs}/talk"), TALK);
    house.send(&dana, &format!("{theirs}/decision"), &offer(&db));
    house.send(&pat, &format!("{mine}/reading"), "once=read");
    house.send(&pat, &format!("{mine}/acceptance"), "once=accept");
    let content = Content::read(&Files::bundled()).unwrap();
    let text = content
        .agreements
        .iter()
        .find(|text| text.kind() == Agreement::Guardian)
        .unwrap();
    let form = format!("hash={}&name=Jo+Pat&once=guardian", text.hash());
    house.step(&dana, &format!("{theirs}/guardian"), &form, 0).await;
    assert_eq!(
        house.told("select signer as it from agreement_signature").await,
        ["guardian"]
    );

    // Somebody else who leads the group answers for it from now on.
    let erin = invent(&store, "erin", &[(Role::Leader, Some(&group))]).await;
    let form = format!("leader={erin}&once=assign");
    house.step(&dana, &format!("{theirs}/assignment"), &form, 1).await;
    house.delivered().await;
    house.tell();
}
