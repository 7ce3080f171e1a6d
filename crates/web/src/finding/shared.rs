//! Parts that every list of the finder has: distances, choices, what emptied it.

use finder::Place;
use maud::{Markup, html};

use super::near::{DISTANCES, Distance, USUAL_MILES, Unit};
use crate::saying;
use crate::words::Words;

/// The distances of a form: value, words, chosen.
pub(crate) fn distances(words: &Words, distance: Distance, unit: Unit) -> Vec<(String, String, bool)> {
    let usual = unit.of_km(Unit::Miles.km(USUAL_MILES));
    let chosen = match distance {
        Distance::Usual => Some(usual),
        Distance::Within(distance) => Some(distance),
        Distance::Any => None,
    };
    let mut offered: Vec<f64> = DISTANCES.into_iter().map(f64::from).chain(chosen).collect();
    offered.sort_by(f64::total_cmp);
    offered.dedup_by(|a, b| (*a - *b).abs() < 0.05);
    let said = |distance: f64| saying::distance(words, unit.km(distance), unit);
    let is = |distance: f64| chosen.is_some_and(|chosen| (chosen - distance).abs() < 0.05);
    let any = (
        "any".to_owned(),
        words.say("finding-distance-any"),
        chosen.is_none(),
    );
    offered
        .into_iter()
        .map(|distance| (distance.to_string(), said(distance), is(distance)))
        .chain([any])
        .collect()
}

/// The places that share a name; `link` asks again near coordinates.
pub(crate) fn choices(places: &[Place], link: impl Fn(String) -> String) -> Markup {
    html! {
        ul.choices {
            @for place in places {
                // Coordinates, so that the choice is one even where two towns share name and state.
                @let point = format!("{:.3},{:.3}", place.point.latitude(), place.point.longitude());
                li { a.button.plain href=(link(point)) { (place.name) } }
            }
        }
    }
}

/// The nearest beyond what was asked for, and the way there.
pub(crate) fn beyond(
    words: &Words,
    km: f64,
    unit: Unit,
    name: &str,
    link: impl Fn(Distance) -> String,
) -> Markup {
    let wider = DISTANCES
        .into_iter()
        .map(f64::from)
        .find(|distance| unit.km(*distance) >= km);
    let said = match wider {
        Some(wider) => {
            let distance = saying::distance(words, unit.km(wider), unit);
            words.with("finding-widen", &[("distance", distance.into())])
        }
        None => words.say("finding-widen-any"),
    };
    let distance = saying::distance(words, km, unit);
    html! {
        p { (words.with("finding-nearest-beyond", &[("distance", distance.into()), ("title", name.into())])) }
        div.acts { a.button.plain href=(link(wider.map_or(Distance::Any, Distance::Within))) { (said) } }
    }
}

/// A filter that can be taken away, and what that would bring.
pub(crate) struct Change {
    pub filter: String,
    pub count: usize,
    pub address: String,
}

/// Ids of the sentences that say what is counted.
pub(crate) struct Emptied {
    pub lead: &'static str,
    pub none: &'static str,
    pub would_bring: &'static str,
}

/// Nothing matches: which filter did it, and what each change would bring.
pub(crate) fn emptied(words: &Words, ids: &Emptied, changes: &[Change]) -> Markup {
    let culprits: Vec<_> = changes.iter().filter(|change| change.count > 0).collect();
    html! {
        @match culprits.as_slice() {
            [] => h2 { (words.say(ids.none)) },
            [only] => {
                h2 { (words.with("finding-emptied", &[("filter", only.filter.as_str().into())])) }
                p { (words.with(ids.lead, &[("count", only.count.into())])) }
            },
            _ => h2 { (words.say("finding-emptied-many")) },
        }
        ul.changes {
            @for change in changes {
                li {
                    a.button.plain href=(change.address) { (words.with("finding-without", &[("filter", change.filter.as_str().into())])) }
                    span { (words.with(ids.would_bring, &[("count", change.count.into())])) }
                }
            }
        }
    }
}
