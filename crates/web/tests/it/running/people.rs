//! Accounts, roles and invitations, by an admin and by nobody else.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_two, invent, mail};
use testing::{TestDatabase, both_engines};

use crate::running::{Site, is_gone};

#[both_engines]
async fn an_admin_gives_a_role_until_a_day_and_ends_it(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let dana = invent(&site.store, "dana", &[(Role::Leader, Some(&Slug::from_bits(2)))]).await;
    let there = format!("/staff/people/{dana}");

    let list = admin.page("/staff/people").await;
    assert!(list.contains("dana") && list.contains("When grief does not move"));
    assert!(admin.page("/staff/people?words=da").await.contains(&there));
    assert!(!admin.page("/staff/people?words=zoe").await.contains(&there));

    let body = format!("role=facilitator&group={}&until=2026-12-24", Slug::from_bits(1));
    let answer = admin.post(&format!("{there}/roles"), &body).await;
    assert_eq!(answer, (StatusCode::SEE_OTHER, there.clone()));
    let page = admin.page(&there).await;
    assert!(
        page.contains("Facilitator, Thursday Table: after the loss of a partner: Nov 24 until Dec 24"),
        "{page}"
    );

    // What cannot be is said at the form, with what was typed.
    for (body, sentence, kept) in [
        (
            "role=leader&group=&until=",
            "A leader is held in a group. Choose the group.",
            "value=\"leader\" selected",
        ),
        (
            "role=coordinator&group=&until=2026-11-23",
            "This day is over.",
            "value=\"2026-11-23\"",
        ),
        (
            "role=coordinator&group=&until=soon",
            "This is not a day.",
            "value=\"soon\"",
        ),
        (
            &format!("role=leader&group={}&until=", Slug::from_bits(2)),
            "holds that role already",
            "value=\"leader\" selected",
        ),
    ] {
        let (status, page) = admin.post(&format!("{there}/roles"), body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(page.contains(sentence) && page.contains(kept), "{body}: {page}");
    }
    let (status, page) = admin
        .post(
            &format!("/staff/people/{}/roles", admin.slug),
            "role=coordinator&group=&until=",
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nobody gives a role to themselves."));

    let page = admin.page(&there).await;
    let end = page
        .split("action=\"")
        .find(|part| part.contains("/end\""))
        .unwrap();
    let end = end.split('"').next().unwrap();
    assert_eq!(admin.post(end, "").await.0, StatusCode::SEE_OTHER);
    assert!(admin.page(&there).await.contains("Held before"));
    // The role of one is not ended on the page of another.
    let other = invent(
        &site.store,
        "joan",
        &[(Role::Facilitator, Some(&Slug::from_bits(1)))],
    )
    .await;
    let elsewhere = end.replace(dana.as_str(), other.as_str());
    assert!(is_gone(&admin.post(&elsewhere, "").await));
}

#[both_engines]
async fn a_closed_account_is_out_at_once_and_comes_back_without_roles(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let noor = site.browser("noor", Role::Coordinator, None).await;
    let there = format!("/staff/people/{}", noor.slug);
    assert_eq!(noor.get("/staff").await.0, StatusCode::OK);

    assert!(
        admin
            .page(&format!("{there}/closure"))
            .await
            .contains("Close the account of noor?")
    );
    assert_eq!(
        admin.post(&format!("{there}/closure"), "").await,
        (StatusCode::SEE_OTHER, there.clone())
    );
    let (status, to) = noor.get("/staff").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/sign-in?to="), "signed out everywhere: {to}");
    let list = admin.page("/staff/people").await;
    assert!(
        list.find("alex").unwrap() < list.find("noor").unwrap(),
        "closed ones last"
    );

    // Nobody is invited to an address whose account is closed.
    let (status, page) = admin
        .post(
            "/staff/invitations",
            "mail=noor%40people.example&role=coordinator&group=",
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("The account with this address is closed."));

    assert_eq!(
        admin.post(&format!("{there}/reopening"), "").await.0,
        StatusCode::SEE_OTHER
    );
    assert!(admin.page(&there).await.contains("No role now."));
    let noor = site.sign_in("noor", noor.slug.clone()).await;
    assert!(
        is_gone(&noor.get("/staff").await),
        "what was held is not held again"
    );
    assert!(
        is_gone(&admin.post(&format!("{there}/reopening"), "").await),
        "open already"
    );
}

#[both_engines]
async fn nobody_closes_the_last_admin_or_themselves(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let own = format!("/staff/people/{}", admin.slug);
    let (status, page) = admin.post(&format!("{own}/closure"), "").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nobody closes their own account."));
    let role = page
        .split("action=\"")
        .find(|part| part.contains("/end\""))
        .unwrap();
    let (status, page) = admin.post(role.split('"').next().unwrap(), "").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("This is the last admin."));
}

#[both_engines]
async fn an_invitation_is_sent_again_and_withdrawn(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let body = format!(
        "mail=new%40people.example&role=leader&group={}",
        Slug::from_bits(2)
    );
    let here = "/staff/invitations".to_owned();
    assert_eq!(
        admin.post(&here, &body).await,
        (StatusCode::SEE_OTHER, here.clone())
    );
    let page = admin.page(&here).await;
    assert!(page.contains("new@people.example") && page.contains("Leader, When grief does not move."));

    let (status, page) = admin.post(&here, &body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("was invited to that already") && page.contains("value=\"new@people.example\""));
    let (status, page) = admin.post(&here, "mail=nobody&role=admin&group=").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("class=\"error\"") && page.contains("value=\"nobody\""));

    let act = |what: &str, page: &str| {
        let ending = format!("/{what}\"");
        let part = page
            .split("action=\"")
            .find(|part| part.contains(&ending))
            .unwrap();
        part.split('"').next().unwrap().to_owned()
    };
    let page = admin.page(&here).await;
    assert_eq!(
        admin.post(&act("letter", &page), "").await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        admin.post(&act("withdrawal", &page), "").await.0,
        StatusCode::SEE_OTHER
    );
    assert!(!admin.page(&here).await.contains("new@people.example"));
    assert!(
        is_gone(&admin.post(&act("letter", &page), "").await),
        "withdrawn for good"
    );
}

#[both_engines]
async fn after_five_minutes_one_shows_again_who_one_is(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let dana = invent(&site.store, "dana", &[(Role::Leader, Some(&Slug::from_bits(2)))]).await;
    site.db.clock.forward(TimeDelta::minutes(6));
    let there = format!("/staff/people/{dana}");
    admin.page(&there).await;
    let (status, to) = admin
        .post(
            &format!("{there}/roles"),
            "role=coordinator&group=&until=2026-12-24",
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/sign-in/again?to=%2Fstaff%2Fpeople%2F"), "{to}");
    // What was typed is there when one comes back.
    let back = to.split("?to=").nth(1).unwrap();
    let back: String = url::form_urlencoded::parse(format!("to={back}").as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect();
    let page = admin.page(&back).await;
    assert!(page.contains("value=\"coordinator\" selected") && page.contains("value=\"2026-12-24\""));
    for act in ["closure", "reopening"] {
        let (_, to) = admin.post(&format!("{there}/{act}"), "").await;
        assert!(to.starts_with("/sign-in/again?to="), "{act}: {to}");
    }
    let (_, to) = admin
        .post("/staff/invitations", "mail=x%40people.example&role=admin&group=")
        .await;
    assert_eq!(
        to, "/sign-in/again?to=%2Fstaff%2Finvitations",
        "no address of anyone in an address"
    );
}

#[both_engines]
async fn members_are_nobodys_business_here_and_others_see_nothing(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let river = invent(&site.store, "river", &[(Role::Member, Some(&Slug::from_bits(1)))]).await;
    assert!(!admin.page("/staff/people").await.contains("river"));
    let of_river = format!("/staff/people/{river}");
    let nobody = format!("/staff/people/{}", Slug::from_bits(999));
    assert_eq!(
        admin.get(&of_river).await,
        admin.get(&nobody).await,
        "the same page"
    );
    for act in ["closure", "reopening"] {
        assert!(is_gone(&admin.post(&format!("{of_river}/{act}"), "").await));
    }
    let of_admin = format!("/staff/people/{}", admin.slug);
    for (name, role, group) in [
        ("dana", Role::Leader, Some(2)),
        ("noor", Role::Coordinator, None),
        ("ruth", Role::Supervisor, None),
        ("joan", Role::Facilitator, Some(1)),
        ("sam", Role::Member, Some(2)),
    ] {
        let other = site.browser(name, role, group).await;
        for path in ["/staff/people", &of_admin, "/staff/invitations"] {
            assert!(is_gone(&other.get(path).await), "{name} {path}");
        }
        for path in [
            format!("{of_admin}/roles"),
            format!("{of_admin}/closure"),
            "/staff/invitations".into(),
        ] {
            let answer = other.post(&path, "role=admin&group=&mail=a%40b.example").await;
            assert!(is_gone(&answer), "{name} {path}");
        }
    }
    let auditor = site.browser("ines", Role::Auditor, None).await;
    assert!(
        auditor.page("/staff/people").await.contains("alex"),
        "that there are accounts"
    );
    assert!(is_gone(&auditor.get(&of_admin).await));
    // One factor is not enough.
    let _ = by_two(&site.store, &site.db.clock, &mail("alex")).await;
    let half = testing::people::by_link(&site.store, &mail("alex")).await;
    let half = crate::running::Browser {
        site: &site,
        token: half,
        slug: admin.slug.clone(),
    };
    assert_eq!(
        half.get("/staff/people").await.1,
        "/sign-in/second?to=%2Fstaff%2Fpeople"
    );
}

#[both_engines]
async fn an_admin_helps_whoever_lost_their_second_step_or_left_a_browser_open(db: TestDatabase) {
    let site = Site::new(db).await;
    let alex = site.browser("alex", Role::Admin, None).await;
    let ines = site.browser("ines", Role::Auditor, None).await;
    let there = format!("/staff/people/{}", ines.slug);
    assert!(alex.page(&there).await.contains("Take their second step away"));
    // Nobody helps themselves here, and nobody else helps.
    let own = format!("/staff/people/{}/second-factor/removal", alex.slug);
    assert_ne!(alex.post(&own, "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(alex.get("/staff").await.0, StatusCode::OK);
    for act in ["sessions/end", "second-factor/removal"] {
        assert!(is_gone(
            &ines.post(&format!("/staff/people/{}/{act}", alex.slug), "").await
        ));
    }

    let signed_out = alex.post(&format!("{there}/sessions/end"), "").await;
    assert_eq!(signed_out, (StatusCode::SEE_OTHER, there.clone()));
    assert_eq!(ines.get("/staff/audit").await.0, StatusCode::SEE_OTHER);
    let ines = site.sign_in("ines", ines.slug.clone()).await;
    assert_eq!(ines.get("/staff/audit").await.0, StatusCode::OK);

    let before = testing::people::letters(&site.store).await.len();
    let removed = alex.post(&format!("{there}/second-factor/removal"), "").await;
    assert_eq!(removed, (StatusCode::SEE_OTHER, there));
    assert_eq!(ines.get("/staff/audit").await.0, StatusCode::SEE_OTHER);
    let letters = testing::people::letters(&site.store).await;
    assert_eq!(letters.len(), before + 1, "they are told");
    assert_eq!(letters.last().unwrap().mail, mail("ines").to_string());
    // They sign in by one factor and are led to set up the second anew.
    let token = testing::people::by_link(&site.store, &mail("ines")).await;
    let signed_in = site.store.session(&token).await.unwrap().unwrap();
    assert!(!signed_in.owes_second());
}
