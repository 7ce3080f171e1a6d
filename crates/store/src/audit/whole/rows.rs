//! Every row by its own MAC and number, linked or not: rows in the order of scope and number, and nothing else.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{BATCH, Breach, Breaches};
use crate::audit::mac;
use crate::entities::{audit, audit_scope};
use crate::key::Macs;
use crate::transaction::StoreError;

/// How many rows there are, and of these without a number.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub rows: u64,
    pub unnumbered: u64,
}

/// Reads every row once, some at a time.
pub(super) async fn check(
    db: &DatabaseTransaction,
    macs: &Macs,
    breaches: &mut Breaches,
) -> Result<Counted, StoreError> {
    let mut checker = Checker::new(macs, breaches);
    let mut last: Option<Uuid> = None;
    loop {
        let mut batch = audit::Entity::find().filter(nameless());
        if let Some(last) = last {
            batch = batch.filter(audit::Column::Id.gt(last));
        }
        let rows = batch.order_by_asc(audit::Column::Id).limit(BATCH).all(db).await?;
        let Some(row) = rows.last() else { break };
        last = Some(row.id);
        rows.iter().for_each(|row| checker.unnumbered(row));
    }
    let mut last: Option<(String, i64)> = None;
    loop {
        let mut batch = audit::Entity::find().filter(nameless().not());
        if let Some((scope, seq)) = &last {
            batch = batch.filter(
                Condition::any().add(audit::Column::Scope.gt(scope)).add(
                    Condition::all()
                        .add(audit::Column::Scope.eq(scope))
                        .add(audit::Column::ScopeSeq.gt(*seq)),
                ),
            );
        }
        let rows = batch
            .order_by_asc(audit::Column::Scope)
            .order_by_asc(audit::Column::ScopeSeq)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(row) = rows.last() else { break };
        last = Some((row.scope.clone().unwrap_or_default(), row.scope_seq.unwrap_or(0)));
        rows.iter().for_each(|row| checker.row(row));
    }
    let counts = audit_scope::Entity::find().all(db).await?;
    let counts = counts.into_iter().map(|row| (row.scope, row.last)).collect();
    Ok(checker.end(&counts))
}

/// Rows without a scope or a number in it.
fn nameless() -> Condition {
    Condition::any()
        .add(audit::Column::Scope.is_null())
        .add(audit::Column::ScopeSeq.is_null())
}

/// The check itself, one row after another.
struct Checker<'a> {
    macs: &'a Macs,
    /// The last number seen in each scope.
    seen: BTreeMap<String, i64>,
    /// When the first row with a number was written, and the last without.
    first: Option<DateTime<Utc>>,
    youngest_unnumbered: Option<DateTime<Utc>>,
    counted: Counted,
    breaches: &'a mut Breaches,
}

impl<'a> Checker<'a> {
    fn new(macs: &'a Macs, breaches: &'a mut Breaches) -> Self {
        Self {
            macs,
            seen: BTreeMap::new(),
            first: None,
            youngest_unnumbered: None,
            counted: Counted::default(),
            breaches,
        }
    }

    fn unnumbered(&mut self, row: &audit::Model) {
        self.counted.rows += 1;
        self.counted.unnumbered += 1;
        // Rows from before there were numbers have neither.
        if row.scope.is_some() || row.scope_seq.is_some() || row.mac.is_some() {
            self.breaches.push(String::new(), Breach::Unnumbered);
        }
        self.youngest_unnumbered = self.youngest_unnumbered.max(Some(row.at));
    }

    fn row(&mut self, row: &audit::Model) {
        self.counted.rows += 1;
        self.first = Some(self.first.map_or(row.at, |first| first.min(row.at)));
        let scope = row.scope.clone().unwrap_or_default();
        let number = row.scope_seq.unwrap_or(0);
        let expected = self.seen.get(&scope).copied().unwrap_or(0) + 1;
        if number > expected {
            let missing = Breach::Missing(expected, number - 1);
            self.breaches.push(scope.clone(), missing);
        }
        if number < expected || row.mac.as_deref() != Some(&mac(self.macs, row)[..]) {
            self.breaches.push(scope.clone(), Breach::Changed(number));
        }
        self.seen.insert(scope, number.max(expected - 1));
    }

    fn end(self, counts: &BTreeMap<String, i64>) -> Counted {
        for (scope, count) in counts {
            let seen = self.seen.get(scope).copied().unwrap_or(0);
            if seen < *count {
                let missing = Breach::Missing(seen + 1, *count);
                self.breaches.push(scope.clone(), missing);
            }
        }
        let uncounted = self
            .seen
            .iter()
            .filter(|(scope, seen)| counts.get(*scope).is_none_or(|count| count < *seen));
        for (scope, _) in uncounted {
            self.breaches.push(scope.clone(), Breach::Uncounted);
        }
        if let (Some(first), Some(youngest)) = (self.first, self.youngest_unnumbered)
            && youngest > first
        {
            self.breaches.push(String::new(), Breach::Unnumbered);
        }
        self.counted
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::audit::macs;
    use crate::key::Key;

    fn key() -> Macs {
        macs(&Key::new([42; 32]))
    }

    struct Found {
        rows: u64,
        broken: Vec<(String, Breach)>,
    }

    fn now() -> DateTime<Utc> {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }

    fn signed(mut row: audit::Model) -> audit::Model {
        row.mac = Some(mac(&key(), &row).to_vec());
        row
    }

    fn row(scope: &str, number: i64) -> audit::Model {
        let at = now() + TimeDelta::seconds(number);
        signed(audit::Model {
            id: Uuid::from_u128(u128::try_from(number).unwrap() + 1000 * scope.len() as u128),
            at,
            actor: "operator".to_owned(),
            action: "roles.give".to_owned(),
            class: "C12".to_owned(),
            object: "leader".to_owned(),
            scope: Some(scope.to_owned()),
            scope_seq: Some(number),
            role: Some("admin".to_owned()),
            about: None,
            reason: None,
            request: None,
            mac: None,
        })
    }

    fn rows() -> Vec<audit::Model> {
        (1..=4)
            .map(|number| row("a-group", number))
            .chain((1..=6).map(|number| row("organisation", number)))
            .collect()
    }

    fn checked(rows: &[audit::Model]) -> Found {
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| (row.scope.clone(), row.scope_seq));
        let (key, mut breaches) = (key(), Breaches::default());
        let mut checker = Checker::new(&key, &mut breaches);
        rows.iter().for_each(|row| checker.row(row));
        let counts = BTreeMap::from([("a-group".to_owned(), 4), ("organisation".to_owned(), 6)]);
        Found {
            rows: checker.end(&counts).rows,
            broken: breaches.told,
        }
    }

    #[test]
    fn rows_as_they_were_written_are_whole() {
        let found = checked(&rows());
        assert_eq!(found.rows, 10);
        assert_eq!(found.broken, []);
    }

    #[test]
    fn an_edit_of_any_column_is_found() {
        type Edit = fn(&mut audit::Model);
        let edits: [(&str, Edit); 11] = [
            ("id", |row| row.id = Uuid::from_u128(7)),
            ("at", |row| row.at += TimeDelta::microseconds(1)),
            ("actor", |row| row.actor = "visitor".to_owned()),
            ("action", |row| row.action = "roles.end".to_owned()),
            ("class", |row| row.class = "C1".to_owned()),
            ("object", |row| row.object = "admin".to_owned()),
            ("role", |row| row.role = None),
            ("about", |row| row.about = Some(Uuid::from_u128(9))),
            ("reason", |row| row.reason = Some("danger".to_owned())),
            ("request", |row| row.request = Some(String::new())),
            ("mac", |row| row.mac = None),
        ];
        for (column, edit) in edits {
            for place in 0..10 {
                let mut rows = rows();
                edit(&mut rows[place]);
                let number = rows[place].scope_seq.unwrap();
                let scope = rows[place].scope.clone().unwrap();
                assert_eq!(
                    checked(&rows).broken,
                    [(scope, Breach::Changed(number))],
                    "{column} of {place}"
                );
            }
        }
    }

    #[test]
    fn a_deletion_is_found_wherever_it_is() {
        for place in 0..10 {
            let mut rows = rows();
            let gone = rows.remove(place);
            let number = gone.scope_seq.unwrap();
            let missing = (gone.scope.unwrap(), Breach::Missing(number, number));
            assert_eq!(checked(&rows).broken, [missing], "{place}");
        }
        let only_organisation: Vec<_> = rows().split_off(4);
        assert_eq!(
            checked(&only_organisation).broken,
            [("a-group".to_owned(), Breach::Missing(1, 4))]
        );
    }

    #[test]
    fn a_row_put_in_is_found() {
        // In place of one that was written, after the last, and in a scope of its own.
        let forge = |scope: &str, number: i64| audit::Model {
            mac: Some(mac(&macs(&Key::new([1; 32])), &row(scope, number)).to_vec()),
            ..row(scope, number)
        };
        let mut rows = rows();
        rows[2] = forge("a-group", 3);
        assert_eq!(
            checked(&rows).broken,
            [("a-group".to_owned(), Breach::Changed(3))]
        );
        let mut rows = self::rows();
        rows.push(forge("organisation", 7));
        assert_eq!(
            checked(&rows).broken,
            [
                ("organisation".to_owned(), Breach::Changed(7)),
                ("organisation".to_owned(), Breach::Uncounted)
            ]
        );
        let mut rows = self::rows();
        rows.push(row("elsewhere", 1));
        assert_eq!(
            checked(&rows).broken,
            [("elsewhere".to_owned(), Breach::Uncounted)]
        );
    }

    #[test]
    fn a_swap_is_found_on_both_sides() {
        for (one, other) in [(0, 3), (4, 9), (1, 5)] {
            let mut rows = rows();
            let (first, second) = (rows[one].clone(), rows[other].clone());
            (rows[one].scope, rows[one].scope_seq) = (second.scope, second.scope_seq);
            (rows[other].scope, rows[other].scope_seq) = (first.scope, first.scope_seq);
            assert_eq!(checked(&rows).broken.len(), 2, "{one} and {other}");
        }
    }

    #[test]
    fn a_row_without_a_number_is_older_than_those_that_have_one() {
        let unnumbered = |at: DateTime<Utc>| audit::Model {
            at,
            scope: None,
            scope_seq: None,
            mac: None,
            ..row("organisation", 1)
        };
        for (at, broken) in [(now(), 0), (now() + TimeDelta::days(1), 1)] {
            let (key, mut breaches) = (key(), Breaches::default());
            let mut checker = Checker::new(&key, &mut breaches);
            checker.unnumbered(&unnumbered(at));
            checker.row(&row("organisation", 1));
            let counted = checker.end(&BTreeMap::from([("organisation".to_owned(), 1)]));
            assert_eq!((counted.rows, counted.unnumbered), (2, 1));
            assert_eq!(breaches.told.len(), broken);
        }
    }
}
