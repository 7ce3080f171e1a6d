//! `/staff/groups/{slug}/members`: how the memberships of a therapy group stand; pausing, leaving, completing, dropping out; and bringing
//! in who was in the group already, elsewhere: one person, or many by a sheet with a report for each row.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::groups::Slug;
use domain::joining::{Membership, MembershipAct, Reason, Standing};
use maud::{Markup, html};
use store::acts::{Decide, SeeIntake};
use store::joining::{self, Counted, InTheGroup, JoiningError};
use store::{On, StoreError};

use super::sheet::{self, Became, Row};
use crate::form::Form;
use crate::joining::{parse, refused, saying};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/members")
}

struct Shown {
    title: String,
    members: Vec<InTheGroup>,
    counted: Counted,
    may_decide: bool,
    may_bring_in: bool,
}

pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, &Form::default(), None, &[]).await
}

async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    status: StatusCode,
    typed: &Form,
    wrong: Option<&str>,
    rows: &[Row],
) -> Response {
    match read(app, person, slug).await {
        Ok(shown) => {
            let up = Some((format!("/staff/groups/{slug}"), shown.title.clone()));
            let body = body(app, slug, &shown, typed, wrong, rows);
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here(slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeIntake>(On::Group(&slug)).await?;
    let title = joining::therapy(&mut permit).await?.title.to_string();
    let members = joining::memberships(&mut permit).await?;
    let counted = joining::counted(&mut permit).await?;
    Ok(Shown {
        title,
        members,
        counted,
        may_decide: store::may(&mut reading, Action::Decide, On::Group(&slug)).await?,
        may_bring_in: store::may(&mut reading, Action::ChangeRoster, On::Group(&slug)).await?,
    })
}

/// Those of a therapy group's members now who were brought in, for whom that may be told.
pub(crate) async fn brought_in(app: &App, person: &Person, group: &Slug) -> Option<Vec<Slug>> {
    let mut reading = app.store().read(person.who()).await.ok()?;
    let mut permit = reading.permit::<SeeIntake>(On::Group(group)).await.ok()?;
    joining::therapy(&mut permit).await.ok()?;
    let mut members = joining::memberships(&mut permit).await.ok()?;
    members.retain(|one| one.brought_in.is_some() && one.membership.has_place());
    Some(members.into_iter().map(|one| one.person).collect())
}

/// Brings in one person, as a sheet of one row.
pub(crate) async fn bring_in(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let typed = [
        form.get("name"),
        form.get("mail"),
        form.get("since"),
        form.get("screened_by"),
        form.get("age"),
    ];
    let row = match sheet::enter(&app, &person, &slug, 1, &typed.map(str::to_owned)).await {
        Ok(row) => row,
        Err(why) => return refused(&app, &person, &here(&slug), why),
    };
    match row.wrong {
        None => Redirect::to(&here(&slug)).into_response(),
        Some(wrong) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&app, &person, &slug, status, &form, Some(&wrong), &[]).await
        }
    }
}

/// Brings in many: each row is a change of its own, and each is told what became of it.
pub(crate) async fn bring_in_many(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    match sheet::enter_all(&app, &person, &slug, form.raw("sheet")).await {
        Ok(Became::Refused(wrong)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&app, &person, &slug, status, &form, Some(&wrong), &[]).await
        }
        Ok(Became::Read(rows)) => {
            draw(
                &app,
                &person,
                &slug,
                StatusCode::OK,
                &Form::default(),
                None,
                &rows,
            )
            .await
        }
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

pub(crate) async fn change(
    State(app): State<App>,
    person: Person,
    Path((slug, member)): Path<(String, String)>,
    form: Form,
) -> Response {
    let done = async {
        let (group, member) = (parse(&slug)?, parse(&member)?);
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Decide>(On::PersonIn(&member, &group)).await?;
        joining::therapy(&mut permit).await?;
        let act = act(&form).ok_or(domain::access::Denied::NoRight)?;
        joining::change_membership(&mut permit, act).await?;
        Ok::<_, JoiningError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

fn act(form: &Form) -> Option<MembershipAct> {
    Some(match form.get("act") {
        "pause" => MembershipAct::Pause,
        "return" => MembershipAct::Return,
        "announce" => MembershipAct::Announce {
            goodbye: form.get("goodbye").parse().ok()?,
        },
        "take-back" => MembershipAct::TakeBack,
        "leave" => MembershipAct::Leave,
        "complete" => MembershipAct::Complete,
        "drop-out" => MembershipAct::DropOut(Reason::named(form.get("reason"))?),
        _ => return None,
    })
}

fn body(app: &App, slug: &str, shown: &Shown, typed: &Form, wrong: Option<&str>, rows: &[Row]) -> Markup {
    let words = app.words();
    let counted = [
        ("here", FluentValue::from(shown.counted.screened_here)),
        ("brought", FluentValue::from(shown.counted.brought_in)),
    ];
    html! {
        h1 { (words.say("members")) }
        p.lead { (words.with("members-counted", &counted)) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        @if !rows.is_empty() { (report(app, rows)) }
        @if shown.members.is_empty() { (parts::empty(&words.say("members-none"), &words.say("members-none-more"), None)) }
        ul.rows { @for one in &shown.members { li { (member(app, slug, one, shown.may_decide)) } } }
        @if shown.may_bring_in { (bringing(app, slug, typed)) }
    }
}

fn member(app: &App, slug: &str, one: &InTheGroup, may_decide: bool) -> Markup {
    let words = app.words();
    let since = crate::saying::date_with_year(words, one.membership.since, app.today());
    html! {
        div {
            p { b { (one.handle) } " · " (words.say(saying::standing(one.membership.standing.name()))) " · " (words.with("joining-since", &[("day", since.into())])) }
            @if let Standing::Leaving { goodbye, .. } = one.membership.standing { p { (words.with("members-goodbye", &[("day", crate::saying::date_long(words, goodbye).into())])) } }
            @if let Some(by) = &one.brought_in { p.meta { (words.with("members-brought", &[("by", by.screened_by.as_str().into())])) } }
            p.meta { @let said = words.say("certificate"); a href=(format!("/staff/groups/{slug}/certificates/{}", one.person)) aria-label=(format!("{said}: {}", one.handle)) { (said) } }
            @if may_decide && one.membership.has_place() {
                details.adding {
                    @let said = words.say("members-change");
                    summary aria-label=(format!("{said}: {}", one.handle)) { (said) }
                    (acts(app, slug, one.person.as_str(), &one.membership))
                }
            }
        }
    }
}

/// What can be done with a membership as it stands.
fn acts(app: &App, slug: &str, person: &str, membership: &Membership) -> Markup {
    let words = app.words();
    let to = format!("{}/{person}/changes", here(slug));
    let one = |act: &str, said: &str, more: Markup| {
        html! {
            form.inline method="post" action=(to) {
                (once::field())
                input type="hidden" name="act" value=(act);
                (more)
                button.button.plain.small type="submit" { (words.say(said)) }
            }
        }
    };
    let goodbye = html! {
        label.field { span.label { (words.say("joining-goodbye")) } input type="date" name="goodbye" required; }
    };
    let reasons = html! {
        label.field { span.label { (words.say("members-reason")) }
            select name="reason" { @for reason in Reason::ALL { option value=(reason.name()) { (words.say(saying::reason(reason))) } } }
        }
    };
    html! {
        @match membership.standing {
            Standing::Paused { .. } => (one("return", "members-return", html! {})),
            Standing::Leaving { .. } => { (one("leave", "members-left", html! {})) (one("take-back", "members-take-back", html! {})) },
            _ => { (one("pause", "members-pause", html! {})) (one("announce", "members-announce", goodbye)) },
        }
        (one("complete", "members-complete", html! {}))
        (one("drop-out", "members-drop-out", reasons))
    }
}

fn report(app: &App, rows: &[Row]) -> Markup {
    let words = app.words();
    let done = rows.iter().filter(|row| row.wrong.is_none()).count();
    html! {
        section aria-labelledby="report" {
            h2 #report { (words.with("bring-report", &[("done", done.into()), ("all", rows.len().into())])) }
            div.scroll tabindex="0" role="region" aria-label=(words.say("bring-report-table")) {
                table {
                    thead { tr { th scope="col" { (words.say("bring-row")) } th scope="col" { (words.say("applicants-name")) } th scope="col" { (words.say("bring-became")) } } }
                    tbody { @for row in rows { tr {
                        th scope="row" { (row.number) }
                        td { (row.name) }
                        td { @match &row.wrong { Some(wrong) => (wrong), None => (words.say("bring-done")) } }
                    } } }
                }
            }
        }
    }
}

fn bringing(app: &App, slug: &str, typed: &Form) -> Markup {
    let words = app.words();
    let field = |name: &'static str, label: &str, hint: &str, kind: &'static str| Field {
        name,
        label: words.say(label),
        hint: (!hint.is_empty()).then(|| words.say(hint)),
        kind,
        value: typed.get(name),
        ..Field::default()
    };
    html! {
        section aria-labelledby="bring" {
            h2 #bring { (words.say("bring")) }
            p { (words.say("bring-lead")) }
            details.adding open[!typed.get("mail").is_empty()] {
                summary { (words.say("bring-one")) }
                form.stack method="post" action=(here(slug)) {
                    (once::field())
                    (field("name", "asking-handle", "", "text").draw())
                    (field("mail", "field-mail", "", "email").draw())
                    (field("since", "bring-since", "", "date").draw())
                    (field("screened_by", "bring-screened-by", "bring-screened-by-hint", "text").draw())
                    label.option { input type="checkbox" name="age" value="minor"; span { (words.say("asking-age-minor")) } }
                    div.acts { button.button type="submit" { (words.say("bring-act")) } }
                }
            }
            details.adding open[!typed.get("sheet").is_empty()] {
                summary { (words.say("bring-many")) }
                p { (words.say("bring-many-more")) }
                p { code { "name,mail,since,screened_by,age" } }
                form.stack method="post" action=(format!("{}/sheet", here(slug))) {
                    (once::field())
                    div.field { label for="field-sheet" { (words.say("bring-sheet")) } textarea id="field-sheet" name="sheet" rows="8" maxlength="50000" { (typed.get("sheet")) } }
                    div.acts { button.button type="submit" { (words.say("bring-many-act")) } }
                }
            }
        }
    }
}
