// A note on someone's record: opinion, correction, dispute, sighting.
import type { Body, NoteBody } from "../../api/types.ts";
import { useWords } from "../../i18n/provide.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Chip } from "../../ui/signs.tsx";

export function Panel({ body }: { body: Body }) {
  const { t } = useWords();
  const note = body as NoteBody;
  const against = note.sort === "dispute" || note.sort === "not-true-here";
  return (
    <>
      <div>
        <Chip {...(against ? { tone: "warn" as const } : {})}>{t(`sort.${note.sort}`)}</Chip>
      </div>
      <Prose text={note.text} />
    </>
  );
}
