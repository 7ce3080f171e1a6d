//! Fields of forms, and what is wrong with them.

use maud::{Markup, html};

use super::icons::Icon;
use super::parts::Tone;

/// Something wrong in a form: the id of its field, what the field is called, and what is wrong.
pub(crate) struct Mistake {
    pub id: String,
    pub label: String,
    pub said: String,
}

impl Mistake {
    /// At the field of this name.
    pub(crate) fn at(field: &str, label: String, said: String) -> Self {
        let id = format!("field-{field}");
        Self { id, label, said }
    }
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
    /// Its form, where a page has several forms with a field of this name.
    pub form: &'a str,
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
            form: "",
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
        let between = if self.form.is_empty() { "" } else { "-" };
        let id = format!("field-{}{between}{}", self.form, self.name);
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
