//! `/groups/{slug}/coming`: "I'm coming", for whoever comes for the first time. Without an account it gives one, and shows once the
//! number that brings them back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::agreements::{Text, TextHash};
use domain::coming::{Part, Refusal, ahead};
use domain::people::Handle;
use maud::{Markup, html};
use store::acts::Come;
use store::coming::{self, Ask, ComingError, When};
use store::listings::Published;
use store::signing::code::Code;
use store::{On, SignedIn, Who, sessions};

use super::{address, rules, saying, when};
use crate::form::Form;
use crate::group::below;
use crate::joining::{agreements, group};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Before, Maybe, Person, Wanted, set};
use crate::state::App;

/// What was wrong, by field.
#[derive(Default)]
struct Wrong {
    handle: Option<String>,
    when: Option<String>,
    rules: Option<String>,
}

/// Whether one says here that one comes.
pub(crate) fn is_open(published: &Published, now: DateTime<Utc>) -> bool {
    published.gone.is_none()
        && Refusal::of_someone_new(&published.listing).is_ok()
        && !ahead(&published.listing, now).is_empty()
}

pub(crate) async fn show(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(slug): Path<String>,
) -> Response {
    let (published, text) = match asked(&app, &slug).await {
        Ok(Some(asked)) => asked,
        Ok(None) => return look::not_found(State(app)).await,
        Err(why) => return look::our_fault(&app, &why),
    };
    let said = (&Form::default(), &Wrong::default());
    let body = form(&app, &published, text.as_ref(), someone.as_ref(), said);
    below(&app, StatusCode::OK, &slug, body)
}

pub(crate) async fn create(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(slug): Path<String>,
    before: Before,
    typed: Form,
) -> Response {
    let (published, text) = match asked(&app, &slug).await {
        Ok(Some(asked)) => asked,
        Ok(None) => return look::not_found(State(app)).await,
        Err(why) => return look::our_fault(&app, &why),
    };
    let words = app.words();
    let mut wrong = Wrong::default();
    let handle = Handle::parse(typed.get("handle")).map_err(|why| wrong.handle = Some(why.to_string()));
    let when = when(&typed);
    if when.is_none() {
        wrong.when = Some(words.say("coming-when-missing"));
    }
    let hash = TextHash::parse(typed.get("rules"));
    if text.is_some() && hash.is_none() {
        wrong.rules = Some(words.say("coming-rules-first"));
    }
    let draw = |wrong: &Wrong| {
        let body = form(&app, &published, text.as_ref(), someone.as_ref(), (&typed, wrong));
        below(&app, StatusCode::UNPROCESSABLE_ENTITY, &slug, body)
    };
    let (Ok(handle), Some(when), None) = (handle, when, &wrong.rules) else {
        return draw(&wrong);
    };
    let ask = Ask {
        when,
        part: Some(part(&typed)),
        handle: Some(&handle),
        rules: hash.as_ref(),
    };
    let done = match someone.clone() {
        Some(signed_in) => come(&app, &Person(signed_in), &published, ask).await,
        None => arrive(&app, &published, ask, before).await,
    };
    let said = |why: &ComingError| Some(words.say(saying::error(why)));
    match done {
        Ok(response) => response,
        Err(ComingError::Store(why)) => look::refused(&app, &why, &Wanted::parse("")),
        Err(why @ (ComingError::HandleTaken | ComingError::HandleMissing)) => {
            wrong.handle = said(&why);
            draw(&wrong)
        }
        Err(why @ ComingError::RulesFirst) => {
            wrong.rules = said(&why);
            draw(&wrong)
        }
        Err(why @ ComingError::Refused(_)) => {
            wrong.when = said(&why);
            draw(&wrong)
        }
    }
}

/// A group to which one says so, and its ground rules.
async fn asked(app: &App, slug: &str) -> Result<Option<(Published, Option<Text>)>, store::StoreError> {
    let Some(published) = group(app, slug).await?.filter(|one| is_open(one, app.now())) else {
        return Ok(None);
    };
    let text = rules(app, &published.slug).await?;
    Ok(Some((published, text)))
}

async fn come(
    app: &App,
    person: &Person,
    published: &Published,
    ask: Ask<'_>,
) -> Result<Response, ComingError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Come>(On::MyselfIn(&published.slug)).await?;
    coming::come(&mut permit, ask, &app.content().agreements).await?;
    writing.commit().await?;
    Ok(Redirect::to(&address(published.slug.as_str())).into_response())
}

/// Without an account: all of it is one change, and the browser is signed in by it.
async fn arrive(
    app: &App,
    published: &Published,
    ask: Ask<'_>,
    Before(before): Before,
) -> Result<Response, ComingError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    let texts = &app.content().agreements;
    let (proof, code) = coming::arrive(&mut writing, &published.slug, ask, texts).await?;
    if let Some(token) = &before {
        sessions::leave(&mut writing, &proof, token).await?;
    }
    let token = sessions::begin(&mut writing, &proof).await?;
    writing.commit().await?;
    let body = arrived(app, published, ask.when, &code);
    let page = below(app, StatusCode::OK, published.slug.as_str(), body);
    Ok(set(app, page, &token))
}

fn part(form: &Form) -> Part {
    Part::named(form.get("part")).unwrap_or(Part::Talk)
}

fn form(
    app: &App,
    published: &Published,
    text: Option<&Text>,
    someone: Option<&SignedIn>,
    (typed, wrong): (&Form, &Wrong),
) -> Markup {
    let words = app.words();
    let meetings = ahead(&published.listing, app.now());
    let chosen = typed.get("when");
    html! {
        h1 { (words.say("coming")) }
        p.lead { (published.listing.title) }
        p { (words.say("coming-what")) }
        @if someone.is_some() {
            p { a href=(address(published.slug.as_str())) { (words.say("coming-said-already")) } }
        }
        form.stack method="post" action=(format!("/groups/{}/coming", published.slug)) {
            (once::field())
            (Field { name: "handle", label: words.say("coming-handle"), hint: Some(words.say("coming-handle-hint")), value: typed.get("handle"), error: wrong.handle.clone(), autocomplete: "nickname", ..Field::default() }.draw())
            fieldset.plain {
                legend { (words.say("coming-when")) }
                @if let Some(wrong) = &wrong.when { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
                @for (number, meeting) in meetings.iter().enumerate() {
                    @let value = meeting.date.to_string();
                    label.option {
                        input type="radio" name="when" value=(value) checked[chosen == value || (chosen.is_empty() && number == 0)];
                        span { (saying::meeting(words, meeting)) }
                    }
                }
                label.option {
                    input type="radio" name="when" value="regularly" checked[chosen == "regularly"];
                    span { (words.say("coming-regularly")) }
                }
            }
            label.option {
                input type="checkbox" name="part" value=(Part::Listen.name()) checked[part(typed) == Part::Listen];
                span { (words.say("coming-listen")) }
            }
            @if let Some(text) = text {
                @let hash = text.hash().to_string();
                section {
                    h2 { (text.title()) }
                    (agreements::words(text))
                    @if let Some(wrong) = &wrong.rules { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
                    label.option {
                        input type="checkbox" name="rules" value=(hash) checked[typed.get("rules") == hash];
                        span { (words.say("coming-rules-agree")) }
                    }
                }
            }
            p.hint { (words.say("coming-kept")) }
            div.acts { button.button type="submit" { (words.say("coming-act")) } }
        }
        @if someone.is_none() {
            p { (words.say("coming-before")) " " a href=(Wanted::parse(&address(published.slug.as_str())).after("/sign-in")) { (words.say("sign-in")) } }
        }
    }
}

/// The number is shown here once, and never again.
fn arrived(app: &App, published: &Published, when: When, code: &Code) -> Markup {
    let words = app.words();
    let meetings = ahead(&published.listing, app.now());
    let meeting = match when {
        When::On(on) => meetings.iter().find(|meeting| meeting.date == on),
        When::Regularly => meetings.first(),
    };
    html! {
        h1 { (words.say("coming-done")) }
        @if let Some(meeting) = meeting { p.lead { (saying::meeting(words, meeting)) } }
        p { (words.say("coming-code-lead")) }
        p { code.secret { (code.reveal()) } }
        (parts::notice(Tone::Ochre, &words.say("coming-code-once"), html! { (words.say("coming-code-once-more")) }))
        p { a.button href=(address(published.slug.as_str())) { (words.say("coming-go-on")) } }
    }
}
