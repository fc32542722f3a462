// Asks the node's full-text search, which folds across scripts, beside the quick filter.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { useRoom } from "../../ui/room.tsx";

const PAUSE_MS = 250;

export function useSearch(text: string): ReadonlySet<string> | null {
  const { state } = useRoom();
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ["search", state, asked],
    enabled: asked.length >= 2,
    queryFn: async () => {
      const page = await api.picture({ state, q: asked, limit: 200 });
      return new Set(page.items.map((each) => each.item));
    },
  });
  return found.data ?? null;
}
