// What every kind brings: how it is drawn, how it is shown, how it is written.
import type { ComponentType } from "react";
import type { Body, Item, ItemBrief } from "../api/types.ts";
import type { FormProps } from "../ui/form/writing-form.tsx";
import type { Mark } from "../ui/mark.tsx";

export type KindParts = {
  mark: (item: ItemBrief) => Mark;
  /** The locale key of what the item is called in one word, e.g. its category. */
  word: (item: ItemBrief) => string | null | undefined;
  Panel?: ComponentType<{ body: Body }>;
  Form?: ComponentType<FormProps>;
  /** The fields to begin with when something is written about an item. */
  begin?: (about: Item) => unknown;
};
