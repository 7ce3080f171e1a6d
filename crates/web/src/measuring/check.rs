//! `/check/{measure}`: a visitor answers for themselves. The answers travel in the body of the form, and nothing keeps them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use measures::{Sheet, Status};

use super::{Ready, fields, index, outcome};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, gone, our_fault, page_with};
use crate::state::App;

/// Forms that one can answer alone, in the order in which they are offered, and from which score on a professional should look first
/// (rule R11). Not the PCL-5: it asks at length about the worst that happened, and is for a conversation.
const CHECKS: [(&str, Option<f64>); 6] = [
    ("phq-9", Some(20.0)),
    ("gad-7", Some(15.0)),
    ("phq-4", None),
    ("k6", Some(13.0)),
    ("pc-ptsd-5", None),
    ("phq-2", None),
];

/// The button that asks for the result whatever is open.
const GO: &str = "go";
const RESULT: &str = "result";
const BACK: &str = "back";

pub(super) fn is_one(name: &str) -> bool {
    CHECKS.iter().any(|(check, _)| *check == name)
}

/// Whether a professional should look at a score first.
pub(super) fn is_severe(name: &str, total: Option<f64>) -> bool {
    let from = CHECKS
        .iter()
        .find(|(check, _)| *check == name)
        .and_then(|(_, from)| *from);
    matches!((from, total), (Some(from), Some(total)) if total >= from)
}

fn find<'a>(app: &'a App, name: &str) -> Option<&'a Ready> {
    app.settings().forms.get(name).filter(|_| is_one(name))
}

pub(crate) async fn show(State(app): State<App>, Path(name): Path<String>) -> Response {
    let Some(ready) = find(&app, &name) else {
        return gone(&app);
    };
    match Sheet::blank(&ready.form) {
        Ok(sheet) => shown(
            &app,
            StatusCode::OK,
            ready,
            asking(&app, ready, &sheet, &html! {}, &html! {}),
        ),
        Err(why) => our_fault(&app, &why),
    }
}

pub(crate) async fn answer(State(app): State<App>, Path(name): Path<String>, body: Bytes) -> Response {
    let Some(ready) = find(&app, &name) else {
        return gone(&app);
    };
    let said = fields::said(&body);
    let go = url::form_urlencoded::parse(&body)
        .find(|(name, _)| name == GO)
        .map(|(_, value)| value.into_owned());
    let pairs = said.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let sheet = match Sheet::posted(&ready.form, Status::InProgress, pairs) {
        Ok(sheet) => sheet,
        Err(why) => return our_fault(&app, &why),
    };
    let outcome = match outcome::Outcome::of(&app, ready, &sheet) {
        Ok(outcome) => outcome,
        Err(why) => return our_fault(&app, &why),
    };
    let words = app.words();
    let progress = sheet.progress();
    let open = progress.of - progress.answered;
    let mistakes = fields::mistakes(words, &sheet);
    let help = outcome.help();
    if !mistakes.is_empty() {
        let above = html! {
            (parts::mistakes(Tone::Clay, &words.say("measuring-wrong"), &words.say("measuring-wrong-more"), &mistakes))
        };
        let asked = asking(&app, ready, &sheet, &help, &above);
        return shown(&app, StatusCode::UNPROCESSABLE_ENTITY, ready, asked);
    }
    let wants_result = go.as_deref() == Some(RESULT) && progress.answered > 0;
    if go.as_deref() == Some(BACK) || (open > 0 && !wants_result) {
        let first = words.with("measuring-open", &[("open", open.into())]);
        let more = html! {
            @if progress.answered > 0 { (words.say("measuring-open-more")) } @else { (words.say("measuring-open-none")) }
        };
        let above = html! {
            @if open > 0 { (parts::notice(Tone::Ochre, &first, more)) }
        };
        return shown(
            &app,
            StatusCode::OK,
            ready,
            asking(&app, ready, &sheet, &help, &above),
        );
    }
    let again = html! {
        form action=(format!("/check/{}", ready.measure.name)) method="post" {
            @for (name, value) in &said { input type="hidden" name=(format!("{}{name}", fields::PREFIX)) value=(value); }
            button.textlink type="submit" name=(GO) value=(BACK) { (Icon::Back.draw()) (words.say("measuring-change")) }
        }
    };
    shown(&app, StatusCode::OK, ready, outcome.page(&sheet, &again))
}

fn shown(app: &App, status: StatusCode, ready: &Ready, body: Markup) -> Response {
    let body = html! {
        (body)
        section.fine { (index::form(app.words(), ready)) }
    };
    page_with(
        app,
        status,
        Page {
            title: "site-title",
            here: Here::Chooser,
            up: None,
            body,
        },
    )
}

/// Help, if it is due, stands above all else.
fn asking(app: &App, ready: &Ready, sheet: &Sheet, help: &Markup, above: &Markup) -> Markup {
    let words = app.words();
    let open = sheet.progress();
    html! {
        (help)
        p.back { a.textlink href="/check" { (Icon::Back.draw()) (words.say("measuring-back")) } }
        h1 { (ready.measure.title) }
        (above)
        p.lead { (words.say("measuring-asking")) }
        form.measure action=(format!("/check/{}", ready.measure.name)) method="post" {
            // The first button is what Enter presses.
            button.enter type="submit" tabindex="-1" aria-hidden="true" { (words.say("measuring-see")) }
            (fields::progress(words, sheet))
            (fields::fields(words, sheet))
            div.acts {
                button.button type="submit" { (words.say("measuring-see")) (Icon::Arrow.draw()) }
                @if open.answered > 0 && open.answered < open.of {
                    button.textlink type="submit" name=(GO) value=(RESULT) { (words.say("measuring-see-anyway")) }
                }
            }
        }
        p.meta.kept { (Icon::Lock.draw()) (words.say("measuring-kept")) " " (words.say("measuring-kept-more")) }
    }
}
