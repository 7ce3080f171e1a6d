//! `/me/joining/{application}/measures/{measure}`: a form that the group asks for before the conversation. What it may tell of danger shows
//! help at once and is told to who leads the group; its score is for the conversation.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::Slug;
use domain::name::Name;
use maud::{Markup, html};
use measures::{Response as Said, Sheet, Status};
use store::acts::{AnswerScreening, SeeApplications, SeeScreening};
use store::joining::{self, JoiningError, OnTheWay, Signs};
use store::{On, StoreError};

use super::answers::help;
use super::{News, address, own_page, refused, show};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::measuring::{Ready, fields, index, outcome};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

struct Asked<'a> {
    one: OnTheWay,
    slug: Slug,
    name: Name,
    ready: &'a Ready,
}

pub(crate) async fn edit(
    State(app): State<App>,
    person: Person,
    Path((slug, measure)): Path<(String, String)>,
) -> Response {
    let wanted = Wanted::parse(&address(&slug));
    let asked = match asked(&app, &person, &slug, &measure).await {
        Ok(asked) => asked,
        Err(why) => return look::refused(&app, &why, &wanted),
    };
    let before = match before(&app, &person, &asked).await {
        Ok(before) => before,
        Err(why) => return look::refused(&app, &why, &wanted),
    };
    let blank = || Sheet::blank(&asked.ready.form);
    // What was answered to an earlier text of the form does not fit this one.
    let sheet = match before.and_then(|said| Sheet::new(&asked.ready.form, &said).ok()) {
        Some(sheet) => Ok(sheet),
        None => blank(),
    };
    match sheet {
        Ok(sheet) => page(&app, &person, StatusCode::OK, &asked, &sheet, &html! {}),
        Err(why) => look::our_fault(&app, &why),
    }
}

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path((slug, measure)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let asked = match asked(&app, &person, &slug, &measure).await {
        Ok(asked) => asked,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    };
    let said = fields::said(&body);
    let pairs = || said.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let posted = |status| Sheet::posted(&asked.ready.form, status, pairs());
    // What one would rather say in the conversation stays open.
    let whole = |sheet: &Sheet<'_>| sheet.progress().answered == sheet.progress().of;
    let sheet = match posted(Status::InProgress) {
        Ok(sheet) if whole(&sheet) => posted(Status::Completed).unwrap_or(sheet),
        Ok(sheet) => sheet,
        Err(why) => return look::our_fault(&app, &why),
    };
    let words = app.words();
    let mistakes = fields::mistakes(words, &sheet);
    if !mistakes.is_empty() || sheet.progress().answered == 0 {
        let first = words.say(if mistakes.is_empty() {
            "measuring-open-none"
        } else {
            "measuring-wrong"
        });
        let above = parts::mistakes(Tone::Clay, &first, "", &mistakes);
        return page(
            &app,
            &person,
            StatusCode::UNPROCESSABLE_ENTITY,
            &asked,
            &sheet,
            &above,
        );
    }
    let card = match asked.ready.measure.scoring.as_ref() {
        Some(scoring) => match scoring.answers_on(&sheet) {
            // The score is for who leads the group; what it tells of danger is for now.
            Ok(answers) => scoring.score(&answers).open(|risk| outcome::help(&app, &risk)).1,
            Err(why) => return look::our_fault(&app, &why),
        },
        // A form that nobody scores here may ask about danger, too.
        None => asked
            .ready
            .measure
            .risk_on(&sheet)
            .map(|risk| outcome::help(&app, &risk)),
    };
    let signs = if card.is_some() {
        Signs::Danger
    } else {
        Signs::None
    };
    match keep(&app, &person, &asked, &sheet.to_json().to_string(), signs).await {
        Ok(()) => match card {
            Some(card) => help(&app, &person, asked.slug.as_str(), &card),
            None => Redirect::to(&address(&slug)).into_response(),
        },
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

/// Only a form that the group asks for, while the way goes on.
async fn asked<'a>(
    app: &'a App,
    person: &Person,
    slug: &str,
    measure: &str,
) -> Result<Asked<'a>, StoreError> {
    let (one, slug) = show::mine(app, person, slug).await?;
    let name = Name::parse(measure).map_err(|_| Denied::NoRight)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
    let asks = joining::measures(&mut permit).await?;
    let ready = app.settings().forms.get(measure);
    match ready {
        Some(ready) if one.way.is_open() && asks.contains(&name) => Ok(Asked {
            one,
            slug,
            name,
            ready,
        }),
        _ => Err(Denied::NoRight.into()),
    }
}

async fn before(app: &App, person: &Person, asked: &Asked<'_>) -> Result<Option<Said>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing
        .permit::<SeeScreening>(On::Application(&asked.slug))
        .await?;
    let all = joining::measured(&mut permit, &asked.slug).await?;
    writing.commit().await?;
    let mine = all.into_iter().find(|one| one.measure == asked.name);
    Ok(mine.and_then(|one| Said::read(one.response.as_bytes()).ok()))
}

async fn keep(
    app: &App,
    person: &Person,
    asked: &Asked<'_>,
    response: &str,
    signs: Signs,
) -> Result<(), JoiningError> {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        let mut writing = app.store().write(person.who()).await?;
        let permit = writing
            .permit::<AnswerScreening>(On::Application(&asked.slug))
            .await;
        let what = (&asked.name, response);
        joining::answer_measure(&mut permit?, &asked.slug, what, signs, told).await?;
        Ok(writing.commit().await?)
    })
    .await
}

fn page(
    app: &App,
    person: &Person,
    status: StatusCode,
    asked: &Asked<'_>,
    sheet: &Sheet,
    above: &Markup,
) -> Response {
    let words = app.words();
    let here = address(asked.slug.as_str());
    let body = html! {
        h1 { (asked.ready.measure.title) }
        p { (asked.one.listing.title) }
        (above)
        p.lead { (words.say("measuring-asking")) }
        form.measure method="post" action=(format!("{here}/measures/{}", asked.name.as_str())) {
            (once::field())
            (fields::progress(words, sheet))
            (fields::fields(words, sheet))
            p.hint { (words.say("answers-kept")) }
            div.acts { button.button type="submit" { (words.say("answers-act")) } }
        }
        section.fine { (index::form(words, asked.ready)) }
    };
    own_page(app, status, person, (here, words.say("joining-back")), body)
}

/// The forms that are asked for, each by its title.
pub(super) fn list(app: &App, slug: &str, asks: &[Name], open: &[Name]) -> Markup {
    let forms = &app.settings().forms;
    html! {
        @for (name, ready) in asks.iter().filter_map(|name| Some((name, forms.get(name.as_str())?))) {
            p {
                a.button.plain href=(format!("{}/measures/{}", address(slug), ready.measure.name)) { (ready.measure.title) }
                @if !open.contains(name) { " " span.meta { (app.words().say("measures-answered")) } }
            }
        }
    }
}
