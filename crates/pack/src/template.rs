//! A pack to begin with.

const TEMPLATE: &str = include_str!("template.toml");

/// A commented pack with this id that can be used at once: replace what it
/// says line by line. An id that cannot name a pack is pointed at by the
/// first check.
pub fn new(id: &str) -> String {
    let mut quoted = String::from("\"");
    for it in id.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            it if it.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    TEMPLATE.replacen("\"ID\"", &quoted, 1)
}
