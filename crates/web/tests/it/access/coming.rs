//! The person who holds nothing, as someone who comes to the support group that is here; and how one gets in there.

use domain::agreements::{Kind as Agreement, TextHash};
use domain::coming::{Entrance, Part};
use domain::groups::{Slug, WebPage};
use domain::people::{Handle, Role};
use domain::text::Prose;
use store::On;
use store::acts::{ChangeEntrance, Come};
use store::coming::{self, Ask, When};
use testing::people::who;

use crate::access::canaries::Kind;
use crate::access::house::{HERE, House};
use crate::access::subject::{Person, Relation, Shown, Subject};
use crate::common;

impl House {
    /// The group to which who holds nothing comes regularly; they say so anew once they have taken it back.
    pub async fn coming(&self) -> String {
        let here = Slug::from_bits(HERE);
        let none = &self.people["none"];
        let whose = format!(
            "person_id = (select id from person where slug = '{none}') and regularly_until is not null"
        );
        if self.past.id("guest", &whose).await.is_none() {
            self.says_so(&here).await;
        }
        if self.past.count("entrance").await == 0 {
            self.open_the_door(&here).await;
        }
        here.to_string()
    }

    async fn says_so(&self, here: &Slug) {
        let subject = Subject {
            person: Person(Vec::new()),
            shown: Shown::One,
        };
        let token = self.token(&subject).await.unwrap();
        let none = who(&self.store, &token).await;
        let handle = Handle::parse(self.canaries.of(Kind::Guest, "none")).unwrap();
        let hash = TextHash::parse(&Self::hash(Agreement::PeerRules));
        let mut writing = self.store.write(none).await.unwrap();
        let mut permit = writing.permit::<Come>(On::MyselfIn(here)).await.unwrap();
        let ask = Ask {
            when: When::Regularly,
            part: Some(Part::Talk),
            handle: Some(&handle),
            rules: hash.as_ref(),
        };
        coming::come(&mut permit, ask, &common::content().agreements)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    async fn open_the_door(&self, here: &Slug) {
        let canary = self.canaries.of(Kind::Door, "here");
        let entrance = Entrance {
            address: Some(Prose::parse(canary).unwrap()),
            link: Some(WebPage::parse(&format!("https://meet.example/{canary}")).unwrap()),
        };
        let facilitator = self.two(Role::Facilitator, Relation::Here).await;
        let mut writing = self.store.write(facilitator).await.unwrap();
        let permit = writing.permit::<ChangeEntrance>(On::Group(here)).await;
        coming::set_entrance(&mut permit.unwrap(), None, &entrance)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
}
