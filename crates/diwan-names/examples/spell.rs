//! Shows how names on stdin are read: `name TAB kind`, one a line.
#![expect(clippy::print_stdout, reason = "an example talks on the terminal")]

use diwan_names::{Kind, encode};

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let (name, kind) = line.split_once('\t').unwrap_or((&line, "person"));
        let kind = match kind {
            "place" => Kind::Place,
            "org" => Kind::Org,
            _ => Kind::Person,
        };
        println!("{name}\t{}", encode(name, kind).spelled());
    }
}
