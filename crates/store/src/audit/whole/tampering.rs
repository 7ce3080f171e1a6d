//! SECURITY T17: whoever goes past the program and edits, deletes, puts in, swaps, reorders or cuts off is found, and told by row.
//!
//! Each tamper is made in a transaction that is rolled back after the look. Those that touch single rows are made several at a
//! time, in rows that are no neighbours, and each must be told. `cargo xtask assure audit` does the same with many more.

use std::fmt::Write as _;

use domain::clock::Clock as _;
use domain::people::{GroupId, PersonId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use testing::random::{Random, told};
use testing::{TestDatabase, both_engines};
use uuid::Uuid;

use super::*;
use crate::audit::{Act, Filed, head as sign, keep, link};
use crate::url::DatabaseUrl;

/// Tampers of single rows that are made at a time.
const AT_ONCE: usize = 8;

/// Of so many tampers one is about more than single rows, and made alone.
const ALONE: usize = 5;

/// Rows from before there were numbers.
const OLD: i64 = 12;

/// A row of the audit, and where it is linked.
#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    id: Uuid,
    scope: Option<String>,
    scope_seq: Option<i64>,
    position: Option<i64>,
}

impl Row {
    fn scope(&self) -> String {
        self.scope.clone().unwrap()
    }

    fn number(&self) -> i64 {
        self.scope_seq.unwrap()
    }

    fn is_near(&self, other: &Self) -> bool {
        let linked = self.position.zip(other.position);
        let near = |a: i64, b: i64| (a - b).abs() <= 3;
        linked.is_some_and(|(a, b)| near(a, b))
            || self.scope == other.scope && near(self.number(), other.number())
    }
}

/// An audit of many rows, most of them linked, and a statement that is kept elsewhere.
struct Book {
    store: Store,
    key: Key,
    rows: Vec<Row>,
    end: i64,
    elsewhere: Head,
}

impl Book {
    async fn write(test: &TestDatabase, rows: usize, random: &mut Random) -> Self {
        let url = DatabaseUrl::parse(&test.setting()).unwrap();
        let store = Store::open(&url, test.clock.clone(), crate::KeyRing::new([42; 32]))
            .await
            .unwrap();
        old_rows(&store, test).await;
        let scopes: Vec<Uuid> = (0..24).map(|n| Uuid::from_u128(0xa000 + n)).collect();
        act(&store, rows * 6 / 10, &scopes, random).await;
        link(&store).await.unwrap();
        statement(&store).await;
        act(&store, rows * 37 / 100, &scopes, random).await;
        link(&store).await.unwrap();
        act(&store, rows * 3 / 100, &scopes, random).await;
        let elsewhere = sign(&mut store.read(Who::Operator).await.unwrap()).await.unwrap();
        let db = store.begin().await.unwrap();
        let sql = "select a.id, a.scope, a.scope_seq, l.position from audit a
            left join audit_link l on l.audit_id = a.id order by l.position, a.scope, a.scope_seq";
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = Row::find_by_statement(statement).all(&db).await.unwrap();
        let end = rows.iter().filter_map(|row| row.position).max().unwrap();
        db.rollback().await.unwrap();
        let key = store.read(Who::Operator).await.unwrap().key.clone();
        Self {
            store,
            key,
            rows,
            end,
            elsewhere,
        }
    }

    async fn look(&self, db: &DatabaseTransaction) -> Found {
        look(db, &self.key, std::slice::from_ref(&self.elsewhere))
            .await
            .unwrap()
    }

    /// A transaction in which nothing keeps one from changing anything.
    async fn unlocked(&self) -> DatabaseTransaction {
        let db = self.store.begin().await.unwrap();
        match db.get_database_backend() {
            DbBackend::Sqlite => {
                for trigger in ["audit_no", "audit_link_no", "audit_head_no"] {
                    for act in ["update", "delete"] {
                        run(&db, &format!("drop trigger {trigger}_{act}"), []).await;
                    }
                }
                run(&db, "pragma defer_foreign_keys = on", []).await;
            }
            _ => run(&db, "set local session_replication_role = replica", []).await,
        }
        db
    }

    /// Rows with a number, far from those that are taken.
    fn pick(&self, random: &mut Random, taken: &mut Vec<Row>, fits: impl Fn(&Row) -> bool) -> Row {
        loop {
            let row = &self.rows[random.below(self.rows.len())];
            if row.scope.is_some() && fits(row) && !taken.iter().any(|other| row.is_near(other)) {
                taken.push(row.clone());
                return row.clone();
            }
        }
    }
}

/// Rows as the first versions wrote them.
async fn old_rows(store: &Store, test: &TestDatabase) {
    let db = store.begin().await.unwrap();
    for n in 1..=OLD {
        let at = test.clock.now() - chrono::TimeDelta::days(400 - n);
        let id = Uuid::from_u128(u128::try_from(n).unwrap());
        let sql = "insert into audit (id, at, actor, action, class, object) values (?, ?, 'operator', 'listings.publish', 'C1', '')";
        run(&db, sql, [id.into(), at.into()]).await;
    }
    db.commit().await.unwrap();
}

async fn act(store: &Store, rows: usize, scopes: &[Uuid], random: &mut Random) {
    let mut left = rows;
    while left > 0 {
        let mut writing = store.write(Who::Operator).await.unwrap();
        for _ in 0..left.min(500) {
            let scope = random.below(scopes.len() + 1);
            let act = Act {
                action: "contact.see",
                class: "C3",
                object: random.below(10).to_string(),
                group: scopes.get(scope).map(|id| GroupId(*id)),
                about: Some(PersonId(Uuid::from_u128(u128::from(random.draw())))),
                ..Act::default()
            };
            writing.act(act).await.unwrap();
        }
        left -= left.min(500);
        writing.commit().await.unwrap();
    }
}

/// One that is kept in the database itself.
async fn statement(store: &Store) {
    let head = sign(&mut store.read(Who::Operator).await.unwrap()).await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    keep(&mut writing, &head, Filed::No, None).await.unwrap();
    writing.commit().await.unwrap();
}

/// Question marks are numbered for PostgreSQL.
async fn run(db: &DatabaseTransaction, sql: &str, values: impl IntoIterator<Item = Value>) {
    let mut said = String::new();
    let mut number = 0;
    for c in sql.chars() {
        if c == '?' && db.get_database_backend() == DbBackend::Postgres {
            number += 1;
            let _ = write!(said, "${number}");
        } else {
            said.push(c);
        }
    }
    let statement = Statement::from_sql_and_values(db.get_database_backend(), said.as_str(), values);
    db.execute_raw(statement)
        .await
        .unwrap_or_else(|why| panic!("{said}: {why}"));
}

/// What must be told.
type Expected = Vec<(String, Breach)>;

fn at(position: i64) -> (String, Breach) {
    (String::new(), Breach::LinkChanged(position))
}

fn changed(row: &Row) -> (String, Breach) {
    (row.scope(), Breach::Changed(row.number()))
}

fn missing(row: &Row) -> (String, Breach) {
    (row.scope(), Breach::Missing(row.number(), row.number()))
}

/// The contents of a row, but for what names it.
const CONTENTS: [&str; 10] = [
    "at", "actor", "action", "class", "object", "role", "about", "reason", "request", "mac",
];

/// One column of a row.
async fn edit(db: &DatabaseTransaction, row: &Row, random: &mut Random) -> Expected {
    let (column, value): (_, Value) = match random.below(10) {
        0 => ("actor", "visitor".into()),
        1 => ("action", "contact.change".into()),
        2 => ("class", "C1".into()),
        3 => ("object", "".into()),
        4 => ("role", "leader".into()),
        5 => ("about", Uuid::from_u128(1).into()),
        6 => ("about", Option::<Uuid>::None.into()),
        7 => ("reason", "danger".into()),
        8 => ("request", "".into()),
        _ => ("mac", vec![0_u8; 32].into()),
    };
    let sql = format!("update audit set {column} = ? where id = ?");
    // Ten objects, of which none is empty, and nobody visited: every edit is one.
    run(db, &sql, [value, row.id.into()]).await;
    vec![changed(row)]
}

/// Exchanges what two rows hold in these columns.
async fn exchange(db: &DatabaseTransaction, one: Uuid, other: Uuid, columns: &[&str]) {
    let set: Vec<String> = columns
        .iter()
        .map(|column| {
            format!(
                "{column} = (select o.{column} from audit o where o.id = case when audit.id = ? then ? else ? end)"
            )
        })
        .collect();
    let sql = format!("update audit set {} where id in (?, ?)", set.join(", "));
    let mut values: Vec<Value> = Vec::new();
    for _ in columns {
        values.extend([Value::from(one), other.into(), one.into()]);
    }
    values.extend([Value::from(one), other.into()]);
    // SQLite changes one row after the other, and the second would see the first: on a copy it does not.
    let sql = sql.replace("from audit o", "from audit_copy o");
    run(db, "drop table if exists audit_copy", []).await;
    let copy = "create temporary table audit_copy as select * from audit where id in (?, ?)";
    if db.get_database_backend() == DbBackend::Sqlite {
        run(db, copy, [one.into(), other.into()]).await;
    } else {
        let copy = format!(
            "create temporary table audit_copy as select * from audit where id in ('{one}', '{other}')"
        );
        run(db, &copy, []).await;
    }
    run(db, &sql, values).await;
}

async fn relink(db: &DatabaseTransaction, position: i64, row: Uuid) {
    let sql = "update audit_link set audit_id = ? where position = ?";
    run(db, sql, [row.into(), position.into()]).await;
}

/// A tamper of one row or two; none of them knows of the others.
async fn of_rows(
    book: &Book,
    db: &DatabaseTransaction,
    random: &mut Random,
    taken: &mut Vec<Row>,
) -> Expected {
    let linked = |row: &Row| row.position.is_some_and(|position| position < book.end - 3);
    match random.below(10) {
        0..=2 => {
            let row = book.pick(random, taken, |_| true);
            edit(db, &row, random).await
        }
        3 => {
            let row = book.pick(random, taken, |_| true);
            run(db, "delete from audit where id = ?", [row.id.into()]).await;
            let link = row.position.map(|at| (String::new(), Breach::LinkOfNothing(at)));
            std::iter::once(missing(&row)).chain(link).collect()
        }
        4 => {
            // With its link.
            let row = book.pick(random, taken, linked);
            let place = row.position.unwrap();
            run(db, "delete from audit_link where position = ?", [place.into()]).await;
            run(db, "delete from audit where id = ?", [row.id.into()]).await;
            vec![missing(&row), (String::new(), Breach::LinksMissing(place, place))]
        }
        5 => {
            let (one, other) = (
                book.pick(random, taken, |_| true),
                book.pick(random, taken, |_| true),
            );
            exchange(db, one.id, other.id, &CONTENTS).await;
            vec![changed(&one), changed(&other)]
        }
        6 => {
            // Two rows of a scope in another order.
            let one = book.pick(random, taken, |_| true);
            let other = book.pick(random, taken, |row| row.scope == one.scope);
            let number = "update audit set scope_seq = ? where id = ?";
            run(db, number, [(-1_i64).into(), one.id.into()]).await;
            run(db, number, [one.number().into(), other.id.into()]).await;
            run(db, number, [other.number().into(), one.id.into()]).await;
            vec![changed(&one), changed(&other)]
        }
        7 => {
            // Two links in another order.
            let (one, other) = (book.pick(random, taken, linked), book.pick(random, taken, linked));
            let (first, second) = (one.position.unwrap(), other.position.unwrap());
            relink(db, first, Uuid::nil()).await;
            relink(db, second, one.id).await;
            relink(db, first, other.id).await;
            vec![at(first), at(second)]
        }
        8 => {
            let place = book.pick(random, taken, linked).position.unwrap();
            let forged = random.draw().to_be_bytes().repeat(4);
            let sql = "update audit_link set hash = ? where position = ?";
            run(db, sql, [forged.into(), place.into()]).await;
            vec![at(place)]
        }
        _ => {
            // An older row, or one of another person, in its place.
            let row = book.pick(random, taken, |_| true);
            let other = book.pick(random, taken, |_| true);
            let id = Uuid::from_u128(u128::from(random.draw()));
            let columns = CONTENTS.join(", ");
            run(db, "delete from audit where id = ?", [row.id.into()]).await;
            let sql = format!(
                "insert into audit (id, scope, scope_seq, {columns}) select ?, ?, ?, {columns} from audit where id = ?"
            );
            let values: [Value; 4] = [
                id.into(),
                row.scope().into(),
                row.number().into(),
                other.id.into(),
            ];
            run(db, &sql, values).await;
            vec![(row.scope(), Breach::Changed(row.number()))]
        }
    }
}

/// What the tampers of more than single rows are.
const KINDS: usize = 14;

/// What is told of no scope.
fn nowhere(breach: Breach) -> Expected {
    vec![(String::new(), breach)]
}

/// A tamper of a scope, a count, the chain or its end.
async fn of_more(book: &Book, db: &DatabaseTransaction, random: &mut Random, kind: usize) -> Expected {
    let row = book.pick(random, &mut Vec::new(), |row| row.position.is_some());
    let (scope, end) = (row.scope(), book.end);
    let last = book
        .rows
        .iter()
        .filter(|other| other.scope == row.scope)
        .map(Row::number)
        .max()
        .unwrap();
    match kind % KINDS {
        0 | 1 => {
            // A row after the last, with its count and without.
            let columns = CONTENTS.join(", ");
            let sql = format!(
                "insert into audit (id, scope, scope_seq, {columns}) select ?, scope, ?, {columns} from audit where id = ?"
            );
            let id = Uuid::from_u128(u128::from(random.draw()));
            run(db, &sql, [id.into(), (last + 1).into(), row.id.into()]).await;
            let mut expected = vec![(scope.clone(), Breach::Changed(last + 1))];
            if kind.is_multiple_of(KINDS) {
                let sql = "update audit_scope set last = last + 1 where scope = ?";
                run(db, sql, [scope.into()]).await;
            } else {
                expected.push((scope, Breach::Uncounted));
            }
            expected
        }
        2 => {
            // A link of one's own, for a row that waits for one.
            let loose = book.pick(random, &mut Vec::new(), |row| row.position.is_none());
            let forged = random.draw().to_be_bytes().repeat(4);
            let sql = "insert into audit_link (position, audit_id, hash) values (?, ?, ?)";
            run(db, sql, [(end + 1).into(), loose.id.into(), forged.into()]).await;
            let count = "update audit_linked set last = ? where scope = ?";
            run(db, count, [loose.number().into(), loose.scope().into()]).await;
            vec![at(end + 1)]
        }
        3 => {
            // A row as if it were from before there were numbers.
            let sql = "insert into audit (id, at, actor, action, class, object) select ?, at, actor, action, class, object from audit where scope is null limit 1";
            run(db, sql, [Uuid::from_u128(77).into()]).await;
            nowhere(Breach::Unnumbered)
        }
        4 => {
            // One that is from then.
            let position = 1 + i64::try_from(random.below(12)).unwrap();
            let sql = "update audit set action = 'listings.take' where id = (select audit_id from audit_link where position = ?)";
            run(db, sql, [position.into()]).await;
            vec![at(position)]
        }
        5 => {
            let sql = "update audit_scope set last = last - 1 where scope = ?";
            run(db, sql, [scope.clone().into()]).await;
            vec![(scope, Breach::Uncounted)]
        }
        6 => {
            let sql = "update audit_scope set last = last + 1 where scope = ?";
            run(db, sql, [scope.clone().into()]).await;
            vec![(scope, Breach::Missing(last + 1, last + 1))]
        }
        7 => {
            let sql = "update audit_linked set last = last - 1 where scope = ?";
            run(db, sql, [scope.clone().into()]).await;
            vec![(scope, Breach::Uncounted)]
        }
        _ => of_chain(book, db, random, kind % KINDS, &row).await,
    }
}

/// A tamper of what the chain holds together, or of its end.
async fn of_chain(
    book: &Book,
    db: &DatabaseTransaction,
    random: &mut Random,
    kind: usize,
    row: &Row,
) -> Expected {
    let (scope, end) = (row.scope(), book.end);
    match kind {
        8 => {
            // A whole group, with every count of it, and the chain closed over it.
            let first = book
                .rows
                .iter()
                .filter(|other| other.scope == row.scope)
                .filter_map(|row| row.position)
                .min()
                .unwrap();
            let of_scope = "(select id from audit where scope = ?)";
            let links = format!("delete from audit_link where audit_id in {of_scope}");
            run(db, &links, [scope.clone().into()]).await;
            for table in ["audit", "audit_scope", "audit_linked"] {
                let sql = format!("delete from {table} where scope = ?");
                run(db, &sql, [scope.clone().into()]).await;
            }
            close_up(db).await;
            vec![at(first)]
        }
        9 => {
            // A link further back, and those between one place on.
            let from = 20 + i64::try_from(random.below(200)).unwrap();
            let to = from + 1 + i64::try_from(random.below(200)).unwrap();
            let aside = "update audit_link set position = -position where position between ? and ?";
            run(db, aside, [from.into(), to.into()]).await;
            let back = "update audit_link set position = case when position = ? then ? else -position - 1 end where position < 0";
            run(db, back, [(-from).into(), to.into()]).await;
            vec![at(from), at(to)]
        }
        10 => {
            // The end of the chain, but not of the rows.
            let kept = end - 1 - i64::try_from(random.below(200)).unwrap();
            cut(db, kept, Cut::Links).await;
            cut_off(book, kept)
        }
        11 => {
            // The end of everything, and of every count.
            let kept = end - 1 - i64::try_from(random.below(200)).unwrap();
            cut(db, kept, Cut::Rows).await;
            cut_off(book, kept)
        }
        12 => {
            // Only what is not linked yet.
            cut(db, end, Cut::Rows).await;
            let (said, position) = (book.elsewhere.at(), book.elsewhere.position());
            nowhere(Breach::Head(said, position, HeadBreach::FewerRows))
        }
        _ => {
            // A statement that is kept here.
            run(db, "update audit_head set position = position - 1", []).await;
            let row = audit_head::Entity::find().one(db).await.unwrap().unwrap();
            nowhere(Breach::Head(row.at, row.position, HeadBreach::Forged))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Links,
    Rows,
}

/// Takes away what comes after this place of the chain, perhaps with the rows and statements, and puts every count back.
async fn cut(db: &DatabaseTransaction, kept: i64, what: Cut) {
    run(db, "delete from audit_link where position > ?", [kept.into()]).await;
    let max = |table: &str| {
        format!(
            "update {table} set last = coalesce((select max(a.scope_seq) from audit a join audit_link l on l.audit_id = a.id where a.scope = {table}.scope), 0)"
        )
    };
    run(db, &max("audit_linked"), []).await;
    if what == Cut::Rows {
        let rows = "delete from audit where id not in (select audit_id from audit_link)";
        run(db, rows, []).await;
        run(db, &max("audit_scope"), []).await;
        run(db, "delete from audit_scope where last = 0", []).await;
        run(db, "delete from audit_linked where last = 0", []).await;
        run(db, "delete from audit_head where position > ?", [kept.into()]).await;
    }
}

fn cut_off(book: &Book, kept: i64) -> Expected {
    let wrong = HeadBreach::CutOff(kept);
    let (at, position) = (book.elsewhere.at(), book.elsewhere.position());
    vec![(String::new(), Breach::Head(at, position, wrong))]
}

/// Numbers the links that are left without a gap.
async fn close_up(db: &DatabaseTransaction) {
    let sql = "update audit_link set position = -n.place from
        (select position as was, row_number() over (order by position) as place from audit_link) n
        where n.was = audit_link.position";
    run(db, sql, []).await;
    run(db, "update audit_link set position = -position", []).await;
}

#[both_engines]
async fn every_tamper_is_found_and_told_by_its_row(test: TestDatabase) {
    let rows = told("SAMEBOAT_AUDIT_ROWS", 2_000);
    let tampers = told("SAMEBOAT_AUDIT_TAMPERS", 200);
    let mut random = Random(told("SAMEBOAT_SEED", 17) as u64);
    let book = Book::write(&test, rows, &mut random).await;
    let db = book.unlocked().await;
    let whole = book.look(&db).await;
    assert_eq!(whole.breaches.told, [], "as it was written");
    assert_eq!(whole.counted.rows, book.rows.len() as u64);
    assert_eq!((whole.linked, whole.heads), (u64::try_from(book.end).unwrap(), 2));
    db.rollback().await.unwrap();

    let (mut made, mut kind) = (0, 0);
    while made < tampers {
        let db = book.unlocked().await;
        let mut expected = Vec::new();
        if made % (AT_ONCE * ALONE) < AT_ONCE {
            expected.push(of_more(&book, &db, &mut random, kind).await);
            kind += 1;
        } else {
            let mut taken = Vec::new();
            for _ in 0..AT_ONCE.min(tampers - made) {
                expected.push(of_rows(&book, &db, &mut random, &mut taken).await);
            }
        }
        let found = book.look(&db).await;
        for breach in expected.iter().flatten() {
            assert!(
                found.breaches.told.contains(breach),
                "tamper {made} of kind {kind}: {breach:?} is not among {:?}",
                found.breaches
            );
        }
        made += expected.len();
        db.rollback().await.unwrap();
    }
    println!("{made} tampers of {} rows were found", book.rows.len());
}

#[both_engines]
async fn what_was_cut_off_after_the_last_statement_is_found_by_none_and_before_it_by_one(test: TestDatabase) {
    let mut random = Random(5);
    let book = Book::write(&test, 300, &mut random).await;
    let db = book.unlocked().await;
    cut(&db, book.end - 20, Cut::Rows).await;
    // Nothing here tells that there was more: that is what a statement kept elsewhere is for.
    let found = look(&db, &book.key, &[]).await.unwrap();
    assert_eq!(found.breaches.told, []);
    let found = book.look(&db).await;
    assert_eq!(found.breaches.told, cut_off(&book, book.end - 20));
    db.rollback().await.unwrap();
}

#[both_engines]
async fn a_statement_of_another_key_or_about_another_database_says_nothing_of_this_one(test: TestDatabase) {
    let mut random = Random(6);
    let book = Book::write(&test, 100, &mut random).await;
    let db = book.store.begin().await.unwrap();
    let head = &book.elsewhere;
    let other_key = Head::sign(&Key::new([43; 32]), head.stated);
    let other_database = Head::sign(
        &book.key,
        head::Stated {
            database: Uuid::nil(),
            ..head.stated
        },
    );
    let differs = Head::sign(
        &book.key,
        head::Stated {
            hash: [1; 32],
            ..head.stated
        },
    );
    for (head, wrong) in [
        (other_key, HeadBreach::OtherKey),
        (other_database, HeadBreach::OtherDatabase),
        (differs, HeadBreach::Differs),
    ] {
        let breach = Breach::Head(head.at(), head.position(), wrong);
        let found = look(&db, &book.key, &[head]).await.unwrap();
        assert_eq!(found.breaches.told, [(String::new(), breach)]);
    }
    db.rollback().await.unwrap();
}

#[both_engines]
async fn two_who_link_at_once_make_one_chain(test: TestDatabase) {
    let mut random = Random(7);
    let book = Book::write(&test, 1_500, &mut random).await;
    let url = DatabaseUrl::parse(&test.setting()).unwrap();
    let other = Store::open(&url, test.clock.clone(), crate::KeyRing::new([42; 32]))
        .await
        .unwrap();
    act(&book.store, 1_200, &[Uuid::from_u128(0xb000)], &mut random).await;
    let (one, two) = tokio::join!(link(&book.store), link(&other));
    let linked = one.unwrap() + two.unwrap();
    let loose = book.rows.iter().filter(|row| row.position.is_none()).count();
    assert_eq!(linked, loose as u64 + 1_200);
    let whole = verify(&other, std::slice::from_ref(&book.elsewhere))
        .await
        .unwrap();
    assert_eq!((whole.broken, whole.linked), (Vec::new(), whole.rows));
    // Nothing is left to do, and it is asked for once more.
    assert_eq!(link(&other).await.unwrap(), 0);
}

#[both_engines]
async fn links_and_statements_can_be_neither_changed_nor_deleted(test: TestDatabase) {
    let mut random = Random(8);
    let book = Book::write(&test, 100, &mut random).await;
    for table in ["audit_link", "audit_head"] {
        for sql in [
            format!("update {table} set position = 1"),
            format!("delete from {table}"),
        ] {
            let refused = book.store.writes.execute_unprepared(&sql).await.unwrap_err();
            assert!(
                refused.to_string().contains("audit rows stay as they are"),
                "{sql}: {refused}"
            );
        }
    }
}

/// How fast is measured by `cargo xtask assure audit`, in a release build.
#[both_engines]
#[ignore = "measures; cargo xtask assure audit"]
async fn a_long_audit_is_verified_at_a_speed(test: TestDatabase) {
    let mut random = Random(9);
    let rows = told("SAMEBOAT_AUDIT_ROWS", 20_000);
    let book = Book::write(&test, rows, &mut random).await;
    let begun = std::time::Instant::now();
    let whole = verify(&book.store, std::slice::from_ref(&book.elsewhere))
        .await
        .unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(whole.broken, []);
    #[expect(clippy::cast_precision_loss, reason = "a figure to be shown")]
    let speed = whole.rows as f64 / seconds;
    println!("{} rows were verified at {speed:.0} rows a second", whole.rows);
}
