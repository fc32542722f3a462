//! Explains pairs on stdin: `left TAB right TAB kind`, one a line.
#![expect(clippy::print_stdout, reason = "an example talks on the terminal")]

use diwan_names::explain;

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [left, right, rest @ ..] = fields.as_slice() else { continue };
        let kind = rest.first().and_then(|kind| kind.parse().ok()).unwrap_or_default();
        let why = explain(left, right, kind);
        println!("{:.4}  {left} | {right}", why.score);
        for answer in &why.answers {
            let differing = answer.differing.join(" ");
            println!(
                "    {} = {}  {} {:.2} of {:.2} {differing}",
                answer.left, answer.right, answer.rule, answer.alike, answer.share
            );
        }
        let over = |parts: &[diwan_names::LeftOver]| {
            parts.iter().map(|part| part.text.clone()).collect::<Vec<_>>()
        };
        println!(
            "    over {:?} {:?} known {:?}",
            over(&why.left_over),
            over(&why.right_over),
            why.known_as
        );
        for against in &why.against {
            println!("    against: {against}");
        }
    }
}
