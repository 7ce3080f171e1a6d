//! The program as a person runs it: demo, serve, import, doctor, settings.
#![expect(
    clippy::unused_async,
    reason = "a test on both engines is async, whether it waits or not"
)]

use std::path::{Path, PathBuf};
use std::process::Output;

use domain::mending::{Correction, Fact};
use domain::text::Line;
use feeds::reading::Reading;
use serde_json::Value;
use testing::program::{Program, get};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

fn sameboat(arguments: &[&str]) -> Output {
    testing::program::command(Path::new(PROGRAM))
        .args(arguments)
        .env_remove("SAMEBOAT_DATA")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A feed of its own making: two good rows, one without a name.
const FEED: &str = r#"[
  {"slug":"monday","name":"Monday Table","day":1,"time":"19:00","end_time":"20:00","formatted_address":"3186 Pullman St, Costa Mesa, CA 92626, USA","latitude":33.685,"longitude":-117.872,"url":"https://example.org/monday","updated":"2026-11-01"},
  {"slug":"online","name":"Online Table","day":"2","time":"7:00 PM","conference_url":"https://zoom.us/j/1234567890?pwd=secret","notes":"Passcode: tuna99","url":"https://example.org/online"},
  {"slug":"nameless","day":3,"time":"12:00"}
]"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self) -> String {
        self.0.path().display().to_string()
    }
}

fn import(db: &TestDatabase, files: &[&str], more: &[&str]) -> Output {
    let database = db.setting();
    let usual = [
        "--as",
        "meeting-guide",
        "--programme",
        "Orange County",
        "--zone",
        "America/Los_Angeles",
        "--database",
        &database,
    ];
    let arguments: Vec<_> = ["import"]
        .iter()
        .chain(files)
        .chain(&usual)
        .chain(more)
        .copied()
        .collect();
    sameboat(&arguments)
}

fn report(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[both_engines]
async fn stale_listings_are_told_the_worst_first(db: TestDatabase) {
    let folder = Folder::new();
    let database = db.setting();
    let stale = |more: &[&str]| {
        let output = sameboat(&[&["listings", "stale", "--database", &database], more].concat());
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    import(&db, &[&folder.file("feed.json", FEED)], &[]);
    let told: Value = serde_json::from_str(&stale(&["--json"])).unwrap();
    assert_eq!(told["never"], 1, "{told}");
    assert_eq!(told["listings"][0]["title"], "Online Table");
    assert_eq!(told["listings"][0]["programme"], "Orange County");
    assert_eq!(told["listings"][0]["verified_on"], Value::Null);

    let monday = FEED.lines().take(2).collect::<String>();
    let monday = format!("{}]", monday.trim_end_matches(','));
    import(&db, &[&folder.file("monday.json", monday)], &[]);
    let table = stale(&[]);
    assert!(
        table.contains("gone") && table.contains("Online Table"),
        "{table}"
    );
    assert!(
        table.contains("1 gone from their feed, 0 never verified"),
        "{table}"
    );
}

#[both_engines]
async fn a_feed_is_imported_and_the_same_again_changes_nothing(db: TestDatabase) {
    let folder = Folder::new();
    let (feed, r) = (folder.file("feed.json", FEED), folder.path("r.json"));
    let to = r.display().to_string();
    let dry = import(&db, &[&feed], &["--dry-run", "--report", &to]);
    assert!(
        dry.status.success() && said(&dry).contains("nothing was changed"),
        "{}",
        said(&dry)
    );
    assert_eq!(report(&r)["imported"], 2);

    let first = import(&db, &[&feed], &["--report", &to]);
    assert!(first.status.success(), "{}", said(&first));
    let told = report(&r);
    for (name, count) in [
        ("read", 3),
        ("imported", 2),
        ("changed", 0),
        ("unchanged", 0),
        ("held", 1),
    ] {
        assert_eq!(told[name], count, "{name}");
    }
    assert_eq!(told["rows"][2]["outcome"], "held");
    assert!(
        told["rows"][2]["notes"][0].as_str().unwrap().contains("no name"),
        "{told}"
    );
    assert_eq!(told["rows"][0]["id"], "monday");

    import(&db, &[&feed], &["--report", &to]);
    assert_eq!(
        (&report(&r)["imported"], &report(&r)["unchanged"]),
        (&Value::from(0), &Value::from(2))
    );

    let later = folder.file(
        "later.json",
        FEED.replace("19:00", "19:30")
            .replace("\"slug\":\"online\"", "\"slug\":\"other\""),
    );
    let changed = import(&db, &[&later], &["--report", &to]);
    assert_eq!(
        (&report(&r)["imported"], &report(&r)["changed"]),
        (&Value::from(1), &Value::from(1))
    );
    assert!(
        said(&changed).contains("1 no longer in the feed"),
        "{}",
        said(&changed)
    );
}

/// A file of our own format: a group that is good, one that is not, and who leads them.
const OURS: &str = r#"{"sameboat":1,"organisation":"Lakeshore","groups":[
  {"id":"table","title":"Grief table","kind":"support","when":"by-appointment","place":{"online":{}},"seats":"open","how_to_come":{"page":"https://lakeshore.example/table"},"source":"own"},
  {"id":"club","title":"Club","kind":"club","when":"by-appointment","place":{"online":{}},"seats":"open","how_to_come":{"page":"https://lakeshore.example/club"}}],
 "providers":[
  {"id":"us","name":"Lakeshore","kind":"organisation","reach":{"phone":"216-555-0142"}},
  {"id":"dana","name":"Dana Whitfield","kind":"therapist","credentials":"LPCC-S","about":"Dana listens. Her phone: 216-555-0199","reach":{"phone":"216-555-0142"},"groups":["table","club","gone"],"part_of":"us"},
  {"id":"bare","name":"Nobody","kind":"therapist","reach":{"phone":"216-555-0142"}}]}"#;

fn import_ours(db: &TestDatabase, file: &str, more: &[&str]) -> Output {
    let database = db.setting();
    let usual = ["import", file, "--as", "sameboat", "--database", &database];
    sameboat(&usual.iter().chain(more).copied().collect::<Vec<_>>())
}

#[both_engines]
async fn a_file_of_our_own_format_brings_groups_and_providers_and_accounts_for_each(db: TestDatabase) {
    let folder = Folder::new();
    let (file, r) = (folder.file("ours.json", OURS), folder.path("r.json"));
    let to = r.display().to_string();
    let dry = import_ours(&db, &file, &["--dry-run", "--report", &to]);
    assert!(
        dry.status.success() && said(&dry).contains("nothing was changed"),
        "{}",
        said(&dry)
    );
    let would = report(&r);

    let first = import_ours(&db, &file, &["--report", &to]);
    assert!(first.status.success(), "{}", said(&first));
    let told = report(&r);
    assert_eq!(told, would, "a dry run says what will be");
    assert_eq!(
        (&told["read"], &told["imported"], &told["held"]),
        (&2.into(), &1.into(), &1.into())
    );
    let note = told["rows"][1]["notes"][0].as_str().unwrap();
    assert!(note.contains("“kind”: unknown variant `club`"), "{note}");
    let people = &told["providers"];
    assert_eq!(
        (&people["read"], &people["imported"], &people["held"]),
        (&3.into(), &2.into(), &1.into())
    );
    assert_eq!(people["rows"].as_array().unwrap().len(), 3);
    let notes = people["rows"][1]["notes"].to_string();
    for said in ["“about”: links", "“club” is held", "“gone” is not in this file"] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    let printed = said(&first);
    for line in [
        "1 groups imported",
        "1 groups held",
        "2 providers imported",
        "1 providers held",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }

    let store = db.store().await;
    let mut reading = store.read(store::Who::Operator).await.unwrap();
    let before = store::providers::public(&mut reading).await.unwrap();
    let dana = before
        .iter()
        .find(|p| p.provider.name.as_str() == "Dana Whitfield")
        .unwrap();
    assert_eq!(dana.links.groups.len(), 1);
    assert!(dana.links.part_of.is_some());
    let theirs = domain::groups::Source::Feed {
        programme: domain::text::Line::parse("Lakeshore").unwrap(),
    };
    assert_eq!(
        dana.provider.source, theirs,
        "a file does not speak for this organisation"
    );
    assert!(!dana.provider.about.as_ref().unwrap().as_str().contains("0199"));
    drop(reading);

    import_ours(&db, &file, &["--report", &to]);
    let again = report(&r);
    assert_eq!(
        (&again["unchanged"], &again["providers"]["unchanged"]),
        (&1.into(), &2.into())
    );
    let mut reading = store.read(store::Who::Operator).await.unwrap();
    assert_eq!(store::providers::public(&mut reading).await.unwrap(), before);
    drop(reading);

    let later = OURS.replace("\"id\":\"us\"", "\"id\":\"we\"");
    let later = import_ours(&db, &folder.file("later.json", later), &[]);
    let printed = said(&later);
    for line in [
        "1 providers changed",
        "1 providers imported",
        "1 providers no longer in the feed",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    let doctor = sameboat(&["doctor", "--listen", "127.0.0.1:0", "--database", &db.setting()]);
    assert!(
        said(&doctor).contains("1 listings, 3 providers"),
        "{}",
        said(&doctor)
    );
}

#[both_engines]
async fn what_is_no_file_of_our_own_format_changes_nothing_and_says_what_to_do(db: TestDatabase) {
    let folder = Folder::new();
    let file = folder.file("ours.json", OURS);
    for (files, more, why) in [
        (
            &[file.as_str(), file.as_str()][..],
            &[][..],
            "one sameboat file at a time",
        ),
        (
            &[file.as_str()],
            &["--page", "https://lakeshore.example/"],
            "--page is for Meeting Guide",
        ),
        (
            &[folder.file("feed.json", FEED).as_str()],
            &[],
            "it looks like meeting-guide",
        ),
    ] {
        let arguments: Vec<_> = files.iter().skip(1).chain(more).copied().collect();
        let output = import_ours(&db, files[0], &arguments);
        assert!(
            !output.status.success() && said(&output).contains(why),
            "{why}: {}",
            said(&output)
        );
        assert!(said(&output).contains("Nothing was changed"), "{}", said(&output));
    }
    let store = db.store().await;
    let mut reading = store.read(store::Who::Operator).await.unwrap();
    assert!(store::listings::public(&mut reading).await.unwrap().is_empty());
}

#[both_engines]
async fn what_is_no_feed_changes_nothing_and_says_what_to_do(db: TestDatabase) {
    let folder = Folder::new();
    let good = folder.file("good.json", FEED);
    for (name, bytes, why) in [
        (
            "page.json",
            &b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"[..],
            "web page, not a feed",
        ),
        ("broken.json", br#"[{"slug":"a","name":"A" "#, "line 1, column"),
        ("latin.json", b"[{\"name\":\"Caf\xe9\"}]", "not UTF-8"),
        ("wide.json", b"\xff\xfe[\x00]\x00", "UTF-16"),
        ("empty.json", b"", "empty"),
        ("none.json", b"[]", "no meeting at all"),
        ("object.json", br#"{"error":"no"}"#, "list of meetings"),
    ] {
        let bad = folder.file(name, bytes);
        // A good file beside it is not imported either: all are read before anything is written.
        let output = import(&db, &[&good, &bad], &[]);
        assert!(
            !output.status.success() && said(&output).contains(why),
            "{name}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains("Nothing was changed"),
            "{name}: {}",
            said(&output)
        );
    }
    let huge = folder.path("huge.json");
    std::fs::File::create(&huge)
        .unwrap()
        .set_len(feeds::reading::MOST_BYTES_IN_ROWS + 1)
        .unwrap();
    let output = import(&db, &[&huge.display().to_string()], &[]);
    assert!(
        !output.status.success() && said(&output).contains("the most is"),
        "{}",
        said(&output)
    );
    // Broken after more rows than one transaction stages: it is seen before the first of them is.
    let rows: Vec<_> = (1..=1_200)
        .map(|n| format!(r#"{{"slug":"g{n}","name":"A","day":1,"time":"19:00","formatted_address":"1 Elm St, Akron, OH"}}"#))
        .collect();
    let long = format!("[\n{},\n{{\"slug\" \"x\"}}]", rows.join(",\n"));
    let output = import(&db, &[&folder.file("long.json", long)], &[]);
    let told = said(&output);
    assert!(
        !output.status.success() && told.contains("line 1202, column 9: expected `:`"),
        "{told}"
    );
    let output = import(&db, &["/nowhere.json"], &[]);
    assert!(
        !output.status.success() && said(&output).contains("/nowhere.json"),
        "{}",
        said(&output)
    );
    let output = import(&db, &[&good], &["--report", "/nowhere/r.json"]);
    assert!(
        !output.status.success() && said(&output).contains("report cannot be written"),
        "{}",
        said(&output)
    );
    let store = db.store().await;
    let mut reading = store.read(store::Who::Operator).await.unwrap();
    assert!(store::listings::public(&mut reading).await.unwrap().is_empty());
}

/// The same group in each format that others write.
const FORMATS: [(&str, &str); 5] = [
    (
        "meeting-guide",
        r#"[{"slug":"a","name":"Grief Circle","day":4,"time":"18:30","end_time":"20:00","formatted_address":"12 Harbor Road, Cleveland, OH 44113, USA"}]"#,
    ),
    (
        "csv",
        "Time,End Time,Day,Name,Address\n6:30 PM,8:00 PM,Thursday,Grief Circle,\"12 Harbor Road, Cleveland, OH 44113, USA\"\n",
    ),
    (
        "bmlt",
        r#"[{"id_bigint":"1","meeting_name":"Grief Circle","weekday_tinyint":"5","start_time":"18:30:00","duration_time":"01:30:00","location_street":"12 Harbor Road","location_municipality":"Cleveland"}]"#,
    ),
    (
        "hsds",
        r#"{"contents":[{"id":"a","name":"Grief Circle","status":"active","schedules":[{"freq":"WEEKLY","byday":"TH","opens_at":"18:30","closes_at":"20:00"}],"service_at_locations":[{"location":{"addresses":[{"address_1":"12 Harbor Road","city":"Cleveland"}]}}]}]}"#,
    ),
    (
        "ical",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Grief Circle\r\nDTSTART:20260903T183000\r\nDURATION:PT90M\r\nRRULE:FREQ=WEEKLY\r\nLOCATION:12 Harbor Road\\, Cleveland\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
];

#[test]
fn a_format_is_seen_in_the_file_and_a_wrong_one_is_told() {
    let folder = Folder::new();
    for (format, text) in FORMATS {
        // The name of a file says nothing.
        let file = folder.file("feed.txt", text);
        let data = folder.text();
        let import = |more: &[&str]| {
            let usual = ["import", &file, "--programme", format, "--data", &data];
            sameboat(&usual.iter().chain(more).copied().collect::<Vec<_>>())
        };
        let seen = import(&["--zone", "America/New_York"]);
        assert!(seen.status.success(), "{format}: {}", said(&seen));
        assert!(
            said(&seen).contains(&format!("Read as {format}")),
            "{}",
            said(&seen)
        );
        assert!(said(&seen).contains("1 imported"), "{}", said(&seen));
        let zoneless = import(&["--dry-run"]);
        assert!(
            said(&zoneless).contains("no time zone: add --zone"),
            "{}",
            said(&zoneless)
        );
        let other = if format == "csv" { "ical" } else { "csv" };
        let wrong = import(&["--as", other]);
        assert!(
            !wrong.status.success() && said(&wrong).contains(&format!("it looks like {format}")),
            "{}",
            said(&wrong)
        );
        assert!(said(&wrong).contains("Nothing was changed"), "{}", said(&wrong));
    }
}

#[test]
fn files_of_one_server_are_read_together_and_mixed_formats_are_not() {
    let folder = Folder::new();
    let (results, table) = (folder.file("a", FORMATS[2].1), folder.file("b", FORMATS[1].1));
    let formats = folder.file("c", r#"[{"key_string":"O","name_string":"Open","lang":"en"}]"#);
    let data = folder.text();
    let more = ["--programme", "P", "--zone", "America/New_York", "--data", &data];
    let import = |files: &[&str]| {
        sameboat(
            &["import"]
                .iter()
                .chain(files)
                .chain(&more)
                .copied()
                .collect::<Vec<_>>(),
        )
    };
    let together = import(&[&formats, &results]);
    assert!(said(&together).contains("1 imported"), "{}", said(&together));
    let mixed = import(&[&results, &table]);
    assert!(
        !mixed.status.success() && said(&mixed).contains("Import them one after another"),
        "{}",
        said(&mixed)
    );
    let unknown = import(&[&folder.file("d", "Dear all, we meet")]);
    assert!(
        said(&unknown).contains("none of the formats"),
        "{}",
        said(&unknown)
    );
    let nobody = sameboat(&["import", &results, "--data", &data]);
    assert!(said(&nobody).contains("add --programme"), "{}", said(&nobody));
}

#[both_engines]
async fn a_running_serve_shows_another_process_s_import(db: TestDatabase) {
    let folder = Folder::new();
    let feed = folder.file("feed.json", FEED);
    let database = db.setting();
    drop(db.store().await);
    let serve = Program::start(
        Path::new(PROGRAM),
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &database,
            "--search-rate",
            "0",
            "--page-rate",
            "0",
        ],
    );
    assert!(
        get(&serve.address, "/groups")
            .1
            .contains("No group is listed here yet")
    );
    assert!(import(&db, &[&feed], &[]).status.success());
    let seen = async {
        loop {
            let (_, body) = get(&serve.address, "/api/groups?near=92626");
            let found: Value = serde_json::from_str(&body).unwrap();
            if found["total"] == 2 {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    // The promise is two seconds on a machine that is not busy; the test's limit is for one that is.
    let found = tokio::time::timeout(std::time::Duration::from_secs(20), seen)
        .await
        .expect("the import is seen");
    assert_eq!(found["in_person"][0]["name"], "Monday Table");
    let slug = found["online"][0]["slug"].as_str().unwrap();
    for path in [
        format!("/groups/{slug}"),
        format!("/groups/{slug}/calendar.ics"),
        "/groups".to_owned(),
    ] {
        let (status, body) = get(&serve.address, &path);
        assert_eq!(status, 200, "{path}");
        assert!(
            !body.contains("zoom.us") && !body.contains("tuna99") && !body.contains("1234567890"),
            "{path}"
        );
    }
    assert!(
        get(&serve.address, &format!("/groups/{slug}"))
            .1
            .contains("https://example.org/online")
    );
    assert_eq!(
        get(&serve.address, "/parts").0,
        404,
        "only the demo shows the parts"
    );
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn every_row_of_the_orange_county_feed_is_accounted_for() {
    let folder = Folder::new();
    let (feed, r) = (
        testing::samples::path("feeds/oc-2023.json").display().to_string(),
        folder.path("r.json"),
    );
    let (data, to) = (folder.text(), r.display().to_string());
    let run = || {
        let output = sameboat(&[
            "import",
            &feed,
            "--as",
            "meeting-guide",
            "--programme",
            "OC",
            "--zone",
            "America/Los_Angeles",
            "--data",
            &data,
            "--report",
            &to,
        ]);
        assert!(output.status.success(), "{}", said(&output));
        report(&r)
    };
    let first = run();
    assert_eq!(first["read"], 1_967);
    assert_eq!(
        first["imported"].as_u64().unwrap() + first["held"].as_u64().unwrap(),
        1_967
    );
    assert_eq!(first["rows"].as_array().unwrap().len(), 1_967);
    let again = run();
    assert_eq!(
        (&again["unchanged"], &again["imported"], &again["changed"]),
        (&first["imported"], &Value::from(0), &Value::from(0))
    );
}

#[test]
fn the_demo_is_the_same_again_and_new_when_fresh() {
    let folder = Folder::new();
    let data = folder.text();
    let start = |more: &[&str]| {
        let arguments: Vec<_> = ["demo", "--data", &data, "--listen", "127.0.0.1:0"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        let demo = Program::start(Path::new(PROGRAM), &arguments);
        let (status, body) = get(&demo.address, "/api/groups?near=44113&distance=any");
        assert_eq!(status, 200);
        let (_, people) = get(&demo.address, "/api/providers?near=44113");
        let people: Value = serde_json::from_str(&people).unwrap();
        assert!(people["total"].as_u64().unwrap() >= 12, "{people}");
        demo.kill();
        serde_json::from_str::<Value>(&body).unwrap()
    };
    let first = start(&[]);
    assert!(first["total"].as_u64().unwrap() >= 400, "{}", first["total"]);
    assert_eq!(first["place"]["name"], "44113");
    assert_eq!(start(&[]), first);
    let fresh = start(&["--fresh"]);
    assert!(fresh["total"].as_u64().unwrap() >= 400);
    assert_ne!(fresh, first);
    assert_eq!(start(&[]), fresh);
}

#[test]
fn a_taken_port_gives_the_next_and_says_so() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (data, listen) = (folder.text(), format!("127.0.0.1:{port}"));
    let demo = Program::start(
        Path::new(PROGRAM),
        &["demo", "--data", &data, "--listen", &listen],
    );
    assert_ne!(demo.address, format!("http://localhost:{port}"));
    assert_eq!(get(&demo.address, "/healthz"), (200, "ok".to_owned()));
    let serve = sameboat(&["serve", "--data", &data, "--listen", &listen]);
    assert!(
        !serve.status.success() && said(&serve).contains("is taken by another program"),
        "{}",
        said(&serve)
    );
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new();
    let file = folder.file("s.toml", "log = \"loud\"\nlisten = \"127.0.0.1:1\"\n");
    let run = |variable: Option<&str>, flag: &[&str]| {
        let mut command = testing::program::command(Path::new(PROGRAM));
        command
            .args(["doctor", "--data", &folder.text(), "--config", &file])
            .args(flag);
        if let Some(value) = variable {
            command.env("SAMEBOAT_LOG", value);
        }
        said(&command.output().unwrap())
    };
    let from_file = run(None, &[]);
    assert!(
        from_file.contains("log in") && from_file.contains("s.toml is “loud”: write error, warn"),
        "{from_file}"
    );
    let from_environment = run(Some("shout"), &[]);
    assert!(
        from_environment.contains("SAMEBOAT_LOG is “shout”"),
        "{from_environment}"
    );
    let from_flag = run(Some("shout"), &["--log", "yell"]);
    assert!(from_flag.contains("--log is “yell”"), "{from_flag}");
    let unknown = folder.file("u.toml", "lissten = \"x\"");
    let output = said(&sameboat(&["doctor", "--config", &unknown]));
    assert!(output.contains("sets “lissten”, which is no setting"), "{output}");
}

#[test]
fn serve_refuses_plain_http_for_others_and_doctor_says_how_to_mend() {
    let folder = Folder::new();
    let data = folder.text();
    let serve = sameboat(&[
        "serve",
        "--data",
        &data,
        "--public-url",
        "http://groups.example.org",
    ]);
    assert!(
        !serve.status.success() && said(&serve).contains("is not https"),
        "{}",
        said(&serve)
    );
    let doctor = sameboat(&[
        "doctor",
        "--data",
        &data,
        "--listen",
        "127.0.0.1:0",
        "--public-url",
        "http://groups.example.org",
    ]);
    assert!(
        !doctor.status.success() && said(&doctor).contains("FAIL  public-url"),
        "{}",
        said(&doctor)
    );
    let doctor = sameboat(&[
        "doctor",
        "--data",
        &data,
        "--listen",
        "127.0.0.1:0",
        "--public-url",
        "https://groups.example.org",
        "--json",
    ]);
    assert!(doctor.status.success(), "{}", said(&doctor));
    let findings: Value = serde_json::from_slice(&doctor.stdout).unwrap();
    assert!(
        findings
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["what"] == "database" && finding["state"] == "ok")
    );
    let zone = sameboat(&[
        "import",
        "x.json",
        "--as",
        "meeting-guide",
        "--programme",
        "P",
        "--zone",
        "Angeles",
        "--data",
        &data,
    ]);
    assert!(
        said(&zone).contains("did you mean America/Los_Angeles?"),
        "{}",
        said(&zone)
    );
}

#[test]
fn a_feed_about_one_thing_is_imported_as_such() {
    let folder = Folder::new();
    let feed = folder.file("feed.json", FEED);
    let import = |topic: &str| {
        sameboat(&[
            "import",
            &feed,
            "--as",
            "meeting-guide",
            "--programme",
            "Sunrise",
            "--zone",
            "America/Los_Angeles",
            "--topic",
            topic,
            "--data",
            &folder.text(),
        ])
    };
    let wrong = import("drink");
    assert!(!wrong.status.success());
    assert!(
        said(&wrong).contains("“drink”, which is no topic; did you mean someone-elses-drinking?"),
        "{}",
        said(&wrong)
    );
    assert!(import("someone-elses-drinking").status.success());
    let listen = ["serve", "--data", &folder.text(), "--listen", "127.0.0.1:0"].map(str::to_owned);
    let listen: Vec<&str> = listen.iter().map(String::as_str).collect();
    let served = Program::start(Path::new(PROGRAM), &listen);
    let (_, found) = get(&served.address, "/api/groups?topic=alcohol-and-drugs");
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["total"], 2, "{found}");
}

#[test]
fn choose_prints_every_question_in_the_shape_that_is_documented() {
    let output = sameboat(&["choose", "--questions"]);
    assert!(output.status.success(), "{}", said(&output));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&printed), ["questions"]);
    let questions = printed["questions"].as_array().unwrap();
    assert!((1..=8).contains(&questions.len()));
    for question in questions {
        assert_eq!(keys(question), ["id", "many", "options", "text"]);
        assert!(question["id"].is_string() && question["text"].is_string() && question["many"].is_boolean());
        let options = question["options"].as_array().unwrap();
        assert!(!options.is_empty());
        for option in options {
            assert_eq!(keys(option), ["id", "text"]);
            // What is printed can be answered.
            let answers =
                serde_json::json!({ "answers": { question["id"].as_str().unwrap(): option["id"] } });
            assert!(choose(&answers.to_string()).status.success(), "{answers}");
        }
    }
}

/// `sameboat choose --answers -` with this on standard input.
fn choose(answers: &str) -> Output {
    use std::io::Write;
    let mut child = testing::program::command(Path::new(PROGRAM))
        .args(["choose", "--answers", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn decided(output: &Output) -> Value {
    assert!(output.status.success(), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn choose_says_what_follows_from_answers_and_why() {
    let folder = Folder::new();
    for (answers, advice, crisis) in [
        ("{}", &["group-therapy", "support-group"][..], false),
        (r#"{"hope":"less-alone"}"#, &["support-group"], false),
        (
            r#"{"hope":["change"],"weekly":"yes","talking":"willing"}"#,
            &["group-therapy"],
            false,
        ),
        (
            r#"{"hope":["less-alone","change"]}"#,
            &["group-therapy", "support-group"],
            false,
        ),
        (r#"{"hope":["understand"]}"#, &["class"], false),
        (
            r#"{"safety":"plan","hope":["change"],"now":["substances"]}"#,
            &["crisis"],
            true,
        ),
        (
            r#"{"safety":"harm","hope":["less-alone"]}"#,
            &["crisis", "individual", "support-group"],
            true,
        ),
        (
            r#"{"now":["substances"],"hope":["change"]}"#,
            &["medical-first", "support-group"],
            false,
        ),
        (
            r#"{"talking":"cannot","hope":["change"]}"#,
            &["individual"],
            false,
        ),
    ] {
        let file = folder.file("answers.json", format!("{{\"answers\":{answers}}}"));
        let from_file = decided(&sameboat(&["choose", "--answers", &file]));
        assert_eq!(from_file["advice"], serde_json::json!(advice), "{answers}");
        assert_eq!(from_file["crisis"], crisis, "{answers}");
        let from_input = decided(&choose(&format!("\u{feff}{{\"answers\":{answers}}}")));
        assert_eq!(from_input, from_file, "{answers}");
        let reasons = from_file["reasons"].as_array().unwrap();
        for kind in advice {
            assert!(
                reasons
                    .iter()
                    .any(|reason| reason["for"] == *kind && reason["stance"] == "for"),
                "{answers}: nothing is for {kind}"
            );
        }
        for reason in reasons {
            for key in ["rule", "for", "stance", "text", "source"] {
                assert!(
                    reason[key].as_str().is_some_and(|text| !text.is_empty()),
                    "{reason}"
                );
            }
            let source = reason["source"].as_str().unwrap();
            assert!(
                source.contains("https://") || source.starts_with("our rule, not yet reviewed"),
                "{source}"
            );
        }
    }
}

#[test]
fn choose_names_what_is_wrong_with_answers() {
    let folder = Folder::new();
    for (text, why) in [
        ("", "this is not JSON"),
        ("hope: change", "this is not JSON"),
        (r#"["change"]"#, "“answers” is not there"),
        (
            r#"{"answers":{},"name":"Al"}"#,
            "“name” stands beside “answers”; take it out",
        ),
        (
            r#"{"answers":{"mood":"low"}}"#,
            "there is no question “mood”; `sameboat choose --questions` lists them",
        ),
        (
            r#"{"answers":{"safety":"maybe"}}"#,
            "the question “safety” has no answer “maybe”; it has safe, thoughts, plan, harm",
        ),
        (
            r#"{"answers":{"safety":["safe","plan"]}}"#,
            "the question “safety” takes one answer, not 2",
        ),
        (
            r#"{"answers":{"safety":"plan","safety":"safe"}}"#,
            "“safety” is there twice",
        ),
        (
            r#"{"answers":{"now":["none","unreal"]}}"#,
            "“none” of the question “now” stands alone",
        ),
        (
            r#"{"answers":{"hope":true}}"#,
            "the answer to “hope” is true; write an option",
        ),
    ] {
        let file = folder.file("answers.json", text);
        for (output, name) in [
            (sameboat(&["choose", "--answers", &file]), file.as_str()),
            (choose(text), "-"),
        ] {
            assert_eq!(output.status.code(), Some(1), "{text}: {}", said(&output));
            assert!(output.stdout.is_empty(), "{text}");
            let told = said(&output);
            assert!(
                told.contains(&format!("{name}: ")) && told.contains(why),
                "{text}: {told}"
            );
        }
    }
    for (path, why) in [
        (
            folder.path("nowhere.json").display().to_string(),
            "nowhere.json cannot be read",
        ),
        (
            folder.file("latin.json", b"{\"answers\":{\"hope\":\"\xe9\"}}"),
            "latin.json cannot be read",
        ),
    ] {
        let output = sameboat(&["choose", "--answers", &path]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(why), "{}", said(&output));
    }
    // Neither or both is a slip of the command line.
    for arguments in [&["choose"][..], &["choose", "--questions", "--answers", "-"]] {
        assert_eq!(sameboat(arguments).status.code(), Some(2));
    }
}

const HELP: &str = include_str!("../../../../content/help.toml");

impl Folder {
    /// A folder of content that holds this file.
    fn content(name: &str, text: &str) -> Self {
        let folder = Self::new();
        std::fs::create_dir_all(folder.path(name).parent().unwrap()).unwrap();
        folder.file(name, text);
        folder
    }
}

#[test]
fn serve_refuses_content_with_slips_and_names_file_and_line() {
    let data = Folder::new();
    let chooser = include_str!("../../../../content/chooser.toml");
    let (crisis, _) = chooser.split_once("safety:plan").unwrap();
    let line = crisis.lines().count();
    let broken = [
        (
            Folder::content(
                "chooser.toml",
                &chooser.replacen("safety:plan", "safety:plans", 1),
            ),
            format!("content/chooser.toml, line {line}: the rule R1 asks for “safety:plans”"),
        ),
        (
            Folder::content("topics/mood.toml", "[[topic]]\nid = \"Low\"\n"),
            "content/topics/mood.toml, line 2: “Low” is no name".to_owned(),
        ),
        (
            Folder::content("learn/ours.md", "Welcome."),
            "content/learn/ours.md, line 1: does not begin with its facts".to_owned(),
        ),
        (
            Folder::content("choser.toml", chooser),
            "content/choser.toml: nothing reads a file of this name".to_owned(),
        ),
    ];
    for (folder, why) in broken {
        for command in [&["serve"][..], &["doctor"], &["choose", "--questions"]] {
            let (data, content) = (data.text(), folder.text());
            let settings = ["--data", &data, "--listen", "127.0.0.1:0", "--content", &content];
            let output = sameboat(&[command, &settings].concat());
            assert_eq!(output.status.code(), Some(1), "{command:?}: {}", said(&output));
            assert!(said(&output).contains(&why), "{command:?}: {}", said(&output));
        }
    }
    let missing = data.path("no-such-folder").display().to_string();
    let output = sameboat(&["choose", "--questions", "--content", &missing]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("no-such-folder cannot be read"),
        "{}",
        said(&output)
    );
    let latin = Folder::new();
    latin.file("help.toml", b"# \xe9");
    let output = sameboat(&["choose", "--questions", "--content", &latin.text()]);
    assert!(
        said(&output).contains("help.toml is not text in UTF-8"),
        "{}",
        said(&output)
    );
}

#[test]
fn content_of_ones_own_takes_the_place_of_ours() {
    let chooser = include_str!("../../../../content/chooser.toml").replacen(
        "What do you hope for?",
        "What are you after?",
        1,
    );
    let folder = Folder::content("chooser.toml", &chooser);
    // What is no content is let be.
    folder.file("notes.odt", b"\xff\xfe");
    let output = sameboat(&["choose", "--questions", "--content", &folder.text()]);
    assert_eq!(decided(&output)["questions"][0]["text"], "What are you after?");
}

#[test]
fn type_codes_of_ones_own_are_read_with() {
    let folder = Folder::content("feeds/lakeshore-types.json", r#"{"K":"Candlelight","W":"Women"}"#);
    let content = folder.text();
    let elsewhere = Folder::new();
    let feed = elsewhere.file(
        "feed.json",
        r#"[{"slug":"a","name":"A","day":1,"time":"19:00","formatted_address":"1 Elm St, Akron, OH","types":["K","Q"]}]"#,
    );
    let data = elsewhere.path("data").display().to_string();
    let import = |codes: &str| {
        sameboat(&[
            "import",
            &feed,
            "--programme",
            "Lakeshore",
            "--zone",
            "America/New_York",
            "--codes",
            codes,
            "--content",
            &content,
            "--data",
            &data,
        ])
    };
    let wrong = import("lakshore");
    assert!(
        !wrong.status.success() && said(&wrong).contains("al-anon") && said(&wrong).contains(", lakeshore,"),
        "{}",
        said(&wrong)
    );
    let read = import("lakeshore");
    assert!(said(&read).contains("type codes of lakeshore"), "{}", said(&read));
    let out = elsewhere.path("out.json");
    done(&[
        "export",
        "--as",
        "sameboat",
        "--programme",
        "Lakeshore",
        "--out",
        &out.display().to_string(),
        "--data",
        &data,
    ]);
    let exported: Value = serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!(
        exported["groups"][0]["remarks"],
        serde_json::json!(["Candlelight", "Q"])
    );
}

#[test]
fn settings_with_rules_of_their_own_are_checked_at_start() {
    let folder = Folder::new();
    let data = folder.text();
    let run = |settings: &[&str]| {
        let usual = ["doctor", "--data", &data, "--listen", "127.0.0.1:0"];
        sameboat(&[&usual, settings].concat())
    };
    for right in [
        &["--country", "gb"][..],
        &["--crisis-line", "County crisis line=216-555-0142"],
        &["--emergency", "112", "--country", "DE"],
        &["--billing-code", "h0005-HQ"],
    ] {
        let output = run(right);
        assert!(
            output.status.success() && said(&output).contains("ok    content"),
            "{right:?}: {}",
            said(&output)
        );
    }
    for (wrong, why) in [
        (
            &["--crisis-line", "216-555-0142"][..],
            "--crisis-line is “216-555-0142”: write NAME=NUMBER",
        ),
        (&["--crisis-line", "Line=now"], "“now” is no number to dial"),
        (
            &["--crisis-line", "=988"],
            "--crisis-line is “=988”: the name is empty",
        ),
        (
            &["--emergency", "call us"],
            "--emergency is “call us”: “call us” is no number to dial",
        ),
        (&["--emergency", "9"], "write 2 to 15 digits"),
        (
            &["--billing-code", "group"],
            "--billing-code is “group”: A code has five characters",
        ),
    ] {
        let output = run(wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong:?}: {}", said(&output));
        assert!(said(&output).contains(why), "{wrong:?}: {}", said(&output));
    }
    let output = run(&["--country", "XX"]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    assert!(
        told.contains("--country is “XX”, which help.toml does not have. It has US, CA,"),
        "{told}"
    );
    let serve = sameboat(&[
        "serve",
        "--data",
        &data,
        "--listen",
        "127.0.0.1:0",
        "--country",
        "XX",
    ]);
    assert_eq!(serve.status.code(), Some(1), "{}", said(&serve));
    assert!(
        said(&serve).contains("which help.toml does not have"),
        "{}",
        said(&serve)
    );
}

#[test]
fn doctor_names_the_help_lines_that_are_due() {
    let data = Folder::new();
    let old = HELP.replacen("checked = 2026-11-25", "checked = 2020-02-29", 1);
    let folder = Folder::content("help.toml", &old);
    let output = sameboat(&[
        "doctor",
        "--json",
        "--data",
        &data.text(),
        "--listen",
        "127.0.0.1:0",
        "--content",
        &folder.text(),
    ]);
    let findings = decided(&output);
    let help = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["what"] == "help lines")
        .unwrap();
    assert_eq!(help["state"], "warn");
    let told = help["said"].as_str().unwrap();
    assert!(
        told.contains("988 Suicide and Crisis Lifeline (US, 2020-02-29)"),
        "{told}"
    );
    assert!(told.contains("write the day into help.toml"), "{told}");
}

/// The groups of a file of our own format, without what an import gives anew.
fn groups_of(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let mut groups: Vec<Value> = file["groups"].as_array_mut().unwrap().drain(..).collect();
    for group in &mut groups {
        let group = group.as_object_mut().unwrap();
        group.remove("id");
        group.remove("source");
    }
    groups.sort_by_key(ToString::to_string);
    groups
}

/// The database of the demo, as its first start makes it.
fn demo_database(folder: &Folder) -> String {
    drop(Program::start(
        Path::new(PROGRAM),
        &["demo", "--data", &folder.text(), "--listen", "127.0.0.1:0"],
    ));
    format!("sqlite:{}", folder.path("demo/demo.db").display())
}

fn done(arguments: &[&str]) -> String {
    let output = sameboat(arguments);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

#[test]
fn our_own_format_exported_and_imported_is_the_same() {
    let (demo, other) = (Folder::new(), Folder::new());
    let database = demo_database(&demo);
    let (first, second) = (demo.path("first.json"), demo.path("second.json"));
    let (one, two) = (first.display().to_string(), second.display().to_string());
    let export = ["export", "--as", "sameboat", "--out"];
    done(
        &[
            &export[..],
            &[&one, "--database", &database, "--organisation", "Lakeshore"],
        ]
        .concat(),
    );
    done(&[
        "import",
        &one,
        "--as",
        "sameboat",
        "--data",
        &other.text(),
        "--brief",
    ]);
    done(
        &[
            &export[..],
            &[&two, "--data", &other.text(), "--programme", "Lakeshore"],
        ]
        .concat(),
    );
    let groups = groups_of(&first);
    assert!(groups.len() > 400, "{}", groups.len());
    assert_eq!(groups, groups_of(&second));
}

#[test]
fn bmlt_exported_and_imported_says_the_same_of_every_meeting() {
    let (demo, other) = (Folder::new(), Folder::new());
    let database = demo_database(&demo);
    let (first, second) = (demo.path("first.json"), demo.path("second.json"));
    let (one, two) = (first.display().to_string(), second.display().to_string());
    let report = demo.path("report.json").display().to_string();
    let (there, phone) = (other.text(), "216-555-0142");
    let told = done(&[
        "export",
        "--as",
        "bmlt",
        "--database",
        &database,
        "--phone",
        phone,
        "--out",
        &one,
    ]);
    assert!(
        told.contains("left out: groups by appointment or not every week"),
        "{told}"
    );
    // Every zone is said: none has to be given.
    done(&[
        "import",
        &one,
        "--programme",
        "Again",
        "--data",
        &there,
        "--report",
        &report,
        "--brief",
    ]);
    done(&[
        "export",
        "--as",
        "bmlt",
        "--programme",
        "Again",
        "--data",
        &there,
        "--out",
        &two,
    ]);
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(report["held"], 0, "{report}");
    let meetings = meetings_of(&first);
    assert!(meetings.len() > 150, "{}", meetings.len());
    assert_eq!(meetings, meetings_of(&second));
}

/// What search results say of when, where and what; how one comes to a group is another programme's after an import.
fn meetings_of(file: &Path) -> Vec<String> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let names = |row: &Value| {
        let ids: Vec<&str> = row["format_shared_id_list"]
            .as_str()
            .unwrap()
            .split(',')
            .collect();
        let formats = file["formats"].as_array().unwrap().iter();
        let names = formats.filter(|format| ids.contains(&format["id"].as_str().unwrap()));
        let names: Vec<&str> = names
            .map(|format| format["name_string"].as_str().unwrap())
            .collect();
        names.join(", ")
    };
    let said = |row: &Value| {
        let own = |key: &str| {
            let way = [
                "service_body_bigint",
                "service_body_name",
                "id_bigint",
                "root_server_uri",
            ]
            .contains(&key);
            !way && !key.starts_with("virtual_meeting")
        };
        let fields = row.as_object().unwrap().iter().filter(|(key, _)| own(key));
        let fields: Vec<String> = fields.map(|(key, value)| format!("{key}={value}")).collect();
        format!("{} {}", fields.join(" "), names(row))
    };
    let mut meetings: Vec<String> = file["meetings"].as_array().unwrap().iter().map(said).collect();
    meetings.sort();
    meetings
}

#[test]
fn meeting_guide_and_tables_exported_are_read_again_without_a_held_row() {
    let demo = Folder::new();
    let database = demo_database(&demo);
    let mut counts = Vec::new();
    for format in ["meeting-guide", "csv"] {
        let file = demo.path(format).display().to_string();
        let told = done(&[
            "export",
            "--as",
            format,
            "--database",
            &database,
            "--phone",
            "216-555-0142",
            "--out",
            &file,
        ]);
        assert!(told.contains("left out: therapy groups"), "{told}");
        let (folder, report) = (Folder::new(), demo.path("report.json").display().to_string());
        done(&[
            "import",
            &file,
            "--as",
            format,
            "--programme",
            "Again",
            "--zone",
            "America/New_York",
            "--data",
            &folder.text(),
            "--report",
            &report,
            "--brief",
        ]);
        let report: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
        assert_eq!(report["held"], 0, "{format}: {report}");
        counts.push(report["read"].as_u64().unwrap());
    }
    assert!(counts[0] > 200 && counts[0] == counts[1], "{counts:?}");
    let calendar = done(&["export", "--as", "ical", "--database", &database]);
    assert!(calendar.starts_with("BEGIN:VCALENDAR") && calendar.matches("BEGIN:VEVENT").count() > 300);
    let unknown = sameboat(&[
        "export",
        "--as",
        "csv",
        "--programme",
        "Nobody",
        "--database",
        &database,
    ]);
    assert!(!unknown.status.success());
    assert!(
        said(&unknown).contains("no group came from the feed of “Nobody”"),
        "{}",
        said(&unknown)
    );
}

#[test]
fn without_a_key_nothing_starts_and_the_way_to_one_is_told() {
    let folder = Folder::new();
    let (data, file) = (folder.text(), folder.0.path().join("keys/ring.key"));
    let file = file.display().to_string();
    let keyless = |arguments: &[&str]| {
        let mut command = testing::program::command(Path::new(PROGRAM));
        command.env_remove("SAMEBOAT_KEY").args(arguments);
        command.output().unwrap()
    };
    let usual = ["doctor", "--data", &data, "--listen", "127.0.0.1:0"];
    let refused = said(&keyless(&usual));
    assert!(refused.contains("sameboat keys create"), "{refused}");
    assert!(!Path::new(&data).join("sameboat.db").exists());
    let made = keyless(&["keys", "create", &file]);
    assert!(made.status.success(), "{}", said(&made));
    let again = said(&keyless(&["keys", "create", &file]));
    assert!(again.contains("is there already"), "{again}");
    let with = |file: &str| keyless(&[&usual[..], &["--deep", "--key-file", file]].concat());
    let well = said(&with(&file));
    assert!(well.contains("sealed values open"), "{well}");
    // Of another installation.
    let other = folder.file("other.key", "ab".repeat(32));
    let refused = said(&with(&other));
    assert!(
        refused.contains("the key does not open") && refused.contains("used before"),
        "{refused}"
    );
    // A new key before it, and everything sealed by it.
    let added = keyless(&["keys", "add", &file]);
    assert!(added.status.success(), "{}", said(&added));
    let rotated = keyless(&["keys", "rotate", "--data", &data, "--key-file", &file]);
    assert!(
        rotated.status.success() && said(&rotated).contains("1 keys wrapped"),
        "{}",
        said(&rotated)
    );
    let ring = std::fs::read_to_string(&file).unwrap();
    let newest: Vec<&str> = ring
        .lines()
        .filter(|line| !line.starts_with('#'))
        .take(1)
        .collect();
    let alone = folder.file("alone.key", newest[0]);
    assert!(said(&with(&alone)).contains("sealed values open"));
}

#[both_engines]
async fn a_correction_holds_in_an_import_by_hand_and_is_counted(db: TestDatabase) {
    let folder = Folder::new();
    let (feed, r) = (folder.file("feed.json", FEED), folder.path("r.json"));
    let to = r.display().to_string();
    import(&db, &[&feed], &[]);
    let reading = Reading {
        zone: "America/Los_Angeles".parse().ok(),
        ..Reading::new(Line::parse("Orange County").unwrap())
    };
    correct(
        &db,
        &feeds::meeting_guide::read(FEED.as_bytes(), &reading).unwrap(),
    )
    .await;
    for (more, counted) in [(&["--dry-run", "--report", &to][..], 1), (&["--report", &to], 1)] {
        let again = import(&db, &[&feed], more);
        assert!(
            said(&again).contains("1 listed by what was corrected here"),
            "{}",
            said(&again)
        );
        let told = report(&r);
        assert_eq!(
            (&told["unchanged"], &told["held"], &told["corrected"]),
            (&Value::from(3), &Value::from(0), &Value::from(counted)),
            "{told}"
        );
        let notes = told["rows"][2]["notes"].to_string();
        assert!(
            notes.contains("“Noon Table” was put in its place here"),
            "{notes}"
        );
    }
    // The feed says it itself now.
    let mended = FEED.replace(
        "\"slug\":\"nameless\",",
        "\"slug\":\"nameless\",\"name\":\"Named\",\"formatted_address\":\"7 Oak St\",",
    );
    import(&db, &[&folder.file("mended.json", mended)], &["--report", &to]);
    let told = report(&r);
    assert_eq!(
        (&told["changed"], &told["corrected"]),
        (&Value::from(1), &Value::from(0)),
        "{told}"
    );
}

/// Says what is right in place of the held third row of these, as a coordinator does.
async fn correct(db: &TestDatabase, rows: &[feeds::reading::Row]) {
    use store::acts::{RunInstallation, RunListings};
    use store::feeds::{Ended, Wanted, add, correct, ended, to_fetch};
    use store::imports::{Corrected, Feed, Staged, begin, finish, stage};
    use store::{On, Who};

    // The imports by hand have the time of the machine; what is done here comes after them.
    db.clock.forward(chrono::TimeDelta::days(36_500));
    let store = db.store().await;
    testing::people::invent(&store, "alex", &[(domain::people::Role::Admin, None)]).await;
    let token = testing::people::by_two(&store, &db.clock, &testing::people::mail("alex")).await;
    let alex = testing::people::who(&store, &token).await;
    let mut writing = store.write(alex.clone()).await.unwrap();
    let wanted = Wanted {
        address: "https://feeds.example/".into(),
        programme: "Orange County".into(),
        format: None,
        zone: None,
        licence: None,
        every_hours: 24,
    };
    let permit = writing.permit::<RunInstallation>(On::Organisation).await;
    let id = add(&mut permit.unwrap(), &wanted).await.unwrap();
    writing.commit().await.unwrap();
    let mut reading = store.read(Who::Job("feeds")).await.unwrap();
    let known = to_fetch(&mut reading, &id.to_string()).await.unwrap().unwrap();
    drop(reading);
    // A feed by address of the same groups: the same corrections.
    let mut writing = store.write(Who::Job("feeds")).await.unwrap();
    let from = Feed {
        programme: "Orange County".into(),
        format: "meeting-guide",
    };
    let run = begin(&mut writing, &from).await.unwrap();
    let mut staged: Vec<Staged> = (1..)
        .zip(rows)
        .map(|(at, row)| Staged {
            row: at,
            id: row.id.clone(),
            listing: row.listing.clone().map_err(|held| held.to_string()),
            notes: Vec::new(),
            said: row.said.clone(),
            unfinished: row.unfinished.clone(),
            corrected: Corrected::default(),
        })
        .collect();
    stage(&mut writing, &run, &mut staged).await.unwrap();
    let with = Ended::TakenIn {
        etag: None,
        last_modified: None,
    };
    ended(&mut writing, &known, Some(&run), with).await.unwrap();
    finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    let put = |fact, put: &str| Correction {
        fact,
        given: None,
        put: Some(put.into()),
    };
    let puts = [put(Fact::Title, "Noon Table"), put(Fact::Place, "7 Oak St")];
    let mut writing = store.write(alex).await.unwrap();
    let permit = writing.permit::<RunListings>(On::Organisation).await;
    correct(&mut permit.unwrap(), id, 3, &rows[2].id, &puts)
        .await
        .unwrap()
        .unwrap();
    writing.commit().await.unwrap();
    store.close().await;
}
