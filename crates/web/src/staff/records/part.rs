//! `/staff/groups/{slug}/sessions/{date}/parts/{person}`: the part of one member, beside those of the others; their goals and what was
//! last agreed stand beside it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::groups::Slug;
use domain::records::Field;
use maud::{Markup, html};
use store::acts::{SeePart, SeePlans, WritePart};
use store::leading::{Sitting, Told};
use store::records::{self, AtSession, KeptGoal, Look, Sheet};
use store::{On, StoreError};

use super::after::{May, after};
use super::session::{self, Typed};
use super::steps::{self, Target};
use super::{Stand, chart_address, goals, part_address, record_address, said, session_address, stands};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::icons::Icon;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

struct Shown {
    title: String,
    at: Sitting,
    all: Vec<AtSession>,
    sheet: Option<Sheet>,
    look: Look,
    goals: Vec<KeptGoal>,
    last_plan: Option<(chrono::NaiveDate, String)>,
    phrases: Vec<String>,
    leaders: Vec<(Slug, domain::people::Handle)>,
    may: May,
    /// Whose part it is, also where they are not marked as having been there any more.
    name: String,
}

/// Leads to the first part that is not signed.
pub(crate) async fn first(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    let found = async {
        let target = Target::session(&slug, &date)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<SeePart>(On::Group(&target.group)).await?;
        let all = records::at_session(&mut permit, target.date).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(all)
    };
    match found.await {
        Ok(all) => {
            let first = all.iter().find(|one| !is_done(one)).or(all.first());
            match first {
                Some(one) => Redirect::to(&part_address(&slug, &date, one.person.as_str())).into_response(),
                None => nobody(&app, &person, &slug, &date),
            }
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&session_address(&slug, &date))),
    }
}

fn is_done(one: &AtSession) -> bool {
    let state = one.part.as_ref().map(|part| part.record.state());
    state.is_some_and(|state| !matches!(state, domain::records::State::Draft))
}

fn nobody(app: &App, person: &Person, slug: &str, date: &str) -> Response {
    let words = app.words();
    let up = Some((session_address(slug, date), words.say("record-session")));
    let body = html! {
        h1 { (words.say("each-part-title")) }
        p.lead { (words.say("each-part-nobody")) }
        p { a.button.plain href=(session_address(slug, date)) { (words.say("each-part-mark")) } }
    };
    page_with(app, StatusCode::OK, person, Place::Groups, up, body)
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whose)): Path<(String, String, String)>,
) -> Response {
    match Target::part(&slug, &date, &whose) {
        Ok(target) => draw(&app, &person, &target, StatusCode::OK, Typed::default()).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

/// Saves, with how far goals were reached; signs where that is asked for, and goes on to the next.
pub(crate) async fn save(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whose)): Path<(String, String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let target = match Target::part(&slug, &date, &whose) {
        Ok(target) => target,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff")),
    };
    let done = steps::save(&app, &person, &target, &form).await;
    // Signed: on to whoever is next.
    let next = format!("{}/parts", session_address(&slug, &date));
    session::answer_save(&app, &person, &target, &headers, &form, done, &next).await
}

pub(crate) async fn step(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whose)): Path<(String, String, String)>,
    form: Form,
) -> Response {
    match Target::part(&slug, &date, &whose) {
        Ok(target) => session::step_of(&app, &person, &target, &form).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

pub(crate) async fn answer(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whose)): Path<(String, String, String)>,
    form: Form,
) -> Response {
    match Target::part(&slug, &date, &whose) {
        Ok(target) => session::answer_of(&app, &person, &target, &form).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

/// Gives the chosen fields to whom they are about.
pub(crate) async fn release(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whose)): Path<(String, String, String)>,
    form: Form,
) -> Response {
    let target = match Target::part(&slug, &date, &whose) {
        Ok(target) => target,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff")),
    };
    let fields: Vec<Field> = form.all("field").filter_map(Field::named).collect();
    let (subject, body) = (
        letters::subject(app.words()),
        letters::news(app.words(), app.settings(), letters::GROUPS),
    );
    let told = Told {
        subject: &subject,
        body: &body,
    };
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WritePart>(target.on()).await?;
        records::release(&mut permit, target.date, &fields, &told).await?;
        Ok::<_, records::RecordError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&target.address()).into_response(),
        Err(why) => match said(&app, why, &target.address()) {
            Ok(wrong) => {
                let typed = Typed {
                    wrong: Some(wrong),
                    ..Typed::default()
                };
                draw(&app, &person, &target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
            }
            Err(page) => *page,
        },
    }
}

pub(super) async fn draw(
    app: &App,
    person: &Person,
    target: &Target,
    status: StatusCode,
    typed: Typed,
) -> Response {
    match read(app, person, target, &typed).await {
        Ok(shown) => {
            let up = session_address(target.group.as_str(), &target.date.to_string());
            let up = Some((up, app.words().say("record-session")));
            page_with(
                app,
                status,
                person,
                Place::Groups,
                up,
                body(app, target, &shown, &typed),
            )
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&target.address())),
    }
}

async fn read(app: &App, person: &Person, target: &Target, typed: &Typed) -> Result<Shown, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeePart>(target.on()).await?;
    let sheet = records::part(&mut permit, target.date).await?;
    let look = records::look_at_part(&mut permit, target.date, typed.words.as_ref()).await?;
    let goals = records::goals(&mut permit).await?;
    let last_plan = records::last_plan(&mut permit, target.date).await?;
    let leaders = records::leaders(&mut permit).await?;
    let supervise = records::supervises(&mut permit).await?;
    let name = records::name(&mut permit).await?.to_string();
    let all = records::at_session(&mut permit, target.date).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&target.group)).await?;
    let at = records::sitting(&mut permit, target.date).await?;
    let title = records::title(&mut permit).await?;
    let techniques = records::techniques(&mut permit, target.date).await?;
    let write = store::may(&mut writing, Action::WritePart, target.on()).await?;
    writing.commit().await?;
    let known = &app.content().techniques;
    let phrases = techniques
        .iter()
        .filter_map(|name| known.iter().find(|one| one.id == *name))
        .flat_map(|technique| technique.phrases.iter().map(ToString::to_string))
        .collect();
    Ok(Shown {
        title,
        at,
        all,
        sheet,
        look,
        goals,
        last_plan,
        phrases,
        leaders,
        may: May { write, supervise },
        name,
    })
}

fn body(app: &App, target: &Target, shown: &Shown, typed: &Typed) -> Markup {
    let words = app.words();
    let whose = target.person.as_ref();
    let next = shown
        .all
        .iter()
        .filter(|one| Some(&one.person) != whose && !is_done(one))
        .map(|one| one.handle.to_string())
        .next();
    let sign = match next {
        Some(next) => words.with("part-sign-next", &[("name", next.into())]),
        None => words.say("part-sign"),
    };
    let phrases = vec![
        (Field::Participation, shown.phrases.clone()),
        (Field::Risk, vec![words.say("phrase-no-risk")]),
    ];
    html! {
        h1 { (words.say("each-part-title")) }
        p.lead { (shown.title) " · " (app.moment(shown.at.starts_at)) }
        p { (words.with("each-part-lead", &[("there", shown.all.len().into())])) }
        div.parts-page {
            nav.people aria-label=(words.say("each-part-people")) {
                ul { @for one in &shown.all { (person_line(app, target, one)) } }
                p.meta.keys data-keys hidden { (words.say("each-part-keys")) }
                p { a href=(record_address(target.group.as_str(), &target.date.to_string())) { (words.say("record-title")) } }
            }
            div {
                h2 { (shown.name) }
                @if let Some(person) = whose { (in_view(app, target, person, shown)) }
                (session::wrong(app, typed))
                (session::sheet(app, target, shown.sheet.as_ref(), &shown.look, typed, shown.may.write, goals::levels(app, target.date, &shown.goals), phrases, (sign, "sign")))
                @if let Some(sheet) = &shown.sheet {
                    (releasing(app, target, sheet, shown.may.write))
                    (after(app, target, sheet, shown.may, &shown.leaders))
                }
            }
        }
    }
}

fn person_line(app: &App, target: &Target, one: &AtSession) -> Markup {
    let words = app.words();
    let is_here = Some(&one.person) == target.person.as_ref();
    let (said, stand) = stands(words, one.part.as_ref().map(|part| part.record.state().stage()));
    let icon = match stand {
        Stand::Open => Icon::Ring,
        Stand::Begun => Icon::Dash,
        Stand::Done => Icon::Check,
    };
    let address = part_address(
        target.group.as_str(),
        &target.date.to_string(),
        one.person.as_str(),
    );
    html! {
        li class=(match stand { Stand::Done => "done", Stand::Begun => "begun", Stand::Open => "open" }) {
            a href=(address) aria-current=[is_here.then_some("page")] { b { (one.handle) } span.meta { (icon.draw()) " " (said) } }
        }
    }
}

/// Goals and what was last agreed.
fn in_view(app: &App, target: &Target, person: &Slug, shown: &Shown) -> Markup {
    let words = app.words();
    let open = shown.goals.iter().filter(|goal| goal.ended_at.is_none());
    html! {
        div.in-view {
            div {
                p.meta { (words.say("part-goals")) }
                ul { @for goal in open { li { (goal.goal.text()) } } }
                p { a href=(chart_address(target.group.as_str(), person.as_str())) { (words.say("part-chart")) } }
            }
            div {
                p.meta { (words.say("part-last-plan")) }
                @match &shown.last_plan {
                    Some((day, plan)) => p { (plan) " " span.meta { (saying::date_with_year(words, *day, app.today())) } },
                    None => p { (words.say("part-no-plan")) },
                }
            }
        }
    }
}

fn releasing(app: &App, target: &Target, sheet: &Sheet, may_write: bool) -> Markup {
    let words = app.words();
    if !sheet.record.state().is_in_force() || !may_write {
        return html! {};
    }
    html! {
        details.adding {
            summary { (words.say("part-release")) }
            p.hint { (words.say("part-release-hint")) }
            form.stack method="post" action=(format!("{}/release", target.address())) {
                (crate::once::field())
                @for (field, _) in sheet.words.iter() {
                    (parts::chip_box("field", field.name(), &words.say(super::drawing::field_label(field)), field != Field::Risk))
                }
                div.acts { button.button.plain.small type="submit" { (words.say("part-release-act")) } }
            }
        }
    }
}
