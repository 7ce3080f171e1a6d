//! `/staff/applicants/{application}`: one applicant. What may be about danger first, then the answers, the conversation, the decision.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::access::{Action, Denied};
use domain::joining::{Answer, Answers, Points};
use maud::{Markup, html};
use store::acts::{SeeApplications, SeeIntake, SeeScreening, SeeTalk};
use store::agreements::Owed;
use store::joining::{self, Happened, Measured, Note, OnTheWay, Written};
use store::{On, StoreError, agreements};

use super::proposals::Proposal;
use super::{Leading, address, awaited, decision, leading, moving, scores, talk};
use crate::form::Form;
use crate::joining::{chosen, parse, saying};
use crate::look;
use crate::look::parts::Field;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

/// Everything on the page; what is not theirs to see is none.
pub(super) struct Shown {
    pub one: OnTheWay,
    pub happened: Vec<Happened>,
    pub letters: Vec<Written>,
    pub answers: Said,
    /// What they sent of what they answered in the chooser, for who may read answers.
    pub chosen: Vec<Answer>,
    /// The forms that were answered, for who may read answers.
    pub measured: Vec<Measured>,
    pub notes: Option<Vec<Note>>,
    pub places: domain::joining::Places,
    pub leading: Leading,
    pub owed: Owed,
    /// Other groups for somebody who waits for any, in which the one who asks may decide as well.
    pub fitting: Vec<Proposal>,
    pub may_decide: bool,
    pub may_write: bool,
}

/// What was answered, for who may read it.
pub(super) enum Said {
    NotTheirs,
    Nothing,
    This(Answers, DateTime<Utc>),
}

/// A part of the page that has a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Decision,
    Letter,
    Notes,
    Assignment,
    Moving,
}

/// What was typed, and what is wrong with it where.
#[derive(Default)]
pub(super) struct Typed {
    pub form: Form,
    wrong: Option<(At, String)>,
}

impl Typed {
    pub fn wrong(form: Form, at: At, said: String) -> Self {
        let wrong = Some((at, said));
        Self { form, wrong }
    }

    /// What is wrong there.
    pub fn at(&self, place: At) -> Option<&str> {
        let (at, said) = self.wrong.as_ref()?;
        (*at == place).then_some(said.as_str())
    }
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, &Typed::default()).await
}

/// The page once more, with what was typed and what is wrong with it.
pub(super) async fn again(app: &App, person: &Person, slug: &str, typed: Typed) -> Response {
    draw(app, person, slug, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
}

async fn draw(app: &App, person: &Person, slug: &str, status: StatusCode, typed: &Typed) -> Response {
    match read(app, person, slug).await {
        Ok(shown) => {
            let up = Some(("/staff/applicants".to_owned(), app.words().say("applicants")));
            page_with(
                app,
                status,
                person,
                Place::Applicants,
                up,
                body(app, &shown, typed),
            )
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&address(slug))),
    }
}

/// A "no" to a part of the page leaves the part out.
fn part<T>(found: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::Denied(Denied::NoRight | Denied::BreakGlass)) => Ok(None),
        Err(why) => Err(why),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeIntake>(On::Application(&slug)).await?;
    let (places, _) = joining::staffed(&mut permit).await?;
    let mut permit = writing.permit::<SeeApplications>(On::Application(&slug)).await?;
    let (one, happened) = joining::one(&mut permit, &slug).await?;
    let letters = joining::letters(&mut permit, &slug).await?;
    let owed = agreements::owed(&mut permit, &app.content().agreements).await?;
    let (mut measured, mut chosen) = (Vec::new(), Vec::new());
    let answers = match part(writing.permit::<SeeScreening>(On::Application(&slug)).await)? {
        Some(mut permit) => {
            measured = joining::measured(&mut permit, &slug).await?;
            chosen = joining::chosen(&mut permit, &slug).await?;
            match joining::answers(&mut permit, &slug).await? {
                Some((answers, at)) => Said::This(answers, at),
                None => Said::Nothing,
            }
        }
        None => Said::NotTheirs,
    };
    let notes = match part(writing.permit::<SeeTalk>(On::Application(&slug)).await)? {
        Some(mut permit) => Some(joining::notes(&mut permit, &slug).await?),
        None => None,
    };
    let on = On::Application(&slug);
    let may_decide = store::may(&mut writing, Action::Decide, on).await?;
    let may_write = store::may(&mut writing, Action::WriteTalk, on).await?;
    let fitting = moving::fitting(app, &mut writing, &one).await?;
    writing.commit().await?;
    let leading = leading(app, person, &one.group).await?;
    Ok(Shown {
        one,
        happened,
        letters,
        answers,
        chosen,
        measured,
        notes,
        places,
        leading,
        owed,
        fitting,
        may_decide,
        may_write,
    })
}

fn body(app: &App, shown: &Shown, typed: &Typed) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let next = one.next;
    let measured = scores::read(app, &shown.measured);
    html! {
        div.reading {
            div {
                h1 { (one.handle) }
                p.lead {
                    a href=(format!("/groups/{}", one.group)) { (one.listing.title) } " · "
                    (words.with("joining-asked-on", &[("day", app.day(one.way.facts().asked_at).into())]))
                    @if one.age == domain::agreements::Age::Minor { " · " (words.say("asking-age-minor")) }
                }
                p { b { (words.say(saying::stands(one.way.state().name()))) } " · " (words.say(saying::step(next.step))) }
                (awaited(words, (one.way.is_first(), one.way.reach())))
                (risk(app, shown, &measured))
                (scores::section(app, &measured))
                (said(app, shown))
                (chosen::section(&words.say("applicant-chosen"), &words.say("applicant-chosen-more"), &shown.chosen))
                (talk::section(app, shown, typed))
                (signed(app, shown))
                (history(app, shown))
            }
            div.side { (decision::form(app, shown, typed)) (moving::form(app, shown, typed)) (talk::assignment(app, shown, typed)) }
        }
    }
}

/// First: what may be about danger, when it came, and whether anyone has read it.
fn risk(app: &App, shown: &Shown, measured: &[scores::Answered<'_>]) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let Some((at, seen)) = one.risk else {
        return html! {};
    };
    let safety = match &shown.answers {
        Said::This(answers, _) => Some(answers.safety),
        _ => None,
    };
    html! {
        section.notice.clay aria-labelledby="risk" {
            div {
                h2 #risk { (words.say("risk")) }
                @if let Some(safety) = safety { p { b { (words.say(saying::safety(safety))) } } }
                (scores::danger(app, measured))
                p { (words.with("risk-when", &[("when", app.moment(at).into())])) }
                @match seen {
                    Some(seen) => p.meta { (words.with("risk-seen", &[("when", app.moment(seen).into())])) },
                    None => {
                        p.meta { (words.say("risk-unseen")) }
                        @if shown.may_write {
                            form method="post" action=(format!("{}/risk", address(one.slug.as_str()))) {
                                (once::field())
                                button.button type="submit" { (words.say("risk-act")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn said(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    if matches!(shown.answers, Said::NotTheirs) {
        return html! { section { h2 { (words.say("applicant-words")) } p { (words.say("applicant-words-not-yours")) } } };
    }
    html! {
        section aria-labelledby="words" {
            h2 #words { (words.with("applicant-words-of", &[("name", one.handle.to_string().into())])) }
            @match &shown.answers {
                Said::NotTheirs | Said::Nothing => p { (words.say("applicant-no-words")) },
                Said::This(answers, at) => {
                    p.meta { (words.with("applicant-words-when", &[("when", app.moment(*at).into())])) }
                    @if one.risk.is_none() { p { (words.say("answers-safety")) " " b { (words.say(saying::safety(answers.safety))) } } }
                    @for one in &answers.answers { h3 { (one.question) } (crate::joining::show::paragraphs(one.answer.as_str())) }
                }
            }
        }
    }
}

/// How far the signing is; a guardian's consent is recorded here.
fn signed(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let args = [
        ("signed", FluentValue::from(shown.owed.signed.len())),
        ("missing", FluentValue::from(shown.owed.missing.len())),
    ];
    let guardian = shown
        .owed
        .missing
        .iter()
        .find(|text| text.kind() == domain::agreements::Kind::Guardian);
    html! {
        @if one.way.has_place() {
            section aria-labelledby="signed" {
                h2 #signed { (words.say("agreements")) }
                p { (words.with("applicant-signed", &args)) }
                @if let (Some(text), true) = (guardian, shown.may_decide) {
                    details.adding {
                        summary { (words.say("guardian")) }
                        (crate::joining::agreements::words(text))
                        form.stack method="post" action=(format!("{}/guardian", address(one.slug.as_str()))) {
                            (once::field())
                            input type="hidden" name="hash" value=(text.hash());
                            (Field { name: "name", label: words.say("guardian-name"), hint: Some(words.say("guardian-hint")), ..Field::default() }.draw())
                            div.acts { button.button.plain type="submit" { (words.say("guardian-act")) } }
                        }
                    }
                }
            }
        }
    }
}

fn history(app: &App, shown: &Shown) -> Markup {
    let words = app.words();
    // What led nowhere else stands in the audit.
    let mut steps: Vec<&Happened> = Vec::new();
    for one in &shown.happened {
        if steps.last().is_none_or(|last| last.state != one.state) {
            steps.push(one);
        }
    }
    html! {
        section aria-labelledby="history" {
            h2 #history { (words.say("applicant-history")) }
            ul.rows {
                @for one in steps {
                    li { (app.moment(one.at)) " · " (words.say(saying::stands(&one.state))) @if let Some(by) = &one.by { " · " (by) } }
                }
            }
            @if !shown.letters.is_empty() {
                details.adding {
                    summary { (words.say("applicant-letters")) }
                    @for one in &shown.letters { p.meta { (app.moment(one.at)) } (crate::joining::show::paragraphs(&one.words)) }
                }
            }
        }
    }
}

/// How many points are open, as the decision says it.
pub(super) fn open_points(shown: &Shown) -> usize {
    let talk = shown.one.way.facts().conversation.as_ref();
    talk.map_or(Points::default().open(), |talk| talk.points.open())
}
