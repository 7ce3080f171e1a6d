//! The content that ships: every file in order, and every rule of the chooser proven over all answers.

use content::{Content, Files};

#[test]
fn the_content_that_ships_is_in_order() {
    if let Err(slips) = Content::read(&Files::bundled()) {
        panic!("{slips}");
    }
}

#[test]
fn files_saved_on_windows_are_read_too() {
    let mut files = Files::bundled();
    let paths: Vec<String> = files.paths().map(str::to_owned).collect();
    for path in paths {
        let text = files.get(&path).unwrap().replace('\n', "\r\n");
        files.put(path, format!("\u{feff}{text}"));
    }
    let (theirs, ours) = (
        Content::read(&files).unwrap(),
        Content::read(&Files::bundled()).unwrap(),
    );
    assert_eq!(theirs.articles, ours.articles);
    assert_eq!(theirs.chooser, ours.chooser);
}

#[test]
fn the_catalogue_covers_practically_every_major_disorder_and_situation() {
    let content = Content::read(&Files::bundled()).unwrap();
    assert!(
        content.topics.topics().len() >= 60,
        "{}",
        content.topics.topics().len()
    );
}
