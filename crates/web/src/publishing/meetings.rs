//! `/feeds/meetings.json` and `/feeds/meetings.csv`: support groups as Meeting Guide and 12 Step Meeting List write them.
//!
//! `?programme=NAME` gives the groups that came from that programme's feed; without it the organisation's own. `?bom=1` begins
//! the table with a byte order mark, which Excel needs to see UTF-8. The header `X-Left-Out` counts what is not in it.

use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use feeds::out::Account;
use feeds::sheet::Mark;
use url::form_urlencoded;

use super::{Whose, is_known, meeting_guide, table};
use crate::look;
use crate::revalidate::LEFT_OUT;
use crate::state::App;

pub(crate) async fn json(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let whose = whose(&query.unwrap_or_default());
    if !is_known(&app, &whose) {
        return look::not_found(State(app)).await;
    }
    match meeting_guide(&app, &whose) {
        Ok((text, account)) => told(
            ([(CONTENT_TYPE, "application/json")], text).into_response(),
            &account,
        ),
        Err(error) => look::our_fault(&app, &error),
    }
}

pub(crate) async fn csv(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let whose = whose(&query);
    if !is_known(&app, &whose) {
        return look::not_found(State(app)).await;
    }
    let marked = form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "bom" && value == "1");
    let (text, account) = table(&app, &whose, if marked { Mark::ByteOrder } else { Mark::None });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"meetings.csv\""),
    ];
    told((headers, text).into_response(), &account)
}

pub(super) fn whose(query: &str) -> Whose {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, value)| name == "programme" && !value.trim().is_empty())
        .map_or(Whose::Own, |(_, value)| Whose::Programme(value.trim().to_owned()))
}

pub(super) fn told(mut response: Response, account: &Account) -> Response {
    if let Ok(header) = HeaderValue::from_str(&account.header()) {
        response.headers_mut().insert(LEFT_OUT, header);
    }
    response
}
