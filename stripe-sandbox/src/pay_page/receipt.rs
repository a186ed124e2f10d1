//! The receipt a succeeded charge links to.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::pay::answered;
use super::{Reply, html, pages};
use crate::core::Core;
use crate::objects::charge::{Charge, ChargeStatus};
use crate::objects::money::format_amount;
use crate::store::load;

pub(super) async fn show(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = core.store.read().and_then(|snapshot| {
        let charge = load::<Charge>(&snapshot, &id)?
            .filter(|charge| charge.status == ChargeStatus::Succeeded);
        Ok(charge.map_or_else(pages::missing, |charge| {
            let mut text = format!(
                "Paid {}. Reference {}.",
                format_amount(charge.amount, &charge.currency),
                charge.id
            );
            if charge.amount_refunded > 0 {
                let refunded = format_amount(charge.amount_refunded, &charge.currency);
                text.push_str(&format!(" Refunded {refunded}."));
            }
            Reply::Page(200, html::notice("Receipt", &text, None))
        }))
    });
    answered(shown)
}
