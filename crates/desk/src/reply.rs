//! Answers, and the reasons why there is none.

use maud::Markup;
use truce_store::StoreError;

/// What goes back to the browser.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub kind: &'static str,
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Content types.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json";
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    pub(crate) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status, kind, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn html(status: u16, page: Markup) -> Reply {
        Reply::new(status, HTML, page.into_string())
    }

    /// To another page of the desk, with GET.
    pub(crate) fn see(address: impl Into<String>) -> Reply {
        Reply::new(303, TEXT, "").with("Location", address.into())
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Reply {
        self.headers.push((name, value));
        self
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.as_str())
    }
}

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub(crate) enum Fail {
    /// There is no such thing.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// The person may not.
    Denied(&'static str),
    /// The request makes no sense; the words say why.
    Bad(String),
    /// Too many requests.
    TooMany,
    /// The store says no.
    Store(StoreError),
}

impl From<StoreError> for Fail {
    fn from(it: StoreError) -> Fail {
        Fail::Store(it)
    }
}

impl Fail {
    /// Status and words.
    pub fn say(&self) -> (u16, String) {
        match self {
            Fail::NotFound => (404, "There is no such page or thing on this desk.".into()),
            Fail::SignIn => (401, "Sign in first.".into()),
            Fail::Denied(why) => (403, (*why).into()),
            Fail::Bad(why) => (400, why.clone()),
            Fail::TooMany => (429, "Too many requests from you at once; wait a little.".into()),
            Fail::Store(StoreError::Refused(why)) => (409, why.clone()),
            Fail::Store(it @ (StoreError::DiskFull | StoreError::ReadOnly)) => (507, it.to_string()),
            Fail::Store(it @ StoreError::Busy) => (503, it.to_string()),
            Fail::Store(it) => (500, it.to_string()),
        }
    }
}
