//! `/staff/groups/{slug}/joining`: what a group asks of who wants to join: times for a talk, its start, its questions, its texts.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use content::Content;
use domain::access::Action;
use domain::agreements::{Kind, Programme, Text};
use domain::groups::{Listing, Slug};
use domain::joining::{PlannedStart, Question, StartState};
use domain::name::Name;
use domain::schedule::Minutes;
use domain::text::{Line, Prose};
use maud::{Markup, html};
use store::acts::{Decide, SeeIntake};
use store::joining::{self, Asks, How, JoiningError, Slot, SlotId};
use store::{On, Permit, StoreError, agreements};

use super::{Leading, check, leading};
use crate::form::Form;
use crate::joining::{News, parse, refused, saying};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::measuring::thresholds;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/joining")
}

struct Shown {
    listing: Listing,
    slots: Vec<Slot>,
    leading: Leading,
    asks: Asks,
    texts: Vec<(Text, bool)>,
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, None).await
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
    let leading = leading(app, person, &slug).await?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeIntake>(On::Group(&slug)).await?;
    Ok(Shown {
        listing: joining::therapy(&mut permit).await?,
        slots: joining::slots(&mut permit).await?,
        leading,
        asks: joining::asks(&mut permit).await?,
        texts: agreements::texts(&mut permit, &app.content().agreements).await?,
    })
}

/// Something staff do with what the group asks, and its commit.
async fn act(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, Decide>) -> Result<Option<String>, JoiningError>,
) -> Response {
    let done = async {
        let slug = parse(slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Decide>(On::Group(&slug)).await?;
        joining::therapy(&mut permit).await?;
        let wrong = act(&mut permit).await?;
        if wrong.is_none() {
            writing.commit().await?;
        }
        Ok::<_, JoiningError>(wrong)
    };
    match done.await {
        Ok(None) => Redirect::to(&here(slug)).into_response(),
        Ok(wrong) => draw(app, person, slug, StatusCode::UNPROCESSABLE_ENTITY, wrong).await,
        Err(JoiningError::Start(why)) => {
            draw(
                app,
                person,
                slug,
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(why.to_string()),
            )
            .await
        }
        Err(why) => refused(app, person, &here(slug), why),
    }
}

/// Opens a time for a talk: with oneself, with who is named, or with who leads the group first. Who leads it with others only reads along,
/// and could not write the talk down.
pub(crate) async fn open_time(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let leading = async {
        let group = parse(&slug)?;
        // Who may not open one learns nothing of who leads the group, nor that it is there.
        check(&app, &person, Action::Decide, On::Group(&group)).await?;
        leading(&app, &person, &group).await
    };
    let leading = match leading.await {
        Ok(leading) => leading,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    };
    act(&app, &person, &slug, async |permit| {
        let wrong = |id: &str| Ok(Some(app.words().say(id)));
        let with = Slug::parse(form.get("leader")).ok();
        if with.as_ref().is_some_and(|with| leading.only_reads(with)) {
            return wrong("times-with-only-reads");
        }
        let Some(with) = with.or_else(|| leading.default_for(person.0.slug())) else {
            return wrong("times-no-leader");
        };
        let at = NaiveDateTime::parse_from_str(
            &format!("{} {}", form.get("day"), form.get("time")),
            "%Y-%m-%d %H:%M",
        );
        let zone = app.settings().zone;
        let at = at.ok().and_then(|at| zone.from_local_datetime(&at).earliest());
        let minutes = form
            .get("minutes")
            .parse()
            .ok()
            .and_then(|minutes| Minutes::new(minutes).ok());
        let (Some(at), Some(minutes), Some(how)) = (at, minutes, How::named(form.get("how"))) else {
            return wrong("times-wrong");
        };
        match joining::add_slot(permit, Some(&with), at.to_utc(), minutes, how).await {
            Err(JoiningError::Refused(_)) => wrong("refused-time-past"),
            other => other.map(|()| None),
        }
    })
    .await
}

pub(crate) async fn close_time(
    State(app): State<App>,
    person: Person,
    Path((slug, time)): Path<(String, String)>,
) -> Response {
    act(&app, &person, &slug, async |permit| {
        let time = SlotId::parse(&time).ok_or(domain::access::Denied::NoRight)?;
        joining::remove_slot(permit, time).await.map(|()| None)
    })
    .await
}

/// Plans the start, confirms it or puts it off.
pub(crate) async fn start(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        act(&app, &person, &slug, async |permit| {
            let day = form.get("on").parse::<NaiveDate>();
            match (form.get("act"), day) {
                ("confirm", _) => {
                    let texts = &app.content().agreements;
                    joining::confirm_start(permit, texts, told).await.map(|_| None)
                }
                ("put-off", Ok(day)) => joining::put_off_start(permit, day, told).await.map(|()| None),
                ("plan", Ok(day)) => match form.get("least").parse() {
                    Ok(least) => joining::plan_start(permit, day, least).await.map(|()| None),
                    Err(_) => Ok(Some(app.words().say("start-least-missing"))),
                },
                _ => Ok(Some(app.words().say("start-day-missing"))),
            }
        })
        .await
    })
    .await
}

/// The group's own questions, one a line; with none, or as they came with the program, those of the program.
pub(crate) async fn questions(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    act(&app, &person, &slug, async |permit| {
        let Some(questions) = asked_for(app.content(), form.get("questions")) else {
            return Ok(Some(app.words().say("questions-wrong")));
        };
        let programme = match form.get("programme") {
            "substance-use" => Programme::SubstanceUse,
            _ => Programme::General,
        };
        let is_own = !questions.is_empty() && questions != app.content().screening;
        joining::set_questions(permit, is_own.then_some(questions.as_slice())).await?;
        let forms = &app.settings().forms;
        let known = |name: &&str| forms.get(name).is_some();
        let measures = form.all("measure").filter(known);
        let measures: Vec<Name> = measures.filter_map(|name| Name::parse(name).ok()).collect();
        joining::set_measures(permit, &measures).await?;
        joining::set_programme(permit, programme).await.map(|()| None)
    })
    .await
}

/// One question a line. One that came with the program keeps its hint; none, if a line is too long.
fn asked_for(content: &Content, typed: &str) -> Option<Vec<Question>> {
    let mut questions: Vec<Question> = Vec::new();
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    for (number, line) in lines.enumerate() {
        let text = Line::parse(line).ok()?;
        let known = content.screening.iter().find(|known| known.text == text);
        let known = known.filter(|known| !questions.contains(known));
        questions.push(match known {
            Some(known) => known.clone(),
            None => Question {
                id: Name::parse(&format!("own-{}", number + 1)).ok()?,
                text,
                hint: None,
            },
        });
    }
    Some(questions)
}

/// A text of the group's own: everybody signs it anew.
pub(crate) async fn text(
    State(app): State<App>,
    person: Person,
    Path((slug, kind)): Path<(String, String)>,
    form: Form,
) -> Response {
    let news = News::new(app.words(), app.settings());
    news.tell(app.words(), async |told| {
        act(&app, &person, &slug, async |permit| {
            let kind = Kind::named(&kind).ok_or(domain::access::Denied::NoRight)?;
            let read = (Line::parse(form.get("title")), Prose::parse(form.get("words")));
            let (Ok(title), Ok(words)) = read else {
                return Ok(Some(app.words().say("texts-missing")));
            };
            match Text::new(kind, title, words) {
                Ok(text) => agreements::publish(permit, &text, told).await.map(|_| None),
                Err(why) => Ok(Some(why.to_string())),
            }
        })
        .await
    })
    .await
}

fn body(app: &App, slug: &str, shown: &Shown, wrong: Option<&str>) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("asks")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        div.acts {
            a.button.plain href=(format!("/staff/applicants?group={slug}")) { (words.say("applicants")) }
            a.button.plain href=(format!("/staff/groups/{slug}/members")) { (words.say("members")) }
        }
        (times(app, slug, shown))
        (starting(app, slug, shown.asks.start))
        (asked(app, slug, shown))
        (texts(app, slug, &shown.texts))
    }
}

fn times(app: &App, slug: &str, shown: &Shown) -> Markup {
    let words = app.words();
    let hows: Vec<(String, String)> = How::ALL
        .into_iter()
        .map(|how| (how.name().to_owned(), words.say(saying::how(how))))
        .collect();
    html! {
        section aria-labelledby="times" {
            h2 #times { (words.say("times")) }
            p { (words.say("times-lead")) }
            ul.rows {
                @for slot in &shown.slots {
                    li {
                        div {
                            p { (crate::joining::show::said(app, slot)) }
                            @if let Some(booked) = &slot.booked { p { a href=(super::address(booked.as_str())) { (words.say("times-booked")) } } }
                        }
                        @if slot.booked.is_none() {
                            form method="post" action=(format!("{}/times/{}/removal", here(slug), slot.id)) {
                                (once::field())
                                @let said = words.say("times-close");
                                button.textlink type="submit" aria-label=(format!("{said}: {}", app.moment(slot.starts_at))) { (said) }
                            }
                        }
                    }
                }
            }
            form.inline method="post" action=(format!("{}/times", here(slug))) {
                (once::field())
                (Field { name: "day", label: words.say("times-day"), kind: "date", ..Field::default() }.draw())
                (Field { name: "time", label: words.say("times-time"), kind: "time", ..Field::default() }.draw())
                (Field { name: "minutes", label: words.say("times-minutes"), kind: "number", value: "30", ..Field::default() }.draw())
                (Field { name: "how", label: words.say("times-how"), ..Field::default() }.draw_choice(&words.say("times-how-choose"), &hows))
                @if shown.leading.leaders.len() > 1 {
                    (parts::select("leader", &words.say("times-with"), &shown.leading.leaders.iter().map(|(slug, handle)| (slug.to_string(), handle.to_string(), false)).collect::<Vec<_>>()))
                }
                button.button.plain type="submit" { (words.say("times-open")) }
            }
        }
    }
}

/// The start that is planned or confirmed; with none ahead, the form that plans one.
fn starting(app: &App, slug: &str, start: Option<PlannedStart>) -> Markup {
    let words = app.words();
    let day = |label: &str| Field {
        name: "on",
        label: words.say(label),
        kind: "date",
        ..Field::default()
    };
    let to = format!("{}/start", here(slug));
    let is_over = |start: PlannedStart| start.is_over(app.today());
    let said = |start: PlannedStart| match start.state {
        StartState::Planned => "start-planned",
        StartState::Confirmed if is_over(start) => "start-began",
        StartState::Confirmed => "start-confirmed",
    };
    let plans = start.is_none_or(|start| start.state == StartState::Confirmed && is_over(start));
    html! {
        section aria-labelledby="start" {
            h2 #start { (words.say("start")) }
            @if let Some(start) = start {
                @let args = [("day", FluentValue::from(crate::saying::date_long(words, start.on))), ("least", start.least.into())];
                p { b { (words.with(said(start), &args)) } }
                @if start.state == StartState::Planned {
                    form method="post" action=(to) { (once::field()) input type="hidden" name="act" value="confirm"; button.button type="submit" { (words.say("start-confirm")) } }
                    p.meta { (words.say("start-confirm-more")) }
                    form.inline method="post" action=(to) { (once::field()) input type="hidden" name="act" value="put-off"; (day("start-put-off-to").draw()) button.button.plain type="submit" { (words.say("start-put-off")) } }
                }
            }
            @if plans {
                p { (words.say("start-none")) }
                form.inline method="post" action=(to) {
                    (once::field())
                    input type="hidden" name="act" value="plan";
                    (day("start-on").draw())
                    (Field { name: "least", label: words.say("start-least"), kind: "number", value: "4", ..Field::default() }.draw())
                    button.button.plain type="submit" { (words.say("start-plan")) }
                }
            }
        }
    }
}

fn asked(app: &App, slug: &str, shown: &Shown) -> Markup {
    let words = app.words();
    let questions = shown.asks.questions.as_ref().unwrap_or(&app.content().screening);
    let lines: Vec<&str> = questions.iter().map(|question| question.text.as_str()).collect();
    let lines = lines.join("\n");
    let part_2 = shown.asks.programme == Programme::SubstanceUse;
    html! {
        section aria-labelledby="questions" {
            h2 #questions { (words.say("questions")) }
            p { (words.say("questions-lead")) }
            form.stack method="post" action=(format!("{}/questions", here(slug))) {
                (once::field())
                (Field { name: "questions", label: words.say("questions-lines"), hint: Some(words.say("questions-hint")), value: &lines, ..Field::default() }.draw_area())
                fieldset.plain {
                    legend { (words.say("questions-measures")) }
                    p.hint { (words.say("questions-measures-hint")) }
                    @for ready in app.settings().forms.all() {
                        @let name = ready.measure.name.as_str();
                        label.option {
                            input type="checkbox" name="measure" value=(name) checked[shown.asks.measures.iter().any(|asked| asked.as_str() == name)];
                            span { (ready.measure.title) }
                        }
                    }
                }
                label.option { input type="checkbox" name="programme" value="substance-use" checked[part_2]; span { (words.say("questions-part-2")) } }
                div.acts { button.button.plain type="submit" { (words.say("questions-act")) } }
            }
            (thresholds::list(words, &app.settings().forms, slug))
        }
    }
}

fn texts(app: &App, slug: &str, texts: &[(Text, bool)]) -> Markup {
    let words = app.words();
    html! {
        section aria-labelledby="texts" {
            h2 #texts { (words.say("texts")) }
            p { (words.say("texts-lead")) }
            @for (text, own) in texts {
                @let name = text.kind().name();
                details.adding {
                    summary { (words.say(saying::agreement(text.kind()))) " · " (words.say(if *own { "texts-own" } else { "texts-default" })) }
                    form.stack method="post" action=(format!("{}/agreements/{name}", here(slug))) {
                        (once::field())
                        div.field { label for=(format!("title-{name}")) { (words.say("texts-title")) } input id=(format!("title-{name}")) type="text" name="title" maxlength="300" value=(text.title()); }
                        div.field { label for=(format!("words-{name}")) { (words.say("texts-words")) } textarea id=(format!("words-{name}")) name="words" rows="12" maxlength="5000" { (text.words()) } }
                        div.acts { button.button.plain type="submit" { (words.say("texts-act")) } }
                    }
                }
            }
        }
    }
}
