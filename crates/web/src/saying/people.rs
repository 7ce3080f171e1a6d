//! Roles in words.

use domain::people::Role;

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
