use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::people::{Rank, Reach};

fn now() -> DateTime<Utc> {
    "2026-11-24T15:00:00Z".parse().unwrap()
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn group(n: u128) -> GroupId {
    GroupId(Uuid::from_u128(n))
}

fn held(role: Role, reach: Reach) -> Held {
    Held {
        role,
        reach,
        from: now() - TimeDelta::days(30),
        until: None,
    }
}

fn standing(held: Vec<Held>) -> Standing {
    Standing {
        person: person(1),
        held,
        strength: Strength::Two,
        proved_at: now(),
        opened: Vec::new(),
        now: now(),
    }
}

fn of_group(n: u128) -> Relation {
    Relation {
        group: Some(group(n)),
        ..Relation::default()
    }
}

/// A cell as the table of SECURITY says it, from the code: what a role with its usual reach may do in its own group and in
/// another one.
fn told(class: Class, role: Role) -> String {
    let reach = if role.holds_for(Reach::Organisation) && role != Role::Supervisor {
        Reach::Organisation
    } else {
        Reach::Group(group(1))
    };
    let standing = standing(vec![held(role, reach)]);
    let may = |need, relation| match allowed(&standing, class, need, relation) {
        Ok(_) => true,
        Err(Denied::BreakGlass) => need == Need::Read,
        Err(_) => false,
    };
    let glass = |relation| allowed(&standing, class, Need::Read, relation) == Err(Denied::BreakGlass);
    let level = |relation: Relation| {
        if glass(relation) {
            "b"
        } else if may(Need::Write, relation) {
            "w"
        } else if may(Need::Read, relation) {
            "r"
        } else if may(Need::Metadata, relation) {
            "m"
        } else {
            "-"
        }
    };
    let by_me = Relation {
        by: Some(person(1)),
        ..of_group(1)
    };
    format!("{}{}{}", level(of_group(1)), level(by_me), level(of_group(2)))
}

#[test]
fn every_role_may_do_with_every_class_what_the_hand_written_table_says() {
    let table = include_str!("access.txt");
    let mut lines = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let roles: Vec<Role> = lines
        .next()
        .unwrap()
        .split_whitespace()
        .skip(1)
        .map(|name| Role::named(name).unwrap())
        .collect();
    assert_eq!(roles, Role::ALL);
    let mut classes = Vec::new();
    for line in lines {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let class = Class::ALL.into_iter().find(|class| class.name() == name).unwrap();
        classes.push(class);
        for (role, wanted) in roles.iter().zip(words) {
            assert_eq!(told(class, *role), wanted, "{name} {role}");
        }
    }
    assert_eq!(classes, Class::ALL);
}

#[test]
fn an_own_right_is_about_oneself_and_never_about_another() {
    let nobody = standing(Vec::new());
    for class in Class::ALL {
        let about = |n| Relation {
            about: Some(person(n)),
            ..of_group(1)
        };
        for need in [Need::Metadata, Need::Read, Need::Write] {
            assert_eq!(
                allowed(&nobody, class, need, about(2)),
                Err(Denied::NoRight),
                "{class:?}"
            );
            let mine = matrix::own(class).is_some_and(|right| right.gives(need));
            assert_eq!(
                allowed(&nobody, class, need, about(1)).is_ok(),
                mine,
                "{class:?} {need:?}"
            );
        }
    }
    // The person a therapist's notes are about has no right to them by that; nor has anyone by writing about themselves.
    assert_eq!(matrix::own(Class::ProcessNote), None);
}

#[test]
fn roles_in_two_groups_are_never_added_up() {
    let both = standing(vec![
        held(Role::Leader, Reach::Group(group(1))),
        held(Role::Member, Reach::Group(group(2))),
    ]);
    assert!(decide(&both, Action::SeeRoster, of_group(1)).is_ok());
    assert_eq!(
        decide(&both, Action::SeeRoster, of_group(2)),
        Err(Denied::NoRight)
    );
    assert_eq!(
        decide(&both, Action::EditGroup, of_group(2)),
        Err(Denied::NoRight)
    );
    assert_eq!(
        decide(&both, Action::EditGroup, Relation::default()),
        Err(Denied::NoRight)
    );
}

#[test]
fn a_leader_who_has_left_sees_nothing_from_that_moment_on() {
    let mut leader = held(Role::Leader, Reach::Group(group(1)));
    leader.until = Some(now());
    assert_eq!(
        decide(&standing(vec![leader]), Action::SeeRoster, of_group(1)),
        Err(Denied::NoRight)
    );
    leader.until = Some(now() + TimeDelta::seconds(1));
    assert!(decide(&standing(vec![leader]), Action::SeeRoster, of_group(1)).is_ok());
    leader.from = now() + TimeDelta::seconds(1);
    assert_eq!(
        decide(&standing(vec![leader]), Action::SeeRoster, of_group(1)),
        Err(Denied::NoRight)
    );
}

#[test]
fn a_role_that_asks_for_a_second_factor_counts_for_nothing_without_one() {
    for role in Role::ALL {
        let reach = if role.holds_for(Reach::Organisation) {
            Reach::Organisation
        } else {
            Reach::Group(group(1))
        };
        let weak = Standing {
            strength: Strength::One,
            ..standing(vec![held(role, reach)])
        };
        for class in Class::ALL {
            for need in [Need::Metadata, Need::Read, Need::Write] {
                let strong = Standing {
                    strength: Strength::Two,
                    ..weak.clone()
                };
                let with = allowed(&strong, class, need, of_group(1));
                let without = allowed(&weak, class, need, of_group(1));
                if role.needs_second_factor() && with.is_ok() {
                    assert_eq!(without, Err(Denied::SecondFactor), "{role} {class:?}");
                } else {
                    assert_eq!(without.is_ok(), with.is_ok(), "{role} {class:?}");
                }
            }
        }
    }
}

#[test]
fn the_most_sensitive_acts_ask_again_after_five_minutes() {
    let admin = standing(vec![held(Role::Admin, Reach::Organisation)]);
    assert!(decide(&admin, Action::ChangeAccounts, Relation::default()).is_ok());
    let later = |by| Standing {
        now: now() + by,
        ..admin.clone()
    };
    assert!(decide(&later(FRESH), Action::ChangeAccounts, Relation::default()).is_ok());
    let after = later(FRESH + TimeDelta::seconds(1));
    assert_eq!(
        decide(&after, Action::ChangeAccounts, Relation::default()),
        Err(Denied::ProveAgain)
    );
    assert!(decide(&after, Action::RunInstallation, Relation::default()).is_ok());
}

#[test]
fn break_glass_opens_one_person_for_its_time_and_never_process_notes() {
    let supervisor = standing(vec![held(Role::Supervisor, Reach::Group(group(1)))]);
    let of = |n| Relation {
        about: Some(person(n)),
        ..of_group(1)
    };
    assert_eq!(
        decide(&supervisor, Action::SeeContact, of(2)),
        Err(Denied::BreakGlass)
    );
    let opened = Standing {
        opened: vec![Opened {
            person: person(2),
            group: group(1),
            until: now() + TimeDelta::minutes(60),
        }],
        ..supervisor
    };
    assert!(decide(&opened, Action::SeeContact, of(2)).unwrap().broke_glass);
    assert_eq!(
        decide(&opened, Action::SeeContact, of(3)),
        Err(Denied::BreakGlass)
    );
    assert_eq!(
        decide(&opened, Action::ChangeContact, of(2)),
        Err(Denied::NoRight)
    );
    let late = Standing {
        now: now() + TimeDelta::minutes(60),
        ..opened.clone()
    };
    assert_eq!(decide(&late, Action::SeeContact, of(2)), Err(Denied::BreakGlass));
    for role in Role::ALL {
        assert!(
            matrix(Class::ProcessNote, role)
                .iter()
                .all(|(right, _)| *right != Right::BreakGlass),
            "{role}"
        );
    }
    assert_eq!(
        allowed(&opened, Class::ProcessNote, Need::Read, of(2)),
        Err(Denied::NoRight)
    );
}

#[test]
fn nobody_gives_a_role_above_their_own_or_to_themselves() {
    use GrantRefused::{AboveOwn, LeadsAndBelongs, NeedsGroup, NeedsOrganisation, NotTheirs, Oneself};
    let with = |role, reach| standing(vec![held(role, reach)]);
    let admin = with(Role::Admin, Reach::Organisation);
    let coordinator = with(Role::Coordinator, Reach::Organisation);
    let leader = with(Role::Leader, Reach::Group(group(1)));
    let here = Reach::Group(group(1));
    let grant = |giver: &Standing, role, reach| may_grant(giver, person(2), role, reach, &[]);
    for role in Role::ALL {
        let reach = if role.holds_for(here) {
            here
        } else {
            Reach::Organisation
        };
        assert_eq!(grant(&admin, role, reach), Ok(()), "{role}");
        assert_eq!(grant(&leader, role, reach), Err(NotTheirs), "{role}");
        let may = role.rank() <= Rank::Coordinator;
        let refused = if may { Ok(()) } else { Err(AboveOwn { role }) };
        assert_eq!(grant(&coordinator, role, reach), refused, "{role}");
        assert_eq!(may_grant(&admin, person(1), role, reach, &[]), Err(Oneself));
    }
    let (member, auditor) = (Role::Member, Role::Auditor);
    assert_eq!(
        grant(&admin, member, Reach::Organisation),
        Err(NeedsGroup { role: member })
    );
    assert_eq!(
        grant(&admin, auditor, here),
        Err(NeedsOrganisation { role: auditor })
    );
    let leads = may_grant(&admin, person(2), member, here, &[Role::Leader]);
    assert_eq!(leads, Err(LeadsAndBelongs));
    let belongs = may_grant(&admin, person(2), Role::CoLeader, here, &[member]);
    assert_eq!(belongs, Err(LeadsAndBelongs));
}

#[test]
fn what_is_about_oneself_is_as_the_table_says() {
    let own: [(&str, Option<Right>); 15] = [
        ("C1", Some(Right::Read)),
        ("C2", None),
        ("C3", Some(Right::Write)),
        ("C4", Some(Right::Write)),
        ("C5", Some(Right::Read)),
        ("C6", Some(Right::Write)),
        ("C7", None),
        ("C8", None),
        ("C9", None),
        ("C10", None),
        ("C11", Some(Right::Read)),
        ("C12", Some(Right::Write)),
        ("C13", Some(Right::Write)),
        ("C14", Some(Right::Write)),
        ("C15", None),
    ];
    for (class, (name, right)) in Class::ALL.into_iter().zip(own) {
        assert_eq!((class.name(), matrix::own(class)), (name, right));
    }
}

#[test]
fn looking_at_what_is_about_a_person_is_written_down() {
    let written = Class::ALL.into_iter().filter(|class| class.reading_is_audited());
    let names: Vec<_> = written.map(Class::name).collect();
    assert_eq!(names, ["C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]);
}

#[test]
fn a_role_of_a_group_opens_nothing_where_it_cannot_be_held() {
    let everywhere = standing(vec![held(Role::Leader, Reach::Organisation)]);
    for relation in [of_group(1), Relation::default()] {
        assert_eq!(
            decide(&everywhere, Action::SeeRoster, relation),
            Err(Denied::NoRight)
        );
    }
}

#[test]
fn who_may_give_no_longer_gives_nothing() {
    let mut was = held(Role::Admin, Reach::Organisation);
    was.until = Some(now());
    let refused = may_grant(
        &standing(vec![was]),
        person(2),
        Role::Auditor,
        Reach::Organisation,
        &[],
    );
    assert_eq!(refused, Err(GrantRefused::NotTheirs));
}

#[test]
fn the_glass_is_broken_by_two_factors_and_in_one_group() {
    let supervisor = Standing {
        strength: Strength::One,
        ..standing(vec![
            held(Role::Supervisor, Reach::Group(group(1))),
            held(Role::Supervisor, Reach::Group(group(2))),
        ])
    };
    let of = |n| Relation {
        about: Some(person(2)),
        ..of_group(n)
    };
    assert_eq!(
        decide(&supervisor, Action::SeeContact, of(1)),
        Err(Denied::SecondFactor)
    );
    let opened = Standing {
        strength: Strength::Two,
        opened: vec![Opened {
            person: person(2),
            group: group(1),
            until: now() + TimeDelta::minutes(1),
        }],
        ..supervisor
    };
    assert!(decide(&opened, Action::SeeContact, of(1)).is_ok());
    assert_eq!(
        decide(&opened, Action::SeeContact, of(2)),
        Err(Denied::BreakGlass)
    );
}

#[test]
fn a_role_is_held_only_where_it_can_be() {
    let here = Reach::Group(group(1));
    for role in Role::ALL {
        let reach = if role.holds_for(here) {
            here
        } else {
            Reach::Organisation
        };
        assert_eq!(may_hold(role, reach, &[]), Ok(()), "{role}");
    }
    let needs = GrantRefused::NeedsGroup { role: Role::Leader };
    assert_eq!(may_hold(Role::Leader, Reach::Organisation, &[]), Err(needs));
}
