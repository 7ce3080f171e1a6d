//! All that is kept about a person, for themselves to take away: theirs, and nobody else's. Whoever else was part of it is named by the
//! role in which they were. What opens something (secrets, hashes, links) is not in it, and neither is what others wrote in confidence.

use chrono::{DateTime, Utc};
use domain::joining::Application;
use domain::people::{PersonId, Role};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::audit::actor_of;
use crate::entities::audit;
use crate::entities::coming;
use crate::entities::consents::{consent, disclosure};
use crate::entities::joining::{
    agreement_signature, agreement_text, application, application_event, application_letter, membership,
    screening_answer, talk_slot,
};
use crate::entities::people::{
    break_glass, invitation, join_code, mailed_link, openid_account, outbox, passkey, password, person,
    recovery_code, role_held, session, totp,
};
use crate::entities::retention::legal_hold;
use crate::entities::work::{confirmation_link, correction, group_draft, report};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::sealed;
use crate::signing;
use crate::transaction::{StoreError, Writing};

/// The form of what is taken away; a later one may be another.
const FORM: u8 = 1;

/// So many rows of the audit at most, the newest.
const MOST_ACTS: u64 = 20_000;

/// All of it. Only who has shown just now who they are may take it, and that they did is written down.
pub async fn all(permit: &mut Permit<'_, ChangeAccount>) -> Result<Value, StoreError> {
    signing::guard(permit).await?;
    let me = permit.about()?;
    permit.act("data.take", String::new()).await?;
    let in_records = crate::records::own(permit).await?;
    let permit = &*permit;
    let writing = &*permit.transaction;
    let row = people::row(writing.looking(), me).await?;
    Ok(json!({
        "sameboat_own_data": FORM,
        "at": writing.now(),
        "account": {
            "name": people::handle(writing, &row).await?.as_str(),
            "mail": people::mail(writing, &row).await?.map(|mail| mail.to_string()),
            "since": row.created_at,
        },
        "roles": roles(writing, me).await?,
        "signing_in": signing_in(writing, me).await?,
        "sessions": sessions(writing, me).await?,
        "links": links(writing, me).await?,
        "invitations": invitations(writing, me).await?,
        "letters": letters(writing, &row).await?,
        "consents": consents(writing, me).await?,
        "disclosures": disclosures(writing, me).await?,
        "opened_in_an_emergency": opened(writing, me).await?,
        "work": work(writing, me).await?,
        "holds": holds(writing, me).await?,
        "joining": joining(permit, me).await?,
        "coming": coming(permit, me).await?,
        "in_groups": crate::leading::own(permit, me).await?,
        "in_records": in_records,
        "acts": acts(writing, me).await?,
    }))
}

async fn roles(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(me.0))
        .order_by_asc(role_held::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(json!({
            "role": row.role,
            "group": slug(writing, row.listing_id).await?,
            "from": row.from_at,
            "until": row.until_at,
            "given_by": word(writing, me, row.given_by, row.from_at).await?,
        }));
    }
    Ok(all)
}

async fn signing_in(writing: &Writing, me: PersonId) -> Result<Value, StoreError> {
    let db = writing.looking();
    let password = password::Entity::find_by_id(me.0).one(db).await?;
    let code = join_code::Entity::find_by_id(me.0).one(db).await?;
    let app = totp::Entity::find_by_id(me.0).one(db).await?;
    let paper = recovery_code::Entity::find()
        .filter(recovery_code::Column::PersonId.eq(me.0))
        .all(db)
        .await?;
    let mut passkeys = Vec::new();
    let rows = passkey::Entity::find()
        .filter(passkey::Column::PersonId.eq(me.0))
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        let name = sealed::PASSKEY_NAME.open(writing, row.id, &row.name).await?;
        passkeys.push(json!({ "name": name.reveal(), "created_at": row.created_at, "used_at": row.used_at }));
    }
    let elsewhere = openid_account::Entity::find()
        .filter(openid_account::Column::PersonId.eq(me.0))
        .all(db)
        .await?;
    let elsewhere: Vec<Value> = elsewhere
        .into_iter()
        .map(|row| {
            json!({ "issuer": row.issuer, "subject": row.subject, "bound_at": row.bound_at, "used_at": row.used_at })
        })
        .collect();
    Ok(json!({
        "password_changed_at": password.map(|row| row.changed_at),
        "code_created_at": code.map(|row| row.created_at),
        "app_confirmed_at": app.and_then(|row| row.confirmed_at),
        "codes_on_paper": { "left": paper.iter().filter(|row| row.used_at.is_none()).count(), "all": paper.len() },
        "passkeys": passkeys,
        "elsewhere": elsewhere,
    }))
}

async fn sessions(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(me.0))
        .order_by_asc(session::Column::Id)
        .all(writing.looking())
        .await?;
    let told = |row: session::Model| {
        json!({
            "by": row.method,
            "steps": row.strength,
            "begun_at": row.begun_at,
            "seen_at": row.seen_at,
            "ended_at": row.revoked_at,
        })
    };
    Ok(rows.into_iter().map(told).collect())
}

async fn links(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = mailed_link::Entity::find()
        .filter(mailed_link::Column::PersonId.eq(me.0))
        .order_by_asc(mailed_link::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let mail = sealed::LINK_MAIL
            .open_some(writing, row.id, row.mail.as_ref())
            .await?;
        all.push(json!({
            "for": row.purpose,
            "mail": mail.as_ref().map(sealed::Plain::reveal),
            "made_at": row.made_at,
            "expires_at": row.expires_at,
            "used_at": row.used_at,
        }));
    }
    Ok(all)
}

/// Those they came by, with their own address; of those they sent only that they did.
async fn invitations(writing: &Writing, me: PersonId) -> Result<Value, StoreError> {
    let rows = invitation::Entity::find()
        .filter(
            Condition::any()
                .add(invitation::Column::AcceptedBy.eq(me.0))
                .add(invitation::Column::InvitedBy.eq(me.0)),
        )
        .order_by_asc(invitation::Column::Id)
        .all(writing.looking())
        .await?;
    let (mut came_by, mut sent) = (Vec::new(), Vec::new());
    for row in rows {
        let group = slug(writing, row.listing_id).await?;
        if row.invited_by == Some(me.0) {
            sent.push(json!({ "role": row.role, "group": group, "made_at": row.made_at }));
        }
        if row.accepted_by == Some(me.0) {
            let mail = sealed::INVITATION_MAIL
                .open_some(writing, row.id, row.mail.as_ref())
                .await?;
            came_by.push(json!({
                "role": row.role,
                "group": group,
                "mail": mail.as_ref().map(sealed::Plain::reveal),
                "made_at": row.made_at,
                "accepted_at": row.accepted_at,
                "invited_by": word(writing, me, row.invited_by, row.made_at).await?,
            }));
        }
    }
    Ok(json!({ "came_by": came_by, "sent": sent }))
}

/// Letters to their address that have not gone out. What they say is for the mailbox: it may hold a link.
async fn letters(writing: &Writing, me: &person::Model) -> Result<Vec<Value>, StoreError> {
    let Some(mail) = people::mail(writing, me).await? else {
        return Ok(Vec::new());
    };
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Mail.is_not_null())
        .order_by_asc(outbox::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let to = sealed::LETTER_MAIL
            .open_some(writing, row.id, row.mail.as_ref())
            .await?;
        if to.is_some_and(|to| to.reveal().to_lowercase() == people::lower(&mail)) {
            all.push(
                json!({ "made_at": row.made_at, "sent_at": row.sent_at, "given_up_at": row.given_up_at }),
            );
        }
    }
    Ok(all)
}

async fn consents(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = consent::Entity::find()
        .filter(consent::Column::PersonId.eq(me.0))
        .order_by_asc(consent::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let recipient = sealed::CONSENT_RECIPIENT
            .open(writing, row.id, &row.recipient)
            .await?;
        all.push(json!({
            "for": row.purpose,
            "to": recipient.reveal(),
            "classes": row.classes,
            "words_sha256": row.text_hash,
            "signed_at": row.signed_at,
            "expires_at": row.expires_at,
            "revoked_at": row.revoked_at,
        }));
    }
    Ok(all)
}

async fn disclosures(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = disclosure::Entity::find()
        .filter(disclosure::Column::PersonId.eq(me.0))
        .order_by_asc(disclosure::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let recipient = sealed::DISCLOSURE_RECIPIENT
            .open_some(writing, row.id, row.recipient.as_ref())
            .await?;
        all.push(json!({
            "on_the_ground_of": row.basis,
            "to": recipient.as_ref().map_or("you", sealed::Plain::reveal),
            "classes": row.classes,
            "sha256": row.what_hash,
            "by": row.role,
            "at": row.at,
        }));
    }
    Ok(all)
}

/// When their record was opened by break-glass; the words beside it may be about others, too.
async fn opened(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::SubjectId.eq(me.0))
        .order_by_asc(break_glass::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(json!({
            "reason": row.reason,
            "group": slug(writing, row.listing_id).await?,
            "by": Role::Supervisor.name(),
            "begun_at": row.begun_at,
            "ends_at": row.ends_at,
            "reviewed_at": row.reviewed_at,
            "outcome": row.outcome,
        }));
    }
    Ok(all)
}

/// What they did here for others, by when and in which group; whom it was about is not theirs to take.
async fn work(writing: &Writing, me: PersonId) -> Result<Value, StoreError> {
    let db = writing.looking();
    let mut drafts = Vec::new();
    for row in group_draft::Entity::find()
        .filter(group_draft::Column::MadeBy.eq(me.0))
        .all(db)
        .await?
    {
        drafts.push(json!({ "group": row.slug, "changed_at": row.changed_at }));
    }
    let mut asked = Vec::new();
    for row in confirmation_link::Entity::find()
        .filter(confirmation_link::Column::PersonId.eq(me.0))
        .all(db)
        .await?
    {
        let group = slug(writing, Some(row.listing_id)).await?;
        asked.push(json!({ "group": group, "made_at": row.made_at, "confirmed_at": row.used_at }));
    }
    let mut reports = Vec::new();
    for row in report::Entity::find()
        .filter(report::Column::ResolvedBy.eq(me.0))
        .all(db)
        .await?
    {
        let group = slug(writing, Some(row.listing_id)).await?;
        reports.push(json!({ "group": group, "resolved_at": row.resolved_at }));
    }
    let corrections = correction::Entity::find()
        .filter(correction::Column::PutBy.eq(me.0))
        .all(db)
        .await?;
    let corrections: Vec<Value> = corrections
        .into_iter()
        .map(|row| json!({ "fact": row.fact, "put_at": row.put_at }))
        .collect();
    let emergencies = break_glass::Entity::find()
        .filter(break_glass::Column::PersonId.eq(me.0))
        .all(db)
        .await?;
    let emergencies: Vec<Value> = emergencies
        .into_iter()
        .map(|row| json!({ "reason": row.reason, "begun_at": row.begun_at, "ends_at": row.ends_at }))
        .collect();
    Ok(json!({
        "drafts": drafts,
        "asked_to_confirm": asked,
        "reports_resolved": reports,
        "corrections_of_feeds": corrections,
        "records_opened_in_an_emergency": emergencies,
    }))
}

/// That there is a hold, since when; its reason may be about others, too.
async fn holds(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let rows = legal_hold::Entity::find()
        .filter(legal_hold::Column::PersonId.eq(me.0))
        .order_by_asc(legal_hold::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let by = word(writing, me, row.put_by, row.put_at).await?;
        all.push(json!({ "put_at": row.put_at, "put_by": by, "ended_at": row.ended_at }));
    }
    Ok(all)
}

/// What the audit says of them: what was done to what is kept about them, and what they did themselves.
async fn acts(writing: &Writing, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let mine = actor_of(me);
    let rows = audit::Entity::find()
        .filter(
            Condition::any()
                .add(audit::Column::About.eq(me.0))
                .add(audit::Column::Actor.eq(mine.as_str())),
        )
        .order_by_desc(audit::Column::Id)
        .limit(MOST_ACTS)
        .all(writing.looking())
        .await?;
    let told = |row: audit::Model| {
        let by = if row.actor == mine {
            "you".to_owned()
        } else {
            row.role
                .unwrap_or_else(|| row.actor.split(':').next().unwrap_or_default().to_owned())
        };
        json!({
            "at": row.at,
            "act": row.action,
            "class": row.class,
            "by": by,
            "about_you": row.about == Some(me.0),
        })
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Their ways into groups: what they said, what they were written and what they signed. What was noted of a conversation is the
/// record of who led it.
async fn joining(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Value, StoreError> {
    let (writing, db) = (&*permit.transaction, permit.db());
    let rows = application::Entity::find()
        .filter(application::Column::PersonId.eq(me.0))
        .order_by_asc(application::Column::Id)
        .all(db)
        .await?;
    let mut asked = Vec::new();
    for row in rows {
        asked.push(json!({
            "group": slug(writing, Some(row.listing_id)).await?,
            "state": row.state,
            "age": row.age,
            "asked_at": row.asked_at,
            "way": facts(&crate::joining::way(&row)?),
            "answers": answers(permit, row.id).await?,
            "letters": written(permit, row.id).await?,
            "steps": steps(writing, me, row.id).await?,
        }));
    }
    let mut memberships = Vec::new();
    let rows = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(me.0))
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        let screened_by = match &row.screened_by {
            Some(cipher) => Some(sealed::SCREENED_BY.open(permit, row.id, cipher).await?),
            None => None,
        };
        memberships.push(json!({
            "group": slug(writing, Some(row.listing_id)).await?,
            "way": serde_json::from_str::<Value>(&row.way).unwrap_or_default(),
            "screened_elsewhere_by": screened_by.as_ref().map(sealed::Plain::reveal),
            "entered_at": row.entered_at,
        }));
    }
    let mut signed = Vec::new();
    let rows = agreement_signature::Entity::find()
        .filter(agreement_signature::Column::PersonId.eq(me.0))
        .order_by_asc(agreement_signature::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        let text = agreement_text::Entity::find_by_id(row.text_id).one(db).await?;
        let name = sealed::SIGNED_NAME.open(writing, row.id, &row.name).await?;
        signed.push(json!({
            "group": slug(writing, Some(row.listing_id)).await?,
            "title": text.as_ref().map(|text| text.title.as_str()),
            "words": text.as_ref().map(|text| text.words.as_str()),
            "words_sha256": text.as_ref().map(|text| text.hash.as_str()),
            "signed_as": row.signer,
            "name": name.reveal(),
            "signed_at": row.signed_at,
        }));
    }
    let offered = talk_slot::Entity::find()
        .filter(talk_slot::Column::LeaderId.eq(me.0))
        .all(db)
        .await?;
    let offered: Vec<Value> = offered.into_iter().map(|row| json!(row.starts_at)).collect();
    Ok(json!({ "asked": asked, "memberships": memberships, "signed": signed, "times_offered": offered }))
}

/// The support groups they come to: under which name there, and what they said.
async fn coming(permit: &Permit<'_, ChangeAccount>, me: PersonId) -> Result<Vec<Value>, StoreError> {
    let (writing, db) = (&*permit.transaction, permit.db());
    let rows = coming::guest::Entity::find()
        .filter(coming::guest::Column::PersonId.eq(me.0))
        .order_by_asc(coming::guest::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let name = sealed::GUEST_HANDLE.open(permit, row.id, &row.handle).await?;
        let days = coming::coming::Entity::find()
            .filter(coming::coming::Column::GuestId.eq(row.id))
            .order_by_asc(coming::coming::Column::MeetsOn)
            .all(db)
            .await?;
        let days: Vec<Value> = days
            .into_iter()
            .map(|day| json!({ "meeting": day.meets_on, "comes": day.said }))
            .collect();
        all.push(json!({
            "group": slug(writing, Some(row.listing_id)).await?,
            "name_there": name.reveal(),
            "to": row.part,
            "regularly_from": row.regularly_from,
            "regularly_until": row.regularly_until,
            "first_meeting": row.first_on,
            "since": row.came_at,
            "meetings": days,
        }));
    }
    Ok(all)
}

/// What happened; by whom of the staff is in the steps, by role.
fn facts(way: &Application) -> Value {
    let facts = way.facts();
    let talk = facts.conversation.as_ref();
    json!({
        "answered_at": facts.answered_at,
        "talk_booked_for": facts.booked_for,
        "talk_recorded_at": talk.map(|talk| talk.at),
        "talk_points": talk.map(|talk| &talk.points),
        "read_the_rules_at": facts.read_at,
        "options": way.options(),
    })
}

async fn answers(permit: &Permit<'_, ChangeAccount>, of: Uuid) -> Result<Vec<Value>, StoreError> {
    let rows = screening_answer::Entity::find()
        .filter(screening_answer::Column::ApplicationId.eq(of))
        .order_by_asc(screening_answer::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let plain = sealed::SCREENING_ANSWERS
            .open(permit, row.id, &row.answers)
            .await?;
        let said: Value = serde_json::from_str(plain.reveal()).unwrap_or_default();
        all.push(json!({ "form": row.form, "answered_at": row.answered_at, "said": said }));
    }
    Ok(all)
}

async fn written(permit: &Permit<'_, ChangeAccount>, of: Uuid) -> Result<Vec<Value>, StoreError> {
    let rows = application_letter::Entity::find()
        .filter(application_letter::Column::ApplicationId.eq(of))
        .order_by_asc(application_letter::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let words = sealed::APPLICATION_LETTER
            .open(permit, row.id, &row.words)
            .await?;
        all.push(json!({ "written_at": row.written_at, "words": words.reveal() }));
    }
    Ok(all)
}

async fn steps(writing: &Writing, me: PersonId, of: Uuid) -> Result<Vec<Value>, StoreError> {
    let rows = application_event::Entity::find()
        .filter(application_event::Column::ApplicationId.eq(of))
        .order_by_asc(application_event::Column::Id)
        .all(writing.looking())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let by = word(writing, me, row.acted_by, row.at).await?;
        all.push(json!({ "act": row.act, "state": row.state, "by": by, "at": row.at }));
    }
    Ok(all)
}

async fn slug(writing: &Writing, group: Option<Uuid>) -> Result<Option<String>, StoreError> {
    let slug = people::slug_of(writing.looking(), group).await?;
    Ok(slug.map(|slug| slug.to_string()))
}

/// Who it was, in a word: you, the highest role of the staff that they held then, someone, or the program.
async fn word(
    writing: &Writing,
    me: PersonId,
    whose: Option<Uuid>,
    then: DateTime<Utc>,
) -> Result<&'static str, StoreError> {
    let Some(id) = whose else {
        return Ok("the program");
    };
    if id == me.0 {
        return Ok("you");
    }
    let role = highest(writing.looking(), PersonId(id), then).await?;
    Ok(role.map_or("someone", Role::name))
}

async fn highest(
    db: &DatabaseTransaction,
    person: PersonId,
    then: DateTime<Utc>,
) -> Result<Option<Role>, StoreError> {
    let held = people::held(db, person).await?;
    let staff = held
        .into_iter()
        .filter(|held| held.holds(then) && held.role.is_staff());
    Ok(staff.map(|held| held.role).max_by_key(|role| role.rank()))
}
