//! The templates of mails: for each language and kind what is said, and two layouts that show it, one plain
//! and one in HTML. They are compiled in.

use std::sync::Arc;

use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};

use super::House;
use super::letter::Letter;

/// How a mail is shown: both are sent, and a mail program picks.
const LAYOUTS: [&str; 2] = ["html", "txt"];

#[derive(Clone)]
pub struct Templates(Arc<Environment<'static>>);

/// A mail as it goes out.
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What they have in common.
const SHARED: &[(&str, &str)] = &[
    ("layout.html", include_str!("templates/layout.html")),
    ("layout.txt", include_str!("templates/layout.txt")),
    ("en/common.jinja", include_str!("templates/en/common.jinja")),
    ("de/common.jinja", include_str!("templates/de/common.jinja")),
];

macro_rules! templates {
    ($($kind:literal),* $(,)?) => {
        /// Name and text of every template that is written in a language.
        const WRITTEN: &[(&str, &str)] = &[
            $(
                (concat!("en/", $kind), include_str!(concat!("templates/en/", $kind, ".jinja"))),
                (concat!("de/", $kind), include_str!(concat!("templates/de/", $kind, ".jinja"))),
            )*
        ];
    };
}

templates![
    "purchase.paid",
    "credits.given",
    "credits.taken",
    "credits.expiring",
    "credits.expired",
    "balance.low",
    "balance.recovered",
    "limit.reached",
    "debt.incurred",
    "payment.reversed",
    "payment.restored",
    "payment.disputed",
    "dispute.ended",
    "recharge.failed",
    "recharge.suspended",
    "recharge.needs_authentication",
    "recharge.cap",
    "webhook_endpoint.disabled",
];

impl Templates {
    pub fn new() -> Result<Templates, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "html")) => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        for (name, source) in SHARED {
            environment.add_template(name, source)?;
        }
        for (name, source) in WRITTEN {
            for layout in LAYOUTS {
                environment.add_template_owned(format!("{name}.{layout}"), *source)?;
            }
        }
        Ok(Templates(Arc::new(environment)))
    }

    pub fn render(
        &self,
        letter: &Letter,
        house: &House,
        unsubscribe_url: Option<&str>,
    ) -> Result<Written, Error> {
        let render = |layout: &str| -> Result<(String, String), Error> {
            let name = format!("{}/{}.{layout}", letter.locale.as_str(), letter.kind_name());
            let values = context! {
                locale => letter.locale.as_str(),
                layout => format!("layout.{layout}"),
                is_html => layout == "html",
                product => house.product.as_str(),
                page_url => house.page_url.as_str(),
                unsubscribe_url => unsubscribe_url,
                ..letter.values()
            };
            let template = self.0.get_template(&name)?;
            let shown = template.render_captured(values)?;
            let subject = shown.state().lookup("subject");
            let subject = subject.map(|subject| subject.to_string());
            let page = shown.output().trim_start().to_owned();
            Ok((page, subject.unwrap_or_default()))
        };
        let (html, _) = render("html")?;
        let (text, subject) = render("txt")?;
        Ok(Written {
            subject,
            text,
            html,
        })
    }
}
