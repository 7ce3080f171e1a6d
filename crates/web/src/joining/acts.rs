//! What a person does on the way: reading the rules, picking a time, answering an offer, choosing another way, withdrawing; and saying
//! that they leave a group.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::joining::{Alternative, Application};
use maud::html;
use store::On;
use store::acts::{Apply, SeeApplications};
use store::joining::{self, JoiningError, Mine, SlotId};

use super::{News, address, own_page, parse, refused, show};
use crate::form::Form;
use crate::look;
use crate::look::parts;
use crate::once;
use crate::saying as told;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// How the group works, its rules and what it expects: to be read before deciding.
pub(crate) async fn rules(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let here = address(&slug);
    let found = async {
        let (one, slug) = show::mine(&app, &person, &slug).await?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
        let asked = store::agreements::asked_of(&mut permit, &app.content().agreements).await?;
        Ok::<_, store::StoreError>((one, asked))
    };
    let (one, asked) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here)),
    };
    let words = app.words();
    let listing = &one.listing;
    let facts = [
        (
            words.say("group-meets"),
            Some(html! { (told::rule_at_time(words, listing)) }),
        ),
        (
            words.say("rules-size"),
            listing.size.and_then(|size| size.most).map(|most| {
                html! { (words.with("rules-size-said", &[("most", most.into())])) }
            }),
        ),
        (
            words.say("rules-talk"),
            Some(html! { (words.say("rules-talk-said")) }),
        ),
        (
            words.say("rules-attendance"),
            Some(html! { (words.say("rules-attendance-said")) }),
        ),
    ];
    let body = html! {
        h1 { (words.say("rules")) }
        p.lead { (listing.title) }
        (parts::facts(&facts))
        p { a href=(format!("/groups/{}", one.group)) { (words.say("way-see-group")) } }
        @for text in &asked {
            section { h2 { (text.title()) } (super::agreements::words(text)) }
        }
        @if one.way.is_open() {
            form.stack method="post" action=(format!("{here}/reading")) {
                (once::field())
                p { (words.say("rules-then")) }
                div.acts { button.button type="submit" { (words.say("rules-read")) } }
            }
        }
    };
    own_page(
        &app,
        StatusCode::OK,
        &person,
        (here.clone(), words.say("joining-back")),
        body,
    )
}

pub(crate) async fn read(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    done(&app, &person, &slug, Mine::Read).await
}

pub(crate) async fn accept(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    done(&app, &person, &slug, Mine::Accept).await
}

pub(crate) async fn decline(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    done(&app, &person, &slug, Mine::Decline).await
}

pub(crate) async fn withdraw(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    done(&app, &person, &slug, Mine::Withdraw).await
}

pub(crate) async fn unbook(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    done(&app, &person, &slug, Mine::Unbook).await
}

/// Takes one of the ways that are open; another group leads on to asking there.
pub(crate) async fn choose(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let (one, _) = match show::mine(&app, &person, &slug).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    };
    let number = form.get("option").parse::<usize>().ok();
    let option = number.and_then(|number| one.way.options()?.iter().nth(number).cloned());
    let Some(option) = option else {
        let why = JoiningError::Refused(domain::joining::Refusal::NoSuchOption);
        return refused(&app, &person, &address(&slug), why);
    };
    let to = match &option {
        Alternative::Group(group) => Some(format!("/groups/{group}/joining")),
        Alternative::SupportGroup(group) => Some(format!("/groups/{group}")),
        _ => None,
    };
    match step(&app, &person, &slug, Mine::Take(option)).await {
        Ok(_) => Redirect::to(&to.unwrap_or_else(|| address(&slug))).into_response(),
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

pub(crate) async fn book(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let Some(time) = SlotId::parse(form.get("time")) else {
        // Whoever may not see it is told nothing else.
        return match show::mine(&app, &person, &slug).await {
            Ok(_) => refused(&app, &person, &address(&slug), JoiningError::TimeTaken),
            Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
        };
    };
    let news = News::new(app.words(), app.settings());
    let booked = news.tell(app.words(), async |told| {
        let which = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Apply>(On::Application(&which)).await?;
        joining::book(&mut permit, &which, time, told).await?;
        Ok::<_, JoiningError>(writing.commit().await?)
    });
    match booked.await {
        Ok(()) => Redirect::to(&address(&slug)).into_response(),
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

/// A member says that they leave, and at which session they say goodbye.
pub(crate) async fn leave(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let left = async {
        let group = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&group)).await?;
        let Ok(goodbye) = form.get("goodbye").parse() else {
            joining::is_member(&mut permit).await?;
            return Err(domain::joining::MembershipRefused::GoodbyePast.into());
        };
        joining::announce(&mut permit, goodbye).await?;
        Ok::<_, JoiningError>(writing.commit().await?)
    };
    match left.await {
        Ok(()) => Redirect::to("/me/joining").into_response(),
        Err(why) => refused(&app, &person, "/me/joining", why),
    }
}

async fn done(app: &App, person: &Person, slug: &str, mine: Mine) -> Response {
    match step(app, person, slug, mine).await {
        Ok(_) => Redirect::to(&address(slug)).into_response(),
        Err(why) => refused(app, person, &address(slug), why),
    }
}

async fn step(app: &App, person: &Person, slug: &str, mine: Mine) -> Result<Application, JoiningError> {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        let which = parse(slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Apply>(On::Application(&which)).await?;
        let way = joining::step(&mut permit, &which, mine.clone(), &app.content().agreements, told).await?;
        writing.commit().await?;
        Ok(way)
    })
    .await
}
