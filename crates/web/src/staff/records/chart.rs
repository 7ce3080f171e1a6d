//! `/staff/groups/{slug}/people/{person}/chart`: how a member is doing, as the record has it: goals, being there, and the sessions with
//! their own parts. Nobody else is in it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Action;
use domain::groups::Slug;
use maud::{Markup, html};
use store::acts::{SeePart, SeePlans};
use store::consents::{self, Agreed};
use store::records::{self, Chart, Entry, Known};
use store::{On, StoreError};

use super::{chart_address, goals, parse, part_address};
use crate::form::{Form, SEEN};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::leading::saying::{icon, presence};
use crate::staff::{Place, page_with};
use crate::state::App;

struct Shown {
    title: String,
    name: String,
    chart: Chart,
    known: Known,
    /// To whom they agreed that it is given, and by which consent.
    consents: Vec<Agreed>,
    may_write: bool,
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, whose)): Path<(String, String)>,
) -> Response {
    draw(
        &app,
        &person,
        (&slug, &whose),
        StatusCode::OK,
        &Form::default(),
        None,
    )
    .await
}

pub(super) async fn draw(
    app: &App,
    person: &Person,
    (slug, whose): (&str, &str),
    status: StatusCode,
    form: &Form,
    wrong: Option<String>,
) -> Response {
    match read(app, person, slug, whose).await {
        Ok(shown) => {
            let up = Some((format!("/staff/groups/{slug}/people"), app.words().say("people")));
            let body = body(app, slug, whose, &shown, form, wrong);
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&chart_address(slug, whose))),
    }
}

async fn read(app: &App, person: &Person, slug: &str, whose: &str) -> Result<Shown, StoreError> {
    let (group, whose) = (parse(slug)?, parse(whose)?);
    let mut writing = app.store().write(person.who()).await?;
    let on = On::PersonIn(&whose, &group);
    let mut permit = writing.permit::<SeePart>(on).await?;
    let chart = records::chart(&mut permit).await?;
    let known = records::known(&mut permit).await?;
    let name = records::name(&mut permit).await?;
    let consents = consents::that_hold(&mut permit).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&group)).await?;
    let title = records::title(&mut permit).await?;
    let may_write = store::may(&mut writing, Action::WritePart, On::ByMe(&whose, &group)).await?;
    writing.commit().await?;
    Ok(Shown {
        title,
        name: name.to_string(),
        chart,
        known,
        consents,
        may_write,
    })
}

fn body(app: &App, slug: &str, whose: &str, shown: &Shown, form: &Form, wrong: Option<String>) -> Markup {
    let words = app.words();
    html! {
        h1 { (shown.name) }
        p.lead { (shown.title) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Ochre, &wrong, "", &[])) }
        div.two-columns {
            section aria-labelledby="goals" {
                h2 #goals { (words.say("chart-goals")) }
                (goals::drawn(app, &format!("{}/goals", chart_address(slug, whose)), &shown.chart.goals, shown.may_write, form))
            }
            section aria-labelledby="being-there" {
                h2 #being-there { (words.say("chart-being-there")) }
                (being_there(app, &shown.chart))
            }
        }
        @if !shown.chart.entries.is_empty() {
            section aria-labelledby="sessions" {
                h2 #sessions { (words.say("chart-sessions")) }
                @for entry in &shown.chart.entries { (session(app, slug, whose, entry)) }
            }
        }
        (super::summary::offer(app, slug, whose, &shown.consents))
        @if shown.may_write { (known(app, slug, whose, &shown.known)) }
    }
}

/// A mark for each session, and what they come to; a prompt to ask where a rule says so.
fn being_there(app: &App, chart: &Chart) -> Markup {
    let words = app.words();
    let attended = chart.attended();
    let there = attended.iter().filter(|one| one.presence.was_there()).count();
    let prompt = domain::attendance::prompt(&attended, chart.asked);
    html! {
        @if attended.is_empty() { p { (words.say("chart-no-sessions")) } }
        @else { p { (words.with("chart-there", &[("there", there.into()), ("held", attended.len().into())])) } }
        ol.presences {
            @for one in &attended {
                li title=(words.say(presence(one.presence))) {
                    (icon(one.presence).draw()) span.said { (saying::date_short(words, one.on)) ": " (words.say(presence(one.presence))) }
                }
            }
        }
        @if prompt.is_some() { (parts::mistakes(Tone::Plain, &words.say("chart-ask"), &words.say("chart-ask-more"), &[])) }
    }
}

fn session(app: &App, slug: &str, whose: &str, entry: &Entry) -> Markup {
    let words = app.words();
    let date = entry.date.to_string();
    html! {
        article.chart-session {
            h3 {
                a href=(part_address(slug, &date, whose)) { (saying::date_with_year(words, entry.date, app.today())) }
                " " span.meta { (words.say(presence(entry.presence))) }
            }
            @match &entry.part {
                Some(part) => { (super::drawing::read(app, &part.words)) p.meta { (words.with("chart-by", &[("name", part.by.to_string().into())])) } }
                None => { @if entry.presence.was_there() { p.meta { (words.say("chart-no-part")) } } }
            }
            @if let Some(record) = &entry.session {
                details.adding { summary { (words.say("record-title")) } (super::drawing::read(app, &record.words)) }
            }
        }
    }
}

/// By what the name guard tells them besides their name.
fn known(app: &App, slug: &str, whose: &str, known: &Known) -> Markup {
    let words = app.words();
    let shown = super::known::written(known);
    let area = |name: &'static str, label: &str, hint: &str| {
        let field = Field {
            name,
            label: words.say(label),
            hint: Some(words.say(hint)),
            value: shown.raw(name),
            ..Field::default()
        };
        field.draw_area()
    };
    html! {
        details.adding {
            summary { (words.say("known-title")) }
            p.hint { (words.say("known-lead")) }
            form.stack method="post" action=(format!("{}/known", chart_address(slug, whose))) {
                (once::field())
                input type="hidden" name=(SEEN) value=(shown.get(SEEN));
                (area("names", "known-names", "known-names-hint"))
                (area("nicknames", "known-nicknames", "known-nicknames-hint"))
                (area("phones", "known-phones", "known-phones-hint"))
                (area("facts", "known-facts", "known-facts-hint"))
                div.acts { button.button.plain type="submit" { (words.say("known-act")) } }
            }
        }
    }
}

/// The group and the person of an address.
pub(super) fn both(slug: &str, whose: &str) -> Result<(Slug, Slug), StoreError> {
    Ok((parse(slug)?, parse(whose)?))
}
