//! Invented people: one or a few for each role, so that every side of the house can be looked at. Members of therapy groups are in
//! `members` and `joining`: no role alone makes one.

use domain::groups::{Kind, Listing, Mail, Slug};
use domain::people::{Handle, Role};
use store::Writing;
use store::people::{RoleError, invent};

/// Names and addresses are made up; the domain is kept free for fiction.
pub(super) async fn fill(writing: &mut Writing, groups: &[(Slug, Listing)]) -> Result<(), RoleError> {
    let of = |kind: Kind| {
        groups
            .iter()
            .filter(move |(_, listing)| listing.kind == kind)
            .map(|(slug, _)| slug)
    };
    let (therapy, support): (Vec<&Slug>, Vec<&Slug>) = (
        of(Kind::Therapy).take(3).collect(),
        of(Kind::Support).take(3).collect(),
    );
    let at = |groups: &[&Slug], role: Role| -> Vec<(Role, Option<Slug>)> {
        groups.iter().map(|slug| (role, Some((*slug).clone()))).collect()
    };
    let organisation = |role: Role| vec![(role, None)];
    let people = [
        ("Alex Rivera", Some("alex"), organisation(Role::Admin)),
        ("Noor Haddad", Some("noor"), organisation(Role::Coordinator)),
        ("Ruth Keller", Some("ruth"), at(&therapy, Role::Supervisor)),
        ("Ines Duarte", Some("ines"), organisation(Role::Auditor)),
        ("Dana Whitfield", Some("dana"), at(&therapy, Role::Leader)),
        (
            "Marcus Oyelaran",
            Some("marcus"),
            at(&therapy[..therapy.len().min(1)], Role::CoLeader),
        ),
        ("Joan P.", Some("joan"), at(&support, Role::Facilitator)),
        ("River", None, at(&support[..support.len().min(1)], Role::Member)),
        (
            "Blue Heron",
            None,
            at(&support[..support.len().min(2)], Role::Member),
        ),
    ];
    for (name, address, roles) in people {
        let Ok(handle) = Handle::parse(name) else { continue };
        let mail = address.and_then(|name| Mail::parse(&format!("{name}@lakeshore.example")).ok());
        let roles: Vec<(Role, Option<&Slug>)> = roles
            .iter()
            .map(|(role, group)| (*role, group.as_ref()))
            .collect();
        invent(writing, &handle, mail.as_ref(), &roles).await?;
    }
    Ok(())
}
