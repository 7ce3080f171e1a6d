//! People on the staff: their accounts and the roles they hold.

mod closing;
mod list;
mod roles;
mod show;

pub(crate) use closing::{ask, close, forget_second, reopen, sign_out};
pub(crate) use list::list;
pub(crate) use roles::{end, give};
pub(crate) use show::show;

use domain::access::Denied;
use domain::groups::{Mail, Slug};
use store::acts::{SeeAccount, SeeAccounts};
use store::people::{self, Account, RoleError};
use store::{On, StoreError};

use crate::signing::{Person, Wanted};
use crate::state::App;

fn address(slug: &str) -> String {
    format!("/staff/people/{slug}")
}

/// Where one is led back to after showing again who one is.
fn wanted(slug: &str) -> Wanted {
    Wanted::parse(&address(slug))
}

/// Someone on the staff, for who runs the installation: one's own account has pages of its own.
async fn find(app: &App, person: &Person, slug: &str) -> Result<(Account, Option<Mail>), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    reading.permit::<SeeAccounts>(On::Organisation).await?;
    let slug = parse(slug)?;
    let mut permit = reading.permit::<SeeAccount>(On::Person(&slug)).await?;
    people::staff_account(&mut permit).await
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| StoreError::Denied(Denied::NoRight))
}

/// What is for a person to read, at the form; else it is a page of its own.
fn said(why: RoleError) -> Result<String, StoreError> {
    match why {
        RoleError::Store(why) => Err(why),
        other => Ok(other.to_string()),
    }
}
