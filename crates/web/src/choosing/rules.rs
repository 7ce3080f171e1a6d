//! `/choose/rules`: every rule in plain words, so that anyone can see what an answer follows from.

use axum::extract::State;
use axum::response::Response;
use domain::choosing::{Advice, Chooser, Rule, Set, Stage, Stance};
use maud::{Markup, html};

use super::Sources;
use crate::look::{Here, Page, page};
use crate::saying;
use crate::state::App;
use crate::words::Words;

const STAGES: [(Stage, &str); 4] = [
    (Stage::Crisis, "choosing-stage-crisis"),
    (Stage::Limit, "choosing-stage-limit"),
    (Stage::Fit, "choosing-stage-fit"),
    (Stage::Otherwise, "choosing-stage-otherwise"),
];

pub(crate) async fn show(State(app): State<App>) -> Response {
    let (words, chooser) = (app.words(), &app.content().chooser);
    let mut sources = Sources::default();
    let stages = html! {
        @for (stage, heading) in STAGES {
            section {
                h2 { (words.say(heading)) }
                @for rule in chooser.rules().iter().filter(|rule| rule.stage == stage) { (one(words, chooser, rule, &mut sources)) }
            }
        }
    };
    let body = html! {
        h1 { (words.say("choosing-rules-heading")) }
        p.lead { (words.say("choosing-rules-lead")) }
        p { (words.say("choosing-rules-how")) }
        (stages)
        section { h2 { (words.say("choosing-from")) } (sources.list(words)) p.meta { (words.say("choosing-not-asked")) } }
    };
    let up = Some(("/choose".to_owned(), words.say("choosing-nav")));
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Chooser,
            up,
            body,
        },
    )
}

fn one<'a>(words: &Words, chooser: &'a Chooser, rule: &'a Rule, sources: &mut Sources<'a>) -> Markup {
    html! {
        div.rule {
            h3 { (when(words, chooser, rule)) }
            ul.reasons {
                @for line in &rule.lines {
                    li {
                        div {
                            p { b { (words.with(stance(line.stance), &[("what", words.say(advice(line.about)).into())])) } " " (line.text) }
                            p.meta { (words.with("choosing-rule", &[("rule", rule.id.as_str().into())])) " · " (sources.cite(words, &line.backing)) }
                        }
                    }
                }
            }
        }
    }
}

/// "When one of these is answered: …"
fn when(words: &Words, chooser: &Chooser, rule: &Rule) -> String {
    let texts = |set: Set| {
        let choices = chooser.questions().iter().flat_map(|question| &question.choices);
        let chosen = choices.filter(|choice| choice.set().meets(set));
        let texts: Vec<String> = chosen.map(|choice| format!("“{}”", choice.text)).collect();
        saying::list(words, &texts)
    };
    let parts = [
        (rule.when.any, "choosing-when-any"),
        (rule.when.all, "choosing-when-all"),
        (rule.when.none, "choosing-when-none"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(set, _)| !set.is_empty())
        .map(|(set, said)| {
            words.with(
                said,
                &[("answers", texts(set).into()), ("count", set.len().into())],
            )
        })
        .collect();
    if said.is_empty() {
        return words.say("choosing-when-nothing");
    }
    said.join(" ")
}

fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "choosing-for",
        Stance::Against => "choosing-against",
        Stance::Note => "choosing-about",
    }
}

fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Crisis => "help-nav",
        Advice::MedicalFirst => "choosing-medical",
        Advice::Individual => "choosing-individual",
        Advice::GroupTherapy => "kind-therapy",
        Advice::SupportGroup => "kind-support",
        Advice::Class => "choosing-class",
    }
}
