//! What tsml-ui and the field call the parameters of the finder, so that a site can switch without breaking its links.
//!
//! `search region weekday time type distance mode view`, as tsml-ui reads them (its `src/helpers/validate-input.ts`):
//! several values of one parameter are apart by slashes. Where its rules differ from ours, ours hold: several types of
//! one family are alternatives here.

use domain::groups::{Access, Audience, Format};
use finder::{Facet, Family, Paying, Room, TimeOfDay, Where};

use super::asked::Asked;
use super::near::shortened;

/// What `search` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Words,
    /// `mode=location`: a place.
    Place,
    /// `mode=me`: where the browser is. We do not ask it, so there is nothing to look for.
    Here,
}

pub(super) fn mode<'a>(mut pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Mode {
    match pairs.find(|(name, _)| *name == "mode").map(|(_, value)| value) {
        Some("location") => Mode::Place,
        Some("me") => Mode::Here,
        _ => Mode::Words,
    }
}

/// Reads a parameter that is an alias; `distance` and `time` are called the same, `view` changes nothing.
pub(super) fn take(asked: &mut Asked, mode: Mode, name: &str, value: &str) {
    match (name, mode) {
        ("search", Mode::Words) => asked.text = shortened(value),
        ("search", Mode::Place) => asked.near = shortened(value),
        ("region", _) => region(asked, value),
        ("weekday", _) => asked.take_facets(Family::Day, value),
        ("type", _) => value
            .split(['/', ','])
            .map(str::trim)
            .for_each(|code| kind_of(asked, code)),
        _ => {}
    }
}

/// A region is a town to us: `mountain-view`.
fn region(asked: &mut Asked, value: &str) {
    let mut regions = value.split('/');
    asked.near = shortened(&regions.next().unwrap_or_default().replace('-', " "));
    if regions.next().is_some() {
        asked.problem("region", value, "asked-region-several");
    }
}

/// A type code of the Meeting Guide or the slug of its words: one of our values if there is one, else words.
fn kind_of(asked: &mut Asked, code: &str) {
    let known = TYPES
        .iter()
        .find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(code)));
    match (known, code.to_ascii_lowercase().as_str()) {
        (Some((_, facet)), _) => asked.choose(facet.clone()),
        (None, "in-person") => asked.place = Where::InPerson,
        (None, "online" | "onl") => asked.place = Where::Online,
        (None, "inactive") => asked.choose(Facet::Status(Room::Paused)),
        (None, "active" | "") => {}
        (None, words) => match LANGUAGES.iter().find(|(names, _)| names.contains(&words)) {
            Some((_, code)) => asked.take_facets(Family::Language, code),
            None => {
                let words = format!("{} {}", asked.text, words.replace('-', " "));
                asked.text = shortened(words.trim());
            }
        },
    }
}

/// Codes of the specification and the slugs that tsml-ui makes of their English words.
const TYPES: &[(&[&str], Facet)] = &[
    (&["W", "women"], Facet::ForWhom(Audience::Women)),
    (&["M", "men"], Facet::ForWhom(Audience::Men)),
    (&["Y", "young-people"], Facet::ForWhom(Audience::YoungPeople)),
    (&["SEN", "seniors"], Facet::ForWhom(Audience::OlderPeople)),
    (
        &["LGBTQ", "LGBTQIA", "G", "L", "BI", "gay", "lesbian"],
        Facet::ForWhom(Audience::Lgbtq),
    ),
    (&["T", "transgender"], Facet::ForWhom(Audience::Trans)),
    (
        &["POC", "people-of-color"],
        Facet::ForWhom(Audience::PeopleOfColour),
    ),
    (
        &["N", "NDG", "native-american", "indigenous"],
        Facet::ForWhom(Audience::NativePeople),
    ),
    (
        &["BE", "newcomer", "newcomers"],
        Facet::ForWhom(Audience::Newcomers),
    ),
    (&["A", "secular"], Facet::ForWhom(Audience::SecularPeople)),
    (&["X", "wheelchair-access"], Facet::Access(Access::StepFree)),
    (
        &["XB", "wheelchair-accessible-bathroom"],
        Facet::Access(Access::AccessibleToilet),
    ),
    (&["BA", "babysitting-available"], Facet::Access(Access::ChildCare)),
    (&["FF", "fragrance-free"], Facet::Access(Access::FragranceFree)),
    (
        &["ASL", "american-sign-language"],
        Facet::Access(Access::SignLanguage),
    ),
    (&["D", "discussion"], Facet::Format(Format::Discussion)),
    (&["SP", "speaker"], Facet::Format(Format::Presentation)),
];

const LANGUAGES: &[(&[&str], &str)] = &[
    (&["en", "english"], "en"),
    (&["s", "spanish"], "es"),
    (&["fr", "french"], "fr"),
    (&["de", "german"], "de"),
    (&["ita", "italian"], "it"),
    (&["kor", "korean"], "ko"),
    (&["pol", "polish"], "pl"),
    (&["por", "portuguese"], "pt"),
    (&["rus", "russian"], "ru"),
];

/// A value of a family by our name, or by another that people use.
pub(super) fn facet(family: Family, name: &str) -> Option<Facet> {
    let alias = match (family, name) {
        (Family::Day, name) => day(name)?,
        (Family::Time, "midday") => Facet::Time(TimeOfDay::Afternoon),
        (Family::ForWhom, "people-of-color") => Facet::ForWhom(Audience::PeopleOfColour),
        (Family::Access, "restroom" | "accessible-restroom") => Facet::Access(Access::AccessibleToilet),
        (Family::Cost, "per_session") => Facet::Cost(Paying::PerSession),
        _ => return Facet::named(family, name),
    };
    Some(alias)
}

/// `mon`, `monday`, or the field's numbers with 0 for Sunday.
fn day(name: &str) -> Option<Facet> {
    let number = name.parse::<usize>().ok().filter(|number| *number <= 7);
    let name = number.map_or(name, |number| {
        ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][number % 7]
    });
    name.parse().ok().map(Facet::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an address of tsml-ui leads to, as our own.
    fn ours(query: &str) -> String {
        let asked = Asked::read(query);
        assert_eq!(asked.problems, [], "{query}");
        asked.link("")
    }

    #[test]
    fn addresses_of_tsml_ui_ask_the_same_here() {
        for (theirs, expected) in [
            ("search=grief", "?q=grief"),
            ("search=44113&mode=location&distance=5", "?near=44113&distance=5"),
            ("search=44113&mode=me&distance=5", "?distance=5"),
            ("mode=search&search=candle&view=map", "?q=candle"),
            ("region=mountain-view", "?near=mountain+view"),
            ("region=-akron-", "?near=akron"),
            ("region=parma&near=44113", "?near=44113"),
            ("weekday=monday/tuesday", "?day=mon&day=tue"),
            ("weekday=0&weekday=6", "?day=sat&day=sun"),
            ("time=midday/night", "?time=afternoon&time=night"),
            ("time=morning", "?time=morning"),
            (
                "type=W/X/in-person",
                "?where=in-person&for=women&access=step-free",
            ),
            ("type=online/active", "?where=online"),
            ("type=spanish/candlelight", "?q=candlelight&language=es"),
            ("type=cross-talk-permitted", "?q=cross+talk+permitted"),
            ("meeting=some-slug&view=table", ""),
        ] {
            assert_eq!(ours(theirs), expected, "{theirs}");
        }
    }

    #[test]
    fn today_is_the_day_it_is_where_one_looks() {
        let now = "2026-11-25T03:00:00Z".parse().unwrap();
        let cleveland = domain::groups::Point::new(41.48, -81.70).ok();
        for (query, place, day) in [
            ("weekday=today", None, "?day=wed"),
            ("weekday=today", cleveland, "?day=tue"),
            (
                "day=today&zone=Europe/Berlin",
                cleveland,
                "?day=wed&zone=Europe%2FBerlin",
            ),
        ] {
            assert_eq!(Asked::read(query).on(now, place).link(""), day, "{query}");
        }
    }

    #[test]
    fn what_they_have_and_we_have_not_is_told() {
        for (query, parameter) in [
            ("region=parma/solon", "region"),
            ("weekday=funday", "day"),
            ("time=noon", "time"),
        ] {
            let problems = Asked::read(query).problems;
            assert_eq!(
                problems
                    .iter()
                    .map(|problem| problem.parameter)
                    .collect::<Vec<_>>(),
                [parameter],
                "{query}"
            );
        }
    }
}
