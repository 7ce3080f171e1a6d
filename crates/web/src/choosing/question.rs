//! A question: `GET /choose` asks the first one, `POST /choose` goes on from any.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::choosing::{Answers, Choose, Question, Together, Unknown};
use maud::{Markup, html};

use super::asked::{Asked, To, carried};
use super::{advice, crisis};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, page_with};
use crate::state::App;

pub(crate) async fn first(State(app): State<App>) -> Response {
    shown(&app, StatusCode::OK, question(&app, 0, &Answers::default(), &[]))
}

pub(crate) async fn next(State(app): State<App>, body: Bytes) -> Response {
    let chooser = &app.content().chooser;
    let asked = Asked::read(chooser, &body);
    let status = if asked.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    // Danger is answered at once, not at the end.
    let now = chooser.is_crisis(asked.answers.set()) && !asked.crisis_before;
    let body = match asked.to {
        To::Question(at) if now && asked.problems.is_empty() && at > 0 => {
            crisis::page(&app, &asked.answers, Some(at))
        }
        To::Question(at) => question(&app, at, &asked.answers, &asked.problems),
        To::Advice => advice::page(&app, &asked.answers),
    };
    shown(&app, status, body)
}

fn shown(app: &App, status: StatusCode, body: Markup) -> Response {
    page_with(
        app,
        status,
        Page {
            title: "site-title",
            here: Here::Chooser,
            up: None,
            body,
        },
    )
}

fn question(app: &App, at: usize, answers: &Answers, problems: &[Unknown]) -> Markup {
    let (words, chooser) = (app.words(), &app.content().chooser);
    let questions = chooser.asked();
    let Some(asked) = questions.get(at) else {
        return advice::page(app, answers);
    };
    let hint = asked.hint.as_ref().map(|_| "question-hint");
    html! {
        form.question action="/choose" method="post" {
            (carried(chooser, answers, Some(asked)))
            input type="hidden" name="at" value=(asked.id);
            // The first button is what Enter presses.
            button.enter type="submit" name="go" value="next" tabindex="-1" aria-hidden="true" { (words.say("choosing-next")) }
            p.back {
                @if at > 0 {
                    button.textlink type="submit" name="go" value="back" { (Icon::Back.draw()) (words.say("choosing-back")) }
                } @else {
                    a.textlink href="/" { (Icon::Back.draw()) (words.say("choosing-back-home")) }
                }
            }
            p.soft { (words.with("choosing-progress", &[("at", (at + 1).into()), ("most", questions.len().into())])) }
            div.steps-bar aria-hidden="true" {
                @for place in 0..questions.len() { span.done[place < at].here[place == at] {} }
            }
            @if chooser.is_crisis(answers.set()) {
                (parts::notice(Tone::Clay, &words.say("choosing-help-first"), html! { a href="/help-now" { (words.say("help-nav")) } }))
            }
            @for problem in problems { (parts::notice(Tone::Clay, &said(app, problem), html! {})) }
            fieldset aria-describedby=[hint] {
                legend { h1 { (asked.text) } }
                @if let (Some(id), Some(hint)) = (hint, &asked.hint) { p.lead id=(id) { (hint) } }
                (choices(asked, answers))
            }
            div.acts {
                button.button type="submit" name="go" value="next" {
                    (words.say(if at + 1 == questions.len() { "choosing-to-answer" } else { "choosing-next" })) (Icon::Arrow.draw())
                }
                button.textlink type="submit" name="go" value="skip" { (words.say("choosing-skip")) }
            }
        }
        details.why open {
            summary { (words.say("choosing-why-ask")) }
            p { (asked.why) }
        }
        p.meta.kept { (Icon::Lock.draw()) (words.say("choosing-kept")) }
        @if at == 0 { p.meta { (words.say("choosing-honest")) " " a href="/kinds" { (words.say("choosing-just-compare")) } " · " a href="/check" { (words.say("measuring-nav")) } } }
    }
}

fn choices(asked: &Question, answers: &Answers) -> Markup {
    let kind = match asked.choose {
        Choose::One => "radio",
        Choose::Many => "checkbox",
    };
    html! {
        @for choice in &asked.choices {
            label.choice {
                input type=(kind) name=(asked.id) value=(choice.id) checked[answers.has(choice)] data-alone[choice.together == Together::Alone];
                span { b { (choice.text) } @if let Some(hint) = &choice.hint { small { (hint) } } }
            }
        }
    }
}

/// A problem in words for a person; the names of things that are not there tell them nothing.
fn said(app: &App, problem: &Unknown) -> String {
    let words = app.words();
    match problem {
        Unknown::NotAlone { question, choice } => {
            let question = app.content().chooser.question(question);
            let choice = question.and_then(|question| question.choice(choice));
            let text = choice.map_or("", |choice| choice.text.as_str());
            words.with("choosing-not-alone", &[("choice", text.into())])
        }
        Unknown::TooMany { .. } => words.say("choosing-too-many"),
        Unknown::Question { .. } | Unknown::Choice { .. } => words.say("choosing-unknown"),
    }
}
