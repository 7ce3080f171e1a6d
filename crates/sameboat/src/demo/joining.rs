//! Invented people on the way into the demo's therapy groups: one or two in every state, so that each can be looked at.

use chrono::{DateTime, Days, TimeDelta, Timelike, Utc};
use domain::agreements::Text;
use domain::groups::{Listing, Mail, Membership, Slug};
use domain::joining::{
    Act, Alternative, Answer, Answers, Holds, Options, Places, PlannedStart, Point, Points, Reach, Safety,
};
use domain::people::{Handle, PersonId};
use domain::text::{Line, Prose};
use store::Writing;
use store::joining::{Invented, JoiningError, invent, invent_start, invent_time};

/// Where someone stands, and since how many days they have waited.
struct Someone {
    name: &'static str,
    group: usize,
    days: i64,
    way: Way,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Asked,
    AskedInDanger,
    Booked,
    Unanswered,
    Talked,
    HalfTalked,
    Waiting,
    WaitingAnywhere,
    OtherWays,
    NotNow,
    Offered,
    FirstCome,
    Accepted,
    Signed,
    Member,
    Withdrawn,
}

const PEOPLE: [Someone; 16] = [
    someone("Jordan Ellis", 0, 2, Way::AskedInDanger),
    someone("R. Castellano", 1, 9, Way::Asked),
    someone("Teo Lindqvist", 1, 16, Way::Booked),
    someone("Ines M.", 0, 11, Way::Unanswered),
    someone("Bea Okafor", 0, 8, Way::Talked),
    someone("Ravi S.", 1, 6, Way::HalfTalked),
    someone("Walt H.", 1, 98, Way::Waiting),
    someone("Mina K.", 0, 77, Way::WaitingAnywhere),
    someone("Oscar D.", 1, 35, Way::OtherWays),
    someone("Noor A.", 0, 30, Way::NotNow),
    someone("Lena R.", 0, 42, Way::Offered),
    someone("Leo V.", 1, 21, Way::FirstCome),
    someone("Iris Moss", 0, 28, Way::Accepted),
    someone("Tom P.", 2, 24, Way::Signed),
    someone("Ada W.", 0, 50, Way::Member),
    someone("Remy B.", 1, 40, Way::Withdrawn),
];

const fn someone(name: &'static str, group: usize, days: i64, way: Way) -> Someone {
    Someone {
        name,
        group,
        days,
        way,
    }
}

/// The groups are those that the demo's people lead; a demo with fewer has fewer people.
pub(super) async fn fill(
    writing: &mut Writing,
    groups: &[(Slug, Listing)],
    texts: &[Text],
    now: DateTime<Utc>,
) -> Result<(), JoiningError> {
    let therapy: Vec<&Slug> = super::therapy(groups).take(3).collect();
    let open = groups
        .iter()
        .filter(|(slug, listing)| {
            therapy.iter().take(2).any(|one| *one == slug) && listing.membership != Some(Membership::Closed)
        })
        .map(|(slug, _)| slug)
        .next();
    if let Some(third) = therapy.get(2) {
        let day = now.date_naive() + Days::new(38);
        if let Ok(start) = PlannedStart::plan(day, 4, now.date_naive()) {
            invent_start(writing, third, start).await?;
        }
    }
    for (number, group) in therapy.iter().enumerate() {
        for day in 1..=3 {
            invent_time(
                writing,
                group,
                hour(now, day, 14 + u32::try_from(number).unwrap_or(0)),
            )
            .await?;
        }
    }
    for one in &PEOPLE {
        // Who is a member already came into a group that takes people at any time.
        let group = match one.way {
            Way::Member => open,
            _ => therapy.get(one.group).copied(),
        };
        if let Some(group) = group {
            put(writing, one, group, texts, now).await?;
        }
    }
    Ok(())
}

/// A full hour some days from now.
fn hour(now: DateTime<Utc>, days: i64, hour: u32) -> DateTime<Utc> {
    let at = (now + TimeDelta::days(days)).with_hour(hour).unwrap_or(now);
    at.with_minute(0)
        .and_then(|at| at.with_second(0))
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}

async fn put(
    writing: &mut Writing,
    one: &Someone,
    group: &Slug,
    texts: &[Text],
    now: DateTime<Utc>,
) -> Result<(), JoiningError> {
    let Ok(handle) = Handle::parse(one.name) else {
        return Ok(());
    };
    let first = one
        .name
        .split([' ', '.'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let mail = Mail::parse(&format!("{first}.asks@lakeshore.example")).ok();
    let asked_at = now - TimeDelta::days(one.days);
    let acts = |leader: PersonId, places: Places| acts(one, leader, places, now);
    let answers = answers(one.way);
    let note = prose("Warm, slow to start. Had individual therapy in spring; would like to try a group.");
    let letter = prose(
        "Thank you for talking with me. I have thought about what you said, and write to you as I promised. What comes next stands above.",
    );
    let talked = !matches!(
        one.way,
        Way::Asked | Way::AskedInDanger | Way::Booked | Way::Unanswered | Way::Withdrawn
    );
    let decided = talked && !matches!(one.way, Way::Talked | Way::HalfTalked);
    let invented = Invented {
        handle: &handle,
        group,
        asked_at,
        acts: &acts,
        answers: answers.as_ref(),
        note: note.as_ref().filter(|_| talked),
        letter: letter.as_ref().filter(|_| decided),
        signs: match one.way {
            Way::Accepted => 1,
            Way::Signed | Way::Member => texts.len(),
            _ => 0,
        },
    };
    invent(writing, &invented, mail.as_ref(), texts).await
}

fn prose(text: &str) -> Option<Prose> {
    Prose::parse(text).ok()
}

fn answers(way: Way) -> Option<Answers> {
    let safety = match way {
        Way::Asked | Way::Unanswered | Way::Withdrawn => return None,
        Way::AskedInDanger => Safety::Thoughts,
        _ => Safety::None,
    };
    let said = [
        (
            "What brings you now?",
            "My brother died in 2024. Everyone else has moved on. I still set two cups.",
        ),
        (
            "What do you hope will be different after some months?",
            "To sleep. To say his name at work without leaving the room.",
        ),
        (
            "What worries you about being in a group?",
            "That I will be the only one who is still stuck.",
        ),
    ];
    let answers = said
        .into_iter()
        .filter_map(|(question, answer)| {
            Some(Answer {
                question: Line::parse(question).ok()?,
                answer: Prose::parse(answer).ok()?,
            })
        })
        .collect();
    Some(Answers { safety, answers })
}

/// What happened, in its order; each some days after the one before.
fn acts(one: &Someone, leader: PersonId, places: Places, now: DateTime<Utc>) -> Vec<(Act, DateTime<Utc>)> {
    let asked = now - TimeDelta::days(one.days);
    let at = |part: i32| asked + (now - asked) * part / 10;
    let talk = |points| Act::RecordTalk { by: leader, points };
    let options = || {
        let all = vec![Alternative::IndividualTherapy, Alternative::LookAround];
        Options::new(all).unwrap_or_else(|_| Options::own_way())
    };
    let wait = |reach| Act::Wait {
        reach,
        meanwhile: options(),
    };
    let offer = |holds| Act::Offer {
        by: leader,
        until: now + TimeDelta::days(6),
        holds,
        places,
    };
    let prepared = || {
        vec![
            (Act::AnswerForms, at(1)),
            (talk(Points::all()), at(4)),
            (Act::Read, at(5)),
        ]
    };
    let mut acts = match one.way {
        Way::Asked => return Vec::new(),
        Way::AskedInDanger => return vec![(Act::AnswerForms, at(9))],
        Way::Withdrawn => return vec![(Act::Withdraw, at(3))],
        Way::Booked => {
            let starts_at = hour(now, 2, 19);
            return vec![(Act::AnswerForms, at(2)), (Act::Book { starts_at }, at(5))];
        }
        Way::Unanswered => return vec![(Act::SendForms, at(4))],
        Way::HalfTalked => {
            let points = [Point::Readiness, Point::Expectations].into_iter().collect();
            return vec![(Act::AnswerForms, at(2)), (talk(points), at(8))];
        }
        _ => prepared(),
    };
    match one.way {
        Way::Waiting => acts.push((wait(Reach::ThisGroup), at(6))),
        Way::WaitingAnywhere => acts.push((wait(Reach::AnyFitting), at(6))),
        Way::OtherWays => acts.push((Act::OfferOptions(options()), at(9))),
        Way::NotNow => acts.push((Act::NotNow(options()), at(9))),
        Way::Offered => acts.push((offer(Holds::Place), at(9))),
        Way::FirstCome => acts.push((offer(Holds::Nothing), at(9))),
        Way::Accepted | Way::Signed | Way::Member => {
            acts.push((offer(Holds::Place), at(7)));
            acts.push((Act::Accept { places }, at(8)));
        }
        _ => {}
    }
    acts
}
