//! The chain, link by link, and the statements about it.

use std::collections::BTreeMap;

use sea_orm::{DatabaseTransaction, EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::rows::Counted;
use super::{BATCH, Breach, Breaches, HeadBreach};
use crate::audit::head::Head;
use crate::audit::{chain, mac};
use crate::entities::{audit, audit_linked};
use crate::key::Macs;
use crate::transaction::StoreError;

/// A link as it is read, with what counts of its row.
#[derive(Debug, Clone, FromQueryResult)]
struct Link {
    position: i64,
    audit_id: Uuid,
    hash: Vec<u8>,
    /// None: there is no such row.
    row_id: Option<Uuid>,
    mac: Option<Vec<u8>>,
    scope: Option<String>,
    scope_seq: Option<i64>,
}

/// Walks the chain from its first link, some at a time: how many there are. `heads` are in the order of their places.
pub(super) async fn check(
    db: &DatabaseTransaction,
    macs: &Macs,
    heads: &[Head],
    counted: Counted,
    breaches: &mut Breaches,
) -> Result<u64, StoreError> {
    let root = chain::root(chain::database(db).await?);
    let mut walker = Walker::new(macs, root, heads, breaches);
    let mut last = i64::MIN;
    loop {
        let mut links = batch(db, last).await?;
        let Some(link) = links.last() else { break };
        last = link.position;
        for link in &mut links {
            // A row from before there were MACs, or one whose own was taken: it has the one it would have.
            if let (Some(id), None) = (link.row_id, &link.mac) {
                let row = audit::Entity::find_by_id(id).one(db).await?;
                link.mac = row.map(|row| mac(macs, &row).to_vec());
            }
            walker.link(link);
        }
    }
    let linked = audit_linked::Entity::find().all(db).await?;
    let linked = linked.into_iter().map(|row| (row.scope, row.last)).collect();
    Ok(walker.end(&linked, counted))
}

async fn batch(db: &DatabaseTransaction, after: i64) -> Result<Vec<Link>, StoreError> {
    let mark = match sea_orm::ConnectionTrait::get_database_backend(db) {
        sea_orm::DbBackend::Sqlite => "?",
        _ => "$1",
    };
    let sql = format!(
        "select l.position, l.audit_id, l.hash, a.id as row_id, a.mac, a.scope, a.scope_seq
         from audit_link l left join audit a on a.id = l.audit_id
         where l.position > {mark} order by l.position limit {BATCH}"
    );
    let backend = sea_orm::ConnectionTrait::get_database_backend(db);
    let statement = Statement::from_sql_and_values(backend, sql, [after.into()]);
    Ok(Link::find_by_statement(statement).all(db).await?)
}

/// The walk itself, one link after another.
struct Walker<'a> {
    macs: &'a Macs,
    /// The place that comes next.
    expected: i64,
    /// What the next link may hang on: the link before it as it stands there, and as it should be. Nothing, after a gap.
    before: Vec<Vec<u8>>,
    /// The last number of each scope that is linked.
    seen: BTreeMap<String, i64>,
    linked: u64,
    unnumbered: u64,
    heads: &'a [Head],
    /// How many of them are about a place that was passed.
    passed: usize,
    breaches: &'a mut Breaches,
}

impl<'a> Walker<'a> {
    fn new(macs: &'a Macs, root: Vec<u8>, heads: &'a [Head], breaches: &'a mut Breaches) -> Self {
        Self {
            macs,
            expected: 1,
            before: vec![root],
            seen: BTreeMap::new(),
            linked: 0,
            unnumbered: 0,
            heads,
            passed: 0,
            breaches,
        }
    }

    fn link(&mut self, link: &Link) {
        let position = link.position;
        self.linked += 1;
        if position < self.expected {
            // Before the first: no such place.
            self.told(Breach::LinkChanged(position));
            return;
        }
        if position > self.expected {
            self.told(Breach::LinksMissing(self.expected, position - 1));
            self.before.clear();
        }
        self.expected = position + 1;
        let should = match (&link.mac, link.row_id) {
            (Some(mac), Some(_)) => self.should(link, mac),
            _ => {
                self.told(Breach::LinkOfNothing(position));
                None
            }
        };
        self.heads(link, should.as_deref());
        self.before = std::iter::once(link.hash.clone()).chain(should).collect();
    }

    /// The hash that it should have, where it has another.
    fn should(&mut self, link: &Link, mac: &[u8]) -> Option<Vec<u8>> {
        match (&link.scope, link.scope_seq) {
            (Some(scope), Some(number)) => {
                let last = self.seen.entry(scope.clone()).or_insert(0);
                *last = number.max(*last);
            }
            // What has no number comes before all that has one.
            _ if !self.seen.is_empty() => self.told(Breach::Unnumbered),
            _ => self.unnumbered += 1,
        }
        let hashes = self
            .before
            .iter()
            .map(|before| chain::hash(self.macs, link.position, before, link.audit_id, mac).to_vec());
        let hashes: Vec<Vec<u8>> = hashes.collect();
        if self.before.is_empty() || hashes.contains(&link.hash) {
            return None;
        }
        self.told(Breach::LinkChanged(link.position));
        hashes.into_iter().next()
    }

    /// What was said of this place.
    fn heads(&mut self, link: &Link, should: Option<&[u8]>) {
        let said = self.heads[self.passed..]
            .iter()
            .take_while(|head| head.position() <= link.position);
        let said: Vec<&Head> = said.collect();
        self.passed += said.len();
        for head in said {
            let is = |hash: &[u8]| hash == head.stated.hash;
            let about_this = head.position() == link.position;
            if about_this && !is(&link.hash) && !should.is_some_and(is) {
                self.told(Breach::Head(head.at(), head.position(), HeadBreach::Differs));
            }
        }
    }

    fn end(mut self, linked: &BTreeMap<String, i64>, counted: Counted) -> u64 {
        for (scope, last) in linked {
            let seen = self.seen.get(scope).copied().unwrap_or(0);
            if seen < *last {
                self.breaches
                    .push(scope.clone(), Breach::NotLinked(seen + 1, *last));
            }
        }
        for (scope, seen) in &self.seen {
            if linked.get(scope).is_none_or(|last| last < seen) {
                self.breaches.push(scope.clone(), Breach::Uncounted);
            }
        }
        // Once a row with a number is linked, all from before are.
        if !self.seen.is_empty() && self.unnumbered < counted.unnumbered {
            self.told(Breach::Unnumbered);
        }
        let end = self.expected - 1;
        for head in self.heads {
            let (at, position) = (head.at(), head.position());
            if position > end {
                self.told(Breach::Head(at, position, HeadBreach::CutOff(end)));
            } else if u64::try_from(head.stated.rows).is_ok_and(|rows| rows > counted.rows) {
                self.told(Breach::Head(at, position, HeadBreach::FewerRows));
            }
        }
        self.linked
    }

    fn told(&mut self, breach: Breach) {
        self.breaches.push(String::new(), breach);
    }
}
