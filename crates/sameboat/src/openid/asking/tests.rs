//! Against a provider on this machine: whom it may name, and what of it is not believed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, JsonWebKeyId, PrivateSigningKey, StandardClaims,
    SubjectIdentifier,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::*;
use crate::clock::SystemClock;

const BACK: &str = "https://groups.example.org/sign-in/openid/back";
/// Seeds of keys that guard nothing: seven, and eight, thirty-two times.
const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
const OTHER: &str = "MC4CAQAwBQYDK2VwBCIEIAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

/// What the provider says of whoever comes.
#[derive(Clone)]
struct Says {
    issuer: String,
    audience: &'static str,
    key: &'static str,
    nonce: Option<&'static str>,
    at: DateTime<Utc>,
    checked: bool,
}

struct Server {
    address: String,
    says: Mutex<Option<Says>>,
    /// What the browser took along: challenge and nonce.
    left: Mutex<HashMap<String, String>>,
}

fn key(seed: &str) -> CoreEdDsaPrivateSigningKey {
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{seed}\n-----END PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("one".into()))).unwrap()
}

async fn about(State(server): State<Arc<Server>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", server.address);
    Json(json!({
        "issuer": server.address,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [key(KEY).as_verification_key()] }))
}

async fn token(
    State(server): State<Arc<Server>>,
    Form(asked): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let left = server.left.lock().unwrap().clone();
    let challenge = Sha256::digest(asked["code_verifier"].as_bytes());
    let right = asked["code"] == "good"
        && asked["redirect_uri"] == BACK
        && base64(&challenge) == left["code_challenge"];
    let says = server.says.lock().unwrap().clone();
    let Some(says) = says.filter(|_| right) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    };
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(says.issuer).unwrap(),
        vec![Audience::new(says.audience.into())],
        says.at + TimeDelta::minutes(5),
        says.at,
        StandardClaims::new(SubjectIdentifier::new("r1".into()))
            .set_email(Some(EndUserEmail::new("river@people.example".into())))
            .set_email_verified(Some(says.checked)),
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(
        says.nonce.map_or_else(|| left["nonce"].clone(), str::to_owned),
    )));
    let signed = CoreIdToken::new(claims, &key(says.key), CoreJwsSigningAlgorithm::EdDsa, None, None);
    let answer = json!({ "access_token": "a", "token_type": "Bearer", "id_token": signed.unwrap() });
    (StatusCode::OK, Json(answer))
}

/// Without padding, as RFC 7636 writes it.
fn base64(bytes: &[u8]) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    let of = |six: &[u8]| (0..6).fold(0, |number, at| number << 1 | six.get(at).copied().unwrap_or(0));
    bits.chunks(6)
        .map(|six| char::from(letters[usize::from(of(six))]))
        .collect()
}

async fn server() -> (Arc<Server>, OpenId) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Arc::new(Server {
        address: format!("http://{}", listener.local_addr().unwrap()),
        says: Mutex::default(),
        left: Mutex::default(),
    });
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(about))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .with_state(server.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
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
    *server.says.lock().unwrap() = Some(says);
    let leaving = openid.leave(BACK).await.unwrap();
    took_along(server, &leaving);
    openid.identity(BACK, &leaving.secrets, "good").await
}

fn took_along(server: &Server, leaving: &Leaving) {
    let address = Url::parse(&leaving.address).unwrap();
    *server.left.lock().unwrap() = address.query_pairs().into_owned().collect();
}

impl Server {
    fn right(&self) -> Says {
        Says {
            issuer: self.address.clone(),
            audience: "sameboat",
            key: KEY,
            nonce: None,
            at: SystemClock.now(),
            checked: true,
        }
    }
}

#[tokio::test]
async fn a_provider_names_who_came_by_its_number_and_an_address_it_has_checked() {
    let (server, openid) = server().await;
    let leaving = openid.leave(BACK).await.unwrap();
    took_along(&server, &leaving);
    let left = server.left.lock().unwrap().clone();
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

    let right = server.right();
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
    let right = server.right();
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
    *server.says.lock().unwrap() = Some(server.right());
    let (one, two) = (
        openid.leave(BACK).await.unwrap(),
        openid.leave(BACK).await.unwrap(),
    );
    took_along(&server, &one);
    for (secrets, code) in [(&two.secrets, "good"), (&one.secrets, "bad")] {
        let why = openid
            .identity(BACK, secrets, code)
            .await
            .unwrap_err()
            .to_string();
        assert!(why.contains("does not take the code"), "{why}");
    }
    openid.identity(BACK, &one.secrets, "good").await.unwrap();
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
