//! Fields of the forms about groups: what was typed stays, and what is wrong stands at its field.

use maud::{Markup, html};
use serde::Serialize;

use super::typed::{Wrong, name};
use crate::form::Form;
use crate::look::icons::Icon;
use crate::look::parts::{Field, chip_box};
use crate::words::Words;

#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub words: &'a Words,
    pub form: &'a Form,
    pub wrong: &'a Wrong,
}

impl Drawing<'_> {
    pub(super) fn text(&self, field: &str, label: &str) -> Markup {
        self.input(field, label, None, "text")
    }

    pub(super) fn input(&self, field: &str, label: &str, hint: Option<&str>, kind: &'static str) -> Markup {
        let field = Field {
            name: field,
            label: self.words.say(label),
            value: self.form.get(field),
            hint: hint.map(|hint| self.words.say(hint)),
            error: self.wrong.of(field),
            kind,
            inputmode: (kind == "number").then_some("numeric"),
            ..Field::default()
        };
        field.draw()
    }

    pub(super) fn area(&self, field: &str, label: &str, hint: Option<&str>) -> Markup {
        let (id, error) = (format!("field-{field}"), self.wrong.of(field));
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let mut told: Vec<&str> = Vec::new();
        told.extend(error.as_ref().map(|_| error_id.as_str()));
        told.extend(hint.map(|_| hint_id.as_str()));
        let told = (!told.is_empty()).then(|| told.join(" "));
        html! {
            div.field.wrong[error.is_some()] {
                label for=(id) { (self.words.say(label)) }
                @if let Some(error) = &error { p.error id=(error_id) { (Icon::Warning.draw()) (error) } }
                textarea id=(id) name=(field) rows="3" maxlength="5000" aria-describedby=[told] aria-invalid=[error.as_ref().map(|_| "true")] {
                    (self.form.get(field))
                }
                @if let Some(hint) = hint { p.hint id=(hint_id) { (self.words.say(hint)) } }
            }
        }
    }

    /// One of a few; `open` is what stands for leaving it open.
    pub(super) fn choice(
        &self,
        field: &str,
        label: &str,
        open: &str,
        options: &[(String, String)],
    ) -> Markup {
        let (id, error) = (format!("field-{field}"), self.wrong.of(field));
        let error_id = format!("{id}-error");
        let chosen = self.form.get(field);
        html! {
            div.field.wrong[error.is_some()] {
                label for=(id) { (self.words.say(label)) }
                @if let Some(error) = &error { p.error id=(error_id) { (Icon::Warning.draw()) (error) } }
                select id=(id) name=(field) aria-describedby=[error.as_ref().map(|_| &error_id)] aria-invalid=[error.as_ref().map(|_| "true")] {
                    option value="" { (self.words.say(open)) }
                    @for (value, said) in options { option value=(value) selected[chosen == value] { (said) } }
                }
            }
        }
    }

    /// Any of a few.
    pub(super) fn boxes(&self, field: &str, label: &str, options: &[(String, String)]) -> Markup {
        let chosen: Vec<&str> = self.form.all(field).collect();
        html! {
            fieldset.field {
                legend { (self.words.say(label)) }
                @if let Some(error) = self.wrong.of(field) { p.error { (Icon::Warning.draw()) (error) } }
                div.chips { @for (value, said) in options { (chip_box(field, value, said, chosen.contains(&value.as_str()))) } }
            }
        }
    }

    /// Yes, or not.
    pub(super) fn yes(&self, field: &str, label: &str) -> Markup {
        html! { div.field.chips { (chip_box(field, "yes", &self.words.say(label), self.form.get(field) == "yes")) } }
    }
}

/// Choices with the names they have in a listing.
pub(super) fn options<T: Serialize + Copy>(all: &[T], said: impl Fn(T) -> String) -> Vec<(String, String)> {
    all.iter().map(|value| (name(value), said(*value))).collect()
}
