//! `/`: someone arrives unsure. One sentence, then two doors of the same weight.

use axum::extract::State;
use axum::response::Response;
use domain::groups::Kind;
use maud::{Markup, html};

use crate::look::icons::{Icon, jetty};
use crate::look::parts::{self, Field};
use crate::look::{Here, Page, page};
use crate::state::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let body = html! {
        div.hero {
            div {
                h1 { (words.say("home-heading")) }
                p.lead { (words.say("home-lead")) }
                p.meta { (words.say("home-promise")) }
            }
            (jetty())
        }
        (doors(&app))
        (kinds(words))
        (first_time(words))
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

fn doors(app: &App) -> Markup {
    let (words, count) = (app.words(), app.snapshot().len());
    let questions = app.content().chooser.asked().len();
    let field = |name, label, hint| {
        Field {
            name,
            label: words.say(label),
            value: "",
            hint,
            error: None,
            ..Field::default()
        }
        .draw()
    };
    html! {
        div.doors {
            div.card.door {
                h2 { (words.say("home-choose")) }
                p { (words.say("home-choose-lead")) }
                ul {
                    @for line in ["home-choose-1", "home-choose-2", "home-choose-3"] {
                        li { (Icon::Check.draw()) (words.with(line, &[("questions", questions.into())])) }
                    }
                }
                a.button href="/choose" { (words.say("home-choose-act")) (Icon::Arrow.draw()) }
            }
            div.card.door {
                h2 { (words.say("home-find")) }
                p { (words.with("home-find-lead", &[("count", count.into())])) }
                form action="/groups" method="get" {
                    div.two {
                        (field("q", "finding-about", None))
                        (field("near", "finding-near", None))
                    }
                    p.hint { (words.say("finding-near-hint")) }
                    div.acts {
                        button.button type="submit" { (words.say("finding-show")) }
                        a.textlink href="/groups?where=online" { (words.say("home-find-online")) }
                    }
                }
            }
        }
    }
}

fn kinds(words: &Words) -> Markup {
    let facts = |values: [&str; 4]| {
        let terms = ["home-led-by", "home-size", "home-coming", "home-join"];
        let facts: Vec<_> = terms
            .iter()
            .zip(values)
            .map(|(term, value)| (words.say(term), Some(html! { (words.say(value)) })))
            .collect();
        parts::facts(&facts)
    };
    html! {
        section aria-labelledby="two-kinds" {
            h2 #two-kinds { (words.say("home-kinds")) }
            p.soft { (words.say("home-kinds-lead")) }
            div.kinds {
                div.therapy-side {
                    (parts::kind(words, Kind::Therapy))
                    h3 { (words.say("home-change")) }
                    (facts(["home-led-by-therapy", "home-size-therapy", "home-coming-therapy", "home-join-therapy"]))
                }
                div.support {
                    (parts::kind(words, Kind::Support))
                    h3 { (words.say("home-cope")) }
                    (facts(["home-led-by-support", "home-size-support", "home-coming-support", "home-join-support"]))
                }
            }
            div.acts {
                a href="/learn/two-kinds" { (words.say("home-longer")) }
                span.meta { (words.say("home-not-reviewed")) }
            }
        }
    }
}

fn first_time(words: &Words) -> Markup {
    let told = [
        (Icon::Ear, "home-never-listen", "home-never-listen-more"),
        (Icon::Lock, "home-never-stays", "home-never-stays-more"),
        (Icon::People, "home-never-expected", "home-never-expected-more"),
    ];
    html! {
        section aria-labelledby="never-been" {
            h2 #never-been { (words.say("home-never")) }
            div.three {
                @for (icon, heading, more) in told {
                    div { (icon.draw()) h3 { (words.say(heading)) } p { (words.say(more)) } }
                }
            }
        }
    }
}
