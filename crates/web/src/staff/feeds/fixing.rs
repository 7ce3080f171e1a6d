//! The page on which a held row is fixed.

use axum::http::StatusCode;
use axum::response::Response;
use domain::mending::Fact;
use maud::{Markup, html};
use store::feeds::{CorrectionState, KeptCorrection};

use super::address;
use super::fix::{Asked, Fixing, GIVEN, PUT};
use super::held::{heading, other_acts};
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::{FluentValue, Words};

pub(super) fn draw(app: &App, person: &Person, status: StatusCode, page: &Fixing) -> Response {
    let words = app.words();
    let (feed, row) = (&page.feed, &page.found.row);
    let here = format!("{}/held/{}", address(feed.id), row.number);
    let said: Vec<_> = row
        .said
        .iter()
        .map(|(field, text)| (field.clone(), Some(shown(words, text))))
        .collect();
    let body = html! {
        h1 { (heading(words, row)) }
        @if page.asked.is_empty() { p.lead { (sentence(&row.reason)) } }
        @if page.is_meanwhile { (parts::notice(Tone::Ochre, &words.say("meanwhile"), html! { (words.say("fix-fetched")) })) }
        (overruled(app, &page.found.corrections))
        @if page.asked.is_empty() {
            (parts::notice(Tone::Plain, &words.say("fix-cannot"), html! { (words.say("fix-cannot-more")) }))
        } @else {
            form.stack method="post" action=(format!("{here}/correction")) {
                (once::field())
                input type="hidden" name="row" value=(row.id);
                @for asked in &page.asked { (ask(words, asked)) }
                div.acts { button.button type="submit" { (words.say("fix-act")) } }
                p.hint { (words.say("fix-act-more")) }
            }
        }
        section {
            h2 { (words.say("fix-said")) }
            (parts::facts(&said))
            p.meta { (words.with("fix-number", &[("number", row.number.into()), ("id", row.id.as_str().into())])) }
            @if !row.notes.is_empty() { ul { @for note in &row.notes { li { (note) } } } }
        }
        section { h2 { (words.say("fix-else")) } (other_acts(words, &here, row)) }
    };
    let up = Some((format!("{}/held", address(feed.id)), words.say("held")));
    page_with(app, status, person, Place::Feeds, up, body)
}

/// What the feed says of a fact, why that holds the row, and what is to stand in its place.
fn ask(words: &Words, asked: &Asked) -> Markup {
    let problem = &asked.problem;
    let fact = problem.fact.to_string();
    let (label, hint) = said_of(words, &problem.fact);
    let given = match problem.given.as_deref() {
        None => words.say("fix-given-nothing"),
        Some(given) => {
            let given = if given.is_empty() {
                words.say("fix-not-shown")
            } else {
                given.to_owned()
            };
            words.with("fix-given", &[("given", FluentValue::from(given))])
        }
    };
    let field = FluentValue::from(problem.field.as_str());
    let input = Field {
        name: &format!("{PUT}{fact}"),
        label: words.say("fix-put"),
        value: &asked.typed,
        hint: Some(hint),
        error: asked.wrong.clone(),
        ..Field::default()
    };
    let only_without = matches!(problem.fact, Fact::Unknown(_));
    html! {
        fieldset.field {
            legend { (label) }
            p { (words.with("fix-field", &[("field", field)])) " " (given) }
            @if !problem.why.is_empty() { p { (sentence(&problem.why)) } }
            @if let Some(given) = &problem.given { input type="hidden" name=(format!("{GIVEN}{fact}")) value=(given); }
            @if only_without {
                input type="hidden" name=(format!("{PUT}{fact}")) value="";
                @if let Some(wrong) = &asked.wrong { p.error { (wrong) } }
            } @else { (input.draw()) }
            @if problem.fact.can_be_left_out() {
                @let said = match problem.fact {
                    Fact::Days | Fact::Time => "fix-by-appointment",
                    _ => "fix-without",
                };
                div.chips { (parts::chip_box("without", &fact, &words.say(said), asked.without)) }
            }
        }
    }
}

/// What was said here before and the feed has changed since.
fn overruled(app: &App, corrections: &[KeptCorrection]) -> Markup {
    let words = app.words();
    html! {
        @for one in corrections {
            @if let CorrectionState::Overruled(at) = one.state {
                (parts::notice(Tone::Plain, &put(words, one), html! {
                    (words.with("corrections-overruled", &[("when", app.moment(at).into())]))
                }))
            }
        }
    }
}

/// What the feed says, and what was put in its place.
pub(super) fn put(words: &Words, one: &KeptCorrection) -> String {
    let given = match one.given.as_deref() {
        None | Some("") => words.say("fix-nothing"),
        Some(given) => given.to_owned(),
    };
    let told = [
        ("field", FluentValue::from(one.field.as_str())),
        ("given", given.into()),
        ("put", one.put.clone().unwrap_or_default().into()),
    ];
    words.with(
        if one.put.is_some() {
            "corrections-put"
        } else {
            "corrections-without"
        },
        &told,
    )
}

/// What stands in a field; a word where that is not shown.
pub(super) fn shown(words: &Words, text: &str) -> Markup {
    html! { @if text.is_empty() { i { (words.say("fix-not-shown")) } } @else { (text) } }
}

/// Why, as a sentence of its own.
pub(super) fn sentence(why: &impl ToString) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    first.chain(letters).chain(end.chars()).collect()
}

/// What a fact is called, and how it is written.
fn said_of(words: &Words, fact: &Fact) -> (String, String) {
    let (label, hint) = match fact {
        Fact::Title => ("form-title", "fix-title-hint"),
        Fact::Summary => ("form-summary", "form-summary-hint"),
        Fact::Kind => ("form-kind", "fix-kind-hint"),
        Fact::Topics => ("form-topics", "fix-list-hint"),
        Fact::Problem => ("form-problem", "fix-as-written"),
        Fact::Format => ("form-format", "fix-as-written"),
        Fact::Span => ("form-span", "fix-span-hint"),
        Fact::Membership => ("form-membership", "fix-as-written"),
        Fact::Activities => ("form-activities", "fix-list-hint"),
        Fact::Techniques => ("form-techniques", "fix-list-hint"),
        Fact::Leading => ("form-leading", "fix-as-written"),
        Fact::Alongside => ("form-alongside", "fix-as-written"),
        Fact::Size => ("fix-size", "fix-size-hint"),
        Fact::LedBy => ("fix-led-by", "fix-led-by-hint"),
        Fact::Days => ("fix-days", "fix-days-hint"),
        Fact::Time => ("form-time", "fix-time-hint"),
        Fact::Length => ("form-length", "fix-length-hint"),
        Fact::Zone => ("form-zone", "fix-zone-hint"),
        Fact::From => ("form-from", "fix-date-hint"),
        Fact::Until => ("form-until", "fix-date-hint"),
        Fact::Exceptions => ("fix-exceptions", "fix-as-written"),
        Fact::Place => ("fix-place", "fix-place-hint"),
        Fact::Languages => ("form-languages", "form-languages-hint"),
        Fact::Audience => ("form-audience", "fix-list-hint"),
        Fact::Ages => ("fix-ages", "fix-ages-hint"),
        Fact::Cost => ("form-cost", "fix-cost-hint"),
        Fact::Access => ("form-access", "fix-list-hint"),
        Fact::Seats => ("form-seats", "fix-seats-hint"),
        Fact::FirstVisit => ("form-first", "fix-as-written"),
        Fact::HowToCome => ("form-how", "fix-how-hint"),
        Fact::VerifiedOn => ("fix-verified-on", "fix-date-hint"),
        Fact::Remarks => ("fix-remarks", "fix-list-hint"),
        Fact::Unknown(field) => {
            let field = FluentValue::from(field.as_str());
            return (words.with("fix-unknown", &[("field", field)]), String::new());
        }
    };
    (words.say(label), words.say(hint))
}
