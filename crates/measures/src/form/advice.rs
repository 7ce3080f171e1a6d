//! A name that is nearly a known one: which was meant.

use super::known::{OWN, all, folded, short};
use crate::measure::outline::RISK;

/// What to do about an address that is not known.
pub(super) fn advice(url: &str) -> String {
    let said: String = url.chars().take(200).collect();
    let act = nearest(url).map_or_else(
        || "take it out".to_owned(),
        |like| format!("write {like}, or take it out"),
    );
    format!("{said} is not known here, and could change what is asked or what an answer counts: {act}")
}

/// The known address that is most like it, if one is alike at all.
fn nearest(url: &str) -> Option<String> {
    if folded(url).starts_with(OWN) {
        return Some(RISK.to_owned());
    }
    let name = short(url.trim()).to_ascii_lowercase();
    let far = name.len() / 4;
    all()
        .filter(|(_, known)| known.len().abs_diff(name.len()) <= far)
        .map(|(base, known)| (distance(&name, &known.to_ascii_lowercase()), base, known))
        .filter(|(distance, ..)| *distance <= far)
        .min()
        .map(|(_, base, known)| format!("{base}{known}"))
}

/// How many letters have to be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut aslant = index;
        row[0] = index + 1;
        for (place, wanted) in other.iter().enumerate() {
            let changed = aslant + usize::from(letter != *wanted);
            aslant = row[place + 1];
            row[place + 1] = changed.min(aslant + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::known::CORE;

    #[test]
    fn a_slip_of_the_pen_leads_to_the_name_that_was_meant() {
        for (slip, meant) in [
            ("questionnaire-hiden", Some("questionnaire-hidden")),
            ("ordinalvalue", Some("ordinalValue")),
            (
                "questionnaire-calculatedExpression",
                Some("sdc-questionnaire-calculatedExpression"),
            ),
            ("wholly-another", None),
            ("", None),
        ] {
            let found = nearest(&format!("{CORE}{slip}"));
            assert_eq!(found.as_deref().map(short), meant, "{slip}");
        }
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
