//! The conversation: its points, and what one notes of it. And that an answer about safety was read, who answers for an applicant, and a
//! guardian's consent.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::agreements::TextHash;
use domain::groups::Slug;
use domain::joining::{Point, Points};
use domain::text::{Line, Prose};
use maud::{Markup, html};
use store::acts::WriteTalk;
use store::joining::{self, JoiningError};
use store::{On, agreements};

use super::show::Shown;
use super::{address, decided};
use crate::form::Form;
use crate::joining::{News, parse, refused, saying};
use crate::look::parts::Field;
use crate::once;
use crate::signing::Person;
use crate::state::App;

/// Points that were spoken about, and one's own notes, in one change.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let done = async {
        let which = parse(&slug)?;
        let words = match form.get("notes") {
            "" => None,
            written => Prose::parse(written).ok(),
        };
        let points: Points = form.all("point").filter_map(Point::named).collect();
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WriteTalk>(On::Application(&which)).await?;
        joining::note(&mut permit, &which, words.as_ref()).await?;
        // Notes without a point are notes before the talk.
        if points != Points::default() {
            let mut permit = writing
                .permit::<store::acts::Decide>(On::Application(&which))
                .await?;
            joining::record_talk(&mut permit, &which, points).await?;
        }
        Ok::<_, JoiningError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, done.await)
}

pub(crate) async fn risk_seen(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let which = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WriteTalk>(On::Application(&which)).await?;
        joining::risk_seen(&mut permit, &which).await?;
        Ok::<_, JoiningError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, done.await)
}

pub(crate) async fn assign(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let to = Slug::parse(form.get("leader")).ok();
    let news = News::new(app.words(), app.settings());
    let done = news.tell(app.words(), async |told| {
        decided(&app, &person, &slug, async |permit, which| {
            joining::reassign(permit, which, to.as_ref(), told).await
        })
        .await
    });
    answer(&app, &person, &slug, done.await)
}

/// A parent or guardian has signed before who records it.
pub(crate) async fn guardian(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let read = (TextHash::parse(form.get("hash")), Line::parse(form.get("name")));
    let done = decided(&app, &person, &slug, async |permit, _| {
        let (Some(hash), Ok(name)) = &read else {
            return Err(JoiningError::TextChanged);
        };
        agreements::witness(permit, hash, name, &app.content().agreements).await
    });
    answer(&app, &person, &slug, done.await)
}

fn answer(app: &App, person: &Person, slug: &str, done: Result<(), JoiningError>) -> Response {
    match done {
        Ok(()) => Redirect::to(&address(slug)).into_response(),
        Err(why) => refused(app, person, &address(slug), why),
    }
}

/// What was spoken about, with whoever may see the notes seeing them.
pub(super) fn section(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let facts = one.way.facts();
    let spoken = |point| {
        facts
            .conversation
            .as_ref()
            .is_some_and(|talk| talk.points.has(point))
    };
    let mine = shown
        .notes
        .as_ref()
        .and_then(|notes| notes.iter().find(|note| note.is_mine));
    html! {
        section aria-labelledby="talk" {
            h2 #talk { (words.say("joining-talk")) }
            @if let Some(at) = facts.booked_for { p { b { (words.with("applicant-talk-booked", &[("when", app.moment(at).into())])) } } }
            @if let Some(talk) = &facts.conversation { p.meta { (words.with("applicant-talk-held", &[("when", app.moment(talk.at).into())])) } }
            @if let Some(notes) = &shown.notes {
                @for note in notes.iter().filter(|note| !note.is_mine) {
                    p.meta { (note.by) " · " (app.moment(note.at)) }
                    (crate::joining::show::paragraphs(&note.words))
                }
            }
            @if shown.may_write && one.way.is_open() {
                form.stack method="post" action=(format!("{}/talk", address(one.slug.as_str()))) {
                    (once::field())
                    fieldset.plain {
                        legend { (words.say("talk-points")) }
                        @for point in Point::ALL {
                            @let (said, more) = saying::point(point);
                            label.option {
                                input type="checkbox" name="point" value=(point.name()) checked[spoken(point)];
                                span { b { (words.say(said)) } br; (words.say(more)) }
                            }
                        }
                    }
                    (Field { name: "notes", label: words.say("talk-notes"), hint: Some(words.say("talk-notes-hint")), value: mine.map_or("", |note| note.words.as_str()), ..Field::default() }.draw_area())
                    div.acts { button.button.plain type="submit" { (words.say("talk-act")) } }
                }
            } @else {
                ul { @for point in Point::ALL { li { (words.say(saying::point(point).0)) ": " (words.say(if spoken(point) { "talk-spoken" } else { "talk-open" })) } } }
            }
        }
    }
}
