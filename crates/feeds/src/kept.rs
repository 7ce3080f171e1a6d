//! What is kept of a row, and how: free text without secrets, public pages, the way to come.

use domain::groups::{Address, HowToCome, Place, WebPage};
use domain::mending::Fact;
use domain::text::Line;

use crate::reading::Held;
use crate::scrub::{is_join_link, names_a_secret, scrub};
use crate::value::Fields;

/// Whether this must not be kept as a group's fact, whoever says it: a join link, a passcode, somebody's own contact.
pub fn is_not_kept(fact: &Fact, text: &str) -> bool {
    match fact {
        // The organisation's phone and mail are public.
        Fact::HowToCome => is_join_link(text),
        Fact::Title | Fact::Summary | Fact::Techniques | Fact::Remarks | Fact::FirstVisit => scrub(text).1,
        // Places have numbers, dates too.
        _ => names_a_secret(text),
    }
}

/// A field without what must not be kept.
pub(crate) fn cleaned(fields: &Fields, field: &str, notes: &mut Vec<String>) -> Option<String> {
    let text = clean(field, &fields.text(field)?, notes);
    (!text.trim().is_empty()).then_some(text)
}

pub(crate) fn clean(field: &str, text: &str, notes: &mut Vec<String>) -> String {
    let (kept, taken) = scrub(text);
    if taken {
        notes.push(format!(
            "“{field}”: links, ids, passcodes or contacts were taken out"
        ));
    }
    kept
}

/// An address may hold long numbers, but no link and no mail address.
pub(crate) fn clean_address(text: &str, notes: &mut Vec<String>) -> String {
    if text.contains("://") || text.contains('@') {
        clean("address", text, notes)
    } else {
        text.replace('\n', ", ")
    }
}

/// As much of a text as a line holds.
pub(crate) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= Line::MOST {
        return line;
    }
    line.chars().take(Line::MOST - 1).chain(['…']).collect()
}

/// A line of this text, if there is one.
pub(crate) fn line(text: &str) -> Option<Line> {
    Line::parse(&shortened(text)).ok()
}

/// A page that may be public, from the field of this name.
pub(crate) fn page(field: &str, url: &str, notes: &mut Vec<String>) -> Option<WebPage> {
    match WebPage::parse(url) {
        Ok(page) if !is_join_link(url) => return Some(page),
        Ok(_) => notes.push(format!("“{field}” is a join link, which we do not keep")),
        Err(error) => notes.push(format!("“{field}”: {error}; left out")),
    }
    None
}

/// How one comes to a group whose own row names no page: by the programme's, by walking in, or as `else_by` says.
pub(crate) fn how_to_come(
    page: Option<WebPage>,
    place: &Place,
    else_by: Option<HowToCome>,
) -> Result<HowToCome, Held> {
    let public = place
        .site()
        .is_some_and(|site| matches!(site.address, Address::Exact { .. }));
    match page {
        Some(page) => Ok(HowToCome::Page(page)),
        None if public => Ok(HowToCome::WalkIn),
        None => else_by.ok_or(Held::NoWayToCome),
    }
}

/// What hosts a video meeting, by its link; the link itself is not kept.
pub(crate) fn service(url: &str) -> Option<Line> {
    let url = url.to_ascii_lowercase();
    let name = match () {
        () if url.contains("zoom.us") => "Zoom",
        () if url.contains("meet.google.") => "Google Meet",
        () if url.contains("teams.microsoft.") || url.contains("teams.live.") => "Microsoft Teams",
        () if url.contains("freeconferencecall") => "FreeConferenceCall",
        () if url.contains("webex") => "Webex",
        () if url.contains("jit.si") => "Jitsi",
        () => return None,
    };
    Line::parse(name).ok()
}
