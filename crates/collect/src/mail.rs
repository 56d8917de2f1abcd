//! Messages: reports that arrive by mail, through `mail-parser`.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use truce_extract::{Given, RawFormat, RawReport};

use crate::limits::MAIL_PARTS_MAX;

/// The report of one message: its HTML if that is all there is, else its
/// text. A message that was forwarded as an attachment is read in its place.
pub(crate) fn report(path: &str, bytes: &[u8]) -> Result<RawReport, String> {
    let message = MessageParser::default()
        .parse(bytes)
        .filter(|it| it.headers().iter().any(|it| !it.name().is_empty()))
        .ok_or_else(|| format!("{path}: this is no message that can be read"))?;
    if message.parts.len() > MAIL_PARTS_MAX {
        return Err(format!(
            "{path}: the message has {} parts, more than {MAIL_PARTS_MAX}",
            message.parts.len()
        ));
    }
    let message = forwarded(&message).unwrap_or(message);
    let text = message.parts.iter().find_map(|it| match &it.body {
        PartType::Text(words) if !is_attachment(it) => Some((words.to_string(), RawFormat::Text)),
        _ => None,
    });
    let html = message.parts.iter().find_map(|it| match &it.body {
        PartType::Html(words) if !is_attachment(it) => Some((words.to_string(), RawFormat::Html)),
        _ => None,
    });
    let filled = |it: &(String, RawFormat)| !it.0.trim().is_empty();
    let (body, format) = text
        .filter(filled)
        .or_else(|| html.filter(filled))
        .ok_or_else(|| format!("{path}: the message holds no text"))?;
    let subject = message.subject().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
    let from = message.from().and_then(|it| it.first());
    let outlet = from.and_then(|it| it.name().or(it.address())).map(str::to_owned);
    let body = match (&subject, format) {
        // The subject is the headline, as in a report that was saved.
        (Some(subject), RawFormat::Text) if !body.trim_start().starts_with(subject.as_str()) => {
            format!("{subject}\n\n{body}")
        }
        _ => body,
    };
    Ok(RawReport {
        path: path.to_owned(),
        bytes: body.into_bytes(),
        format: Some(format),
        given: Given {
            published: message.date().map(|it| it.to_rfc3339()),
            outlet,
            url: None,
            title: subject,
            language: None,
        },
    })
}

fn is_attachment(it: &mail_parser::MessagePart) -> bool {
    it.content_disposition().is_some_and(|it| it.ctype() == "attachment")
}

fn forwarded<'m>(message: &Message<'m>) -> Option<Message<'m>> {
    message.parts.iter().find_map(|it| match &it.body {
        PartType::Message(inner) => Some(inner.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: \"Stonebridge Courier\" <desk@courier.example>\r\nDate: Sun, 04 May 2031 10:00:00 +0200\r\nSubject: =?utf-8?Q?Road_closed_=E2=80=93_again?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nNorthland closed the caf=E9.\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--x--\r\n";

    #[test]
    fn a_message_is_a_report() {
        let it = report("a.eml", MAIL.as_bytes()).expect("a report");
        assert_eq!(
            String::from_utf8_lossy(&it.bytes).trim(),
            "Road closed – again\n\nNorthland closed the café."
        );
        assert_eq!(it.given.outlet.as_deref(), Some("Stonebridge Courier"));
        assert_eq!(it.given.published.as_deref(), Some("2031-05-04T10:00:00+02:00"));
    }

    #[test]
    fn what_is_no_message_is_told() {
        assert!(report("a.eml", b"").is_err());
        assert!(report("a.eml", b"Subject: x\r\n\r\n").is_err());
    }
}
