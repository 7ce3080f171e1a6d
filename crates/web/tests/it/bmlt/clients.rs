//! What clients ask.

use super::oracle::Query;

/// Questions about the meetings as they are.
pub const PLAIN: [Query; 47] = [
    &[("sort_key", "state"), ("weekdays", "4")],
    &[("sort_key", "town"), ("SearchString", "Brooklyn Albany")],
    &[
        ("meeting_key", "location_municipality"),
        ("meeting_key_value[]", "brooklyn"),
        ("meeting_key_value[]", "Albany"),
    ],
    &[
        ("sort_keys", "location_postal_code_1,meeting_name"),
        ("formats", "33,17"),
    ],
    &[],
    &[("weekdays", "2")],
    &[("weekdays[]", "1"), ("weekdays[]", "7")],
    &[("weekdays", "3,4, 5")],
    &[("weekdays", "-1")],
    &[("weekdays[]", "-1"), ("weekdays[]", "-7")],
    &[("weekdays", "9")],
    &[("venue_types", "1")],
    &[("venue_types", "-1")],
    &[("formats", "17")],
    &[("formats[]", "17"), ("formats[]", "27")],
    &[("formats", "17,27,33"), ("formats_comparison_operator", "AND")],
    &[("formats", "32,15,34"), ("formats_comparison_operator", "OR")],
    &[("formats", "-17")],
    &[("formats[]", "1"), ("formats[]", "-33"), ("weekdays", "-4")],
    &[("formats", "9")],
    &[
        ("formats", "8,29"),
        ("formats_comparison_operator", "or"),
        ("StartsAfterH", "18"),
    ],
    &[("lat_val", "40.75"), ("long_val", "-73.98"), ("geo_width", "2")],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width_km", "3.5"),
    ],
    &[
        ("lat_val", "42.65"),
        ("long_val", "-73.75"),
        ("geo_width", "25"),
        ("sort_results_by_distance", "1"),
    ],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width", "-20"),
        ("sort_results_by_distance", "1"),
    ],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width_km", "-20"),
    ],
    &[
        ("lat_val", "44.48"),
        ("long_val", "-73.21"),
        ("geo_width", "-50"),
        ("weekdays", "6"),
    ],
    &[("lat_val", "34.05"), ("long_val", "-118.24"), ("geo_width", "-5")],
    &[("lat_val", "40.75"), ("long_val", "-73.98")],
    &[("lat_val", "40.75"), ("geo_width", "5")],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width", "near"),
    ],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("data_field_key", "id_bigint,distance_in_miles"),
        ("weekdays", "1"),
    ],
    &[("SearchString", "ladies")],
    &[("SearchString", "Church hospital")],
    &[("SearchString", "Poughkeepsie"), ("weekdays", "-2")],
    &[("SearchString", "10467")],
    &[("SearchString", "14,7,4")],
    &[
        ("SearchString", "Hope"),
        (
            "data_field_key",
            "id_bigint,meeting_name,weekday_tinyint,start_time,formats",
        ),
    ],
    &[("SearchString", "st")],
    &[("StartsAfterH", "19"), ("StartsAfterM", "30")],
    &[("StartsBeforeH", "9")],
    &[("MinDurationH", "2"), ("MaxDurationH", "3")],
    &[("sort_keys", "start_time,weekday_tinyint"), ("formats", "33")],
    &[("sort_keys", "meeting_name,start_time"), ("weekdays", "6")],
    &[("sort_key", "time"), ("formats", "1")],
    &[("meeting_key", "weekday_tinyint"), ("meeting_key_value", "3")],
    &[("meeting_ids", "2,4,10,-4")],
];

/// Questions about the same meetings, some of them moved online.
pub const MIXED: [Query; 9] = [
    &[("venue_types", "1")],
    &[("venue_types", "2")],
    &[("venue_types[]", "2"), ("venue_types[]", "3")],
    &[("venue_types", "-2")],
    &[
        ("venue_types[]", "-1"),
        ("venue_types[]", "-3"),
        ("weekdays", "1,2,3"),
    ],
    &[
        ("venue_types", "3"),
        ("formats", "17"),
        ("sort_keys", "start_time"),
    ],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width", "4"),
        ("venue_types", "3"),
    ],
    &[
        ("lat_val", "40.75"),
        ("long_val", "-73.98"),
        ("geo_width_km", "-15"),
        ("sort_results_by_distance", "1"),
    ],
    &[("sort_key", "town"), ("venue_types", "-1")],
];
