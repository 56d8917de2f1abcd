//! Shows why two texts of a set are held to share text.
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let items =
        truce_eval::trace::items(&std::fs::read_to_string(&args[1]).expect("readable")).expect("a set");
    for pair in std::fs::read_to_string(&args[2]).expect("pairs").lines() {
        let (a, b) = pair.split_once(' ').expect("two ids");
        let two: Vec<_> = items.iter().filter(|it| it.id == a || it.id == b).cloned().collect();
        let articles: Vec<_> = two.iter().map(truce_eval::trace::article).collect();
        println!("== {pair}");
        for it in truce_trace::trace(&articles, &[]).reuse {
            println!(
                "{}\n  {}\n  {}",
                it.kind.as_str(),
                it.a.exact().replace('\n', " "),
                it.b.exact().replace('\n', " ")
            );
        }
    }
}
