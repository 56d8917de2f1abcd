//! Article to statements, claims, events, time and place. Every decision
//! names its rule and its words.
//!
//! It does not know other articles, files, clocks or the desk.

pub mod actors;
pub mod claims;
mod closing_reports;
mod coref;
pub mod events;
pub mod factuality;
mod parses;
pub mod prepared;
mod repairs;
mod stand_ins;
pub mod statements;
pub mod tree;

pub use prepared::{ActorMention, MentionKind, Prepared, SentenceCtx, prepare};

use truce_model::{Agreement, Article, Reading};

/// Reads `article`. Without an agreement, actors come from the general
/// register alone and claims bear on no provision.
///
/// Never fails: odd prose yields a Problem, not an error, and the rest of the
/// article is still read.
pub fn read(agreement: Option<&Agreement>, article: &Article) -> Reading {
    let prepared = prepare(agreement, article);
    let statements = statements::statements(agreement, &prepared);
    let ctx = truce_time::TimeContext::from_published(&article.published);
    let readable: Vec<truce_model::Span> = article.readable().map(|it| it.span).collect();
    let times = readable.iter().flat_map(|it| truce_time::find(&article.text, *it, &ctx)).collect::<Vec<_>>();
    let places = truce_place::find_all(&article.text, &readable, agreement);
    let claims = claims::claims(agreement, &prepared, &statements, &times, &places);
    let events = events::events(&prepared, &statements, &times, &places);
    Reading {
        statements,
        claims,
        events,
        times,
        places,
        sentences: prepared.sentences.len(),
        actors: prepared.actors,
        problems: prepared.problems,
    }
}
