// Words and kinds: what of the picture to look at.
import { Menu, TextInput } from "@mantine/core";
import { useWords } from "../../i18n/provide.tsx";
import type { Filter } from "../../picture/select.ts";
import { Icon } from "../../ui/icons.tsx";

export function Filters(props: {
  filter: Filter;
  onChange: (filter: Filter) => void;
  present: string[];
  shown: number;
  all: number;
}) {
  const words = useWords();
  const { t, perhaps } = words;
  const { filter, onChange } = props;
  const flip = (kind: string) => {
    const kinds = new Set(filter.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    onChange({ ...filter, kinds });
  };
  const any = filter.kinds.size > 0 || filter.text !== "" || filter.span !== null;
  return (
    <search className="filters">
      <TextInput
        data-search
        type="search"
        aria-label={t("map.search")}
        placeholder={t("map.search")}
        leftSection={<Icon name="search" size={16} />}
        dir="auto"
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange({ ...filter, text: "" });
        }}
      />
      <div className="row wide">
        <Menu closeOnItemClick={false} position="bottom-start">
          <Menu.Target>
            <button type="button" className="plain">
              {filter.kinds.size === 0
                ? t("map.all-kinds")
                : words.list([...filter.kinds].map((kind) => perhaps(`kind.${kind}`) ?? kind))}
              <Icon name="down" size={14} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {props.present.map((kind) => (
              <Menu.Item
                key={kind}
                role="menuitemcheckbox"
                aria-checked={filter.kinds.has(kind)}
                leftSection={
                  <span className="tick">
                    {filter.kinds.has(kind) && <Icon name="check" size={16} />}
                  </span>
                }
                onClick={() => flip(kind)}
              >
                {perhaps(`kind.${kind}`) ?? `${t("kind.newer")} (${kind})`}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <span className="small soft" role="status">
          {props.shown === props.all
            ? t("map.count", { count: props.all })
            : t("map.count-of", { shown: props.shown, count: props.all })}
          {any && (
            <>
              {" · "}
              <button
                type="button"
                className="plain"
                onClick={() => onChange({ kinds: new Set(), text: "", span: null })}
              >
                {t("map.clear")}
              </button>
            </>
          )}
        </span>
      </div>
    </search>
  );
}
