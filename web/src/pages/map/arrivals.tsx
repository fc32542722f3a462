// Says aloud what came in and what was taken back, for those who listen rather than look.
import { useEffect, useRef, useState } from "react";
import type { Lang } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { plain } from "../../i18n/text.ts";
import type { Picture } from "../../picture/picture.ts";
import { useTell } from "../../ui/notices.tsx";

export function Arrivals({ picture }: { picture: Picture }) {
  const words = useWords();
  const tell = useTell();
  const [spoken, setSpoken] = useState("");
  const last = useRef<string | undefined>(undefined);
  const gone = useRef(picture.gone);

  useEffect(() => {
    const newest = [...picture.arrived.keys()].at(-1);
    const at = newest === undefined ? undefined : `${newest} ${picture.arrived.get(newest)}`;
    if (newest === undefined || at === last.current) return;
    last.current = at;
    const item = picture.items.get(newest);
    if (item) setSpoken(words.t("map.arrived", { title: plain(item.title, words.code as Lang) }));
  }, [picture, words]);

  useEffect(() => {
    if (picture.gone === gone.current) return;
    gone.current = picture.gone;
    tell(words.t("map.gone"), { tone: "warn" });
  }, [picture.gone, tell, words]);

  return (
    <div className="hidden" aria-live="polite">
      {spoken}
    </div>
  );
}
