//! Every act that is asked for, and which class of data it needs how.

use super::Class;

/// What is needed of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Metadata,
    Read,
    Write,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal: $class:ident, $need:ident;)*) => {
        /// An act, by the class of data it is about. The name stands in the audit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$action),*];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$action => $name,)* }
            }

            pub const fn class(self) -> Class {
                match self { $(Self::$action => Class::$class,)* }
            }

            pub const fn need(self) -> Need {
                match self { $(Self::$action => Need::$need,)* }
            }
        }
    };
}

actions! {
    /// Create a group, end it for good, take a feed's rows or dismiss them: asked for the organisation.
    RunListings = "listings.run": Listing, Write;
    /// A group's side for staff, what is not published yet too.
    SeeGroup = "groups.see": Listing, Read;
    /// Change, publish, pause or confirm a group.
    EditGroup = "groups.edit": Listing, Write;
    SeeReports = "reports.see": Listing, Write;
    /// Who is in a group, by the names they go by.
    SeeRoster = "roster.see": Roster, Read;
    /// How many are in a group.
    CountRoster = "roster.count": Roster, Metadata;
    /// Take someone into a group, or out of it.
    ChangeRoster = "roster.change": Roster, Write;
    /// Make someone the leader, co-leader, facilitator or supervisor of a group, or end that.
    Appoint = "roster.appoint": Roster, Write;
    SeeContact = "contact.see": Contact, Read;
    ChangeContact = "contact.change": Contact, Write;
    SeeAudit = "audit.see": Audit, Read;
    /// Take rows of the audit away in a file.
    ExportAudit = "audit.export": Audit, Read;
    /// Who asks for a place, and where they stand.
    SeeApplications = "joining.see": Joining, Read;
    /// Ask for a place, and do one's own part on the way to it.
    Apply = "joining.apply": Joining, Write;
    /// What someone answered before the conversation.
    SeeScreening = "screening.see": Screening, Read;
    /// Answer oneself.
    AnswerScreening = "screening.answer": Screening, Write;
    /// What was noted of the conversation.
    SeeTalk = "talk.see": IndividualNote, Read;
    WriteTalk = "talk.write": IndividualNote, Write;
    /// What staff do on the way: times, what is asked and signed, decisions, the end of a membership.
    Decide = "joining.decide": Intake, Write;
    SeeIntake = "joining.intake": Intake, Read;
    /// That one comes to a support group oneself, and what one is told for that.
    SeeComing = "coming.see": Coming, Read;
    /// Say that one comes, or not after all.
    Come = "coming.come": Coming, Write;
    /// How one gets into a support group, for who leads it.
    SeeEntrance = "entrance.see": Entrance, Read;
    ChangeEntrance = "entrance.change": Entrance, Write;
    /// What is planned for the sessions of a group.
    SeePlans = "plans.see": Plan, Read;
    ChangePlans = "plans.change": Plan, Write;
    /// Who was at which session.
    SeeAttendance = "attendance.see": Attendance, Read;
    MarkAttendance = "attendance.mark": Attendance, Write;
    /// What a group did in a session.
    SeeRecord = "record.see": GroupNote, Read;
    WriteRecord = "record.write": GroupNote, Write;
    /// A member's own part of the record.
    SeePart = "part.see": IndividualNote, Read;
    WritePart = "part.write": IndividualNote, Write;
    /// A therapist's own notes: to read and to write.
    KeepNote = "note.keep": ProcessNote, Write;
    /// A note that was released to whom it is about.
    SeeReleased = "released.see": Released, Read;
    /// What members of a support group say helped them, before all see it.
    SeeAdvice = "advice.see": Room, Read;
    ModerateAdvice = "advice.moderate": Room, Write;
    /// What one agreed to, and what was given to whom.
    SeeConsents = "consents.see": Consent, Read;
    /// Agree to something, or take it back.
    ChangeConsents = "consents.change": Consent, Write;
    /// That there are accounts, and which roles they hold.
    SeeAccounts = "accounts.see": Account, Metadata;
    /// An account's own page.
    SeeAccount = "account.see": Account, Read;
    /// One's own name, mail, ways to sign in and sessions.
    ChangeAccount = "account.change": Account, Write;
    /// Invite someone, give or end a role for the organisation, end an account.
    ChangeAccounts = "accounts.change": Account, Write;
    /// Feeds, mail, jobs and settings.
    RunInstallation = "installation.run": Account, Write;
    SeeInstallation = "installation.see": Account, Metadata;
}

impl Action {
    /// Whether it asks to show again who one is.
    pub const fn is_most_sensitive(self) -> bool {
        matches!(
            self,
            Self::ChangeAccounts | Self::Appoint | Self::ExportAudit | Self::KeepNote
        )
    }
}
