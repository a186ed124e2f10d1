//! Whether work is admitted: whether the account has the credits, and every limit the room. All are
//! looked at, and the tightest is named.

use crate::account::{Account, AccountState};
use crate::credits::Credits;
use crate::exact::minus;
use crate::instant::Instant;
use crate::limit::{self, Standing};
use crate::rejection::Rejection;
use crate::usage::{UNNAMED_OPERATION, Usage};

pub fn check(
    account: &AccountState,
    required: Credits,
    usage: Option<&Usage>,
    now: Instant,
) -> Result<(), Rejection> {
    let available = account.available(now)?;
    match tightest_limit(account, usage, now)? {
        Some(standing) if standing.room < available && standing.room < required => {
            let shortfall = minus(required, standing.room)?;
            Err(Rejection::LimitLeavesTooLittle {
                required,
                shortfall,
                standing: Box::new(standing),
            })
        }
        _ => check_funds(required, available),
    }
}

fn tightest_limit(
    account: &AccountState,
    usage: Option<&Usage>,
    now: Instant,
) -> Result<Option<Standing>, Rejection> {
    let Account {
        limits, calendar, ..
    } = &account.account;
    if limits.is_empty() {
        return Ok(None);
    }
    // Limits without the sums they are held against would admit anything.
    let used = account.used.as_ref().ok_or(Rejection::AmountOutOfRange)?;
    let operation = usage.map_or(UNNAMED_OPERATION, |usage| &usage.operation);
    limit::tightest(limits, operation, calendar, used, now)
}

pub fn check_funds(required: Credits, available: Credits) -> Result<(), Rejection> {
    if required <= available {
        return Ok(());
    }
    Err(Rejection::NotEnoughCredits {
        required,
        available,
        shortfall: minus(required, available)?,
    })
}
