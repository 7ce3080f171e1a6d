//! What an installation says about itself to its visitors.

use std::net::IpAddr;
use std::sync::Arc;

use chrono_tz::Tz;
use domain::groups::{Mail, Phone, WebPage};

use crate::measuring::Forms;
use crate::openid::Provider;

#[derive(Debug, Clone)]
pub struct Settings {
    /// As people see it, such as `https://groups.example.org`.
    pub public_url: WebPage,
    pub organisation: Organisation,
    /// Marks every page as invented.
    pub demo: bool,
    /// Where the source of the running program is (AGPL, section 13).
    pub source: WebPage,
    /// Where quick exit goes.
    pub exit: WebPage,
    /// The country whose help lines stand on every page: two capital letters that the content has.
    pub country: String,
    /// The organisation's own time zone: what staff see is told in it, and new groups begin in it.
    pub zone: Tz,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    pub rates: Rates,
    /// Whether letters go out: what is shown by letter is offered only then.
    pub sends_mail: bool,
    /// Whether backups are made by themselves.
    pub backs_up: bool,
    /// The organisation's own server that says who someone is.
    pub openid: Option<Arc<dyn Provider>>,
    /// How long each side has on the way into a group, before it is reminded.
    pub promises: domain::joining::Promises,
    /// Who signs records second, and when they are locked.
    pub records: domain::records::Policy,
    /// What attended sessions are billed as, unless somebody says otherwise for one sheet.
    pub billing_code: domain::attendance::Code,
    /// From where feeds may be fetched.
    pub feeds: domain::fetching::Rules,
    /// What people may be given to answer.
    pub forms: Arc<Forms>,
    pub version: &'static str,
}

/// Who runs the installation; all of it is public.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub name: String,
    pub phone: Option<Phone>,
    pub mail: Option<Mail>,
}

/// Requests a minute from one address prefix; 0 is no limit.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    pub search: u32,
    pub page: u32,
}

impl Settings {
    pub fn is_https(&self) -> bool {
        self.public_url.as_str().starts_with("https:")
    }

    /// The address without a slash at its end, before a path.
    pub fn site(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }

    /// The host as people see it; what calendar entries are named after.
    pub fn host(&self) -> &str {
        self.public_url.host()
    }
}
