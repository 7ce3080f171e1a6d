//! What the words of sessions are called.

use domain::attendance::{Presence, Why};
use domain::groups::Listing;
use domain::sessions::Plan;
use domain::techniques::Family;
use store::leading::{Look, Sitting, State};

use crate::look::icons::Icon;
use crate::saying;
use crate::words::Words;

/// "Thursday, December 3, 6:30 pm to 8 pm, Eastern time".
pub(crate) fn moment(words: &Words, listing: &Listing, sitting: &Sitting) -> String {
    let zone = listing
        .schedule()
        .map_or(chrono_tz::UTC, |schedule| schedule.zone);
    let start = sitting.starts_at.with_timezone(&zone);
    let args = [
        ("day", saying::date_long(words, start.date_naive()).into()),
        ("range", saying::range(words, start.time(), sitting.length).into()),
        ("zone", saying::time_zone(words, zone).into()),
    ];
    words.with("coming-meeting", &args)
}

/// What a session is about: its topic, or what is presented.
pub(crate) fn topic(plan: &Plan) -> Option<&str> {
    let presented = plan.presentation.as_ref().map(|one| &one.title);
    plan.topic.as_ref().or(presented).map(domain::text::Line::as_str)
}

pub(in crate::staff) const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "presence-present",
        Presence::Late => "presence-late",
        Presence::LeftEarly => "presence-left-early",
        Presence::Online => "presence-online",
        Presence::Excused => "presence-excused",
        Presence::Missed => "presence-missed",
    }
}

/// Its shape on a button, beside its word.
pub(in crate::staff) const fn icon(presence: Presence) -> Icon {
    match presence {
        Presence::Present => Icon::Check,
        Presence::Late => Icon::Clock,
        Presence::LeftEarly => Icon::Arrow,
        Presence::Online => Icon::Screen,
        Presence::Excused => Icon::Bubble,
        Presence::Missed => Icon::Dash,
    }
}

pub(super) const fn why(why: Why) -> &'static str {
    match why {
        Why::BeginningMissed => "prompt-beginning-missed",
        Why::TwoInARow => "prompt-two-in-a-row",
        Why::ThirdOfLastSix => "prompt-third-of-last-six",
    }
}

pub(super) const fn family(family: Family) -> &'static str {
    match family {
        Family::Thinking => "technique-thinking",
        Family::Mindfulness => "technique-mindfulness",
        Family::RolePlay => "technique-role-play",
        Family::Talk => "technique-talk",
        Family::Art => "technique-art",
        Family::Music => "technique-music",
        Family::Movement => "technique-movement",
        Family::Frame => "technique-frame",
    }
}

pub(super) const fn look(look: Look) -> &'static str {
    match look {
        Look::Waiting => "advice-waiting",
        Look::Shown => "advice-shown",
        Look::Hidden => "advice-hidden",
    }
}

/// "Cancelled: Thanksgiving"; nothing of a session that is as the rule says.
pub(crate) fn state(words: &Words, state: &State) -> Option<String> {
    let (said, reason) = match state {
        State::Meets => return None,
        State::Moved { reason } => (words.say("schedule-moved"), reason),
        State::Cancelled { reason } => (words.say("session-cancelled"), reason),
    };
    Some(match reason {
        Some(reason) => format!("{said}: {reason}"),
        None => said,
    })
}
