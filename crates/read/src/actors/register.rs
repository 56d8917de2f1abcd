//! Who there is: names of actors beyond the pack, and nouns that speak for
//! somebody, from `lexicon/`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use truce_model::{ActorId, ActorKind, Agreement};

const REGISTER: &str = include_str!("../../../../lexicon/register.txt");
const COUNTRIES: &str = include_str!("../../../../lexicon/countries.txt");
const OFFICES: &str = include_str!("../../../../lexicon/offices.txt");

/// Somebody who can speak or be accused.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub id: ActorId,
    pub side: Option<ActorId>,
    pub kind: ActorKind,
    /// Shown name.
    pub name: String,
    /// Whether the pack knows it.
    pub in_pack: bool,
}

/// Names by their first word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    by_first: BTreeMap<Box<str>, Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    words: Vec<Word>,
    entity: usize,
}

#[derive(Clone, Debug)]
struct Word {
    lower: Box<str>,
    /// How the printed word must look.
    case: Case,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Initial,
    All,
}

impl Names {
    /// Adds a printed name of entity number `entity`.
    pub fn add(&mut self, name: &str, entity: usize) {
        let words: Vec<Word> = truce_text::tokens::tokenize(name, 0)
            .into_iter()
            .filter_map(|it| it.of(name))
            .map(|word| Word { lower: word.to_lowercase().replace('’', "'").into(), case: case_of(word) })
            .collect();
        let Some(first) = words.first() else { return };
        self.by_first.entry(first.lower.clone()).or_default().push(Entry { words, entity });
    }

    /// The longest name that begins at word `at`: its entity and last word.
    /// The first one added wins among equals.
    pub fn find(
        &self,
        lower: &[Box<str>],
        printed: &dyn Fn(usize) -> Case3,
        at: usize,
    ) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for entry in self.by_first.get(&lower[at]).into_iter().flatten().chain(self.plurals(&lower[at])) {
            let last = at + entry.words.len() - 1;
            if last >= lower.len() || best.is_some_and(|it| it.1 >= last) {
                continue;
            }
            let fits = entry.words.iter().enumerate().all(|(n, word)| {
                let it = &*lower[at + n];
                let same = it == &*word.lower
                    || (n + 1 == entry.words.len()
                        && it.strip_suffix('s') == Some(&*word.lower)
                        && it.len() > 4);
                same && printed(at + n).allows(word.case)
            });
            if fits {
                best = Some((entry.entity, last));
            }
        }
        best
    }

    /// Names of one word whose plural begins here: *Northlanders*.
    fn plurals(&self, word: &str) -> impl Iterator<Item = &Entry> {
        let singular = word.strip_suffix('s').filter(|it| it.len() > 3);
        singular.and_then(|it| self.by_first.get(it)).into_iter().flatten().filter(|it| it.words.len() == 1)
    }
}

/// How a printed word looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case3 {
    Lower,
    Initial,
    All,
}

impl Case3 {
    /// How `word` looks.
    pub fn of(word: &str) -> Case3 {
        let letters = || word.chars().filter(|it| it.is_alphabetic());
        if letters().count() > 1 && letters().all(char::is_uppercase) {
            Case3::All
        } else if letters().next().is_some_and(char::is_uppercase) {
            Case3::Initial
        } else {
            Case3::Lower
        }
    }

    fn allows(self, wanted: Case) -> bool {
        match wanted {
            Case::Any => true,
            Case::Initial => self != Case3::Lower,
            Case::All => self == Case3::All,
        }
    }
}

fn case_of(word: &str) -> Case {
    match Case3::of(word) {
        Case3::All if word.chars().filter(|it| it.is_alphabetic()).count() <= 5 => Case::All,
        Case3::Lower => Case::Any,
        _ => Case::Initial,
    }
}

/// The general register, built once.
pub(crate) struct Register {
    pub entities: Vec<Entity>,
    pub names: Names,
    /// Main name in lower case to entity: by it a pack's actor is known to be
    /// the register's.
    main: BTreeMap<String, usize>,
}

fn cells(line: &str) -> Option<Vec<&str>> {
    let line = line.trim();
    (!line.is_empty() && !line.starts_with('#')).then(|| line.split('|').map(str::trim).collect())
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|it| !it.is_empty())
}

/// The general register.
pub(crate) fn register() -> &'static Register {
    static REGISTER_BUILT: OnceLock<Register> = OnceLock::new();
    REGISTER_BUILT.get_or_init(|| {
        let mut countries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cells in COUNTRIES.lines().filter_map(cells) {
            if cells.len() >= 5 {
                let names = std::iter::once(cells[1])
                    .chain(values(cells[2]))
                    .chain(values(cells[3]))
                    .chain(values(cells[4]))
                    .collect();
                countries.insert(cells[0], names);
            }
        }
        let mut out = Register { entities: Vec::new(), names: Names::default(), main: BTreeMap::new() };
        for cells in REGISTER.lines().filter_map(cells) {
            if cells.len() < 4 {
                continue;
            }
            let mut names: Vec<&str> = Vec::new();
            for name in values(cells[3]) {
                match name.strip_prefix('=') {
                    Some(code) => names.extend(countries.remove(code).unwrap_or_default()),
                    None => names.push(name),
                }
            }
            let side = if cells[2] == "-" { cells[0] } else { cells[2] };
            let kind = ActorKind::parse(cells[1]).unwrap_or(ActorKind::Organisation);
            out.add(cells[0].into(), side.into(), kind, &names);
        }
        for names in countries.values() {
            let id = slug(names[0]);
            out.add(id.as_str().into(), id.as_str().into(), ActorKind::State, names);
        }
        out
    })
}

impl Register {
    fn add(&mut self, id: ActorId, side: ActorId, kind: ActorKind, names: &[&str]) {
        let at = self.entities.len();
        for name in names {
            self.names.add(name, at);
        }
        let Some(main) = names.first() else { return };
        self.main.entry(main.to_lowercase()).or_insert(at);
        self.entities.push(Entity { id, side: Some(side), kind, name: (*main).to_owned(), in_pack: false });
    }

    /// The entities that are an actor of the pack under another id.
    pub fn known_to(&self, agreement: &Agreement) -> BTreeMap<usize, usize> {
        let mut out = BTreeMap::new();
        for (number, actor) in agreement.actors.iter().enumerate() {
            for name in &actor.names {
                if let Some(at) = self.main.get(&name.to_lowercase()) {
                    out.entry(*at).or_insert(number);
                }
            }
        }
        // A pack that knows a country only as its government means it by the
        // country's name too.
        for (main, &at) in &self.main {
            let entity = &self.entities[at];
            let country = entity.kind == ActorKind::State && !out.contains_key(&at);
            let named =
                |actor: &truce_model::Actor| actor.names.iter().any(|name| main == &name.to_lowercase());
            if !country || agreement.actors.iter().any(named) {
                continue;
            }
            let governs = |name: &String| {
                let name = name.to_lowercase().replace('’', "'");
                name == format!("government of {main}")
                    || name == format!("{main}'s government")
                    || name == format!("{main} government")
                    || name == format!("the {main} government")
            };
            let government = agreement.actors.iter().position(|it| it.names.iter().any(governs));
            if let Some(number) = government {
                out.insert(at, number);
            }
        }
        for (at, entity) in self.entities.iter().enumerate() {
            if let Some(number) = agreement.actors.iter().position(|it| it.id == entity.id) {
                out.insert(at, number);
            }
        }
        out
    }
}

/// A name as an id: lower case, words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    let mut out = String::new();
    for ch in name.chars().flat_map(char::to_lowercase) {
        if ch.is_alphanumeric() {
            out.push(ch);
        } else if !matches!(ch, '\'' | '’') && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// What kind of speaker a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OfficeClass {
    Body,
    Person,
    Force,
    Group,
    Civil,
    Public,
    Paper,
    Media,
}

/// A noun or phrase that speaks for somebody.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub words: Vec<Box<str>>,
    /// Offset of the head in `words`.
    pub head: usize,
    pub class: OfficeClass,
    pub suffix: Box<str>,
}

/// The nouns of `lexicon/offices.txt` by first word.
pub(crate) fn offices() -> &'static BTreeMap<Box<str>, Vec<Office>> {
    static BUILT: OnceLock<BTreeMap<Box<str>, Vec<Office>>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut out: BTreeMap<Box<str>, Vec<Office>> = BTreeMap::new();
        for cells in OFFICES.lines().filter_map(cells) {
            if cells.len() < 3 {
                continue;
            }
            let class = match cells[1] {
                "body" => OfficeClass::Body,
                "person" => OfficeClass::Person,
                "force" => OfficeClass::Force,
                "group" => OfficeClass::Group,
                "civil" => OfficeClass::Civil,
                "public" => OfficeClass::Public,
                "paper" => OfficeClass::Paper,
                _ => OfficeClass::Media,
            };
            let words: Vec<Box<str>> = truce_text::tokens::tokenize(cells[0], 0)
                .into_iter()
                .filter_map(|it| it.of(cells[0]))
                .map(|it| it.to_lowercase().into())
                .collect();
            let Some(first) = words.first().cloned() else { continue };
            let head =
                words.iter().position(|it| &**it == "of").map_or(words.len() - 1, |it| it.saturating_sub(1));
            out.entry(first).or_default().push(Office { words, head, class, suffix: cells[2].into() });
        }
        out
    })
}

/// The longest office that begins at word `at`, with its last word. Plurals
/// count, on the last word.
pub(crate) fn office_at(lower: &[Box<str>], at: usize) -> Option<(&'static Office, usize)> {
    let table = offices();
    let mut best: Option<(&Office, usize)> = None;
    for key in singulars(&lower[at]) {
        for office in table.get(&*key).into_iter().flatten() {
            let last = at + office.words.len() - 1;
            if last >= lower.len() || best.is_some_and(|it| it.1 >= last) {
                continue;
            }
            let fits = office.words.iter().enumerate().all(|(n, word)| {
                let it = &lower[at + n];
                it == word || singulars(it).any(|it| *it == **word)
            });
            if fits {
                best = Some((office, last));
            }
        }
    }
    best
}

/// A word and what it may be the plural of.
fn singulars(word: &str) -> impl Iterator<Item = String> {
    let mut out = vec![word.to_owned()];
    if let Some(stem) = word.strip_suffix("ies") {
        out.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("men") {
        out.push(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        out.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s') {
        out.push(stem.to_owned());
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Box<str>> {
        text.split(' ').map(|it| it.to_lowercase().into()).collect()
    }

    #[test]
    fn offices_match_longest_and_plural() {
        let found = |text: &str| office_at(&words(text), 0).map(|it| (it.0.suffix.to_string(), it.1));
        assert_eq!(found("foreign ministry spokesman"), Some(("mfa".into(), 1)));
        assert_eq!(found("officials said"), Some(("official".into(), 0)));
        assert_eq!(found("ministry of foreign affairs"), Some(("mfa".into(), 3)));
        assert_eq!(found("bridges"), None);
    }

    #[test]
    fn register_is_read() {
        let register = register();
        assert!(register.entities.len() > 250);
        let id = |name: &str| {
            let lower = words(name);
            let printed: Vec<Case3> = name.split(' ').map(Case3::of).collect();
            register.names.find(&lower, &|it| printed[it], 0).map(|it| register.entities[it.0].id.to_string())
        };
        assert_eq!(id("Moscow").as_deref(), Some("russia"));
        assert_eq!(id("Kenyan").as_deref(), Some("kenya"));
        assert_eq!(id("US").as_deref(), Some("usa"));
        assert_eq!(id("us"), None);
        assert_eq!(slug("St. John’s"), "st-johns");
    }
}
