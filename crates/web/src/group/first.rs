//! "Your first time": the group's own answers, else how it usually is in its kind.

use domain::groups::{Access, Kind, Listing, Span, When};
use maud::{Markup, html};

use crate::look::icons::Icon;
use crate::saying;
use crate::words::Words;

/// A question, its answer, and whether the answer is the group's own.
struct Told {
    icon: Icon,
    question: &'static str,
    answer: String,
    own: bool,
}

pub(super) fn section(words: &Words, listing: &Listing) -> Markup {
    let told = told(words, listing);
    html! {
        section aria-labelledby="first-time" {
            h2 #first-time { (words.say("group-first-time")) }
            div.first {
                @for told in &told {
                    div { (told.icon.draw()) h3 { (words.say(told.question)) } p { (told.answer) } }
                }
            }
            @if told.iter().any(|told| !told.own) { p.meta { (words.say("group-first-by-kind")) } }
        }
    }
}

fn told(words: &Words, listing: &Listing) -> Vec<Told> {
    let first = &listing.first_visit;
    let support = listing.kind == Kind::Support;
    let by_kind =
        |support_says: &str, therapy_says: &str| words.say(if support { support_says } else { therapy_says });
    let mut all = Vec::new();
    let mut push = |icon, question, own: Option<String>, usual: Option<String>| {
        let is_own = own.is_some();
        if let Some(answer) = own.or(usual) {
            all.push(Told {
                icon,
                question,
                answer,
                own: is_own,
            });
        }
    };
    let own = |prose: &Option<domain::text::Prose>| prose.as_ref().map(ToString::to_string);
    let listening = if support {
        "group-first-listening"
    } else {
        "group-first-talking"
    };
    let usually = by_kind("group-listening-support", "group-listening-therapy");
    push(Icon::Bubble, listening, own(&first.listening), Some(usually));
    push(
        Icon::People,
        "group-first-people",
        own(&first.people),
        Some(people(words, listing)),
    );
    let usually = by_kind("group-confidentiality-support", "group-confidentiality-therapy");
    push(
        Icon::Lock,
        "group-first-confidentiality",
        own(&first.confidentiality),
        Some(usually),
    );
    push(
        Icon::Ear,
        "group-first-name",
        own(&first.name),
        support.then(|| words.say("group-name-support")),
    );
    push(Icon::Pin, "group-first-arrival", own(&first.arrival), None);
    let usually = by_kind("group-lateness-support", "group-lateness-therapy");
    push(
        Icon::Clock,
        "group-first-lateness",
        own(&first.lateness),
        Some(usually),
    );
    push(
        Icon::Steps,
        "group-first-commitment",
        None,
        commitment(words, listing),
    );
    let may_stay_off = listing.access.contains(&Access::CameraMayStayOff);
    if listing.place.online().is_some() {
        push(
            Icon::Camera,
            "group-first-camera",
            own(&first.camera),
            may_stay_off.then(|| words.say("group-camera-may")),
        );
    }
    all
}

fn people(words: &Words, listing: &Listing) -> String {
    let size = listing.size.map(|size| saying::size(words, size));
    let leaders: Vec<_> = listing
        .led_by
        .iter()
        .map(|leader| leader.name.to_string())
        .collect();
    match (listing.kind, size) {
        (Kind::Therapy, Some(size)) => words.with(
            "group-people-therapy",
            &[
                ("size", size.into()),
                ("leaders", saying::list(words, &leaders).into()),
            ],
        ),
        (Kind::Support, Some(size)) => words.with("group-people-support-size", &[("size", size.into())]),
        (_, None) => words.say("group-people-support"),
    }
}

fn commitment(words: &Words, listing: &Listing) -> Option<String> {
    if listing.kind == Kind::Support {
        return None;
    }
    match (listing.span?, &listing.when) {
        (span @ Span::Sessions(_), When::Scheduled(schedule)) => Some(words.with(
            "group-commitment-sessions",
            &[
                ("sessions", saying::span(words, span).into()),
                ("length", saying::length(words, schedule.length).into()),
            ],
        )),
        (span @ Span::Sessions(_), When::ByAppointment) => Some(saying::span(words, span)),
        (Span::Ongoing, _) => Some(words.say("group-commitment-ongoing")),
    }
}
