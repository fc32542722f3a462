// An item on a page of its own.
import { useMemo } from "react";
import { useParams } from "wouter";
import { ItemSheet, useItem } from "../../kinds/item-sheet.tsx";
import { highest } from "../../picture/order.ts";
import { useShown } from "../../ui/shown.ts";

export default function ItemPage() {
  const { id = "" } = useParams<{ id: string }>();
  const item = useItem(id).data;
  useShown(
    useMemo(
      () =>
        item
          ? highest(
              [...item.records, ...item.notes, ...item.statuses, ...item.messages].map(
                (held) => held.label.tlp,
              ),
            )
          : null,
      [item],
    ),
  );
  return (
    <div className="page item-page">
      <ItemSheet item={id} page />
    </div>
  );
}
