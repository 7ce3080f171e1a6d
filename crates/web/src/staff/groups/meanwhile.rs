//! Two people at one form: what someone else changed since it was shown is told at its field and asked about.

use std::collections::BTreeSet;

use super::typed::Wrong;
use crate::form::{Form, SEEN, mark};
use crate::words::{FluentValue, Words};

/// Fields that are about the form itself.
pub(super) const ABOUT: [&str; 3] = [SEEN, "act", "dropping"];

/// What a page sends along: what was shown at first stays what was seen, however often the page comes back.
pub(super) fn seen(form: &Form) -> String {
    match form.raw(SEEN) {
        "" => marks(form),
        seen => seen.to_owned(),
    }
}

/// The form as it goes on, and what to tell, if someone else changed a field since it was shown to something else than stands
/// in it. A field that was left alone has their value then, the others keep what was typed.
pub(super) fn changed(
    words: &Words,
    typed: &Form,
    now: &Form,
    asks: impl Fn(&str) -> bool,
) -> Option<(Form, Wrong)> {
    let seen = match typed.raw(SEEN) {
        // It says nothing of what was shown.
        "" => return None,
        seen => Form::parse(seen.as_bytes()),
    };
    let names: BTreeSet<&str> = now
        .names()
        .chain(seen.names())
        .filter(|name| asks(name))
        .collect();
    let (mut form, mut wrong) = (typed.clone(), Wrong::default());
    for name in names {
        let (theirs, mine) = (value(now, name), value(typed, name));
        if mark(&theirs) == seen.get(name) || theirs == mine {
            continue;
        }
        let (said, other) = if mark(&mine) == seen.get(name) {
            form.replace(name, now.all(name));
            ("meanwhile-taken", mine)
        } else {
            ("meanwhile-differs", theirs)
        };
        let other = if other.is_empty() {
            words.say("meanwhile-nothing")
        } else {
            other
        };
        wrong.add(name, words.with(said, &[("value", FluentValue::from(other))]));
    }
    if wrong.is_empty() {
        return None;
    }
    form.replace(SEEN, std::iter::once(marks(now).as_str()));
    wrong.is_meanwhile = true;
    Some((form, wrong))
}

fn marks(form: &Form) -> String {
    let mut marks = Form::default();
    let names: BTreeSet<&str> = form.names().filter(|name| !ABOUT.contains(name)).collect();
    for name in names {
        marks.put(name, &mark(&value(form, name)));
    }
    marks.encode()
}

/// All that a field holds, in an order of its own and as a browser would send it back.
fn value(form: &Form, name: &str) -> String {
    let mut values: Vec<String> = form.all(name).map(|value| value.replace("\r\n", "\n")).collect();
    values.retain(|value| !value.is_empty());
    values.sort();
    values.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Form {
        Form::parse(text.as_bytes())
    }

    /// What was typed into a form that was shown as `shown`.
    fn typed(shown: &str, typed: &str) -> Form {
        let mut form = form(typed);
        form.put(SEEN, &seen(&self::form(shown)));
        form
    }

    fn look(shown: &str, mine: &str, now: &str) -> Option<(Form, Wrong)> {
        changed(&Words::english(), &typed(shown, mine), &form(now), |_| true)
    }

    #[test]
    fn what_nobody_else_changed_goes_through() {
        assert!(look("a=1&b=2", "a=9&b=2", "a=1&b=2").is_none());
        assert!(look("t=1%0A2&b=2", "t=1%0D%0A2&b=2", "t=1%0A2&b=2").is_none());
        assert!(look("d=Mon&d=Tue", "d=Tue&d=Mon", "d=Tue&d=Mon").is_none());
        // They changed it to the same.
        assert!(look("a=1", "a=9", "a=9").is_none());
        // They changed a field that this form does not ask.
        assert!(
            changed(
                &Words::english(),
                &typed("a=1&b=2", "a=9"),
                &form("a=1&b=3"),
                |name| name == "a"
            )
            .is_none()
        );
    }

    #[test]
    fn what_both_changed_is_told_and_what_was_typed_stays() {
        let (form, wrong) = look("a=1&b=2", "a=9&b=2", "a=5&b=2").unwrap();
        assert_eq!(form.get("a"), "9");
        assert!(wrong.of("a").unwrap().contains('5') && wrong.of("b").is_none());
        // Sent once more, it is what is wanted.
        assert!(changed(&Words::english(), &form, &self::form("a=5&b=2"), |_| true).is_none());
    }

    #[test]
    fn what_was_left_alone_becomes_theirs_and_says_what_it_was() {
        let (form, wrong) = look("a=1&b=2&d=Mon", "a=1&b=9&d=Mon", "b=2&d=Tue&d=Wed").unwrap();
        assert_eq!((form.get("a"), form.get("b")), ("", "9"));
        assert_eq!(form.all("d").collect::<Vec<_>>(), ["Tue", "Wed"]);
        assert!(wrong.of("a").unwrap().contains('1') && wrong.of("d").unwrap().contains("Mon"));
        assert!(wrong.of("b").is_none());
    }
}
