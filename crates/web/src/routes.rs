//! The one table of routes. The router is built from it, and tests walk it.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use domain::access::Action;

use crate::state::App;
use crate::{
    assets, choosing, coming, embed, finding, group, headers, helping, joining, kept, leading, learning,
    limits, look, me, measuring, once, pages, providers, publishing, revalidate, searches, shortlist,
    signing, staff, topics,
};

/// A line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// A path that leads to it, for tests; `{slug}` stands for a listing's, `{provider}` for a provider's.
    pub example: &'static str,
    pub rate: Rate,
    pub cache: Cache,
    pub kept: Kept,
    pub only_in_demo: bool,
    pub framing: Framing,
    /// Who is let through to the handler; what they may do there is asked of the store.
    pub access: Access,
    handler: fn() -> MethodRouter<App>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// Who comes as far as the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anyone,
    /// Who is signed in. The act is what the page as a whole asks the store for, on both engines the same.
    SignedIn(Action),
}

/// Which limit of requests holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    Search,
    Page,
    /// Ways to show who one is.
    SignIn,
    /// Saying for the first time that one comes: a full hall may do so behind one address.
    Coming,
    /// What anybody may say of a page.
    Report,
    /// Help, assets and health: no limit.
    Free,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// A page: nothing stays in the browser.
    Never,
    /// Public data that may be asked about again.
    Revalidate,
    /// Its name changes when it changes.
    Forever,
}

/// Whether an answer stays in memory as it was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    No,
    /// It depends on the address, the listings and the day alone. Only with [`Cache::Revalidate`].
    WhileListingsStay,
}

/// Who may show it inside a page of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    Nobody,
    Anyone,
}

/// A request's body is at most so many bytes.
pub(crate) const MOST_BODY: usize = 64 * 1024;
const LONGEST_REQUEST: std::time::Duration = std::time::Duration::from_secs(20);

/// Every route. Those for anyone show public listings or texts, or nothing (data class C1), or are ways to show who one is;
/// the others name the act that is asked of the store, and its class of data.
pub const TABLE: &[Route] = &[
    page("/", || get(pages::home::show)),
    search("/groups", || get(finding::list::show)),
    Route {
        example: "/groups/{slug}",
        ..page("/groups/{slug}", || get(group::show::show))
    },
    Route {
        cache: Cache::Revalidate,
        ..search("/groups/calendar.ics", || get(publishing::calendar::show))
    },
    Route {
        cache: Cache::Revalidate,
        kept: Kept::WhileListingsStay,
        ..search("/feeds/meetings.json", || get(publishing::meetings::json))
    },
    Route {
        cache: Cache::Revalidate,
        kept: Kept::WhileListingsStay,
        ..search("/feeds/meetings.csv", || get(publishing::meetings::csv))
    },
    Route {
        cache: Cache::Revalidate,
        kept: Kept::WhileListingsStay,
        ..search("/feeds/changes.atom", || get(publishing::changes::show))
    },
    hsds("/feeds/hsds/", "/feeds/hsds/", || get(publishing::hsds::about)),
    hsds("/feeds/hsds/services", "/feeds/hsds/services", || {
        get(publishing::hsds::services)
    }),
    hsds("/feeds/hsds/services/{id}", "/feeds/hsds/services/{slug}", || {
        get(publishing::hsds::service)
    }),
    hsds("/feeds/hsds/organizations", "/feeds/hsds/organizations", || {
        get(publishing::hsds::organizations)
    }),
    hsds(
        "/feeds/hsds/organizations/{id}",
        "/feeds/hsds/organizations/{provider}",
        || get(publishing::hsds::organization),
    ),
    hsds(
        "/feeds/hsds/service_at_locations",
        "/feeds/hsds/service_at_locations",
        || get(publishing::hsds::service_at_locations),
    ),
    hsds(
        "/feeds/hsds/service_at_locations/{id}",
        "/feeds/hsds/service_at_locations/{slug}",
        || get(publishing::hsds::service_at_location),
    ),
    hsds("/feeds/hsds/taxonomies", "/feeds/hsds/taxonomies", || {
        get(publishing::hsds::taxonomies)
    }),
    hsds(
        "/feeds/hsds/taxonomies/{id}",
        "/feeds/hsds/taxonomies/audience",
        || get(publishing::hsds::taxonomy),
    ),
    hsds("/feeds/hsds/taxonomy_terms", "/feeds/hsds/taxonomy_terms", || {
        get(publishing::hsds::taxonomy_terms)
    }),
    hsds(
        "/feeds/hsds/taxonomy_terms/{id}",
        "/feeds/hsds/taxonomy_terms/kind:support",
        || get(publishing::hsds::taxonomy_term),
    ),
    Route {
        example: "/client_interface/json/?switcher=GetSearchResults",
        cache: Cache::Revalidate,
        ..search("/client_interface/json/", || get(publishing::bmlt::show))
    },
    Route {
        example: "/client_interface/json?switcher=GetServerInfo",
        cache: Cache::Revalidate,
        ..search("/client_interface/json", || get(publishing::bmlt::show))
    },
    page("/feeds", || get(publishing::index::show)),
    Route {
        path: "/groups/{slug}/calendar.ics",
        example: "/groups/{slug}/calendar.ics",
        cache: Cache::Revalidate,
        ..page("", || get(group::calendar::show))
    },
    Route {
        cache: Cache::Revalidate,
        ..search("/api/groups", || get(finding::api::index))
    },
    Route {
        example: "/groups/{slug}/report",
        ..page("/groups/{slug}/report", || get(group::report::show))
    },
    Route {
        method: Method::Post,
        example: "/groups/{slug}/report",
        rate: Rate::Report,
        ..page("/groups/{slug}/report", || post(group::report::create))
    },
    Route {
        example: "/groups/{slug}/joining",
        ..page("/groups/{slug}/joining", || get(joining::asking::show))
    },
    Route {
        method: Method::Post,
        example: "/groups/{slug}/joining",
        rate: Rate::Report,
        ..page("/groups/{slug}/joining", || post(joining::asking::create))
    },
    Route {
        method: Method::Post,
        example: "/groups/{slug}/joining/chosen",
        ..page("/groups/{slug}/joining/chosen", || {
            post(joining::asking::with_chosen)
        })
    },
    Route {
        example: "/groups/{slug}/coming",
        ..page("/groups/{slug}/coming", || get(coming::asking::show))
    },
    Route {
        method: Method::Post,
        example: "/groups/{slug}/coming",
        rate: Rate::Coming,
        ..page("/groups/{slug}/coming", || post(coming::asking::create))
    },
    page("/sign-in/joining/{token}", || get(joining::asking::open)),
    sign_in("/sign-in/joining/{token}", || post(joining::asking::take_up)),
    // Being told when a group opens.
    Route {
        example: "/searches/new?near=44113",
        ..page("/searches/new", || get(searches::asking::show))
    },
    Route {
        method: Method::Post,
        rate: Rate::Report,
        ..page("/searches/new", || post(searches::asking::create))
    },
    page("/searches/confirmation/{token}", || get(searches::asking::open)),
    sign_in("/searches/confirmation/{token}", || {
        post(searches::asking::confirm)
    }),
    page("/searches/{token}", || get(searches::own::show)),
    sign_in("/searches/{token}/renewal", || post(searches::own::renew)),
    sign_in("/searches/{token}/end", || post(searches::own::end)),
    Route {
        example: "/shortlist?of={slug}",
        ..page("/shortlist", || get(shortlist::show::show))
    },
    Route {
        framing: Framing::Anyone,
        ..search("/embed/groups", || get(embed::groups::show))
    },
    page("/embed", || get(embed::snippet::show)),
    search("/providers", || get(providers::list::show)),
    Route {
        example: "/providers/{provider}",
        ..page("/providers/{slug}", || get(providers::show::show))
    },
    Route {
        cache: Cache::Revalidate,
        ..search("/api/providers", || get(providers::api::index))
    },
    Route {
        cache: Cache::Revalidate,
        ..page("/api/openapi.json", || get(pages::openapi::show))
    },
    page("/kinds", || get(pages::kinds::show)),
    page("/choose", || get(choosing::question::first)),
    Route {
        method: Method::Post,
        ..page("/choose", || post(choosing::question::next))
    },
    page("/choose/rules", || get(choosing::rules::show)),
    page("/check", || get(measuring::index::show)),
    Route {
        example: "/check/phq-9",
        ..page("/check/{measure}", || get(measuring::check::show))
    },
    Route {
        method: Method::Post,
        example: "/check/phq-9",
        ..page("/check/{measure}", || post(measuring::check::answer))
    },
    page("/for", || get(topics::index::show)),
    Route {
        example: "/for/grief",
        ..page("/for/{topic}", || get(topics::show::show))
    },
    page("/learn", || get(learning::index::show)),
    Route {
        example: "/learn/two-kinds",
        ..page("/learn/{article}", || get(learning::show::show))
    },
    page("/glossary", || get(learning::glossary::show)),
    // Never held back, whatever else was asked for.
    Route {
        rate: Rate::Free,
        ..page("/help-now", || get(helping::show::show))
    },
    page("/about", || get(pages::about::show)),
    page("/privacy", || get(pages::plain::privacy)),
    page("/accessibility", || get(pages::plain::accessibility)),
    page("/leave", || get(pages::leave::go)),
    page("/sign-in", || get(signing::show)),
    sign_in("/sign-in/password", || post(signing::password)),
    sign_in("/sign-in/code", || post(signing::code)),
    sign_in("/sign-in/link", || post(signing::link::create)),
    page("/sign-in/link/{token}", || get(signing::link::show)),
    sign_in("/sign-in/link/{token}", || post(signing::link::redeem)),
    sign_in("/sign-in/passkey/options", || post(signing::passkey::options)),
    sign_in("/sign-in/passkey", || post(signing::passkey::create)),
    // By the organisation's own OpenID provider.
    page("/sign-in/openid", || get(signing::openid::leave)),
    page("/sign-in/openid/back", || get(signing::openid::show)),
    sign_in("/sign-in/openid/back", || post(signing::openid::create)),
    page("/confirm/{token}", || get(group::confirmation::show)),
    sign_in("/confirm/{token}", || post(group::confirmation::create)),
    page("/invitation/{token}", || get(signing::invitation::show)),
    sign_in("/invitation/{token}", || post(signing::invitation::create)),
    person(Method::Post, "/sign-out", Action::ChangeAccount, || {
        post(signing::leaving::create)
    }),
    Route {
        only_in_demo: true,
        ..sign_in("/demo/sign-in", || post(signing::demo::create))
    },
    person(Method::Get, "/sign-in/second", Action::ChangeAccount, || {
        get(signing::second::show)
    }),
    proving("/sign-in/second", || post(signing::second::create)),
    person(Method::Get, "/sign-in/again", Action::ChangeAccount, || {
        get(signing::second::ask_again)
    }),
    proving("/sign-in/again", || post(signing::second::prove_again)),
    Route {
        only_in_demo: true,
        ..proving("/demo/sign-in/again", || post(signing::demo::again))
    },
    person(Method::Get, "/me", Action::SeeAccount, || get(me::show::show)),
    person(Method::Get, "/me/second-factor", Action::ChangeAccount, || {
        get(me::second_factor::show)
    }),
    proving("/me/second-factor", || post(me::second_factor::create)),
    proving("/me/second-factor/confirmation", || {
        post(me::second_factor::confirm)
    }),
    proving("/me/second-factor/codes", || post(me::second_factor::renew_codes)),
    proving("/me/second-factor/removal", || post(me::second_factor::remove)),
    person(Method::Get, "/me/name", Action::ChangeAccount, || {
        get(me::name::edit)
    }),
    person(Method::Post, "/me/name", Action::ChangeAccount, || {
        post(me::name::update)
    }),
    person(Method::Get, "/me/mail", Action::ChangeAccount, || {
        get(me::mail::edit)
    }),
    proving("/me/mail", || post(me::mail::create)),
    person(Method::Get, "/me/mail/{token}", Action::ChangeAccount, || {
        get(me::mail::show)
    }),
    proving("/me/mail/{token}", || post(me::mail::confirm)),
    person(Method::Get, "/me/password", Action::ChangeAccount, || {
        get(me::password::edit)
    }),
    proving("/me/password", || post(me::password::update)),
    person(Method::Get, "/me/code", Action::ChangeAccount, || {
        get(me::code::show)
    }),
    proving("/me/code", || post(me::code::renew)),
    person(Method::Get, "/me/passkeys", Action::SeeAccount, || {
        get(me::passkeys::list)
    }),
    proving("/me/passkeys/options", || post(me::passkeys::options)),
    proving("/me/passkeys", || post(me::passkeys::create)),
    proving("/me/passkeys/{passkey}/removal", || post(me::passkeys::remove)),
    person(Method::Post, "/me/sessions/end", Action::ChangeAccount, || {
        post(me::sessions::end_others)
    }),
    person(
        Method::Post,
        "/me/sessions/{session}/end",
        Action::ChangeAccount,
        || post(me::sessions::end),
    ),
    person(Method::Get, "/me/looked", Action::SeeAudit, || {
        get(me::looked::list)
    }),
    person(Method::Get, "/me/consents", Action::SeeConsents, || {
        get(me::consents::list)
    }),
    person(Method::Post, "/me/consents", Action::ChangeConsents, || {
        post(me::consents::create)
    }),
    person(
        Method::Post,
        "/me/consents/{consent}/revocation",
        Action::ChangeConsents,
        || post(me::consents::revoke),
    ),
    person(Method::Get, "/me/disclosures", Action::SeeConsents, || {
        get(me::disclosures::list)
    }),
    person(Method::Get, "/me/disclosures.csv", Action::SeeConsents, || {
        get(me::disclosures::csv)
    }),
    person(Method::Get, "/me/data", Action::SeeAccount, || {
        get(me::data::show)
    }),
    person(Method::Get, "/me/data.json", Action::ChangeAccount, || {
        get(me::data::json)
    }),
    person(Method::Get, "/me/deletion", Action::ChangeAccount, || {
        get(me::deletion::ask)
    }),
    person(Method::Post, "/me/deletion", Action::ChangeAccount, || {
        post(me::deletion::create)
    }),
    // One's own way into a group.
    person(Method::Get, "/me/joining", Action::SeeApplications, || {
        get(joining::list::list)
    }),
    person(
        Method::Post,
        "/me/joining/groups/{slug}/leaving",
        Action::Apply,
        || post(joining::acts::leave),
    ),
    person(
        Method::Get,
        "/me/joining/{application}",
        Action::SeeApplications,
        || get(joining::show::show),
    ),
    person(
        Method::Get,
        "/me/joining/{application}/answers",
        Action::SeeScreening,
        || get(joining::answers::edit),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/answers",
        Action::AnswerScreening,
        || post(joining::answers::create),
    ),
    person(
        Method::Get,
        "/me/joining/{application}/measures/{measure}",
        Action::SeeScreening,
        || get(joining::measures::edit),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/measures/{measure}",
        Action::AnswerScreening,
        || post(joining::measures::create),
    ),
    person(
        Method::Get,
        "/me/joining/{application}/rules",
        Action::SeeApplications,
        || get(joining::acts::rules),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/reading",
        Action::Apply,
        || post(joining::acts::read),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/talk",
        Action::Apply,
        || post(joining::acts::book),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/talk/end",
        Action::Apply,
        || post(joining::acts::unbook),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/acceptance",
        Action::Apply,
        || post(joining::acts::accept),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/refusal",
        Action::Apply,
        || post(joining::acts::decline),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/choice",
        Action::Apply,
        || post(joining::acts::choose),
    ),
    person(
        Method::Post,
        "/me/joining/{application}/withdrawal",
        Action::Apply,
        || post(joining::acts::withdraw),
    ),
    person(
        Method::Get,
        "/me/agreements/{slug}",
        Action::SeeApplications,
        || get(joining::agreements::show),
    ),
    person(
        Method::Post,
        "/me/agreements/{slug}/{kind}/signature",
        Action::Apply,
        || post(joining::agreements::sign),
    ),
    // Support groups one comes to.
    person(Method::Get, "/me/coming/{slug}", Action::SeeComing, || {
        get(coming::show::show)
    }),
    person(Method::Post, "/me/coming/{slug}", Action::Come, || {
        post(coming::acts::come)
    }),
    person(Method::Post, "/me/coming/{slug}/absence", Action::Come, || {
        post(coming::acts::not)
    }),
    person(Method::Post, "/me/coming/{slug}/part", Action::Come, || {
        post(coming::acts::part)
    }),
    person(Method::Post, "/me/coming/{slug}/rules", Action::Come, || {
        post(coming::acts::agree)
    }),
    person(Method::Post, "/me/coming/{slug}/end", Action::Come, || {
        post(coming::acts::forget)
    }),
    person(
        Method::Get,
        "/me/coming/{slug}/door/{day}",
        Action::SeeComing,
        || get(coming::acts::enter),
    ),
    person(Method::Post, "/me/coming/{slug}/reminder", Action::Come, || {
        post(coming::acts::reminder)
    }),
    // Groups one is a member of.
    person(Method::Get, "/me/groups/{slug}", Action::SeeComing, || {
        get(leading::show::show)
    }),
    person(
        Method::Get,
        "/me/groups/{slug}/door/{day}",
        Action::SeeComing,
        || get(leading::acts::enter),
    ),
    person(Method::Post, "/me/groups/{slug}/absence", Action::Come, || {
        post(leading::acts::absence)
    }),
    person(Method::Post, "/me/groups/{slug}/reminder", Action::Come, || {
        post(leading::acts::reminder)
    }),
    person(
        Method::Post,
        "/me/groups/{slug}/whereabouts",
        Action::ChangeContact,
        || post(leading::acts::whereabouts),
    ),
    person(
        Method::Post,
        "/me/groups/{slug}/emergency",
        Action::ChangeContact,
        || post(leading::acts::emergency),
    ),
    person(
        Method::Get,
        "/me/groups/{slug}/certificate",
        Action::SeeAttendance,
        || get(leading::own_certificate::ask),
    ),
    person(
        Method::Post,
        "/me/groups/{slug}/certificate",
        Action::SeeAttendance,
        || post(leading::own_certificate::issue),
    ),
    person(Method::Get, "/me/groups/{slug}/advice", Action::SeeComing, || {
        get(leading::advice::list)
    }),
    person(Method::Post, "/me/groups/{slug}/advice", Action::Come, || {
        post(leading::advice::give)
    }),
    person(
        Method::Post,
        "/me/groups/{slug}/advice/{advice}",
        Action::Come,
        || post(leading::advice::thank),
    ),
    person(Method::Get, "/staff", Action::SeeAccount, || {
        get(staff::home::show)
    }),
    // Groups, on the staff side.
    person(Method::Get, "/staff/groups", Action::SeeGroup, || {
        get(staff::groups::list)
    }),
    person(Method::Get, "/staff/groups/new", Action::RunListings, || {
        get(staff::groups::new)
    }),
    person(Method::Post, "/staff/groups/new", Action::RunListings, || {
        post(staff::groups::create)
    }),
    person(Method::Get, "/staff/groups/{slug}", Action::SeeGroup, || {
        get(staff::groups::show)
    }),
    person(
        Method::Get,
        "/staff/groups/{slug}/coming",
        Action::SeeRoster,
        || get(staff::groups::coming::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/coming/entrance",
        Action::ChangeEntrance,
        || post(staff::groups::coming::set),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/coming/rules",
        Action::ChangeEntrance,
        || post(staff::groups::coming::set_rules),
    ),
    // Sessions of a group.
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions",
        Action::SeePlans,
        || get(staff::leading::list::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/entrance",
        Action::ChangeEntrance,
        || post(staff::leading::list::set_entrance),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}",
        Action::SeeAttendance,
        || get(staff::leading::show::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/marks/{person}",
        Action::MarkAttendance,
        || post(staff::leading::marks::mark),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/count",
        Action::MarkAttendance,
        || post(staff::leading::heads::count),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/people/{person}",
        Action::SeeContact,
        || get(staff::leading::reach::show),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/plan",
        Action::ChangePlans,
        || get(staff::leading::plan::edit),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/plan",
        Action::ChangePlans,
        || post(staff::leading::plan::update),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/cover",
        Action::ChangePlans,
        || post(staff::leading::cover::name),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/cover/appointment",
        Action::Appoint,
        || post(staff::leading::cover::appoint),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/cancellation",
        Action::EditGroup,
        || post(staff::leading::changes::cancel),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/move",
        Action::EditGroup,
        || post(staff::leading::changes::shift),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/restoration",
        Action::EditGroup,
        || post(staff::leading::changes::restore),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/curricula",
        Action::SeePlans,
        || get(staff::leading::curricula::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula",
        Action::ChangePlans,
        || post(staff::leading::curricula::create),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula/copies",
        Action::ChangePlans,
        || post(staff::leading::copies::create),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula/gathering",
        Action::ChangePlans,
        || post(staff::leading::curricula::gather),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/curricula/{curriculum}",
        Action::ChangePlans,
        || get(staff::leading::curriculum::edit),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula/{curriculum}",
        Action::ChangePlans,
        || post(staff::leading::curriculum::update),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula/{curriculum}/laying",
        Action::ChangePlans,
        || post(staff::leading::curricula::lay),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/curricula/{curriculum}/removal",
        Action::ChangePlans,
        || post(staff::leading::curricula::remove),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/prompts",
        Action::SeeAttendance,
        || get(staff::leading::prompts::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/prompts/{person}",
        Action::MarkAttendance,
        || post(staff::leading::prompts::done),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/certificates/{person}",
        Action::SeeAttendance,
        || get(staff::leading::certificate::ask),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/certificates/{person}",
        Action::SeeAttendance,
        || post(staff::leading::certificate::issue),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/advice",
        Action::SeeAdvice,
        || get(staff::leading::advice::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/advice/{advice}",
        Action::ModerateAdvice,
        || post(staff::leading::advice::moderate),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/edit",
        Action::EditGroup,
        || get(staff::groups::edit),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/edit",
        Action::EditGroup,
        || post(staff::groups::update),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/forgetting",
        Action::EditGroup,
        || post(staff::groups::forget),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/confirmation",
        Action::EditGroup,
        || post(staff::groups::confirm),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/pause",
        Action::EditGroup,
        || post(staff::groups::pause),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/resumption",
        Action::EditGroup,
        || post(staff::groups::resume),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/end",
        Action::RunListings,
        || post(staff::groups::end),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/reversal",
        Action::RunListings,
        || post(staff::groups::reverse),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/schedule",
        Action::EditGroup,
        || get(staff::groups::plan),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/schedule",
        Action::EditGroup,
        || post(staff::groups::replan),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/skips",
        Action::EditGroup,
        || post(staff::groups::skips),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/moves",
        Action::EditGroup,
        || post(staff::groups::moves),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/people",
        Action::SeeRoster,
        || get(staff::groups::people::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/leaders",
        Action::Appoint,
        || post(staff::groups::people::invite),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/leaders/restoration",
        Action::Appoint,
        || post(staff::groups::people::appoint),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/leaders/{role}/end",
        Action::Appoint,
        || post(staff::groups::people::dismiss),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/members",
        Action::ChangeRoster,
        || post(staff::groups::people::create),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/members/restoration",
        Action::ChangeRoster,
        || post(staff::groups::people::restore),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/members/{role}/end",
        Action::ChangeRoster,
        || post(staff::groups::people::remove),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/invitations/{invitation}/withdrawal",
        Action::ChangeRoster,
        || post(staff::groups::people::withdraw),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/people/{person}",
        Action::SeeContact,
        || get(staff::groups::people::show),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/people/{person}/break-glass",
        Action::SeeContact,
        || get(staff::groups::people::ask),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/break-glass",
        Action::SeeContact,
        || post(staff::groups::people::open),
    ),
    // People on the way into a group, and what it asks of them.
    person(Method::Get, "/staff/applicants", Action::SeeApplications, || {
        get(staff::applicants::board::show)
    }),
    person(
        Method::Get,
        "/staff/applicants/{application}",
        Action::SeeIntake,
        || get(staff::applicants::show::show),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/decision",
        Action::Decide,
        || post(staff::applicants::decision::create),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/talk",
        Action::WriteTalk,
        || post(staff::applicants::talk::create),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/risk",
        Action::WriteTalk,
        || post(staff::applicants::talk::risk_seen),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/move",
        Action::Decide,
        || post(staff::applicants::moving::create),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/assignment",
        Action::Decide,
        || post(staff::applicants::talk::assign),
    ),
    person(
        Method::Post,
        "/staff/applicants/{application}/guardian",
        Action::Decide,
        || post(staff::applicants::talk::guardian),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/joining",
        Action::SeeIntake,
        || get(staff::applicants::group::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/joining/times",
        Action::Decide,
        || post(staff::applicants::group::open_time),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/joining/times/{time}/removal",
        Action::Decide,
        || post(staff::applicants::group::close_time),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/joining/start",
        Action::Decide,
        || post(staff::applicants::group::start),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/joining/questions",
        Action::Decide,
        || post(staff::applicants::group::questions),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/joining/agreements/{kind}",
        Action::Decide,
        || post(staff::applicants::group::text),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/members",
        Action::SeeIntake,
        || get(staff::applicants::members::list),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/members",
        Action::ChangeRoster,
        || post(staff::applicants::members::bring_in),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/members/sheet",
        Action::ChangeRoster,
        || post(staff::applicants::members::bring_in_many),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/members/{person}/changes",
        Action::Decide,
        || post(staff::applicants::members::change),
    ),
    // Records of sessions.
    person(
        Method::Get,
        "/me/groups/{slug}/notes",
        Action::SeeReleased,
        || get(me::notes::list),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/records",
        Action::SeePlans,
        || get(staff::records::list::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/records/handover",
        Action::SeeRecord,
        || post(staff::records::handing::create),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/record",
        Action::SeeRecord,
        || get(staff::records::session::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/record",
        Action::WriteRecord,
        || post(staff::records::session::save),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/record/steps",
        Action::WriteRecord,
        || post(staff::records::session::step),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/record/answers",
        Action::SeeRecord,
        || post(staff::records::session::answer),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/parts",
        Action::SeePart,
        || get(staff::records::part::first),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/parts/{person}",
        Action::SeePart,
        || get(staff::records::part::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/parts/{person}",
        Action::WritePart,
        || post(staff::records::part::save),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/parts/{person}/steps",
        Action::WritePart,
        || post(staff::records::part::step),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/parts/{person}/answers",
        Action::SeePart,
        || post(staff::records::part::answer),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/parts/{person}/release",
        Action::WritePart,
        || post(staff::records::part::release),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/sessions/{date}/note",
        Action::KeepNote,
        || get(staff::records::note::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/sessions/{date}/note",
        Action::KeepNote,
        || post(staff::records::note::save),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/people/{person}/chart",
        Action::SeePart,
        || get(staff::records::chart::show),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/chart/summary",
        Action::SeePart,
        || post(staff::records::summary::create),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/goals",
        Action::SeeRecord,
        || get(staff::records::goals::of_group),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/goals",
        Action::WriteRecord,
        || post(staff::records::goals::create_of_group),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/goals/{goal}/end",
        Action::WriteRecord,
        || post(staff::records::goals::end_of_group),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/chart/goals",
        Action::WritePart,
        || post(staff::records::goals::create),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/chart/goals/{goal}/end",
        Action::WritePart,
        || post(staff::records::goals::end),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/chart/known",
        Action::WritePart,
        || post(staff::records::known::set),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/billing",
        Action::SeeAttendance,
        || get(staff::records::billing::show),
    ),
    person(
        Method::Get,
        "/staff/groups/{slug}/billing.csv",
        Action::SeeAttendance,
        || get(staff::records::billing::csv),
    ),
    person(
        Method::Post,
        "/staff/groups/{slug}/people/{person}/billing",
        Action::MarkAttendance,
        || post(staff::records::billing::number),
    ),
    // Records opened by break-glass.
    person(Method::Get, "/staff/break-glass", Action::SeeContact, || {
        get(staff::broken::list)
    }),
    person(
        Method::Post,
        "/staff/break-glass/{opened}/review",
        Action::SeeContact,
        || post(staff::broken::review),
    ),
    person(
        Method::Post,
        "/staff/break-glass/{opened}/end",
        Action::SeeContact,
        || post(staff::broken::end),
    ),
    person(Method::Get, "/staff/reports", Action::SeeReports, || {
        get(staff::reports::list)
    }),
    person(
        Method::Post,
        "/staff/reports/{report}/resolution",
        Action::SeeReports,
        || post(staff::reports::resolve),
    ),
    person(
        Method::Post,
        "/staff/reports/{report}/reopening",
        Action::SeeReports,
        || post(staff::reports::reopen),
    ),
    // Feeds by address.
    person(Method::Get, "/staff/feeds", Action::RunListings, || {
        get(staff::feeds::list)
    }),
    person(Method::Get, "/staff/feeds/new", Action::RunInstallation, || {
        get(staff::feeds::new)
    }),
    person(Method::Post, "/staff/feeds/new", Action::RunInstallation, || {
        post(staff::feeds::create)
    }),
    person(Method::Get, "/staff/feeds/{feed}", Action::RunListings, || {
        get(staff::feeds::show)
    }),
    person(
        Method::Get,
        "/staff/feeds/{feed}/edit",
        Action::RunInstallation,
        || get(staff::feeds::edit),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/edit",
        Action::RunInstallation,
        || post(staff::feeds::update),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/fetching",
        Action::RunListings,
        || post(staff::feeds::fetch_now),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/acceptance",
        Action::RunListings,
        || post(staff::feeds::accept),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/pause",
        Action::RunInstallation,
        || post(staff::feeds::pause),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/resumption",
        Action::RunInstallation,
        || post(staff::feeds::resume),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/removal",
        Action::RunInstallation,
        || post(staff::feeds::remove),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/restoring",
        Action::RunInstallation,
        || post(staff::feeds::restore),
    ),
    person(
        Method::Get,
        "/staff/feeds/{feed}/held",
        Action::RunListings,
        || get(staff::feeds::held),
    ),
    person(
        Method::Get,
        "/staff/feeds/{feed}/held/{row}",
        Action::RunListings,
        || get(staff::feeds::fix),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/held/{row}/correction",
        Action::RunListings,
        || post(staff::feeds::correct),
    ),
    person(
        Method::Get,
        "/staff/feeds/{feed}/corrections",
        Action::RunListings,
        || get(staff::feeds::corrections),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/corrections/{correction}/withdrawal",
        Action::RunListings,
        || post(staff::feeds::withdraw),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/held/{row}/dismissal",
        Action::RunListings,
        || post(staff::feeds::dismiss),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/held/{row}/restoring",
        Action::RunListings,
        || post(staff::feeds::restore_row),
    ),
    person(
        Method::Post,
        "/staff/feeds/{feed}/held/{row}/group",
        Action::RunListings,
        || post(staff::feeds::own),
    ),
    // Running the installation.
    person(Method::Get, "/staff/people", Action::SeeAccounts, || {
        get(staff::running::people::list)
    }),
    person(Method::Get, "/staff/people/{person}", Action::SeeAccount, || {
        get(staff::running::people::show)
    }),
    person(
        Method::Post,
        "/staff/people/{person}/roles",
        Action::ChangeAccounts,
        || post(staff::running::people::give),
    ),
    person(
        Method::Post,
        "/staff/people/{person}/roles/{role}/end",
        Action::ChangeAccounts,
        || post(staff::running::people::end),
    ),
    person(
        Method::Get,
        "/staff/people/{person}/closure",
        Action::SeeAccount,
        || get(staff::running::people::ask),
    ),
    person(
        Method::Post,
        "/staff/people/{person}/closure",
        Action::ChangeAccounts,
        || post(staff::running::people::close),
    ),
    person(
        Method::Post,
        "/staff/people/{person}/sessions/end",
        Action::ChangeAccounts,
        || post(staff::running::people::sign_out),
    ),
    person(
        Method::Post,
        "/staff/people/{person}/second-factor/removal",
        Action::ChangeAccounts,
        || post(staff::running::people::forget_second),
    ),
    person(
        Method::Post,
        "/staff/people/{person}/reopening",
        Action::ChangeAccounts,
        || post(staff::running::people::reopen),
    ),
    person(Method::Get, "/staff/invitations", Action::SeeAccounts, || {
        get(staff::running::invitations::list)
    }),
    person(Method::Post, "/staff/invitations", Action::ChangeAccounts, || {
        post(staff::running::invitations::create)
    }),
    person(
        Method::Post,
        "/staff/invitations/{invitation}/letter",
        Action::ChangeAccounts,
        || post(staff::running::invitations::send_again),
    ),
    person(
        Method::Post,
        "/staff/invitations/{invitation}/withdrawal",
        Action::ChangeAccounts,
        || post(staff::running::invitations::withdraw),
    ),
    person(Method::Get, "/staff/running", Action::SeeInstallation, || {
        get(staff::running::overview::overview)
    }),
    person(
        Method::Post,
        "/staff/running/letters/{letter}/retry",
        Action::RunInstallation,
        || post(staff::running::overview::retry),
    ),
    person(
        Method::Post,
        "/staff/running/jobs/{job}/run",
        Action::RunInstallation,
        || post(staff::running::overview::run_now),
    ),
    person(
        Method::Get,
        "/staff/running/retention",
        Action::SeeInstallation,
        || get(staff::running::retention::show),
    ),
    person(
        Method::Post,
        "/staff/running/retention",
        Action::RunInstallation,
        || post(staff::running::retention::update),
    ),
    person(Method::Get, "/staff/holds", Action::RunListings, || {
        get(staff::holds::list)
    }),
    person(Method::Post, "/staff/holds", Action::RunListings, || {
        post(staff::holds::create)
    }),
    person(
        Method::Post,
        "/staff/holds/{hold}/end",
        Action::RunListings,
        || post(staff::holds::end),
    ),
    person(Method::Get, "/staff/audit", Action::SeeAudit, || {
        get(staff::running::audit::all)
    }),
    person(Method::Get, "/staff/audit.csv", Action::ExportAudit, || {
        get(staff::running::audit::export)
    }),
    person(
        Method::Get,
        "/staff/audit/installation",
        Action::SeeInstallation,
        || get(staff::running::audit::installation),
    ),
    person(Method::Get, "/staff/audit/check", Action::SeeAudit, || {
        get(staff::running::audit::check)
    }),
    Route {
        only_in_demo: true,
        ..page("/demo/mail", || get(pages::demo_mail::show))
    },
    Route {
        only_in_demo: true,
        ..page("/parts", || get(pages::parts::show))
    },
    Route {
        rate: Rate::Free,
        ..page("/healthz", || get(pages::health::show))
    },
    Route {
        path: "/assets/{name}",
        example: "/assets/sameboat.css",
        rate: Rate::Free,
        cache: Cache::Forever,
        ..page("", || get(assets::show))
    },
];

const fn page(path: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        method: Method::Get,
        path,
        example: path,
        rate: Rate::Page,
        cache: Cache::Never,
        kept: Kept::No,
        only_in_demo: false,
        framing: Framing::Nobody,
        access: Access::Anyone,
        handler,
    }
}

const fn search(path: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        rate: Rate::Search,
        ..page(path, handler)
    }
}

/// A way to show who one is.
const fn sign_in(path: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        method: Method::Post,
        rate: Rate::SignIn,
        ..page(path, handler)
    }
}

/// A page or an act of someone who is signed in.
const fn person(
    method: Method,
    path: &'static str,
    action: Action,
    handler: fn() -> MethodRouter<App>,
) -> Route {
    Route {
        method,
        access: Access::SignedIn(action),
        ..page(path, handler)
    }
}

const fn hsds(path: &'static str, example: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        example,
        cache: Cache::Revalidate,
        ..search(path, handler)
    }
}

/// Showing, once signed in, who one is.
const fn proving(path: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        rate: Rate::SignIn,
        ..person(Method::Post, path, Action::ChangeAccount, handler)
    }
}

/// The whole site.
pub fn app(state: App) -> Router {
    let bare = look::bare_words(&state);
    let mut router = Router::new();
    for route in TABLE
        .iter()
        .filter(|route| state.settings().demo || !route.only_in_demo)
    {
        let limited = middleware::from_fn_with_state((state.clone(), route.rate), limits::hold);
        let told = middleware::from_fn_with_state((route.cache, route.framing), headers::of_route);
        let mut handler = (route.handler)();
        if route.kept == Kept::WhileListingsStay {
            handler = handler.layer(middleware::from_fn_with_state(state.clone(), kept::keep));
        }
        if route.cache == Cache::Revalidate {
            handler = handler.layer(middleware::from_fn(revalidate::answer));
        }
        if route.method == Method::Post {
            handler = handler.layer(middleware::from_fn_with_state(state.clone(), once::answer));
        }
        if let Access::SignedIn(_) = route.access {
            handler = handler.layer(middleware::from_fn_with_state(state.clone(), signing::required));
        }
        // The first is the outermost. Layers go on together: axum copies what is under each of them for every request.
        let handler = handler.layer((told, limited));
        router = router.route(route.path, handler);
    }
    let panic = move |_: Box<dyn std::any::Any + Send>| look::bare_error(bare.clone());
    let around = (
        middleware::map_response(revalidate::weaken),
        CompressionLayer::new(),
        middleware::from_fn(headers::log),
        middleware::from_fn_with_state(state.clone(), headers::secure),
        middleware::from_fn_with_state(state.clone(), look::too_large),
        middleware::from_fn_with_state(state.clone(), signing::origin::check),
        RequestBodyLimitLayer::new(MOST_BODY),
        TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST),
        CatchPanicLayer::custom(panic),
    );
    router
        .fallback(look::not_found)
        .method_not_allowed_fallback(look::method_not_allowed)
        .layer(around)
        .with_state(state)
}
