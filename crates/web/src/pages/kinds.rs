//! `/kinds`: the two kinds of group side by side (DOMAIN D1–D11), in our own words.

use axum::extract::State;
use axum::response::Response;
use domain::groups::Kind;
use maud::{Markup, html};

use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, page};
use crate::state::App;
use crate::words::Words;

/// Heading, therapy group, support group.
const ROWS: [(&str, &str, &str); 11] = [
    ("kinds-purpose", "kinds-purpose-therapy", "kinds-purpose-support"),
    ("kinds-led", "kinds-led-therapy", "kinds-led-support"),
    ("kinds-size", "kinds-size-therapy", "kinds-size-support"),
    ("kinds-rhythm", "kinds-rhythm-therapy", "kinds-rhythm-support"),
    (
        "kinds-attendance",
        "kinds-attendance-therapy",
        "kinds-attendance-support",
    ),
    ("kinds-sharing", "kinds-sharing-therapy", "kinds-sharing-support"),
    (
        "kinds-structure",
        "kinds-structure-therapy",
        "kinds-structure-support",
    ),
    ("kinds-about", "kinds-about-therapy", "kinds-about-support"),
    ("kinds-joining", "kinds-joining-therapy", "kinds-joining-support"),
    ("kinds-private", "kinds-private-therapy", "kinds-private-support"),
    ("kinds-helps", "kinds-helps-therapy", "kinds-helps-support"),
];

/// The two kinds side by side, row by row.
pub(crate) fn table(words: &Words) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.say("kinds-caption")) {
            table {
                thead {
                    tr {
                        td {}
                        th scope="col" { (parts::kind(words, Kind::Therapy)) }
                        th scope="col" { (parts::kind(words, Kind::Support)) }
                    }
                }
                tbody {
                    @for (heading, therapy, support) in ROWS {
                        tr { th scope="row" { (words.say(heading)) } td { (words.say(therapy)) } td { (words.say(support)) } }
                    }
                }
            }
        }
    }
}

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("kinds-heading")) }
        p.lead { (words.say("kinds-lead")) }
        (table(words))
        (parts::notice(Tone::Plain, &words.say("kinds-both"), html! {}))
        div.acts {
            a.button href="/choose" { (words.say("kinds-questions")) (Icon::Arrow.draw()) }
            a.button.plain href="/groups?kind=therapy" { (words.say("group-other-find-therapy")) }
            a.button.plain href="/groups?kind=support" { (words.say("group-other-find-support")) }
        }
        p.meta { (words.say("kinds-honest")) }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Chooser,
            up: None,
            body,
        },
    )
}
