//! Someone who wants to be told when a group opens: as far as a line of the table needs their letters.

use std::sync::Mutex;

use domain::groups::Mail;
use store::signing::link::Letter;
use store::{Who, searches};

use crate::access::canaries::Kind;
use crate::access::house::House;

impl House {
    /// The token of a letter that makes a search active.
    pub async fn new_search(&self) -> String {
        let caught = Mutex::new(String::new());
        let letter = Letter {
            subject: "A note from Lakeshore",
            body: &|token| {
                token.clone_into(&mut caught.lock().unwrap());
                format!("Open /searches/confirmation/{token}")
            },
        };
        let (sought, saver) = (
            self.canaries.of(Kind::Sought, "search"),
            self.canaries.of(Kind::Saver, "search"),
        );
        let mail = Mail::parse(&format!("{saver}@people.example")).unwrap();
        let mut writing = self.store.write(Who::Visitor).await.unwrap();
        searches::ask(&mut writing, &mail, (&format!("q={sought}"), &[]), &letter)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        caught.into_inner().unwrap()
    }

    /// The token that every letter of an active search has.
    pub async fn own_search(&self) -> String {
        let token = self.new_search().await;
        let mut writing = self.store.write(Who::Visitor).await.unwrap();
        let stop = searches::confirm(&mut writing, &token).await.unwrap();
        writing.commit().await.unwrap();
        stop.unwrap()
    }
}
