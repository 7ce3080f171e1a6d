//! Who did what and when. A row says by which role and about whom, and nothing of the content; it is written in the act's own
//! transaction, numbered within its scope without a gap, and carries a MAC under the server's key. A moment later it
//! is linked into one chain (`chain`), about whose end statements are signed and put elsewhere (`head`, `heads`).

mod chain;
mod head;
mod heads;
mod looks;
mod reading;
mod whole;

pub use chain::link;
pub use head::{Head, HeadError};
pub use heads::{ChainState, Filed, HeadLetter, chain_state, head, keep};
pub use looks::{Deed, Look, Looks, about_me};
pub use reading::{
    Actor, By, Entries, Entry, EntryKey, Family, Sought, Within, entries, export, of_installation,
};
pub use whole::{Breach, Broken, HeadBreach, Whole, check, verify};

use chrono::{DateTime, SubsecRound, Utc};
use domain::access::Why;
use domain::people::{GroupId, PersonId};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, IntoActiveModel, Statement};

use crate::entities::{audit, new_id};
use crate::key::{Key, Macs, Purpose};
use crate::request;
use crate::transaction::{StoreError, Who, Writing};

/// What is written down about an act; never what it is about.
#[derive(Debug, Default)]
pub(crate) struct Act {
    /// "listings.publish"
    pub action: &'static str,
    /// The data class of SECURITY: "C1" is the public listing.
    pub class: &'static str,
    pub object: String,
    pub group: Option<GroupId>,
    /// Whose record it is.
    pub about: Option<PersonId>,
    /// By which role or right.
    pub why: Option<Why>,
    /// A reason that was given, such as that of a break-glass.
    pub reason: Option<&'static str>,
}

/// The scope of what belongs to no group.
const ORGANISATION: &str = "organisation";

/// What stands in place of a role: of one's own accord, and by break-glass.
const OWN: &str = "own";
const BROKE_GLASS: &str = "break-glass";

pub(crate) async fn write(writing: &mut Writing, act: Act) -> Result<(), StoreError> {
    // Both engines keep microseconds; the MAC is over what will be read again.
    let now = writing.now().trunc_subsecs(6);
    let scope = act
        .group
        .map_or_else(|| ORGANISATION.to_owned(), |group| group.0.to_string());
    let scope_seq = next(writing, &scope).await?;
    let mut row = audit::Model {
        id: new_id(now),
        at: now,
        actor: audited(&writing.who),
        action: act.action.to_owned(),
        class: act.class.to_owned(),
        object: act.object,
        scope: Some(scope),
        scope_seq: Some(scope_seq),
        role: act.why.map(|why| by_right_of(why).to_owned()),
        about: act.about.map(|person| person.0),
        reason: act.reason.map(str::to_owned),
        request: request::present(),
        mac: None,
    };
    row.mac = Some(mac(&macs(&writing.key), &row).to_vec());
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// The next number of a scope. The row of the scope is held until the commit, so no number is left out or given twice.
async fn next(writing: &Writing, scope: &str) -> Result<i64, StoreError> {
    let db = writing.looking();
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "insert into audit_scope (scope, last) values (?, 1) on conflict (scope) do update set last = last + 1 returning last"
        }
        _ => {
            "insert into audit_scope (scope, last) values ($1, 1) on conflict (scope) do update set last = audit_scope.last + 1 returning last"
        }
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [scope.into()]);
    let row = db.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| StoreError::Database("the audit gave no number".into()))?;
    Ok(row.try_get("", "last")?)
}

pub(crate) fn macs(key: &Key) -> Macs {
    key.macs(Purpose::Audit)
}

/// Over every column but itself.
pub(crate) fn mac(macs: &Macs, row: &audit::Model) -> [u8; 32] {
    fn optional<T: AsRef<[u8]>>(value: Option<&T>) -> Vec<u8> {
        value.map_or_else(|| vec![0], |value| [&[1], value.as_ref()].concat())
    }
    let at = at(row.at).to_be_bytes();
    let seq = row.scope_seq.unwrap_or(0).to_be_bytes();
    let about = row.about.map(|person| *person.as_bytes());
    macs.of(&[
        b"1",
        row.id.as_bytes(),
        &at,
        row.actor.as_bytes(),
        row.action.as_bytes(),
        row.class.as_bytes(),
        row.object.as_bytes(),
        &optional(row.scope.as_ref()),
        &seq,
        &optional(row.role.as_ref()),
        &optional(about.as_ref()),
        &optional(row.reason.as_ref()),
        &optional(row.request.as_ref()),
    ])
}

fn at(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

fn audited(who: &Who) -> String {
    match who {
        Who::Visitor => "visitor".to_owned(),
        Who::Operator => "operator".to_owned(),
        Who::Job(name) => format!("job:{name}"),
        Who::Person(signed_in) => actor_of(signed_in.person),
    }
}

pub(crate) fn actor_of(person: PersonId) -> String {
    format!("person:{}", person.0)
}

/// "leader", "own", "break-glass".
pub(crate) fn by_right_of(why: Why) -> &'static str {
    match (why.role, why.broke_glass) {
        (None, _) => OWN,
        (Some(_), true) => BROKE_GLASS,
        (Some(role), false) => role.name(),
    }
}
