//! A clock that jumps: nothing that is over comes back, nothing shown once counts twice, and what is done stays in order (SECURITY T19).

use crate::common::people::House;
use crate::common::{listing, publish};
use chrono::TimeDelta;
use domain::groups::Source;
use domain::people::Role;
use sea_orm::{ConnectionTrait, Statement};
use store::audit::verify;
use testing::people::{by_link, mail};
use testing::{TestDatabase, both_engines};

#[both_engines]
async fn a_session_that_is_over_stays_so_when_the_clock_goes_back(db: TestDatabase) {
    let house = House::new(db).await;
    house.of_all("river", Role::Coordinator).await;
    let jumps = [
        (TimeDelta::minutes(20), TimeDelta::minutes(-10)),
        (TimeDelta::minutes(20), TimeDelta::hours(-1)),
        (TimeDelta::hours(13), TimeDelta::hours(-12)),
        (TimeDelta::minutes(16), TimeDelta::days(-20_000)),
        (TimeDelta::days(365), TimeDelta::days(-365)),
    ];
    for (on, back) in jumps {
        let token = by_link(&house.store, &mail("river")).await;
        assert!(house.store.session(&token).await.unwrap().is_some());
        house.db.clock.forward(on);
        assert!(house.store.session(&token).await.unwrap().is_none(), "{on}");
        house.db.clock.forward(back);
        assert!(
            house.store.session(&token).await.unwrap().is_none(),
            "{on}, then {back}"
        );
        house.db.clock.forward(-on - back);
    }
    // One that is in use when the clock jumps is over, too: nobody knows how long it was idle.
    for jump in [TimeDelta::hours(-1), TimeDelta::days(1), TimeDelta::days(-20_000)] {
        let token = by_link(&house.store, &mail("river")).await;
        house.db.clock.forward(jump);
        assert!(house.store.session(&token).await.unwrap().is_none(), "{jump}");
        house.db.clock.forward(-jump);
        assert!(
            house.store.session(&token).await.unwrap().is_none(),
            "{jump}, and back"
        );
    }
}

#[both_engines]
async fn what_is_done_stays_in_order_while_the_clock_jumps(db: TestDatabase) {
    let house = House::new(db).await;
    let jumps = [0, 60, -3600, 86_400, -1_700_000_000, 1_700_000_000, 0, -86_400];
    for seconds in jumps {
        house.db.clock.forward(TimeDelta::seconds(seconds));
        publish(
            &house.store,
            100,
            &listing(&format!("Table {seconds}"), Source::Own),
        )
        .await;
    }
    // By their numbers they stand in the order in which they were done, whatever time each says.
    let sql = "select cast(max(scope_seq) - min(scope_seq) + 1 as bigint) as span, count(distinct scope_seq) as many from audit
        where object in (select object from audit where action = 'listings.publish' group by object having count(*) = 8)";
    let statement = Statement::from_string(house.other.get_database_backend(), sql);
    let row = house.other.query_one_raw(statement).await.unwrap().unwrap();
    let (span, many): (i64, i64) = (row.try_get("", "span").unwrap(), row.try_get("", "many").unwrap());
    assert_eq!((span, many), (8, 8));
    let found = verify(&house.store, &[]).await.unwrap();
    assert!(found.broken.is_empty(), "{found:?}");
}
