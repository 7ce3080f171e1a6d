//! What other pages show of records: the fields that are written while a session is, on its screen; and goals, for whose they are.

use chrono::NaiveDate;
use domain::access::Action;
use domain::groups::Slug;
use domain::records::{Field, State};
use maud::{Markup, html};
use store::StoreError;
use store::acts::SeeRecord;
use store::records::{self, KeptGoal, Look, Sheet};

use super::drawing::{Saving, Writing};
use super::goals;
use super::steps::Target;
use crate::state::App;

/// What is written as it happens; the rest can wait until everyone has gone.
const AS_IT_HAPPENS: &[Field] = &[Field::Themes, Field::Interventions];

/// The record of a session that is still written.
pub(crate) struct Begun {
    target: Target,
    sheet: Option<Sheet>,
}

/// The record of the session of that date, where they may write it now. Looking is written down.
pub(crate) async fn begun(
    writing: &mut store::Writing,
    group: &Slug,
    date: NaiveDate,
) -> Result<Option<Begun>, StoreError> {
    let target = Target {
        group: group.clone(),
        date,
        person: None,
    };
    if !store::may(writing, Action::WriteRecord, target.on()).await? {
        return Ok(None);
    }
    let mut permit = writing.permit::<SeeRecord>(target.on()).await?;
    let sheet = records::session(&mut permit, date).await?;
    let is_draft = sheet
        .as_ref()
        .is_none_or(|sheet| matches!(sheet.record.state(), State::Draft));
    Ok(is_draft.then_some(Begun { target, sheet }))
}

/// The form of the record itself, saved as one types. Its other fields go along unseen, so that nothing of them is lost.
pub(crate) fn as_it_happens(app: &App, begun: &Begun) -> Markup {
    let words = app.words();
    let sheet = begun.sheet.as_ref();
    let text = |field: Field| sheet.map(|sheet| sheet.words.get(field)).unwrap_or_default();
    let others = Field::OF_SESSION
        .iter()
        .filter(|field| !AS_IT_HAPPENS.contains(field));
    let nothing = Look::default();
    let form = Writing {
        action: begun.target.address(),
        fields: AS_IT_HAPPENS,
        saving: Saving::AsTyped,
        sheet,
        typed: None,
        look: &nothing,
        reasons: Vec::new(),
        asks_for_reasons: false,
        phrases: Vec::new(),
        more: html! {
            @for field in others { textarea name=(field.name()) autocomplete="off" hidden { "\n" (text(*field)) } }
        },
        sign: (words.say("session-record-on"), ""),
    };
    html! {
        section aria-labelledby="as-it-happens" {
            h2 #as-it-happens { (words.say("session-happens")) }
            p { (words.say("session-happens-more")) }
            (form.draw(app))
        }
    }
}

/// Goals with their levels, and how far they were reached. Nothing is changed there.
pub(crate) fn own_goals(app: &App, kept: &[KeptGoal]) -> Markup {
    html! { @for goal in kept { (goals::goal_of(app, "", goal, false)) } }
}
