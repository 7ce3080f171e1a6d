//! `/client_interface/json/?switcher=…`: groups as a BMLT server answers for its meetings, read only.
//!
//! `?programme=NAME` asks for the groups that came from that programme's feed, as in the other feeds. What BMLT's server passes
//! over is passed over; what it cannot answer either is 422 with `{"message", "error": {"parameter", "value", "message",
//! "choices"}}`. Towns and ZIP codes are looked up on this machine.

mod asked;
mod circle;
mod order;
pub(crate) mod php;
mod search;
mod server;
mod text;
mod wrong;

use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use feeds::bmlt::{Row, Server};
use finder::{Found as Places, Place};
use serde::Serialize;
use serde_json::json;

use self::asked::{Asked, Choice, Lang, Shape, one};
use self::circle::{Around, Circle, Width};
use self::php::Parameters;
use self::search::{Found, below, search};
use self::wrong::Wrong;
use super::meetings::{told, whose};
use super::{is_known, served};
use crate::finding::near::{Problem, unknown_sentence};
use crate::state::App;

/// So many meetings are nearest, when an address is given without a distance.
const NEAREST: f64 = -10.0;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    match answer(&app, &query) {
        Ok(response) => response,
        Err(wrong) => wrong.response(&app),
    }
}

fn answer(app: &App, query: &str) -> Result<Response, Wrong> {
    let parameters = Parameters::read(query);
    let switcher = one(&parameters, "switcher")?.unwrap_or_default();
    let answer: fn(&Server, &Parameters) -> Result<String, Wrong> = match switcher {
        "GetSearchResults" => results,
        "GetFormats" => formats,
        "GetServiceBodies" => bodies,
        "GetServerInfo" => server::info,
        _ => return Err(Problem::new("switcher", switcher, "bmlt-switcher").into()),
    };
    let whose = whose(query);
    if !is_known(app, &whose) {
        return Err(Wrong::Programme(whose));
    }
    let (server, account) = served(app, &whose);
    let body = answer(&server, &parameters)?;
    let response = ([(CONTENT_TYPE, "application/json")], body).into_response();
    Ok(told(response, &account))
}

fn results(server: &Server, parameters: &Parameters) -> Result<String, Wrong> {
    let mut asked = Asked::read(parameters)?;
    if let Some((address, radius)) = asked.address.take()
        && asked.around != Around::Nothing
    {
        let place = place(&address)?;
        asked.around = Around::Here(Circle {
            latitude: place.point.latitude(),
            longitude: place.point.longitude(),
            width: Some(Width::Miles(radius.unwrap_or(NEAREST))),
            by_distance: matches!(asked.around, Around::Here(circle) if circle.by_distance),
        });
    }
    let found = search(server, &asked);
    let used = || {
        let of = |id: u64| found.iter().any(|found| found.meeting.formats.contains(&id));
        let told = server.formats().filter(|_| asked.lang == Lang::English);
        told.filter(|said| of(said.format().id)).collect::<Vec<_>>()
    };
    let rows = rows(&found, &asked);
    text(&match asked.shape {
        Shape::Meetings => return text(&rows),
        Shape::WithFormats => json!({ "meetings": rows, "formats": used() }),
        Shape::FormatsOnly => json!({ "formats": used() }),
    })
}

fn rows<'a>(found: &[Found<'a>], asked: &'a Asked) -> Vec<Row<'a>> {
    let row = |found: &Found<'a>| Row {
        meeting: found.meeting,
        away: found.away,
        keys: &asked.keys,
    };
    found.iter().map(row).collect()
}

/// The one place that an address means.
fn place(address: &str) -> Result<Place, Wrong> {
    let wrong = |sentence| Problem::new("SearchString", address, sentence);
    match finder::places().resolve(address) {
        Places::One(place) => Ok(place),
        Places::Several(places) => Err(Wrong::Several(wrong("near-several"), places)),
        Places::Unknown(why) => Err(wrong(unknown_sentence(why)).into()),
    }
}

/// Formats that no meeting has are not known here, with or without `show_all`.
fn formats(server: &Server, parameters: &Parameters) -> Result<String, Wrong> {
    let ids = Choice::of(parameters, "format_ids");
    let keys = match parameters.get("key_strings") {
        php::Given::Nothing => Vec::new(),
        php::Given::One(key) => vec![key],
        php::Given::List(keys) => keys,
    };
    let langs = match parameters.get("lang_enum") {
        php::Given::List(langs) => langs,
        php::Given::One(lang) => vec![lang],
        php::Given::Nothing => vec!["en"],
    };
    let english = langs
        .into_iter()
        .any(|lang| Lang::read(Some(lang)) == Lang::English);
    let told = server.formats().filter(|said| {
        let format = said.format();
        let key = keys.is_empty() || keys.iter().any(|key| key.eq_ignore_ascii_case(&format.key));
        english && key && ids.takes(format.id)
    });
    text(&told.collect::<Vec<_>>())
}

fn bodies(server: &Server, parameters: &Parameters) -> Result<String, Wrong> {
    let is = |name| Ok::<_, Problem>(one(parameters, name)? == Some("1"));
    let (recursive, parents) = (is("recursive")?, is("parents")?);
    let asked = Choice::of(parameters, "services");
    let above = |ids: &[u64]| {
        let mut ids = below(server, ids, recursive);
        let mut at = 0;
        while parents && at < ids.len() {
            let parent = server
                .bodies
                .iter()
                .find(|body| body.id == ids[at])
                .map(|body| body.parent);
            ids.extend(parent.filter(|parent| *parent > 0 && !ids.contains(parent)));
            at += 1;
        }
        ids
    };
    let choice = Choice {
        with: above(&asked.with),
        without: above(&asked.without),
    };
    let told = server.bodies.iter().filter(|body| choice.takes(body.id));
    text(&told.collect::<Vec<_>>())
}

fn text(answer: &impl Serialize) -> Result<String, Wrong> {
    Ok(serde_json::to_string(answer)?)
}

/// Any query string is answered or refused: what the fuzzer tries, on a server of a few meetings.
pub(crate) fn tried(query: &str) -> Result<String, String> {
    let parameters = Parameters::read(query);
    let server = server::of_a_few();
    let all = [results, formats, bodies, server::info];
    let answers: Result<Vec<String>, Wrong> = all
        .into_iter()
        .map(|answer| answer(&server, &parameters))
        .collect();
    match answers {
        Ok(answers) => Ok(answers.join("\n")),
        Err(wrong) => Err(wrong.parameter().to_owned()),
    }
}
