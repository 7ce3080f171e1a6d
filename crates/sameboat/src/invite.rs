//! `sameboat invite --role ROLE [--group GROUP] EMAIL`: by whoever is at the console.

use std::error::Error;
use std::sync::{Mutex, PoisonError};

use domain::groups::{Mail, Slug};
use domain::people::Role;
use store::acts::ChangeAccounts;
use store::invitations::{self, InvitationError};
use store::people::RoleError;
use store::signing::link::Letter;
use store::{On, Store, StoreError, Who};
use web::{Words, letters};

use crate::printing::say;
use crate::serve;
use crate::settings::Settings;

pub(crate) struct Arguments {
    pub role: String,
    pub group: Option<String>,
    pub address: String,
}

#[derive(Debug, thiserror::Error)]
enum InviteError {
    #[error("“{0}” is no role; `sameboat invite --help` lists them")]
    Role(String),
    #[error("“{value}” is no mail address: {why}")]
    Address { value: String, why: String },
    #[error("“{0}” is no group of your own; give the last part of its address, such as the end of /groups/…")]
    Group(String),
    #[error("{0}")]
    Refused(InvitationError),
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let role = Role::named(&arguments.role).ok_or_else(|| InviteError::Role(arguments.role.clone()))?;
    let address = Mail::parse(&arguments.address).map_err(|why| InviteError::Address {
        value: arguments.address.clone(),
        why: why.to_string(),
    })?;
    let group = arguments.group.as_deref().map(group).transpose()?;
    let store = settings.open().await?;
    let here = format!("http://localhost:{}", settings.listen.port());
    let site = serve::site(settings, &here, false)?;
    let link = invite(&store, &site, role, group.as_ref(), &address).await;
    store.close().await;
    let link = link.map_err(|why| match (why, &arguments.group) {
        (InvitationError::Role(RoleError::Store(StoreError::Denied(_))), Some(group)) => {
            InviteError::Group(group.clone())
        }
        (why, _) => InviteError::Refused(why),
    })?;
    if settings.post.is_some() {
        say!("A letter to {address} is on its way: `sameboat serve` sends it.")?;
    } else {
        say!(
            "No mail server is set up (--smtp), so the letter waits. Give {address} this link yourself; it works once, for {} days:\n\n    {link}",
            invitations::LASTS.num_days()
        )?;
    }
    Ok(())
}

/// Gives the link that stands in the letter.
async fn invite(
    store: &Store,
    site: &web::Settings,
    role: Role,
    group: Option<&Slug>,
    address: &Mail,
) -> Result<String, InvitationError> {
    let (words, link) = (Words::english(), Mutex::new(String::new()));
    let body = |token: &str| {
        *link.lock().unwrap_or_else(PoisonError::into_inner) = format!("{}/invitation/{token}", site.site());
        letters::invitation(&words, site, token)
    };
    let subject = letters::subject(&words);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = store.write(Who::Operator).await?;
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    invitations::invite(&mut permit, address, role, group, &letter).await?;
    writing.commit().await?;
    Ok(link.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// A slug, alone or at the end of an address.
fn group(text: &str) -> Result<Slug, InviteError> {
    let last = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Slug::parse(last).map_err(|_| InviteError::Group(text.to_owned()))
}
