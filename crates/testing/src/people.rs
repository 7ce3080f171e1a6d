//! Invented people, and browsers that are signed in as them: by the ways a person has, never past the store.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::groups::{Mail, Slug};
use domain::people::{Handle, Role};
use store::acts::ChangeAccount;
use store::signing::{Proof, link, totp};
use store::{On, SignedIn, Store, Who, outbox, people, sessions};

use crate::clock::TestClock;

/// Someone invented who holds these roles; their mail is `{name}@people.example`.
pub async fn invent(store: &Store, name: &str, roles: &[(Role, Option<&Slug>)]) -> Slug {
    let handle = Handle::parse(name).expect("a handle");
    invent_as(store, &handle, Some(&mail(name)), roles).await
}

/// The same under a handle and with an address of one's own, or none.
pub async fn invent_as(
    store: &Store,
    handle: &Handle,
    mail: Option<&Mail>,
    roles: &[(Role, Option<&Slug>)],
) -> Slug {
    let mut writing = store.write(Who::Job("demo")).await.expect("a change");
    let slug = people::invent(&mut writing, handle, mail, roles)
        .await
        .expect("someone invented");
    writing.commit().await.expect("a commit");
    slug
}

/// By what the account with this address is named in pages.
pub async fn slug_of(store: &Store, mail: &Mail) -> Slug {
    let mut writing = store.write(Who::Operator).await.expect("a change");
    let slug = people::named(&mut writing, mail).await.expect("an answer");
    slug.expect("an account with this address")
}

/// The letters that wait, as the job that sends them opens them; they stay.
pub async fn letters(store: &Store) -> Vec<outbox::Letter> {
    let mut writing = store.write(Who::Job("letters")).await.expect("a change");
    outbox::take(&mut writing, 1_000).await.expect("letters")
}

pub fn mail(name: &str) -> Mail {
    Mail::parse(&format!("{name}@people.example")).expect("an address")
}

/// The token of a browser that is signed in by a mailed link: one factor.
pub async fn by_link(store: &Store, mail: &Mail) -> String {
    let proof = show_link(store, mail).await;
    let mut writing = store.write(Who::Visitor).await.expect("a change");
    let token = sessions::begin(&mut writing, &proof).await.expect("a session");
    writing.commit().await.expect("a commit");
    token.reveal().to_owned()
}

/// Codes on paper of those who have an app, by database and address: the same app shows each six digits once.
static PAPER: Mutex<BTreeMap<(String, String), Vec<String>>> = Mutex::new(BTreeMap::new());

/// The token of a browser that has shown a second factor besides: that of a new app, or a code on paper.
pub async fn by_two(store: &Store, clock: &TestClock, mail: &Mail) -> String {
    let token = by_link(store, mail).await;
    let signed_in = signed_in(store, &token).await;
    let mut writing = store
        .write(Who::Person(signed_in.clone()))
        .await
        .expect("a change");
    let whose = (store.url().to_string(), mail.to_string());
    let proof = if signed_in.owes_second() {
        let code = PAPER.lock().expect("paper").get_mut(&whose).and_then(Vec::pop);
        let code = code.expect("a code on paper that was not used");
        totp::check(&mut writing, &signed_in, &code)
            .await
            .expect("an answer")
            .expect("a code that was not used")
    } else {
        let mut permit = writing
            .permit::<ChangeAccount>(On::Myself)
            .await
            .expect("one's own account");
        let setup = totp::begin(&mut permit, "Sameboat").await.expect("an app");
        let code = code_of(&setup.secret, clock);
        let (codes, proof) = totp::confirm(&mut permit, &code)
            .await
            .expect("an answer")
            .expect("the code of the app");
        PAPER.lock().expect("paper").insert(whose, codes);
        proof
    };
    let token = sessions::renew(&mut writing, &signed_in, &proof)
        .await
        .expect("the session");
    writing.commit().await.expect("a commit");
    token.reveal().to_owned()
}

/// The six digits that an app with this secret shows now.
pub fn code_of(secret: &str, clock: &TestClock) -> String {
    code_at(secret, clock.now())
}

/// Those that it shows then.
pub fn code_at(secret: &str, then: DateTime<Utc>) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base 32");
    let app = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(secret)
        .with_account_name("anyone".to_owned())
        .build()
        .expect("an app");
    let then = u64::try_from(then.timestamp()).expect("after 1970");
    app.generate(then).to_string()
}

/// Who a browser with this token is.
pub async fn signed_in(store: &Store, token: &str) -> SignedIn {
    store
        .session(token)
        .await
        .expect("an answer")
        .expect("an open session")
}

/// The same, to open a transaction with.
pub async fn who(store: &Store, token: &str) -> Who {
    Who::Person(signed_in(store, token).await)
}

/// That whoever has this address opened a mailed link.
pub async fn show_link(store: &Store, mail: &Mail) -> Proof {
    let token = mailed_link(store, mail).await;
    let mut writing = store.write(Who::Visitor).await.expect("a change");
    let proof = link::redeem(&mut writing, &token).await.expect("an answer");
    writing.commit().await.expect("a commit");
    proof.expect("a link that works")
}

/// What stands in the letter to this address.
pub async fn mailed_link(store: &Store, mail: &Mail) -> String {
    let caught = Mutex::new(String::new());
    let mut writing = store.write(Who::Visitor).await.expect("a change");
    let body = |token: &str| {
        token.clone_into(&mut caught.lock().expect("a letter"));
        format!("Open /sign-in/link/{token}")
    };
    let letter = link::Letter {
        subject: "A link",
        body: &body,
    };
    link::ask(&mut writing, mail, &letter).await.expect("a letter");
    writing.commit().await.expect("a commit");
    caught.into_inner().expect("a letter")
}
