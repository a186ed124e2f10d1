//! Stripe's lists: newest first, paged by the id of the last object seen.

use serde_json::{Value, json};

use super::error::ApiError;
use super::fields::Fields;
use crate::objects::Look;
use crate::store::{Record, load};

enum Cursor {
    Start,
    After(String),
    Before(String),
}

/// The paging parameters of a list request.
pub(crate) struct Page {
    limit: usize,
    cursor: Cursor,
}

impl Page {
    pub(crate) fn read(fields: &mut Fields) -> Result<Page, ApiError> {
        let limit = fields.integer("limit")?.unwrap_or(10);
        let limit = usize::try_from(limit)
            .ok()
            .filter(|limit| (1..=100).contains(limit))
            .ok_or_else(|| {
                ApiError::invalid("This value must be between 1 and 100.")
                    .coded("parameter_invalid_integer")
                    .about("limit")
            })?;
        let cursor = match (
            fields.text("starting_after")?,
            fields.text("ending_before")?,
        ) {
            (None, None) => Cursor::Start,
            (Some(id), None) => Cursor::After(id),
            (None, Some(id)) => Cursor::Before(id),
            (Some(_), Some(_)) => {
                return Err(ApiError::invalid(
                    "You may only specify one of these parameters: starting_after, ending_before.",
                )
                .coded("parameters_exclusive")
                .about("starting_after"));
            }
        };
        Ok(Page { limit, cursor })
    }

    /// The page of those records of `T` that `wanted` keeps.
    pub(crate) fn list<T: Record>(
        &self,
        look: &Look<'_>,
        url: &str,
        wanted: impl Fn(&T) -> bool,
        view: impl Fn(&T) -> Result<Value, ApiError>,
    ) -> Result<Value, ApiError> {
        let (low, high) = match &self.cursor {
            Cursor::Start => (0, u64::MAX),
            Cursor::After(id) => (0, place::<T>(look, id, "starting_after")?),
            Cursor::Before(id) => (
                place::<T>(look, id, "ending_before")?.saturating_add(1),
                u64::MAX,
            ),
        };
        let mut ids = look.reads.ids(T::KIND, low, high)?;
        let backwards = matches!(self.cursor, Cursor::Before(_));
        if !backwards {
            ids.reverse();
        }
        let mut data = Vec::new();
        let mut has_more = false;
        for (_, id) in ids {
            let Some(record) = load::<T>(look.reads, &id)? else {
                continue;
            };
            if !wanted(&record) {
                continue;
            }
            if data.len() == self.limit {
                has_more = true;
                break;
            }
            data.push(view(&record)?);
        }
        if backwards {
            data.reverse();
        }
        Ok(json!({ "object": "list", "url": url, "has_more": has_more, "data": data }))
    }
}

fn place<T: Record>(look: &Look<'_>, id: &str, param: &str) -> Result<u64, ApiError> {
    look.reads
        .position(T::KIND, id)?
        .ok_or_else(|| ApiError::no_such_reference(T::KIND, id, param))
}

/// A parameter that narrows a list down to one value.
pub(crate) struct Filter(Option<String>);

impl Filter {
    pub(crate) fn read(fields: &mut Fields, name: &str) -> Result<Filter, ApiError> {
        Ok(Filter(fields.text(name)?))
    }

    pub(crate) fn admits(&self, value: Option<&str>) -> bool {
        self.0.as_deref().is_none_or(|wanted| value == Some(wanted))
    }
}

/// `created=…` or `created[gt|gte|lt|lte]=…`.
#[derive(Default)]
pub(crate) struct Created {
    from: Option<i64>,
    to: Option<i64>,
}

impl Created {
    pub(crate) fn read(fields: &mut Fields) -> Result<Created, ApiError> {
        if fields.is_text("created") {
            let instant = fields.integer("created")?;
            return Ok(Created {
                from: instant,
                to: instant,
            });
        }
        let Some(mut bounds) = fields.branch("created")? else {
            return Ok(Created::default());
        };
        let above = bounds.integer("gt")?.map(|gt| gt.saturating_add(1));
        let below = bounds.integer("lt")?.map(|lt| lt.saturating_sub(1));
        let from = bounds.integer("gte")?.max(above);
        let to = [bounds.integer("lte")?, below].into_iter().flatten().min();
        bounds.finish()?;
        Ok(Created { from, to })
    }

    pub(crate) fn holds(&self, created: i64) -> bool {
        self.from.is_none_or(|from| created >= from) && self.to.is_none_or(|to| created <= to)
    }
}
