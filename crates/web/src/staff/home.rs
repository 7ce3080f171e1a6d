//! `GET /staff`: what needs me today, by what I hold, the most pressing first; and which of my groups meet today.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Timelike;
use domain::access::Denied;
use domain::groups::{Freshness, Listing, Seats};
use maud::{Markup, html};
use store::acts::{RunInstallation, RunListings, SeeInstallation};
use store::backups::{self, Backup};
use store::groups::{self, Ours};
use store::leading::{self, Waits};
use store::records::{self, Awaiting};
use store::reports::{self, Reason};
use store::{On, StoreError, break_glass, jobs, outbox};

use super::groups::wear;
use super::{Place, is_half_signed_in, is_staff, page};
use crate::look;
use crate::look::icons::Icon;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

/// Groups of today that are listed; an organisation may have hundreds.
const MOST_TODAY: usize = 12;

/// Something that waits: what it is, more about it, and where it is done.
struct Need {
    icon: Icon,
    said: String,
    more: String,
    to: String,
    act: String,
}

/// What is there, read in one go; nothing of what is not theirs.
#[derive(Default)]
struct Found {
    groups: Vec<Ours>,
    danger: usize,
    reports: usize,
    broken: usize,
    overdue: usize,
    unled: usize,
    letters: u64,
    failing: usize,
    /// The newest backup there is, told to who runs the installation.
    backup: Option<Backup>,
    is_unsaved: bool,
    /// What waits in the groups they lead.
    leads: Vec<Waits>,
    /// Records of the groups they supervise that wait for a second signature.
    awaiting: Vec<Awaiting>,
}

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    if !is_staff(&person.0) {
        return look::gone(&app);
    }
    if is_half_signed_in(&person.0) {
        return Redirect::to(&Wanted::parse("/staff").after("/sign-in/second")).into_response();
    }
    let found = match read(&app, &person).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff")),
    };
    let words = app.words();
    let (mut decide, after) = (to_decide(&app, &found), to_look_after(&app, &found));
    decide.extend(found.awaiting.iter().map(|waits| to_cosign(&app, waits)));
    decide.extend(found.leads.iter().flat_map(|waits| of_group(&app, waits)));
    let many = decide.len() + after.len();
    let here = app.now().with_timezone(&app.settings().zone);
    let today = FluentValue::from(saying::date_long(words, app.today()));
    let greeting = match here.hour() {
        0..=11 => "staff-morning",
        12..=17 => "staff-afternoon",
        _ => "staff-evening",
    };
    let name = FluentValue::from(person.0.handle().as_str());
    let body = html! {
        h1 { (words.with(greeting, &[("name", name)])) }
        p.lead { (words.with("staff-waits", &[("day", today), ("many", many.into())])) }
        @if let Some(newest) = &found.backup {
            p.meta { (words.with("staff-backup", &[("when", app.moment(newest.made_at).into()), ("hours", newest.age.num_hours().into())])) }
        }
        div.reading {
            div {
                @if many == 0 { (parts::empty(&words.say("staff-nothing"), &words.say("staff-nothing-more"), Some(("/staff/groups", &words.say("staff-groups"))))) }
                (section(&words.say("staff-decide"), &decide, true))
                (section(&words.say("staff-look-after"), &after, decide.is_empty()))
            }
            div { (next_sessions(&app, &found.leads)) (meeting_today(&app, &found.groups)) }
        }
    };
    page(&app, &person, Place::Home, body)
}

async fn read(app: &App, person: &Person) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let mut reading = app.store().read(person.who()).await?;
    found.groups = theirs(groups::list(&mut reading).await)?.unwrap_or_default();
    found.leads = leading::waits(&mut reading).await?;
    found.awaiting = records::awaiting(&mut reading).await?;
    if let Some(open) = theirs(reports::open(&mut reading).await)? {
        found.danger = open.iter().filter(|one| one.reason == Reason::Unsafe).count();
        found.reports = open.len() - found.danger;
    }
    if let Some(mut permit) = theirs(reading.permit::<RunListings>(On::Organisation).await)? {
        found.unled = groups::unled(&mut permit).await?.len();
    }
    let runs = theirs(reading.permit::<RunInstallation>(On::Organisation).await)?.is_some();
    if let Some(mut permit) = theirs(reading.permit::<SeeInstallation>(On::Organisation).await)? {
        found.letters = outbox::waiting(&mut permit).await?.1;
        found.failing = jobs::all(&mut permit)
            .await?
            .iter()
            .filter(|job| job.failures > 0)
            .count();
        if runs {
            found.backup = backups::newest(&mut permit).await?;
            // What is invented needs none.
            found.is_unsaved = !app.settings().demo && backups::is_late(found.backup.as_ref());
        }
    }
    drop(reading);
    let mut writing = app.store().write(person.who()).await?;
    if let Some(open) = theirs(break_glass::unreviewed(&mut writing).await)? {
        found.overdue = open.iter().filter(|one| one.is_overdue).count();
        found.broken = open.len() - found.overdue;
    }
    Ok(found)
}

/// Nothing where it is not theirs to see.
fn theirs<T>(asked: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match asked {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::Denied(Denied::NoRight)) => Ok(None),
        Err(why) => Err(why),
    }
}

fn to_decide(app: &App, found: &Found) -> Vec<Need> {
    let rows: [(usize, Icon, &str, &str, &'static str, &str); 3] = [
        (
            found.danger,
            Icon::Warning,
            "need-danger",
            "need-danger-more",
            "/staff/reports",
            "need-read",
        ),
        (
            found.overdue,
            Icon::Warning,
            "need-overdue",
            "need-overdue-more",
            "/staff/break-glass",
            "need-look",
        ),
        (
            found.broken,
            Icon::Warning,
            "need-broken",
            "need-broken-more",
            "/staff/break-glass",
            "need-look",
        ),
    ];
    needs(app, rows)
}

fn to_look_after(app: &App, found: &Found) -> Vec<Need> {
    let mine = || found.groups.iter().filter(|ours| ours.may_edit);
    let unchecked = mine().filter(|ours| is_to_confirm(app, ours)).count();
    let drafts = mine().filter(|ours| ours.typed.is_some()).count();
    let letters = usize::try_from(found.letters).unwrap_or(usize::MAX);
    let rows: [(usize, Icon, &str, &str, &'static str, &str); 7] = [
        (
            usize::from(found.is_unsaved),
            Icon::Warning,
            "need-backup",
            "need-backup-more",
            "/staff/running",
            "need-look",
        ),
        (
            found.reports,
            Icon::Info,
            "need-reports",
            "need-reports-more",
            "/staff/reports",
            "need-read",
        ),
        (
            unchecked,
            Icon::Clock,
            "need-confirm",
            "need-confirm-more",
            "/staff/groups?state=worn",
            "need-check",
        ),
        (
            found.unled,
            Icon::Info,
            "need-leader",
            "need-leader-more",
            "/staff/groups?state=unled",
            "need-look",
        ),
        (
            drafts,
            Icon::Info,
            "need-drafts",
            "need-drafts-more",
            "/staff/groups?state=draft",
            "need-go-on",
        ),
        (
            letters,
            Icon::Warning,
            "need-letters",
            "need-letters-more",
            "/staff/running",
            "need-look",
        ),
        (
            found.failing,
            Icon::Warning,
            "need-jobs",
            "need-jobs-more",
            "/staff/running",
            "need-look",
        ),
    ];
    needs(app, rows)
}

/// Records of a group that wait for a second signature.
fn to_cosign(app: &App, waits: &Awaiting) -> Need {
    let words = app.words();
    let args = [("many", waits.many.into()), ("group", waits.title.clone().into())];
    Need {
        icon: Icon::Clock,
        said: words.with("need-cosign", &args),
        more: words.say("need-cosign-more"),
        to: format!("/staff/groups/{}/records", waits.group),
        act: words.say("need-look"),
    }
}

/// What waits in a group one leads: people to ask after, sessions of which nothing was written, advice to look at.
fn of_group(app: &App, waits: &Waits) -> Vec<Need> {
    let words = app.words();
    let here = format!("/staff/groups/{}", waits.group);
    let title = FluentValue::from(waits.listing.title.as_str());
    let mut all = Vec::new();
    if waits.prompts > 0 {
        all.push(Need {
            icon: Icon::People,
            said: words.with(
                "need-prompts",
                &[("many", waits.prompts.into()), ("group", title.clone())],
            ),
            more: words.say("need-prompts-more"),
            to: format!("{here}/prompts"),
            act: words.say("need-look"),
        });
    }
    for date in &waits.unmarked {
        let day = FluentValue::from(saying::date_long(words, *date));
        all.push(Need {
            icon: Icon::Clock,
            said: words.with("need-marks", &[("day", day), ("group", title.clone())]),
            more: words.say("need-marks-more"),
            to: super::leading::session(waits.group.as_str(), *date),
            act: words.say("need-marks-act"),
        });
    }
    if waits.advice > 0 {
        all.push(Need {
            icon: Icon::Bubble,
            said: words.with("need-advice", &[("many", waits.advice.into()), ("group", title)]),
            more: words.say("need-advice-more"),
            to: format!("{here}/advice"),
            act: words.say("need-read"),
        });
    }
    all
}

/// The next session of each group one leads.
fn next_sessions(app: &App, leads: &[Waits]) -> Markup {
    let words = app.words();
    let next = leads.iter().filter_map(|waits| Some((waits, waits.next?)));
    let next: Vec<_> = next.take(MOST_TODAY).collect();
    html! {
        @if !next.is_empty() {
            aside.card aria-labelledby="next" {
                h2.h3 #next { (words.say("staff-next")) }
                ul.rows {
                    @for (waits, sitting) in next {
                        li { div {
                            p { b { a href=(super::leading::session(waits.group.as_str(), sitting.date)) { (waits.listing.title) } } }
                            p.meta { (super::leading::moment(words, &waits.listing, &sitting)) }
                        } }
                    }
                }
            }
        }
    }
}

/// Those there are any of.
fn needs<const N: usize>(app: &App, rows: [(usize, Icon, &str, &str, &'static str, &str); N]) -> Vec<Need> {
    let words = app.words();
    let there = rows.into_iter().filter(|(many, ..)| *many > 0);
    there
        .map(|(many, icon, said, more, to, act)| Need {
            icon,
            said: words.with(said, &[("many", many.into())]),
            more: words.say(more),
            to: to.to_owned(),
            act: words.say(act),
        })
        .collect()
}

/// Whether someone should say again that it is true: it goes on, and was not checked for 90 days.
fn is_to_confirm(app: &App, ours: &Ours) -> bool {
    let ended = |listing: &Listing| matches!(listing.seats, Seats::Ended { .. });
    ours.listing.as_ref().is_some_and(|listing| !ended(listing))
        && !matches!(wear(app, ours), Freshness::Fresh { .. })
}

/// `first`: the first of them is what is best done now.
fn section(heading: &str, needs: &[Need], first: bool) -> Markup {
    html! {
        @if !needs.is_empty() {
            section {
                h2 { (heading) }
                ul.rows.needs {
                    @for (place, need) in needs.iter().enumerate() {
                        li {
                            (need.icon.draw())
                            div { p { b { (need.said) } } p.meta { (need.more) } }
                            a.button.small.plain[!(first && place == 0)] href=(need.to) aria-label=(format!("{}: {}", need.act, need.said)) { (need.act) }
                        }
                    }
                }
            }
        }
    }
}

fn meeting_today(app: &App, groups: &[Ours]) -> Markup {
    let words = app.words();
    let (now, zone) = (app.now(), app.settings().zone);
    let mut meeting: Vec<_> = groups
        .iter()
        .filter_map(|ours| {
            let listing = ours.listing.as_ref()?;
            let next = listing.next(now)?;
            let start = next.start.with_timezone(&zone);
            (start.date_naive() == app.today()).then_some((start, ours, listing))
        })
        .collect();
    meeting.sort_by_key(|(start, ..)| *start);
    html! {
        @if !meeting.is_empty() {
            aside.card aria-labelledby="today" {
                h2.h3 #today { (words.say("staff-today")) }
                ul.today {
                    @for (start, ours, listing) in meeting.iter().take(MOST_TODAY) {
                        li {
                            span.when { (saying::clock(words, start.time())) }
                            a href=(format!("/staff/groups/{}", ours.slug)) { (listing.title) }
                        }
                    }
                }
                @if meeting.len() > MOST_TODAY {
                    p.meta { (words.with("staff-today-more", &[("many", (meeting.len() - MOST_TODAY).into())])) }
                }
            }
        }
    }
}
