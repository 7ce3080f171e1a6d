//! The parts of a page of a record: its fields, what is marked in them, what is nearly the same, what was signed.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::records::{Field, Signature, State, Words as Written};
use maud::{Markup, html};
use store::records::{Found, Like, Look, Piece, Sheet};

use crate::assets::href;
use crate::look::icons::Icon;
use crate::once;
use crate::saying;
use crate::state::App;
use crate::words::Words;

/// When what is typed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saving {
    /// By a script, and by a button without one.
    AsTyped,
    /// Only when it is sent.
    WhenSent,
}

/// A record that is written.
pub(super) struct Writing<'a> {
    pub action: String,
    pub fields: &'static [Field],
    pub saving: Saving,
    pub sheet: Option<&'a Sheet>,
    /// What was typed and not saved, in place of what is kept.
    pub typed: Option<&'a Written>,
    pub look: &'a Look,
    /// Reasons that were typed, mark by mark.
    pub reasons: Vec<String>,
    pub asks_for_reasons: bool,
    /// What helps to write, under its field.
    pub phrases: Vec<(Field, Vec<String>)>,
    /// More fields, before the acts.
    pub more: Markup,
    /// The button that signs, and where it leads.
    pub sign: (String, &'a str),
}

impl Writing<'_> {
    pub(super) fn draw(&self, app: &App) -> Markup {
        let words = app.words();
        let text = |field: Field| {
            let kept = self.sheet.map(|sheet| sheet.words.get(field));
            self.typed
                .map(|typed| typed.get(field))
                .or(kept)
                .unwrap_or_default()
        };
        let base = self.sheet.and_then(|sheet| sheet.text);
        html! {
            script src=(href("records.js")) defer {}
            form.record method="post" action=(self.action) data-saves[self.saving == Saving::AsTyped] data-unsaved=(words.say("record-unsaved")) data-failed=(words.say("record-failed")) {
                (once::field())
                input type="hidden" name="base" value=(base.map(|base| base.to_string()).unwrap_or_default());
                @for field in self.fields {
                    @let id = format!("field-{}", field.name());
                    div.field data-field=(field.name()) {
                        div.field-head {
                            label for=(id) { (words.say(field_label(*field))) }
                            @for phrase in self.phrases.iter().filter(|(of, _)| of == field).flat_map(|(_, phrases)| phrases) {
                                button.phrase type="button" hidden data-phrase=(phrase) { (phrase) }
                            }
                        }
                        textarea id=(id) name=(field.name()) rows=(if *field == Field::Own { "14" } else { "3" }) maxlength=(Written::MOST) aria-describedby=(format!("{id}-hint")) {
                            "\n" (text(*field))
                        }
                        p.hint id=(format!("{id}-hint")) { (words.say(field_hint(*field))) }
                        div.marks data-marks aria-live="polite" {
                            @for (nth, found) in self.look.marks.iter().enumerate().filter(|(_, found)| found.field == *field) {
                                (self.mark(words, nth, found))
                            }
                        }
                    }
                }
                (self.likes(app))
                (self.more)
                p.meta.saved role="status" data-state {
                    @if let Some(sheet) = self.sheet.filter(|sheet| sheet.text.is_some()) {
                        (Icon::Check.draw()) " " (words.with("record-saved-by", &[
                            ("when", app.moment(sheet.changed_at).into()),
                            ("name", sheet.written_by.as_ref().map(ToString::to_string).unwrap_or_default().into()),
                        ]))
                    }
                }
                div.acts {
                    button.button type="submit" name="then" value=(self.sign.1) data-signs { (self.sign.0) }
                    @if self.saving == Saving::AsTyped { button.button.plain type="submit" { (words.say("record-save")) } }
                }
            }
        }
    }

    fn mark(&self, words: &Words, nth: usize, found: &Found) -> Markup {
        let reason = self.reasons.get(nth).map_or("", String::as_str);
        html! {
            div.notice.ochre {
                (Icon::Warning.draw())
                div {
                    p { b { (mark_said(words, found)) } " " (words.say("mark-more")) }
                    p { button.button.plain.small type="submit" name="replace" value=(format!("{}:{}", found.field.name(), found.mark.words)) { (words.say("mark-replace")) } }
                    @if self.asks_for_reasons {
                        input type="hidden" name="mark-words" value=(found.mark.words);
                        input type="hidden" name="mark-why" value=(found.mark.why);
                        div.field {
                            label for=(format!("reason-{nth}")) { (words.say("mark-reason")) }
                            input id=(format!("reason-{nth}")) type="text" name="mark-reason" value=(reason) maxlength="300" autocomplete="off";
                        }
                    }
                }
            }
        }
    }

    fn likes(&self, app: &App) -> Markup {
        html! { @for like in &self.look.like { (alike(app, like, self.asks_for_reasons)) } }
    }
}

/// A part that is nearly the same, with what differs.
fn alike(app: &App, like: &Like, asks: bool) -> Markup {
    let words = app.words();
    let args = [
        ("name", like.of.1.to_string().into()),
        (
            "day",
            saying::date_with_year(words, like.date, app.today()).into(),
        ),
    ];
    html! {
        div.notice {
            (Icon::Info.draw())
            div {
                p { b { (words.with("alike", &args)) } " " (words.say("alike-more")) }
                details.adding {
                    summary { (words.say("alike-show")) }
                    p.difference { @for piece in &like.difference { (differs(piece)) } }
                }
                @if asks {
                    label.option { input type="checkbox" name="seen" value=(like.text.to_string()); span { (words.say("alike-seen")) } }
                }
            }
        }
    }
}

fn differs(piece: &Piece) -> Markup {
    match piece {
        Piece::Same(text) => html! { (text) },
        Piece::New(text) => html! { ins { (text) } },
        Piece::Gone(text) => html! { del { (text) } },
    }
}

/// “Ben”: another member's name.
pub(super) fn mark_said(words: &Words, found: &Found) -> String {
    let id = match found.mark.why.as_str() {
        "name" => "mark-name",
        "nickname" => "mark-nickname",
        "initials" => "mark-initials",
        "misspelling" => "mark-misspelling",
        "handle" => "mark-handle",
        "phone" => "mark-phone",
        "mail" => "mark-mail",
        _ => "mark-fact",
    };
    words.with(id, &[("words", found.mark.words.clone().into())])
}

pub(super) fn field_label(field: Field) -> &'static str {
    match field {
        Field::Themes => "record-themes",
        Field::Interventions => "record-interventions",
        Field::Dynamics => "record-dynamics",
        Field::Next => "record-next",
        Field::Participation => "record-participation",
        Field::Response => "record-response",
        Field::Progress => "record-progress",
        Field::Risk => "record-risk",
        Field::Plan => "record-plan",
        Field::Helped => "record-helped",
        Field::Own => "record-own",
    }
}

fn field_hint(field: Field) -> &'static str {
    match field {
        Field::Themes => "record-themes-hint",
        Field::Interventions => "record-interventions-hint",
        Field::Dynamics => "record-dynamics-hint",
        Field::Next => "record-next-hint",
        Field::Participation => "record-participation-hint",
        Field::Response => "record-response-hint",
        Field::Progress => "record-progress-hint",
        Field::Risk => "record-risk-hint",
        Field::Plan => "record-plan-hint",
        Field::Helped => "record-helped-hint",
        Field::Own => "record-own-hint",
    }
}

/// The words of a record that is signed, field by field.
pub(crate) fn read(app: &App, written: &Written) -> Markup {
    html! {
        @for (field, text) in written.iter() {
            h3 { (app.words().say(field_label(field))) }
            (crate::joining::show::paragraphs(text))
        }
    }
}

/// A signed record: its words now, and what it was before each amendment.
pub(super) fn signed(app: &App, sheet: &Sheet) -> Markup {
    let words = app.words();
    let amendments = match sheet.record.state() {
        State::Amended { amendments, .. } => amendments.as_slice(),
        _ => &[],
    };
    html! {
        (read(app, &sheet.words))
        (signatures(app, sheet))
        @if sheet.versions.len() > 1 {
            details.adding {
                summary { (words.with("record-versions", &[("number", (sheet.versions.len() - 1).into())])) }
                @for (nth, (by, at, text)) in sheet.versions.iter().enumerate() {
                    p.meta { (by) " · " (app.moment(*at)) }
                    @if let Some(amendment) = nth.checked_sub(1).and_then(|nth| amendments.get(nth)) {
                        p { (words.with("record-amended-why", &[("reason", amendment.reason.as_str().to_owned().into())])) }
                        (over(words, &amendment.signature))
                    }
                    (read(app, text))
                }
            }
        }
    }
}

/// Who signed it, and the reasons for signing over marks; who opened it although it was locked, and why.
pub(super) fn signatures(app: &App, sheet: &Sheet) -> Markup {
    let words = app.words();
    let named = |id: &str, by: PersonId, at: DateTime<Utc>| {
        let name = sheet.names.get(&by).map(ToString::to_string).unwrap_or_default();
        words.with(id, &[("name", name.into()), ("when", app.moment(at).into())])
    };
    let (first, second) = match sheet.record.state() {
        State::Draft | State::Discarded { .. } => (None, None),
        State::Awaiting(first) => (Some(first), None),
        State::Signed { first, second } | State::Amended { first, second, .. } => {
            (Some(first), second.as_ref())
        }
    };
    html! {
        @if let Some(first) = first {
            p.meta { (Icon::Check.draw()) " " (named("record-signed-by", first.by, first.at)) }
            (over(words, first))
        }
        @if let Some(second) = second {
            p.meta { (Icon::Check.draw()) " " (named("record-cosigned-by", second.by, second.at)) }
        }
        @if let Some(opened) = sheet.record.unlocked() {
            p.meta { (named("record-opened-by", opened.by, opened.until)) " " (opened.reason.as_str()) }
        }
    }
}

/// What was marked when it was signed, with the reason for each.
fn over(words: &Words, signature: &Signature) -> Markup {
    html! {
        @for one in &signature.over {
            p.meta {
                (words.with("record-signed-over", &[
                    ("words", one.mark.words.clone().into()),
                    ("reason", one.reason.as_str().to_owned().into()),
                ]))
            }
        }
    }
}
