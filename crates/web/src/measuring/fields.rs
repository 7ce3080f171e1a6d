//! Any form as fields of a page: one column, no script, what was answered is kept, and what is wrong stands where it is.

use std::ops::Range;

use maud::{Markup, html};
use measures::form::Choice;
use measures::response::{Fault, OTHER};
use measures::{Answer, Item, Kind, Row, Sheet};

use crate::look::icons::Icon;
use crate::look::parts::Mistake;
use crate::words::Words;

/// Before the name of each field, so that none has a name of the page's own.
pub(crate) const PREFIX: &str = "a.";
/// The button that asks for one more of a group that repeats; its value is the name of a row in it.
pub(crate) const MORE: &str = "more";
/// Whole numbers from one to another are buttons if there are no more.
const MOST_STEPS: i32 = 11;
/// Of what was written and is told back, so many characters.
const MOST_SAID: usize = 60;

/// The answers in the body of a form, by the names of rows.
pub(crate) fn said(body: &[u8]) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(body);
    pairs
        .filter_map(|(name, value)| {
            if name == MORE {
                return Some((value.into_owned(), String::new()));
            }
            let name = name.strip_prefix(PREFIX)?;
            Some((name.to_owned(), value.into_owned()))
        })
        .collect()
}

/// Every row that is asked now.
pub(crate) fn fields(words: &Words, sheet: &Sheet) -> Markup {
    rows(words, sheet, 0..sheet.rows.len())
}

/// How much of it is answered: as a bar and in words.
pub(crate) fn progress(words: &Words, sheet: &Sheet) -> Markup {
    let progress = sheet.progress();
    let said = words.with(
        "measuring-progress",
        &[("answered", progress.answered.into()), ("of", progress.of.into())],
    );
    html! {
        p.progress {
            progress max=(progress.of.max(1)) value=(progress.answered) aria-label=(words.say("measuring-progress-bar")) { (said) }
            span.meta { (said) }
        }
    }
}

/// What is wrong, for above the form.
pub(crate) fn mistakes(words: &Words, sheet: &Sheet) -> Vec<Mistake> {
    sheet
        .rows
        .iter()
        .filter(|row| row.enabled)
        .flat_map(|row| {
            sheet.mistakes_of(row).map(move |mistake| Mistake {
                id: id(row),
                label: title(sheet.item(row)),
                said: fault(words, &mistake.fault),
            })
        })
        .collect()
}

/// The answers as text: each question with what was answered.
pub(crate) fn answered(words: &Words, sheet: &Sheet) -> Markup {
    html! {
        dl.facts {
            @for row in sheet.rows.iter().filter(|row| row.enabled && sheet.item(row).is_asked()) { (one_answered(words, sheet, row)) }
        }
    }
}

/// One of them: a line of a `dl`.
pub(crate) fn one_answered(words: &Words, sheet: &Sheet, row: &Row) -> Markup {
    html! {
        div {
            dt { (title(sheet.item(row))) }
            dd {
                @if row.answers.is_empty() { span.soft { (words.say("measuring-not-answered")) } }
                @for (place, answer) in row.answers.iter().enumerate() {
                    @if place > 0 { "; " }
                    (sheet.item(row).option(answer).map_or_else(|| answer.to_string(), |choice| choice.label.clone()))
                }
            }
        }
    }
}

fn rows(words: &Words, sheet: &Sheet, range: Range<usize>) -> Markup {
    let mut at = range.start;
    let mut drawn = Vec::new();
    while let Some(row) = sheet.rows.get(at).filter(|_| at < range.end) {
        let end = row.end.max(at + 1);
        let item = sheet.item(row);
        if row.enabled && !item.hidden && item.calculated.is_none() {
            let inner = at + 1..end;
            drawn.push(match item.kind {
                Kind::Group => group(words, sheet, row, item, inner),
                Kind::Display => html! { p.stem { (title(item)) } },
                _ => html! { (question(words, sheet, row, item)) (rows(words, sheet, inner)) },
            });
        }
        at = end;
    }
    html! { @for one in drawn { (one) } }
}

fn group(words: &Words, sheet: &Sheet, row: &Row, item: &Item, inner: Range<usize>) -> Markup {
    let last = sheet.rows[row.end..]
        .iter()
        .take_while(|next| next.parent.is_some() || next.item == row.item)
        .all(|next| next.item != row.item || next.parent != row.parent);
    let first_inside = sheet.rows.get(inner.start).filter(|_| !inner.is_empty());
    html! {
        fieldset.group {
            @if let Some(text) = &item.text { legend { h2 { (text) } } }
            (rows(words, sheet, inner))
            @if let (true, true, Some(inside)) = (item.repeats, last, first_inside) {
                button.button.plain.small type="submit" name=(MORE) value=(next_name(&inside.name)) { (words.say("measuring-more")) }
            }
        }
    }
}

/// The same row in one more of the innermost group.
fn next_name(name: &str) -> String {
    let Some((link_id, places)) = name.rsplit_once('#') else {
        return format!("{name}#1");
    };
    let (around, last) = places
        .rsplit_once('.')
        .map_or(("", places), |(around, last)| (around, last));
    let next = last.parse::<usize>().unwrap_or(0) + 1;
    if around.is_empty() {
        format!("{link_id}#{next}")
    } else {
        format!("{link_id}#{around}.{next}")
    }
}

fn question(words: &Words, sheet: &Sheet, row: &Row, item: &Item) -> Markup {
    let name = format!("{PREFIX}{}", row.name);
    let id = id(row);
    let wrong: Vec<String> = sheet
        .mistakes_of(row)
        .map(|mistake| fault(words, &mistake.fault))
        .collect();
    let (help_id, wrong_id) = (format!("{id}-help"), format!("{id}-wrong"));
    let mut told = Vec::new();
    told.extend((!wrong.is_empty()).then_some(wrong_id.as_str()));
    told.extend(item.hints.help.as_ref().map(|_| help_id.as_str()));
    let told = (!told.is_empty()).then(|| told.join(" "));
    let about = html! {
        @for wrong in &wrong { p.error id=(wrong_id) { (Icon::Warning.draw()) (wrong) } }
        @if let Some(help) = &item.hints.help { p.hint id=(help_id) { (help) } }
    };
    let label = html! {
        @if let Some(prefix) = &item.prefix { span.prefix { (prefix) } " " }
        (item.text.as_deref().unwrap_or(&item.link_id))
        @if item.required { " " span.meta { (words.say("measuring-required")) } }
    };
    if item.read_only {
        let said: Vec<String> = row.answers.iter().map(ToString::to_string).collect();
        return html! { div.ask { p { b { (label) } } p { (said.join("; ")) } } };
    }
    let steps = steps(item);
    let chooses = !item.options.is_empty() || steps.is_some() || item.kind == Kind::Boolean;
    html! {
        @if chooses {
            fieldset.ask.wrong[!wrong.is_empty()] id=(id) tabindex="-1" aria-describedby=[told] {
                legend { (label) }
                (about)
                @if let Some(steps) = steps { (numbers(&name, row, steps)) }
                @else if item.options.is_empty() { (yes_or_no(words, &name, row)) }
                @else { (choices(words, &name, row, item)) }
            }
        } @else {
            div.field.ask.wrong[!wrong.is_empty()] {
                label for=(id) { (label) }
                (about)
                (written(&name, &id, told.as_deref(), row, item))
            }
        }
    }
}

fn choices(words: &Words, name: &str, row: &Row, item: &Item) -> Markup {
    let kind = if item.repeats { "checkbox" } else { "radio" };
    let is_chosen = |choice: &Choice| {
        row.answers
            .iter()
            .any(|answer| item.option(answer).is_some_and(|chosen| chosen.key == choice.key))
    };
    html! {
        @for choice in &item.options {
            label.choice {
                input type=(kind) name=(name) value=(choice.key) checked[is_chosen(choice)] data-alone[choice.exclusive];
                span { @if let Some(prefix) = &choice.prefix { (prefix) " " } (choice.label) }
            }
        }
        @if item.kind == Kind::OpenChoice {
            @let other = row.answers.iter().find(|answer| item.option(answer).is_none()).map(ToString::to_string).unwrap_or_default();
            @let said = item.hints.open_label.clone().unwrap_or_else(|| words.say("measuring-other"));
            label.field { (said) input type="text" name=(format!("{name}{OTHER}")) value=(other) maxlength="200" autocomplete="off"; }
        }
    }
}

fn yes_or_no(words: &Words, name: &str, row: &Row) -> Markup {
    html! {
        @for (value, said, answer) in [("true", "measuring-yes", true), ("false", "measuring-no", false)] {
            label.choice {
                input type="radio" name=(name) value=(value) checked[row.answers.contains(&Answer::Boolean(answer))];
                span { (words.say(said)) }
            }
        }
    }
}

/// From and to, where there are few whole numbers between.
fn steps(item: &Item) -> Option<Range<i32>> {
    match (item.kind, &item.limits.least, &item.limits.most) {
        (Kind::Integer, Some(Answer::Integer(least)), Some(Answer::Integer(most)))
            if item.options.is_empty() =>
        {
            let steps = *least..most.checked_add(1)?;
            (most.checked_sub(*least)? < MOST_STEPS).then_some(steps)
        }
        _ => None,
    }
}

fn numbers(name: &str, row: &Row, steps: Range<i32>) -> Markup {
    html! {
        div.chips {
            @for number in steps {
                label.chip { input type="radio" name=(name) value=(number) checked[row.answers.contains(&Answer::Integer(number))]; (number) }
            }
        }
    }
}

fn written(name: &str, id: &str, told: Option<&str>, row: &Row, item: &Item) -> Markup {
    let (kind, mode) = match item.kind {
        Kind::Integer => ("text", Some("numeric")),
        Kind::Decimal | Kind::Quantity => ("text", Some("decimal")),
        Kind::Date => ("date", None),
        Kind::DateTime => ("datetime-local", None),
        Kind::Time => ("time", None),
        Kind::Url => ("url", None),
        _ => ("text", None),
    };
    let longest = item
        .limits
        .longest
        .unwrap_or(if item.kind == Kind::Text { 20_000 } else { 1_000 });
    let mut values: Vec<String> = row.answers.iter().map(value).collect();
    if values.is_empty() || item.repeats {
        values.push(String::new());
    }
    html! {
        @for (place, value) in values.iter().enumerate() {
            @let own = (place == 0).then_some(id);
            @if item.kind == Kind::Text {
                textarea id=[own] name=(name) rows="4" maxlength=(longest) aria-describedby=[told] { (value) }
            } @else {
                input type=(kind) id=[own] name=(name) value=(value) maxlength=(longest) inputmode=[mode] autocomplete="off" aria-describedby=[told];
            }
        }
        @if item.kind == Kind::Quantity {
            @if item.hints.units.len() > 1 {
                @let chosen = row.answers.iter().find_map(|answer| match answer { Answer::Quantity(quantity) => quantity.code.clone(), _ => None });
                select name=(format!("{name}{OTHER}")) aria-label=(title(item)) {
                    @for unit in &item.hints.units { option value=(unit.code.as_deref().unwrap_or_default()) selected[unit.code == chosen] { (unit.label()) } }
                }
            } @else if let Some(unit) = item.hints.units.first().or(item.hints.unit.as_ref()) {
                span.meta { (unit.label()) }
            }
        }
    }
}

/// As it is written into a field.
fn value(answer: &Answer) -> String {
    match answer {
        Answer::Quantity(quantity) => quantity.value.normalize().to_string(),
        other => other.to_string(),
    }
}

fn id(row: &Row) -> String {
    format!("q-{}", row.name.replace(['#', '.', '/', ' '], "-"))
}

fn title(item: &Item) -> String {
    item.text.clone().unwrap_or_else(|| item.link_id.clone())
}

/// What is wrong with an answer, for the person who gave it.
fn fault(words: &Words, fault: &Fault) -> String {
    let with = |id: &str, name: &'static str, value: String| {
        let value: String = value.chars().take(MOST_SAID).collect();
        words.with(id, &[(name, value.into())])
    };
    match fault {
        Fault::Required => words.say("measuring-is-required"),
        Fault::TooFew { least } => with("measuring-too-few", "least", least.to_string()),
        Fault::TooMany { most } => with("measuring-too-many", "most", most.to_string()),
        Fault::TooSmall { least } => with("measuring-too-small", "least", least.to_string()),
        Fault::TooLarge { most } => with("measuring-too-large", "most", most.to_string()),
        Fault::TooShort { least } => with("measuring-too-short", "least", least.to_string()),
        Fault::TooLong { most } => with("measuring-too-long", "most", most.to_string()),
        Fault::TooPrecise { places } => with("measuring-too-precise", "places", places.to_string()),
        Fault::NotAlone { option } => with("measuring-not-alone", "option", option.clone()),
        Fault::Unreadable { said } | Fault::NotAnOption { said } => {
            with("measuring-unreadable", "said", said.clone())
        }
        _ => words.say("measuring-not-taken"),
    }
}
