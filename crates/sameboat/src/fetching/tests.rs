//! The corpus of T25: what must never be reached, and what must never fill the machine; with a real server on this machine.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::fetching::AddressError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Places of a private network, of this machine, of a link or of nobody.
const INSIDE: &[&str] = &[
    "0.0.0.0",
    "0.1.2.3",
    "0.255.255.255",
    "10.0.0.0",
    "10.0.0.1",
    "10.1.2.3",
    "10.255.255.255",
    "100.64.0.0",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.0",
    "127.0.0.1",
    "127.0.0.2",
    "127.1.1.1",
    "127.255.255.255",
    "169.254.0.0",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "169.254.255.255",
    "172.16.0.0",
    "172.16.0.1",
    "172.17.0.1",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.1.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.254",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::2",
    "::ffff:0.0.0.0",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:192.168.1.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::192.168.0.1",
    "64:ff9b:1::1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2001:db8:ffff::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2002:a9fe:a9fe::",
    "2002:c0a8:101::1",
    "3fff::1",
    "3ffe::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fdff:ffff::1",
    "fe80::1",
    "fe80::a9fe:a9fe",
    "febf::1",
    "fec0::1",
    "feff::1",
    "ff00::1",
    "ff02::1",
    "ff0e::1",
    "4000::1",
    "8000::1",
    "f000::1",
];

/// Other ways to write them, as the host of an address.
const DISGUISED: &[&str] = &[
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7F.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "0x7f.1.",
    "0",
    "0x0",
    "00000000000",
    "127.000.000.001",
    "0300.0250.0.1",
    "0xc0a80001",
    "3232235521",
    "0xa000001",
    "167772161",
    "012.0.0.1",
    "10.1",
    "10.0x1",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "0xa9.0xfe.0xa9.0xfe",
    "４２.0.0.1.127.0.0.1.",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    "[::ffff:0x7f.1]",
    "[::ffff:a9fe:a9fe]",
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "[::1%25lo]",
    "[::1",
    "::1",
    "[::127.0.0.1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:0001::]",
];

/// Addresses that are refused by how they are made.
const MADE_WRONG: &[&str] = &[
    "",
    " ",
    "feed",
    "/etc/passwd",
    "//127.0.0.1/",
    "file:///etc/passwd",
    "ftp://example.org/feed",
    "gopher://example.org/_x",
    "dict://example.org:11211/stat",
    "data:application/json,[]",
    "javascript:alert(1)",
    "jar:http://example.org!/",
    "ldap://example.org/",
    "unix:/run/x.sock",
    "https:",
    "https://",
    "https:///",
    "https://?x",
    "https://user@example.org/",
    "https://user:word@example.org/",
    "https://example.org@127.0.0.1/",
    "https://127.0.0.1@example.org/",
    "https://:word@example.org/",
    "https://example.org:22/",
    "https://example.org:25/",
    "https://example.org:80/",
    "https://example.org:6379/",
    "https://example.org:8443/",
    "http://example.org:443/",
    "http://example.org:8080/",
    "https://example.org:99999/",
    "https://example.org:-1/",
    "https://exa mple.org/",
    "https://[example.org]/",
    "https://%00/",
    "https://example.org:22\r\nHost: x/",
];

fn fetcher(resolver: Named, rules: Rules) -> Fetcher {
    Fetcher {
        rules,
        limits: Limits::default(),
        resolver: Arc::new(resolver),
    }
}

/// Names and the answers to each question for one; the last answer stays.
#[derive(Default)]
struct Named {
    answers: HashMap<String, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Named {
    fn with(host: &str, answers: &[&[&str]]) -> Self {
        let parse = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect();
        let answers = answers.iter().map(parse).collect();
        Self {
            answers: HashMap::from([(host.to_owned(), answers)]),
            asked: AtomicUsize::new(0),
        }
    }
}

impl Resolver for Named {
    fn resolve<'a>(&'a self, host: &'a str) -> connecting::Resolving<'a> {
        Box::pin(async move {
            let time = self.asked.fetch_add(1, Ordering::SeqCst);
            let answers = self.answers.get(host).ok_or(std::io::ErrorKind::NotFound)?;
            Ok(answers[time.min(answers.len() - 1)].clone())
        })
    }
}

/// A server on this machine that says for each path what it was given, and counts who comes.
pub(crate) struct Server {
    port: u16,
    came: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<HashMap<String, Vec<u8>>>>,
}

impl Server {
    /// A path without an answer here gets none: the connection stays open.
    pub(crate) async fn start(answers: Vec<(String, Vec<u8>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (came, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (count, requests) = (came.clone(), asked.clone());
        let answers: HashMap<_, _> = answers.into_iter().collect();
        let answers = Arc::new(Mutex::new(answers));
        let known = answers.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let (known, requests) = (known.clone(), requests.clone());
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await?);
                    }
                    let head = String::from_utf8_lossy(&head).into_owned();
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    requests.lock().unwrap().push(head);
                    let answer = known.lock().unwrap().get(&path).cloned();
                    let stays = path.starts_with("/stays") || answer.is_none();
                    stream.write_all(&answer.unwrap_or_default()).await?;
                    if stays {
                        std::future::pending::<()>().await;
                    }
                    stream.shutdown().await
                });
            }
        });
        Self {
            port,
            came,
            asked,
            answers,
        }
    }

    /// From now on a path is answered like this.
    pub(crate) fn set(&self, (path, answer): (String, Vec<u8>)) {
        self.answers.lock().unwrap().insert(path, answer);
    }

    /// The headers of the last one who came.
    pub(crate) fn last_asked(&self) -> String {
        self.asked.lock().unwrap().last().cloned().unwrap_or_default()
    }

    /// Somebody who may fetch from it, by the name of feeds.test.
    pub(crate) fn fetcher(&self) -> Fetcher {
        let rules = Rules {
            inside: vec![format!("feeds.test:{}", self.port).parse().unwrap()],
            ..Rules::default()
        };
        fetcher(Named::with("feeds.test", &[&["127.0.0.1"]]), rules)
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://feeds.test:{}{path}", self.port)
    }

    pub(crate) fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }
}

pub(crate) fn answer(path: &str, head: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut answer = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    (path.to_owned(), answer)
}

fn leads(path: &str, to: &str) -> (String, Vec<u8>) {
    answer(path, &format!("302 Found\r\nLocation: {to}"), b"")
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn fetch(fetcher: &Fetcher, address: &str) -> Result<Vec<u8>, FetchError> {
    match fetcher.fetch(address, &Validators::default()).await? {
        Fetched::Unchanged => panic!("it is new"),
        Fetched::New { mut file, .. } => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            Ok(bytes)
        }
    }
}

/// Anything goes but what is inside.
fn lenient() -> Rules {
    Rules {
        plain_http: true,
        inside: Vec::new(),
    }
}

#[tokio::test]
async fn nothing_inside_is_reached_however_it_is_written() {
    let server = Server::start(vec![answer("/", "200 OK", b"secret")]).await;
    let fetcher = fetcher(Named::default(), lenient());
    let written = INSIDE.iter().map(|ip| {
        if ip.contains(':') {
            format!("[{ip}]")
        } else {
            (*ip).to_owned()
        }
    });
    let hosts: Vec<String> = written
        .chain(DISGUISED.iter().map(|host| (*host).to_owned()))
        .collect();
    let mut refused = 0;
    for host in &hosts {
        for scheme in ["http", "https"] {
            for port in [String::new(), format!(":{}", server.port)] {
                let address = format!("{scheme}://{host}{port}/");
                let why = fetch(&fetcher, &address).await.expect_err(&address);
                // Refused for what it is, and not by chance: nobody was asked for its name but those that are none.
                let is_refusal = matches!(why, FetchError::Address(_) | FetchError::NoSuchHost(_));
                assert!(is_refusal, "{address}: {why}");
                refused += 1;
            }
        }
    }
    assert!(hosts.len() >= 135, "{} hosts", hosts.len());
    assert_eq!((refused, server.came()), (hosts.len() * 4, 0));
}

#[tokio::test]
async fn a_name_of_a_place_inside_is_refused_also_among_others() {
    for ip in INSIDE {
        for answer in [vec![*ip], vec!["8.8.8.8", ip], vec![ip, "2606:4700::1111"]] {
            let fetcher = fetcher(Named::with("feeds.example", &[&answer]), lenient());
            for address in ["https://feeds.example/a", "http://feeds.example/a"] {
                let why = fetch(&fetcher, address).await.expect_err(ip);
                assert!(matches!(why, FetchError::Inside(_)), "{answer:?}: {why}");
            }
        }
    }
}

#[tokio::test]
async fn an_address_made_wrong_is_refused_before_anyone_is_asked() {
    let resolver = Arc::new(Named::default());
    let fetcher = Fetcher {
        resolver: resolver.clone(),
        ..Fetcher::new(lenient())
    };
    for address in MADE_WRONG {
        let why = fetch(&fetcher, address).await.expect_err(address);
        assert!(matches!(why, FetchError::Address(_)), "{address}: {why}");
        assert!(why.to_string().ends_with('.'), "{why}");
    }
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 0);
    let strict = Rules::default();
    assert_eq!(
        strict.check("http://example.org/").unwrap_err(),
        AddressError::PlainHttp
    );
    let long = format!("https://example.org/{}", "a".repeat(3000));
    assert_eq!(strict.check(&long).unwrap_err(), AddressError::TooLong);
}

#[tokio::test]
async fn the_connection_goes_to_the_place_that_was_checked_though_the_name_changes_its_mind() {
    let server = Server::start(vec![answer("/feed", "200 OK", b"[]")]).await;
    let mut fetcher = server.fetcher();
    // Whoever asks a second time is led elsewhere.
    let resolver = Arc::new(Named::with("feeds.test", &[&["127.0.0.1"], &["127.0.0.9"]]));
    fetcher.resolver = resolver.clone();
    assert_eq!(fetch(&fetcher, &server.at("/feed")).await.unwrap(), b"[]");
    assert_eq!((resolver.asked.load(Ordering::SeqCst), server.came()), (1, 1));
    // Good at first, and inside when it leads on to itself: checked anew.
    let server = Server::start(vec![leads("/", "https://turns.example/")]).await;
    let mut fetcher = server.fetcher();
    fetcher.resolver = Arc::new(Both(
        Named::with("feeds.test", &[&["127.0.0.1"]]),
        Named::with("turns.example", &[&["10.0.0.1"]]),
    ));
    let why = fetch(&fetcher, &server.at("/")).await.unwrap_err();
    assert!(matches!(why, FetchError::Inside(_)), "{why}");
}

struct Both(Named, Named);

impl Resolver for Both {
    fn resolve<'a>(&'a self, host: &'a str) -> connecting::Resolving<'a> {
        let knows = if self.0.answers.contains_key(host) {
            &self.0
        } else {
            &self.1
        };
        knows.resolve(host)
    }
}

#[tokio::test]
async fn every_redirect_is_checked_as_an_address_of_its_own() {
    let hosts = INSIDE.iter().map(|ip| {
        if ip.contains(':') {
            format!("[{ip}]")
        } else {
            (*ip).to_owned()
        }
    });
    let targets: Vec<String> = hosts
        .chain(DISGUISED.iter().map(|host| (*host).to_owned()))
        .flat_map(|host| {
            [
                format!("https://{host}/"),
                format!("//{host}/"),
                format!("http://{host}:{{port}}/"),
            ]
        })
        .chain(
            MADE_WRONG
                .iter()
                .filter(|to| to.contains(':') && !to.contains(['\r', '\0']))
                .map(|to| (*to).to_owned()),
        )
        .collect();
    let answers = targets
        .iter()
        .enumerate()
        .map(|(n, to)| leads(&format!("/{n}"), to));
    let server = Server::start(answers.collect()).await;
    let fetcher = server.fetcher();
    for (n, to) in targets.iter().enumerate() {
        let why = fetch(&fetcher, &server.at(&format!("/{n}"))).await.expect_err(to);
        // What is no header and no path of a URL at all is answered by the server's own silence, never by going there.
        let refused = matches!(
            why,
            FetchError::Address(_) | FetchError::NoSuchHost(_) | FetchError::NoLocation | FetchError::Http(_)
        );
        assert!(refused, "{to}: {why}");
    }
    assert!(targets.len() >= 400, "{}", targets.len());
    assert_eq!(server.came(), targets.len());
}

#[tokio::test]
async fn a_few_redirects_are_followed_and_a_ring_is_left() {
    let mut answers: Vec<_> = (0..5)
        .map(|n| leads(&format!("/{n}"), &format!("/{}", n + 1)))
        .collect();
    answers.push(answer("/5", "200 OK", b"here"));
    answers.push(leads("/ring", "/ring"));
    answers.push(leads("/long", "/0"));
    answers.push((
        "/nowhere".to_owned(),
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    ));
    let server = Server::start(answers).await;
    let fetcher = server.fetcher();
    assert_eq!(fetch(&fetcher, &server.at("/0")).await.unwrap(), b"here");
    for (path, wanted) in [
        ("/ring", "more than 5 times"),
        ("/long", "more than 5 times"),
        ("/nowhere", "without saying where"),
    ] {
        let why = fetch(&fetcher, &server.at(path)).await.unwrap_err().to_string();
        assert!(why.contains(wanted), "{path}: {why}");
    }
}

#[test]
fn from_https_nothing_leads_to_http_and_from_elsewhere_nothing_leads_inside() {
    let rules = Rules {
        plain_http: true,
        inside: vec!["10.0.0.5:8080".parse().unwrap()],
    };
    let public = rules.check("https://example.org/feed").unwrap();
    assert_eq!(
        rules.follow(&public, "http://example.org/"),
        Err(AddressError::Downgrade)
    );
    let inside = "10.0.0.5".to_owned();
    let plain = rules.check("http://example.org/feed").unwrap();
    assert_eq!(
        rules.follow(&plain, "http://10.0.0.5:8080/"),
        Err(AddressError::Inside(inside))
    );
    assert_eq!(
        rules.follow(&plain, "https://example.org/b").unwrap().target(),
        "/b"
    );
    let own = rules.check("http://10.0.0.5:8080/a").unwrap();
    assert_eq!(
        rules.follow(&own, "/b?c#d").unwrap().as_str(),
        "http://10.0.0.5:8080/b?c"
    );
}

#[tokio::test]
async fn what_would_fill_the_machine_is_cut_off() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let bomb = packed(&zeros);
    let (small, half) = (packed(b"[1, 2]"), &bomb[..bomb.len() / 2]);
    let endless = b"HTTP/1.1 200 OK\r\n\r\n"
        .iter()
        .copied()
        .chain(std::iter::repeat_n(b' ', 3_000_000));
    let header = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "a".repeat(1_000_000));
    let server = Server::start(vec![
        answer("/bomb", "200 OK\r\nContent-Encoding: gzip", &bomb),
        answer("/small", "200 OK\r\nContent-Encoding: gzip", &small),
        answer(
            "/half",
            "200 OK\r\nContent-Encoding: gzip",
            &small[..small.len() / 2],
        ),
        answer("/halfbomb", "200 OK\r\nContent-Encoding: gzip", half),
        answer("/none", "200 OK\r\nContent-Encoding: gzip", b"[1, 2]"),
        answer(
            "/twice",
            "200 OK\r\nContent-Encoding: gzip, gzip",
            &packed(&small),
        ),
        answer("/br", "200 OK\r\nContent-Encoding: br", b"x"),
        (
            "/says".to_owned(),
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n[".to_vec(),
        ),
        (
            "/short".to_owned(),
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[".to_vec(),
        ),
        ("/endless".to_owned(), endless.collect()),
        ("/header".to_owned(), header.into_bytes()),
        ("/noise".to_owned(), b"SSH-2.0-OpenSSH_9\r\n".to_vec()),
    ])
    .await;
    let mut fetcher = server.fetcher();
    assert_eq!(fetch(&fetcher, &server.at("/small")).await.unwrap(), b"[1, 2]");
    fetcher.limits.sent_bytes = 2_000_000;
    let wanted = [
        ("/bomb", "fill the disk"),
        ("/halfbomb", "fill the disk"),
        ("/half", "is broken"),
        ("/none", "is broken"),
        ("/twice", "packed in a way"),
        ("/br", "packed in a way"),
        ("/says", "larger than"),
        ("/short", "broke off"),
        ("/endless", "larger than"),
        ("/header", "no way we know"),
        ("/noise", "no way we know"),
    ];
    for (path, wanted) in wanted {
        let why = fetch(&fetcher, &server.at(path))
            .await
            .expect_err(path)
            .to_string();
        assert!(why.contains(wanted), "{path}: {why}");
    }
    fetcher.limits = Limits {
        sent_bytes: u64::MAX,
        ratio: u64::MAX / u64::from(u32::MAX),
        bytes: 10_000_000,
        ..Limits::default()
    };
    let why = fetch(&fetcher, &server.at("/bomb")).await.unwrap_err();
    assert!(matches!(why, FetchError::Bomb), "{why}");
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_or_drips_is_left_after_the_time() {
    let drip = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[".to_vec();
    let server = Server::start(vec![("/stays-open".to_owned(), drip)]).await;
    let fetcher = server.fetcher();
    for path in ["/stays-open", "/silent"] {
        let why = fetch(&fetcher, &server.at(path)).await.unwrap_err();
        assert!(matches!(why, FetchError::TooSlow(_)), "{path}: {why}");
    }
    assert_eq!(server.came(), 2);
}

#[tokio::test]
async fn a_feed_that_did_not_change_is_not_sent_again() {
    let server = Server::start(vec![
        answer(
            "/feed",
            "200 OK\r\nETag: \"a1\"\r\nLast-Modified: Wed, 25 Nov 2026 10:00:00 GMT",
            b"[]",
        ),
        ("/same".to_owned(), b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()),
        answer("/gone", "404 Not Found", b"<html>"),
        answer("/busy", "503 Service Unavailable", b""),
        answer("/no", "403 Forbidden", b""),
    ])
    .await;
    let fetcher = server.fetcher();
    let Fetched::New { validators, .. } = fetcher
        .fetch(&server.at("/feed"), &Validators::default())
        .await
        .unwrap()
    else {
        panic!("it is new")
    };
    let again = fetcher.fetch(&server.at("/same"), &validators).await.unwrap();
    assert!(matches!(again, Fetched::Unchanged));
    let asked = server.asked.lock().unwrap().clone();
    assert!(
        asked[1].contains("if-none-match: \"a1\"") && asked[1].contains("if-modified-since: Wed, 25 Nov"),
        "{}",
        asked[1]
    );
    assert!(
        asked[0].contains(&format!("host: feeds.test:{}", server.port)),
        "{}",
        asked[0]
    );
    for (path, wanted) in [
        ("/gone", "nothing at this address"),
        ("/busy", "fault of its own"),
        ("/no", "does not let us"),
    ] {
        let why = fetch(&fetcher, &server.at(path)).await.unwrap_err().to_string();
        assert!(why.contains(wanted), "{path}: {why}");
    }
}

#[tokio::test]
async fn a_site_that_cannot_show_who_it_is_is_not_believed() {
    let noise = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = noise.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = noise.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n[]").await;
        }
    });
    let rules = Rules {
        inside: vec![format!("feeds.test:{port}").parse().unwrap()],
        ..Rules::default()
    };
    let fetcher = self::fetcher(Named::with("feeds.test", &[&["127.0.0.1"]]), rules);
    let why = fetch(&fetcher, &format!("https://feeds.test:{port}/"))
        .await
        .unwrap_err();
    assert!(matches!(why, FetchError::Tls { .. }), "{why}");
}
