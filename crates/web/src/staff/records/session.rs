//! `/staff/groups/{slug}/sessions/{date}/record`: what a group did in a session. It names nobody.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::groups::Kind;
use domain::records::Words;
use maud::{Markup, html};
use store::On;
use store::StoreError;
use store::acts::{SeePlans, SeeRecord};
use store::leading::Sitting;
use store::records::{self, KeptGoal, Look, RecordError, Sheet};

use super::after::{May, after};
use super::drawing::{Saving, Writing, signed};
use super::steps::{self, Target};
use super::{goals, said, saving, session_address, stands};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// What was typed and not kept, and why.
#[derive(Default)]
pub(super) struct Typed {
    pub words: Option<Words>,
    pub reasons: Vec<String>,
    pub asks_for_reasons: bool,
    pub wrong: Option<String>,
    /// What was typed on something that is not kept any more: it is shown beside what stands there now.
    pub beside: Option<Words>,
    pub is_amendment: bool,
}

struct Shown {
    title: String,
    at: Sitting,
    sheet: Option<Sheet>,
    look: Look,
    goals: Vec<KeptGoal>,
    may: May,
    /// Only there each member has a part.
    kind: Kind,
    leaders: Vec<(domain::groups::Slug, domain::people::Handle)>,
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    match Target::session(&slug, &date) {
        Ok(target) => draw(&app, &person, &target, StatusCode::OK, Typed::default()).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

/// Saves, and signs where that is asked for.
pub(crate) async fn save(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let target = match Target::session(&slug, &date) {
        Ok(target) => target,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff")),
    };
    let done = steps::save(&app, &person, &target, &form).await;
    answer_save(&app, &person, &target, &headers, &form, done, &target.address()).await
}

/// What who saved sees next: the same for the record of a session and for a part.
pub(super) async fn answer_save(
    app: &App,
    person: &Person,
    target: &Target,
    headers: &HeaderMap,
    form: &Form,
    done: Result<steps::Done, RecordError>,
    next: &str,
) -> Response {
    let by_script = saving::by_script(headers);
    match done {
        Ok(done) if by_script => saving::answer(app, &done.saved, &done.saved.look.marks),
        Ok(done) if done.open.is_none() && done.saved.both.is_empty() && form.get("then") == "sign" => {
            Redirect::to(next).into_response()
        }
        Ok(done) if done.open.is_none() && done.saved.both.is_empty() => {
            Redirect::to(&target.address()).into_response()
        }
        Ok(done) => {
            let wrong = match done.open {
                Some((0, like)) => app
                    .words()
                    .with("record-alike-unseen", &[("unseen", like.into())]),
                Some((marks, _)) => app.words().with("record-marks-open", &[("open", marks.into())]),
                None => saving::both(app.words(), &done.saved),
            };
            let typed = Typed {
                reasons: form.all("mark-reason").map(str::to_owned).collect(),
                asks_for_reasons: done.open.is_some(),
                wrong: Some(wrong),
                ..Typed::default()
            };
            redraw(app, person, target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(RecordError::BaseGone) if by_script => saving::wrong(&app.words().say("record-base-gone-script")),
        Err(RecordError::BaseGone) => {
            let typed = Typed {
                beside: saving::words(form, target.fields()).ok(),
                wrong: Some(app.words().say("record-base-gone")),
                ..Typed::default()
            };
            redraw(app, person, target, StatusCode::CONFLICT, typed).await
        }
        Err(why) => match said(app, why, &target.address()) {
            Ok(wrong) if by_script => saving::wrong(&wrong),
            Ok(wrong) => {
                let typed = Typed {
                    words: saving::words(form, target.fields()).ok(),
                    wrong: Some(wrong),
                    ..Typed::default()
                };
                redraw(app, person, target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
            }
            Err(page) => *page,
        },
    }
}

pub(super) async fn redraw(
    app: &App,
    person: &Person,
    target: &Target,
    status: StatusCode,
    typed: Typed,
) -> Response {
    match target.person {
        None => draw(app, person, target, status, typed).await,
        Some(_) => super::part::draw(app, person, target, status, typed).await,
    }
}

/// A step by who writes it.
pub(crate) async fn step(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    form: Form,
) -> Response {
    match Target::session(&slug, &date) {
        Ok(target) => step_of(&app, &person, &target, &form).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

pub(super) async fn step_of(app: &App, person: &Person, target: &Target, form: &Form) -> Response {
    if form.get("step") == "amend" && saving::replace(form, target.fields()).is_some() {
        return replace_in_amendment(app, person, target, form).await;
    }
    let done = match steps::asked(form, target) {
        Ok(Some(asked)) => steps::act(app, person, target, asked).await,
        Ok(None) => return incomplete(app, person, target, form, Action::WriteRecord).await,
        Err(why) => Err(why),
    };
    answer_step(app, person, target, form, done).await
}

/// An amendment with “another member” in place of what was marked, not signed yet.
async fn replace_in_amendment(app: &App, person: &Person, target: &Target, form: &Form) -> Response {
    match steps::replaced(app, person, target, form).await {
        Ok(words) => {
            let typed = Typed {
                words: Some(words),
                is_amendment: true,
                ..Typed::default()
            };
            redraw(app, person, target, StatusCode::OK, typed).await
        }
        Err(why) => answer_step(app, person, target, form, Err(why)).await,
    }
}

/// A step by somebody else.
pub(crate) async fn answer(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    form: Form,
) -> Response {
    match Target::session(&slug, &date) {
        Ok(target) => answer_of(&app, &person, &target, &form).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

pub(super) async fn answer_of(app: &App, person: &Person, target: &Target, form: &Form) -> Response {
    let done = match steps::answered(app, form) {
        Some(answered) => steps::answer(app, person, target, answered).await,
        None => return incomplete(app, person, target, form, Action::SeeRecord).await,
    };
    answer_step(app, person, target, form, done).await
}

/// Told only to who may do it: a form that asks for nothing.
async fn incomplete(app: &App, person: &Person, target: &Target, form: &Form, action: Action) -> Response {
    let action = match (action, &target.person) {
        (Action::WriteRecord, Some(_)) => Action::WritePart,
        (Action::SeeRecord, Some(_)) => Action::SeePart,
        (action, _) => action,
    };
    let may = async {
        let mut reading = app.store().read(person.who()).await?;
        store::check(&mut reading, action, target.on()).await
    };
    if let Err(why) = may.await {
        return look::refused(app, &why, &Wanted::parse(&target.address()));
    }
    let typed = Typed {
        words: saving::words(form, target.fields()).ok(),
        is_amendment: form.get("step") == "amend",
        wrong: Some(app.words().say("record-reason-missing")),
        ..Typed::default()
    };
    redraw(app, person, target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

async fn answer_step(
    app: &App,
    person: &Person,
    target: &Target,
    form: &Form,
    done: Result<(), RecordError>,
) -> Response {
    match done {
        Ok(()) => Redirect::to(&target.address()).into_response(),
        Err(why) => match said(app, why, &target.address()) {
            Ok(wrong) => {
                let typed = Typed {
                    words: (form.get("step") == "amend")
                        .then(|| saving::words(form, target.fields()).ok())
                        .flatten(),
                    reasons: form.all("mark-reason").map(str::to_owned).collect(),
                    asks_for_reasons: true,
                    is_amendment: form.get("step") == "amend",
                    wrong: Some(wrong),
                    beside: None,
                };
                redraw(app, person, target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
            }
            Err(page) => *page,
        },
    }
}

async fn draw(app: &App, person: &Person, target: &Target, status: StatusCode, typed: Typed) -> Response {
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
    let mut permit = writing.permit::<SeeRecord>(target.on()).await?;
    let sheet = records::session(&mut permit, target.date).await?;
    let look = records::look_at_session(&mut permit, target.date, typed.words.as_ref()).await?;
    let goals = records::group_goals(&mut permit).await?;
    let leaders = records::leaders(&mut permit).await?;
    let supervise = records::supervises(&mut permit).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&target.group)).await?;
    let at = records::sitting(&mut permit, target.date).await?;
    let title = records::title(&mut permit).await?;
    let kind = records::kind(&mut permit).await?;
    let write = store::may(&mut writing, Action::WriteRecord, target.on()).await?;
    writing.commit().await?;
    Ok(Shown {
        title,
        at,
        sheet,
        look,
        goals,
        may: May { write, supervise },
        kind,
        leaders,
    })
}

fn body(app: &App, target: &Target, shown: &Shown, typed: &Typed) -> Markup {
    let words = app.words();
    let stage = shown.sheet.as_ref().map(|sheet| sheet.record.state().stage());
    let parts = format!(
        "{}/parts",
        session_address(target.group.as_str(), &target.date.to_string())
    );
    html! {
        h1 { (words.say("record-title")) }
        p.lead { (shown.title) " · " (app.moment(shown.at.starts_at)) }
        p { (words.say("record-lead")) }
        h2 { (stands(words, stage).0) }
        (wrong(app, typed))
        @if shown.sheet.is_none() && !shown.at.has_begun(app.now()) {
            p { (words.say("record-not-yet")) }
        } @else {
            (sheet(app, target, shown.sheet.as_ref(), &shown.look, typed, shown.may.write, goals::levels(app, target.date, &shown.goals), Vec::new(), (words.say("record-sign"), "sign")))
        }
        @if let Some(sheet) = &shown.sheet { (after(app, target, sheet, shown.may, &shown.leaders)) }
        @if shown.kind == Kind::Therapy { p { a href=(parts) { (words.say("record-to-parts")) } } }
    }
}

/// What was not done; with what was typed, where another text stands in its place.
pub(super) fn wrong(app: &App, typed: &Typed) -> Markup {
    html! {
        @if let Some(wrong) = &typed.wrong {
            (parts::mistakes(Tone::Ochre, wrong, "", &[]))
            @if let Some(beside) = &typed.beside {
                details.adding open { summary { (app.words().say("record-yours")) } (super::drawing::read(app, beside)) }
            }
        }
    }
}

/// The record to be written, or as it was signed, with its amendment.
#[expect(clippy::too_many_arguments, reason = "what a page of a record is made of")]
pub(super) fn sheet(
    app: &App,
    target: &Target,
    sheet: Option<&Sheet>,
    look: &Look,
    typed: &Typed,
    may_write: bool,
    more: Markup,
    phrases: Vec<(domain::records::Field, Vec<String>)>,
    sign: (String, &str),
) -> Markup {
    let words = app.words();
    let is_draft = sheet.is_none_or(|sheet| matches!(sheet.record.state(), domain::records::State::Draft));
    let nothing = Look::default();
    if is_draft && may_write {
        let writing = Writing {
            action: target.address(),
            fields: target.fields(),
            saving: Saving::AsTyped,
            sheet,
            typed: typed.words.as_ref(),
            look,
            reasons: typed.reasons.clone(),
            asks_for_reasons: typed.asks_for_reasons,
            phrases,
            more,
            sign,
        };
        return writing.draw(app);
    }
    let Some(sheet) = sheet else {
        return html! { p { (words.say("record-not-begun-more")) } };
    };
    if !sheet.record.state().is_in_force() {
        return html! { (super::drawing::read(app, &sheet.words)) (super::drawing::signatures(app, sheet)) };
    }
    let amending = Writing {
        action: format!("{}/steps", target.address()),
        fields: target.fields(),
        saving: Saving::WhenSent,
        sheet: Some(sheet),
        typed: typed.words.as_ref(),
        look: if typed.is_amendment { look } else { &nothing },
        reasons: typed.reasons.clone(),
        asks_for_reasons: typed.asks_for_reasons,
        phrases: Vec::new(),
        more: html! {
            input type="hidden" name="step" value="amend";
            (parts::Field { name: "reason", label: words.say("record-amend-why"), ..parts::Field::default() }.draw())
        },
        sign: (words.say("record-amend-act"), "amend"),
    };
    html! {
        (signed(app, sheet))
        @if may_write {
            details.adding open[typed.is_amendment] {
                summary { (words.say("record-amend")) }
                p.hint { (words.say("record-amend-hint")) }
                (amending.draw(app))
            }
        }
    }
}
