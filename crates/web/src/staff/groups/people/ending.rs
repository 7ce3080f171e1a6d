//! The button that ends a role in a group. Of a member of a therapy group it is asked why, as on the page of its members.

use domain::groups::Kind;
use domain::joining::Reason;
use domain::people::Role;
use maud::{Markup, html};
use store::people::InGroup;

use crate::joining::saying;
use crate::once;
use crate::state::App;

/// For someone in a group of that kind.
pub(super) fn end(app: &App, here: &str, one: &InGroup, kind: Kind) -> Markup {
    let words = app.words();
    let is_member = one.role.role == Role::Member;
    let (of, said) = if is_member {
        ("members", words.say("roster-remove"))
    } else {
        ("leaders", words.say("roster-end"))
    };
    let label = format!("{said}: {}", one.handle);
    let asks = is_member && kind == Kind::Therapy;
    let form = |asked: Markup| {
        html! {
            form.inline[asks] method="post" action=(format!("{here}/{of}/{}/end", one.role.id)) {
                (once::field())
                input type="hidden" name="person" value=(one.person);
                input type="hidden" name="role" value=(one.role.role.name());
                (asked)
                button.textlink type="submit" aria-label=(label) { (said) }
            }
        }
    };
    if !asks {
        return form(html! {});
    }
    html! {
        details.adding {
            summary aria-label=(label) { (said) }
            p.hint { (words.say("roster-remove-more")) }
            (form(why(app)))
        }
    }
}

fn why(app: &App) -> Markup {
    let words = app.words();
    html! {
        label.field { span.label { (words.say("members-reason")) }
            select name="reason" { @for reason in Reason::ALL { option value=(reason.name()) { (words.say(saying::reason(reason))) } } }
        }
    }
}
