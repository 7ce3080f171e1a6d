//! An invented term of sessions: two therapy groups with their plans and marks, and the large support group with its head counts and what
//! helped people there. Nothing of it happened.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::attendance::{Count, Presence};
use domain::groups::{Kind, Listing, Slug};
use domain::name::Name;
use domain::people::Handle;
use domain::schedule::Dated;
use domain::sessions::{Plan, Presentation, Step};
use domain::text::{Line, Prose};
use store::leading::{Invented, Look, Past, invent, invent_advice, invent_since};
use store::{StoreError, Writing};

/// So many sessions are over, and so many are planned ahead.
const BEFORE: usize = 9;
const AHEAD: usize = 3;

/// How far back to look for those that are over: a monthly group has fewer.
const SINCE: TimeDelta = TimeDelta::weeks(14);

/// What each session of a therapy group is about, with its middle part: what is done, how long, and by which technique.
const SKILLS: [(&str, &str, u16, &str); 12] = [
    ("What brings us here", "Goals together", 25, "goals-together"),
    (
        "What a week looks like",
        "Planning activities",
        20,
        "activity-planning",
    ),
    ("Noticing thoughts", "Thought record", 25, "thought-record"),
    ("Thinking traps", "Thinking traps", 20, "thinking-traps"),
    ("Calming the body", "Breathing, then a body scan", 20, "breathing"),
    ("Small steps", "A ladder of small steps", 25, "small-steps"),
    (
        "Asking and refusing",
        "Saying no, in pairs",
        25,
        "asking-and-refusing",
    ),
    ("Saying no at work", "Role-play", 25, "role-play"),
    ("Being on my side", "Self-kindness", 20, "self-kindness"),
    ("Holidays", "Solving a problem together", 25, "problem-solving"),
    ("Warning signs", "Warning signs", 20, "warning-signs"),
    ("Looking back", "Looking back", 25, "looking-back"),
];

const HELPED: [(&str, Look, usize); 5] = [
    (
        "Setting the table for one, with a candle. It made supper a thing again.",
        Look::Shown,
        41,
    ),
    (
        "I answer the phone on Sundays only. People got used to it.",
        Look::Shown,
        17,
    ),
    (
        "Walking the same round each morning, rain or not.",
        Look::Shown,
        28,
    ),
    (
        "Keeping one drawer as it was, and emptying the rest.",
        Look::Shown,
        6,
    ),
    ("Writing down what I would have told them.", Look::Waiting, 0),
];

/// The groups are those that the demo's people lead; a demo with fewer has fewer sessions.
pub(super) async fn fill(
    writing: &mut Writing,
    groups: &[(Slug, Listing)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let of = |kind: Kind| groups.iter().filter(move |(_, listing)| listing.kind == kind);
    for (number, (slug, listing)) in of(Kind::Therapy).take(2).enumerate() {
        let (over, ahead) = dates(listing, now);
        if let Some(first) = over.first() {
            invent_since(writing, slug, *first).await?;
        }
        let many = over.len();
        for (nth, date) in over.into_iter().enumerate() {
            // Of the second group, the last session waits to be written down.
            let is_written = number == 0 || nth + 1 < many;
            let marks = move |member: usize| presence(nth, member);
            let past = if is_written {
                Past::Marked(&marks)
            } else {
                Past::Nothing
            };
            put(writing, slug, date, &skills(nth), past).await?;
        }
        for (nth, date) in ahead.into_iter().enumerate() {
            put(writing, slug, date, &skills(many + nth), Past::Nothing).await?;
        }
    }
    for (slug, listing) in of(Kind::Support).take(1) {
        let (over, ahead) = dates(listing, now);
        for (nth, date) in over.into_iter().enumerate() {
            if let Some(count) = heads(nth) {
                put(writing, slug, date, &Plan::default(), Past::Counted(count)).await?;
            }
        }
        if let (Some(date), Some(plan)) = (ahead.first(), presentation()) {
            put(writing, slug, *date, &plan, Past::Nothing).await?;
        }
        let all = HELPED.iter().filter_map(|(words, look, helped)| {
            Prose::parse(words).ok().map(|words| (words, *look, *helped))
        });
        invent_advice(writing, slug, &all.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

async fn put(
    writing: &mut Writing,
    group: &Slug,
    date: NaiveDate,
    plan: &Plan,
    past: Past<'_>,
) -> Result<(), StoreError> {
    invent(writing, group, &Invented { date, plan, past }).await
}

/// The last dates of a group that are over, the oldest first; and the next ones.
pub(super) fn dates(listing: &Listing, now: DateTime<Utc>) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    let Some(schedule) = listing.schedule() else {
        return (Vec::new(), Vec::new());
    };
    let over = schedule
        .occurrences(now - SINCE)
        .take_while(|meeting| meeting.end().to_utc() <= now);
    let mut over: Vec<NaiveDate> = over.map(|meeting| meeting.date).collect();
    over.drain(..over.len().saturating_sub(BEFORE));
    let ahead = listing.upcoming(now).filter_map(Dated::meeting).take(AHEAD);
    (over, ahead.map(|meeting| meeting.date).collect())
}

fn skills(nth: usize) -> Plan {
    let (topic, what, minutes, technique) = SKILLS[nth % SKILLS.len()];
    let steps = [
        ("Check-in round", 15, Some("check-in")),
        (what, minutes, Some(technique)),
        ("One step for the week", 10, None),
        ("Closing round", 10, Some("closing-round")),
    ];
    let step = |(what, minutes, technique): (&str, u16, Option<&str>)| {
        Some(Step {
            what: Line::parse(what).ok()?,
            minutes,
            technique: technique.and_then(|name| Name::parse(name).ok()),
        })
    };
    Plan {
        topic: Line::parse(topic).ok(),
        agenda: steps.into_iter().filter_map(step).collect(),
        ..Plan::default()
    }
}

fn presentation() -> Option<Plan> {
    Some(Plan {
        topic: Line::parse("Sleeping alone").ok(),
        presentation: Some(Presentation {
            title: Line::parse("What helps us sleep").ok()?,
            speaker: Line::parse("Noa Feld, nurse").ok()?,
        }),
        ..Plan::default()
    })
}

/// Most come. The second member is late now and then; the third misses the last two without a word.
fn presence(nth: usize, member: usize) -> Presence {
    match (member % 4, nth % 9) {
        (1, 2 | 6) => Presence::Late,
        (2, 7 | 8) => Presence::Missed,
        (2, 3) => Presence::LeftEarly,
        (3, 1) => Presence::Online,
        (1, 4) | (3, 5) => Presence::Excused,
        _ => Presence::Present,
    }
}

fn heads(nth: usize) -> Option<Count> {
    let nth = u16::try_from(nth).ok()?;
    let handles = ["River", "Blue Heron"].map(|name| Handle::parse(name).ok());
    Count::new(
        38 + nth * 7 % 19,
        9 + nth * 5 % 8,
        nth % 4 + 1,
        handles.into_iter().flatten().collect(),
    )
    .ok()
}
