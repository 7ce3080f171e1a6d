//! A permit: the only way to rows about people.
//!
//! [`Writing::permit`] reads in its own transaction what the one who asks holds now, asks `domain::access::decide`, and
//! gives a permit that holds the transaction: it dies with it, cannot be kept, copied or used in another one. Functions
//! about people take a permit of the act they do. Nobody else can make one.
//!
//! ```compile_fail
//! fn forge<'t>(writing: &'t mut store::Writing) -> store::Permit<'t, store::acts::SeeRoster> {
//!     store::Permit { transaction: writing }
//! }
//! ```
//!
//! What must be written down, or changes something, cannot be asked for in a look:
//!
//! ```compile_fail,E0277
//! async fn see(mut reading: store::Reading) {
//!     let _ = reading.permit::<store::acts::SeeContact>(store::On::Myself).await;
//! }
//! ```
//!
//! ```compile_fail,E0277
//! async fn change(mut reading: store::Reading) {
//!     let _ = reading.permit::<store::acts::ChangeRoster>(store::On::Organisation).await;
//! }
//! ```
//!
//! Nobody adds an act to those there are:
//!
//! ```compile_fail,E0277
//! enum ReadEverything {}
//! impl store::acts::Permitted for ReadEverything {
//!     const ACTION: domain::access::Action = domain::access::Action::SeeRoster;
//! }
//! ```
//!
//! `tests/compile_fail` has more of what does not compile.

use std::marker::PhantomData;

use chrono::NaiveDate;
use domain::access::{Action, Denied, Need, Relation, Right, Standing, Why, decide};
use domain::groups::Slug;
use domain::people::{GroupId, PersonId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::audit::Act;
use crate::entities::listing;
use crate::entities::people::person;
use crate::joining;
use crate::people;
use crate::records;
use crate::transaction::{Reading, StoreError, Transaction, Who, Writing, sealed::Sealed};

/// Leave to do one kind of act with one thing, in one transaction.
pub struct Permit<'tx, A, T = Writing> {
    pub(crate) transaction: &'tx mut T,
    pub(crate) why: Why,
    /// What it is for, as it was found in the same transaction.
    pub(crate) relation: Relation,
    act: PhantomData<A>,
}

/// Acts as types: a permit of one is no permit of another.
pub mod acts {
    use domain::access::Action;

    /// Made here only.
    pub trait Permitted: private::Private {
        const ACTION: Action;
    }

    /// Those that may be asked for in a [`crate::Reading`]: nothing of them is written down.
    pub trait Unaudited: Permitted {}

    mod private {
        pub trait Private {}
    }

    macro_rules! acts {
        ($($act:ident)*) => {
            $(
                #[derive(Debug)]
                pub enum $act {}
                impl private::Private for $act {}
                impl Permitted for $act {
                    const ACTION: Action = Action::$act;
                }
            )*
        };
    }

    acts! {
        RunListings SeeGroup EditGroup SeeReports SeeRoster CountRoster ChangeRoster Appoint SeeContact ChangeContact SeeAudit ExportAudit
        SeeApplications Apply SeeScreening AnswerScreening SeeTalk WriteTalk Decide SeeIntake SeeComing Come SeeEntrance ChangeEntrance SeePlans ChangePlans SeeAttendance MarkAttendance SeeRecord WriteRecord SeePart WritePart KeepNote SeeReleased SeeAdvice ModerateAdvice SeeConsents ChangeConsents SeeAccounts SeeAccount ChangeAccount ChangeAccounts RunInstallation SeeInstallation
    }

    impl Unaudited for RunListings {}
    impl Unaudited for SeeGroup {}
    impl Unaudited for EditGroup {}
    impl Unaudited for SeeReports {}
    impl Unaudited for SeeRoster {}
    impl Unaudited for CountRoster {}
    impl Unaudited for SeeAudit {}
    impl Unaudited for SeeApplications {}
    impl Unaudited for SeeIntake {}
    impl Unaudited for SeeComing {}
    impl Unaudited for SeeEntrance {}
    impl Unaudited for SeePlans {}
    impl Unaudited for ChangePlans {}
    impl Unaudited for SeeReleased {}
    impl Unaudited for SeeConsents {}
    impl Unaudited for SeeAccounts {}
    impl Unaudited for SeeAccount {}
    impl Unaudited for SeeInstallation {}
    impl Unaudited for RunInstallation {}
}

/// What a permit is asked for.
#[derive(Debug, Clone, Copy)]
pub enum On<'a> {
    /// What is the organisation's and about nobody.
    Organisation,
    /// A group of our own.
    Group(&'a Slug),
    /// A person, and what is about them, apart from any group.
    Person(&'a Slug),
    /// A person in one group.
    PersonIn(&'a Slug, &'a Slug),
    /// Someone's way into a group: the person in that group, who need not belong to it yet.
    Application(&'a Slug),
    /// What one writes oneself about a person in one group.
    ByMe(&'a Slug, &'a Slug),
    /// The record of a session, by the date of the group's rule; one that nobody began is the asker's to begin.
    Record(&'a Slug, NaiveDate),
    /// A person's part of it.
    Part(&'a Slug, &'a Slug, NaiveDate),
    /// What one writes in a group for oneself.
    Own(&'a Slug),
    /// The one who asks, in a group they need not belong to.
    MyselfIn(&'a Slug),
    /// The one who asks.
    Myself,
}

impl Writing {
    /// Leave for an act, or why not. Looking at what is about a person is written down at once.
    pub async fn permit<A: acts::Permitted>(&mut self, on: On<'_>) -> Result<Permit<'_, A>, StoreError> {
        let (why, relation) = ask(self, A::ACTION, on).await?;
        let class = A::ACTION.class();
        if A::ACTION.need() < Need::Write && class.reading_is_audited() {
            let act = Act {
                action: A::ACTION.name(),
                class: class.name(),
                object: String::new(),
                group: relation.group,
                about: relation.about,
                why: Some(why),
                reason: None,
            };
            self.look(act).await?;
        }
        Ok(Permit {
            transaction: self,
            why,
            relation,
            act: PhantomData,
        })
    }
}

/// Whether the one who asks may do this now: for what a page offers. What they then do is asked for again.
pub async fn may(transaction: &mut impl Transaction, action: Action, on: On<'_>) -> Result<bool, StoreError> {
    match ask(&*transaction, action, on).await {
        Ok(_) => Ok(true),
        Err(StoreError::Denied(_)) => Ok(false),
        Err(why) => Err(why),
    }
}

/// Why the one who asks may not do this now, for who is told so before anything is read.
pub async fn check(transaction: &mut impl Transaction, action: Action, on: On<'_>) -> Result<(), StoreError> {
    ask(&*transaction, action, on).await.map(|_| ())
}

/// Leave for a look at what a row names, of which nothing is written down: by what was read in this transaction already of the
/// one who asks.
pub(crate) fn by<'tx, A: acts::Unaudited, T: Transaction>(
    transaction: &'tx mut T,
    standing: &Standing,
    relation: Relation,
) -> Result<Permit<'tx, A, T>, Denied> {
    Ok(Permit {
        why: decide(standing, A::ACTION, relation)?,
        transaction,
        relation,
        act: PhantomData,
    })
}

impl Reading {
    /// Leave for a look of which nothing is written down, or why not.
    pub async fn permit<A: acts::Unaudited>(
        &mut self,
        on: On<'_>,
    ) -> Result<Permit<'_, A, Self>, StoreError> {
        let (why, relation) = ask(self, A::ACTION, on).await?;
        Ok(Permit {
            transaction: self,
            why,
            relation,
            act: PhantomData,
        })
    }
}

impl<A, T: Transaction> Permit<'_, A, T> {
    pub(crate) fn db(&self) -> &DatabaseTransaction {
        Sealed::looking(&*self.transaction)
    }

    /// The group it is for. Only a permit that was asked for a group has one.
    pub(crate) fn group(&self) -> Result<GroupId, StoreError> {
        self.relation.group.ok_or(StoreError::Denied(Denied::NoRight))
    }

    /// The person it is about.
    pub(crate) fn about(&self) -> Result<PersonId, StoreError> {
        self.relation.about.ok_or(StoreError::Denied(Denied::NoRight))
    }
}

impl<A: acts::Permitted> Permit<'_, A> {
    /// Writes down what is done by this permit, and gives the rows to do it in.
    pub(crate) async fn act(
        &mut self,
        action: &'static str,
        object: String,
    ) -> Result<&DatabaseTransaction, StoreError> {
        let about = self.relation.about;
        self.act_about(action, object, about).await
    }

    /// The same about one of all those whom the permit reaches: what is done to many at once is written down for each.
    pub(crate) async fn act_about(
        &mut self,
        action: &'static str,
        object: String,
        about: Option<PersonId>,
    ) -> Result<&DatabaseTransaction, StoreError> {
        let act = Act {
            action,
            class: A::ACTION.class().name(),
            object,
            group: self.relation.group,
            about,
            why: Some(self.why),
            reason: None,
        };
        self.transaction.act(act).await
    }

    /// Who acts, where it is a person.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.transaction.who.person().map(|signed_in| signed_in.person)
    }
}

async fn ask(
    transaction: &impl Transaction,
    action: Action,
    on: On<'_>,
) -> Result<(Why, Relation), StoreError> {
    let relation = relation(transaction, on).await?;
    let why = match transaction.who() {
        Who::Visitor => return Err(Denied::NoRight.into()),
        // Whoever sits at the machine and its jobs run places and accounts; nothing about people in groups.
        Who::Operator | Who::Job(_) => console(action)?,
        Who::Person(_) => decide(&standing(transaction).await?, action, relation)?,
    };
    Ok((why, relation))
}

fn console(action: Action) -> Result<Why, StoreError> {
    use domain::access::Class;
    if matches!(action.class(), Class::Listing | Class::Account) {
        return Ok(Why {
            role: None,
            right: Right::Write,
            broke_glass: false,
        });
    }
    Err(Denied::NoRight.into())
}

/// What the one who asks holds, read in this transaction: a role that ended a moment ago is gone.
pub(crate) async fn standing(transaction: &impl Transaction) -> Result<Standing, StoreError> {
    let signed_in = transaction.who().person().ok_or(Denied::NoRight)?;
    let (db, now) = (transaction.looking(), transaction.now());
    // A session that was ended while this was under way counts no more.
    if !crate::sessions::is_open(db, signed_in.session).await? {
        return Err(Denied::NoRight.into());
    }
    Ok(Standing {
        person: signed_in.person,
        held: people::held(db, signed_in.person).await?,
        strength: signed_in.strength,
        proved_at: signed_in.proved_at,
        opened: crate::break_glass::opened(db, signed_in.person, now).await?,
        now,
    })
}

async fn relation(transaction: &impl Transaction, on: On<'_>) -> Result<Relation, StoreError> {
    let db = transaction.looking();
    Ok(match on {
        On::Organisation => Relation::default(),
        On::Group(slug) => Relation {
            group: Some(group(db, slug).await?),
            ..Relation::default()
        },
        On::Person(slug) => Relation {
            about: Some(person(db, slug).await?),
            ..Relation::default()
        },
        On::PersonIn(slug, in_group) => {
            let (about, group) = (person(db, slug).await?, group(db, in_group).await?);
            if !people::belongs(db, about, group).await? {
                return Err(Denied::NoRight.into());
            }
            Relation {
                about: Some(about),
                group: Some(group),
                by: None,
            }
        }
        On::ByMe(slug, in_group) => Relation {
            by: me(transaction),
            ..Box::pin(relation(transaction, On::PersonIn(slug, in_group))).await?
        },
        On::Record(in_group, date) => {
            let group = group(db, in_group).await?;
            let keeper = records::keeper(db, group, date, None).await?;
            Relation {
                group: Some(group),
                about: None,
                by: keeper.or_else(|| me(transaction)),
            }
        }
        On::Part(slug, in_group, date) => {
            let of = Box::pin(relation(transaction, On::PersonIn(slug, in_group))).await?;
            let keeper = match of.group {
                Some(group) => records::keeper(db, group, date, of.about).await?,
                None => None,
            };
            Relation {
                by: keeper.or_else(|| me(transaction)),
                ..of
            }
        }
        On::Own(in_group) => Relation {
            group: Some(group(db, in_group).await?),
            about: None,
            by: me(transaction),
        },
        On::Application(slug) => {
            let row = joining::by_slug(db, slug).await?;
            Relation {
                about: Some(PersonId(row.person_id)),
                group: Some(GroupId(row.listing_id)),
                by: None,
            }
        }
        On::MyselfIn(in_group) => Relation {
            about: Some(transaction.who().person().ok_or(Denied::NoRight)?.person),
            group: Some(group(db, in_group).await?),
            by: None,
        },
        On::Myself => Relation {
            about: Some(transaction.who().person().ok_or(Denied::NoRight)?.person),
            ..Relation::default()
        },
    })
}

fn me(transaction: &impl Transaction) -> Option<PersonId> {
    transaction.who().person().map(|signed_in| signed_in.person)
}

/// A group of our own; one of a feed has nobody in it.
pub(crate) async fn group(db: &DatabaseTransaction, slug: &Slug) -> Result<GroupId, StoreError> {
    let row = listing::Entity::find()
        .filter(listing::Column::Slug.eq(slug.as_str()))
        .filter(listing::Column::SourceId.is_null())
        .one(db)
        .await?;
    row.map(|row| GroupId(row.id))
        .ok_or(StoreError::Denied(Denied::NoRight))
}

/// Whoever has this slug, also if their account is closed.
pub(crate) async fn person(db: &DatabaseTransaction, slug: &Slug) -> Result<PersonId, StoreError> {
    let row = person::Entity::find()
        .filter(person::Column::Slug.eq(slug.as_str()))
        .one(db)
        .await?;
    row.map(|row| PersonId(row.id))
        .ok_or(StoreError::Denied(Denied::NoRight))
}
