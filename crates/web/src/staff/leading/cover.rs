//! Who leads one session in place of those who usually do: named by who plans it, and let in by who may appoint.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use store::On;
use store::acts::{Appoint, ChangePlans};
use store::leading::{self, LeadingError};

use super::plan::Shown;
use super::{parse, parts_of, refused, session};
use crate::form::Form;
use crate::look::parts;
use crate::once;
use crate::signing::Person;
use crate::state::App;

pub(crate) async fn name(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    form: Form,
) -> Response {
    let back = format!("/staff/groups/{slug}/sessions/{date}/plan");
    let done = async {
        let (slug, date) = parts_of(&slug, &date)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangePlans>(On::Group(&slug)).await?;
        let who = match form.get("who") {
            "" => None,
            who => Some(parse(who)?),
        };
        leading::set_cover(&mut permit, date, who.as_ref()).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(why) => refused(&app, &person, &back, why),
    }
}

/// Lets who was named into the group, for that session and no longer.
pub(crate) async fn appoint(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    let back = format!("/staff/groups/{slug}/sessions/{date}/plan");
    let done = async {
        let (slug, date) = parts_of(&slug, &date)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Appoint>(On::Group(&slug)).await?;
        leading::appoint_cover(&mut permit, date).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(why) => refused(&app, &person, &back, why),
    }
}

pub(super) fn section(app: &App, shown: &Shown) -> Markup {
    let (words, here) = (app.words(), session(shown.slug.as_str(), shown.one.sitting.date));
    let chosen = shown.one.cover.as_ref().map(|(slug, _)| slug);
    let mut options = vec![(String::new(), words.say("cover-nobody"), chosen.is_none())];
    options.extend(
        shown
            .leaders
            .iter()
            .map(|(slug, handle)| (slug.to_string(), handle.to_string(), chosen == Some(slug))),
    );
    html! {
        section aria-labelledby="cover" {
            h2 #cover { (words.say("cover")) }
            p { (words.say("cover-lead")) }
            form.stack method="post" action=(format!("{here}/cover")) {
                (once::field())
                (parts::select("who", &words.say("cover-who"), &options))
                div.acts { button.button.plain type="submit" { (words.say("cover-act")) } }
            }
            @if let (Some((_, handle)), true) = (&shown.one.cover, shown.may_appoint) {
                form.stack method="post" action=(format!("{here}/cover/appointment")) {
                    (once::field())
                    p { (words.with("cover-let-in-more", &[("name", handle.to_string().into())])) }
                    div.acts { button.button.plain type="submit" { (words.say("cover-let-in")) } }
                }
            }
        }
    }
}
