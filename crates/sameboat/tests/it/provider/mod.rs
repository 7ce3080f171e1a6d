//! A small OpenID provider on this machine: people say yes or no on a page of it, and it signs who they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, Redirect};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce, PrivateSigningKey,
    StandardClaims, SubjectIdentifier,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

/// The seed of a key that guards nothing: seven, thirty-two times.
pub const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";

/// What the provider says of whoever comes.
#[derive(Clone)]
pub struct Says {
    pub issuer: String,
    pub audience: &'static str,
    pub key: &'static str,
    pub nonce: Option<&'static str>,
    pub at: DateTime<Utc>,
    pub subject: &'static str,
    pub mail: &'static str,
    pub checked: bool,
}

pub struct Provider {
    pub address: String,
    says: Mutex<Option<Says>>,
    /// What browsers brought along, by the code that each took back.
    codes: Mutex<HashMap<String, HashMap<String, String>>>,
}

impl Provider {
    /// One that runs until the test ends.
    pub async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let provider = Arc::new(Self {
            address: format!("http://127.0.0.1:{port}"),
            says: Mutex::default(),
            codes: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/authorize", get(ask).post(answer))
            .route("/token", axum::routing::post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// The truth about someone, for whoever knows us by this name.
    pub fn right(&self, now: DateTime<Utc>) -> Says {
        Says {
            issuer: self.address.clone(),
            audience: "sameboat",
            key: KEY,
            nonce: None,
            at: now,
            subject: "r1",
            mail: "river@people.example",
            checked: true,
        }
    }

    pub fn says(&self, says: Says) {
        *self.says.lock().expect("a provider") = Some(says);
    }

    /// A code for the browser that came with this address: it works once, for what it brought along.
    pub fn agree(&self, address: &str) -> String {
        let query = Url::parse(address)
            .expect("an address")
            .query()
            .unwrap_or_default()
            .to_owned();
        let brought: HashMap<_, _> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut codes = self.codes.lock().expect("a provider");
        let code = format!("code{}", codes.len() + 1);
        codes.insert(code.clone(), brought);
        code
    }

    fn claims(&self, asked: &HashMap<String, String>) -> Option<(Says, HashMap<String, String>)> {
        let brought = self
            .codes
            .lock()
            .expect("a provider")
            .get_mut(&asked["code"])
            .map(std::mem::take)?;
        let challenge = base64(&Sha256::digest(asked["code_verifier"].as_bytes()));
        let right = brought.get("code_challenge") == Some(&challenge)
            && brought.get("redirect_uri") == asked.get("redirect_uri");
        let says = self.says.lock().expect("a provider").clone();
        says.filter(|_| right).map(|says| (says, brought))
    }
}

async fn about(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", provider.address);
    Json(json!({
        "issuer": provider.address,
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

/// The page that a browser is led to.
async fn ask() -> Html<&'static str> {
    Html(
        "<!doctype html><html lang=en><title>Lakeshore ID</title><h1>Lakeshore ID</h1><form method=post>\
         <button name=say value=yes>Yes, it is me</button><button name=say value=no>No</button></form>",
    )
}

/// Back from where it came, with a code or without.
async fn answer(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    Form(said): Form<HashMap<String, String>>,
) -> Redirect {
    let here = format!("{}/authorize?{}", provider.address, query.unwrap_or_default());
    let here = Url::parse(&here).expect("an address");
    let brought: HashMap<_, _> = here.query_pairs().into_owned().collect();
    let mut back = Url::parse(&brought["redirect_uri"]).expect("a way back");
    let told = if said["say"] == "yes" {
        ("code", provider.agree(here.as_str()))
    } else {
        ("error", "access_denied".to_owned())
    };
    back.query_pairs_mut()
        .append_pair(told.0, &told.1)
        .append_pair("state", &brought["state"]);
    Redirect::to(back.as_str())
}

async fn token(
    State(provider): State<Arc<Provider>>,
    Form(asked): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let Some((says, brought)) = provider.claims(&asked) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    };
    let nonce = says.nonce.map_or_else(|| brought["nonce"].clone(), str::to_owned);
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(says.issuer).expect("an issuer"),
        vec![Audience::new(says.audience.into())],
        says.at + TimeDelta::minutes(5),
        says.at,
        StandardClaims::new(SubjectIdentifier::new(says.subject.into()))
            .set_email(Some(EndUserEmail::new(says.mail.into())))
            .set_email_verified(Some(says.checked)),
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(nonce)));
    let signed = CoreIdToken::new(claims, &key(says.key), CoreJwsSigningAlgorithm::EdDsa, None, None);
    let answer =
        json!({ "access_token": "a", "token_type": "Bearer", "id_token": signed.expect("a signature") });
    (StatusCode::OK, Json(answer))
}

fn key(seed: &str) -> CoreEdDsaPrivateSigningKey {
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{seed}\n-----END PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("one".into()))).expect("a key")
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
