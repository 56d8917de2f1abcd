//! The review queue: is the suggestion right? One key decides and moves on.

use maud::{Markup, html};
use truce_model::{Kind, Stance};
use truce_publish::desk::{kind_name, outside, plain};
use truce_record::{Article, Cited, Claim, Time};
use truce_store::{Act, ClaimFilter, ClaimRow, Decision, Role, Store};

use crate::app::Ctx;
use crate::forms::{Fields, address, encoded};
use crate::layout::{article_link, csrf, ledger_table, n, page as frame, short};
use crate::pages::claim::fields;
use crate::pages::matrix::name_of;
use crate::reply::{Fail, Reply};

/// Characters of the report shown around the words.
const AROUND: usize = 700;
/// Parts offered when a claim is split.
const PARTS: usize = 3;
/// Characters of a report searched for words that a person gives.
const WORDS_CHARS_MAX: usize = 4000;

/// Whether this person codes here, which settles nothing, or decides.
fn codes(ctx: &Ctx<'_>) -> bool {
    !ctx.may(Role::Reviewer) || ctx.query.get("mode") == Some("code") || ctx.form.get("mode") == Some("code")
}

/// The claim to look at: the one asked for, else the next that waits.
fn pick(ctx: &Ctx<'_>, store: &Store) -> Result<Option<ClaimRow>, Fail> {
    if let Some(id) = ctx.query.get("claim") {
        return Ok(Some(store.claim(id)?.ok_or(Fail::NotFound)?));
    }
    let after = ctx.query.number("after").unwrap_or(0);
    if codes(ctx) {
        let id = store.uncoded(&ctx.who()?.person.id, after)?;
        return Ok(id.map(|it| store.claim(&it)).transpose()?.flatten());
    }
    if let Some(before) = ctx.query.number("before") {
        return Ok(store.waiting_before(before)?);
    }
    let filter = ClaimFilter { waiting: true, ..ClaimFilter::default() };
    Ok(store.claims_page(&filter, after, 1)?.into_iter().next())
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let coding = codes(ctx);
    let waiting = store.claims_count(&ClaimFilter { waiting: true, ..ClaimFilter::default() })?;
    let mode = coding.then_some("code");
    let last = ctx.query.get("last");
    let title = if coding { "Coding" } else { "Review" };
    let Some(row) = pick(ctx, &store)? else {
        let body = html! {
            p.lead { "Nothing waits after this." }
            p { a href=(address("/review", &[("mode", mode)])) { "From the beginning" } @if let Some(last) = last { " · " a href={ "/claims/" (encoded(last)) } { "The claim decided last" } } }
            (undo_last(ctx, last, coding))
            (help())
        };
        return Ok(frame(ctx, title, "/review", body));
    };
    let claim = row.standing.first().unwrap_or(&row.proposed).clone();
    let article = store.article(&claim.article)?.ok_or(Fail::NotFound)?;
    let article_row = store.article_row(&claim.article)?.ok_or(Fail::NotFound)?;
    let trail = store.trail(&row.proposed.id)?;
    let seen = trail.last().map_or(0, |it| it.line.seq);
    let others: Vec<ClaimRow> = store
        .claims_page(&ClaimFilter { article: Some(claim.article.clone()), ..ClaimFilter::default() }, 0, 200)?
        .into_iter()
        .filter(|it| {
            it.n != row.n
                && matches!(it.state.as_str(), "proposed" | "confirmed" | "amended")
                && !it.standing.is_empty()
        })
        .collect();
    let masker = ctx.app.masker();
    let (shown, shown_article) = (masker.cover(claim.clone())?, masker.cover(article.clone())?);
    let who = |id: Option<&str>, none: &str| -> Result<String, Fail> {
        Ok(match id {
            Some(id) => masker.text(&name_of(&store, id)?),
            None => none.to_owned(),
        })
    };
    let claimant = who(claim.claimant.as_deref(), "speaker not resolved")?;
    let accused = who(claim.accused.as_deref(), "nobody named")?;
    let before_n = row.n.to_string();
    let here = row.n.to_string();
    let action = format!("/review/{}", encoded(&row.proposed.id));
    let hidden = html! {
        (csrf(ctx)) input type="hidden" name="seen" value=(seen); input type="hidden" name="n" value=(row.n);
        @if coding { input type="hidden" name="mode" value="code"; }
    };
    let body = html! {
        p.lead {
            @if coding { "You code: your coding settles nothing and nobody sees it beside theirs. " }
            @else { b { (n(waiting, "claim waits", "claims wait")) } ". " }
            span.keys aria-hidden="true" { kbd { "a" } " accept " kbd { "e" } " edit " kbd { "r" } " reject " kbd { "m" } " merge " kbd { "s" } " split " kbd { "u" } " undo " kbd { "j" } kbd { "k" } " move " kbd { "?" } " help" }
        }
        div.review {
            article.incident.claim aria-labelledby="h-claim" {
                header { h2 #h-claim { (outside(&claimant)) " " span class={ "stance" } { (outside(&claim.stance)) } " " (outside(&accused)) ": " (kind_name(claim.kind.as_deref()).to_lowercase()) } }
                p.meta { (article_link(&article_row)) " · " (outside(article_row.published.as_deref().unwrap_or("undated"))) " · state " b { (row.state) } }
                div.context dir="auto" { (context(&shown_article, &shown)) }
                p { a.src href=(truce_publish::desk::cited_address(&claim.evidence[0])) { "in the source" } " " a href={ "/claims/" (encoded(&row.proposed.id)) } { "fields and trail" } }
            }
            div.decide {
                form.row.main method="post" action=(action) {
                    (hidden)
                    label.wide { "Reason " input name="reason" maxlength="2000" placeholder="needed to reject or change" autocomplete="off"; }
                    button.accept type="submit" name="act" value="confirm" data-key="a" { "Accept " kbd { "a" } }
                    button type="submit" name="act" value="reject" data-key="r" { "Reject " kbd { "r" } }
                }
                details.act data-open="e" { summary { "Edit " kbd { "e" } }
                    form.grid-form method="post" action=(action) { (hidden) input type="hidden" name="act" value="amend"; (editor(ctx, &store, "", &claim)?) (reason()) button type="submit" { "Save as it reads now" } }
                }
                details.act data-open="m" { summary { "Merge " kbd { "m" } }
                    @if others.is_empty() { p.none { "There is no other claim in this report." } }
                    @else { form.grid-form method="post" action=(action) { (hidden) input type="hidden" name="act" value="merge";
                        label.wide { "Says the same as" select name="into" { @for it in &others { @let c = &it.standing[0]; option value=(it.proposed.id) { (plain(&short(&format!("{} {} {}: {}", c.claimant.as_deref().unwrap_or("?"), c.stance, c.accused.as_deref().unwrap_or("nobody"), masker.text(&c.evidence[0].exact)), 110))) } } } }
                        (reason()) button type="submit" { "Merge into it" } } }
                }
                details.act data-open="s" { summary { "Split " kbd { "s" } }
                    form.grid-form method="post" action=(action) { (hidden) input type="hidden" name="act" value="split";
                        @for part in 1..=PARTS { fieldset { legend { "Part " (part) @if part > 2 { " (leave its words empty if there is none)" } } (editor(ctx, &store, &format!("p{part}_"), &claim)?) } }
                        (reason()) button type="submit" { "Split" } }
                }
                @if row.state != "proposed" && !coding { form.row method="post" action=(action) { (hidden) input type="hidden" name="reason" value="undone"; button type="submit" name="act" value="undo" { "Undo the decision" } } }
                (undo_last(ctx, last, coding))
                nav.row aria-label="Queue" {
                    a rel="prev" data-key="k" href=(address("/review", &[("before", Some(&before_n)), ("mode", mode)])) { "Before " kbd { "k" } }
                    a rel="next" data-key="j" href=(address("/review", &[("after", Some(&here)), ("mode", mode)])) { "Next " kbd { "j" } }
                }
                details { summary { "As proposed, by rule" } (fields(&masker.cover(row.proposed.clone())?, &masker.cover(row.standing.clone())?)) }
                @if trail.len() > 1 { details { summary { "Trail" } (ledger_table(&trail)) } }
            }
        }
        (help())
    };
    Ok(frame(ctx, title, "/review", body))
}

fn reason() -> Markup {
    html! { label.wide { "Reason " input name="reason" required maxlength="2000" autocomplete="off"; } }
}

/// A way back from the decision just made.
fn undo_last(ctx: &Ctx<'_>, last: Option<&str>, coding: bool) -> Markup {
    html! {
        @if let Some(last) = last {
            form.row.undo method="post" action={ "/review/" (encoded(last)) } {
                (csrf(ctx)) input type="hidden" name="reason" value="taken back at once"; input type="hidden" name="back" value="1";
                @if coding { input type="hidden" name="mode" value="code"; }
                button type="submit" name="act" value="undo" data-key="u" { "Undo the last decision " kbd { "u" } }
            }
        }
    }
}

fn help() -> Markup {
    html! {
        details.help #help { summary { "Keys " kbd { "?" } }
            dl {
                dt { kbd { "a" } } dd { "Accept: the words say what the claim says. The next claim follows at once." }
                dt { kbd { "e" } } dd { "Edit: they do, once a field is changed." }
                dt { kbd { "r" } } dd { "Reject: they do not. With no reason typed, the reason is noted as not given." }
                dt { kbd { "m" } } dd { "Merge with another claim of the same report." }
                dt { kbd { "s" } } dd { "Split into several claims." }
                dt { kbd { "u" } } dd { "Undo the last decision. Both stay in the ledger." }
                dt { kbd { "j" } " " kbd { "k" } } dd { "Next, before; nothing is decided." }
            }
        }
    }
}

/// The words of a claim with the report around them.
fn context(article: &Article, claim: &Claim) -> Markup {
    let chars: Vec<char> = article.text.chars().collect();
    let mut spans: Vec<(usize, usize)> =
        claim.evidence.iter().filter(|it| it.article == article.id).map(|it| (it.start, it.end)).collect();
    spans.sort_unstable();
    let first = spans.first().map_or(0, |it| it.0);
    let last = spans.iter().map(|it| it.1).filter(|it| *it <= first + 4 * AROUND).max().unwrap_or(first);
    let (from, to) = (first.saturating_sub(AROUND), (last + AROUND).min(chars.len()));
    let text = |a: usize, b: usize| chars.get(a..b.max(a)).map_or(String::new(), |it| it.iter().collect());
    // What stands before each mark, and the mark; then what is left.
    let mut at = from;
    let mut marked: Vec<(String, String)> = Vec::new();
    for (start, end) in &spans {
        if *start >= at && *end <= to {
            marked.push((text(at, *start), text(*start, *end)));
            at = *end;
        }
    }
    html! {
        @if from > 0 { span.dim { "… " } }
        @for (before, words) in &marked {
            (plain(before))
            mark.charge { (plain(words)) }
        }
        (plain(&text(at, to)))
        @if to < chars.len() { span.dim { " …" } }
    }
}

/// Inputs for the fields of a claim.
fn editor(ctx: &Ctx<'_>, store: &Store, prefix: &str, claim: &Claim) -> Result<Markup, Fail> {
    let mut actors: Vec<(String, String)> = ctx
        .app
        .agreement
        .actors
        .iter()
        .map(|it| (it.id.to_string(), it.names.first().cloned().unwrap_or_default()))
        .collect();
    actors.push(("outlet".into(), "the outlet itself".into()));
    for id in [&claim.claimant, &claim.accused].into_iter().flatten() {
        if !actors.iter().any(|it| it.0 == *id) {
            actors.push((id.clone(), name_of(store, id)?));
        }
    }
    let choose = |name: &str, title: &str, own: Option<&str>, none: &str| {
        html! { label { (title) select name={ (prefix) (name) } { option value="" selected[own.is_none()] { (none) } @for (id, word) in &actors { option value=(id) selected[own == Some(id)] { (plain(&short(word, 60))) } } } } }
    };
    let words =
        if prefix.is_empty() { claim.evidence.first().map_or("", |it| it.exact.as_str()) } else { "" };
    Ok(html! {
        label { "Stance" select name={ (prefix) "stance" } { @for it in Stance::ALL { option selected[claim.stance == it.as_str()] { (it.as_str()) } } } }
        (choose("claimant", "Claimant", claim.claimant.as_deref(), "not resolved"))
        (choose("accused", "Accused", claim.accused.as_deref(), "nobody named"))
        label { "Conduct" select name={ (prefix) "kind" } { option value="" selected[claim.kind.is_none()] { "none named" } @for it in Kind::ALL { option value=(it.as_str()) selected[claim.kind.as_deref() == Some(it.as_str())] { (kind_name(Some(it.as_str()))) } } } }
        label { "Obligations" input name={ (prefix) "provisions" } value=(claim.provisions.join(" ")) placeholder="ids, parted by spaces"; }
        label { "Time (EDTF)" input name={ (prefix) "time" } value=(claim.time.as_ref().map_or("", |it| it.value.as_str())) placeholder="2031-05-09"; }
        label.wide { "Words, as the report prints them" textarea name={ (prefix) "words" } rows="3" { (plain(words)) } }
    })
}

/// A claim as a form gives it; `None` for a part without words.
fn edited(
    ctx: &Ctx<'_>,
    form: &Fields,
    prefix: &str,
    claim: &Claim,
    article: &Article,
) -> Result<Option<Claim>, Fail> {
    let bad = |what: &str| Fail::Bad(what.to_owned());
    let get = |name: &str| form.get(&format!("{prefix}{name}")).map(str::to_owned);
    let Some(words) = get("words") else {
        return if prefix.is_empty() { Err(bad("A claim rests on words.")) } else { Ok(None) };
    };
    let mut out = claim.clone();
    out.stance = get("stance")
        .and_then(|it| Stance::parse(&it))
        .ok_or_else(|| bad("That is no stance."))?
        .as_str()
        .to_owned();
    out.claimant = get("claimant");
    out.accused = get("accused");
    out.kind = match get("kind") {
        None => None,
        Some(it) => {
            Some(Kind::parse(&it).ok_or_else(|| bad("That is no kind of conduct."))?.as_str().to_owned())
        }
    };
    out.provisions = get("provisions").map_or(Vec::new(), |it| {
        it.split([' ', ',']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    });
    if let Some(it) =
        out.provisions.iter().find(|it| !ctx.app.agreement.provisions.iter().any(|p| p.id.as_str() == **it))
    {
        return Err(Fail::Bad(format!("The agreement has no obligation {it}.")));
    }
    let who = &ctx.who()?.person.id;
    out.time = match get("time") {
        None => None,
        Some(it) if claim.time.as_ref().is_some_and(|own| own.value == it) => claim.time.clone(),
        Some(it) => {
            let dated = |it: &truce_model::Edtf| {
                let days = it.days();
                days.0.is_some() || days.1.is_some()
            };
            let value = truce_model::Edtf::new(it.as_str()).filter(dated).ok_or_else(|| {
                bad("Time is an EDTF date or interval, such as 2031-05-09 or 2031-05-01/2031-05-09.")
            })?;
            Some(Time { exact: None, rule: format!("set by {who}"), value: value.to_string() })
        }
    };
    let first = claim.evidence.first().ok_or_else(|| bad("The claim has no words."))?;
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    if !same(&words, &first.exact) {
        out.evidence = vec![
            find(article, &words, first.start)
                .ok_or_else(|| bad("The report does not hold these words, letter for letter."))?,
        ];
        // What pointed into other words is not carried over.
        out.label = None;
        out.scope = None;
        let inside = |it: &str| words.contains(it);
        out.counts.retain(|it| inside(&it.exact));
        out.place = out.place.filter(|it| inside(&it.exact));
    }
    out.rule = format!("{} · edited by {who}", claim.rule.split(" · edited by").next().unwrap_or(""));
    Ok(Some(out))
}

/// Words in a report, nearest to where the claim stood; any white space of
/// theirs may stand for any of the report's.
fn find(article: &Article, words: &str, near: usize) -> Option<Cited> {
    let wanted: Vec<char> = words.trim().chars().take(WORDS_CHARS_MAX).collect();
    let text: Vec<char> = article.text.chars().collect();
    let ends = |start: usize| -> Option<usize> {
        let (mut at, mut w) = (start, 0);
        while w < wanted.len() {
            if wanted[w].is_whitespace() {
                let from = at;
                while text.get(at).is_some_and(|it| it.is_whitespace()) {
                    at += 1;
                }
                while wanted.get(w).is_some_and(|it| it.is_whitespace()) {
                    w += 1;
                }
                if at == from {
                    return None;
                }
            } else if text.get(at) == Some(&wanted[w]) {
                at += 1;
                w += 1;
            } else {
                return None;
            }
        }
        Some(at)
    };
    let found = (0..text.len()).filter(|it| text[*it] == wanted[0]).filter_map(|it| Some((it, ends(it)?)));
    let (start, end) = found.min_by_key(|it| it.0.abs_diff(near))?;
    Some(Cited { article: article.id.clone(), start, end, exact: text[start..end].iter().collect() })
}

/// What a form or the API decides.
pub(crate) fn act_of(ctx: &Ctx<'_>, id: &str, act: &str, form: &Fields) -> Result<Act, Fail> {
    let load = || -> Result<(Claim, Article), Fail> {
        let store = ctx.app.read();
        let row = store.claim(id)?.ok_or(Fail::NotFound)?;
        let claim = row.standing.into_iter().next().unwrap_or(row.proposed);
        let article = store.article(&claim.article)?.ok_or(Fail::NotFound)?;
        Ok((claim, article))
    };
    Ok(match act {
        "confirm" => Act::Confirm,
        "reject" => Act::Reject,
        "undo" => Act::Undo,
        "merge" => Act::Merge(
            form.get("into").ok_or_else(|| Fail::Bad("Choose the claim to merge into.".into()))?.to_owned(),
        ),
        "amend" => {
            let (claim, article) = load()?;
            let it = edited(ctx, form, "", &claim, &article)?;
            Act::Amend(Box::new(it.ok_or_else(|| Fail::Bad("A claim rests on words.".into()))?))
        }
        "split" => {
            let (claim, article) = load()?;
            let mut parts = Vec::new();
            for part in 1..=PARTS {
                parts.extend(edited(ctx, form, &format!("p{part}_"), &claim, &article)?);
            }
            Act::Split(parts)
        }
        _ => {
            return Err(Fail::Bad(
                "That is no decision: confirm, amend, reject, merge, split or undo.".into(),
            ));
        }
    })
}

pub(crate) fn decide(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let id = ctx.part(0);
    let act = act_of(ctx, id, ctx.form.get("act").unwrap_or(""), &ctx.form)?;
    let undo = act == Act::Undo;
    let coding = codes(ctx);
    let decision = Decision {
        claim: id,
        act,
        reason: ctx.form.get("reason").unwrap_or(""),
        who: &ctx.who()?.person.id,
        as_coder: coding,
        seen: ctx.form.number("seen"),
    };
    ctx.app.write().decide(&decision)?;
    ctx.app.wrote();
    let mode = coding.then_some("code");
    if undo {
        return Ok(Reply::see(address("/review", &[("claim", Some(id)), ("mode", mode)])));
    }
    Ok(Reply::see(address("/review", &[("after", ctx.form.get("n")), ("last", Some(id)), ("mode", mode)])))
}
