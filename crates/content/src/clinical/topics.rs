//! Every topic, how often each kind of group helps, and on what ground.

use std::fmt::Write;

use domain::topics::{HowOften, Urgency, Usefulness};

use super::{Cited, cell};
use crate::Content;

const HEAD: &str = "# Topics

Made from `content/topics/` by `cargo xtask docs`; change those files instead. The texts themselves are there.

**No clinician has reviewed these judgments.** How often a kind of group helps is our reading of the source behind the number,
or our own judgment where it says “ours”. A source in parentheses is named but was not read, and counts as ours. ⚠: help
comes first on the page of this topic.

";

pub(super) fn page(content: &Content) -> String {
    let catalogue = &content.topics;
    let mut page = HEAD.to_owned();
    let all = catalogue.topics();
    let judgments = all.iter().flat_map(|topic| [&topic.therapy, &topic.support]);
    let seen = judgments
        .filter(|usefulness| usefulness.backing.seen().is_some())
        .count();
    let _ = writeln!(
        page,
        "{} topics in {} families; {seen} of {} judgments rest on a source that was read.",
        all.len(),
        catalogue.families().len(),
        all.len() * 2
    );
    let mut cited = Cited::default();
    for family in catalogue.families() {
        let _ = writeln!(
            page,
            "\n## {}\n\n| topic | therapy group | support group | measures |\n|---|---|---|---|",
            family.name
        );
        for topic in catalogue.of_family(&family.id) {
            let urgent = match topic.crisis {
                Urgency::HelpFirst => "⚠ ",
                Urgency::Usual => "",
            };
            let measures: Vec<_> = topic.measures.iter().map(ToString::to_string).collect();
            let _ = writeln!(
                page,
                "| {urgent}{} | {} | {} | {} |",
                cell(topic.name.as_str()),
                judgment(&topic.therapy, &mut cited),
                judgment(&topic.support, &mut cited),
                measures.join(", ")
            );
        }
    }
    page.push_str(&cited.list());
    page
}

/// "often [3]", "often (3)" for a source that was not read, "often, ours".
fn judgment<'a>(usefulness: &'a Usefulness, cited: &mut Cited<'a>) -> String {
    let how_often = match usefulness.how_often {
        HowOften::Often => "often",
        HowOften::Sometimes => "sometimes",
        HowOften::Seldom => "seldom",
    };
    match cited.mark(&usefulness.backing) {
        Some(mark) => format!("{how_often} {mark}"),
        None => format!("{how_often}, ours"),
    }
}
