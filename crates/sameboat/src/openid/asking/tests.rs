//! Against a provider on this machine: whom it may name, and what of it is not believed.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::clock::Clock;
use url::Url;

use self::provider::{Provider as Server, Says};
use super::*;
use crate::clock::SystemClock;

#[path = "../../../tests/it/provider/mod.rs"]
mod provider;

/// The seed of a key that is not the provider's: eight, thirty-two times.
const OTHER: &str = "MC4CAQAwBQYDK2VwBCIEIAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

const BACK: &str = "https://groups.example.org/sign-in/openid/back";

async fn server() -> (Arc<Server>, OpenId) {
    let server = Server::start().await;
    let client = Client {
        issuer: server.address.clone(),
        id: "sameboat".into(),
        secret: Some("of the two".into()),
        name: "Lakeshore ID".into(),
    };
    (server, OpenId::new(client).unwrap())
}

/// There and back, while the provider says this of who comes.
async fn there_and_back(server: &Server, openid: &OpenId, says: Says) -> Result<Identity, ProviderError> {
    server.says(says);
    let leaving = openid.leave(BACK).await.unwrap();
    let code = server.agree(&leaving.address);
    openid.identity(BACK, &leaving.secrets, &code).await
}

#[tokio::test]
async fn a_provider_names_who_came_by_its_number_and_an_address_it_has_checked() {
    let (server, openid) = server().await;
    let leaving = openid.leave(BACK).await.unwrap();
    let address = Url::parse(&leaving.address).unwrap();
    let left: HashMap<String, String> = address.query_pairs().into_owned().collect();
    assert!(
        leaving
            .address
            .starts_with(&format!("{}/authorize?", server.address))
    );
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "sameboat"),
        ("redirect_uri", BACK),
        ("code_challenge_method", "S256"),
        ("scope", "openid email"),
        ("state", &leaving.secrets.state),
        ("nonce", &leaving.secrets.nonce),
    ] {
        assert_eq!(left[name], value, "{name}");
    }
    assert!(!leaving.address.contains(&leaving.secrets.verifier));

    let right = server.right(SystemClock.now());
    let shown = there_and_back(&server, &openid, right.clone()).await.unwrap();
    assert_eq!(
        (shown.issuer.as_str(), shown.subject.as_str()),
        (server.address.as_str(), "r1")
    );
    assert_eq!(shown.mail.unwrap().as_str(), "river@people.example");
    let unchecked = Says {
        checked: false,
        ..right
    };
    assert_eq!(
        there_and_back(&server, &openid, unchecked).await.unwrap().mail,
        None
    );
}

#[tokio::test]
async fn what_is_not_signed_by_the_provider_for_us_now_and_for_this_browser_names_nobody() {
    let (server, openid) = server().await;
    let right = server.right(SystemClock.now());
    let wrong = [
        (
            "another issuer",
            Says {
                issuer: "https://id.evil.example".into(),
                ..right.clone()
            },
        ),
        (
            "another client",
            Says {
                audience: "elsewhere",
                ..right.clone()
            },
        ),
        (
            "another key",
            Says {
                key: OTHER,
                ..right.clone()
            },
        ),
        (
            "another browser",
            Says {
                nonce: Some("of another"),
                ..right.clone()
            },
        ),
        (
            "over",
            Says {
                at: right.at - TimeDelta::hours(1),
                ..right.clone()
            },
        ),
    ];
    for (what, says) in wrong {
        let why = there_and_back(&server, &openid, says)
            .await
            .unwrap_err()
            .to_string();
        assert!(
            why.contains("not to us, not now, or not signed by it"),
            "{what}: {why}"
        );
    }
    there_and_back(&server, &openid, right).await.unwrap();
}

#[tokio::test]
async fn a_code_is_worth_nothing_to_who_did_not_set_out() {
    let (server, openid) = server().await;
    server.says(server.right(SystemClock.now()));
    let (one, two) = (
        openid.leave(BACK).await.unwrap(),
        openid.leave(BACK).await.unwrap(),
    );
    let refused = async |secrets: &Secrets, code: &str| {
        let why = openid.identity(BACK, secrets, code).await.unwrap_err();
        assert!(why.to_string().contains("does not take the code"), "{why}");
    };
    let code = server.agree(&one.address);
    refused(&two.secrets, &code).await;
    refused(&one.secrets, "code99").await;
    let code = server.agree(&one.address);
    openid.identity(BACK, &one.secrets, &code).await.unwrap();
    refused(&one.secrets, &code).await;
}

#[tokio::test]
async fn a_provider_that_is_away_is_said_to_be() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client {
        issuer,
        id: "sameboat".into(),
        secret: None,
        name: "Lakeshore ID".into(),
    };
    let why = OpenId::new(client)
        .unwrap()
        .leave(BACK)
        .await
        .unwrap_err()
        .to_string();
    assert!(why.contains("cannot be asked"), "{why}");
}
