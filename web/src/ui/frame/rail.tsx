// The way around: every page a person may open, the new report first, the person last.
import { Menu } from "@mantine/core";
import { Link, useLocation } from "wouter";
import type { Role } from "../../api/types.ts";
import type { Key } from "../../i18n/languages.ts";
import { languages } from "../../i18n/languages.ts";
import { useLanguage, useWords } from "../../i18n/provide.tsx";
import { Crest } from "../crest.tsx";
import { Icon, type IconName } from "../icons.tsx";
import { useRoom } from "../room.tsx";
import { Written } from "../signs.tsx";
import { useScheme } from "../theme.tsx";

export type Way = { path: string; title: Key; icon: IconName; count?: number };

function LanguageMenu() {
  const { t } = useWords();
  const { code, change } = useLanguage();
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <button type="button">
          <Icon name="language" />
          {t("frame.language")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((each) => (
          <Menu.Item
            key={each.code}
            lang={each.code}
            aria-current={each.code === code || undefined}
            leftSection={<Icon name={each.code === code ? "check" : "language"} size={16} />}
            onClick={() => change(each.code)}
          >
            <Written text={each.name} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const { t } = useWords();
  const { scheme, change } = useScheme();
  const next = scheme === "dark" ? "light" : "dark";
  return (
    <button type="button" onClick={() => change(next)}>
      <Icon name={next === "dark" ? "moon" : "sun"} />
      {t(`frame.scheme.${next}`)}
    </button>
  );
}

function PersonMenu({ onSignOut, onHints }: { onSignOut: () => void; onHints: () => void }) {
  const { t } = useWords();
  const { me } = useRoom();
  const roles = me.person.roles.map((role: Role) => t(`role.${role}`)).join(" · ");
  return (
    <Menu position="right-end" withinPortal width={240}>
      <Menu.Target>
        <button type="button" aria-label={t("frame.person", { name: me.person.name })}>
          <Icon name="person" />
          <Written text={me.person.name} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Written text={me.person.name} />
          <br />
          {roles}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="keyboard" size={16} />} onClick={onHints}>
          {t("hints.title")}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="out" size={16} />} onClick={onSignOut}>
          {t("frame.sign-out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Rail(props: {
  ways: Way[];
  mayWrite: boolean;
  onNew: () => void;
  onSignOut: () => void;
  onHints: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [path] = useLocation();
  const here = (way: string) => (way === "/" ? path === "/" : path.startsWith(way));
  return (
    <nav className="rail" aria-label={t("frame.ways")}>
      <div className="rail-crest">
        <Crest size={30} />
      </div>
      {props.mayWrite && (
        <button type="button" className="rail-new" onClick={props.onNew}>
          <Icon name="plus" />
          {t("frame.new")}
        </button>
      )}
      <ul>
        {props.ways.map((way) => (
          <li key={way.path}>
            <Link href={way.path} aria-current={here(way.path) ? "page" : undefined}>
              <Icon name={way.icon} />
              {t(way.title)}
              {way.count !== undefined && way.count > 0 && (
                <span className="rail-count">
                  {words.number(way.count)}
                  <span className="hidden"> {t("frame.waiting")}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <ul className="rail-foot">
        <li>
          <LanguageMenu />
        </li>
        <li>
          <SchemeSwitch />
        </li>
        <li>
          <PersonMenu onSignOut={props.onSignOut} onHints={props.onHints} />
        </li>
      </ul>
    </nav>
  );
}
