// What a form is called: new, a correction, or a tear line.
import { useWords } from "../../i18n/provide.tsx";
import type { Start } from "./use-writing.ts";

export function useFormTitle(start: Start): string {
  const { t, perhaps } = useWords();
  if (start.variant !== undefined && start.variant > 0 && start.replaces === undefined)
    return t("form.tear-line");
  if (start.replaces !== undefined) return t("form.correct", { version: (start.version ?? 1) + 1 });
  return perhaps(`form.new.${start.kind}`) ?? start.kind;
}
