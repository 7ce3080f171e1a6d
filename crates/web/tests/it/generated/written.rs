//! What is written in a generated world: of sessions, of those who were there, and in the support group.

use chrono::NaiveDate;
use domain::agreements::Kind as Agreement;
use domain::attendance::{Count, Presence};
use domain::coming::Part;
use domain::goals::Goal;
use domain::people::Handle;
use domain::records::{Field, Reason, Reasoned, Words};
use domain::text::{Line, Prose};
use store::acts::{
    ChangeContact, Come, KeepNote, MarkAttendance, ModerateAdvice, SeeAdvice, SeePart, SeeRecord, WritePart,
    WriteRecord,
};
use store::coming::{self, Ask, When};
use store::records::{self, Asked, Base, Known, Looked, Rules, Seen};
use store::{On, Who, leading};
use web::routes::Method;

use super::{CANCELLED, NEXT, PAST, Secret, TOLD, World};
use crate::access::asking::ask;
use crate::common::{content, line};

/// How far the part of a member goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Draft,
    Signed,
    Amended,
    /// To whom it is about.
    Given,
}

const STAGES: [Stage; 4] = [Stage::Given, Stage::Draft, Stage::Amended, Stage::Signed];

fn past() -> NaiveDate {
    PAST.parse().unwrap()
}

/// Reasons for whatever the guard marks: names here are made like all else that is written.
fn seen(look: &records::Look) -> Seen {
    let reasons = look.marks.iter().map(|found| Reasoned {
        mark: found.mark.clone(),
        reason: Reason::parse("They know it of each other").unwrap(),
    });
    Seen {
        reasons: reasons.collect(),
        like: look.like.iter().map(|one| one.text).collect(),
    }
}

impl World {
    /// All that is written about a session and those who come to it.
    pub(super) async fn meets(&mut self, group: usize) {
        let at = self.groups[group].clone();
        let leader = self.leader(group);
        let lead = self.who(leader).await;
        self.record(group, &lead).await;
        self.own_notes(group).await;
        let members: Vec<usize> = (0..self.people.len())
            .filter(|one| self.people[*one].among.contains(&group))
            .collect();
        for (nth, member) in members.into_iter().enumerate() {
            let stage = STAGES[(nth + 2 * group) % STAGES.len()];
            self.part((group, member), &lead, stage).await;
            self.told_by(group, member).await;
        }
        let token = self.token(leader).await;
        let cancel = format!("/staff/groups/{at}/sessions/{CANCELLED}/cancellation");
        let answer = ask(&self.router, Method::Post, &cancel, Some(&token), "plans=stay").await;
        assert_eq!(
            answer.status,
            axum::http::StatusCode::SEE_OTHER,
            "{}",
            answer.body
        );
    }

    /// What a group did, signed and amended: what was signed first stays, and so does the reason.
    async fn record(&mut self, group: usize, lead: &Who) {
        let (at, rules) = (self.groups[group].clone(), Rules::plain(past()));
        let mut words = || self.secret(Secret::Group(group));
        let (themes, amended, reason) = (words(), words(), words());
        let words = |themes: String| Words::new(Field::OF_SESSION, [(Field::Themes, themes)]).unwrap();
        let on = On::Record(&at, past());
        let mut writing = self.store.write(lead.clone()).await.unwrap();
        let mut permit = writing.permit::<WriteRecord>(on).await.unwrap();
        let saved = records::write_session(&mut permit, past(), Base::default(), words(themes), rules)
            .await
            .unwrap();
        let sign = Asked::Sign {
            text: saved.text,
            seen: seen(&saved.look),
        };
        records::act_on_session(&mut permit, past(), sign, rules)
            .await
            .unwrap();
        let amended = words(amended);
        let mut permit = writing.permit::<SeeRecord>(on).await.unwrap();
        let look = records::look_at_session(&mut permit, past(), Some(&amended))
            .await
            .unwrap();
        let mut permit = writing.permit::<WriteRecord>(on).await.unwrap();
        let amend = Asked::Amend {
            words: amended,
            reason: Reason::parse(&reason).unwrap(),
            seen: seen(&look),
        };
        records::act_on_session(&mut permit, past(), amend, rules)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    /// Everyone who leads the group keeps a note for themselves.
    async fn own_notes(&mut self, group: usize) {
        let at = self.groups[group].clone();
        let authors: Vec<usize> = (0..self.people.len())
            .filter(|one| self.people[*one].leads.contains(&group))
            .collect();
        for author in authors {
            let own = self.secret(Secret::Own(author));
            let mut writing = self.store.write(self.who(author).await).await.unwrap();
            let mut permit = writing.permit::<KeepNote>(On::Own(&at)).await.unwrap();
            records::write_own_note(&mut permit, past(), None, &own)
                .await
                .unwrap();
            writing.commit().await.unwrap();
        }
    }

    /// The part of a member who was there, a goal of theirs, and what else could tell them.
    async fn part(&mut self, (group, member): (usize, usize), lead: &Who, stage: Stage) {
        let (at, rules) = (self.groups[group].clone(), Rules::plain(past()));
        let person = self.people[member].slug.clone();
        let mut words = |theirs| {
            self.secret(Secret::Of {
                whose: member,
                group,
                theirs,
            })
        };
        let (plan, risk, reason, fact) = (words(false), words(false), words(false), words(false));
        let (amended, goal) = (words(stage == Stage::Given), words(true));
        let words = |plan: String| {
            let both = [(Field::Plan, plan), (Field::Risk, risk.clone())];
            Words::new(Field::OF_PART, both).unwrap()
        };
        let on = On::Part(&person, &at, past());
        let mut writing = self.store.write(lead.clone()).await.unwrap();
        let mut permit = writing
            .permit::<MarkAttendance>(On::PersonIn(&person, &at))
            .await
            .unwrap();
        leading::mark(&mut permit, past(), Presence::Present)
            .await
            .unwrap();
        let mut permit = writing.permit::<WritePart>(on).await.unwrap();
        let saved = records::write_part(&mut permit, past(), Base::default(), words(plan), rules)
            .await
            .unwrap();
        if stage >= Stage::Signed {
            let sign = Asked::Sign {
                text: saved.text,
                seen: seen(&saved.look),
            };
            records::act_on_part(&mut permit, past(), sign, rules)
                .await
                .unwrap();
        }
        if stage >= Stage::Amended {
            let amended = words(amended);
            let mut permit = writing.permit::<SeePart>(on).await.unwrap();
            let look = records::look_at_part(&mut permit, past(), Some(&amended))
                .await
                .unwrap();
            let mut permit = writing.permit::<WritePart>(on).await.unwrap();
            let amend = Asked::Amend {
                words: amended,
                reason: Reason::parse(&reason).unwrap(),
                seen: seen(&look),
            };
            records::act_on_part(&mut permit, past(), amend, rules)
                .await
                .unwrap();
            if stage == Stage::Given {
                records::release(&mut permit, past(), &[Field::Plan], &TOLD)
                    .await
                    .unwrap();
            }
        }
        let mut permit = writing.permit::<WritePart>(On::ByMe(&person, &at)).await.unwrap();
        let levels = ["never", "once a month", "weekly", "twice a week", "daily"].map(line);
        let goal = Goal::new(line(&goal), levels, 1, 1).unwrap();
        records::add_goal(&mut permit, &goal, Looked::TellsNobody)
            .await
            .unwrap();
        let known = Known {
            names: vec![],
            nicknames: vec![],
            phones: vec![],
            facts: vec![line(&fact)],
        };
        records::set_known(&mut permit, &known, |_| true).await.unwrap();
        writing.commit().await.unwrap();
    }

    /// What a member says to who leads the group: that they cannot come, where they are, whom to call.
    async fn told_by(&mut self, group: usize, member: usize) {
        let (at, next): (_, NaiveDate) = (self.groups[group].clone(), NEXT.parse().unwrap());
        let mut words = || {
            self.secret(Secret::Of {
                whose: member,
                group,
                theirs: true,
            })
        };
        let (excuse, place, contact) = (words(), words(), words());
        let mut writing = self.store.write(self.who(member).await).await.unwrap();
        let mut permit = writing.permit::<Come>(On::MyselfIn(&at)).await.unwrap();
        let excuse: Line = line(&excuse);
        leading::excuse(&mut permit, next, Some(&excuse), &TOLD)
            .await
            .unwrap();
        let mut permit = writing.permit::<ChangeContact>(On::MyselfIn(&at)).await.unwrap();
        let place = Prose::parse(&place).unwrap();
        leading::set_whereabouts(&mut permit, next, Some(&place))
            .await
            .unwrap();
        let contact = Prose::parse(&contact).unwrap();
        leading::set_emergency(&mut permit, Some(&contact)).await.unwrap();
        writing.commit().await.unwrap();
    }

    /// Those who come to the support group under names of their own, and say what helped them, of which the first is shown; who was
    /// counted by name, and what the group did.
    pub(super) async fn peers(&mut self) {
        let group = self.support();
        let at = self.groups[group].clone();
        let content = content();
        let agreements = &content.agreements;
        let rules = agreements.iter().find(|text| text.kind() == Agreement::PeerRules);
        let rules = rules.unwrap().hash();
        let comers: Vec<usize> = (0..self.people.len())
            .filter(|one| self.people[*one].comes)
            .collect();
        let mut shown = None;
        for whose in comers {
            let said = Secret::Of {
                whose,
                group,
                theirs: true,
            };
            let called = self.secret(said.clone());
            let helped = match shown {
                None => self.secret(Secret::Helped { whose, group }),
                Some(_) => self.secret(said),
            };
            let handle = Handle::parse(&called).unwrap();
            let asked = Ask {
                when: When::Regularly,
                part: Some(Part::Talk),
                handle: Some(&handle),
                rules: Some(&rules),
            };
            let mut writing = self.store.write(self.who(whose).await).await.unwrap();
            let mut permit = writing.permit::<Come>(On::MyselfIn(&at)).await.unwrap();
            coming::come(&mut permit, asked, agreements).await.unwrap();
            leading::give(&mut permit, &Prose::parse(&helped).unwrap())
                .await
                .unwrap();
            writing.commit().await.unwrap();
            if shown.is_none() {
                shown = Some(helped);
            }
        }
        let lead = self.who(self.leader(group)).await;
        self.record(group, &lead).await;
        let counted = Handle::parse(&self.secret(Secret::Group(group))).unwrap();
        let mut writing = self.store.write(lead).await.unwrap();
        let mut permit = writing.permit::<MarkAttendance>(On::Group(&at)).await.unwrap();
        let count = Count::new(3, 0, 1, vec![counted]).unwrap();
        leading::count(&mut permit, past(), &count, |_| true)
            .await
            .unwrap();
        let mut permit = writing.permit::<SeeAdvice>(On::Group(&at)).await.unwrap();
        let waits = leading::to_look_at(&mut permit).await.unwrap();
        let first = waits.iter().find(|(one, _)| Some(&one.words) == shown.as_ref());
        let mut permit = writing.permit::<ModerateAdvice>(On::Group(&at)).await.unwrap();
        leading::moderate(&mut permit, &first.unwrap().0.slug, leading::Look::Shown)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
}
