//! `/me/joining/{application}/answers`: the questions before the conversation. One about safety is always there; what may be about danger
//! shows help at once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Slug;
use domain::joining::{Answer, Answers, Question, Safety};
use domain::text::Prose;
use maud::{Markup, html};
use store::acts::{AnswerScreening, SeeApplications, SeeScreening};
use store::joining::{self, JoiningError, OnTheWay};
use store::{On, StoreError};

use super::{News, address, own_page, refused, saying, show};
use crate::form::Form;
use crate::helping;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

struct Asked {
    one: OnTheWay,
    slug: Slug,
    questions: Vec<Question>,
}

pub(crate) async fn edit(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let asked = match asked(&app, &person, &slug).await {
        Ok(asked) => asked,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    };
    let before = match before(&app, &person, &asked.slug).await {
        Ok(before) => before,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    };
    page(
        &app,
        &person,
        StatusCode::OK,
        &asked,
        &typed(&asked, before.as_ref()),
        None,
    )
}

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let asked = match asked(&app, &person, &slug).await {
        Ok(asked) => asked,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    };
    let Some(safety) = Safety::named(form.get("safety")) else {
        let missing = app.words().say("answers-safety-missing");
        return page(
            &app,
            &person,
            StatusCode::UNPROCESSABLE_ENTITY,
            &asked,
            &form,
            Some(missing),
        );
    };
    let mut said = Vec::new();
    for question in &asked.questions {
        let written = form.get(&field(question));
        if written.is_empty() {
            continue;
        }
        match Prose::parse(written) {
            Ok(answer) => said.push(Answer {
                question: question.text.clone(),
                answer,
            }),
            Err(why) => {
                let wrong = format!("{} {why}", question.text);
                return page(
                    &app,
                    &person,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &asked,
                    &form,
                    Some(wrong),
                );
            }
        }
    }
    let answers = Answers {
        safety,
        answers: said,
    };
    match keep(&app, &person, &asked.slug, &answers).await {
        Ok(()) if safety.is_risk() => help(&app, &person, asked.slug.as_str(), &helping::card(&app, &[])),
        Ok(()) => Redirect::to(&address(&slug)).into_response(),
        Err(why) => refused(&app, &person, &address(&slug), why),
    }
}

async fn asked(app: &App, person: &Person, slug: &str) -> Result<Asked, StoreError> {
    let (one, slug) = show::mine(app, person, slug).await?;
    if !one.way.is_open() {
        return Err(domain::access::Denied::NoRight.into());
    }
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
    let own = joining::questions(&mut permit).await?;
    Ok(Asked {
        one,
        slug,
        questions: own.unwrap_or_else(|| app.content().screening.clone()),
    })
}

async fn before(app: &App, person: &Person, slug: &Slug) -> Result<Option<Answers>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeScreening>(On::Application(slug)).await?;
    let found = joining::answers(&mut permit, slug).await?;
    writing.commit().await?;
    Ok(found.map(|(answers, _)| answers))
}

async fn keep(app: &App, person: &Person, slug: &Slug, answers: &Answers) -> Result<(), JoiningError> {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<AnswerScreening>(On::Application(slug)).await?;
        joining::answer(&mut permit, slug, answers, told).await?;
        Ok(writing.commit().await?)
    })
    .await
}

/// What was answered before, as it would be typed.
fn typed(asked: &Asked, before: Option<&Answers>) -> Form {
    let mut form = Form::default();
    if let Some(before) = before {
        form.put("safety", before.safety.name());
        for question in &asked.questions {
            let said = before.answers.iter().find(|one| one.question == question.text);
            form.put(&field(question), said.map_or("", |one| one.answer.as_str()));
        }
    }
    form
}

fn field(question: &Question) -> String {
    format!("q-{}", question.id.as_str())
}

fn page(
    app: &App,
    person: &Person,
    status: StatusCode,
    asked: &Asked,
    typed: &Form,
    wrong: Option<String>,
) -> Response {
    let words = app.words();
    let here = address(asked.slug.as_str());
    let body = html! {
        h1 { (words.say("answers")) }
        p.lead { (asked.one.listing.title) }
        p { (words.say("answers-lead")) }
        @if let Some(wrong) = &wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        form.stack method="post" action=(format!("{here}/answers")) {
            (once::field())
            fieldset.plain {
                legend { (words.say("answers-safety")) }
                p.hint { (words.say("answers-safety-hint")) }
                @for safety in Safety::ALL {
                    label.option {
                        input type="radio" name="safety" value=(safety.name()) checked[typed.get("safety") == safety.name()];
                        span { (words.say(saying::safety(safety))) }
                    }
                }
            }
            @for question in &asked.questions {
                @let name = field(question);
                (Field { name: &name, label: question.text.to_string(), hint: question.hint.as_ref().map(ToString::to_string), value: typed.get(&name), ..Field::default() }.draw_area())
            }
            p.hint { (words.say("answers-kept")) }
            div.acts { button.button type="submit" { (words.say("answers-act")) } }
        }
    };
    own_page(app, status, person, (here, words.say("joining-back")), body)
}

/// Help before all else; the answers are kept, and whoever leads the group is told.
pub(super) fn help(app: &App, person: &Person, slug: &str, card: &Markup) -> Response {
    let words = app.words();
    let here = address(slug);
    let body = html! {
        h1 { (words.say("answers-help")) }
        p.lead { (words.say("answers-help-lead")) }
        (card)
        p { (words.say("answers-help-told")) }
        p { a.button.plain href=(here) { (words.say("joining-back")) } }
    };
    own_page(
        app,
        StatusCode::OK,
        person,
        (here.clone(), words.say("joining-back")),
        body,
    )
}
