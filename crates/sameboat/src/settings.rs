//! Every setting, declared once in [`TABLE`]: from it come the flags, the environment variables, the keys of the file,
//! `--help` and `docs/operate/settings.md`.
//!
//! A flag wins over the environment, that over the file, that over the default.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use age::x25519::Recipient;
use chrono::{NaiveDate, TimeDelta};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches};
use domain::attendance::Code;
use domain::clock::Clock;
use domain::fetching::{InsideError, Rules};
use domain::groups::{Mail, Phone, WebPage};
use domain::helping::{Number, OwnLine};
use domain::joining::Promises;
use domain::records::{Cosignature, Policy};
use store::backups::Everything;
use store::{DatabaseUrl, KeyError, KeyRing, Store};
use web::openid::Provider;

use crate::backups::{self, Plan};
use crate::clock::SystemClock;
use crate::mail::Post;
use crate::openid::{self, Client};

pub(crate) struct Setting {
    name: &'static str,
    variable: &'static str,
    /// Empty when the setting has no value unless one is given.
    default: &'static str,
    value: &'static str,
    help: &'static str,
}

macro_rules! setting {
    ($name:literal, $variable:literal, $default:literal, $value:literal, $help:literal) => {
        Setting {
            name: $name,
            variable: $variable,
            default: $default,
            value: $value,
            help: $help,
        }
    };
}

#[rustfmt::skip]
pub(crate) const TABLE: &[Setting] = &[
    setting!("listen", "SAMEBOAT_LISTEN", "127.0.0.1:4180", "ADDRESS:PORT", "Where to listen for requests."),
    setting!("data", "SAMEBOAT_DATA", "data", "DIR", "The folder of everything the program keeps."),
    setting!("database", "SAMEBOAT_DATABASE", "", "URL", "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME. Without it: sameboat.db in the data folder."),
    setting!("key-file", "SAMEBOAT_KEY_FILE", "", "FILE", "The key ring that opens what is sealed; `sameboat keys create FILE` makes one. Several nodes share one. Without it: the keys in the environment variable SAMEBOAT_KEY, else the systemd credential sameboat.key, else server.key in the data folder."),
    setting!("audit-head", "SAMEBOAT_AUDIT_HEAD", "", "FILE", "A file to which each hour a line is added that says, signed, where the audit ends. Best on another host's disk: `sameboat audit verify` compares it. With several nodes, set it on each."),
    setting!("keep-free", "SAMEBOAT_KEEP_FREE", "200", "MB", "On SQLite changes are refused while the disk has less free than this, so that there is room to make some; pages go on. 0 is no limit."),
    setting!("public-url", "SAMEBOAT_PUBLIC_URL", "", "URL", "The address as people see it. Without it: the address it listens on. https unless it is this machine."),
    setting!("trusted-proxies", "SAMEBOAT_TRUSTED_PROXIES", "", "ADDRESSES", "Proxies whose X-Forwarded-For is believed, separated by commas."),
    setting!("organisation", "SAMEBOAT_ORGANISATION", "This organization", "NAME", "Who runs this installation, as visitors see it."),
    setting!("phone", "SAMEBOAT_PHONE", "", "NUMBER", "The organisation's public phone number."),
    setting!("mail", "SAMEBOAT_MAIL", "", "ADDRESS", "The organisation's public mail address."),
    setting!("smtp", "SAMEBOAT_SMTP", "", "URL", "The server that takes letters: smtps://USER:PASSWORD@HOST, or smtp://HOST:587?tls=required. Without it no letter goes out: they wait. Better in the environment or the file than as a flag, which others on the machine can see."),
    setting!("smtp-password-file", "SAMEBOAT_SMTP_PASSWORD_FILE", "", "FILE", "A file with the password of that server, in place of one in its URL."),
    setting!("mail-from", "SAMEBOAT_MAIL_FROM", "", "ADDRESS", "Who letters are from: ADDRESS or NAME <ADDRESS>. Whoever looks over a shoulder sees that name; choose one that says little."),
    setting!("openid", "SAMEBOAT_OPENID", "", "URL", "The organisation's own OpenID provider (its issuer): who is invited here can sign in by it, once it has checked their mail address. Only in a program built with the feature `oidc`."),
    setting!("openid-client", "SAMEBOAT_OPENID_CLIENT", "", "ID", "The name under which that provider knows this installation. It leads back to /sign-in/openid/back at the public address."),
    setting!("openid-secret-file", "SAMEBOAT_OPENID_SECRET_FILE", "", "FILE", "A file with the secret that the provider gave with that name. Without it: none."),
    setting!("openid-name", "SAMEBOAT_OPENID_NAME", "your organization’s account", "NAME", "What people call that provider, as in “Go to …”."),
    setting!("feed-http", "SAMEBOAT_FEED_HTTP", "no", "YES/NO", "Whether feeds may be fetched over http, too, where anyone on the way could change them."),
    setting!("feed-inside", "SAMEBOAT_FEED_INSIDE", "", "HOST:PORT,...", "Servers of this network that have feeds, separated by commas: without it nothing is fetched from private addresses, by whatever name. http is allowed to these."),
    setting!("backup-to", "SAMEBOAT_BACKUP_TO", "", "DIR", "The folder for backups: on another disk, or of another machine. Without it none is made by itself."),
    setting!("backup-recipient", "SAMEBOAT_BACKUP_RECIPIENT", "", "AGEKEYS", "Whom backups are encrypted for: public keys of age (age1…), separated by commas. Whoever has the identity of one of them reads them; keep it off this machine. `sameboat backup keygen` makes a pair."),
    setting!("backup-every", "SAMEBOAT_BACKUP_EVERY", "", "MINUTES", "How often a backup is made if anything was done since the last; once a day one is made in any case. Without it: 15 on SQLite, 1440 (a day) on PostgreSQL."),
    setting!("remind-person", "SAMEBOAT_REMIND_PERSON", "5", "DAYS", "After how many days someone on the way into a therapy group is reminded of a step that is theirs; then each week."),
    setting!("remind-staff", "SAMEBOAT_REMIND_STAFF", "3", "DAYS", "The same for those who lead the group and who coordinate."),
    setting!("waiting-promise", "SAMEBOAT_WAITING_PROMISE", "12", "WEEKS", "After how many weeks on a waiting list coordinators are reminded, and the board says that it is late."),
    setting!("records-cosignature", "SAMEBOAT_RECORDS_COSIGNATURE", "nobody", "WHO", "Whose second signature a record needs before it is in force: nobody, colleague (who leads the group too, or its supervisor) or supervisor."),
    setting!("records-lock-after", "SAMEBOAT_RECORDS_LOCK_AFTER", "0", "DAYS", "After how many days from the session its records are locked: nobody writes in them unless a supervisor opens them; 0 is never. Ask what your law and your payers want."),
    setting!("billing-code", "SAMEBOAT_BILLING_CODE", "90853", "CODE", "The procedure code that stands on the sheet for billing, unless whoever makes one writes another: five characters as CPT and HCPCS have them, with modifiers after hyphens if your payer wants some (90853-95)."),
    setting!("source", "SAMEBOAT_SOURCE", "https://github.com/sameboat/sameboat", "URL", "Where the source code of the running program is. If you change the program, point it at your own."),
    setting!("country", "SAMEBOAT_COUNTRY", "US", "CODE", "The country whose help lines stand on every page, as two letters; visitors can look at others."),
    setting!("time-zone", "SAMEBOAT_TIME_ZONE", "America/New_York", "IANA", "The organisation's time zone: staff see times in it, and new groups begin in it."),
    setting!("crisis-line", "SAMEBOAT_CRISIS_LINE", "", "NAME=NUMBER", "A crisis line of your own choice for that country, in place of the first one we know."),
    setting!("emergency", "SAMEBOAT_EMERGENCY", "", "NUMBER", "The emergency number for that country, in place of the one we know."),
    setting!("content", "SAMEBOAT_CONTENT", "", "DIR", "A folder with content of your own (chooser.toml, help.toml, topics/, learn/ …): each file takes the place of ours with its name. Checked at start."),
    setting!("measures", "SAMEBOAT_MEASURES", "", "DIR", "A folder with forms of your own: NAME.json, a FHIR R4 Questionnaire, and NAME.toml, what its numbers mean; and thresholds.toml, by which numbers your programmes judge change. Checked at start."),
    setting!("exit", "SAMEBOAT_EXIT", "https://www.weather.gov/", "URL", "Where quick exit goes: a page that anyone might look at."),
    setting!("search-rate", "SAMEBOAT_SEARCH_RATE", "120", "NUMBER", "Searches a minute from one address prefix; 0 is no limit."),
    setting!("page-rate", "SAMEBOAT_PAGE_RATE", "300", "NUMBER", "Pages a minute from one address prefix; 0 is no limit."),
    setting!("log", "SAMEBOAT_LOG", "info", "LEVEL", "error, warn, info or debug."),
];

/// A copy of a file is quick and small; one of a server is not.
const EVERY_ON_SQLITE: TimeDelta = TimeDelta::minutes(15);
const EVERY_ON_POSTGRES: TimeDelta = TimeDelta::days(1);

/// The settings of one run, read and checked.
#[derive(Clone)]
pub(crate) struct Settings {
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub database: DatabaseUrl,
    pub key_file: KeyFile,
    /// Where statements about the audit's end are put.
    pub audit_head: Option<PathBuf>,
    /// Bytes of the disk that changes leave free.
    pub keep_free: u64,
    pub public_url: Option<WebPage>,
    pub trusted_proxies: Vec<IpAddr>,
    pub organisation: web::Organisation,
    /// How letters go out; none is set up until there is one.
    pub post: Option<Post>,
    /// The organisation's own OpenID provider.
    pub openid: Option<Arc<dyn Provider>>,
    /// How long each side has on the way into a group.
    pub promises: Promises,
    /// Who signs records second, and when they are locked.
    pub records: Policy,
    /// What attended sessions are billed as.
    pub billing_code: Code,
    /// From where feeds may be fetched.
    pub feeds: Rules,
    /// How backups are made by themselves; none is set up until there is one.
    pub backups: Option<Plan>,
    /// Whom backups made by hand are for, where nobody is named.
    pub backup_recipients: Vec<Recipient>,
    pub source: WebPage,
    pub exit: WebPage,
    /// Two capital letters.
    pub country: String,
    pub zone: chrono_tz::Tz,
    pub crisis_line: Option<OwnLine>,
    pub emergency: Option<Number>,
    pub content: Option<PathBuf>,
    pub measures: Option<PathBuf>,
    pub rates: web::Rates,
    pub log: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("{from} is “{value}”: {why}")]
    Value {
        from: String,
        value: String,
        why: String,
    },
    #[error("{file} cannot be read: {why}")]
    File { file: String, why: std::io::Error },
    #[error("{file} is not TOML: {why}")]
    Toml { file: String, why: String },
    #[error("{file} sets “{key}”, which is no setting; `sameboat settings` lists them all")]
    Unknown { file: String, key: String },
    #[error("{file}: “{key}” is {kind}; write text or a number")]
    Kind {
        file: String,
        key: String,
        kind: &'static str,
    },
}

/// The flags of every setting.
pub(crate) fn arguments() -> impl Iterator<Item = Arg> {
    let settings = TABLE.iter().map(|setting| {
        Arg::new(setting.name)
            .long(setting.name)
            .env(setting.variable)
            .hide_env_values(true)
            .value_name(setting.value)
            .help(match setting.default {
                "" => setting.help.to_owned(),
                default => format!("{} [default: {default}]", setting.help),
            })
            .help_heading("Settings")
            .global(true)
    });
    let config = Arg::new("config")
        .long("config")
        .env("SAMEBOAT_CONFIG")
        .value_name("FILE")
        .help("A TOML file with settings. Without it: sameboat.toml in this folder, if there is one.")
        .help_heading("Settings")
        .global(true);
    settings.chain([config])
}

/// `docs/operate/settings.md`.
pub(crate) fn markdown() -> String {
    let mut page = String::from(
        "# Settings\n\nMade by `sameboat settings --markdown`; change `crates/sameboat/src/settings.rs` instead.\n\n\
         A flag wins over the environment, that over the file (`--config FILE`, else `sameboat.toml` in the working\n\
         folder), that over the default. In the file a setting is a key of the same name: `listen = \"0.0.0.0:4180\"`.\n\n\
         | flag | environment | default | what it is |\n|---|---|---|---|\n",
    );
    for Setting {
        name,
        variable,
        default,
        value,
        help,
    } in TABLE
    {
        let default = if default.is_empty() {
            String::new()
        } else {
            format!("`{default}`")
        };
        let _ = writeln!(page, "| `--{name} {value}` | `{variable}` | {default} | {help} |");
    }
    page
}

impl Settings {
    /// The day it is where the organisation is.
    pub(crate) fn today(&self) -> NaiveDate {
        SystemClock.now().with_timezone(&self.zone).date_naive()
    }

    pub(crate) fn read(matches: &ArgMatches) -> Result<Self, SettingsError> {
        let values = Values {
            matches,
            file: file(matches)?,
        };
        let data = PathBuf::from(values.text("data"));
        let database = match values.text("database").as_str() {
            "" => DatabaseUrl::Sqlite(data.join("sameboat.db")),
            url => DatabaseUrl::parse(url).map_err(|why| values.wrong("database", &why))?,
        };
        let key_file = match values.text("key-file").as_str() {
            "" => KeyFile::Usual(data.join("server.key")),
            file => KeyFile::Named(PathBuf::from(file)),
        };
        let backup_recipients = values.backup_recipients()?;
        let backups = values.backups(&database, &backup_recipients)?;
        let number = |name| {
            let why = "write a whole number; 0 is no limit";
            values.text(name).parse().map_err(|_| values.wrong(name, &why))
        };
        let some = |name| {
            let why = "write a whole number, at least 1";
            let number = values.text(name).parse().ok().filter(|number: &u16| *number > 0);
            number.ok_or_else(|| values.wrong(name, &why))
        };
        Ok(Self {
            listen: values.parse("listen", "write ADDRESS:PORT, such as 127.0.0.1:4180")?,
            data,
            database,
            key_file,
            audit_head: values.path("audit-head"),
            keep_free: u64::from(number("keep-free")?) * 1_000_000,
            public_url: values.optional("public-url", WebPage::parse)?,
            trusted_proxies: values.proxies()?,
            organisation: web::Organisation {
                name: values.text("organisation"),
                phone: values.optional("phone", Phone::parse)?,
                mail: values.optional("mail", Mail::parse)?,
            },
            post: values.post()?,
            openid: values.openid()?,
            promises: Promises {
                person_days: some("remind-person")?,
                staff_days: some("remind-staff")?,
                wait_weeks: some("waiting-promise")?,
            },
            records: Policy {
                cosignature: match values.text("records-cosignature").as_str() {
                    "nobody" => Cosignature::Nobody,
                    "colleague" => Cosignature::Colleague,
                    "supervisor" => Cosignature::Supervisor,
                    _ => {
                        return Err(
                            values.wrong("records-cosignature", &"write nobody, colleague or supervisor")
                        );
                    }
                },
                locks_after: match values.text("records-lock-after").parse() {
                    Ok(0) => None,
                    Ok(days) => Some(days),
                    Err(_) => {
                        return Err(
                            values.wrong("records-lock-after", &"write a whole number of days; 0 is never")
                        );
                    }
                },
            },
            billing_code: values.required("billing-code", Code::parse)?,
            feeds: values.feeds()?,
            backups,
            backup_recipients,
            source: values.required("source", WebPage::parse)?,
            exit: values.required("exit", WebPage::parse)?,
            country: values.text("country").to_ascii_uppercase(),
            zone: values.parse(
                "time-zone",
                "write a zone of the IANA database, such as America/Los_Angeles",
            )?,
            crisis_line: values.optional("crisis-line", OwnLine::parse)?,
            emergency: values.optional("emergency", Number::parse)?,
            content: values.path("content"),
            measures: values.path("measures"),
            rates: web::Rates {
                search: number("search-rate")?,
                page: number("page-rate")?,
            },
            log: values.log()?,
        })
    }

    /// Opens the database; where rows are upgraded, after a backup.
    pub(crate) async fn open(&self) -> Result<Store, Box<dyn std::error::Error>> {
        let plan = self.backups.as_ref();
        let backup = async |all: &Everything| backups::before_upgrade(all, plan).await;
        let clock = Arc::new(SystemClock);
        let store = Store::open_after(&self.database, clock, self.keys()?, backup).await?;
        store.keep_free(self.keep_free);
        Ok(store)
    }

    /// The key ring: of the file that was named, else of the environment, of systemd, of the data folder.
    pub(crate) fn keys(&self) -> Result<KeyRing, KeyError> {
        match &self.key_file {
            KeyFile::Named(file) => KeyRing::read(file),
            KeyFile::Usual(file) => {
                // The demo has a key of its own, also when another command looks at it.
                let demo = self
                    .database
                    .file()
                    .filter(|file| file.ends_with(store::people::DEMO));
                if let Some(demo) = demo {
                    return KeyRing::read(&crate::demo::key_file(demo));
                }
                if let Ok(text) = std::env::var(KEY) {
                    return KeyRing::parse(&text, &format!("the environment variable {KEY}"));
                }
                let credentials = std::env::var_os("CREDENTIALS_DIRECTORY");
                let credential = credentials.map(|folder| PathBuf::from(folder).join("sameboat.key"));
                match credential.filter(|file| file.exists()) {
                    Some(file) => KeyRing::read(&file),
                    None => KeyRing::read(file),
                }
            }
        }
    }
}

/// The environment variable with the key ring itself.
const KEY: &str = "SAMEBOAT_KEY";

/// Where the key ring is.
#[derive(Debug, Clone)]
pub(crate) enum KeyFile {
    /// Somebody named it.
    Named(PathBuf),
    /// In the data folder, if it is nowhere else.
    Usual(PathBuf),
}

/// A file of settings and what it sets.
type SettingsFile = (PathBuf, BTreeMap<String, String>);

/// Values as they were given, and where each is from.
struct Values<'a> {
    matches: &'a ArgMatches,
    file: Option<SettingsFile>,
}

impl Values<'_> {
    fn text(&self, name: &'static str) -> String {
        let given = self.matches.get_one::<String>(name).cloned();
        let from_file = || {
            self.file
                .as_ref()
                .and_then(|(_, values)| values.get(name))
                .cloned()
        };
        let default = || {
            TABLE
                .iter()
                .find(|setting| setting.name == name)
                .map_or("", |setting| setting.default)
                .to_owned()
        };
        given.or_else(from_file).unwrap_or_else(default).trim().to_owned()
    }

    fn path(&self, name: &'static str) -> Option<PathBuf> {
        Some(self.text(name))
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    }

    fn parse<T: std::str::FromStr>(&self, name: &'static str, why: &str) -> Result<T, SettingsError> {
        self.text(name).parse().map_err(|_| self.wrong(name, &why))
    }

    fn required<T, E: std::fmt::Display>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, E>,
    ) -> Result<T, SettingsError> {
        parse(&self.text(name)).map_err(|why| self.wrong(name, &why))
    }

    fn optional<T, E: std::fmt::Display>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, SettingsError> {
        if self.text(name).is_empty() {
            Ok(None)
        } else {
            self.required(name, parse).map(Some)
        }
    }

    fn post(&self) -> Result<Option<Post>, SettingsError> {
        let url = self.text("smtp");
        if url.is_empty() {
            return Ok(None);
        }
        let password = self.secret("smtp-password-file")?;
        let from = self.text("mail-from").parse().map_err(|_| {
            self.wrong(
                "mail-from",
                &"write ADDRESS or NAME <ADDRESS>: who letters are from",
            )
        })?;
        // The URL may hold a password: it is not said again.
        let post = Post::new(&url, password, from).map_err(|why| self.wrong_secret("smtp", &why))?;
        Ok(Some(post))
    }

    fn openid(&self) -> Result<Option<Arc<dyn Provider>>, SettingsError> {
        let issuer = self.text("openid");
        if issuer.is_empty() {
            return Ok(None);
        }
        let client = Client {
            issuer,
            id: self.text("openid-client"),
            secret: self.secret("openid-secret-file")?,
            name: self.text("openid-name"),
        };
        openid::provider(client)
            .map(Some)
            .map_err(|why| self.wrong("openid", &why))
    }

    /// What stands in the file that this setting names.
    fn secret(&self, name: &'static str) -> Result<Option<String>, SettingsError> {
        let file = self.text(name);
        if file.is_empty() {
            return Ok(None);
        }
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
            Err(why) => Err(SettingsError::File { file, why }),
        }
    }

    fn feeds(&self) -> Result<Rules, SettingsError> {
        let plain_http = match self.text("feed-http").as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(self.wrong("feed-http", &"write yes or no")),
        };
        let text = self.text("feed-inside");
        let servers = text.split(',').map(str::trim).filter(|server| !server.is_empty());
        let inside = servers
            .map(|server| {
                server
                    .parse()
                    .map_err(|why: InsideError| self.wrong("feed-inside", &why))
            })
            .collect::<Result<_, _>>()?;
        Ok(Rules { plain_http, inside })
    }

    fn backup_recipients(&self) -> Result<Vec<Recipient>, SettingsError> {
        let read = backups::recipients(&self.text("backup-recipient"));
        // It may be an identity, which is not said again.
        read.map_err(|why| self.wrong_secret("backup-recipient", &why))
    }

    fn backups(
        &self,
        database: &DatabaseUrl,
        recipients: &[Recipient],
    ) -> Result<Option<Plan>, SettingsError> {
        let every = match self.text("backup-every").as_str() {
            "" if database.file().is_some() => EVERY_ON_SQLITE,
            "" => EVERY_ON_POSTGRES,
            text => {
                let minutes = text.parse::<u32>().ok().filter(|minutes| *minutes > 0);
                let why = "write a whole number of minutes, 1 or more";
                TimeDelta::minutes(minutes.ok_or_else(|| self.wrong("backup-every", &why))?.into())
            }
        };
        let folder = self.text("backup-to");
        if folder.is_empty() {
            return Ok(None);
        }
        if recipients.is_empty() {
            let why = "backups are encrypted, so say for whom: age1…, as `sameboat backup keygen` prints it";
            return Err(self.wrong("backup-recipient", &why));
        }
        Ok(Some(Plan {
            folder: PathBuf::from(folder),
            recipients: recipients.to_vec(),
            every,
        }))
    }

    fn proxies(&self) -> Result<Vec<IpAddr>, SettingsError> {
        let text = self.text("trusted-proxies");
        let addresses = text
            .split(',')
            .map(str::trim)
            .filter(|address| !address.is_empty());
        addresses
            .map(|address| {
                address
                    .parse()
                    .map_err(|_| self.wrong("trusted-proxies", &"write addresses such as 10.0.0.2,::1"))
            })
            .collect()
    }

    fn log(&self) -> Result<String, SettingsError> {
        let level = self.text("log");
        if ["error", "warn", "info", "debug"].contains(&level.as_str()) {
            return Ok(level);
        }
        Err(self.wrong("log", &"write error, warn, info or debug"))
    }

    /// The same of a value that is not to be shown.
    fn wrong_secret(&self, name: &'static str, why: &dyn std::fmt::Display) -> SettingsError {
        match self.wrong(name, why) {
            SettingsError::Value { from, why, .. } => SettingsError::Value {
                from,
                value: "…".to_owned(),
                why,
            },
            other => other,
        }
    }

    fn wrong(&self, name: &'static str, why: &dyn std::fmt::Display) -> SettingsError {
        let variable = TABLE
            .iter()
            .find(|setting| setting.name == name)
            .map_or("", |setting| setting.variable);
        let from = match (self.matches.value_source(name), &self.file) {
            (Some(ValueSource::EnvVariable), _) => variable.to_owned(),
            (None, Some((file, values))) if values.contains_key(name) => {
                format!("{} in {}", name, file.display())
            }
            _ => format!("--{name}"),
        };
        SettingsError::Value {
            from,
            value: self.text(name),
            why: why.to_string(),
        }
    }
}

fn file(matches: &ArgMatches) -> Result<Option<SettingsFile>, SettingsError> {
    let named = matches.get_one::<String>("config").map(PathBuf::from);
    let usual = Path::new("sameboat.toml");
    let Some(path) = named.or_else(|| usual.is_file().then(|| usual.to_owned())) else {
        return Ok(None);
    };
    let file = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|why| SettingsError::File {
        file: file.clone(),
        why,
    })?;
    let table: toml::Table = text.parse().map_err(|why: toml::de::Error| SettingsError::Toml {
        file: file.clone(),
        why: why.to_string(),
    })?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        if !TABLE.iter().any(|setting| setting.name == key) {
            return Err(SettingsError::Unknown { file, key });
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            other => {
                return Err(SettingsError::Kind {
                    file,
                    key,
                    kind: other.type_str(),
                });
            }
        };
        values.insert(key, text);
    }
    Ok(Some((path, values)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_of_settings_is_current() {
        let page = std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/operate/settings.md"
        ));
        assert_eq!(page.unwrap(), super::markdown(), "run: cargo xtask docs");
    }
}
