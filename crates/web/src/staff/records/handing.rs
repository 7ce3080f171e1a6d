//! `/staff/groups/{slug}/records/handover`: all that somebody keeps in a group is handed over at once, when they leave or have left.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Action;
use domain::groups::Slug;
use domain::people::Handle;
use maud::{Markup, html};
use store::acts::{SeePart, SeeRecord, SeeRoster};
use store::records::{self, Keeps, RecordError};
use store::{On, Reading, StoreError};

use super::{list, parse, rules, said};
use crate::form::Form;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::Words;

/// Whose records the one who looks can hand over, and to whom.
pub(super) struct Handing {
    from: Vec<Keeps>,
    to: Vec<(Slug, Handle)>,
}

/// One's own; whoever supervises the group: everybody's.
pub(super) async fn read(reading: &mut Reading, group: &Slug) -> Result<Handing, StoreError> {
    let mut handing = Handing {
        from: Vec::new(),
        to: Vec::new(),
    };
    if store::may(reading, Action::SeeRecord, On::Own(group)).await? {
        let mut permit = reading.permit::<SeeRoster>(On::Group(group)).await?;
        let supervises = records::supervises(&mut permit).await?;
        handing.to = records::leaders(&mut permit).await?;
        handing.from = records::keepers(&mut permit).await?;
        handing.from.retain(|keeps| supervises || keeps.is_me);
    }
    Ok(handing)
}

/// Nothing where nobody keeps anything.
pub(super) fn form(words: &Words, slug: &str, handing: &Handing, typed: &Form) -> Markup {
    let from = handing.from.iter().map(|keeps| {
        let said = words.with(
            "handover-keeps",
            &[
                ("name", keeps.handle.to_string().into()),
                ("sessions", keeps.sessions.into()),
                ("parts", keeps.parts.into()),
            ],
        );
        let chosen = typed.get("from") == keeps.person.as_str();
        (keeps.person.to_string(), said, chosen)
    });
    let from: Vec<_> = from.collect();
    let to = handing.to.iter().map(|(slug, handle)| {
        let chosen = typed.get("to") == slug.as_str();
        (slug.to_string(), handle.to_string(), chosen)
    });
    let to: Vec<_> = to.collect();
    if from.is_empty() {
        return html! {};
    }
    html! {
        details.adding open[!typed.get("from").is_empty()] {
            summary { (words.say("handover-title")) }
            p.hint { (words.say("handover-more")) }
            @if to.is_empty() { p { (words.say("handover-nobody")) } }
            @else {
                form.stack method="post" action=(format!("/staff/groups/{slug}/records/handover")) {
                    (once::field())
                    (parts::select("from", &words.say("handover-from"), &from))
                    (parts::select("to", &words.say("record-hand-over-to"), &to))
                    div.acts { button.button.plain type="submit" { (words.say("handover-act")) } }
                }
            }
        }
    }
}

/// Hands over all of it in one change, or nothing.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let here = format!("/staff/groups/{slug}/records");
    match hand_over(&app, &person, &slug, &form).await {
        Ok((sessions, parts)) => {
            let first = app.words().with(
                "handover-done",
                &[("sessions", sessions.into()), ("parts", parts.into())],
            );
            let told = parts::notice(Tone::Plain, &first, html! {});
            list::draw(&app, &person, &slug, StatusCode::OK, &Form::default(), Some(told)).await
        }
        Err(why) => match said(&app, why, &here) {
            Ok(wrong) => {
                let told = parts::mistakes(Tone::Clay, &wrong, &app.words().say("handover-none"), &[]);
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                list::draw(&app, &person, &slug, status, &form, Some(told)).await
            }
            Err(page) => *page,
        },
    }
}

/// How many records of sessions, and how many parts.
async fn hand_over(
    app: &App,
    person: &Person,
    slug: &str,
    form: &Form,
) -> Result<(usize, usize), RecordError> {
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeRecord>(On::Own(&group)).await?;
    let from = Slug::parse(form.get("from")).map_err(|_| RecordError::KeepsNothing)?;
    let to = Slug::parse(form.get("to")).map_err(|_| RecordError::DoesNotLead)?;
    let sessions = records::hand_over_sessions(&mut permit, &from, &to, rules(app)).await?;
    let mut parts = 0;
    if store::may(&mut writing, Action::SeePart, On::Group(&group)).await? {
        let mut permit = writing.permit::<SeePart>(On::Group(&group)).await?;
        parts = records::hand_over_parts(&mut permit, &from, &to, rules(app)).await?;
    }
    if sessions + parts == 0 {
        return Err(RecordError::KeepsNothing);
    }
    writing.commit().await?;
    Ok((sessions, parts))
}
