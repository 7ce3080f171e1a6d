//! `GET /staff/feeds/{feed}/held/{row}`: a held row as its feed gives it, what is wrong with it first. `POST …/correction`
//! puts what was typed in place of that, and the row becomes a listing of its feed.

use ::feeds::is_not_kept;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::mending::{Correction, Fact, Mended, Problem, Unfinished};
use store::acts::RunListings;
use store::feeds::{self, Known, ToFix};
use store::{On, StoreError};

use super::held::number;
use super::{HERE, address, fixing, parse};
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::staff::groups::point_of;
use crate::state::App;

/// Before the name of a fact: the field for what is right, and what the feed said of it when the page was made.
pub(super) const PUT: &str = "put-";
pub(super) const GIVEN: &str = "given-";

/// A fact that is asked for, and what was typed.
pub(super) struct Asked {
    pub problem: Problem,
    pub typed: String,
    /// The group is to be listed without it.
    pub without: bool,
    pub wrong: Option<String>,
}

/// What a page to fix a row shows.
pub(super) struct Fixing {
    pub feed: Known,
    pub found: ToFix,
    pub asked: Vec<Asked>,
    /// The feed was fetched since the page was shown.
    pub is_meanwhile: bool,
}

pub(crate) async fn fix(
    State(app): State<App>,
    person: Person,
    Path((id, row)): Path<(String, String)>,
) -> Response {
    match find(&app, &person, &id, &row).await {
        Ok((feed, found)) => {
            let problems = problems(found.unfinished.as_ref());
            let asked = problems.into_iter().map(Asked::new).collect();
            let page = Fixing {
                feed,
                found,
                asked,
                is_meanwhile: false,
            };
            fixing::draw(&app, &person, StatusCode::OK, &page)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

pub(crate) async fn correct(
    State(app): State<App>,
    person: Person,
    Path((id, row)): Path<(String, String)>,
    form: Form,
) -> Response {
    let (feed, found) = match find(&app, &person, &id, &row).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let mut page = Fixing {
        asked: typed(&app, &form, found.unfinished.as_ref()),
        is_meanwhile: form.get("row") != found.row.id,
        feed,
        found,
    };
    let is_ready = page.asked.iter().all(|asked| asked.wrong.is_none()) && !page.asked.is_empty();
    if page.is_meanwhile || !is_ready {
        return again(&app, &person, page);
    }
    match put(&app, &person, &page).await {
        Ok(Ok(())) => {
            let to = format!("{}/corrections", address(page.feed.id));
            Redirect::to(&to).into_response()
        }
        Ok(Err(mended)) => {
            page.take(mended);
            again(&app, &person, page)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

impl Asked {
    fn new(problem: Problem) -> Self {
        Self {
            problem,
            typed: String::new(),
            without: false,
            wrong: None,
        }
    }

    /// What is put there: where a house is belongs to its address, so that it is found near.
    fn correction(&self) -> Correction {
        let text = self.typed.as_str();
        let point = point_of(text).filter(|_| self.problem.fact == Fact::Place && !text.contains('('));
        let put = match point {
            Some(point) => format!("{text} ({:.4}, {:.4})", point.latitude(), point.longitude()),
            None => text.to_owned(),
        };
        Correction {
            fact: self.problem.fact.clone(),
            given: self.problem.given.clone(),
            put: Some(put).filter(|_| !self.without),
        }
    }
}

impl Fixing {
    /// What is still wrong, at its fact.
    fn take(&mut self, mended: Mended) {
        for (at, why) in &mended.wrong {
            if let Some(asked) = self.asked.get_mut(*at) {
                asked.wrong = Some(fixing::sentence(why));
            }
        }
        for problem in problems(mended.listing.as_ref().err()) {
            let there = self
                .asked
                .iter_mut()
                .find(|asked| asked.problem.fact == problem.fact);
            match there {
                Some(asked) => {
                    asked.wrong.get_or_insert(problem.why);
                }
                None => self.asked.push(Asked::new(problem)),
            }
        }
    }
}

fn problems(unfinished: Option<&Unfinished>) -> Vec<Problem> {
    unfinished.map_or_else(Vec::new, |it| it.problems().to_vec())
}

fn again(app: &App, person: &Person, page: Fixing) -> Response {
    let status = if page.is_meanwhile {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    fixing::draw(app, person, status, &page)
}

/// What was typed for each fact, in the order in which they are asked; what the feed says of one by now counts.
fn typed(app: &App, form: &Form, unfinished: Option<&Unfinished>) -> Vec<Asked> {
    let words = app.words();
    let mut now = problems(unfinished);
    let mut asked = Vec::new();
    let without: Vec<&str> = form.all("without").collect();
    for name in form.names().filter_map(|name| name.strip_prefix(PUT)) {
        let Some(fact) = Fact::named(name) else { continue };
        let field = format!("{GIVEN}{name}");
        let seen = form.names().any(|there| there == field);
        let given = seen.then(|| form.raw(&field).to_owned());
        let there = now.iter().position(|problem| problem.fact == fact);
        let problem = match there {
            Some(at) => now.remove(at),
            // What only showed when the rest was said.
            None => Problem {
                field: fact.to_string(),
                given: given.clone(),
                why: String::new(),
                fact,
            },
        };
        let mut one = Asked {
            typed: form.get(&format!("{PUT}{name}")).to_owned(),
            without: without.contains(&name) && problem.fact.can_be_left_out(),
            wrong: None,
            problem,
        };
        one.wrong = if one.problem.given != given {
            Some(words.say("fix-meanwhile"))
        } else if one.without {
            None
        } else if one.typed.is_empty() {
            Some(words.say("typed-missing"))
        } else {
            is_not_kept(&one.problem.fact, &one.typed).then(|| words.say("fix-secret"))
        };
        asked.push(one);
    }
    asked.extend(now.into_iter().map(|problem| Asked {
        wrong: Some(words.say("typed-missing")),
        ..Asked::new(problem)
    }));
    asked
}

async fn put(app: &App, person: &Person, page: &Fixing) -> Result<Result<(), Mended>, StoreError> {
    let row = &page.found.row;
    let puts: Vec<Correction> = page.asked.iter().map(Asked::correction).collect();
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
    match feeds::correct(&mut permit, page.feed.id, row.number, &row.id, &puts).await? {
        Ok(_) => writing.commit().await.map(Ok),
        Err(mended) => Ok(Err(mended)),
    }
}

async fn find(app: &App, person: &Person, id: &str, row: &str) -> Result<(Known, ToFix), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
    let id = parse(id)?;
    Ok((
        feeds::show(&mut permit, id).await?,
        feeds::fixable(&mut permit, id, number(row)?).await?,
    ))
}
