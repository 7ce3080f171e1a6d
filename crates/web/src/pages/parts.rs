//! `/parts`, in the demo: every piece of the look once, for eyes and for tests.

use axum::extract::State;
use axum::response::Response;
use domain::groups::{Kind, Seats};
use maud::{Markup, html};

use crate::look::icons::{Icon, boat};
use crate::look::parts::{self, Field, Tone};
use crate::look::{Here, Page, page};
use crate::measuring::chart::{self, Point, Spread};
use crate::state::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("parts-heading")) }
        p.lead { (words.say("parts-lead")) }
        div.partgrid {
            (part(words, "parts-mark", html! { div.iconrow { (boat(110)) (boat(54)) (boat(28)) (Icon::Closed.draw()) (Icon::Open.draw()) } }))
            (part(words, "parts-type", html! {
                p.t44 { (words.say("parts-title")) } p.t28 { (words.say("parts-section")) }
                h3 { (words.say("parts-small-heading")) } p.lead { (words.say("parts-lead-size")) }
                p { (words.say("parts-body")) } p.meta { (words.say("parts-meta")) }
            }))
        }
        (part(words, "parts-color", colours()))
        div.partgrid {
            (part(words, "parts-buttons", html! {
                div.acts {
                    a.button href="/parts" { (words.say("parts-button-act")) }
                    a.button.plain href="/parts" { (words.say("parts-button-other")) }
                    a.textlink href="/parts" { (words.say("parts-button-text")) }
                    a.button.danger href="/parts" { (words.say("parts-button-danger")) }
                    a.button.plain.small href="/parts" { (words.say("parts-button-small")) }
                }
            }))
            (part(words, "parts-kinds", kinds(words)))
            (part(words, "parts-chips", html! {
                div.chips {
                    (parts::chip_box("day", "mon", &words.say("weekday-mon-short"), true))
                    (parts::chip_box("day", "tue", &words.say("weekday-tue-short"), false))
                    (parts::chip_away("/parts", &words.say("weekday-mon"), &words.with("finding-take-away", &[("what", words.say("weekday-mon").into())])))
                }
            }))
            (part(words, "parts-choice", html! {
                label.choice { input type="radio" name="choice" checked; span { b { (words.say("parts-choice-1")) } small { (words.say("parts-choice-1-more")) } } }
                label.choice { input type="radio" name="choice"; span { b { (words.say("parts-choice-2")) } } }
            }))
            (part(words, "parts-field", Field {
                name: "lost", label: words.say("parts-field-label"), value: &words.say("parts-field-value"),
                hint: Some(words.say("parts-field-hint")), error: None, ..Field::default() }.draw()))
            (part(words, "parts-field-wrong", Field {
                name: "reach", label: words.say("parts-field-wrong-label"), value: "216 555 012",
                hint: None, error: Some(words.say("parts-field-wrong-error")), ..Field::default() }.draw()))
            (part(words, "parts-charts", charts(&app)))
            (part(words, "parts-notices", html! {
                (parts::notice(Tone::Plain, &words.say("parts-notice-plain"), html! { (words.say("parts-notice-plain-more")) }))
                (parts::notice(Tone::Ochre, &words.say("parts-notice-ochre"), html! { (words.say("parts-notice-ochre-more")) }))
                (parts::notice(Tone::Clay, &words.say("parts-notice-clay"), html! {}))
            }))
            (part(words, "parts-empty", parts::empty(&words.say("parts-empty-first"), &words.say("parts-empty-more"), Some(("/parts", &words.say("parts-empty-act"))))))
            (part(words, "parts-facts", parts::facts(&[
                (words.say("home-led-by"), Some(html! { (words.say("home-led-by-therapy")) })),
                (words.say("home-size"), Some(html! { (words.say("home-size-therapy")) })),
            ])))
            (part(words, "parts-table", html! {
                table {
                    thead { tr { th scope="col" { (words.say("parts-table-group")) } th.number scope="col" { (words.say("parts-table-places")) } th.number scope="col" { (words.say("parts-table-wait")) } } }
                    tbody {
                        tr { th scope="row" { "DBT" } td.number { "8" } td.number { "98" } }
                        tr { th scope="row" { "ACT" } td.number { "3" } td.number { "12" } }
                    }
                }
            }))
        }
        (part(words, "parts-icons", html! { div.iconrow { @for icon in Icon::ALL { (icon.draw()) } } }))
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Elsewhere,
            up: None,
            body,
        },
    )
}

fn part(words: &Words, heading: &str, body: Markup) -> Markup {
    html! { section { h2 { (words.say(heading)) } (body) } }
}

/// Numbers that were made up, on the scale of the PHQ-9.
fn charts(app: &App) -> Markup {
    let words = app.words();
    let ready = app.settings().forms.get("phq-9");
    let scale = ready.and_then(|ready| ready.measure.scoring.as_ref()?.scales().first());
    let thresholds = ready.and_then(|ready| ready.measure.thresholds(None));
    let today = app.today();
    let weeks_ago = |weeks: u64| today - chrono::Days::new(7 * weeks);
    let points = [(8, 19.0), (6, 17.0), (4, 18.0), (2, 12.0), (0, 9.0)];
    let points = points.map(|(weeks, score)| Point {
        on: weeks_ago(weeks),
        score,
    });
    let sessions = [
        (6, 7, 6.0, 14.5, 22.0),
        (4, 8, 5.0, 13.1, 21.0),
        (2, 6, 5.0, 11.2, 18.0),
        (0, 7, 3.0, 9.9, 17.0),
    ];
    let sessions = sessions.map(|(weeks, people, lowest, mean, highest)| Spread {
        on: weeks_ago(weeks),
        people,
        lowest,
        mean,
        highest,
    });
    html! {
        @if let Some(scale) = scale {
            (chart::bar(words, scale, 9.0))
            (chart::series(words, scale, &points, thresholds.map(|thresholds| &thresholds.reliable)))
            (chart::spread(words, scale, &sessions))
        }
    }
}

fn colours() -> Markup {
    let names = [
        "paper", "sheet", "sand", "line", "edge", "ink", "soft", "water", "wash", "reed", "ochre", "clay",
    ];
    html! {
        div.swatches { @for name in names { div.swatch { i class=(format!("sw-{name}")) {} b { (name) } } } }
    }
}

fn kinds(words: &Words) -> Markup {
    let left = words.with("seats-left", &[("left", 3.into())]);
    let waiting = words.with("seats-waiting-list-weeks", &[("weeks", 5.into())]);
    html! {
        div.chips { (parts::kind(words, Kind::Therapy)) (parts::kind(words, Kind::Support)) }
        div.chips {
            (parts::status(Kind::Therapy, Seats::Left(3), &left))
            (parts::status(Kind::Support, Seats::Open, &words.say("seats-walk-in")))
            (parts::status(Kind::Therapy, Seats::WaitingList { weeks: Some(5) }, &waiting))
            (parts::status(Kind::Therapy, Seats::Closed, &words.say("seats-closed")))
            span.label.clay { (Icon::Warning.draw()) (words.say("parts-risk")) }
        }
    }
}
