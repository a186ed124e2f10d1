//! Where the links in reminders lead: no more mails of their kind, without signing in. A mail program asks
//! with one POST (RFC 8058); a person is asked first, because programs follow links to look at them.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use ledger::command::{Action, Command};
use ledger::ids::AccountId;
use ledger::notice::Kind;

use super::error::ApiError;
use crate::app::App;
use crate::store::Locale;

/// The question: a form that posts to the page's own address.
const ASK: [&str; 4] = [
    "No more reminders?",
    "You will get no more mails about credits that end soon. They still stand in the notices on your \
     Credits page, and there you can change this again.",
    "Send me no more reminders",
    "en",
];
const ASK_DE: [&str; 4] = [
    "Keine Erinnerungen mehr?",
    "Sie bekommen keine E-Mails mehr über Credits, die bald verfallen. Auf Ihrer Credits-Seite stehen die \
     Hinweise weiterhin, und dort können Sie das auch wieder ändern.",
    "Keine Erinnerungen mehr senden",
    "de",
];
const DONE: [&str; 2] = [
    "You will get no more reminders by mail.",
    "On your Credits page you can change this again.",
];
const DONE_DE: [&str; 2] = [
    "Sie bekommen keine Erinnerungen mehr per E-Mail.",
    "Auf Ihrer Credits-Seite können Sie das wieder ändern.",
];

#[get("/unsubscribe/{token}")]
pub async fn ask(app: Data<App>, token: Path<String>) -> Result<HttpResponse, ApiError> {
    let (account_id, _) = whose(&app, &token)?;
    let [title, text, button, language] = match locale(&app, &account_id).await? {
        Locale::English => ASK,
        Locale::German => ASK_DE,
    };
    let form = format!("<form method=\"post\"><button>{button}</button></form>");
    Ok(page(language, title, &format!("<p>{text}</p>{form}")))
}

#[post("/unsubscribe/{token}")]
pub async fn unsubscribe(app: Data<App>, token: Path<String>) -> Result<HttpResponse, ApiError> {
    let (account_id, kind) = whose(&app, &token)?;
    let locale = locale(&app, &account_id).await?;
    let command = Command {
        account_id,
        key: None,
        action: Action::StopMail(kind),
    };
    app.writer.submit(command, None).await?.decision?;
    let (language, [title, text]) = match locale {
        Locale::English => ("en", DONE),
        Locale::German => ("de", DONE_DE),
    };
    Ok(page(language, title, &format!("<p>{text}</p>")))
}

fn whose(app: &App, token: &str) -> Result<(AccountId, Kind), ApiError> {
    let key = app.signing_key.as_ref();
    let meant = key.and_then(|key| key.unsubscribing(token));
    meant.ok_or_else(|| ApiError::not_found("link"))
}

async fn locale(app: &App, account_id: &AccountId) -> Result<Locale, ApiError> {
    let contact = app.store.contact(account_id).await?;
    Ok(contact.unwrap_or_default().locale)
}

fn page(language: &str, title: &str, content: &str) -> HttpResponse {
    let html = format!(
        "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>:root{{color-scheme:light dark}}body{{font:1.1rem/1.5 system-ui;max-width:34rem;\
         margin:18vh auto;padding:0 1.5rem}}button{{font:inherit;padding:.6rem 1rem}}</style>\
         <h1>{title}</h1>{content}"
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .body(html)
}
