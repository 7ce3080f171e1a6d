//! Letters: plain text, with a subject that says nothing to whoever sees the screen.

use store::audit::Head;
use store::invitations;
use store::joining;
use store::signing::link;
use url::form_urlencoded;

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

/// With the link that signs in, and leads on from there.
pub(crate) fn sign_in(words: &Words, settings: &Settings, token: &str, to: &str) -> String {
    let minutes = FluentValue::from(link::LASTS.num_minutes());
    let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
    written(
        words,
        settings,
        &words.say("letter-sign-in"),
        &format!("/sign-in/link/{token}?to={to}"),
        &words.with("letter-sign-in-more", &[("minutes", minutes)]),
    )
}

/// With the link that makes this address one's own.
pub(crate) fn new_mail(words: &Words, settings: &Settings, token: &str) -> String {
    let minutes = FluentValue::from(link::MAIL_LASTS.num_minutes());
    written(
        words,
        settings,
        &words.say("letter-new-mail"),
        &format!("/me/mail/{token}"),
        &words.with("letter-sign-in-more", &[("minutes", minutes)]),
    )
}

/// With the link by which who leads a group says that its page is still true. Which group stands behind the link.
pub fn confirm(words: &Words, settings: &Settings, token: &str) -> String {
    let (first, more) = (words.say("letter-confirm"), words.say("letter-confirm-more"));
    written(words, settings, &first, &format!("/confirm/{token}"), &more)
}

/// With the link that asks for a place. Where stands behind the link.
pub(crate) fn asking(words: &Words, settings: &Settings, token: &str) -> String {
    let days = FluentValue::from(joining::LASTS.num_days());
    written(
        words,
        settings,
        &words.say("letter-asking"),
        &format!("/sign-in/joining/{token}"),
        &words.with("letter-invitation-more", &[("days", days)]),
    )
}

/// Where whoever is in a group is led: to all of their groups. The address of one of them, even of their own page of it, names it.
pub(crate) const GROUPS: &str = "/me/joining";

/// That there is news for someone in a group or on the way into one. What it is, and which group, stands behind the link.
pub(crate) fn news(words: &Words, settings: &Settings, path: &str) -> String {
    let (first, more) = (words.say("letter-news"), words.say("letter-news-more"));
    written(words, settings, &first, path, &more)
}

/// That one wanted to be reminded. Of what, and when it is, stands behind the link.
pub fn reminder(words: &Words, settings: &Settings) -> String {
    let (first, more) = (words.say("letter-reminder"), words.say("letter-reminder-more"));
    written(words, settings, &first, GROUPS, &more)
}

/// With the link that makes a saved search active. What is looked for stands behind it.
pub(crate) fn search_asked(words: &Words, settings: &Settings, token: &str) -> String {
    let days = FluentValue::from(domain::searches::CONFIRM_WITHIN.num_days());
    written(
        words,
        settings,
        &words.say("letter-search-asked"),
        &format!("/searches/confirmation/{token}"),
        &words.with("letter-search-asked-more", &[("days", days)]),
    )
}

/// That a group opened, and no more.
pub fn search_found(words: &Words, settings: &Settings, token: &str) -> String {
    let (first, more) = (
        words.say("letter-search-found"),
        words.say("letter-search-found-more"),
    );
    written(words, settings, &first, &format!("/searches/{token}"), &more)
}

/// Whether a saved search shall go on.
pub fn search_ends(words: &Words, settings: &Settings, token: &str) -> String {
    let (first, more) = (
        words.say("letter-search-ends"),
        words.say("letter-search-ends-more"),
    );
    written(words, settings, &first, &format!("/searches/{token}"), &more)
}

/// That something waits for someone of the staff.
pub(crate) fn to_look_at(words: &Words, settings: &Settings, path: &str) -> String {
    let (first, more) = (words.say("letter-look"), words.say("letter-look-more"));
    written(words, settings, &first, path, &more)
}

/// That how someone signs in was changed.
pub(crate) fn changed(words: &Words, settings: &Settings) -> String {
    let (first, more) = (words.say("letter-changed"), words.say("letter-changed-more"));
    written(words, settings, &first, "/me", &more)
}

/// That a record was opened by break-glass. Whose, and where, stands behind the link.
pub(crate) fn broken(words: &Words, settings: &Settings) -> String {
    let (first, more) = (words.say("letter-broken"), words.say("letter-broken-more"));
    written(words, settings, &first, "/staff/break-glass", &more)
}

/// That a record which was opened still waits to be looked at.
pub fn unreviewed(words: &Words, settings: &Settings) -> String {
    let (first, more) = (
        words.say("letter-unreviewed"),
        words.say("letter-unreviewed-more"),
    );
    written(words, settings, &first, "/staff/break-glass", &more)
}

/// With the statement where the audit's chain ends, for an auditor to keep.
pub fn head(words: &Words, settings: &Settings, head: &Head) -> String {
    let line = FluentValue::from(head.to_string());
    let more = words.with("letter-head-more", &[("line", line)]);
    written(words, settings, &words.say("letter-head"), "/staff/audit", &more)
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
