//! Generated descriptions in the repository are those of this program.

use std::fs;
use std::path::PathBuf;

use diwan_record::Kind;

fn schemas() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

/// Compares, or writes where `BLESS` is set.
fn check(name: &str, text: &str) {
    let path = schemas().join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "schemas/{name} is not what the program says: run `make gen`");
}

#[test]
fn the_description_of_the_api_is_current() {
    check("openapi.json", &diwan::api::openapi());
}

#[test]
fn the_schema_of_every_kind_is_current() {
    for kind in Kind::ALL {
        let schema = serde_json::to_string_pretty(&kind.schema().unwrap()).unwrap();
        check(&format!("kinds/{kind}.json"), &(schema + "\n"));
    }
    let kept = fs::read_dir(schemas().join("kinds")).unwrap().count();
    assert_eq!(kept, Kind::ALL.len(), "schemas/kinds holds a kind that is gone");
}
