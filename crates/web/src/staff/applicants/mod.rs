//! People on the way into therapy groups, for staff: the board of all of them, the page of one, and what a group asks of who wants to
//! join it.

pub(crate) mod board;
pub(crate) mod decision;
pub(crate) mod group;
pub(crate) mod members;
pub(crate) mod moving;
mod proposals;
mod scores;
pub(crate) mod sheet;
pub(crate) mod show;
pub(crate) mod talk;

use domain::access::Action;
use domain::groups::Slug;
use domain::joining::Reach;
use domain::people::{Handle, Role};
use maud::{Markup, html};
use store::acts::{Decide, SeeApplications, SeeRoster};
use store::joining::{self, JoiningError, OnTheWay};
use store::{On, Permit, StoreError, people};

use crate::joining::{parse, saying};
use crate::signing::Person;
use crate::state::App;
use crate::words::Words;

/// The address of an applicant's page.
pub(crate) fn address(slug: &str) -> String {
    format!("/staff/applicants/{slug}")
}

/// What someone waits for, if they wait, and whether they were promised to be first.
fn awaited(words: &Words, (is_first, reach): (bool, Option<Reach>)) -> Markup {
    html! {
        @if let Some(reach) = reach {
            p.meta {
                @if is_first { b { (words.say("waits-first")) } " · " }
                (words.say(saying::reach(reach)))
            }
        }
    }
}

/// Who leads a group: leaders do what is done on the way into it, co-leaders read along.
struct Leading {
    leaders: Vec<(Slug, Handle)>,
    co_leaders: Vec<Slug>,
}

impl Leading {
    fn leads(&self, person: &Slug) -> bool {
        self.leaders.iter().any(|(leader, _)| leader == person)
    }

    /// Who talks if nobody is named: who asks, or who leads the group first.
    fn default_for(&self, person: &Slug) -> Option<Slug> {
        if self.leads(person) {
            return Some(person.clone());
        }
        self.leaders.first().map(|(leader, _)| leader.clone())
    }

    /// Whether they lead the group with others, and can neither decide nor write a talk down.
    fn only_reads(&self, person: &Slug) -> bool {
        self.co_leaders.contains(person) && !self.leads(person)
    }
}

async fn leading(app: &App, person: &Person, group: &Slug) -> Result<Leading, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeRoster>(On::Group(group)).await?;
    let mut leading = Leading {
        leaders: Vec::new(),
        co_leaders: Vec::new(),
    };
    for one in people::roster(&mut permit).await? {
        match one.role.role {
            Role::Leader => leading.leaders.push((one.person, one.handle)),
            Role::CoLeader => leading.co_leaders.push(one.person),
            _ => {}
        }
    }
    Ok(leading)
}

/// Whether they may, asked before anything that was sent is looked at. Nothing is committed here: the act takes the number of the form.
async fn check(app: &App, person: &Person, action: Action, on: On<'_>) -> Result<(), StoreError> {
    store::check(&mut app.store().read(person.who()).await?, action, on).await
}

/// Whom a decision is about, for who may decide. Nothing is committed here: the act takes the number of the form.
async fn deciding(app: &App, person: &Person, slug: &str) -> Result<OnTheWay, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    store::check(&mut reading, Action::Decide, On::Application(&slug)).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
    Ok(joining::one(&mut permit, &slug).await?.0)
}

/// Something staff do with an application, and its commit.
async fn decided<T>(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, Decide>, &Slug) -> Result<T, JoiningError>,
) -> Result<T, JoiningError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Decide>(On::Application(&slug)).await?;
    let done = act(&mut permit, &slug).await?;
    writing.commit().await?;
    Ok(done)
}
