// The state of one release sheet: what, to whom, how; and the node's preview of exactly that.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSearch } from "wouter";
import { api } from "../../api/client.ts";
import type { Held, Item, ReleaseAsk } from "../../api/types.ts";

/** What is asked, with what the node would otherwise fill in. */
type Ask = ReleaseAsk & Required<Pick<ReleaseAsk, "onward" | "precedence">>;

export type Sheet = {
  ours: Held[];
  ask: Ask;
  set: (patch: Partial<Ask>) => void;
  passOn: boolean;
  setPassOn: (on: boolean) => void;
};

/** Our own current records that can be released: the accounts and the newest status of a site. */
export function releasable(item: Item): Held[] {
  return [...item.records, ...item.statuses.slice(0, 1)].filter(
    (held) => held.ours && !held.superseded && held.body !== null,
  );
}

export function useSheet(item: Item): Sheet {
  const wanted = new URLSearchParams(useSearch()).get("digest");
  const ours = useMemo(() => releasable(item), [item]);
  const first = ours.find((held) => held.digest === wanted) ?? ours[0];
  const [chosen, setChosen] = useState<Ask>({
    digests: first ? [first.digest] : [],
    to: [],
    onward: [],
    precedence: item.precedence,
  });
  const [passOn, setPassOn] = useState(false);
  const ask: Ask = { ...chosen, onward: passOn ? chosen.onward : [] };
  return {
    ours,
    ask,
    set: (patch) => setChosen((before) => ({ ...before, ...patch })),
    passOn,
    setPassOn,
  };
}

export function usePreview(ask: ReleaseAsk) {
  const { remark: _, ...judged } = ask;
  return useQuery({
    queryKey: ["preview", judged],
    queryFn: () => api.preview(judged),
    enabled: judged.digests.length > 0,
    // The last preview stays while the next is asked for, so that nothing jumps.
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
