//! The ends of lots, as a database keeps them: to the microsecond, for every day on which one can be
//! granted, in the order of time, whoever they belong to.

use ledger::ids::LotId;
use ledger::instant::Instant;
use uuid::Uuid;

use crate::support::databases::TestDatabase;

const DAYS_IN_CYCLE: i64 = 146_097;
/// 2000-01-01T00:00:00Z in days since 1970.
const FIRST_DAY: i64 = 10_957;
const MICROS_PER_DAY: i64 = 86_400_000_000;
const ROWS_A_STATEMENT: usize = 2_000;

/// A lot for each day of the calendar's cycle, granted at another time of each.
fn lots() -> Vec<(Instant, Instant)> {
    let granted = |day: i64| {
        let time_of_day = day * 591_387_001 % MICROS_PER_DAY;
        Instant::from_micros((FIRST_DAY + day) * MICROS_PER_DAY + time_of_day)
    };
    let end = |granted: Instant| granted.one_calendar_year_later().unwrap();
    (0..DAYS_IN_CYCLE)
        .map(granted)
        .map(|it| (it, end(it)))
        .collect()
}

async fn plant(db: &TestDatabase, lots: &[(Instant, Instant)]) {
    for chunk in lots.chunks(ROWS_A_STATEMENT) {
        let mut rows: [Vec<String>; 2] = Default::default();
        for (granted, end) in chunk {
            let id = Uuid::from_u128(u128::try_from(granted.micros()).unwrap());
            let times = format!("{}, {}", granted.micros(), end.micros());
            for (engine, id) in [(0, format!("x'{}'", id.simple())), (1, format!("'{id}'"))] {
                let row = format!("(0, 'user-1', {id}, 1, 0, 1, 1, 0, 0, 0, 0, 0, {times})");
                rows[engine].push(row);
            }
        }
        let columns = "bucket, account_id, lot_id, source, priority, granted, remaining, held, frozen, consumed, \
            expired, clawed, granted_at, expires_at";
        let [sqlite, postgres] =
            rows.map(|rows| format!("INSERT INTO lots ({columns}) VALUES {}", rows.join(", ")));
        db.sql_in(&sqlite, &postgres).await;
    }
}

on_both_engines! {
    async fn a_run_that_was_claimed_by_a_clock_far_ahead_is_nobodys(db: TestDatabase) {
        let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        let claim = async |now: i64| {
            let claimed = db.store.claim_cursor("lot_ends", at(0), at(now), at(now + 5)).await;
            claimed.unwrap().is_some()
        };
        assert!(claim(100).await);
        assert!(!claim(100).await && !claim(104).await, "somebody goes on");
        assert!(claim(105).await);
        assert!(claim(86_505).await);
        // The clock was a day ahead, and was set back.
        assert!(claim(110).await);
        assert!(!claim(111).await);
    }

    async fn every_end_of_400_years_is_kept_and_found_in_its_turn(db: TestDatabase) {
        let lots = lots();
        plant(&db, &lots).await;
        let mut expected: Vec<(Instant, LotId)> = lots
            .iter()
            .map(|(granted, end)| {
                let id = Uuid::from_u128(u128::try_from(granted.micros()).unwrap());
                (*end, LotId::from_uuid(id))
            })
            .collect();
        expected.sort();
        let mut found = Vec::new();
        let mut after = (Instant::MIN, None);
        loop {
            let page = db.store.lots_ending(after, Instant::MAX, None, 10_000).await.unwrap();
            let Some(last) = page.last() else {
                break;
            };
            after = (last.ends_at, Some(last.lot_id));
            found.extend(page.iter().map(|lot| (lot.ends_at, lot.lot_id)));
        }
        assert!(found == expected, "{} of {} found", found.len(), expected.len());
    }

    async fn an_end_is_exclusive(db: TestDatabase) {
        let end = Instant::from_micros(1_800_000_000_000_000);
        plant(&db, &[(Instant::from_micros(1_700_000_000_000_000), end)]).await;
        let before = Instant::from_micros(end.micros() - 1);
        let ended = async |until| db.store.lots_ending((Instant::MIN, None), until, None, 10).await.unwrap().len();
        assert_eq!((ended(before).await, ended(end).await), (0, 1));
    }
}
