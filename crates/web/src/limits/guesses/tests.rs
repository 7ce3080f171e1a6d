use proptest::prelude::*;

use super::*;

const ACCOUNT: Name = [1; 32];
const HOME: u32 = 1_000_000;

fn begin() -> DateTime<Utc> {
    "2026-11-24T15:00:00Z".parse().unwrap()
}

fn prefix(number: u32) -> Name {
    let mut name = [0; 32];
    name[..4].copy_from_slice(&number.to_be_bytes());
    name
}

/// A guess at the account from this prefix, so many milliseconds on.
fn guess(guesses: &Guesses, from: u32, at: i64) -> Turn {
    guesses.take(ACCOUNT, prefix(from), begin() + TimeDelta::milliseconds(at))
}

fn sign_in(guesses: &Guesses, from: u32, at: i64) {
    let turn = guess(guesses, from, at);
    assert!(turn.is_judged(), "{turn:?}");
    guesses.was_right(&turn, turn.at);
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Guesses from 2,500 prefixes that take turns, 50 a second, until all is used up that is heard at once.
fn flood(guesses: &Guesses) -> Vec<Hearing> {
    (0..10_000)
        .map(|n| guess(guesses, n % 2_500, i64::from(n) * 20).hearing)
        .collect()
}

fn judged(hearings: &[Hearing]) -> usize {
    let open = hearings.iter().filter(|hearing| **hearing == Hearing::Open);
    open.count()
}

#[test]
fn one_prefix_is_heard_five_times_and_refused_from_then_on() {
    let guesses = Guesses::default();
    let heard: Vec<_> = (0..10_000).map(|n| guess(&guesses, 1, n * 20).hearing).collect();
    assert_eq!(heard[..OWN], [Hearing::Open; OWN]);
    assert!(heard[OWN..].iter().all(|hearing| *hearing == Hearing::Refused));
    assert_eq!(guess(&guesses, 1, 15 * MINUTE - 1).hearing, Hearing::Refused);
    assert_eq!(guess(&guesses, 1, 15 * MINUTE).hearing, Hearing::Open);
}

#[test]
fn ten_thousand_guesses_from_many_prefixes_are_twenty_and_one_after_each_wait() {
    let heard = flood(&Guesses::default());
    // 200 seconds have room for waits of one and of two minutes.
    assert_eq!(judged(&heard), 22);
    assert_eq!(heard[..20], [Hearing::Open; 20]);
    assert!(!heard.contains(&Hearing::Quiet));
}

#[test]
fn a_flood_that_never_ends_is_heard_48_times_on_its_first_day_and_24_times_on_the_next() {
    let guesses = Guesses::default();
    let mut days = Vec::new();
    let mut last = 0;
    for day in 0..2 {
        // A guess each second, each from a prefix of its own.
        let mut heard = 0;
        for second in day * 86_400..(day + 1) * 86_400 {
            let number = u32::try_from(second).unwrap();
            if guess(&guesses, number, second * 1_000).hearing == Hearing::Open {
                assert!(second - last <= 3_600, "it is never deaf for longer than an hour");
                (heard, last) = (heard + 1, second);
            }
        }
        days.push(heard);
    }
    assert_eq!(days, [48, 24]);
}

#[test]
fn nobody_uses_up_the_guesses_of_who_is_elsewhere() {
    let guesses = Guesses::default();
    for n in 0..60 {
        guess(&guesses, 1, n);
    }
    let own: Vec<_> = (0..6).map(|n| guess(&guesses, HOME, 100 + n).hearing).collect();
    assert_eq!(own[..OWN], [Hearing::Open; OWN]);
    assert_eq!(own[OWN], Hearing::Refused);
}

#[test]
fn a_flood_keeps_nobody_out_from_where_they_signed_in_before() {
    let guesses = Guesses::default();
    sign_in(&guesses, HOME, 0);
    flood(&guesses);
    for n in 0..4 {
        assert_eq!(guess(&guesses, HOME, 3 * MINUTE + n).hearing, Hearing::Quiet);
    }
    sign_in(&guesses, HOME, 3 * MINUTE + 9);
    assert_eq!(guess(&guesses, HOME + 1, 3 * MINUTE + 9).hearing, Hearing::Deaf);
    // Nor does another account's being known count here.
    let other = guesses.take([2; 32], prefix(HOME + 2), begin());
    guesses.was_right(&other, begin());
    assert_eq!(guess(&guesses, HOME + 2, 3 * MINUTE + 9).hearing, Hearing::Deaf);
    // Within the hour anybody is heard again, once the flood is over.
    assert_eq!(
        guess(&guesses, HOME + 3, HOUR + 4 * MINUTE).hearing,
        Hearing::Open
    );
}

#[test]
fn a_prefix_is_known_for_ninety_days_and_eight_of_them_at_a_time() {
    let guesses = Guesses::default();
    for n in 0..=8 {
        sign_in(&guesses, HOME + n, i64::from(n) * HOUR);
    }
    let knows = |from: u32, at: i64| {
        let at = begin() + TimeDelta::milliseconds(at);
        guesses.held().knows(&ACCOUNT, &prefix(from), at)
    };
    assert!(!knows(HOME, 9 * HOUR), "the oldest made room");
    assert!((1..=8).all(|n| knows(HOME + n, 9 * HOUR)));
    let last = 8 * HOUR + 90 * 24 * HOUR;
    assert!(knows(HOME + 8, last - 1) && !knows(HOME + 8, last));
}

#[test]
fn who_signs_in_often_waits_for_nothing() {
    let guesses = Guesses::default();
    for n in 0..1_000 {
        sign_in(&guesses, HOME, n);
    }
    for n in 0..30 {
        sign_in(&guesses, n, 2_000);
    }
}

#[test]
fn a_clock_that_went_back_lets_nobody_wait_for_longer() {
    let guesses = Guesses::default();
    for n in 0..24 * OWN {
        guess(&guesses, u32::try_from(n / OWN).unwrap(), 48 * HOUR);
    }
    assert_eq!(guess(&guesses, 0, 0).hearing, Hearing::Refused);
    assert_eq!(guess(&guesses, 99, 0).hearing, Hearing::Deaf);
    assert_eq!(guess(&guesses, 0, 15 * MINUTE).hearing, Hearing::Open);
    assert_eq!(guess(&guesses, 99, 30 * MINUTE).hearing, Hearing::Open);
}

#[test]
fn what_decides_nothing_any_more_is_forgotten() {
    let guesses = Guesses::default();
    for n in 0..TIDY_EVERY * 3 {
        let account = prefix(n);
        guesses.take(account, prefix(n), begin());
    }
    for n in 0..TIDY_EVERY {
        guesses.take(prefix(n), prefix(n), begin() + TimeDelta::hours(2));
    }
    let held = guesses.held();
    assert!(held.own.len() <= 1_000 && held.all.len() <= 1_000);
}

/// What somebody does: from which prefix, how much later than the last, and whether it is the account's own person.
fn acts() -> impl Strategy<Value = Vec<(u32, i64, bool)>> {
    let pause = prop_oneof![0..2_000_i64, 0..HOUR];
    proptest::collection::vec((0..12_u32, pause, proptest::bool::weighted(0.1)), 0..200)
}

proptest! {
    #[test]
    fn in_any_quarter_of_an_hour_one_prefix_is_heard_five_times(acts in acts()) {
        let guesses = Guesses::default();
        let (mut now, mut heard) = (0, Vec::new());
        for (from, pause, _) in acts {
            now += pause;
            if guess(&guesses, from, now).hearing != Hearing::Refused {
                heard.push((from, now));
            }
        }
        for (from, since) in &heard {
            let within = |(other, at): &&(u32, i64)| other == from && (0..15 * MINUTE).contains(&(at - since));
            prop_assert!(heard.iter().filter(within).count() <= OWN);
        }
    }

    /// Two accounts are guessed at in the same way. The person of one signs in meanwhile, from prefixes from which others guess, too; the
    /// other is nobody's. What the guesser sees is the same.
    #[test]
    fn no_answer_tells_whether_there_is_an_account_or_who_signs_in(acts in acts()) {
        let (somebodys, nobodys) = (Guesses::default(), Guesses::default());
        let mut now = 0;
        for (from, pause, own) in acts {
            now += pause;
            if own {
                let turn = guess(&somebodys, from, now);
                if turn.is_judged() {
                    somebodys.was_right(&turn, turn.at);
                } else {
                    // Who is not heard has not signed in: that is a guess as anybody makes them at any account.
                    guess(&nobodys, from, now);
                }
                continue;
            }
            let seen = [&somebodys, &nobodys].map(|guesses| match guess(guesses, from, now).hearing {
                Hearing::Quiet => Hearing::Deaf,
                other => other,
            });
            prop_assert_eq!(seen[0], seen[1], "after {} ms from {}", now, from);
        }
    }
}
