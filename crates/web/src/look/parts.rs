//! The parts that pages are made of. `/parts` in the demo shows each once.

use chrono::NaiveDate;
use domain::groups::{self, Freshness, Kind, Seats, Source};
use domain::references::Reference;
use maud::{Markup, html};

use super::icons::{Icon, boat};
use crate::saying;
use crate::settings::Organisation;
use crate::words::Words;

/// "Therapy group" with its closed ring, "Support group" with its open one.
pub(crate) fn kind(words: &Words, kind: Kind) -> Markup {
    let (class, icon) = match kind {
        Kind::Therapy => ("kind therapy", Icon::Closed),
        Kind::Support => ("kind support", Icon::Open),
    };
    html! { span class=(class) { (icon.draw()) (saying::kind(words, kind)) } }
}

/// The class of a card's edge.
pub(crate) fn edge(kind: Kind) -> &'static str {
    match kind {
        Kind::Therapy => "therapy",
        Kind::Support => "support",
    }
}

/// A status: a shape and words.
pub(crate) fn status(kind: Kind, seats: Seats, said: &str) -> Markup {
    let (class, icon) = match (seats, kind) {
        (Seats::Open, Kind::Support) => ("label reed", Icon::Open),
        (Seats::Open | Seats::Left(1..) | Seats::Starts(_), _) => ("label wash", Icon::Disc),
        (Seats::WaitingList { .. }, _) => ("label ochre", Icon::Ring),
        (Seats::Left(0) | Seats::Closed | Seats::Paused { .. } | Seats::Ended { .. }, _) => {
            ("label sand", Icon::Barred)
        }
    };
    html! { span class=(class) { (icon.draw()) (said) } }
}

/// How far one may trust it; ochre from 180 days on.
pub(crate) fn freshness(freshness: Freshness, said: &str) -> Markup {
    let class = match freshness {
        Freshness::Fresh { .. } => "fresh",
        Freshness::Fading { .. } | Freshness::Unknown => "fresh fading",
        Freshness::Stale { .. } => "fresh stale",
    };
    html! { span class=(class) { (said) } }
}

/// A source: who, what, when, with its address if it has one.
pub(crate) fn reference(words: &Words, reference: &Reference) -> Markup {
    html! {
        (reference.by) ": "
        @match &reference.url {
            Some(url) => a href=(url.as_str()) rel="noreferrer" { (reference.title) },
            None => (reference.title),
        }
        @if let Some(year) = reference.year { " " (year) }
        @if reference.seen.is_none() { " (" (words.say("reference-unseen")) ")" }
    }
}

/// Terms and values with hairlines; what has no value is left out.
pub(crate) fn facts(facts: &[(String, Option<Markup>)]) -> Markup {
    html! {
        dl.facts {
            @for (term, value) in facts {
                @if let Some(value) = value { div { dt { (term) } dd { (value) } } }
            }
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Plain,
    Ochre,
    Clay,
}

impl Tone {
    fn drawn(self) -> (&'static str, Icon) {
        match self {
            Self::Plain => ("notice", Icon::Info),
            Self::Ochre => ("notice ochre", Icon::Clock),
            Self::Clay => ("notice clay", Icon::Warning),
        }
    }
}

/// A notice: a bold first sentence, and more.
pub(crate) fn notice(tone: Tone, first: &str, more: Markup) -> Markup {
    let (class, icon) = tone.drawn();
    html! { div class=(class) { (icon.draw()) div { p { b { (first) } " " (more) } } } }
}

/// Something wrong in a form: the id of its field, what the field is called, and what is wrong.
pub(crate) struct Mistake {
    pub id: String,
    pub label: String,
    pub said: String,
}

/// What is wrong, above a form. The page begins there, and each line leads to its field.
pub(crate) fn mistakes(tone: Tone, first: &str, more: &str, mistakes: &[Mistake]) -> Markup {
    let (class, icon) = tone.drawn();
    html! {
        div class=(class) tabindex="-1" autofocus {
            (icon.draw())
            div {
                p { b { (first) } " " (more) }
                @if !mistakes.is_empty() {
                    ul { @for one in mistakes { li { a href=(format!("#{}", one.id)) { (one.label) } ": " (one.said) } } }
                }
            }
        }
    }
}

/// Where a page begins when something in a form is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Focus {
    /// At the field, if that is wrong.
    #[default]
    WhenWrong,
    /// At the mistakes above the form.
    Above,
}

/// A text field with its label and hint, and the error between them if there is one.
pub(crate) struct Field<'a> {
    pub name: &'a str,
    pub label: String,
    pub value: &'a str,
    pub hint: Option<String>,
    pub error: Option<String>,
    /// "text", "email", "password", "date", "time", "number"
    pub kind: &'static str,
    /// What a browser may fill in; "off" unless it is the person's own.
    pub autocomplete: &'static str,
    pub inputmode: Option<&'static str>,
    pub focus: Focus,
}

impl Default for Field<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: String::new(),
            value: "",
            hint: None,
            error: None,
            kind: "text",
            autocomplete: "off",
            inputmode: None,
            focus: Focus::default(),
        }
    }
}

impl Field<'_> {
    pub(crate) fn draw(&self) -> Markup {
        self.around(|id, told, invalid| {
            html! {
                input type=(self.kind) id=(id) name=(self.name) value=(self.value) maxlength="200" autocomplete=(self.autocomplete) inputmode=[self.inputmode]
                    aria-describedby=[told] aria-invalid=[invalid] autofocus[self.has_focus()];
            }
        })
    }

    /// Several lines.
    pub(crate) fn draw_area(&self) -> Markup {
        self.around(|id, told, invalid| {
            html! {
                textarea id=(id) name=(self.name) rows="3" maxlength="5000" aria-describedby=[told] aria-invalid=[invalid] autofocus[self.has_focus()] {
                    (self.value)
                }
            }
        })
    }

    /// One of a few, each with its words; `open` is what stands for leaving it open.
    pub(crate) fn draw_choice(&self, open: &str, options: &[(String, String)]) -> Markup {
        self.around(|id, told, invalid| {
            html! {
                select id=(id) name=(self.name) aria-describedby=[told] aria-invalid=[invalid] autofocus[self.has_focus()] {
                    option value="" { (open) }
                    @for (value, said) in options { option value=(value) selected[self.value == value] { (said) } }
                }
            }
        })
    }

    fn has_focus(&self) -> bool {
        self.error.is_some() && self.focus == Focus::WhenWrong
    }

    /// The control of this id between its label and its hint: what it is told by, and whether it is wrong.
    fn around(&self, control: impl FnOnce(&str, Option<&str>, Option<&str>) -> Markup) -> Markup {
        let id = format!("field-{}", self.name);
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let mut told = Vec::new();
        told.extend(self.error.as_ref().map(|_| error_id.as_str()));
        told.extend(self.hint.as_ref().map(|_| hint_id.as_str()));
        let told = (!told.is_empty()).then(|| told.join(" "));
        html! {
            div.field.wrong[self.error.is_some()] {
                label for=(id) { (self.label) }
                @if let Some(error) = &self.error { p.error id=(error_id) { (Icon::Warning.draw()) (error) } }
                (control(&id, told.as_deref(), self.error.as_ref().map(|_| "true")))
                @if let Some(hint) = &self.hint { p.hint id=(hint_id) { (hint) } }
            }
        }
    }
}

/// A choice from a few: value, words, chosen.
pub(crate) fn select(name: &str, label: &str, options: &[(String, String, bool)]) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for (value, said, chosen) in options { option value=(value) selected[*chosen] { (said) } }
            }
        }
    }
}

/// A box in a row of boxes.
pub(crate) fn chip_box(name: &str, value: &str, said: &str, checked: bool) -> Markup {
    html! {
        label.chip { input type="checkbox" name=(name) value=(value) checked[checked]; span { (said) } }
    }
}

/// A chosen filter; following it takes it away.
pub(crate) fn chip_away(address: &str, said: &str, takes_away: &str) -> Markup {
    html! { a.chip.chosen href=(address) aria-label=(takes_away) { (said) (Icon::Cross.draw()) } }
}

/// Nothing here yet: what would be here and how it comes to be.
pub(crate) fn empty(first: &str, more: &str, act: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            (boat(56))
            p { b { (first) } }
            p { (more) }
            @if let Some((address, said)) = act { a.button.plain href=(address) { (said) } }
        }
    }
}

/// The way to the pages before and after this one, of so many.
pub(crate) fn pages(words: &Words, page: usize, count: usize, link: impl Fn(usize) -> String) -> Markup {
    let count = count.max(1);
    html! {
        @if page > count {
            (notice(Tone::Plain, &words.with("page-beyond", &[("page", page.into()), ("pages", count.into())]), html! {}))
        }
        @if count > 1 {
            nav.pages aria-label=(words.say("pages")) {
                @if page > 1 { a href=(link((page - 1).min(count))) rel="prev" { (words.say("page-previous")) } }
                span.soft { (words.with("page-of", &[("page", page.into()), ("pages", count.into())])) }
                @if page < count { a href=(link(page + 1)) rel="next" { (words.say("page-next")) (Icon::Arrow.draw()) } }
            }
        }
    }
}

/// The organisation's public phone and mail; its name where it has neither.
pub(crate) fn contact(organisation: &Organisation) -> Markup {
    html! {
        @if let Some(phone) = &organisation.phone { a href=(format!("tel:{}", phone.dial())) { (phone) } " " }
        @if let Some(mail) = &organisation.mail { a href=(format!("mailto:{mail}")) { (mail) } }
        @if organisation.phone.is_none() && organisation.mail.is_none() { (organisation.name) }
    }
}

/// When it was last checked and by whom, and who can change it.
pub(crate) fn checked(
    words: &Words,
    source: &Source,
    verified_on: Option<NaiveDate>,
    organisation: &Organisation,
    today: NaiveDate,
    report: Option<&str>,
) -> Markup {
    let said = saying::freshness(words, groups::freshness(verified_on, today), today);
    let checked = ("checked", said.into());
    let (said, wrong) = match (source, verified_on) {
        (Source::Own, Some(_)) => (
            words.with("group-checked-by-own", &[checked]),
            own_contact(words, organisation),
        ),
        (Source::Own, None) => (
            words.with("group-checked", &[checked]),
            own_contact(words, organisation),
        ),
        (Source::Feed { programme }, verified) => {
            let programme = ("programme", programme.as_str().into());
            let said = match verified {
                Some(_) => words.with("group-checked-by-feed", &[checked, programme.clone()]),
                None => words.with("group-checked", &[checked]),
            };
            (said, words.with("group-wrong-feed", &[programme]))
        }
    };
    html! { div.checked { p { (said) } p.meta {
        b { @match report { Some(to) => a href=(to) rel="nofollow" { (words.say("group-wrong")) }, None => (words.say("group-wrong")) } } " " (wrong)
    } } }
}

fn own_contact(words: &Words, organisation: &Organisation) -> String {
    let phone = organisation.phone.as_ref().map(ToString::to_string);
    let mail = organisation.mail.as_ref().map(ToString::to_string);
    let known: Vec<_> = phone.into_iter().chain(mail).collect();
    let contact = if known.is_empty() {
        organisation.name.clone()
    } else {
        known.join(", ")
    };
    words.with("group-wrong-own", &[("contact", contact.into())])
}
