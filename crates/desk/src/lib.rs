//! A desk: the daily work of a team on one store.
//!
//! Taking reports in and assessing them, the web pages, the API, sign-in and
//! review. Pages are made by the server and work without script; every page's
//! data is in the API too.
//!
//! It does not know SQL, and it decides nothing: it shows what reports say,
//! what the machine proposes, and what people decided.

mod api;
mod app;
mod auth;
mod forms;
mod layout;
mod limits;
mod openapi;
mod pages;
mod reply;
mod routes;
mod server;
mod work;

pub use app::{App, FORM_BYTES_MAX, Request};
pub use auth::{ARGON2_KIB, hash_password, random_token};
pub use openapi::describe;
pub use reply::Reply;
pub use routes::{Access, ROUTES, Route};
pub use server::{Config, ServeError, Serving, serve};
pub use work::{
    BATCH_COUNT, PROGRAM, Stopped, WorkError, agreement_of, assess, engine, pack_of, record_as_of, take_in,
};
