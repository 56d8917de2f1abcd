//! Alerts as an Atom feed (RFC 4287).

use super::Alert;
use crate::say::escape;
use crate::strings as s;

/// Writes a feed. `subject` names the agreement, `updated` is the day up to
/// which reports were read, `YYYY-MM-DD`.
pub fn alerts_atom(alerts: &[Alert], subject: &str, updated: &str) -> String {
    let text = |it: &str| {
        let mut out = String::new();
        escape(it, &mut out);
        out
    };
    let stamp = |day: &str| format!("{day}T00:00:00Z");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>urn:trucewatch:alerts:{0}</id>\n<title>{1}: {0}</title>\n<subtitle>{2}</subtitle>\n<updated>{3}</updated>\n<author><name>{1}</name></author>\n",
        text(&subject.split_whitespace().collect::<Vec<_>>().join("-")),
        s::PROGRAM,
        text(s::MONITORS),
        stamp(updated),
    );
    for it in alerts {
        let link = it.url.as_deref().filter(|it| it.starts_with("http://") || it.starts_with("https://"));
        let link = link.map_or(String::new(), |it| format!("<link href=\"{}\"/>", text(it)));
        out += &format!(
            "<entry><id>urn:trucewatch:alert:{}</id><title>{}</title><updated>{}</updated>{link}<category term=\"{}\"/><content type=\"text\">“{}” ({})</content></entry>\n",
            it.id,
            text(&it.title),
            stamp(it.day.as_deref().unwrap_or(updated)),
            text(&it.rule),
            text(&it.words),
            text(&it.at),
        );
    }
    out + "</feed>\n"
}
