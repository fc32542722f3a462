// One line of talk about an item.
import type { Body, MessageBody } from "../../api/types.ts";
import { Prose } from "../../ui/prose.tsx";

export function Panel({ body }: { body: Body }) {
  return <Prose text={(body as MessageBody).text} />;
}
