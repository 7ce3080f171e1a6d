//! `/help-now`: who answers, now. One tap from every page.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::look::icons::Icon;
use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("help-heading")) }
        p.lead { (words.say("help-lead")) }
        div.card.helpcard {
            h2 { (words.say("help-988")) }
            p { (words.say("help-988-more")) }
            div.acts {
                a.button href="tel:988" { (Icon::Phone.draw()) (words.say("help-call")) }
                a.button.plain href="sms:988" { (Icon::Bubble.draw()) (words.say("help-text")) }
                a.textlink href="https://988lifeline.org/chat/" rel="noreferrer" { (words.say("help-chat")) }
            }
            p.meta { (words.say("help-chat-note")) }
        }
        section {
            h2 { (words.say("help-911")) }
            p { (words.say("help-911-more")) }
            div.acts { a.button.danger href="tel:911" { (Icon::Phone.draw()) (words.say("help-911-call")) } }
        }
        section { h2 { (words.say("help-elsewhere")) } p { (words.say("help-elsewhere-more")) } }
        section { h2 { (words.say("help-leave")) } p { (words.say("help-leave-more")) } p.meta { (words.say("help-not-watched")) } }
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
