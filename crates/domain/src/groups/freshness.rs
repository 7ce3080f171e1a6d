//! How far one may trust that a listing is still true.

use chrono::NaiveDate;

/// Days after which a listing fades.
pub const FADES_AFTER: i64 = 90;
/// Days after which a listing counts as not checked.
pub const STALE_AFTER: i64 = 180;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Checked less than 90 days ago.
    Fresh {
        days: i64,
    },
    /// Checked 90 to 179 days ago.
    Fading {
        days: i64,
    },
    /// Not checked for 180 days or more.
    Stale {
        since: NaiveDate,
    },
    Unknown,
}

/// The freshness on `today` of a listing that was last verified on `verified_on`.
pub fn freshness(verified_on: Option<NaiveDate>, today: NaiveDate) -> Freshness {
    let Some(since) = verified_on else {
        return Freshness::Unknown;
    };
    let days = (today - since).num_days().max(0);
    match days {
        STALE_AFTER.. => Freshness::Stale { since },
        FADES_AFTER.. => Freshness::Fading { days },
        _ => Freshness::Fresh { days },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_fades_at_90_and_is_stale_at_180_days() {
        let since = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let after = |days| freshness(Some(since), since + chrono::Days::new(days));
        assert_eq!(after(89), Freshness::Fresh { days: 89 });
        assert_eq!(after(90), Freshness::Fading { days: 90 });
        assert_eq!(after(179), Freshness::Fading { days: 179 });
        assert_eq!(after(180), Freshness::Stale { since });
        assert_eq!(freshness(None, since), Freshness::Unknown);
    }

    #[test]
    fn a_date_in_the_future_counts_as_today() {
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert_eq!(freshness(today.succ_opt(), today), Freshness::Fresh { days: 0 });
    }
}
