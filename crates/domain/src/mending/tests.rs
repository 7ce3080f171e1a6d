use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

use super::*;
use crate::groups::{Address, Ages, Kind, Leader, LeaderRole, Online, Place, Seats, Site, Source, WebPage};
use crate::schedule::{Minutes, Nth, Rule, Schedule, Skip};
use crate::text::Line;

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn schedule() -> Schedule {
    Schedule {
        zone: Tz::America__Chicago,
        from: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
        time: NaiveTime::MIN,
        length: Minutes::new(60).unwrap(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![Weekday::Mon],
        },
        until: None,
        skips: Vec::new(),
        moves: Vec::new(),
    }
}

fn draft() -> Draft {
    let site = Site {
        name: Some(line("Harbor House")),
        address: Address::Exact {
            line: line("12 Elm St"),
            town: None,
        },
        point: None,
        directions: None,
    };
    Draft {
        when: When::Scheduled(schedule()),
        ..Draft::new(
            line("Harbor Lights"),
            Kind::Support,
            Place::InPerson(site),
            HowToCome::WalkIn,
            Source::Feed {
                programme: line("Orange County"),
            },
        )
    }
}

fn problem(fact: Fact, given: Option<&str>) -> Problem {
    Problem {
        field: fact.to_string(),
        given: given.map(str::to_owned),
        why: "it is wrong".into(),
        fact,
    }
}

fn correction(fact: Fact, given: Option<&str>, put: Option<&str>) -> Correction {
    Correction {
        fact,
        given: given.map(str::to_owned),
        put: put.map(str::to_owned),
    }
}

/// A group whose feed has these facts wrong.
fn unfinished(problems: &[(Fact, Option<&str>)]) -> Unfinished {
    let problems = problems.iter().map(|(fact, given)| problem(fact.clone(), *given));
    Unfinished::finish(draft(), problems.collect()).unwrap_err()
}

/// What a draft becomes once this is put in place of a fact.
fn with(draft: Draft, fact: Fact, text: &str) -> Result<Listing, String> {
    let unfinished = Unfinished::finish(draft, vec![problem(fact.clone(), None)]).unwrap_err();
    let mended = unfinished.mend(&[correction(fact, None, Some(text))]);
    match mended.wrong.into_iter().next() {
        Some((_, why)) => Err(why.to_string()),
        None => mended.listing.map_err(|rest| rest.problems()[0].why.clone()),
    }
}

#[test]
fn a_correction_holds_while_the_feed_says_the_same_and_no_longer() {
    let time = Fact::Time;
    let wrong = unfinished(&[(time.clone(), Some("7 oclock"))]);
    let seven = correction(time.clone(), Some("7 oclock"), Some("7:00 PM"));
    let mended = wrong.mend(std::slice::from_ref(&seven));
    let listing = mended.listing.unwrap();
    assert_eq!(listing.schedule().unwrap().time.to_string(), "19:00:00");
    assert_eq!((mended.used, mended.overruled), (vec![0], vec![]));

    // Wrong in another way: what the feed says now is not what was corrected.
    let anew = unfinished(&[(time.clone(), Some("8 oclock"))]);
    let mended = anew.mend(std::slice::from_ref(&seven));
    assert_eq!(mended.listing.unwrap_err(), anew);
    assert_eq!((mended.used, mended.overruled), (vec![], vec![0]));

    // Right in the feed, and something else is wrong: as soon as that is mended the feed has overruled it.
    let other = unfinished(&[(Fact::Title, None)]);
    assert_eq!(
        other.mend(std::slice::from_ref(&seven)).overruled,
        Vec::<usize>::new()
    );
    let title = correction(Fact::Title, None, Some("Night Owls"));
    let mended = other.mend(&[seven, title]);
    assert_eq!(mended.listing.unwrap().title.as_str(), "Night Owls");
    assert_eq!((mended.used, mended.overruled), (vec![1], vec![0]));
}

#[test]
fn half_a_correction_leaves_the_rest_to_be_said() {
    let wrong = unfinished(&[(Fact::Days, Some("9")), (Fact::Time, None)]);
    let mended = wrong.mend(&[correction(Fact::Time, None, Some("19:00"))]);
    let rest = mended.listing.unwrap_err();
    assert_eq!(rest.problems(), [problem(Fact::Days, Some("9"))]);
    assert_eq!((mended.used, mended.overruled), (vec![0], vec![]));
    // What cannot stand there is told, and changes nothing.
    let mended = rest.mend(&[correction(Fact::Days, Some("9"), Some("someday"))]);
    assert_eq!(mended.listing.unwrap_err(), rest);
    assert!(mended.wrong[0].1.to_string().contains("“someday” names no days"));
    assert!(mended.overruled.is_empty());
}

#[test]
fn what_only_shows_at_the_end_is_mended_too() {
    // Without an address nothing was known of how to come; now one walks in.
    let nowhere = Draft {
        place: Place::Online(Online::default()),
        ..draft()
    };
    let wrong = Unfinished::finish(nowhere, vec![problem(Fact::Place, None)]).unwrap_err();
    let house = wrong.mend(&[correction(
        Fact::Place,
        None,
        Some("12 Elm St, Lakewood, OH 44107 (41.48, -81.79)"),
    )]);
    let listing = house.listing.unwrap();
    let site = listing.place.site().unwrap();
    assert_eq!(site.address.public(), "12 Elm St, Lakewood, OH 44107");
    assert!((site.point.unwrap().longitude() + 81.79).abs() < 1e-9);
    // Nobody walks in online: then it shows that nothing says how to come.
    let online = correction(Fact::Place, None, Some("Online"));
    let rest = wrong.mend(std::slice::from_ref(&online)).listing.unwrap_err();
    assert_eq!(
        (&rest.problems()[0].fact, &rest.problems()[0].given),
        (&Fact::HowToCome, &None)
    );
    let page = correction(Fact::HowToCome, None, Some("https://example.org/night-owls"));
    let mended = wrong.mend(&[page.clone(), online.clone()]);
    assert_eq!(
        mended.listing.unwrap().how_to_come,
        HowToCome::Page(WebPage::parse("https://example.org/night-owls").unwrap())
    );
    assert_eq!(mended.used, [1, 0]);

    let upside_down = Draft {
        ages: Some(Ages {
            from: Some(65),
            to: Some(18),
        }),
        ..draft()
    };
    let wrong = Unfinished::finish(upside_down, Vec::new()).unwrap_err();
    assert_eq!(wrong.problems()[0].given.as_deref(), Some("65 to 18"));
    let ages = |put: Option<&str>| {
        let mended = wrong.mend(&[correction(Fact::Ages, Some("65 to 18"), put)]);
        mended.listing.map(|listing| listing.ages)
    };
    let both = |from, to| Some(Ages { from, to });
    assert_eq!(ages(Some("18 to 65")), Ok(both(Some(18), Some(65))));
    assert_eq!(ages(Some("18 and over")), Ok(both(Some(18), None)));
    assert_eq!(ages(Some("up to 25")), Ok(both(None, Some(25))));
    assert_eq!(ages(None), Ok(None));
    assert!(
        ages(Some("70 to 60")).unwrap_err().problems()[0]
            .why
            .contains("The ages go from 70 to 60")
    );
}

#[test]
fn a_group_without_days_or_a_time_is_by_appointment() {
    let wrong = unfinished(&[(Fact::Time, None), (Fact::Zone, None)]);
    let mended = wrong.mend(&[correction(Fact::Time, None, None)]);
    assert_eq!(mended.listing.unwrap().when, When::ByAppointment);
    // Without a zone it cannot be.
    let mended = wrong.mend(&[correction(Fact::Zone, None, None)]);
    assert_eq!(mended.wrong, [(0, PutError::Needed)]);
}

#[test]
fn days_are_said_as_people_say_them() {
    use Weekday::{Fri, Mon, Thu, Tue};
    let weekly = |days: &[Weekday]| Rule::Weekly {
        interval: 1,
        days: days.to_vec(),
    };
    let monthly = |nth: &[Nth], day| Rule::Monthly {
        interval: 1,
        nth: nth.to_vec(),
        day,
    };
    let dates = |days: &[u32]| Rule::Dates {
        dates: days
            .iter()
            .map(|day| NaiveDate::from_ymd_opt(2026, 3, *day).unwrap())
            .collect(),
    };
    for (text, rule) in [
        ("monday", weekly(&[Mon])),
        ("Thursdays & Mondays", weekly(&[Mon, Thu])),
        ("every Mon, Tue", weekly(&[Mon, Tue])),
        (
            "2nd and 4th Tuesday of the month",
            monthly(&[Nth::Second, Nth::Fourth], Tue),
        ),
        ("last Friday", monthly(&[Nth::Last], Fri)),
        ("2026-03-08, 2026-03-01", dates(&[1, 8])),
    ] {
        let listing = with(draft(), Fact::Days, text).unwrap();
        assert_eq!(listing.schedule().unwrap().rule, rule, "{text}");
    }
    let daily = with(draft(), Fact::Days, "every day").unwrap();
    assert!(matches!(&daily.schedule().unwrap().rule, Rule::Weekly { days, .. } if days.len() == 7));
    for wrong in [
        "",
        "now and then",
        "every second week",
        "first Monday and Friday",
        "2nd",
    ] {
        let why = with(draft(), Fact::Days, wrong);
        // Nothing is by appointment.
        assert!(why.is_err() || wrong.is_empty(), "{wrong}");
    }
}

#[test]
fn other_days_keep_no_exceptions_that_are_none_of_theirs() {
    let skip = |day| Skip {
        date: NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
        reason: None,
    };
    let skipping = Draft {
        when: When::Scheduled(Schedule {
            skips: vec![skip(2), skip(3)],
            ..schedule()
        }),
        ..draft()
    };
    let wrong = Unfinished::finish(skipping, Vec::new()).unwrap_err();
    assert_eq!(wrong.problems()[0].fact, Fact::Exceptions);
    let given = wrong.problems()[0].given.as_deref();
    let mended = wrong.mend(&[correction(Fact::Exceptions, given, None)]);
    assert_eq!(mended.listing.unwrap().schedule().unwrap().skips, []);
    let tuesday = with(wrong.draft().clone(), Fact::Days, "Tuesday").unwrap();
    assert_eq!(tuesday.schedule().unwrap().skips, [skip(3)]);
}

#[test]
fn every_other_fact_is_said_in_a_word_or_as_our_format_writes_it() {
    let therapy = Draft {
        kind: Kind::Therapy,
        ..draft()
    };
    let wrong = Unfinished::finish(therapy, Vec::new()).unwrap_err();
    let facts: Vec<_> = wrong
        .problems()
        .iter()
        .map(|problem| problem.fact.clone())
        .collect();
    assert_eq!(facts, [Fact::LedBy, Fact::Size]);
    let mended = wrong.mend(&[
        correction(Fact::LedBy, Some("[]"), Some("Dana Whitfield, LPCC-S; Ruth")),
        correction(Fact::LedBy, None, Some("Dana Whitfield, LPCC-S; Ruth")),
        correction(Fact::Size, None, Some("6 to 9")),
    ]);
    let listing = mended.listing.unwrap();
    let therapist = LeaderRole::Therapist {
        credentials: line("LPCC-S"),
    };
    assert_eq!(
        listing.led_by,
        [
            Leader {
                name: line("Dana Whitfield"),
                role: therapist
            },
            Leader {
                name: line("Ruth"),
                role: LeaderRole::Facilitator
            }
        ]
    );
    for (fact, text, path, value) in [
        (Fact::Kind, "support", "kind", serde_json::json!("support")),
        (
            Fact::Languages,
            "en, es",
            "languages",
            serde_json::json!(["en", "es"]),
        ),
        (Fact::Audience, "women", "audience", serde_json::json!(["women"])),
        (Fact::Span, "12", "span", serde_json::json!({"sessions": 12})),
        (Fact::Span, "ongoing", "span", serde_json::json!("ongoing")),
        (Fact::Seats, "closed", "seats", serde_json::json!("closed")),
        (
            Fact::Seats,
            "{\"left\": 2}",
            "seats",
            serde_json::json!({"left": 2}),
        ),
        (Fact::Summary, "[a] b", "summary", serde_json::json!("[a] b")),
        (
            Fact::VerifiedOn,
            "2026-03-01",
            "verified_on",
            serde_json::json!("2026-03-01"),
        ),
        (
            Fact::Cost,
            "free",
            "cost",
            serde_json::json!({"fee": "free", "insurance": false}),
        ),
        (
            Fact::HowToCome,
            "+1 216 555 0142",
            "how_to_come",
            serde_json::json!({"organisation": {"phone": "+1 216 555 0142", "mail": null}}),
        ),
    ] {
        let listing = with(draft(), fact, text).unwrap();
        assert_eq!(serde_json::to_value(listing).unwrap()[path], value, "{text}");
    }
    for (fact, text, why) in [
        (Fact::Kind, "club", "cannot be put there"),
        (Fact::Audience, "wimmen", "cannot be put there"),
        (Fact::Zone, "Mars/North", "no time zone"),
        (Fact::Time, "soon", "no time"),
        (Fact::Length, "2", "5 minutes to 24 hours"),
        (Fact::Length, "long", "no number of minutes"),
        (Fact::HowToCome, "just come", "is no web page"),
        (Fact::HowToCome, "bob@", "is no mail address"),
        (Fact::Until, "2020-01-01", "before it begins"),
        (Fact::Unknown("tittle".into()), "x", "cannot be put there"),
    ] {
        let told = with(draft(), fact, text).unwrap_err();
        assert!(told.contains(why), "{text}: {told}");
    }
}

#[test]
fn an_area_hides_the_house() {
    let listing = with(
        Draft {
            how_to_come: HowToCome::Page(WebPage::parse("https://example.org/").unwrap()),
            ..draft()
        },
        Fact::Place,
        "Lakewood, Ohio",
    );
    let listing = listing.unwrap();
    let site = listing.place.site().unwrap();
    assert_eq!(
        (&site.address, &site.name),
        (
            &Address::Withheld {
                area: line("Lakewood, Ohio")
            },
            &None
        )
    );
    assert_eq!(listing.seats, Seats::Open);
}

#[test]
fn an_unfinished_group_is_kept_and_read_back() {
    let wrong = unfinished(&[(Fact::Days, Some("9")), (Fact::Unknown("tittle".into()), None)]);
    let kept = serde_json::to_string(&wrong).unwrap();
    assert_eq!(serde_json::from_str::<Unfinished>(&kept).unwrap(), wrong);
}
