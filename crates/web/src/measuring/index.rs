//! `/check`: the self-checks, and every form here with its licence and where its wording is from.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use measures::measure::Standing;

use super::{Ready, check};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, page};
use crate::state::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let forms = app.settings().forms.all();
    let checks = forms.iter().filter(|ready| check::is_one(&ready.measure.name));
    let body = html! {
        h1 { (words.say("measuring-heading")) }
        p.lead { (words.say("measuring-lead")) }
        (parts::notice(Tone::Plain, &words.say("measuring-kept"), html! { (words.say("measuring-kept-more")) }))
        ul.rows.checks {
            @for ready in checks {
                li {
                    a href=(format!("/check/{}", ready.measure.name)) { b { (ready.measure.title) } }
                    p.meta {
                        @if let Some(about) = &ready.measure.about { (words.with("measuring-about", &[("about", about.as_str().into())])) " " }
                        (words.with("measuring-questions", &[("count", ready.measure.questions.into())]))
                    }
                }
            }
        }
        div.acts { a.button.plain href="/choose" { (words.say("measuring-rather-choose")) (Icon::Arrow.draw()) } }
        section {
            h2 { (words.say("measuring-forms")) }
            p { (words.say("measuring-forms-lead")) }
            @for ready in forms { (form(words, ready)) }
        }
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

/// What a form is, under which licence, and from where.
pub(crate) fn form(words: &Words, ready: &Ready) -> Markup {
    let measure = &ready.measure;
    let standing = match measure.standing {
        Standing::Published => "measuring-published",
        Standing::NotValidated => "measuring-not-validated",
        Standing::Unknown => "measuring-unknown-standing",
    };
    html! {
        details.form-facts {
            summary { (measure.title) }
            (parts::facts(&[
                (words.say("measuring-standing"), Some(html! { (words.say(standing)) })),
                (words.say("measuring-licence"), Some(html! { (measure.licence) })),
                (words.say("measuring-source"), Some(html! { (measure.source) })),
                (words.say("measuring-copyright"), ready.form.copyright.as_ref().map(|text| html! { (text) })),
            ]))
            @for text in &measure.licence_texts { pre.licence tabindex="0" { (text) } }
        }
    }
}
