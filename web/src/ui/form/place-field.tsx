// Where: by name in any script, by coordinates, by MGRS, or by a click on the map.
import { ActionIcon, Combobox, Loader, NumberInput, TextInput, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { api } from "../../api/client.ts";
import type { KnownPlace, Lang, Place, Position } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { choose, languagesOf, plain } from "../../i18n/text.ts";
import { isPlainEnter } from "../frame/keys.ts";
import { Icon } from "../icons.tsx";
import { useStore } from "../use-store.ts";
import { pick } from "./pick.ts";
import { latinDigits } from "./time.ts";

const POSITION = /^\s*[-+]?\d/;
type Found = { places: KnownPlace[]; position: Position | null };

function useFound(text: string): { data: Found | undefined; isFetching: boolean } {
  const asked = useDeferredValue(text.trim());
  const answer = useQuery({
    queryKey: ["places", asked],
    enabled: asked.length >= 2,
    staleTime: 60_000,
    retry: false,
    queryFn: async (): Promise<Found> => {
      if (!POSITION.test(latinDigits(asked)))
        return { places: await api.places(asked), position: null };
      try {
        return { places: [], position: await api.position(latinDigits(asked)) };
      } catch {
        return { places: [], position: null };
      }
    },
  });
  // An answer to an earlier spelling must not be taken for what is written now.
  return { isFetching: answer.isFetching, data: asked === text.trim() ? answer.data : undefined };
}

export const pointText = (lon: number, lat: number): string =>
  `${lat.toFixed(4)}, ${lon.toFixed(4)}`;

function KnownPlaceOption({ place }: { place: KnownPlace }) {
  const { code } = useWords();
  const first = choose(place.name, code as Lang);
  const rest = languagesOf(place.name).filter((lang) => lang !== first?.lang);
  return (
    <span className="choice">
      <bdi lang={first?.lang}>{first?.text}</bdi>
      <small>
        {[...new Set(rest.map((lang) => place.name[lang]))].slice(0, 3).map((name) => (
          <span key={name}>
            <bdi>{name}</bdi> ·{" "}
          </span>
        ))}
        {place.country}
      </small>
    </span>
  );
}

export function PlaceField(props: {
  value: Place | undefined;
  onChange: (value: Place) => void;
  error?: string | undefined;
  required?: boolean;
  radius?: boolean;
}) {
  const { t, code } = useWords();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [how, setHow] = useState<"name" | "map" | Position["read_as"] | null>(null);
  const found = useFound(typed ?? "");
  const picking = useStore(pick);
  const value = props.value;

  const take = (place: Place, by: typeof how) => {
    setHow(by);
    setTyped(null);
    props.onChange(value?.radius_m == null ? place : { ...place, radius_m: value.radius_m });
    box.closeDropdown();
  };
  const takePoint = (lon: number, lat: number, name: string, by: typeof how) =>
    take({ name: { [code]: name }, lon, lat }, by);
  const onMap = () =>
    pick.ask(async ({ lon, lat }) => {
      const rounded = { lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) };
      let name = pointText(lon, lat);
      try {
        name = (await api.mgrs(rounded.lon, rounded.lat)).mgrs;
      } catch {
        // The plain coordinates say the same.
      }
      takePoint(rounded.lon, rounded.lat, name, "map");
    });
  const submit = (option: string) => {
    if (option === "position" && found.data?.position) {
      const { lon, lat, mgrs, read_as } = found.data.position;
      takePoint(lon, lat, read_as === "mgrs" ? mgrs : (typed ?? "").trim(), read_as);
      return;
    }
    const place = found.data?.places[Number(option)];
    if (place) take({ name: place.name, lon: place.lon, lat: place.lat }, "name");
  };
  const first = () => submit(found.data?.position ? "position" : "0");
  // Enter may come before the answer does; then the first answer is meant.
  const hasty = useRef(false);
  const held = useRef(first);
  held.current = first;
  useEffect(() => {
    if (found.data === undefined || !hasty.current) return;
    hasty.current = false;
    held.current();
  }, [found.data]);
  const position = found.data?.position;
  const options = found.data?.places ?? [];
  const asked = (typed ?? "").trim().length >= 2;

  return (
    <div className="place-field" data-chosen={(value && typed === null) || undefined}>
      <Combobox store={box} onOptionSubmit={submit} transitionProps={{ duration: 0 }}>
        <Combobox.Target>
          <TextInput
            data-field="body.place"
            label={t("form.place")}
            placeholder={t("form.place.hint")}
            required={props.required ?? false}
            // An empty field runs as its hint does.
            {...((typed ?? plain(value?.name, code as Lang)) === "" ? {} : { dir: "auto" })}
            autoComplete="off"
            value={typed ?? plain(value?.name, code as Lang)}
            error={props.error}
            description={
              value && typed === null
                ? `${t("form.place.at", { position: pointText(value.lon, value.lat) })}${how ? ` — ${t(`form.place.read.${how}`)}` : ""}`
                : undefined
            }
            inputWrapperOrder={["label", "input", "description", "error"]}
            leftSection={found.isFetching ? <Loader size={14} /> : <Icon name="pin" size={16} />}
            rightSection={
              picking.possible && (
                <ActionIcon
                  variant={picking.asking ? "filled" : "subtle"}
                  aria-label={t("form.place.pick")}
                  title={t("form.place.pick")}
                  onClick={onMap}
                >
                  <Icon name="map" size={17} />
                </ActionIcon>
              )
            }
            onChange={(event) => {
              hasty.current = false;
              setTyped(event.currentTarget.value);
              box.openDropdown();
              box.updateSelectedOptionIndex();
              setTimeout(() => box.selectFirstOption(), 0);
            }}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => box.closeDropdown()}
            onKeyDown={(event) => {
              if (!isPlainEnter(event) || typed === null) return;
              event.preventDefault();
              if (found.data === undefined) hasty.current = true;
              else if (box.getSelectedOptionIndex() < 0) first();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!asked || found.data === undefined}>
          <Combobox.Options aria-label={t("form.place")}>
            {position && (
              <Combobox.Option value="position">
                <span className="choice">
                  <bdi dir="ltr">{pointText(position.lon, position.lat)}</bdi>
                  <small>
                    {t(`form.place.read.${position.read_as}`)} · <bdi>{position.mgrs}</bdi>
                  </small>
                </span>
              </Combobox.Option>
            )}
            {options.map((place, n) => (
              <Combobox.Option value={String(n)} key={`${place.lon},${place.lat}`}>
                <KnownPlaceOption place={place} />
              </Combobox.Option>
            ))}
            {!position && options.length === 0 && (
              <Combobox.Empty>{t("form.place.none")}</Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {props.radius && (
        <NumberInput
          label={t("form.radius")}
          hideControls
          min={0}
          max={500_000}
          value={value?.radius_m ?? ""}
          disabled={!value}
          onChange={(metres) => {
            if (!value) return;
            const { radius_m: _, ...rest } = value;
            props.onChange(metres === "" ? rest : { ...rest, radius_m: Number(metres) });
          }}
        />
      )}
    </div>
  );
}
