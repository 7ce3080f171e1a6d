//! Taking somebody who waits for any group that fits on to another group: proposed by the finder, among those in which whoever does it may
//! decide as well.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::groups::Slug;
use domain::joining::{Reach, Refusal};
use domain::text::Prose;
use maud::{Markup, html};
use store::joining::{self, JoiningError, OnTheWay};
use store::{On, StoreError, Writing};

use super::proposals::{self, Proposal};
use super::show::{At, Shown, Typed, again};
use super::{address, deciding};
use crate::form::Form;
use crate::joining::{News, asking, parse, refused};
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::FluentValue;

const LETTER: &str = "moving-letter";

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    // Who may not decide is told nothing of what is wrong with the form.
    match deciding(&app, &person, &slug).await {
        Ok(one) if waits_for_any(&one) => {}
        Ok(_) => return refused(&app, &person, &address(&slug), Refusal::NotForAny.into()),
        Err(why) => return refused(&app, &person, &address(&slug), why.into()),
    }
    let (to, letter) = match read(&app, &form) {
        Ok(read) => read,
        Err(wrong) => return again(&app, &person, &slug, Typed::wrong(form, At::Moving, wrong)).await,
    };
    let news = News::new(app.words(), app.settings());
    let moved = news.tell(app.words(), async |told| {
        let which = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let there = joining::move_on(&mut writing, (&which, &to), &letter, told).await?;
        writing.commit().await?;
        Ok::<_, JoiningError>(there)
    });
    match moved.await {
        Ok(there) => Redirect::to(&address(there.as_str())).into_response(),
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

/// Where to, and the letter; or what is missing.
fn read(app: &App, form: &Form) -> Result<(Slug, Prose), String> {
    let words = app.words();
    let to = match form.get("to") {
        "" => return Err(words.say("moving-missing")),
        to => Slug::parse(to).ok(),
    };
    let takes = |slug: &Slug| app.listed(slug).is_some_and(|listing| asking::takes(&listing));
    let to = to
        .filter(takes)
        .ok_or_else(|| words.say("decide-no-such-group"))?;
    let letter = match form.get(LETTER) {
        "" => return Err(words.say("decide-letter-missing")),
        typed => Prose::parse(typed).map_err(|why| format!("{} {why}", words.say("decide-letter")))?,
    };
    Ok((to, letter))
}

fn waits_for_any(one: &OnTheWay) -> bool {
    one.way.reach() == Some(Reach::AnyFitting)
}

/// Groups that are proposed to who may decide in them, for somebody who waits for any.
pub(super) async fn fitting(
    app: &App,
    writing: &mut Writing,
    one: &OnTheWay,
) -> Result<Vec<Proposal>, StoreError> {
    let mut fitting = Vec::new();
    if waits_for_any(one) {
        for proposal in proposals::ours(app, &one.group, &one.listing) {
            if store::may(writing, Action::Decide, On::Group(&proposal.slug)).await? {
                fitting.push(proposal);
            }
        }
    }
    Ok(fitting)
}

pub(super) fn form(app: &App, shown: &Shown, typed: &Typed) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    if !shown.may_decide || !waits_for_any(one) {
        return html! {};
    }
    let name = [("name", FluentValue::from(one.handle.to_string()))];
    let letter = Field {
        name: LETTER,
        label: words.with("decide-letter-to", &name),
        hint: Some(words.say("moving-letter-hint")),
        value: typed.form.get(LETTER),
        ..Field::default()
    };
    html! {
        section aria-labelledby="moving" {
            h2 #moving { (words.say("moving")) }
            p.meta { (words.say("moving-more")) }
            @if let Some(wrong) = typed.at(At::Moving) { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
            @if shown.fitting.is_empty() { p { (words.say("moving-none")) } } @else {
                form.stack method="post" action=(format!("{}/move", address(one.slug.as_str()))) {
                    (once::field())
                    fieldset.plain {
                        legend { (words.say("moving-to")) }
                        @for proposal in &shown.fitting {
                            @let value = proposal.slug.as_str();
                            label.option {
                                input type="radio" name="to" value=(value) checked[typed.form.get("to") == value];
                                span { b { (proposal.title) } br; (proposal.why) }
                            }
                        }
                    }
                    (letter.draw_area())
                    details.adding {
                        summary { (words.say("decide-drafts")) }
                        p { (words.with("letter-draft-move-on", &name)) }
                    }
                    div.acts { button.button.plain type="submit" { (words.say("moving-act")) } }
                }
            }
        }
    }
}
