//! Installs and builds the screens, only when sources are newer than what was built.

use crate::shell::{self, Told};

/// `npm ci` when the lock is newer than what is installed.
pub(crate) fn install() -> Result<(), Told> {
    let web = shell::root().join("web");
    let lock = shell::changed(&web.join("package-lock.json"));
    let installed = shell::changed(&web.join("node_modules/.package-lock.json"));
    if lock.is_some() && lock <= installed {
        return Ok(());
    }
    shell::must(&mut shell::npm(&["ci", "--prefer-offline", "--no-audit", "--no-fund"]))
}

/// Builds `web/dist`, which the program embeds.
pub(crate) fn build() -> Result<(), Told> {
    install()?;
    let root = shell::root();
    let web = root.join("web");
    let names =
        ["src", "public", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json"];
    let mut sources: Vec<_> = names.iter().map(|name| web.join(name)).collect();
    sources.push(root.join("locales"));
    let newest = shell::newest(&sources, &["node_modules", "dist"]);
    let built = shell::changed(&web.join("dist/.stamp"));
    if newest.is_some() && newest <= built {
        return Ok(());
    }
    shell::must(&mut shell::npm(&["run", "build"]))
}

/// Makes `web/public/basemap.pmtiles` and the gazetteer again from their sources.
pub(crate) fn basemap() -> Result<(), Told> {
    let folder = shell::root().join("web/basemap");
    let lock = shell::changed(&folder.join("package-lock.json"));
    let installed = shell::changed(&folder.join("node_modules/.package-lock.json"));
    if lock > installed {
        let arguments = ["ci", "--prefer-offline", "--no-audit", "--no-fund"];
        shell::must(shell::npm(&arguments).current_dir(&folder))?;
    }
    shell::must(shell::program("node", &["make-basemap.mjs"]).current_dir(&folder))
}
