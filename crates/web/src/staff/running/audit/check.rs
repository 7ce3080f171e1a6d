//! `GET /staff/audit/check`: reads the whole audit and says whether it is as it was written.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use store::On;
use store::acts::SeeAudit;
use store::audit::{self, Breach, Broken, HeadBreach, Whole};

use super::super::{Groups, whereabouts};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// What is told at most; the first of them are what one looks at.
const MOST: usize = 200;

pub(crate) async fn check(State(app): State<App>, person: Person) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeAudit>(On::Organisation).await?;
        let whole = audit::check(&mut permit).await?;
        drop(reading);
        Ok((whole, Groups::read(&app).await?))
    };
    let (whole, groups) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff/audit/check")),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("audit-check")) }
        (told(&app, &groups, &whole))
        @if whole.unnumbered > 0 { p { (words.with("audit-unnumbered", &[("count", whole.unnumbered.into())])) } }
        p { (words.with("audit-compared", &[("linked", whole.linked.into()), ("heads", whole.heads.into())])) }
        p.hint { (words.say("audit-check-more")) }
    };
    let up = Some(("/staff/audit".to_owned(), words.say("audit")));
    page_with(&app, StatusCode::OK, &person, Place::Audit, up, body)
}

fn told(app: &App, groups: &Groups, whole: &Whole) -> Markup {
    let words = app.words();
    let rows = ("rows", whole.rows.into());
    if whole.broken.is_empty() {
        return parts::notice(Tone::Plain, &words.with("audit-whole", &[rows]), html! {});
    }
    let broken = ("broken", whole.count.into());
    let first = words.with("audit-broken", &[rows, broken]);
    html! {
        (parts::notice(Tone::Clay, &first, html! { (words.say("audit-broken-more")) }))
        ul.rows {
            @for one in whole.broken.iter().take(MOST) { li { (breach(app, groups, one)) } }
        }
        @if whole.count > MOST { p { (words.with("audit-more", &[("shown", MOST.into())])) } }
    }
}

fn breach(app: &App, groups: &Groups, broken: &Broken) -> String {
    let words = app.words();
    let place = ("where", whereabouts(app, groups, broken.group.as_ref()).into());
    let number = |number: i64| number.to_string().into();
    match broken.what {
        Breach::Changed(which) => words.with("audit-changed", &[place, ("number", number(which))]),
        Breach::Missing(from, to) => words.with(
            "audit-missing",
            &[place, ("from", number(from)), ("to", number(to))],
        ),
        Breach::Unnumbered => words.say("audit-without-number"),
        Breach::Uncounted => words.with("audit-uncounted", &[place]),
        Breach::LinkChanged(link) => words.with("audit-link-changed", &[("link", number(link))]),
        Breach::LinksMissing(from, to) => words.with(
            "audit-links-missing",
            &[("from", number(from)), ("to", number(to))],
        ),
        Breach::LinkOfNothing(link) => words.with("audit-link-of-nothing", &[("link", number(link))]),
        Breach::NotLinked(from, to) => words.with(
            "audit-not-linked",
            &[place, ("from", number(from)), ("to", number(to))],
        ),
        Breach::Head(at, link, wrong) => {
            let at = ("at", app.moment(at).into());
            let wrong = ("wrong", head(app, wrong).into());
            words.with("audit-head-wrong", &[at, ("link", number(link)), wrong])
        }
    }
}

fn head(app: &App, wrong: HeadBreach) -> String {
    let words = app.words();
    match wrong {
        HeadBreach::Forged => words.say("audit-head-forged"),
        HeadBreach::OtherKey => words.say("audit-head-key"),
        HeadBreach::OtherDatabase => words.say("audit-head-database"),
        HeadBreach::CutOff(end) => words.with("audit-head-cut", &[("end", end.to_string().into())]),
        HeadBreach::Differs => words.say("audit-head-differs"),
        HeadBreach::FewerRows => words.say("audit-head-fewer"),
    }
}
