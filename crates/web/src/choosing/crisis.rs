//! Someone may be in danger: help fills the page, and no groups are listed above it.

use domain::choosing::{Advice, Answers, Choice, Decision, Rest, Set};
use domain::helping::Concern;
use maud::{Markup, html};

use super::asked::jump;
use crate::helping;
use crate::look::parts;
use crate::state::App;
use crate::words::Words;

/// The whole page; `next` is the question to go on with, if there is more to ask.
pub(super) fn page(app: &App, answers: &Answers, next: Option<usize>) -> Markup {
    let (words, chooser) = (app.words(), &app.content().chooser);
    let decision = chooser.decide(answers);
    let stops = decision
        .reasons
        .iter()
        .any(|reason| reason.rule.rest == Rest::Stops);
    // The question whose answer raised it, to be changed if we misread it.
    let raised = chooser.asked().iter().find(|question| {
        let set = answers.of(question).map(Choice::set);
        chooser.is_crisis(set.fold(Set::default(), Set::with))
    });
    let next = next.and_then(|next| chooser.asked().get(next)).filter(|_| !stops);
    html! {
        h1 { (words.say("choosing-crisis")) }
        @for reason in decision.reasons.iter().filter(|reason| reason.line.about == Advice::Crisis) {
            p.lead { (reason.line.text) }
        }
        p { (words.say("choosing-crisis-lead")) }
        (helping::card(app, &concerns(&decision)))
        // What to do with one's own hands is for who might hurt themselves.
        @if decision.reasons.iter().any(|reason| reason.line.about == Advice::Crisis && reason.rule.concerns.is_empty()) {
            section {
                h2 { (words.say("help-while")) }
                ul.rows { @for line in ["help-while-1", "help-while-2", "help-while-3"] { li { (words.say(line)) } } }
            }
        }
        section.misread {
            h2 { (words.say("choosing-misread")) }
            div.acts {
                @if let Some(question) = raised {
                    (jump(chooser, answers, question.id.as_str(), "button plain", &words.say("choosing-change-that")))
                }
                @if let Some(next) = next {
                    (jump(chooser, answers, next.id.as_str(), "button plain", &words.say("choosing-go-on")))
                }
                @if stops { a.textlink href="/groups" { (words.say("choosing-go-groups")) } }
            }
            p.meta { (words.say("choosing-stays")) }
        }
        (sources(words, &decision))
    }
}

/// The card above an answer that goes on below it.
pub(super) fn above(app: &App, answers: &Answers) -> Markup {
    let words = app.words();
    let decision = app.content().chooser.decide(answers);
    html! {
        section.first-section aria-labelledby="help-first" {
            h2 #help-first { (words.say("choosing-crisis")) }
            @for reason in decision.reasons.iter().filter(|reason| reason.line.about == Advice::Crisis) {
                p { (reason.line.text) }
            }
            (helping::card(app, &concerns(&decision)))
        }
    }
}

/// Lines beside the one for anyone.
fn concerns(decision: &Decision) -> Vec<Concern> {
    let mut concerns: Vec<Concern> = Vec::new();
    for concern in decision.reasons.iter().flat_map(|reason| &reason.rule.concerns) {
        if !concerns.contains(concern) {
            concerns.push(*concern);
        }
    }
    concerns
}

fn sources(words: &Words, decision: &Decision) -> Markup {
    let lines = decision
        .reasons
        .iter()
        .filter(|reason| reason.line.about == Advice::Crisis);
    html! {
        @for reason in lines {
            p.meta {
                @match reason.line.backing.seen() {
                    Some(reference) => { (words.say("choosing-rule-from")) " " (parts::reference(words, reference)) },
                    None => (words.say("choosing-rule-ours")),
                }
            }
        }
    }
}
