//! The import law of the screens: ui, api, i18n <- picture <- map, kinds <- pages <- app.

use super::{Tree, files};
use crate::shell::Told;

/// Folders of `web/src` and those each may import besides itself.
const MAY_IMPORT: [(&str, &[&str]); 7] = [
    ("ui", &["api", "i18n"]),
    ("api", &["ui", "i18n"]),
    ("i18n", &["ui", "api"]),
    ("picture", &["ui", "api", "i18n"]),
    ("map", &["ui", "api", "i18n", "picture"]),
    ("kinds", &["ui", "api", "i18n", "picture", "map"]),
    ("pages", &["ui", "api", "i18n", "picture", "map", "kinds"]),
];

pub(super) fn imports(tree: &Tree) -> Result<Vec<String>, Told> {
    let mut found = Vec::new();
    for file in tree.files_ending(&[".ts", ".tsx"]) {
        let Some(inside) = file.strip_prefix("web/src/") else {
            continue;
        };
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, text) in (1..).zip(tree.text(file).lines()) {
            let Some(target) = imported(text) else {
                continue;
            };
            let target = files::join(folder, target);
            if let Some(told) =
                target.strip_prefix("web/src/").and_then(|target| verdict(inside, target))
            {
                found.push(format!("{file}:{line} {told}"));
            }
        }
    }
    Ok(found)
}

/// The relative path of `from "./x"` or `import("./x")`.
fn imported(line: &str) -> Option<&str> {
    let rest =
        [" from \"", "import(\"", "import \""].iter().find_map(|mark| line.split_once(mark))?.1;
    let target = rest.split('"').next()?;
    target.starts_with('.').then_some(target)
}

fn verdict(from: &str, to: &str) -> Option<String> {
    let [from_top, to_top] = [from, to].map(|path| path.split('/').next().unwrap_or_default());
    let (_, allowed) = MAY_IMPORT.iter().find(|(folder, _)| *folder == from_top)?;
    if from_top != to_top {
        return (!allowed.contains(&to_top)).then(|| {
            format!("imports `{to_top}`, which is not below `{from_top}`: pass it in instead")
        });
    }
    // Kinds do not import kinds, pages do not import pages; what they share lies beside them.
    let [from_one, to_one] = [from, to].map(|path| {
        let mut parts = path.split('/').skip(1);
        let first = parts.next();
        first.filter(|_| parts.next().is_some())
    });
    let apart = matches!(from_top, "kinds" | "pages");
    match (from_one, to_one) {
        (Some(from_one), Some(to_one)) if apart && from_one != to_one => Some(format!(
            "imports `{to_top}/{to_one}` into `{from_top}/{from_one}`: move what both need below"
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_go_one_way() {
        for (from, to) in [
            ("pages/map/index.tsx", "kinds/all.ts"),
            ("kinds/all.ts", "kinds/report/form.tsx"),
            ("kinds/report/form.tsx", "kinds/kind.ts"),
            ("pages/map/index.tsx", "pages/map/list.tsx"),
            ("app.tsx", "pages/map/index.tsx"),
        ] {
            assert_eq!(verdict(from, to), None, "{from} -> {to}");
        }
        for (from, to) in [
            ("ui/frame.tsx", "pages/map/index.tsx"),
            ("picture/store.ts", "map/layers.ts"),
            ("kinds/report/form.tsx", "kinds/site/form.tsx"),
            ("pages/map/index.tsx", "pages/log/index.tsx"),
            ("map/draw.ts", "kinds/kind.ts"),
        ] {
            assert!(verdict(from, to).is_some(), "{from} -> {to}");
        }
        assert_eq!(imported("import { a } from \"../b\";"), Some("../b"));
        assert_eq!(imported("import a from \"react\";"), None);
    }
}
