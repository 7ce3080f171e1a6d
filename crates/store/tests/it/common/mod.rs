//! What the tests of the store share.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses what it needs"
)]

pub mod people;

use domain::groups::{
    Address, Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Phone, Place, Seats, Site, Size, Slug,
    Source,
};
use domain::providers::{Provider, ProviderDraft, ProviderKind, Reach};
use domain::text::Line;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use store::imports::{self, Corrected, Feed, Finished, Outcome, Staged, StagedProvider, Summary};
use store::{Store, Who, listings};
use testing::TestDatabase;

/// The same database as someone sees it who has the address and goes past the store.
pub async fn outside(db: &TestDatabase) -> DatabaseConnection {
    Database::connect(db.setting()).await.unwrap()
}

/// Every byte of every table, as text.
pub async fn all_bytes(db: &TestDatabase, other: &DatabaseConnection) -> String {
    let sqlite = db.url().file().is_some();
    let sql = if sqlite {
        "select name as it from sqlite_master where type = 'table'"
    } else {
        "select table_name::text as it from information_schema.tables where table_schema = 'public'"
    };
    let backend = other.get_database_backend();
    let mut all = String::new();
    for table in other
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap()
    {
        let table: String = table.try_get("", "it").unwrap();
        let sql = if sqlite {
            let columns = format!(
                "select group_concat('quote(' || name || ')', ' || ') as it from pragma_table_info('{table}')"
            );
            let columns = other
                .query_one_raw(Statement::from_string(backend, columns))
                .await
                .unwrap()
                .unwrap();
            let columns: String = columns.try_get("", "it").unwrap();
            format!("select {columns} as it from {table}")
        } else {
            format!("select t::text as it from {table} t")
        };
        for row in other
            .query_all_raw(Statement::from_string(backend, sql))
            .await
            .unwrap()
        {
            all.push_str(&row.try_get::<String>("", "it").unwrap_or_default());
        }
    }
    all.to_lowercase()
}

/// Publishes an own listing, in a transaction of its own.
pub async fn publish(store: &Store, slug: u64, listing: &Listing) {
    let mut writing = store.write(Who::Operator).await.unwrap();
    listings::publish(&mut writing, &Slug::from_bits(slug), listing)
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn listing(title: &str, source: Source) -> Listing {
    let how_to_come = match source {
        Source::Own => HowToCome::Organisation {
            phone: Some(Phone::parse("216 555 0142").unwrap()),
            mail: None,
        },
        Source::Feed { .. } => HowToCome::WalkIn,
    };
    let address = Address::Exact {
        line: line("3186 Pullman St, Costa Mesa, CA 92626"),
        town: None,
    };
    let draft = Draft::new(
        line(title),
        Kind::Support,
        Place::InPerson(Site {
            name: None,
            address,
            point: None,
            directions: None,
        }),
        how_to_come,
        source,
    );
    Listing::check(draft).unwrap()
}

/// A therapy group with four places.
pub fn therapy(title: &str) -> Listing {
    let of_support: Draft = (*listing(title, Source::Own)).clone();
    Listing::check(Draft {
        kind: Kind::Therapy,
        size: Some(Size {
            least: 4,
            most: Some(4),
        }),
        seats: Seats::Open,
        led_by: vec![Leader {
            name: line("Dana"),
            role: LeaderRole::Therapist {
                credentials: line("LPCC-S"),
            },
        }],
        ..of_support
    })
    .unwrap()
}

pub fn feed() -> Feed {
    Feed {
        programme: "Orange County".into(),
        format: "meeting-guide",
    }
}

pub fn row(number: usize, id: &str, title: &str) -> Staged {
    let source = Source::Feed {
        programme: line("Orange County"),
    };
    Staged {
        row: number,
        id: id.into(),
        listing: Ok(listing(title, source)),
        notes: vec![],
        said: vec![],
        unfinished: None,
        corrected: Corrected::default(),
    }
}

pub fn held(number: usize, id: &str) -> Staged {
    Staged {
        row: number,
        id: id.into(),
        listing: Err("it names no time".into()),
        notes: vec![],
        said: vec![("name".into(), format!("Group {id}"))],
        unfinished: None,
        corrected: Corrected::default(),
    }
}

/// A whole import in batches of two, so that a few rows already need several transactions.
pub async fn import(store: &Store, rows: &[Staged]) -> (Vec<Outcome>, Summary) {
    import_in(2, store, rows).await
}

pub async fn import_in(batch: usize, store: &Store, rows: &[Staged]) -> (Vec<Outcome>, Summary) {
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    writing.commit().await.unwrap();
    let mut outcomes = Vec::new();
    for rows in rows.chunks(batch) {
        let mut writing = store.write(Who::Operator).await.unwrap();
        outcomes.extend(
            imports::stage(&mut writing, &run, &mut rows.to_vec())
                .await
                .unwrap(),
        );
        writing.commit().await.unwrap();
    }
    let mut writing = store.write(Who::Operator).await.unwrap();
    let finished = imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    (outcomes, finished.groups)
}

/// A whole import of both lists of a feed.
pub async fn import_both(
    store: &Store,
    rows: &[Staged],
    providers: &[StagedProvider],
) -> (Vec<Outcome>, Finished) {
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    imports::stage(&mut writing, &run, &mut rows.to_vec())
        .await
        .unwrap();
    let outcomes = imports::stage_providers(&mut writing, &run, providers)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut writing = store.write(Who::Operator).await.unwrap();
    let finished = imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    (outcomes, finished)
}

/// A therapist.
pub fn provider(name: &str, source: Source) -> Provider {
    let reach = Reach {
        phone: Some(Phone::parse("216 555 0142").unwrap()),
        ..Reach::default()
    };
    let draft = ProviderDraft {
        credentials: Some(line("LPCC-S")),
        ..ProviderDraft::new(line(name), ProviderKind::Therapist, reach, source)
    };
    Provider::check(draft).unwrap()
}

/// A therapist of the feed who leads these of its groups.
pub fn provider_row(number: usize, id: &str, groups: &[&str], part_of: Option<&str>) -> StagedProvider {
    let source = Source::Feed {
        programme: line("Orange County"),
    };
    StagedProvider {
        row: number,
        id: id.into(),
        provider: Ok(provider(id, source)),
        groups: groups.iter().map(|id| (*id).to_owned()).collect(),
        part_of: part_of.map(str::to_owned),
        notes: vec![],
    }
}

/// Titles in the order of the alphabet; a listing that is gone ends in "(gone)".
pub async fn titles(store: &Store) -> Vec<String> {
    let mut reading = store.read(Who::Visitor).await.unwrap();
    let all = listings::public(&mut reading).await.unwrap();
    let mut titles: Vec<_> = all
        .iter()
        .map(|published| {
            format!(
                "{}{}",
                published.listing.title,
                published.gone.map_or("", |_| " (gone)")
            )
        })
        .collect();
    titles.sort();
    titles
}
