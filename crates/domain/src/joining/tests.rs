use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::groups::Slug;
use crate::people::PersonId;

fn now() -> DateTime<Utc> {
    "2026-11-24T15:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn leader() -> PersonId {
    PersonId(Uuid::from_u128(1))
}

fn other() -> Alternative {
    Alternative::Group(Slug::from_bits(7))
}

fn options() -> Options {
    Options::new(vec![other(), Alternative::IndividualTherapy]).unwrap()
}

const FREE: Places = Places {
    most: 8,
    taken: 7,
    held: 0,
};
/// No place is left, but one of them may be held for the one who asks.
const FULL: Places = Places {
    most: 8,
    taken: 7,
    held: 1,
};

fn talk(points: Points) -> Act {
    Act::RecordTalk { by: leader(), points }
}

fn offer(holds: Holds, places: Places, until: DateTime<Utc>) -> Act {
    Act::Offer {
        by: leader(),
        until,
        holds,
        places,
    }
}

fn after(application: Application, acts: impl IntoIterator<Item = Act>) -> Application {
    acts.into_iter()
        .fold(application, |one, act| one.after(act, now()).unwrap())
}

/// An application in a state of the table, reached by acts only.
fn reached(state: &str) -> Application {
    let until = now() + TimeDelta::days(10);
    let wait = || Act::Wait {
        reach: Reach::ThisGroup,
        meanwhile: options(),
    };
    let offered = || offer(Holds::Place, FREE, until);
    let asked = Application::ask(now() - TimeDelta::days(9));
    let prepared = state.ends_with('+');
    let start = if prepared {
        after(asked, [talk(Points::all()), Act::Read])
    } else {
        asked
    };
    let two = Points::from_iter([Point::Readiness, Point::Attendance]);
    match state {
        "asked" | "screening+" => start,
        // Begun by a time that was given back.
        "screening" => after(
            start,
            [
                Act::Book {
                    starts_at: now() + TimeDelta::days(1),
                },
                Act::Unbook,
            ],
        ),
        "screening~" => after(start, [talk(two)]),
        "waiting" | "waiting+" => after(start, [wait()]),
        "waits-any" | "waits-any+" => after(start, [column("wait").0]),
        "options" | "options+" => after(start, [Act::OfferOptions(options())]),
        "not-now" | "not-now+" => after(start, [Act::NotNow(options())]),
        "offered" => after(start, [talk(Points::all()), offered()]),
        "offered+" => after(start, [offered()]),
        "first-come+" => after(start, [offer(Holds::Nothing, FREE, until)]),
        "ended+" => {
            let then = now() - TimeDelta::days(2);
            let one = offer(Holds::Place, FREE, now() - TimeDelta::days(1));
            start.after(one, then).unwrap()
        }
        "accepted+" => after(start, [offered(), Act::Accept { places: FREE }]),
        "signed+" => after(
            start,
            [offered(), Act::Accept { places: FREE }, Act::Sign { missing: 0 }],
        ),
        "member+" => after(
            start,
            [
                offered(),
                Act::Accept { places: FREE },
                Act::Sign { missing: 0 },
                admit(),
            ],
        ),
        "over" => after(start, [Act::Withdraw]),
        _ => panic!("no such state in the table: {state}"),
    }
}

fn admit() -> Act {
    Act::Admit {
        admission: Admission::From(day("2026-12-01")),
        missing: 0,
    }
}

/// The act of a column, and how much later it is done.
fn column(name: &str) -> (Act, TimeDelta) {
    let until = now() + TimeDelta::days(10);
    let two = Points::from_iter([Point::Readiness, Point::Attendance]);
    let act = match name {
        "send-forms" => Act::SendForms,
        "answer-forms" => Act::AnswerForms,
        "answer-some" => Act::AnswerSome,
        "book" => Act::Book {
            starts_at: now() + TimeDelta::days(1),
        },
        "unbook" => Act::Unbook,
        "talk-2" => talk(two),
        "talk-4" => talk(Points::all()),
        "read" => Act::Read,
        "wait" => Act::Wait {
            reach: Reach::AnyFitting,
            meanwhile: options(),
        },
        "options" => Act::OfferOptions(options()),
        "not-now" => Act::NotNow(options()),
        "move-on" => Act::MoveOn(Slug::from_bits(7)),
        "offer" => offer(Holds::Place, FREE, until),
        "offer-full" => offer(Holds::Place, FULL, until),
        "accept" => Act::Accept { places: FREE },
        "accept-full" => Act::Accept { places: FULL },
        "decline" => Act::Decline,
        "take" => Act::TakeOption(other()),
        "sign-1" => Act::Sign { missing: 1 },
        "sign-0" => Act::Sign { missing: 0 },
        "admit" => admit(),
        "admit-planned" => Act::Admit {
            admission: Admission::Planned(day("2027-01-05")),
            missing: 0,
        },
        "lapse" => Act::Lapse,
        "lapse-late" => return (Act::Lapse, TimeDelta::days(11)),
        "withdraw" => Act::Withdraw,
        _ => panic!("no such act in the table: {name}"),
    };
    (act, TimeDelta::zero())
}

#[test]
fn every_state_and_act_is_as_the_hand_written_table_says() {
    let table = include_str!("joining.txt");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().skip(1).collect();
    let mut cells = 0;
    for line in lines {
        let mut words = line.split_whitespace();
        let state = words.next().unwrap();
        let wanted: Vec<&str> = words.collect();
        assert_eq!(wanted.len(), columns.len(), "{state}");
        for (name, wanted) in columns.iter().zip(wanted) {
            let (act, later) = column(name);
            let got = match reached(state).after(act, now() + later) {
                Ok(next) => next.state().name().to_owned(),
                Err(why) => format!("no:{}", why.name()),
            };
            assert_eq!(got, wanted, "{state} {name}");
            cells += 1;
        }
    }
    assert_eq!(cells, 20 * 25);
    // Every act and every state stands in it.
    for state in State::NAMES {
        assert!(table.contains(state), "{state}");
    }
}

#[test]
fn an_hour_that_is_over_is_not_booked() {
    let past = Act::Book { starts_at: now() };
    assert_eq!(Application::ask(now()).after(past, now()), Err(Refusal::TimePast));
}

#[test]
fn one_asks_for_a_place_in_a_therapy_group_that_takes_people() {
    use crate::groups::{Kind, Seats};
    let check = |seats| AskRefused::check(Kind::Therapy, seats);
    for seats in [
        Seats::Open,
        Seats::Left(0),
        Seats::WaitingList { weeks: None },
        Seats::Starts(day("2027-01-05")),
    ] {
        assert_eq!(check(seats), Ok(()));
        assert_eq!(AskRefused::check(Kind::Support, seats), Err(AskRefused::WalkIn));
    }
    assert_eq!(check(Seats::Closed), Err(AskRefused::TakesNobody));
    assert_eq!(check(Seats::Paused { until: None }), Err(AskRefused::TakesNobody));
    assert_eq!(check(Seats::Ended { on: None }), Err(AskRefused::Ended));
}

#[test]
fn two_conversations_are_added_up() {
    let first = Points::from_iter([Point::Readiness, Point::Attendance]);
    let second = Points::from_iter([Point::Confidentiality, Point::Expectations]);
    let once = after(Application::ask(now()), [talk(first)]);
    assert_eq!(once.facts().screened(), Err(Some(2)));
    assert!(after(once, [talk(second)]).facts().screened().is_ok());
}

#[test]
fn who_goes_on_in_another_group_keeps_when_they_asked_and_talks_with_who_leads_it() {
    let before = reached("waits-any+");
    let asked_at = before.facts().asked_at;
    let ended = after(before, [Act::MoveOn(Slug::from_bits(7))]);
    let how = match ended.state() {
        State::Over(over) => over.how.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(how, End::MovedOn(Slug::from_bits(7)));
    let there = Application::taken_on(asked_at, now());
    assert_eq!(
        (there.state().name(), there.facts().asked_at),
        ("asked", asked_at)
    );
    let next = there.next(now(), Around::default());
    assert_eq!(
        (next.owes, next.step, next.since),
        (Owes::Leader, Step::Answer, now())
    );
    let offered = there.after(offer(Holds::Place, FREE, now() + TimeDelta::days(10)), now());
    assert_eq!(offered, Err(Refusal::TalkMissing));
}

#[test]
fn a_text_that_changed_is_signed_again_before_anyone_is_a_member() {
    let signed = reached("signed+");
    let late = Act::Admit {
        admission: Admission::From(day("2026-12-01")),
        missing: 1,
    };
    assert_eq!(
        signed.clone().after(late, now()),
        Err(Refusal::SignFirst { missing: 1 })
    );
    let nobody = Act::Admit {
        admission: Admission::Nobody,
        missing: 0,
    };
    assert_eq!(signed.after(nobody, now()), Err(Refusal::AdmitsNobody));
}

#[test]
fn what_is_read_back_is_checked_against_its_facts() {
    for state in [
        "asked",
        "screening~",
        "waiting",
        "offered",
        "accepted+",
        "signed+",
        "member+",
        "over",
    ] {
        let application = reached(state);
        let text = serde_json::to_string(&application).unwrap();
        assert_eq!(serde_json::from_str::<Application>(&text).unwrap(), application);
        // Without its conversation a place is none.
        let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json["facts"]["conversation"] = serde_json::Value::Null;
        let bare = serde_json::from_value::<Application>(json).is_ok();
        let needs = !matches!(state, "asked" | "screening~" | "waiting" | "over");
        assert_eq!(bare, !needs, "{state}");
    }
}

#[test]
fn there_is_no_no_without_an_option() {
    assert_eq!(Options::new(Vec::new()), Err(NoOptions));
    assert!(serde_json::from_str::<Options>("[]").is_err());
    let twice = Options::new(vec![Alternative::AnyFitting, Alternative::AnyFitting]);
    assert_eq!(twice.unwrap().iter().len(), 1);
}

#[test]
fn someone_owes_the_next_step_in_every_open_state() {
    let owes = |state: &str| {
        let next = reached(state).next(now(), Around::default());
        (next.owes, next.step)
    };
    assert_eq!(owes("asked"), (Owes::Leader, Step::Answer));
    assert_eq!(owes("screening"), (Owes::Leader, Step::Answer));
    assert_eq!(owes("screening~"), (Owes::Leader, Step::RecordTalk));
    assert_eq!(owes("screening+"), (Owes::Leader, Step::Decide));
    assert_eq!(owes("waiting"), (Owes::Coordinator, Step::FindPlace));
    assert_eq!(owes("options"), (Owes::Person, Step::Choose));
    assert_eq!(owes("offered"), (Owes::Person, Step::AnswerOffer));
    assert_eq!(owes("accepted+"), (Owes::Person, Step::Sign));
    assert_eq!(owes("signed+"), (Owes::Coordinator, Step::Start));
    assert_eq!(owes("over"), (Owes::Nobody, Step::Nothing));
    let promises = Promises::default();
    let over = reached("over").next(now(), Around::default());
    assert_eq!(over.remind_at(promises), None);
    let waiting = reached("waiting").next(now(), Around::default());
    assert!(!waiting.is_late(promises, now()));
    assert!(waiting.is_late(promises, now() + TimeDelta::weeks(12)));
}

#[test]
fn before_the_talk_answers_are_owed_first_and_then_a_time_which_the_leader_opens() {
    let open = Around {
        is_unanswered: true,
        has_time: true,
        ..Around::default()
    };
    let answered = Around {
        is_unanswered: false,
        ..open
    };
    let owes = |one: &Application, around: Around| {
        let next = one.next(now(), around);
        (next.owes, next.step)
    };
    for state in ["asked", "screening"] {
        let one = reached(state);
        assert_eq!(owes(&one, open), (Owes::Person, Step::AnswerForms), "{state}");
        assert_eq!(owes(&one, answered), (Owes::Person, Step::PickTime), "{state}");
        let none = Around::default();
        assert_eq!(owes(&one, none), (Owes::Leader, Step::Answer), "{state}");
    }
    let book = Act::Book {
        starts_at: now() + TimeDelta::days(1),
    };
    let booked = after(reached("asked"), [book]);
    assert_eq!(owes(&booked, open), (Owes::Person, Step::AnswerForms));
    assert_eq!(owes(&booked, answered), (Owes::Nobody, Step::Talk));
    let later = booked.next(now() + TimeDelta::days(3), open);
    assert_eq!((later.owes, later.step), (Owes::Leader, Step::RecordTalk));
    // After a talk nobody is sent back to the questions.
    assert_eq!(
        owes(&reached("screening~"), open),
        (Owes::Leader, Step::RecordTalk)
    );
    let sent = after(reached("asked"), [Act::SendForms]).next(now(), open);
    let promises = Promises::default();
    assert!(!sent.is_late(promises, now()));
    assert!(sent.is_late(promises, now() + TimeDelta::days(5)));
}

#[test]
fn what_is_asked_before_the_talk_is_answered_once_all_of_it_is() {
    let some = after(reached("asked"), [Act::AnswerSome]);
    assert_eq!(some.facts().answered_at, None);
    let all = after(some, [Act::AnswerForms]);
    assert_eq!(all.facts().answered_at, Some(now()));
    assert_eq!(after(all, [Act::AnswerSome]).facts().answered_at, None);
}

#[test]
fn a_place_that_is_free_is_for_the_leader_to_give_and_a_start_ahead_is_owed_by_nobody() {
    let turn = Around {
        has_turn: true,
        ..Around::default()
    };
    let waiting = reached("waiting").next(now(), turn);
    assert_eq!((waiting.owes, waiting.step), (Owes::Leader, Step::Decide));
    let promises = Promises::default();
    assert!(waiting.is_late(promises, now() + TimeDelta::days(3)));
    let starts_at = now() + TimeDelta::days(10);
    let planned = Around {
        starts_at: Some(starts_at),
        ..Around::default()
    };
    let signed = reached("signed+");
    let ahead = signed.next(now(), planned);
    assert_eq!((ahead.owes, ahead.step), (Owes::Nobody, Step::Start));
    assert!(!ahead.is_late(promises, starts_at - TimeDelta::hours(1)));
    let due = signed.next(starts_at, planned);
    assert_eq!((due.owes, due.since), (Owes::Coordinator, starts_at));
}

type Row = [(MembershipAct, Result<&'static str, MembershipRefused>); 7];

#[test]
fn a_membership_ends_with_a_goodbye_or_says_that_there_was_none() {
    use MembershipAct as Do;
    use MembershipRefused as No;
    let today = day("2026-11-24");
    let joined = Membership::from(today);
    let goodbye = day("2026-12-08");
    let leaving = joined.clone().after(Do::Announce { goodbye }, today).unwrap();
    let paused = joined.clone().after(Do::Pause, today).unwrap();
    let ended = joined.clone().after(Do::Complete, today).unwrap();
    let table: [(&Membership, Row); 4] = [
        (
            &joined,
            [
                (Do::Pause, Ok("paused")),
                (Do::Return, Err(No::NotPaused)),
                (Do::Announce { goodbye }, Ok("leaving")),
                (Do::TakeBack, Err(No::NotAnnounced)),
                (Do::Leave, Err(No::NotAnnounced)),
                (Do::Complete, Ok("completed")),
                (Do::DropOut(Reason::Unknown), Ok("dropped-out")),
            ],
        ),
        (
            &paused,
            [
                (Do::Pause, Err(No::IsPaused)),
                (Do::Return, Ok("joined")),
                (Do::Announce { goodbye }, Ok("leaving")),
                (Do::TakeBack, Err(No::NotAnnounced)),
                (Do::Leave, Err(No::NotAnnounced)),
                (Do::Complete, Ok("completed")),
                (Do::DropOut(Reason::NoFit), Ok("dropped-out")),
            ],
        ),
        (
            &leaving,
            [
                (Do::Pause, Err(No::IsLeaving)),
                (Do::Return, Err(No::NotPaused)),
                (Do::Announce { goodbye }, Err(No::IsLeaving)),
                (Do::TakeBack, Ok("joined")),
                (Do::Leave, Err(No::GoodbyeLater { on: goodbye })),
                (Do::Complete, Ok("completed")),
                (Do::DropOut(Reason::Practical), Ok("dropped-out")),
            ],
        ),
        (
            &ended,
            [
                (Do::Pause, Err(No::IsOver)),
                (Do::Return, Err(No::IsOver)),
                (Do::Announce { goodbye }, Err(No::IsOver)),
                (Do::TakeBack, Err(No::IsOver)),
                (Do::Leave, Err(No::IsOver)),
                (Do::Complete, Err(No::IsOver)),
                (Do::DropOut(Reason::Unknown), Err(No::IsOver)),
            ],
        ),
    ];
    for (from, acts) in table {
        for (act, wanted) in acts {
            let got = from.clone().after(act, today);
            let got = got.as_ref().map(|next| next.standing.name()).map_err(|why| *why);
            assert_eq!(got, wanted, "{} {}", from.standing.name(), act.name());
        }
    }
    let past = Do::Announce {
        goodbye: day("2026-11-23"),
    };
    assert_eq!(joined.clone().after(past, today), Err(No::GoodbyePast));
    let left = leaving.after(Do::Leave, goodbye).unwrap();
    assert_eq!(left.standing.name(), "left");
    assert!(!left.has_place() && left.options().is_some());
    assert!(paused.has_place() && paused.options().is_none());
}

#[test]
fn a_start_fills_and_is_confirmed_or_put_off() {
    let today = day("2026-11-24");
    let (on, later) = (day("2027-01-05"), day("2027-02-02"));
    let plan = PlannedStart::plan(on, 4, today).unwrap();
    assert_eq!(
        PlannedStart::plan(day("2026-11-23"), 4, today),
        Err(StartRefused::DayPast)
    );
    assert_eq!(
        plan.confirm(3, today),
        Err(StartRefused::TooFew { has: 3, least: 4 })
    );
    assert_eq!(plan.confirm(9, day("2027-01-06")), Err(StartRefused::DayPast));
    let confirmed = plan.confirm(4, today).unwrap();
    assert_eq!(confirmed.confirm(4, today), Err(StartRefused::Confirmed));
    assert_eq!(confirmed.put_off(later, today), Err(StartRefused::Confirmed));
    assert_eq!(plan.put_off(on, today), Err(StartRefused::DayPast));
    assert_eq!(plan.put_off(later, today).unwrap().on, later);
    // One that was planned only gives way; one that is confirmed holds until its day is over.
    let next = |before, today| PlannedStart::plan_after(Some(before), later, 4, today);
    assert_eq!(next(plan, today).unwrap().on, later);
    assert_eq!(next(confirmed, today), Err(StartRefused::Confirmed));
    assert_eq!(next(confirmed, on), Err(StartRefused::Confirmed));
    let again = next(confirmed, day("2027-01-06")).unwrap();
    assert_eq!((again.on, again.state), (later, StartState::Planned));
    let closed = Some(crate::groups::Membership::Closed);
    let seats = crate::groups::Seats::Open;
    assert_eq!(Admission::of(closed, seats, None, today), Admission::Nobody);
    assert_eq!(
        Admission::of(closed, seats, Some(plan), today),
        Admission::Planned(on)
    );
    assert_eq!(
        Admission::of(closed, seats, Some(confirmed), today),
        Admission::From(on)
    );
    assert_eq!(Admission::of(None, seats, None, today), Admission::From(today));
    let ended = crate::groups::Seats::Ended { on: None };
    assert_eq!(
        Admission::of(None, ended, Some(confirmed), today),
        Admission::Nobody
    );
}

#[test]
fn who_is_brought_in_is_a_member_since_a_day_and_was_screened_by_someone() {
    let today = day("2026-11-24");
    let one = BroughtIn::new(" 2026-03-09 ", "Dr. Ames, Lakeside Clinic", today).unwrap();
    assert_eq!(one.since, day("2026-03-09"));
    assert!(matches!(
        BroughtIn::new("2026-03-09", " ", today),
        Err(BroughtInError::By(_))
    ));
    assert!(matches!(
        BroughtIn::new("March", "Dr. Ames", today),
        Err(BroughtInError::NoDay(_))
    ));
    let later = BroughtIn::new("2026-11-25", "Dr. Ames", today);
    assert_eq!(later, Err(BroughtInError::Later(day("2026-11-25"))));
}

/// Any act, with places as they are at that moment.
fn any_act(which: u8, some: u8, places: Places, now: DateTime<Utc>) -> Act {
    let days = |n: u8| TimeDelta::days(i64::from(n % 20));
    let points = || {
        Point::ALL
            .into_iter()
            .filter(|point| some & (1 << *point as u8) != 0)
            .collect()
    };
    match which % 20 {
        0 => Act::SendForms,
        1 => Act::AnswerForms,
        2 => Act::Book {
            starts_at: now + days(some),
        },
        3 => Act::Unbook,
        4 => talk(points()),
        5 => talk(Points::all()),
        6 => Act::Read,
        7 => Act::Wait {
            reach: if some.is_multiple_of(2) {
                Reach::ThisGroup
            } else {
                Reach::AnyFitting
            },
            meanwhile: options(),
        },
        8 => Act::OfferOptions(options()),
        9 => Act::NotNow(options()),
        10 => offer(Holds::Place, places, now + days(some)),
        11 => offer(Holds::Nothing, places, now + days(some)),
        12 => Act::Accept { places },
        13 => Act::Decline,
        14 => Act::Sign {
            missing: u16::from(some % 3),
        },
        15 => Act::Admit {
            admission: Admission::From(now.date_naive()),
            missing: u16::from(some % 2),
        },
        16 => Act::Lapse,
        17 => Act::AnswerSome,
        18 => Act::MoveOn(Slug::from_bits(7)),
        _ if some.is_multiple_of(4) => Act::Withdraw,
        _ => Act::TakeOption(other()),
    }
}

fn places(all: &[Application], most: u16, now: DateTime<Utc>) -> Places {
    let count =
        |is: &dyn Fn(&Application) -> bool| u16::try_from(all.iter().filter(|one| is(one)).count()).unwrap();
    let member = |one: &Application| matches!(one.state(), State::Member(_));
    Places {
        most,
        taken: count(&|one| one.has_place() || member(one)),
        held: count(&|one| one.holds_place(now)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_is_done_seats_hold_and_nobody_is_a_member_unprepared(
        most in 1_u16..4,
        acts in prop::collection::vec((0_usize..6, any::<u8>(), any::<u8>(), 0_i64..30), 1..200),
    ) {
        let mut now = now();
        let mut all = vec![Application::ask(now); 6];
        // What was signed last, and whether a yes was ever said.
        let mut signed = [false; 6];
        let mut yes = [false; 6];
        for (who, which, some, hours) in acts {
            now += TimeDelta::hours(hours);
            let act = any_act(which, some, places(&all, most, now), now);
            let before = all[who].clone();
            match before.clone().after(act.clone(), now) {
                Ok(next) => {
                    if let Act::Sign { missing } = act { signed[who] = missing == 0; }
                    yes[who] |= matches!(next.state(), State::Accepted(_));
                    if let State::Member(_) = next.state() {
                        prop_assert!(signed[who] && yes[who]);
                        prop_assert!(next.facts().screened().is_ok() && next.facts().read_at.is_some());
                        let missing_none = matches!(act, Act::Admit { missing: 0, .. });
                        prop_assert!(missing_none);
                    }
                    // Every no, every end and every wait has a way on.
                    let needs = matches!(next.state(), State::Waiting(_) | State::Options(_) | State::NotNow(_) | State::Over(_));
                    prop_assert_eq!(needs, next.options().is_some());
                    prop_assert!(next.options().is_none_or(|options| options.iter().len() > 0));
                    let text = serde_json::to_string(&next).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Application>(&text).unwrap(), next.clone());
                    prop_assert!(!next.is_open() || next.next(now, Around::default()).step != Step::Nothing);
                    all[who] = next;
                }
                Err(why) => prop_assert!(!why.instead().name().is_empty() && !why.to_string().is_empty()),
            }
            let places = places(&all, most, now);
            prop_assert!(places.taken <= most, "{:?}", places);
            prop_assert!(places.taken + places.held <= most, "{:?}", places);
        }
    }

    #[test]
    fn a_person_can_withdraw_at_any_time_until_they_are_a_member(
        acts in prop::collection::vec((any::<u8>(), any::<u8>()), 0..60),
    ) {
        let mut one = Application::ask(now());
        for (which, some) in acts {
            let places = places(std::slice::from_ref(&one), 2, now());
            one = one.clone().after(any_act(which, some, places, now()), now()).unwrap_or(one);
        }
        let open = one.is_open();
        let left = one.after(Act::Withdraw, now());
        prop_assert_eq!(left.is_ok(), open);
        if let Ok(left) = left {
            prop_assert_eq!(left.state().name(), "over");
        }
    }
}
