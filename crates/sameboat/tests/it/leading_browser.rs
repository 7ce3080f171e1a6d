//! Those who lead and oversee groups, in a real browser on a phone: their own groups, and nothing of any other.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{Browser, PHONE, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// The groups of the list, by their addresses on the staff side.
    async fn groups(demo: &Demo, window: &Window) -> Vec<String> {
        window.open(&demo.url("/staff/groups")).await;
        window
            .ask("[...document.querySelectorAll('main li a')].map(a => a.getAttribute('href'))")
            .await
    }

    /// A group that is public and none of these.
    async fn another(demo: &Demo, browser: &Browser, own: &[String]) -> String {
        let visitor = browser.window(PHONE).await;
        visitor.open(&demo.url("/groups?near=44113")).await;
        let public: Vec<String> = visitor
            .ask("[...document.querySelectorAll('.hit h3 a')].map(a => new URL(a.href).pathname)")
            .await;
        let others = public.into_iter().map(|path| format!("/staff{path}"));
        others
            .into_iter()
            .find(|path| !own.contains(path))
            .expect("a group of somebody else")
    }

    /// What is another's, and what is not there: the same page.
    async fn sees_no_other(demo: &Demo, browser: &Browser, window: &Window, own: &[String]) {
        let another = another(demo, browser, own).await;
        for below in ["", "/edit", "/schedule", "/people"] {
            window.open(&demo.url(&format!("{another}{below}"))).await;
            let theirs = window.text().await;
            window
                .open(&demo.url(&format!("/staff/groups/0000000000{below}")))
                .await;
            assert_eq!(theirs, window.text().await, "{another}{below}");
            assert!(theirs.contains("There is nothing at this address"), "{theirs}");
        }
        window.clean("nothing there").await;
    }

    /// Opens the people of the first of these groups that has a member.
    async fn people(demo: &Demo, window: &Window, groups: &[String]) {
        for group in groups {
            window.open(&demo.url(&format!("{group}/people"))).await;
            let text = window.text().await.to_lowercase();
            let mut counts = text.lines().filter_map(|line| line.split_once(" member"));
            if counts.any(|(count, rest)| count.parse::<u32>().is_ok_and(|count| count > 0) && rest.len() < 2)
            {
                return;
            }
        }
        panic!("none of {groups:?} has a member");
    }

    #[test]
    fn a_leader_confirms_a_group_and_sees_who_is_in_it_in_the_dark() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window_in((PHONE, Theme::Dark)).await;
            window.sign_in(demo, "leader").await;
            window.clean("you").await;
            window.open(&demo.url("/staff")).await;
            window.clean("home").await;
            let own = groups(demo, &window).await;
            assert_eq!(own.len(), 3);
            window.clean("her groups").await;
            let worn: String = window
                .ask("document.querySelector('main li:has(.stale) a').getAttribute('href')")
                .await;
            window.click(&format!("main li a[href='{worn}']")).await;
            window.clean("a group to be checked").await;
            window.click("main a[href^='/groups/']").await;
            window.clean("as visitors see it").await;
            window.open(&demo.url(&worn)).await;
            window.click("form[action$='/confirmation'] button").await;
            window.clean("it is checked").await;
            let text = window.text().await;
            assert!(
                text.contains("It says now that it was checked today.") && text.contains("Checked today"),
                "{text}"
            );

            people(demo, &window, &own).await;
            window.clean("its people").await;
            window.click("main a[href*='/people/']").await;
            window.clean("how to reach someone").await;
            let text = window.text().await;
            assert!(
                text.contains("@lakeshore.example") && text.contains("That you looked is written down"),
                "{text}"
            );
            sees_no_other(demo, browser, &window, &own).await;
        });
    }

    #[test]
    fn a_co_leader_sees_the_one_group_and_changes_nothing_of_it_by_keyboard() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.sign_in(demo, "co-leader").await;
            window.open(&demo.url("/staff")).await;
            window.clean("home").await;
            window.enter("main a[href='/staff/groups']").await;
            window.clean("the one group").await;
            let own = groups(demo, &window).await;
            assert_eq!(own.len(), 1);
            window.enter("main li a").await;
            window.clean("the group").await;
            let acts: usize = window.ask("document.querySelectorAll('main form').length").await;
            assert_eq!(acts, 0, "{}", window.text().await);
            window.enter("main a[href$='/people']").await;
            window.clean("its people").await;
            window.open(&demo.url(&format!("{}/edit", own[0]))).await;
            assert!(window.text().await.contains("There is nothing at this address"));
            sees_no_other(demo, browser, &window, &own).await;
        });
    }

    #[test]
    fn a_facilitator_comes_by_a_mailed_link_and_sees_names_and_counts_by_keyboard_without_scripts() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/sign-in?to=/staff")).await;
            window.clean("signing in").await;
            window
                .type_into("input[name=address]", "joan@lakeshore.example")
                .await;
            window.enter("form[action='/sign-in/link'] button").await;
            window.clean("look at your mail").await;
            let link = window.letter(demo, "joan@lakeshore.example").await;
            window.clean("the letters").await;
            window.open(&link).await;
            window.clean("the link").await;
            window.enter("main form button").await;
            window.until("location.pathname == '/staff'").await;
            assert!(window.text().await.contains(", Joan P."));
            window.clean("home").await;
            window.open(&link).await;
            window.clean("the link, used").await;
            assert!(window.text().await.contains("This link does not work any more"));

            let own = groups(demo, &window).await;
            assert_eq!(own.len(), 3);
            window.enter("main li a").await;
            window.clean("a group").await;
            let members: usize = window
                .ask("+[...document.querySelectorAll('.facts dt')].find(e => e.innerText == 'Members').nextElementSibling.innerText")
                .await;
            window.enter("main a[href$='/people']").await;
            window.clean("its people").await;
            let rows: Vec<String> = window
                .ask("[...document.querySelectorAll('main section:last-of-type .rows b')].map(e => e.innerText)")
                .await;
            assert_eq!(rows.len(), members, "{rows:?}");
            let ways: Vec<String> = window
                .ask("[...document.querySelectorAll('main section a, main section form')].map(e => e.outerHTML)")
                .await;
            assert_eq!(ways, Vec::<String>::new(), "names, and no way to anybody");
            let text = window.text().await;
            assert!(!text.contains('@'), "{text}");
            sees_no_other(demo, browser, &window, &own).await;
        });
    }

    /// Someone new, invited by an admin to supervise this group, with a passkey.
    async fn second_supervisor(demo: &Demo, browser: &Browser, group: &str) -> Window {
        let alex = browser.window(PHONE).await;
        alex.sign_in(demo, "admin").await;
        alex.open(&demo.url("/staff/invitations")).await;
        alex.write("[name=mail]", "paul@lakeshore.example").await;
        alex.fill("select[name=role]", "supervisor").await;
        alex.fill("select[name=group]", group.trim_start_matches("/staff/groups/"))
            .await;
        alex.click("form[action='/staff/invitations'] button").await;
        let paul = browser.window(PHONE).await;
        paul.with_device().await;
        let link = paul.letter(demo, "paul@lakeshore.example").await;
        paul.open(&link).await;
        paul.write("[name=handle]", "Paul").await;
        paul.write("[name=password]", "four words to remember").await;
        paul.click("main form button").await;
        paul.until("location.pathname == '/me'").await;
        paul.open(&demo.url("/me/passkeys")).await;
        paul.write("input[name=name]", "My phone").await;
        paul.click("form[data-passkey=create] button").await;
        paul.sign_out().await;
        paul.open(&demo.url("/sign-in?to=/staff/groups")).await;
        paul.click("form[data-passkey=get] button").await;
        paul.until("location.pathname == '/staff/groups'").await;
        paul
    }

    #[test]
    fn a_supervisor_looks_at_what_another_opened_in_an_emergency() {
        drive(PROGRAM, async |demo, browser| {
            let ruth = browser.window(PHONE).await;
            ruth.sign_in(demo, "supervisor").await;
            ruth.open(&demo.url("/staff")).await;
            ruth.clean("home, where nothing waits").await;
            assert!(ruth.text().await.contains("Nothing waits for you"));
            let own = groups(demo, &ruth).await;
            assert_eq!(own.len(), 3);
            ruth.clean("her groups").await;
            people(demo, &ruth, &own).await;
            ruth.clean("the people of one").await;
            let here: String = ruth.ask("location.pathname").await;
            let group = here.trim_end_matches("/people").to_owned();
            ruth.open(&demo.url(&group)).await;
            ruth.clean("a group").await;
            let acts: usize = ruth.ask("document.querySelectorAll('main form').length").await;
            assert_eq!(acts, 0, "she oversees it and does not run it");

            let paul = second_supervisor(demo, browser, &group).await;
            paul.open(&demo.url(&here)).await;
            paul.clean("the same people").await;
            paul.click("main a[href*='/people/']").await;
            paul.until("location.pathname.endsWith('/break-glass')").await;
            paul.write("textarea[name=words]", "A neighbour called and is afraid.")
                .await;
            paul.click("main form.stack button").await;
            paul.clean("opened").await;

            ruth.open(&demo.url("/staff")).await;
            ruth.clean("home, where a look waits").await;
            let text = ruth.text().await;
            assert!(text.contains("A record was opened in an emergency"), "{text}");
            ruth.enter("main a[href='/staff/break-glass']").await;
            ruth.clean("what was opened").await;
            let text = ruth.text().await;
            assert!(
                text.contains("Paul") && text.contains("A neighbour called and is afraid."),
                "{text}"
            );
            ruth.enter("form[action$='/review'] button").await;
            ruth.clean("looked at").await;
            assert!(ruth.text().await.contains("Nothing waits to be looked at"));
            sees_no_other(demo, browser, &ruth, &own).await;
        });
    }
}
