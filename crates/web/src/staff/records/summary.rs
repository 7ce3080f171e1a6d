//! What someone else who treats a member is told, because the member agreed: how they attended, how their goals go, what is planned. It
//! is written down as given away before it is shown, and carries the consent and the notice with it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::consents::{Basis, ConsentId};
use domain::records::Field;
use maud::{Markup, html};
use store::acts::{SeeAttendance, SeePart};
use store::consents::{self, Agreed};
use store::disclosures::{self, DisclosureError};
use store::records::{self, Chart};
use store::{On, StoreError};

use super::chart::{both, draw};
use super::chart_address;
use crate::form::Form;
use crate::look;
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::leading::saying::presence;
use crate::staff::{Place, page_with};
use crate::state::App;

/// In the chart: to whom it can be given.
pub(super) fn offer(app: &App, slug: &str, whose: &str, consents: &[Agreed]) -> Markup {
    let words = app.words();
    html! {
        details.adding {
            summary { (words.say("summary-title")) }
            @if consents.is_empty() { p.hint { (words.say("summary-no-consent")) } }
            @for one in consents {
                form method="post" action=(format!("{}/summary", chart_address(slug, whose))) {
                    (once::field())
                    input type="hidden" name="consent" value=(one.id);
                    button.button.plain.small type="submit" { (words.with("summary-act", &[("name", one.consent.recipient().to_string().into())])) }
                }
            }
        }
    }
}

struct Given {
    name: String,
    agreed: Agreed,
    chart: Chart,
}

/// Writes down that it is given, and shows it to be printed or handed over.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path((slug, whose)): Path<(String, String)>,
    form: Form,
) -> Response {
    let id = ConsentId::parse(form.get("consent"));
    match give(&app, &person, (&slug, &whose), id).await {
        Ok(Some(given)) => {
            let up = Some((chart_address(&slug, &whose), given.name.clone()));
            page_with(
                &app,
                StatusCode::OK,
                &person,
                Place::Groups,
                up,
                page(&app, &given),
            )
        }
        Ok(None) => {
            let wrong = Some(app.words().say("summary-refused"));
            let none = Form::default();
            let at = (slug.as_str(), whose.as_str());
            draw(&app, &person, at, StatusCode::UNPROCESSABLE_ENTITY, &none, wrong).await
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&chart_address(&slug, &whose))),
    }
}

/// None: the person did not agree to that, or no longer.
async fn give(
    app: &App,
    person: &Person,
    (slug, whose): (&str, &str),
    id: Option<ConsentId>,
) -> Result<Option<Given>, StoreError> {
    let (group, about) = both(slug, whose)?;
    let on = On::PersonIn(&about, &group);
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeePart>(on).await?;
    let found = consents::that_hold(&mut permit).await?;
    let Some(agreed) = found.into_iter().find(|one| Some(one.id) == id) else {
        return Ok(None);
    };
    let (name, chart) = (
        records::name(&mut permit).await?,
        records::chart(&mut permit).await?,
    );
    let given = Given {
        name: name.to_string(),
        agreed,
        chart,
    };
    let what = page(app, &given).into_string();
    let (to, basis) = (given.agreed.consent.recipient(), Basis::Consent(given.agreed.id));
    let told = disclosures::make(&mut permit, to, basis, what.as_bytes()).await;
    let mut permit = writing.permit::<SeeAttendance>(on).await?;
    let told = match told {
        Ok(()) => disclosures::make(&mut permit, to, basis, what.as_bytes()).await,
        other => other,
    };
    match told {
        Ok(()) => writing.commit().await.map(|()| Some(given)),
        Err(DisclosureError::Refused(_)) => Ok(None),
        Err(DisclosureError::Store(why)) => Err(why),
    }
}

fn page(app: &App, given: &Given) -> Markup {
    let (words, consent) = (app.words(), &given.agreed.consent);
    let attended = given.chart.attended();
    let there = attended.iter().filter(|one| one.presence.was_there()).count();
    let plan = given.chart.entries.iter().find_map(|entry| {
        let plan = entry.part.as_ref()?.words.get(Field::Plan);
        (!plan.is_empty()).then(|| (entry.date, plan.to_owned()))
    });
    html! {
        h1 { (words.with("summary-of", &[("name", given.name.clone().into())])) }
        p.lead { (words.with("summary-for", &[("name", consent.recipient().to_string().into())])) }
        p { a href="#" data-print { (words.say("summary-print")) } }
        section {
            h2 { (words.say("chart-being-there")) }
            p { (words.with("chart-there", &[("there", there.into()), ("held", attended.len().into())])) }
            ul { @for one in attended.iter().rev().take(12) { li { (saying::date_with_year(words, one.on, app.today())) ": " (words.say(presence(one.presence))) } } }
        }
        section {
            h2 { (words.say("chart-goals")) }
            @for goal in given.chart.goals.iter().filter(|goal| goal.ended_at.is_none()) {
                h3 { (goal.goal.text()) }
                @match goal.goal.progress().last() {
                    Some(last) => p { (saying::date_with_year(words, last.on, app.today())) ": " (goal.goal.level(last.level)) },
                    None => p { (words.say("chart-no-progress")) },
                }
            }
            @if given.chart.goals.is_empty() { p { (words.say("chart-no-goals")) } }
        }
        @if let Some((day, plan)) = plan {
            section { h2 { (words.say("part-last-plan")) } p { (plan) " " span.meta { (saying::date_with_year(words, day, app.today())) } } }
        }
        section {
            h2 { (words.say("summary-consent")) }
            p { (words.with("summary-consent-more", &[("day", app.day(consent.signed_at()).into()), ("until", app.day(consent.expires_at()).into()), ("number", given.agreed.id.to_string().into())])) }
            p { (words.say("summary-notice")) }
        }
    }
}
