//! `sameboat serve`: the site, until it is told to stop.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ::content::Content;
use domain::groups::WebPage;
use store::{Store, Who};
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::measuring::Forms;

use crate::backups::tombstones;
use crate::clock::SystemClock;
use crate::content;
use crate::fetching::Fetcher;
use crate::jobs;
use crate::listening;
use crate::mail::Sender;
use crate::measure;
use crate::printing::say;
use crate::settings::Settings;

/// For a database that answers to tell of its changes, too; if it takes longer, the listings are read once more then.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// So long the end of the program waits for the job that is under way.
const LONGEST_JOB_AT_THE_END: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("{0} is taken by another program. Choose another address with --listen, or stop that program.")]
    Taken(SocketAddr),
    #[error(
        "{file} is damaged: {what}. Nothing was changed. Keep a copy of it as it is, restore a backup (docs/operate/backup.md), and look at the disk; `sameboat doctor --deep` says more."
    )]
    Damaged { file: String, what: String },
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error(
        "the public address {0} is not https. People's searches would travel in the open: put a proxy with https in front and give its address with --public-url."
    )]
    NotHttps(String),
}

pub(crate) async fn serve(settings: &Settings) -> Result<(), Box<dyn Error>> {
    check_https(settings)?;
    // The first to ask for a place would wait for its tables.
    std::thread::spawn(finder::places);
    let content = content::read(settings)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|why| cannot_listen(settings.listen, why))?;
    let store = settings.open().await?;
    if let Some(what) = store::health::at_start(&store).await?.first() {
        let file = store.url().to_string();
        return Err(ServeError::Damaged {
            file,
            what: what.clone(),
        }
        .into());
    }
    tombstones::obey_all(&store, settings).await?;
    run(settings, store, content, listener, false).await
}

/// What the site says of itself; `here` is its address where none is set.
pub(crate) fn site(settings: &Settings, here: &str, demo: bool) -> Result<web::Settings, Box<dyn Error>> {
    Ok(web::Settings {
        public_url: settings
            .public_url
            .clone()
            .map_or_else(|| WebPage::parse(here), Ok)?,
        organisation: settings.organisation.clone(),
        demo,
        source: settings.source.clone(),
        exit: settings.exit.clone(),
        country: settings.country.clone(),
        zone: settings.zone,
        trusted_proxies: settings.trusted_proxies.clone(),
        rates: settings.rates,
        sends_mail: demo || settings.post.is_some(),
        backs_up: settings.backups.is_some(),
        openid: settings.openid.clone(),
        promises: settings.promises,
        records: settings.records,
        billing_code: settings.billing_code.clone(),
        feeds: settings.feeds.clone(),
        forms: Arc::new(forms(settings)?),
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Those of the program, and those of the organisation's folder, with what programmes set in it.
pub(crate) fn forms(settings: &Settings) -> Result<Forms, Box<dyn Error>> {
    Ok(Forms::of(measure::forms::of(settings.measures.as_deref())?)?)
}

/// Serves on this listener until SIGINT or SIGTERM; what is under way is finished.
pub(crate) async fn run(
    settings: &Settings,
    store: Store,
    content: Arc<Content>,
    listener: TcpListener,
    demo: bool,
) -> Result<(), Box<dyn Error>> {
    let address = listener.local_addr()?;
    let here = format!("http://localhost:{}", address.port());
    let site = site(settings, &here, demo)?;
    let mut changes = store.changes();
    // The first one says that it listens: what changes from then on is read anew, and what is there is read once.
    let _ = tokio::time::timeout(LONGEST_WAIT, changes.next()).await;
    let app = web::App::new(store.clone(), Arc::new(SystemClock), site.clone(), content).await?;
    let follower = tokio::spawn(app.clone().follow(changes));
    let post = match (&settings.post, demo) {
        (_, true) => Sender::Demo,
        (Some(post), _) => Sender::Smtp(post.clone()),
        (None, _) => Sender::NotSetUp,
    };
    let (stop, stopped) = watch::channel(());
    let means = jobs::Means {
        store: store.clone(),
        site,
        app: app.clone(),
        settings: settings.clone(),
        sender: post,
        fetcher: Fetcher::new(settings.feeds.clone()),
    };
    let linker = tokio::spawn(jobs::linking::follow(store.clone(), stopped.clone()));
    let clockwork = tokio::spawn(jobs::work(means, stopped));
    say!("{here}")?;
    if !demo {
        first_admin(&store, &here, settings).await?;
    }
    listening::serve(listener, web::app(app), told_to_stop()).await;
    follower.abort();
    drop(stop);
    // A job that takes longer is taken up again after the next start.
    let _ = tokio::time::timeout(LONGEST_JOB_AT_THE_END, clockwork).await;
    let _ = tokio::time::timeout(LONGEST_JOB_AT_THE_END, linker).await;
    store.close().await;
    Ok(())
}

/// Without an admin nobody can be let in: whoever started the program gets a link that makes one.
async fn first_admin(store: &Store, here: &str, settings: &Settings) -> Result<(), Box<dyn Error>> {
    let mut writing = store.write(Who::Operator).await?;
    let link = store::invitations::set_up(&mut writing).await?;
    writing.commit().await?;
    if let Some(token) = link {
        let site = settings.public_url.as_ref().map_or(here, |url| url.as_str());
        eprintln!(
            "Nobody runs this installation yet. Open this link to become its admin (it works once, for 24 hours):\n\n    {}/invitation/{token}\n",
            site.trim_end_matches('/')
        );
    }
    Ok(())
}

pub(crate) fn cannot_listen(address: SocketAddr, why: std::io::Error) -> ServeError {
    match why.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::Taken(address),
        _ => ServeError::Listen(address, why),
    }
}

/// Plain http is for this machine only.
fn check_https(settings: &Settings) -> Result<(), ServeError> {
    match &settings.public_url {
        Some(url) if url.as_str().starts_with("http:") && !is_loopback(url.host()) => {
            Err(ServeError::NotHttps(url.to_string()))
        }
        _ => Ok(()),
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            return drop(interrupted.await);
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
