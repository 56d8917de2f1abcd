//! Signing in, joining, people, tokens, masked names.

use maud::html;
use truce_publish::desk::outside;
use truce_store::Role;

use crate::app::{Ctx, cookie};
use crate::auth::{
    COOKIE, INVITATION_SECONDS, PASSWORD_CHARS_MIN, SESSION_SECONDS, check_password, hash_password, nobody,
    random_token,
};
use crate::forms::encoded;
use crate::layout::{csrf, outer, page as frame};
use crate::reply::{Fail, Reply};

fn random() -> Result<String, Fail> {
    random_token().map_err(|_| Fail::Bad("The system gives no random numbers.".into()))
}

/// Where to go after signing in: a page of this desk and nothing else.
fn next(ctx: &Ctx<'_>, given: Option<&str>) -> String {
    let good =
        given.filter(|it| it.starts_with('/') && !it.starts_with("//") && !it.contains(['\\', '\n', '\r']));
    let _ = ctx;
    good.unwrap_or("/").to_owned()
}

pub(crate) fn sign_in_page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    Ok(sign_in_form(ctx, 200, None))
}

fn sign_in_form(ctx: &Ctx<'_>, status: u16, wrong: Option<&str>) -> Reply {
    let to = ctx.query.get("next").or_else(|| ctx.form.get("next")).unwrap_or("/");
    let body = html! {
        @if let Some(wrong) = wrong { p.banner.bad role="alert" { (wrong) } }
        form.sign method="post" action="/sign-in" {
            input type="hidden" name="next" value=(to);
            label { "Name" input name="name" autocomplete="username" required autofocus; }
            label { "Password" input type="password" name="password" autocomplete="current-password" required; }
            button type="submit" { "Sign in" }
        }
        p.dim { "Accounts are made by an administrator’s invitation. There is no default password." }
    };
    Reply::html(status, outer("Sign in", body))
}

pub(crate) fn sign_in(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (name, password) = (ctx.form.get("name").unwrap_or(""), ctx.form.raw("password").unwrap_or(""));
    let known = ctx.app.read().person(name)?.filter(|it| !it.0.disabled);
    let hash = known.as_ref().map_or_else(nobody, |it| it.1.clone());
    let good = check_password(password, &hash);
    let address = Some(ctx.request.address.as_str());
    let store = ctx.app.write();
    let Some((person, _)) = known.filter(|_| good) else {
        store.audit(name, "sign-in refused", address)?;
        drop(store);
        return Ok(sign_in_form(ctx, 401, Some("Name or password is wrong.")));
    };
    store.audit(&person.id, "signed in", address)?;
    drop(store);
    begin(ctx, &person.id, &next(ctx, ctx.form.get("next")))
}

fn begin(ctx: &Ctx<'_>, person: &str, to: &str) -> Result<Reply, Fail> {
    let (token, csrf) = (random()?, random()?);
    ctx.app.write().begin_session(&token, &csrf, person, SESSION_SECONDS)?;
    let secure =
        if ctx.app.origin.as_deref().is_some_and(|it| it.starts_with("https://")) { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={SESSION_SECONDS}{secure}");
    Ok(Reply::see(to).with("Set-Cookie", cookie))
}

pub(crate) fn sign_out(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.write();
    if let Some(token) = cookie(ctx.request) {
        store.end_session(&token)?;
    }
    store.audit(&ctx.who()?.person.id, "signed out", Some(&ctx.request.address))?;
    Ok(Reply::see("/sign-in")
        .with("Set-Cookie", format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")))
}

pub(crate) fn join_page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let role = ctx.app.read().invitation(ctx.part(0))?.ok_or(Fail::NotFound)?;
    Ok(join_form(ctx, role, 200, None))
}

fn join_form(ctx: &Ctx<'_>, role: Role, status: u16, wrong: Option<&str>) -> Reply {
    let body = html! {
        p.lead { "You join this desk as " b { (role.as_str()) } ". The ledger shows your name beside what you decide." }
        @if let Some(wrong) = wrong { p.banner.bad role="alert" { (outside(wrong)) } }
        form.sign method="post" action={ "/join/" (encoded(ctx.part(0))) } {
            label { "Name" input name="name" autocomplete="username" required pattern="[A-Za-z0-9._\\-]{2,40}"; }
            label { "Password, at least " (PASSWORD_CHARS_MIN) " characters" input type="password" name="password" autocomplete="new-password" required minlength=(PASSWORD_CHARS_MIN); }
            label { "Once more" input type="password" name="again" autocomplete="new-password" required; }
            button type="submit" { "Join" }
        }
    };
    Reply::html(status, outer("Join", body))
}

pub(crate) fn join(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let role = ctx.app.read().invitation(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let (name, password) = (ctx.form.get("name").unwrap_or(""), ctx.form.raw("password").unwrap_or(""));
    if ctx.form.raw("again") != Some(password) {
        return Ok(join_form(ctx, role, 400, Some("The two passwords differ.")));
    }
    let Some(hash) = hash_password(password) else {
        let wrong = format!("A password has at least {PASSWORD_CHARS_MIN} characters.");
        return Ok(join_form(ctx, role, 400, Some(&wrong)));
    };
    let joined = ctx.app.write().join(ctx.part(0), name, &hash);
    match joined {
        Ok(_) => begin(ctx, name, "/"),
        Err(truce_store::StoreError::Refused(why)) => Ok(join_form(ctx, role, 409, Some(&why))),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn me(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let session = ctx.who()?;
    let tokens = ctx.app.read().tokens(&session.person.id)?;
    Ok(frame(ctx, &session.person.id.clone(), "/me", mine(ctx, &tokens, None)))
}

fn mine(ctx: &Ctx<'_>, tokens: &[truce_store::TokenRow], fresh: Option<&str>) -> maud::Markup {
    html! {
        @if let Some(fresh) = fresh { p.banner role="status" { "Your new token, shown this once: " code { (fresh) } } }
        section aria-labelledby="h-tok" {
            h2 #h-tok { "API tokens" }
            p.dim { "For programs: " code { "Authorization: Bearer TOKEN" } ". A token may do what you may. The API describes itself at " a href="/api/openapi.json" { "/api/openapi.json" } "." }
            form.row method="post" action="/me/tokens" { (csrf(ctx)) label { "What for " input name="label" required maxlength="80"; } button type="submit" { "Make a token" } }
            ul.plain { @for (hash, label, made, revoked) in tokens { li {
                (outside(label)) " " span.dim { (outside(made)) }
                @match revoked { Some(at) => span.dim { " · revoked " (outside(at)) }, None => form.inline method="post" action="/me/tokens/revoke" { (csrf(ctx)) input type="hidden" name="token" value=(hash); button type="submit" { "Revoke" } } }
            } } }
        }
    }
}

pub(crate) fn make_token(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let person = ctx.who()?.person.id.clone();
    let token = random()?;
    ctx.app.write().make_token(&token, &person, ctx.form.get("label").unwrap_or("token"))?;
    let tokens = ctx.app.write().tokens(&person)?;
    Ok(frame(ctx, &person, "/me", mine(ctx, &tokens, Some(&token))))
}

pub(crate) fn revoke_token(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    ctx.app.write().revoke_token(ctx.form.get("token").unwrap_or(""), &ctx.who()?.person.id)?;
    Ok(Reply::see("/me"))
}

pub(crate) fn list(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    list_with(ctx, None)
}

fn list_with(ctx: &Ctx<'_>, link: Option<&str>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let (people, masks) = (store.people()?, store.masks()?);
    let body = html! {
        @if let Some(link) = link { p.banner role="status" { "One-time link, shown this once: " code { (link) } } }
        section aria-labelledby="h-p" {
            h2 #h-p { "People" }
            table.rows { thead { tr { th scope="col" { "Name" } th scope="col" { "Since" } th scope="col" { "Role and access" } } }
                tbody { @for it in &people { tr { th scope="row" { (outside(&it.id)) } td { (outside(&it.made)) } td {
                    form.row method="post" action={ "/people/" (encoded(&it.id)) } { (csrf(ctx))
                        label { span.vh { "Role of " (it.id) } select name="role" { @for role in Role::ALL { option selected[role == it.role] { (role.as_str()) } } } }
                        label { input type="checkbox" name="shut" value="1" checked[it.disabled]; " shut out" }
                        button type="submit" { "Set" } }
                } } } } }
            form.row method="post" action="/people/invite" { (csrf(ctx)) label { "Invite a " select name="role" { @for role in Role::ALL { option { (role.as_str()) } } } } button type="submit" { "Make a one-time link" } }
        }
        section aria-labelledby="h-m" {
            h2 #h-m { "Masked names" }
            p.dim { "Names of private persons are covered in every page, export and API answer. The ledger has that it was done and why, not the name." }
            form.row method="post" action="/masks" { (csrf(ctx)) label { "Name as printed " input name="name" required maxlength="120" autocomplete="off"; } label { "Reason, without the name " input name="reason" required maxlength="400"; } button type="submit" { "Mask" } }
            ul.plain { @for it in &masks { li {
                code { (it.id) } " " (outside(&it.name)) " · " (outside(&it.who)) ", " (outside(&it.at))
                @match &it.lifted { Some(at) => span.dim { " · lifted " (outside(at)) }, None => form.inline method="post" action={ "/masks/" (encoded(&it.id)) "/lift" } { (csrf(ctx)) label { "Reason " input name="reason" required; } button type="submit" { "Lift" } } }
            } } }
        }
    };
    // Administrators must see what they mask.
    Ok(frame(ctx, "People and names", "/people", body).with("X-Unmasked", "1".into()))
}

pub(crate) fn invite(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let role =
        ctx.form.get("role").and_then(Role::parse).ok_or_else(|| Fail::Bad("That is no role.".into()))?;
    let token = random()?;
    ctx.app.write().invite(&token, role, &ctx.who()?.person.id, INVITATION_SECONDS)?;
    let host = ctx.request.header("host").unwrap_or("localhost");
    let base = ctx.app.origin.clone().unwrap_or_else(|| format!("http://{host}"));
    list_with(ctx, Some(&format!("{base}/join/{token}")))
}

pub(crate) fn change(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let role =
        ctx.form.get("role").and_then(Role::parse).ok_or_else(|| Fail::Bad("That is no role.".into()))?;
    ctx.app.write().set_person(ctx.part(0), role, ctx.form.get("shut").is_some(), &ctx.who()?.person.id)?;
    Ok(Reply::see("/people"))
}

pub(crate) fn mask(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (name, reason) = (ctx.form.get("name").unwrap_or(""), ctx.form.get("reason").unwrap_or(""));
    ctx.app.write().mask(name, &ctx.who()?.person.id, reason)?;
    ctx.app.masks_changed()?;
    ctx.app.wrote();
    Ok(Reply::see("/people"))
}

pub(crate) fn unmask(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    ctx.app.write().unmask(ctx.part(0), &ctx.who()?.person.id, ctx.form.get("reason").unwrap_or(""))?;
    ctx.app.masks_changed()?;
    ctx.app.wrote();
    Ok(Reply::see("/people"))
}
