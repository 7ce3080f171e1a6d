//! `/groups/{slug}/joining`: asking for a place, by account or by a letter whose link asks; and that link. `/groups/{slug}/joining/chosen` is
//! the same form with what was answered in the chooser.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::agreements::Age;
use domain::groups::{Listing, Mail, Slug};
use domain::joining::{Answer, AskRefused};
use domain::people::Handle;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{AnswerScreening, Apply};
use store::joining::{self, JoiningError, LASTS};
use store::listings::Published;
use store::signing::Proof;
use store::signing::link::Letter;
use store::{On, SignedIn, Who};

use super::{News, address, chosen, group, refused, saying};
use crate::form::Form;
use crate::group::below;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Before, Maybe, Person, Wanted, sign_in_as};
use crate::state::App;
use crate::words::FluentValue;

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    sent: String,
}

/// What was wrong, by field.
#[derive(Default)]
struct Wrong {
    handle: Option<String>,
    mail: Option<String>,
    age: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(slug): Path<String>,
    Query(Sent { sent }): Query<Sent>,
) -> Response {
    let published = match asked_of(&app, &slug).await {
        Ok(published) => published,
        Err(response) => return response,
    };
    let body = if sent.is_empty() {
        form(
            &app,
            &published,
            someone.as_ref(),
            &Form::default(),
            &Wrong::default(),
        )
    } else {
        asked(&app)
    };
    below(&app, StatusCode::OK, &slug, body)
}

/// The form with what somebody answered in the chooser: it comes in a form of their page, and nothing of it is kept by showing it.
pub(crate) async fn with_chosen(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(slug): Path<String>,
    typed: Form,
) -> Response {
    let published = match asked_of(&app, &slug).await {
        Ok(published) => published,
        Err(response) => return response,
    };
    let body = form(&app, &published, someone.as_ref(), &typed, &Wrong::default());
    below(&app, StatusCode::OK, &slug, body)
}

pub(crate) async fn create(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(slug): Path<String>,
    typed: Form,
) -> Response {
    let published = match asked_of(&app, &slug).await {
        Ok(published) => published,
        Err(response) => return response,
    };
    let words = app.words();
    let mut wrong = Wrong::default();
    let age = Age::named(typed.get("age"));
    if age.is_none() {
        wrong.age = Some(words.say("asking-age-missing"));
    }
    let sent = chosen::sent(&app.content().chooser, &typed);
    if let Some(signed_in) = someone {
        let Some(age) = age else {
            let body = form(&app, &published, Some(&signed_in), &typed, &wrong);
            return below(&app, StatusCode::UNPROCESSABLE_ENTITY, &slug, body);
        };
        let person = Person(signed_in);
        return match ask(&app, &person, &published.slug, age, &sent).await {
            Ok(asked) | Err(JoiningError::AskedAlready(asked)) => {
                Redirect::to(&address(asked.as_str())).into_response()
            }
            Err(why) => refused(&app, &person, &format!("/groups/{slug}"), why),
        };
    }
    let handle = Handle::parse(typed.get("handle")).map_err(|why| wrong.handle = Some(why.to_string()));
    let mail = Mail::parse(typed.get("mail")).map_err(|why| wrong.mail = Some(why.to_string()));
    let (Some(age), Ok(handle), Ok(mail)) = (age, handle, mail) else {
        let body = form(&app, &published, None, &typed, &wrong);
        return below(&app, StatusCode::UNPROCESSABLE_ENTITY, &slug, body);
    };
    match by_mail(&app, &published.slug, (&handle, &mail), (age, &sent)).await {
        Ok(()) => Redirect::to(&format!("/groups/{slug}/joining?sent=yes")).into_response(),
        Err(JoiningError::Store(why)) => look::refused(&app, &why, &Wanted::parse("")),
        Err(why) => look::our_fault(&app, &why),
    }
}

/// What the link of the letter asks; a page with a button does it.
pub(crate) async fn open(State(app): State<App>, Path(token): Path<String>) -> Response {
    let found = async { joining::find(&mut app.read().await?, &token).await };
    let slug = match found.await {
        Ok(Some(slug)) => slug,
        Ok(None) => return over(&app),
        Err(why) => return look::our_fault(&app, &why),
    };
    let words = app.words();
    let title = match group(&app, slug.as_str()).await {
        Ok(Some(published)) => published.listing.title.to_string(),
        _ => return over(&app),
    };
    let body = html! {
        h1 { (words.say("asking-open")) }
        p.lead { (title) }
        p { (words.say("asking-open-more")) }
        form method="post" action=(format!("/sign-in/joining/{token}")) {
            (once::field())
            button.button type="submit" { (words.say("asking-act")) }
        }
    };
    look::narrow(&app, StatusCode::OK, body)
}

pub(crate) async fn take_up(State(app): State<App>, Path(token): Path<String>, before: Before) -> Response {
    match used(&app, &token).await {
        Ok(Some((proof, slug))) => {
            let to = Wanted::parse(&address(slug.as_str()));
            sign_in_as(&app, &proof, &to, before).await
        }
        Ok(None) | Err(JoiningError::AccountClosed) => over(&app),
        Err(JoiningError::Store(why)) => look::refused(&app, &why, &Wanted::parse("")),
        Err(why) => {
            let words = app.words();
            let said = match why {
                JoiningError::Ask(why) => words.say(saying::ask_refused(why)),
                JoiningError::InAlready => words.say("joining-in-already"),
                _ => words.say("joining-leads"),
            };
            let body = html! {
                h1 { (words.say("joining-not-done")) }
                (parts::notice(Tone::Ochre, &said, html! {}))
                p { a.button href="/groups" { (words.say("finding-nav")) } }
            };
            look::narrow(&app, StatusCode::CONFLICT, body)
        }
    }
}

/// The group, if one can ask for a place in it; else the page that comes instead.
async fn asked_of(app: &App, slug: &str) -> Result<Published, Response> {
    match group(app, slug).await {
        Ok(Some(published)) if is_open(&published) => Ok(published),
        Ok(_) => Err(look::not_found(State(app.clone())).await),
        Err(why) => Err(look::our_fault(app, &why)),
    }
}

/// Whether one can ask for a place on this page.
pub(crate) fn is_open(published: &Published) -> bool {
    published.gone.is_none() && takes(&published.listing)
}

/// Whether one can ask for a place in a group that is listed.
pub(crate) fn takes(listing: &Listing) -> bool {
    listing.source == domain::groups::Source::Own && AskRefused::check(listing.kind, listing.seats).is_ok()
}

/// Who asked before sends along what they answered in the chooser all the same.
async fn ask(
    app: &App,
    person: &Person,
    slug: &Slug,
    age: Age,
    sent: &[Answer],
) -> Result<Slug, JoiningError> {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(slug)).await?;
        let asked = match joining::ask(&mut permit, age, told).await {
            Err(JoiningError::AskedAlready(asked)) if !sent.is_empty() => asked,
            other => other?,
        };
        if !sent.is_empty() {
            let on = On::Application(&asked);
            let mut permit = writing.permit::<AnswerScreening>(on).await?;
            joining::send_chosen(&mut permit, &asked, sent).await?;
        }
        writing.commit().await?;
        Ok(asked)
    })
    .await
}

async fn by_mail(
    app: &App,
    slug: &Slug,
    who: (&Handle, &Mail),
    what: (Age, &[Answer]),
) -> Result<(), JoiningError> {
    let words = app.words();
    let subject = letters::subject(words);
    let body = |token: &str| letters::asking(words, app.settings(), token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(Who::Visitor).await?;
    joining::by_mail(&mut writing, slug, who, what, &letter).await?;
    Ok(writing.commit().await?)
}

async fn used(app: &App, token: &str) -> Result<Option<(Proof, Slug)>, JoiningError> {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        let mut writing = app.store().write(Who::Visitor).await?;
        let used = joining::take_up(&mut writing, token, told).await?;
        writing.commit().await?;
        Ok(used)
    })
    .await
}

fn form(app: &App, published: &Published, someone: Option<&SignedIn>, typed: &Form, wrong: &Wrong) -> Markup {
    let words = app.words();
    let days = FluentValue::from(LASTS.num_days());
    html! {
        h1 { (words.say("asking")) }
        p.lead { (published.listing.title) }
        p { (words.say("asking-what")) }
        form.stack method="post" action=(format!("/groups/{}/joining", published.slug)) {
            (once::field())
            @match someone {
                Some(signed_in) => p { (words.with("asking-as", &[("name", signed_in.handle().to_string().into())])) },
                None => {
                    (Field { name: "handle", label: words.say("asking-handle"), hint: Some(words.say("asking-handle-hint")), value: typed.get("handle"), error: wrong.handle.clone(), autocomplete: "name", ..Field::default() }.draw())
                    (Field { name: "mail", label: words.say("field-mail"), hint: Some(words.with("asking-mail-hint", &[("days", days)])), kind: "email", value: typed.get("mail"), error: wrong.mail.clone(), autocomplete: "email", ..Field::default() }.draw())
                }
            }
            fieldset.plain {
                legend { (words.say("asking-age")) }
                @if let Some(wrong) = &wrong.age { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
                @for (age, said) in [(Age::Adult, "asking-age-adult"), (Age::Minor, "asking-age-minor")] {
                    label.option {
                        input type="radio" name="age" value=(age.name()) checked[typed.get("age") == age.name()];
                        span { (words.say(said)) }
                    }
                }
            }
            (chosen::part(app, typed))
            p.hint { (words.say("asking-kept")) }
            div.acts { button.button type="submit" { (words.say("asking-act")) } }
        }
        @if someone.is_none() && chosen::is_carried(app, typed) {
            (chosen::signing_in(app, &published.slug, typed))
        } @else if someone.is_none() {
            p { (words.say("asking-have-account")) " " a href=(Wanted::parse(&format!("/groups/{}/joining", published.slug)).after("/sign-in")) { (words.say("sign-in")) } }
        }
    }
}

fn asked(app: &App) -> Markup {
    let words = app.words();
    let days = FluentValue::from(LASTS.num_days());
    html! {
        h1 { (words.say("asking-sent")) }
        p.lead { (words.with("asking-sent-more", &[("days", days)])) }
        p { a.button href="/groups" { (words.say("finding-nav")) } }
    }
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        p.lead { (words.say("asking-over-more")) }
        p { a.button href="/groups" { (words.say("finding-nav")) } }
    };
    look::narrow(app, StatusCode::NOT_FOUND, body)
}
