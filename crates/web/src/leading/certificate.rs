//! A certificate of attendance, as a page to print and as text. It names no group, and no topic: for whoever asks a person to prove that they
//! came.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::attendance::{Attended, Certificate};
use domain::people::Handle;
use domain::text::Line;
use maud::{Markup, html};

use crate::form::Form;
use crate::look::icons::Icon;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::state::App;
use crate::words::FluentValue;

/// Asks for which time, and which name.
pub(crate) fn form(
    app: &App,
    here: &str,
    handle: &Handle,
    attended: &[Attended],
    typed: &Form,
    wrong: Option<&str>,
) -> Markup {
    let words = app.words();
    let (first, today) = (
        attended
            .first()
            .map_or_else(|| app.today(), |one| one.on)
            .to_string(),
        app.today().to_string(),
    );
    let or = |name: &str, usual: &str| match typed.get(name) {
        "" => usual.to_owned(),
        typed => typed.to_owned(),
    };
    let fields = [
        ("name", "certificate-name", "text", or("name", handle.as_str())),
        ("from", "certificate-from", "date", or("from", &first)),
        ("until", "certificate-until", "date", or("until", &today)),
    ];
    html! {
        h1 { (words.say("certificate")) }
        p.lead { (words.say("certificate-lead")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        @if attended.is_empty() { (parts::empty(&words.say("certificate-none"), &words.say("certificate-none-more"), None)) }
        @else {
            form.stack method="post" action=(here) {
                (once::field())
                @for (name, said, kind, value) in &fields {
                    (Field { name, label: words.say(said), value, kind, ..Field::default() }.draw())
                }
                div.acts {
                    button.button type="submit" { (words.say("certificate-act")) }
                    button.button.plain type="submit" name="as" value="text" { (words.say("certificate-text")) }
                }
            }
        }
    }
}

/// The certificate, or the form once more; `page` puts it into a page of its own.
pub(crate) fn answer(
    app: &App,
    here: &str,
    handle: &Handle,
    attended: &[Attended],
    typed: &Form,
    page: impl FnOnce(StatusCode, Markup) -> Response,
) -> Response {
    match issued(app, attended, typed) {
        Ok(made) if typed.get("as") == "text" => {
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"certificate.txt\"",
                ),
            ];
            (headers, lines(app, &made).join("\n\n") + "\n").into_response()
        }
        Ok(made) => page(StatusCode::OK, paper(app, here, &made)),
        Err(wrong) => {
            let body = form(app, here, handle, attended, typed, Some(&wrong));
            page(StatusCode::UNPROCESSABLE_ENTITY, body)
        }
    }
}

fn issued(app: &App, attended: &[Attended], typed: &Form) -> Result<Certificate, String> {
    let words = app.words();
    let name = Line::parse(typed.get("name")).map_err(|_| words.say("certificate-name-missing"))?;
    let organisation = Line::parse(&app.settings().organisation.name).map_err(|why| why.to_string())?;
    let day = |name: &str| {
        typed
            .get(name)
            .parse()
            .map_err(|_| words.say("certificate-day-missing"))
    };
    Certificate::issue(
        name,
        organisation,
        day("from")?,
        day("until")?,
        attended,
        app.today(),
    )
    .map_err(|why| why.to_string())
}

/// What it says, paragraph by paragraph.
fn lines(app: &App, made: &Certificate) -> [String; 4] {
    let words = app.words();
    let day = |day: chrono::NaiveDate| {
        FluentValue::from(words.with(
            "certificate-day",
            &[
                ("day", saying::date_long(words, day).into()),
                ("year", chrono::Datelike::year(&day).to_string().into()),
            ],
        ))
    };
    let args: [(&str, FluentValue<'_>); 8] = [
        ("name", made.name.as_str().into()),
        ("from", day(made.from)),
        ("until", day(made.until)),
        ("attended", made.attended.into()),
        ("held", made.held.into()),
        ("hours", hours(made.minutes).into()),
        ("organisation", made.organisation.as_str().into()),
        ("issued", day(made.issued_on)),
    ];
    [
        words.say("certificate-title"),
        words.with("certificate-said", &args),
        words.with("certificate-time", &args),
        words.with("certificate-issued", &args),
    ]
}

/// "7.5": hours with halves and quarters, and no more zeros than are needed.
fn hours(minutes: u32) -> String {
    let hundredths = minutes * 100 / 60;
    let said = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    said.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn paper(app: &App, here: &str, made: &Certificate) -> Markup {
    let words = app.words();
    let [title, said, time, issued] = lines(app, made);
    html! {
        article.certificate {
            h1 { (title) }
            p.lead { (said) }
            p { (time) }
            p { (issued) }
            p.signature { (words.say("certificate-signature")) }
        }
        div.acts.no-print {
            a.button href="#print" data-print { (Icon::Print.draw()) (words.say("shortlist-print")) }
            a.button.plain href=(here) { (words.say("certificate-other")) }
        }
    }
}
