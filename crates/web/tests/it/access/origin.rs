//! Forms of other sites: every act of the table, sent as another site would with this browser's cookie, is refused and
//! changes nothing.

use testing::{TestDatabase, both_engines};
use web::routes::{Method, TABLE};

use crate::access::asking::{SITE, ask_from};
use crate::access::house::House;
use crate::access::line::lines;
use crate::access::subject::{Person, Relation, Shown, Subject};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What another site, or a program that hides where it comes from, can send.
const FOREIGN: [(&str, &[(&str, &str)]); 12] = [
    ("another origin", &[("origin", "https://evil.example"), FORM]),
    (
        "another port",
        &[("origin", "https://groups.example.org:8443"), FORM],
    ),
    ("plain http", &[("origin", "http://groups.example.org"), FORM]),
    (
        "a name that begins alike",
        &[("origin", "https://groups.example.org.evil.example"), FORM],
    ),
    ("no origin of its own", &[("origin", "null"), FORM]),
    ("neither header", &[FORM]),
    ("neither header nor kind", &[]),
    ("another site", &[("sec-fetch-site", "cross-site"), FORM]),
    ("a sister", &[("sec-fetch-site", "same-site"), FORM]),
    (
        "two that contradict",
        &[("origin", SITE), ("sec-fetch-site", "cross-site"), FORM],
    ),
    (
        "plain text",
        &[
            ("origin", SITE),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "text/plain"),
        ],
    ),
    (
        "parts",
        &[
            ("origin", SITE),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "multipart/form-data; boundary=x"),
        ],
    ),
];

#[both_engines]
async fn a_form_of_another_site_is_refused_everywhere_and_changes_nothing(db: TestDatabase) {
    let house = House::new(db).await;
    let subjects = [
        vec![(domain::people::Role::Admin, Relation::Organisation)],
        vec![(domain::people::Role::Coordinator, Relation::Organisation)],
        vec![(domain::people::Role::Leader, Relation::Here)],
        vec![(domain::people::Role::Facilitator, Relation::Here)],
        vec![(domain::people::Role::Member, Relation::Here)],
        Vec::new(),
    ];
    let mut tokens = Vec::new();
    for roles in subjects {
        let subject = Subject {
            person: Person(roles),
            shown: Shown::Two,
        };
        tokens.push(house.token(&subject).await.unwrap());
    }
    let mut paths = Vec::new();
    for line in lines().iter().filter(|line| line.method == Method::Post) {
        let mut path = line.path.clone();
        for (key, object) in &line.objects {
            path = path.replace(&format!("{{{key}}}"), &house.object(object).await);
        }
        paths.push((path, line.body.clone()));
    }
    let acts = TABLE.iter().filter(|route| route.method == Method::Post).count();
    assert!(paths.len() >= acts, "every act");
    let (before, mut asked) = (house.past.counts().await, 0);
    for token in &tokens {
        for (path, body) in &paths {
            for (what, headers) in FOREIGN {
                let answer = ask_from(&house.router, Method::Post, path, Some(token), body, headers).await;
                assert_eq!(answer.status.as_u16(), 403, "{path} from {what}");
                asked += 1;
            }
        }
        assert!(
            house.store.session(token).await.unwrap().is_some(),
            "nobody was signed out by another site"
        );
    }
    assert_eq!(house.past.counts().await, before);
    println!("{asked} asked");
}
