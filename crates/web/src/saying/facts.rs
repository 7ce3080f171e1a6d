//! The facts of a listing in words.

use chrono::NaiveDate;
use domain::groups::{
    Access, Activity, Address, Ages, Alongside, Audience, Cost, Currency, Fee, Format, Freshness, Kind,
    Language, Leader, LeaderRole, Leading, Listing, Membership, Money, Place, Problem, Seats, Size, Span,
};

use super::list;
use super::times::{date_with_year, month_of};
use crate::finding::Unit;
use crate::words::Words;

pub fn kind(words: &Words, kind: Kind) -> String {
    words.say(match kind {
        Kind::Therapy => "kind-therapy",
        Kind::Support => "kind-support",
    })
}

pub fn problem(words: &Words, problem: Problem) -> String {
    words.say(match problem {
        Problem::Shared => "problem-shared",
        Problem::Mixed => "problem-mixed",
    })
}

pub fn format(words: &Words, format: Format) -> String {
    words.say(match format {
        Format::Structured => "format-structured",
        Format::Process => "format-process",
        Format::Discussion => "format-discussion",
        Format::Presentation => "format-presentation",
    })
}

pub fn span(words: &Words, span: Span) -> String {
    match span {
        Span::Sessions(sessions) => words.with("span-sessions", &[("sessions", sessions.into())]),
        Span::Ongoing => words.say("span-ongoing"),
    }
}

pub fn membership(words: &Words, kind: Kind, membership: Membership) -> String {
    words.say(match (kind, membership) {
        (Kind::Support, Membership::Open) => "membership-walk-in",
        (Kind::Therapy, Membership::Open) => "membership-open",
        (_, Membership::Closed) => "membership-closed",
    })
}

pub fn activity(words: &Words, activity: Activity) -> String {
    words.say(match activity {
        Activity::Talk => "activity-talk",
        Activity::Art => "activity-art",
        Activity::Music => "activity-music",
        Activity::Movement => "activity-movement",
        Activity::Writing => "activity-writing",
        Activity::Meditation => "activity-meditation",
        Activity::Reading => "activity-reading",
    })
}

pub fn leading(words: &Words, leading: Leading) -> String {
    words.say(match leading {
        Leading::Teaching => "leading-teaching",
        Leading::Guiding => "leading-guiding",
        Leading::MostlySilent => "leading-mostly-silent",
    })
}

pub fn alongside(words: &Words, alongside: Alongside) -> String {
    words.say(match alongside {
        Alongside::StandsAlone => "alongside-stands-alone",
        Alongside::Either => "alongside-either",
        Alongside::WithIndividualTherapy => "alongside-with-individual",
    })
}

pub fn size(words: &Words, size: Size) -> String {
    match size.most {
        Some(most) if most == size.least => words.with("size-exact", &[("most", most.into())]),
        Some(most) => words.with(
            "size-range",
            &[("least", size.least.into()), ("most", most.into())],
        ),
        None => words.with("size-from", &[("least", size.least.into())]),
    }
}

/// "Dana Whitfield, LPCC-S", "Ruth".
pub fn leader(words: &Words, leader: &Leader) -> String {
    match &leader.role {
        LeaderRole::Therapist { credentials } => words.with(
            "led-by-therapist",
            &[
                ("name", leader.name.as_str().into()),
                ("credentials", credentials.as_str().into()),
            ],
        ),
        LeaderRole::Facilitator => leader.name.to_string(),
    }
}

pub fn ages(words: &Words, ages: Ages) -> Option<String> {
    Some(match (ages.from, ages.to) {
        (Some(from), Some(to)) => words.with("ages-range", &[("from", from.into()), ("to", to.into())]),
        (Some(from), None) => words.with("ages-from", &[("from", from.into())]),
        (None, Some(to)) => words.with("ages-to", &[("to", to.into())]),
        (None, None) => return None,
    })
}

pub fn audience(words: &Words, audience: Audience) -> String {
    words.say(match audience {
        Audience::Women => "audience-women",
        Audience::Men => "audience-men",
        Audience::Lgbtq => "audience-lgbtq",
        Audience::Trans => "audience-trans",
        Audience::BlackPeople => "audience-black",
        Audience::NativePeople => "audience-native",
        Audience::PeopleOfColour => "audience-people-of-color",
        Audience::YoungPeople => "audience-young",
        Audience::OlderPeople => "audience-older",
        Audience::Parents => "audience-parents",
        Audience::Caregivers => "audience-caregivers",
        Audience::FamilyAndFriends => "audience-family-friends",
        Audience::Veterans => "audience-veterans",
        Audience::FirstResponders => "audience-first-responders",
        Audience::HealthWorkers => "audience-health-workers",
        Audience::Students => "audience-students",
        Audience::Newcomers => "audience-newcomers",
        Audience::Families => "audience-families",
        Audience::DeafPeople => "audience-deaf",
        Audience::SecularPeople => "audience-secular",
    })
}

pub fn access(words: &Words, access: Access) -> String {
    words.say(match access {
        Access::StepFree => "access-step-free",
        Access::Elevator => "access-elevator",
        Access::AccessibleToilet => "access-toilet",
        Access::HearingLoop => "access-hearing-loop",
        Access::Captions => "access-captions",
        Access::SignLanguage => "access-sign-language",
        Access::QuietCorner => "access-quiet-corner",
        Access::FragranceFree => "access-fragrance-free",
        Access::CameraMayStayOff => "access-camera-off",
        Access::ByPhone => "access-by-phone",
        Access::PublicTransport => "access-public-transport",
        Access::Parking => "access-parking",
        Access::ChildCare => "access-child-care",
        Access::ServiceAnimals => "access-service-animals",
    })
}

/// The name of a language, or its code where we have no name for it.
fn language(words: &Words, language: &Language) -> String {
    words.say(match language.code() {
        "ar" => "language-ar",
        "ase" => "language-ase",
        "da" => "language-da",
        "de" => "language-de",
        "el" => "language-el",
        "en" => "language-en",
        "es" => "language-es",
        "fa" => "language-fa",
        "fi" => "language-fi",
        "fr" => "language-fr",
        "he" => "language-he",
        "hi" => "language-hi",
        "hr" => "language-hr",
        "ht" => "language-ht",
        "hu" => "language-hu",
        "it" => "language-it",
        "ja" => "language-ja",
        "ko" => "language-ko",
        "lt" => "language-lt",
        "ml" => "language-ml",
        "no" => "language-no",
        "pa" => "language-pa",
        "pl" => "language-pl",
        "pt" => "language-pt",
        "ru" => "language-ru",
        "so" => "language-so",
        "sv" => "language-sv",
        "th" => "language-th",
        "tl" => "language-tl",
        "tr" => "language-tr",
        "uk" => "language-uk",
        "vi" => "language-vi",
        "zh" => "language-zh",
        code => return code.to_owned(),
    })
}

/// "$15", "$12.50".
fn money(words: &Words, money: Money) -> String {
    let amount = match (money.cents / 100, money.cents % 100) {
        (whole, 0) => whole.to_string(),
        (whole, cents) => format!("{whole}.{cents:02}"),
    };
    let id = match money.currency {
        Currency::Usd => "money-usd",
        Currency::Cad => "money-cad",
        Currency::Eur => "money-eur",
        Currency::Gbp => "money-gbp",
    };
    words.with(id, &[("amount", amount.into())])
}

/// The whole of it: "$15 to $60 a session, by income. Health insurance may pay. Medicaid".
pub fn cost(words: &Words, cost: &Cost) -> Vec<String> {
    let fee = match cost.fee {
        Fee::Free => words.say("fee-free"),
        Fee::Contribution => words.say("fee-contribution"),
        Fee::PerSession(amount) => words.with("fee-per-session", &[("amount", money(words, amount).into())]),
        Fee::Sliding { from, to } => words.with(
            "fee-sliding",
            &[
                ("from", money(words, from).into()),
                ("to", money(words, to).into()),
            ],
        ),
    };
    let insurance = cost.insurance.then(|| words.say("fee-insurance-long"));
    std::iter::once(fee)
        .chain(insurance)
        .chain(cost.note.as_ref().map(ToString::to_string))
        .collect()
}

/// As much as a card has room for: "Sliding, $15 to $60", "Insurance".
pub fn cost_short(words: &Words, cost: &Cost) -> Vec<String> {
    let fee = match cost.fee {
        Fee::Free => words.say("fee-free"),
        Fee::Contribution => words.say("fee-contribution-short"),
        Fee::PerSession(amount) => words.with("fee-per-session", &[("amount", money(words, amount).into())]),
        Fee::Sliding { from, to } => words.with(
            "fee-sliding-short",
            &[
                ("from", money(words, from).into()),
                ("to", money(words, to).into()),
            ],
        ),
    };
    std::iter::once(fee)
        .chain(cost.insurance.then(|| words.say("fee-insurance")))
        .collect()
}

/// "Walk in", "3 places left", "Waiting list, about 5 weeks".
pub fn seats(words: &Words, listing: &Listing, today: NaiveDate) -> String {
    match listing.seats {
        Seats::Open => words.say(match listing.kind {
            Kind::Support => "seats-walk-in",
            Kind::Therapy => "seats-taking-people",
        }),
        Seats::Left(left) => words.with("seats-left", &[("left", left.into())]),
        Seats::WaitingList { weeks: Some(weeks) } => {
            words.with("seats-waiting-list-weeks", &[("weeks", weeks.into())])
        }
        Seats::WaitingList { weeks: None } => words.say("seats-waiting-list"),
        Seats::Starts(first) => words.with(
            "seats-starts",
            &[("date", date_with_year(words, first, today).into())],
        ),
        Seats::Closed => words.say("seats-closed"),
        Seats::Paused { until: Some(until) } => words.with(
            "seats-paused-until",
            &[("date", date_with_year(words, until, today).into())],
        ),
        Seats::Paused { until: None } => words.say("seats-paused"),
        Seats::Ended { on: Some(on) } => words.with(
            "seats-ended-on",
            &[("date", date_with_year(words, on, today).into())],
        ),
        Seats::Ended { on: None } => words.say("seats-ended"),
    }
}

/// The same with the size where both are known: "3 places left of 8".
pub fn seats_of(words: &Words, listing: &Listing, today: NaiveDate) -> String {
    match (listing.seats, listing.size.and_then(|size| size.most)) {
        (Seats::Left(left), Some(most)) => {
            words.with("seats-left-of", &[("left", left.into()), ("most", most.into())])
        }
        _ => seats(words, listing, today),
    }
}

/// "Checked 12 days ago", "Not checked since July".
pub fn freshness(words: &Words, freshness: Freshness, today: NaiveDate) -> String {
    match freshness {
        Freshness::Fresh { days: 0 } => words.say("freshness-today"),
        Freshness::Fresh { days } => words.with("freshness-days", &[("days", days.into())]),
        Freshness::Fading { days } => words.with("freshness-fading", &[("days", days.into())]),
        Freshness::Stale { since } => words.with(
            "freshness-stale",
            &[("month", month_of(words, since, today).into())],
        ),
        Freshness::Unknown => words.say("freshness-unknown"),
    }
}

/// "1.1 miles", "4 km".
pub fn distance(words: &Words, km: f64, unit: Unit) -> String {
    let distance = unit.of_km(km);
    let said = if distance < 10.0 {
        format!("{distance:.1}")
    } else {
        format!("{distance:.0}")
    };
    let said = said.strip_suffix(".0").unwrap_or(&said).to_owned();
    let id = match (unit, said.as_str()) {
        (Unit::Miles, "1") => "distance-miles-one",
        (Unit::Miles, _) => "distance-miles",
        (Unit::Kilometres, _) => "distance-kilometres",
    };
    words.with(id, &[("distance", said.into())])
}

/// "English and Spanish".
pub fn languages(words: &Words, languages: &[Language]) -> String {
    let named: Vec<_> = languages.iter().map(|code| language(words, code)).collect();
    list(words, &named)
}

/// Where a group meets, on one line: "1.1 miles · West 25th Street Library, Cleveland", "Online, Zoom".
pub fn whereabouts(words: &Words, place: &Place, distance: Option<String>) -> String {
    let site = place.site().map(|site| match &site.address {
        Address::Withheld { area } => words.with("place-withheld", &[("area", area.as_str().into())]),
        Address::Exact { line, town } => match (&site.name, town) {
            (Some(name), Some(town)) => format!("{name}, {town}"),
            (Some(name), None) => name.to_string(),
            (None, _) => line.to_string(),
        },
    });
    let online = place
        .online()
        .map(|online| match (&online.only_for, &online.by, &site) {
            (_, _, Some(_)) => words.say("place-hybrid"),
            (Some(only_for), _, None) => words.with("place-online-for", &[("for", only_for.as_str().into())]),
            (None, Some(by), None) => words.with("place-online-by", &[("by", by.as_str().into())]),
            (None, None, None) => words.say("place-online"),
        });
    [distance.filter(|_| site.is_some()), site, online]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
