//! The card: who answers, now.

use domain::helping::{Concern, Country, HelpLine};
use maud::{Markup, html};

use crate::look::icons::Icon;
use crate::state::App;
use crate::words::Words;

/// Lines for these concerns, the one for anyone, and the emergency number of the installation's country.
pub(crate) fn card(app: &App, concerns: &[Concern]) -> Markup {
    let words = app.words();
    let Some(country) = app.country() else {
        return html! { p { a.button href="/help-now" { (words.say("help-nav")) } } };
    };
    let near = concerns.iter().flat_map(|concern| country.of(*concern));
    let lines: Vec<&HelpLine> = near.chain(country.first()).collect();
    html! {
        section.help-cards aria-label=(words.say("help-heading")) {
            @for (place, line) in lines.iter().enumerate() {
                div.card.clay { h2 { (line.name) } (reach(words, line, place == 0)) }
            }
            (emergency(words, country))
        }
        p.acts { a href="/help-now" { (words.say("help-not-here")) } }
    }
}

/// What to do when life is in danger.
pub(super) fn emergency(words: &Words, country: &Country) -> Markup {
    let number = country.emergency.as_str();
    html! {
        div.card.clay {
            h2 { (words.say("help-emergency")) }
            p { (words.say("help-emergency-more")) }
            div.acts {
                a.button.danger href=(format!("tel:{}", country.emergency.dial())) {
                    (Icon::Phone.draw()) (words.with("help-call", &[("number", number.into())]))
                }
            }
        }
    }
}

/// Every way to reach a line; the first one is filled where it is the act of the page.
pub(crate) fn reach(words: &Words, line: &HelpLine, main: bool) -> Markup {
    let class = if main { "button" } else { "button plain" };
    html! {
        @if let Some(hours) = &line.hours { p { b { (hours) } } }
        @if let Some(more) = &line.more { p { (more) } }
        div.acts {
            @if let Some(call) = &line.call {
                a class=(class) href=(format!("tel:{}", call.dial())) {
                    (Icon::Phone.draw()) (words.with("help-call", &[("number", call.as_str().into())]))
                }
            }
            @if let Some(text) = &line.text {
                a.button.plain href=(format!("sms:{}", text.number.dial())) {
                    (Icon::Bubble.draw())
                    @match &text.keyword {
                        Some(keyword) => (words.with("help-text-word", &[("word", keyword.as_str().into()), ("number", text.number.as_str().into())])),
                        None => (words.with("help-text", &[("number", text.number.as_str().into())])),
                    }
                }
            }
            @if let Some(chat) = &line.chat {
                a.textlink href=(chat.as_str()) rel="noreferrer" { (words.with("help-chat", &[("host", chat.host().into())])) }
            }
        }
    }
}

/// "Call or text 988", as a link; the emergency number where a country has no line to call.
pub(crate) fn call_or_text(words: &Words, country: &Country) -> (String, String) {
    let first = country.first().and_then(|line| Some((line, line.call.as_ref()?)));
    let (number, said) = match first {
        Some((line, call)) => {
            let same = line
                .text
                .as_ref()
                .is_some_and(|text| text.number == *call && text.keyword.is_none());
            (call, if same { "help-call-or-text" } else { "help-call" })
        }
        None => (&country.emergency, "help-call"),
    };
    (
        format!("tel:{}", number.dial()),
        words.with(said, &[("number", number.as_str().into())]),
    )
}
