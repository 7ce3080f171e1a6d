//! Sessions of the therapy group with records: one whose record is begun, and one with the part of a member.

use chrono::NaiveDate;
use domain::attendance::Presence;
use domain::groups::Slug;
use domain::people::Role;
use domain::records::{Field, Words};
use store::acts::{KeepNote, MarkAttendance, WritePart, WriteRecord};
use store::records::{self, Base, Rules};
use store::{On, leading};

use crate::access::canaries::Kind;
use crate::access::house::{House, THERE};
use crate::access::subject::{Person, Relation};

const DATE: &str = "2026-11-12";

impl House {
    /// The date of a session whose record somebody else keeps.
    pub async fn record(&self) -> String {
        if self.past.count("session_record").await > 0 {
            return DATE.to_owned();
        }
        let there = Slug::from_bits(THERE);
        let date: NaiveDate = DATE.parse().unwrap();
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let permit = writing.permit::<WriteRecord>(On::Record(&there, date)).await;
        let words = Words::new(
            Field::OF_SESSION,
            [(
                Field::Themes,
                self.canaries.of(Kind::Recorded, "there").to_owned(),
            )],
        )
        .unwrap();
        let rules = Rules::plain(date);
        records::write_session(&mut permit.unwrap(), date, Base::default(), words, rules)
            .await
            .unwrap();
        let permit = writing.permit::<KeepNote>(On::Own(&there)).await;
        let own = self.canaries.of(Kind::Own, "leader@there");
        records::write_own_note(&mut permit.unwrap(), date, None, own)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        DATE.to_owned()
    }

    /// The date of a session at which the member was, with their part.
    pub async fn part(&self) -> String {
        let date = self.record().await;
        if self.past.count("member_part").await > 0 {
            return date;
        }
        let there = Slug::from_bits(THERE);
        let member = &self.people[&Person(vec![(Role::Member, Relation::There)]).name()];
        let day: NaiveDate = DATE.parse().unwrap();
        // They have been in the group for a while.
        let since = format!(
            "update role_held set from_at = '2026-01-01 00:00:00+00:00' where person_id = (select id from person where slug = '{member}')"
        );
        self.past.change(&since).await;
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let permit = writing
            .permit::<MarkAttendance>(On::PersonIn(member, &there))
            .await;
        leading::mark(&mut permit.unwrap(), day, Presence::Present)
            .await
            .unwrap();
        let permit = writing.permit::<WritePart>(On::Part(member, &there, day)).await;
        let words = Words::new(
            Field::OF_PART,
            [(Field::Plan, self.canaries.of(Kind::Parted, "there").to_owned())],
        )
        .unwrap();
        records::write_part(
            &mut permit.unwrap(),
            day,
            Base::default(),
            words,
            Rules::plain(day),
        )
        .await
        .unwrap();
        writing.commit().await.unwrap();
        date
    }
}
