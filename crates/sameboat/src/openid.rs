//! The organisation's own OpenID provider, where the program is built with the feature `oidc`.

#[cfg(feature = "oidc")]
mod asking;

use std::sync::Arc;

use url::Url;
use web::openid::Provider;

use crate::serve::is_loopback;

/// How the provider knows this installation, and people the provider.
#[cfg_attr(
    not(feature = "oidc"),
    expect(dead_code, reason = "read where it is built in")
)]
pub(crate) struct Client {
    pub issuer: String,
    pub id: String,
    /// None: a public client, by PKCE alone.
    pub secret: Option<String>,
    pub name: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenIdError {
    #[error("write the address of the provider, as its own papers give it: https://id.example.org")]
    Url,
    #[error("who signs in would travel in the open: write https://")]
    Open,
    #[error("write the name under which the provider knows this installation with --openid-client")]
    NoClient,
    #[cfg(not(feature = "oidc"))]
    #[error("this program was built without it: build it with `--features oidc`")]
    NotBuilt,
    #[cfg(feature = "oidc")]
    #[error("no connection can be made: {0}")]
    Connection(#[from] openidconnect::reqwest::Error),
}

/// Nothing is asked yet: the provider may be away when the program starts.
pub(crate) fn provider(client: Client) -> Result<Arc<dyn Provider>, OpenIdError> {
    let address = Url::parse(&client.issuer).map_err(|_| OpenIdError::Url)?;
    match (address.scheme(), address.host_str()) {
        ("https", Some(_)) => {}
        ("http", Some(host)) if is_loopback(host) => {}
        ("http", Some(_)) => return Err(OpenIdError::Open),
        _ => return Err(OpenIdError::Url),
    }
    if client.id.is_empty() {
        return Err(OpenIdError::NoClient);
    }
    built(client)
}

#[cfg(feature = "oidc")]
fn built(client: Client) -> Result<Arc<dyn Provider>, OpenIdError> {
    Ok(Arc::new(asking::OpenId::new(client)?))
}

#[cfg(not(feature = "oidc"))]
fn built(_: Client) -> Result<Arc<dyn Provider>, OpenIdError> {
    Err(OpenIdError::NotBuilt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(issuer: &str, id: &str) -> String {
        let client = Client {
            issuer: issuer.into(),
            id: id.into(),
            secret: None,
            name: "Lakeshore ID".into(),
        };
        provider(client).map_or_else(|why| why.to_string(), |_| String::new())
    }

    #[test]
    fn a_provider_is_asked_under_tls_only_and_needs_to_know_us() {
        for (issuer, id, why) in [
            ("http://id.example.org", "sameboat", "in the open"),
            ("id.example.org", "sameboat", "write the address"),
            ("ftp://id.example.org", "sameboat", "write the address"),
            ("https://id.example.org", "", "--openid-client"),
        ] {
            assert!(
                refused(issuer, id).contains(why),
                "{issuer}: {}",
                refused(issuer, id)
            );
        }
        for issuer in [
            "https://id.example.org",
            "https://id.example.org/realms/us",
            "http://127.0.0.1:1",
        ] {
            #[cfg(feature = "oidc")]
            assert_eq!(refused(issuer, "sameboat"), "", "{issuer}");
            #[cfg(not(feature = "oidc"))]
            assert!(
                refused(issuer, "sameboat").contains("--features oidc"),
                "{issuer}"
            );
        }
    }
}
