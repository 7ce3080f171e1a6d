//! Pieces of the list and of the page of a provider.

use domain::groups::{Online, Place, Site};
use domain::providers::{Provider, ProviderKind, Taking};
use maud::{Markup, html};

use crate::look::icons::Icon;
use crate::saying;
use crate::words::Words;

pub(super) fn kind_icon(kind: ProviderKind) -> Icon {
    match kind {
        ProviderKind::Organisation => Icon::People,
        ProviderKind::Site => Icon::Pin,
        ProviderKind::Therapist => Icon::Ear,
    }
}

pub(super) fn said_kind(words: &Words, kind: ProviderKind) -> String {
    words.say(match kind {
        ProviderKind::Organisation => "provider-kind-organization",
        ProviderKind::Site => "provider-kind-site",
        ProviderKind::Therapist => "provider-kind-therapist",
    })
}

/// What they are: an icon and the word.
pub(super) fn kind(words: &Words, kind: ProviderKind) -> Markup {
    html! { span.kind.provider { (kind_icon(kind).draw()) (said_kind(words, kind)) } }
}

/// Whether they take new people; nothing where nobody says.
pub(super) fn taking(words: &Words, taking: Option<Taking>) -> Markup {
    let Some(taking) = taking else {
        return html! {};
    };
    let (class, icon) = match taking {
        Taking::Yes => ("label wash", Icon::Disc),
        Taking::WaitingList { .. } => ("label ochre", Icon::Ring),
        Taking::No => ("label sand", Icon::Barred),
    };
    html! { span class=(class) { (icon.draw()) (said_taking(words, taking)) } }
}

pub(super) fn said_taking(words: &Words, taking: Taking) -> String {
    match taking {
        Taking::Yes => words.say("provider-taking-yes"),
        Taking::WaitingList { weeks: Some(weeks) } => {
            words.with("seats-waiting-list-weeks", &[("weeks", weeks.into())])
        }
        Taking::WaitingList { weeks: None } => words.say("seats-waiting-list"),
        Taking::No => words.say("provider-taking-no"),
    }
}

/// Where they are, on one line: at this of their places, and online.
pub(super) fn whereabouts(
    words: &Words,
    provider: &Provider,
    place: Option<usize>,
    distance: Option<String>,
) -> String {
    let mut site = place.and_then(|index| provider.places.get(index)).cloned();
    if let (ProviderKind::Site, Some(site)) = (provider.kind, &mut site) {
        // Its name is the site's own; the address says more.
        site.name = None;
    }
    let Some(place) = as_place(site, provider.online.clone()) else {
        return String::new();
    };
    let said = saying::whereabouts(words, &place, distance);
    match provider.places.len() {
        0 | 1 => said,
        count => {
            let more = words.with("provider-more-places", &[("count", (count - 1).into())]);
            format!("{said} · {more}")
        }
    }
}

/// The same as a group's place, so that it is said the same way.
fn as_place(site: Option<Site>, online: Option<Online>) -> Option<Place> {
    Some(match (site, online) {
        (Some(site), Some(online)) => Place::Hybrid(site, online),
        (Some(site), None) => Place::InPerson(site),
        (None, Some(online)) => Place::Online(online),
        (None, None) => return None,
    })
}
