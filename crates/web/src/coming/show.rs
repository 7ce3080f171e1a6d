//! `/me/coming/{slug}`: the next meetings of a group I come to, how I get in, and what I can say with one tap.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Denied;
use domain::agreements::Text;
use domain::coming::{Part, Tells};
use domain::schedule::Occurrence;
use maud::{Markup, html};
use store::acts::SeeComing;
use store::coming::{self, Door, Mine};
use store::leading;
use store::{On, StoreError};

use super::{address, own_page, parse, saying};
use crate::joining::agreements;
use crate::leading::advice;
use crate::leading::show::reminder;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

struct Shown {
    mine: Mine,
    doors: Vec<Door>,
    rules: Option<Text>,
    advice: advice::Shown,
    reminder: Option<u16>,
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    match read(&app, &person, &slug).await {
        Ok(shown) => own_page(&app, StatusCode::OK, &person, body(&app, &shown)),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&slug)).await?;
    let mine = coming::mine(&mut permit).await?.ok_or(Denied::NoRight)?;
    Ok(Shown {
        mine,
        advice: advice::read(&mut permit).await?,
        reminder: leading::my_reminder(&mut permit).await?,
        doors: coming::doors(&mut permit).await?,
        rules: coming::rules(&mut permit, &app.content().agreements).await?,
    })
}

fn body(app: &App, shown: &Shown) -> Markup {
    let (words, mine) = (app.words(), &shown.mine);
    let name = FluentValue::from(mine.handle.to_string());
    html! {
        h1 { (words.say("coming-mine")) }
        p.lead { a href=(format!("/groups/{}", mine.group)) { (mine.listing.title) } }
        p { (words.with("coming-as", &[("name", name)])) }
        @if let Some(rules) = &shown.rules { (changed(app, mine, rules)) }
        @for door in &shown.doors { (entrance(app, mine, door)) }
        h2 { (words.say("group-next-meetings")) }
        @if mine.ahead.is_empty() { p { (words.say("coming-no-meetings")) } }
        ul.rows { @for meeting in &mine.ahead { li { (row(app, shown, meeting)) } } }
        (regularly(app, shown))
        (part(app, mine))
        (advice::section(app, mine.group.as_str(), &shown.advice))
        @if app.settings().sends_mail { (reminder(app, &address(mine.group.as_str()), shown.reminder)) }
        details.adding {
            summary { (words.say("coming-forget")) }
            p { (words.say("coming-forget-more")) }
            form method="post" action=(format!("{}/end", address(mine.group.as_str()))) {
                (once::field())
                button.button.plain type="submit" { (words.say("coming-forget-act")) }
            }
        }
    }
}

/// The rules have changed since one said yes.
fn changed(app: &App, mine: &Mine, rules: &Text) -> Markup {
    let words = app.words();
    html! {
        (parts::notice(Tone::Ochre, &words.say("coming-rules-changed"), html! { (words.say("coming-rules-changed-more")) }))
        section {
            h2 { (rules.title()) }
            (agreements::words(rules))
            form method="post" action=(format!("{}/rules", address(mine.group.as_str()))) {
                (once::field())
                input type="hidden" name="rules" value=(rules.hash());
                button.button type="submit" { (words.say("coming-rules-yes")) }
            }
        }
    }
}

/// How one gets in, as far as it is told now, and when the rest is.
fn entrance(app: &App, mine: &Mine, door: &Door) -> Markup {
    let words = app.words();
    let to = format!("{}/door", address(mine.group.as_str()));
    html! {
        @if Tells::Address.is_told(&door.meeting, app.now()) && (door.has_link || door.has_address) {
            section.card.support {
                h2 { (words.say("coming-door")) }
                p { (saying::meeting(words, &door.meeting)) }
                (told(app, &to, door))
            }
        } @else { (told(app, &to, door)) }
    }
}

/// The same without a heading; `to` is where the links of meetings are.
pub(crate) fn told(app: &App, to: &str, door: &Door) -> Markup {
    let (words, now) = (app.words(), app.now());
    let zone = door.meeting.start.timezone();
    let from = |tells: Tells| {
        let at = saying::moment(words, tells.from(&door.meeting), zone, now);
        [("when", FluentValue::from(at))]
    };
    let soon = Tells::Address.is_told(&door.meeting, now);
    html! {
        @if soon && (door.has_link || door.has_address) {
            @if let Some(address) = &door.address {
                @for line in address.as_str().split('\n') { p { b { (line) } } }
            }
            @if door.link_opens {
                p { a.button href=(format!("{to}/{}", door.meeting.date)) rel="noreferrer" { (words.say("coming-enter")) } }
                p.meta { (words.say("coming-enter-more")) }
            } @else if door.has_link {
                p { (words.with("coming-link-from", &from(Tells::Link))) }
            }
        } @else if door.has_link || door.has_address {
            p { (words.with(if door.has_address { "coming-address-from" } else { "coming-link-from" }, &from(if door.has_address { Tells::Address } else { Tells::Link }))) }
        }
    }
}

fn row(app: &App, shown: &Shown, meeting: &Occurrence) -> Markup {
    let (words, mine) = (app.words(), &shown.mine);
    let (said, on) = (saying::meeting(words, meeting), meeting.date.to_string());
    let comes = mine.said.comes(meeting.date);
    html! {
        div {
            p { b { (said) } }
            @if comes { p { span.label.reed { (words.say("coming-yes")) } } }
        }
        @if comes {
            (tap(app, mine, "/absence", &on, "coming-not", &said))
        } @else if shown.rules.is_none() {
            (tap(app, mine, "", &on, "coming-act", &said))
        }
    }
}

fn regularly(app: &App, shown: &Shown) -> Markup {
    let (words, mine) = (app.words(), &shown.mine);
    html! {
        @match mine.said.regularly {
            Some(all) => {
                @let day = crate::saying::date_with_year(words, all.until, app.today());
                p { (words.with("coming-regularly-until", &[("day", day.into())])) }
                (tap(app, mine, "/absence", "regularly", "coming-regularly-not", ""))
            },
            None if shown.rules.is_none() && !mine.ahead.is_empty() => {
                (tap(app, mine, "", "regularly", "coming-regularly-act", ""))
            },
            None => {},
        }
    }
}

fn part(app: &App, mine: &Mine) -> Markup {
    let words = app.words();
    let other = match mine.part {
        Part::Talk => Part::Listen,
        Part::Listen => Part::Talk,
    };
    html! {
        p { (words.say(saying::part(mine.part))) " " (words.say("coming-part-told")) }
        form method="post" action=(format!("{}/part", address(mine.group.as_str()))) {
            (once::field())
            input type="hidden" name="part" value=(other.name());
            button.button.plain type="submit" { (words.say(match other { Part::Talk => "coming-part-to-talk", Part::Listen => "coming-part-to-listen" })) }
        }
    }
}

/// One button, which says for whoever hears only it what it is about.
fn tap(app: &App, mine: &Mine, to: &str, when: &str, said: &str, about: &str) -> Markup {
    let said = app.words().say(said);
    let label = (!about.is_empty()).then(|| format!("{said}: {about}"));
    html! {
        form method="post" action=(format!("{}{to}", address(mine.group.as_str()))) {
            (once::field())
            input type="hidden" name="when" value=(when);
            button.button.plain type="submit" aria-label=[label] { (said) }
        }
    }
}
