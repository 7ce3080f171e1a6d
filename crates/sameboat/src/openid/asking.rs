//! What a provider is asked (OpenID Connect Core 1.0, code flow with PKCE), and what of its answers is believed.

use std::error::Error;
use std::time::{Duration, Instant};

use domain::groups::Mail;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm as Signed, CoreProviderMetadata,
};
use openidconnect::reqwest::redirect::Policy;
use openidconnect::reqwest::{self, ClientBuilder};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse,
};
use store::signing::openid::Identity;
use tokio::sync::Mutex;
use web::openid::{Asking, Leaving, Provider, ProviderError, Secrets};

use super::{Client, OpenIdError};

/// A provider that says nothing for so long is away.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Its addresses and keys are asked for anew after this.
const KEPT: Duration = Duration::from_mins(10);

/// What it may sign by: with a key that only it has.
const SIGNED: [Signed; 9] = [
    Signed::RsaSsaPkcs1V15Sha256,
    Signed::RsaSsaPkcs1V15Sha384,
    Signed::RsaSsaPkcs1V15Sha512,
    Signed::RsaSsaPssSha256,
    Signed::RsaSsaPssSha384,
    Signed::RsaSsaPssSha512,
    Signed::EcdsaP256Sha256,
    Signed::EcdsaP384Sha384,
    Signed::EdDsa,
];

pub(super) struct OpenId {
    client: Client,
    http: reqwest::Client,
    about: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenId")
    }
}

impl OpenId {
    pub(super) fn new(client: Client) -> Result<Self, OpenIdError> {
        // Nobody leads us on to an address inside.
        let http = ClientBuilder::new()
            .redirect(Policy::none())
            .timeout(LONGEST_WAIT)
            .build()?;
        Ok(Self {
            client,
            http,
            about: Mutex::default(),
        })
    }

    /// What the provider says of itself.
    async fn about(&self) -> Result<CoreProviderMetadata, ProviderError> {
        let mut kept = self.about.lock().await;
        if let Some((_, about)) = kept.as_ref().filter(|(asked, _)| asked.elapsed() < KEPT) {
            return Ok(about.clone());
        }
        let issuer = IssuerUrl::new(self.client.issuer.clone()).map_err(|why| away(&why))?;
        let about = CoreProviderMetadata::discover_async(issuer, &self.http).await;
        let about = about.map_err(|why| away(&why))?;
        *kept = Some((Instant::now(), about.clone()));
        Ok(about)
    }

    async fn leaving(&self, back: &str) -> Result<Leaving, ProviderError> {
        let about = self.about().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = CoreClient::from_provider_metadata(about, self.id(), self.secret())
            .set_redirect_uri(led_back(back)?)
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Leaving {
            address: address.into(),
            secrets: Secrets {
                state: state.into_secret(),
                nonce: nonce.secret().clone(),
                verifier: verifier.into_secret(),
            },
        })
    }

    async fn known(&self, back: &str, secrets: &Secrets, code: &str) -> Result<Identity, ProviderError> {
        let about = self.about().await?;
        let client = CoreClient::from_provider_metadata(about, self.id(), self.secret())
            .set_redirect_uri(led_back(back)?);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| said("names no address to ask with a code"))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|why| match why {
                RequestTokenError::ServerResponse(_) => said("does not take the code, or does not know us"),
                RequestTokenError::Request(why) => away(&why),
                _ => said("answers a code with what is no answer"),
            })?;
        let token = answer
            .id_token()
            .ok_or_else(|| said("does not say who this is"))?;
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNED);
        let Ok(claims) = token.claims(&verifier, &Nonce::new(secrets.nonce.clone())) else {
            // It may have other keys by now.
            *self.about.lock().await = None;
            return Err(said(
                "says who this is, but not to us, not now, or not signed by it",
            ));
        };
        let checked = claims.email_verified() == Some(true);
        let mail = claims.email().filter(|_| checked);
        Ok(Identity {
            issuer: claims.issuer().as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            mail: mail.and_then(|mail| Mail::parse(mail.as_str()).ok()),
        })
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.client.id.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.client.secret.clone().map(ClientSecret::new)
    }
}

impl Provider for OpenId {
    fn name(&self) -> &str {
        &self.client.name
    }

    fn leave<'a>(&'a self, back: &'a str) -> Asking<'a, Leaving> {
        Box::pin(self.leaving(back))
    }

    fn identity<'a>(&'a self, back: &'a str, secrets: &'a Secrets, code: &'a str) -> Asking<'a, Identity> {
        Box::pin(self.known(back, secrets, code))
    }
}

fn led_back(back: &str) -> Result<RedirectUrl, ProviderError> {
    RedirectUrl::new(back.to_owned()).map_err(|_| said("cannot lead back to the public address"))
}

fn said(what: &str) -> ProviderError {
    ProviderError(what.to_owned())
}

/// Of connections and addresses only; no answer of the provider stands in it.
fn away(why: &dyn Error) -> ProviderError {
    let inner = why
        .source()
        .map_or_else(String::new, |inner| format!(" ({inner})"));
    ProviderError(format!("cannot be asked: {why}{inner}"))
}

#[cfg(test)]
mod tests;
