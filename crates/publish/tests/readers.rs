//! Exports opened by readers that are not ours (`readers.py`).

mod support;

use std::process::Command;

#[test]
fn other_readers_open_our_exports() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    std::fs::create_dir_all(&dir).expect("a folder for exports");
    let (record, agreement) = (support::record(), support::agreement());
    std::fs::write(dir.join("record.json"), record.to_json()).expect("record.json");
    for format in truce_publish::Format::ALL {
        let bytes = truce_publish::export(&record, Some(&agreement), *format).expect("an export");
        std::fs::write(dir.join(format!("{}.{}", format.name(), format.ending())), bytes)
            .expect("an export is written");
    }
    // Reports in letters of five scripts, with and without a period before.
    let mut many = support::record();
    let names = ["עיתון הצפון", "جريدة الشمال", "Հյուսիս", "ჩრდილოეთი", "Северный вестник"];
    for (article, name) in many.articles.iter_mut().zip(names.iter().cycle()) {
        article.outlet = Some((*name).to_owned());
    }
    let mut previous = support::record();
    previous.incidents.pop();
    for form in truce_publish::SitrepForm::ALL {
        let bytes =
            truce_publish::sitrep_file(&many, Some(&agreement), Some(&previous), *form).expect("a report");
        std::fs::write(dir.join(format!("sitrep.{}", form.name())), bytes).expect("a report is written");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers.py");
    let python = std::env::var("TRUCEWATCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let Ok(output) = Command::new(&python).arg(script).arg(&dir).output() else {
        println!("skipped: {python} cannot be run");
        assert!(std::env::var("TRUCEWATCH_NEED_READERS").is_err(), "{python} is needed");
        return;
    };
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
