//! `/staff/groups/{slug}/schedule`: when a group meets, dates skipped and moved, and the next ten before they are saved.

use std::cell::RefCell;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{NaiveDate, NaiveDateTime};
use domain::groups::{Draft, Listing, When};
use domain::schedule::{Move, Schedule, Skip};
use maud::{Markup, html};
use store::acts::EditGroup;
use store::groups::{self, Ours};
use store::{On, StoreError};

use super::drawing::{Drawing, mistakes};
use super::typed::{Typing, Wrong};
use super::{dates, form, meanwhile, meeting};
use crate::form::{Form, SEEN};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// How many dates are shown before saving.
pub(super) const AHEAD: usize = 10;

pub(crate) async fn plan(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    match super::find_published(&app, &person, &slug).await {
        Ok((ours, listing)) => {
            let typed = written(&listing);
            shown(&app, &person, &ours, &listing, &typed, &Wrong::default())
        }
        Err(why) => refused(&app, &slug, &why),
    }
}

/// Shows what a rule would come to, or saves it.
pub(crate) async fn replan(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let (ours, listing) = match super::find_published(&app, &person, &slug).await {
        Ok(found) => found,
        Err(why) => return refused(&app, &slug, &why),
    };
    let asks = |field: &str| meeting::FIELDS.contains(&field);
    if let Some((form, wrong)) = meanwhile::changed(app.words(), &form, &written(&listing), asks) {
        return shown(&app, &person, &ours, &listing, &form, &wrong);
    }
    let mut typing = Typing::new(&form, app.words());
    let when = meeting::read(&mut typing, listing.schedule());
    let mut wrong = typing.wrong;
    match when.map(|when| with(&listing, when)) {
        // What does not fit the new rule is dropped only by who was told so.
        Some(Ok(changed))
            if form.get("act") == "save" && form.get("dropping") == dropping(&app, &listing, &changed) =>
        {
            save(&app, &person, &ours, &changed).await
        }
        Some(Ok(changed)) => shown(&app, &person, &ours, &changed, &form, &wrong),
        Some(Err(said)) => {
            wrong.add("every", said);
            shown(&app, &person, &ours, &listing, &form, &wrong)
        }
        None => shown(&app, &person, &ours, &listing, &form, &wrong),
    }
}

/// `…/skips`: no meeting on a date of the rule, or it takes place after all.
pub(crate) async fn skips(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    except(&app, &person, &slug, &form, |typing, schedule| {
        let date = typing.parsed::<NaiveDate>("skip-date", "typed-date");
        let reason = typing.line("skip-reason");
        let Some(date) = typing.must("skip-date", date) else {
            return;
        };
        if typing.form.get("act") == "undo" {
            schedule.skips.retain(|skip| skip.date != date);
        } else {
            schedule.skips.push(Skip { date, reason });
        }
    })
    .await
}

/// `…/moves`: one meeting at another time, or back where it was.
pub(crate) async fn moves(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    except(&app, &person, &slug, &form, |typing, schedule| {
        let date = typing.parsed::<NaiveDate>("move-date", "typed-date");
        let Some(date) = typing.must("move-date", date) else {
            return;
        };
        if typing.form.get("act") == "undo" {
            schedule.moves.retain(|moved| moved.date != date);
            return;
        }
        let said = typing.words.say("typed-day-and-time");
        let to = typing.some("move-to", |text| {
            NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| said)
        });
        let (to, reason) = (typing.must("move-to", to), typing.line("move-reason"));
        if let Some(to) = to {
            schedule.moves.push(Move { date, to, reason });
        }
    })
    .await
}

/// Changes the exceptions of a schedule, or says at its field why not.
async fn except(
    app: &App,
    person: &Person,
    slug: &str,
    form: &Form,
    change: impl FnOnce(&mut Typing, &mut Schedule) + Send,
) -> Response {
    let (ours, listing) = match super::find_published(app, person, slug).await {
        Ok(found) => found,
        Err(why) => return refused(app, slug, &why),
    };
    let Some(mut schedule) = listing.schedule().cloned() else {
        return look::gone(app);
    };
    let mut typing = Typing::new(form, app.words());
    change(&mut typing, &mut schedule);
    let mut wrong = typing.wrong;
    if wrong.is_empty() {
        match with(&listing, When::Scheduled(schedule)) {
            Ok(changed) => return save(app, person, &ours, &changed).await,
            Err(said) => {
                let field = if form.get("move-date").is_empty() {
                    "skip-date"
                } else {
                    "move-date"
                };
                wrong.add(field, said);
            }
        }
    }
    let mut typed = written(&listing);
    for field in ["skip-date", "skip-reason", "move-date", "move-to", "move-reason"] {
        typed.put(field, form.get(field));
    }
    shown(app, person, &ours, &listing, &typed, &wrong)
}

fn with(listing: &Listing, when: When) -> Result<Listing, String> {
    let draft = Draft {
        when,
        ..listing.clone().into()
    };
    Listing::check(draft).map_err(|refused| refused.to_string())
}

/// The skips and moves that a change would drop, as a form says that it knows.
fn dropping(app: &App, before: &Listing, after: &Listing) -> String {
    let dates = meeting::lost(before.schedule(), &after.when, app.today());
    let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
    dates.join(" ")
}

fn written(listing: &Listing) -> Form {
    let mut form = Form::default();
    match listing.schedule() {
        Some(schedule) => meeting::write(&mut form, schedule),
        None => form.put("every", "appointment"),
    }
    form
}

async fn save(app: &App, person: &Person, ours: &Ours, changed: &Listing) -> Response {
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<EditGroup>(On::Group(&ours.slug)).await?;
        groups::reschedule(&mut permit, ours, changed).await?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("{}/schedule", super::address(&ours.slug))).into_response(),
        Err(why) => refused(app, ours.slug.as_str(), &why),
    }
}

fn refused(app: &App, slug: &str, why: &StoreError) -> Response {
    look::refused(
        app,
        why,
        &Wanted::parse(&format!("/staff/groups/{slug}/schedule")),
    )
}

fn shown(
    app: &App,
    person: &Person,
    ours: &Ours,
    listing: &Listing,
    typed: &Form,
    wrong: &Wrong,
) -> Response {
    let words = app.words();
    let d = Drawing {
        words,
        form: typed,
        wrong,
        mistakes: &RefCell::default(),
    };
    let here = super::address(&ours.slug);
    let unsaved = ours.listing.as_ref() != Some(listing);
    let before = ours.listing.as_ref().unwrap_or(listing);
    let lost = meeting::lost(before.schedule(), &listing.when, app.today());
    // A form that is wrong somewhere says so on top; drawn first, it knows where.
    let rule = form::when(d);
    let exceptions = match (listing.schedule(), unsaved) {
        (Some(schedule), false) => exceptions(app, d, &here, listing, schedule),
        _ => html! {},
    };
    let (tone, first, more) = if wrong.is_meanwhile {
        (Tone::Ochre, "meanwhile", "meanwhile-more")
    } else {
        (Tone::Clay, "schedule-wrong", "schedule-wrong-more")
    };
    let body = html! {
        h1 { (words.say("group-schedule")) }
        p.lead { (listing.title) }
        (mistakes(d, tone, first, more))
        section {
            h2 { (words.say("schedule-next")) }
            @if unsaved { (parts::notice(Tone::Ochre, &words.say("schedule-unsaved"), html! { (words.say("schedule-unsaved-more")) })) }
            @if !lost.is_empty() {
                (parts::notice(Tone::Clay, &words.say("schedule-lost"), html! {
                    ul { @for date in &lost { li { (saying::date_long(words, *date)) } } }
                }))
            }
            (dates::next(app, listing, AHEAD))
        }
        (exceptions)
        section {
            h2 { (words.say("schedule-rule")) }
            form.stack method="post" action=(format!("{here}/schedule")) {
                (once::field())
                input type="hidden" name=(SEEN) value=(meanwhile::seen(typed));
                input type="hidden" name="dropping" value=(dropping(app, before, listing));
                (rule)
                div.acts {
                    button.button type="submit" name="act" value="save" { (words.say("schedule-save")) }
                    button.button.plain type="submit" name="act" value="preview" { (words.say("schedule-preview")) }
                }
            }
        }
    };
    let up = (here.clone(), words.say("group-up"));
    page_with(app, wrong.status(), person, Place::Groups, Some(up), body)
}

/// What differs from the rule: what does already, and one more meeting skipped or moved.
fn exceptions(app: &App, d: Drawing, here: &str, listing: &Listing, schedule: &Schedule) -> Markup {
    let words = app.words();
    let choices = dates::to_choose(app, listing);
    html! {
        (dates::exceptions(app, here, schedule))
        section {
            h2 { (words.say("schedule-skip")) }
            form.stack method="post" action=(format!("{here}/skips")) {
                (once::field())
                (d.choice("skip-date", "schedule-date", "form-choose", &choices))
                (d.text("skip-reason", "schedule-reason"))
                div.acts { button.button.plain type="submit" { (words.say("schedule-skip-it")) } }
            }
        }
        section {
            h2 { (words.say("schedule-move")) }
            form.stack method="post" action=(format!("{here}/moves")) {
                (once::field())
                (d.choice("move-date", "schedule-date", "form-choose", &choices))
                (d.input("move-to", "schedule-to", None, "datetime-local"))
                (d.text("move-reason", "schedule-reason"))
                div.acts { button.button.plain type="submit" { (words.say("schedule-move-it")) } }
            }
        }
    }
}
