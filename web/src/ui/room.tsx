// Who is at this screen, in which room (actual, exercise or test), and what the partners are called.
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { api } from "../api/client.ts";
import type { Lang, Me, Partner, State } from "../api/types.ts";
import { useWords } from "../i18n/provide.tsx";
import { plain } from "../i18n/text.ts";

type Room = { me: Me; state: State; change: (state: State) => void };

const Context = createContext<Room | null>(null);

export function RoomOf({ me, children }: { me: Me; children: ReactNode }) {
  const [state, change] = useState<State>(me.default_label.state);
  const room = useMemo(() => ({ me, state, change }), [me, state]);
  return <Context.Provider value={room}>{children}</Context.Provider>;
}

export function useRoom(): Room {
  const room = useContext(Context);
  if (room === null) throw new Error("a screen was shown before anyone signed in");
  return room;
}

export const usePartners = () =>
  useQuery({ queryKey: ["partners"], queryFn: api.partners, staleTime: 30_000 });

/** The other partners, without ourselves. */
export function useOthers(): Partner[] {
  const { me } = useRoom();
  const lines = usePartners().data;
  return useMemo(
    () => (lines ?? []).map((line) => line.partner).filter((each) => each.id !== me.partner.id),
    [lines, me],
  );
}

/** A partner's name in the reader's language; the id itself when nobody told us a name. */
export function usePartnerName(): (id: string) => string {
  const words = useWords();
  const { me } = useRoom();
  const lines = usePartners().data;
  return useCallback(
    (id) => {
      const all = [me.partner, ...(lines ?? []).map((line) => line.partner)];
      const found = all.find((each) => each.id === id);
      return found === undefined ? id : plain(found.names, words.code as Lang) || id;
    },
    [lines, me, words],
  );
}

/** A partner as named where something goes: in the reader's language, else its id. */
export function useSeatName(): (partner: Partner) => string {
  const words = useWords();
  return useCallback((partner) => plain(partner.names, words.code as Lang) || partner.id, [words]);
}

export function useSeatOf(): (id: string) => string {
  const seat = useSeatName();
  const { me } = useRoom();
  const lines = usePartners().data;
  return useCallback(
    (id) => {
      const all = [me.partner, ...(lines ?? []).map((line) => line.partner)];
      const found = all.find((each) => each.id === id);
      return found === undefined ? id : seat(found);
    },
    [lines, me, seat],
  );
}
