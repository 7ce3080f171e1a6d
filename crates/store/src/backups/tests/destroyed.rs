//! The keys of a group destroyed where every table has rows: what they sealed goes from all of them, and nothing else does.

use domain::groups::Slug;
use domain::retention::NOBODY;
use sea_orm::ConnectionTrait;
use testing::{TestDatabase, both_engines};

use super::earlier::{opened, rows};
use super::filling::{self, sealed_column};
use super::{open, url};
use crate::backups::cell::Cell;
use crate::backups::schema;
use crate::migrations::FACTS;
use crate::{Who, engine, retention, sealed};

/// Of these the row of the group goes; the two last by the engine.
const GO: [&str; 21] = [
    "report_words",
    "screening_answer",
    "talk_note",
    "application_letter",
    "guest",
    "entrance",
    "curriculum",
    "advice",
    "whereabouts",
    "emergency_contact",
    "billing_number",
    "session_record",
    "session_text",
    "member_part",
    "part_text",
    "member_goal",
    "group_goal",
    "roster_mark",
    "released_note",
    "coming",
    "advice_thanks",
];

const EMPTIED: [(&str, &str); 3] = [
    ("group_session", "plan"),
    ("group_session", "heads"),
    ("excuse", "words"),
];

const REPLACED: [(&str, &str); 2] = [("membership", "screened_by"), ("break_glass", "words")];

/// Where it is written down.
const TELL: [&str; 4] = ["audit", "audit_scope", "data_key", "tombstone"];

/// The groups are over. Of the third, a version before records were sealed whole has destroyed the keys, and left its records without texts.
const AS_IT_WAS: [&str; 3] = [
    "update listing set facts = replace(facts, '\"seats\":\"open\"', '\"seats\":{\"ended\":{\"on\":null}}')",
    "delete from session_text where record_id in (select id from session_record where state = 'signed')",
    "delete from part_text where record_id in (select id from member_part where state = 'signed')",
];

#[both_engines]
async fn what_the_keys_of_a_group_sealed_goes_from_every_table_and_nothing_else_does(db: TestDatabase) {
    let (writes, reads) = engine::connect(&url(&db)).await.unwrap();
    let transaction = engine::begin(&writes).await.unwrap();
    let had = schema::migrations().iter().position(|name| name == FACTS);
    filling::fill(&transaction, had.unwrap()).await;
    for sql in AS_IT_WAS {
        transaction.execute_unprepared(sql).await.unwrap();
    }
    transaction.commit().await.unwrap();
    for pool in [writes, reads] {
        pool.close().await.unwrap();
    }
    let store = open(&url(&db)).await;
    let before = rows(&store.reads).await;
    for records in ["session_record", "member_part", "released_note"] {
        assert_eq!(before[records].len(), 2, "{records}");
    }
    let Cell::Uuid(group) = before["listing"][0]["id"] else {
        panic!("{:?}", before["listing"][0]);
    };
    let scope = Cell::Text(group.to_string());
    let keys = before["data_key"].iter().filter(|key| key["scope"] == scope);
    let keys = u64::try_from(keys.count()).unwrap();

    let destroyed = retention::destroy(&store, &Slug::from_bits(1)).await.unwrap();
    assert!(keys > 5, "{keys}");
    assert_eq!((destroyed.keys, destroyed.rows, destroyed.values), (keys, 19, 5));
    let after = rows(&store.reads).await;
    let writing = store.write(Who::Operator).await.unwrap();
    for (table, were) in &before {
        let (mut left, are) = (were.clone(), &after[table]);
        if TELL.contains(&table.as_str()) {
            continue;
        }
        if GO.contains(&table.as_str()) {
            left.remove(0);
        }
        for (_, column) in EMPTIED.iter().filter(|(holder, _)| holder == table) {
            let was = left[0].insert((*column).to_owned(), Cell::Null);
            assert_ne!(was, Some(Cell::Null), "{table}.{column}");
        }
        for (_, column) in REPLACED.iter().filter(|(holder, _)| holder == table) {
            let sealed = sealed_column(table, column).unwrap();
            let said = opened(&writing, sealed, &are[0]).await;
            assert_eq!(said.as_deref(), Some(NOBODY), "{table}.{column}");
            left[0].insert((*column).to_owned(), are[0][*column].clone());
        }
        assert_eq!(*are, left, "{table}");
    }
    for key in &before["data_key"] {
        assert_eq!(after["data_key"].contains(key), key["scope"] != scope, "{key:?}");
    }
    let (all, damage) = sealed::check(&writing).await.unwrap();
    assert!(all > 0 && damage.is_empty(), "{damage:?}");
}
