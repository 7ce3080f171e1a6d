//! The directory of providers: who is near, who fits, and what emptied an answer.

use std::sync::Arc;

use domain::groups::{Address, Language, Online, Phone, Point, Site, Slug, Source};
use domain::providers::{Provider, ProviderDraft, ProviderKind, Reach, Taking};
use domain::text::Line;
use finder::{Directory, ProviderEntry, ProviderFilter, ProviderHits, ProviderQuery, TakingFilter};

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn cleveland() -> Point {
    Point::new(41.484, -81.703).unwrap()
}

/// About so many kilometres north of Cleveland.
fn north(km: f64) -> Site {
    let point = Point::new(41.484 + km / 111.195, -81.703).ok();
    Site {
        name: None,
        address: Address::Exact {
            line: line("12 Harbor Road"),
            town: None,
        },
        point,
        directions: None,
    }
}

fn therapist(name: &str, places: Vec<Site>) -> ProviderDraft {
    let reach = Reach {
        phone: Some(Phone::parse("216 555 0142").unwrap()),
        ..Reach::default()
    };
    ProviderDraft {
        credentials: Some(line("LPCC-S")),
        places,
        ..ProviderDraft::new(line(name), ProviderKind::Therapist, reach, Source::Own)
    }
}

fn entry(number: u64, draft: ProviderDraft) -> ProviderEntry {
    ProviderEntry {
        slug: Slug::from_bits(number),
        provider: Arc::new(Provider::check(draft).unwrap()),
        part_of: None,
        groups: vec![],
        also: String::new(),
    }
}

fn directory() -> Directory {
    let dana = ProviderEntry {
        groups: vec![Slug::from_bits(70)],
        part_of: Some(Slug::from_bits(4)),
        also: "English Español".into(),
        ..entry(
            1,
            ProviderDraft {
                focus: vec![line("grief")],
                languages: ["en", "es"].map(|code| Language::parse(code).unwrap()).to_vec(),
                taking: Some(Taking::Yes),
                // The nearer of the two is what counts.
                ..therapist("Dana", vec![north(90.0), north(3.0)])
            },
        )
    };
    let online = ProviderDraft {
        online: Some(Online::default()),
        taking: Some(Taking::WaitingList { weeks: None }),
        ..therapist("Álvaro", vec![north(200.0)])
    };
    let practice = ProviderDraft {
        kind: ProviderKind::Organisation,
        credentials: None,
        ..therapist("Lakeshore", vec![])
    };
    Directory::new(vec![
        dana,
        entry(2, therapist("Marcus", vec![north(1.0)])),
        entry(3, online),
        entry(4, practice),
    ])
}

fn anyone() -> ProviderQuery {
    ProviderQuery {
        near: None,
        within_km: None,
        kind: None,
        taking: TakingFilter::Anyone,
        language: None,
        text: String::new(),
        page: 1,
        page_size: 20,
    }
}

fn near() -> ProviderQuery {
    ProviderQuery {
        near: Some(cleveland()),
        within_km: Some(40.0),
        ..anyone()
    }
}

fn names(hits: &ProviderHits) -> Vec<&str> {
    hits.hits
        .iter()
        .map(|hit| hit.entry.provider.name.as_str())
        .collect()
}

#[test]
fn near_lists_the_nearest_place_first_and_online_the_others() {
    let answer = directory().find(&near());
    assert_eq!(names(&answer.here), ["Marcus", "Dana"]);
    assert_eq!(answer.here.hits[1].place, Some(1));
    assert!((answer.here.hits[1].distance_km.unwrap() - 3.0).abs() < 0.01);
    assert_eq!(names(&answer.online), ["Álvaro"]);
    assert_eq!((answer.total, answer.without_place), (3, 1));
}

#[test]
fn without_a_place_everyone_is_listed_by_name() {
    let answer = directory().find(&anyone());
    assert_eq!(names(&answer.here), ["Álvaro", "Dana", "Lakeshore", "Marcus"]);
    assert_eq!((answer.online.total, answer.without_place), (0, 0));
    let second = ProviderQuery {
        page: 2,
        page_size: 3,
        ..anyone()
    };
    let answer = directory().find(&second);
    assert_eq!((names(&answer.here), answer.here.total), (vec!["Marcus"], 4));
}

#[test]
fn each_filter_holds_and_text_is_looked_for_where_it_should_be() {
    let found = |query: ProviderQuery| {
        let answer = directory().find(&query);
        names(&answer.here).join(" ")
    };
    let text = |text: &str| {
        found(ProviderQuery {
            text: text.into(),
            ..anyone()
        })
    };
    assert_eq!(text("alvaro"), "Álvaro");
    assert_eq!(text("GRIEF espanol"), "Dana");
    assert_eq!(text("lpcc marc"), "Marcus");
    assert_eq!(text("xyz"), "");
    let kind = Some(ProviderKind::Organisation);
    assert_eq!(found(ProviderQuery { kind, ..anyone() }), "Lakeshore");
    let taking = TakingFilter::TakingNow;
    assert_eq!(found(ProviderQuery { taking, ..anyone() }), "Dana");
    let language = Language::parse("es");
    assert_eq!(found(ProviderQuery { language, ..anyone() }), "Dana");
    let codes: Vec<_> = directory().languages().iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["en", "es"]);
}

#[test]
fn an_empty_answer_names_what_emptied_it_and_the_nearest_beyond() {
    let query = ProviderQuery {
        kind: Some(ProviderKind::Therapist),
        taking: TakingFilter::TakingNow,
        within_km: Some(2.0),
        ..near()
    };
    let answer = directory().find(&query);
    assert_eq!(answer.total, 0);
    assert_eq!(
        answer.without,
        [
            (ProviderFilter::Kind, 0),
            (ProviderFilter::Taking, 2),
            (ProviderFilter::Distance, 1)
        ]
    );
    assert_eq!(
        answer.nearest_beyond.unwrap().entry.provider.name.as_str(),
        "Dana"
    );
}

#[test]
fn who_leads_a_group_and_who_works_where_is_known() {
    let directory = directory();
    let leads: Vec<_> = directory.leading(&Slug::from_bits(70)).collect();
    assert_eq!((leads.len(), &leads[0].slug), (1, &Slug::from_bits(1)));
    assert_eq!(directory.leading(&Slug::from_bits(71)).count(), 0);
    assert_eq!(directory.members(&Slug::from_bits(4)).count(), 1);
    assert!(directory.by_slug(&Slug::from_bits(4)).is_some());
}
