//! `GET /staff/running`: how the installation stands, its letters and its jobs; and the acts that try one again.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Denied;
use domain::people::Role;
use maud::{Markup, html};
use store::acts::{RunInstallation, SeeInstallation};
use store::backups::{self, Backup};
use store::health::{self, Glance};
use store::jobs::{self, JobId, Planned};
use store::outbox::{self, LetterId, Sent};
use store::{On, StoreError};

use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page, roles};
use crate::state::App;
use crate::words::{FluentValue, Words};

const HERE: &str = "/staff/running";

/// Letters that are shown, the newest.
const LETTERS: u64 = 30;

/// A feed that was not read for so long is late: most are read each night.
const LATE: TimeDelta = TimeDelta::days(7);

struct Shown {
    glance: Glance,
    backup: Option<Backup>,
    /// How many wait, and how many were given up.
    letters: (u64, u64),
    newest: Vec<Sent>,
    jobs: Vec<Planned>,
}

pub(crate) async fn overview(State(app): State<App>, person: Person) -> Response {
    let shown = match read(&app, &person).await {
        Ok(shown) => shown,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let runs = roles(&person.0).contains(&Role::Admin);
    let body = html! {
        h1 { (words.say("running")) }
        (stands(&app, &shown))
        (jobs_of(&app, &shown.jobs, runs))
        (letters_of(&app, &shown, runs))
        section {
            h2 { (words.say("retention")) }
            p { a href="/staff/running/retention" { (words.say("retention-link")) } }
        }
        section {
            h2 { (words.say("audit-installation")) }
            p { a href="/staff/audit/installation" { (words.say("running-audit")) } }
        }
    };
    page(&app, &person, Place::Running, body)
}

/// A letter that was given up is due again.
pub(crate) async fn retry(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    done(&app, try_again(&app, &person, &id).await)
}

pub(crate) async fn run_now(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    done(&app, hurry(&app, &person, &id).await)
}

fn done(app: &App, done: Result<(), StoreError>) -> Response {
    match done {
        Ok(()) => Redirect::to(HERE).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse(HERE)),
    }
}

async fn read(app: &App, person: &Person) -> Result<Shown, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await?;
    Ok(Shown {
        glance: health::glance(&mut permit).await?,
        backup: backups::newest(&mut permit).await?,
        letters: outbox::waiting(&mut permit).await?,
        newest: outbox::newest(&mut permit, LETTERS).await?,
        jobs: jobs::all(&mut permit).await?,
    })
}

async fn try_again(app: &App, person: &Person, id: &str) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<RunInstallation>(On::Organisation).await?;
    outbox::retry(&mut permit, LetterId::parse(id).ok_or(Denied::NoRight)?).await?;
    writing.commit().await
}

async fn hurry(app: &App, person: &Person, id: &str) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<RunInstallation>(On::Organisation).await?;
    jobs::run_now(&mut permit, JobId::parse(id).ok_or(Denied::NoRight)?).await?;
    writing.commit().await
}

/// Each fact, and beside it what to do where it is not as it should be.
fn stands(app: &App, shown: &Shown) -> Markup {
    let (words, glance) = (app.words(), &shown.glance);
    let settings = app.settings();
    // Whole mebibytes say enough, and never less than one.
    let size = [("size", FluentValue::from((glance.size / (1 << 20)).max(1)))];
    let counts = [
        ("groups", FluentValue::from(glance.listings)),
        ("providers", FluentValue::from(glance.providers)),
    ];
    let fact = |name: &str, said: Markup, mend: &str| {
        let said = html! { (said) p.meta { (words.say(mend)) } };
        (words.say(name), Some(said))
    };
    let facts = [
        fact(
            "running-version",
            html! { (settings.version) },
            "running-version-mend",
        ),
        fact(
            "running-address",
            html! { (settings.public_url) },
            "running-address-mend",
        ),
        fact(
            "running-clock",
            html! { (app.moment(app.now())) " · " (settings.zone.name()) },
            "running-clock-mend",
        ),
        fact(
            "running-key",
            html! { (words.say("running-key-there")) },
            "running-key-mend",
        ),
        fact(
            "running-database",
            html! { (glance.engine) " · " (glance.schema) " · " (words.with("running-size", &size)) },
            "running-database-mend",
        ),
        fact(
            "running-backup",
            html! { (backup(app, shown.backup.as_ref())) },
            "running-backup-mend",
        ),
        fact(
            "running-listings",
            html! { (words.with("running-counts", &counts)) },
            "running-listings-mend",
        ),
        (words.say("running-feeds"), feeds(app, glance)),
    ];
    html! {
        @if !settings.sends_mail {
            (parts::notice(Tone::Ochre, &words.say("no-letters"), html! { (words.say("running-no-mail")) }))
        }
        @if let Some(why) = lacks_backup(app, shown.backup.as_ref()) {
            (parts::notice(Tone::Clay, &words.say("running-no-backup"), html! { (words.say(why)) }))
        }
        @if shown.letters.1 > 0 {
            (parts::notice(Tone::Clay, &words.with("need-letters", &[("many", shown.letters.1.into())]), html! { (words.say("running-given-up")) }))
        }
        (parts::facts(&facts))
    }
}

/// When everything was saved last, and how much it was.
fn backup(app: &App, newest: Option<&Backup>) -> String {
    let words = app.words();
    newest.map_or_else(
        || words.say("running-backup-none"),
        |newest| {
            let told = [
                ("when", FluentValue::from(app.moment(newest.made_at))),
                ("hours", FluentValue::from(newest.age.num_hours())),
                ("rows", FluentValue::from(newest.rows)),
            ];
            words.with("running-backup-made", &told)
        },
    )
}

/// What to do where the newest backup is too old, or there is none. What is invented needs none.
fn lacks_backup(app: &App, newest: Option<&Backup>) -> Option<&'static str> {
    let settings = app.settings();
    if settings.demo || !backups::is_late(newest) {
        return None;
    }
    Some(if settings.backs_up {
        "running-backup-late"
    } else {
        "running-backup-not-set-up"
    })
}

/// Each feed with its last import, and what to do about one that has not come for long.
fn feeds(app: &App, glance: &Glance) -> Option<Markup> {
    let words = app.words();
    let is_late = |last: &Option<DateTime<Utc>>| last.is_none_or(|at| app.now() - at > LATE);
    (!glance.feeds.is_empty()).then(|| {
        html! {
            @for (programme, last) in &glance.feeds {
                p { (programme) ": " @match last { Some(at) => (app.moment(*at)), None => (words.say("running-never")) } }
            }
            @if glance.feeds.iter().any(|(_, last)| is_late(last)) {
                p.unsafe { (words.with("running-feeds-late", &[("days", LATE.num_days().into())])) }
            }
        }
    })
}

fn jobs_of(app: &App, jobs: &[Planned], runs: bool) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("running-jobs")) }
            p { (words.say("running-jobs-more")) }
            @if jobs.is_empty() { (parts::empty(&words.say("running-no-jobs"), &words.say("running-no-jobs-more"), None)) }
            ul.rows {
                @for job in jobs {
                    li {
                        div {
                            p { b { (job_name(words, job)) } @if job.is_taken { " · " (words.say("running-now")) } }
                            p.meta {
                                (words.with("running-due", &[("when", FluentValue::from(app.moment(job.due_at)))]))
                                @if let Some(at) = job.ended_at { " · " (words.with("running-last", &[("when", FluentValue::from(app.moment(at)))])) }
                                @if let Some(outcome) = &job.outcome { " · " span.unsafe[job.failures > 0] { (outcome) } }
                            }
                        }
                        @if runs {
                            form method="post" action=(format!("{HERE}/jobs/{}/run", job.id)) {
                                (once::field())
                                @let said = words.say("running-run");
                                button.button.plain.small type="submit" aria-label=(format!("{said}: {}", job_name(words, job))) { (said) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn letters_of(app: &App, shown: &Shown, runs: bool) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("running-letters")) }
            p { (words.with("running-letters-more", &[("many", shown.letters.0.into())])) }
            ul.rows {
                @for letter in &shown.newest {
                    li {
                        div {
                            p { b { (words.say(state(letter))) } }
                            p.meta {
                                (words.with("running-written", &[("when", FluentValue::from(app.moment(letter.made_at)))]))
                                @if letter.tries > 0 { " · " (words.with("running-tries", &[("many", letter.tries.into())])) }
                                @if let Some(why) = &letter.last_error { " · " (why) }
                            }
                        }
                        @if runs && letter.given_up_at.is_some() {
                            form method="post" action=(format!("{HERE}/letters/{}/retry", letter.id)) {
                                (once::field())
                                button.button.plain.small type="submit" { (words.say("running-retry")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn state(letter: &Sent) -> &'static str {
    match (letter.sent_at, letter.given_up_at) {
        (Some(_), _) => "running-sent",
        (None, Some(_)) => "running-lost",
        (None, None) => "running-waits",
    }
}

/// What a job does; one of a later version by its own name.
fn job_name(words: &Words, job: &Planned) -> String {
    let name = what_is_done(&job.kind).map_or_else(|| job.kind.clone(), |id| words.say(id));
    if job.subject.is_empty() {
        name
    } else {
        format!("{name}: {}", job.subject)
    }
}

/// The words for what a job of this kind does.
fn what_is_done(kind: &str) -> Option<&'static str> {
    Some(match kind {
        jobs::LETTERS => "job-letters",
        jobs::CONFIRMATIONS => "job-confirmations",
        jobs::REVIEWS => "job-reviews",
        jobs::BACKUPS => "job-backups",
        jobs::AUDIT_HEAD => "job-audit-head",
        jobs::RETENTION => "job-retention",
        jobs::TOMBSTONES => "job-tombstones",
        jobs::SEARCHES => "job-searches",
        jobs::REMINDERS => "job-reminders",
        jobs::JOINING => "job-joining",
        jobs::FEED => "job-feed",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_is_told_in_words() {
        let jobs = concat!(env!("CARGO_MANIFEST_DIR"), "/../store/src/jobs.rs");
        let jobs = std::fs::read_to_string(jobs).unwrap();
        let kinds: Vec<&str> = jobs
            .lines()
            .filter_map(|line| line.strip_prefix("pub const ")?.split_once(": &str = \""))
            .filter_map(|(_, kind)| kind.strip_suffix("\";"))
            .collect();
        assert!(kinds.len() >= 11 && kinds.contains(&jobs::JOINING), "{kinds:?}");
        let words = Words::english();
        for kind in kinds {
            let id = what_is_done(kind).unwrap_or_else(|| panic!("{kind} has no words"));
            let said = words.say(id);
            assert!(said != id && said != kind, "{kind}: {said}");
        }
    }
}
