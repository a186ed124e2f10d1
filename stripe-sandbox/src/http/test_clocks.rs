//! `/v1/test_helpers/test_clocks`: Stripe's way to move time. The sandbox's one clock only ever goes forward.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::pipeline;
use crate::core::Core;
use crate::objects::new_id;
use crate::objects::test_clock::TestClock;
use crate::payments;
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;
use crate::wire::page::Page;

const URL: &str = "/v1/test_helpers/test_clocks";

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    let shared = core.clone().into_inner();
    let answer = pipeline::post(core, request, body, |work, mut fields| {
        fields.texts("expand")?;
        let clock = TestClock {
            id: new_id("clock_"),
            created: work.now,
            name: fields.text_up_to("name", 300)?,
            frozen_time: needed_time(&mut fields)?,
            deleted: false,
        };
        fields.finish()?;
        work.tx.put(&clock)?;
        payments::move_clock_to(work, clock.frozen_time)?;
        work.emit("test_helpers.test_clock.created", clock.view("ready"))?;
        Ok(Answer::ok(clock.view("ready")))
    })
    .await;
    shared.wind_clock().await;
    answer
}

pub(super) async fn advance(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    let shared = core.clone().into_inner();
    let answer = pipeline::post(core, request, body, move |work, mut fields| {
        fields.texts("expand")?;
        let mut clock = find(work.tx, &id)?;
        let to = needed_time(&mut fields)?;
        fields.finish()?;
        if to <= clock.frozen_time {
            return Err(ApiError::invalid(
                "A test clock can only be advanced to a time after its frozen time.",
            )
            .about("frozen_time"));
        }
        clock.frozen_time = to;
        work.tx.put(&clock)?;
        payments::move_clock_to(work, to)?;
        work.emit("test_helpers.test_clock.advancing", clock.view("advancing"))?;
        work.emit("test_helpers.test_clock.ready", clock.view("ready"))?;
        // As at Stripe, who asks again finds it ready.
        Ok(Answer::ok(clock.view("advancing")))
    })
    .await;
    shared.wind_clock().await;
    answer
}

pub(super) async fn retrieve(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        fields.texts("expand")?;
        fields.finish()?;
        Ok(find(look.reads, &id)?.view("ready"))
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        fields.texts("expand")?;
        let page = Page::read(&mut fields)?;
        fields.finish()?;
        let wanted = |clock: &TestClock| !clock.deleted;
        page.list(look, URL, wanted, |clock| Ok(clock.view("ready")))
    })
    .await
}

pub(super) async fn delete(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, fields| {
        fields.finish()?;
        let mut clock = find(work.tx, &id)?;
        clock.deleted = true;
        work.tx.put(&clock)?;
        work.emit("test_helpers.test_clock.deleted", clock.view("ready"))?;
        let gone = json!({ "deleted": true, "id": clock.id, "object": "test_helpers.test_clock" });
        Ok(Answer::ok(gone))
    })
    .await
}

fn find(reads: &dyn Reads, id: &str) -> Result<TestClock, ApiError> {
    load::<TestClock>(reads, id)?
        .filter(|clock| !clock.deleted)
        .ok_or_else(|| ApiError::no_such("test clock", id, "test_clock"))
}

fn needed_time(fields: &mut Fields) -> Result<i64, ApiError> {
    fields
        .integer_from("frozen_time", 0)?
        .ok_or_else(|| fields.missing("frozen_time"))
}
