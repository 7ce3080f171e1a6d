//! `/staff/groups/{slug}/billing`: attended sessions as a sheet for billing, under the code that the organisation chose or another for one sheet.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, NaiveDate};
use domain::attendance::{Code, Row};
use domain::groups::Slug;
use domain::text::Line;
use feeds::sheet;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{MarkAttendance, SeeAttendance, SeePlans};
use store::records::{self, HandedOver};
use store::{On, StoreError};

use super::parse;
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// What is asked for; empty: this month, the organisation's code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    from: String,
    until: String,
    code: String,
}

struct Chosen {
    from: NaiveDate,
    until: NaiveDate,
    code: Code,
}

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/billing")
}

/// What was chosen, or what is wrong with it.
fn chosen(app: &App, asked: &Asked) -> Result<Chosen, String> {
    let today = app.today();
    let day = |typed: &str, usual: NaiveDate| match typed {
        "" => Ok(usual),
        typed => typed.parse().map_err(|_| app.words().say("billing-day")),
    };
    let from = day(&asked.from, today.with_day(1).unwrap_or(today))?;
    let until = day(&asked.until, today)?;
    let code = match asked.code.as_str() {
        "" => app.settings().billing_code.clone(),
        typed => Code::parse(typed).map_err(|why| why.to_string())?,
    };
    if until < from {
        return Err(app.words().say("billing-order"));
    }
    Ok(Chosen { from, until, code })
}

async fn read(
    app: &App,
    person: &Person,
    slug: &str,
    chosen: Option<&Chosen>,
) -> Result<(String, Option<HandedOver>), StoreError> {
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeAttendance>(On::Group(&group)).await?;
    let found = match chosen {
        Some(chosen) => {
            let days = (chosen.from, chosen.until);
            Some(records::handover(&mut permit, days, &chosen.code).await?)
        }
        None => None,
    };
    let mut permit = writing.permit::<SeePlans>(On::Group(&group)).await?;
    let title = records::title(&mut permit).await?;
    writing.commit().await?;
    Ok((title, found))
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    draw(&app, &person, &slug, &asked, StatusCode::OK, None).await
}

async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    asked: &Asked,
    status: StatusCode,
    wrong: Option<String>,
) -> Response {
    let (chosen, status, wrong) = match chosen(app, asked) {
        Ok(chosen) => (Some(chosen), status, wrong),
        Err(why) => (None, StatusCode::UNPROCESSABLE_ENTITY, Some(why)),
    };
    match read(app, person, slug, chosen.as_ref()).await {
        Ok((title, found)) => {
            let up = Some((
                format!("/staff/groups/{slug}/records"),
                app.words().say("records-title"),
            ));
            let body = body(app, slug, &title, asked, chosen.as_ref(), found.as_ref(), wrong);
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here(slug))),
    }
}

/// The sheet itself.
pub(crate) async fn csv(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let chosen = match chosen(&app, &asked) {
        Ok(chosen) => chosen,
        Err(why) => {
            return draw(
                &app,
                &person,
                &slug,
                &asked,
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(why),
            )
            .await;
        }
    };
    match read(&app, &person, &slug, Some(&chosen)).await {
        Ok((_, found)) => {
            let mut text = sheet::begin(sheet::Mark::ByteOrder);
            sheet::line(&mut text, Row::HEAD.map(str::to_owned));
            for row in found.iter().flat_map(|found| &found.rows) {
                sheet::line(&mut text, row.cells());
            }
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"sessions.csv\"",
                ),
            ];
            (headers, text).into_response()
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

/// The number by which billing knows a member.
pub(crate) async fn number(
    State(app): State<App>,
    person: Person,
    Path((slug, whose)): Path<(String, String)>,
    form: Form,
) -> Response {
    let typed = form.get("number");
    let number = Line::parse(typed).ok();
    let done = async {
        let (group, about): (Slug, Slug) = (parse(&slug)?, parse(&whose)?);
        let mut writing = app.store().write(person.who()).await?;
        let on = On::PersonIn(&about, &group);
        let mut permit = writing.permit::<MarkAttendance>(on).await?;
        records::set_number(&mut permit, number.as_ref()).await?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

fn body(
    app: &App,
    slug: &str,
    title: &str,
    asked: &Asked,
    chosen: Option<&Chosen>,
    found: Option<&HandedOver>,
    wrong: Option<String>,
) -> Markup {
    let words = app.words();
    let shown = |typed: &str, usual: Option<String>| match typed {
        "" => usual.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let from = shown(&asked.from, chosen.map(|chosen| chosen.from.to_string()));
    let until = shown(&asked.until, chosen.map(|chosen| chosen.until.to_string()));
    let code = shown(&asked.code, chosen.map(|chosen| chosen.code.to_string()));
    html! {
        h1 { (words.say("billing-title")) }
        p.lead { (title) }
        p { (words.say("billing-lead")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Ochre, &wrong, "", &[])) }
        form.stack method="get" action=(here(slug)) {
            (Field { name: "from", label: words.say("billing-from"), kind: "date", value: &from, ..Field::default() }.draw())
            (Field { name: "until", label: words.say("billing-until"), kind: "date", value: &until, ..Field::default() }.draw())
            (Field { name: "code", label: words.say("billing-code"), hint: Some(words.with("billing-code-hint", &[("usual", app.settings().billing_code.to_string().into())])), value: &code, ..Field::default() }.draw())
            div.acts { button.button.plain type="submit" { (words.say("billing-show")) } }
        }
        @if let (Some(found), Some(chosen)) = (found, chosen) {
            @for (person, handle) in &found.without_number {
                form.inline method="post" action=(format!("/staff/groups/{slug}/people/{person}/billing")) {
                    (once::field())
                    (Field { name: "number", label: words.with("billing-number", &[("name", handle.to_string().into())]), hint: Some(words.say("billing-number-hint")), form: person.as_str(), ..Field::default() }.draw())
                    button.button.plain.small type="submit" { (words.say("billing-number-act")) }
                }
            }
            @if found.rows.is_empty() { p { (words.say("billing-none")) } }
            @else {
                table.sheet {
                    thead { tr { @for head in ["billing-head-date", "billing-head-member", "billing-head-code", "billing-head-minutes", "billing-head-leader"] { th scope="col" { (words.say(head)) } } } }
                    tbody { @for row in &found.rows { tr { @for cell in row.cells() { td { (cell) } } } } }
                }
                p { a.button href=(format!("{}.csv?from={}&until={}&code={}", here(slug), chosen.from, chosen.until, chosen.code)) { (words.say("billing-download")) } }
            }
        }
    }
}
