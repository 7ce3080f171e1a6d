//! Random problems of any size, and chance for them.
#![allow(dead_code, clippy::allow_attributes, reason = "not every test uses all of it")]

use serde_json::{Map, Value, json};

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    #[expect(clippy::cast_possible_truncation, reason = "it is below a usize")]
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(mixed ^ (mixed >> 31)) * end as u128) >> 64) as usize
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    fn some(&mut self, names: &[String], share: usize) -> Vec<String> {
        names.iter().filter(|_| self.percent(share)).cloned().collect()
    }
}

/// What a random problem is like.
#[derive(Clone, Copy)]
pub struct Shape {
    pub people: usize,
    pub groups: usize,
    pub slots: usize,
    pub leaders: usize,
    pub rooms: usize,
    /// Sizes at most.
    pub most: usize,
    /// How many percent sit already.
    pub seated: usize,
    pub apart: usize,
    pub together: usize,
    pub bans: usize,
}

fn names(what: &str, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{what}{at}")).collect()
}

pub fn problem(chance: &mut Chance, shape: Shape) -> Value {
    let (people, groups) = (names("p", shape.people), names("g", shape.groups));
    let (slots, leaders, rooms) = (
        names("s", shape.slots),
        names("l", shape.leaders),
        names("r", shape.rooms),
    );
    let free = 30 + chance.below(60);
    let qualified = 40 + chance.below(60);
    let (mut of_groups, mut slot_of) = (Vec::new(), Vec::new());
    for id in &groups {
        let slot = &slots[chance.below(slots.len())];
        slot_of.push(slot.clone());
        let max = 1 + chance.below(shape.most);
        let min = chance.below(max + 1);
        let led = chance.some(&leaders, 60 / shape.leaders.max(1) + 15);
        let room = chance
            .percent(60)
            .then(|| rooms[chance.below(rooms.len())].clone());
        of_groups.push(json!({"id": id, "slot": slot, "leaders": led, "room": room, "min": min, "max": max}));
    }
    let traits = [("gender", 3), ("style", 2), ("age", 3), ("veteran", 2)];
    let mut of_people = Vec::new();
    for id in &people {
        let mut values = Map::new();
        for (name, count) in traits {
            if chance.percent(75) {
                values.insert(name.to_owned(), json!(format!("{name}{}", chance.below(count))));
            }
        }
        let (mut at, mut may) = (chance.some(&slots, free), chance.some(&groups, qualified));
        let seat = chance.percent(shape.seated).then(|| chance.below(groups.len()));
        if let Some(seat) = seat.filter(|_| chance.percent(95)) {
            at.push(slot_of[seat].clone());
            may.push(groups[seat].clone());
        }
        at.sort();
        at.dedup();
        may.sort();
        may.dedup();
        let severity = chance.percent(85).then(|| chance.below(28));
        let mut person = json!({"id": id, "slots": at, "groups": may, "waiting_days": chance.below(60), "severity": severity,
            "prefers": chance.some(&groups, 25), "traits": values, "seated": seat.map(|seat| &groups[seat])});
        if chance.percent(15) {
            person["opt_out"] = json!([traits[chance.below(traits.len())].0]);
        }
        of_people.push(person);
    }
    let mut used = std::collections::BTreeSet::new();
    let mut pairs = |chance: &mut Chance, count: usize| {
        let mut pairs = Vec::new();
        for _ in 0..count {
            let (one, other) = (chance.below(people.len()), chance.below(people.len()));
            if one != other && used.insert((one.min(other), one.max(other))) {
                pairs.push(json!([people[one], people[other]]));
            }
        }
        pairs
    };
    let (apart, together) = (pairs(chance, shape.apart), pairs(chance, shape.together));
    let bans: Vec<Value> = (0..shape.bans)
        .map(|_| {
            json!([
                leaders[chance.below(leaders.len())],
                people[chance.below(people.len())]
            ])
        })
        .collect();
    let mut order = vec!["placed", "waiting", "preference", "severity", "spread", "change"];
    if chance.percent(30) {
        for last in (1..order.len()).rev() {
            order.swap(last, chance.below(last + 1));
        }
        order.truncate(1 + chance.below(6));
    }
    let some = |chance: &mut Chance, names: &[&'static str]| -> Vec<&'static str> {
        names.iter().filter(|_| chance.percent(60)).copied().collect()
    };
    json!({"people": of_people, "groups": of_groups, "apart": apart, "together": together, "leader_bans": bans,
        "never_alone": some(chance, &["gender", "veteran"]), "alike": some(chance, &["age"]), "spread": some(chance, &["style", "gender"]),
        "order": order})
}

/// So small that every plan can be tried.
pub fn small(chance: &mut Chance) -> Value {
    let shape = Shape {
        people: 1 + chance.below(6),
        groups: 1 + chance.below(3),
        slots: 1 + chance.below(2),
        leaders: 1 + chance.below(3),
        rooms: 1 + chance.below(2),
        most: 4,
        seated: [0, 0, 20, 60][chance.below(4)],
        apart: chance.below(3),
        together: chance.below(2),
        bans: chance.below(2),
    };
    problem(chance, shape)
}

/// Where random cases begin, and how many times as many there are: `cargo xtask assure` asks others.
pub fn asked(seed: u64) -> (u64, usize) {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    (
        number("SAMEBOAT_SEED").map_or(seed, |other: u64| other ^ seed),
        usize::try_from(number("SAMEBOAT_TIMES").unwrap_or(1)).unwrap_or(1),
    )
}

/// As a programme might have it: groups of four to ten in the week, some of them running, most people free at a few times.
pub fn therapy(chance: &mut Chance, people: usize) -> Value {
    let groups = (people / 6 + chance.below(3)).max(2);
    programme(chance, people, groups)
}

pub fn programme(chance: &mut Chance, people: usize, groups: usize) -> Value {
    let (people, groups) = (names("p", people), names("g", groups));
    let slots = names("s", 3 + groups.len() / 2);
    let (leaders, rooms) = (
        names("l", groups.len() * 2 / 3 + 2),
        names("r", 2 + groups.len() / 5),
    );
    let ages = ["18-25", "26-40", "41-64", "65+"];
    let mut of_groups = Vec::new();
    for id in &groups {
        let min = 3 + chance.below(3);
        let one = chance.below(leaders.len());
        let mut led = vec![leaders[one].clone()];
        if chance.percent(40) {
            led.push(leaders[(one + 1) % leaders.len()].clone());
        }
        let room = chance
            .percent(80)
            .then(|| rooms[chance.below(rooms.len())].clone());
        of_groups.push(
            json!({"id": id, "slot": slots[chance.below(slots.len())], "leaders": led, "room": room,
            "min": min, "max": min + 3 + chance.below(4)}),
        );
    }
    // Some groups run already, as far as no leader or room is needed twice.
    let mut running: Vec<usize> = Vec::new();
    for at in 0..groups.len() {
        let clashes = running
            .iter()
            .any(|other: &usize| of_groups[*other]["slot"] == of_groups[at]["slot"]);
        if !clashes && chance.percent(35) {
            running.push(at);
        }
    }
    let mut seats = std::collections::BTreeMap::new();
    let mut next = 0;
    for at in running {
        let count = 2 + chance.below(4);
        for _ in 0..count.min(people.len() / 2 - next.min(people.len() / 2)) {
            seats.insert(next, at);
            next += 1;
        }
    }
    let mut of_people = Vec::new();
    for (at, id) in people.iter().enumerate() {
        let (free, qualified) = (25 + chance.below(50), 35 + chance.below(60));
        let (mut when, mut may) = (chance.some(&slots, free), chance.some(&groups, qualified));
        let seat = seats.get(&at).copied();
        if let Some(seat) = seat {
            let slot = of_groups[seat]["slot"].as_str().unwrap_or_default().to_owned();
            if !when.contains(&slot) {
                when.push(slot);
            }
            if !may.contains(&groups[seat]) {
                may.push(groups[seat].clone());
            }
        }
        let gender = ["woman", "woman", "woman", "man", "man", "man", "nonbinary"][chance.below(7)];
        let style = ["talks", "listens", "jokes"][chance.below(3)];
        let mut values = json!({"gender": gender, "age": ages[chance.below(4)], "style": style});
        if chance.percent(12) {
            values["veteran"] = json!("yes");
        }
        let opted: &[&str] = if chance.percent(10) { &["gender"] } else { &[] };
        let liked: Vec<&String> = when.iter().filter(|_| chance.percent(40)).collect();
        let severity = chance.percent(95).then(|| 3 + chance.below(25));
        of_people.push(json!({"id": id, "slots": when, "groups": may, "prefers": liked, "waiting_days": chance.below(200),
            "severity": severity, "traits": values, "opt_out": opted, "seated": seat.map(|seat| &groups[seat])}));
    }
    let mut used = std::collections::BTreeSet::new();
    let mut pairs = |chance: &mut Chance, count: usize, from: usize| {
        let mut pairs = Vec::new();
        for _ in 0..count {
            let (one, other) = (
                from + chance.below(people.len() - from),
                from + chance.below(people.len() - from),
            );
            if one != other && used.insert((one.min(other), one.max(other))) {
                pairs.push(json!([people[one], people[other]]));
            }
        }
        pairs
    };
    // Those who sit are in few pairs: else most problems would be impossible.
    let from = if chance.percent(80) {
        next.min(people.len() - 1)
    } else {
        0
    };
    let apart = pairs(chance, people.len() / 8, from);
    let together = pairs(chance, people.len() / 15, from);
    let bans: Vec<Value> = (0..people.len() / 6)
        .map(|_| {
            json!([
                leaders[chance.below(leaders.len())],
                people[next.min(people.len() - 1) + chance.below(people.len() - next.min(people.len() - 1))]
            ])
        })
        .collect();
    let alone: &[&str] = [&["gender", "veteran"][..], &["gender"], &["veteran"]][chance.below(3)];
    json!({"people": of_people, "groups": of_groups, "apart": apart, "together": together, "leader_bans": bans,
        "never_alone": alone, "alike": ["age"], "spread": ["style"],
        "order": ["placed", "waiting", "preference", "severity", "spread", "change"]})
}
