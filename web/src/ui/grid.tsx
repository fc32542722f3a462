// A table with its heads; what is wider than its place scrolls, by keyboard too.
import type { ReactNode } from "react";

export function Grid(props: {
  label: string;
  heads: string[];
  /** What the buttons at the end of each row are for; read aloud, not shown. */
  acts?: string;
  className?: string;
  /** One body or several. */
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard
    <section className="table-wrap" tabIndex={0} aria-label={props.label}>
      <table className={`grid ${props.className ?? ""}`}>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {props.acts !== undefined && (
              <th scope="col">
                <span className="hidden">{props.acts}</span>
              </th>
            )}
          </tr>
        </thead>
        {props.children}
      </table>
    </section>
  );
}
