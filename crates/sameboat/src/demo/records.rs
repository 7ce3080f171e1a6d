//! Invented records of the first therapy group: every session but the last is written down and signed; the last waits to be tried. Nobody
//! said or did any of it.

use chrono::{DateTime, Utc};
use domain::goals::{Goal, Level};
use domain::groups::{Kind, Listing, Slug};
use domain::records::{Field, Words};
use domain::text::Line;
use store::records::{Invented, invent, invent_goal};
use store::{StoreError, Writing};

use super::sessions::dates;

/// Of each session: themes, what was done, how the group was, what comes next.
const SESSIONS: [[&str; 4]; 8] = [
    [
        "What brings each of us here; hopes and worries about the group.",
        "Introductions in pairs; goals written together.",
        "Careful and polite. Long silences after questions to all.",
        "Bring one situation of the week.",
    ],
    [
        "How a week looks; evenings as the hardest time.",
        "Planning one activity for a hard hour.",
        "Warmer. Several answered each other without being asked.",
        "Do the one planned thing; notice what gets in the way.",
    ],
    [
        "Thoughts that come before a call or a meeting.",
        "Thought record on the board, with an example of the group's own.",
        "A disagreement about whether worry is useful; stayed with, not solved.",
        "One thought record each.",
    ],
    [
        "Reading minds, and expecting the worst.",
        "Thinking traps as a game in two teams.",
        "Laughter, then a serious turn when loss was named.",
        "Catch one trap a day.",
    ],
    [
        "Where fear is felt in the body.",
        "Breathing, then a body scan; one stayed with open eyes and said so.",
        "Quiet and close.",
        "Five minutes a day, at a set time.",
    ],
    [
        "Things avoided for years.",
        "A ladder of small steps for each.",
        "Encouragement; also some comparing, which we named.",
        "Climb the lowest step.",
    ],
    [
        "Asking for something, and hearing no.",
        "Saying no in pairs, then in front of the group.",
        "Playful. Two asked for more time and took it.",
        "Say no once, without explaining for an hour.",
    ],
    [
        "Work, and what one owes there.",
        "Role-play of a talk with a supervisor, twice with other endings.",
        "Feedback was honest and kind.",
        "Prepare for the holidays.",
    ],
];

/// How someone took part, how they took it, and what they plan; each member has the ones that follow.
const PARTS: [[&str; 3]; 11] = [
    [
        "Spoke early, then made room for others.",
        "Recognized the pattern at once and was relieved to have a word for it.",
        "Call the friend from the old job.",
    ],
    [
        "Mostly listened; nodded often.",
        "Said at the end that hearing it from others helped.",
        "Ten minutes of walking before work.",
    ],
    [
        "Came tense and settled in the first round.",
        "Tried the exercise with some doubt, found it easier than feared.",
        "Write down one worry each evening, then close the book.",
    ],
    [
        "Brought the example that the group worked on.",
        "Tearful for a moment; accepted support.",
        "Ask for help with the move.",
    ],
    [
        "Asked good questions about the why of it.",
        "Wanted a rule for every case; could laugh about that.",
        "Do the thing once badly on purpose.",
    ],
    [
        "Took part in the pair, less in the round.",
        "Found the breathing hard, chose to look at the window instead.",
        "Same exercise with open eyes at home.",
    ],
    [
        "Gave feedback that was picked up by others.",
        "Surprised to be thanked for it.",
        "Say thank you without taking it back.",
    ],
    [
        "Arrived tired, present all the same.",
        "Noticed the thought before the fear for the first time.",
        "Go to bed at eleven on four nights.",
    ],
    [
        "Led a part of the exercise.",
        "Proud, and said so after a pause.",
        "Phone the clinic about the date.",
    ],
    [
        "Quieter than in other weeks.",
        "Named being ashamed about a setback; stayed for the whole session.",
        "Start again on Monday with half the step.",
    ],
    [
        "Lively, sometimes ahead of the others.",
        "Heard that pace matters, took it well.",
        "Wait one breath before answering.",
    ],
];

/// How far a goal was reached, session by session.
const LEVELS: [i8; 8] = [-1, -1, 0, 0, 0, 1, 0, 1];

pub(super) async fn fill(
    writing: &mut Writing,
    groups: &[(Slug, Listing)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let first = groups.iter().find(|(_, listing)| listing.kind == Kind::Therapy);
    let Some((slug, listing)) = first else {
        return Ok(());
    };
    let (over, _) = dates(listing, now);
    let written = &over[..over.len().saturating_sub(1)];
    for (nth, date) in written.iter().enumerate() {
        let of = Field::OF_SESSION.iter().zip(SESSIONS[nth % SESSIONS.len()]);
        let Ok(session) = Words::new(
            Field::OF_SESSION,
            of.map(|(field, text)| (*field, text.to_owned())),
        ) else {
            continue;
        };
        let part = move |place: usize| part(nth, place);
        let one = Invented {
            date: *date,
            session: &session,
            part: &part,
        };
        invent(writing, slug, &one).await?;
    }
    for (place, goal) in goals().into_iter().enumerate() {
        let reached = written
            .iter()
            .zip(LEVELS)
            .fold(goal, |goal, (date, level)| match Level::new(level) {
                Ok(level) => goal.clone().reached(*date, level).unwrap_or(goal),
                Err(_) => goal,
            });
        invent_goal(writing, slug, place, &reached).await?;
    }
    Ok(())
}

/// Another one for each member and each session.
fn part(nth: usize, place: usize) -> Option<Words> {
    let [taking_part, response, plan] = PARTS[(nth * 4 + place) % PARTS.len()];
    let fields = [
        (Field::Participation, taking_part),
        (Field::Response, response),
        (Field::Risk, "No risk seen or told today."),
        (Field::Plan, plan),
    ];
    Words::new(
        Field::OF_PART,
        fields.map(|(field, text)| (field, text.to_owned())),
    )
    .ok()
}

fn goals() -> Vec<Goal> {
    let goal = |text: &str, levels: [&str; 5]| {
        let text = Line::parse(text).ok()?;
        let levels: Vec<Line> = levels
            .iter()
            .filter_map(|level| Line::parse(level).ok())
            .collect();
        Goal::new(text, levels.try_into().ok()?, 2, 2).ok()
    };
    let all = [
        goal(
            "Say no once a week without explaining for an hour",
            [
                "Says yes to everything and cancels later",
                "Says no by message only",
                "Says no once a week, briefly",
                "Says no when it matters, and stays in the talk",
                "Says no and offers something else if there is something",
            ],
        ),
        goal(
            "Fall asleep before midnight",
            [
                "Awake past two on most nights",
                "Asleep by one on most nights",
                "Asleep by midnight on four nights of the week",
                "Asleep by midnight on six nights",
                "Sleeps when tired and does not look at the clock",
            ],
        ),
    ];
    all.into_iter().flatten().collect()
}
