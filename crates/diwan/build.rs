//! Makes sure there is a page to embed, so that a plain build never needs Node.

use std::path::Path;
use std::{env, fs, io};

const PLACEHOLDER: &str = "<!doctype html>
<html lang=\"en\">
  <head><meta charset=\"utf-8\" /><title>Diwan</title></head>
  <body>
    <p>This program was built without its screens. Run <code>make run</code>, or
    <code>npm ci</code> and <code>npm run build</code> in the folder <code>web</code>, and build it
    again.</p>
  </body>
</html>
";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let dist = Path::new(&root).join("../../web/dist");
    // The screens' build writes this file last: one file to watch instead of every asset.
    println!("cargo:rerun-if-changed={}", dist.join(".stamp").display());
    println!("cargo:rerun-if-changed={}", dist.join("index.html").display());
    if !dist.join("index.html").exists() {
        fs::create_dir_all(&dist)?;
        fs::write(dist.join("index.html"), PLACEHOLDER)?;
    }
    Ok(())
}
