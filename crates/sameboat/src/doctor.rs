//! `sameboat doctor`: checks everything and says how to mend it.

use std::error::Error;
use std::process::ExitCode;

use domain::groups::{Freshness, Slug, freshness};
use serde::Serialize;
use store::{Store, Who, backups, listings};

use crate::printing::say;
use crate::serve::is_loopback;
use crate::settings::Settings;

#[derive(Serialize)]
struct Finding {
    what: &'static str,
    state: State,
    said: String,
}

#[derive(Serialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warn,
    Fail,
}

/// How far it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    Quick,
    /// Opens all that is sealed, and sums up every row, too.
    Deep,
}

pub(crate) async fn run(settings: &Settings, depth: Depth, json: bool) -> Result<ExitCode, Box<dyn Error>> {
    let mut findings = vec![
        public_url(settings),
        contact(settings),
        listen(settings).await,
        disk(settings),
        mail(settings).await,
    ];
    match settings.open().await {
        Err(error) => findings.push(Finding {
            what: "database",
            state: State::Fail,
            said: error.to_string(),
        }),
        Ok(store) => {
            findings.extend(database(settings, &store).await?);
            if depth == Depth::Deep {
                findings.push(deep(&store).await?);
                findings.push(rows(&store).await);
            }
            findings.push(backup(settings, &store).await?);
            findings.extend(way_to(store.url()));
            findings.extend(forms(settings, &store).await?);
            store.close().await;
        }
    }
    findings.push(places());
    findings.extend(content(settings));
    if json {
        say!("{}", serde_json::to_string_pretty(&findings)?)?;
    } else {
        for finding in &findings {
            let state = match finding.state {
                State::Ok => "ok  ",
                State::Warn => "warn",
                State::Fail => "FAIL",
            };
            say!("{state}  {:12} {}", finding.what, finding.said)?;
        }
    }
    let failed = findings.iter().any(|finding| finding.state == State::Fail);
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Whether every sealed value opens.
async fn deep(store: &Store) -> Result<Finding, Box<dyn Error>> {
    let writing = store.write(Who::Operator).await?;
    let sealed = match store::sealed::check(&writing).await {
        Ok((opened, damage)) if damage.is_empty() => Finding {
            what: "sealed",
            state: State::Ok,
            said: format!("{opened} sealed values open"),
        },
        Ok((opened, damage)) => {
            let first = &damage[0];
            Finding {
                what: "sealed",
                state: State::Fail,
                said: format!(
                    "{} of {} sealed values do not open, the first in {}.{} of row {}. Restore a backup, or put back the key file that was used before",
                    damage.len(),
                    opened + damage.len() as u64,
                    first.table,
                    first.column,
                    first.row
                ),
            }
        }
        Err(why) => Finding {
            what: "sealed",
            state: State::Fail,
            said: format!("sealed values cannot be read: {why}"),
        },
    };
    Ok(sealed)
}

/// The organisation's own forms and thresholds, and groups with thresholds that are not there.
async fn forms(settings: &Settings, store: &Store) -> Result<Option<Finding>, Box<dyn Error>> {
    if settings.measures.is_none() {
        return Ok(None);
    }
    let finding = |state, said| Finding {
        what: "measures",
        state,
        said,
    };
    let forms = match crate::serve::forms(settings) {
        Ok(forms) => forms,
        Err(why) => return Ok(Some(finding(State::Fail, why.to_string()))),
    };
    let mut reading = store.read(Who::Operator).await?;
    let (mut there, mut missing) = (0, Vec::new());
    for ready in forms.all() {
        for group in ready.measure.groups_with_their_own() {
            let found = match Slug::parse(group) {
                Ok(slug) => listings::by_slug(&mut reading, &slug).await?,
                Err(_) => None,
            };
            if found.is_some() {
                there += 1;
            } else {
                missing.push(format!("{group} ({})", ready.measure.name));
            }
        }
    }
    Ok(Some(if missing.is_empty() {
        let said = format!(
            "{} forms, {there} times with a group's own thresholds",
            forms.all().len()
        );
        finding(State::Ok, said)
    } else {
        let said = format!(
            "{} has numbers for groups that have no page here, so that nobody is judged by them: {}; correct their names, or take them out",
            measures::programmes::FILE,
            missing.join(", ")
        );
        finding(State::Warn, said)
    }))
}

/// How the database is reached.
fn way_to(url: &store::DatabaseUrl) -> Option<Finding> {
    url.is_in_the_open().then(|| Finding {
        what: "way",
        state: State::Warn,
        said: "who is on the network between here and PostgreSQL can read along, or be it; end the address with ?sslmode=verify-full (and &sslrootcert=FILE for an authority of your own)".to_owned(),
    })
}

/// Whether every row says what was written.
async fn rows(store: &Store) -> Finding {
    let (state, said) = match store::sums::damage(store).await {
        Ok(damage) if damage.is_empty() && store.url().file().is_none() => (
            State::Ok,
            "PostgreSQL has checksums of its own, if its cluster was made with them (initdb --data-checksums)".to_owned(),
        ),
        Ok(damage) if damage.is_empty() => (State::Ok, "every row says what was written".to_owned()),
        Ok(damage) => (
            State::Fail,
            format!("the file is damaged: {}. Restore a backup (docs/operate/backup.md); look at the disk", damage.join("; ")),
        ),
        Err(why) => (State::Fail, format!("the rows cannot be read: {why}")),
    };
    Finding {
        what: "rows",
        state,
        said,
    }
}

/// Whether letters go out.
async fn mail(settings: &Settings) -> Finding {
    let (state, said) = match &settings.post {
        None => (
            State::Warn,
            "no mail server is set up, so letters wait and nobody can sign in by one; set --smtp and --mail-from".to_owned(),
        ),
        Some(post) => match post.check().await {
            Ok(()) => (State::Ok, "the mail server answers".to_owned()),
            Err(why) => (
                State::Fail,
                format!("the mail server does not answer as it should: {why}; look at --smtp"),
            ),
        },
    };
    Finding {
        what: "mail",
        state,
        said,
    }
}

/// The content, and help lines that someone should compare with their sources again.
fn content(settings: &Settings) -> Vec<Finding> {
    let content = match crate::content::read(settings) {
        Ok(content) => content,
        Err(error) => {
            return vec![Finding {
                what: "content",
                state: State::Fail,
                said: error.to_string(),
            }];
        }
    };
    let today = settings.today();
    let lines = content
        .help
        .countries
        .iter()
        .flat_map(|country| country.lines.iter().map(move |line| (country, line)));
    let (due, fine): (Vec<_>, Vec<_>) = lines.partition(|(_, line)| line.is_due(today));
    let unreviewed = content
        .articles
        .iter()
        .filter(|article| article.reviewer.is_none())
        .count();
    let help = if due.is_empty() {
        Finding {
            what: "help lines",
            state: State::Ok,
            said: format!(
                "{} lines, all compared with their sources in the last 180 days",
                fine.len()
            ),
        }
    } else {
        let due: Vec<_> = due
            .iter()
            .map(|(country, line)| format!("{} ({}, {})", line.name, country.code, line.checked))
            .collect();
        Finding {
            what: "help lines",
            state: State::Warn,
            said: format!(
                "compare these with their sources again and write the day into help.toml: {}",
                due.join("; ")
            ),
        }
    };
    vec![
        Finding {
            what: "content",
            state: State::Ok,
            said: format!(
                "{} topics, {} articles ({unreviewed} not yet reviewed by a clinician), {} rules of the chooser",
                content.topics.topics().len(),
                content.articles.len(),
                content.chooser.rules().len()
            ),
        },
        help,
    ]
}

fn public_url(settings: &Settings) -> Finding {
    let (state, said) = match &settings.public_url {
        None => (
            State::Warn,
            "is not set: calendars and links name this machine. Give --public-url.".to_owned(),
        ),
        Some(url) if url.as_str().starts_with("https:") || is_loopback(url.host()) => {
            (State::Ok, url.to_string())
        }
        Some(url) => (
            State::Fail,
            format!("{url} is not https: put a proxy with https in front."),
        ),
    };
    Finding {
        what: "public-url",
        state,
        said,
    }
}

fn contact(settings: &Settings) -> Finding {
    let organisation = &settings.organisation;
    let (state, said) = match (&organisation.phone, &organisation.mail) {
        (None, None) => (
            State::Warn,
            "nobody can reach the organisation: give --phone or --mail.".to_owned(),
        ),
        _ => (State::Ok, organisation.name.clone()),
    };
    Finding {
        what: "organisation",
        state,
        said,
    }
}

async fn listen(settings: &Settings) -> Finding {
    let (state, said) = match tokio::net::TcpListener::bind(settings.listen).await {
        Ok(_) => (State::Ok, format!("{} is free", settings.listen)),
        Err(why) => (
            State::Warn,
            format!(
                "{}: {why}. Fine if it is Sameboat itself that runs there.",
                settings.listen
            ),
        ),
    };
    Finding {
        what: "listen",
        state,
        said,
    }
}

/// Less free space is a warning: a full disk refuses changes.
const FEW_BYTES: u64 = 1024 * 1024 * 1024;

fn disk(settings: &Settings) -> Finding {
    let folder = settings.data.display();
    // The folder may not be made yet; then it is about the one it will be in.
    let there = settings
        .data
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(std::path::Path::new("."));
    let (state, said) = match fs4::available_space(there) {
        Err(why) => (
            State::Fail,
            format!("{folder}: {why}. Choose another folder with --data."),
        ),
        Ok(free) if free < FEW_BYTES => (
            State::Warn,
            format!("{folder}: only {} MB free; make room.", free / 1_000_000),
        ),
        Ok(free) => match tempfile(there) {
            Ok(()) => (State::Ok, format!("{folder}: {} GB free", free / 1_000_000_000)),
            Err(why) => (
                State::Fail,
                format!(
                    "{folder} cannot be written: {why}. Give it to this user, or choose another with --data."
                ),
            ),
        },
    };
    Finding {
        what: "data",
        state,
        said,
    }
}

/// Whether a file can be made there.
fn tempfile(folder: &std::path::Path) -> std::io::Result<()> {
    let probe = folder.join(".sameboat-doctor");
    std::fs::File::create(&probe)?;
    std::fs::remove_file(probe)
}

async fn database(settings: &Settings, store: &Store) -> Result<Vec<Finding>, Box<dyn Error>> {
    let health = store::health::check(store).await?;
    let mut findings = vec![Finding {
        what: "database",
        state: if health.broken.is_empty() {
            State::Ok
        } else {
            State::Fail
        },
        said: match health.broken.as_slice() {
            [] => format!(
                "{}, schema {}, {} listings, {} providers, {}",
                health.engine,
                health.schema,
                health.listings,
                health.providers,
                store.url()
            ),
            broken => format!("is damaged: {}. Restore it from a copy.", broken.join("; ")),
        },
    }];
    for (what, damaged) in [
        ("listings", &health.damaged),
        ("providers", &health.damaged_providers),
    ] {
        if let Some((id, why)) = damaged.first() {
            let said = format!(
                "{} {what} cannot be read and are not shown; the first is {id}: {why}",
                damaged.len()
            );
            findings.push(Finding {
                what,
                state: State::Fail,
                said,
            });
        }
    }
    let today = settings.today();
    let all = listings::public(&mut store.read(Who::Operator).await?).await?;
    let shown = all.iter().filter(|published| published.gone.is_none());
    let unchecked = shown
        .filter(|p| matches!(freshness(p.listing.verified_on, today), Freshness::Stale { .. }))
        .count();
    let gone = all.iter().filter(|published| published.gone.is_some()).count();
    let state = if unchecked > 0 { State::Warn } else { State::Ok };
    let said = format!("{unchecked} not checked for 180 days or more; {gone} gone from their feed");
    findings.push(Finding {
        what: "freshness",
        state,
        said,
    });
    Ok(findings)
}

/// When everything was saved last.
async fn backup(settings: &Settings, store: &Store) -> Result<Finding, Box<dyn Error>> {
    let newest = backups::newest_by_us(&mut store.read(Who::Operator).await?).await?;
    let how = if settings.backups.is_some() {
        "look at the job in /staff/running, or run `sameboat backup` to see why"
    } else {
        "set --backup-to and --backup-recipient (docs/operate/backup.md)"
    };
    let (state, said) = match &newest {
        None => (State::Warn, format!("there is none: {how}")),
        Some(newest) => {
            let said = format!("{} is {} hours old", newest.name, newest.age.num_hours());
            if backups::is_late(Some(newest)) {
                (State::Warn, format!("{said}: {how}"))
            } else {
                (State::Ok, said)
            }
        }
    };
    Ok(Finding {
        what: "backup",
        state,
        said,
    })
}

fn places() -> Finding {
    let known = matches!(finder::places().resolve("44113"), finder::Found::One(_));
    let state = if known { State::Ok } else { State::Fail };
    Finding {
        what: "places",
        state,
        said: "ZIP codes and towns are part of the program".to_owned(),
    }
}
