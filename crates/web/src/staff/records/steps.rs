//! What is done with a record: saving, signing, and all that comes after. The same for the record of a session and for one member's part.

use domain::groups::Slug;
use domain::records::{Field, Reason, Words};
use store::acts::{SeePart, SeeRecord, WritePart, WriteRecord};
use store::records::{self, Answered, Asked, RecordError, Replace, Saved, Seen, TextId};
use store::{On, StoreError};

use super::{goals, parse, parse_date, part_address, record_address, rules, saving};
use crate::form::Form;
use crate::signing::Person;
use crate::state::App;

/// Which record.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub group: Slug,
    pub date: chrono::NaiveDate,
    /// Whose part; none: the record of the session.
    pub person: Option<Slug>,
}

impl Target {
    pub(super) fn session(group: &str, date: &str) -> Result<Self, StoreError> {
        Ok(Self {
            group: parse(group)?,
            date: parse_date(date)?,
            person: None,
        })
    }

    pub(super) fn part(group: &str, date: &str, person: &str) -> Result<Self, StoreError> {
        Ok(Self {
            person: Some(parse(person)?),
            ..Self::session(group, date)?
        })
    }

    pub(super) fn address(&self) -> String {
        let (group, date) = (self.group.to_string(), self.date.to_string());
        match &self.person {
            Some(person) => part_address(&group, &date, person.as_str()),
            None => record_address(&group, &date),
        }
    }

    pub(super) const fn fields(&self) -> &'static [Field] {
        match self.person {
            Some(_) => Field::OF_PART,
            None => Field::OF_SESSION,
        }
    }

    pub(super) fn on(&self) -> On<'_> {
        match &self.person {
            Some(person) => On::Part(person, &self.group, self.date),
            None => On::Record(&self.group, self.date),
        }
    }
}

/// What became of what was sent.
pub(super) struct Done {
    pub saved: Saved,
    /// Marks without a reason and nearly same parts nobody looked at, where it was to be signed and is not for them.
    pub open: Option<(usize, usize)>,
}

/// Saves what was typed; signs it, if that is asked for and nothing is open.
pub(super) async fn save(
    app: &App,
    person: &Person,
    target: &Target,
    form: &Form,
) -> Result<Done, RecordError> {
    let words = saving::words(form, target.fields())?;
    let (base, seen) = (saving::base(form), saving::seen(form));
    let goals = goals::seen(form);
    let mut writing = app.store().write(person.who()).await?;
    let words = replaced_in(&mut writing, app, target, form, words).await?;
    let saved = match target.person {
        None => {
            let mut permit = writing.permit::<WriteRecord>(target.on()).await?;
            for (goal, level) in &goals {
                reached(records::reach_group_goal(&mut permit, goal, target.date, *level).await)?;
            }
            records::write_session(&mut permit, target.date, base, words, rules(app)).await?
        }
        Some(_) => {
            let mut permit = writing.permit::<WritePart>(target.on()).await?;
            for (goal, level) in &goals {
                reached(records::reach_goal(&mut permit, goal, target.date, *level).await)?;
            }
            records::write_part(&mut permit, target.date, base, words, rules(app)).await?
        }
    };
    let mut open = None;
    if form.get("then") == "sign" && saved.both.is_empty() {
        let left = saved.look.open(&seen);
        if left == (0, 0) {
            let asked = Asked::Sign {
                text: saved.text,
                seen,
            };
            asked_of(&mut writing, app, target, asked).await?;
        } else {
            open = Some(left);
        }
    }
    writing.commit().await?;
    Ok(Done { saved, open })
}

/// These words as they were typed, but for a mark that is to be replaced.
pub(super) async fn replaced(
    app: &App,
    person: &Person,
    target: &Target,
    form: &Form,
) -> Result<Words, RecordError> {
    let words = saving::words(form, target.fields())?;
    let mut writing = app.store().write(person.who()).await?;
    replaced_in(&mut writing, app, target, form, words).await
}

async fn replaced_in(
    writing: &mut store::Writing,
    app: &App,
    target: &Target,
    form: &Form,
    words: Words,
) -> Result<Words, RecordError> {
    let Some((field, marked)) = saving::replace(form, target.fields()) else {
        return Ok(words);
    };
    let instead = app.words().say("another-member");
    let replace = Replace {
        field,
        marked: &marked,
        instead: &instead,
    };
    match target.person {
        None => {
            let mut permit = writing.permit::<WriteRecord>(target.on()).await?;
            records::replace_in_session(&mut permit, words, replace).await
        }
        Some(_) => {
            let mut permit = writing.permit::<WritePart>(target.on()).await?;
            records::replace_in_part(&mut permit, words, replace).await
        }
    }
}

/// What was written of a later session stays, and so does what was ended.
fn reached(done: Result<domain::goals::Goal, records::GoalError>) -> Result<(), StoreError> {
    match done {
        Err(records::GoalError::Store(why)) => Err(why),
        Ok(_) | Err(_) => Ok(()),
    }
}

async fn asked_of(
    writing: &mut store::Writing,
    app: &App,
    target: &Target,
    asked: Asked,
) -> Result<(), RecordError> {
    match target.person {
        None => {
            let mut permit = writing.permit::<WriteRecord>(target.on()).await?;
            records::act_on_session(&mut permit, target.date, asked, rules(app)).await?;
        }
        Some(_) => {
            let mut permit = writing.permit::<WritePart>(target.on()).await?;
            records::act_on_part(&mut permit, target.date, asked, rules(app)).await?;
        }
    }
    Ok(())
}

/// A step by who writes it. None: the form asks for nothing that there is.
pub(super) fn asked(form: &Form, target: &Target) -> Result<Option<Asked>, RecordError> {
    Ok(match form.get("step") {
        "take-back" => Some(Asked::TakeBack),
        "discard" => Some(Asked::Discard),
        "hand-over" => Slug::parse(form.get("to")).ok().map(|to| Asked::HandOver { to }),
        "amend" => {
            let words: Words = saving::words(form, target.fields())?;
            let seen: Seen = saving::seen(form);
            let reason = Reason::parse(form.get("reason")).ok();
            reason.map(|reason| Asked::Amend { words, reason, seen })
        }
        _ => None,
    })
}

/// A step by somebody else.
pub(super) fn answered(app: &App, form: &Form) -> Option<Answered> {
    Some(match form.get("step") {
        "cosign" => Answered::Cosign {
            text: TextId::parse(form.get("text"))?,
        },
        "send-back" => Answered::SendBack,
        "hand-over" => Answered::HandOver {
            to: Slug::parse(form.get("to")).ok()?,
        },
        "unlock" => Answered::Unlock {
            until: app.now() + chrono::TimeDelta::days(form.get("days").parse::<u8>().ok()?.min(30).into()),
            reason: Reason::parse(form.get("reason")).ok()?,
        },
        _ => return None,
    })
}

/// Does what who writes it asks for.
pub(super) async fn act(
    app: &App,
    person: &Person,
    target: &Target,
    asked: Asked,
) -> Result<(), RecordError> {
    let mut writing = app.store().write(person.who()).await?;
    asked_of(&mut writing, app, target, asked).await?;
    Ok(writing.commit().await?)
}

/// Does what somebody else does with it.
pub(super) async fn answer(
    app: &App,
    person: &Person,
    target: &Target,
    answered: Answered,
) -> Result<(), RecordError> {
    let mut writing = app.store().write(person.who()).await?;
    match target.person {
        None => {
            let mut permit = writing.permit::<SeeRecord>(target.on()).await?;
            records::answer_session(&mut permit, target.date, answered, rules(app)).await?;
        }
        Some(_) => {
            let mut permit = writing.permit::<SeePart>(target.on()).await?;
            records::answer_part(&mut permit, target.date, answered, rules(app)).await?;
        }
    }
    Ok(writing.commit().await?)
}
