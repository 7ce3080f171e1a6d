//! Letters: plain text, with a subject that says nothing to whoever sees the screen.

use store::invitations;

use crate::settings::Settings;
use crate::words::{FluentValue, Words};

/// The subject of every letter.
pub fn subject(words: &Words) -> String {
    words.say("letter-subject")
}

/// With the link that takes an invitation up. What it invites to stands behind the link, not in the letter.
pub fn invitation(words: &Words, settings: &Settings, token: &str) -> String {
    let days = FluentValue::from(invitations::LASTS.num_days());
    written(
        words,
        settings,
        &words.say("letter-invitation"),
        &format!("/invitation/{token}"),
        &words.with("letter-invitation-more", &[("days", days)]),
    )
}

/// A first line, a link on a line of its own, what there is to say of it, and who writes.
pub(crate) fn written(words: &Words, settings: &Settings, first: &str, path: &str, more: &str) -> String {
    let site = settings.site();
    let foot = words.say("letter-foot");
    let from = &settings.organisation.name;
    let link = FluentValue::from(format!("{site}/help-now"));
    let help = words.with("letter-help", &[("link", link)]);
    format!("{first}\n\n{site}{path}\n\n{more}\n\n{foot}\n\n{from}\n{help}\n")
}
