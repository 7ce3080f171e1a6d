//! What ASVS asks of pages and of what is downloaded, where no other test shows it (docs/asvs.csv).

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use domain::groups::Slug;
use testing::people::{by_link, invent, mail};
use testing::{TestDatabase, both_engines};

use crate::common::browser::{browser, signed_in};
use crate::common::{get, settings, site};

/// The field of a password as it stands in a page.
fn password_field(page: &str) -> &str {
    let at = page
        .find("name=\"password\"")
        .unwrap_or_else(|| panic!("no password: {page}"));
    let begin = page[..at].rfind("<input").unwrap();
    let end = at + page[at..].find('>').unwrap();
    &page[begin..end]
}

#[both_engines]
async fn what_is_typed_as_a_password_is_hidden_and_a_password_manager_fills_it(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[]).await;
    let mut nobody = browser(&db).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    for (page, filled) in [
        (nobody.get("/sign-in").await.1, "current-password"),
        (river.get("/me/password").await.1, "new-password"),
    ] {
        let field = password_field(&page);
        for has in ["type=\"password\"", &format!("autocomplete=\"{filled}\"")] {
            assert!(field.contains(has), "{has}: {field}");
        }
        // Nothing stands in the way of pasting.
        for has_not in ["onpaste", "readonly", "disabled"] {
            assert!(!field.contains(has_not), "{has_not}: {field}");
        }
    }
}

#[both_engines]
async fn what_is_downloaded_has_a_name_of_ours_whatever_is_asked_for(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let of_one = format!("/groups/{}/calendar.ics", Slug::from_bits(1));
    for path in [
        "/groups/calendar.ics",
        "/groups/calendar.ics?q=..%2F%22.exe",
        &of_one,
    ] {
        let (status, headers, _) = get(&router, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let name = &headers["content-disposition"];
        assert_eq!(name, "attachment; filename=\"calendar.ics\"", "{path}");
    }
}

#[test]
fn every_download_is_named_by_a_fixed_word() {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut named = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for name in text.split("filename=").skip(1) {
                assert!(is_fixed(name), "{}: filename={name:.20}", path.display());
                named += 1;
            }
        }
    }
    assert!(named >= 5, "only {named} downloads");
}

/// A word of small letters with an ending, in quotes, and nothing after it.
fn is_fixed(name: &str) -> bool {
    let word = name
        .strip_prefix("\\\"")
        .and_then(|rest| rest.split_once("\\\"\""));
    word.is_some_and(|(word, _)| {
        let is_letter = |one: char| one.is_ascii_lowercase() || one == '.' || one == '-';
        Path::new(word).extension().is_some() && word.chars().all(is_letter)
    })
}

#[both_engines]
async fn nothing_of_the_source_is_served(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for path in [
        "/.git/config",
        "/.git/HEAD",
        "/.hg/requires",
        "/.svn/entries",
        "/Cargo.toml",
        "/assets/../Cargo.toml",
    ] {
        assert_eq!(get(&router, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
