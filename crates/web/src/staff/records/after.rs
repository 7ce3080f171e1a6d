//! What can be done with a record that was begun: the second signature, handing over, opening it, throwing it away.

use domain::groups::Slug;
use domain::people::Handle;
use domain::records::State;
use maud::{Markup, html};
use store::records::Sheet;

use super::steps::Target;
use crate::look::parts;
use crate::saying;
use crate::state::App;

/// What somebody may do with a record that they see.
#[derive(Debug, Clone, Copy)]
pub(super) struct May {
    pub write: bool,
    pub supervise: bool,
}

/// What can be done with it now.
pub(super) fn after(
    app: &App,
    target: &Target,
    sheet: &Sheet,
    may: May,
    leaders: &[(Slug, Handle)],
) -> Markup {
    let may_write = may.write;
    let words = app.words();
    let steps = format!("{}/steps", target.address());
    let answers = format!("{}/answers", target.address());
    let text = sheet.text.map(|text| text.to_string()).unwrap_or_default();
    let locked = sheet
        .record
        .is_locked(app.settings().records, app.today(), app.now());
    let others: Vec<_> = leaders
        .iter()
        .filter(|(slug, _)| *slug != sheet.keeper.0)
        .collect();
    let button = |action: &str, step: &str, label: &str| {
        html! {
            form method="post" action=(action) {
                (crate::once::field())
                input type="hidden" name="step" value=(step);
                input type="hidden" name="text" value=(text);
                button.button.plain.small type="submit" { (words.say(label)) }
            }
        }
    };
    html! {
        section.record-acts {
            p.meta { (words.with("record-kept-by", &[("name", sheet.keeper.1.to_string().into())])) }
            @if locked { p { (words.say("record-is-locked")) } }
            div.acts {
                @match sheet.record.state() {
                    State::Awaiting(_) => {
                        @if may_write { (button(&steps, "take-back", "record-take-back")) }
                        (button(&answers, "cosign", "record-cosign"))
                        (button(&answers, "send-back", "record-send-back"))
                    }
                    State::Draft if may_write => { (button(&steps, "discard", "record-discard")) }
                    _ => {}
                }
            }
            @if (may_write || may.supervise) && !others.is_empty() {
                details.adding {
                    summary { (words.say("record-hand-over")) }
                    form.stack method="post" action=(if may.supervise { &answers } else { &steps }) {
                        (crate::once::field())
                        input type="hidden" name="step" value="hand-over";
                        (parts::select("to", &words.say("record-hand-over-to"), &others.iter().map(|(slug, handle)| (slug.to_string(), handle.to_string(), false)).collect::<Vec<_>>()))
                        div.acts { button.button.plain.small type="submit" { (words.say("record-hand-over-act")) } }
                    }
                }
            }
            @if locked {
                details.adding {
                    summary { (words.say("record-unlock")) }
                    form.stack method="post" action=(answers) {
                        (crate::once::field())
                        input type="hidden" name="step" value="unlock";
                        (parts::select("days", &words.say("record-unlock-days"), &[1, 3, 7].map(|days: u8| (days.to_string(), days.to_string(), days == 1))))
                        (parts::Field { name: "reason", label: words.say("record-unlock-why"), ..parts::Field::default() }.draw())
                        div.acts { button.button.plain.small type="submit" { (words.say("record-unlock-act")) } }
                    }
                }
            }
        }
        @if let Some(day) = sheet.record.locks_on(app.settings().records).filter(|_| !locked) {
            p.meta { (words.with("record-locks-on", &[("day", saying::date_with_year(words, day, app.today()).into())])) }
        }
    }
}
