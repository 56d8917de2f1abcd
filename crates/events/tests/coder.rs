//! Sentences about invented parties and the codes they must get.

use truce_events::{Scene, Type, code, parse_marked};
use truce_text::Span;

/// The code of a sentence with `[doer]` and `{other}` marked.
fn coded(marked: &str) -> Option<(Type, Option<&'static str>)> {
    let mut text = String::new();
    let mut at = [0; 4];
    for it in marked.chars() {
        match "[]{}".find(it) {
            Some(mark) => at[mark] = text.len(),
            None => text.push(it),
        }
    }
    let other = (at[3] > at[2]).then(|| Span::new(at[2], at[3]));
    let marked = parse_marked(&text, Span::new(at[0], at[1]), other)?;
    let found = code(&Scene::new(&marked.sentence, marked.doer, marked.other))?;
    Some((found.root, found.mode))
}

#[test]
fn plain_conduct() {
    let cases = [
        ("[Rivermark's army] shelled {the Northland post} at dawn.", Type::Assault),
        ("[Rivermark] condemned {Northland} over the raid.", Type::Accuse),
        ("[Northland] freed {nine Rivermark prisoners} on Monday.", Type::Yield),
        ("[Northland's president] met {the Rivermark prime minister} in Alder.", Type::Consult),
        ("[Rivermark police] arrested {two Northland journalists}.", Type::Coerce),
        ("[Northland] donated medicine to {Rivermark}.", Type::Aid),
        ("[Rivermark] rejected {a Northland proposal}.", Type::Reject),
        ("[Northland] urged {Rivermark} to reopen the pass.", Type::Request),
        ("[Northland] suspended aid to {Rivermark}.", Type::Sanction),
        ("[Rivermark] deployed tanks along {the Northland border}.", Type::Mobilize),
        ("[Rivermark] and {Northland} signed a treaty.", Type::Support),
        ("[Workers] went on strike against {the Northland railway}.", Type::Protest),
        ("[Rivermark] shared intelligence with {Northland}.", Type::Cooperate),
        ("{Three Northland fishermen} were released by [Rivermark].", Type::Yield),
    ];
    for (sentence, root) in cases {
        assert_eq!(coded(sentence).map(|it| it.0), Some(root), "{sentence}");
    }
}

#[test]
fn what_hands_on_and_what_turns_round() {
    let cases = [
        ("[Rivermark] launched an attack on {the Northland post}.", Type::Assault),
        ("[Rivermark] launched an investigation into {the Northland company}.", Type::Accuse),
        ("[Rivermark] will not release {the Northland sailors}.", Type::Reject),
        ("[Rivermark] said it would release {the Northland sailors}.", Type::Agree),
        ("[Northland] agreed to lift the blockade of {Rivermark}.", Type::Agree),
        ("[Northland] refused to lift the blockade of {Rivermark}.", Type::Reject),
        ("[Rivermark] threatened to shell {Alder}.", Type::Threaten),
        ("[Northland] says {Rivermark} must withdraw its guns.", Type::Request),
        ("[Northland] said {Rivermark} was responsible for the fire.", Type::Accuse),
        ("[The court] ordered {the Northland minister} to appear on Friday.", Type::Request),
    ];
    for (sentence, root) in cases {
        assert_eq!(coded(sentence).map(|it| it.0), Some(root), "{sentence}");
    }
}

#[test]
fn modes_are_told_by_words() {
    assert_eq!(
        coded("[Rivermark] carried out an airstrike against {Alder}."),
        Some((Type::Assault, Some("aerial")))
    );
    assert_eq!(
        coded("[Rivermark] opened an investigation into {the Northland bank}."),
        Some((Type::Accuse, Some("investigate")))
    );
    assert_eq!(coded("[Northland] declared a ceasefire in {Alder}."), Some((Type::Yield, Some("ceasefire"))));
}

#[test]
fn nothing_is_coded_by_default() {
    assert_eq!(coded("[Northland] is a green country beside {Rivermark}."), None);
    assert_eq!(coded("[Northland]"), None);
    assert_eq!(coded("[] {}"), None);
}

/// Sentences written after the categories of the ontology; see the file.
#[test]
fn conduct_of_every_category() {
    let mut wrong = Vec::new();
    for line in include_str!("conduct.tsv").lines() {
        let (root, sentence) = line.split_once('\t').expect("a type and a sentence");
        let found = coded(sentence).map_or("none", |it| it.0.as_str());
        if found != root {
            wrong.push(format!("{root} not {found}: {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
