//! Out and in again: the demo's groups, exported and imported into an empty database, are the same in every fact that a format
//! can say. What it cannot say is named here, format by format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::groups::{Access, Activity, Address, Audience, Format, HowToCome, Kind, Listing, Place, Seats};
use domain::schedule::Rule;
use serde_json::Value;
use testing::program::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

fn done(arguments: &[&str]) {
    let output = testing::program::command(Path::new(PROGRAM))
        .args(arguments)
        .env_remove("SAMEBOAT_DATA")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
}

/// The demo as its first start makes it, and what is exported of it.
struct Demo {
    folder: tempfile::TempDir,
    groups: Vec<Listing>,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().display().to_string();
        drop(Program::start(
            Path::new(PROGRAM),
            &["demo", "--data", &data, "--listen", "127.0.0.1:0"],
        ));
        let groups = listings(&export(folder.path(), "sameboat"));
        Demo { folder, groups }
    })
}

fn export(folder: &Path, format: &str) -> PathBuf {
    let file = folder.join(format!("out.{format}"));
    let database = format!("sqlite:{}", folder.join("demo/demo.db").display());
    done(&[
        "export",
        "--as",
        format,
        "--database",
        &database,
        "--organisation",
        "Lakeshore",
        "--phone",
        "216-555-0142",
        "--out",
        &file.display().to_string(),
    ]);
    file
}

/// The demo in this format, imported into an empty database: its listings, and how many rows were held.
fn back(format: &str) -> (Vec<Listing>, u64) {
    let file = export(demo().folder.path(), format);
    let other = tempfile::tempdir().unwrap();
    let path = |name: &str| other.path().join(name).display().to_string();
    let (data, report, again) = (path(""), path("report.json"), path("again.json"));
    done(&[
        "import",
        &file.display().to_string(),
        "--as",
        format,
        "--programme",
        "Lakeshore",
        "--data",
        &data,
        "--report",
        &report,
        "--brief",
    ]);
    done(&[
        "export",
        "--as",
        "sameboat",
        "--programme",
        "Lakeshore",
        "--data",
        &data,
        "--out",
        &again,
    ]);
    let report: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    (listings(Path::new(&again)), report["held"].as_u64().unwrap())
}

/// The listings of a file of our own format.
fn listings(file: &Path) -> Vec<Listing> {
    let mut file: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let groups = file["groups"].take();
    let groups = groups.as_array().unwrap().iter().map(|group| {
        let mut group = group.clone();
        // Its id is given anew, and where it is from is the programme now.
        group.as_object_mut().unwrap().remove("id");
        group["source"] = serde_json::json!({ "feed": { "programme": "Lakeshore" } });
        serde_json::from_value(group).unwrap()
    });
    groups.collect()
}

/// By their titles, which the demo has once only. Weekdays of a rule are sorted: their order means nothing.
fn by_title(listings: &[Listing]) -> BTreeMap<String, Value> {
    let titled = |listing: &Listing| {
        let mut said = serde_json::to_value(listing).unwrap();
        if let Some(days) = said.pointer_mut("/when/scheduled/rule/days") {
            days.as_array_mut().unwrap().sort_by_key(ToString::to_string);
        }
        (listing.title.to_string(), said)
    };
    listings.iter().map(titled).collect()
}

fn same(left: &BTreeMap<String, Value>, right: &BTreeMap<String, Value>) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (title, value) in left {
        assert_eq!(value, &right[title], "{title}");
    }
}

#[test]
fn hsds_says_every_fact() {
    let (again, held) = back("hsds");
    assert_eq!(held, 0);
    assert!(again.len() > 400, "{}", again.len());
    same(&by_title(&demo().groups), &by_title(&again));
}

/// iCalendar says when, and the address where it is public. It does not say the title (a calendar lies open on shared phones)
/// nor anything else; so a group without a public address is held when it is read, as nobody would find it.
#[test]
fn a_calendar_says_when_and_where() {
    let file = export(demo().folder.path(), "ical");
    let made = std::fs::metadata(&file).unwrap().modified().unwrap();
    let after = DateTime::<Utc>::from(made) + Days::new(1);
    let (again, held) = back("ical");
    let has_meetings = |listing: &&Listing| {
        let never = matches!(
            listing.seats,
            Seats::Ended { on: None } | Seats::Paused { until: None }
        );
        listing.schedule().is_some() && !never && listing.next(after).is_some()
    };
    let address = |listing: &Listing| match listing.place.site().map(|site| &site.address) {
        Some(Address::Exact { line, .. }) => Some(line.to_string()),
        _ => None,
    };
    let told = |listing: &Listing| -> (Option<String>, Vec<String>) {
        let meetings = listing
            .upcoming(after)
            .filter_map(domain::schedule::Dated::meeting);
        let meetings = meetings.take(30).map(|meeting| {
            let zone = meeting.start.timezone();
            format!("{} {zone} {}", meeting.start.to_rfc3339(), meeting.length.get())
        });
        (address(listing), meetings.collect())
    };
    let there: Vec<&Listing> = demo().groups.iter().filter(has_meetings).collect();
    let (mut public, hidden): (Vec<_>, Vec<_>) = there
        .into_iter()
        .map(told)
        .partition(|(address, _)| address.is_some());
    let mut read: Vec<_> = again.iter().filter(has_meetings).map(told).collect();
    public.sort();
    read.sort();
    assert!(public.len() > 200, "{}", public.len());
    assert_eq!(public, read);
    assert!(held >= hidden.len() as u64 && held > 0, "{held} {}", hidden.len());
}

/// What Meeting Guide says of a group; the rest it cannot say, and what is not here is not compared:
/// problem, format beyond discussion and talk, span, membership, activities but meditation, techniques, leading, alongside, size,
/// leaders, ages, cost, seats but a pause, first visit, the topics, other facts for whom and of access than those with a type code,
/// languages without one, by what it is online and for whom, skipped and moved dates, the first and the last date. The way to come
/// is the group's page on the site that exports. Groups that do not meet every week are by appointment, their rule in the summary.
#[derive(Debug, PartialEq)]
struct MeetingGuide {
    kind: Kind,
    page: bool,
    pauses: bool,
    weekly: Vec<(String, String, u16, String)>,
    place: Option<String>,
    audience: Vec<Audience>,
    access: Vec<Access>,
    languages: Vec<String>,
    format: Option<Format>,
    meditates: bool,
    verified_on: Option<NaiveDate>,
}

const AUDIENCE: [Audience; 10] = [
    Audience::Women,
    Audience::Men,
    Audience::YoungPeople,
    Audience::OlderPeople,
    Audience::Lgbtq,
    Audience::Trans,
    Audience::PeopleOfColour,
    Audience::NativePeople,
    Audience::Newcomers,
    Audience::SecularPeople,
];
const ACCESS: [Access; 4] = [
    Access::StepFree,
    Access::AccessibleToilet,
    Access::ChildCare,
    Access::FragranceFree,
];
/// Of the demo's languages those that have a code; the others are zh, vi and ht.
const LANGUAGES: [&str; 6] = ["en", "es", "ar", "ru", "ko", "fr"];

fn meeting_guide(listing: &Listing) -> MeetingGuide {
    let weekly = match listing.schedule() {
        Some(schedule) => match &schedule.rule {
            Rule::Weekly { interval: 1, days } => {
                let day = |day: &chrono::Weekday| {
                    let (time, zone) = (schedule.time.to_string(), schedule.zone.to_string());
                    (day.to_string(), time, schedule.length.get(), zone)
                };
                days.iter().map(day).collect()
            }
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    let place = listing.place.site().map(|site| {
        let hybrid = matches!(listing.place, Place::Hybrid(..));
        format!("{hybrid} {}", serde_json::to_string(site).unwrap())
    });
    let mut audience: Vec<_> = listing
        .audience
        .iter()
        .copied()
        .filter(|one| AUDIENCE.contains(one))
        .collect();
    let mut access: Vec<_> = listing
        .access
        .iter()
        .copied()
        .filter(|one| ACCESS.contains(one))
        .collect();
    let mut languages: Vec<_> = listing
        .languages
        .iter()
        .map(ToString::to_string)
        .filter(|code| LANGUAGES.contains(&code.as_str()))
        .collect();
    audience.sort_unstable();
    access.sort_unstable();
    languages.sort();
    MeetingGuide {
        kind: listing.kind,
        page: matches!(listing.how_to_come, HowToCome::Page(_)),
        pauses: matches!(listing.seats, Seats::Paused { .. }),
        weekly,
        place,
        audience,
        access,
        languages,
        format: listing
            .format
            .filter(|format| matches!(format, Format::Discussion | Format::Presentation)),
        meditates: listing.activities.contains(&Activity::Meditation),
        verified_on: listing.verified_on,
    }
}

/// One of each title: a group on several weekdays is a record for each of them.
fn told(listings: &[Listing]) -> BTreeMap<String, MeetingGuide> {
    let mut all: BTreeMap<String, MeetingGuide> = BTreeMap::new();
    for listing in listings {
        let mut told = meeting_guide(listing);
        match all.get_mut(listing.title.as_str()) {
            Some(first) => {
                first.weekly.append(&mut told.weekly);
                first.weekly.sort();
            }
            None => {
                told.weekly.sort();
                all.insert(listing.title.to_string(), told);
            }
        }
    }
    all
}

#[test]
fn meeting_guide_and_tables_say_when_where_and_for_whom() {
    let out: Vec<Listing> = demo()
        .groups
        .iter()
        .filter(|listing| listing.kind == Kind::Support && !matches!(listing.seats, Seats::Ended { .. }))
        .cloned()
        .collect();
    let mut out = told(&out);
    assert!(out.len() > 200, "{}", out.len());
    out.values_mut().for_each(|group| group.page = true);
    for format in ["meeting-guide", "csv"] {
        let (again, held) = back(format);
        assert_eq!(held, 0, "{format}");
        // The summary comes back with what has no field after it.
        for listing in &again {
            let mut groups = demo().groups.iter();
            let group = groups.find(|group| group.title == listing.title).unwrap();
            let (said, read) = (group.summary.as_ref().unwrap(), listing.summary.as_ref().unwrap());
            assert!(
                read.as_str().contains(said.as_str()),
                "{format}: {}",
                listing.title
            );
        }
        let again = told(&again);
        assert_eq!(out.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
        for (title, group) in &out {
            assert_eq!(group, &again[title], "{format}: {title}");
        }
    }
}
