//! `sameboat demo`: an invented organisation and its groups. Every person, place name and number in it is made up.

mod coming;
mod content;
mod groups;
mod joining;
mod members;
mod people;
mod providers;
mod records;
mod sessions;

use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::agreements::Text;
use domain::clock::Clock;
use domain::groups::{Kind, Listing, Mail, Phone, Slug};
use store::{DatabaseUrl, KeyRing, Store, Who, listings};
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::serve::{self, ServeError};
use crate::settings::Settings;

/// Ports tried one after another when nobody chose one.
const PORTS: u16 = 50;

/// Serves the demo; the first start makes its data, `fresh` makes it anew.
pub(crate) async fn start(settings: &Settings, fresh: bool) -> Result<(), Box<dyn Error>> {
    let file = file(settings);
    if fresh {
        remove(&file)?;
    }
    let content = crate::content::read(settings)?;
    let listener = listen(settings).await?;
    let store = Store::open(
        &DatabaseUrl::Sqlite(file.clone()),
        Arc::new(SystemClock),
        KeyRing::read_or_create(&key_file(&file))?,
    )
    .await?;
    let seed = if fresh {
        SystemClock.now().timestamp_micros().cast_unsigned()
    } else {
        groups::SEED
    };
    fill(&store, seed, settings.today(), &content.agreements).await?;
    eprintln!(
        "Demo: every group and person is invented. Data in {}; --fresh begins anew. Ctrl-C ends it.",
        file.display()
    );
    let demo = Settings {
        organisation: organisation(),
        ..settings.clone()
    };
    serve::run(&demo, store, content, listener, true).await
}

/// The key ring of the demo, beside its database.
pub(crate) fn key_file(database: &Path) -> PathBuf {
    database.with_file_name("demo.key")
}

/// Makes what is not there yet; a demo from an earlier version gains its providers and its people.
pub(crate) async fn fill(
    store: &Store,
    seed: u64,
    today: NaiveDate,
    texts: &[Text],
) -> Result<(), Box<dyn Error>> {
    let mut reading = store.read(Who::Operator).await?;
    let there = listings::public(&mut reading).await?;
    let no_providers = store::providers::public(&mut reading).await?.is_empty();
    let nobody = !store::people::has_admin(&reading).await?;
    drop(reading);
    let mut writing = store.write(Who::Job("demo")).await?;
    let listed: Vec<_> = if there.is_empty() {
        let all = groups::all(today, seed);
        for (slug, listing) in &all {
            listings::publish(&mut writing, slug, listing).await?;
        }
        all
    } else {
        let there = there.into_iter();
        there
            .map(|published| (published.slug, published.listing))
            .collect()
    };
    if no_providers {
        for (slug, provider, links) in providers::all(today, seed, &listed) {
            store::providers::publish(&mut writing, &slug, &provider, &links).await?;
        }
    }
    if nobody {
        people::fill(&mut writing, &listed).await?;
        members::fill(&mut writing, &listed, texts, SystemClock.now()).await?;
        joining::fill(&mut writing, &listed, texts, SystemClock.now()).await?;
        coming::fill(&mut writing, &listed, texts).await?;
        sessions::fill(&mut writing, &listed, SystemClock.now()).await?;
        records::fill(&mut writing, &listed, SystemClock.now()).await?;
    }
    Ok(writing.commit().await?)
}

/// The therapy groups among these, in their order.
fn therapy(groups: &[(Slug, Listing)]) -> impl Iterator<Item = &Slug> {
    let therapy = groups.iter().filter(|(_, listing)| listing.kind == Kind::Therapy);
    therapy.map(|(slug, _)| slug)
}

/// The invented organisation; the numbers are kept free for fiction.
pub(crate) fn organisation() -> web::Organisation {
    web::Organisation {
        name: "Lakeshore Community Counseling".to_owned(),
        phone: Phone::parse(content::PHONE).ok(),
        mail: Mail::parse(content::MAIL).ok(),
    }
}

/// Never beside real data: in a folder of its own.
fn file(settings: &Settings) -> PathBuf {
    settings.data.join("demo").join("demo.db")
}

fn remove(file: &std::path::Path) -> Result<(), std::io::Error> {
    for ending in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        match std::fs::remove_file(PathBuf::from(path)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The port of the settings; when it is taken, the next that is free.
async fn listen(settings: &Settings) -> Result<TcpListener, ServeError> {
    let wanted = settings.listen;
    for step in 0..PORTS {
        let address = SocketAddr::new(wanted.ip(), wanted.port().saturating_add(step));
        match TcpListener::bind(address).await {
            Ok(listener) => {
                if step > 0 {
                    eprintln!(
                        "Port {} is taken; using {} instead.",
                        wanted.port(),
                        address.port()
                    );
                }
                return Ok(listener);
            }
            Err(why) if why.kind() != std::io::ErrorKind::AddrInUse => {
                return Err(ServeError::Listen(address, why));
            }
            Err(_) => {}
        }
    }
    Err(ServeError::Taken(wanted))
}
