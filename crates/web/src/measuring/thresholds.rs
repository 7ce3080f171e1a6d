//! By which numbers change is judged in a group, and where each is from: what a programme set itself says that it did.

use maud::{Markup, html};
use measures::change::{Early, Points, Thresholds};
use measures::native::Direction;
use measures::reference::{Backing, Reference};

use super::Forms;
use super::chart::number;
use crate::words::Words;

/// Those of every form whose change is judged.
pub(crate) fn list(words: &Words, forms: &Forms, group: &str) -> Markup {
    let judged = forms.all().iter().filter_map(|ready| {
        let thresholds = ready.measure.thresholds(Some(group))?;
        Some((ready.measure.short.as_str(), thresholds))
    });
    html! {
        details.adding {
            summary { (words.say("measuring-thresholds")) }
            p { (words.say("measuring-thresholds-lead")) }
            @for (form, thresholds) in judged {
                h3 { (form) }
                ul { (rules(words, thresholds)) }
            }
        }
    }
}

fn rules(words: &Words, thresholds: &Thresholds) -> Markup {
    let caseness = match thresholds.direction {
        Direction::HigherIsWorse => "measuring-thresholds-from",
        Direction::HigherIsBetter => "measuring-thresholds-to",
    };
    html! {
        li { (points(words, "measuring-thresholds-reliable", &thresholds.reliable)) }
        @if let Some(score) = &thresholds.caseness { li { (points(words, caseness, score)) } }
        @if let Some(early) = &thresholds.early { li { (weeks(words, early)) } }
    }
}

fn points(words: &Words, id: &str, points: &Points) -> Markup {
    html! {
        (words.with(id, &[("points", number(points.points).into())]))
        br; span.meta { (source(words, &points.source)) }
    }
}

fn weeks(words: &Words, early: &Early) -> Markup {
    let said = words.with(
        "measuring-thresholds-early",
        &[
            ("first", (*early.weeks.start()).into()),
            ("last", (*early.weeks.end()).into()),
            ("adequate", number(early.adequate).into()),
            ("doubtful", number(early.doubtful).into()),
        ],
    );
    html! { (said) br; span.meta { (source(words, &early.source)) } }
}

/// Where a number is from, and whether a programme set it in place of another.
pub(crate) fn source(words: &Words, source: &Reference) -> Markup {
    html! {
        @if let Some(who) = &source.set_by { (words.with("measuring-thresholds-own", &[("who", who.as_str().into())])) " " }
        (source.cite)
        @if let Some(url) = &source.url { ", " (url) }
        @if source.backing == Backing::Unread { " (" (words.say("reference-unseen")) ")" }
    }
}

#[cfg(test)]
mod tests {
    use measures::Measures;

    use super::*;

    const SET: &str = r#"
        [[thresholds]]
        measure = "phq-9"
        set_by = "the mood programme"
        groups = ["3k7m2q9xwz"]
        reliable = { points = 5, source = "audit" }

        [[source]]
        id = "audit"
        cite = "our audit of 2025"
    "#;

    #[test]
    fn a_group_sees_its_programmes_own_number_and_says_whose_it_is() {
        let measures = Measures::bundled().unwrap().set_by_programmes(SET).unwrap();
        let forms = Forms::of(measures).unwrap();
        let words = Words::english();
        let theirs = list(&words, &forms, "3k7m2q9xwz").into_string();
        let others = list(&words, &forms, "0000000000").into_string();
        let own = "Set by the mood programme, in place of the usual: our audit of 2025";
        assert!(
            theirs.contains("5 points or more") && theirs.contains(own),
            "{theirs}"
        );
        assert!(
            !others.contains("5 points or more") && !others.contains("mood programme"),
            "{others}"
        );
        assert!(others.contains("6 points or more") && others.contains("NHS Talking Therapies"));
        // What it did not set stays, with its own source.
        for page in [&theirs, &others] {
            for said in [
                "range from 10 points on",
                "Kroenke, Spitzer &amp; Williams 2001",
                "In weeks 4 to 6",
            ] {
                assert!(page.contains(said), "{said}: {page}");
            }
        }
    }
}
