//! A saved card that changes its ways: banks block, cards run out of money, and back.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::ordered;
use crate::core::Core;
use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::objects::test_cards;
use crate::store::load;
use crate::wire::error::ApiError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Behave {
    /// The test card (`pm_card_visa_chargeDeclinedLostCard`) whose ways it takes on. Brand and number stay.
    like: String,
}

pub(super) async fn behave(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, move |work, order: Behave| {
        let mut method = load::<PaymentMethod>(work.tx, &id)?
            .ok_or_else(|| ApiError::no_such("PaymentMethod", &id, "payment_method"))?;
        let model = test_cards::by_name(&order.like, 0)
            .ok_or_else(|| ApiError::invalid(format!("There is no test card {}.", order.like)))?;
        let Instrument::Card(card) = &mut method.instrument else {
            return Err(ApiError::invalid("The payment method is no card."));
        };
        card.behaviour = model.behaviour;
        card.aftermath = model.aftermath;
        work.tx.put(&method)?;
        Ok(method.view())
    })
    .await
}
