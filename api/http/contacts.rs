//! Where an account's owner is written to: the platform knows, and says so. Nobody can have mails sent to
//! an address of their choice.

use actix_web::web::{Data, Json, Path};
use actix_web::{get, put};
use ledger::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Body;
use super::callers::Admin;
use super::error::{ApiError, ErrorCode};
use crate::app::App;
use crate::store::{Contact, Locale};

/// RFC 5321 §4.5.3.1.3 leaves room for no more.
const LONGEST_ADDRESS: usize = 254;

/// Where an account's owner is written to, and how.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Contact)]
pub struct ContactView {
    /// Null: they are not written to.
    #[schema(required, max_length = 254, examples("ada@acme.example"))]
    #[serde(deserialize_with = "Option::deserialize")]
    pub email: Option<String>,
    pub locale: LocaleView,
}

/// The language of mails.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Locale)]
pub enum LocaleView {
    /// English.
    En,
    /// German.
    De,
}

/// An account's contact
///
/// Where its owner is written to. Without one they are told in the feed alone.
#[utoipa::path(
    operation_id = "get_contact",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Which account.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    responses((status = 200, description = "The contact.", body = ContactView,
        example = json!({"email": "ada@acme.example", "locale": "en"})))
)]
#[get("/v1/admin/accounts/{account_id}/contact")]
pub async fn get_contact(
    app: Data<App>,
    _caller: Admin,
    account_id: Path<String>,
) -> Result<Json<ContactView>, ApiError> {
    let contact = app.store.contact(&named(&account_id)?).await?;
    Ok(Json(view(&contact.unwrap_or_default())))
}

/// Set an account's contact
///
/// The address and language that the platform knows its owner by. From now on they are written to, as far as
/// they have not chosen otherwise; mails tell times by the account's time zone.
#[utoipa::path(
    operation_id = "update_contact",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Which account.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    request_body(content = ContactView, example = json!({"email": "ada@acme.example", "locale": "de"})),
    responses((status = 200, description = "The contact.", body = ContactView,
        example = json!({"email": "ada@acme.example", "locale": "de"})))
)]
#[put("/v1/admin/accounts/{account_id}/contact")]
pub async fn update_contact(
    app: Data<App>,
    _caller: Admin,
    account_id: Path<String>,
    Body(request): Body<ContactView>,
) -> Result<Json<ContactView>, ApiError> {
    let id = named(&account_id)?;
    let contact = request.read()?;
    app.store
        .set_contact(&id, &contact, app.clock.now())
        .await?;
    Ok(Json(view(&contact)))
}

fn named(account_id: &str) -> Result<AccountId, ApiError> {
    AccountId::parse(account_id).map_err(|_| ApiError::not_found("account"))
}

impl ContactView {
    fn read(self) -> Result<Contact, ApiError> {
        if let Some(email) = &self.email
            && (email.len() > LONGEST_ADDRESS || email.parse::<lettre::Address>().is_err())
        {
            let detail = "The body: email is not an address of mail.";
            return Err(ApiError::with_detail(ErrorCode::InvalidSettings, detail));
        }
        Ok(Contact {
            email: self.email,
            locale: match self.locale {
                LocaleView::En => Locale::English,
                LocaleView::De => Locale::German,
            },
        })
    }
}

fn view(contact: &Contact) -> ContactView {
    ContactView {
        email: contact.email.clone(),
        locale: match contact.locale {
            Locale::English => LocaleView::En,
            Locale::German => LocaleView::De,
        },
    }
}
