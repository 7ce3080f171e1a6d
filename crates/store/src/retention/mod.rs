//! What is kept no longer than it must be: the organisation's days for each rule of [`domain::retention`], what they would take
//! away tonight, and taking it away; what is under a hold stays. `deleting` is about whole people, `destroying` about the keys of a group.
//!
//! What is due is said once, as SQL that both engines read: a count of it is the dry run, and its rows are what goes.

mod deleting;
mod destroying;
mod holds;

pub use deleting::{DeletionError, MARK_LENGTH, delete_myself, marks, obey};
#[cfg(test)]
pub(crate) use destroying::is_of_groups;
pub use destroying::{DestroyError, Destroyed, destroy};
pub use holds::{
    Hold, HoldId, HoldOn, hold_account, hold_group, hold_person, on_accounts, on_groups, on_people, people,
    release_account, release_group, release_person,
};

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::retention::{Kept, Rule, cutoff};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, Statement, Value,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::import_run;
use crate::entities::retention::retention_rule;
use crate::permit::Permit;
use crate::permit::acts::{RunInstallation, SeeInstallation};
use crate::sealed::place;
use crate::transaction::{StoreError, Transaction, Writing};

/// So many people at most go in one transaction: each is a row or more in every table about people.
const PEOPLE_AT_ONCE: u64 = 20;

/// A rule as it holds here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasts {
    pub rule: Rule,
    /// The organisation's own, or the default.
    pub days: u16,
}

/// What a rule would take away now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub kept: Kept,
    pub rows: u64,
    /// When the oldest of it was over.
    pub oldest: Option<DateTime<Utc>>,
    /// Rows that would go as well, and stay because of a hold.
    pub held: u64,
}

/// Rows of one table that a rule is about; the table is `t` in each expression.
struct Part {
    table: &'static str,
    /// When a row was over; null: it is not.
    over: &'static str,
    /// What else has to be so.
    only: &'static str,
    /// Whether a hold is on whom or what it is about.
    held: Held,
    /// Rows of other tables that go with it, and their column with its id.
    with: &'static [(&'static str, &'static str)],
}

/// Whom and which group a row is about, as expressions: by these one sees whether it is held.
struct Held {
    person: Option<&'static str>,
    group: Option<&'static str>,
}

const NO_HOLD: Held = Held {
    person: None,
    group: None,
};

const fn part(table: &'static str, over: &'static str, held: Held) -> Part {
    Part {
        table,
        over,
        only: "1 = 1",
        held,
        with: &[],
    }
}

const fn of_person(person: &'static str) -> Held {
    Held {
        person: Some(person),
        group: None,
    }
}

const fn of_group(group: &'static str) -> Held {
    Held {
        person: None,
        group: Some(group),
    }
}

const SESSIONS: &[Part] = &[part(
    "session",
    "coalesce(t.revoked_at, t.seen_at)",
    of_person("t.person_id"),
)];
const LETTERS: &[Part] = &[part("outbox", "coalesce(t.sent_at, t.given_up_at)", NO_HOLD)];
const INVITATIONS: &[Part] = &[part(
    "invitation",
    "coalesce(t.accepted_at, t.withdrawn_at, t.expires_at)",
    Held {
        person: Some("t.accepted_by"),
        group: Some("t.listing_id"),
    },
)];
const LINKS: &[Part] = &[
    part(
        "mailed_link",
        "coalesce(t.used_at, t.expires_at)",
        of_person("t.person_id"),
    ),
    // Whoever was asked is not asked again before it has run out, used or not.
    part(
        "confirmation_link",
        "t.expires_at",
        Held {
            person: Some("t.person_id"),
            group: Some("t.listing_id"),
        },
    ),
    part("ceremony", "t.expires_at", of_person("t.person_id")),
    part(
        "asking",
        "coalesce(t.used_at, t.expires_at)",
        Held {
            person: Some("t.used_by"),
            group: Some("t.listing_id"),
        },
    ),
];
/// A run that was finished takes the rows of those before it away itself: what is left is of runs that broke off.
const STAGED: &str =
    "(select r.touched_at from import_run r where r.id = t.run_id and r.state <> 'complete')";
const IMPORT_ROWS: &[Part] = &[
    part("import_row", STAGED, NO_HOLD),
    part("import_link", STAGED, NO_HOLD),
];
const REPORTS: &[Part] = &[Part {
    with: &[("report_words", "report_id")],
    ..part("report", "t.resolved_at", of_group("t.listing_id"))
}];
/// With it goes what was said, answered and noted.
const APPLICATIONS: &[Part] = &[Part {
    only: "t.state = 'over'",
    ..part(
        "application",
        "t.moved_at",
        Held {
            person: Some("t.person_id"),
            group: Some("t.listing_id"),
        },
    )
}];
const GUESTS: &[Part] = &[part(
    "guest",
    "t.over_at",
    Held {
        person: Some("t.person_id"),
        group: Some("t.listing_id"),
    },
)];
const FORMS: &[Part] = &[part("asked", "t.done_at", NO_HOLD)];
/// A chart is over with the last session of it. Marks go last: they say which that was.
const LAST_SESSION: &str = "coalesce((select max(s.starts_at) from attendance a join group_session s on s.id = a.session_id \
     where a.person_id = t.person_id), t.changed_at)";
const CHARTS: &[Part] = &[
    Part {
        with: &[("part_text", "record_id"), ("released_note", "part_id")],
        ..part("member_part", LAST_SESSION, of_person("t.person_id"))
    },
    part("member_goal", LAST_SESSION, of_person("t.person_id")),
    part(
        "attendance",
        "(select max(s.starts_at) from attendance a join group_session s on s.id = a.session_id where a.person_id = t.person_id)",
        of_person("t.person_id"),
    ),
];
/// Of a session that is in no chart.
const SESSION_RECORDS: &[Part] = &[
    Part {
        only: "not exists (select 1 from attendance a where a.session_id = t.session_id) \
               and not exists (select 1 from member_part p where p.session_id = t.session_id)",
        with: &[("session_text", "record_id")],
        ..part(
            "session_record",
            "(select s.starts_at from group_session s where s.id = t.session_id)",
            of_group("(select s.listing_id from group_session s where s.id = t.session_id)"),
        )
    },
    part("group_goal", "t.ended_at", of_group("t.listing_id")),
];
/// Whoever has a chart stays named with it.
const CLOSED_ACCOUNTS: &[Part] = &[Part {
    only: "t.deleted_at is null and not exists (select 1 from attendance a where a.person_id = t.id) \
           and not exists (select 1 from member_part p where p.person_id = t.id)",
    ..part("person", "t.ended_at", of_person("t.id"))
}];
const EX_MEMBERS: &[Part] = &[Part {
    only: "t.deleted_at is null and t.ended_at is null \
           and not exists (select 1 from attendance m where m.person_id = t.id) \
           and not exists (select 1 from member_part p where p.person_id = t.id) \
           and not exists (select 1 from role_held r where r.person_id = t.id and r.until_at is null) \
           and not exists (select 1 from application a where a.person_id = t.id and a.state not in ('member', 'over')) \
           and not exists (select 1 from guest g where g.person_id = t.id)",
    ..part("person", LEFT, of_person("t.id"))
}];
/// When the last role of someone ended. Who came to support groups by a code only, and comes no more, was last here when they got it.
const LEFT: &str = "coalesce((select max(r.until_at) from role_held r where r.person_id = t.id), \
     (select c.created_at from join_code c where c.person_id = t.id and t.mail is null \
      and not exists (select 1 from application a where a.person_id = t.id)))";

const fn parts(kept: Kept) -> &'static [Part] {
    match kept {
        Kept::Sessions => SESSIONS,
        Kept::Letters => LETTERS,
        Kept::Invitations => INVITATIONS,
        Kept::Links => LINKS,
        Kept::ImportRows => IMPORT_ROWS,
        Kept::Reports => REPORTS,
        Kept::Applications => APPLICATIONS,
        Kept::Guests => GUESTS,
        Kept::Forms => FORMS,
        Kept::Charts => CHARTS,
        Kept::SessionRecords => SESSION_RECORDS,
        Kept::ClosedAccounts => CLOSED_ACCOUNTS,
        Kept::ExMembers => EX_MEMBERS,
    }
}

/// Whoever a hold is on, and all who are or were in a group that one is on.
const HELD_PEOPLE: &str = "(select h.person_id from legal_hold h where h.ended_at is null and h.person_id is not null \
     union select r.person_id from role_held r join legal_hold h on h.listing_id = r.listing_id where h.ended_at is null \
     union select g.person_id from guest g join legal_hold h on h.listing_id = g.listing_id where h.ended_at is null)";
const HELD_GROUPS: &str =
    "(select h.listing_id from legal_hold h where h.ended_at is null and h.listing_id is not null)";

/// What keeps a row of a table from going by itself: a hold on whom and on which group it is about.
pub(crate) fn not_held(person: &str, group: &str) -> String {
    format!("({person} not in {HELD_PEOPLE} and {group} not in {HELD_GROUPS})")
}

impl Held {
    fn sql(&self) -> String {
        let is = |who: Option<&str>, held: &str| match who {
            Some(who) => format!("({who} is not null and {who} in {held})"),
            None => "1 = 0".to_owned(),
        };
        let (person, group) = (is(self.person, HELD_PEOPLE), is(self.group, HELD_GROUPS));
        format!("({person} or {group})")
    }
}

impl Part {
    /// Where rows of it are due; the one value is the cutoff.
    fn due(&self, db: &DatabaseTransaction) -> String {
        let cutoff = place(db.get_database_backend(), 1);
        format!("{} and {} <= {cutoff}", self.only, self.over)
    }
}

/// Every rule with its days.
pub async fn rules(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
) -> Result<Vec<Lasts>, StoreError> {
    all(permit.db()).await
}

/// Keeps something for another number of days from now on; one that the rule does not allow changes nothing and is refused.
pub async fn set_rule(
    permit: &mut Permit<'_, RunInstallation>,
    kept: Kept,
    days: u16,
) -> Result<(), StoreError> {
    if !kept.rule().allows(days) {
        return Err(domain::access::Denied::NoRight.into());
    }
    let object = format!("{} {days}", kept.name());
    let (by, now) = (permit.person(), permit.transaction.now());
    let db = permit.act("retention.set", object).await?;
    let row = retention_rule::Model {
        kept: kept.name().to_owned(),
        days: days.into(),
        set_at: now,
        set_by: by.map(|person| person.0),
    };
    let there = retention_rule::Entity::find_by_id(kept.name()).one(db).await?;
    if there.is_none() {
        row.into_active_model().insert(db).await?;
        return Ok(());
    }
    let mut changed = row.into_active_model();
    changed.days = Set(days.into());
    changed.set_at = Set(now);
    changed.set_by = Set(by.map(|person| person.0));
    changed.update(db).await?;
    Ok(())
}

/// What would go now, by each rule; nothing is changed.
pub async fn due(permit: &mut Permit<'_, SeeInstallation, impl Transaction>) -> Result<Vec<Due>, StoreError> {
    let now = permit.transaction.now();
    let db = permit.db();
    let mut all_due = Vec::new();
    for set in all(db).await? {
        let mut due = Due {
            kept: set.rule.kept,
            rows: 0,
            oldest: None,
            held: 0,
        };
        for part in parts(due.kept) {
            let (rows, oldest) = counted(db, part, cutoff(now, set.days), "not").await?;
            let (held, _) = counted(db, part, cutoff(now, set.days), "").await?;
            due.rows += rows;
            due.held += held;
            due.oldest = due.oldest.into_iter().chain(oldest).min();
        }
        all_due.push(due);
    }
    Ok(all_due)
}

/// Takes away at most so many rows that a rule is over for, the oldest first, and says how many: none is the end. For the
/// program's own job, which commits after each; one that is broken off is taken up by the next.
pub async fn sweep(writing: &mut Writing, kept: Kept, most: u64) -> Result<u64, StoreError> {
    writing.who.is_inside()?;
    let days = days_of(writing.looking(), kept).await?;
    let cutoff = cutoff(writing.now(), days);
    if kept.is_people() {
        return sweep_people(writing, kept, cutoff, most.min(PEOPLE_AT_ONCE)).await;
    }
    let mut gone = 0;
    for part in parts(kept) {
        if kept == Kept::ImportRows {
            break_off(writing.looking(), cutoff).await?;
        }
        if gone == most {
            break;
        }
        let ids = ids(writing.looking(), part, cutoff, most - gone).await?;
        if ids.is_empty() {
            continue;
        }
        let act = Act {
            action: "retention.sweep",
            class: kept.rule().class.name(),
            object: format!("{} {}", kept.name(), ids.len()),
            ..Act::default()
        };
        let db = writing.act(act).await?;
        for (table, column) in part.with {
            delete(db, table, column, &ids).await?;
        }
        gone += delete(db, part.table, "id", &ids).await?;
    }
    Ok(gone)
}

/// A run whose rows go can be finished no more: what is left of it would be taken for all of the feed.
async fn break_off(db: &DatabaseTransaction, cutoff: DateTime<Utc>) -> Result<(), StoreError> {
    import_run::Entity::update_many()
        .col_expr(import_run::Column::State, Expr::value("abandoned"))
        .col_expr(import_run::Column::EndedAt, Expr::value(cutoff))
        .filter(import_run::Column::State.eq("begun"))
        .filter(import_run::Column::TouchedAt.lte(cutoff))
        .exec(db)
        .await?;
    Ok(())
}

async fn sweep_people(
    writing: &mut Writing,
    kept: Kept,
    cutoff: DateTime<Utc>,
    most: u64,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    for part in parts(kept) {
        for id in ids(writing.looking(), part, cutoff, most).await? {
            if let Value::Uuid(Some(id)) = id {
                deleting::written_down(writing, PersonId(id), kept.name()).await?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}

async fn all(db: &DatabaseTransaction) -> Result<Vec<Lasts>, StoreError> {
    let mut sets = Vec::new();
    for kept in Kept::ALL {
        sets.push(Lasts {
            rule: kept.rule(),
            days: days_of(db, kept).await?,
        });
    }
    Ok(sets)
}

/// A number from elsewhere than [`set_rule`] that the rule does not allow counts as none.
async fn days_of(db: &DatabaseTransaction, kept: Kept) -> Result<u16, StoreError> {
    let row = retention_rule::Entity::find_by_id(kept.name()).one(db).await?;
    let days = row.and_then(|row| u16::try_from(row.days).ok());
    let rule = kept.rule();
    Ok(days.filter(|days| rule.allows(*days)).unwrap_or(rule.days))
}

/// How many rows are due and held, or `not`, and when the oldest was over.
async fn counted(
    db: &DatabaseTransaction,
    part: &Part,
    cutoff: DateTime<Utc>,
    not: &str,
) -> Result<(u64, Option<DateTime<Utc>>), StoreError> {
    let sql = format!(
        "select count(*) as n, min({}) as oldest from {} t where {} and {not} {}",
        part.over,
        part.table,
        part.due(db),
        part.held.sql()
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [cutoff.into()]);
    let Some(row) = db.query_one_raw(statement).await? else {
        return Ok((0, None));
    };
    let n: i64 = row.try_get("", "n")?;
    Ok((n.cast_unsigned(), row.try_get("", "oldest")?))
}

/// The ids of rows that are due, the oldest first.
async fn ids(
    db: &DatabaseTransaction,
    part: &Part,
    cutoff: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Value>, StoreError> {
    let sql = format!(
        "select t.id as id from {} t where {} and not {} order by {}, t.id limit {most}",
        part.table,
        part.due(db),
        part.held.sql(),
        part.over
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [cutoff.into()]);
    let rows = db.query_all_raw(statement).await?;
    let is_text = part.table == "asked";
    rows.iter()
        .map(|row| {
            Ok(if is_text {
                row.try_get::<String>("", "id")?.into()
            } else {
                row.try_get::<Uuid>("", "id")?.into()
            })
        })
        .collect()
}

async fn delete(
    db: &DatabaseTransaction,
    table: &str,
    column: &str,
    ids: &[Value],
) -> Result<u64, StoreError> {
    let backend = db.get_database_backend();
    let places: Vec<String> = (1..=ids.len()).map(|number| place(backend, number)).collect();
    let sql = format!("delete from {table} where {column} in ({})", places.join(", "));
    let statement = Statement::from_sql_and_values(backend, sql, ids.to_vec());
    Ok(db.execute_raw(statement).await?.rows_affected())
}
