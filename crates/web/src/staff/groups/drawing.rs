//! Fields of the forms about groups: what was typed stays, and what is wrong stands at its field.

use std::cell::RefCell;

use maud::{Markup, html};
use serde::Serialize;

use super::typed::{Wrong, name};
use crate::form::Form;
use crate::look::icons::Icon;
use crate::look::parts::{self, Field, Focus, Mistake, Tone, chip_box};
use crate::words::Words;

#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub words: &'a Words,
    pub form: &'a Form,
    pub wrong: &'a Wrong,
    /// What is wrong, as the fields are drawn one after another.
    pub mistakes: &'a RefCell<Vec<Mistake>>,
}

impl Drawing<'_> {
    pub(super) fn text(&self, field: &str, label: &str) -> Markup {
        self.input(field, label, None, "text")
    }

    pub(super) fn input(&self, field: &str, label: &str, hint: Option<&str>, kind: &'static str) -> Markup {
        let field = Field {
            kind,
            inputmode: (kind == "number").then_some("numeric"),
            ..self.field(field, label, hint)
        };
        field.draw()
    }

    pub(super) fn area(&self, field: &str, label: &str, hint: Option<&str>) -> Markup {
        self.field(field, label, hint).draw_area()
    }

    /// One of a few; `open` is what stands for leaving it open.
    pub(super) fn choice(
        &self,
        field: &str,
        label: &str,
        open: &str,
        options: &[(String, String)],
    ) -> Markup {
        let field = self.field(field, label, None);
        field.draw_choice(&self.words.say(open), options)
    }

    fn field<'f>(&'f self, name: &'f str, label: &str, hint: Option<&str>) -> Field<'f> {
        self.told(name, label);
        Field {
            focus: Focus::Above,
            name,
            label: self.words.say(label),
            value: self.form.get(name),
            hint: hint.map(|hint| self.words.say(hint)),
            error: self.wrong.of(name),
            ..Field::default()
        }
    }

    /// Any of a few.
    pub(super) fn boxes(&self, field: &str, label: &str, options: &[(String, String)]) -> Markup {
        let chosen: Vec<&str> = self.form.all(field).collect();
        html! {
            fieldset.field id=(format!("field-{field}")) {
                legend { (self.words.say(label)) }
                (self.error(field, label))
                div.chips { @for (value, said) in options { (chip_box(field, value, said, chosen.contains(&value.as_str()))) } }
            }
        }
    }

    fn told(&self, field: &str, label: &str) {
        if let Some(said) = self.wrong.of(field) {
            let (id, label) = (format!("field-{field}"), self.words.say(label));
            self.mistakes.borrow_mut().push(Mistake { id, label, said });
        }
    }

    /// Choices by name, with the ids of their words.
    pub(super) fn said(&self, choices: &[(&str, &str)]) -> Vec<(String, String)> {
        let said = choices.iter();
        said.map(|(value, said)| ((*value).to_owned(), self.words.say(said)))
            .collect()
    }

    /// Yes, or not.
    pub(super) fn yes(&self, field: &str, label: &str) -> Markup {
        html! {
            (self.error(field, label))
            div.field.chips id=(format!("field-{field}")) { (chip_box(field, "yes", &self.words.say(label), self.form.get(field) == "yes")) }
        }
    }

    /// What is wrong with boxes.
    pub(super) fn error(&self, field: &str, label: &str) -> Markup {
        self.told(field, label);
        html! { @if let Some(error) = self.wrong.of(field) { p.error { (Icon::Warning.draw()) (error) } } }
    }
}

/// What is wrong with the fields that were drawn, in their order.
pub(super) fn mistakes(drawing: Drawing, tone: Tone, first: &str, more: &str) -> Markup {
    let (words, mistakes) = (drawing.words, drawing.mistakes.borrow());
    html! { @if !drawing.wrong.is_empty() { (parts::mistakes(tone, &words.say(first), &words.say(more), &mistakes)) } }
}

/// Choices with the names they have in a listing.
pub(super) fn options<T: Serialize + Copy>(all: &[T], said: impl Fn(T) -> String) -> Vec<(String, String)> {
    all.iter().map(|value| (name(value), said(*value))).collect()
}
