//! Roles in words.

use domain::people::Role;
use store::reports::Reason;

use crate::words::Words;

pub fn role(words: &Words, role: Role) -> String {
    words.say(match role {
        Role::Member => "role-member",
        Role::Facilitator => "role-facilitator",
        Role::Leader => "role-leader",
        Role::CoLeader => "role-co-leader",
        Role::Coordinator => "role-coordinator",
        Role::Supervisor => "role-supervisor",
        Role::Admin => "role-admin",
        Role::Auditor => "role-auditor",
    })
}

/// What is wrong with a page.
pub fn reason(words: &Words, reason: Reason) -> String {
    words.say(match reason {
        Reason::Time => "report-time",
        Reason::Place => "report-place",
        Reason::Link => "report-link",
        Reason::Over => "report-over",
        Reason::NoAnswer => "report-no-answer",
        Reason::Unsafe => "report-hurt",
        Reason::Other => "report-other",
    })
}
