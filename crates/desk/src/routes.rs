//! Every address of the desk with who may ask for it. One table, so that a
//! test can try each route as each role, and the API can describe itself.

use truce_store::Role;

use crate::app::Handler;
use crate::openapi::{self, Api};
use crate::{api, pages as p};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody who reaches the desk.
    Anyone,
    /// People with at least this role.
    From(Role),
}

/// One address.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Parts in braces stand for anything.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What the API says of it, if it is part of the API.
    pub(crate) api: Option<&'static Api>,
    pub(crate) handler: Handler,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

const ANYONE: Access = Access::Anyone;
const READER: Access = Access::From(Role::Reader);
const CODER: Access = Access::From(Role::Coder);
const REVIEWER: Access = Access::From(Role::Reviewer);
const ADMIN: Access = Access::From(Role::Administrator);

const fn get(path: &'static str, access: Access, handler: Handler) -> Route {
    Route { method: "GET", path, access, api: None, handler }
}

const fn post(path: &'static str, access: Access, handler: Handler) -> Route {
    Route { method: "POST", path, access, api: None, handler }
}

const fn data(
    method: &'static str,
    path: &'static str,
    access: Access,
    api: &'static Api,
    handler: Handler,
) -> Route {
    Route { method, path, access, api: Some(api), handler }
}

/// All of them.
pub const ROUTES: &[Route] = &[
    get("/static/{file}", ANYONE, p::files::file),
    get("/sign-in", ANYONE, p::people::sign_in_page),
    post("/sign-in", ANYONE, p::people::sign_in),
    get("/join/{token}", ANYONE, p::people::join_page),
    post("/join/{token}", ANYONE, p::people::join),
    post("/sign-out", READER, p::people::sign_out),
    get("/", READER, p::today::page),
    post("/seen", READER, p::today::seen),
    get("/agreement", READER, p::agreement::page),
    get("/obligations/{id}", READER, p::agreement::obligation),
    get("/incidents", READER, p::incidents::list),
    get("/incidents/{id}", READER, p::incidents::one),
    post("/incidents/{id}/rating", REVIEWER, p::incidents::rate),
    get("/matrix", READER, p::matrix::page),
    get("/claims", READER, p::matrix::claims),
    get("/claims/{id}", READER, p::claim::page),
    get("/articles/{id}", READER, p::article::page),
    get("/articles/{id}/source", READER, p::article::source),
    post("/articles/{id}/retract", REVIEWER, p::article::retract),
    get("/compare", READER, p::compare::list),
    get("/compare/{a}/{b}", READER, p::compare::pair),
    get("/lineages/{id}", READER, p::compare::lineage),
    get("/statements", READER, p::statements::page),
    get("/actors", READER, p::actors::list),
    get("/actors/{id}", READER, p::actors::one),
    get("/mediation", READER, p::actors::mediation),
    get("/timeline", READER, p::timeline::page),
    get("/passage", READER, p::timeline::passage),
    get("/coverage", READER, p::coverage::page),
    get("/search", READER, p::search::page),
    get("/review", CODER, p::review::page),
    post("/review/{id}", CODER, p::review::decide),
    get("/coders", CODER, p::coders::page),
    get("/intake", READER, p::intake::page),
    post("/intake", REVIEWER, p::intake::take_in),
    post("/work/start", REVIEWER, p::intake::start),
    post("/work/stop", REVIEWER, p::intake::stop),
    get("/sitrep", READER, p::sitrep::page),
    post("/sitrep", REVIEWER, p::sitrep::publish),
    get("/sitrep/{seq}", READER, p::sitrep::published),
    get("/log", READER, p::log::page),
    get("/log/{seq}", READER, p::log::entry),
    get("/past", READER, p::log::past),
    get("/me", READER, p::people::me),
    post("/me/tokens", READER, p::people::make_token),
    post("/me/tokens/revoke", READER, p::people::revoke_token),
    get("/people", ADMIN, p::people::list),
    post("/people/invite", ADMIN, p::people::invite),
    post("/people/{id}", ADMIN, p::people::change),
    post("/masks", ADMIN, p::people::mask),
    post("/masks/{id}/lift", ADMIN, p::people::unmask),
    get("/api/openapi.json", ANYONE, openapi::page),
    data("GET", "/api/v1/desk", READER, &openapi::DESK, api::desk),
    data("GET", "/api/v1/articles", READER, &openapi::ARTICLES, api::articles),
    data("POST", "/api/v1/articles", REVIEWER, &openapi::ADD_ARTICLES, api::add_articles),
    data("GET", "/api/v1/articles/{id}", READER, &openapi::ARTICLE, api::article),
    data("GET", "/api/v1/statements", READER, &openapi::STATEMENTS, api::statements),
    data("GET", "/api/v1/claims", READER, &openapi::CLAIMS, api::claims),
    data("GET", "/api/v1/claims/{id}", READER, &openapi::CLAIM, api::claim),
    data("POST", "/api/v1/reviews", CODER, &openapi::REVIEW, api::review),
    data("GET", "/api/v1/incidents", READER, &openapi::INCIDENTS, api::incidents),
    data("GET", "/api/v1/incidents/{id}", READER, &openapi::INCIDENT_ONE, api::incident),
    data("GET", "/api/v1/findings", READER, &openapi::FINDINGS, api::findings),
    data("GET", "/api/v1/matrix", READER, &openapi::MATRIX, api::matrix),
    data("GET", "/api/v1/actors", READER, &openapi::ACTORS, api::actors),
    data("GET", "/api/v1/lineages", READER, &openapi::LINEAGES, api::lineages),
    data("GET", "/api/v1/reuse/{a}/{b}", READER, &openapi::REUSE, api::reuse),
    data("GET", "/api/v1/coverage", READER, &openapi::COVERAGE, api::coverage),
    data("GET", "/api/v1/changes", READER, &openapi::CHANGES, api::changes),
    data("GET", "/api/v1/ledger", READER, &openapi::LEDGER, api::ledger),
    data("GET", "/api/v1/search", READER, &openapi::SEARCH, api::search),
    data("GET", "/api/v1/record", READER, &openapi::RECORD, api::record),
    data("GET", "/api/v1/coders", CODER, &openapi::AGREEMENT, api::coders),
    data("GET", "/api/v1/events", READER, &openapi::EVENTS, api::events),
];
