//! Who is expected at a session, each with a button for how they were there: one tap marks, one more takes it back.

use chrono::NaiveDate;
use domain::attendance::Presence;
use maud::{Markup, html};
use store::leading::{Seat, Since};

use super::{saying, session};
use crate::look::icons::Icon;
use crate::once;
use crate::state::App;
use crate::words::FluentValue;

/// How many are marked how.
pub(super) fn counts(app: &App, seats: &[Seat]) -> Markup {
    let words = app.words();
    let of = |is: fn(&&Seat) -> bool| FluentValue::from(seats.iter().filter(is).count());
    let here = of(|seat| seat.presence.is_some_and(Presence::was_there));
    let excused = of(|seat| seat.presence == Some(Presence::Excused));
    let missed = of(|seat| seat.presence == Some(Presence::Missed));
    let open = of(|seat| seat.presence.is_none() && !seat.is_paused);
    html! {
        p.counts id="counts" {
            span { (words.with("seats-here", &[("many", here)])) }
            span { (words.with("seats-excused", &[("many", excused)])) }
            span { (words.with("seats-missed", &[("many", missed)])) }
            span { (words.with("seats-open", &[("many", open)])) }
        }
    }
}

/// One of them; the form is sent as it is tapped, and by its button where there is no script.
pub(super) fn seat(app: &App, slug: &str, date: NaiveDate, seat: &Seat, may_mark: bool) -> Markup {
    let words = app.words();
    let id = format!("seat-{}", seat.person);
    html! {
        li.seat id=(id) {
            div.seat-name {
                h3 { (seat.handle) }
                @match seat.since {
                    Since::First => span.label.wash { (Icon::People.draw()) (words.say("seat-first")) },
                    Since::Second => span.label.wash { (Icon::People.draw()) (words.say("seat-second")) },
                    Since::Longer => {},
                }
                @if seat.is_paused { span.label.sand { (words.say("seat-paused")) } }
                @if let Some((at, said)) = &seat.excuse {
                    p.meta {
                        (words.with("seat-excuse", &[("when", app.moment(*at).into())]))
                        @if let Some(said) = said { " “" (said) "”" }
                    }
                }
                @if seat.told_where {
                    @let act = words.say("seat-where");
                    a.textlink href=(format!("{}/people/{}", session(slug, date), seat.person)) aria-label=(format!("{act}: {}", seat.handle)) { (act) }
                }
            }
            @if may_mark { (buttons(app, slug, date, seat)) }
            @else if let Some(presence) = seat.presence { p { span.label.sand { (words.say(saying::presence(presence))) } } }
        }
    }
}

fn buttons(app: &App, slug: &str, date: NaiveDate, seat: &Seat) -> Markup {
    let words = app.words();
    html! {
        form.marks method="post" action=(format!("{}/marks/{}", session(slug, date), seat.person)) data-saves {
            (once::field())
            @for presence in Presence::ALL {
                @let is_marked = seat.presence == Some(presence);
                @let said = words.say(saying::presence(presence));
                button.mark.more[matches!(presence, Presence::Late | Presence::LeftEarly)] type="submit" name="presence"
                    value=(if is_marked { "none" } else { presence.name() }) data-mark=(presence.name())
                    aria-pressed=(if is_marked { "true" } else { "false" }) aria-label=(format!("{said}: {}", seat.handle)) {
                    (saying::icon(presence).draw()) (said)
                }
            }
        }
    }
}
