//! `/staff/groups/{slug}/sessions/{date}/plan`: what a session is about, its agenda with techniques of the catalogue, what to bring, who
//! presents; and who leads it, and whether it can be.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Action;
use domain::groups::{Kind, Listing, Slug};
use domain::people::Handle;
use domain::sessions::Plan;
use domain::techniques::{Family, Technique};
use maud::{Markup, html};
use store::acts::{ChangePlans, SeePlans};
use store::leading::{self, LeadingError, Listed};
use store::{On, StoreError};

use super::planned::{rows, typed, written};
use super::{changes, cover, page, parts_of, refused, saying, session, when};
use crate::form::{Form, SEEN};
use crate::look;
use crate::look::parts::{self, Field, Mistake, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(super) struct Shown {
    pub slug: Slug,
    pub listing: Listing,
    pub one: Listed,
    pub leaders: Vec<(Slug, Handle)>,
    pub may_appoint: bool,
    pub may_change: bool,
}

pub(crate) async fn edit(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    match read(&app, &person, &slug, &date).await {
        Ok(shown) => {
            let typed = written(&shown.one.plan);
            draw(&app, &person, StatusCode::OK, &shown, &typed, &[])
        }
        Err(why) => look::refused(&app, &why, &wanted(&slug, &date)),
    }
}

pub(crate) async fn update(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    form: Form,
) -> Response {
    let shown = match read(&app, &person, &slug, &date).await {
        Ok(shown) => shown,
        Err(why) => return look::refused(&app, &why, &wanted(&slug, &date)),
    };
    let (plan, mut wrong) = typed(&app, &form);
    if form.get("act") == "more" {
        return draw(&app, &person, StatusCode::OK, &shown, &form, &wrong);
    }
    let here = session(shown.slug.as_str(), shown.one.sitting.date);
    if wrong.is_empty() {
        match save(&app, &person, &shown, &plan, &form).await {
            Ok(()) => return Redirect::to(&here).into_response(),
            Err(LeadingError::Meanwhile) => {
                let seen = written(&shown.one.plan);
                let mut typed = form.clone();
                typed.replace(SEEN, std::iter::once(seen.get(SEEN)));
                return draw(&app, &person, StatusCode::CONFLICT, &shown, &typed, &[]);
            }
            Err(LeadingError::Plan(why)) => wrong.push(Mistake::at(
                "step-minutes-0",
                app.words().say("plan-agenda"),
                why.to_string(),
            )),
            Err(why) => return refused(&app, &person, &format!("{here}/plan"), why),
        }
    }
    draw(
        &app,
        &person,
        StatusCode::UNPROCESSABLE_ENTITY,
        &shown,
        &form,
        &wrong,
    )
}

/// Keeps it, unless someone else planned the session since the form was shown. A form that does not say what it showed is taken as it is.
async fn save(
    app: &App,
    person: &Person,
    shown: &Shown,
    plan: &Plan,
    sent: &Form,
) -> Result<(), LeadingError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangePlans>(On::Group(&shown.slug)).await?;
    let is_as_seen = |now: &Plan| written(now).was_shown_to(sent);
    leading::plan(&mut permit, shown.one.sitting.date, plan, is_as_seen).await?;
    Ok(writing.commit().await?)
}

fn wanted(slug: &str, date: &str) -> Wanted {
    Wanted::parse(&format!("/staff/groups/{slug}/sessions/{date}/plan"))
}

async fn read(app: &App, person: &Person, slug: &str, date: &str) -> Result<Shown, StoreError> {
    let (slug, date) = parts_of(slug, date)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<ChangePlans>(On::Group(&slug)).await?;
    let leaders = leading::leading_people(&mut permit).await?;
    let mut permit = reading.permit::<SeePlans>(On::Group(&slug)).await?;
    let (listing, one) = leading::one(&mut permit, date).await?;
    Ok(Shown {
        may_appoint: roles_appoint(person),
        may_change: store::may(&mut reading, Action::EditGroup, On::Group(&slug)).await?,
        slug,
        listing,
        one,
        leaders,
    })
}

/// Whether they are shown the way to let someone in: it asks to show again who one is, so it is not asked here.
fn roles_appoint(person: &Person) -> bool {
    let roles = person.0.roles();
    roles
        .iter()
        .any(|held| held.role == domain::people::Role::Coordinator)
}

fn draw(
    app: &App,
    person: &Person,
    status: StatusCode,
    shown: &Shown,
    typed: &Form,
    wrong: &[Mistake],
) -> Response {
    let words = app.words();
    let here = session(shown.slug.as_str(), shown.one.sitting.date);
    let body = html! {
        h1 { (words.say("plan")) }
        p.lead { (shown.listing.title) " · " (when(app, &shown.listing, &shown.one.sitting)) }
        @if let Some(state) = saying::state(words, &shown.one.state) { (parts::notice(Tone::Ochre, &state, html! {})) }
        @if !wrong.is_empty() { (parts::mistakes(Tone::Clay, &words.say("plan-wrong"), "", wrong)) }
        @if status == StatusCode::CONFLICT { (theirs(app, &shown.one.plan)) }
        (form(app, shown, &here, typed))
        @if shown.one.sitting.ends_at() > app.now() {
            (cover::section(app, shown))
            @if shown.may_change { (changes::section(app, shown)) }
        }
    };
    page(app, status, person, (here.clone(), words.say("session-up")), body)
}

/// What someone else planned meanwhile.
fn theirs(app: &App, plan: &Plan) -> Markup {
    let words = app.words();
    let presented = plan
        .presentation
        .iter()
        .flat_map(|one| [&one.title, &one.speaker]);
    let all = html! {
        p { (words.say("plan-meanwhile")) }
        ul {
            @if let Some(topic) = &plan.topic { li { (topic) } }
            @for step in &plan.agenda { li { (step.what) " · " (words.with("agenda-minutes", &[("minutes", step.minutes.into())])) } }
            @for line in plan.materials.iter().chain(presented) { li { (line) } }
            @if *plan == Plan::default() { li { (words.say("meanwhile-nothing")) } }
        }
    };
    parts::notice(Tone::Ochre, &words.say("meanwhile"), all)
}

fn form(app: &App, shown: &Shown, here: &str, typed: &Form) -> Markup {
    let words = app.words();
    let text = |name: &'static str, label: &str| Field {
        name,
        label: words.say(label),
        value: typed.get(name),
        ..Field::default()
    };
    let by_family = by_family(app, shown.listing.kind);
    html! {
        form.plan method="post" action=(format!("{here}/plan")) data-unsent {
            (once::field())
            input type="hidden" name="rows" value=(rows(typed));
            input type="hidden" name=(SEEN) value=(typed.get(SEEN));
            (text("topic", "plan-topic").draw())
            fieldset.plain {
                legend { (words.say("plan-agenda")) }
                p.hint { (words.with("plan-agenda-hint", &[("minutes", shown.one.sitting.length.get().into())])) }
                @for nth in 0..rows(typed) { (row(app, typed, nth, &by_family)) }
                button.button.plain.small type="submit" name="act" value="more" { (words.say("plan-more")) }
            }
            (Field { hint: Some(words.say("plan-materials-hint")), ..text("materials", "plan-materials") }.draw_area())
            @if shown.listing.kind == Kind::Support {
                fieldset.plain {
                    legend { (words.say("plan-presentation")) }
                    (text("presentation-title", "plan-presentation-title").draw())
                    (text("presentation-speaker", "plan-presentation-speaker").draw())
                }
            }
            div.acts { button.button type="submit" name="act" value="save" { (words.say("plan-save")) } }
        }
    }
}

fn row(app: &App, typed: &Form, nth: usize, techniques: &BTreeMap<Family, Vec<&Technique>>) -> Markup {
    let words = app.words();
    let [what, minutes, technique] = ["what", "minutes", "technique"].map(|of| format!("step-{of}-{nth}"));
    let number = words.with("plan-step-nth", &[("nth", (nth + 1).into())]);
    let chosen = typed.get(&technique);
    let label = |of: &str| format!("{number}: {}", words.say(of));
    html! {
        div.step-row role="group" aria-label=(number) {
            div.field { label for=(format!("field-{what}")) { (words.say("plan-step")) }
                input id=(format!("field-{what}")) type="text" name=(what) value=(typed.get(&what)) maxlength="300" autocomplete="off" aria-label=(label("plan-step")); }
            div.field { label for=(format!("field-{minutes}")) { (words.say("plan-minutes")) }
                input id=(format!("field-{minutes}")) type="text" name=(minutes) value=(typed.get(&minutes)) inputmode="numeric" autocomplete="off" aria-label=(label("plan-minutes")); }
            div.field { label for=(format!("field-{technique}")) { (words.say("plan-technique")) }
                select id=(format!("field-{technique}")) name=(technique) aria-label=(label("plan-technique")) {
                    option value="" { (words.say("plan-technique-none")) }
                    @for (family, all) in techniques {
                        optgroup label=(words.say(saying::family(*family))) {
                            @for one in all {
                                option value=(one.id) selected[one.id.as_str() == chosen] {
                                    (words.with("plan-technique-named", &[
                                        ("name", one.name.as_str().into()), ("least", one.minutes.least().into()), ("most", one.minutes.most().into()),
                                    ]))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn by_family(app: &App, kind: Kind) -> BTreeMap<Family, Vec<&Technique>> {
    let mut all: BTreeMap<Family, Vec<&Technique>> = BTreeMap::new();
    for technique in &app.content().techniques {
        if technique.kinds.contains(&kind) {
            all.entry(technique.family).or_default().push(technique);
        }
    }
    all
}
