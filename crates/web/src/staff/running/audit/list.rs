//! `GET /staff/audit`: what was done, the newest first, for the auditor. `GET /staff/audit/installation`: of that what was
//! done to accounts and settings, for whoever runs them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Class;
use maud::{Markup, html};
use store::acts::{SeeAudit, SeeInstallation};
use store::audit::{self, Actor, By, ChainState, Entries, Entry, Family};
use store::{On, StoreError};

use super::super::{Groups, whereabouts};
use super::asked::{Asked, NO_GROUP};
use super::export;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The rows, or what of the filter is no answer; and how the chain stands, for whoever may know.
type Found = (Result<Entries, Vec<&'static str>>, Option<ChainState>);

const ALL: &str = "/staff/audit";
const INSTALLATION: &str = "/staff/audit/installation";
const A_PAGE: u64 = 50;

pub(crate) async fn all(State(app): State<App>, person: Person, Query(asked): Query<Asked>) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeAudit>(On::Organisation).await?;
        let state = audit::chain_state(&mut permit).await?;
        let found = match asked.sought(app.settings().zone) {
            Ok(sought) => Ok(audit::entries(&mut permit, &sought, A_PAGE).await?),
            Err(wrong) => Err(wrong),
        };
        Ok((found, Some(state)))
    };
    let found = found.await;
    answer(&app, &person, ALL, &asked, found).await
}

pub(crate) async fn installation(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await?;
        let found = match asked.sought(app.settings().zone) {
            Ok(sought) => Ok(audit::of_installation(&mut permit, &sought, A_PAGE).await?),
            Err(wrong) => Err(wrong),
        };
        Ok((found, None))
    };
    let found = found.await;
    answer(&app, &person, INSTALLATION, &asked, found).await
}

/// The page with what was slipped, for who asked for a sheet of it.
pub(super) async fn refused(app: &App, person: &Person, asked: &Asked, wrong: Vec<&'static str>) -> Response {
    answer(app, person, ALL, asked, Ok((Err(wrong), None))).await
}

async fn answer(
    app: &App,
    person: &Person,
    here: &'static str,
    asked: &Asked,
    found: Result<Found, StoreError>,
) -> Response {
    let ((found, state), groups) = match (found, Groups::read(app).await) {
        (Ok(found), Ok(groups)) => (found, groups),
        (Err(why), _) | (_, Err(why)) => return look::refused(app, &why, &Wanted::parse(here)),
    };
    let words = app.words();
    let status = match &found {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let body = html! {
        h1 { (words.say(if here == ALL { "audit" } else { "audit-installation" })) }
        p.lead { (words.say(if here == ALL { "audit-lead" } else { "audit-installation-lead" })) }
        @if let Some(state) = &state { (chain(app, state)) }
        (filters(app, &groups, here, asked))
        @match &found {
            Err(wrong) => (parts::notice(Tone::Clay, &words.with("audit-wrong", &[("fields", wrong.join(", ").into())]), html! {})),
            Ok(found) if found.entries.is_empty() => (parts::empty(&words.say("audit-none"), &words.say("audit-none-more"), None)),
            Ok(found) => {
                (table(app, &groups, &found.entries))
                @if here == ALL { (take_away(app, asked)) }
                @if let Some(key) = found.before {
                    p.acts { a.button.plain href=(asked.before(here, key)) { (words.say("audit-older")) } }
                }
            }
        }
    };
    let place = if here == ALL { Place::Audit } else { Place::Running };
    page_with(app, status, person, place, None, body)
}

/// How the chain stands, and where one looks whether it is whole.
fn chain(app: &App, state: &ChainState) -> Markup {
    let words = app.words();
    let when = |at| ("when", app.moment(at).into());
    let linked = match state.linked_to {
        None => words.say("audit-chain-none"),
        Some(at) => {
            let links = [("links", state.position.into()), when(at)];
            let loose = [("loose", state.loose.into())];
            format!(
                "{} {}",
                words.with("audit-chain-to", &links),
                words.with("audit-chain-loose", &loose)
            )
        }
    };
    let signed = match state.head {
        None => words.say("audit-signed-never"),
        Some((at, link)) => words.with("audit-signed-at", &[when(at), ("link", link.to_string().into())]),
    };
    let places = [
        ("audit-elsewhere-file", state.filed_at),
        ("audit-elsewhere-letter", state.mailed_at),
    ];
    let places: Vec<String> = places
        .into_iter()
        .filter_map(|(name, at)| Some(words.with(name, &[when(at?)])))
        .collect();
    let elsewhere = if places.is_empty() {
        words.say("audit-elsewhere-nowhere")
    } else {
        places.join(" ")
    };
    let facts = [
        (words.say("audit-chain"), Some(html! { (linked) })),
        (words.say("audit-signed"), Some(html! { (signed) })),
        (words.say("audit-elsewhere"), Some(html! { (elsewhere) })),
    ];
    html! {
        (parts::facts(&facts))
        p { a href="/staff/audit/check" { (words.say("audit-check")) } }
    }
}

fn take_away(app: &App, asked: &Asked) -> Markup {
    let words = app.words();
    let most = [("most", export::MOST.into())];
    html! {
        p { a href=(asked.filters(export::HERE)) { (words.say("audit-export")) } }
        p.hint { (words.with("audit-export-more", &most)) }
    }
}

fn filters(app: &App, groups: &Groups, here: &str, asked: &Asked) -> Markup {
    let words = app.words();
    let any = |chosen: &str| (String::new(), words.say("audit-any"), chosen.is_empty());
    let listed = |chosen: &str, options: Vec<(String, String)>| -> Vec<(String, String, bool)> {
        let options = options.into_iter().map(|(value, said)| {
            let is_chosen = value == chosen;
            (value, said, is_chosen)
        });
        std::iter::once(any(chosen)).chain(options).collect()
    };
    let by = By::all().map(|one| (one.name().to_owned(), by(app, one.name())));
    let families = Family::KNOWN.map(|family| (family.to_owned(), family.to_owned()));
    let classes = Class::ALL.map(|class| (class.name().to_owned(), class_said(app, class)));
    let no_group = (NO_GROUP.to_owned(), words.say("people-organisation"));
    let scopes = groups
        .iter()
        .map(|(slug, title)| (slug.to_string(), title.clone()));
    let date = |name: &'static str, label: &str, value: &str| {
        let field = Field {
            name,
            label: words.say(label),
            kind: "date",
            value,
            ..Field::default()
        };
        field.draw()
    };
    html! {
        form.inline method="get" action=(here) {
            (parts::select("by", &words.say("audit-by"), &listed(&asked.by, by.collect())))
            (parts::select("family", &words.say("audit-family"), &listed(&asked.family, families.to_vec())))
            @if here == ALL {
                (parts::select("class", &words.say("audit-class"), &listed(&asked.class, classes.to_vec())))
                (parts::select("group", &words.say("audit-where"), &listed(&asked.group, std::iter::once(no_group).chain(scopes).collect())))
            }
            (date("from", "audit-from", &asked.from))
            (date("to", "audit-to", &asked.to))
            button.button.plain type="submit" { (words.say("audit-look")) }
        }
    }
}

fn table(app: &App, groups: &Groups, entries: &[Entry]) -> Markup {
    let words = app.words();
    html! {
        div.scrolls role="region" tabindex="0" aria-label=(words.say("audit")) {
            table {
                thead { tr {
                    th scope="col" { (words.say("audit-at")) }
                    th scope="col" { (words.say("audit-who")) }
                    th scope="col" { (words.say("audit-by")) }
                    th scope="col" { (words.say("audit-what")) }
                    th scope="col" { (words.say("audit-class")) }
                    th scope="col" { (words.say("audit-where")) }
                    th.number scope="col" { (words.say("audit-number")) }
                } }
                tbody { @for entry in entries { (row(app, groups, entry)) } }
            }
        }
    }
}

fn row(app: &App, groups: &Groups, entry: &Entry) -> Markup {
    html! {
        tr {
            th scope="row" { (app.moment(entry.at)) }
            td { (actor(app, &entry.actor)) }
            td { @if let Some(said) = &entry.by { (by(app, said)) } }
            td { (entry.action) @if !entry.object.is_empty() { " " span.meta { (entry.object) } } @if let Some(reason) = &entry.reason { " " span.meta { (reason) } } }
            td { (entry.class) }
            td { (whereabouts(app, groups, entry.group.as_ref())) }
            td.number { @if let Some(number) = entry.number { (number) } }
        }
    }
}

pub(super) fn actor(app: &App, actor: &Actor) -> String {
    let words = app.words();
    match actor {
        Actor::Visitor => words.say("audit-visitor"),
        Actor::Operator => words.say("audit-operator"),
        Actor::Job(job) => words.with("audit-job", &[("job", job.as_str().into())]),
        Actor::Person(Some(handle)) => handle.to_string(),
        Actor::Person(None) => words.say("audit-someone"),
    }
}

fn by(app: &App, said: &str) -> String {
    match By::named(said) {
        Some(By::Role(role)) => saying::role(app.words(), role),
        Some(By::Own) => app.words().say("audit-own"),
        Some(By::BreakGlass) => app.words().say("audit-break-glass"),
        None => said.to_owned(),
    }
}

/// "C3: how to reach a person"
fn class_said(app: &App, class: Class) -> String {
    let said = app.words().say(match class {
        Class::Listing => "class-listing",
        Class::Roster => "class-roster",
        Class::Contact => "class-contact",
        Class::Screening => "class-screening",
        Class::Attendance => "class-attendance",
        Class::Measures => "class-measures",
        Class::GroupNote => "class-group-note",
        Class::IndividualNote => "class-individual-note",
        Class::ProcessNote => "class-process-note",
        Class::Room => "class-room",
        Class::Audit => "class-audit",
        Class::Account => "class-account",
        Class::Consent => "class-consent",
        Class::Joining => "class-joining",
        Class::Intake => "class-intake",
        Class::Coming => "class-coming",
        Class::Entrance => "class-entrance",
        Class::Plan => "class-plan",
        Class::Released => "class-released",
    });
    format!("{}: {said}", class.name())
}
