//! The conversation: its points, and what one notes of it. And that an answer about safety was read, who answers for an applicant, and a
//! guardian's consent.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::agreements::TextHash;
use domain::groups::Slug;
use domain::joining::{Point, Points};
use domain::text::{Line, Prose, TextError};
use maud::{Markup, html};
use store::acts::WriteTalk;
use store::joining::{self, JoiningError};
use store::{On, StoreError, agreements};

use super::show::{At, Shown, Typed, again};
use super::{address, check, decided, deciding, leading};
use crate::form::Form;
use crate::joining::{News, parse, refused, saying};
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::Words;

/// Points that were spoken about, and one's own notes, in one change. Notes go only where that is said: a field that was emptied changes
/// nothing.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    if let Err(why) = may_write(&app, &person, &slug).await {
        return refused(&app, &person, &address(&slug), why.into());
    }
    let words = match Prose::parse(form.get("notes")) {
        Ok(words) => Some(words),
        Err(TextError::Empty) => None,
        Err(TextError::TooLong { has, most }) => {
            let words = app.words();
            let wrong = words.with("talk-notes-long", &[("has", has.into()), ("most", most.into())]);
            return again(&app, &person, &slug, Typed::wrong(form, At::Notes, wrong)).await;
        }
    };
    let forgets = form.get("forget") == "yes";
    let done = async {
        let which = parse(&slug)?;
        let points: Points = form.all("point").filter_map(Point::named).collect();
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WriteTalk>(On::Application(&which)).await?;
        if forgets || words.is_some() {
            let words = words.as_ref().filter(|_| !forgets);
            joining::note(&mut permit, &which, words).await?;
        }
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

/// Asked before anything that was sent is looked at.
async fn may_write(app: &App, person: &Person, slug: &str) -> Result<(), StoreError> {
    let slug = parse(slug)?;
    check(app, person, Action::WriteTalk, On::Application(&slug)).await
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
    match only_reads(&app, &person, &slug, to.as_ref()).await {
        Ok(false) => {}
        Ok(true) => {
            let wrong = app.words().say("assignment-only-reads");
            return again(&app, &person, &slug, Typed::wrong(form, At::Assignment, wrong)).await;
        }
        Err(why) => return refused(&app, &person, &address(&slug), why.into()),
    }
    let news = News::new(app.words(), app.settings());
    let done = news.tell(app.words(), async |told| {
        decided(&app, &person, &slug, async |permit, which| {
            joining::reassign(permit, which, to.as_ref(), told).await
        })
        .await
    });
    answer(&app, &person, &slug, done.await)
}

/// Whether who is to answer leads the group with others, and could neither decide nor say that an answer about danger was read.
async fn only_reads(app: &App, person: &Person, slug: &str, to: Option<&Slug>) -> Result<bool, StoreError> {
    let one = deciding(app, person, slug).await?;
    let Some(to) = to else { return Ok(false) };
    Ok(leading(app, person, &one.group).await?.only_reads(to))
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
pub(super) fn section(app: &App, shown: &Shown, typed: &Typed) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let facts = one.way.facts();
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
            @if shown.may_write && one.way.is_open() { (writing(words, shown, typed)) } @else {
                ul { @for point in Point::ALL { li { (words.say(saying::point(point).0)) ": " (words.say(if spoken(shown, point) { "talk-spoken" } else { "talk-open" })) } } }
            }
        }
    }
}

fn spoken(shown: &Shown, point: Point) -> bool {
    let talk = shown.one.way.facts().conversation.as_ref();
    talk.is_some_and(|talk| talk.points.has(point))
}

/// The points to tick and one's own notes; what was typed and could not be kept stands there again.
fn writing(words: &Words, shown: &Shown, typed: &Typed) -> Markup {
    let mine = shown.notes.iter().flatten().find(|note| note.is_mine);
    let wrong = typed.at(At::Notes);
    let ticked = |point: Point| wrong.is_some() && typed.form.all("point").any(|name| name == point.name());
    let kept = mine.map_or("", |note| note.words.as_str());
    let notes = Field {
        name: "notes",
        label: words.say("talk-notes"),
        hint: Some(words.say("talk-notes-hint")),
        error: wrong.map(str::to_owned),
        value: wrong.map_or(kept, |_| typed.form.get("notes")),
        ..Field::default()
    };
    html! {
        form.stack method="post" action=(format!("{}/talk", address(shown.one.slug.as_str()))) {
            (once::field())
            fieldset.plain {
                legend { (words.say("talk-points")) }
                @for point in Point::ALL {
                    @let (said, more) = saying::point(point);
                    label.option {
                        input type="checkbox" name="point" value=(point.name()) checked[spoken(shown, point) || ticked(point)];
                        span { b { (words.say(said)) } br; (words.say(more)) }
                    }
                }
            }
            (notes.draw_area())
            @if mine.is_some() {
                label.option {
                    input type="checkbox" name="forget" value="yes";
                    span { b { (words.say("talk-forget")) } br; (words.say("talk-forget-more")) }
                }
            }
            div.acts { button.button.plain type="submit" { (words.say("talk-act")) } }
        }
    }
}

/// Who answers for the applicant; only those who may do what follows from it can be chosen.
pub(super) fn assignment(app: &App, shown: &Shown, typed: &Typed) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let leaders = &shown.leading.leaders;
    if !shown.may_decide || !one.way.is_open() || leaders.is_empty() {
        return html! {};
    }
    let answers = one.leader.as_ref().map(|(slug, _)| slug);
    let mut options = vec![(String::new(), words.say("assignment-anyone"), answers.is_none())];
    options.extend(
        leaders
            .iter()
            .map(|(slug, handle)| (slug.to_string(), handle.to_string(), answers == Some(slug))),
    );
    html! {
        form.stack method="post" action=(format!("{}/assignment", address(one.slug.as_str()))) {
            (once::field())
            @if let Some(wrong) = typed.at(At::Assignment) { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
            (parts::select("leader", &words.say("assignment"), &options))
            div.acts { button.button.plain.small type="submit" { (words.say("assignment-act")) } }
        }
    }
}
