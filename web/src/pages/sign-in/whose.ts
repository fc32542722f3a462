// Whose door this is, as the node wrote it into the page; nothing when it did not.
import type { Text } from "../../api/types.ts";

export function whoseDoor(): Text | undefined {
  const written = document.querySelector<HTMLMetaElement>("meta[name=diwan-partner]")?.content;
  if (!written?.startsWith("{")) return undefined;
  try {
    return JSON.parse(written) as Text;
  } catch {
    return undefined;
  }
}
