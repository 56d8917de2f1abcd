//! Style and script: the only files that pages load.

use crate::app::Ctx;
use crate::reply::{Fail, Reply};

const DESK_CSS: &str = include_str!("../assets/desk.css");
const DESK_JS: &str = include_str!("../assets/desk.js");

pub(crate) fn file(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (kind, text) = match ctx.part(0) {
        "brief.css" => ("text/css; charset=utf-8", truce_publish::desk::style()),
        "desk.css" => ("text/css; charset=utf-8", DESK_CSS),
        "desk.js" => ("text/javascript; charset=utf-8", DESK_JS),
        _ => return Err(Fail::NotFound),
    };
    Ok(Reply::new(200, kind, text).with("Cache-Control", "public, max-age=300".into()))
}
