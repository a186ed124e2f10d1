//! The page an invoice links to, and the same as a PDF.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::pay::answered;
use super::pdf;
use super::{Reply, html, pages};
use crate::core::Core;
use crate::objects::invoice::Invoice;
use crate::objects::money::format_amount;
use crate::store::load;

pub(super) async fn show(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = core.store.read().and_then(|snapshot| {
        let invoice = load::<Invoice>(&snapshot, &id)?;
        Ok(invoice.map_or_else(pages::missing, |invoice| {
            let mut main = format!("<h1>Invoice {}</h1>", html::escape(&invoice.number));
            for line in lines(&invoice) {
                main.push_str(&format!("<p>{}</p>", html::escape(&line)));
            }
            let pdf = format!("{}/pdf", invoice.hosted_url(&core.public_url));
            main.push_str(&format!(
                r#"<p><a class="button" href="{}">Download the PDF</a></p>"#,
                html::escape(&pdf)
            ));
            let main = format!(r#"<section class="card notice">{main}</section>"#);
            Reply::Page(
                200,
                html::frame(&format!("Invoice {}", invoice.number), &main),
            )
        }))
    });
    answered(shown)
}

pub(super) async fn download(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = core.store.read().and_then(|snapshot| {
        let invoice = load::<Invoice>(&snapshot, &id)?;
        Ok(invoice.map_or_else(pages::missing, |invoice| {
            let title = format!("Invoice {} (sandbox)", invoice.number);
            Reply::Pdf(pdf::page(&title, &lines(&invoice)))
        }))
    });
    answered(shown)
}

fn lines(invoice: &Invoice) -> Vec<String> {
    let money = |amount| format_amount(amount, &invoice.currency);
    let mut lines = Vec::new();
    lines.extend(invoice.customer_name.clone());
    lines.extend(invoice.customer_email.clone());
    for item in &invoice.lines {
        lines.push(format!(
            "{} x {}: {}",
            item.quantity,
            item.name,
            money(item.amount)
        ));
    }
    lines.push(format!("Tax: {}", money(invoice.tax)));
    lines.push(format!("Total, paid: {}", money(invoice.total)));
    lines.extend(invoice.description.clone());
    lines.extend(invoice.footer.clone());
    lines
}
