//! Providers, what they lead and belong to, and their import, on both engines.

use std::collections::BTreeMap;

use domain::groups::{Slug, Source};
use sea_orm::ConnectionTrait;
use store::imports::{self, Outcome, Summary};
use store::providers::{self, Links, Published};
use store::{Store, StoreError, Who, health};
use testing::{TestDatabase, both_engines};

use crate::common::{feed, held, import_both, listing, outside, provider, provider_row, publish, row};

async fn publish_provider(store: &Store, slug: u64, name: &str, links: &Links) -> Result<(), StoreError> {
    let mut writing = store.write(Who::Operator).await.unwrap();
    let provider = provider(name, Source::Own);
    providers::publish(&mut writing, &Slug::from_bits(slug), &provider, links).await?;
    writing.commit().await
}

async fn all(store: &Store) -> Vec<Published> {
    let mut reading = store.read(Who::Visitor).await.unwrap();
    providers::public(&mut reading).await.unwrap()
}

/// Name to titles of groups, name of the provider above, and whether it is gone.
async fn links(store: &Store) -> BTreeMap<String, (Vec<String>, Option<String>, bool)> {
    let providers = all(store).await;
    let mut reading = store.read(Who::Visitor).await.unwrap();
    let listings = store::listings::public(&mut reading).await.unwrap();
    let title = |slug: &Slug| {
        let found = listings.iter().find(|published| published.slug == *slug).unwrap();
        found.listing.title.to_string()
    };
    let name = |slug: &Slug| {
        let found = providers
            .iter()
            .find(|published| published.slug == *slug)
            .unwrap();
        found.provider.name.to_string()
    };
    let told = providers.iter().map(|published| {
        let mut groups: Vec<_> = published.links.groups.iter().map(title).collect();
        groups.sort();
        let above = published.links.part_of.as_ref().map(name);
        (
            published.provider.name.to_string(),
            (groups, above, published.gone.is_some()),
        )
    });
    told.collect()
}

#[both_engines]
async fn a_provider_is_published_with_its_links_and_published_anew(db: TestDatabase) {
    let store = db.store().await;
    publish(&store, 1, &listing("Grief table", Source::Own)).await;
    publish(&store, 2, &listing("Thursday table", Source::Own)).await;
    publish_provider(&store, 8, "Lakeshore", &Links::default())
        .await
        .unwrap();
    let both = Links {
        part_of: Some(Slug::from_bits(8)),
        groups: vec![Slug::from_bits(1), Slug::from_bits(2), Slug::from_bits(1)],
    };
    publish_provider(&store, 7, "Dana", &both).await.unwrap();
    let again = db.store().await;
    let mut reading = again.read(Who::Visitor).await.unwrap();
    let dana = providers::by_slug(&mut reading, &Slug::from_bits(7))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(dana.provider, provider("Dana", Source::Own));
    assert_eq!(dana.links.part_of, both.part_of);
    assert_eq!(dana.links.groups.len(), 2);
    let none = providers::by_slug(&mut reading, &Slug::from_bits(9)).await;
    assert!(none.unwrap().is_none());
    drop(reading);
    assert!(all(&store).await.contains(&dana));

    let one = Links {
        part_of: None,
        groups: vec![Slug::from_bits(2)],
    };
    publish_provider(&store, 7, "Dana W.", &one).await.unwrap();
    let told = links(&store).await;
    assert_eq!(told["Dana W."], (vec!["Thursday table".into()], None, false));
    assert_eq!(told.len(), 2);
}

#[both_engines]
async fn a_link_to_what_is_not_there_is_refused_and_nothing_is_written(db: TestDatabase) {
    let store = db.store().await;
    for links in [
        Links {
            part_of: Some(Slug::from_bits(1)),
            groups: vec![],
        },
        Links {
            part_of: None,
            groups: vec![Slug::from_bits(1)],
        },
    ] {
        let error = publish_provider(&store, 7, "Dana", &links).await.unwrap_err();
        assert!(matches!(error, StoreError::NoSuchSlug(_)), "{error}");
    }
    assert_eq!(all(&store).await, []);
}

#[both_engines]
async fn providers_of_a_feed_come_with_its_groups_in_one_last_transaction(db: TestDatabase) {
    let store = db.store().await;
    let rows = [row(1, "a", "A"), row(2, "b", "B"), held(3, "c")];
    let file = [
        provider_row(1, "Dana", &["a", "b"], Some("Lakeshore")),
        provider_row(2, "Lakeshore", &[], None),
    ];
    let mut writing = store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed()).await.unwrap();
    imports::stage(&mut writing, &run, &mut rows.clone())
        .await
        .unwrap();
    imports::stage_providers(&mut writing, &run, &file).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(
        all(&store).await,
        [],
        "nothing is seen before the last transaction"
    );
    let mut writing = store.write(Who::Operator).await.unwrap();
    imports::abandon(&mut writing, &run).await.unwrap();
    writing.commit().await.unwrap();

    let (outcomes, finished) = import_both(&store, &rows, &file).await;
    assert_eq!(outcomes, [Outcome::Imported; 2]);
    assert_eq!((finished.groups.imported, finished.groups.held), (2, 1));
    assert_eq!(finished.providers.imported, 2);
    let told = links(&store).await;
    assert_eq!(
        told["Dana"],
        (vec!["A".into(), "B".into()], Some("Lakeshore".into()), false)
    );
    assert_eq!(told["Lakeshore"], (vec![], None, false));

    let before = all(&store).await;
    let (outcomes, finished) = import_both(&store, &rows, &file).await;
    assert_eq!(outcomes, [Outcome::Unchanged; 2], "the same file changes nothing");
    assert_eq!(finished.groups.unchanged, 2);
    assert_eq!(all(&store).await, before);

    let later = [provider_row(1, "Dana", &["b"], None)];
    let mut reading = store.read(Who::Operator).await.unwrap();
    let would = imports::compare_providers(&mut reading, &feed(), &later)
        .await
        .unwrap();
    drop(reading);
    assert_eq!(would, [Outcome::Changed], "a link is a change");
    let (outcomes, finished) = import_both(&store, &rows, &later).await;
    assert_eq!(outcomes, would);
    let expected = Summary {
        changed: 1,
        gone: 1,
        ..Summary::default()
    };
    assert_eq!(finished.providers, expected);
    let told = links(&store).await;
    assert_eq!(told["Dana"], (vec!["B".into()], None, false));
    assert!(told["Lakeshore"].2, "who is not in the file any more is gone");

    let (outcomes, _) = import_both(&store, &rows, &file).await;
    assert_eq!(outcomes, [Outcome::Changed; 2]);
    assert_eq!(all(&store).await.iter().filter(|p| p.gone.is_some()).count(), 0);
}

#[both_engines]
async fn a_provider_that_cannot_be_read_is_left_out_and_told(db: TestDatabase) {
    let store = db.store().await;
    for slug in 1..=3 {
        publish_provider(&store, slug, "Dana", &Links::default())
            .await
            .unwrap();
    }
    let other = outside(&db).await;
    let (broken, whole) = (Slug::from_bits(1), Slug::from_bits(3));
    for sql in [
        format!("update provider set facts = '{{\"name\": 7}}' where slug = '{broken}'"),
        format!(
            "update provider set slug = 'NOT A SLUG' where slug = '{}'",
            Slug::from_bits(2)
        ),
    ] {
        other.execute_unprepared(&sql).await.unwrap();
    }
    let shown = all(&store).await;
    assert_eq!(shown.iter().map(|p| &p.slug).collect::<Vec<_>>(), [&whole]);
    let mut reading = store.read(Who::Visitor).await.unwrap();
    let found = providers::by_slug(&mut reading, &broken).await.unwrap();
    assert!(found.is_none());
    drop(reading);
    let health = health::check(&store).await.unwrap();
    assert_eq!((health.providers, health.damaged_providers.len()), (3, 2));
    assert!(health.damaged.is_empty());
}
