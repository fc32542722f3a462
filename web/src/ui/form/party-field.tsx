// Choosing partners by name, ourselves included where we take part.
import { MultiSelect, NativeSelect } from "@mantine/core";
import { useOthers, usePartnerName, useRoom } from "../room.tsx";

function useParties(): { value: string; label: string }[] {
  const { me } = useRoom();
  const others = useOthers();
  const name = usePartnerName();
  return [me.partner, ...others].map((each) => ({ value: each.id, label: name(each.id) }));
}

export function PartyField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const parties = useParties();
  return (
    <NativeSelect
      aria-label={props.label}
      data={parties}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function PartiesField(props: {
  label: string;
  field: string;
  value: string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
  required?: boolean;
}) {
  const parties = useParties();
  return (
    <MultiSelect
      label={props.label}
      data-field={props.field}
      data={parties}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      required={props.required ?? false}
      searchable
    />
  );
}
