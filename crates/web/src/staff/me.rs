//! `GET /me`: who I am here, what I hold, how I sign in.

use axum::extract::State;
use axum::response::Response;
use maud::html;
use store::acts::SeeAccount;
use store::{On, people};

use super::{Place, page};
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
        people::account_of(&mut permit).await
    };
    let (account, mail) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/me")),
    };
    let words = app.words();
    let roles: Vec<String> = account
        .roles
        .iter()
        .filter(|held| held.until.is_none_or(|until| app.now() < until))
        .map(|held| saying::role(words, held.role))
        .collect();
    let facts = [
        (words.say("field-handle"), Some(html! { (account.handle) })),
        (words.say("field-mail"), mail.map(|mail| html! { (mail) })),
        (
            words.say("me-roles"),
            (!roles.is_empty()).then(|| html! { (roles.join(", ")) }),
        ),
    ];
    let body = html! {
        h1 { (words.say("me")) }
        (parts::facts(&facts))
        p { a.button.plain href="/me/second-factor" { (words.say("second-factor")) } }
    };
    page(&app, &person, Place::Me, body)
}
