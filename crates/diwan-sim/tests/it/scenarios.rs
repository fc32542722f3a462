//! Every story under `scenarios/` is told.

use std::fs;
use std::path::Path;

#[test]
fn every_scenario_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut told = 0;
    for file in fs::read_dir(folder).expect("the folder of scenarios") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a story");
        if let Err(what) = diwan_sim::tell(&text) {
            panic!("{}: {what}", path.display());
        }
        told += 1;
    }
    assert!(told >= 9, "only {told} stories were found");
}
