//! `/staff/groups/{slug}/coming`: how many come to the next meetings of a support group, who for the first time and who just listens; how
//! one gets in; and the ground rules.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::Action;
use domain::agreements::{Kind, Text};
use domain::coming::{Entrance, Part};
use domain::groups::{Listing, WebPage};
use domain::text::{Line, Prose};
use maud::{Markup, html};
use store::acts::{ChangeEntrance, SeeEntrance, SeeRoster};
use store::coming::{self, Meeting};
use store::{On, StoreError, agreements};

use super::parse;
use crate::coming::saying;
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

struct Shown {
    listing: Listing,
    meetings: Vec<Meeting>,
    doors: Option<Doors>,
}

/// How one gets in, for who may see that.
struct Doors {
    set: Vec<(Option<NaiveDate>, Entrance)>,
    rules: Option<(Text, bool)>,
    /// The next meeting has the link that the last one had.
    link_stays: bool,
    may_change: bool,
}

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/coming")
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, None).await
}

/// Sets the address and the link, of one meeting or of all.
pub(crate) async fn set(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let typed = typed(&app, &form);
    let done = async {
        let slug = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeEntrance>(On::Group(&slug)).await?;
        let Ok((on, set)) = &typed else {
            coming::is_support(&mut permit).await?;
            return Ok(());
        };
        coming::set_entrance(&mut permit, *on, set).await?;
        writing.commit().await
    };
    let done = done.await;
    answer(&app, &person, &slug, done, typed.err()).await
}

/// How one gets into one meeting or into all, as it was typed, or what is wrong with it.
pub(crate) fn typed(app: &App, form: &Form) -> Result<(Option<NaiveDate>, Entrance), String> {
    let words = app.words();
    let on = match form.get("on") {
        "" => None,
        day => Some(day.parse().map_err(|_| words.say("coming-no-meeting"))?),
    };
    let some = |name: &str| Some(form.get(name)).filter(|typed| !typed.is_empty());
    let address = some("address").map(Prose::parse).transpose();
    let address = address.map_err(|why| format!("{}: {why}", words.say("entrance-address")))?;
    let link = some("link").map(WebPage::parse).transpose();
    let link = link.map_err(|why| why.to_string())?;
    Ok((on, Entrance { address, link }))
}

/// Ground rules of the group's own: everybody says yes to them anew.
pub(crate) async fn set_rules(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let read = (Line::parse(form.get("title")), Prose::parse(form.get("words")));
    let text = match read {
        (Ok(title), Ok(words)) => Text::new(Kind::PeerRules, title, words).ok(),
        _ => None,
    };
    let wrong = text.is_none().then(|| app.words().say("texts-missing"));
    let done = async {
        let slug = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeEntrance>(On::Group(&slug)).await?;
        coming::is_support(&mut permit).await?;
        if let Some(text) = &text {
            agreements::publish_rules(&mut permit, text).await?;
            writing.commit().await?;
        }
        Ok::<_, StoreError>(())
    };
    answer(&app, &person, &slug, done.await, wrong).await
}

async fn answer(
    app: &App,
    person: &Person,
    slug: &str,
    done: Result<(), StoreError>,
    wrong: Option<String>,
) -> Response {
    match (done, wrong) {
        (Ok(()), None) => Redirect::to(&here(slug)).into_response(),
        (Ok(()), wrong) => draw(app, person, slug, StatusCode::UNPROCESSABLE_ENTITY, wrong).await,
        (Err(why), _) => look::refused(app, &why, &Wanted::parse(&here(slug))),
    }
}

async fn draw(app: &App, person: &Person, slug: &str, status: StatusCode, wrong: Option<String>) -> Response {
    match read(app, person, slug).await {
        Ok(shown) => {
            let up = Some((format!("/staff/groups/{slug}"), shown.listing.title.to_string()));
            let body = body(app, slug, &shown, wrong.as_deref());
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here(slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeRoster>(On::Group(&slug)).await?;
    let (listing, meetings) = coming::expected(&mut permit).await?;
    let may_see = store::may(&mut reading, Action::SeeEntrance, On::Group(&slug)).await?;
    let doors = if may_see {
        let may_change = store::may(&mut reading, Action::ChangeEntrance, On::Group(&slug)).await?;
        let mut permit = reading.permit::<SeeEntrance>(On::Group(&slug)).await?;
        Some(Doors {
            set: coming::entrances(&mut permit).await?,
            rules: agreements::rules(&mut permit, &app.content().agreements).await?,
            link_stays: coming::link_stays(&mut permit).await?,
            may_change,
        })
    } else {
        None
    };
    Ok(Shown {
        listing,
        meetings,
        doors,
    })
}

fn body(app: &App, slug: &str, shown: &Shown, wrong: Option<&str>) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("expected")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        p { (words.say("expected-lead")) }
        @if let (Some(doors), Some(next)) = (&shown.doors, shown.meetings.first()) { (same_link(app, doors, next)) }
        @if shown.meetings.is_empty() { (parts::empty(&words.say("coming-no-meetings"), &words.say("expected-none-more"), None)) }
        @for (number, meeting) in shown.meetings.iter().enumerate() { (of_meeting(app, meeting, number)) }
        @if let Some(doors) = &shown.doors {
            (entrances(app, slug, shown, doors))
            (rules(app, slug, doors))
        }
    }
}

/// That whoever kept the link of the last meeting can come into the next one, and where to set another.
fn same_link(app: &App, doors: &Doors, next: &Meeting) -> Markup {
    let words = app.words();
    if !doors.link_stays {
        return html! {};
    }
    let more = html! {
        (words.say("entrance-same-more"))
        @if doors.may_change { " " a href=(format!("#door-{}", next.occurrence.date)) { (words.say("entrance-same-act")) } }
    };
    parts::notice(Tone::Ochre, &words.say("entrance-same"), more)
}

/// The names of the next one stand open.
fn of_meeting(app: &App, meeting: &Meeting, number: usize) -> Markup {
    let (words, counted) = (app.words(), meeting.counted());
    let many = |id: &str, many: usize| words.with(id, &[("many", FluentValue::from(many))]);
    html! {
        section {
            h2 { (saying::meeting(words, &meeting.occurrence)) }
            p {
                b { (many("expected-coming", counted.coming)) }
                @if counted.new > 0 { " · " (many("expected-new", counted.new)) }
                @if counted.listening > 0 { " · " (many("expected-listening", counted.listening)) }
            }
            @if counted.coming > 0 {
                details.adding open[number == 0] {
                    summary { (words.say("expected-names")) }
                    ul.guests {
                        @for one in &meeting.expected {
                            li {
                                (one.handle)
                                @if one.is_new { " " span.label.ochre { (words.say("expected-first-time")) } }
                                @if one.part == Part::Listen { " " span.label.wash { (words.say("expected-listens")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn entrances(app: &App, slug: &str, shown: &Shown, doors: &Doors) -> Markup {
    let words = app.words();
    html! {
        section aria-labelledby="door" {
            h2 #door { (words.say("entrance")) }
            p { (words.say("entrance-lead")) }
            @let to = format!("{}/entrance", here(slug));
            (entrance(app, &to, &doors.set, (None, &words.say("entrance-of-all")), doors.may_change))
            @for meeting in &shown.meetings {
                @let on = meeting.occurrence.date;
                (entrance(app, &to, &doors.set, (Some(on), &saying::meeting(words, &meeting.occurrence)), doors.may_change))
            }
        }
    }
}

/// How one gets into one meeting, or into all; to be changed by who may.
pub(crate) fn entrance(
    app: &App,
    to: &str,
    all: &[(Option<NaiveDate>, Entrance)],
    (on, said): (Option<NaiveDate>, &str),
    may_change: bool,
) -> Markup {
    let words = app.words();
    let set = all.iter().find(|(of, _)| *of == on).map(|(_, set)| set);
    let on = on.map(|on| on.to_string()).unwrap_or_default();
    let (address_id, link_id) = (format!("address-{on}"), format!("link-{on}"));
    let address = set.and_then(|set| set.address.as_ref()).map_or("", Prose::as_str);
    let link = set.and_then(|set| set.link.as_ref()).map_or("", WebPage::as_str);
    html! {
        details.adding id=(format!("door-{on}")) {
            summary { (said) @if set.is_some() { " · " (words.say("entrance-set")) } }
            @if may_change {
                form.stack method="post" action=(to) {
                    (once::field())
                    input type="hidden" name="on" value=(on);
                    div.field { label for=(address_id) { (words.say("entrance-address")) } textarea id=(address_id) name="address" rows="3" maxlength="1000" { (address) } }
                    div.field { label for=(link_id) { (words.say("entrance-link")) } input id=(link_id) type="url" name="link" maxlength="2000" autocomplete="off" value=(link); }
                    div.acts { button.button.plain type="submit" { (words.say("entrance-act")) } }
                }
            } @else {
                p { (address) } p { (link) }
            }
        }
    }
}

fn rules(app: &App, slug: &str, doors: &Doors) -> Markup {
    let words = app.words();
    let Some((text, own)) = &doors.rules else {
        return html! {};
    };
    html! {
        section aria-labelledby="rules" {
            h2 #rules { (words.say("agreement-peer-rules")) }
            p { (words.say("entrance-rules-lead")) }
            details.adding {
                summary { (text.title()) " · " (words.say(if *own { "texts-own" } else { "texts-default" })) }
                @if doors.may_change {
                    form.stack method="post" action=(format!("{}/rules", here(slug))) {
                        (once::field())
                        div.field { label for="rules-title" { (words.say("texts-title")) } input id="rules-title" type="text" name="title" maxlength="300" value=(text.title()); }
                        div.field { label for="rules-words" { (words.say("texts-words")) } textarea id="rules-words" name="words" rows="12" maxlength="5000" { (text.words()) } }
                        div.acts { button.button.plain type="submit" { (words.say("texts-act")) } }
                    }
                } @else { (crate::joining::agreements::words(text)) }
            }
        }
    }
}
