//! The facts of a group that become attributes of its service.

use domain::groups::{Fee, FirstVisit, HowToCome, LeaderRole, Listing, Place, Seats, Span, When};
use domain::text::Prose;

use super::super::facts::Fact;

pub(super) fn facts(listing: &Listing) -> Vec<Fact> {
    let mut facts = vec![Fact::word("kind", listing.kind)];
    facts.extend(
        listing
            .topics
            .iter()
            .map(|topic| Fact::new("topic", topic.as_str())),
    );
    facts.extend(listing.problem.map(|problem| Fact::word("problem", problem)));
    facts.extend(listing.format.map(|format| Fact::word("format", format)));
    facts.extend(listing.span.map(span));
    facts.extend(
        listing
            .membership
            .map(|membership| Fact::word("membership", membership)),
    );
    facts.extend(
        listing
            .activities
            .iter()
            .map(|activity| Fact::word("activity", activity)),
    );
    facts.extend(
        listing
            .techniques
            .iter()
            .map(|way| Fact::new("technique", "used").with(way)),
    );
    facts.extend(listing.leading.map(|leading| Fact::word("leading", leading)));
    facts.extend(
        listing
            .alongside
            .map(|alongside| Fact::word("alongside", alongside)),
    );
    if let Some(size) = listing.size {
        facts.push(Fact::new("size", "least").with(size.least));
        facts.extend(size.most.map(|most| Fact::new("size", "most").with(most)));
    }
    facts.extend(listing.led_by.iter().map(|leader| {
        match &leader.role {
            LeaderRole::Therapist { credentials } => Fact::new("leader", "therapist")
                .with(&leader.name)
                .labelled(Some(credentials)),
            LeaderRole::Facilitator => Fact::new("leader", "facilitator").with(&leader.name),
        }
    }));
    facts.extend(
        listing
            .audience
            .iter()
            .map(|audience| Fact::word("audience", audience)),
    );
    facts.extend(listing.access.iter().map(|access| Fact::word("access", access)));
    facts.extend(cost(listing));
    facts.push(seats(listing.seats));
    facts.extend(place(&listing.place));
    facts.extend(first_visit(&listing.first_visit));
    facts.push(coming(&listing.how_to_come));
    if listing.when == When::ByAppointment {
        facts.push(Fact::new("schedule", "by-appointment"));
    }
    facts.extend(
        listing
            .remarks
            .iter()
            .map(|remark| Fact::new("remark", "told").with(remark)),
    );
    facts
}

fn span(span: Span) -> Fact {
    match span {
        Span::Ongoing => Fact::new("span", "ongoing"),
        Span::Sessions(count) => Fact::new("span", "sessions").with(count),
    }
}

fn cost(listing: &Listing) -> Vec<Fact> {
    let Some(cost) = &listing.cost else {
        return Vec::new();
    };
    let fee = match cost.fee {
        Fee::Free => "free",
        Fee::Contribution => "contribution",
        Fee::PerSession(_) => "per-session",
        Fee::Sliding { .. } => "sliding",
    };
    let insurance = cost.insurance.then(|| Fact::new("cost", "insurance"));
    [Fact::new("cost", fee)].into_iter().chain(insurance).collect()
}

fn seats(seats: Seats) -> Fact {
    let (code, value) = match seats {
        Seats::Open => ("open", None),
        Seats::Left(left) => ("left", Some(left.to_string())),
        Seats::WaitingList { weeks } => ("waiting-list", weeks.map(|weeks| weeks.to_string())),
        Seats::Starts(day) => ("starts", Some(day.to_string())),
        Seats::Closed => ("closed", None),
        Seats::Paused { until } => ("paused", until.map(|day| day.to_string())),
        Seats::Ended { on } => ("ended", on.map(|day| day.to_string())),
    };
    Fact {
        value,
        ..Fact::new("seats", code)
    }
}

fn place(place: &Place) -> Vec<Fact> {
    let code = match place {
        Place::InPerson(_) => "in-person",
        Place::Online(_) => "online",
        Place::Hybrid(..) => "hybrid",
    };
    let online = place.online();
    let by = online.and_then(|online| online.by.as_ref());
    let only_for = online.and_then(|online| online.only_for.as_ref());
    [
        Some(Fact::new("place", code)),
        by.map(|by| Fact::new("place", "by").with(by)),
        only_for.map(|only| Fact::new("place", "only-for").with(only)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn first_visit(visit: &FirstVisit) -> impl Iterator<Item = Fact> {
    let answers: [(&str, &Option<Prose>); 7] = [
        ("listening", &visit.listening),
        ("people", &visit.people),
        ("confidentiality", &visit.confidentiality),
        ("name", &visit.name),
        ("arrival", &visit.arrival),
        ("lateness", &visit.lateness),
        ("camera", &visit.camera),
    ];
    answers.into_iter().filter_map(|(code, answer)| {
        let answer = answer.as_ref()?;
        Some(Fact::new("first-visit", code).with(answer))
    })
}

fn coming(how: &HowToCome) -> Fact {
    Fact::new(
        "coming",
        match how {
            HowToCome::Organisation { .. } => "organisation",
            HowToCome::Page(_) => "page",
            HowToCome::WalkIn => "walk-in",
        },
    )
}
