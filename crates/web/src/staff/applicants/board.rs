//! `/staff/applicants`: everyone on the way into a group, by where they stand; who was promised to be first, then who waits longest. Those
//! who coordinate see all groups, those who lead one see theirs. Nothing of what anybody said is here.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::joining::Owes;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::SeeApplications;
use store::joining::{self, Board, Card, PAGE, Sought};
use store::{On, StoreError};

use super::{address, awaited};
use crate::joining::saying;
use crate::look;
use crate::look::icons::Icon;
use crate::look::parts;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

const HERE: &str = "/staff/applicants";

/// So many of a column on the board.
const SHOWN: u64 = 5;

/// What was asked of the board.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    group: String,
    owes: String,
    column: String,
    after: String,
}

pub(crate) async fn show(State(app): State<App>, person: Person, Query(asked): Query<Asked>) -> Response {
    let wanted = Wanted::parse(HERE);
    let groups = match groups(&app, &person).await {
        Ok(groups) => groups,
        Err(why) => return look::refused(&app, &why, &wanted),
    };
    if !asked.column.is_empty() {
        return match column(&app, &person, &groups, &asked).await {
            Ok(Some(cards)) => page_with(
                &app,
                StatusCode::OK,
                &person,
                Place::Applicants,
                Some((HERE.to_owned(), app.words().say("applicants"))),
                list(&app, &asked, &cards),
            ),
            Ok(None) => look::gone(&app),
            Err(why) => look::refused(&app, &why, &wanted),
        };
    }
    match read(&app, &person, &groups, &asked).await {
        Ok(boards) => {
            let body = body(&app, &groups, &asked, &boards);
            page_with(&app, StatusCode::OK, &person, Place::Applicants, None, body)
        }
        Err(why) => look::refused(&app, &why, &wanted),
    }
}

/// The groups whose board it is; none: all of the organisation.
async fn groups(app: &App, person: &Person) -> Result<Vec<Slug>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    match reading.permit::<SeeApplications>(On::Organisation).await {
        Ok(_) => return Ok(Vec::new()),
        Err(StoreError::Denied(Denied::NoRight)) => {}
        Err(why) => return Err(why),
    }
    let groups = joining::led(&mut reading).await?;
    if groups.is_empty() {
        return Err(Denied::NoRight.into());
    }
    for group in &groups {
        reading.permit::<SeeApplications>(On::Group(group)).await?;
    }
    Ok(groups)
}

/// Which board to read: that of one group, or of the organisation.
fn on<'a>(groups: &'a [Slug], asked: Option<&'a Slug>) -> Vec<On<'a>> {
    match asked {
        Some(group) => vec![On::Group(group)],
        None if groups.is_empty() => vec![On::Organisation],
        None => groups.iter().map(On::Group).collect(),
    }
}

fn sought(asked: &Asked) -> Sought {
    let all = [Owes::Person, Owes::Leader, Owes::Coordinator];
    Sought {
        owes: all.into_iter().find(|owes| owes.name() == asked.owes),
    }
}

async fn read(app: &App, person: &Person, groups: &[Slug], asked: &Asked) -> Result<Vec<Board>, StoreError> {
    let group = Slug::parse(&asked.group).ok();
    let mut reading = app.store().read(person.who()).await?;
    let mut boards = Vec::new();
    for on in on(groups, group.as_ref()) {
        let mut permit = reading.permit::<SeeApplications>(on).await?;
        boards.push(joining::board(&mut permit, sought(asked), SHOWN).await?);
    }
    Ok(boards)
}

async fn column(
    app: &App,
    person: &Person,
    groups: &[Slug],
    asked: &Asked,
) -> Result<Option<Vec<Card>>, StoreError> {
    let group = Slug::parse(&asked.group).ok();
    let after = Slug::parse(&asked.after).ok();
    let mut reading = app.store().read(person.who()).await?;
    let mut all = Vec::new();
    for on in on(groups, group.as_ref()) {
        let mut permit = reading.permit::<SeeApplications>(on).await?;
        match joining::column(&mut permit, &asked.column, sought(asked), after.as_ref()).await? {
            Some(cards) => all.extend(cards),
            None => return Ok(None),
        }
    }
    all.sort_by_key(order);
    Ok(Some(all))
}

fn body(app: &App, groups: &[Slug], asked: &Asked, boards: &[Board]) -> Markup {
    let words = app.words();
    let merged = merge(boards);
    let all: u64 = merged.iter().map(|(_, number, _)| number).sum();
    let (members, over) = boards.iter().fold((0, 0), |(members, over), board| {
        (members + board.lately.0, over + board.lately.1)
    });
    let chosen = Slug::parse(&asked.group).ok().and_then(|slug| app.listed(&slug));
    html! {
        h1 { (words.say("applicants")) }
        p.lead { (words.with("applicants-lead", &[("number", all.into())])) }
        (filters(app, groups, asked, chosen.as_ref().map(|listing| listing.title.to_string())))
        @if all == 0 { (parts::empty(&words.say("applicants-none"), &words.say("applicants-none-more"), None)) }
        div.board {
            @for (name, number, cards) in &merged {
                section aria-labelledby=(format!("column-{name}")) {
                    h2 id=(format!("column-{name}")) { (words.say(heading(name).0)) " " span.soft { (number) } }
                    p.meta { (words.say(heading(name).1)) }
                    ul.cards { @for card in cards { li { (self::card(app, card)) } } }
                    @if *number > cards.len() as u64 {
                        p { a href=(link(asked, name, None)) { (words.with("applicants-more", &[("number", (number - cards.len() as u64).into())])) } }
                    }
                }
            }
        }
        p.meta { (words.with("applicants-lately", &[("members", members.into()), ("over", over.into())])) }
    }
}

type Columns = Vec<(&'static str, u64, Vec<Card>)>;

/// Boards of several groups as one; who was promised to be first comes first in each column, then who waits longest.
fn merge(boards: &[Board]) -> Columns {
    let mut columns: Columns = Vec::new();
    for board in boards {
        for (name, number, cards) in &board.columns {
            if let Some((_, all, there)) = columns.iter_mut().find(|(column, _, _)| column == name) {
                *all += number;
                there.extend(cards.iter().cloned());
            } else {
                columns.push((name, *number, cards.clone()));
            }
        }
    }
    for (_, _, cards) in &mut columns {
        cards.sort_by_key(order);
        cards.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    }
    columns
}

/// As each board has them.
fn order(card: &Card) -> (bool, DateTime<Utc>) {
    (!card.is_first, card.asked_at)
}

fn heading(column: &str) -> (&'static str, &'static str) {
    match column {
        "asked" => ("column-asked", "column-asked-more"),
        "screening" => ("column-screening", "column-screening-more"),
        "waiting" => ("column-waiting", "column-waiting-more"),
        "options" => ("column-options", "column-options-more"),
        "offered" => ("column-offered", "column-offered-more"),
        _ => ("column-to-sign", "column-to-sign-more"),
    }
}

fn filters(app: &App, groups: &[Slug], asked: &Asked, chosen: Option<String>) -> Markup {
    let words = app.words();
    let chip = |to: String, said: String, is: bool| {
        html! { a.chip.chosen[is] href=(to) aria-current=[is.then_some("true")] { (said) } }
    };
    let owes = |name: &str| Asked {
        owes: name.to_owned(),
        ..asked.clone()
    };
    html! {
        nav.chips aria-label=(words.say("applicants-filter")) {
            (chip(address_of(&owes("")), words.say("applicants-all"), asked.owes.is_empty()))
            (chip(address_of(&owes("person")), words.say("owed-person"), asked.owes == "person"))
            (chip(address_of(&owes("leader")), words.say("owed-leader"), asked.owes == "leader"))
            (chip(address_of(&owes("coordinator")), words.say("owed-coordinator"), asked.owes == "coordinator"))
            @if let Some(title) = chosen {
                (parts::chip_away(&address_of(&Asked { group: String::new(), ..asked.clone() }), &title, &words.say("applicants-every-group")))
            }
        }
        @if groups.len() > 1 && asked.group.is_empty() {
            nav.chips aria-label=(words.say("groups")) {
                @for group in groups {
                    @if let Some(listing) = app.listed(group) { a.chip href=(address_of(&Asked { group: group.to_string(), ..asked.clone() })) { (listing.title) } }
                }
            }
        }
    }
}

fn address_of(asked: &Asked) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("group", &asked.group),
        ("owes", &asked.owes),
        ("column", &asked.column),
        ("after", &asked.after),
    ] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        HERE.to_owned()
    } else {
        format!("{HERE}?{query}")
    }
}

fn link(asked: &Asked, column: &str, after: Option<&Slug>) -> String {
    address_of(&Asked {
        column: column.to_owned(),
        after: after.map(ToString::to_string).unwrap_or_default(),
        ..asked.clone()
    })
}

/// One column as a table, a page at a time.
fn list(app: &App, asked: &Asked, cards: &[Card]) -> Markup {
    let words = app.words();
    let (said, more) = heading(&asked.column);
    html! {
        h1 { (words.say(said)) }
        p.lead { (words.say(more)) }
        @if cards.is_empty() { (parts::empty(&words.say("applicants-none"), &words.say("applicants-none-more"), None)) } @else {
            div.scroll tabindex="0" role="region" aria-label=(words.say(said)) {
                table {
                    thead { tr {
                        th scope="col" { (words.say("applicants-name")) }
                        th scope="col" { (words.say("applicants-group")) }
                        th scope="col" { (words.say("applicants-waits")) }
                        th scope="col" { (words.say("applicants-next")) }
                    } }
                    tbody { @for card in cards { tr {
                        th scope="row" { a href=(address(card.slug.as_str())) { (card.handle) } }
                        td { (card.title) }
                        td { (waits(app, card)) (awaited(words, (card.is_first, card.reach))) }
                        td { (owed(app, card)) }
                    } } }
                }
            }
        }
        @if cards.len() as u64 >= PAGE {
            @if let Some(last) = cards.last() { p { a href=(link(asked, &asked.column, Some(&last.slug))) { (words.say("page-next")) } } }
        }
    }
}

fn card(app: &App, card: &Card) -> Markup {
    let words = app.words();
    html! {
        div.card.risk[card.risk] {
            p.card-head { b { a href=(address(card.slug.as_str())) { (card.handle) } } " " span.soft { (waits(app, card)) } }
            p { (card.title) }
            (awaited(words, (card.is_first, card.reach)))
            @if card.risk { p.label.clay { (Icon::Warning.draw()) (words.say("applicants-risk")) } }
            p.owed { (owed(app, card)) }
        }
    }
}

/// How long they have waited: days, then weeks.
fn waits(app: &App, card: &Card) -> String {
    let days = (app.now() - card.asked_at).num_days().max(0);
    if days < 21 {
        app.words().with("waits-days", &[("days", days.into())])
    } else {
        app.words().with("waits-weeks", &[("weeks", (days / 7).into())])
    }
}

/// Who owes the next step; ochre once it is past what was promised.
fn owed(app: &App, card: &Card) -> Markup {
    let words = app.words();
    let late = card.next.is_late(app.settings().promises, app.now());
    let at = |id: &str, when| words.with(id, &[("when", FluentValue::from(app.moment(when)))]);
    let said = match (card.talk_at, card.expires_at) {
        (Some(talk), _) if card.state == "screening" => at("owed-talk", talk),
        (_, Some(until)) => at("owed-offer", until),
        _ => words.say(saying::step(card.next.step)),
    };
    html! {
        @if let Some(leader) = &card.leader { (leader) ": " }
        @if late { span.label.ochre { (Icon::Clock.draw()) (said) " · " (words.say("owed-late")) } } @else { (said) }
    }
}
