//! The table: what each role may do with each class of data. It is the one of SECURITY, row by row.

use crate::people::Role;

use super::Need;

/// Classes of data, from what everybody sees to what nobody but its author does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The public listing of a group.
    Listing,
    /// Who is in a group.
    Roster,
    /// How to reach a person, and whom in an emergency.
    Contact,
    /// The answers of screening.
    Screening,
    Attendance,
    /// Answers to measures, and scores.
    Measures,
    /// What a group did; names nobody.
    GroupNote,
    /// One member's part of a note.
    IndividualNote,
    /// A therapist's own notes, apart from the record.
    ProcessNote,
    /// The words of a live room.
    Room,
    /// Who did what, and what was disclosed to whom.
    Audit,
    /// Accounts, settings, keys.
    Account,
    /// What a person agreed to have given away, and what was given to whom.
    Consent,
    /// That someone asks for a place in a group, and where they stand; nothing of what they said.
    Joining,
    /// What staff decide about who asks, what they record of the conversation, and the times they have open.
    Intake,
    /// That someone says they come to a support group, when, and under which name: to themselves.
    Coming,
    /// How one gets into a support group: its ground rules, its private address, its join links.
    Entrance,
    /// What is planned for the sessions of a group; about nobody in it.
    Plan,
    /// A note about oneself that was released to oneself; and one's goals, which were written together.
    Released,
}

/// What a cell allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// That it exists, when and by whom; none of its content.
    Metadata,
    Read,
    Write,
    /// To read, after a reason was given and others were told.
    BreakGlass,
}

/// How far a cell reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The group in which the role is held.
    Group,
    /// What one has written oneself, in the group in which the role is held.
    Author,
    /// The groups one supervises.
    Supervised,
    Organisation,
}

type Cell = &'static [(Right, Extent)];

const NO: Cell = &[];
const M_ORG: Cell = &[(Right::Metadata, Extent::Organisation)];
const R_GRP: Cell = &[(Right::Read, Extent::Group)];
const R_SUP: Cell = &[(Right::Read, Extent::Supervised)];
const R_ORG: Cell = &[(Right::Read, Extent::Organisation)];
const RW_GRP: Cell = &[(Right::Write, Extent::Group)];
const RW_ORG: Cell = &[(Right::Write, Extent::Organisation)];
const RW_OWN: Cell = &[(Right::Write, Extent::Author)];
const RW_OWN_R_GRP: Cell = &[(Right::Write, Extent::Author), (Right::Read, Extent::Group)];
const B_SUP: Cell = &[(Right::BreakGlass, Extent::Supervised)];

#[rustfmt::skip]
const MATRIX: [(Class, [Cell; 8]); 19] = [
    //                        member facilitator leader  co-leader coordinator supervisor admin   auditor
    (Class::Listing,        [ R_ORG, RW_GRP,     RW_GRP, R_ORG,    RW_ORG,     R_ORG,     RW_ORG, R_ORG ]),
    (Class::Roster,         [ NO,    R_GRP,      R_GRP,  R_GRP,    RW_ORG,     R_SUP,     NO,     M_ORG ]),
    (Class::Contact,        [ NO,    NO,         R_GRP,  R_GRP,    RW_ORG,     B_SUP,     NO,     NO    ]),
    (Class::Screening,      [ NO,    NO,         R_GRP,  R_GRP,    M_ORG,      R_SUP,     NO,     NO    ]),
    (Class::Attendance,     [ NO,    RW_GRP,     RW_GRP, RW_GRP,   R_ORG,      R_SUP,     NO,     M_ORG ]),
    (Class::Measures,       [ NO,    NO,         R_GRP,  R_GRP,    M_ORG,      R_SUP,     NO,     NO    ]),
    (Class::GroupNote,      [ NO,    RW_OWN,     RW_GRP, RW_GRP,   M_ORG,      R_SUP,     NO,     M_ORG ]),
    (Class::IndividualNote, [ NO,    NO,         RW_GRP, RW_OWN_R_GRP, M_ORG,  R_SUP,     NO,     M_ORG ]),
    (Class::ProcessNote,    [ NO,    NO,         RW_OWN, RW_OWN,   NO,         NO,        NO,     M_ORG ]),
    (Class::Room,           [ RW_GRP, RW_GRP,    RW_GRP, RW_GRP,   NO,         NO,        NO,     NO    ]),
    (Class::Audit,          [ NO,    NO,         NO,     NO,       NO,         NO,        NO,     R_ORG ]),
    (Class::Account,        [ NO,    NO,         NO,     NO,       NO,         NO,        RW_ORG, M_ORG ]),
    (Class::Consent,        [ NO,    NO,         NO,     NO,       NO,         NO,        NO,     NO    ]),
    (Class::Joining,        [ NO,    NO,         R_GRP,  R_GRP,    R_ORG,      R_SUP,     NO,     M_ORG ]),
    (Class::Intake,         [ NO,    NO,         RW_GRP, R_GRP,    RW_ORG,     R_SUP,     NO,     M_ORG ]),
    (Class::Coming,         [ NO,    NO,         NO,     NO,       NO,         NO,        NO,     NO    ]),
    (Class::Entrance,       [ NO,    RW_GRP,     RW_GRP, R_GRP,    RW_ORG,     NO,        NO,     M_ORG ]),
    (Class::Plan,           [ NO,    RW_GRP,     RW_GRP, RW_GRP,   RW_ORG,     R_SUP,     NO,     M_ORG ]),
    (Class::Released,       [ NO,    NO,         NO,     NO,       NO,         NO,        NO,     NO    ]),
];

/// What a person may do with what is about themselves.
pub(super) const fn own(class: Class) -> Option<Right> {
    match class {
        Class::Listing | Class::Attendance | Class::Audit | Class::Released => Some(Right::Read),
        Class::Contact
        | Class::Screening
        | Class::Measures
        | Class::Account
        | Class::Consent
        | Class::Joining
        | Class::Coming => Some(Right::Write),
        // Whom else a roster or a room names, a note that is not released, a therapist's own jottings, what staff decide: not
        // theirs by this.
        Class::Roster
        | Class::GroupNote
        | Class::IndividualNote
        | Class::ProcessNote
        | Class::Room
        | Class::Intake
        | Class::Entrance
        | Class::Plan => None,
    }
}

/// What a role may do with a class, cell by cell.
pub fn matrix(class: Class, role: Role) -> &'static [(Right, Extent)] {
    let column = match role {
        Role::Member => 0,
        Role::Facilitator => 1,
        Role::Leader => 2,
        Role::CoLeader => 3,
        Role::Coordinator => 4,
        Role::Supervisor => 5,
        Role::Admin => 6,
        Role::Auditor => 7,
    };
    MATRIX
        .iter()
        .find(|(row, _)| *row == class)
        .map_or(NO, |(_, cells)| cells[column])
}

impl Class {
    pub const ALL: [Self; 19] = [
        Self::Listing,
        Self::Roster,
        Self::Contact,
        Self::Screening,
        Self::Attendance,
        Self::Measures,
        Self::GroupNote,
        Self::IndividualNote,
        Self::ProcessNote,
        Self::Room,
        Self::Audit,
        Self::Account,
        Self::Consent,
        Self::Joining,
        Self::Intake,
        Self::Coming,
        Self::Entrance,
        Self::Plan,
        Self::Released,
    ];

    /// "C1" to "C19".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listing => "C1",
            Self::Roster => "C2",
            Self::Contact => "C3",
            Self::Screening => "C4",
            Self::Attendance => "C5",
            Self::Measures => "C6",
            Self::GroupNote => "C7",
            Self::IndividualNote => "C8",
            Self::ProcessNote => "C9",
            Self::Room => "C10",
            Self::Audit => "C11",
            Self::Account => "C12",
            Self::Consent => "C13",
            Self::Joining => "C14",
            Self::Intake => "C15",
            Self::Coming => "C16",
            Self::Entrance => "C17",
            Self::Plan => "C18",
            Self::Released => "C19",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Whether reading it is written down: who looked is the person's to know.
    pub const fn reading_is_audited(self) -> bool {
        !matches!(
            self,
            Self::Listing
                | Self::Roster
                | Self::Audit
                | Self::Account
                | Self::Consent
                | Self::Joining
                | Self::Intake
                | Self::Coming
                | Self::Entrance
                | Self::Plan
                | Self::Released
        )
    }

    /// Whether it is kept of people as members, and so can be given to someone outside: from who is in a group to the words
    /// of a room.
    pub const fn can_be_given(self) -> bool {
        !matches!(
            self,
            Self::Listing
                | Self::Audit
                | Self::Account
                | Self::Consent
                | Self::Joining
                | Self::Intake
                | Self::Coming
                | Self::Entrance
                | Self::Plan
                | Self::Released
        )
    }
}

impl Right {
    pub const fn gives(self, need: Need) -> bool {
        match need {
            Need::Metadata => true,
            Need::Read => matches!(self, Self::Read | Self::Write | Self::BreakGlass),
            Need::Write => matches!(self, Self::Write),
        }
    }
}
