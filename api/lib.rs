//! The credits service: what people and services see of their credits, and how they buy more.
//!
//! | room | what lives there |
//! |---|---|
//! | `cli`, `config`, `data_dir` | how it is started, and with what |
//! | `serve`, `app` | the running process, and what its parts share |
//! | `generations` | a memory of bounded size |
//! | `auth` | who is calling: tokens, scopes, and seals on what a caller is handed |
//! | `http` | the API: one routing table, a file for each resource |
//! | `page` | the Credits page: its files, and what it has to know |
//! | `live` | who watches an account at present |
//! | `wire` | the shapes that the API and webhooks share |
//! | `payments` | Stripe: sessions, events, and the evidence they give |
//! | `delivery` | how people and the platform's own systems hear of what happens: mails and webhooks |
//! | `workers` | what goes on without being asked |
//! | `writer` | the one path by which credits move |
//! | `store` | the database; all SQL is here |
//! | `verify` | the auditor |
//! | `stopping` | how what goes on by itself learns that it has to end |
//! | `steps` | where tests let the process die; nothing in a release |
//! | `bench` | the load generator, which sees the service from outside only |
//!
//! Arrows run one way: `http` and `workers` → `payments`, `writer` → `store`; everything → the pure
//! crate `ledger`, which decides all about credits and knows none of them.

pub mod app;
pub mod auth;
pub mod bench;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod data_dir;
pub mod delivery;
mod generations;
pub mod http;
pub mod live;
pub mod observe;
mod page;
pub mod payments;
pub mod serve;
pub mod steps;
pub mod stopping;
pub mod store;
pub mod verify;
pub mod wire;
pub mod workers;
pub mod writer;
