//! `GET /staff/feeds/new` and `/staff/feeds/{feed}/edit`: what an admin says of a feed; `POST` says it.

use ::feeds::Format;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono_tz::Tz;
use domain::text::Line;
use maud::html;
use store::acts::RunInstallation;
use store::feeds::{self, FeedId, Known};
use store::{On, StoreError};

use super::{HERE, address, parse};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// How often a feed may be fetched, in hours.
const OFTEN: [u16; 5] = [1, 6, 12, 24, 168];

/// What is wrong with what was typed.
#[derive(Default)]
struct Wrong {
    address: Option<String>,
    programme: Option<String>,
    zone: Option<String>,
    licence: Option<String>,
    is_any: bool,
}

pub(crate) async fn new(State(app): State<App>, person: Person) -> Response {
    match may_set(&app, &person).await {
        Ok(()) => {
            let mut form = Form::default();
            form.put("zone", app.settings().zone.name());
            form.put("every", "24");
            draw(&app, &person, None, &form, &Wrong::default())
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

pub(crate) async fn create(State(app): State<App>, person: Person, form: Form) -> Response {
    if let Err(why) = may_set(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let wanted = match read(&app, &form) {
        Ok(wanted) => wanted,
        Err(wrong) => return draw(&app, &person, None, &form, &wrong),
    };
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await?;
        if feeds::is_taken(&mut permit, &wanted.programme, None).await? {
            return Ok(None);
        }
        let id = feeds::add(&mut permit, &wanted).await?;
        writing.commit().await?;
        Ok(Some(id))
    };
    match done.await {
        Ok(None) => draw(&app, &person, None, &form, &taken(&app)),
        done => answer(&app, done),
    }
}

pub(crate) async fn edit(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    match find(&app, &person, &id).await {
        Ok(feed) => draw(&app, &person, Some(feed.id), &typed(&feed), &Wrong::default()),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

pub(crate) async fn update(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    let feed = match find(&app, &person, &id).await {
        Ok(feed) => feed,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let wanted = match read(&app, &form) {
        Ok(wanted) => wanted,
        Err(wrong) => return draw(&app, &person, Some(feed.id), &form, &wrong),
    };
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await?;
        if feeds::is_taken(&mut permit, &wanted.programme, Some(feed.id)).await? {
            return Ok(None);
        }
        feeds::change(&mut permit, feed.id, &wanted).await?;
        writing.commit().await?;
        Ok(Some(feed.id))
    };
    match done.await {
        Ok(None) => draw(&app, &person, Some(feed.id), &form, &taken(&app)),
        done => answer(&app, done),
    }
}

fn taken(app: &App) -> Wrong {
    Wrong {
        programme: Some(app.words().say("feeds-programme-taken")),
        is_any: true,
        ..Wrong::default()
    }
}

fn answer(app: &App, done: Result<Option<FeedId>, StoreError>) -> Response {
    match done {
        Ok(id) => Redirect::to(&id.map_or_else(|| HERE.to_owned(), address)).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse(HERE)),
    }
}

async fn may_set(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    reading.permit::<RunInstallation>(On::Organisation).await?;
    Ok(())
}

/// A feed to be changed, for who may: what a coordinator sees is not enough.
async fn find(app: &App, person: &Person, id: &str) -> Result<Known, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    reading.permit::<RunInstallation>(On::Organisation).await?;
    let mut permit = reading
        .permit::<store::acts::RunListings>(On::Organisation)
        .await?;
    feeds::show(&mut permit, parse(id)?).await
}

/// What was typed, checked by the same rules by which it is fetched.
fn read(app: &App, form: &Form) -> Result<feeds::Wanted, Wrong> {
    let words = app.words();
    let mut wrong = Wrong::default();
    let address = app.settings().feeds.check(form.get("address"));
    let address = address.map_err(|why| wrong.address = Some(why.to_string()));
    let programme = Line::parse(form.get("programme"));
    let programme = programme.map_err(|why| {
        wrong.programme = Some(words.with("feeds-programme-wrong", &[("why", why.to_string().into())]))
    });
    let some = |name: &str| Some(form.get(name).to_owned()).filter(|text| !text.is_empty());
    let zone = some("zone");
    if zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
        wrong.zone = Some(words.say("feeds-zone-wrong"));
    }
    let licence = some("licence");
    if let Some(Err(why)) = licence.as_deref().map(Line::parse) {
        wrong.licence = Some(words.with("feeds-programme-wrong", &[("why", why.to_string().into())]));
    }
    let every = form
        .get("every")
        .parse()
        .ok()
        .filter(|hours| OFTEN.contains(hours));
    wrong.is_any = wrong.zone.is_some() || wrong.licence.is_some();
    match (address, programme) {
        (Ok(address), Ok(programme)) if !wrong.is_any => Ok(feeds::Wanted {
            address: address.as_str().to_owned(),
            programme: programme.to_string(),
            format: Format::named(form.get("format")).map(|format| format.name().to_owned()),
            zone,
            licence,
            every_hours: every.unwrap_or(24),
        }),
        _ => {
            wrong.is_any = true;
            Err(wrong)
        }
    }
}

fn typed(feed: &Known) -> Form {
    let mut form = Form::default();
    form.put("address", &feed.wanted.address);
    form.put("programme", &feed.wanted.programme);
    form.put("format", feed.wanted.format.as_deref().unwrap_or_default());
    form.put("zone", feed.wanted.zone.as_deref().unwrap_or_default());
    form.put("licence", feed.wanted.licence.as_deref().unwrap_or_default());
    form.put("every", &feed.wanted.every_hours.to_string());
    form
}

fn draw(app: &App, person: &Person, id: Option<FeedId>, form: &Form, wrong: &Wrong) -> Response {
    let words = app.words();
    let field = |name: &'static str, id: &str, hint: &str, error: &Option<String>| {
        Field {
            name,
            label: words.say(id),
            value: form.get(name),
            hint: Some(words.say(hint)),
            error: error.clone(),
            ..Field::default()
        }
        .draw()
    };
    let mut formats = vec![(
        String::new(),
        words.say("feeds-format-auto"),
        form.get("format").is_empty(),
    )];
    formats.extend(Format::ALL.map(|format| {
        let name = format.name().to_owned();
        (name.clone(), name, format.name() == form.get("format"))
    }));
    let often = OFTEN.map(|hours| {
        let said = words.with("feeds-every-hours", &[("hours", hours.into())]);
        (hours.to_string(), said, hours.to_string() == form.get("every"))
    });
    let (heading, action) = match id {
        None => ("feeds-new", format!("{HERE}/new")),
        Some(id) => ("feeds-edit", format!("{}/edit", address(id))),
    };
    let body = html! {
        h1 { (words.say(heading)) }
        form.stack method="post" action=(action) {
            (once::field())
            (field("address", "feeds-address", "feeds-address-hint", &wrong.address))
            (field("programme", "feeds-programme", "feeds-programme-hint", &wrong.programme))
            (parts::select("format", &words.say("feeds-format"), &formats))
            (field("zone", "feeds-zone", "feeds-zone-hint", &wrong.zone))
            (field("licence", "feeds-licence", "feeds-licence-hint", &wrong.licence))
            (parts::select("every", &words.say("feeds-every"), &often))
            div.acts { button.button type="submit" { (words.say("feeds-save")) } }
        }
    };
    let status = if wrong.is_any {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let up = Some((id.map_or_else(|| HERE.to_owned(), address), words.say("feeds")));
    page_with(app, status, person, Place::Feeds, up, body)
}
