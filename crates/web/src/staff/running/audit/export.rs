//! `GET /staff/audit.csv`: the rows that are looked for, to take away. It asks to show again who one is, and is written down.

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use feeds::sheet::{self, Mark};
use store::acts::ExportAudit;
use store::audit::{self, Entry};
use store::{On, StoreError};

use super::asked::Asked;
use super::list::{actor, refused};
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(super) const HERE: &str = "/staff/audit.csv";

/// More rows are a matter of narrower days.
pub(super) const MOST: u64 = 20_000;

const COLUMNS: [&str; 10] = [
    "at", "who", "by", "act", "object", "reason", "class", "group", "number", "id",
];

pub(crate) async fn export(State(app): State<App>, person: Person, Query(asked): Query<Asked>) -> Response {
    if !app.limits().export(&person.0.slug().to_string()) {
        return look::too_many(&app);
    }
    let found = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ExportAudit>(On::Organisation).await?;
        let sought = match asked.sought(app.settings().zone) {
            Ok(sought) => sought,
            Err(wrong) => return Ok::<_, StoreError>(Err(wrong)),
        };
        let found = audit::export(&mut permit, &sought, MOST).await?;
        // Written down before anything leaves.
        writing.commit().await?;
        Ok(Ok(found))
    };
    let found = match found.await {
        Ok(Ok(found)) => found,
        Ok(Err(wrong)) => return refused(&app, &person, &asked, wrong).await,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&asked.filters(HERE))),
    };
    let mut text = sheet::begin(Mark::ByteOrder);
    sheet::line(&mut text, COLUMNS.map(str::to_owned));
    for entry in &found.entries {
        sheet::line(&mut text, cells(&app, entry));
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"rows.csv\""),
    ];
    (headers, text).into_response()
}

fn cells(app: &App, entry: &Entry) -> [String; 10] {
    [
        entry.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        actor(app, &entry.actor),
        entry.by.clone().unwrap_or_default(),
        entry.action.clone(),
        entry.object.clone(),
        entry.reason.clone().unwrap_or_default(),
        entry.class.clone(),
        entry.group.as_ref().map(ToString::to_string).unwrap_or_default(),
        entry.number.map(|number| number.to_string()).unwrap_or_default(),
        entry.key.to_string(),
    ]
}
