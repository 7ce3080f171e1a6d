//! What somebody answered in the chooser, taken along to asking for a place. It travels in the forms of the pages, as in the chooser itself, and
//! is kept only once they say there that it is to be sent (decision 42). Questions about danger are none of it.

use domain::choosing::{Answers, Chooser};
use domain::groups::Slug;
use domain::joining::Answer;
use domain::text::Prose;
use maud::{Markup, html};
use store::acts::SeeScreening;
use store::{On, StoreError, joining};

use crate::form::Form;
use crate::once;
use crate::signing::Person;
use crate::state::App;

/// Stands before the name of a question, so that none is called like another field of the form.
const PREFIX: &str = "chosen-";

/// The box that says that it is to be sent.
const SEND: &str = "send-chosen";

/// As hidden fields.
pub(crate) fn carried(chooser: &Chooser, answers: &Answers) -> Markup {
    html! {
        @for question in chooser.sendable() {
            @for choice in answers.of(question) {
                input type="hidden" name=(format!("{PREFIX}{}", question.id)) value=(choice.id);
            }
        }
    }
}

/// In the words of the chooser, in its order.
pub(crate) fn said(chooser: &Chooser, answers: &Answers) -> Vec<Answer> {
    let said = chooser.sendable().filter_map(|question| {
        let chosen: Vec<&str> = answers.of(question).map(|choice| choice.text.as_str()).collect();
        let answer = Prose::parse(&chosen.join("; ")).ok()?;
        Some(Answer {
            question: question.text.clone(),
            answer,
        })
    });
    said.collect()
}

/// What a form says is to be sent.
pub(super) fn sent(chooser: &Chooser, typed: &Form) -> Vec<Answer> {
    if typed.get(SEND) == "yes" {
        said(chooser, &read(chooser, typed))
    } else {
        Vec::new()
    }
}

pub(super) fn is_carried(app: &App, typed: &Form) -> bool {
    !read(&app.content().chooser, typed).is_empty()
}

/// What a form carries; what the chooser does not have is left out.
fn read(chooser: &Chooser, typed: &Form) -> Answers {
    let mut answers = Answers::default();
    for question in chooser.sendable() {
        let name = format!("{PREFIX}{}", question.id);
        let chosen: Vec<&str> = typed.all(&name).collect();
        if let Ok(more) = chooser.answer(&answers, question.id.as_str(), &chosen) {
            answers = more;
        }
    }
    answers
}

/// The part of the form: all that would be sent, and a box that nobody has ticked yet.
pub(super) fn part(app: &App, typed: &Form) -> Markup {
    let (words, chooser) = (app.words(), &app.content().chooser);
    let answers = read(chooser, typed);
    let said = said(chooser, &answers);
    html! {
        @if !said.is_empty() {
            (carried(chooser, &answers))
            fieldset.plain {
                legend { (words.say("chosen-in-chooser")) }
                (list(&said))
                label.option {
                    input type="checkbox" name=(SEND) value="yes" checked[typed.get(SEND) == "yes"];
                    span { b { (words.say("chosen-send")) } br; (words.say("chosen-send-more")) }
                }
            }
        }
    }
}

/// Who has an account signs in beside this page, which holds the answers until then: they stand in no address and nowhere else.
pub(super) fn signing_in(app: &App, slug: &Slug, typed: &Form) -> Markup {
    let (words, chooser) = (app.words(), &app.content().chooser);
    html! {
        p { (words.say("asking-have-account")) " " a href="/sign-in" target="_blank" rel="noopener" { (words.say("chosen-sign-in")) } }
        form method="post" action=(format!("/groups/{slug}/joining/chosen")) {
            (once::field())
            (carried(chooser, &read(chooser, typed)))
            button.button.plain type="submit" { (words.say("chosen-signed-in")) }
        }
    }
}

/// What was sent, on a page of its own part: for who sent it, and for who may read it.
pub(crate) fn section(heading: &str, more: &str, sent: &[Answer]) -> Markup {
    html! {
        @if !sent.is_empty() {
            section aria-labelledby="chosen" {
                h2 #chosen { (heading) }
                p.meta { (more) }
                (list(sent))
            }
        }
    }
}

fn list(said: &[Answer]) -> Markup {
    html! { ul.rows { @for one in said { li { span { (one.question) } b { (one.answer) } } } } }
}

/// What the person themselves sent. As each look at answers, it is written down.
pub(super) async fn mine(app: &App, person: &Person, slug: &Slug) -> Result<Vec<Answer>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeScreening>(On::Application(slug)).await?;
    let sent = joining::chosen(&mut permit, slug).await?;
    writing.commit().await?;
    Ok(sent)
}
