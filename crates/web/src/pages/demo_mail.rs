//! `/demo/mail`, in the demo: letters that would have gone out. `serve` has no such page.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use store::outbox::{self, Letter};

use crate::look::parts;
use crate::look::{self, Here, Page, page};
use crate::state::App;
use crate::words::{FluentValue, Words};

const MOST: u64 = 50;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let letters = match outbox::of_demo(app.store(), MOST).await {
        Ok(letters) => letters,
        Err(why) => return look::our_fault(&app, &why),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("demo-mail")) }
        p.lead { (words.say("demo-mail-more")) }
        @if letters.is_empty() {
            (parts::empty(&words.say("demo-mail-none"), &words.say("demo-mail-none-more"), None))
        }
        ul.letters {
            @for (at, letter) in &letters {
                li { (shown(words, app.settings().site(), &app.moment(*at), letter)) }
            }
        }
    };
    let page_of_letters = Page {
        title: "site-title",
        here: Here::Elsewhere,
        up: None,
        body,
    };
    page(&app, page_of_letters)
}

fn shown(words: &Words, site: &str, at: &str, letter: &Letter) -> Markup {
    let to = words.with(
        "demo-mail-to",
        &[("mail", FluentValue::from(letter.mail.as_str()))],
    );
    html! {
        article.card {
            h2.h3 { (letter.subject) }
            p.meta { (to) " · " (at) }
            div.letter {
                @for line in letter.body.lines() {
                    // A link of a letter stands on a line of its own, or at the end of one.
                    @match line.find(site) {
                        Some(at) if !site.is_empty() => p { (line[..at]) a href=(line[at..]) { (line[at..]) } },
                        _ => @if !line.is_empty() { p { (line) } },
                    }
                }
            }
        }
    }
}
