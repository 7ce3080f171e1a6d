//! A curriculum of the therapy group that is there, and advice for those who come to the support group that is here.

use domain::groups::Slug;
use domain::people::Role;
use domain::sessions::{Curriculum, Plan};
use domain::text::Prose;
use store::acts::{ChangePlans, Come, ModerateAdvice};
use store::leading::{self, Look};
use store::{On, Who};
use testing::people::who;

use crate::access::house::{HERE, House, THERE};
use crate::access::subject::{Person, Relation, Shown, Subject};
use crate::common::line;

impl House {
    /// The one that is kept; a new one once it was taken away.
    pub async fn curriculum(&self) -> String {
        if let Some(id) = self.past.id("curriculum", "id is not null").await {
            return id;
        }
        let there = Slug::from_bits(THERE);
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let permit = writing.permit::<ChangePlans>(On::Group(&there)).await;
        let made = Curriculum {
            name: line("Skills"),
            plans: vec![Plan {
                topic: Some(line("One")),
                ..Plan::default()
            }],
        };
        let id = leading::create_course(&mut permit.unwrap(), &made).await.unwrap();
        writing.commit().await.unwrap();
        id.to_string()
    }

    /// Advice of who holds nothing and comes to the group that is here: it waits, or is shown.
    pub async fn advice(&self, state: &str) -> String {
        self.coming().await;
        let none = &self.people["none"];
        let sql = format!(
            "select slug as it from advice where state = '{state}' and person_id = (select id from person where slug = '{none}')"
        );
        if let Some(slug) = self.past.texts(&sql).await.pop() {
            return slug;
        }
        let here = Slug::from_bits(HERE);
        let subject = Subject {
            person: Person(Vec::new()),
            shown: Shown::One,
        };
        let token = self.token(&subject).await.unwrap();
        let giver: Who = who(&self.store, &token).await;
        let mut writing = self.store.write(giver).await.unwrap();
        let permit = writing.permit::<Come>(On::MyselfIn(&here)).await;
        let words = Prose::parse("A walk before breakfast").unwrap();
        leading::give(&mut permit.unwrap(), &words).await.unwrap();
        writing.commit().await.unwrap();
        let asked = sql.replace(&format!("'{state}'"), "'waiting'");
        let slug = self.past.texts(&asked).await.pop().unwrap();
        if state == Look::Shown.name() {
            let which = Slug::parse(&slug).unwrap();
            let facilitator = self.two(Role::Facilitator, Relation::Here).await;
            let mut writing = self.store.write(facilitator).await.unwrap();
            let permit = writing.permit::<ModerateAdvice>(On::Group(&here)).await;
            leading::moderate(&mut permit.unwrap(), &which, Look::Shown)
                .await
                .unwrap();
            writing.commit().await.unwrap();
        }
        slug
    }
}
