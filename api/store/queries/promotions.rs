//! Promotion codes in a batch of the writer: the rows of those concerned, what the accounts that use
//! them have bought, and how often each is used once the batch is stored.
//!
//! The number of uses is never written as read. It is moved by what the batch reserved and gave back,
//! under the row's own lock, and a batch that reserved a use says under which version of the code and
//! that the limit still holds: where it does not, nothing of the batch is stored and it is decided
//! again. So no limit is passed, however many processes open purchases at once, and nobody waits for
//! anything but the row.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::State;
use ledger::ids::AccountId;
use ledger::promotion::{Promotion, PromotionCode, Standing, Uses};
use ledger::purchase::PurchaseStatus;

use super::Conn;
use crate::store::codes;
use crate::store::rows::{PromotionRow, account_id};
use crate::store::schema::{promotion_codes, purchases};
use crate::store::write::{Wanted, expect_rows};
use crate::store::{Loaded, StoreError};

/// The statuses of purchases that do not count against their codes.
pub const NOT_COUNTED: [PurchaseStatus; 2] = [PurchaseStatus::Expired, PurchaseStatus::Failed];

pub async fn load(conn: &mut Conn, wanted: &Wanted, loaded: &mut Loaded) -> Result<(), StoreError> {
    if wanted.promotions.is_empty() {
        return Ok(());
    }
    let codes: Vec<&str> = wanted
        .promotions
        .iter()
        .map(PromotionCode::as_str)
        .collect();
    let rows: Vec<PromotionRow> = promotion_codes::table
        .filter(promotion_codes::code.eq_any(codes))
        .select(PromotionRow::as_select())
        .load(conn)
        .await?;
    for row in rows {
        loaded.state.promotions.know(Promotion::try_from(row)?);
    }
    let accounts: Vec<AccountId> = wanted.standings_of.iter().cloned().collect();
    for (account, standing) in standings(conn, &accounts).await? {
        if let Some(state) = loaded.state.accounts.get_mut(&account) {
            state.standing = Some(standing);
        }
    }
    Ok(())
}

pub async fn promotion(
    conn: &mut Conn,
    code: &PromotionCode,
) -> Result<Option<Promotion>, StoreError> {
    let row: Option<PromotionRow> = promotion_codes::table
        .find(code.as_str())
        .select(PromotionRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Promotion::try_from).transpose()
}

/// In the order of their names.
pub async fn promotions_after(
    conn: &mut Conn,
    after: &str,
    limit: i64,
) -> Result<Vec<Promotion>, StoreError> {
    let rows: Vec<PromotionRow> = promotion_codes::table
        .filter(promotion_codes::code.gt(after))
        .order(promotion_codes::code)
        .limit(limit)
        .select(PromotionRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Promotion::try_from).collect()
}

/// What the accounts' purchases count against codes.
pub async fn standings(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Standing>, StoreError> {
    let nothing = |id: &AccountId| (id.clone(), Standing::default());
    let mut standings: BTreeMap<AccountId, Standing> = accounts.iter().map(nothing).collect();
    if accounts.is_empty() {
        return Ok(standings);
    }
    let (buckets, names): (Vec<i16>, Vec<&str>) =
        accounts.iter().map(|id| (id.bucket(), id.as_str())).unzip();
    let buyers: Vec<String> = purchases::table
        .filter(purchases::bucket.eq_any(&buckets))
        .filter(purchases::account_id.eq_any(&names))
        .filter(purchases::paid_at.is_not_null())
        .select(purchases::account_id)
        .distinct()
        .load(conn)
        .await?;
    for buyer in buyers {
        if let Some(standing) = standings.get_mut(&account_id(&buyer)?) {
            standing.has_bought = true;
        }
    }
    let uses: Vec<(String, Option<String>, i64)> = purchases::table
        .filter(purchases::bucket.eq_any(buckets))
        .filter(purchases::account_id.eq_any(names))
        .filter(purchases::promotion_code.is_not_null())
        .filter(purchases::status.ne_all(NOT_COUNTED.map(codes::status_code)))
        .group_by((purchases::account_id, purchases::promotion_code))
        .select((
            purchases::account_id,
            purchases::promotion_code,
            count_star(),
        ))
        .load(conn)
        .await?;
    for (account, code, used) in uses {
        let code = PromotionCode::parse(&code.unwrap_or_default());
        let code = code.map_err(|error| StoreError::corrupt(error.to_string()))?;
        if let Some(standing) = standings.get_mut(&account_id(&account)?) {
            standing.used.insert(code, used);
        }
    }
    Ok(standings)
}

pub async fn store(conn: &mut Conn, state: &State) -> Result<(), StoreError> {
    for code in &state.promotions.new {
        if let Some(promotion) = state.promotions.get(code) {
            let row = vec![PromotionRow::from(promotion)];
            let made = insert_missing!(conn, promotion_codes::table, row)?;
            expect_rows("promotion_codes", 1, made)?;
        }
    }
    for (code, was) in &state.promotions.changed {
        if let Some(promotion) = state.promotions.get(code) {
            change(conn, promotion, *was).await?;
        }
    }
    // Always in the order of their names, so that no two batches wait for each other.
    for (code, uses) in uses_of(state) {
        count(conn, state, &code, uses).await?;
    }
    Ok(())
}

/// What an administrator may change, unless another has since.
async fn change(conn: &mut Conn, promotion: &Promotion, was: i64) -> Result<(), StoreError> {
    let row = PromotionRow::from(promotion);
    let changed = diesel::update(promotion_codes::table.find(row.code))
        .filter(promotion_codes::version.eq(was))
        .set((
            promotion_codes::active.eq(row.active),
            promotion_codes::most_per_account.eq(row.most_per_account),
            promotion_codes::most_in_total.eq(row.most_in_total),
            promotion_codes::ends_at.eq(row.ends_at),
            promotion_codes::version.eq(row.version),
            promotion_codes::changed_by.eq(row.changed_by),
            promotion_codes::changed_at.eq(row.changed_at),
        ))
        .execute(conn)
        .await?;
    expect_rows("promotion_codes", 1, changed)
}

fn uses_of(state: &State) -> BTreeMap<PromotionCode, Uses> {
    let mut all: BTreeMap<PromotionCode, Uses> = BTreeMap::new();
    for account in state.accounts.values() {
        for (code, more) in &account.changes.promotion_uses {
            let uses = all.entry(code.clone()).or_default();
            *uses = uses.plus(*more);
        }
    }
    all
}

/// Moves the number of uses. What was reserved is held against the limit once more, as it is now; what
/// is given back, or taken again because it was paid after all, is not.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "the sum is the database's, which refuses one that does not fit"
)]
async fn count(
    conn: &mut Conn,
    state: &State,
    code: &PromotionCode,
    uses: Uses,
) -> Result<(), StoreError> {
    let corrected = promotion_codes::used.eq(promotion_codes::used + uses.net());
    let row = promotion_codes::table.find(code.as_str().to_owned());
    if uses.reserved == 0 {
        let changed = diesel::update(row).set(corrected).execute(conn).await?;
        return expect_rows("promotion_codes", 1, changed);
    }
    let known = state.promotions.get(code);
    let known = known.ok_or_else(|| StoreError::Bug(format!("nobody loaded the code {code}")))?;
    let has_room = promotion_codes::most_in_total
        .is_null()
        .or(promotion_codes::most_in_total.ge((promotion_codes::used + uses.net()).nullable()));
    let changed = diesel::update(row)
        .filter(promotion_codes::version.eq(known.version))
        .filter(has_room)
        .set(corrected)
        .execute(conn)
        .await?;
    expect_rows("promotion_codes", 1, changed)
}
