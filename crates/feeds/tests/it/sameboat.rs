//! Our own format: what is written reads back whole, and a slip of the pen is told.

use std::io::{BufRead, ErrorKind, Read, Seek, SeekFrom};

use domain::groups::{Draft, Listing, Source};
use domain::providers::{Provider, ProviderDraft};
use domain::text::Line;
use feeds::sameboat::{File, FileError, GroupOut, ProviderOut, Reader, read, write};
use proptest::prelude::*;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../../../../docs/formats/example.sameboat.json");
const SCHEMA: &str = include_str!("../../../../docs/formats/sameboat.schema.json");

fn example() -> Value {
    serde_json::from_str(EXAMPLE).unwrap()
}

fn read_value(file: &Value) -> File {
    read(file.to_string().as_bytes(), None).unwrap()
}

/// The example with a change to its first group, read; why that group is held and what is noted.
fn group_with(change: impl FnOnce(&mut Value)) -> (Option<String>, Vec<String>) {
    let mut file = example();
    change(&mut file["groups"][0]);
    let file = read_value(&file);
    assert!(file.groups[1].listing.is_ok(), "the rest goes on");
    let held = file.groups[0].listing.as_ref().err().map(ToString::to_string);
    (held, file.groups[0].notes.clone())
}

fn provider_with(change: impl FnOnce(&mut Value)) -> (Option<String>, Vec<String>) {
    let mut file = example();
    change(&mut file["providers"][2]);
    let file = read_value(&file);
    let held = file.providers[2].provider.as_ref().err().map(ToString::to_string);
    (held, file.providers[2].notes.clone())
}

fn from_file(name: &str) -> Source {
    Source::Feed {
        programme: Line::parse(name).unwrap(),
    }
}

#[test]
fn every_fact_of_the_example_is_kept_and_written_again() {
    let file = read_value(&example());
    let groups: Vec<_> = file
        .groups
        .iter()
        .map(|row| GroupOut {
            id: &row.id,
            listing: row.listing.as_ref().unwrap(),
        })
        .collect();
    let providers: Vec<_> = file
        .providers
        .iter()
        .map(|row| ProviderOut {
            id: &row.id,
            provider: row.provider.as_ref().unwrap(),
            groups: row.groups.iter().map(String::as_str).collect(),
            part_of: row.part_of.as_deref(),
        })
        .collect();
    let written = write(&file.organisation, &groups, &providers).unwrap();
    assert_eq!(read(written.as_bytes(), None).unwrap(), file);
    let mut written: Value = serde_json::from_str(&written).unwrap();
    let mut expected = example();
    expected.as_object_mut().unwrap().remove("$schema");
    for (list, count) in [("groups", 2), ("providers", 3)] {
        for row in 0..count {
            for file in [&mut written, &mut expected] {
                file[list][row].as_object_mut().unwrap().remove("source");
            }
        }
    }
    assert_eq!(written, expected);
    assert!(file.groups.iter().all(|row| row.notes.is_empty()));
    assert!(file.providers.iter().all(|row| row.notes.is_empty()));
}

#[test]
fn a_file_cannot_say_that_its_groups_are_our_own() {
    let file = read_value(&example());
    let listings = file
        .groups
        .iter()
        .map(|row| &row.listing.as_ref().unwrap().source);
    let providers = file
        .providers
        .iter()
        .map(|row| &row.provider.as_ref().unwrap().source);
    let theirs = from_file("Lakeshore Community Counseling");
    assert!(listings.chain(providers).all(|source| *source == theirs));
    let other = Line::parse("Lakeshore").unwrap();
    let file = read(EXAMPLE.as_bytes(), Some(&other)).unwrap();
    assert_eq!(
        file.groups[0].listing.as_ref().unwrap().source,
        from_file("Lakeshore")
    );
}

#[test]
fn a_row_that_says_what_we_do_not_know_is_held_with_the_field_and_what_to_do() {
    type Change = fn(&mut Value);
    let changes: [(Change, &str); 12] = [
        (
            |g| g["colour"] = json!("blue"),
            "“colour” is not known; correct the name or take it out",
        ),
        (
            |g| g["join_link"] = json!("https://zoom.us/j/1"),
            "“join_link” is not known",
        ),
        (
            |g| g["when"]["scheduled"]["rule"]["dayz"] = json!(["Mon"]),
            "“when.scheduled.rule.dayz” is not known",
        ),
        (
            |g| g["led_by"][0]["mail"] = json!("dana@example.org"),
            "“led_by[0].mail” is not known",
        ),
        (
            |g| g["size"]["most"] = json!("nine"),
            "“size.most”: invalid type: string \"nine\", expected u16; correct it",
        ),
        (
            |g| g["when"]["scheduled"]["length"] = json!(2),
            "“when.scheduled.length”: a session of 2 minutes",
        ),
        (
            |g| g["kind"] = json!("club"),
            "“kind”: unknown variant `club`, expected `therapy` or `support`; correct it",
        ),
        (
            |g| drop(g.as_object_mut().unwrap().remove("title")),
            "“title” is missing; add it",
        ),
        (
            |g| drop(g.as_object_mut().unwrap().remove("id")),
            "it has no “id”",
        ),
        (
            |g| g["id"] = json!("x".repeat(201)),
            "its “id” has 201 characters; the most is 200",
        ),
        (
            |g| g["size"]["most"] = json!(13),
            "A therapy group has 4 to 12 people",
        ),
        (
            |g| g["how_to_come"] = json!({"page": "https://us02web.zoom.us/j/1?pwd=x"}),
            "“how_to_come” is a join link",
        ),
    ];
    for (change, said) in changes {
        let (held, _) = group_with(change);
        assert!(
            held.as_ref().is_some_and(|held| held.contains(said)),
            "{said}: {held:?}"
        );
    }
    let changes: [(Change, &str); 5] = [
        (|p| p["salary"] = json!(1), "“salary” is not known"),
        (
            |p| p["reach"]["private_phone"] = json!("216-555-0143"),
            "“reach.private_phone” is not known",
        ),
        (|p| p["credentials"] = Value::Null, "listed with credentials"),
        (
            |p| p["groups"] = json!("grief-therapy"),
            "“groups”: it is text, not a list of ids; correct it",
        ),
        (
            |p| p["part_of"] = json!({}),
            "“part_of”: it is an object, not an id; correct it",
        ),
    ];
    for (change, said) in changes {
        let (held, _) = provider_with(change);
        assert!(
            held.as_ref().is_some_and(|held| held.contains(said)),
            "{said}: {held:?}"
        );
    }
}

#[test]
fn an_id_that_comes_twice_holds_the_second_row() {
    let mut file = example();
    file["groups"][1]["id"] = json!(" grief-therapy ");
    file["groups"].as_array_mut().unwrap().push(json!(7));
    let file = read_value(&file);
    let held = |row: usize| file.groups[row].listing.as_ref().unwrap_err().to_string();
    assert!(file.groups[0].listing.is_ok());
    assert_eq!(
        held(1),
        "its “id” is also that of row 1; give each row one of its own"
    );
    assert!(held(2).contains("not an object"), "{}", held(2));
    assert_eq!((file.groups[2].number, file.groups[2].id.as_str()), (3, "row-3"));
}

#[test]
fn links_to_what_is_not_there_are_noted_and_left_out() {
    let (held, notes) = provider_with(|p| {
        p["groups"] = json!(["grief-therapy", "nowhere", "grief-therapy"]);
        p["part_of"] = json!("harbor-house");
    });
    assert_eq!(held, None);
    assert!(notes[0].contains("“nowhere” is not in this file"), "{notes:?}");
    assert!(
        notes[1].contains("“harbor-house” is no organisation"),
        "{notes:?}"
    );

    let mut file = example();
    file["groups"][0]["kind"] = json!("club");
    file["providers"][0]["part_of"] = json!("lakeshore");
    let file = read_value(&file);
    assert_eq!(file.providers[2].groups, Vec::<String>::new());
    assert!(file.providers[2].notes[0].contains("“grief-therapy” is held"));
    assert_eq!(file.providers[0].part_of, None, "nobody is part of themselves");
    assert_eq!(file.providers[1].part_of.as_deref(), Some("lakeshore"));
}

#[test]
fn secrets_in_free_text_are_taken_out_and_noted() {
    let (held, notes) = group_with(|g| {
        g["summary"] = json!("Come as you are. Zoom ID: 123 456 7890");
        g["first_visit"]["arrival"] = json!("Call Bob 216-555-0199.");
        g["place"]["hybrid"][0]["directions"] = json!("passcode 7788");
    });
    assert_eq!(held, None);
    assert_eq!(notes.len(), 3, "{notes:?}");
    let mut file = example();
    file["groups"][0]["summary"] = json!("Come as you are. Zoom ID: 123 456 7890");
    file["providers"][2]["about"] = json!("Dana listens. Her own phone: 216-555-0199");
    let file = read_value(&file);
    let listing = file.groups[0].listing.as_ref().unwrap();
    assert_eq!(listing.summary.as_ref().unwrap().as_str(), "Come as you are.");
    let dana = file.providers[2].provider.as_ref().unwrap();
    assert_eq!(dana.about.as_ref().unwrap().as_str(), "Dana listens.");
    let (held, _) = group_with(|g| g["title"] = json!("https://zoom.us/j/123456789"));
    assert!(held.unwrap().contains("“title” holds only contact details"));
}

#[test]
fn what_is_no_sameboat_file_says_what_to_do() {
    for (text, said) in [
        ("", "is empty"),
        ("<html>", "web page"),
        ("[]", "no sameboat file"),
        (r#"{"organisation":"L"}"#, "no sameboat file"),
        (r#"{"sameboat":2}"#, "version 2"),
        (r#"{"sameboat":1}"#, "“organisation” is missing"),
        (r#"{"sameboat":1,"organisation":" "}"#, "“organisation” is empty"),
        (r#"{"sameboat":1,"organisation":"L"}"#, "no group and no provider"),
        (
            r#"{"sameboat":1,"organisation":"L","group":[]}"#,
            "“group” is not known",
        ),
        (
            r#"{"sameboat":1,"organisation":"L","groups":{}}"#,
            "“groups” is no list",
        ),
        (r#"{"sameboat":1,"#, "line 1, column"),
    ] {
        let error = read(text.as_bytes(), None).unwrap_err();
        assert!(error.to_string().contains(said), "{text}: {error}");
    }
    assert!(matches!(
        Reader::open(Huge, None).err(),
        Some(FileError::TooLarge(_))
    ));
}

/// A file that is too large, of which nothing is ever read.
struct Huge;

impl Read for Huge {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(ErrorKind::Unsupported.into())
    }
}

impl BufRead for Huge {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        Err(ErrorKind::Unsupported.into())
    }

    fn consume(&mut self, _: usize) {}
}

impl Seek for Huge {
    fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
        Ok(feeds::sameboat::MOST_BYTES_IN_ROWS + 1)
    }
}

#[test]
fn the_schema_says_what_the_reader_takes() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrongs: Vec<_> = schema
        .iter_errors(&example())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(wrongs, Vec::<String>::new());
    for (list, row) in [("groups", 0), ("providers", 2)] {
        let mut file = example();
        file[list][row]["colour"] = json!("blue");
        assert!(!schema.is_valid(&file), "{list}: an unknown field");
        for field in example()[list][row].as_object().unwrap().keys() {
            let mut file = example();
            file[list][row][field] = json!({"no": "such thing"});
            let valid = schema.is_valid(&file);
            let read = read_value(&file);
            let taken = match list {
                "groups" => read.groups[row].listing.is_ok(),
                _ => read.providers[row].provider.is_ok(),
            };
            assert!(!valid && (!taken || field == "source"), "{list}.{field}");
        }
    }
}

#[test]
fn the_example_shows_every_field_there_is() {
    let file = example();
    let draft: Draft = Listing::check(serde_json::from_value(file["groups"][0].clone()).unwrap())
        .unwrap()
        .into();
    let provider: ProviderDraft =
        Provider::check(serde_json::from_value(file["providers"][2].clone()).unwrap())
            .unwrap()
            .into();
    // A field that is empty is not written: all that are there are in the schema, and the schema has no others.
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (name, facts, ours) in [
        ("group", serde_json::to_value(draft).unwrap(), &["id"][..]),
        (
            "provider",
            serde_json::to_value(provider).unwrap(),
            &["id", "groups", "part_of"],
        ),
    ] {
        let known = schema["$defs"][name]["properties"].as_object().unwrap().keys();
        let mut shown: Vec<_> = facts.as_object().unwrap().keys().map(String::as_str).collect();
        shown.extend(ours);
        shown.sort_unstable();
        let mut known: Vec<_> = known.map(String::as_str).collect();
        known.sort_unstable();
        assert_eq!(shown, known, "{name}");
    }
}

#[test]
fn every_seed_of_the_fuzzer_is_rows_or_an_error() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/sameboat");
    let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    let files = seeds
        .iter()
        .filter(|seed| read(&std::fs::read(seed.path()).unwrap(), None).is_ok());
    let files = files.count();
    assert!(
        files >= 3 && seeds.len() > files,
        "{files} of {} seeds are files",
        seeds.len()
    );
}

proptest! {
    #[test]
    fn any_text_is_rows_or_an_error(text in "\\PC{0,200}") {
        let _ = read(text.as_bytes(), None);
        let _ = read(format!(r#"{{"sameboat":1,"organisation":"L","groups":[{text}]}}"#).as_bytes(), None);
    }
}
